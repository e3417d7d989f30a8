"""Characters that readers don't see, or that make them see something else: refused in every text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Control characters (not tab and newline), zero-width characters, those that change the direction of text, and tags.
# Scripts and pictures that need them may join letters with U+200C and U+200D; no letter of ASCII does.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f]|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
# Of these, the ones that only have no width: to delete them changes nothing that a reader sees. Joiners stay where hidden
# characters are looked for in vain: between letters of scripts, and parts of pictures, that need them.
_NO_WIDTH = re.compile("[\u180e\u200b-\u200d\u2060\ufeff]+")
_JOINERS = re.compile("[^\u200c\u200d]+")
_HIDDEN_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # those of a text in ASCII, many times faster
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def hidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """The first of each kind of hidden character: its offset and its name, such as "U+200B ZERO WIDTH SPACE"."""
    seen: set[str] = set()
    for match in (_HIDDEN_ASCII if text.isascii() else _HIDDEN).finditer(text):
        if match[0] not in seen:
            seen.add(match[0])
            yield match.start(), f"U+{ord(match[0]):04X} {unicodedata.name(match[0], 'CONTROL CHARACTER')}"


def without_widthless_characters(text: str) -> tuple[str, list[int]]:
    """The text without the characters that have no width, and the offsets in `text` at which some were deleted."""
    offsets: list[int] = []

    def kept(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        joined = before and after and not before.isascii() and not after.isascii()
        rest = _JOINERS.sub("", match[0]) if joined else ""
        if rest != match[0]:
            offsets.append(match.start())
        return rest

    return _NO_WIDTH.sub(kept, text), offsets


def without_control_characters(text: str) -> str:
    """The text without the characters that Python-Markdown and the wiki links use as signs of their own."""
    return _CONTROL.sub(" ", text)


def without_hidden_characters(text: str) -> str:
    """The text without the characters that the check refuses."""
    return _HIDDEN.sub("", text)
