"""The options of curl that say something about a request, and what becomes of the others."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from deftly.catalog.porting.curl.words import refuse

# Long name -> short one. Each takes a value.
VALUED: Final = {
    "request": "X", "header": "H", "data": "d", "data-ascii": "", "data-raw": "",
    "data-binary": "", "data-urlencode": "", "json": "", "url": "", "url-query": "",
    "user": "u", "cookie": "b", "user-agent": "A", "referer": "e", "range": "r",
    "oauth2-bearer": "", "max-time": "m", "form": "F", "form-string": "", "upload-file": "T",
    "config": "K", "cert": "E", "key": "", "proxy": "x", "resolve": "", "connect-to": "",
    "unix-socket": "", "abstract-unix-socket": "", "aws-sigv4": "", "variable": "",
    "continue-at": "C", "time-cond": "z", "output": "o", "write-out": "w", "cookie-jar": "c",
    "dump-header": "D", "connect-timeout": "", "retry": "", "retry-delay": "",
    "retry-max-time": "", "max-redirs": "", "cacert": "", "capath": "", "ciphers": "",
    "tls13-ciphers": "", "curves": "", "tls-max": "", "cert-type": "", "key-type": "",
    "pass": "", "pinnedpubkey": "", "interface": "", "local-port": "", "dns-servers": "",
    "limit-rate": "", "speed-limit": "Y", "speed-time": "y", "keepalive-time": "",
    "expect100-timeout": "", "max-filesize": "", "output-dir": "", "stderr": "", "trace": "",
    "trace-ascii": "", "proxy-user": "U", "proxy-header": "", "preproxy": "", "socks5": "",
    "socks5-hostname": "", "socks4": "", "socks4a": "", "noproxy": "", "netrc-file": "",
    "proto": "", "proto-default": "", "proto-redir": "", "doh-url": "", "alt-svc": "", "hsts": "",
    "happy-eyeballs-timeout-ms": "", "request-target": "", "parallel-max": "", "rate": "",
    "etag-save": "", "etag-compare": "", "create-file-mode": "", "engine": "", "libcurl": "",
    "quote": "Q", "telnet-option": "t", "ftp-port": "P", "crlfile": "", "egd-file": "",
    "random-file": "", "service-name": "", "delegation": "", "mail-from": "", "mail-rcpt": "",
}  # fmt: skip
# Long name -> short one. A switch.
SWITCHES: Final = {
    "get": "G", "head": "I", "location": "L", "location-trusted": "", "insecure": "k",
    "globoff": "g", "path-as-is": "", "digest": "", "ntlm": "", "negotiate": "", "anyauth": "",
    "basic": "", "netrc": "n", "netrc-optional": "", "next": ":", "silent": "s",
    "show-error": "S", "verbose": "v", "include": "i", "fail": "f", "fail-with-body": "",
    "fail-early": "", "compressed": "", "compressed-ssh": "", "no-buffer": "N", "buffer": "",
    "http0.9": "", "http1.0": "0", "http1.1": "", "http2": "", "http2-prior-knowledge": "",
    "http3": "", "http3-only": "", "tlsv1": "1", "tlsv1.0": "", "tlsv1.1": "", "tlsv1.2": "",
    "tlsv1.3": "", "ssl": "", "ssl-reqd": "", "sslv2": "2", "sslv3": "3", "ssl-no-revoke": "",
    "ssl-revoke-best-effort": "", "ipv4": "4", "ipv6": "6", "progress-bar": "#",
    "progress-meter": "", "remote-name": "O", "remote-name-all": "", "remote-header-name": "J",
    "remote-time": "R", "create-dirs": "", "keepalive": "", "tcp-nodelay": "", "tcp-fastopen": "",
    "disable": "q", "junk-session-cookies": "j", "post301": "", "post302": "", "post303": "",
    "parallel": "Z", "raw": "", "tr-encoding": "", "proxytunnel": "p", "sessionid": "",
    "alpn": "", "npn": "", "false-start": "", "append": "a", "use-ascii": "B", "list-only": "l",
    "retry-all-errors": "", "retry-connrefused": "", "styled-output": "",
    "ignore-content-length": "",
    "ca-native": "", "cert-status": "", "doh-insecure": "", "proxy-insecure": "", "trace-time": "",
    "manual": "M", "help": "h", "version": "V", "clobber": "", "xattr": "", "metalink": "",
}  # fmt: skip
_LONG_BY_SHORT: Final = {
    short: long for table in (VALUED, SWITCHES) for long, short in table.items() if short
}

REFUSED: Final = {
    "form": "-F sends multipart/form-data, which no action can; use JSON or a form (-d).",
    "form-string": "--form-string sends multipart/form-data, which no action can.",
    "upload-file": "-T sends a file, and an action has no files; write the body behind -d.",
    "config": "-K reads options from a file; write them into the command.",
    "cert": "-E needs a client certificate, which actions do not have.",
    "unix-socket": "--unix-socket reaches a socket of one machine; actions call web addresses.",
    "abstract-unix-socket": "actions call web addresses, no sockets of one machine.",
    "request-target": "--request-target is not possible; write the path into the URL.",
    "aws-sigv4": "--aws-sigv4 signs each request anew, which a template cannot.",
    "digest": "--digest answers a challenge, which a template cannot; use a key or token.",
    "ntlm": "--ntlm answers a challenge, which a template cannot; use a key or token.",
    "negotiate": "--negotiate answers a challenge, which a template cannot; use a key or token.",
    "anyauth": "--anyauth answers a challenge, which a template cannot; use -u alone.",
    "netrc": "-n takes a password out of a file; write -u user:password.",
    "next": "--next makes several requests; import one command for each.",
    "continue-at": "-C goes on with a file that is there already; actions have no files.",
    "variable": "--variable is worked out by curl; write the value itself.",
}
WARNED: Final = {
    "insecure": "-k is left out: certificates are always checked.",
    "proxy": "-x is left out: actions go straight to the address.",
    "resolve": "--resolve is left out: names are looked up when the action runs.",
    "connect-to": "--connect-to is left out: the URL's own address is called.",
    "location-trusted": "Credentials are sent to the first address alone, not along redirects.",
    "cacert": "--cacert is left out: the system's certificates are used.",
    "key": "--key is left out: actions have no client certificates.",
    "netrc-optional": "--netrc-optional is left out; write -u user:password.",
    "time-cond": "-z is left out.",
    "cookie-jar": "-c is left out: no cookies are kept between calls.",
}


class Option(NamedTuple):
    """One option as it was written; a word that is no option has no name."""

    name: str
    value: str = ""


def read_options(words: Sequence[str]) -> Iterator[Option]:
    """Yield the options and other words behind ``curl``, in order.

    Raises:
        InvalidRequest: An option nobody knows, or one without its value.
    """
    pending = iter(words)
    only_words = False
    for word in pending:
        if only_words or not word.startswith("-") or word == "-":
            yield Option("", word)
        elif word == "--":
            only_words = True
        elif word.startswith("--"):
            name = _long_name(word[2:])
            if name:
                value = _value(pending, f"--{name}") if name in VALUED else ""
                yield Option(name, value)
        else:
            yield from _short_options(word[1:], pending)


def _long_name(given: str) -> str:
    """Return the whole name of an option; nothing for a switch that is turned off."""
    if given in VALUED or given in SWITCHES:
        return given
    if given.startswith("no-") and given[3:] in SWITCHES:
        return ""
    near = [name for table in (VALUED, SWITCHES) for name in table if name.startswith(given)]
    if len(near) != 1:
        refuse(f"--{given[:40]} is no option of curl that is known here; leave it out.")
    return near[0]


def _short_options(letters: str, pending: Iterator[str]) -> Iterator[Option]:
    for at, letter in enumerate(letters):
        name = _LONG_BY_SHORT.get(letter)
        if name is None:
            refuse(f"-{letter} is no option of curl that is known here; leave it out.")
        if name in VALUED:
            yield Option(name, letters[at + 1 :] or _value(pending, f"-{letter}"))
            return
        yield Option(name)


def _value(pending: Iterator[str], option: str) -> str:
    value = next(pending, None)
    if value is None:
        refuse(f"{option} has no value; paste the whole command.")
    return value
