"""The garden-links plugin: makes [[slug]] links of the page's text into Markdown links before MkDocs reads them."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from knowledge_garden.mkdocs.garden import NoOptions, garden_of
from knowledge_garden.pages import link_wikis
from knowledge_garden.reading.markdown import scan


class LinksPlugin(BasePlugin[NoOptions]):
    """[[slug]], [[slug|text]] and backlinks. It has no options."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        garden_of(config, "garden-links")
        return config

    @event_priority(50)
    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if "[[" not in markdown:
            return markdown
        path = page.file.src_uri
        indexes = garden_of(config, "garden-links").loaded.indexes
        read = indexes.garden.pages.get(path)
        # A plugin before this one may have changed the text since the garden read it; then it is scanned anew.
        links = read.links if read and read.body == markdown else scan(markdown).links
        return link_wikis(markdown, links, indexes, path)
