"""Finds the files of the content folder and reads their text; what can't be read safely becomes a problem."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge_garden.model.problems import Problem, problem

SIZE_LIMIT = 1_000_000  # bytes of one Markdown or YAML file
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what site generators read as Markdown; a garden has .md


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the content; `path` is relative to the content folder, with forward slashes."""

    path: str
    place: Path

    @property
    def is_text(self) -> bool:
        return self.path.endswith(".md")


def find_files(root: Path, name: Callable[[str], str]) -> tuple[list[FoundFile], list[Problem]]:
    """All files under `root`, sorted by path, symbolic links left out. `name` makes a problem's path of a file's path.

    Hidden files and folders are passed over, as MkDocs does.
    """
    found: list[FoundFile] = []
    problems: list[Problem] = []

    def fail(error: OSError) -> None:
        where = Path(error.filename).relative_to(root).as_posix() if error.filename else ""
        problems.append(problem("unreadable-file", name(where), 0, f"The folder can't be read: {error.strerror}."))

    for folder, folders, files in os.walk(root, onerror=fail):
        base = Path(folder)
        for entry in sorted((*folders, *files)):
            place = base / entry
            path = place.relative_to(root).as_posix()
            if entry.startswith("."):
                continue
            if not path.isprintable():
                shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                shown = "".join(each if each.isprintable() else "\ufffd" for each in shown)
                message = f"The name of {shown} holds characters that can't be shown; it is not published."
                problems.append(problem("bad-slug", name(shown), 0, message))
            elif place.is_symlink():
                message = f"{path} is a symbolic link to {place.readlink()}; what it points to is not published."
                problems.append(problem("symlink", name(path), 0, message))
            elif entry in files and place.suffix != ".md" and place.suffix.lower() in _MARKDOWN:
                message = f"{entry} does not end in .md; it is not published."
                problems.append(problem("bad-slug", name(path), 0, message, f"Rename it to {place.stem}.md."))
            elif entry in files:
                found.append(FoundFile(path, place))
        folders[:] = sorted(each for each in folders if _may_enter(base / each))
    return sorted(found, key=lambda each: each.path), problems


def _may_enter(folder: Path) -> bool:
    return folder.name.isprintable() and not folder.name.startswith(".") and not folder.is_symlink()


def hash_of(place: Path, where: str) -> dict[str, str]:
    """{`where`: SHA-256 of the file's bytes}; empty where it can't be read, which reading its text reports."""
    try:
        return {where: hashlib.sha256(place.read_bytes()).hexdigest()}
    except OSError:
        return {}


def hash_of_all(files: Iterable[tuple[Path, str]], where: str) -> dict[str, str]:
    """{`where`: one SHA-256 of many files}: of the lines `sha256sum` writes of them in their order. Empty for no files."""
    hashes = {path: digest for place, path in files for path, digest in hash_of(place, path).items()}
    lines = "".join(f"{digest}  {path}\n" for path, digest in hashes.items())
    return {where: hashlib.sha256(lines.encode()).hexdigest()} if hashes else {}


def read_text(place: Path, where: str) -> tuple[str | None, list[Problem]]:
    """The text of a file with Unix line endings and without byte-order mark; None where it can't be used."""
    try:
        size = place.stat().st_size
        if size > SIZE_LIMIT:
            message = f"The file has {size:,} bytes; {SIZE_LIMIT:,} are the most."
            return None, [problem("too-large", where, 0, message)]
        data = place.read_bytes()
    except OSError as error:
        return None, [problem("unreadable-file", where, 0, f"The file can't be read: {error.strerror}.")]
    problems = list(_encoding_problems(data, where))
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"Byte {error.object[error.start]:#04x} is not UTF-8."
        return None, [problem("not-utf8", where, line, message)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        problems.append(problem("empty-file", where, 0, "The file is empty."))
        return None, problems
    return text, problems


def _encoding_problems(data: bytes, where: str) -> Iterator[Problem]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield problem("byte-order-mark", where, 1, "The file begins with a byte-order mark.")
    if b"\r\n" in data:
        line = data.count(b"\n", 0, data.index(b"\r\n")) + 1
        yield problem("windows-newlines", where, line, "Lines end with CRLF.")
