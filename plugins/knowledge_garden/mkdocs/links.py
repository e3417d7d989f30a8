"""The garden-links plugin: switches backlinks on, and lets [[slug]] links work on the pages of other plugins too."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from knowledge_garden.mkdocs.feature import FeaturePlugin
from knowledge_garden.mkdocs.garden import GardenPlugin
from knowledge_garden.pages.text import with_wiki_links
from knowledge_garden.reading.wiki import WikiLinks


class LinksPlugin(FeaturePlugin):
    """Backlinks, and [[slug]] links outside the content folder. It has no options."""

    feature = "links"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        super().on_config(config)
        config.markdown_extensions.append(WikiLinks())  # type: ignore[arg-type]  # Python-Markdown takes it, too
        return config

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        garden = next(plugin for plugin in config.plugins.values() if isinstance(plugin, GardenPlugin))
        if garden.read(page, config):
            return html  # the garden has done so
        return with_wiki_links(html, garden.loaded.indexes, garden.frame, page.file.src_uri)
