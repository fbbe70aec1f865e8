"""English words as the retrieval compares them: stems, everyday synonyms, filler words.

Good enough to match "has it been shipped" with a tool that speaks of shipping; no more.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
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
        (r"(?:send|get|give|show|bring) (?:me|us)", "show"),
        (r"(?:pull|bring|call)(?:ed|ing)? up", "show"),
        (r"sign(?:ing|ed)? (?:me |us |him |her |them )?up", "join create book"),
        (r"put (?:me|us|him|her|them) down", "join book"),
        (r"set up", "create"),
        (
            r"(?:can't|cannot|can not|won't be able to|not able to) (?:make it|come|attend)",
            "cancel",
        ),
        (r"locked out|can't (?:log|sign) ?in|cannot (?:log|sign) ?in", "login password"),
        (r"(?:log|sign)(?:ging|ed|ing)? ?in", "login"),
        (r"turn(?:ed)? off|switch(?:ed)? off", "turn off"),
        (r"no longer (?:want|need)|don't (?:want|need) .{0,40}(?:any ?more|any longer)", "cancel"),
        (r"(?:time|day|days|week|weeks) off", "vacation"),
        (r"push(?:ed|ing)? (?:it |that )?(?:back|out)", "move"),
        (r"what(?:'s| is) (?:new|up) with|any (?:news|update|word) (?:on|about|of)", "status"),
        (r"how long (?:until|till|before)", "status"),
        (r"when (?:will|does|is) .{1,30} (?:arrive|come|get here)", "status"),
        (r"how (?:do|can|would|to) i?", "article "),
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
    ("search", "find", "browse", "seek", "discover", "sell", "stock", "locate"),
    ("status", "track", "progress", "ship", "deliver", "arrive", "late", "state", "whereabouts"),
    ("cancel", "abort", "stop", "withdraw", "revoke", "undo", "drop", "scrap", "end", "terminate"),
    ("return", "refund", "exchange"),
    ("create", "add", "make", "open", "start", "register", "place", "new"),
    ("book", "reserve", "schedule", "arrange"),
    ("list", "show", "history", "recent", "past", "latest", "overview", "display"),
    ("delete", "remove", "erase", "discard", "clear"),
    ("update", "change", "edit", "modify", "rename", "set", "adjust", "correct", "alter"),
    ("increase", "raise", "bump", "higher", "boost", "up"),
    ("decrease", "lower", "reduce", "cut"),
    ("move", "reschedule", "postpone", "shift", "rebook"),
    ("send", "email", "mail", "message", "notify", "text"),
    ("pay", "transfer", "wire", "settle", "remit", "owe"),
    ("money", "cash", "fund", "euro", "dollar", "pound"),
    ("block", "freeze", "lock", "suspend", "pause", "disable", "deactivate", "hold"),
    ("unblock", "unfreeze", "unlock", "resume", "reactivate"),
    ("lost", "stolen", "lose", "steal", "stole", "nick", "missing", "theft"),
    ("renew", "extend", "prolong", "extension", "longer"),
    ("borrow", "loan", "lend", "lent", "checkout"),
    ("fee", "fine", "charge", "penalty", "due"),
    ("invoice", "bill", "receipt"),
    ("balance", "owe", "left"),
    ("free", "available", "availability", "vacancy", "vacant", "room"),
    ("hour", "closing", "opening"),
    ("join", "enroll", "enrol", "participate", "signup"),
    ("report", "complain", "complaint", "flag"),
    ("repair", "fix", "mend", "maintenance"),
    ("password", "login", "passcode", "credential"),
    ("allow", "grant", "permission", "access", "authorize", "authorise", "permit"),
    ("approve", "accept", "okay"),
    ("reject", "decline", "refuse"),
    ("close", "resolve", "solve", "finish", "complete", "done"),
    ("rate", "review", "feedback", "star", "rating"),
    ("comment", "note", "remark", "annotate"),
    ("vacation", "holiday", "leave", "pto", "absence"),
    ("sick", "ill", "unwell", "illness"),
    ("salary", "wage", "payslip", "pay", "payroll"),
    ("employee", "staff", "colleague", "coworker", "worker"),
    ("doctor", "physician", "dr", "gp"),
    ("prescription", "medication", "medicine", "refill", "drug", "pill"),
    ("flight", "fly", "plane", "airline"),
    ("hotel", "accommodation", "lodging"),
    ("trip", "journey", "travel", "itinerary"),
    ("luggage", "baggage", "suitcase", "bag"),
    ("rent", "hire", "lease"),
    ("car", "vehicle", "auto"),
    ("forecast", "weather", "temperature", "rain"),
    ("light", "lamp", "bulb"),
    ("buy", "purchase", "get"),
    ("meal", "food", "dish", "eat"),
    ("address", "street"),
    ("phone", "call", "telephone", "mobile"),
    ("subscription", "plan", "membership"),
    ("package", "parcel", "shipment"),
    ("branch", "office", "location", "nearest", "near"),
    ("article", "guide", "manual", "documentation", "help"),
    ("device", "hardware", "equipment", "machine"),
    ("outage", "down", "unavailable"),
    ("class", "course", "lesson", "session"),
    ("copy", "edition", "volume"),
    ("remind", "reminder", "alert"),
    ("assign", "reassign", "delegate"),
    ("teacher", "instructor", "trainer", "coach", "tutor"),
    ("grade", "mark", "score"),
    ("convert", "exchange", "conversion"),
    ("transaction", "payment", "spend", "statement", "expense"),
    ("detail", "fetch", "info", "describe", "view", "spec"),
    ("price", "cost", "expensive", "cheap", "dollar", "euro", "budget"),
    ("customer", "user", "client", "member", "account"),
    ("product", "item", "article", "thing"),
    ("appointment", "meeting", "reservation", "booking", "event", "visit", "slot"),
    ("ticket", "issue", "bug", "problem", "incident"),
    ("broken", "damage", "defective", "faulty"),
)

# Rows that change something when they are carried out.
_ACTING_ROWS: Final = frozenset(
    """cancel return create book delete update increase decrease move send block unblock renew
    join report repair approve reject close remind assign""".split()
)
# Rows whose verbs go with every noun and so say little by themselves.
_GENERAL_ROWS: Final = frozenset({"search", "create", "list", "update", "detail"})

# Verbs that change something and have no row of their own.
_ACTING_VERBS: Final = frozenset(
    """apply approve archive assign attach block buy charge close complete confirm deploy disable
    enable execute finish grant import invite issue launch leave lock merge order pay post publish
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
    return list(_words(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    plain = _CAMEL.sub(" ", text).replace("_", " ").lower().replace("’", "'")
    for phrase, meant in _PHRASES:
        plain = phrase.sub(f" {meant} ", plain)
    return tuple(_WORD.findall(plain))


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


# The first row that names a word has it.
_ROW_OF: Final = {stem(word): row[0] for row in reversed(_MEANINGS) for word in row}


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
