"""The garden plugin: loads the garden once a build, owns its state, and lays headers and footers around the pages."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import ClassVar

import click
from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from knowledge_garden.features import installed_plugins
from knowledge_garden.forges import forge_of
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.locale import language_or_english
from knowledge_garden.mkdocs.logs import LogFilter
from knowledge_garden.mkdocs.policy import Policy
from knowledge_garden.mkdocs.text import TextRenderer, markdown_options
from knowledge_garden.model.dates import moment_of_epoch
from knowledge_garden.model.garden import Page as GardenPage
from knowledge_garden.model.names import visible
from knowledge_garden.model.problems import Severity, shown_problems
from knowledge_garden.pages.around import after_text, before_text, summary_of
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import heading_html, page_html, pages_to_generate
from knowledge_garden.pages.moved import old_addresses
from knowledge_garden.pages.templating import Section, compiled_templates, sections
from knowledge_garden.reading.files import linked_folders

log = get_plugin_logger("garden")

_THEME = Path(__file__).parent.parent / "theme"
_ASSETS = "assets/knowledge-garden"
_OVERRIDES = "knowledge-garden"  # the folder of a theme that holds its own versions of the garden's templates


class GardenConfig(Config):
    """Options of the garden plugin, each described in the handbook under "Run a garden"."""

    history = config_options.Type(bool, default=True)
    cache = config_options.Type(str, default=".cache/knowledge-garden")
    commit_url = config_options.Type(str, default="")


class NoOptions(Config):
    """A plugin that has nothing to set."""


class FeaturePlugin(BasePlugin[NoOptions]):
    """A plugin that only switches one of the garden's own features on."""

    feature: ClassVar[str]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if not any(isinstance(plugin, GardenPlugin) for plugin in config.plugins.values()):
            name = f"garden-{self.feature}"
            raise PluginError(f"{name} needs the plugin garden: add “- garden” before “- {name}” in mkdocs.yml.")
        return config


