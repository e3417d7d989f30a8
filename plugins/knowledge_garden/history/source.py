"""Where the commits come from: the cache, Git, or both, always as the same stream of raw commits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_garden.history import cache as store
from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.log import PARSER, RawCommit, arguments, commits, written
from knowledge_garden.history.notices import notice
from knowledge_garden.history.renames import SMALL_LIMIT, RenameFinder, rename_finder
from knowledge_garden.history.texts import FormattingFinder, blob_reader
from knowledge_garden.model.contributions import Notice

_STEP = 500


@dataclass(slots=True)
class Source:
    """Reads all commits of one tip, parents first; the first reading fills the cache."""

    git: GitEnvironment
    tip: str
    git_version: str
    similarity: int
    limit: int
    """As `CreditRules.rename_limit`; 0: no texts are compared."""
    folder: Path | None
    """Folder of the cache; None for none."""
    quiet: bool = False
    """Whether a cache that can't be used is not reported: nobody chose its folder."""
    progress: Callable[[int], None] | None = None
    notices: list[Notice] = field(default_factory=list)
    read: int = 0
    """Commits read from Git."""
    cached: int = 0
    """Commits taken from the cache."""
    whole: bool = False
    """Whether all commits have been given once."""

    def _options(self, limit: int) -> str:
        return " ".join((*arguments(()), f"{self.similarity}%", str(limit)))

    def start(self) -> None:
        """Lets Git work on the log while other questions are asked."""
        if self.folder is None:
            self.git.start(*arguments([self.tip]))

    def forks(self) -> dict[bytes, int]:
        """Number of children of each commit that has more than one.

        Children come first here, so a count is complete when its commit comes: few are held at a time.
        """
        pending: dict[bytes, int] = {}
        forks: dict[bytes, int] = {}
        with self.git.stream("rev-list", "--topo-order", "--parents", "--end-of-options", self.tip) as lines:
            for line in lines:
                commit, *parents = line.split()
                children = pending.pop(commit, 1)
                if children > 1:
                    forks[commit] = children
                for parent in parents:
                    pending[parent] = pending.get(parent, 0) + 1
        return forks

    def ages(self, wanted: Collection[str]) -> dict[str, int]:
        """Each wanted commit → the distance from the tip, along first parents, of the commit that brought it there.

        A commit that came later has a smaller one, whatever its dates say and wherever its branch began.
        """
        ages: dict[str, int] = {}
        pending: dict[bytes, int] = {}
        main = self.tip.encode()
        distance = 0
        with self.git.stream("rev-list", "--topo-order", "--parents", "--end-of-options", self.tip) as lines:
            for line in lines:
                commit, *parents = line.split()
                age = pending.pop(commit, 0)
                if commit == main:
                    age, distance = distance, distance + 1
                    main = parents[0] if parents else b""
                if (name := commit.decode()) in wanted:
                    ages[name] = age
                for parent in parents:
                    pending[parent] = max(age, pending.get(parent, 0))
        return ages

    def commits(self) -> Iterator[RawCommit]:
        """All commits. Raises `GitFailedError` when Git can't read an object.

        `read` and `cached` count the first time alone: a second walk may find all commits in the cache.
        """
        first = (self.read, self.cached) if self.whole else None
        self.read = self.cached = 0
        with ExitStack() as stack:
            old = self._usable(self.limit)
            finder = stack.enter_context(rename_finder(self.git, self.similarity, self.limit)) if self.limit else None
            marker = FormattingFinder(stack.enter_context(blob_reader(self.git))) if self.limit else None
            if old is not None and self.folder is not None:
                for commit in commits(stack.enter_context(store.contents(self.folder / store.NAME))):
                    self.cached += 1
                    self._report()
                    yield finder.counted(commit) if finder else commit
            if old is None or old.tip != self.tip:
                yield from self._fresh(finder, marker, self._writer(stack, old), old.tip if old else "")
        self.read, self.cached = first or (self.read, self.cached)
        self.whole = True
        self._report(last=True)

    def _fresh(
        self, finder: RenameFinder | None, marker: FormattingFinder | None, writer: store.Writer | None, old: str
    ) -> Iterator[RawCommit]:
        """The commits that are not in the cache, whose tip is `old`; they are written to it."""
        with self.git.stream(*arguments([self.tip, f"^{old}"] if old else [self.tip])) as stream:
            for commit in commits(stream):
                whole = finder.completed(commit) if finder else commit
                whole = marker.completed(whole) if marker else whole
                if writer is not None and (failure := _failure(writer.write, written(whole))):
                    self._complain("cache-unwritable", failure)
                    writer = None
                self.read += 1
                self._report()
                yield whole
        # Only now is it certain that Git came to the end without an error.
        if writer is not None:
            head = (PARSER, self.git_version, self.tip, self._options(self.limit), self.read + self.cached)
            if failure := _failure(writer.keep, *head):
                self._complain("cache-unwritable", failure)

    def _report(self, last: bool = False) -> None:
        number = self.read + self.cached
        if self.progress is not None and (last or number % _STEP == 0):
            self.progress(number)

    def _complain(self, code: str, detail: str) -> None:
        if not self.quiet and code not in {earlier.code for earlier in self.notices}:
            self.notices.append(notice(code, detail=detail))

    def settle(self) -> None:
        """Takes the small limit at once where the cache was written with it: the history held too much work then."""
        if self.limit > SMALL_LIMIT and self._usable(SMALL_LIMIT):
            self.limit = SMALL_LIMIT

    def _usable(self, limit: int) -> store.Header | None:
        """The cache's header, when it was written with this limit and all it holds belongs to this tip."""
        if self.folder is None:
            return None
        try:
            head = store.header(self.folder / store.NAME)
        except store.CacheUnreadableError as failure:
            self._complain("cache-rebuilt", str(failure))
            return None
        if head is None or (head.parser, head.git, head.options) != (PARSER, self.git_version, self._options(limit)):
            return None
        if head.tip == self.tip or self.git.holds("merge-base", "--is-ancestor", head.tip, self.tip):
            return head
        return None

    def _writer(self, stack: ExitStack, old: store.Header | None) -> store.Writer | None:
        if self.folder is None:
            return None
        try:
            return stack.enter_context(store.Writer(self.folder, self.folder / store.NAME if old else None))
        except OSError as failure:
            self._complain("cache-unwritable", type(failure).__name__)
            return None


def _failure(write: Callable[..., object], *values: object) -> str:
    """The kind of error with which writing failed, or ""."""
    try:
        write(*values)
    except OSError as failure:
        return type(failure).__name__
    return ""
