"""Times of day as people write them, read into ``HH:MM``."""

import re
from datetime import date
from typing import Final

_HOURS: Final = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
_MINUTES: Final = {
    "half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20,
    "twenty-five": 25, "twenty five": 25,
}  # fmt: skip
_HOUR: Final = rf"\d{{1,2}}|{'|'.join(_HOURS)}"
_MINUTE: Final = "|".join(sorted(_MINUTES, key=len, reverse=True))
_PART: Final = r"(?:\s+(?:in the|at)\s+(?P<{}>morning|afternoon|evening|night)\b)"
# "Two" in the afternoon is meant far more often than two at night.
_LAST_HOUR_OF_AFTERNOON: Final = 5

TIME_PATTERN: Final = re.compile(
    r"\b(?P<named>noon|midday|midnight)\b"
    rf"|\b(?P<minutes>{_MINUTE}|\d{{1,2}})(?: minutes)?\s+(?P<way>past|to|after|before)\s+"
    rf"(?P<spoken>{_HOUR})\b(?:\s?(?P<spoken_half>[ap])\.?m\b\.?|{_PART.format('spoken_part')})?"
    r"|\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])\.?m\b\.?"
    rf"|\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b{_PART.format('part24')}?"
    rf"|\b(?P<clock>{_HOUR})\s+o'?\s?clock\b{_PART.format('clock_part')}?"
    rf"|\b(?P<bare>{_HOUR}){_PART.format('bare_part')}"
    rf"|(?<=\bat )(?P<at>{_HOUR})\b"
    r"(?=\W*$|\s*[,.;!?](?!\d)|\s+(?:on|please|for|if|and|or|instead)\b)",
    re.IGNORECASE,
)


def read_time(match: re.Match[str], _today: date) -> str | None:
    """Return the time of day a match of ``TIME_PATTERN`` means, such as ``15:30``."""
    parts = match.groupdict()
    if parts["named"]:
        return "00:00" if parts["named"].lower() == "midnight" else "12:00"
    if parts["hour24"]:
        return _told(int(parts["hour24"]), int(parts["minute24"]), parts["part24"] or "as said")
    if parts["hour"]:
        return _told(int(parts["hour"]), int(parts["minute"] or 0), parts["half"])
    if parts["spoken"]:
        minutes = _number(parts["minutes"], _MINUTES)
        if parts["way"].lower() in {"to", "before"}:
            minutes = -minutes
        half = parts["spoken_half"] or parts["spoken_part"] or ""
        return _told(_number(parts["spoken"], _HOURS), minutes, half)
    hour = _number(parts["clock"] or parts["bare"] or parts["at"], _HOURS)
    return _told(hour, 0, parts["clock_part"] or parts["bare_part"] or "")


def _number(said: str, words: dict[str, int]) -> int:
    return int(said) if said.isdigit() else words[said.lower()]


def _told(hour: int, minutes: int, part: str) -> str | None:
    """Return the time; the part of the day may be ``a``, ``p``, a word, or nothing."""
    part = part.lower()
    if part in {"a", "p"} and not 1 <= hour <= 12:  # noqa: PLR2004  # the clock with two halves
        return None
    later = part in {"p", "afternoon", "evening"} or (
        hour <= _LAST_HOUR_OF_AFTERNOON if part == "" else part == "night" and hour > 5  # noqa: PLR2004  # "2 at night"
    )
    if part in {"a", "morning"} and hour == 12:  # noqa: PLR2004  # midnight
        hour = 0
    elif later and hour < 12:  # noqa: PLR2004  # noon
        hour += 12
    total = (hour * 60 + minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}" if hour < 24 else None  # noqa: PLR2004  # a day
