"""What must be told about a reading: which commits, paths and lines each notice concerns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from knowledge_garden.history.paths import Page
from knowledge_garden.history.settings import Settings
from knowledge_garden.history.walk import Found, Scope
from knowledge_garden.model.contributions import Contribution


def about(
    found: Found,
    live: Mapping[bytes, Page | None],
    given: Sequence[Contribution],
    scope: Scope,
    settings: Settings,
) -> dict[str, Iterable[str]]:
    """Code of a notice → places. Those that say nothing are empty."""
    readded, renamed = _suspects(found, live)
    return {
        "rename-limit": found.unmatched,
        "possible-rename": renamed,
        "page-readded": readded,
        "made-in-merge": [os.fsdecode(path) for path, page in live.items() if page is None or page.born is None],
        "move-unused": [os.fsdecode(old) for new, old in scope.moves.items() if new not in found.moves_used],
        "ignore-revs-missing": settings.missing,
        "ignore-revs-line": settings.bad_lines,
        "ignore-revs-unknown": [commit.decode() for commit in scope.ignored - found.ignored],
        "future-date": {c.commit for c in given if "future" in c.flags},
        "date-before-git": {c.commit for c in given if "date-before-git" in c.flags},
        "bulk-commit": {c.commit for c in given if "bulk" in c.flags},
    }


def _suspects(found: Found, live: Mapping[bytes, Page | None]) -> tuple[list[str], list[str]]:
    """(pages added again, "old path → new path" of pages that may have been renamed), of pages at the revision."""
    readded, renamed = [], []
    for page in {page for page in live.values() if page}:
        for fact in page.made:
            for place in page.places:
                key = (fact.commit.encode(), place)
                old = found.suspects.get(key, b"")
                if old == place:
                    readded.append(os.fsdecode(place))
                elif old:
                    renamed.append(f"{os.fsdecode(old)} → {os.fsdecode(place)}")
                elif old is None:
                    renamed.append(os.fsdecode(place))
    return readded, renamed
