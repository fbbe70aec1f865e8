"""People, added and changed where Deftly runs."""

import json

import pytest

from tests.acceptance.terminal import deftly, on_terminal

PASSWORD = "correct horse battery"
ADA = "ada@example.com"


def listed(folder):
    return json.loads(deftly("users", "list", "--json", folder=folder).out)["users"]


def test_a_new_user_gets_a_link_and_is_invited(folder):
    made = deftly("users", "create", ADA, "--role", "editor", "--port", "9000", folder=folder)

    assert made.out.startswith("http://127.0.0.1:9000/invitation#")
    assert len(made.out.split()) == 1
    assert ADA in made.err
    assert "invited" in deftly("users", "list", folder=folder).out
    (user,) = listed(folder)
    assert (user["email"], user["name"], user["role"]) == (ADA, "ada", "editor")
    assert made.out.partition("#")[2].strip() not in json.dumps(user)


def test_a_password_comes_from_standard_input_and_is_never_shown(folder):
    made = deftly("users", "create", ADA, "--role", "owner", "--password", folder=folder,
                  typed=f"{PASSWORD}\n")  # fmt: skip
    changed = deftly("users", "password", "ADA@example.com", folder=folder, typed=f"{PASSWORD}!\n")

    assert made.out == f"Added {ADA} as owner.\n"
    assert changed.out == f"{ADA} has a new password; their sessions have ended.\n"
    assert listed(folder)[0]["hasPassword"]
    assert PASSWORD not in made.out + made.err + changed.out + changed.err


def test_a_password_typed_is_typed_twice_without_being_seen(folder):
    deftly("users", "create", ADA, folder=folder)
    with on_terminal("users", "password", ADA, folder=folder) as screen:
        screen.wait_for("Password for")
        screen.type(f"{PASSWORD}\n")
        screen.wait_for("same again")
        screen.type(f"{PASSWORD}?\n")
        assert screen.end() == 1

    assert PASSWORD not in screen.screen
    assert "not the same" in screen.screen
    assert not listed(folder)[0]["hasPassword"]


def test_a_role_changes_and_a_user_goes(folder):
    deftly("users", "create", ADA, folder=folder)

    assert deftly("users", "role", ADA, "editor", folder=folder).out == f"{ADA} is editor now.\n"
    assert listed(folder)[0]["role"] == "editor"
    assert deftly("users", "remove", ADA, folder=folder).out == f"Removed {ADA}.\n"
    assert listed(folder) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "ada"), "must be an address"),
        (("create", ADA), "another user"),
        (("create", "bob@example.com", "--role", "onwer"), "Did you mean owner?"),
        (("create", "bob@example.com", "--password"), "at least 12 characters"),
        (("role", ADA, "root"), "There is no role root."),
        (("role", ADA, "viewer"), "last owner"),
        (("remove", ADA), "last owner"),
        (("remove", "adda@example.com"), f"Did you mean {ADA}?"),
        (("password", ADA), "at least 12 characters"),
        (("invite", "nobody@elsewhere.org"), "There is no user"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_told_with_the_reason(folder, words, said):
    made = deftly("users", "create", ADA, "--role", "owner", "--password", folder=folder,
                  typed=PASSWORD)  # fmt: skip
    assert made.code == 0
    before = listed(folder)

    refused = deftly("users", *words, folder=folder, typed="short")

    assert refused.code == 1
    assert said in refused.err
    assert listed(folder) == before
