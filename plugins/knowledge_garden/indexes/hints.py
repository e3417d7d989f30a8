"""Finds the known word that a mistaken one is nearest to, for hints, in a time that does not grow with the words known."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import pairwise

_ALL = 40  # so many words are all looked at; of more, those that have most in common with the mistaken one
_LOOKED_AT = 15
_COMMON = 200  # what so many words have in common tells nothing of one
_LONGEST = 200  # characters of a word that may be a mistaken one
_PARTS = re.compile(r"[^\W_]+")


class Near:
    """Known words, made ready once. What is found does not depend on their order, or on what was asked before."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._found: dict[tuple[str, float], str] = {}

    def to(self, word: str, cutoff: float = 0.6) -> str:
        """The nearest known word, or "" if none is near."""
        word = word.casefold()
        if len(word) > _LONGEST:
            return ""
        if (word, cutoff) not in self._found:
            found = difflib.get_close_matches(word, self._candidates(word), n=1, cutoff=cutoff)
            self._found[word, cutoff] = next(iter(found), "")
        return self._found[word, cutoff]

    def did_you_mean(self, word: str) -> str:
        """A hint that names the nearest known word, or "" if none is near."""
        near = self.to(word)
        return f"Did you mean {near}?" if near else ""

    def _candidates(self, word: str) -> list[str]:
        if len(self._words) <= _ALL:
            return self._words
        shared = Counter(number for key in _keys(word) for number in self._by_key.get(key, ()))
        best = sorted(shared, key=lambda number: (-shared[number], number))[:_LOOKED_AT]
        return [self._words[number] for number in best]

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        """Key → numbers of the words that have it, for keys that are not common."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for key in _keys(word.casefold()):
                found.setdefault(key, []).append(number)
        return {key: numbers for key, numbers in found.items() if len(numbers) <= _COMMON}


def _keys(word: str) -> Iterator[str]:
    """What a word has in common with others: the beginning and the end of it and of its parts, and each part whole."""
    parts = _PARTS.findall(word)[:20]
    keys = {f"{word[:6]}…", f"…{word[-6:]}"}
    for part in parts:
        keys |= {part, f"{part[:3]}…", f"…{part[-3:]}"}
    keys |= {f"{one} {two}" for one, two in pairwise(parts)}
    return iter(sorted(keys))


class Hints:
    """Hints from several sets of names, each made ready once."""

    def __init__(self) -> None:
        self._near: dict[tuple[int, ...], tuple[tuple[Collection[str], ...], Near]] = {}

    def did_you_mean(self, word: str, *known: Collection[str]) -> str:
        """A hint that names the nearest word of all the known, or "" if none is near."""
        known = tuple(names for names in known if names)
        key = tuple(map(id, known))
        if key not in self._near:
            # The names are kept with what is made of them, else their ids could come to mean others.
            self._near[key] = known, Near(name for names in known for name in names)
        return self._near[key][1].did_you_mean(word)
