"""One commit's changes, sorted by what they mean for pages: added, dropped, moved, edited.

Only regular files count. A file that becomes a symbolic link or a submodule is dropped, and one that comes from
there is added. Git, which compares added with deleted files alone, can't see two moves that are plain in the blobs:
pages that swap places, and a page that moves over another. Both are found here, when the text is exactly the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from knowledge_garden.history.log import Change

_REGULAR: Final = b"100"
_EMPTY: Final = (
    b"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    b"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
"""The blob of an empty file, in a SHA-1 and in a SHA-256 repository: no evidence of a move."""


@dataclass(slots=True)
class Steps:
    """What one commit did to the pages. Paths and blobs as Git gives them."""

    added: list[tuple[bytes, bytes]] = field(default_factory=list)
    """(path, blob)."""
    dropped: list[tuple[bytes, bytes]] = field(default_factory=list)
    """(path, last blob)."""
    moved: list[tuple[bytes, bytes, bool]] = field(default_factory=list)
    """(old path, new path, whether the text changed too)."""
    edited: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    """(path, old blob, new blob)."""
    modes: list[bytes] = field(default_factory=list)
    """Paths whose permissions alone changed."""


def steps(changes: list[Change]) -> Steps:
    """The changes of one commit, sorted."""
    found = Steps()
    for _status, old_mode, new_mode, old_blob, new_blob, path, new_path in changes:
        was, now = old_mode[:3] == _REGULAR, new_mode[:3] == _REGULAR
        if path != new_path:
            if was and now:
                found.moved.append((path, new_path, old_blob != new_blob))
        elif was and now:
            if old_blob == new_blob:
                found.modes.append(path)
            else:
                found.edited.append((path, old_blob, new_blob))
        elif now:
            found.added.append((path, new_blob))
        elif was:
            found.dropped.append((path, old_blob))
    if found.edited and (found.dropped or len(found.edited) > 1):
        _exact_moves(found)
    return found


def _exact_moves(found: Steps) -> None:
    """Turns edits that only put one page's text in another's place into moves."""
    origin: dict[bytes, bytes] = {}
    doubled: set[bytes] = set(_EMPTY)
    for blob, path in [(old, path) for path, old, _ in found.edited] + [(old, path) for path, old in found.dropped]:
        if blob in origin:
            doubled.add(blob)
        origin[blob] = path
    came = {path: origin[new] for path, _, new in found.edited if new in origin and new not in doubled}
    if not came:
        return
    dropped = {path for path, _ in found.dropped}
    moves: dict[bytes, bytes] = {}
    for path, source in came.items():
        if source in dropped and source not in moves:
            moves[source] = path
            continue
        ring, place = [path], source
        while place != path and place in came and place not in ring:
            ring.append(place)
            place = came[place]
        if place == path:
            moves[source] = path
    found.dropped = [each for each in found.dropped if each[0] not in moves]
    found.edited = [each for each in found.edited if each[0] not in moves.values()]
    found.moved += [(source, path, False) for source, path in moves.items()]
