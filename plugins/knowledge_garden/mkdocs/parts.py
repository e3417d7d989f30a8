"""The parts of a page that the garden makes, which decide with the frame of the site what the page looks like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.digests import NOT_DIGESTED, Digests
from knowledge_garden.indexes.recording import Recorder
from knowledge_garden.loading import LoadedGarden
from knowledge_garden.mkdocs.navigation import metadata
from knowledge_garden.pages.around import after_text, before_text, summary_of
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html
from knowledge_garden.pages.principles import with_proofs
from knowledge_garden.pages.text import published_text
from knowledge_garden.store import key_of
from knowledge_garden.versions import files_digest

_OURS = "knowledge_garden."


@dataclass(frozen=True, slots=True)
class PageParts:
    """The HTML of a page up to the end of its text, and what comes after it; a generated page is all text."""

    text: str
    after: str = ""


class PartsMaker:
    """Makes the parts of the pages of one build. `generated`: the pages that no file of the content holds."""

    def __init__(self, loaded: LoadedGarden, frame: Frame, generated: dict[str, GeneratedPage]) -> None:
        self._indexes = loaded.indexes
        self._frame = frame
        self._generated = generated
        self._pages = loaded.indexes.garden.pages
        self._modules = loaded.plugins.modules

    def metadata(self, path: str) -> dict[str, object] | None:
        """What MkDocs and the theme are told of the page at a content path; None where the garden knows nothing of it."""
        generated, text = self._generated.get(path), self._frame.language.text
        hide = ["navigation", "toc"]
        told: Mapping[str, object]
        page = self._pages.get(path)
        if generated:
            title, description = text(generated.title), text(generated.description)
            told = {"title": title, "description": description, "hide": hide if generated.wide else []}
        elif page is None:
            return None
        elif summary := summary_of(self._indexes, path):
            # A record's front matter is the garden's: MkDocs and Material read other things into template or status.
            told = {"title": summary.title, "description": summary.description, "hide": hide}
        else:
            # The title as the garden knows it: MkDocs would make one of the file's name without escaping it.
            told = {**(page.meta if page.kind is None else {}), "title": page.title}
        return metadata(told)

    def of(self, path: str, indexes: Indexes | None = None) -> PageParts:
        """All parts of the page at a content path, from `indexes` if they are given. Raises KeyError where there is none."""
        indexes = indexes or self._indexes
        if generated := self._generated.get(path):
            return PageParts(page_html(generated, indexes, self._frame))
        page = indexes.garden.pages[path]
        html = published_text(page.html, page.body, indexes, self._frame, path)
        return PageParts(self.text(html, path, indexes), self.after(path, indexes))

    def text(self, html: str, path: str, indexes: Indexes | None = None) -> str:
        """The HTML of a page's text with what comes before it, and in it."""
        indexes = indexes or self._indexes
        return before_text(indexes, self._frame, path) + with_proofs(html, indexes, self._frame, path)

    def after(self, path: str, indexes: Indexes | None = None) -> str:
        """The HTML after a page's text."""
        return after_text(indexes or self._indexes, self._frame, path)

    def is_generated(self, path: str) -> bool:
        """Whether no file of the content holds the page at a content path."""
        return path in self._generated

    def recorder(self) -> Recorder:
        """Records what parts are made from."""
        return Recorder(self._indexes)

    def common_key(self, folders: Iterable[Path]) -> bytes | None:
        """What the parts of all pages depend on beside the indexes; `folders` are those of the site's own templates.

        None where a plugin of others, of whose code nobody knows the version, may put more into a page.
        """
        if not all(module.startswith(_OURS) for module in self._modules):
            return None
        # The language is in the key of the site.
        frame = [getattr(self._frame, field.name) for field in fields(self._frame) if field.name != "language"]
        try:
            common = Digests().of([self._indexes.garden.settings, *(_sorted(value) for value in frame)])
        except NOT_DIGESTED:
            return None
        return key_of(common, files_digest(folders))


def _sorted(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value
