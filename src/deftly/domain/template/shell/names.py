"""Which variables a value may be put into: none that a shell, loader or program acts on."""

import re
from typing import Final

# Names in lower case are a script's own, but for these.
_LOWER_ACTED_ON: Final = re.compile(r".*_proxy|path|cdpath|fpath|manpath|histchars|prompt|psvar")
# Whole families, because each has members that name a program, a library or a file of commands.
_FAMILIES: Final = (
    "AWK BASH BUNDLE CARGO CURL DBUS DEFTLY DENO DYLD ENV FTP GAWK GCONV GEM GIT GLIBC GNUPG GPG "
    "GREP GZIP HIST HTTP HTTPS JAVA JDK JRE JQ KSH LANG LC LD LESS LUA MAIL MAKE MALLOC MAN NODE "
    "NPM OPENSSL PAGER PERL PHP PKG POSIXLY PROMPT PYTHON RSYNC RUBY RUST SED SHELL SSH SSL SUDO "
    "SYSTEMD TAR TCL TERM TZ UNZIP WGET XDG XZ YARN ZIP ZSH"
).split()
_EXACT: Final = (
    "COLUMNS DIRSTACK DISPLAY EUID EXECIGNORE FCEDIT FIGNORE FUNCNEST GLOBIGNORE GROUPS "
    "HOSTALIASES HOSTNAME HOSTTYPE IFS LINENO LINES LOGNAME OLDPWD OPTARG OPTERR OPTIND PPID "
    "PS0 PS1 PS2 PS3 PS4 PWD RANDOM REPLY SECONDS SHLVL TEMP TMP TMPDIR UID USER VISUAL ZDOTDIR"
).split()
_ENDINGS: Final = (
    "ASKPASS BROWSER CMD COMMAND CONF CONFIG EDITOR EXEC FLAGS HOME LIB LIBRARY LOADER OPTIONS "
    "OPTS PAGER PATH PRELOAD PROGRAM PROXY WRAPPER"
).split()
_ACTED_ON: Final = re.compile(
    rf"(?:{'|'.join(_FAMILIES)})[0-9]*(?:[A-Z]*_[A-Z0-9_]*|[A-Z]*OPTS?|[A-Z]*LIB|[A-Z]*RC)?"
    rf"|[A-Z0-9_]*(?:{'|'.join(_ENDINGS)})"
    rf"|(?:NET|INPUT|SCREEN)RC|{'|'.join(_EXACT)}"
)
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def is_harmless(name: str) -> bool:
    """Tell whether nothing but the script itself acts on the variable."""
    if not _NAME.fullmatch(name):
        return False
    if name.islower() or name.strip("_0123456789") == "":
        return not _LOWER_ACTED_ON.fullmatch(name)
    return not _ACTED_ON.fullmatch(name.upper())
