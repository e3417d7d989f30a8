"""Follows pages through the commits, parents first: who made, edited and moved what, branches and merges included.

Memory holds the pages, the commits that count for them, and one `Paths` for each commit whose children are not all
done. Git tells how many children a commit has only in a walk of its own, so for a short history it is not asked: there, every
`Paths` is kept. The result does not depend on which of two unrelated commits comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from knowledge_garden.history.changes import CommitChanges, Suspicion, sorted_changes
from knowledge_garden.history.errors import HistoryError
from knowledge_garden.history.facts import Contacts, Fact, Trailers, fact, links, seconds
from knowledge_garden.history.log import RawCommit
from knowledge_garden.history.paths import EMPTY, Paths, Placement, TrackedPage, placed
from knowledge_garden.history.result import Scope, WalkResult
from knowledge_garden.model.contributions import REVIEWED_PAGE

_CONFIRMS: Final = REVIEWED_PAGE.encode()
HELD = 5000
"""Commits whose `Paths` are all held before it is asked which can go: at most some 15 MB."""


class Walk:
    """One walk. Give it every commit with `step`, then read `result` and `last`."""

    def __init__(
        self, scope: Scope, trailers: Trailers, contacts: Contacts, forks: Callable[[], Mapping[bytes, int]]
    ) -> None:
        """`forks` gives the number of children of each commit that has several; a short history never asks."""
        self._scope = scope
        self._trailers = trailers
        self._contacts = contacts
        self._forks = forks
        self._heads: dict[bytes, Paths] = {}
        self._met: dict[bytes, int] | None = {}
        """Children met of each commit, until `forks` is asked."""
        self._left: dict[bytes, int] = {}
        """Children not met yet, where they are not one, from then on."""
        self.result = WalkResult()
        self.last = EMPTY
        """The paths after the commit that came last: the tip."""

    def step(self, raw: RawCommit) -> None:
        """Takes one commit. Raises `HistoryError` when a parent did not come before it."""
        paths = self._inherited(raw)
        if len(raw.parents) > 1:
            self._leave_out(raw, "merge")
            self._keep(raw, paths)
            return
        changes = sorted_changes(raw.changes)
        changed, events = self._moved(raw, paths, changes)
        self._keep(raw, paths.updated(changed))
        if raw.commit in self._scope.ignored:
            self.result.ignored.add(raw.commit)
            self._leave_out(raw, "ignored")
            return
        events = [(page, kind) for page, kind in events if page.recorded]
        if not events and _CONFIRMS not in raw.trailers.lower():
            self._leave_out(raw, self._why(raw, changes))
            return
        helpers, confirmed = self._trailers.read(raw)
        edits = sum(kind == "edited" for _, kind in events)
        commit = fact(raw, helpers, len(events), edits, self._contacts, self._scope.bounds)
        self._note_links(commit, raw.body)
        if confirmed:
            self.result.confirmed += [(commit, value) for value in confirmed]
        self.result.counted += bytes.fromhex(commit.commit)
        for page, kind in events:
            getattr(page, kind).append(commit)
            if kind != "formatted" and (page.touched is None or page.touched < commit.when):
                page.touched = commit.when

    def _inherited(self, raw: RawCommit) -> Paths:
        if not raw.parents:
            return EMPTY
        inherited: Paths = EMPTY
        for parent in raw.parents:
            paths = self._heads.get(parent)
            if paths is None:
                raise HistoryError(f"commit {raw.commit.decode()} came without its parent {parent.decode()}")
            self._release(parent)
            inherited = paths if inherited is EMPTY else inherited.merged(paths, self.result.arrivals)
        return inherited

    def _release(self, commit: bytes) -> None:
        """One more child of a commit has come; after the last one, its paths are no longer needed."""
        if self._met is not None:
            self._met[commit] = self._met.get(commit, 0) + 1
            return
        left = self._left.pop(commit, 1) - 1
        if left:
            self._left[commit] = left
        else:
            del self._heads[commit]

    def _keep(self, raw: RawCommit, paths: Paths) -> None:
        self._heads[raw.commit] = self.last = paths
        if self._met is not None and len(self._heads) > HELD:
            met, self._met, self._left = self._met, None, dict(self._forks())
            for commit, number in met.items():
                for _ in range(number):
                    self._release(commit)

    def _leave_out(self, raw: RawCommit, reason: str) -> None:
        self.result.left_out.setdefault(reason, bytearray()).extend(bytes.fromhex(raw.commit.decode()))

    def _why(self, raw: RawCommit, changes: CommitChanges) -> str:
        inside = self._scope.pages.fullmatch
        if not raw.changes:
            return "empty"
        if any(inside(new) for _, new, _ in changes.moved):
            return "moved"
        if any(inside(path) for path in changes.modes):
            return "mode"
        if any(inside(path) for path, _ in changes.dropped):
            return "gone"
        return "outside"

    def _note_links(self, commit: Fact, body: bytes) -> None:
        reverted, source = links(body)
        if reverted:
            self.result.reverts[commit.commit] = reverted.decode()
        if source:
            self.result.picks[commit.commit] = source.decode()

    def _at(self, raw: RawCommit, paths: Paths, path: bytes) -> TrackedPage:
        """The page at a path. One that no commit brought came with a merge: it is made here, without credit for anybody."""
        placement = paths.get(path)
        return placement.page.root if placement else self._made(raw, path)

    def _made(self, raw: RawCommit, path: bytes) -> TrackedPage:
        key = (raw.commit, path)
        return TrackedPage(key, key in self._scope.wanted or bool(self._scope.pages.fullmatch(path)))

    def _moved(
        self, raw: RawCommit, paths: Paths, changes: CommitChanges
    ) -> tuple[dict[bytes, Placement], list[tuple[TrackedPage, str]]]:
        """(what changes in the paths, each page whose text changed with the kind: "made", "edited", "restored", "formatted")."""
        changed: dict[bytes, Placement] = {}
        events: dict[tuple[TrackedPage, str], None] = {}
        for path, _, _ in changes.edited:
            before = paths.get(path)
            page = before.page.root if before else self._made(raw, path)
            if before is None or not before.live:
                changed[path] = placed(page, before)
            events[page, "formatted" if path in changes.formatted else "edited"] = None
        for path, blob in changes.dropped:
            changed[path] = placed(self._at(raw, paths, path), paths.get(path), live=False, blob=blob)
        for old, new, edited in changes.moved:
            page = self._at(raw, paths, old)
            changed.setdefault(old, placed(page, paths.get(old), live=False, moved=True))
            changed[new] = placed(page, paths.get(new))
            self._arrive(page, new)
            if edited:
                events[page, "edited"] = None
        suspicion = Suspicion(changes, self._scope.pages, self._scope.compared)
        for path, blob in changes.added:
            page, kind = self._added(raw, paths, path, blob, suspicion)
            changed[path] = placed(page, paths.get(path))
            events[page, kind] = None
        return changed, list(events)

    def _arrive(self, page: TrackedPage, path: bytes) -> None:
        page.put(path)
        if not page.recorded and self._scope.pages.fullmatch(path):
            page.recorded = True
            self.result.arrivals.add(page.key)

    def _added(
        self, raw: RawCommit, paths: Paths, path: bytes, blob: bytes, suspicion: Suspicion
    ) -> tuple[TrackedPage, str]:
        before = paths.get(path)
        source = self._scope.moves.get(path)
        origin = paths.get(source) if source is not None else None
        if origin is not None:
            page = origin.page.root
            self.result.moves_used.add(path)
            self._arrive(page, path)
            return page, "edited"
        if before is not None and not before.live and not before.moved and before.blob == blob:
            return before.page.root, "restored"
        page = self._made(raw, path)
        page.born, _ = self._scope.bounds.dated(seconds(raw.author_time), seconds(raw.committer_time))
        if page.recorded and (suspicion.dropped or before is not None):
            self._suspect(raw, page, before, suspicion)
        return page, "made"

    def _suspect(self, raw: RawCommit, page: TrackedPage, before: Placement | None, suspicion: Suspicion) -> None:
        path = page.key[1]
        suspects = self.result.suspects.setdefault(raw.commit.decode(), {})
        if before is not None and not before.live and not before.moved:
            suspects[path] = path
        elif (old := suspicion.former(path)) is not None:
            suspects[path] = old
        elif suspicion.unmatched:
            suspects[path] = None
        if suspicion.unmatched and self._scope.compared > 0:
            self.result.unmatched.add(raw.commit.decode())
