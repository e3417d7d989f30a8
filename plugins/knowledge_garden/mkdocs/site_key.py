"""What all pages of a site have in common, as one key: configuration, templates, navigation, code and versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig

from knowledge_garden.mkdocs.repeated import own_templates
from knowledge_garden.pages.frame import Frame
from knowledge_garden.store import key_of
from knowledge_garden.versions import code_version, described, files_digest, library_versions

_LIBRARIES = (
    "Babel Jinja2 Markdown MarkupSafe mkdocs mkdocs-material mkdocs-material-extensions pydantic pymdown-extensions"
)
# Which files there are, and how they are reported, decide which pages there are but change none. Plugins and the theme
# are described by themselves; what a page takes from its own text is in the page's key.
_LEFT_OUT = frozenset(
    [
        "config_file_path",
        "dev_addr",
        "docs_dir",
        "draft_docs",
        "exclude_docs",
        "hooks",
        "not_in_nav",
        "plugins",
        "site_dir",
        "strict",
        "theme",
        "validation",
        "watch",
    ]
)
_OURS = "knowledge_garden."
# What a template can know of other pages than its own, or of the day.
_OF_OTHERS = re.compile(r"\b(?:pages|build_date_utc|update_date)\b")


def why_not(config: MkDocsConfig) -> str:
    """Why pages of this site can't be taken from an earlier build, for a log; "" where they can."""
    others = [name for name, plugin in config.plugins.items() if not type(plugin).__module__.startswith(_OURS)]
    if others:
        return f"the plugin {others[0]} may change every page"
    if config.hooks:
        return "hooks may change every page"
    if config.nav is None:
        return "without nav in mkdocs.yml every page lists all others"
    if config.extra_templates:
        return "extra_templates may list all pages"
    for template in own_templates(config):
        if _OF_OTHERS.search(template.read_text(encoding="utf-8", errors="replace")):
            return f"the template {template.name} may list all pages"
    return ""


def site_key(config: MkDocsConfig, frame: Frame, in_nav: Mapping[str, object], *more: str) -> bytes | None:
    """The key; None where a setting can't be told by its value. `in_nav`: the metadata of the pages in the navigation."""
    theme = config.theme
    phrases = sorted(frame.language.phrases.items())
    try:
        settings = [
            *described(dict(_settings(config))),
            *described({name: str(value) if name == "locale" else value for name, value in theme.items()}),
            *described([(name, dict(plugin.config)) for name, plugin in config.plugins.items()]),
            *described([theme.name, sorted(theme.static_templates), phrases, in_nav]),
        ]
    except ValueError:
        return None
    return key_of(
        code_version(),
        files_digest(own_folders(config)),
        library_versions(*_LIBRARIES.split()),
        frame.language.tag,
        *sorted(frame.features),
        *more,
        *settings,
    )


def own_folders(config: MkDocsConfig) -> list[Path]:
    """The folders of templates and files of the site's own."""
    return [Path(config.theme.custom_dir)] if config.theme.custom_dir else []


def nav_paths(nav: object) -> Iterator[str]:
    """Every path and address that the configuration's navigation names."""
    if isinstance(nav, str):
        yield PurePosixPath(nav).as_posix()
    elif isinstance(nav, Mapping):
        for item in nav.values():
            yield from nav_paths(item)
    elif isinstance(nav, Iterable):
        for item in nav:
            yield from nav_paths(item)


def _settings(config: MkDocsConfig) -> Iterator[tuple[str, object]]:
    for name, value in config.items():
        if name == "markdown_extensions":
            yield name, [part if isinstance(part, str) else type(part).__qualname__ for part in value]
        elif name == "extra_javascript":
            yield name, [value if isinstance(value, str) else dict(value) for value in value]
        elif name not in _LEFT_OUT:
            yield name, value
