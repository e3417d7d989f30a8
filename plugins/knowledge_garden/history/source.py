"""Where the commits come from: the cache, Git, or both, always as the same stream of raw commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_garden.history import cache as store
from knowledge_garden.history.log import PARSER, RawCommit, arguments, commits
from knowledge_garden.history.notices import notice
from knowledge_garden.history.rooms import Room
from knowledge_garden.model.contributions import Notice

_STEP = 500


@dataclass(slots=True)
class Source:
    """Reads all commits of one tip, parents first; the first reading fills the cache."""

    room: Room
    tip: str
    git: str
    similarity: int
    limit: int
    folder: Path | None
    """Folder of the cache; None for none."""
    progress: Callable[[int], None] | None = None
    notices: list[Notice] = field(default_factory=list)
    read: int = 0
    """Commits read from Git."""
    cached: int = 0
    """Commits taken from the cache."""

    @property
    def _options(self) -> str:
        return " ".join(arguments((), self.similarity, self.limit))

    def forks(self) -> dict[bytes, int]:
        """Number of children of each commit that has more than one.

        Children come first here, so a count is known to be whole when its commit comes: few are held at a time.
        """
        pending: dict[bytes, int] = {}
        found: dict[bytes, int] = {}
        with self.room.stream("rev-list", "--topo-order", "--parents", "--end-of-options", self.tip) as lines:
            for line in lines:
                commit, *parents = line.split()
                children = pending.pop(commit, 1)
                if children > 1:
                    found[commit] = children
                for parent in parents:
                    pending[parent] = pending.get(parent, 0) + 1
        return found

    def commits(self) -> Iterator[RawCommit]:
        """All commits. Raises `GitFailedError` when Git can't read an object."""
        self.read = self.cached = 0
        with ExitStack() as stack:
            old = self._usable()
            if old is not None and self.folder is not None:
                words = stack.enter_context(store.words(self.folder / store.NAME))
                for commit in self._counted(commits(words)):
                    self.cached += 1
                    yield commit
                if old.tip == self.tip:
                    return
            writer = self._writer(stack, old)
            revisions = [self.tip] if old is None else [self.tip, f"^{old.tip}"]
            stream = stack.enter_context(self.room.stream(*arguments(revisions, self.similarity, self.limit)))
            for commit in self._counted(commits(store.Copying(stream, writer))):
                self.read += 1
                yield commit
            stack.pop_all().close() if writer is None else self._keep(stack, writer)

    def _keep(self, stack: ExitStack, writer: store.Writer) -> None:
        writer.keep(PARSER, self.git, self.tip, self._options, self.read + self.cached)
        stack.close()

    def _counted(self, stream: Iterator[RawCommit]) -> Iterator[RawCommit]:
        for number, commit in enumerate(stream, 1):
            if self.progress is not None and number % _STEP == 0:
                self.progress(self.cached + self.read)
            yield commit

    def _usable(self) -> store.Header | None:
        """The cache's header, when all it holds belongs to this tip."""
        if self.folder is None:
            return None
        try:
            head = store.header(self.folder / store.NAME)
        except store.CacheUnreadableError as failure:
            self.notices.append(notice("cache-rebuilt", detail=str(failure)))
            return None
        if head is None or (head.parser, head.git, head.options) != (PARSER, self.git, self._options):
            return None
        if head.tip == self.tip or self.room.holds("merge-base", "--is-ancestor", head.tip, self.tip):
            return head
        return None

    def _writer(self, stack: ExitStack, old: store.Header | None) -> store.Writer | None:
        if self.folder is None:
            return None
        try:
            return stack.enter_context(store.Writer(self.folder, self.folder / store.NAME if old else None))
        except OSError as failure:
            self.notices.append(notice("cache-unwritable", detail=type(failure).__name__))
            return None
