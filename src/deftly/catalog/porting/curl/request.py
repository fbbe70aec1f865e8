"""The request a cURL command makes, as far as its words tell."""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote_plus, unquote

from deftly.catalog.porting.curl.options import REFUSED, WARNED, Option, read_options
from deftly.catalog.porting.curl.url import read_url, with_query
from deftly.catalog.porting.curl.words import Words, refuse
from deftly.domain.template.placeholder import PLACEHOLDER

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"

_PROGRAM: Final = re.compile(r"(?i)(?:.*[/\\])?curl(?:\.exe)?")
# The client that sends the request sets these itself.
_OURS: Final = frozenset(
    "accept-encoding connection content-length expect host http2-settings keep-alive te trailer "
    "transfer-encoding upgrade".split()
)
_TIMEOUT_MAX_S: Final = 60.0


@dataclass(slots=True)
class CurlRequest:
    """What curl would send.

    Attributes:
        default_type: What curl calls the body where no header says so.
        basic: Name and password, joined by a colon; empty where there are none.
    """

    url: str = ""
    method: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    default_type: str = FORM
    basic: str = field(default="", repr=False)
    timeout_s: float | None = None
    warnings: list[str] = field(default_factory=list)

    def header(self, name: str) -> str | None:
        """Return a header's text, whatever the case of its name."""
        return next((text for key, text in self.headers.items() if key.lower() == name), None)


@dataclass(slots=True)
class _Given:
    """The options of one command, collected."""

    urls: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    switches: set[str] = field(default_factory=set)
    data: str | None = None
    json: bool = False

    def add(self, option: Option) -> None:
        collect = _COLLECTORS.get(option.name)
        if collect is not None:
            collect(self, option)
        elif option.value:
            self.values[option.name] = option.value
        else:
            self.switches.add(option.name)

    def add_data(self, option: Option) -> None:
        text = option.value
        if option.name == "data-urlencode":
            text = url_encoded(text)
        elif option.name != "data-raw" and text.startswith("@"):
            refuse(f"{text[:60]} is read from a file; write the data itself.")
        joint = "" if option.name == "json" else "&"
        self.data = text if self.data is None else f"{self.data}{joint}{text}"
        self.json = self.json or option.name == "json"

    def add_query(self, option: Option) -> None:
        text = option.value
        self.queries.append(text[1:] if text.startswith("+") else url_encoded(text))

    def add_cookie(self, option: Option) -> None:
        if "=" not in option.value:
            refuse(f"-b {option.value[:60]} reads cookies from a file; write name=value.")
        self.cookies.append(option.value)

    def add_header(self, option: Option) -> None:
        if option.value.startswith("@"):
            refuse(f"-H {option.value[:60]} reads headers from a file; write them out.")
        self.headers.append(option.value)


_COLLECTORS: Final[Mapping[str, Callable[[_Given, Option], None]]] = {
    "": lambda given, option: given.urls.append(option.value),
    "url": lambda given, option: given.urls.append(option.value),
    "url-query": _Given.add_query,
    "header": _Given.add_header,
    "cookie": _Given.add_cookie,
    **dict.fromkeys(
        ("data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json"),
        _Given.add_data,
    ),
}


def url_encoded(text: str) -> str:
    """Return what ``--data-urlencode`` makes of its text; placeholders stay as they are."""
    at = re.search(r"[=@]", PLACEHOLDER.sub(lambda one: "x" * len(one[0]), text))
    if at is None:
        return _quoted(text)
    if at[0] == "@":
        refuse(f"{text[:60]} is read from a file; write the data itself.")
    name, value = text[: at.start()], text[at.end() :]
    return f"{name}={_quoted(value)}" if name else _quoted(value)


def _quoted(text: str) -> str:
    kept: list[str] = []
    end = 0
    for match in PLACEHOLDER.finditer(text):
        kept += [quote_plus(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*kept, quote_plus(text[end:])])


def read_request(words: Words) -> CurlRequest:
    """Return the request of a command.

    Raises:
        InvalidRequest: It is no curl command, or asks for what no action can do.
    """
    program, *rest = words.words or [""]
    if not _PROGRAM.fullmatch(program):
        refuse(f"{program[:40] or 'the text'} is no cURL command; it has to start with curl.")
    given = _Given()
    request = CurlRequest()
    for option in read_options(rest):
        if option.name in REFUSED:
            refuse(REFUSED[option.name])
        if option.name in WARNED and WARNED[option.name] not in request.warnings:
            request.warnings.append(WARNED[option.name])
        given.add(option)
    request.warnings += [f"Left out what follows the command: {one}" for one in words.left_out]
    _address(given, request)
    _method(given, request)
    _head(given, request)
    _warn_of_redirects(given, request)
    return request


