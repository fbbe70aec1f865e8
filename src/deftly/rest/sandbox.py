"""``/embed/sandbox``: the frame in which the playground runs client code.

The page has an origin of its own that nobody else has, so the code reaches neither our cookies
nor our API, and its policy lets it send nothing anywhere.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from starlette.responses import Response

from deftly.rest.ask import Asked
from deftly.rest.packaged import HTML

_PAGE: Final = '<!doctype html>\n<meta charset="utf-8">\n<title>Client code</title>\n'
# The code comes as text, and there is nothing in here that it could not have anyway.
_POLICY: Final = (
    "sandbox allow-scripts; default-src 'none'; script-src '{digest}' 'unsafe-eval'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


async def sandbox_page(ask: Asked) -> Response:
    """Return the page; it takes code and arguments from the page around it, and answers there."""
    del ask
    script, policy = _built()
    body = f"{_PAGE}<script>{script}</script>\n"
    headers = {"cache-control": "no-cache", "content-security-policy": policy}
    return Response(body, media_type=HTML, headers=headers)


@cache
def _built() -> tuple[str, str]:
    script = files("deftly.rest").joinpath("assets", "sandbox.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return script, _POLICY.format(digest=f"sha256-{digest}")
