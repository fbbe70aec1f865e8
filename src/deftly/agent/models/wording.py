"""English words as the retrieval compares them: stems, everyday synonyms, filler words.

Good enough to match "has it been shipped" with a tool that speaks of shipping; no more.
"""

import re
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

# Said in several words, meant as one; put in place before the text is split.
_PHRASES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"\b(?:{spoken})\b"), meant)
    for spoken, meant in (
        (r"where(?:'s|’s|s| is| are| was)|what(?:'s| is) happening with", "status"),
        (r"call(?:ed|ing)? (?:it |that |this )?off", "cancel"),
        (r"(?:send|sending|give|giving|bring|take)(?:\s+\S+){0,3}?\s+back", "return"),
        (r"(?:send|sent|sending)(?: \S+)? out|on (?:its|the|their) way", "ship"),
        (r"tell (?!me\b|us\b)|write to", "send "),
        (r"money back", "refund"),
        (r"(?:do|have) you (?:have|got|sell|stock|carry)|got any|are there any", "search"),
        (r"(?:looking|look|shopping) for|in the market for", "search"),
        (r"look(?:ing|s)? up", " "),
        (r"tell me (?:more )?about|more about|learn about", "detail"),
        (r"how much (?:is|are|does|do)|what does .{1,40} cost", "price"),
        (r"get rid of", "delete"),
        (r"sign(?:ing)? up", "create"),
        (r"set up", "create"),
        (r"how many", "count"),
    )
)

_IRREGULAR: Final = {
    "bought": "buy",
    "found": "find",
    "gave": "give",
    "made": "make",
    "paid": "pay",
    "people": "person",
    "sent": "send",
    "shipment": "ship",
    "delivery": "deliver",
    "arrival": "arriv",
    "cancellation": "cancel",
    "information": "info",
    "bigger": "big",
    "cheapest": "cheap",
    "cheaper": "cheap",
}

# Words of one row stand for each other, at a discount; the first names the row.
_MEANINGS: Final[tuple[tuple[str, ...], ...]] = (
    ("search", "find", "browse", "seek", "discover", "sell", "stock", "need"),
    ("status", "track", "progress", "ship", "deliver", "arrive", "late"),
    ("cancel", "abort", "stop", "withdraw", "revoke", "undo", "drop"),
    ("return", "refund", "exchange"),
    ("create", "add", "make", "open", "start", "register", "book", "place", "schedule"),
    ("list", "show", "history", "recent", "past"),
    ("delete", "remove", "erase", "discard", "clear"),
    ("update", "change", "edit", "modify", "rename", "set", "adjust", "correct", "move"),
    ("send", "email", "mail", "message", "notify"),
    ("detail", "fetch", "info", "describe", "view", "spec"),
    ("price", "cost", "expensive", "cheap", "dollar", "euro", "budget"),
    ("customer", "user", "client", "member", "account"),
    ("product", "item", "article", "thing"),
    ("appointment", "meeting", "reservation", "booking", "event"),
    ("ticket", "issue", "bug", "problem", "incident"),
    ("broken", "damage", "defective", "faulty"),
)

# Rows that change something when they are carried out.
_ACTING_ROWS: Final = frozenset({"cancel", "return", "create", "delete", "update", "send"})
# Rows whose verbs go with every noun and so say little by themselves.
_GENERAL_ROWS: Final = frozenset({"search", "create", "list", "update", "detail"})

# Verbs that change something and have no row of their own.
_ACTING_VERBS: Final = frozenset(
    """apply approve archive assign attach block buy charge close complete confirm deploy disable
    enable execute finish grant import invite issue launch lock merge order pay post publish
    purchase put reboot reject replace report reset restart rollback run save share submit
    subscribe transfer trigger turn unlock unsubscribe upload upgrade""".split()
)

_FILLER: Final = frozenset(
    """a about after again ah am an and any anything are aren't as at back be been before being but
    by can can't come could did didn't do does doesn't doing don't down each else ever for from get
    getting give go going good got great had has hasn't have haven't having he hello help her here
    hey hi him his how i i'd i'll i'm i've if in into is isn't it it's its just kindly know let
    let's like likely many may maybe me might mine more most much must my myself need no not now of
    off oh ok okay on one only or other our out over own please quickly really right said say see
    shall she should since so some something still such sure take tell than thank thanks that
    that's the their them then there there's these they thing this those through to today too
    under until up us very want wanted wants was wasn't way we well were weren't what what's when
    where where's which while who who's whom whose why will with won't would wouldn't yes yet you
    you're your yours yourself""".split()
)


def words(text: str) -> list[str]:
    """Return the text's words in lower case, names in snake or camel case split up."""
    plain = _CAMEL.sub(" ", text).replace("_", " ").lower().replace("’", "'")
    for phrase, meant in _PHRASES:
        plain = phrase.sub(f" {meant} ", plain)
    return _WORD.findall(plain)


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning, fillers left out."""
    return [word for word in words(text) if word not in _FILLER]


def is_filler(word: str) -> bool:
    """Say whether a word (in lower case) carries no meaning of its own."""
    return word in _FILLER


def stem(word: str) -> str:
    """Return the word without its everyday English endings."""
    word = _IRREGULAR.get(word, word.removesuffix("'s"))
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004  # "ties" keeps its stem
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004  # not "red"
            word = _undouble(word.removesuffix(ending))
            break
    return word.removesuffix("e") if len(word) > 3 else word  # noqa: PLR2004  # "the", "see"


def _undouble(word: str) -> str:
    return word[:-1] if word[-1] == word[-2] and word[-1] not in "aeiosf" else word


_ROW_OF: Final = {stem(word): row[0] for row in _MEANINGS for word in row}


def meaning(stemmed: str) -> str | None:
    """Return the name of the row of synonyms a stem belongs to."""
    return _ROW_OF.get(stemmed)


def is_general(term: str) -> bool:
    """Say whether a term (a stem, or ``~`` and a row's name) is a verb for every purpose."""
    row = term[1:] if term.startswith("~") else meaning(term)
    return row in _GENERAL_ROWS


def terms(text: str) -> Iterator[str]:
    """Yield the stems of the words that carry meaning."""
    for word in content_words(text):
        yield stem(word)


def acts(tool_name: str) -> bool:
    """Say whether a tool's name starts with a verb that changes something."""
    first = next(iter(words(tool_name)), "")
    return first in _ACTING_VERBS or meaning(stem(first)) in _ACTING_ROWS
