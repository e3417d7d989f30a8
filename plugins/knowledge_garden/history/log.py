"""The one streamed walk: the command that asks Git for the log, and the reader of its output.

Git writes, for each commit, `FIELDS` texts that end in NUL each, then the changes: a meta text (":oldmode newmode
oldblob newblob status", the first one after a newline), a path, and for a rename a second path, each with its NUL.
Nothing in a name, a subject or a path can end a field. Merges come without changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple, Protocol

from knowledge_garden.history.errors import HistoryError

FIELDS = 9
PARSER = "4"
"""Raise it whenever the command or its reading changes: caches of another version are rebuilt."""

_META = (b":", b"\n")
_TWO_PATHS = (b"R", b"C")
_FORMAT = "%x00".join(("%H", "%P", "%an", "%ae", "%at", "%ce", "%ct", "%(trailers:only,unfold)", "%B"))


def arguments(revisions: Iterable[str]) -> list[str]:
    """Arguments of `git log` for the revisions ("new", "^old"), parents before children.

    No path is given: with one, a file that moved in shows as added, and its earlier history is lost. An empty file is
    no evidence of a rename. Only files with equal texts are paired; `renames` compares the others.
    """
    options = "--topo-order --reverse --no-diff-merges --encoding=UTF-8 --no-use-mailmap --no-color --no-decorate"
    options += " --no-notes --no-show-signature --no-ext-diff --no-textconv --no-relative --no-rename-empty"
    renames = (
        "--find-renames=100%",
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
    """One commit as Git prints it: bytes, nothing interpreted."""

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


class Log(NamedTuple):
    """Whole commits of a log, and the number of its tokens that they take."""

    commits: list[RawCommit]
    tokens: int


def written(commit: RawCommit) -> bytes:
    """A commit as a log has it."""
    fields = (commit.commit, b" ".join(commit.parents), *commit[2:-1])
    tokens = [*fields]
    for change in commit.changes:
        meta = (change.old_mode, change.new_mode, change.old_blob, change.new_blob, change.status)
        tokens += (b":" + b" ".join(meta), change.path)
        if change.status.startswith(_TWO_PATHS):
            tokens.append(change.new_path)
    return b"\0".join(tokens) + b"\0"


def commits(stream: Readable, size: int = 1 << 16) -> Iterator[RawCommit]:
    """The commits of a log. Raises `HistoryError` when it is not one, or ends within a commit.

    A block is as large as a pipe's buffer: Git fills the next one while this one is worked on. A commit that a block
    cuts is read again with the next one, so a commit of many blocks gets ever larger ones.
    """
    tokens: list[bytes] = []
    rest = b""
    wanted = size
    ended = False
    while not ended:
        block = stream.read(wanted)
        ended = not block
        fresh = (rest + block).split(b"\0")
        rest = fresh.pop()
        # Only the token after a commit tells that it has no more changes; the last one gets an empty one for it.
        tokens += [b""] if ended else fresh
        log = _complete_commits(tokens)
        yield from log.commits
        del tokens[: log.tokens]
        wanted = size if log.commits else 2 * wanted
    if rest or len(tokens) > 1:
        raise HistoryError("the log ends within a record")


def _complete_commits(tokens: list[bytes]) -> Log:
    """The commits of which every part was read."""
    complete: list[RawCommit] = []
    at = done = 0
    try:
        while len(tokens) - at >= FIELDS:
            name, parents, author, email, when, address, committed, trailers, body = tokens[at : at + FIELDS]
            if len(name) not in (40, 64):
                raise HistoryError("a commit's name was expected")
            changes, at = _changes(tokens, at + FIELDS)
            complete.append(
                RawCommit(name, parents.split(), author, email, when, address, committed, trailers, body, changes)
            )
            done = at
    except IndexError:
        pass
    return Log(complete, done)


def _changes(tokens: list[bytes], at: int) -> tuple[list[Change], int]:
    """(the changes from a token on, the token after them). Raises IndexError when the tokens end before that."""
    changes: list[Change] = []
    while (meta := tokens[at]).startswith(_META):
        old_mode, new_mode, old_blob, new_blob, status = meta.lstrip(b"\n:").split(b" ")
        path = new_path = tokens[at + 1]
        at += 2
        if status.startswith(_TWO_PATHS):
            new_path = tokens[at]
            at += 1
        changes.append(Change(status, old_mode, new_mode, old_blob, new_blob, path, new_path))
    return changes, at


def read_changes(stream: Readable, end: bytes) -> list[Change]:
    """The changes of one commit out of a stream, up to `end`, which follows the last change."""
    data = bytearray()
    while True:
        block = stream.read(1 << 16)
        if not block:
            raise HistoryError("the list of changes ends too early")
        data += block
        if data.endswith(end):
            *tokens, last = bytes(data).split(b"\0")
            with suppress(IndexError):  # a path that ends like `end`, cut just there
                changes, at = _changes([*tokens, last], 0)
                if at == len(tokens) and last == end:
                    return changes