class GardenPlugin(BasePlugin[GardenConfig]):
    """Owner of the garden during a build."""

    def __init__(self) -> None:
        super().__init__()
        self._loaded: LoadedGarden | None = None
        self._log_filter = LogFilter()
        self.plugins = installed_plugins()
        self.frame = Frame()
        self.pages: dict[str, GeneratedPage] = {}
        self._html: dict[str, str] = {}
        self._policy: Policy | None = None
        self._texts: TextRenderer | None = None

    @property
    def loaded(self) -> LoadedGarden:
        """The garden of this build."""
        if self._loaded is None:
            raise PluginError("The garden is loaded when MkDocs collects the files; it was asked for before that.")
        return self._loaded

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        _refuse_dirty()
        self._log_filter = LogFilter()
        self._log_filter.install()
        _refuse_linked_folders(Path(config.docs_dir))
        # After a site's own custom_dir, which may replace any of it, and before the theme's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        config.extra_css.insert(0, f"{_ASSETS}/garden.css")
        config.extra_javascript.insert(0, config_options.ExtraScript().validate(f"{_ASSETS}/garden.js"))
        if not config.repo_url:
            config.edit_uri = ""  # without a repository MkDocs would warn of each page's incomplete edit link
        on = {plugin.feature for plugin in config.plugins.values() if isinstance(plugin, FeaturePlugin)}
        off = {plugin.feature for plugin in FeaturePlugin.__subclasses__()} - on
        self.plugins = installed_plugins().leaving_out(off)
        self.frame = self._frame(config)
        return config

    def _frame(self, config: MkDocsConfig) -> Frame:
        overrides = [str(folder) for each in config.theme.dirs if (folder := Path(each, _OVERRIDES)).is_dir()]
        forge = forge_of(config.repo_url or "", self.plugins.call("garden_forges"))
        commit = forge.commit_template(config.repo_url) if forge and config.repo_url else ""
        return Frame(
            directory_urls=config.use_directory_urls,
            edit=_edit(config),
            commit=self.config.commit_url or commit,
            features=frozenset(self.plugins.names),
            templates=(*overrides, *map(str, self.plugins.call("garden_templates"))),
        )

    @event_priority(100)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        cache = Path(config.config_file_path).parent / self.config.cache if self.config.cache else None
        content = Path(config.docs_dir)
        loaded = load_garden(
            content,
            today=now(),
            cache=cache,
            with_history=self.config.history,
            plugins=self.plugins,
            markdown=markdown_options(config),
        )
        self._loaded = loaded
        settings = loaded.indexes.garden.settings
        self.frame = replace(self.frame, language=language_or_english(settings.language, settings.phrases))
        self._log_filter.publication = loaded.indexes.publication
        self._texts = TextRenderer(loaded.indexes, self.frame, markdown_options(config))
        _report(loaded, strict=config.strict)
        # What was not read (settings, symbolic links, broken files) and who is not shown has no place in the site.
        shown = {*loaded.indexes.garden.pages, *loaded.indexes.garden.files}
        for file in [file for file in files if file.src_dir == config.docs_dir and file.src_uri not in shown]:
            files.remove(file)
        self.pages = pages_to_generate(loaded.pages, loaded.indexes.garden, self.frame)
        self._html = {}
        for path in self.pages:
            files.append(File.generated(config, path, content=""))
        if config.nav is not None:
            _allow_outside_navigation(files)
        for path, html in old_addresses(loaded.indexes, self.frame).items():
            files.append(File.generated(config, path, content=html))
        for output in self.plugins.call("garden_outputs", indexes=loaded.indexes, frame=self.frame):
            files.append(File.generated(config, output.path, content=output.content()))
        return files

    def on_page_read_source(self, /, *, page: Page, config: MkDocsConfig) -> str | None:
        # The garden's own reading of the file: MkDocs passes over front matter that it can't read, and loses a first
        # line such as "Note: …". The empty front matter keeps it from looking for any in the text.
        page_read = self.read(page, config)
        return f"---\n{{}}\n---\n{page_read.body}" if page_read else None

    @event_priority(100)
    def _describe(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        path = page.file.src_uri
        generated = self.pages.get(path)
        text = self.frame.language.text
        if generated:
            hide = ["navigation", "toc"] if generated.wide else []
            page.meta = _meta(
                {"title": text(generated.title), "description": text(generated.description), "hide": hide}
            )
        elif path in self.loaded.indexes.garden.pages and (summary := summary_of(self.loaded.indexes, path)):
            # A record's front matter is the garden's: MkDocs and Material read other things into template or status.
            hide = ["navigation", "toc"]
            page.meta = _meta({"title": summary.title, "description": summary.description, "hide": hide})
        elif page_read := self.read(page, config):
            # The title as the garden knows it: MkDocs would make one of the file's name without escaping it.
            own = page_read.meta if page_read.kind is None else {}
            page.meta = _meta({**own, "title": page_read.title})
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
        if generated := self.pages.get(path):
            self._html[path] = page_html(generated, self.loaded.indexes, self.frame)
            page.present_anchor_ids = {section.anchor for section in sections(self._html[path])}
            return heading_html(generated, self.loaded.indexes, self.frame)
        if path in self.loaded.indexes.garden.pages:
            return before_text(self.loaded.indexes, self.frame, path) + html
        return html

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        # The theme has some seventy templates, compiled anew by each build: a third of the time of a small one.
        env.bytecode_cache = compiled_templates("theme")
        env.auto_reload = False  # else each page looks again on disk for each of them
        self._policy = Policy(env)
        return env

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if template_name.endswith(".html") and self._policy:
            self._policy.add_to(context, template_name)
        return context

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        # After the search plugin has read the page: lists, credit and backlinks repeat what other pages say.
        path = page.file.src_uri
        if path in self._html:
            page.content = self._html.pop(path)
            page.toc = _toc(sections(page.content))
        elif path in self.loaded.indexes.garden.pages:
            after = after_text(self.loaded.indexes, self.frame, path)
            page.toc = TableOfContents([*_toc(sections(page.content or "")), *_toc(sections(after))])
            page.content = f"{page.content}{after}"
        if self._policy:
            self._policy.add_to(context)
        return context

    def read(self, page: Page, config: MkDocsConfig) -> GardenPage | None:
        """What the garden read of a page, unless another plugin has put something else in its place."""
        return self.loaded.indexes.garden.pages.get(page.file.src_uri) if page.file.src_dir == config.docs_dir else None


def _allow_outside_navigation(files: Files) -> None:
    """Let no page be reported as missing from the navigation: readers come to records and lists by links and search."""
    for file in files.documentation_pages():
        if file.inclusion in (InclusionLevel.UNDEFINED, InclusionLevel.INCLUDED):
            file.inclusion = InclusionLevel.NOT_IN_NAV


def _report(loaded: LoadedGarden, *, strict: bool) -> None:
    """Log the problems. Raises Abort for an error in a strict build, which must never end in a published page."""
    # MkDocs' strict mode stops on what is logged as a warning; of the garden's problems only errors are to stop it.
    shown, more = shown_problems(loaded.problems)
    first: list[str] = []
    for problem in shown:
        line = visible(f"{problem.location}: {problem.message} {problem.hint} [{problem.code}]")
        if problem.severity is Severity.ERROR:
            log.warning(line)
            first = [*first, line][:3]
        elif problem.severity is Severity.WARNING:
            log.info("(warning) %s", line)
        else:
            log.debug(line)
    if more:
        log.info("%s more problems are not shown; “garden check --format json” lists them all.", f"{more:,}")
    errors = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
    if strict and errors:
        # Not left to MkDocs, which counts only what it prints: with --quiet it would count nothing, and publish.
        others = [f"… and {errors - len(first)} more: “garden check” lists them."] if errors > len(first) else []
        text = "\n".join([*first, *others])
        raise Abort(f"Stopped: the garden has {errors} error{'s' if errors > 1 else ''}.\n{text}")


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


def _refuse_linked_folders(content: Path) -> None:
    links = linked_folders(content)
    if links:
        # MkDocs would follow them when it collects the files, before the garden is read, and some lead in a circle.
        raise PluginError(
            f"{visible(links[0])} in {content.name} is a symbolic link to a folder. Replace the link with the folder itself."
        )


def _edit(config: MkDocsConfig) -> str:
    if not config.repo_url or not config.edit_uri:
        return ""
    return f"{config.repo_url.rstrip('/')}/{config.edit_uri.strip('/')}/{{path}}"


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
