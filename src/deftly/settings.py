"""The operator's settings: ``deftly.yaml``, the environment, the command line.

Nothing else reads the environment. The later source wins; every value knows where it
came from. ``docs/settings.md`` lists all of them.
"""

import difflib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import Field, PrivateAttr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from deftly.egress.policy import parse_allow
from deftly.errors import InvalidSettings
from deftly.store.yaml.fault import fault_of

FILE_NAME: Final = "deftly.yaml"
PREFIX: Final = "DEFTLY_"
SECRET_SETTINGS: Final = frozenset({"key", "model_api_key"})
Seconds = Annotated[int, Field(gt=0)]
Days = Annotated[int, Field(ge=0, le=36_500)]


class Settings(BaseSettings):
    """Everything an operator decides."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix=PREFIX)

    dir: Path = Field(Path(), description="Folder of actions, database and key")
    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on")
    port: int = Field(8484, ge=0, le=65_535, description="Port to listen on; 0 picks a free one")
    no_auth: bool = Field(
        default=False, description="Every caller is the local owner; on loopback only"
    )
    public_url: str = Field("", description="Where people reach this server, as https://host")
    allowed_hosts: tuple[str, ...] = Field((), description="Further names in the Host header")
    allowed_origins: tuple[str, ...] = Field((), description="Web pages that may call this API")
    trusted_proxies: tuple[str, ...] = Field(
        (), description="Addresses or networks whose X-Forwarded-* headers are believed"
    )
    egress_allow: tuple[str, ...] = Field(
        (), description="Addresses that actions may reach although they are not public"
    )
    key: str = Field(
        "", repr=False, description="Encryption key of the secrets, instead of deftly.key"
    )
    shell: bool = Field(
        default=False, description="Shell actions run, where their sandbox passes its self-test"
    )
    model: str = Field("local", description="local, none, or provider:NAME as openai:gpt-5")
    models: tuple[str, ...] = Field((), description="Further models that agents may name")
    model_base_url: str = Field("", description="Base URL of an OpenAI-compatible server")
    model_api_key: str = Field("", repr=False, description="Key for the model's server")
    confirm_expires_s: Seconds = Field(300, description="How long a confirmation stays open")
    confirm_expires_conversation_s: Seconds = Field(
        86_400, description="How long it stays open inside a conversation"
    )
    calls_per_minute: int = Field(
        600_000, gt=0, description="Calls one principal may make in a minute, per process"
    )
    visitor_messages_per_minute: int = Field(
        20, gt=0, description="Messages one visitor of a page may send in a minute, per process"
    )
    visitor_sessions_per_minute: int = Field(
        60, gt=0, description="Visits one address may begin in a minute, per process"
    )
    keep_runs_days: Days = Field(
        0, description="Days after which a run that ended is forgotten; 0 keeps it for ever"
    )
    keep_conversations_days: Days = Field(
        0, description="Days after which an idle conversation is forgotten; 0 keeps it for ever"
    )
    shutdown_grace_s: int = Field(
        10, ge=0, le=600, description="How long runs may go on after a stop was asked for"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least that is logged"
    )
    log_format: Literal["auto", "console", "json"] = Field(
        "auto", description="auto is console on a terminal, json elsewhere"
    )

    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what `load_settings` has merged, and nothing besides."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @field_validator("public_url", "model_base_url")
    @classmethod
    def _web_address(cls, text: str) -> str:
        parts = urlsplit(text)
        if text and (parts.scheme not in {"http", "https"} or not parts.hostname):
            message = "is no web address; write it as https://deftly.example.com"
            raise ValueError(message)
        return text.rstrip("/")

    @field_validator("allowed_origins")
    @classmethod
    def _origins_only(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            parts = urlsplit(origin)
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
                message = f"holds {origin!r}, which is no origin; write https://shop.example.com"
                raise ValueError(message)
        return tuple(origin.rstrip("/").lower() for origin in origins)

    @field_validator("allowed_hosts")
    @classmethod
    def _names_only(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not host.strip() or "/" in host or "*" in host:
                message = f"holds {host!r}, which is no host; write deftly.example.com"
                raise ValueError(message)
        return tuple(host.lower() for host in hosts)

    @field_validator("trusted_proxies")
    @classmethod
    def _networks_only(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ip_network(network)
        return networks

    @field_validator("egress_allow")
    @classmethod
    def _precise(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        try:
            parse_allow(entries)
        except InvalidSettings as fault:
            raise ValueError(fault.message.removeprefix("egress_allow: ")) from None
        return entries

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The trusted proxies, parsed."""
        return tuple(ip_network(network) for network in self.trusted_proxies)

    def origin_of(self, name: str) -> str:
        """Return where a value came from: a source's name, or ``default``."""
        return self._origins.get(name, "default")

    def changed(self, **values: object) -> "Settings":
        """Return a copy with some values replaced."""
        copy = self.model_copy(update=values)
        copy._origins = dict(self._origins)  # noqa: SLF001 - of the same class
        return copy


