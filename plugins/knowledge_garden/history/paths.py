"""Which page is at which path, commit by commit: identities of pages, and the map that branches share.

A page is not a path. A `TrackedPage` is made when a file is added, moves when Git reports a rename, and is joined with
another when two branches bring their own page to one path. `Paths` maps each path to a `Placement`; it is never
changed, only copied in the small part that differs, so that a thousand branches share most of one map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from knowledge_garden.history.facts import Fact

_BUCKETS: Final = 256


class TrackedPage:
    """One page's identity, and the commits (`Fact`) that count for it, in no set order. Joined pages share one `root`."""

    __slots__ = ("_joined", "born", "edited", "formatted", "key", "made", "paths", "recorded", "restored", "touched")

    def __init__(self, key: tuple[bytes, bytes], recorded: bool) -> None:
        self.key = key
        """(commit, path) that made it: the same in each walk of the same commits."""
        self.recorded = recorded
        """Whether commits are kept for it: only pages that can earn credit need it."""
        self._joined: TrackedPage | None = None
        self.paths: list[bytes] = [key[1]]
        """Every path it has had, some perhaps twice."""
        self.born: int | None = None
        """Instant (seconds) of the first commit that added it, whether it earns credit or not."""
        self.touched: int | None = None
        """Instant of the last commit that changed its words, ignored revisions left out."""
        self.made: list[Fact] = []
        self.edited: list[Fact] = []
        self.restored: list[Fact] = []
        self.formatted: list[Fact] = []

    @property
    def root(self) -> TrackedPage:
        """The page this one has been joined with, or itself."""
        page = self
        while page._joined is not None:
            page = page._joined
        if page is not self:
            self._joined = page
        return page

    def join(self, other: TrackedPage) -> None:
        """Makes two roots one. Everything about them is united, so the order of joins does not matter."""
        other._joined = self
        self.recorded = self.recorded or other.recorded
        self.paths += other.paths
        if other.born is not None:
            self.born = other.born if self.born is None else min(self.born, other.born)
        if other.touched is not None:
            self.touched = other.touched if self.touched is None else max(self.touched, other.touched)
        self.made += other.made
        self.edited += other.edited
        self.restored += other.restored
        self.formatted += other.formatted
        other.made = other.edited = other.restored = other.formatted = []

    def put(self, path: bytes) -> None:
        """Remembers a path it has."""
        if path != self.paths[-1]:
            self.paths.append(path)


@dataclass(slots=True, eq=False)
class Placement:
    """One page put at, or taken from, one path by one commit; `before` are the placements it replaced. Never changed."""

    page: TrackedPage
    live: bool
    moved: bool = False
    """Not live because the page moved on, not because it was deleted."""
    blob: bytes = b""
    """For a placement that is not live, the blob that was there last."""
    before: tuple[Placement, ...] = ()
    depth: int = 0


def placed(
    page: TrackedPage, *before: Placement | None, live: bool = True, moved: bool = False, blob: bytes = b""
) -> Placement:
    """A placement after others at the same path."""
    past = tuple([placement for placement in before if placement is not None])
    depth = 1 + max([placement.depth for placement in past]) if past else 1
    return Placement(page, live, moved, blob, past, depth)


class Paths:
    """An immutable map, path → placement, in buckets; equal buckets are shared between maps."""

    __slots__ = ("_buckets",)

    def __init__(self, buckets: list[dict[bytes, Placement]]) -> None:
        self._buckets = buckets

    def get(self, path: bytes) -> Placement | None:
        """The placement at a path, live or not."""
        return self._buckets[hash(path) % _BUCKETS].get(path)

    def updated(self, changes: Mapping[bytes, Placement]) -> Paths:
        """This map with some paths replaced."""
        if not changes:
            return self
        buckets = list(self._buckets)
        fresh: set[int] = set()
        for path, placement in changes.items():
            index = hash(path) % _BUCKETS
            if index not in fresh:
                buckets[index] = buckets[index].copy()
                fresh.add(index)
            buckets[index][path] = placement
        return Paths(buckets)

    def merged(self, other: Paths, unrecorded: set[tuple[bytes, bytes]]) -> Paths:
        """What a merge of two branches knows, path by path: what one side alone changed is taken from that side.

        Where both sides put their own page, live, at one path, the two pages are joined; when commits were kept for
        only one of them, the other's key goes to `unrecorded`.
        """
        if other is self:
            return self
        changes: dict[bytes, Placement] = {}
        for mine, theirs in zip(self._buckets, other._buckets, strict=True):
            if mine is theirs:
                continue
            for path, placement in theirs.items():
                held = mine.get(path)
                if held is placement:
                    continue
                if held is None or _follows(placement, held):
                    changes[path] = placement
                elif not _follows(held, placement):
                    changes[path] = _united(held, placement, unrecorded)
        return self.updated(changes)


EMPTY: Final = Paths([{} for _ in range(_BUCKETS)])


def _follows(later: Placement, earlier: Placement) -> bool:
    """Whether one placement came, by whatever steps, after the other."""
    todo, seen = [later], {id(later)}
    while todo:
        placement = todo.pop()
        if placement is earlier:
            return True
        for former in placement.before:
            if former.depth >= earlier.depth and id(former) not in seen:
                seen.add(id(former))
                todo.append(former)
    return False


def _united(one: Placement, two: Placement, unrecorded: set[tuple[bytes, bytes]]) -> Placement:
    if one.live and two.live:
        first, second = sorted((one.page.root, two.page.root), key=lambda page: page.key)
        if first is not second:
            if first.recorded != second.recorded:
                unrecorded.add(second.key if first.recorded else first.key)
            first.join(second)
        return placed(first, one, two)
    keep = one if one.live or not two.live else two
    return placed(keep.page, one, two, live=keep.live, moved=keep.moved, blob=keep.blob)
