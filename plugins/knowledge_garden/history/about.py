"""Which commits, paths and lines each notice is about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from knowledge_garden.history.paths import TrackedPage
from knowledge_garden.history.result import Scope, WalkResult
from knowledge_garden.history.settings import CommittedSettings
from knowledge_garden.model.contributions import Contribution


def notice_places(
    result: WalkResult,
    live: Mapping[bytes, TrackedPage | None],
    contributions: Sequence[Contribution],
    scope: Scope,
    settings: CommittedSettings,
) -> dict[str, Iterable[str]]:
    """Code of a notice → the commits, paths or lines it is about; empty for a notice that does not apply."""
    readded, renamed = _suspects(result, live)
    return {
        "rename-limit": result.unmatched,
        "possible-rename": renamed,
        "page-readded": readded,
        "made-in-merge": [os.fsdecode(path) for path, page in live.items() if page is None or page.born is None],
        "move-unused": [os.fsdecode(old) for new, old in scope.moves.items() if new not in result.moves_used],
        "ignore-revs-missing": settings.missing,
        "ignore-revs-line": settings.bad_lines,
        "ignore-revs-unknown": [commit.decode() for commit in scope.ignored - result.ignored],
        "future-date": {c.commit for c in contributions if "future" in c.flags},
        "date-too-early": {c.commit for c in contributions if "date-too-early" in c.flags},
        "bulk-commit": {c.commit for c in contributions if "bulk" in c.flags},
    }


def _suspects(result: WalkResult, live: Mapping[bytes, TrackedPage | None]) -> tuple[list[str], list[str]]:
    """(pages added again, "old path → new path" of pages that may have been renamed), of pages at the revision."""
    readded, renamed = [], []
    for page in {page for page in live.values() if page}:
        for path, old in result.suspected(page):
            if old == path:
                readded.append(os.fsdecode(path))
            elif old is not None:
                renamed.append(f"{os.fsdecode(old)} → {os.fsdecode(path)}")
            else:
                renamed.append(os.fsdecode(path))
    return readded, renamed
