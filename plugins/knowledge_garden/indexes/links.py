"""Where each link leads, which links are broken or unsafe, and the backlinks of each page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from knowledge_garden.hints import Near
from knowledge_garden.indexes.names import Names
from knowledge_garden.model.addresses import as_index
from knowledge_garden.model.garden import Garden, Page
from knowledge_garden.model.links import SAFE_SCHEMES, Backlink, Link, LinkForm, scheme_of, unsafe_address
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.records import RELATIONS


@dataclass(frozen=True, slots=True)
class Links:
    """The garden's links. `backlinks` maps a page's path to what links to it; `generated` are the pages no file holds."""

    names: Names = field(repr=False)
    backlinks: Mapping[str, tuple[Backlink, ...]] = field(repr=False)
    generated: frozenset[str] = field(repr=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False)

    def to(self, path: str) -> tuple[Backlink, ...]:
        return self.backlinks.get(path, ())

    def wiki(self, target: str) -> str:
        """The page that [[target]] leads to, or "" where it leads to none or to several."""
        found = _wiki_targets(target, self.names, self.generated)
        return found[0] if len(found) == 1 else ""


def index_links(garden: Garden, names: Names, made: frozenset[str]) -> Links:
    """Follow every link of every page once. `made`: the paths of the pages that no file of the content holds."""
    generated = frozenset(made - {as_index(path) for path in garden.pages if as_index(path) != path})
    follow = _Follow(garden, names, generated)
    problems: list[Problem] = []
    back: dict[str, dict[tuple[str, str, str], Backlink]] = {}

    def add(target: str, backlink: Backlink) -> None:
        key = (backlink.source, backlink.relation, backlink.sentence)
        back.setdefault(target, {}).setdefault(key, backlink)

    for page in garden.pages.values():
        for link in page.links:
            target, found = follow.link(page, link)
            problems += found
            # A link from a profile that is not shown would tell whose it is.
            if target in garden.pages and target != page.path and names.published(page.path):
                add(target, _backlink(page, link, garden.pages[target].title))
    for slug, record in garden.lessons.items():
        for relation in RELATIONS:
            for other in getattr(record.fields, relation):
                if other in garden.lessons and other != slug:
                    target = garden.lessons[other].path
                    add(target, Backlink(record.path, record.title, relation, record.fields.summary, (0, 0)))
    ordered = {
        path: tuple(sorted(found.values(), key=lambda each: (each.title.casefold(), each.source, each.relation)))
        for path, found in back.items()
    }
    return Links(names, ordered, generated, tuple(problems))


def _backlink(page: Page, link: Link, title: str) -> Backlink:
    """A link in the text, seen from the page `title`; a [[slug]] without words of its own shows that title."""
    sentence, (start, end) = link.sentence, link.mark
    if link.form is LinkForm.WIKI and not link.text:
        sentence = f"{sentence[:start]}{title}{sentence[end:]}"
        end = start + len(title)
    return Backlink(page.path, page.title, "", sentence, (start, end))


class _Follow:
    """Follows links. What its hints are made from is made ready once."""

    def __init__(self, garden: Garden, names: Names, generated: frozenset[str]) -> None:
        self.garden = garden
        self.names = names
        self.generated = generated
        self.anchors: dict[str, Near] = {}

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path that a link may lead to, and so a hint may name."""
        return self.garden.files | self.generated | self.garden.pages.keys() - self.names.unpublished

    @cached_property
    def near(self) -> Near:
        return Near(self.paths)

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.paths:
            found.setdefault(posixpath.basename(path), []).append(path)
        return found

    def link(self, page: Page, link: Link) -> tuple[str, list[Problem]]:
        """The path a link leads to ("" for none in the garden) and what is wrong with it."""
        garden, where = self.garden, self.garden.file(page.path)
        if link.form is LinkForm.WIKI:
            return self._wiki(page, link)
        if scheme_of(link.target).lower() in SAFE_SCHEMES:
            if link.form is LinkForm.IMAGE:
                message = f"The picture {link.target} would be fetched from another host by every reader."
                return "", [problem("remote-picture", where, link.line, message)]
            return "", []
        message, hint = unsafe_address(link.target)
        if message:
            return "", [problem("unsafe-link", where, link.line, message, hint)]
        if not link.target:
            return page.path, self._anchor(page, link, where) if link.anchor else []
        if link.form is LinkForm.HTML:
            message = f"{link.target} stands in HTML, where it is not made an address of the site."
            hint = "Write it as a Markdown link, [words](path/to/page.md), or picture, ![words](path/to/picture.png)."
            return "", [problem("broken-link", where, link.line, message, hint)]
        written = unquote(link.target.partition("?")[0])
        folder = "" if written.startswith("/") else posixpath.dirname(page.path)
        target = posixpath.normpath(posixpath.join(folder, written.lstrip("/")))
        if target in garden.pages and self.names.published(target):
            return target, self._anchor(garden.pages[target], link, where)
        if target in self.generated or target in garden.files:
            return target, []
        if target in garden.pages:
            return "", [_withheld(where, link)]
        hint = self._path_hint(page.path, target)
        return "", [problem("broken-link", where, link.line, f"There is no {target}.", hint)]

    def _wiki(self, page: Page, link: Link) -> tuple[str, list[Problem]]:
        where = self.garden.file(page.path)
        if not link.target:
            return page.path, self._anchor(page, link, where)
        found = _wiki_targets(link.target, self.names, self.generated)
        if len(found) > 1:
            choices = " or ".join(f"[[{path.removesuffix('.md')}]]" for path in found)
            message = f"[[{link.target}]] can mean {len(found)} pages."
            return "", [problem("ambiguous-link", where, link.line, message, f"Write {choices}.")]
        if self.names.withheld(link.target):
            return "", [_withheld(where, link)]
        if not found:
            near = self.names.near(link.target)
            hint = f"Did you mean [[{near}]]?" if near else "Use a file's name without .md, such as [[gimli-glider]]."
            return "", [problem("broken-link", where, link.line, f"No page is called {link.target}.", hint)]
        target = self.garden.pages.get(found[0])
        return found[0], self._anchor(target, link, where) if target else []

    def _anchor(self, page: Page, link: Link, where: str) -> list[Problem]:
        anchor = unquote(link.anchor)
        if not anchor or anchor in page.anchors:
            return []
        if page.path not in self.anchors:
            self.anchors[page.path] = Near(page.anchors)
        near = self.anchors[page.path].to(anchor, cutoff=0.5)
        known = ", ".join(f"#{heading.anchor}" for heading in page.headings[:8])
        hint = f"Did you mean #{near}?" if near else f"It has {known}." if known else "The page has no headings."
        return [problem("broken-anchor", where, link.line, f"{page.path} has no heading #{anchor}.", hint)]

    def _path_hint(self, source: str, target: str) -> str:
        """The nearest existing path, written as the page would write it."""
        tries = [f"{target}.md", f"{target}/index.md", f"{posixpath.dirname(target)}/README.md".lstrip("/")]
        tries = tries if posixpath.basename(target) == "index.md" else tries[:2]
        same_name = self.by_name.get(posixpath.basename(target), [])
        near = [path for path in tries if path in self.paths] or (same_name if len(same_name) == 1 else [])
        best = near[0] if near else self.near.to(target, cutoff=0.75)
        return f"Did you mean {posixpath.relpath(best, posixpath.dirname(source) or '.')}?" if best else ""


def _wiki_targets(target: str, names: Names, generated: Iterable[str]) -> tuple[str, ...]:
    found = names.find(target)
    if found:
        return found
    for path in (f"{target}.md", f"{target}/index.md"):
        if path in generated:
            return (path,)
    return ()


def _withheld(where: str, link: Link) -> Problem:
    message = "The link leads to somebody whose profile is not published."
    return problem("broken-link", where, link.line, message, "Take the link out, and the name with it.")
