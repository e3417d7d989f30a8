"""Sentences about recurrences and steps: which time it is, and what was recommended and is still open."""

from __future__ import annotations

from knowledge_garden.indexes.chains import Recurrence
from knowledge_garden.model.messages import Message, message, messages

ORDINALS = (
    message("first"),
    message("second"),
    message("third"),
    message("fourth"),
    message("fifth"),
    message("sixth"),
    message("seventh"),
    message("eighth"),
    message("ninth"),
    message("tenth"),
)
STEPS = {
    "observed": message("Observed"),
    "told": message("Told"),
    "reviewed": message("Reviewed"),
    "agreed": message("Actions agreed"),
    "done": message("Done"),
    "validated": message("Confirmed"),
    "applied": message("Used elsewhere"),
    "retired": message("Retired"),
    "superseded": message("Replaced by a later lesson"),
}
STATES = {
    "overdue": message("Overdue"),
    "open": message("Open"),
    "done": message("Done"),
    "validated": message("Confirmed to work"),
}
REASONS = {
    "past-review": message("Past its review"),
    "broken-link": message("A link does not work"),
    "no-source": message("No source"),
    "no-owner": message("No owner"),
}
KINDS = {
    "thanks": message("Thanks"),
    "use": message("Lessons used"),
    "validated": message("Shown to work"),
    "own-failure": message("Failures told openly"),
    "milestone": message("Milestones"),
    "first": message("First contributions"),
}


def recurrence_text(recurrence: Recurrence) -> Message | None:
    """What a recurrence says of its recommendations; None where nothing was open when it came back.

    For example: "The third time; what was recommended the second time is still open."
    """
    last, still_open, too_late = len(recurrence.times), recurrence.still_open, recurrence.too_late
    if last > len(ORDINALS):
        return _many(last, len(still_open), len(too_late))
    time = ORDINALS[last - 1]
    if still_open:
        return message(
            "The {time} time; what was recommended the {earlier} time is still open.",
            time=time,
            earlier=_joined(still_open),
        )
    if too_late:
        return message(
            "The {time} time; what was recommended the {earlier} time had not been done when it came back.",
            time=time,
            earlier=_joined(too_late),
        )
    return None


def _joined(numbers: tuple[int, ...]) -> Message:
    """ "first", "first and second", "first, second and third"."""
    text = ORDINALS[numbers[0] - 1]
    for position, number in enumerate(numbers[1:], 2):
        following = ORDINALS[number - 1]
        if position == len(numbers):
            text = message("{one} and {other}", one=text, other=following)
        else:
            text = message("{one}, {other}", one=text, other=following)
    return text


def _many(times: int, still_open: int, too_late: int) -> Message | None:
    if still_open:
        return messages(
            "It has happened {times} times; what was recommended after {number} of them is still open.",
            "It has happened {times} times; what was recommended after {number} of them is still open.",
            still_open,
            times=times,
        )
    if too_late:
        return messages(
            "It has happened {times} times; what was recommended after {number} of them had not been done when it came back.",
            "It has happened {times} times; what was recommended after {number} of them had not been done when it came back.",
            too_late,
            times=times,
        )
    return None
