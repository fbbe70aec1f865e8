"""Settings come from three places, and a wrong one is named with its fix."""

import os
import re
from pathlib import Path

import pytest

from deftly.cli.settings import list_settings
from deftly.errors import InvalidSettings
from deftly.settings import SECRET_SETTINGS, Settings, load_settings

DOCUMENT = Path(__file__).parents[3] / "docs/settings.md"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in [name for name in os.environ if name.startswith("DEFTLY_")]:
        monkeypatch.delenv(name)


def write(folder: Path, text: str) -> Path:
    (folder / "deftly.yaml").write_text(text)
    return folder


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path, monkeypatch):
    write(tmp_path, "port: 1001\nhost: 127.0.0.2\nlog_level: debug\n")
    monkeypatch.setenv("DEFTLY_PORT", "1002")
    monkeypatch.setenv("DEFTLY_HOST", "127.0.0.3")

    settings = load_settings({"dir": tmp_path, "port": 1003})

    assert (settings.port, settings.host, settings.log_level) == (1003, "127.0.0.3", "debug")
    assert settings.origin_of("port") == "command line"
    assert settings.origin_of("host") == "DEFTLY_HOST"
    assert settings.origin_of("log_level") == "deftly.yaml"
    assert settings.origin_of("model") == "default"


def test_values_not_given_on_the_command_line_change_nothing(tmp_path):
    assert load_settings({"dir": tmp_path, "port": None}).port == 8484


def test_lists_are_json_in_the_environment_and_lists_in_the_file(tmp_path, monkeypatch):
    write(tmp_path, "allowed_hosts: [a.example.com]\n")
    monkeypatch.setenv("DEFTLY_EGRESS_ALLOW", '["127.0.0.1:9000"]')

    settings = load_settings({"dir": tmp_path})

    assert settings.egress_allow == ("127.0.0.1:9000",)
    assert settings.allowed_hosts == ("a.example.com",)


FAULTS = [
    ({"DEFTLY_PORT": "many"}, "", ["port", "DEFTLY_PORT", "whole number"]),
    ({"DEFTLY_PORT": "70000"}, "", ["port", "DEFTLY_PORT"]),
    ({"DEFTLY_PRT": "1"}, "", ["DEFTLY_PRT", "Did you mean", "PORT"]),
    ({"DEFTLY_EGRESS_ALLOW": "127.0.0.1:1"}, "", ["DEFTLY_EGRESS_ALLOW", "JSON"]),
    ({"DEFTLY_EGRESS_ALLOW": '["10.0.0.0/8"]'}, "", ["egress_allow", "port"]),
    ({"DEFTLY_EGRESS_ALLOW": '["0.0.0.0/0:80"]'}, "", ["egress_allow", "wide"]),
    ({"DEFTLY_PUBLIC_URL": "deftly.example.com"}, "", ["public_url", "https://"]),
    ({"DEFTLY_TRUSTED_PROXIES": '["proxy"]'}, "", ["trusted_proxies"]),
    ({"DEFTLY_ALLOWED_ORIGINS": '["https://a/b"]'}, "", ["allowed_origins", "origin"]),
    ({"DEFTLY_ALLOWED_ORIGINS": '["null"]'}, "", ["allowed_origins", "origin"]),
    ({"DEFTLY_ALLOWED_HOSTS": '["*"]'}, "", ["allowed_hosts", "host"]),
    ({"DEFTLY_CONFIRM_EXPIRES_S": "0"}, "", ["confirm_expires_s"]),
    ({"DEFTLY_NO_AUTH": "true", "DEFTLY_HOST": "0.0.0.0"}, "", ["no_auth", "127.0.0.1"]),
    ({"DEFTLY_NO_AUTH": "1", "DEFTLY_HOST": "example.com"}, "", ["no_auth", "127.0.0.1"]),
    ({}, "prot: 1", ["prot", "deftly.yaml", "Did you mean port"]),
    ({}, "dir: elsewhere", ["dir", "deftly.yaml"]),
    ({}, "- a", ["deftly.yaml", "port: 8484"]),
    ({}, "port: [", ["deftly.yaml:1", "The YAML", "Check the"]),
    ({}, "no_auth: 7", ["no_auth", "true or false"]),
]


@pytest.mark.parametrize(("environment", "file", "words"), FAULTS)
def test_a_wrong_setting_is_named_with_its_fault(tmp_path, monkeypatch, environment, file, words):
    write(tmp_path, file)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(InvalidSettings) as refused:
        load_settings({"dir": tmp_path})

    assert [word for word in words if word not in refused.value.message] == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_no_auth_is_possible_on_loopback(tmp_path, host):
    assert load_settings({"dir": tmp_path, "no_auth": True, "host": host}).no_auth


def test_secret_values_are_shown_nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("DEFTLY_MODEL_API_KEY", "sk-very-secret")
    monkeypatch.setenv("DEFTLY_KEY", "ab" * 32)

    settings = load_settings({"dir": tmp_path})
    shown = str(list_settings(settings)) + repr(settings) + str(settings)

    assert settings.model_api_key == "sk-very-secret"
    assert "sk-very-secret" not in shown
    assert "ab" * 32 not in shown


def test_every_setting_is_documented_with_its_default():
    rows = re.findall(r"^\| `(\w+)` \| (?:`([^`]*)`)? *\|", DOCUMENT.read_text(), re.MULTILINE)
    documented = dict(rows)

    assert documented.keys() == Settings.model_fields.keys()
    fields = Settings.model_fields.items()
    spelled = {name: str(field.default).lower().replace("()", "[]") for name, field in fields}
    assert documented == spelled


def test_every_secret_setting_exists():
    assert Settings.model_fields.keys() >= SECRET_SETTINGS
