"""Finds the repository, asks it what must be known before the walk, and runs Git so that no configuration interferes.

Git reads its configuration from many places, and much of it changes what a log says. All commands but the first
questions therefore run in a *clean room*: an empty Git directory of our own, in a temporary folder, that borrows the
repository's objects and nothing else. Its configuration, grafts, replacements, attributes, mailmap, index and
work tree are empty, whatever those of the repository and of the user hold. No network: missing objects stay missing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import BinaryIO

from git import Git
from git.exc import GitCommandError

from knowledge_garden.history.errors import HistoryError

_QUIET = {
    "LC_ALL": "C.UTF-8",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_COUNT": "0",
    "GIT_CONFIG_PARAMETERS": "",
    "GIT_EXTERNAL_DIFF": "",
    "GIT_DIFF_OPTS": "",
    "GIT_NAMESPACE": "",
    "GIT_GRAFT_FILE": os.devnull,
}


class GitFailed(HistoryError):
    """A Git command failed; `stderr` is what Git said."""

    def __init__(self, command: str, stderr: str) -> None:
        super().__init__(f"git {command} failed: {stderr.strip() or 'no message'}")
        self.stderr = stderr


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
    found = locate(path)
    return found.top if found else None


def foreign(repository: Repository) -> Path | None:
    """The folder that belongs to another user, when Git itself would refuse the repository for it; else None.

    Git's own check looks at the owner of the Git directory and of the work tree, then at `safe.directory` of the
    user and the system. It can't be asked here, since naming the Git directory, as we do, switches it off.
    """
    owner = getattr(os, "geteuid", None)
    if owner is None:
        return None
    me = owner()
    suspect = [
        folder for folder in (repository.top, repository.git_dir) if folder.exists() and folder.stat().st_uid != me
    ]
    if not suspect:
        return None
    allowed: list[str] = []
    with TemporaryDirectory() as empty:
        status, out, _ = Git(empty).execute(
            [*_git(), "config", "--null", "--get-all", "safe.directory"],
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            env={"GIT_DIR": str(Path(empty) / "none")},
        )
    for entry in out.decode("utf-8", "surrogateescape").split("\0")[:-1] if status == 0 else ():
        allowed = [*allowed, entry] if entry else []
    top = str(repository.top)
    if any(e == "*" or e.rstrip("/") == top or (e.endswith("/*") and top.startswith(e[:-1])) for e in allowed):
        return None
    return suspect[0]


def _git() -> list[str]:
    return [str(Git.GIT_PYTHON_GIT_EXECUTABLE), "--no-pager", "--no-replace-objects"]


@dataclass(frozen=True, slots=True)
class Room:
    """Runs Git in one Git directory, with a fixed environment, from an empty folder."""

    folder: Path
    git_dir: Path
    environment: dict[str, str]

    def run(self, *arguments: str, stdin: bytes | None = None) -> bytes:
        """Standard output of a Git command. Raises `GitFailed`."""
        options = {"stdout_as_string": False, "strip_newline_in_stdout": False, "env": self.environment}
        command = [*_git(), f"--git-dir={self.git_dir}", *arguments]
        try:
            if stdin is None:
                return bytes(Git(str(self.folder)).execute(command, **options))
            source = self.folder / "stdin"
            source.write_bytes(stdin)
            with source.open("rb") as handle:
                return bytes(Git(str(self.folder)).execute(command, istream=handle, **options))
        except GitCommandError as failure:
            raise GitFailed(arguments[0], str(failure.stderr)) from failure

    @contextmanager
    def stream(self, *arguments: str) -> Iterator[BinaryIO]:
        """Standard output of a long Git command, to be read to its end. Raises `GitFailed` at the end of the block."""
        process = Git(str(self.folder)).execute(
            [*_git(), f"--git-dir={self.git_dir}", *arguments], as_process=True, env=self.environment
        )
        errors: list[bytes] = []
        drain = Thread(target=lambda: errors.append(process.stderr.read()), daemon=True)
        drain.start()
        try:
            yield process.stdout
            drain.join()
            status = process.proc.wait()
        finally:
            if process.proc.poll() is None:
                process.proc.kill()
            drain.join()
            process.stdout.close()
        if status:
            raise GitFailed(arguments[0], b"".join(errors).decode("utf-8", "replace"))


@contextmanager
def rooms(repository: Repository) -> Iterator[tuple[Room, Room]]:
    """(the repository's own room, for questions about its refs; the clean room, for all else), while the block runs."""
    with TemporaryDirectory(prefix="knowledge-garden-") as name:
        folder = Path(name)
        desk, bare = folder / "desk", folder / "git"
        for part in (desk, bare / "objects", bare / "refs"):
            part.mkdir(parents=True)
        common = repository.common_dir
        real = {"GIT_COMMON_DIR": str(common), "GIT_SHALLOW_FILE": str(common / "shallow")}
        own = Room(desk, repository.git_dir, {**_QUIET, **real})
        kind = own.run("rev-parse", "--show-object-format").decode().strip()
        (bare / "HEAD").write_text("ref: refs/heads/none\n")
        (bare / "config").write_text(
            f"[core]\nrepositoryformatversion = 1\nbare = true\n[extensions]\nobjectFormat = {kind}\n"
        )
        borrowed = {"GIT_OBJECT_DIRECTORY": str(common / "objects"), "GIT_WORK_TREE": str(desk)}
        emptied = {"GIT_COMMON_DIR": str(bare), "GIT_SHALLOW_FILE": str(bare / "shallow")}
        yield own, Room(desk, bare, {**_QUIET, **borrowed, **emptied})
