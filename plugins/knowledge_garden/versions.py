"""What the keys of kept values say of the code that made them: this package's own files, and the libraries' versions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from knowledge_garden.store import key_of

_PACKAGE = Path(__file__).parent
_FUNCTIONS = ("markdown", "pymdownx", "material")  # of libraries whose versions are in every key


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


def described(value: object) -> Iterator[str]:
    """A setting as texts that two settings share only if they are equal. Raises ValueError where it can't be told."""
    if value is None or isinstance(value, str | int | float):
        yield f"{type(value).__name__} {value!r}"
    elif isinstance(value, Mapping):
        yield f"mapping {len(value)}"
        for key, item in value.items():
            yield from (*described(key), *described(item))
    elif isinstance(value, list | tuple):
        yield f"list {len(value)}"
        for item in value:
            yield from described(item)
    elif isinstance(value, partial):
        yield "partial"
        yield from (*described(value.func), *described(value.args), *described(value.keywords))
    elif callable(value) and str(getattr(value, "__module__", "")).partition(".")[0] in _FUNCTIONS:
        name = getattr(value, "__qualname__", "")
        if not name or "<" in name:  # a function made by another holds what it was made with
            raise ValueError(f"{value!r} has no name that tells all of it")
        yield f"function {value.__module__}.{name}"
    else:
        raise ValueError(f"{value!r} is not a plain setting")


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
