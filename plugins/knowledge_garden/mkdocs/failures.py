"""The garden-failures plugin: the failure index and a page for each cause."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from knowledge_garden.mkdocs.garden import NoOptions, garden_of


class FailuresPlugin(BasePlugin[NoOptions]):
    """The failure index and a page for each cause. It has no options."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        garden_of(config, "garden-failures")
        return config

    @event_priority(90)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        garden_of(config, "garden-failures").add_pages(files, config, "failures")
        return files
