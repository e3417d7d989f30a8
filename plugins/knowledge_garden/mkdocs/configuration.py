"""The garden plugin's options, the frame of its pages as mkdocs.yml sets it, and what a build refuses."""

from __future__ import annotations

import datetime
from pathlib import Path

import click
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from knowledge_garden.clock import now
from knowledge_garden.forges import forge_of
from knowledge_garden.hooks import Plugins
from knowledge_garden.loading import CACHE
from knowledge_garden.locale import Language
from knowledge_garden.mkdocs.repository import edit_template, find_host
from knowledge_garden.model.intake import Intake
from knowledge_garden.model.names import visible
from knowledge_garden.pages.frame import Frame
from knowledge_garden.reading.files import linked_folders

_OVERRIDES = "knowledge-garden"  # the folder of a theme that holds its own versions of the garden's templates


class GardenConfig(Config):
    """Options of the garden plugin, each described in the handbook under "Run a garden"."""

    history = config_options.Type(bool, default=True)
    cache = config_options.Type((str, bool), default=CACHE)
    commit_url = config_options.Type(str, default="")
    branch = config_options.Type(str, default="")


class NoOptions(Config):
    """The options of a plugin that has none."""


def cache_folder(config: MkDocsConfig, options: GardenConfig) -> Path | None:
    """The folder that the site names for what is kept between builds; None where nothing is to be kept."""
    folder = GardenConfig.cache.default if options.cache is True else options.cache
    return Path(config.config_file_path).parent / str(folder) if folder else None


def build_time() -> datetime.datetime:
    """The time of the build. Raises PluginError where SOURCE_DATE_EPOCH can't be read."""
    try:
        return now()
    except ValueError as error:
        raise PluginError(str(error)) from error


def make_frame(
    config: MkDocsConfig, plugins: Plugins, options: GardenConfig, language: Language, intake: Intake
) -> Frame:
    """The frame of every page, made of the site's options and of what garden.yml says of its forge."""
    overrides = [str(folder) for directory in config.theme.dirs if (folder := Path(directory, _OVERRIDES)).is_dir()]
    forges = plugins.call("garden_forges")
    host = find_host(config, forges, intake, options.branch)
    forge = host.forge if host else forge_of(config.repo_url or "", forges, intake.forge)
    forge_commit_url = forge.commit_template(config.repo_url) if forge and config.repo_url else ""
    return Frame(
        directory_urls=config.use_directory_urls,
        edit=edit_template(config, host),
        commit=options.commit_url or forge_commit_url,
        host=host,
        features=frozenset(plugins.names),
        templates=(*overrides, *map(str, plugins.call("garden_templates"))),
        language=language,
        site=config.site_url.rstrip("/") + "/" if config.site_url else "",
    )


def set_language(config: MkDocsConfig, language: Language) -> None:
    """Let the theme speak the garden's language: its own words where it has them, and the names of colour schemes."""
    theme = config.theme
    primary = language.tag.partition("-")[0]
    for tag in (language.tag, primary):
        if any(Path(folder, "partials", "languages", f"{tag}.html").is_file() for folder in theme.dirs):
            theme["language"] = tag
            break
    else:
        theme["language"] = theme.get("language", language.tag)
    palette = theme.get("palette")
    for scheme in palette if isinstance(palette, list) else ():
        toggle = scheme.get("toggle")
        if isinstance(toggle, dict) and isinstance(name := toggle.get("name"), str):
            toggle["name"] = language.gettext(name)


def refuse_dirty() -> None:
    """Raise PluginError in a build of the changed pages alone."""
    context = click.get_current_context(silent=True)
    if context and (context.params.get("build_type") == "dirty" or context.params.get("clean") is False):
        raise PluginError("--dirty leaves pages without their links and credit. Build without it.")


def refuse_linked_folders(content: Path) -> None:
    """Raise PluginError where the content holds a symbolic link to a folder."""
    links = linked_folders(content)
    if links:
        # MkDocs would follow them when it collects the files, before the garden is read, and some lead in a circle.
        raise PluginError(
            f"{visible(links[0])} in {content.name} is a symbolic link to a folder. Replace the link with the folder itself."
        )
