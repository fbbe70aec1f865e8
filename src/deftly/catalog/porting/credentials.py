"""Credentials in somebody else's request: taken out, a placeholder in each one's place."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_plus

from deftly.catalog.porting.keylike import ISSUED
from deftly.domain.credential import carries_credential
from deftly.domain.template.placeholder import PLACEHOLDER
from deftly.errors import InvalidRequest
from deftly.values import JsonValue

# Names of query and form fields and of JSON members whose texts are credentials.
_NAMES: Final = re.compile(
    r"(?i)^(.*[-_.])?((x[-_]?)?(api|access|secret|private|auth|subscription|app)[-_]?key|"
    r"(access|auth|api|bearer|refresh|session|id|csrf|xsrf|security|private|user|bot|oauth)?"
    r"[-_]?token|passw(or)?d|passphrase|pwd|(client[-_]?|app[-_]?)?secret|credentials?|"
    r"sig(nature)?|authorization|jwt)$"
)
_NOT_NAMES: Final = re.compile(
    r"(?i)^(.*[-_.])?(page|next|prev|continuation|sync|cursor)[-_]?token$"
)
_VALUES: Final = re.compile(rf"^{ISSUED}$")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_.~+/=-]{16,}")
_SCHEME: Final = re.compile(r"^(?P<scheme>[A-Za-z][A-Za-z0-9-]*) +(?P<value>\S.*)$")
_NOT_IN_NAMES: Final = re.compile(r"[^A-Z0-9]+")
_LIMIT: Final = 50
_NAME_LIMIT: Final = 60  # with a number behind it still a secret's name


@dataclass(slots=True)
class Taken:
    """The credentials of one request.

    Attributes:
        prefix: What their names begin with, as those of a create do: the action's name.
        variables: Names of shell variables by the placeholders that stand for them.
        values: What was taken, by secret name.
    """

    prefix: str
    variables: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict, repr=False)

    def header(self, name: str, text: str) -> str:
        """Return a header's text without its credential."""
        bare = PLACEHOLDER.sub("x", text)
        scheme = _SCHEME.match(text.strip())
        value = scheme["value"] if scheme else text.strip()
        if not (carries_credential(name, bare) or _VALUES.match(value)):
            return text
        if PLACEHOLDER.search(text):
            return self._as_secrets(text)
        placeholder = self.take(name, value)
        return f"{scheme['scheme']} {placeholder}" if scheme else placeholder

    def text(self, name: str, text: str) -> str:
        """Return the text of a field or member without its credential."""
        if not self.is_credential(name, PLACEHOLDER.sub("x", text)):
            return text
        return self._as_secrets(text) if PLACEHOLDER.search(text) else self.take(name, text)

    def url(self, url: str) -> str:
        """Return an address without the credentials in its query."""
        address, question, query = url.partition("?")
        return f"{address}{question}{self.pairs(query)}"

    def pairs(self, text: str) -> str:
        """Return ``name=value&…`` without its credentials."""
        return "&".join(map(self._pair, text.split("&")))

    def _pair(self, pair: str) -> str:
        name, equals, value = pair.partition("=")
        plain = unquote_plus(value)
        kept = self.text(unquote_plus(name), plain)
        return pair if kept == plain else f"{name}{equals}{kept}"

    def json(self, value: JsonValue, name: str = "") -> JsonValue:
        """Return a JSON value without its credentials; it is at most 64 levels deep."""
        match value:
            case str():
                return self.text(name, value)
            case dict():
                return {key: self.json(member, key) for key, member in value.items()}
            case list():
                return [self.json(member, name) for member in value]
            case _:
                return value

    @staticmethod
    def is_credential(name: str, text: str) -> bool:
        """Tell whether a field of this name holds a credential."""
        if not text.strip():
            return False
        if _VALUES.match(text):
            return True
        if name.lower() in {"key", "appid", "app_id"}:
            return _BARE_KEY.fullmatch(text) is not None
        return _NAMES.match(name) is not None and _NOT_NAMES.match(name) is None

    def take(self, name: str, value: str) -> str:
        """Keep a value and return the placeholder that stands for it."""
        if len(self.values) >= _LIMIT:
            raise InvalidRequest(f"It holds over {_LIMIT} credentials; import less at once.")
        wanted = secret_name(self.prefix, name)
        secret, number = wanted, 2
        while self.values.get(secret, value) != value:
            secret, number = f"{wanted}_{number}", number + 1
        self.values[secret] = value
        return f"{{{{secrets.{secret}}}}}"

    def _as_secrets(self, text: str) -> str:
        """Return the text with secrets for the shell's variables."""

        def named(match: re.Match[str]) -> str:
            variable = self.variables.get(match["path"])
            return f"{{{{secrets.{variable}}}}}" if variable else match[0]

        return PLACEHOLDER.sub(named, text)


def secret_name(*words: str) -> str:
    """Return the name of a secret made of words: ``GET_ORDER_X_API_KEY``."""
    spelled = (_NOT_IN_NAMES.sub("_", word.upper()).strip("_") for word in words)
    return "_".join(word for word in spelled if word)[:_NAME_LIMIT].strip("_") or "CREDENTIAL"
