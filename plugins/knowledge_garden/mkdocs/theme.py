"""What the garden lays over the site's theme: templates, styles and scripts, and what its templates can ask for."""

from __future__ import annotations

from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from knowledge_garden.locale import Language
from knowledge_garden.mkdocs.repeated import RepeatedParts
from knowledge_garden.pages.templating import compiled_templates, phrases

_THEME = Path(__file__).parent.parent / "theme"
_ASSETS = "assets/knowledge-garden"


def add_theme(config: MkDocsConfig) -> None:
    """Add the templates, styles and scripts."""
    # After a site's own custom_dir, which may replace any of it, and before the theme's.
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
    config.extra_css[:0] = [f"{_ASSETS}/garden.css", f"{_ASSETS}/lifecycle.css"]
    search = {"path": f"{_ASSETS}/search.js", "type": "module"}
    for script in (search, f"{_ASSETS}/garden.js"):
        config.extra_javascript.insert(0, config_options.ExtraScript().validate(script))


def prepare(env: Environment, config: MkDocsConfig, nav: Navigation, language: Language) -> None:
    """Give the theme's environment what its templates need, and let it keep what is the same for all pages."""
    # The theme has some seventy templates, compiled anew by each build: a third of the time of a small one.
    env.bytecode_cache = compiled_templates("theme")
    env.auto_reload = False  # else each page looks again on disk for each of them
    env.globals.update(phrases(language))
    env.globals["repeated"] = RepeatedParts(config, nav)
    # The garden's templates of the theme can include those that they replace.
    replaced = config.theme.dirs[config.theme.dirs.index(str(_THEME)) + 1 :]
    own = FileSystemLoader(config.theme.dirs)
    env.loader = ChoiceLoader([own, PrefixLoader({"theme": FileSystemLoader(replaced)})])
