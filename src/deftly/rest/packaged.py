"""Built files of the package, served as browsers want them: compressed, and kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from deftly.errors import NotFound

HTML: Final = "text/html"
JAVASCRIPT: Final = "text/javascript"
FOREVER: Final[Mapping[str, str]] = {"cache-control": "public, max-age=31536000, immutable"}
_TYPES: Final = {
    "css": "text/css",
    "html": HTML,
    "js": JAVASCRIPT,
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}
# A file name alone: no folder, no hidden file, no compressed twin.
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?P<kind>[a-z0-9]+)")


@dataclass(frozen=True, slots=True)
class Built:
    """A file, and the same compressed where that was done when it was built."""

    plain: bytes
    zipped: bytes = b""

    def answer(self, request: Request, media_type: str, headers: Mapping[str, str]) -> Response:
        """Return the file in the form the browser takes."""
        vary = ", ".join(filter(None, (headers.get("vary"), "accept-encoding")))
        said = {**headers, "vary": vary}
        if self.zipped and "gzip" in request.headers.get("accept-encoding", ""):
            said["content-encoding"] = "gzip"
            return Response(self.zipped, media_type=media_type, headers=said)
        return Response(self.plain, media_type=media_type, headers=said)


def read_built(folder: str, name: str) -> Built | None:
    """Return a file of ``rest/assets/<folder>`` as it lies on the disk now."""
    place = files("deftly.rest").joinpath("assets", folder)
    try:
        plain = place.joinpath(name).read_bytes()
    except OSError:
        return None
    try:
        return Built(plain, place.joinpath(f"{name}.gz").read_bytes())
    except OSError:
        return Built(plain)


def asset(request: Request, folder: str, name: str) -> Response:
    """Return a file under ``assets`` whose name changes with its content.

    Raises:
        NotFound: There is none of this name.
    """
    known = _NAME.fullmatch(name)
    kind = _TYPES.get(known["kind"]) if known else None
    content = _content(folder, f"assets/{name}") if kind else None
    if kind is None or content is None:
        raise NotFound("There is no such file; reload the page if Deftly was just updated.")
    return content.answer(request, kind, FOREVER)


@lru_cache(maxsize=256)
def _kept(folder: str, name: str) -> Built:
    found = read_built(folder, name)
    if found is None:
        raise FileNotFoundError(name)  # an absence is not kept: a build may be under way
    return found


def _content(folder: str, name: str) -> Built | None:
    try:
        return _kept(folder, name)
    except FileNotFoundError:
        return None
