"""What pages call the values of fields, roles and relations: English here, other languages in the catalogues."""

from __future__ import annotations

from knowledge_garden.model.contributions import CONFIRMED
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import SEVERITY_LABELS

SEATS = {
    "sponsor": message("Sponsor"),
    "liaison": message("Liaison to management"),
    "leads": message("Lead"),
    "facilitators": message("Facilitator"),
    "core": message("Core group"),
    "members": message("Members"),
    "alumni": message("Alumni"),
}
"""Seats of a charter, in the order in which its page shows them."""
HELD = {
    "sponsor": message("sponsor"),
    "liaison": message("liaison to management"),
    "leads": message("lead"),
    "facilitators": message("facilitator"),
    "core": message("core group"),
    "members": message("member"),
    "alumni": message("former member"),
}
"""The same seats as a role of one person."""
DEEDS = {
    "wrote": message("wrote"),
    "told": message("shared a lesson"),
    "reviewed": message("reviewed"),
    "answered": message("answered a need"),
    "attended": message("attended"),
    "thanked": message("gave thanks"),
}
"""What shows that somebody took part, before the day on which they last did."""
STATUSES = {
    "forming": message("forming"),
    "active": message("active"),
    "dormant": message("dormant"),
    "retired": message("retired"),
}
SEVERITIES = {
    "low": message("Low harm"),
    "medium": message("Medium harm"),
    "high": message("High harm"),
    "critical": message("Critical harm"),
}
MATURITIES = {
    "seedling": (message("Seedling"), message("new, checked by few people so far")),
    "budding": (message("Budding"), message("others have worked on it")),
    "evergreen": (message("Evergreen"), message("has proved itself over time")),
}
STREAMS = {"technical": message("technical stream"), "managerial": message("managerial stream")}
RELATIONS = {
    "supersedes": message("Replaces"),
    "contradicts": message("Contradicts"),
    "responds_to": message("Responds to"),
}
BACKLINKS = {
    "recurs": message("happened again"),
    "supersedes": message("replaces this"),
    "contradicts": message("contradicts this"),
    "responds_to": message("responds to this"),
}
PROBLEMS = SEVERITY_LABELS
RULES = {
    "author": message("by authorship"),
    "trailer": message("by a line in the commit message"),
    "body": message("by a line inside a squashed message (weaker)"),
    "declared": message("by declaration"),
    "told_by": message("by the lesson's “told by”"),
    CONFIRMED: message("reviewed, nothing to change"),
}
FLAGS = {
    "bulk": message("bulk change"),
    "cherry-pick": message("picked from another branch"),
    "corrected": message("corrected"),
    "date-after-commit": message("date after the commit"),
    "date-approximate": message("approximate date"),
    "date-too-early": message("date too early to be true"),
    "date-unreadable": message("unreadable date"),
    "future": message("date in the future"),
    "possible-rename": message("possible rename"),
    "restored": message("restored"),
    "revert": message("reverts another commit"),
    "reverted": message("was reverted"),
    "squashed": message("squashed"),
}
RELATED = {
    "reverts": message("reverts"),
    "reverted-by": message("reverted by"),
    "picked-as": message("picked as"),
    "picked-from": message("picked from"),
}
