"""A running Git command: its streams, its errors, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BufferedWriter
from subprocess import Popen, TimeoutExpired
from threading import Thread
from typing import cast

from knowledge_garden.history.errors import HistoryError


class GitFailedError(HistoryError):
    """A Git command failed; `stderr` is what Git said."""

    def __init__(self, command: str, stderr: str) -> None:
        super().__init__(f"git {command} failed: {stderr.strip() or 'no message'}")
        self.stderr = stderr


class Conversation:
    """Both ends of a running Git command."""

    def __init__(self, stdin: BufferedWriter, stdout: BufferedReader) -> None:
        self._stdin = stdin
        self._stdout = stdout

    def say(self, line: bytes) -> None:
        """Sends bytes at once."""
        self._stdin.write(line)
        self._stdin.flush()

    def read(self, size: int, /) -> bytes:
        """What has come, up to `size` bytes; waits for the first; b"" at the end."""
        return self._stdout.read1(size)


@contextmanager
def attended(process: Popen[bytes], command: str) -> Iterator[None]:
    """Reads a process's error output while the block runs, and ends the process with it.

    Raises `GitFailedError` where Git failed, also instead of a `HistoryError` of the block: output that ends too early
    may be Git's own failure, which then says more than its reader can.
    """
    stdout, stderr = cast("BufferedReader", process.stdout), cast("BufferedReader", process.stderr)
    errors: list[bytes] = []
    drain = Thread(target=lambda: errors.append(stderr.read()), daemon=True)
    drain.start()
    try:
        yield
        status = process.wait()
    except HistoryError:
        try:
            status = process.wait(timeout=1)
        except TimeoutExpired:
            status = 0
        if not status:
            raise
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        drain.join()
        stdout.close()
        stderr.close()
    if status:
        raise GitFailedError(command, b"".join(errors).decode("utf-8", "replace"))
