"""The one streamed walk: the command that asks Git for the log, and the reader of its words.

Git writes, for each commit, `FIELDS` texts that end in NUL each, then the changes: a meta text (":oldmode newmode
oldblob newblob status", the first one after a newline), a path, and for a rename a second path, each with its NUL.
Nothing in a name, a subject or a path can end a field. Merges come without changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

FIELDS = 10
PARSER = "1"
"""Raise it whenever the command or its reading changes: caches of another version are rebuilt."""

_FORMAT = "%x00".join(("%H", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct", "%(trailers:only,unfold)", "%B"))


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
    committer: bytes
    committer_email: bytes
    committer_time: bytes
    trailers: bytes
    body: bytes
    changes: list[Change]


def tokens(stream: BinaryIO, size: int = 1 << 20) -> Iterator[bytes]:
    """The texts before each NUL of a stream."""
    rest = b""
    while block := stream.read(size):
        parts = (rest + block).split(b"\0")
        rest = parts.pop()
        yield from parts
    if rest.strip():
        raise ValueError("the log ends within a record")


def commits(words: Iterator[bytes]) -> Iterator[RawCommit]:
    """The commits of a stream of tokens. Raises ValueError when it is no such stream."""
    word = next(words, None)
    while word is not None:
        fields = [word]
        for _ in range(FIELDS - 1):
            fields.append(next(words, b""))
        if len(word) not in (40, 64):
            raise ValueError("a commit's name was expected")
        changes: list[Change] = []
        word = next(words, None)
        while word is not None and word[:1] in (b":", b"\n"):
            old_mode, new_mode, old_blob, new_blob, status = word.lstrip(b"\n:").split(b" ")
            path = next(words)
            new_path = next(words) if status[:1] in (b"R", b"C") else path
            changes.append(Change(status, old_mode, new_mode, old_blob, new_blob, path, new_path))
            word = next(words, None)
        yield RawCommit(fields[0], fields[1].split(), *fields[2:], changes)  # type: ignore[arg-type]
