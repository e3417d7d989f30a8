"""The garden-links plugin: makes [[slug]] links of the page's text into Markdown links before MkDocs reads them."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from knowledge_garden.mkdocs.garden import FeaturePlugin, GardenPlugin
from knowledge_garden.pages.text import link_wikis
from knowledge_garden.reading.markdown import scan


class LinksPlugin(FeaturePlugin):
    """[[slug]], [[slug|text]] and backlinks. It has no options."""

    feature = "links"

    @event_priority(50)
    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        path = page.file.src_uri
        garden = next(plugin for plugin in config.plugins.values() if isinstance(plugin, GardenPlugin))
        indexes = garden.loaded.indexes
        read = indexes.garden.pages.get(path)
        # A plugin before this one may have changed the text since the garden read it; then it is scanned anew.
        links = read.links if read and read.body == markdown else scan(markdown).links
        return link_wikis(markdown, links, indexes, path)
