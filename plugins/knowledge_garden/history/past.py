"""Texts of earlier versions of a few files, such as charters, from Git's objects."""

from __future__ import annotations

from collections.abc import Sequence
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
_AT_ONCE: Final = 200


def read_texts(repository: Path, wanted: Sequence[Version]) -> tuple[dict[Version, str], tuple[Notice, ...]]:
    """The texts of files at commits, and what went wrong. A version without the file, or that is not UTF-8, has none."""
    located = locate(repository)
    if located is None or not wanted:
        return {}, ()
    asked = [version for version in wanted if "\n" not in version[1]][:MOST_VERSIONS]
    texts: dict[Version, str] = {}
    try:
        with environment.environments(located, "HEAD") as (_, git, _tip, _shallow):
            for start in range(0, len(asked), _AT_ONCE):
                texts |= _read(git, asked[start : start + _AT_ONCE])
    except GitFailedError as failure:
        return texts, (notice("past-unreadable", detail=failure.stderr.replace(str(located.top), "…")),)
    return texts, ()


def _read(git: GitEnvironment, versions: Sequence[Version]) -> dict[Version, str]:
    names = "".join(f"{commit}:{path}\n" for commit, path in versions)
    answer = git.run("cat-file", "--batch", stdin=names.encode("utf-8", "surrogateescape"))
    texts: dict[Version, str] = {}
    position = 0
    for version in versions:
        end = answer.index(b"\n", position)
        about = answer[position:end].rsplit(b" ", 2)
        position = end + 1
        if len(about) < 3 or not about[2].isdigit():
            continue  # "… missing", "… ambiguous": the commit does not have the file
        size = int(about[2])
        content = answer[position : position + size]
        position += size + 1
        if about[1] == b"blob" and size <= LARGEST:
            try:
                texts[version] = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                continue
    return texts
