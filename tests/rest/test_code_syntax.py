"""Code that does not compile is told when it is stored, where it stands, and never run for that."""

import asyncio
from typing import Any

import pytest

from deftly.sandbox.programs import Programs
from tests.rest.test_generate import GENERATE, asking, proposes
from tests.world import make_action, running_world, until

ACTIONS = "/api/custom-actions"
IMPORT = f"{ACTIONS}/import"
FINE = "return params.a;"
BROKEN = {
    "let a = 1;\nlet b = ;": (2, 9, "SyntaxError: Unexpected token ';'."),
    "\r\n\r\n\tlet é = '😀' '';": (3, 15, "SyntaxError: Unexpected string."),
    "let a;\rlet a;": (2, 5, "SyntaxError: Identifier 'a' has already been declared."),
    "const s = 'a\u2028b'; c d": (1, 20, "SyntaxError: Unexpected identifier 'd'."),
    "function f() {\n  let a; let a;\n}": (2, 14, "SyntaxError: Identifier 'a' has already"),
    "import x from 'y'": (1, 1, "SyntaxError: Cannot use import statement outside a module."),
    "return 1 +": (1, 11, "The code ends here: something in it is not closed"),
    "if (params.a) {\n  return 1;\n\n": (2, 12, "The code ends here: something in it"),
    "return 1;\n}\n": (2, 2, "The code ends here: something in it is not closed, or a }"),
    "a b\n//# sourceURL=x.js\n": (1, 3, "SyntaxError: Unexpected identifier 'b'."),
}
CLOSERS = (
    "}}); {}; (async () => {{",
    "}} {} async function other() {{",
    "}}), {}, (async function () {{",
    "}}\n{}\n{{",
    "}} }} {} {{ {{",
    "*/}} {} /*",
    "}}`${{{}}}`; {{",
)
EVIL = "(() => { for (;;) console.log('ran') })();"


def code(text: str, **more: Any) -> Any:
    return make_action(handler={"type": "code", "code": text}, name="my code", **more)


def refusal(answer):
    """Return the one sentence of a refusal of the code."""
    assert answer.status_code == 400, answer.text
    told = answer.json()
    assert told["code"] == "invalid_definition"
    (problem,) = told["details"]
    assert problem["path"] == "handler.code"
    return problem["message"]


async def stored(api):
    return (await api.get(ACTIONS)).json()["actions"]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
async def test_code_that_does_not_compile_is_refused_with_line_and_column(api, folder, text):
    line, column, says = BROKEN[text]

    told = refusal(await api.post(ACTIONS, code(text)))

    assert told.startswith(f"handler.code: line {line}, column {column}: SyntaxError: ")
    assert says in told
    assert await stored(api) == []
    assert not list(folder.glob("actions/*"))


@pytest.mark.parametrize("closer", CLOSERS)
async def test_code_that_closes_the_function_around_it_is_refused_and_not_run(api, closer):
    told = refusal(await api.post(ACTIONS, code(closer.format(EVIL))))

    assert "SyntaxError: " in told
    assert await stored(api) == []


async def test_an_edit_that_breaks_the_code_changes_nothing(api):
    action = (await api.post(ACTIONS, code(FINE))).json()["action"]
    path = f"{ACTIONS}/{action['id']}"

    change = {"description": "Another.", "handler": {"type": "code", "code": "return ]"}}
    told = refusal(await api.put(path, change))

    assert "line 1, column 8: SyntaxError: Unexpected token ']'" in told
    assert await stored(api) == [action]


async def test_what_is_refused_for_something_else_is_told_that(api):
    other = code("return ]", parameters=[{"name": "a", "type": "colour"}])

    told = (await api.post(ACTIONS, other)).json()

    assert [one["path"] for one in told["details"]] == ["parameters[0].type"]


async def test_broken_code_of_a_file_can_be_switched_off_and_not_be_restored(api, folder):
    action = (await api.post(ACTIONS, code(FINE))).json()["action"]
    path = f"{ACTIONS}/{action['id']}"
    (file,) = folder.glob("actions/*.yaml")
    file.write_text(file.read_text().replace(FINE, "return ]"))

    async def is_live() -> bool:
        return bool((await api.get(path)).json()["action"]["handler"]["code"] == "return ]")

    await until(is_live, within_s=30)
    off = await api.put(path, {"enabled": False})
    mended = await api.put(path, {"handler": {"type": "code", "code": FINE}})
    told = refusal(await api.post(f"{path}/revisions/2/restore"))

    assert off.status_code == mended.status_code == 200
    assert off.json()["action"]["handler"]["code"] == "return ]"
    assert "line 1, column 8" in told


async def test_an_import_refuses_what_does_not_compile_and_takes_the_rest(api):
    actions = [code(FINE) | {"name": "fine"}, code("return ]") | {"name": "broken"}]

    drafts = (await api.post(IMPORT, {"actions": actions})).json()
    kept = (await api.post(IMPORT, {"actions": actions, "save": True})).json()

    assert [one["action"]["name"] for one in drafts["drafts"]] == ["FINE"]
    assert [one["action"]["name"] for one in kept["created"]] == ["FINE"]
    for told in (drafts, kept):
        (refused,) = told["refused"]
        assert refused["source"] == "broken"
        assert refused["details"][0]["path"] == "handler.code"
        assert "line 1, column 8" in refused["error"]
    assert [one["name"] for one in await stored(api)] == ["FINE"]


async def test_a_model_hears_where_its_code_is_broken_and_mends_it(folder):
    wrong, right = (proposes(type="code", code=text) for text in ("return ]", FINE))
    async with asking(folder, wrong, right) as (api, provider):
        answer = await api.post(GENERATE, {"prompt": "give me a back"})

    assert answer.json()["generated"]["handler"]["code"] == FINE
    assert "line 1, column 8: SyntaxError: Unexpected token" in provider.asked[1].body.decode()


async def test_what_nobody_can_look_at_now_is_stored_with_a_warning(api):
    await api.deftly.sandboxes.javascript.report()
    await api.deftly.sandboxes.javascript.close()

    answer = await api.post(ACTIONS, code("return ]"))

    assert answer.status_code == 200, answer.text
    (warning,) = [one for one in answer.json()["warnings"] if one["path"] == "handler.code"]
    assert warning["message"].startswith("Whether it compiles is not known: ")
    assert len(await stored(api)) == 1


async def test_where_no_code_runs_it_is_stored_as_it_is(folder):
    nothing = Programs(bubblewrap=None, deno=None)
    async with running_world(folder, programs=lambda: nothing) as api:
        answer = await api.post(ACTIONS, code("return ]"))

        assert answer.status_code == 200, answer.text
        (warning,) = [one["message"] for one in answer.json()["warnings"] if "Deno" in str(one)]
        assert warning.startswith("Code actions need Deno")
        assert len(await stored(api)) == 1


async def test_many_at_once_are_all_looked_at(api):
    texts = [FINE if number % 2 else f"// {number}\nreturn ]" for number in range(12)]
    given = [code(text) | {"name": f"code {number}"} for number, text in enumerate(texts)]

    answers = await asyncio.gather(*[api.post(ACTIONS, one) for one in given])

    assert [one.status_code for one in answers] == [400, 200] * 6
    assert len(await stored(api)) == 6
