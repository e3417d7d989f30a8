"""The site folder from one build to the next: files that are still right stay where they are, all others go."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection
from pathlib import Path

# MkDocs empties the site folder at the beginning of each build, all but what begins with a dot.
_ASIDE = ".garden-kept"


class KeptSite:
    """The folder of the site, `folder`. What an earlier build left there is believed only by the digest of its bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._aside = folder / _ASIDE

    def set_aside(self) -> None:
        """Put what is there where MkDocs does not remove it; with what a build that was killed had put there."""
        if not self._folder.is_dir():
            return
        self._aside.mkdir(exist_ok=True)
        for entry in list(self._folder.iterdir()):
            if entry.name.startswith("."):
                continue
            older = self._aside / entry.name
            if older.exists():
                _remove(older)
            entry.rename(older)

    def put_back(self) -> None:
        """Put back what was set aside, as far as nothing else has taken its place."""
        if not self._aside.is_dir():
            return
        for entry in list(self._aside.iterdir()):
            if not (self._folder / entry.name).exists():
                entry.rename(self._folder / entry.name)
        _remove(self._aside)

    def discard(self) -> None:
        """Remove what a build that was killed had set aside."""
        _remove(self._aside)

    def digest(self, path: str) -> bytes | None:
        """The digest of a file of the site; None where there is none."""
        try:
            return digest_of((self._folder / path).read_bytes())
        except OSError:
            return None

    def has(self, path: str, data: bytes) -> bool:
        """Whether a file of the site has these bytes."""
        file = self._folder / path
        try:
            return file.stat().st_size == len(data) and file.read_bytes() == data
        except OSError:
            return False

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        (self._folder / path).unlink(missing_ok=True)

    def remove_others(self, paths: Collection[str]) -> None:
        """Remove all files but those of `paths`, and folders that are empty then; what begins with a dot at the top stays."""
        wanted = set(paths)
        folders = {""} | {path[:end] for path in wanted for end in range(len(path)) if path[end] == "/"}
        self._remove_others(self._folder, "", wanted, folders)

    def _remove_others(self, folder: Path, prefix: str, wanted: set[str], folders: set[str]) -> None:
        for entry in list(folder.iterdir()):
            path = f"{prefix}{entry.name}"
            if not prefix and entry.name.startswith("."):
                continue
            if entry.is_dir() and not entry.is_symlink():
                if path in folders:
                    self._remove_others(entry, f"{path}/", wanted, folders)
                else:
                    _remove(entry)
            elif path not in wanted:
                entry.unlink()


def digest_of(data: bytes) -> bytes:
    """What a file's bytes are told by."""
    return hashlib.blake2b(data, digest_size=20).digest()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
