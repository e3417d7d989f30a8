"""The one streamed walk: the command that asks Git for the log, and the reader of its words.

Git writes, for each commit, `FIELDS` texts that end in NUL each, then the changes: a meta text (":oldmode newmode
oldblob newblob status", the first one after a newline), a path, and for a rename a second path, each with its NUL.
Nothing in a name, a subject or a path can end a field. Merges come without changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from knowledge_garden.history.errors import HistoryError

FIELDS = 9
PARSER = "2"
"""Raise it whenever the command or its reading changes: caches of another version are rebuilt."""

_META = (b":", b"\n")
_FORMAT = "%x00".join(("%H", "%P", "%an", "%ae", "%at", "%ce", "%ct", "%(trailers:only,unfold)", "%B"))


def arguments(revisions: Iterable[str], similarity: int, limit: int) -> list[str]:
    """Arguments of `git log` for the revisions ("new", "^old"), parents before children.

    No path is given: with one, a file that moved in shows as added, and its earlier life is lost. An empty file is no
    evidence of a rename.
    """
    options = "--topo-order --reverse --no-diff-merges --encoding=UTF-8 --no-use-mailmap --no-color --no-decorate"
    options += " --no-notes --no-show-signature --no-ext-diff --no-textconv --no-relative --no-rename-empty"
    renames = (
        f"--find-renames={similarity}%",
        f"-l{limit}",
        "--raw",
        "--no-abbrev",
        "-z",
        f"--format={_FORMAT}",
    )
    return ["log", *options.split(), *renames, "--end-of-options", *revisions]


class Change(NamedTuple):
    """One file changed by a commit, as Git reports it."""

    status: bytes
    """A, D, M, T, or R with its percentage."""
    old_mode: bytes
    new_mode: bytes
    old_blob: bytes
    new_blob: bytes
    path: bytes
    """For a rename, the old path."""
    new_path: bytes


class RawCommit(NamedTuple):
    """One commit in Git's own words: bytes, nothing interpreted."""

    commit: bytes
    parents: list[bytes]
    author: bytes
    author_email: bytes
    author_time: bytes
    committer_email: bytes
    committer_time: bytes
    trailers: bytes
    body: bytes
    changes: list[Change]


class Readable(Protocol):
    """Something bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Up to about `size` bytes; b"" at the end."""


class _Words:
    """The words of a stream, up to each NUL, as a list that is filled a block at a time: faster than one by one."""

    def __init__(self, stream: Readable, size: int) -> None:
        self._stream = stream
        self._size = size
        self._rest = b""
        self.list: list[bytes] = []
        self.at = 0

    def more(self) -> bool:
        """Drops the words before `at` and adds a block's; False at the end."""
        block = self._stream.read(self._size)
        if not block:
            if self._rest:
                raise HistoryError("the log ends within a record")
            return False
        fresh = (self._rest + block).split(b"\0")
        self._rest = fresh.pop()
        self.list = self.list[self.at :] + fresh
        self.at = 0
        return True

    def take(self, number: int) -> list[bytes]:
        """The next words. Raises `HistoryError` when there are not so many."""
        while len(self.list) - self.at < number:
            if not self.more():
                raise HistoryError("the log ends within a record")
        self.at += number
        return self.list[self.at - number : self.at]

    def first(self) -> bytes | None:
        """The first byte of the next word; None at the end."""
        while self.at >= len(self.list):
            if not self.more():
                return None
        return self.list[self.at][:1]


def commits(stream: Readable, size: int = 1 << 16) -> Iterator[RawCommit]:
    """The commits of a log. Raises `HistoryError` when it is none, or ends within a commit.

    A block is as large as a pipe's buffer: Git fills the next one while this one is worked on.
    """
    words = _Words(stream, size)
    while words.first() is not None:
        name, parents, author, email, when, address, committed, trailers, body = words.take(FIELDS)
        if len(name) not in (40, 64):
            raise HistoryError("a commit's name was expected")
        changes: list[Change] = []
        while words.first() in _META:
            meta, path = words.take(2)
            old_mode, new_mode, old_blob, new_blob, status = meta.lstrip(b"\n:").split(b" ")
            new_path = words.take(1)[0] if status[:1] in (b"R", b"C") else path
            changes.append(Change(status, old_mode, new_mode, old_blob, new_blob, path, new_path))
        yield RawCommit(name, parents.split(), author, email, when, address, committed, trailers, body, changes)
