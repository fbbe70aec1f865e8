"""Commands whose arguments are code, names of variables, or change how a script is read."""

import re
from dataclasses import dataclass
from typing import Final

from deftly.domain.template.shell.words import Word

# These change what the rest of the script means.
CHANGES_READING: Final = frozenset({"alias", "shopt"})
# All of their arguments are code, or lead to some.
TAKES_CODE: Final = frozenset(
    (
        ". at batch bc bind bun bwrap cc chroot clisp compgen complete convert coproc crontab "
        "csh dc declare deno ed emacs enable entr eval ex expect fc fish flock gcc gdb getopts "
        "ghc gnuplot guile hash history identify ipython irb jobs julia let lftp ltrace lua "
        "luajit m4 magick make mapfile mariadb mogrify mysql nc ncat netcat npx nsenter nvim "
        "octave osascript parallel psql pwsh R rc read readarray Rscript run-parts runuser sbcl "
        "screen script setpriv socat source sqlite sqlite3 ssh start-stop-daemon strace su "
        "systemd-run tclsh tcsh tmux trap ts typeset unalias unset unshare vi view vim watch "
        "wish xonsh"
    ).split()
)
# They run the command behind them, and how they tell it from their options is not known here.
RUNNERS: Final = frozenset(
    (
        "catchsegv choom chronic chrt dbus-run-session eatmydata fakeroot faketime firejail "
        "linux32 linux64 numactl prlimit proxychains proxychains4 rlwrap setarch taskset time "
        "torsocks unbuffer xvfb-run"
    ).split()
)
# They run their input, unless there are this many operands.
RUNS_INPUT: Final = {
    **dict.fromkeys("at batch crontab csh ed ex fish gdb ghci irb parallel R tcsh".split(), 99),
    **dict.fromkeys("sqlite sqlite3".split(), 2),
    **dict.fromkeys("dc expect gnuplot guile julia lua luajit m4 octave tclsh wish".split(), 1),
    **dict.fromkeys(". gmake make source".split(), 0),
}
# The input by the names of files.
INPUT_NAMES: Final = re.compile(r"-|/dev/(?!null).*|/proc/.*")
# Their arguments are written out but for what follows NAME=.
EXPORTS: Final = frozenset({"export", "local", "readonly"})
# In bash these take the name of a variable, and an index in a name is computed: a[$(…)].
NAME_OPTIONS: Final = {
    "[": re.compile(r"-[vR]"),
    "test": re.compile(r"-[vR]"),
    "printf": re.compile(r"-v.*"),
    "wait": re.compile(r"-p.*"),
}


@dataclass(frozen=True, slots=True)
class CodeOptions:
    """Options whose text is a command, or a file of options.

    Attributes:
        short: A pattern of the start of a word that holds one.
        long: Their names; programs take every unambiguous beginning for the whole.
    """

    short: str = "(?!)"
    long: tuple[str, ...] = ()

    def has(self, word: Word) -> bool:
        """Tell whether the word is one, or a value may make it one."""
        text = word.prefix
        if text in {"-", "--"}:
            return word.literal is None
        name = text.partition("=")[0]
        is_long = name.startswith("--") and any(one.startswith(name) for one in self.long)
        return is_long or re.match(self.short, text) is not None


CODE_OPTIONS: Final = {
    "curl": CodeOptions(r"-[A-Za-z]*K", ("--config",)),
    "git": CodeOptions(
        r"-[cxuO]",
        (
            *("--config", "--config-env", "--exec", "--exec-path", "--extcmd", "--receive-pack"),
            *("--open-files-in-pager", "--template", "--upload-pack"),
        ),
    ),
    "install": CodeOptions(long=("--strip-program",)),
    "man": CodeOptions(r"-[PHCK]", ("--pager", "--html", "--config-file")),
    "rsync": CodeOptions(r"-[A-Za-z]*e", ("--rsh", "--rsync-path")),
    "scp": CodeOptions(r"-[A-Za-z]*[oSDF]"),
    "sftp": CodeOptions(r"-[A-Za-z]*[oSDFb]"),
    "sort": CodeOptions(long=("--compress-program",)),
    "split": CodeOptions(long=("--filter",)),
    "tar": CodeOptions(
        r"-[A-Za-z]*[IF]",
        (
            *("--checkpoint-action", "--info-script", "--new-volume-script", "--rmt-command"),
            *("--rsh-command", "--to-command", "--use-compress-program"),
        ),
    ),
    "wget": CodeOptions(r"-[A-Za-z]*e", ("--execute", "--config", "--use-askpass")),
    "zip": CodeOptions(r"-[A-Za-z]*T+", ("--unzip-command",)),
}
# Options of git that stand before the name of its command and take a word.
GIT_TAKES: Final = frozenset({"-C", "-c", "--git-dir", "--namespace", "--work-tree"})
# Commands of git that run, or write down for later, what they are given.
GIT_RUNS: Final = frozenset(
    "bisect config difftool filter-branch for-each-repo mergetool send-email submodule".split()
)
FIND_RUNS: Final = frozenset({"-exec", "-execdir", "-ok", "-okdir"})
FIND_ENDS: Final = frozenset({";", "+"})
