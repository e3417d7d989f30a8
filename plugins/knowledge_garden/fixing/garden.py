"""Fixes what is safe to fix in the files of a garden. Nothing is written here; see `files`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from knowledge_garden.fixing.body import BodyFixer
from knowledge_garden.fixing.edits import Fix, Text
from knowledge_garden.fixing.encoding import fix_encoding
from knowledge_garden.fixing.front import fix_yaml
from knowledge_garden.fixing.names import GardenNames, fix_names
from knowledge_garden.fixing.values import fix_values
from knowledge_garden.locale import Language, language_or_english
from knowledge_garden.model.declarations import DECLARATIONS_FILE, Declarations
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.records import FIELDS, Kind
from knowledge_garden.model.settings import SETTINGS_FILE, Settings
from knowledge_garden.reading import MarkdownOptions
from knowledge_garden.reading.content import Layout
from knowledge_garden.reading.files import SIZE_LIMIT, find_files
from knowledge_garden.reading.frontmatter import front_matter_span, split_document
from knowledge_garden.reading.languages import page_language
from knowledge_garden.reading.records import field_names, read_fields
from knowledge_garden.reading.yaml import read_yaml

_YAML: dict[str, type[Fields]] = {SETTINGS_FILE: Settings, DECLARATIONS_FILE: Declarations}
_PUBLIC = (None, "", "public")
_ROUNDS = 4  # what is put right may show what else is wrong


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file that would change: its path from the repository's top, its bytes before and after, and what was done."""

    path: str
    source: Path
    before: bytes
    after: bytes
    fixes: tuple[Fix, ...]


@dataclass(slots=True)
class _File:
    """A file while it is fixed. `path` is relative to the content folder."""

    path: str
    source: Path
    before: bytes
    text: Text
    kind: Kind | None


def fix_garden(
    content: Path,
    *,
    top: str = "",
    generated: Collection[str] = (),
    markdown: MarkdownOptions | None = None,
    only: Collection[str] | None = None,
) -> list[FixedFile]:
    """The files of the content folder that can be fixed, with what they would hold. Nothing is written.

    `top`: the folder's path in its repository. `generated`: content paths of the pages that no file holds.
    `only`: the files, as content paths, that may change (None: all). Symbolic links are not followed.
    """
    fixer = _Fixer(content, generated, markdown)
    fixed: list[FixedFile] = []
    for file in fixer.files:
        if only is not None and file.path not in only:
            continue
        text = fixer.fixed(file)
        after = text.text.encode("utf-8")
        if after != file.before:
            path = str(PurePosixPath(top, file.path))
            fixed.append(FixedFile(path, file.source, file.before, after, tuple(sorted(set(text.fixes)))))
    return fixed


class _Fixer:
    """Reads all files once, since each may name what another holds."""

    def __init__(self, content: Path, generated: Collection[str], markdown: MarkdownOptions | None) -> None:
        self.layout = Layout()
        self.bodies = BodyFixer(markdown)
        self.found = find_files(content, str)[0]
        texts = {file.path: self._encoded(file.path, file.source, file.size) for file in self.found}
        self.files = [file for file in texts.values() if file]
        self.settings = self._settings(texts.get(SETTINGS_FILE))
        settings = self.settings or Settings()
        self.language = language_or_english(settings.language, settings.phrases)
        for file in self.files:
            file.text = self._with_front_matter(file)
        self.names = self._names(generated)

    def fixed(self, file: _File) -> Text:
        """A file's text with the names it gives put right."""
        text = file.text
        if file.path in _YAML:
            return text
        for _ in range(_ROUNDS):
            before = text
            span = front_matter_span(text.text)
            if span and file.kind:
                front = fix_names(text.text[slice(*span)], file.kind, self.names, 2)
                text = _joined(text, span, front)
            document = split_document(text.text, "")
            if not document.is_parted(file.kind is not None):
                break
            start = len(text.text) - len(document.body)
            body = self.bodies.fixed(document.body, file.path, self.names, document.line)
            text = _joined(text, (start, len(text.text)), body)
            if text.text == before.text:
                break
        return text

    def _encoded(self, path: str, source: Path, size: int) -> _File | None:
        if (path not in _YAML and not path.endswith(".md")) or size > SIZE_LIMIT:
            return None
        try:
            data = source.read_bytes()
        except OSError:
            return None  # reading the garden reports it
        text = fix_encoding(data)
        return _File(path, source, data, text, self.layout.kind(path)) if text else None

    def _settings(self, file: _File | None) -> Settings | None:
        if file is None:
            return None
        file.text = self._with_yaml(file.text, (0, len(file.text.text)), Settings, language_or_english("en"), 1)
        values = read_yaml(file.text.text, "")
        return read_fields(Settings, values, "")[0] if isinstance(values.data, dict) else None

    def _with_front_matter(self, file: _File) -> Text:
        if file.path in _YAML:
            return self._with_yaml(file.text, (0, len(file.text.text)), _YAML[file.path], self.language, 1)
        span = front_matter_span(file.text.text)
        if span is None:
            return file.text
        return self._with_yaml(file.text, span, FIELDS[file.kind] if file.kind else None, self.language, 2)

    def _with_yaml(
        self, text: Text, span: tuple[int, int], model: type[Fields] | None, language: Language, line: int
    ) -> Text:
        """A text whose part at `span` is YAML, with that put right."""
        part = fix_yaml(text.text[slice(*span)], field_names(model) if model else (), line)
        if model:
            values = fix_values(part.text, model, _language(part.text, language), line)
            part = Text(values.text, (*part.fixes, *values.fixes))
        return _joined(text, span, part)

    def _names(self, generated: Collection[str]) -> GardenNames:
        slugs: dict[Kind, set[str]] = {kind: set() for kind in Kind}
        aliases: dict[str, str] = {}
        unshown: set[str] = set()
        pages = [file.path for file in self.found if file.is_text]
        for path in pages:
            if kind := self.layout.kind(path):
                slugs[kind].add(PurePosixPath(path).stem)
        for file in self.files:
            meta = _meta(file.text.text)
            if meta is None or any(key.casefold() == "audience" and meta[key] not in _PUBLIC for key in meta):
                unshown.add(file.path)
            given = (meta or {}).get("aliases")
            for alias in given if isinstance(given, list) and file.kind else ():
                if isinstance(alias, str):
                    folder = file.path.partition("/")[0]
                    aliases |= {alias.casefold(): file.path, f"{folder}/{alias}".casefold(): file.path}
        files = [file.path for file in self.found if not file.is_text]
        return GardenNames(
            slugs, aliases, frozenset(pages), frozenset(files), frozenset(generated), unshown, self.settings
        )


def _meta(text: str) -> dict[str, Any] | None:
    """The front matter of a file; empty where it has none, None where it can't be read."""
    document = split_document(text, "")
    if document.values is None:
        return None if document.problems else {}
    data = document.values.data
    return data if isinstance(data, dict) else {} if not document.problems else None


def _language(front: str, garden: Language) -> Language:
    data = read_yaml(front, "").data
    try:
        return page_language(data, garden) if isinstance(data, dict) else garden
    except ValueError:
        return garden


def _joined(text: Text, span: tuple[int, int], part: Text) -> Text:
    """A text with another part at `span`, and the fixes of both."""
    return Text(f"{text.text[: span[0]]}{part.text}{text.text[span[1] :]}", (*text.fixes, *part.fixes))
