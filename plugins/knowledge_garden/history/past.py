"""Texts of earlier versions of a few files, such as charters, from Git's objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from knowledge_garden.history import environment
from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.notices import notice
from knowledge_garden.history.process import GitFailedError
from knowledge_garden.history.repository import locate
from knowledge_garden.model.contributions import Notice

Version = tuple[str, str]  # full name of a commit, path from the repository's top

MOST_VERSIONS: Final = 20_000
"""More are not read: the first ones asked for are."""
LARGEST: Final = 1 << 20
"""Bytes of a text; larger ones are passed over, as no file of the content may be larger either."""
_AT_ONCE: Final = 1 << 24
"""Bytes of texts that are read at once."""


def read_texts(repository: Path, wanted: Sequence[Version]) -> tuple[dict[Version, str], tuple[Notice, ...]]:
    """The texts of files at commits, and what went wrong. A version without the file, or that is not UTF-8, has none."""
    located = locate(repository)
    if located is None or not wanted:
        return {}, ()
    asked = [version for version in wanted if "\n" not in version[1]][:MOST_VERSIONS]
    texts: dict[str, str] = {}
    try:
        with environment.environments(located, "HEAD") as (_, git, _tip, _shallow):
            blobs = _blobs(git, asked)
            for part in _parts(dict(blobs.values())):
                texts |= _read(git, part)
    except GitFailedError as failure:
        return {}, (notice("past-unreadable", detail=failure.stderr.replace(str(located.top), "…")),)
    return {version: texts[name] for version, (name, _) in blobs.items() if name in texts}, ()


def _blobs(git: GitEnvironment, versions: Sequence[Version]) -> dict[Version, tuple[str, int]]:
    """Version → name and size of its text, where the commit has the file and it is not too large."""
    names = "".join(f"{commit}:{path}\n" for commit, path in versions)
    answers = git.run("cat-file", "--batch-check", stdin=names.encode("utf-8", "surrogateescape")).split(b"\n")
    blobs: dict[Version, tuple[str, int]] = {}
    for version, answer in zip(versions, answers, strict=False):
        name, _, about = answer.partition(b" ")
        kind, _, size = about.partition(b" ")
        if kind == b"blob" and size.isdigit() and int(size) <= LARGEST:
            blobs[version] = name.decode(), int(size)
    return blobs


def _parts(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Names of texts in groups that are read at once."""
    part: list[str] = []
    size = 0
    for name, of_name in sizes.items():
        part.append(name)
        size += of_name
        if size >= _AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _read(git: GitEnvironment, names: Sequence[str]) -> dict[str, str]:
    """Name of a blob → its text."""
    answer = git.run("cat-file", "--batch", stdin="".join(f"{name}\n" for name in names).encode())
    texts: dict[str, str] = {}
    position = 0
    for name in names:
        end = answer.find(b"\n", position)
        _, _, size = answer[position:end].rpartition(b" ")
        if end < 0 or not size.isdigit() or end + 1 + int(size) > len(answer):
            break  # an object whose header promises more than it holds
        content = answer[end + 1 : end + 1 + int(size)]
        position = end + 2 + int(size)
        with suppress(UnicodeDecodeError):
            texts[name] = content.decode("utf-8-sig")
    return texts
