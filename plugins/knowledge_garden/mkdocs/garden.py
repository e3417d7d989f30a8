"""The garden plugin: loads the garden once a build, owns its state, and adds headers and footers to the pages."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from knowledge_garden.features import installed_plugins
from knowledge_garden.loading import LoadedGarden, load_garden, open_store
from knowledge_garden.locale import language_or_english
from knowledge_garden.mkdocs.configuration import (
    GardenConfig,
    build_time,
    cache_folder,
    make_frame,
    refuse_dirty,
    refuse_linked_folders,
    set_language,
)
from knowledge_garden.mkdocs.feature import features_off
from knowledge_garden.mkdocs.logs import LogFilter, count_when_quiet
from knowledge_garden.mkdocs.navigation import allow_outside_navigation, table_of_contents, translate_titles
from knowledge_garden.mkdocs.parts import PageParts, PartsMaker
from knowledge_garden.mkdocs.policy import PAGE_TEMPLATE, Policy, is_served
from knowledge_garden.mkdocs.report import advise_on_plugins, report, report_reuse
from knowledge_garden.mkdocs.reuse import Reuse
from knowledge_garden.mkdocs.site_key import nav_paths, site_key
from knowledge_garden.mkdocs.text import TextRenderer, markdown_options
from knowledge_garden.mkdocs.theme import add_theme, prepare
from knowledge_garden.model.garden import Page as GardenPage
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import pages_to_generate
from knowledge_garden.pages.moved import old_addresses
from knowledge_garden.pages.search import SearchFrame, search_frame
from knowledge_garden.pages.templating import sections
from knowledge_garden.reading.settings import garden_settings
from knowledge_garden.store import Store

_TOO_EARLY = "The garden is loaded when MkDocs collects the files; it was needed before that."


class GardenPlugin(BasePlugin[GardenConfig]):
    """Owner of the garden during a build."""

    def __init__(self) -> None:
        super().__init__()
        self._loaded: LoadedGarden | None = None
        self._log_filter = LogFilter()
        self.plugins = installed_plugins()
        self.frame = Frame()
        self.pages: dict[str, GeneratedPage] = {}
        self._policy: Policy | None = None
        self._texts: TextRenderer | None = None
        self._search: SearchFrame | None = None
        self._nav = Navigation([], [])
        self._store = Store()
        self._reuse: Reuse | None = None
        self._parts: PartsMaker | None = None

    @property
    def parts(self) -> PartsMaker:
        """Makes what the garden puts into pages."""
        if self._parts is None:
            raise PluginError(_TOO_EARLY)
        return self._parts

    @property
    def reuse(self) -> Reuse:
        """The pages of this build that are those of an earlier one."""
        if self._reuse is None:
            raise PluginError(_TOO_EARLY)
        return self._reuse

    @property
    def loaded(self) -> LoadedGarden:
        """The garden of this build."""
        if self._loaded is None:
            raise PluginError(_TOO_EARLY)
        return self._loaded

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # Before the search plugin, which asks the theme for its language.
        refuse_dirty()
        self._log_filter = LogFilter()
        self._log_filter.install()
        if config.strict:
            count_when_quiet()
        refuse_linked_folders(Path(config.docs_dir))
        add_theme(config)
        advise_on_plugins(config)
        self.plugins = installed_plugins().leaving_out(features_off(config))
        settings = garden_settings(Path(config.docs_dir))
        language = language_or_english(settings.language, settings.phrases)
        self.frame = make_frame(config, self.plugins, self.config, language, settings.intake)
        set_language(config, language)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        self._store = open_store(Path(config.docs_dir), cache_folder(config, self.config))
        self._reuse = Reuse(config, self._store)
        self._reuse.begin()

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        translate_titles(nav.items, self.frame.language)
        self._nav = nav
        return nav

    @event_priority(100)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        self.reuse.put_back()
        loaded = load_garden(
            Path(config.docs_dir),
            today=build_time(),
            cache=cache_folder(config, self.config),
            with_history=self.config.history,
            plugins=self.plugins,
            markdown=markdown_options(config),
            store=self._store,
        )
        self._loaded = loaded
        self._log_filter.publication = loaded.indexes.publication
        self._texts = TextRenderer(loaded.indexes, self.frame, markdown_options(config))
        report(loaded.problems, self.frame.language, strict=config.strict)
        # What was not read (settings, symbolic links, broken files) and who is not shown is left out of the site.
        shown = {*loaded.indexes.garden.pages, *loaded.indexes.garden.files}
        for file in [file for file in files if file.src_dir == config.docs_dir and file.src_uri not in shown]:
            files.remove(file)
        self.pages = pages_to_generate(loaded.pages, loaded.indexes.garden, self.frame)
        search = self._search = search_frame(loaded.indexes, self.frame)
        for path, text in (dict.fromkeys(self.pages, "") | old_addresses(loaded.indexes, self.frame)).items():
            files.append(File.generated(config, path, content=text))
        if config.nav is not None:
            allow_outside_navigation(files)
        for output in self.plugins.call("garden_outputs", indexes=loaded.indexes, frame=self.frame):
            files.append(File.generated(config, output.path, content=output.content()))
        self._parts = PartsMaker(loaded, self.frame, self.pages)
        report_reuse(self.reuse.why_not, self._store)
        if self.reuse.is_on:
            told = {path: self._parts.metadata(path) for path in nav_paths(config.nav)}
            more = (search.url, search.title, search.dialog, str(is_served()))
            self.reuse.choose(files, config, site_key(config, self.frame, told, *more), self._parts)
        return files

    def on_page_read_source(self, /, *, page: Page, config: MkDocsConfig) -> str | None:
        # The garden's own reading of the file: MkDocs passes over front matter that it can't read, and loses a first
        # line such as "Note: …". The empty front matter keeps it from looking for any in the text.
        page_read = self.read(page, config)
        return f"---\n{{}}\n---\n{page_read.body}" if page_read else None

    @event_priority(100)
    def _describe(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        told = self.parts.metadata(page.file.src_uri)
        if told is not None and (page.file.src_uri in self.pages or self.read(page, config)):
            page.meta = told
        if page.is_homepage:
            page.meta["hide"] = ["navigation", "toc"]
        return markdown

    @event_priority(-100)
    def _render_text(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        # After all plugins that change the text: MkDocs calls the page's render() next.
        read = self.read(page, config)
        if read and self._texts and page.file.src_uri not in self.pages:
            self._texts.take_over(page, read)
        return markdown

    on_page_markdown = CombinedEvent(_describe, _render_text)

    @event_priority(-100)
    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        path = page.file.src_uri
        if path in self.pages:
            html = (self.reuse.made(path) or self.parts.of(path)).text
            page.toc = table_of_contents(contents := sections(html))
            page.present_anchor_ids = {section.anchor for section in contents}
            self.reuse.anchors[path] = frozenset(page.present_anchor_ids)
            return html
        return self.parts.text(html, path) if path in self.loaded.indexes.garden.pages else html

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        prepare(env, config, self._nav, self.frame.language)
        self._policy = Policy(env)
        self.reuse.note_files(files, served=is_served())
        if self._texts:
            self._texts.report_anchors(self.reuse.anchors, config.validation.links.anchors)
        return env

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if template_name.endswith(".html"):
            self._add_to(context, template_name)
        elif self.reuse.is_on:
            context["pages"] = self.reuse.all_pages(config)
        return context

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        # Late: MkDocs keeps the content of all pages until here, and credit and backlinks are as long as most texts.
        path = page.file.src_uri
        parts = PageParts(page.content or "")
        if path in self.loaded.indexes.garden.pages:
            parts = PageParts(parts.text, self.parts.after(path))
            page.content = parts.text + parts.after
            page.toc = table_of_contents(sections(parts.text), sections(parts.after))
        if told := self.parts.metadata(path):
            self.reuse.note_parts(path, told, parts)
        self._add_to(context)
        return context

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        self.reuse.note_output(page, output)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.reuse.finish(config)

    def on_build_error(self, *, error: Exception) -> None:
        if self._reuse:
            self._reuse.put_back()
        self._store.close()

    def _add_to(self, context: TemplateContext, template_name: str = PAGE_TEMPLATE) -> None:
        """Give a template of the theme the search, and what its policy allows."""
        cast("dict[str, object]", context)["garden_search"] = self._search
        if self._policy:
            self._policy.add_to(context, template_name)

    def read(self, page: Page, config: MkDocsConfig) -> GardenPage | None:
        """What the garden read of a page, unless another plugin has put something else in its place."""
        return self.loaded.indexes.garden.pages.get(page.file.src_uri) if page.file.src_dir == config.docs_dir else None
