"""Every shell probe of the fixture and more of its kinds, tried as an owner tries a draft."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.shelling import HOST, shelling
from tests.unit.egress.doubles import PUBLIC
from tests.unit.sandbox.shells import adopting_orphans, descendants

FIXTURE = Path(__file__).parents[1] / "fixtures" / "sandbox_shell_probes.json"
PROBES = json.loads(FIXTURE.read_text())
CATEGORIES = sorted({probe["category"] for probe in PROBES})
REFUSED = {"invalid_definition", "invalid_arguments"}
PY = "python3 -c"
TO_PROXY = "timeout 2 bash -c 'exec 3<>/dev/tcp/127.0.0.1/3128; cat >&3; cat <&3'"
# More of the same kinds: nothing of these may be in what a command writes.
MORE: dict[str, list[Any]] = {
    "host": [
        ("cat /etc/passwd /etc/group /etc/hostname /etc/hosts /etc/machine-id", "."),
        (
            "ls -d /home/* /root/.* /var/* /run/* /sys/* /boot/* /mnt/* /opt/* /srv/*",
            "/[a-z]+/[^*]",
        ),
        ("cat /proc/*/environ | tr '\\0' '\\n'", "CANARY|DEFTLY_KEY"),
        ("cat /proc/kcore /proc/kmsg /dev/mem /dev/kmsg /proc/1/mem | head -c 20", "."),
        ("ls -la /proc/1/fd/ /proc/1/root/home /proc/1/cwd/home | grep -c socket", "^[1-9]"),
        ("echo 1 > /proc/sys/kernel/panic && echo WROTE; sysctl -w kernel.panic=1", "WROTE|= 1"),
        ("echo b > /proc/sysrq-trigger && echo WROTE", "WROTE"),
        ("for f in /proc/sys/kernel/*; do [ -w $f ] && ( : >> $f ) && echo $f; done", "/core_p"),
        ("touch /usr/bin/x /bin/x /lib/x /etc/x /x && echo WROTE", "WROTE"),
        ("cp /bin/sh /tmp/s && chmod 4755 /tmp/s && /tmp/s -c 'id -u'", "^0"),
        ("su -c id; sudo -n id; passwd -S root", "uid=0|root P"),
        ("mount -o remount,rw / && echo RW; mount --bind /tmp /usr && echo RW", "RW"),
        ("umount /proc && echo GONE; umount -l /usr && echo GONE", "GONE"),
        ("pivot_root /tmp /tmp && echo PIVOT; hostname evil && echo NAMED", "PIVOT|NAMED"),
        ("nsenter -t 1 -a true && echo ENTERED; nsenter -t 1 -n true && echo ENTERED", "ENTERED"),
        (
            "unshare -m true && echo NS; unshare -p true && echo NS; unshare -n true && echo NS",
            "NS",
        ),
        (
            "unshare -U true && echo NS; unshare -C true && echo NS; unshare -i true && echo NS",
            "NS",
        ),
        ("mknod /tmp/d b 8 0 && head -c 1 /tmp/d && echo DISK", "DISK"),
        ("nice -n -5 true 2>&1 | grep -c cannot; renice -n -5 $$ 2>/dev/null && echo FAST", "FAST"),
        ("ulimit -u unlimited && echo MORE; ulimit -d unlimited && echo MORE", "MORE"),
        ("ulimit -f unlimited && echo MORE; ulimit -s unlimited && echo MORE", "MORE"),
        ("kill -9 1 && sleep 1 && [ ! -e /proc/1 ] && echo KILLED", "KILLED"),
        (f"{PY} \"import os;os.setgroups([0]);print('GROUPS')\"", "GROUPS"),
        (f"{PY} \"import os;print(open('/proc/1/mem','rb').read(1),'READ')\"", "READ"),
        (f"{PY} \"import os;os.kill(os.getppid()-1,0) or os.chroot('/tmp');print('OUT')\"", "OUT"),
        ("ls /tmp/ /dev/shm /var/tmp | grep -c deftly", "^[1-9]"),
        ("cat /proc/self/cgroup /proc/self/mountinfo | grep -c /root", "^[1-9]"),
        ("cat /proc/self/status | grep -E '^Cap|^Groups'", "[1-9a-f]\\n.*Groups:\\t.*\\b0\\b"),
    ],
    "net": [
        ("curl -sS -m 2 http://10.0.0.1/ -w '%{http_code}' 2>&1", "200"),
        ("curl -sS -m 2 http://intern.example.com/ -w '%{http_code}' 2>&1", "200"),
        ("curl -sS -m 2 http://0/ http://0x7f.1/ http://2130706433/ -w '%{http_code}' 2>&1", "200"),
        (
            "curl -sS -m 2 http://[::1]/ http://[::]/ http://[fe80::1]/ -w '%{http_code}' 2>&1",
            "200",
        ),
        (f"curl -sS -m 2 http://{HOST}:22/ http://{HOST}:8080/ -w '%{{http_code}}' 2>&1", "200"),
        (f"curl -sS -m 2 https://{HOST}/ -w '%{{http_code}}' 2>&1", "200"),
        (f"curl -sS -m 2 -p http://{HOST}:25/ -w '%{{http_code}}' 2>&1", "200"),
        ("curl -sS -m 2 ftp://10.0.0.1/ ldap://10.0.0.1/ dict://10.0.0.1/ 2>&1", "200"),
        ("curl -sS -m 2 --unix-socket /var/run/docker.sock http://x/ 2>&1", "200"),
        ("curl -sS -m 2 --abstract-unix-socket x http://x/ 2>&1", "200"),
        ("timeout 2 bash -c ': < /dev/tcp/10.0.0.1/80' && echo CONN", "CONN"),
        ("timeout 2 bash -c 'echo x > /dev/udp/10.0.0.1/53' && echo SENT", "SENT"),
        (
            "ip addr add 10.0.0.2/8 dev lo && echo ADDED; ip link add x type dummy && echo ADDED",
            "ADD",
        ),
        (
            f"printf 'GET http://10.0.0.1/ HTTP/1.1\\r\\nHost: {HOST}\\r\\n\\r\\n' | {TO_PROXY}",
            "200",
        ),
        (f"printf 'CONNECT {HOST}:22 HTTP/1.1\\r\\n\\r\\n' | {TO_PROXY}", "200"),
        (
            f"printf 'CONNECT 10.0.0.1:443 HTTP/1.1\\r\\nHost: {HOST}\\r\\n\\r\\n' | {TO_PROXY}",
            "200",
        ),
    ],
    "inject": [
        ("printf '%s' {{q}}", "(^|\\n)PWN", {"q": value})
        for value in ("$(echo PWN)", "`echo PWN`", "\necho PWN", "';echo PWN;'", '";echo PWN;"')
    ],
}
PROBES += [
    {
        "id": f"more-{category}-{number}",
        "category": category,
        "command": command,
        "params": params[0] if params else {},
        "must_not_match": pattern,
        "expect": "contained",
    }
    for category, cases in MORE.items()
    for number, (command, pattern, *params) in enumerate(cases)
]


def wrong_with(probe, report) -> str:
    """Return what a probe got that it should not have."""
    is_refused = report.get("code") in REFUSED
    if probe["expect"] == "refuse":
        return "" if is_refused else f"not refused: {report}"
    if probe["expect"] == "value":
        got = report.get("output")
        return "" if got == probe["must_equal"] else f"{got!r} instead of {probe['must_equal']!r}"
    if "must_not_match" not in probe or is_refused:
        return ""
    found = re.search(probe["must_not_match"], report["output"])
    return f"{found[0]!r} in {report['output']!r}" if found else ""


@pytest.mark.slow
@pytest.mark.parametrize("category", CATEGORIES)
async def test_no_probe_gets_out_of_its_run(folder, monkeypatch, category):
    monkeypatch.setenv("CANARY_ENV", "CANARY_SECRET")
    monkeypatch.setenv("DEFTLY_KEY", "CANARY_KEY")
    probes = [probe for probe in PROBES if probe["category"] == category]
    assert probes
    with adopting_orphans():
        async with shelling(folder) as world:

            async def tried(probe) -> str:
                async with asyncio.timeout(60):
                    report = await world.run(probe["command"], probe.get("params"))
                wrong = wrong_with(probe, report)
                return f"{probe['id']}: {wrong}" if wrong else ""

            found = await asyncio.gather(*map(tried, probes))
            assert not list(filter(None, found))
            # Whatever was tried, the next run is as good as the first.
            assert (await world.run("echo {{n}}", {"n": "as ever"}))["output"] == "as ever\n"
        assert descendants() == set()
    assert {host for host, _ in world.dialer.dialled} <= {PUBLIC}


REFUSED_WHEN_SAVED = ("sh-037", "sh-039", "sh-040", "sh-041", "sh-042", "sh-043", "sh-029")


@pytest.mark.parametrize("number", REFUSED_WHEN_SAVED)
async def test_a_placeholder_where_a_value_would_be_code_is_not_stored(folder, number):
    (probe,) = [probe for probe in PROBES if probe["id"] == number]
    async with shelling(folder) as world:
        refused = await world.store(probe["command"])
    assert refused.status_code == 400
    assert refused.json()["code"] == "invalid_definition"
    assert refused.json()["details"][0]["path"] == "handler.command"
