"""Names and sentences as they may be shown on a page: nothing that can't be printed, and no e-mail address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

UNNAMED: Final = "Someone who prefers not to be named"

AT_SIGNS: Final = "@＠﹫"
# In a name whatever is joined by an @ counts as an address; in a sentence only what has a domain.
_IN_A_NAME: Final = re.compile(r"(?<![^\s<>()@＠﹫])([^\s<>()@＠﹫]+)(?:[@＠﹫][^\s<>()@＠﹫]*)+")
_IN_A_SENTENCE: Final = re.compile(r"(?<![\w.+-])([\w.+-]+)[@＠﹫][\w-]+(?:\.[\w-]+)+")


def readable(name: str) -> str:
    """A name fit to be shown, "" where nothing is left: control characters become spaces, an address is cut before its @."""
    text = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(_IN_A_NAME.sub(r"\1", text).split())


def printable(name: str) -> str:
    """A name of the history or of a record as it may be shown on a page, never empty; bytes that are not text are replaced."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    # Some people's Git name is their address; the part before the @ is what their friends call them.
    return readable(text) or UNNAMED


def name_key(name: str) -> str:
    """What makes two written names the same: letters, whatever their case, form or spacing."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def initials(name: str) -> str:
    """ "Rosa Canina" → "R. C." """
    letters = [word[0].upper() for word in name.replace("-", " ").split() if word[0].isalnum()]
    return " ".join(f"{letter}." for letter in letters) or UNNAMED


def address_offset(text: str) -> int:
    """Where in a text the first e-mail address begins; -1 where there is none."""
    match = _IN_A_SENTENCE.search(text)
    return match.start() if match else -1


def address_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses begin and end in a text."""
    return (match.span() for match in _IN_A_SENTENCE.finditer(text))


def without_addresses(text: str) -> str:
    """A sentence with each address in it cut before its @."""
    return _IN_A_SENTENCE.sub(r"\1", text)


def visible(text: str) -> str:
    """A text for a log or a terminal: whatever they would obey (line breaks, escapes, control characters) is replaced.

    CI servers obey lines that begin with :: or hold ##[, so such signs are parted.
    """
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    text = text.replace("##", "# #")
    return f"./{text}" if text.lstrip().startswith("::") else text
