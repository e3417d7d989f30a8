"""Finds the repository that holds a path, by looking at folders alone: needs no Git, and runs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Repository:
    """Where a repository keeps things. All paths are absolute."""

    top: Path
    """The work tree's top folder; the Git directory itself for a bare repository."""
    git_dir: Path
    """`.git`, or a linked work tree's own folder in it."""

    @property
    def common_dir(self) -> Path:
        """The folder with the objects, shared by all work trees."""
        pointer = self.git_dir / "commondir"
        if not pointer.is_file():
            return self.git_dir
        return (self.git_dir / pointer.read_text("utf-8").strip()).resolve()

    def cache_folder(self, asked: Path) -> Path:
        """The folder for a cache that the caller wants at `asked`: the Git directory's own where that is in the work tree.

        Anybody whose files are taken into the work tree, tracked or not, could put a forged cache there. What is in
        the Git directory comes from nobody else: no clone, pull or checkout writes there, and whoever can might as
        well rewrite the history.
        """
        top = self.top.resolve()
        if asked.absolute().is_relative_to(self.top) or asked.resolve().is_relative_to(top):
            return self.git_dir / "knowledge-garden"
        return asked


def locate(path: Path) -> Repository | None:
    """The repository that holds `path` (a file or folder), or None. Follows the `.git` file of a work tree or submodule.

    Looks at the folders alone, so a `GIT_DIR` left by a hook cannot lead elsewhere.
    """
    start = path.resolve()
    for folder in (start, *start.parents):
        marker = folder / ".git"
        if _is_git_dir(marker):
            return Repository(folder, marker.resolve())
        if marker.is_file():
            text = marker.read_text("utf-8", errors="surrogateescape").strip()
            if text.startswith("gitdir:"):
                return Repository(folder, (folder / text.removeprefix("gitdir:").strip()).resolve())
        if _is_git_dir(folder):
            return Repository(folder, folder)
    return None


def _is_git_dir(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def find_repository(path: Path) -> Path | None:
    """The top folder of the repository that holds `path` (for a bare one, its Git directory); None when there is none."""
    repository = locate(path)
    return repository.top if repository else None


def store_folder(content: Path, asked: Path | None) -> Path | None:
    """Where builds of the content folder may keep things, wanted at `asked`; None for nowhere.

    Without a repository nobody can tell who else writes beside the content, so nothing is kept there.
    """
    repository = locate(content)
    return repository.cache_folder(asked) if repository and asked is not None else None
