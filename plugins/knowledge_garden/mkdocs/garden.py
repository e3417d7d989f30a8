"""The garden plugin: grows the garden once a build, owns its state, and lays headers and footers around the pages."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Literal

import click
from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.dates import moment_of_epoch
from knowledge_garden.model.garden import Page as GardenPage
from knowledge_garden.model.problems import Severity
from knowledge_garden.pages import (
    Frame,
    GeneratedPage,
    Section,
    after_text,
    before_text,
    compiled_templates,
    generated_pages,
    old_addresses,
    sections,
    summary_of,
)

log = get_plugin_logger("garden")

_THEME = Path(__file__).parent.parent / "theme"
_ASSETS = "assets/knowledge-garden"
PARTS = {"garden-links": "links", "garden-failures": "failures", "garden-credits": "credits"}


class GardenConfig(Config):
    """Options of the garden plugin, each described in the handbook under "Run a garden"."""

    history = config_options.Type(bool, default=True)
    cache = config_options.Type(str, default=".cache/knowledge-garden")
    commit_url = config_options.Type(str, default="")


class NoOptions(Config):
    """A plugin that has nothing to set."""


class GardenPlugin(BasePlugin[GardenConfig]):
    """Owner of the garden during a build; the other plugins ask it through `garden_of`."""

    def __init__(self) -> None:
        super().__init__()
        self._loaded: LoadedGarden | None = None
        self.frame = Frame()
        self.pages: dict[str, GeneratedPage] = {}
        self._generated: list[GeneratedPage] = []
        self._html: dict[str, str] = {}

    @property
    def loaded(self) -> LoadedGarden:
        """The garden of this build."""
        if self._loaded is None:
            raise PluginError("The garden is loaded when MkDocs collects the files; it was asked for before that.")
        return self._loaded

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        _refuse_dirty()
        # After a site's own custom_dir, which may replace any of it, and before the theme's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        config.extra_css.insert(0, f"{_ASSETS}/garden.css")
        config.extra_javascript.insert(0, config_options.ExtraScript().validate(f"{_ASSETS}/garden.js"))
        if not config.repo_url:
            config.edit_uri = ""  # without a repository MkDocs would warn of each page's incomplete edit link
        parts = frozenset(part for name, part in PARTS.items() if name in config.plugins)
        self.frame = Frame(config.use_directory_urls, _edit(config), self.config.commit_url or _commit(config), parts)
        return config

    @event_priority(100)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        cache = Path(config.config_file_path).parent / self.config.cache if self.config.cache else None
        content = Path(config.docs_dir)
        self._loaded = load_garden(content, today=now(), cache=cache, with_history=self.config.history)
        self._report(self._loaded)
        # What was not read (settings, symbolic links, broken files) and who is not shown has no place in the site.
        shown = {*self._loaded.garden.pages, *self._loaded.garden.files} - self._loaded.indexes.links.names.unpublished
        for file in [each for each in files if each.src_dir == config.docs_dir and each.src_uri not in shown]:
            files.remove(file)
        self._generated = generated_pages(self._loaded.indexes, self.frame)
        self.pages = {}
        self._html = {}
        self.add_pages(files, config, "")
        for path, html in old_addresses(self._loaded.indexes, self.frame).items():
            files.append(File.generated(config, path, content=html))
        return files

    def add_pages(self, files: Files, config: MkDocsConfig, part: Literal["", "failures", "credits"]) -> None:
        """Add the generated pages that belong to one plugin."""
        for page in self._generated:
            if page.part == part:
                self.pages[page.path] = page
                files.append(File.generated(config, page.path, content=""))

    def on_page_read_source(self, /, *, page: Page, config: MkDocsConfig) -> str | None:
        # The garden's own reading of the file: MkDocs passes over front matter that it can't read, and loses a first
        # line such as "Note: …". The empty front matter keeps it from looking for any in the text.
        page_read = self._read(page, config)
        return f"---\n{{}}\n---\n{page_read.body}" if page_read else None

    @event_priority(100)
    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        path = page.file.src_uri
        generated = self.pages.get(path)
        if generated:
            hide = ["navigation", "toc"] if generated.wide else []
            page.meta = _meta({"title": generated.title, "description": generated.description, "hide": hide})
        elif path in self.loaded.garden.pages and (summary := summary_of(self.loaded.indexes, path)):
            # A record's front matter is the garden's: MkDocs and Material read other things into template or status.
            hide = ["navigation", "toc"]
            page.meta = _meta({"title": summary.title, "description": summary.description, "hide": hide})
        elif page_read := self._read(page, config):
            page.meta = _meta(page_read.meta if page_read.kind is None else {"title": page_read.title})
        if page.is_homepage:
            page.meta["hide"] = ["navigation", "toc"]
        return markdown

    @event_priority(-100)
    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        path = page.file.src_uri
        if generated := self.pages.get(path):
            self._html[path] = generated.html(self.loaded.indexes, self.frame)
            page.present_anchor_ids = {each.anchor for each in sections(self._html[path])}
            return generated.heading(self.loaded.indexes, self.frame)
        if path in self.loaded.garden.pages:
            return before_text(self.loaded.indexes, self.frame, path) + html
        return html

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        # The theme has some seventy templates, compiled anew by each build: a third of the time of a small one.
        env.bytecode_cache = compiled_templates("theme")
        env.auto_reload = False  # else each page looks again on disk for each of them
        return env

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        # After the search plugin has read the page: lists, credit and backlinks repeat what other pages say.
        path = page.file.src_uri
        if path in self._html:
            page.content = self._html.pop(path)
            page.toc = _toc(sections(page.content))
        elif path in self.loaded.garden.pages:
            after = after_text(self.loaded.indexes, self.frame, path)
            page.toc = TableOfContents([*_toc(sections(page.content or "")), *_toc(sections(after))])
            page.content = f"{page.content}{after}"
        return context

    def _read(self, page: Page, config: MkDocsConfig) -> GardenPage | None:
        """What the garden read of a page, unless another plugin has put something else in its place."""
        return self.loaded.garden.pages.get(page.file.src_uri) if page.file.src_dir == config.docs_dir else None

    def _report(self, loaded: LoadedGarden) -> None:
        # MkDocs' strict mode stops on what is logged as a warning; of the garden's problems only errors are to stop it.
        for each in loaded.problems:
            # Content's own words, without line breaks or anything else that a log or a CI server would obey.
            words = f"{each.location}: {each.message} {each.hint} [{each.code}]"
            line = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words)
            if each.severity is Severity.ERROR:
                log.warning(line)
            elif each.severity is Severity.WARNING:
                log.info("(warning) %s", line)
            else:
                log.debug(line)


def garden_of(config: MkDocsConfig, asker: str) -> GardenPlugin:
    """The garden plugin of this site, for the plugin named `asker`. Raises PluginError where it is not enabled."""
    found = next((plugin for plugin in config.plugins.values() if isinstance(plugin, GardenPlugin)), None)
    if found is None:
        raise PluginError(f"{asker} needs the plugin garden: add “- garden” before “- {asker}” in mkdocs.yml.")
    return found


def now() -> datetime.datetime:
    """The moment of the build: SOURCE_DATE_EPOCH's where it is set, so that a build can be repeated to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.datetime.now(datetime.UTC)
    try:
        return moment_of_epoch(epoch)
    except ValueError as error:
        raise PluginError(str(error)) from error


