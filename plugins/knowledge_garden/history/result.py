"""What a walk through the commits must know beforehand, and what it learns besides the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from knowledge_garden.history.facts import Bounds, Fact
from knowledge_garden.history.paths import TrackedPage


@dataclass(frozen=True, slots=True)
class Scope:
    """What a walk must know beforehand."""

    pages: re.Pattern[bytes]
    """Fully matches the paths of pages that can earn credit."""
    bounds: Bounds
    """The limits of a commit's date."""
    ignored: Set[bytes] = frozenset()
    """Commits that earn no credit, by name."""
    moves: Mapping[bytes, bytes] = field(default_factory=dict)
    """New path → old path, of moves that no comparison can detect."""
    wanted: Set[tuple[bytes, bytes]] = frozenset()
    """Keys of pages made outside that come to matter: noticed by a first walk, kept by a second."""
    compared: int = 1000 * 1000
    """Git compares no texts in a commit with more pairs of an added and a deleted file; 0: it never does."""


@dataclass(slots=True)
class WalkResult:
    """What a walk learns besides the pages."""

    counted: bytearray = field(default_factory=bytearray)
    """Names, in bytes, of the commits that changed a page."""
    left_out: dict[str, bytearray] = field(default_factory=dict)
    """Reason → names of the other commits."""
    reverts: dict[str, str] = field(default_factory=dict)
    """Commit → the commit it says it reverts."""
    picks: dict[str, str] = field(default_factory=dict)
    """Commit → the commit it says it was picked from."""
    confirmed: list[tuple[Fact, bytes]] = field(default_factory=list)
    """(commit, path or slug of the page it confirms)."""
    suspects: dict[str, dict[bytes, bytes | None]] = field(default_factory=dict)
    """Commit → path where it added a page that may have come from a rename Git did not see → the path the page may have
    had; None: not known."""
    unmatched: set[str] = field(default_factory=set)
    """Commits too large for Git to compare the texts of added and deleted files."""
    moves_used: set[bytes] = field(default_factory=set)
    """Targets of `Scope.moves` that were found in the history."""
    arrivals: set[tuple[bytes, bytes]] = field(default_factory=set)
    """Keys of pages made outside that moved in, or were joined with a page: their commits must be read again."""
    ignored: set[bytes] = field(default_factory=set)
    """Commits of `Scope.ignored` that are in the history."""

    def suspected(self, page: TrackedPage) -> Iterator[tuple[bytes, bytes | None]]:
        """(path, path it may have had or None), for each commit that made the page where a rename may have been missed."""
        paths = set(page.paths)
        for commit in {made.commit for made in page.made} & self.suspects.keys():
            suspects = self.suspects[commit]
            yield from ((path, suspects[path]) for path in paths & suspects.keys())
