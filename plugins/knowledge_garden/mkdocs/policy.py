"""Which inline scripts a page's content security policy allows: those that the theme writes, none of the content's."""

from __future__ import annotations

import base64
import copy
import hashlib
from html.parser import HTMLParser
from typing import cast

import click
from jinja2 import Environment
from mkdocs.structure.nav import Navigation
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.templates import TemplateContext

PAGE_TEMPLATE = "main.html"


class Policy:
    """Makes the script sources of each page's policy.

    The theme's template is rendered without anything that content decides (text, titles, navigation), and the inline
    scripts of that are the ones allowed. So a script that came in through content never gets a hash, however it got
    in. The theme writes the same scripts into all pages of one depth, which are therefore rendered once.
    """

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._sources: dict[tuple[str, str], str] = {}

    def add_to(self, context: TemplateContext, template: str = PAGE_TEMPLATE) -> None:
        """Give the template its variable `script_sources`."""
        cast("dict[str, object]", context)["script_sources"] = self.sources(context, template)

    def sources(self, context: TemplateContext, template: str = PAGE_TEMPLATE) -> str:
        """What follows `script-src 'self'` for a page rendered by `template` with `context`."""
        if is_served():
            return "'unsafe-inline'"  # the live reload of `mkdocs serve` is a script that changes with each build
        key = (template, context["base_url"])
        if key not in self._sources:
            html = self._env.get_template(template).render(_without_content(context))
            self._sources[key] = " ".join(f"'sha256-{digest}'" for digest in script_digests(html))
        return self._sources[key]


def script_digests(html: str) -> list[str]:
    """The SHA-256 digests, in base64, of the inline scripts of a page, each once and in their order."""
    scripts = _Scripts()
    scripts.feed(html)
    scripts.close()
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts.texts)
    return list(dict.fromkeys(digests))


class _Scripts(HTMLParser):
    """Collects inline scripts. Those with a type that browsers don't run, such as JSON, need no permission."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = tag == "script" and "src" not in given and given.get("type") in (None, "", "module")
        if self._inside:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def _without_content(context: TemplateContext) -> dict[str, object]:
    nav = Navigation([], [])
    nav.homepage = context["nav"].homepage
    page = context.get("page")
    if page is not None:
        page = copy.copy(page)
        page.title, page.content, page.meta, page.toc, page.parent = "", "", {}, TableOfContents([]), None
    return {**context, "nav": nav, "page": page}


def is_served() -> bool:
    """Whether the build is one of `mkdocs serve`."""
    command = click.get_current_context(silent=True)
    return command is not None and command.info_name == "serve"
