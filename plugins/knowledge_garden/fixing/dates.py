"""Dates written in other forms, such as 12 March 2020 or 12.03.2020, as a garden writes them; those in doubt stay."""

from __future__ import annotations

import re
from functools import cache

from knowledge_garden.locale import ENGLISH, Language
from knowledge_garden.model.dates import When

_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{1,2}))?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\Z")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})\Z")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})\Z")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s+)?([^\W\d_]+)\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(\d{4})\Z"
)


def usual_date(text: str, language: Language) -> str:
    """A date as YYYY, YYYY-MM or YYYY-MM-DD; "" where the text is none, or could be one of two.

    12/03/2020 is in doubt, since some write the month first; 25/12/2020 is not. With dots, the day is first everywhere.
    """
    text = " ".join(text.split())
    parts = _numbers(text) or _words(text, language)
    if not parts:
        return ""
    try:
        return str(When.parse("-".join(part for part in parts if part)))
    except ValueError:
        return ""


def _numbers(text: str) -> tuple[str, ...] | None:
    if match := _YEAR_FIRST.match(text):
        return match[1], match[2], match[3] or ""
    if match := _DAY_FIRST.match(text):
        return match[3], match[2], match[1]
    if match := _MONTH_YEAR.match(text):
        return match[2], match[1]
    if match := _SLASHES.match(text):
        first, second = int(match[1]), int(match[2])
        if first > 12 or first == second:
            return match[3], match[2], match[1]
        return (match[3], match[1], match[2]) if second > 12 else None
    return None


def _words(text: str, language: Language) -> tuple[str, ...] | None:
    match = _WORDS.match(text)
    if not match or (match[1] and match[3]):
        return None
    word = match[2].casefold()
    month = _months(language).get(word) or _months(ENGLISH).get(word)
    return (match[4], str(month), match[1] or match[3] or "") if month else None


@cache
def _months(language: Language) -> dict[str, int]:
    names: dict[str, int] = {}
    for widths in language.locale.months.values():
        for width in ("wide", "abbreviated"):
            for number, name in widths.get(width, {}).items():
                names[name.casefold().rstrip(".")] = number
    return names
