"""The garden plugin: loads the garden once a build, owns its state, and adds headers and footers to the pages."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import ClassVar, cast

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.templates import TemplateContext

from knowledge_garden.clock import now
from knowledge_garden.features import installed_plugins
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.locale import language_or_english
from knowledge_garden.mkdocs.configuration import (
    GardenConfig,
    NoOptions,
    make_frame,
    refuse_dirty,
    refuse_linked_folders,
    set_language,
)
from knowledge_garden.mkdocs.logs import LogFilter, count_when_quiet
from knowledge_garden.mkdocs.navigation import (
    allow_outside_navigation,
    metadata,
    table_of_contents,
    translate_titles,
)
from knowledge_garden.mkdocs.policy import PAGE_TEMPLATE, Policy
from knowledge_garden.mkdocs.repeated import RepeatedParts
from knowledge_garden.mkdocs.report import advise_on_plugins, report
from knowledge_garden.mkdocs.text import TextRenderer, markdown_options
from knowledge_garden.model.garden import Page as GardenPage
from knowledge_garden.pages.around import after_text, before_text, summary_of
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html, pages_to_generate
from knowledge_garden.pages.moved import old_addresses
from knowledge_garden.pages.principles import with_proofs
from knowledge_garden.pages.search import SearchFrame, search_frame
from knowledge_garden.pages.templating import compiled_templates, phrases, sections
from knowledge_garden.reading.settings import garden_settings

_THEME = Path(__file__).parent.parent / "theme"
_ASSETS = "assets/knowledge-garden"


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
        self._policy: Policy | None = None
        self._texts: TextRenderer | None = None
        self._search: SearchFrame | None = None
        self._nav = Navigation([], [])

    @property
    def loaded(self) -> LoadedGarden:
        """The garden of this build."""
        if self._loaded is None:
            raise PluginError("The garden is loaded when MkDocs collects the files; it was needed before that.")
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
        # After a site's own custom_dir, which may replace any of it, and before the theme's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        config.extra_css[:0] = [f"{_ASSETS}/garden.css", f"{_ASSETS}/lifecycle.css"]
        search = {"path": f"{_ASSETS}/search.js", "type": "module"}
        for script in (search, f"{_ASSETS}/garden.js"):
            config.extra_javascript.insert(0, config_options.ExtraScript().validate(script))
        advise_on_plugins(config)
        on = {plugin.feature for plugin in config.plugins.values() if isinstance(plugin, FeaturePlugin)}
        off = {plugin.feature for plugin in FeaturePlugin.__subclasses__()} - on
        self.plugins = installed_plugins().leaving_out(off)
        settings = garden_settings(Path(config.docs_dir))
        language = language_or_english(settings.language, settings.phrases)
        self.frame = make_frame(config, self.plugins, self.config, language, settings.intake)
        set_language(config, language)
        return config

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        translate_titles(nav.items, self.frame.language)
        self._nav = nav
        return nav

    @event_priority(100)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        cache = Path(config.config_file_path).parent / self.config.cache if self.config.cache else None
        content = Path(config.docs_dir)
        loaded = load_garden(
            content,
            today=_now(),
            cache=cache,
            with_history=self.config.history,
            plugins=self.plugins,
            markdown=markdown_options(config),
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
        self._search = search_frame(loaded.indexes, self.frame)
        for path in self.pages:
            files.append(File.generated(config, path, content=""))
        if config.nav is not None:
            allow_outside_navigation(files)
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
            page.meta = metadata(
                {"title": text(generated.title), "description": text(generated.description), "hide": hide}
            )
        elif path in self.loaded.indexes.garden.pages and (summary := summary_of(self.loaded.indexes, path)):
            # A record's front matter is the garden's: MkDocs and Material read other things into template or status.
            hide = ["navigation", "toc"]
            page.meta = metadata({"title": summary.title, "description": summary.description, "hide": hide})
        elif page_read := self.read(page, config):
            # The title as the garden knows it: MkDocs would make one of the file's name without escaping it.
            own = page_read.meta if page_read.kind is None else {}
            page.meta = metadata({**own, "title": page_read.title})
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
            html = page_html(generated, self.loaded.indexes, self.frame)
            contents = sections(html)
            page.present_anchor_ids = {section.anchor for section in contents}
            page.toc = table_of_contents(contents)
            return html
        if path in self.loaded.indexes.garden.pages:
            return before_text(self.loaded.indexes, self.frame, path) + with_proofs(
                html, self.loaded.indexes, self.frame, path
            )
        return html

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        # The theme has some seventy templates, compiled anew by each build: a third of the time of a small one.
        env.bytecode_cache = compiled_templates("theme")
        env.auto_reload = False  # else each page looks again on disk for each of them
        env.globals.update(phrases(self.frame.language))
        env.globals["repeated"] = RepeatedParts(config, self._nav)
        # The garden's templates of the theme can include those that they replace.
        replaced = config.theme.dirs[config.theme.dirs.index(str(_THEME)) + 1 :]
        own = FileSystemLoader(config.theme.dirs)
        env.loader = ChoiceLoader([own, PrefixLoader({"theme": FileSystemLoader(replaced)})])
        self._policy = Policy(env)
        return env

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if template_name.endswith(".html"):
            self._add_to(context, template_name)
        return context

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        # Late: MkDocs keeps the content of all pages until here, and credit and backlinks are as long as most texts.
        path = page.file.src_uri
        if path in self.loaded.indexes.garden.pages:
            after = after_text(self.loaded.indexes, self.frame, path)
            page.toc = TableOfContents(
                [*table_of_contents(sections(page.content or "")), *table_of_contents(sections(after))]
            )
            page.content = f"{page.content}{after}"
        self._add_to(context)
        return context

    def _add_to(self, context: TemplateContext, template_name: str = PAGE_TEMPLATE) -> None:
        """Give a template of the theme the search, and what its policy allows."""
        cast("dict[str, object]", context)["garden_search"] = self._search
        if self._policy:
            self._policy.add_to(context, template_name)

    def read(self, page: Page, config: MkDocsConfig) -> GardenPage | None:
        """What the garden read of a page, unless another plugin has put something else in its place."""
        return self.loaded.indexes.garden.pages.get(page.file.src_uri) if page.file.src_dir == config.docs_dir else None


def _now() -> datetime.datetime:
    try:
        return now()
    except ValueError as error:
        raise PluginError(str(error)) from error
