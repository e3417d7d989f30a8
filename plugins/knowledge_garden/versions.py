"""What the keys of kept values say of the code that made them: this package's own files, and the libraries' versions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from knowledge_garden.store import key_of

_PACKAGE = Path(__file__).parent


@cache
def code_version(*parts: str) -> bytes:
    """A digest of the files of this package, or of some parts of it ("reading", "hints.py"): their names and bytes."""
    files = sorted(file for part in parts or (".",) for file in _files(_PACKAGE / part))
    return key_of(*(data for file in files for data in (file.relative_to(_PACKAGE).as_posix(), file.read_bytes())))


@cache
def library_versions(*names: str) -> str:
    """The versions of Python and of some distributions; those that are not installed have none."""
    return " ".join([sys.version, *(f"{name} {_version(name)}" for name in names)])


def files_digest(folders: Iterable[Path]) -> bytes:
    """A digest of all files in some folders: their names and bytes."""
    files = [(folder, file) for folder in folders for file in sorted(_files(folder))]
    return key_of(
        *(data for folder, file in files for data in (file.relative_to(folder).as_posix(), file.read_bytes()))
    )


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in path.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
