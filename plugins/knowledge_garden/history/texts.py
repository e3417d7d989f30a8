"""Reads texts out of the repository: whether an edit changed formatting alone, and how many words it added and removed."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final

from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.errors import HistoryError
from knowledge_garden.history.log import Change, RawCommit
from knowledge_garden.history.process import Conversation

FORMATTED: Final = b"F"
"""Status of a change that left every word of a text as it was. Git has no such status."""
MOST_BYTES: Final = 256 * 1024
"""A longer text is not compared: it counts as edited."""
MOST_COMPARED: Final = 200_000
"""Edits that are compared in one history; further ones count as edits."""
_SUFFIXES: Final = (b".md", b".markdown")
_REGULAR: Final = b"100"
_TOGETHER: Final = 50
"""Texts asked for at a time, so that neither side waits for the other with a full pipe."""
_BULLET: Final = re.compile(rb"^[ \t]*(?:[-+*][ \t]+|#{1,6}[ \t]+|>[ \t]?)+", re.MULTILINE)
_MARKS: Final = re.compile(rb"[*_`\\]+|[ \t]+#+[ \t]*$", re.MULTILINE)
_WORD: Final = re.compile(r"\w+")


class Blobs:
    """Texts of a repository by their names, from one process that answers for all of them."""

    def __init__(self, start: Callable[[], Conversation]) -> None:
        """`start` starts the process, when a text is first asked for."""
        self._conversation = functools.cache(start)
        self._rest = b""

    def read(self, names: Sequence[bytes]) -> list[bytes | None]:
        """The texts, in order; None for one that is missing or too long."""
        texts: list[bytes | None] = []
        for start in range(0, len(names), _TOGETHER):
            part = names[start : start + _TOGETHER]
            self._conversation().say(b"".join(name + b"\n" for name in part))
            texts += [self._answer() for _ in part]
        return texts

    def _answer(self) -> bytes | None:
        head = self._until_newline().split(b" ")
        if len(head) != 3:
            return None  # "<name> missing"
        size = int(head[2])
        text = self._take(size + 1)[:-1]
        return text if head[1] == b"blob" and size <= MOST_BYTES else None

    def _until_newline(self) -> bytes:
        while b"\n" not in self._rest:
            self._more()
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def _take(self, size: int) -> bytes:
        parts, length = [self._rest], len(self._rest)
        while length < size:
            self._rest = b""
            self._more()
            parts.append(self._rest)
            length += len(self._rest)
        whole = b"".join(parts)
        self._rest = whole[size:]
        return whole[:size]

    def _more(self) -> None:
        block = self._conversation().read(1 << 16)
        if not block:
            raise HistoryError("a text ends too early")
        self._rest += block


class FormattingFinder:
    """Marks the edits of Markdown files that left every word as it was. A commit from the cache is marked already."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._compared = 0

    def completed(self, commit: RawCommit) -> RawCommit:
        """The commit, with `FORMATTED` as the status of such edits."""
        edits = [number for number, change in enumerate(commit.changes) if _is_edit(change)]
        self._compared += len(edits)
        if not edits or self._compared > MOST_COMPARED:
            return commit
        names = [
            name for number in edits for name in (commit.changes[number].old_blob, commit.changes[number].new_blob)
        ]
        texts = self._blobs.read(names)
        changes = list(commit.changes)
        for number, old, new in zip(edits, texts[::2], texts[1::2], strict=True):
            if old is not None and new is not None and only_formatting(old, new):
                changes[number] = changes[number]._replace(status=FORMATTED)
        return commit._replace(changes=changes)


def _is_edit(change: Change) -> bool:
    regular = change.old_mode[:3] == change.new_mode[:3] == _REGULAR
    return (
        change.status == b"M"
        and regular
        and change.path.lower().endswith(_SUFFIXES)
        and change.old_blob != change.new_blob
    )


def only_formatting(old: bytes, new: bytes) -> bool:
    """Whether two Markdown texts differ in white space, bullets, headings and emphasis alone."""
    return _bare(old) == _bare(new)


def _bare(text: bytes) -> bytes:
    return b"".join(_MARKS.sub(b"", _BULLET.sub(b"", text)).split())


def words_changed(old: bytes, new: bytes) -> tuple[int, int]:
    """(words added, words removed) between two texts; a word that moved is neither."""
    before, after = (Counter(_WORD.findall(text.decode("utf-8", "replace").casefold())) for text in (old, new))
    return (after - before).total(), (before - after).total()


@contextmanager
def blob_reader(git: GitEnvironment) -> Iterator[Blobs]:
    """A reader of texts, while the block runs."""
    with ExitStack() as stack:
        yield Blobs(lambda: stack.enter_context(git.conversation("cat-file", "--batch")))


def sizes(blobs: Blobs, changes: Iterable[Change]) -> dict[str, tuple[int, int]]:
    """New path → (words added, words removed) by the changes of one commit; without those that can't be compared."""
    counted: dict[str, tuple[int, int]] = {}
    for change in changes:
        names = [name for name in (change.old_blob, change.new_blob) if name.strip(b"0")]
        texts = blobs.read(names)
        if all(text is not None for text in texts):
            read = dict(zip(names, texts, strict=True))
            old, new = (read.get(name) or b"" for name in (change.old_blob, change.new_blob))
            counted[change.new_path.decode("utf-8", "surrogateescape")] = words_changed(old, new)
    return counted
