"""Parts of the theme that are the same on all pages of a folder, such as the navigation: rendered once, then repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

_OWN_TEMPLATES = "knowledge-garden"  # of a site's theme, for what is inside a page


class RepeatedParts:
    """The parts of one build. Templates call it as `{% call repeated("navigation") %}…{% endcall %}`.

    Of a page outside the navigation, Material's navigation, footer, styles and scripts depend on nothing but the
    address of its folder and on what it hides. A site with templates of its own may read anything of a page in them,
    so there each page renders all of its parts.
    """

    def __init__(self, config: MkDocsConfig, nav: Navigation) -> None:
        self._on = not own_templates(config)
        self._in_nav = {page.file.src_uri for page in nav.pages}
        # From the page of a folder, an address within that folder is written in another way than from its neighbours.
        self._folders = {folder for url in (*_addresses(nav), "assets/x") for folder in _folders(url)}
        self._parts: dict[tuple[object, ...], Markup] = {}

    @pass_context
    def __call__(self, context: Context, name: str, caller: Callable[[], str]) -> str:
        """The part `name` of the present page: what `caller` renders, or rendered for an earlier page of its folder."""
        page = context.get("page")
        if not self._on or not isinstance(page, Page) or page.file.src_uri in self._in_nav or page.url in self._folders:
            return caller()
        folder = page.url.rstrip("/").rpartition("/")[0]
        hidden = page.meta.get("hide")
        key = (name, folder, page.url.endswith("/"), *(hidden if isinstance(hidden, list) else ()))
        if key not in self._parts:
            self._parts[key] = Markup(caller())  # noqa: S704 (the theme's templates wrote it)
        return self._parts[key]


def own_templates(config: MkDocsConfig) -> list[Path]:
    """The site's own templates of the theme, sorted; those for the inside of the garden's pages are not among them."""
    custom = config.theme.custom_dir
    folder = Path(custom) if custom else None
    if folder is None:
        return []
    return sorted(file for file in folder.rglob("*.html") if file.relative_to(folder).parts[0] != _OWN_TEMPLATES)


def _addresses(nav: Navigation) -> Iterator[str]:
    return (page.url for page in nav.pages)


def _folders(url: str) -> Iterator[str]:
    """Every folder that an address lies in: a/b/c/ → a/, a/b/, a/b/c/."""
    parts = url.split("/")[:-1]
    return ("/".join(parts[: length + 1]) + "/" for length in range(len(parts)))
