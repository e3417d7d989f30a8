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
_TWO_PATHS = (b"R", b"C")
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


def commits(stream: Readable, size: int = 1 << 16) -> Iterator[RawCommit]:
    """The commits of a log. Raises `HistoryError` when it is none, or ends within a commit.

    A block is as large as a pipe's buffer: Git fills the next one while this one is worked on. A commit that a block
    cuts is read again with the next one, so a commit of many blocks gets ever larger ones.
    """
    words: list[bytes] = []
    rest = b""
    wanted = size
    ended = False
    while not ended:
        block = stream.read(wanted)
        ended = not block
        fresh = (rest + block).split(b"\0")
        rest = fresh.pop()
        # Only the word after a commit tells that it has no more changes; the last one gets an empty one for it.
        words += [b""] if ended else fresh
        found, done = _whole(words)
        yield from found
        del words[:done]
        wanted = size if found else 2 * wanted
    if rest or len(words) > 1:
        raise HistoryError("the log ends within a record")


def _whole(words: list[bytes]) -> tuple[list[RawCommit], int]:
    """The commits that are known to be whole, and the number of their words."""
    found: list[RawCommit] = []
    at = done = 0
    try:
        while len(words) - at >= FIELDS:
            name, parents, author, email, when, address, committed, trailers, body = words[at : at + FIELDS]
            if len(name) not in (40, 64):
                raise HistoryError("a commit's name was expected")
            at += FIELDS
            changes: list[Change] = []
            while (meta := words[at]).startswith(_META):
                old_mode, new_mode, old_blob, new_blob, status = meta.lstrip(b"\n:").split(b" ")
                path = new_path = words[at + 1]
                at += 2
                if status.startswith(_TWO_PATHS):
                    new_path = words[at]
                    at += 1
                changes.append(Change(status, old_mode, new_mode, old_blob, new_blob, path, new_path))
            found.append(
                RawCommit(name, parents.split(), author, email, when, address, committed, trailers, body, changes)
            )
            done = at
    except IndexError:
        pass
    return found, done
