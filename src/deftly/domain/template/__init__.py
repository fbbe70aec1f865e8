"""Templates: compiled when a definition is saved, rendered in one pass, values never read again.

Every place has its encoder, and a value stays one component of its place: a path segment, a
query name or value, a header's value, a JSON value or string, a form's field, a shell's word.
"""

from deftly.domain.template.body import BodyTemplate, compile_body
from deftly.domain.template.header import HeaderTemplate, compile_header, compile_headers
from deftly.domain.template.placeholder import Filter, Placeholder
from deftly.domain.template.scope import Mask, RenderScope, masked
from deftly.domain.template.shell import RenderedShell, ShellTemplate, compile_shell
from deftly.domain.template.url import UrlTemplate, compile_url

__all__ = [
    "BodyTemplate",
    "Filter",
    "HeaderTemplate",
    "Mask",
    "Placeholder",
    "RenderScope",
    "RenderedShell",
    "ShellTemplate",
    "UrlTemplate",
    "compile_body",
    "compile_header",
    "compile_headers",
    "compile_shell",
    "compile_url",
    "masked",
]
