"""The seven questions of a debrief: asked by the form on the site, and by everything that makes a lesson of answers."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_garden.model.lesson import HEADINGS
from knowledge_garden.model.messages import Message, message


@dataclass(frozen=True, slots=True)
class DebriefQuestion:
    """A question. `key` names it in forms, addresses and saved answers; `hint` says more in smaller letters.

    `heading`: the heading of a lesson under which the answer is written, "" where it goes into fields.
    `field`: the field of a lesson that holds the answer, "" where it goes into the text.
    """

    key: str
    text: Message
    hint: Message
    heading: str = ""
    field: str = ""


_CONTEXT, _EXPECTED, _HAPPENED, _WHY, _LEARNED, _NEXT = HEADINGS

DEBRIEF = (
    DebriefQuestion(
        "expected",
        message("What did you expect?"),
        message("What was meant to happen, and why did that seem likely?"),
        heading=_EXPECTED,
    ),
    DebriefQuestion(
        "happened",
        message("What happened?"),
        message("In the order in which it did. Write as you would tell a colleague; rough is fine."),
        heading=_HAPPENED,
    ),
    DebriefQuestion(
        "why",
        message("Why do you think so?"),
        message("Which circumstances together made it happen that way? What people could see at the time counts."),
        heading=_WHY,
    ),
    DebriefQuestion(
        "helped",
        message("What helped?"),
        message("What made it better, or would have? What do you know now that you did not know before?"),
        heading=_LEARNED,
    ),
    DebriefQuestion(
        "next",
        message("What would you do next time?"),
        message("What should somebody do who is about to try the same?"),
        heading=_NEXT,
    ),
    DebriefQuestion(
        "who",
        message("Who should know?"),
        message("The communities that would want to hear of it. A guess is enough."),
        field="communities",
    ),
    DebriefQuestion(
        "shown",
        message("How shall we show you?"),
        message("By your name, by a pseudonym, or not at all."),
        field="told_by",
    ),
)
"""The questions in the order in which they are shown. They can be answered in any order."""

DETAILS = (
    DebriefQuestion("outcome", message("How did it turn out?"), message("As you see it today."), field="outcome"),
    DebriefQuestion(
        "context",
        message("Where was it, and for whom?"),
        message("Who was doing what, and what mattered. Leave out names of people."),
        heading=_CONTEXT,
    ),
    DebriefQuestion(
        "date", message("When was it?"), message("A year, a month (2026-11) or a day (2026-11-24)."), field="date"
    ),
    DebriefQuestion(
        "title",
        message("What would somebody search for?"),
        message("The title: the thing or the event first, then the idea."),
        field="title",
    ),
    DebriefQuestion(
        "summary",
        message("What happened and what did it teach, in two sentences?"),
        message("This is what lists of lessons show. 300 characters at most."),
        field="summary",
    ),
)
"""What else a lesson needs, asked beside the questions in fewer words."""

SHOWN = {
    "name": message("By my name"),
    "pseudonym": message("By a pseudonym"),
    "none": message("Not at all"),
}
"""How somebody can be shown. In the text of an issue or a letter a name follows after a colon."""


def question(key: str) -> DebriefQuestion:
    """The question or detail with this key. Raises KeyError where there is none."""
    return _BY_KEY[key]


_BY_KEY = {asked.key: asked for asked in (*DEBRIEF, *DETAILS)}
