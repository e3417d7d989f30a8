"""Checks of needs, whose status has to fit their answer, and of the contact that a person gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.fields import Need
from knowledge_garden.model.messages import message
from knowledge_garden.model.names import address_offset
from knowledge_garden.model.person import contact_link
from knowledge_garden.model.problems import Problem

if TYPE_CHECKING:
    from knowledge_garden.indexes.references import RecordCheck

_WEB = ("https://", "http://")


def check_needs(check: RecordCheck, needs: Iterable[Need]) -> Iterator[Problem]:
    """What can't be right in the needs of a person or a community."""
    for position, need in enumerate(needs):
        at = ("needs", position)
        yield from check.past(need.since, *at, "since")
        yield from check.past(need.answered_on, *at, "answered_on")
        if need.since and need.answered_on and need.answered_on.last < need.since.first:
            fault = message(
                "The need is answered ({answered}) before it was there ({since}).",
                answered=need.answered_on,
                since=need.since,
            )
            hint = message("Correct since or answered_on.")
            yield check.report("dates-reversed", fault, hint, *at, "answered_on")
        yield from check.actor(need.answered_by, check.garden.communities, *at, "answered_by")
        yield from _state(check, need, position)
        if need.answer and not need.answer.startswith(_WEB):
            yield from _answer(check, need.answer, position)


def _state(check: RecordCheck, need: Need, position: int) -> Iterator[Problem]:
    told = need.answer or need.answered_by or need.answered_on
    if need.status == "answered" and not need.answer:
        fault = message("The need is answered, but nothing says where the answer is.")
        hint = message("Add answer: with a lesson's slug or an address; or write status: closed.")
        yield check.report("need-state", fault, hint, "needs", position, "status")
    elif need.status == "open" and told:
        fault = message("The need has an answer, but is still open.")
        hint = message("Write status: answered; or take the answer out.")
        yield check.report("need-state", fault, hint, "needs", position)


def _answer(check: RecordCheck, answer: str, position: int) -> Iterator[Problem]:
    at = ("needs", position, "answer")
    if is_slug(answer):
        for problem in check.slugs("lesson", check.garden.lessons, "answer", [answer]):
            yield check.report(problem.code, problem.message, problem.hint, *at)
    else:
        fault = message("The answer is neither a lesson's slug nor an address of the web.")
        hint = message("Share the answer as a lesson and write its slug, or write its address with https:// before it.")
        yield check.report("unknown-lesson", fault, hint, *at)


def check_contact(check: RecordCheck, contact: str) -> Iterator[Problem]:
    """A contact is an address of the web, or an e-mail address where garden.yml allows one."""
    link = contact_link(contact)
    if link.startswith("mailto:") and not check.garden.settings.contact_by_email:
        fault = message("contact is an e-mail address, which this garden does not show.")
        hint = message("Write the address of a page, a chat or a form; or set contact_by_email: true in garden.yml.")
        yield check.report("address-in-content", fault, hint, "contact")
    elif address_offset(link) >= 0 and not check.garden.settings.contact_by_email:
        fault = message("contact holds an e-mail address, which this garden does not show.")
        yield check.report("address-in-content", fault, message("Write an address without it."), "contact")
    elif contact and not link:
        yield check.report("contact-form", message("contact is not an address that readers can open."), "", "contact")
