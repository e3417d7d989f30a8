"""A plugin that only switches one of the garden's own features on."""

from __future__ import annotations

from typing import ClassVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from knowledge_garden.mkdocs.configuration import NoOptions


class FeaturePlugin(BasePlugin[NoOptions]):
    """A plugin that does nothing but say that its feature is on. The plugin garden does the rest."""

    feature: ClassVar[str]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        from knowledge_garden.mkdocs.garden import GardenPlugin  # which asks for all of these

        if not any(isinstance(plugin, GardenPlugin) for plugin in config.plugins.values()):
            name = f"garden-{self.feature}"
            raise PluginError(f"{name} needs the plugin garden: add “- garden” before “- {name}” in mkdocs.yml.")
        return config


def features_off(config: MkDocsConfig) -> set[str]:
    """The features whose plugins the site leaves out."""
    on = {plugin.feature for plugin in config.plugins.values() if isinstance(plugin, FeaturePlugin)}
    return {plugin.feature for plugin in FeaturePlugin.__subclasses__()} - on
