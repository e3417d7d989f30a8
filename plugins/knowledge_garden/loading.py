"""The one pipeline: from a folder of Markdown under Git to a garden, its indexes and its problems."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from knowledge_garden.features import installed_plugins
from knowledge_garden.history import find_repository, read_history, read_texts, store_folder
from knowledge_garden.history.past import Version
from knowledge_garden.hooks import Plugins
from knowledge_garden.indexes import Indexes
from knowledge_garden.locale import Language, language_or_english
from knowledge_garden.model.contributions import DEFAULT_ROLES, DEFAULT_TOOLS, CreditRules, History
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.messages import message
from knowledge_garden.model.origins import with_keys
from knowledge_garden.model.problems import Problem, limit_problems, problem
from knowledge_garden.model.publication import publish
from knowledge_garden.model.records import Kind
from knowledge_garden.model.renaming import aliases_of, with_current_names
from knowledge_garden.model.settings import SETTINGS_FILE, Settings
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.reading import MarkdownOptions, Reading, past_seats, read_content
from knowledge_garden.store import Store

_VERSIONS_OF_A_CHARTER = 500  # the newest; earlier ones are not read
CACHE = ".cache/knowledge-garden"
"""Where builds and checks keep things if nothing else is said, beside the content folder; see `open_store`."""


@dataclass(frozen=True, slots=True)
class LoadedGarden:
    """A garden with its indexes, everything that is wrong with it, and the pages that plugins add to it.

    `garden` is all that was read; what may be shown of it is `indexes.garden`.
    `problems` are sorted by file and line, at most 100 of a file. `plugins` are those it was loaded with; outputs are asked of them.
    """

    garden: Garden
    indexes: Indexes
    problems: tuple[Problem, ...]
    pages: tuple[GeneratedPage, ...] = field(repr=False)
    plugins: Plugins = field(repr=False)

    @property
    def language(self) -> Language:
        """The language of the garden's interface."""
        return language_or_english(self.garden.settings.language, self.garden.settings.phrases)


def load_garden(
    content: Path,
    *,
    today: datetime.date,
    cache: Path | None = None,
    with_history: bool = True,
    plugins: Plugins | None = None,
    markdown: MarkdownOptions | None = None,
    progress: Callable[[int], None] | None = None,
    store: Store | None = None,
) -> LoadedGarden:
    """Load the garden whose content folder is `content`.

    `today` is the day of the build or check (a moment is taken for the day it has in the garden's timezone);
    `cache` is a folder for what is kept between builds (None: nothing is kept), and `store` what is kept there if the
    caller has opened it (see `open_store`); `plugins` are all that are installed
    where none are given; `markdown` are the Markdown extensions of the site (None: those of the starter); `progress` is
    told the number of commits read so far. Wrong content gives problems, never an exception; a content folder that is
    not there raises NotADirectoryError.
    """
    if not content.is_dir():
        raise NotADirectoryError(f"There is no folder {content}.")
    plugins = plugins or installed_plugins()
    content = content.resolve()
    repository = find_repository(content)
    top = content.relative_to(repository).as_posix() if repository else content.name
    top = "" if top == "." else top
    own = open_store(content, cache) if store is None else store
    try:
        reading = read_content(content, top=top, markdown=markdown, store=own)
    finally:
        own.close() if store is None else own.save()
    if isinstance(today, datetime.datetime):
        today = today.astimezone(reading.settings.zone).date()
    history = History(state="none")
    if with_history:
        paths = [f"{top}/**/*.md" if top else "**/*.md"]
        rules = replace(credit_rules(reading.settings), aliases=_aliases(reading, top))
        history = read_history(
            repository or content, today=today, rules=rules, paths=paths, cache=cache, progress=progress
        )
    garden = _with_past_seats(_garden(reading, history, top, today), repository)
    indexes, pages = index_garden(garden, plugins)
    problems = [*reading.problems, *_check_forge(garden, plugins), *plugins.call("garden_checks", indexes=indexes)]
    return LoadedGarden(garden, indexes, tuple(limit_problems(problems)), pages, plugins)


def open_store(content: Path, cache: Path | None) -> Store:
    """What builds of a content folder have kept, wanted in the folder `cache`; a work tree's is in its Git directory."""
    return Store(store_folder(content, cache))


def index_garden(garden: Garden, plugins: Plugins) -> tuple[Indexes, tuple[GeneratedPage, ...]]:
    """The indexes of a garden, none of them made yet, and the pages that plugins add to it.

    Raises ValueError where two plugins make an index of one name, or a page at one address.
    """
    publication = publish(garden)
    pages: dict[str, GeneratedPage] = {}
    for page in plugins.call("garden_pages", garden=publication.garden):
        if page.path in pages:
            raise ValueError(f"Two plugins make a page at {page.path}: {pages[page.path].title}, {page.title}.")
        pages[page.path] = page
    definitions = plugins.all().call("garden_indexes")
    codes = plugins.call("garden_problem_codes")
    return Indexes(garden, publication, definitions, generated=pages, codes=codes), tuple(pages.values())


