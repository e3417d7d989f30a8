"""Runs Git so that no configuration, of the user or of the repository, can change its output.

Git reads its configuration from many places, and much of it changes the log. All commands but the first
questions therefore run in an *isolated environment*: an empty Git directory of our own, in a temporary folder, that borrows the
repository's objects and nothing else. Its configuration, grafts, replacements, attributes, mailmap, index and
work tree are empty, whatever those of the repository and of the user hold. No network: missing objects stay missing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedReader, BufferedWriter
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from typing import Final, cast

from knowledge_garden.history.process import Conversation, GitFailedError, attended
from knowledge_garden.history.repository import Repository

if sys.platform == "linux":
    from fcntl import F_SETPIPE_SZ, fcntl

try:
    from git import Git
except ImportError:  # GitPython says so when there is no `git` to run; `installed` reports it.
    Git = None  # type: ignore[assignment, misc]

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

_AHEAD: Final = 1 << 20
"""Bytes that a command started early may write before anybody reads them."""


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


def installed() -> bool:
    """Whether Git and GitPython are there."""
    return Git is not None


def version(git: GitEnvironment) -> str:
    """Git's version."""
    return git.run("version").decode().split()[2]


@dataclass(frozen=True, slots=True)
class GitEnvironment:
    """Runs Git in one Git directory, with a fixed environment, from an empty folder."""

    folder: Path
    git_dir: Path
    environment: dict[str, str]
    _started: dict[tuple[str, ...], Popen[bytes]] = field(default_factory=dict)

    def start(self, *arguments: str) -> None:
        """Starts a command that is to be run, asked or streamed later: Git works on it meanwhile."""
        process = self._started[arguments] = self._launched(arguments)
        if sys.platform == "linux" and process.stdout is not None:
            # So Git need not wait for its reader soon; a system without larger pipes works as well.
            with suppress(OSError):
                fcntl(process.stdout, F_SETPIPE_SZ, _AHEAD)

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Standard output of a Git command. Raises `GitFailedError`."""
        status, out, errors = self.ask(*arguments, stdin=stdin)
        if status:
            raise GitFailedError(arguments[0], errors)
        return out

    def ask(self, *arguments: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
        """(exit code, standard output, standard error) of a Git command that may fail."""
        process = self._process(arguments)
        out, errors = process.communicate(stdin)
        return process.returncode, out, errors.decode("utf-8", "replace")

    def holds(self, *arguments: str) -> bool:
        """Whether a Git command that answers by its exit code says yes. A name Git does not know is a no."""
        return self.ask(*arguments)[0] == 0

    def close(self) -> None:
        """Ends what was started and is no longer needed."""
        while self._started:
            _, process = self._started.popitem()
            with process:  # which closes its pipes and waits for its end
                process.kill()

    def _process(self, arguments: tuple[str, ...]) -> Popen[bytes]:
        return self._started.pop(arguments, None) or self._launched(arguments)

    def _launched(self, arguments: tuple[str, ...]) -> Popen[bytes]:
        command = [*_git(), f"--git-dir={self.git_dir}", *arguments]
        running = Git(str(self.folder)).execute(command, istream=PIPE, as_process=True, env=self.environment)
        # The one place that reaches into GitPython. Its wrapper has no streams that can be handed on and timed, and
        # kills the process as soon as nothing refers to the wrapper; so the process itself is taken out of it.
        process, running.proc = running.proc, None
        if process is None:
            raise GitFailedError(arguments[0], "it could not be started")
        return process

    @contextmanager
    def stream(self, *arguments: str) -> Iterator[BufferedReader]:
        """Standard output of a long Git command, to be read to its end. Raises `GitFailedError` at the end of the block."""
        process = self._process(arguments)
        cast("BufferedWriter", process.stdin).close()
        with attended(process, arguments[0]):
            yield cast("BufferedReader", process.stdout)

    @contextmanager
    def conversation(self, *arguments: str) -> Iterator[Conversation]:
        """A Git command that answers what it is sent, while the block runs. Raises `GitFailedError` when it fails."""
        process = self._process(arguments)
        # Git may end before it has read all: then its exit code says why.
        with (
            attended(process, arguments[0]),
            suppress(BrokenPipeError),
            cast("BufferedWriter", process.stdin) as stdin,
        ):
            yield Conversation(stdin, cast("BufferedReader", process.stdout))


@contextmanager
def own_environment(repository: Repository) -> Iterator[GitEnvironment]:
    """The repository's own environment, for questions about its refs and remotes, while the block runs."""
    with TemporaryDirectory(prefix="knowledge-garden-") as name:
        own = GitEnvironment(Path(name), repository.git_dir, {**_QUIET, "GIT_COMMON_DIR": str(repository.common_dir)})
        try:
            yield own
        finally:
            own.close()


@contextmanager
def environments(
    repository: Repository, revision: str
) -> Iterator[tuple[GitEnvironment, GitEnvironment, str | None, bool]]:
    """(the repository's own environment, for questions about its refs; the isolated environment, for all else; the full name of the
    revision's commit, if there is one; whether the repository is shallow), while the block runs."""
    with TemporaryDirectory(prefix="knowledge-garden-") as name, ExitStack() as stack:
        folder = Path(name)
        desk, bare = folder / "desk", folder / "git"
        for part in (desk, bare / "objects", bare / "refs"):
            part.mkdir(parents=True)
        common = repository.common_dir
        real = {"GIT_COMMON_DIR": str(common), "GIT_SHALLOW_FILE": str(common / "shallow")}
        real["GIT_OBJECT_DIRECTORY"] = str(common / "objects")
        borrowed = {"GIT_OBJECT_DIRECTORY": str(common / "objects"), "GIT_WORK_TREE": str(desk)}
        emptied = {"GIT_COMMON_DIR": str(bare), "GIT_SHALLOW_FILE": str(bare / "shallow")}
        own = GitEnvironment(desk, repository.git_dir, {**_QUIET, **real})
        clean = GitEnvironment(desk, bare, {**_QUIET, **borrowed, **emptied})
        stack.callback(own.close)
        stack.callback(clean.close)
        own.start("version")
        # One process for three questions; it fails for an unknown revision after it has answered the other two.
        questions = ("--show-object-format", "--is-shallow-repository", "--verify", "--quiet", "--end-of-options")
        _, out, errors = own.ask("rev-parse", *questions, f"{revision}^{{commit}}")
        kind, shallow, tip, *_ = (*out.decode().split("\n"), "", "", "")
        if not shallow:
            raise GitFailedError("rev-parse", errors)
        (bare / "HEAD").write_text("ref: refs/heads/none\n")
        (bare / "config").write_text(
            f"[core]\nrepositoryformatversion = 1\nbare = true\n[extensions]\nobjectFormat = {kind}\n"
        )
        yield own, clean, tip or None, shallow == "true"
