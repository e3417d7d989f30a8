"""Keeps the commits of a log with their renames, so that a later build asks Git only for the new ones.

The cache holds a log in Git's form (`log.written`), compressed, after one line of JSON that describes it. Nothing in
it has been interpreted: identities, pages, roles and dates are worked out again each time, so an edit of `.mailmap` or
of `garden.yml` needs no new walk, and a walk from the cache gives the same result as one from Git.

File: a header line {"parser", "git", "tip", "options", "commits", "bytes", "digest"}, then zlib streams end to end.
`bytes` is the length of those streams, and `digest` their BLAKE2b, so a damaged file is noticed before it is used.
Neither keeps anybody from forging one, so the cache is never kept in the work tree, which anybody may fill: see
`repository.cache_folder`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import BinaryIO, Final, Self

NAME: Final = "history.cache"
_BLOCK: Final = 1 << 18


class CacheUnreadableError(Exception):
    """The cache can't be used as it is; the text says why. It will be rebuilt."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a cache holds."""

    parser: str
    git: str
    tip: str
    options: str
    """The arguments of `git log`, without the revisions."""
    commits: int
    bytes: int = 0
    digest: str = ""


def header(path: Path) -> Header | None:
    """The header of a sound cache, None when there is no cache. Raises `CacheUnreadableError`."""
    try:
        with path.open("rb") as file:
            line = file.readline(1 << 16)
            head = Header(**json.loads(line))
            digest = hashlib.blake2b(digest_size=16)
            length = 0
            while block := file.read(_BLOCK):
                digest.update(block)
                length += len(block)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as failure:
        raise CacheUnreadableError(f"it cannot be read ({type(failure).__name__})") from failure
    if (length, digest.hexdigest()) != (head.bytes, head.digest):
        raise CacheUnreadableError("its bytes are not those that were written")
    return head


class Contents:
    """The log in a cache, as a stream to read: `read(size)` gives up to about `size` bytes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._inflate = zlib.decompressobj()

    def read(self, size: int) -> bytes:
        """The next bytes, b"" at the end."""
        while True:
            block = self._inflate.unconsumed_tail or self._inflate.unused_data
            if self._inflate.eof:
                self._inflate = zlib.decompressobj()
            block = block or self._file.read(_BLOCK)
            if not block:
                return b""
            if out := self._inflate.decompress(block, size):
                return out


class Writer:
    """Writes a new cache beside the old one: the old log first, if any, then new commits; `keep` puts it in place."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._digest = hashlib.blake2b(digest_size=16)
        self._length = 0
        self._deflate = zlib.compressobj(1)
        # The log comes before the header is complete, so it waits in a file of its own.
        self._log = TemporaryFile("w+b", dir=folder)  # noqa: SIM115 (closed by __exit__)
        if old is not None:
            with old.open("rb") as file:
                file.readline()
                while block := file.read(_BLOCK):
                    self._put(block)

    def _put(self, block: bytes) -> None:
        self._log.write(block)
        self._digest.update(block)
        self._length += len(block)

    def write(self, log: bytes) -> None:
        """Adds to the log."""
        self._put(self._deflate.compress(log))

    def keep(self, parser: str, git: str, tip: str, options: str, commits: int) -> Path:
        """Finishes the file and puts it in place at once, so that no reader sees half of it. Returns its path."""
        self._put(self._deflate.flush())
        head = Header(parser, git, tip, options, commits, self._length, self._digest.hexdigest())
        self._log.seek(0)
        with NamedTemporaryFile("wb", dir=self._folder, prefix=NAME, suffix=".new", delete=False) as new:
            try:
                new.write(json.dumps(asdict(head), sort_keys=True).encode() + b"\n")
                while block := self._log.read(_BLOCK):
                    new.write(block)
                new.close()
                Path(new.name).replace(self._folder / NAME)
            except BaseException:
                Path(new.name).unlink(missing_ok=True)
                raise
        return self._folder / NAME

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._log.close()


@contextmanager
def contents(path: Path) -> Iterator[Contents]:
    """The log in a cache, while the block runs."""
    with path.open("rb") as file:
        file.readline()
        yield Contents(file)
