"""Where each link leads, which links are broken or unsafe, and the backlinks of each page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from knowledge_garden.hints import Near
from knowledge_garden.indexes.names import Names
from knowledge_garden.model.addresses import PEOPLE, as_index, resolve
from knowledge_garden.model.garden import Garden, Page
from knowledge_garden.model.lesson import RELATIONS
from knowledge_garden.model.links import Backlink, Link, LinkForm, scheme_of
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.publication import Publication


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
        targets = _wiki_targets(target, self.names, self.generated)
        return targets[0] if len(targets) == 1 else ""


def index_links(garden: Garden, names: Names, publication: Publication, made: frozenset[str]) -> Links:
    """Follow every link of every page of the whole garden once; backlinks are those between pages that are published.

    `made`: the paths of the pages that no file of the content holds.
    """
    shown = publication.garden
    generated = frozenset(made - {as_index(path) for path in garden.pages if as_index(path) != path})
    follow = _Follow(garden, names, generated, publication)
    problems: list[Problem] = []
    back: dict[str, dict[tuple[str, str, str], Backlink]] = {}

    def add(target: str, backlink: Backlink) -> None:
        key = (backlink.source, backlink.relation, backlink.sentence)
        back.setdefault(target, {}).setdefault(key, backlink)

    for page in garden.pages.values():
        for link in page.links:
            target, wrong = follow.link(page, link)
            problems += wrong
            # A link from a profile that is not shown would tell whose it is.
            if (
                target in shown.pages
                and target != page.path
                and page.path in shown.pages
                and not publication.beside_a_real_event(page.path, target)
            ):
                add(target, _backlink(shown.pages[page.path], link, shown.pages[target].title))
    for slug, record in shown.lessons.items():
        for relation in RELATIONS:
            for other in getattr(record.fields, relation):
                target = shown.lessons[other].path if other in shown.lessons and other != slug else ""
                if target and not publication.beside_a_real_event(record.path, target):
                    add(target, Backlink(record.path, record.title, relation, record.fields.summary, (0, 0)))
    ordered = {
        path: tuple(sorted(links.values(), key=lambda link: (link.title.casefold(), link.source, link.relation)))
        for path, links in back.items()
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

    def __init__(self, garden: Garden, names: Names, generated: frozenset[str], publication: Publication) -> None:
        self.garden = garden
        self.publication = publication
        self.names = names
        self.generated = generated
        self.anchors: dict[str, Near] = {}

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path that a link may lead to, and so a hint may name."""
        shown = self.publication.garden
        return shown.files | self.generated | shown.pages.keys()

    @cached_property
    def near(self) -> Near:
        return Near(self.paths)

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        paths: dict[str, list[str]] = {}
        for path in self.paths:
            paths.setdefault(posixpath.basename(path), []).append(path)
        return paths

    def link(self, page: Page, link: Link) -> tuple[str, list[Problem]]:
        """The path a link leads to ("" for none in the garden) and what is wrong with it."""
        garden, file = self.garden, self.garden.file(page.path)
        if link.form is LinkForm.WIKI:
            return self._wiki(page, link)
        if scheme_of(link.target):
            return "", []  # what is not safe is not published, and was reported when the text was read
        if not link.target:
            return page.path, self._anchor(page, link, file) if link.anchor else []
        target = resolve(page.path, link.target)
        published = self.publication.published(target)
        if target in garden.pages and published:
            return target, self._anchor(garden.pages[target], link, file)
        if target in self.generated or (target in garden.files and published):
            return target, []
        if not published:
            return "", self._not_published(page, link, target)
        hint = self._path_hint(page.path, target)
        return "", [problem("broken-link", file, link.line, message("There is no {target}.", target=target), hint)]

    def _wiki(self, page: Page, link: Link) -> tuple[str, list[Problem]]:
        file = self.garden.file(page.path)
        if not link.target:
            return page.path, self._anchor(page, link, file)
        targets = _wiki_targets(link.target, self.names, self.generated)
        if len(targets) > 1:
            choices = " or ".join(f"[[{path.removesuffix('.md')}]]" for path in targets)
            fault = message("[[{target}]] can mean {number} pages.", target=link.target, number=len(targets))
            return "", [problem("ambiguous-link", file, link.line, fault, message("Write {choices}.", choices=choices))]
        if withheld := self.names.withheld(link.target):
            return "", self._not_published(page, link, withheld)
        if not targets:
            near = self.names.near(link.target)
            hint = (
                message("Did you mean [[{near}]]?", near=near)
                if near
                else message("Use a file's name without .md, such as [[gimli-glider]].")
            )
            return "", [
                problem(
                    "broken-link", file, link.line, message("No page is called {target}.", target=link.target), hint
                )
            ]
        target = self.garden.pages.get(targets[0])
        return targets[0], self._anchor(target, link, file) if target else []

    def _not_published(self, page: Page, link: Link, target: str) -> list[Problem]:
        """A link to what is withheld; one on a page that nobody sees may stay, and so may one to a sample left out."""
        if not self.publication.published(page.path) or target in self.publication.samples:
            return []
        return [_withheld(self.garden.file(page.path), link, target)]

    def _anchor(self, page: Page, link: Link, file: str) -> list[Problem]:
        anchor = unquote(link.anchor)
        if not anchor or anchor in page.anchors:
            return []
        if page.path not in self.anchors:
            self.anchors[page.path] = Near(page.anchors)
        near = self.anchors[page.path].to(anchor, cutoff=0.5)
        anchors = ", ".join(f"#{heading.anchor}" for heading in page.headings[:8])
        hint = (
            message("Did you mean #{near}?", near=near)
            if near
            else message("It has {anchors}.", anchors=anchors)
            if anchors
            else message("The page has no headings.")
        )
        return [
            problem(
                "broken-anchor",
                file,
                link.line,
                message("{path} has no heading #{anchor}.", path=page.path, anchor=anchor),
                hint,
            )
        ]

    def _path_hint(self, source: str, target: str) -> str:
        """The nearest existing path, written as the page would write it."""
        tries = [f"{target}.md", f"{target}/index.md", f"{posixpath.dirname(target)}/README.md".lstrip("/")]
        tries = tries if posixpath.basename(target) == "index.md" else tries[:2]
        same_name = self.by_name.get(posixpath.basename(target), [])
        near = [path for path in tries if path in self.paths] or (same_name if len(same_name) == 1 else [])
        best = near[0] if near else self.near.to(target, cutoff=0.75)
        return (
            message("Did you mean {near}?", near=posixpath.relpath(best, posixpath.dirname(source) or "."))
            if best
            else ""
        )


def _wiki_targets(target: str, names: Names, generated: Iterable[str]) -> tuple[str, ...]:
    paths = names.find(target)
    if paths:
        return paths
    for path in (f"{target}.md", f"{target}/index.md"):
        if path in generated:
            return (path,)
    return ()


def _withheld(file: str, link: Link, target: str) -> Problem:
    if target.startswith(f"{posixpath.dirname(PEOPLE)}/"):
        fault = message("The link leads to the profile, or to a file, of somebody who is not shown by name.")
        return problem("broken-link", file, link.line, fault, message("Remove the link, and the name with it."))
    fault = message("The link leads to a page or a file that is not published.")
    return problem(
        "broken-link", file, link.line, fault, message("Remove the link, or link to something that is published.")
    )
