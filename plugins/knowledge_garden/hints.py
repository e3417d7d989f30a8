"""Finds the name that a mistyped one is nearest to, for hints. Used by reading, indexes and commands alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process

from knowledge_garden.model.messages import message

SEARCH_LIMIT = 1_000
"""So many names are searched for in one collection; further ones get no hint, so that the time stays linear."""
_LONGEST = 200  # characters of a name that is searched for or found


class Near:
    """A collection of names, prepared once. What is found does not depend on the order of the names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name for name in names if len(name) <= _LONGEST})
        self._folded = [name.casefold() for name in self._names]
        self._nearest: dict[tuple[str, float], str] = {}

    def to(self, word: str, cutoff: float = 0.6) -> str:
        """The nearest name, or "" if none is near. `cutoff`: the least similarity, from 0 to 1."""
        key = (word.casefold(), cutoff)
        if key not in self._nearest:
            if len(word) > _LONGEST or len(self._nearest) >= SEARCH_LIMIT:
                return ""
            match = process.extractOne(key[0], self._folded, scorer=fuzz.ratio, score_cutoff=cutoff * 100)
            self._nearest[key] = self._names[match[2]] if match else ""
        return self._nearest[key]

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
