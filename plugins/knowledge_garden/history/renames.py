"""Finds renames with an edit, commit by commit, within limits.

The log itself pairs files with equal text alone, which costs nothing. Texts are compared here, and only for commits
that both add and delete files: one process answers for all of them. Git compares each added with each deleted file, so
the work is bounded: for one commit by `CreditRules.rename_limit`, and for the whole history by `MOST_WORK`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.log import RawCommit, read_changes
from knowledge_garden.history.process import Conversation

SMALL_LIMIT: Final = 100
"""A commit with at most this number of added and of deleted files is always compared."""
MOST_WORK: Final = 2_000_000
"""Pairs of files compared in all larger commits of one history."""
_END: Final = b"end\n"


class TooMuchWorkError(Exception):
    """The larger commits of this history have more than `MOST_WORK` pairs of files to compare."""


def pairs(commit: RawCommit) -> int:
    """Number of pairs of an added and a deleted file whose texts Git compares, or has compared, in a commit.

    The same before and after its renames are filled in.
    """
    added = deleted = 0
    for change in commit.changes:
        status = change.status
        edited_rename = status[:1] == b"R" and status != b"R100"
        added += edited_rename or status == b"A"
        deleted += edited_rename or status == b"D"
    return added * deleted


class RenameFinder:
    """Compares texts for the commits of one history."""

    def __init__(self, start: Callable[[], Conversation], limit: int) -> None:
        """`start` starts the process that compares, when it is first needed."""
        self._conversation = functools.cache(start)
        self._limit = limit
        self._work = 0

    def counted(self, commit: RawCommit) -> RawCommit:
        """Counts the work of a commit whose renames are filled in. Raises `TooMuchWorkError`."""
        self._counted(pairs(commit))
        return commit

    def completed(self, commit: RawCommit) -> RawCommit:
        """The commit with its renames. Raises `TooMuchWorkError`, and `GitFailedError` when a text is missing."""
        work = pairs(commit)
        if not 0 < work <= self._limit**2:
            return commit
        self._counted(work)
        conversation = self._conversation()
        # Git repeats a line that is not a commit, at once: so the end of its answer can be seen.
        conversation.say(commit.commit + b"\n" + _END)
        return commit._replace(changes=read_changes(conversation, _END))

    def _counted(self, work: int) -> None:
        if SMALL_LIMIT**2 < work <= self._limit**2:
            self._work += work
            if self._work > MOST_WORK:
                raise TooMuchWorkError


@contextmanager
def rename_finder(git: GitEnvironment, similarity: int, limit: int) -> Iterator[RenameFinder]:
    """A finder, while the block runs. `similarity`: percent of its text that a file must keep."""
    options = f"--no-commit-id -r -z --raw --no-abbrev --no-rename-empty --find-renames={similarity}% -l{limit}"
    command = ("diff-tree", "--stdin", *options.split(), "--no-ext-diff", "--no-textconv")
    with ExitStack() as stack:
        yield RenameFinder(lambda: stack.enter_context(git.conversation(*command)), limit)
