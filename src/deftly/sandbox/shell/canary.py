"""The self-test: a script that looks for ways out from inside, and what it must have found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

_MARK: Final = "=== "
_NAMESPACES: Final = ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts")
_HIDDEN: Final = ("/etc/shadow", "/etc/passwd", "/home", "/root", "/run", "/sys", "/var")
_RULES_OF_CAPABILITIES: Final = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")

# Each part prints its name behind the mark, then what there is to see.
SCRIPT: Final = f"""
part() {{ printf '\\n{_MARK}%s\\n' "$1"; }}
part status; cat /proc/self/status
part environment; tr '\\0' '\\n' < /proc/1/environ
part seen; for place in {" ".join(_HIDDEN)}; do [ ! -e "$place" ] || echo "$place"; done
part writable
for place in / /usr /etc /dev; do ( : > "$place/.deftly" ) 2>&- && echo "$place"; done
part interfaces; tail -n +3 /proc/net/dev
part routes; tail -n +2 /proc/net/route
part namespaces
for kind in {" ".join(_NAMESPACES)}; do echo "$kind=$(readlink /proc/self/ns/$kind)"; done
part nested; unshare --user true 2>&- && echo made
part processes; for place in /proc/[0-9]*; do echo "$place"; done
part limits; cat /proc/self/limits
part descriptors; for place in /proc/self/fd/*; do echo "$place"; done
part end
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the server knows and the inside must agree with.

    Attributes:
        environment: Exactly what the run was given.
        limits: The most that is allowed, by the kernel's name for it.
    """

    environment: Mapping[str, str]
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the script printed, by the names of its parts, and what it should have."""

    parts: Mapping[str, Sequence[str]]
    expected: Expected


def faults_of(output: str, expected: Expected) -> list[str]:
    """Return a sentence for every way out that the script has found; none is as it must be."""
    parts = _parts(output)
    if "end" not in parts:
        return ["the test script did not come to its end"]
    seen = Seen(parts, expected)
    return [told for told, holds in _RULES if not holds(seen)]


def _parts(output: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in output.splitlines():
        if line.startswith(_MARK):
            lines = parts[line.removeprefix(_MARK)] = []
        elif line:
            lines.append(line)
    return parts


def _rows(lines: Sequence[str], parting: str) -> dict[str, str]:
    rows = (line.partition(parting) for line in lines)
    return {name: value.strip() for name, _, value in rows}


def _is_nobody(seen: Seen) -> bool:
    # Group 0 is nobody's right: some containers give it to any user.
    return "0" not in _rows(seen.parts["status"], ":").get("Uid", "0").split()


def _has_no_capabilities(seen: Seen) -> bool:
    status = _rows(seen.parts["status"], ":")
    return all(int(status.get(name, "1"), 16) == 0 for name in _RULES_OF_CAPABILITIES)


def _gains_no_privileges(seen: Seen) -> bool:
    return _rows(seen.parts["status"], ":").get("NoNewPrivs") == "1"


def _makes_few_calls(seen: Seen) -> bool:
    # 2 is the mode with a filter (proc_pid_status(5)).
    return _rows(seen.parts["status"], ":").get("Seccomp") == "2"


def _has_our_environment_alone(seen: Seen) -> bool:
    return _rows(seen.parts["environment"], "=") == dict(seen.expected.environment)


def _has_its_own_namespaces(seen: Seen) -> bool:
    inside = _rows(seen.parts["namespaces"], "=")
    return all(inside.get(kind, "") not in {"", _our_namespace(kind)} for kind in _NAMESPACES)


def _our_namespace(kind: str) -> str:
    return str(Path("/proc/self/ns", kind).readlink())


def _has_loopback_alone(seen: Seen) -> bool:
    names = [line.partition(":")[0].strip() for line in seen.parts["interfaces"]]
    return names == ["lo"] and not seen.parts["routes"]


def _has_its_limits(seen: Seen) -> bool:
    rows = seen.parts["limits"]
    return all(
        any(row.startswith(name) and _at_most(row.split()[-3:-1], most) for row in rows)
        for name, most in seen.expected.limits.items()
    )


def _at_most(soft_and_hard: Sequence[str], most: int) -> bool:
    return all(limit.isdigit() and int(limit) <= most for limit in soft_and_hard)


def _is_empty(name: str) -> "_Rule":
    def holds(seen: Seen) -> bool:
        return not seen.parts[name]

    return holds


def _is_short(name: str, most: int) -> "_Rule":
    def holds(seen: Seen) -> bool:
        return len(seen.parts[name]) <= most

    return holds


_Rule: TypeAlias = Callable[[Seen], bool]
_RULES: Final[tuple[tuple[str, _Rule], ...]] = (
    ("it runs as root", _is_nobody),
    ("it has capabilities", _has_no_capabilities),
    ("it may gain privileges", _gains_no_privileges),
    ("no system calls are refused to it on this kernel or processor", _makes_few_calls),
    ("its first process has more in its environment than it was given", _has_our_environment_alone),
    ("it shares a namespace with the server", _has_its_own_namespaces),
    ("its network has more than the loopback interface", _has_loopback_alone),
    ("it sees files of the system that it must not", _is_empty("seen")),
    ("it can write into folders of the system", _is_empty("writable")),
    ("it can make user namespaces", _is_empty("nested")),
    ("it sees other processes", _is_short("processes", 6)),
    ("it has descriptors of the server", _is_short("descriptors", 4)),
    ("its limits are not in force", _has_its_limits),
)
