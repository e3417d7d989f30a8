"""The ledger: every contribution with its person, role, page, date, rule and evidence, and what was corrected or left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from knowledge_garden.indexes.corrections import Taken, correct
from knowledge_garden.indexes.declared import Written
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.names import Names, index_names
from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.contributions import CONFIRMED, History, PageHistory
from knowledge_garden.model.declarations import Correction, Declarations
from knowledge_garden.model.forms import is_web_address
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.names import without_addresses
from knowledge_garden.model.people import Contributor, Directory, directory_of
from knowledge_garden.model.publication import ANONYMOUS, Publication, publish
from knowledge_garden.model.samples import without_sample_people

DECLARED = "declared"
TOLD = "told_by"


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines by date, then person, role and page; `corrected` holds the lines a correction took out or gave away.

    `deciders`: slug or name, as the corrections of those lines have it → who got the credit, or decided.
    `configuration`: each file that shaped it → SHA-256 of its bytes.
    """

    lines: tuple[LedgerLine, ...]
    corrected: tuple[Taken, ...]
    unused: tuple[Correction, ...]
    history: History = field(repr=False)
    publication: Publication = field(repr=False)
    configuration: Mapping[str, str] = field(default_factory=dict, repr=False)
    deciders: Mapping[str, Contributor] = field(default_factory=dict, repr=False)


def garden_ledger(
    garden: Garden,
    publication: Publication | None = None,
    names: Names | None = None,
    *,
    identities: Mapping[str, str] | None = None,
) -> Ledger:
    """The private ledger of a garden: what its history, credits.yml and its lessons say, joined, with full names.

    `publication` and `names` are those of the garden, where they are made already. `identities`: a private list,
    address → name or slug (see `Directory`). Corrections change what the history says; declared and told lines are
    corrected where they are declared and told. While credit is withheld (a shallow clone) there is no line: half a
    record misleads.
    """
    if publication is None:
        publication = publish(garden, directory_of(garden, identities))
    empty = Ledger((), (), (), garden.history, publication, garden.configuration)
    if garden.history.withheld:
        return empty
    if not garden.settings.samples:
        garden = without_sample_people(garden)
    people = publication.directory
    declarations = garden.declarations
    written = Written(garden, names or index_names(garden, publication))
    kept, taken, unused = correct(_from(garden.history, people), declarations.corrections, people, written.file)
    kept += [*_declared(declarations, people, written), *_told_by(garden, people)]
    return replace(
        empty,
        lines=_ordered(kept),
        corrected=tuple(taken),
        unused=tuple(unused),
        deciders=_deciders(taken, people, garden.communities),
    )


def readers_ledger(ledger: Ledger) -> Ledger:
    """The ledger as readers may see it: nothing in it tells who is not shown by name, or what is not published."""
    publication, history = ledger.publication, ledger.history
    lines = [reduced for line in ledger.lines if (reduced := _for_readers(line, publication))]
    corrected = [
        (reduced, correction.model_copy(update={"reason": publication.mentions.replaced(correction.reason)}))
        for line, correction in ledger.corrected
        if line.page not in publication.nameless and (reduced := _for_readers(line, publication))
    ]
    pages = {
        path: page_history
        for path, page_history in without_other_paths(history, publication).items()
        if publication.may_tell(path)
    }
    notices = tuple(map(publication.notice, history.notices))
    return replace(
        ledger,
        lines=tuple(dict.fromkeys(sorted(lines, key=_shown_order))),
        corrected=tuple(corrected),
        history=replace(history, contributions=(), pages=pages, notices=notices),
        deciders={written: _as_shown(who) for written, who in ledger.deciders.items()},
    )


def without_other_paths(history: History, publication: Publication) -> dict[str, PageHistory]:
    """The histories of pages without the identities behind them, and without former paths that would tell a name."""
    return {
        path: replace(
            page_history,
            former_paths=tuple(filter(publication.may_tell, page_history.former_paths)),
            contributions=(),
        )
        for path, page_history in history.pages.items()
    }


def _for_readers(line: LedgerLine, publication: Publication) -> LedgerLine | None:
    if line.page and not publication.may_tell(line.page):
        return None
    if line.page in publication.nameless and not line.contributor.tool:
        return LedgerLine(ANONYMOUS, line.role, line.page, line.date, line.rule)
    mentions = publication.mentions
    # A commit or an address names its author, so it is left out where the author chose another display.
    may_show_evidence = line.contributor.named and publication.evidence(line.commit)
    return replace(
        line,
        contributor=_as_shown(line.contributor),
        role=mentions.replaced(line.role),
        what=mentions.replaced(line.what),
        commit=line.commit if may_show_evidence else "",
        link=mentions.replaced(line.link) if line.contributor.named and is_web_address(line.link) else "",
        related=tuple(pair for pair in line.related if publication.evidence(pair[1])) if may_show_evidence else (),
    )


def _as_shown(who: Contributor) -> Contributor:
    return who if who.named else replace(who, full_name=who.name)


def _shown_order(line: LedgerLine) -> tuple[object, ...]:
    return line.date, line.contributor.name.casefold(), line.contributor.name, line.role, line.page, line.commit


def _from(history: History, people: Directory) -> list[LedgerLine]:
    return [
        LedgerLine(
            people.behind(contribution.person, tool=contribution.tool),
            contribution.role,
            contribution.page,
            contribution.date,
            contribution.rule,
            contribution.commit,
            flags=contribution.flags,
            related=contribution.related,
        )
        for contribution in history.contributions
    ]


def _ordered(lines: list[LedgerLine]) -> tuple[LedgerLine, ...]:
    ordered = sorted(lines, key=lambda line: (line.date, line.contributor.key, line.role, line.page, line.commit))
    return tuple(dict.fromkeys(ordered))


def _told_by(garden: Garden, people: Directory) -> Iterator[LedgerLine]:
    for lesson in garden.lessons.values():
        if lesson.fields.anonymous:
            continue
        file = garden.file(lesson.path)
        page_history = garden.history.pages.get(file)
        for teller in lesson.fields.told_by:
            # A slug of nobody is a mistake, which the check reports; a name in words needs no profile.
            somebody = people.is_anybody(teller) or not is_slug(teller)
            if somebody and page_history is not None and page_history.created is not None:
                yield LedgerLine(people.named(teller), "told", file, page_history.created, TOLD)


def _declared(declarations: Declarations, people: Directory, written: Written) -> Iterator[LedgerLine]:
    for entry in declarations.declared:
        flags = ("date-approximate",) if entry.date.day is None else ()
        yield LedgerLine(
            people.named(entry.person),
            without_addresses(entry.role),
            written.file(entry.page),
            entry.date.first,
            DECLARED,
            link=entry.evidence,
            what=without_addresses(entry.what),
            community=written.community(entry.community),
            flags=flags,
        )
    for review in declarations.reviewed:
        page = written.file(review.page)
        yield LedgerLine(
            people.named(review.person), "maintained", page, review.date.first, CONFIRMED, link=review.evidence
        )


def _deciders(taken: list[Taken], people: Directory, groups: Collection[str]) -> dict[str, Contributor]:
    """Whoever the corrections name; a community decides under its own name, which nobody chose to hide."""
    named = {who for _, correction in taken for who in (correction.give_to, correction.decided_by) if who}
    return {
        who: Contributor(f"group:{who}", who, who)
        if who in groups and not people.is_anybody(who)
        else people.named(who)
        for who in sorted(named)
    }
