"""Finds the name that a mistyped one is nearest to, for hints. Used by reading, indexes and commands alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge_garden.model.messages import message

SEARCH_LIMIT = 1_000
"""So many names are searched for in one collection; further ones get no hint, so that the time stays linear."""
_SHORT = 6  # letters of a word in which only one may be wrong
_DIGITS = re.compile(r"\d+")
_LONGEST = 200  # characters of a name that is searched for or found


class Near:
    """A collection of names, prepared once. What is found does not depend on the order of the names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name for name in names if len(name) <= _LONGEST})
        self._folded = [name.casefold() for name in self._names]
        self._nearest: dict[tuple[str, float], str] = {}
        self._only: dict[str, str] = {}

    def to(self, word: str, cutoff: float = 0.6) -> str:
        """The nearest name, or "" if none is near. `cutoff`: the least similarity, from 0 to 1."""
        key = (word.casefold(), cutoff)
        if key not in self._nearest:
            if len(word) > _LONGEST or len(self._nearest) >= SEARCH_LIMIT:
                return ""
            match = process.extractOne(key[0], self._folded, scorer=fuzz.ratio, score_cutoff=cutoff * 100)
            self._nearest[key] = self._names[match[2]] if match else ""
        return self._nearest[key]

    def only(self, word: str) -> str:
        """The one name that a word can be meant for, "" where there is none or there are several.

        It differs in case, in the signs between its parts, or in a letter or two, and never in a digit.
        """
        if len(word) > _LONGEST or len(self._only) >= SEARCH_LIMIT:
            return ""
        if word not in self._only:
            folded = re.sub(r"[\s_-]+", "-", word.strip().casefold())
            same = [name for name, other in zip(self._names, self._folded, strict=True) if other == folded]
            self._only[word] = same[0] if len(same) == 1 else "" if same else self._misspelled(folded)
        return self._only[word]

    def _misspelled(self, word: str) -> str:
        limit = 1 if len(word) <= _SHORT else 2
        near = process.extract(word, self._folded, scorer=OSA.distance, score_cutoff=limit + 1, limit=2)
        if not near or (len(near) > 1 and near[1][1] <= limit + 1) or near[0][1] > limit:
            return ""
        return self._names[near[0][2]] if _DIGITS.findall(near[0][0]) == _DIGITS.findall(word) else ""

    def did_you_mean(self, word: str, cutoff: float = 0.6) -> str:
        """A hint that names the nearest name, or "" if none is near."""
        near = self.to(word, cutoff)
        return message("Did you mean {near}?", near=near) if near else ""


class Hints:
    """Hints from several collections of names, each prepared once."""

    def __init__(self) -> None:
        self._near: dict[tuple[int, ...], tuple[tuple[Collection[str], ...], Near]] = {}

    def did_you_mean(self, word: str, *collections: Collection[str]) -> str:
        """A hint that names the nearest of all names, or "" if none is near."""
        collections = tuple(names for names in collections if names)
        key = tuple(map(id, collections))
        if key not in self._near:
            # The collections are kept with what is made of them, else their ids could come to mean others.
            self._near[key] = collections, Near(name for names in collections for name in names)
        return self._near[key][1].did_you_mean(word)


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """A hint that names the nearest name, or "" if none is near. For a few names; `Hints` serves many questions."""
    return Near(names).did_you_mean(word)
