"""The ledger: every contribution with its person, role, page, date, rule and evidence, and what was corrected or left out."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from knowledge_garden.indexes.display import Contributor, contributor_named, index_people, name_key
from knowledge_garden.indexes.names import unpublished_pages
from knowledge_garden.model.contributions import CONFIRMED, History, Identity
from knowledge_garden.model.declarations import Correction, Declarations
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.records import PersonFields
from knowledge_garden.model.settings import Credit

DECLARED = "declared"
TOLD = "told_by"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One contribution. `page` is a path from the repository's top, "" for work that belongs to no page.

    `rule` says why it counts: "author", "trailer", "body", "reviewed, nothing to change", "declared", "told_by".
    Evidence is `commit` or `link`; a line from `told_by` rests on the page itself.
    """

    contributor: Contributor
    role: str
    page: str
    date: datetime.date
    rule: str
    commit: str = ""
    link: str = ""
    what: str = ""
    community: str = ""
    flags: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines by date, then person, role and page; `corrected` holds the lines a correction took out or gave away.

    `configuration`: each file that shaped it → SHA-256 of its bytes. `unpublished`: profiles, from the repository's top,
    whose very paths would tell who stands behind initials or a pseudonym.
    """

    lines: tuple[LedgerLine, ...]
    corrected: tuple[tuple[LedgerLine, Correction], ...]
    unused: tuple[Correction, ...]
    history: History = field(repr=False)
    configuration: Mapping[str, str] = field(default_factory=dict, repr=False)
    unpublished: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class People:
    """Finds the contributor behind a name. `identities` is a private list, address → name or slug, from outside the repository."""

    records: Mapping[str, Record[PersonFields]]
    rules: Credit
    identities: Mapping[str, str] = field(default_factory=dict, repr=False)
    _by_slug: dict[str, Contributor] = field(default_factory=dict, repr=False)
    _by_name: dict[str, Contributor] = field(default_factory=dict, repr=False)
    _seen: dict[tuple[str, str, bool], Contributor] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._by_slug.update(index_people(self.records, self.rules))
        for slug, record in self.records.items():
            for name in (record.fields.name, *record.fields.aliases):
                self._by_name.setdefault(name_key(name), self._by_slug[slug])

    def named(self, who: str) -> Contributor:
        """The contributor with this slug or name."""
        return self._by_slug.get(who) or self._by_name.get(name_key(who)) or contributor_named(who, self.rules)

    def behind(self, identity: Identity, *, tool: bool) -> Contributor:
        """The contributor behind an identity of the history. People of one name are one person, as in `git shortlog`."""
        key = (identity.name, identity.email.casefold(), tool)
        found = self._seen.get(key)
        if found is None:
            private = self.identities.get(key[1], "")
            found = (
                contributor_named(identity.name, self.rules, tool=True)
                if tool
                else self.named(private or identity.name)
            )
            self._seen[key] = found
        return found


def make_ledger(
    history: History,
    people: People,
    declarations: Declarations,
    *,
    pages: Mapping[str, str] | None = None,
    told: tuple[LedgerLine, ...] = (),
) -> Ledger:
    """Join what the history, `declarations` and the lessons say. `pages`: name of a page → its path from the top.

    While credit is withheld (a shallow clone) nothing else is shown either: half a record misleads.
    """
    if history.withheld:
        return Ledger((), (), (), history, history.configuration)
    lines = [
        LedgerLine(
            people.behind(each.person, tool=each.tool),
            each.role,
            each.page,
            each.date,
            each.rule,
            each.commit,
            flags=each.flags,
            related=each.related,
        )
        for each in history.contributions
    ]
    kept, corrected, unused = _corrected(lines, declarations.corrections, people)
    kept += [*_declared(declarations, people, pages or {}), *told]
    kept.sort(key=lambda each: (each.date, each.contributor.key, each.role, each.page, each.commit))
    return Ledger(tuple(dict.fromkeys(kept)), tuple(corrected), tuple(unused), history, history.configuration)


def garden_ledger(garden: Garden, identities: Mapping[str, str] | None = None) -> Ledger:
    """The ledger of a garden."""
    people = People(garden.people, garden.settings.credit, identities or {})
    pages: dict[str, str] = {}
    for path in garden.pages:
        stem = path.removesuffix(".md")
        for name in (path, stem, stem.rpartition("/")[2]):
            pages.setdefault(name, garden.file(path))
    told = tuple(_told(garden, people))
    ledger = make_ledger(garden.history, people, garden.declarations, pages=pages, told=told)
    unpublished = frozenset(map(garden.file, unpublished_pages(garden)))
    return replace(ledger, configuration=garden.configuration, unpublished=unpublished)


def ledger_of(ledger: Ledger, keys: Collection[str]) -> Ledger:
    """The part of a ledger that is about the contributors with these keys."""
    return replace(
        ledger,
        lines=tuple(line for line in ledger.lines if line.contributor.key in keys),
        corrected=tuple(each for each in ledger.corrected if each[0].contributor.key in keys),
    )


def _told(garden: Garden, people: People) -> Iterator[LedgerLine]:
    for lesson in garden.lessons.values():
        if lesson.fields.anonymous:
            continue
        file = garden.file(lesson.path)
        life = garden.history.pages.get(file)
        for slug in lesson.fields.told_by:
            if slug in garden.people and life is not None and life.created is not None:
                yield LedgerLine(people.named(slug), "told", file, life.created, TOLD)


def _declared(declarations: Declarations, people: People, pages: Mapping[str, str]) -> Iterator[LedgerLine]:
    for each in declarations.declared:
        flags = ("date-approximate",) if each.date.day is None else ()
        yield LedgerLine(
            people.named(each.person),
            each.role,
            pages.get(each.page, each.page),
            each.date.first,
            DECLARED,
            link=each.evidence,
            what=each.what,
            community=each.community,
            flags=flags,
        )
    for read in declarations.reviewed:
        page = pages.get(read.page, read.page)
        yield LedgerLine(people.named(read.person), "tended", page, read.date.first, CONFIRMED, link=read.evidence)


def _corrected(
    lines: list[LedgerLine], corrections: tuple[Correction, ...], people: People
) -> tuple[list[LedgerLine], list[tuple[LedgerLine, Correction]], list[Correction]]:
    """Apply the corrections: lines that stay (or were given to another), lines taken out, corrections that met no line."""
    kept: list[LedgerLine] = []
    taken: list[tuple[LedgerLine, Correction]] = []
    used: set[int] = set()
    for line in lines:
        position = next((n for n, each in enumerate(corrections) if _applies(each, line, people)), None)
        if position is None:
            kept.append(line)
            continue
        correction = corrections[position]
        used.add(position)
        taken.append((line, correction))
        if correction.give_to:
            flags = tuple(sorted({*line.flags, "corrected"}))
            kept.append(replace(line, contributor=people.named(correction.give_to), flags=flags))
    return kept, taken, [each for n, each in enumerate(corrections) if n not in used]


def _applies(correction: Correction, line: LedgerLine, people: People) -> bool:
    return (
        line.commit.startswith(correction.commit)
        and (not correction.page or line.page == correction.page or line.page.endswith(f"/{correction.page}"))
        and (not correction.person or people.named(correction.person).key == line.contributor.key)
    )
