"""Keeps what `git log` said, so that a later build asks only for the commits that are new.

The cache is Git's own words, compressed, behind one line of JSON that says what they are. Nothing in it has been
interpreted: identities, pages, roles and dates are worked out anew each time, so an edit of `.mailmap` or of
`garden.yml` needs no new walk, and a walk from the cache gives the same result as one from Git.

File: a header line {"parser", "git", "tip", "options", "commits", "bytes", "digest"}, then zlib streams end to end.
`bytes` is the length of those streams, and `digest` their BLAKE2b, so a cut or changed file is known before it is used.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BufferedReader
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import BinaryIO, Final, Protocol, Self

NAME: Final = "history.cache"
_BLOCK: Final = 1 << 18


class CacheUnreadableError(Exception):
    """The cache can't be used as it is; the text says why. It will be written anew."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the words in a cache are."""

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
            found = Header(**json.loads(line))
            digest = hashlib.blake2b(digest_size=16)
            length = 0
            while block := file.read(_BLOCK):
                digest.update(block)
                length += len(block)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as failure:
        raise CacheUnreadableError(f"it cannot be read ({type(failure).__name__})") from failure
    if (length, digest.hexdigest()) != (found.bytes, found.digest):
        raise CacheUnreadableError("its bytes are not those that were written")
    return found


class Words:
    """Git's words out of a file of zlib streams, as a stream to read: `read(size)` gives up to about `size` bytes."""

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


class Sink(Protocol):
    """Takes the words of `git log` as they come."""

    def write(self, words: bytes) -> None:
        """Takes some."""


class Copying:
    """A pipe that hands on what it reads, and gives a copy to a sink, if any."""

    def __init__(self, stream: BufferedReader, sink: Sink | None) -> None:
        self._stream = stream
        self._sink = sink
        self.failure: OSError | None = None
        """Why the sink took no more; the stream itself goes on."""

    def read(self, size: int) -> bytes:
        """The next bytes, b"" at the end."""
        block = self._stream.read(size)
        if self._sink is not None:
            try:
                self._sink.write(block)
            except OSError as failure:
                self._sink, self.failure = None, failure
        return block


class Writer:
    """Writes a new cache beside the old one: the old words first, if any, then the new ones; `keep` puts it in place."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._digest = hashlib.blake2b(digest_size=16)
        self._length = 0
        self._deflate = zlib.compressobj(1)
        # Words come before the header is known, so they wait in a file of their own.
        self._words = TemporaryFile("w+b", dir=folder)  # noqa: SIM115 (closed by __exit__)
        if old is not None:
            with old.open("rb") as file:
                file.readline()
                while block := file.read(_BLOCK):
                    self._put(block)

    def _put(self, block: bytes) -> None:
        self._words.write(block)
        self._digest.update(block)
        self._length += len(block)

    def write(self, words: bytes) -> None:
        """Takes new words."""
        self._put(self._deflate.compress(words))

    def keep(self, parser: str, git: str, tip: str, options: str, commits: int) -> Path:
        """Finishes the file and puts it in place at once, so that no reader sees half of it. Returns its path."""
        self._put(self._deflate.flush())
        head = Header(parser, git, tip, options, commits, self._length, self._digest.hexdigest())
        self._words.seek(0)
        with NamedTemporaryFile("wb", dir=self._folder, prefix=NAME, suffix=".new", delete=False) as new:
            try:
                new.write(json.dumps(asdict(head), sort_keys=True).encode() + b"\n")
                while block := self._words.read(_BLOCK):
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
        self._words.close()


@contextmanager
def words(path: Path) -> Iterator[Words]:
    """Git's words in a cache, while the block runs."""
    with path.open("rb") as file:
        file.readline()
        yield Words(file)
