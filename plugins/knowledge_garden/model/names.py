"""Names and sentences as they may stand on a page: nothing that can't be printed, and no e-mail address."""

from __future__ import annotations

import re
from typing import Final

# In a name whatever is joined by an @ counts as an address; in a sentence only what has a domain.
_IN_A_NAME: Final = re.compile(r"(?<![^\s<>()@＠﹫])([^\s<>()@＠﹫]+)(?:[@＠﹫][^\s<>()@＠﹫]*)+")
_IN_A_SENTENCE: Final = re.compile(r"(?<![\w.+-])([\w.+-]+)[@＠﹫][\w-]+(?:\.[\w-]+)+")


def readable(name: str) -> str:
    """A name fit to be shown, "" where nothing is left: control characters become spaces, an address is cut before its @."""
    text = "".join(each if each.isprintable() else " " for each in name)
    return " ".join(_IN_A_NAME.sub(r"\1", text).split())


def holds_address(text: str) -> bool:
    """Whether an e-mail address stands in a text."""
    return _IN_A_SENTENCE.search(text) is not None


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
