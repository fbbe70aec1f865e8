import subprocess
import sys

import pytest

from deftly.agent.models.engine import why_not_here
from deftly.agent.models.providers import build_model
from deftly.agent.models.wish import Patience
from deftly.errors import ModelUnavailable


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("none", {}, "No model is configured. Set the model to `local`"),
        ("", {}, "No model is configured."),
        ("opnai:gpt-5", {}, "Did you mean `openai`?"),
        ("lokal", {}, "Did you mean `local`?"),
        ("zzz:x", {}, "There is no model provider 'zzz'. Set the model"),
        ("openai:gpt-5", {}, "needs a key"),
        ("openai", {"api_key": "k"}, "Write `openai:NAME`"),
        ("local:big", {}, "Write `local`"),
    ],
)
def test_a_model_that_cannot_be_is_refused_with_what_to_configure(name, options, sentence):
    with pytest.raises(ModelUnavailable) as refusal:
        build_model(name, **options)
    assert sentence in refusal.value.message


def test_openai_is_reached_at_its_own_address_whatever_the_environment_says(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/evil")
    model = build_model("openai:gpt-5-mini", api_key="k", patience=Patience(timeout_s=7))
    assert model.model_name == "gpt-5-mini"
    assert str(model.base_url).startswith("https://api.openai.com/")
    assert model.settings is not None
    assert model.settings["timeout"] == 7


@pytest.mark.parametrize("provider", ["anthropic", "google"])
def test_a_package_that_is_missing_is_said_with_the_extra(monkeypatch, provider):
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: None)
    with pytest.raises(ModelUnavailable, match=rf"pip install 'deftly\[{provider}\]'"):
        build_model(f"{provider}:x", api_key="k")


def test_a_compatible_server_needs_no_key(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    model = build_model("openai:llama3", base_url="http://127.0.0.1:11434/v1")
    assert (model.model_name, model.system) == ("llama3", "openai-compatible")


def test_without_the_local_model_the_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: None)
    with pytest.raises(ModelUnavailable, match=r"another model|Configure another"):
        build_model("local")
    assert why_not_here()


def test_looking_at_the_choice_of_models_imports_none_of_them():
    source = (
        "import sys\n"
        "from deftly.agent.models.providers import is_local_model_installed\n"
        "is_local_model_installed()\n"
        "heavy = {'pydantic_ai', 'openai', 'needle', 'httpx'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"[]\n", b"")
