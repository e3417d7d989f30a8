"""Templates that other templates import, run once a build rather than once for each page that imports them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import Name

from knowledge_garden.indexes import Indexes
from knowledge_garden.pages.frame import Frame

MODULES = "_modules"
"""The name under which `ImportedTemplate` finds in a template's values what has been imported."""


class Shared:
    """The values that all pages of a build share, and the modules that were imported with them.

    `here` is the page that is being rendered: of these values only `href` depends on it, and asks when it is called.
    """

    def __init__(self, indexes: Indexes, frame: Frame) -> None:
        self.indexes = indexes
        self.frame = frame
        self.here = ""
        self.values: dict[str, object] = {
            "indexes": indexes,
            "garden": indexes.garden,
            "settings": indexes.garden.settings,
            "frame": frame,
            "features": frame.features,
            "href": self.href,
        }
        self.modules: dict[str, TemplateModule] = {}

    def href(self, there: str) -> str:
        """The address of a content path as the present page writes it."""
        return self.frame.href(self.here, there)

    def are_in(self, values: Mapping[str, object]) -> bool:
        """Whether a template has these values under their names, and not others."""
        return all(values.get(name) is value for name, value in self.values.items())


class ImportedTemplate(Template):
    """A template of which an import with context gives the same module to all pages, where it reads nothing of a page."""

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 (the names are Jinja's)
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        of_build = vars.get(MODULES) if vars else None
        if (
            vars is None
            or self.name is None
            or not isinstance(of_build, Shared)
            or not of_build.are_in({**vars, **(locals or {})})
            or not _names_read(self.environment, self.name) <= of_build.values.keys()
        ):
            return super().make_module(vars, shared, locals)
        module = of_build.modules.get(self.name)
        if module is None:
            module = of_build.modules[self.name] = super().make_module(vars, shared, locals)
        return module


@cache
def _names_read(environment: Environment, name: str) -> frozenset[str]:
    """The names that a template takes from the one that imports it."""
    loader = environment.loader
    if loader is None:
        return frozenset([name])
    tree = environment.parse(loader.get_source(environment, name)[0])
    own = {node.name for node in tree.find_all(Name) if node.ctx == "store"}  # set in a branch alone
    return frozenset(find_undeclared_variables(tree) - own - environment.globals.keys())
