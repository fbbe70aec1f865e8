"""What goes to the log, in which form, and what never does."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

import structlog

from deftly.engine.redaction import Redactor
from deftly.settings import Settings

_NEVER: Final = frozenset(
    {"authorization", "cookie", "key", "password", "secret", "set_cookie", "token", "x_api_key"}
)
_MASK: Final = "••••••"
# A key, and anything of the length and alphabet of our tokens (256 bits in base64url).
_TOKENS: Final = re.compile(r"\bdk_[A-Za-z0-9_-]{16,}|(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])")
_BEARER: Final = re.compile(r"(?i)\b(bearer\s+)\S+")


def configure_logging(settings: Settings, redactor: Redactor) -> None:
    """Send all logging to standard error, redacted."""
    console = settings.log_format == "console" or (
        settings.log_format == "auto" and sys.stderr.isatty()
    )
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if console
        else structlog.processors.JSONRenderer()
    )
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            Redacting(redactor),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


class Redacting:
    """Takes credentials out of log lines: by name, by form, and the known ones by value."""

    def __init__(self, redactor: Redactor) -> None:
        """Take what knows the values to hide."""
        self._redactor = redactor

    def __call__(
        self, logger: object, method: str, event: MutableMapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return the line without credentials; structlog's processor protocol."""
        del logger, method
        return {name: self._clean(name, value) for name, value in event.items()}

    def _clean(self, name: str, value: object) -> object:
        if name.lower().replace("-", "_") in _NEVER:
            return _MASK
        match value:
            case str():
                return self._text(value)
            case Mapping():
                return {str(key): self._clean(str(key), one) for key, one in value.items()}
            case list() | tuple():
                return [self._clean("", one) for one in value]
            case bool() | int() | float() | None:
                return value
            case _:
                return self._text(str(value))

    def _text(self, text: str) -> str:
        hidden = _BEARER.sub(rf"\1{_MASK}", _TOKENS.sub(_MASK, text))
        return self._redactor.text(hidden)
