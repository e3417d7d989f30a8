"""Reads a site's Markdown extensions from its mkdocs.yml, so that a check parses as the build does, without MkDocs.

Nothing of the file is run: of its `!!python/name:` only slugify functions of known libraries are taken, and only
extensions that come with Python-Markdown and PyMdown, since a check may look at a stranger's change of that file.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import yaml
from markdown.extensions import toc
from pymdownx import slugs  # type: ignore[import-untyped]

from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.reading import MarkdownOptions

SITE_FILE = "mkdocs.yml"
_BUILT_IN = ("toc", "tables", "fenced_code")  # what MkDocs adds to each site's extensions
_OWN = ("markdown.extensions.", "pymdownx.")
_FUNCTIONS = {
    "markdown.extensions.toc.slugify": toc.slugify,
    "markdown.extensions.toc.slugify_unicode": toc.slugify_unicode,
    "pymdownx.slugs.uslugify": slugs.slugify(case="lower"),
    "pymdownx.slugs.gfm": slugs.slugify(case="lower", percent_encode=False),
}


class _Loader(yaml.SafeLoader):
    """Reads what MkDocs' own loader reads; what would run code or read the environment becomes None."""


def _named(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    return _FUNCTIONS.get(suffix)


_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _named)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)
_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def site_settings(content: Path) -> dict[str, Any]:
    """The settings of the site whose content folder is `content`; empty where it has no mkdocs.yml.

    Raises OSError, UnicodeDecodeError or yaml.YAMLError where that can't be read.
    """
    file = content.parent / SITE_FILE
    if not file.is_file():
        return {}
    settings = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    return settings if isinstance(settings, dict) else {}


def site_markdown(content: Path) -> tuple[MarkdownOptions | None, list[Problem]]:
    """The Markdown options of the site whose content folder is `content`; None where it has no mkdocs.yml that says.

    Problems name what the check can't follow, so that it may differ from the build there.
    """
    try:
        settings = site_settings(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        fault = message(
            "{site_file} can't be read ({name}); its Markdown extensions are not known.",
            site_file=SITE_FILE,
            name=type(error).__name__,
        )
        return None, [problem("site-settings", SITE_FILE, 0, fault)]
    written = settings.get("markdown_extensions")
    if written is None:
        return None, []
    known = {point.name for point in entry_points(group="markdown.extensions") if point.value.startswith(_OWN)}
    names, configs, problems = [*_BUILT_IN], {}, []
    for name, config in _extensions(written):
        if name not in known and not name.startswith(_OWN):
            fault = message("The Markdown extension {name} is not one that a check takes.", name=name)
            problems.append(problem("site-settings", SITE_FILE, 0, fault))
            continue
        names += [name] if name not in names else []
        if settings := {key: value for key, value in config.items() if value is not None}:
            configs[name] = settings
        for key in sorted(config.keys() - settings.keys()):
            fault = message("The setting {key} of {name} is not one that a check takes.", key=key, name=name)
            problems.append(problem("site-settings", SITE_FILE, 0, fault))
    return MarkdownOptions(tuple(names), configs), problems


def _extensions(written: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names with settings, from a list of names and mappings or from one mapping, as MkDocs takes both."""
    if isinstance(written, dict):
        written = [{name: config} for name, config in written.items()]
    for item in written if isinstance(written, list) else []:
        if isinstance(item, str):
            yield item, {}
        elif isinstance(item, dict):
            for name, config in item.items():
                yield str(name), config if isinstance(config, dict) else {}
