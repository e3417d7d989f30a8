"""Reads Markdown files, or takes what an earlier build read of the same bytes with the same settings and code."""

from __future__ import annotations

from knowledge_garden.locale import Language
from knowledge_garden.model.records import Kind
from knowledge_garden.reading.markdown import MarkdownOptions, MarkdownReader
from knowledge_garden.reading.pages import PageFile, read_page
from knowledge_garden.store import Packer, Store, key_of
from knowledge_garden.versions import code_version, described, library_versions

_AREA = "reading"
_CODE = ("reading", "model", "locale", "hints.py", "store.py")
_LIBRARIES = (
    "Babel Markdown PyYAML defusedxml detect-secrets nh3 pydantic pydantic-core pymdown-extensions python-frontmatter rapidfuzz "
    "mkdocs-material mkdocs-material-extensions Pygments"
)
_PACKER = Packer(["knowledge_garden.model", "knowledge_garden.reading", "datetime"])
# Extensions whose code is known by a version, without those that read other files than the text.
_EXTENSIONS = ("markdown.extensions.", "pymdownx.")
_READ_FILES = ("b64", "snippets", "emoji")
_BUILT_IN = (
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks"
)


class PageFiles:
    """Reads the files of one garden. `language` is the garden's; `store` keeps what is read."""

    def __init__(self, options: MarkdownOptions, language: Language, store: Store) -> None:
        self._language = language
        self._reader = MarkdownReader(options)
        self._store = store
        self._settings = _settings_key(options, language) if store.is_on else None

    def read(self, data: bytes, path: str, kind: Kind | None, repository_path: str) -> PageFile:
        """What the bytes of the file at a content path say; see `read_page`."""
        if self._settings is None:
            return self._read(data, path, kind, repository_path)
        key = key_of(self._settings, path, kind or "", repository_path, data)
        kept = self._store.get(_AREA, key)
        if kept is not None:
            read: PageFile = _PACKER.unpack(kept)
            return read
        read = self._read(data, path, kind, repository_path)
        self._store.put(_AREA, key, _PACKER.pack(read))
        return read

    def _read(self, data: bytes, path: str, kind: Kind | None, repository_path: str) -> PageFile:
        return read_page(data, path, kind, repository_path, self._language, self._reader)


def _settings_key(options: MarkdownOptions, language: Language) -> bytes | None:
    """The part of a key that is the same for all files; None where the site's Markdown may read more than the text."""
    try:
        settings = [*described(options.extensions), *described(options.configs)]
    except ValueError:
        return None
    if not all(_has_version(name) for name in options.extensions):
        return None
    phrases = [part for phrase in sorted(language.phrases.items()) for part in phrase]
    libraries = library_versions(*_LIBRARIES.split())
    return key_of(code_version(*_CODE), libraries, language.tag, str(len(phrases)), *phrases, *settings)


def _has_version(extension: str) -> bool:
    if extension.startswith(_EXTENSIONS):
        return extension.rpartition(".")[2] not in _READ_FILES
    return extension in _BUILT_IN.split()
