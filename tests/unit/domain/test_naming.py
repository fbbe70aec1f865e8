"""How names are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.domain.naming import (
    ACTION_NAME_LIMIT,
    action_name,
    is_secret_name,
    parameter_name_fault,
    tool_name,
)
from deftly.errors import InvalidDefinition


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("get my-weather!", "GET_MY_WEATHER"),
        ("getHTTPStatus", "GET_HTTP_STATUS"),
        ("get_order_status", "GET_ORDER_STATUS"),
        ("GET_ORDER_STATUS", "GET_ORDER_STATUS"),
        ("checkWeather2Day", "CHECK_WEATHER2_DAY"),
        ("Café crème", "CAFE_CREME"),
        ("  __x__  ", "X"),
        ("a//b\\c", "A_B_C"),
        ("IBMServer", "IBM_SERVER"),
        ("OAuth2Token", "O_AUTH2_TOKEN"),
        ("oauth2token", "OAUTH2TOKEN"),
        ("OAUTH2TOKEN", "OAUTH2TOKEN"),
        ("ﬁnd", "FIND"),
        ("x" * ACTION_NAME_LIMIT, "X" * ACTION_NAME_LIMIT),
    ],
)
def test_names_become_upper_snake_case(text, name):
    assert action_name(text) == name
    assert tool_name(name) == name.lower()


@pytest.mark.parametrize("text", ["", "   ", "!?", "___", "日本語", "x" * 61, "aB" * 31])
def test_a_name_with_nothing_left_or_too_much_is_refused(text):
    with pytest.raises(InvalidDefinition) as refusal:
        action_name(text)

    assert [one.path for one in refusal.value.details] == ["name"]


@given(st.text(max_size=40))
def test_converting_a_name_again_changes_nothing(text):
    try:
        name = action_name(text)
    except InvalidDefinition:
        return

    assert action_name(name) == name
    assert action_name(tool_name(name)) == name


@pytest.mark.parametrize("name", ["a", "order_id", "X-1", "_x", "7", "x" * 64, "secret", "users"])
def test_a_parameter_may_have_a_name_that_placeholders_can_say(name):
    assert parameter_name_fault(name) is None


@pytest.mark.parametrize(
    "name",
    ["", "a b", "a.b", "é", "a\n", "__x", "secrets", "user", "page", "deftly", "x" * 65, "$a"],
)
def test_other_parameter_names_are_refused(name):
    assert parameter_name_fault(name)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("SHOP_KEY", True),
        ("a-1", True),
        ("2FA_AUTHORIZATION", True),
        ("x" * 201, False),
        ("__a", False),
        ("a b", False),
        ("", False),
        ("a\n", False),
    ],
)
def test_a_secret_has_a_plain_name(name, may):
    assert is_secret_name(name) is may
