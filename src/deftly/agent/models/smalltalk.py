"""What is said without asking for anything, and the polite answers to it."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from deftly.agent.models import spoken
from deftly.agent.models.toolcard import ToolCard


class Talk(StrEnum):
    """The kinds of small talk that get an answer of their own."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    ABOUT_YOU = "about_you"
    PRAISE = "praise"
    BACKING_OUT = "backing_out"


PREVIEW: Final = "I am Deftly's offline preview: I carry out actions, but I cannot chat."

_MARKS: Final = r"[ ,.!]*"
_DEGREE: Final = r"(?:so |very |really |absolutely |pretty )*"
_JUDGED: Final = (
    "great|good|awesome|amazing|nice|cool|perfect|wonderful|funny|lovely|fantastic|excellent"
    "|terrible|awful|bad|stupid|useless|the best|smart|helpful|sweet|kind|beautiful"
)
_THANKS: Final = (
    "thanks|thank you|thx|ty|cheers|much appreciated|i appreciate (?:it|that|your help)"
)
_BEING: Final = (
    "human|real|robot|bot|ai|alive|there|ok|okay|sure|serious|happy|sad|married|single|smart"
    "|sentient|conscious|chatgpt"
)
_YOURS: Final = "name|favou?rite|age|birthday|opinion|hobb|family|job|boss|gender|creator"
_OWNED: Final = (
    "girlfriend|boyfriend|wife|husband|family|friends?|pets?|kids?|children|name|feelings?"
    "|emotions?|soul|body|brain|birthday|hobby|hobbies|dreams?|minute|moment|second|time"
)
_FELT: Final = "like|love|hate|sleep|eat|drink|dream|feel|believe|think|speak|know me|remember me"
_YES: Final = (
    "wow|nice|great|cool|awesome|perfect|lol|haha+|ha|ok|okay|k|hm+|yes|yeah|yep|sure|fine"
    "|alright|all right|got it|i see|good|sounds good|well done|good job|sorry|then|thanks"
)

_BACKING_OUT: Final = (
    rf"(?:no,? ?)?(?:(?:{_THANKS}),? )?(?:never ?mind|forget (?:it|that|about it)|drop it"
    r"|leave it|cancel (?:that|this|it)|stop|not now|no|nope|no thanks|no thank you)"
    rf"(?:,? (?:please|then|{_THANKS}))?"
)
_HELLO: Final = (
    r"(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day))\b"
    r"(?:[ ,]*(?:there|all|everyone|deftly|bot|assistant|again|you))*"
    rf"(?:{_MARKS}how(?:'s| is| are) (?:it|you|things|life)(?: going| doing)?(?: today)?)?"
)
_BYE: Final = (
    rf"(?:ok(?:ay)?{_MARKS})?(?:(?:that's|that is) (?:all|it)(?: for (?:now|today))?{_MARKS})?"
    r"(?:bye|goodbye|bye bye|see (?:you|ya)|cya|later|good ?night|take care|talk to you later"
    r"|have a [^?]{2,40})(?:[ ,]*(?:then|now|later|soon|tomorrow|thanks|thank you))*"
)
_JUDGING: Final = (
    r"(?:you(?:'re| are| were)|(?:that|it|this)(?:'s| is| was)"
    r"|my [\w ]{1,30} (?:was|is|were|are)|(?:what|such) an?)"
    rf" {_DEGREE}(?:{_JUDGED})\b[^?]{{0,60}}"
)

# The whole message has to match one of a kind's rows; the first kind that does is taken.
_ROWS: Final[dict[Talk, tuple[str, ...]]] = {
    Talk.BACKING_OUT: (_BACKING_OUT,),
    Talk.GREETING: (
        _HELLO,
        r"how(?:'s| is| are) (?:it|you|things|life|your day)(?: doing| going)?(?: today)?",
        r"what'?s up|sup|long time no see|nice to meet you",
        r"(?:happy|merry) [a-z' ]{1,30}",
        r"(?:are )?you there|guess what\b[^?]{0,60}",
    ),
    Talk.THANKS: (rf"(?:(?:{_YES}){_MARKS})?(?:many )?(?:{_THANKS})\b[^?]{{0,60}}",),
    Talk.FAREWELL: (_BYE, r"(?:that's|that is) (?:all|it)(?: for (?:now|today))?"),
    Talk.ABOUT_YOU: (
        r".*\b(?:who|what) are you\b.*",
        rf".*\bare you (?:an? )?(?:{_BEING})\b.*",
        rf".*\byour(?:self| (?:{_YOURS})).*",
        r".*\b(?:what|how) (?:can|could|do) you (?:do|help|work|know)\b.*",
        r".*\bwho (?:made|built|created|wrote) you\b.*",
        rf".*\bdo you (?:have|got) (?:an? |any )?(?:{_OWNED})\b.*",
        rf".*\bdo you (?:{_FELT})\b.*",
        r"how old are you|where (?:do|did|are) you .{0,40}",
        r"help(?: me)?(?: please)?",
        r"(?:can|may|could) i ask (?:you )?(?:something|a question|you something)",
        r"what(?:'s| is) the (?:time|date)|what time is it(?: now)?|what day is (?:it|today)",
        r"(?:can|could) (?:you|we) (?:chat|talk|help)(?: me)?(?: please)?",
    ),
    Talk.PRAISE: (
        r"(?:i|we) (?:really |just )?(?:love|like|hate|enjoy|adore) [^?]{1,80}",
        _JUDGING,
        r"what an? [a-z' ]{1,30}",
        r"(?:i|we)(?:'ve| have)? (?:just )?had an? [a-z' ]{1,30}(?:day|night|week|morning|weekend)",
        rf"(?:{_YES})(?:[ ,.!]+(?:{_YES}))*",
    ),
}
_PATTERNS: Final = tuple(
    (talk, re.compile("|".join(rows), re.IGNORECASE)) for talk, rows in _ROWS.items()
)
_ASKS: Final = re.compile(
    r"\b(?:but|and|now|please|can you|could you|would you|i want|i need|i'd like|instead)\b|\d|@",
    re.IGNORECASE,
)
_ANSWERS: Final = {
    Talk.GREETING: "Hello!",
    Talk.THANKS: "You are welcome!",
    Talk.FAREWELL: "Goodbye!",
    Talk.PRAISE: "Good to know.",
    Talk.BACKING_OUT: "All right, nothing was done.",
}
# These may go on with anything, a request too.
_LOOSE: Final = frozenset({Talk.THANKS, Talk.PRAISE})
_CLOSED: Final = frozenset({Talk.THANKS, Talk.FAREWELL, Talk.BACKING_OUT})


def small_talk(text: str) -> Talk | None:
    """Return the kind of small talk the whole text is, None if it may ask for something."""
    plain = text.strip().rstrip(" .!?…)😊🙂👍").replace("’", "'")
    for talk, pattern in _PATTERNS:
        if pattern.fullmatch(plain) and not (talk in _LOOSE and _ASKS.search(plain)):
            return talk
    return None


def answer_to(talk: Talk | None, tools: Sequence[ToolCard]) -> str:
    """Return a polite answer that promises nothing; None is a request for something else."""
    if talk is None:
        return f"Sorry, none of my actions fits that. {PREVIEW} {spoken.abilities(tools)}"
    opening = _ANSWERS.get(talk, "")
    if talk in _CLOSED:
        return opening
    return f"{opening} {PREVIEW} {spoken.abilities(tools)}".strip()
