"""The garden-credits plugin: the credits page and the credit at the foot of each page."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from knowledge_garden.mkdocs.garden import NoOptions, garden_of


class CreditsPlugin(BasePlugin[NoOptions]):
    """The credits page and the credit at the foot of each page. It has no options."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        garden_of(config, "garden-credits")
        return config

    @event_priority(90)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        garden_of(config, "garden-credits").add_pages(files, config, "credits")
        return files
