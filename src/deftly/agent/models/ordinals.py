"""The days of a month in words: ``first`` to ``thirty-first``."""

from typing import Final

_FIRST: Final = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""".split()

ORDINALS: Final = {
    **{word: number for number, word in enumerate(_FIRST, start=1)},
    "twentieth": 20,
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_FIRST[:9], start=1)},
    "thirtieth": 30,
    "thirty-first": 31,
}