def _refuse_dirty() -> None:
    context = click.get_current_context(silent=True)
    if context and (context.params.get("build_type") == "dirty" or context.params.get("clean") is False):
        raise PluginError("--dirty leaves pages without their links and credit. Build without it.")


def _edit(config: MkDocsConfig) -> str:
    if not config.repo_url or not config.edit_uri:
        return ""
    return f"{config.repo_url.rstrip('/')}/{config.edit_uri.strip('/')}/{{path}}"


def _commit(config: MkDocsConfig) -> str:
    if not config.repo_url:
        return ""
    url = config.repo_url.rstrip("/")
    if "gitlab" in url:
        return f"{url}/-/commit/{{sha}}"
    return f"{url}/commit/{{sha}}" if "github.com" in url or "codeberg.org" in url else ""


def _meta(values: Mapping[str, object]) -> dict[str, object]:
    """The part of a front matter that MkDocs and the theme may see: title, description, and what to hide.

    They give other keys (template, search, author…) a meaning of their own, and stop at values they did not expect.
    """
    # Themes write both as they are, as if they came out of Markdown.
    kept: dict[str, object] = {
        key: escape(value) for key in ("title", "description") if isinstance(value := values.get(key), str)
    }
    hide = values.get("hide")
    return kept | {"hide": [each for each in hide if isinstance(each, str)] if isinstance(hide, list) else []}


def _toc(found: Sequence[Section]) -> TableOfContents:
    items: list[AnchorLink] = []
    for each in found:
        link = AnchorLink(escape(each.text, quote=False), each.anchor, each.level)
        if each.level > 2 and items:
            items[-1].children.append(link)
        else:
            items.append(link)
    return TableOfContents(items)
