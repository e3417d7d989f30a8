"""Which pages need care, by community and owner: past review, without an owner or a source, with a broken outside link."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.freshness import Due
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.garden import Record
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.outside import BrokenLink
from knowledge_garden.model.publication import Actor, Publication

PAST_REVIEW, NO_OWNER, NO_SOURCE, BROKEN_LINK = "past-review", "no-owner", "no-source", "broken-link"
REASONS = (PAST_REVIEW, BROKEN_LINK, NO_SOURCE, NO_OWNER)
"""Why a page needs care, in the order in which lists show it."""


@dataclass(frozen=True, slots=True)
class Care:
    """A page that needs care. `since`: when its review was due. `shown_owner`: as may be shown; None where nobody is named."""

    path: str
    title: str
    shown_owner: Actor | None
    reasons: tuple[str, ...]
    since: datetime.date | None = None
    broken: tuple[BrokenLink, ...] = ()


@dataclass(frozen=True, slots=True)
class CommunityCare:
    """What a community has to care for. `owners`: as shown → pages, those past review first; None: without an owner."""

    slug: str
    counts: Mapping[str, int]
    owners: tuple[tuple[Actor | None, tuple[Care, ...]], ...]

    @property
    def total(self) -> int:
        return sum(len(pages) for _, pages in self.owners)


@dataclass(frozen=True, slots=True)
class Maintenance:
    """`communities`: slug → its pages that need care; a page of two communities is with both. `others`: the pages of none."""

    communities: Mapping[str, CommunityCare]
    others: CommunityCare = field(repr=False)


def index_maintenance(publication: Publication, due: Mapping[str, Due]) -> Maintenance:
    """Go through the pages of the garden that may be published, once. `due`: path → why the page needs a review."""
    garden = publication.garden
    broken = {link.url: link for link in garden.outside.broken}
    of: dict[str, list[Care]] = {slug: [] for slug in [*garden.communities, ""]}
    for lesson in garden.lessons.values():
        care = _lesson(publication, lesson, due.get(lesson.path), broken)
        slugs = [slug for slug in dict.fromkeys(lesson.fields.communities) if slug in garden.communities]
        for slug in slugs if care else ():
            of[slug] += [care] if care else []
    for slug, charter in garden.communities.items():
        urls = [channel.url for channel in charter.fields.channels] + [meet.link for meet in charter.fields.meetings]
        leads = charter.fields.leads
        owner = publication.actor(leads[0].person) if leads else None
        care = _care(publication, charter, owner, due.get(charter.path), _broken(charter, urls, broken), [])
        of[slug] += [care] if care else []
    for partner in garden.partners.values():
        links = _broken(partner, [partner.fields.url, partner.fields.inventory], broken)
        care = _care(publication, partner, None, None, links, [])
        of[""] += [care] if care else []
    groups = {slug: _community(slug, pages) for slug, pages in of.items()}
    return Maintenance({slug: groups[slug] for slug in garden.communities}, groups[""])


def _lesson(
    publication: Publication, lesson: Record[LessonFields], due: Due | None, broken: Mapping[str, BrokenLink]
) -> Care | None:
    fields = lesson.fields
    reasons = [NO_SOURCE] if not (fields.sources or fields.sample) else []
    owner = publication.actor(fields.owner) if fields.owner else None
    reasons += [NO_OWNER] if owner is None else []
    urls = [source.url for source in fields.sources] + [action.link for action in fields.actions]
    urls += [use.link for use in fields.applied]
    return _care(publication, lesson, owner, due, _broken(lesson, urls, broken), reasons)


def _broken(record: Record[Fields], urls: list[str], broken: Mapping[str, BrokenLink]) -> tuple[BrokenLink, ...]:
    if not broken:
        return ()
    written = [*urls, *(link.target for link in record.page.links)]
    return tuple(broken[url] for url in dict.fromkeys(written) if url in broken)


def _care(
    publication: Publication,
    record: Record[Fields],
    owner: Actor | None,
    due: Due | None,
    broken: tuple[BrokenLink, ...],
    reasons: list[str],
) -> Care | None:
    all_reasons = {*reasons, *([PAST_REVIEW] if due else []), *([BROKEN_LINK] if broken else [])}
    if not all_reasons:
        return None
    ordered = tuple(reason for reason in REASONS if reason in all_reasons)
    return Care(record.path, record.title, owner, ordered, due.since if due else None, broken)


def _community(slug: str, pages: list[Care]) -> CommunityCare:
    counts = {reason: sum(reason in care.reasons for care in pages) for reason in REASONS}
    owners: dict[Actor | None, list[Care]] = {}
    for care in sorted(pages, key=_urgency):
        owners.setdefault(care.shown_owner, []).append(care)
    return CommunityCare(slug, counts, tuple((owner, tuple(of_owner)) for owner, of_owner in _by_name(owners)))


def _by_name(owners: Mapping[Actor | None, list[Care]]) -> Iterator[tuple[Actor | None, list[Care]]]:
    for owner in sorted(
        owners, key=lambda owner: (owner is None, (owner.name.casefold(), owner.path) if owner else ())
    ):
        yield owner, owners[owner]


def _urgency(care: Care) -> tuple[int, int, str]:
    return REASONS.index(care.reasons[0]), care.since.toordinal() if care.since else 0, care.title.casefold()
