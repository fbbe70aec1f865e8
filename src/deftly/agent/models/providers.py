"""Models by name: ``local``, OpenAI and servers that speak like it, Anthropic, Google.

A provider's libraries are imported when one of its models is built, and never before.
"""

import difflib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from deftly.agent.models.engine import is_local_model_installed, why_not_here
from deftly.errors import ModelUnavailable

if TYPE_CHECKING:
    from pydantic_ai.models import Model
    from pydantic_ai.settings import ModelSettings

__all__ = ["build_model", "is_local_model_installed"]

DEFAULT_TIMEOUT_S: Final = 60.0

_OPENAI_URL: Final = "https://api.openai.com/v1"
_CHOICES: Final = (
    "Set the model to `local` (offline, Linux x86_64), to `openai:NAME` with a key, or to "
    "`openai:NAME` with the base URL of an OpenAI-compatible server such as Ollama, vLLM or "
    "llama.cpp."
)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a model is to be built from; a key or a URL is None where none is configured."""

    name: str
    base_url: str | None
    api_key: str | None
    timeout_s: float

    @property
    def settings(self) -> "ModelSettings":
        return {"timeout": self.timeout_s}


def build_model(
    name: str,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout_s: float = DEFAULT_TIMEOUT_S,
) -> "Model":
    """Return the model a configured name stands for; nothing is connected yet.

    Args:
        name: ``local``, ``none``, or ``provider:model``.
        base_url: Another address than the provider's own.
        api_key: The provider's key; the environment is not searched for one.
        timeout_s: How long one request to a provider may take.

    Raises:
        ModelUnavailable: No such model here; the message says what to configure.
    """
    provider, _, model = name.strip().partition(":")
    if provider in {"", "none"}:
        raise ModelUnavailable(f"No model is configured. {_CHOICES}")
    builder = _BUILDERS.get(provider)
    if builder is None:
        raise ModelUnavailable(_unknown(provider))
    if provider != "local" and not model:
        raise ModelUnavailable(
            f"The model {name!r} names a provider alone. Write `{provider}:NAME` with the name of "
            "one of its models."
        )
    return builder(_Wish(model, base_url, api_key, timeout_s))


def _unknown(provider: str) -> str:
    near = difflib.get_close_matches(provider.lower(), _BUILDERS, n=1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    return f"There is no model provider {provider!r}.{hint} {_CHOICES}"


def _local(wish: _Wish) -> "Model":
    if wish.name:
        raise ModelUnavailable(
            f"There is one local model, so `local:{wish.name}` names none. Write `local`."
        )
    reason = why_not_here()
    if reason:
        raise ModelUnavailable(reason)
    from deftly.agent.models.local import LocalModel

    return LocalModel()


def _openai(wish: _Wish) -> "Model":
    _need_key(wish, "openai", unless_url=True)
    _need_package("openai", "openai")
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    provider: OpenAIProvider | OpenAICompatibleProvider
    if wish.base_url is None or wish.base_url.rstrip("/") == _OPENAI_URL:
        provider = OpenAIProvider(base_url=_OPENAI_URL, api_key=wish.api_key)
    else:
        # Servers at home often want no key, and the library wants some text.
        provider = OpenAICompatibleProvider(
            "openai-compatible", base_url=wish.base_url, api_key=wish.api_key or "none"
        )
    return OpenAIChatModel(wish.name, provider=provider, settings=wish.settings)


def _anthropic(wish: _Wish) -> "Model":
    _need_package("anthropic", "anthropic")
    _need_key(wish, "anthropic")
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    provider = AnthropicProvider(
        api_key=wish.api_key, base_url=wish.base_url or "https://api.anthropic.com"
    )
    return AnthropicModel(wish.name, provider=provider, settings=wish.settings)


def _google(wish: _Wish) -> "Model":
    _need_package("google", "google.genai")
    _need_key(wish, "google")
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google import GoogleProvider

    provider = GoogleProvider(api_key=wish.api_key, base_url=wish.base_url)
    return GoogleModel(wish.name, provider=provider, settings=wish.settings)


def _need_key(wish: _Wish, provider: str, *, unless_url: bool = False) -> None:
    if wish.api_key or (unless_url and wish.base_url is not None):
        return
    other = " or the base URL of a compatible server" if unless_url else ""
    raise ModelUnavailable(
        f"The model `{provider}:{wish.name}` needs a key. Configure the model's API key{other}."
    )


def _need_package(provider: str, module: str) -> None:
    parent = module.partition(".")[0]
    if importlib.util.find_spec(parent) is None or importlib.util.find_spec(module) is None:
        raise ModelUnavailable(
            f"Models of `{provider}` need a package that is not installed. Install it with "
            f"`pip install 'pydantic-ai-slim[{provider}]'`, or configure another model."
        )


_BUILDERS: Final[dict[str, Callable[[_Wish], "Model"]]] = {
    "local": _local,
    "openai": _openai,
    "anthropic": _anthropic,
    "google": _google,
}