def _check_forge(garden: Garden, plugins: Plugins) -> Iterator[Problem]:
    """A kind of host in garden.yml that no plugin knows: all links to the repository would be missing."""
    kind = garden.settings.intake.forge
    forges = plugins.call("garden_forges")
    if kind and not any(forge.is_kind(kind) for forge in forges):
        line = garden.setting_lines.get("intake.forge", 0)
        hint = message("Choose from: {choices}.", choices=", ".join(" ".join(f.kind for f in forges).split()))
        fault = message("intake.forge: {kind} is not a kind of host that is known here.", kind=kind)
        yield problem("settings", garden.file(SETTINGS_FILE), line, fault, hint)


def _aliases(reading: Reading, top: str) -> dict[str, str]:
    """Alias → path from the repository's top, of the aliases that mean one page."""
    records = cast("dict[Kind, dict[str, Any]]", reading.records)
    paths: dict[str, set[str]] = {}
    for kind, aliases in aliases_of(records).items():
        for alias, slug in aliases.items():
            path = records[kind][slug].path
            paths.setdefault(alias, set()).add(f"{top}/{path}" if top else path)
    return {alias: next(iter(meant)) for alias, meant in paths.items() if len(meant) == 1}


def credit_rules(settings: Settings) -> CreditRules:
    """The rules by which the history gives credit, as garden.yml sets them on top of the defaults."""
    credit = settings.credit
    return CreditRules(
        timezone=settings.timezone,
        bots=(*DEFAULT_TOOLS, *credit.bots),
        roles={**DEFAULT_ROLES, **{name.lower(): role for name, role in credit.roles.items()}},
        ignore_revs=credit.ignore_revisions,
        moves=credit.moves,
    )


def _garden(reading: Reading, history: History, top: str, today: datetime.date) -> Garden:
    records = with_current_names(cast("dict[Kind, dict[str, Any]]", reading.records))
    return Garden(
        settings=reading.settings,
        content=top,
        today=today,
        history=history,
        declarations=reading.declarations,
        configuration=MappingProxyType({**history.configuration, **reading.configuration}),
        pages=MappingProxyType(reading.pages),
        files=frozenset(reading.files),
        lessons=MappingProxyType(
            with_keys(_with_current_causes(records[Kind.LESSON], reading.settings), reading.settings)
        ),
        communities=MappingProxyType(records[Kind.COMMUNITY]),
        people=MappingProxyType(with_keys(records[Kind.PERSON], reading.settings)),
        partners=MappingProxyType(records[Kind.PARTNER]),
        declaration_lines=MappingProxyType(reading.declaration_lines),
        has_settings=reading.has_settings,
        setting_lines=MappingProxyType(reading.setting_lines),
        outside=reading.outside,
    )


def _with_past_seats(garden: Garden, repository: Path | None) -> Garden:
    """The garden with the seats that earlier versions of its charters had."""
    history = garden.history
    if repository is None or not history.complete:
        return garden
    wanted: dict[str, list[tuple[datetime.date, tuple[Version, ...]]]] = {}
    for slug, charter in garden.communities.items():
        page = history.pages.get(garden.file(charter.path))
        changes = (
            {change.commit: change.date for change in page.contributions if change.rule == "author"} if page else {}
        )
        paths = (page.path, *page.former_paths) if page else ()
        newest = sorted(changes.items(), key=lambda change: (change[1], change[0]))[-_VERSIONS_OF_A_CHARTER:]
        wanted[slug] = [(day, tuple((commit, path) for path in paths)) for commit, day in newest]
    asked = [version for days in wanted.values() for _, versions in days for version in versions]
    texts, notices = read_texts(repository, asked)
    past = {
        slug: past_seats(
            (day, next(texts[version] for version in versions if version in texts))
            for day, versions in days
            if not texts.keys().isdisjoint(versions)
        )
        for slug, days in wanted.items()
    }
    history = replace(history, notices=(*history.notices, *notices))
    return replace(garden, past_seats=MappingProxyType(past), history=history)


def _with_current_causes(
    lessons: Mapping[str, Record[LessonFields]], settings: Settings
) -> dict[str, Record[LessonFields]]:
    """The lessons, with the earlier keys of causes replaced by those of today, so that nothing else need know of them."""
    former = settings.former_causes
    if not former:
        return dict(lessons)
    current: dict[str, Record[LessonFields]] = {}
    for slug, lesson in lessons.items():
        update = {
            name: tuple(dict.fromkeys(former.get(key, key) for key in getattr(lesson.fields, name)))
            for name in ("causes", "prevented")
        }
        current[slug] = replace(lesson, fields=lesson.fields.model_copy(update=update))
    return current
