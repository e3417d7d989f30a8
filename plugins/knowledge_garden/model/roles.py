"""What roles in the credit are called. A garden may add roles of its own, which are shown as garden.yml writes them."""

from __future__ import annotations

from knowledge_garden.model.messages import message

_LABELS = {
    "wrote": message("Wrote"),
    "co-wrote": message("Co-wrote"),
    "told": message("Told"),
    "translated": message("Translated"),
    "maintained": message("Maintained"),
    "formatted": message("Formatted"),
    "reviewed": message("Reviewed"),
    "tested": message("Tested"),
    "suggested": message("Suggested"),
    "helped": message("Helped"),
    "mentored": message("Mentored"),
    "reported": message("Reported"),
    "facilitated": message("Facilitated"),
    "organised": message("Organised"),
}
"""The roles that the history gives, and those that the handbook names for declared work."""


def role_label(role: str) -> str:
    """The label of a role: a `Message` where it is one of the software's own."""
    return _LABELS.get(role) or role[:1].upper() + role[1:]
