"""The fields of a community's charter, with its meetings and seats."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from knowledge_garden.model.dates import When
from knowledge_garden.model.fields import Fields, Need, Seat, WebLink
from knowledge_garden.model.forms import Aliases, Entries, FullLine, Line, Many, PageLanguage, Prose, Slug, Text, Url
from knowledge_garden.model.messages import message

CHARTER_HEADING = message("Why we exist")
CHARTER_QUESTION = message("Tell it as you would to a newcomer.")
_BARE = ("week", "month", "quarter", "year", "other", "two", "three", "four", "six")
SEATS = ("sponsor", "leads", "facilitators", "core", "members", "liaison", "alumni")


class Minutes(Fields):
    """What came of one meeting."""

    date: When = Field(description="The day of the meeting.")
    link: Url = Field("", description="Where its minutes can be read.")
    lessons: Many[Slug] = Field((), description="Slugs of lessons that came out of it.")


class Meeting(Fields):
    """A regular meeting. Its dates are worked out from `every`; `when` is for readers alone."""

    model_config = ConfigDict(populate_by_name=True)
    what: Text = Field(description="What is done there.")
    when: Line = Field(
        "", description='When it is held, in words: "After each release". Required where every is not given.'
    )
    every: Line = Field(
        "",
        description="How it repeats: first Tuesday, second and fourth Monday, last Friday of the quarter, Tuesday, 2 weeks, month.",
    )
    time: Line = Field("", description="The hour at which it begins, as in 14:00. Empty: the whole day.")
    timezone: Line = Field("", description="The timezone of the hour, as in Europe/Lisbon. Empty: the garden's.")
    duration: int | None = Field(None, ge=5, le=1440, description="How long it takes, in minutes.")
    first: When | None = Field(
        None, alias="from", description="The first day that counts. Required for 2 weeks, month and the like."
    )
    until: When | None = Field(None, description="The last day that counts.")
    without: Many[When] = Field((), alias="except", description="Days on which it is not held.")
    link: Url = Field("", description="Where to join, or where the notes are.")
    minutes: Many[Minutes] = Field((), description="What came of the meetings that were held.")

    @property
    def rhythm(self) -> str:
        """When it is held, for readers: "every 2 weeks", but "first Tuesday"."""
        bare = self.every[:1].isdigit() or self.every.split(" ")[0].casefold() in _BARE
        return self.when or (f"every {self.every}" if bare else self.every)


class Scope(Fields):
    """What a community is for, and what it leaves to others."""

    model_config = ConfigDict(populate_by_name=True)
    within: Many[Text] = Field((), alias="in", description="What belongs to it.")
    outside: Many[Text] = Field((), alias="out", description="What it leaves to others.")


class CommunityFields(Fields):
    """The charter of a community of practice."""

    title: FullLine = Field(description="The community's name.")
    purpose: Text = Field(description="Why it exists, in one or two sentences.")
    sponsor: Seat | None = Field(
        None, description="The manager who supports it. Required unless the community is forming or retired."
    )
    leads: Many[Seat] = Field((), description="Who leads it. Required unless the community is forming or retired.")
    scope: Scope = Field(default_factory=Scope, description="What belongs to it (in), and what does not (out).")
    facilitators: Many[Seat] = Field((), description="Who keeps its meetings and its pages going.")
    core: Many[Seat] = Field((), description="Who shares the work with the leads.")
    members: Entries[Seat] = Field((), description="Who takes part.")
    liaison: Seat | None = Field(None, description="Who links it to the management team.")
    alumni: Entries[Seat] = Field((), description="Who held a seat before.")
    partners: Many[Slug] = Field((), description="Slugs of partners outside.")
    expectations: Many[Text] = Field((), description="What members may expect of each other.")
    commitment: Prose = Field("", description="How much time it takes.")
    joining: Prose = Field("", description="How to join.")
    meetings: Many[Meeting] = Field((), description="When it meets.")
    channels: Many[WebLink] = Field((), description="Where it talks.")
    measures: Many[Text] = Field((), description="How it knows that it helps.")
    strategy: Prose = Field("", description="Where it wants to go this year.")
    needs: Many[Need] = Field((), description="What it needs to know.")
    aims: Many[Slug] = Field((), description="Strategic aims that it serves: keys of aims in garden.yml.")
    decisions: Prose = Field("", description="How it takes decisions.")
    choosing_leads: Prose = Field("", description="How its leads are chosen, and for how long.")
    conduct: Prose = Field("", description="How its members treat each other, and whom to tell when somebody does not.")
    budget: Prose = Field("", description="The money and the working time it is given.")
    outputs: Many[Text] = Field((), description="What it produces and keeps up: guides, tools, answers, training.")
    escalation: Prose = Field("", description="Where it takes what it cannot decide.")
    ends_when: Prose = Field("", description="What would end it.")
    relay: Line = Field(
        "", description="Whom to tell in confidence: an address of a form or page, or an e-mail address meant for it."
    )
    status: Literal["forming", "active", "dormant", "retired"] = Field(
        "active", description="Whether it is starting, at work, quiet or closed."
    )
    review_by: When | None = Field(None, description="When the charter is due for review.")
    aliases: Aliases = ()
    language: PageLanguage = ""
    sample: bool = Field(False, description="true where it is an invented example.")


def seats(charter: CommunityFields) -> list[tuple[str, Seat]]:
    """All seats of a charter as (role, seat), in the order of `SEATS`."""
    held: list[tuple[str, Seat]] = []
    for role in SEATS:
        value = getattr(charter, role)
        holders = value if isinstance(value, tuple) else (value,) if value else ()
        held += [(role, seat) for seat in holders]
    return held
