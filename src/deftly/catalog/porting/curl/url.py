"""The URL of a cURL command, as curl itself would send it."""

import re
from typing import Final

from deftly.catalog.porting.curl.words import refuse
from deftly.domain.template.placeholder import PLACEHOLDER

_SCHEME: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")
_AUTHORITY_END: Final = re.compile(r"[/?#]")
_RANGE: Final = re.compile(r"\[(?:[0-9]+-[0-9]+|[A-Za-z]-[A-Za-z])(?::[0-9]+)?\]")
_GLOB: Final = re.compile(r"\\([{}\[\]])|\{([^{}]*)\}|" + _RANGE.pattern)
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def read_url(given: str, *, globoff: bool, path_as_is: bool) -> tuple[str, str]:
    """Return the URL without user name and fragment, and the ``user:password`` it had.

    Raises:
        InvalidRequest: It stands for several requests, or is no web address.
    """
    text = given.strip()
    if not globoff:
        text = _unglobbed(text)
    scheme = _SCHEME.match(text)
    if scheme is None:
        text = f"http://{text}"  # curl's own guess
        scheme = _SCHEME.match(text)
    if scheme is None or scheme["scheme"].lower() not in {"http", "https"}:
        refuse(f"{given[:80]} is no web address; it has to start with http:// or https://.")
    rest = text[scheme.end() :].partition("#")[0]
    end = _AUTHORITY_END.search(rest)
    authority, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    userinfo, _, host = authority.rpartition("@")
    if not host:
        refuse("there is no host in its URL.")
    if PLACEHOLDER.search(host):
        refuse(f"{host[:80]} names the host by a variable; write the host out.")
    path, question, query = tail.partition("?")
    path = (path if path_as_is else _without_dots(path)) or "/"
    url = f"{scheme[0].lower()}{host}{path}{question}{query}"
    if PLACEHOLDER.search(url):
        url = _STRAY_PERCENT.sub("%25", url)
    return url, userinfo


def _unglobbed(text: str) -> str:
    """Return the one URL a pattern stands for (curl's URL globbing)."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return "\ufdd0"

    def one(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        if match[2] is None or "," in match[2]:
            refuse(f"{match[0][:60]} stands for several requests; import one URL, or add -g.")
        return match[2]

    known = PLACEHOLDER.sub(hold, text)
    pending = iter(held)
    return re.sub("\ufdd0", lambda _: next(pending), _GLOB.sub(one, known))


def _without_dots(path: str) -> str:
    """Return the path with its dot segments resolved (RFC 3986 section 5.2.4)."""
    segments = path.split("/")[1:]
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return f"/{'/'.join(kept)}" if segments else ""


def with_query(url: str, addition: str) -> str:
    """Return the URL with more behind its question mark."""
    if not addition:
        return url
    if "?" not in url:
        return f"{url}?{addition}"
    return f"{url}{addition}" if url.endswith(("?", "&")) else f"{url}&{addition}"
