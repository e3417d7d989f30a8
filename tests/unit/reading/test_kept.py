"""What was read of a file is read again only where something that it depends on has changed."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from markdown.extensions.toc import slugify_unicode

from knowledge_garden.locale import language_of
from knowledge_garden.model.records import Kind
from knowledge_garden.reading import kept
from knowledge_garden.reading.kept import PageFiles
from knowledge_garden.reading.markdown import MarkdownOptions
from knowledge_garden.reading.pages import PageFile
from knowledge_garden.store import Store

TEXT = b"---\ntitle: A lesson\nsummary: Told.\noutcome: failure\ncommunities: [one]\n---\n## Context\n\nSee [[two]].\n"
ENGLISH = language_of("en")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that were read, and not taken from the store."""
    paths: list[str] = []
    read = kept.read_page

    def counted(data: bytes, path: str, *more: Any) -> PageFile:
        paths.append(path)
        return read(data, path, *more)

    monkeypatch.setattr(kept, "read_page", counted)
    return paths


def read(folder: Path, options: MarkdownOptions | None = None, data: bytes = TEXT, tag: str = "en") -> PageFile:
    store = Store(folder)
    files = PageFiles(options or MarkdownOptions(), language_of(tag), store)
    result = files.read(data, "lessons/a.md", Kind.LESSON, "content/lessons/a.md")
    store.close()
    return result


def test_the_same_is_read_once_and_is_equal(tmp_path: Path, reads: list[str]) -> None:
    assert read(tmp_path) == read(tmp_path)
    assert len(reads) == 1


def test_other_bytes_another_language_or_other_extensions_are_read_again(tmp_path: Path, reads: list[str]) -> None:
    read(tmp_path)
    read(tmp_path, data=TEXT + b"More.\n")
    read(tmp_path, tag="de")
    read(tmp_path, MarkdownOptions(extensions=("toc",)))
    assert len(reads) == 4


def test_other_code_or_libraries_read_again(tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    read(tmp_path)
    monkeypatch.setattr(kept, "code_version", lambda *parts: b"another")
    read(tmp_path)
    monkeypatch.setattr(kept, "library_versions", lambda *names: "newer")
    read(tmp_path)
    assert len(reads) == 3


@pytest.mark.parametrize(
    ("extensions", "configs"),
    [
        (("toc", "pymdownx.snippets"), {}),  # reads other files
        (("toc", "our_own_extension"), {}),  # nobody knows its version
        (("toc",), {"toc": {"slugify": lambda text, separator: text}}),
    ],
)
def test_what_may_read_more_than_the_text_is_not_kept(extensions: tuple[str, ...], configs: Mapping[str, Any]) -> None:
    assert kept._settings_key(MarkdownOptions(extensions, configs), ENGLISH) is None


def test_functions_of_known_libraries_are_told_by_their_names() -> None:
    options = MarkdownOptions(("toc",), {"toc": {"slugify": partial(slugify_unicode, separator="-")}})
    other = MarkdownOptions(("toc",), {"toc": {"slugify": partial(slugify_unicode, separator="_")}})
    assert kept._settings_key(options, ENGLISH) != kept._settings_key(other, ENGLISH)
