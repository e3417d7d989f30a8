"""What others can add to a garden: indexes, checks with their problem codes, pages, outputs, commands and forges.

A plugin is a module or an object with functions named as below, each marked with `hookimpl`. A package makes its
plugin known by an entry point of the group `knowledge_garden`:

    [project.entry-points.knowledge_garden]
    reading-list = "our_package.reading_list"

The garden's own links, failures and credits (`features/`) use the same hooks. Hooks take only the arguments that they
name, and may return nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from knowledge_garden.forges import Forge
    from knowledge_garden.indexes import Index, Indexes
    from knowledge_garden.model.garden import Garden
    from knowledge_garden.model.problems import Code, Problem
    from knowledge_garden.outputs.file import OutputFile
    from knowledge_garden.pages.description import GeneratedPage
    from knowledge_garden.pages.frame import Frame

GROUP = "knowledge_garden"
"""The group of entry points, and the name under which pluggy knows the hooks."""

hookimpl = pluggy.HookimplMarker(GROUP)
_hookspec = pluggy.HookspecMarker(GROUP)


class Hooks:
    """The hooks. The version of this interface is the package's own; a change that breaks a plugin is a major one."""

    @_hookspec
    def garden_indexes(self) -> Iterable[Index[Any]]:
        """Indexes: things computed from the garden once, for pages, outputs and checks."""
        raise NotImplementedError

    @_hookspec
    def garden_problem_codes(self) -> Iterable[Code]:
        """The codes of the problems that the plugin's checks find. The handbook's list of problems shows them."""
        raise NotImplementedError

    @_hookspec
    def garden_checks(self, indexes: Indexes) -> Iterable[Problem]:
        """What is wrong with the garden, made with `Code.at`. A check never raises for wrong content."""
        raise NotImplementedError

    @_hookspec
    def garden_pages(self, garden: Garden) -> Iterable[GeneratedPage]:
        """Pages that no file of the content holds. A file at the same address in the content replaces a page."""
        raise NotImplementedError

    @_hookspec
    def garden_templates(self) -> Path:
        """The folder of the plugin's Jinja templates. A site's theme may override each."""
        raise NotImplementedError

    @_hookspec
    def garden_outputs(self, indexes: Indexes, frame: Frame) -> Iterable[OutputFile]:
        """Files for machines, written beside the pages."""
        raise NotImplementedError

    @_hookspec
    def garden_commands(self) -> Iterable[click.Command]:
        """Commands of `garden`."""
        raise NotImplementedError

    @_hookspec
    def garden_forges(self) -> Iterable[Forge]:
        """Hosts of repositories, and how they write the addresses of files, edits and commits."""
        raise NotImplementedError


class Plugins:
    """The plugins of one garden: calls hooks and joins what they return, in the order of registration."""

    def __init__(self, manager: pluggy.PluginManager, without: Iterable[str] = ()) -> None:
        """`without`: names of plugins that are left out."""
        self._manager = manager
        self.without = frozenset(without)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the plugins that are on."""
        return tuple(name for name, plugin in self._manager.list_name_plugin() if plugin and name not in self.without)

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of the modules that the plugins are, or whose classes they are of; also of those that are off."""
        plugins = (plugin for _, plugin in self._manager.list_name_plugin() if plugin)
        return tuple(
            plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__module__ for plugin in plugins
        )

    def leaving_out(self, names: Iterable[str]) -> Plugins:
        """The same plugins without those of these names."""
        return Plugins(self._manager, self.without | frozenset(names))

    def all(self) -> Plugins:
        """The same plugins with those that were left out: an index costs nothing unless it is asked for."""
        return Plugins(self._manager)

    def call(self, hook: str, **arguments: Any) -> list[Any]:
        """What the hook of every plugin returns, joined: iterables item by item, a single value as one item."""
        removed = [plugin for name in self.without if (plugin := self._manager.get_plugin(name)) is not None]
        results = self._manager.subset_hook_caller(hook, removed)(**arguments)
        joined: list[Any] = []
        for result in reversed(results):  # pluggy calls the last registered first
            joined += result if isinstance(result, Iterable) and not isinstance(result, str) else [result]
        return joined


def plugins_of(plugins: Mapping[str, object], *, discover: bool = False) -> Plugins:
    """The given plugins by name, and with `discover` those of installed packages."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    for name, plugin in plugins.items():
        manager.register(plugin, name)
    if discover:
        manager.load_setuptools_entrypoints(GROUP)
    manager.check_pending()
    return Plugins(manager)
