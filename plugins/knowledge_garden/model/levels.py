"""The levels of a dimension's values: a place in a country in a region. Finds the value that is meant by what is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SEPARATOR = " > "
"""Between the levels of a value as a record writes it: United States > California."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The values of a dimension.

    `titles`: key → title. `parents`: key → key of the value of which it is a part. `names`: folded key, title or other
    name → key. `also`: key → other names. A value is named by its key; one that the dimension does not list by its text,
    below a listed one by "key > text". `listed` is false where any text is a value.
    """

    titles: Mapping[str, str]
    parents: Mapping[str, str] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    also: Mapping[str, tuple[str, ...]] = field(repr=False)
    listed: bool
    open_below: bool
    """Whether a listed value may have further levels of any text, as places below a country do."""

    def key(self, written: str) -> str:
        """The key of the value that is meant; what is written where the dimension has no such value."""
        parts = [part for part in map(str.strip, written.split(SEPARATOR.strip())) if part]
        if not parts:
            return written
        key = self.names.get(_folded(parts[0]), parts[0])
        for part in parts[1:]:
            known = self.names.get(_folded(part), "")
            key = known if known and key in self.path(known) else f"{key}{SEPARATOR}{part}"
        return key

    def keys(self, written: Iterable[str]) -> tuple[str, ...]:
        """The keys of several values, each once."""
        return tuple(dict.fromkeys(map(self.key, written)))

    def path(self, key: str) -> tuple[str, ...]:
        """The keys of the levels of a value, the widest first, the value itself last."""
        steps: dict[str, None] = {}
        current = key
        while current and current not in steps:
            steps[current] = None
            current = self.parents[current] if current in self.titles else current.rpartition(SEPARATOR)[0]
        return tuple(reversed(steps))

    def title(self, key: str) -> str:
        """The title of a value, without those of the levels above it."""
        return self.titles.get(key) or key.rpartition(SEPARATOR)[2]

    def has(self, key: str) -> bool:
        """Whether the dimension has a value with this key."""
        first = self.path(key)[0]
        return not self.listed or key in self.titles or (self.open_below and first in self.titles)

    def is_within(self, key: str, others: Iterable[str]) -> bool:
        """Whether a value is one of the others, or a part of one."""
        return not set(self.path(key)).isdisjoint(others)


def levels_of(
    entries: Iterable[tuple[str, str, str, tuple[str, ...]]], *, listed: bool, open_below: bool = False
) -> Levels:
    """The levels of values given as (key, title, name of the value it is a part of or "", other names).

    Where two values have a name in common, it means the earlier one.
    """
    titles: dict[str, str] = {}
    within: dict[str, str] = {}
    also: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for key, title, parent, others in entries:
        if key in titles:
            continue
        titles[key], within[key], also[key] = title, parent, others
    for key in titles:
        names.setdefault(_folded(key), key)
    for key, title in titles.items():
        for name in (title, *also[key]):
            names.setdefault(_folded(name), key)
    parents = {key: names.get(_folded(parent), parent) if parent else "" for key, parent in within.items()}
    return Levels(titles, parents, names, also, listed, open_below)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