def _address(given: _Given, request: CurlRequest) -> None:
    if len(given.urls) != 1:
        several = f"it has {len(given.urls)} URLs; import one command for each."
        refuse(several if given.urls else "there is no URL in it.")
    request.url, userinfo = read_url(
        given.urls[0],
        globoff="globoff" in given.switches,
        path_as_is="path-as-is" in given.switches,
    )
    if not given.urls[0].lower().startswith(("http://", "https://")):
        request.warnings.append("The URL has no scheme: curl takes http://; write https:// if so.")
    for query in given.queries:
        request.url = with_query(request.url, query)
    request.basic = given.values.get("user") or unquote(userinfo)


def _method(given: _Given, request: CurlRequest) -> None:
    as_query = bool(given.switches & {"get"})
    if as_query and given.data:
        request.url = with_query(request.url, given.data)
    request.body = None if as_query else given.data
    default = "GET"
    if "head" in given.switches:
        default = "HEAD"
    elif request.body is not None:
        default = "POST"
    request.method = given.values.get("request", default).upper()
    request.default_type = JSON if given.json else FORM
    if request.method in {"GET", "HEAD"} and request.body:
        refuse(
            f"it sends a body with {request.method}, which no action can; use -X POST if the "
            "server takes it, or -G to send the data in the URL."
        )


def _head(given: _Given, request: CurlRequest) -> None:
    for name, option in (("User-Agent", "user-agent"), ("Referer", "referer")):
        if option in given.values:
            request.headers[name] = given.values[option]
    if "range" in given.values:
        request.headers["Range"] = f"bytes={given.values['range']}"
    if "oauth2-bearer" in given.values:
        request.headers["Authorization"] = f"Bearer {given.values['oauth2-bearer']}"
    if given.json:
        request.headers |= {"Content-Type": JSON, "Accept": JSON}
    if given.cookies:
        request.headers["Cookie"] = "; ".join(given.cookies)
    written: set[str] = set()
    for line in given.headers:
        _add_header(line, request, written)
    if request.basic and request.header("authorization") is None:
        request.headers["Authorization"] = f"Basic {_basic(request)}"
    _timeout(given, request)


def _add_header(line: str, request: CurlRequest, written: set[str]) -> None:
    """Take one -H: ``Name: text``, ``Name;`` for an empty one, ``Name:`` to send none."""
    name, colon, text = line.partition(":")
    name, text = name.strip(), text.strip()
    if not colon:
        name, text = line.strip().removesuffix(";"), ""
        if not line.strip().endswith(";"):
            request.warnings.append(f"-H {line[:60]!r} is no header and is left out.")
            return
    lower = name.lower()
    known = next((key for key in request.headers if key.lower() == lower), None)
    if colon and not text:
        request.headers.pop(known or "", None)
    elif lower in _OURS or lower.startswith(("proxy-", ":")) or not name:
        _leave_out(name, text, request)
    elif known is not None and lower in written and lower != "content-type":
        joint = "; " if lower == "cookie" else ", "
        request.headers[known] += f"{joint}{text}"
    else:
        request.headers.pop(known or "", None)
        request.headers[name] = text
    written.add(lower)


def _leave_out(name: str, text: str, request: CurlRequest) -> None:
    host = re.match(r"https?://([^/?#]*)", request.url)
    if name.lower() == "host" and host and text.lower() != host[1].lower():
        request.warnings.append(f"Host: {text[:60]} is left out: the URL's own host is sent.")


def _basic(request: CurlRequest) -> str:
    """Return what follows ``Basic``; a placeholder where it cannot be worked out."""
    if PLACEHOLDER.search(request.basic) or ":" not in request.basic:
        request.warnings.append(
            "The secret behind Basic is the base64 of user:password; set it before calling."
        )
        return ""
    return base64.b64encode(request.basic.encode()).decode()


def _timeout(given: _Given, request: CurlRequest) -> None:
    try:
        limit_s = float(given.values.get("max-time", "nan"))
    except ValueError:
        refuse("-m needs a number of seconds.")
    if 0 < limit_s <= _TIMEOUT_MAX_S:
        request.timeout_s = limit_s


def _warn_of_redirects(given: _Given, request: CurlRequest) -> None:
    follows = bool(given.switches & {"location", "location-trusted"})
    if follows and request.method not in {"GET", "HEAD"}:
        request.warnings.append(
            f"-L is left out: redirects of a {request.method} are not followed."
        )
