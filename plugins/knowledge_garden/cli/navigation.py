"""What mkdocs.yml says of plugins and navigation, so that a check and a build of the site give one verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml

from knowledge_garden.cli.site import SITE_FILE, site_settings
from knowledge_garden.features import installed_plugins
from knowledge_garden.hooks import Plugins
from knowledge_garden.loading import LoadedGarden
from knowledge_garden.model.links import scheme_of
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem

_FEATURES = ("links", "failures", "credits")  # each switched on by the plugin garden-NAME
_MAKE_NO_PAGES = ("search", "material/search", "garden", *(f"garden-{feature}" for feature in _FEATURES))


def site_plugins(content: Path) -> Plugins:
    """The garden's plugins as the site switches them on; all that are installed where no mkdocs.yml says."""
    names = _plugin_names(_settings(content))
    if "garden" not in names:
        return installed_plugins()
    return installed_plugins().leaving_out({feature for feature in _FEATURES if f"garden-{feature}" not in names})


def check_navigation(content: Path, loaded: LoadedGarden) -> Iterator[Problem]:
    """Entries of the navigation that lead to no page. Where a plugin that is not the garden's may make pages: none."""
    settings = _settings(content)
    if any(name not in _MAKE_NO_PAGES for name in _plugin_names(settings)):
        return
    shown = loaded.indexes.garden
    known = {*shown.pages, *shown.files, *(page.path for page in loaded.pages)}
    lines = (content.parent / SITE_FILE).read_text(encoding="utf-8").split("\n") if settings.get("nav") else []
    for target in _targets(settings.get("nav")):
        if not _leads(target, known):
            line = next((number for number, text in enumerate(lines, 1) if target in text), 0)
            fault = message("nav names {target}; there is no such page.", target=target)
            yield problem("broken-link", SITE_FILE, line, fault, message("Correct the entry, or remove it."))


def _settings(content: Path) -> dict[str, Any]:
    try:
        return site_settings(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}  # `site_markdown` reports it


def _plugin_names(settings: dict[str, Any]) -> list[str]:
    written = settings.get("plugins")
    entries = [{name: None} for name in written] if isinstance(written, dict) else written
    if not isinstance(entries, list):
        return []
    return [str(name) for entry in entries for name in (entry if isinstance(entry, dict) else [entry])]


def _targets(nav: Any) -> Iterator[str]:
    """The paths and addresses of a navigation, in its order."""
    for entry in nav if isinstance(nav, list) else []:
        for value in entry.values() if isinstance(entry, dict) else [entry]:
            if isinstance(value, str):
                yield value
            else:
                yield from _targets(value)


def _leads(target: str, known: Collection[str]) -> bool:
    return bool(scheme_of(target)) or target.startswith(("/", "#")) or not target or target in known
