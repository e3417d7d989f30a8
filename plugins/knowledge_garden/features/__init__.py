"""The garden's own plugins, made with the same hooks as those of others: an example to copy from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from knowledge_garden.features import (
    communities,
    core,
    facets,
    failures,
    leadership,
    lifecycle,
    links,
    partners,
    people,
    premortem,
    search,
)
from knowledge_garden.features import credits as credit_lists
from knowledge_garden.hooks import Plugins, plugins_of

PLUGINS: Mapping[str, object] = MappingProxyType(
    {
        "core": core,
        "facets": facets,
        "partners": partners,
        "leadership": leadership,
        "links": links,
        "failures": failures,
        "lifecycle": lifecycle,
        "premortem": premortem,
        "search": search,
        "credits": credit_lists,
        "communities": communities,
        "people": people,
    }
)
"""Name → plugin, in the order in which their hooks are called. All but "core" can be left out."""

__all__ = ["PLUGINS", "installed_plugins"]


@cache
def installed_plugins() -> Plugins:
    """The garden's own plugins, and those that installed packages make known. Raises what a broken package raises."""
    return plugins_of(PLUGINS, discover=True)
