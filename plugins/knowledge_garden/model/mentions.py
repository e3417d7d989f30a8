"""Finds in texts, addresses and paths the names of people who are not shown by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

_WORD = re.compile(r"[^\W_]+")
_GAP = 3  # characters between two words of one name, such as **Rosa** Canina


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from `start` to `end`; `shown` is what may be shown in its place."""

    start: int
    end: int
    shown: str


class Mentions:
    """Names and slugs of two words or more, made ready once; the time of a search does not grow with their number.

    A name of one word is not looked for: Rose, May and Will are words of their own.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, shown in names.items():
            words = tuple(_words(name))
            if len(words) > 1:
                for order in dict.fromkeys((words, (words[-1], *words[:-1]))):  # Rosa Canina, and Canina, Rosa
                    self._by_first.setdefault(order[0], []).append((order, shown))
        for names_of_word in self._by_first.values():
            names_of_word.sort(key=lambda name: (-len(name[0]), name))

    def find(self, text: str) -> Iterator[Mention]:
        """The names in a text, from left to right, the longest where several begin at a word."""
        if not self._by_first:
            return
        matches = list(_WORD.finditer(text))
        text_words = [_folded(match[0]) for match in matches]
        end = 0
        for position, word in enumerate(text_words):
            if matches[position].start() < end:
                continue
            for name, shown in self._by_first.get(word, ()):
                last = position + len(name) - 1
                if tuple(text_words[position : last + 1]) == name and all(
                    after.start() - before.end() <= _GAP
                    for before, after in zip(matches[position:last], matches[position + 1 : last + 1], strict=True)
                ):
                    end = matches[last].end()
                    yield Mention(matches[position].start(), end, shown)
                    break

    def replaced(self, text: str) -> str:
        """A text with what may be shown in the place of each name; an address on the web that holds a name is left out."""
        if text.startswith(("https://", "http://")):
            return "" if self.within(text) else text
        parts, position = [], 0
        for mention in self.find(text):
            parts += [text[position : mention.start], mention.shown]
            position = mention.end
        return "".join((*parts, text[position:])) if parts else text

    def within(self, text: str) -> bool:
        """Whether a text, a path or an address on the web holds one of the names."""
        return next(self.find(unquote(text) if "%" in text else text), None) is not None


def _words(name: str) -> Iterator[str]:
    return (_folded(word) for word in _WORD.findall(name))


def _folded(word: str) -> str:
    return word.casefold() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()
