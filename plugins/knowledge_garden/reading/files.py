"""Finds the files of the content folder and reads their text; what can't be read safely becomes a problem."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.reading.paths import is_harmless, wrong_file_name, wrong_folder_name

SIZE_LIMIT = 1_000_000  # bytes of one Markdown or YAML file
FILE_LIMIT = 50_000
DEPTH_LIMIT = 12  # folders in one another
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what site generators read as Markdown; a garden has .md
_KINDS = (
    (stat.S_ISFIFO, message("a named pipe")),
    (stat.S_ISSOCK, message("a socket")),
    (stat.S_ISBLK, message("a device")),
    (stat.S_ISCHR, message("a device")),
)


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A regular file of the content; `path` is relative to the content folder, with forward slashes. `size` in bytes."""

    path: str
    source: Path
    size: int

    @property
    def is_text(self) -> bool:
        return self.path.endswith(".md")


def find_files(root: Path, name: Callable[[str], str]) -> tuple[list[ContentFile], list[Problem]]:
    """All regular files under `root`, sorted by path. `name` makes a problem's path of a file's path.

    Hidden files and folders are passed over, as MkDocs does. Symbolic links, pipes, sockets and devices are reported
    and never opened.
    """
    walk = _Walk(root, name)
    walk.run()
    return sorted(walk.files, key=lambda file: file.path), walk.problems


def linked_folders(root: Path) -> list[str]:
    """Paths under `root` of the symbolic links to folders, sorted.

    MkDocs follows them while it collects files, even round in a circle, before any plugin sees one: ask beforehand.
    """
    links: list[str] = []
    for folder, folders, _ in os.walk(root):
        links += [
            Path(folder, inner).relative_to(root).as_posix() for inner in folders if Path(folder, inner).is_symlink()
        ]
    return sorted(links)


class _Walk:
    """One walk through the content folder."""

    def __init__(self, root: Path, name: Callable[[str], str]) -> None:
        self.root = root
        self.name = name
        self.files: list[ContentFile] = []
        self.problems: list[Problem] = []

    def run(self) -> None:
        for folder, folders, files in os.walk(self.root, onerror=self._unreadable):
            base = Path(folder)
            folders[:] = sorted(entry for entry in folders if self._may_enter(base / entry))
            for entry in sorted(files):
                if len(self.files) >= FILE_LIMIT:
                    self.report(
                        "too-many",
                        "",
                        message("The content has more than {limit} files; the rest is not read.", limit=FILE_LIMIT),
                    )
                    return
                self._file(base / entry)

    def report(self, code: str, path: str, fault: str, hint: str = "") -> None:
        self.problems.append(problem(code, self.name(path), 0, fault, hint))

    def _unreadable(self, error: OSError) -> None:
        path = Path(error.filename).relative_to(self.root).as_posix() if error.filename else ""
        self.report("unreadable-file", path, message("The folder can't be read: {reason}.", reason=error.strerror))

    def _refused(self, source: Path, path: str, wrong: tuple[str, str] | None) -> bool:
        """Report what both files and folders can have wrong. Whether it keeps them from being read."""
        if not path.isprintable():
            shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in shown)
            fault = message(
                "The name of {shown} holds characters that can't be shown; it is not published.", shown=shown
            )
            self.report("bad-slug", shown, fault)
            return True
        if source.is_symlink():
            fault = message(
                "{path} is a symbolic link to {source}; what it points to is not published.",
                path=path,
                source=str(source.readlink()),
            )
            self.report("symlink", path, fault)
            return True
        if wrong:
            self.report("bad-slug", path, *wrong)
        return not is_harmless(source.name)

    def _may_enter(self, folder: Path) -> bool:
        path = folder.relative_to(self.root).as_posix()
        if folder.name.startswith(".") or self._refused(folder, path, wrong_folder_name(path)):
            return False
        if path.count("/") >= DEPTH_LIMIT:
            self.report(
                "too-many",
                path,
                message(
                    "Folders are more than {limit} deep; what is in this one is not read.",
                    limit=DEPTH_LIMIT,
                ),
            )
            return False
        return True

    def _file(self, source: Path) -> None:
        path = source.relative_to(self.root).as_posix()
        if source.name.startswith("."):
            return
        if source.suffix != ".md" and source.suffix.lower() in _MARKDOWN and is_harmless(source.name):
            wrong = wrong_file_name(f"{source.stem}.md")
            hint = wrong[1] if wrong else message("Rename it to {stem}.md.", stem=source.stem)
            if not self._refused(source, path, None):
                self.report(
                    "bad-slug",
                    path,
                    message("{name} does not end in .md; it is not published.", name=source.name),
                    hint,
                )
            return
        if self._refused(source, path, wrong_file_name(path)):
            return
        try:
            status = source.lstat()
        except OSError as error:
            self.report("unreadable-file", path, message("The file can't be read: {reason}.", reason=error.strerror))
            return
        if not stat.S_ISREG(status.st_mode):
            kind = next((kind for test, kind in _KINDS if test(status.st_mode)), message("not a regular file"))
            self.report(
                "file-type",
                path,
                message("{name} is {kind}; it is not read.", name=PurePosixPath(path).name, kind=kind),
                message("Remove it."),
            )
            return
        self.files.append(ContentFile(path, source, status.st_size))


def hash_of(source: Path, path: str) -> dict[str, str]:
    """{`path`: SHA-256 of the file's bytes}; empty where it can't be read, which reading its text reports."""
    try:
        if source.stat().st_size > SIZE_LIMIT:
            return {}
        return {path: hashlib.sha256(source.read_bytes()).hexdigest()}
    except OSError:
        return {}


def hash_of_all(files: Iterable[tuple[Path, str]], path: str) -> dict[str, str]:
    """{`path`: one SHA-256 of many files}: of the lines `sha256sum` writes of them in their order. Empty for no files."""
    hashes = {name: digest for source, file in files for name, digest in hash_of(source, file).items()}
    lines = "".join(f"{digest}  {file}\n" for file, digest in hashes.items())
    return {path: hashlib.sha256(lines.encode()).hexdigest()} if hashes else {}


def read_text(source: Path, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file with Unix line endings and without byte-order mark; None where it can't be used."""
    data, problems = read_bytes(source, path)
    return (None, problems) if data is None else decoded(data, path)


def read_bytes(source: Path, path: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file; None where it can't be read."""
    try:
        size = source.stat().st_size
        if size > SIZE_LIMIT:
            fault = message("The file has {size} bytes; the limit is {limit}.", size=size, limit=SIZE_LIMIT)
            return None, [problem("too-large", path, 0, fault)]
        return source.read_bytes(), []
    except OSError as error:
        return None, [
            problem("unreadable-file", path, 0, message("The file can't be read: {reason}.", reason=error.strerror))
        ]


def decoded(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text that the bytes of a file are, with Unix line endings and without byte-order mark; None for no text."""
    problems = list(_encoding_problems(data, path))
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = message("Byte {byte} is not UTF-8.", byte=f"{error.object[error.start]:#04x}")
        return None, [problem("not-utf8", path, line, fault)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        problems.append(problem("empty-file", path, 0, message("The file is empty.")))
        return None, problems
    return text, problems


def _encoding_problems(data: bytes, path: str) -> Iterator[Problem]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield problem("byte-order-mark", path, 1, message("The file begins with a byte-order mark."))
    if b"\r\n" in data:
        line = data.count(b"\n", 0, data.index(b"\r\n")) + 1
        yield problem("windows-newlines", path, line, message("Lines end with CRLF."))
