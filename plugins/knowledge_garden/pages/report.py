"""A report of a community, or of the whole garden, on a period: Markdown to be finished in one's own words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.actions import DONE, OVERDUE, VALIDATED, ActionEntry
from knowledge_garden.indexes.chains import Recurrence
from knowledge_garden.indexes.communities import Charter
from knowledge_garden.indexes.effect import UseEntry
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.locale import Language
from knowledge_garden.model.community import seats
from knowledge_garden.model.dates import When
from knowledge_garden.model.fields import Need
from knowledge_garden.model.messages import Message, message, messages
from knowledge_garden.pages import labels, wording
from knowledge_garden.pages.markdown import Pages, escaped

_MOST = 50  # items of one list
_SUCCESS = "success"

T = TypeVar("T")


def report_markdown(
    indexes: Indexes, pages: Pages, language: Language, slug: str, since: datetime.date, until: datetime.date
) -> str:
    """The report on a community (`slug`), or with "" on the garden, from `since` to `until`, both days included.

    Made from what may be published, with names as people chose to be shown.
    """
    return _Report(indexes, pages, language, slug, since, until).markdown()


@dataclass(frozen=True)
class _Report:
    indexes: Indexes
    pages: Pages
    language: Language
    slug: str
    since: datetime.date
    until: datetime.date

    def markdown(self) -> str:
        garden, say = self.indexes.garden, self.language.text
        charter = garden.communities[self.slug] if self.slug else None
        title = charter.title if charter else garden.settings.name
        heading = message("{title}: report from {since} to {until}", title=title, since=self.since, until=self.until)
        purpose = charter.fields.purpose if charter else garden.settings.description
        lines = [f"# {escaped(say(heading))}", ""]
        if charter and charter.fields.sample:
            lines += [f"**{say(message('Sample.'))}** {say(message('This community is invented.'))}", ""]
        lines += [escaped(purpose), "", *self.prompts(_START)]
        lines += [*self.lessons(), *self.uses(), *self.actions(), *self.recurrences(), *self.needs()]
        lines += [*self.people(), *self.care(), *self.heading(message("What comes next")), *self.prompts(_END)]
        return "\n".join(lines).rstrip() + "\n"

    def lessons(self) -> list[str]:
        """New lessons of the period, and how failures and successes balance among them."""
        new = [lesson for lesson in self.of_community() if self.within(self.came(lesson))]
        garden = self.indexes.garden
        failed = sum(garden.settings.outcome(lesson.fields.outcome).kind != _SUCCESS for lesson in new)
        say = self.language.text
        counted = [
            say(messages("{number} failure or near miss", "{number} failures and near misses", failed)),
            say(messages("{number} success", "{number} successes", len(new) - failed)),
        ]
        items = self.items(new, self.lesson)
        items += [say(message("Balance: {counts}.", counts=self.language.list(counted)))] if new else []
        return self.section(message("New lessons"), items)

    def lesson(self, lesson: Lesson) -> str:
        outcome = self.language.text(self.indexes.garden.settings.outcome(lesson.fields.outcome).title)
        sample = f" ({self.language.text(message('Sample'))})" if lesson.fields.sample else ""
        return f"{self.pages.link(lesson.path, lesson.title)}: {escaped(outcome)}{sample}"

    def uses(self) -> list[str]:
        effect = self.indexes.effect
        uses = effect.communities[self.slug].uses if self.slug else effect.uses
        return self.section(
            message("Where lessons were used"),
            self.items([use for use in uses if self.within(use.when)], self.use),
        )

    def use(self, use: UseEntry) -> str:
        say, application = self.language.text, use.application
        parts = [f"{escaped(use.user.name)}: {self.pages.link(use.lesson.path, use.lesson.title)}."]
        parts += [escaped(application.result)] if application.result else []
        if application.saved:
            parts.append(say(message("Saved or gained: {what}", what=escaped(application.saved).rstrip("."))) + ".")
        thanks = say(message("Thanks from {name}", name=escaped(use.thanks_from.name))) if use.thanks_from else ""
        quotation = f"“{escaped(application.quotation)}”" if application.quotation else ""
        if thanks or quotation:
            parts.append(": ".join(filter(None, (thanks, quotation))) + ("" if quotation else "."))
        return " ".join(parts)

    def actions(self) -> list[str]:
        """Actions confirmed and done in the period, and those that are open now."""
        index, say = self.indexes.actions, self.language.text
        by_state = index.by_state.values()
        entries = index.by_community[self.slug] if self.slug else [entry for of_one in by_state for entry in of_one]
        groups = (
            (message("Confirmed to work"), [one for one in entries if self.happened(one, VALIDATED)]),
            (message("Done"), [one for one in entries if self.happened(one, DONE)]),
            (message("Still open"), [one for one in entries if one.pending]),
        )
        lines = []
        for title, of_group in groups:
            if of_group:
                lines += [f"### {say(title)}", "", *(f"- {item}" for item in self.items(of_group, self.action)), ""]
        return [*self.heading(message("Actions")), *(lines or [self.nothing(), ""])]

    def happened(self, entry: ActionEntry, state: str) -> bool:
        when = entry.action.checked_on if state == VALIDATED else entry.action.done_on
        return entry.state == state and self.within(when)

    def action(self, entry: ActionEntry) -> str:
        say, late = self.language.text, ""
        if entry.state == OVERDUE:
            late = f" **{say(messages('{number} day late', '{number} days late', entry.late))}**"
        return f"{escaped(entry.action.what)} ({self.pages.link(entry.lesson.path, entry.lesson.title)}){late}"

    def recurrences(self) -> list[str]:
        """Failures that came back in the period, and those with a recommendation that is still open."""
        index = self.indexes.recurrences
        mine = index.by_community.get(self.slug, ()) if self.slug else index.all
        shown = [one for one in mine if one.still_open or self.within(one.times[-1].lesson.fields.date)]
        return self.section(message("What happened again"), self.items(shown, self.recurrence)) if shown else []

    def recurrence(self, recurrence: Recurrence) -> str:
        latest, said = recurrence.times[-1].lesson, wording.recurrence_text(recurrence)
        number = messages("It has happened {number} time.", "It has happened {number} times.", len(recurrence.times))
        link = self.pages.link(latest.path, latest.title)
        return f"{link}. {self.language.text(said or number)}"

    def needs(self) -> list[str]:
        charters = self.charters()
        stated = [need for charter in charters for need in charter.fields.needs]
        shown = [need for need in stated if need.is_open or self.within(need.answered_on)]
        return self.section(message("What we need to know"), self.items(shown, self.need)) if stated else []

    def need(self, need: Need) -> str:
        status = message("open") if need.is_open else message("answered")
        return f"{escaped(need.what)} ({self.language.text(status)})"

    def people(self) -> list[str]:
        """Whoever helped in the period, in alphabetical order, and seats that began or ended."""
        say = self.language.text
        names = sorted(set(self.helpers()), key=str.casefold)
        items = [say(message("Helped: {names}.", names=escaped(self.language.list(names[:_MOST]))))] if names else []
        if len(names) > _MOST:
            items.append(say(messages("and {number} more", "and {number} more", len(names) - _MOST)))
        return self.section(message("People"), items + self.items(list(self.seats()), say))

    def seats(self) -> Iterator[Message]:
        """Seats that began or ended in the period, of people who are shown."""
        for charter in self.charters():
            for role, seat in seats(charter.fields):
                shown = self.indexes.publication.person(seat.person)
                if shown is None or shown.hidden:
                    continue
                values = {"name": escaped(shown.name), "role": labels.HELD[role], "community": escaped(charter.title)}
                if self.within(seat.since):
                    yield message("{name} became {role} of {community} ({date}).", date=seat.since, **values)
                if self.within(seat.until):
                    yield message("{name} ended as {role} of {community} ({date}).", date=seat.until, **values)

    def helpers(self) -> Iterable[str]:
        garden, credit = self.indexes.garden, self.indexes.credits
        files = {garden.file(lesson.path) for lesson in self.of_community()}
        files |= {garden.file(charter.path) for charter in self.charters()}
        for line in credit.ledger.lines:
            mine = not self.slug or line.page in files or line.community == self.slug
            if mine and self.within(line.date) and not (line.contributor.hidden or line.contributor.tool):
                yield line.contributor.name

    def care(self) -> list[str]:
        """How many pages need care now."""
        maintenance, say = self.indexes.maintenance, self.language.text
        slugs = [self.slug] if self.slug else list(maintenance.communities)
        counts = {
            reason: sum(maintenance.communities[slug].counts[reason] for slug in slugs) for reason in wording.REASONS
        }
        items = [f"{say(wording.REASONS[reason])}: {number}" for reason, number in counts.items() if number]
        return self.section(message("Pages that need care"), items)

    def section(self, title: Message, items: Sequence[str]) -> list[str]:
        return [*self.heading(title), *([f"- {item}" for item in items] or [self.nothing()]), ""]

    def heading(self, title: Message) -> list[str]:
        return [f"## {self.language.text(title)}", ""]

    def prompts(self, questions: Iterable[Message]) -> list[str]:
        """Questions to be replaced by the community's own words."""
        return [line for question in questions for line in (f"*{self.language.text(question)}*", "")]

    def items(self, values: Sequence[T], line: Callable[[T], str]) -> list[str]:
        shown = [line(value) for value in values[:_MOST]]
        more = len(values) - len(shown)
        return shown + ([self.language.text(messages("and {number} more", "and {number} more", more))] if more else [])

    def nothing(self) -> str:
        return self.language.text(message("Nothing is recorded for this period."))

    def charters(self) -> list[Charter]:
        communities = self.indexes.garden.communities
        return [communities[self.slug]] if self.slug else list(communities.values())

    def of_community(self) -> Sequence[Lesson]:
        """The lessons that the report is about, newest first."""
        if self.slug:
            return self.indexes.communities.lessons[self.slug]
        return self.indexes.credits.latest

    def came(self, lesson: Lesson) -> datetime.date | None:
        """The day on which a lesson came into the garden, as far as the history tells."""
        page_history = self.indexes.garden.history.pages.get(self.indexes.garden.file(lesson.path))
        return page_history.created if page_history else None

    def within(self, when: datetime.date | When | None) -> bool:
        """Whether a date is in the period; one of low precision, whether any day of it is."""
        if when is None:
            return False
        span = When.parse(when)
        return span.first <= self.until and span.last >= self.since


_START = (
    message("In our own words: what went well, and who made it possible?"),
    message("What was hard, or failed, and what did we learn from it?"),
)
_END = (
    message("What do we want to do next, and what would end this community?"),
    message("What do we ask of our sponsor and of management?"),
)
