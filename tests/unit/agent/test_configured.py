import pytest

from deftly.agent.models.configured import Models
from deftly.domain.agent import Agent
from deftly.errors import InvalidSettings, ModelUnavailable

ID = "5b0e6f0a-7f64-4c1c-9c55-0d8c6a4f3e10"
URL = "http://127.0.0.1:11434/v1"


def agent(model=None):
    return Agent(id=ID, name="desk", publishable_key="pk_0123456789abcdef", model=model)


REFUSED = [
    ("local", ["gpt-5"], "no model"),
    ("local", ["openai"], "no model"),
    ("local", ["http://127.0.0.1:1/v1"], "no model"),
    ("local", [""], "no model"),
    ("openai:a", ["anthropic:b"], "one model_api_key"),
    ("local", ["openai:a", "google:b"], "one model_api_key"),
]


@pytest.mark.parametrize(("default", "further", "sentence"), REFUSED)
def test_models_that_cannot_be_together_stop_the_start(default, further, sentence):
    with pytest.raises(InvalidSettings, match=sentence):
        Models(default, further)


TOGETHER = [("local", []), ("none", ["local"]), ("local", ["openai:a", "openai:b"]),
            ("openai:a", ["openai:b", "local", "none"]), ("", ["openai:a"])]  # fmt: skip


@pytest.mark.parametrize(("default", "further"), TOGETHER)
def test_an_agent_gets_what_is_configured_and_nothing_else(default, further):
    models = Models(default, further, base_url=URL)

    assert models.name_for(agent()) == default
    for name in (*further, "local", "none"):
        assert models.name_for(agent(name)) == name
    for name in ("openai:c", "anthropic:a", "openai:ab"):
        with pytest.raises(ModelUnavailable, match="Add it to the setting models"):
            models.for_agent(agent(name))


async def test_a_model_is_built_once_and_anew_after_closing():
    models = Models("openai:a", ["openai:b"], base_url=URL)

    first = models.for_agent(agent())
    assert models.for_agent(agent("openai:a")) is first
    assert models.for_agent(agent("openai:b")) is not first
    await models.close()
    assert models.for_agent(agent()) is not first
    await models.close()


def test_without_a_model_the_sentence_says_what_to_set():
    with pytest.raises(ModelUnavailable, match="Set the model to `local`"):
        Models("none").for_agent(agent())