def load_settings(command_line: Mapping[str, object] | None = None) -> Settings:
    """Return the settings of this process.

    Args:
        command_line: Values given there, by setting; None stands for "not given".

    Raises:
        InvalidSettings: Names the setting, what is wrong with its value, and the fix.
    """
    given = {name: value for name, value in (command_line or {}).items() if value is not None}
    from_environment = _environment()
    folder = Path(str(given.get("dir") or from_environment.get("dir") or "."))
    from_file = _file(folder / FILE_NAME)
    origins = {
        **dict.fromkeys(from_file, FILE_NAME),
        **{name: PREFIX + name.upper() for name in from_environment},
        **dict.fromkeys(given, "command line"),
    }
    try:
        settings = Settings(**{**from_file, **from_environment, **given})  # type: ignore[arg-type]
    except ValidationError as fault:
        raise InvalidSettings(_sentences(fault, origins)) from None
    settings._origins.update(origins)  # noqa: SLF001 - what it was made of
    _check_together(settings)
    return settings


def _environment() -> dict[str, object]:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    _refuse_unknown((name for name in sorted(os.environ) if name.startswith(PREFIX)), known)
    try:
        found: dict[str, object] = EnvSettingsSource(Settings, env_prefix=PREFIX)()
    except SettingsError as fault:
        name = str(fault).split('"')[1]
        message = f"""{PREFIX}{name.upper()} is a list and must be JSON, such as '["a", "b"]'."""
        raise InvalidSettings(message) from None
    return found


def _file(path: Path) -> dict[str, object]:
    try:
        text = path.read_text()
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        raise InvalidSettings(f"dir: {path.parent} is no directory.") from None
    except UnicodeDecodeError:
        raise InvalidSettings(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as fault:
        raise InvalidSettings(f"{path} cannot be read: {fault.strerror}.") from None
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        told = fault_of(fault, text)
        place = f":{told.line}" if told.line else ""
        raise InvalidSettings(f"{path}{place}: {told.message} {told.fix}") from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise InvalidSettings(f"{path} must hold settings, one a line, such as: port: 8484.")
    known = [name for name in Settings.model_fields if name != "dir"]
    _refuse_unknown(map(str, content), known, f" of {path.name}")
    return {name: value for name, value in content.items() if value is not None}


def _refuse_unknown(names: Iterable[str], known: Sequence[str], where: str = "") -> None:
    for name in names:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else "'deftly settings' lists all of them."
        raise InvalidSettings(f"{name} is no known setting{where}. {hint}")


_FAULTS: Final[Mapping[str, str]] = {
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "string_type": "must be text",
    "path_type": "must be a path",
}


def _sentences(fault: ValidationError, origins: Mapping[str, str]) -> str:
    return " ".join(
        _sentence(error, origins)
        for error in fault.errors(include_url=False, include_context=False)
    )


def _sentence(error: ErrorDetails, origins: Mapping[str, str]) -> str:
    name = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return f"{name} is no known setting."
    said = error["msg"].removeprefix("Value error, ")
    said = re.sub(r"^Input should be less than or equal to", "must be at most", said)
    said = re.sub(r"^Input should be greater than or equal to", "must be at least", said)
    said = re.sub(r"^Input should be", "must be", said)
    what = _FAULTS.get(error["type"], said[:1].lower() + said[1:])
    shown = "" if name in SECRET_SETTINGS else f"; it is {error['input']!r}"
    what = what.rstrip(".")
    return f"{name} ({origins.get(name, 'default')}) {what}{shown}."


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on can be reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_together(settings: Settings) -> None:
    if settings.no_auth and not settings.is_loopback:
        message = (
            f"no_auth makes every caller the owner, and host {settings.host} can be reached from "
            "other machines; listen on 127.0.0.1 or leave no_auth out."
        )
        raise InvalidSettings(message)
