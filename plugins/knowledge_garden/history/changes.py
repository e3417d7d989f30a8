"""One commit's changes, sorted by what they mean for pages: added, dropped, moved, edited.

Only regular files count. A file that becomes a symbolic link or a submodule is dropped, and one that comes from
there is added. Git, which compares added with deleted files alone, can't see two moves that are plain in the blobs:
pages that swap their paths, and a page that moves over another. Both are detected here, when the text is exactly the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from knowledge_garden.history.log import Change
from knowledge_garden.history.texts import FORMATTED

_REGULAR: Final = b"100"
_EMPTY: Final = (
    b"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    b"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
"""The blob of an empty file, in a SHA-1 and in a SHA-256 repository: no evidence of a move."""


@dataclass(slots=True)
class CommitChanges:
    """What one commit did to the pages. Paths and blobs as Git gives them."""

    added: list[tuple[bytes, bytes]] = field(default_factory=list)
    """(path, blob)."""
    dropped: list[tuple[bytes, bytes]] = field(default_factory=list)
    """(path, last blob)."""
    moved: list[tuple[bytes, bytes, bool]] = field(default_factory=list)
    """(old path, new path, whether the text changed too)."""
    edited: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    """(path, old blob, new blob)."""
    formatted: set[bytes] = field(default_factory=set)
    """Paths of `edited` where every word stayed as it was."""
    modes: list[bytes] = field(default_factory=list)
    """Paths whose permissions alone changed."""


class Suspicion:
    """Which page that a commit dropped may continue as one that it added, where Git saw no rename.

    `unmatched`: the commit is too large for Git to compare the texts.
    """

    def __init__(self, commit: CommitChanges, pages: re.Pattern[bytes], compared: int) -> None:
        """`pages` matches the paths of pages; `compared`: the most pairs of files that Git compares in a commit."""
        self.dropped = bool(commit.dropped)
        self.unmatched = len(commit.dropped) * len(commit.added) > compared
        inside = [path for path, _ in commit.dropped if pages.fullmatch(path)] if commit.added else []
        self._only = inside[0] if len(inside) == len(commit.added) == 1 else None
        self._by_name: dict[bytes, bytes | None] = {}
        for path in inside:
            name = path.rpartition(b"/")[2]
            self._by_name[name] = None if name in self._by_name else path

    def former(self, path: bytes) -> bytes | None:
        """The dropped page with the same file name, if it is the only one; or the only page, where one came for one."""
        return self._by_name.get(path.rpartition(b"/")[2]) or self._only


def sorted_changes(changes: list[Change]) -> CommitChanges:
    """The changes of one commit, sorted."""
    commit = CommitChanges()
    for status, old_mode, new_mode, old_blob, new_blob, path, new_path in changes:
        was, now = old_mode[:3] == _REGULAR, new_mode[:3] == _REGULAR
        if path != new_path:
            if was and now:
                commit.moved.append((path, new_path, old_blob != new_blob))
        elif was and now:
            if old_blob == new_blob:
                commit.modes.append(path)
            else:
                commit.edited.append((path, old_blob, new_blob))
                if status == FORMATTED:
                    commit.formatted.add(path)
        elif now:
            commit.added.append((path, new_blob))
        elif was:
            commit.dropped.append((path, old_blob))
    if commit.edited and (commit.dropped or len(commit.edited) > 1):
        _exact_moves(commit)
    return commit


def _exact_moves(commit: CommitChanges) -> None:
    """Turns edits that only put one page's text at another's path into moves."""
    origin: dict[bytes, bytes] = {}
    doubled: set[bytes] = set(_EMPTY)
    for blob, path in [(old, path) for path, old, _ in commit.edited] + [(old, path) for path, old in commit.dropped]:
        if blob in origin:
            doubled.add(blob)
        origin[blob] = path
    sources = {path: origin[new] for path, _, new in commit.edited if new in origin and new not in doubled}
    if not sources:
        return
    dropped = {path for path, _ in commit.dropped}
    moves: dict[bytes, bytes] = {}
    for path, source in sources.items():
        if source in dropped:
            moves.setdefault(source, path)
    moves.update((sources[path], path) for path in _in_rings(sources))
    moved = set(moves.values())
    commit.dropped = [drop for drop in commit.dropped if drop[0] not in moves]
    commit.edited = [edit for edit in commit.edited if edit[0] not in moved]
    commit.moved += [(source, path, False) for source, path in moves.items()]


def _in_rings(sources: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """The paths that took their text from one another in a ring; each path is visited once."""
    visited: set[bytes] = set()
    for start in sources:
        trail: dict[bytes, None] = {}
        path = start
        while path in sources and path not in visited:
            visited.add(path)
            trail[path] = None
            path = sources[path]
        if path in trail:
            ring = path
            yield ring
            while (path := sources[path]) != ring:
                yield path
