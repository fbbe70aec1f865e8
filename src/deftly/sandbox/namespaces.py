"""Why this system makes no namespaces for ordinary users, and what an operator does about it."""

from pathlib import Path
from typing import Final

_SETTINGS: Final = Path("/proc/sys")
# What forbids them, by the value that does, and how it is put right.
_FORBIDDING: Final = (
    ("user/max_user_namespaces", "0", "sysctl user.max_user_namespaces=15000"),
    ("kernel/unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1"),
    (
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    ),
)
_IN_CONTAINERS: Final = (
    "Unprivileged user namespaces are needed; in a container its seccomp and AppArmor profiles "
    "have to allow them (docker run --security-opt seccomp=unconfined "
    "--security-opt apparmor=unconfined --security-opt systempaths=unconfined)."
)


def what_allows_them(settings: Path = _SETTINGS) -> str:
    """Return a sentence that says what to do, with the setting that forbids them if one does."""
    fixes = [fix for name, value, fix in _FORBIDDING if _read(settings / name) == value]
    return f"Allow user namespaces: {'; '.join(fixes)}." if fixes else _IN_CONTAINERS


def _read(setting: Path) -> str:
    try:
        return setting.read_text().strip()
    except OSError:
        return ""  # this kernel has no such setting
