"""A celebration in one sentence, as plain text: for feeds, reports and the principles page."""

from __future__ import annotations

from knowledge_garden.indexes.celebrations import FIRST, MILESTONE, OWN_FAILURE, THANKS, VALID, Celebration
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import Message, message, messages


def celebration_text(garden: Garden, celebration: Celebration) -> Message:
    """What happened, in one sentence; names are as people chose to be shown."""
    lesson, use = celebration.lesson, celebration.use
    if celebration.kind == MILESTONE:
        community = garden.communities[celebration.community].title
        return messages(
            "{community} has shared its first lesson.",
            "{community} has shared {number} lessons.",
            celebration.number,
            community=community,
        )
    if celebration.kind == FIRST and celebration.who:
        return message("{name} helped for the first time.", name=celebration.who.name)
    title = lesson.title if lesson else ""
    if celebration.kind == OWN_FAILURE:
        return message("A failure was told openly: “{title}”.", title=title)
    if celebration.kind == VALID and celebration.action:
        return message(
            "Shown to work: {action} (“{title}”).", action=celebration.action.action.what.rstrip("."), title=title
        )
    user = use.user.name if use else ""
    if celebration.kind == THANKS and use and use.thanks_from:
        return message(
            "{name} gave thanks for “{title}”, which {user} used.", name=use.thanks_from.name, title=title, user=user
        )
    return message("{user} used “{title}”.", user=user, title=title)


def celebration_page(garden: Garden, celebration: Celebration) -> str:
    """The content path of the page that says more."""
    if celebration.lesson is not None:
        return celebration.lesson.path
    return garden.communities[celebration.community].path if celebration.community else addresses.CREDITS
