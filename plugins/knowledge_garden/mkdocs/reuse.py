"""Leaves out of a build the pages that would come out as they are in the site folder already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from knowledge_garden.mkdocs.kept_site import KeptSite, digest_of
from knowledge_garden.mkdocs.parts import PageParts, PartsMaker
from knowledge_garden.mkdocs.site_key import nav_paths, own_folders, why_not
from knowledge_garden.model.addresses import HOME, as_index
from knowledge_garden.store import Packer, Store, key_of

_AREA, _RECORDS = "pages", "records"
_PACKER = Packer([])  # tuples, texts and bytes alone
_DIGEST = 20  # bytes of a digest, before the anchors of a page in what is kept of it
_AT_ONCE = 200  # pages whose parts are kept for the rest of the build; more are made twice rather than held in memory


class Reuse:
    """The pages of one build that are reused, and what is noted for the next.

    A page's key is made of its parts and of all that the pages of the site share; what is kept under it is the digest
    of the file that came of them. The file itself is that of the site folder, where it is left.
    """

    def __init__(self, config: MkDocsConfig, store: Store) -> None:
        self._store = store
        self.why_not = store.fault or why_not(config) if store.is_on else "nothing is kept between builds"
        self._site = KeptSite(Path(config.site_dir))
        self._site_key = b""
        self._keys: dict[str, bytes] = {}
        self._parts: dict[str, PageParts] = {}
        self._pages: list[File] = []
        self._kept: dict[str, File] = {}
        self._written: set[str] = set()
        self._outputs: set[str] = set()
        self.anchors: dict[str, frozenset[str]] = {}

    @property
    def is_on(self) -> bool:
        """Whether pages are reused, and noted for the next build."""
        return not self.why_not

    def begin(self) -> None:
        """Before MkDocs empties the site folder: put aside what is there."""
        if self.is_on:
            self._site.set_aside()
        else:
            self._site.discard()

    def put_back(self) -> None:
        """After it: put it back. Also where a build stops, so that the last good site stays."""
        if self.is_on:
            self._site.put_back()

    def choose(
        self,
        files: Files,
        config: MkDocsConfig,
        site_key: bytes | None,
        parts: PartsMaker,
    ) -> None:
        """Remove from `files` the pages that need not be built; all are built where the site has no key."""
        if site_key is None:
            self.why_not = "a setting of mkdocs.yml can't be compared with that of an earlier build"
            self._site.remove_others([])
            return
        self._site_key = site_key
        self._leave_outputs(files)
        self._pages = list(files.documentation_pages())
        if self._store.get(_AREA, site_key) is None:
            return  # no page was made with this frame yet
        choice = _Choice(self._store, parts, site_key, parts.common_key(own_folders(config)))
        in_nav = set(nav_paths(config.nav))
        for file in self._pages:
            path = file.src_uri
            if path in in_nav or as_index(path) == HOME or (told := parts.metadata(path)) is None:
                continue
            there = self._site.digest(file.dest_uri)
            key, made = choice.key(path, told, self.key) if there else (b"", None)
            kept = self._store.get(_AREA, key)
            if kept is not None and kept[:_DIGEST] == there:
                self._kept[path] = file
                self.anchors[path] = frozenset(filter(None, kept[_DIGEST:].decode().split("\n")))
                files.remove(file)
            elif made and len(self._parts) < _AT_ONCE:
                self._parts[path] = made

    def _leave_outputs(self, files: Files) -> None:
        """Remove the files for machines that are in the site folder with the same bytes."""
        for file in [file for file in files if file.generated_by is not None and not file.is_documentation_page()]:
            if self._site.has(file.dest_uri, file.content_bytes):
                self._outputs.add(file.dest_uri)
                files.remove(file)

    def made(self, path: str) -> PageParts | None:
        """The parts of a generated page that is to be built, where they have been made."""
        return self._parts.get(path)

    def key(self, path: str, metadata: Mapping[str, object], parts: PageParts) -> bytes:
        """The key of a page at a content path."""
        told = [f"{name} {value!r}" for name, value in sorted(metadata.items())]
        return key_of(self._site_key, path, str(len(told)), *told, parts.text, parts.after)

    def note_parts(self, path: str, metadata: Mapping[str, object], parts: PageParts) -> None:
        """Note what a page is being built from, and hold it no longer."""
        self._parts.pop(path, None)
        if self.is_on:
            self._keys[path] = self.key(path, metadata, parts)

    def note_output(self, page: Page, output: str) -> None:
        """Note the file that came of a page."""
        if not self.is_on:
            return
        if not output.strip():  # MkDocs writes nothing then
            self._site.remove(page.file.dest_uri)
        elif key := self._keys.pop(page.file.src_uri, None):
            digest = digest_of(output.encode("utf-8", errors="xmlcharrefreplace"))
            anchors = self.anchors.get(page.file.src_uri, frozenset())
            self._store.put(_AREA, key, digest + "\n".join(sorted(anchors)).encode())

    def all_pages(self, config: MkDocsConfig) -> list[File]:
        """The files of all pages of the site in their order, those that are not built among them, as templates list them."""
        for file in self._kept.values():
            if file.page is None:
                Page(None, file, config)
        return self._pages

    def note_files(self, files: Files, *, served: bool) -> None:
        """Note which files the build writes, now that no plugin changes them any more."""
        left_out = {InclusionLevel.EXCLUDED} if served else {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT}
        self._written = {file.dest_uri for file in files if file.inclusion not in left_out}

    def finish(self, config: MkDocsConfig) -> None:
        """At the end: remove what this build did not make, and keep what it made."""
        if self.is_on:
            kept = (file.dest_uri for file in self._kept.values())
            self._site.remove_others(
                {*self._written, *self._outputs, *kept, *config.theme.static_templates, "sitemap.xml.gz"}
            )
            self._store.put(_AREA, self._site_key, b"")
        self._store.close()


class _Choice:
    """Finds the keys of pages, by what an earlier build recorded of them or from their parts.

    A record says which questions were asked of the indexes while the parts were made, and how they were answered. While
    the answers are the same, so are the parts, and they need not be made. Plugins of others may ask anything else.
    """

    def __init__(self, store: Store, parts: PartsMaker, site_key: bytes, common_key: bytes | None) -> None:
        self._store = store
        self._maker = parts
        self._common = key_of(site_key, common_key) if common_key else None
        self._recorder = parts.recorder()

    def key(
        self,
        path: str,
        told: Mapping[str, object],
        key_of_parts: Callable[[str, Mapping[str, object], PageParts], bytes],
    ) -> tuple[bytes, PageParts | None]:
        """The key of a page, and its parts where they have been made to be shown."""
        if self._common is None or self._maker.is_generated(path):
            made = self._maker.of(path)
            return key_of_parts(path, told, made), made
        record_key = key_of(self._common, path, repr(sorted(told.items())))
        record = self._store.get(_RECORDS, record_key)
        if record is not None:
            key, answers = _PACKER.unpack(record)
            if self._recorder.still(answers):
                return key, None
        try:
            made, answers = self._recorder.record(lambda indexes: self._maker.of(path, indexes))
        except Exception:
            # Code that the recorded indexes do not suit. What is wrong with the page itself is raised again here.
            made, answers = self._maker.of(path), None
        key = key_of_parts(path, told, made)
        if answers is not None:
            self._store.put(_RECORDS, record_key, _PACKER.pack((key, answers)))
        return key, None  # parts that were recorded are compared, never shown
