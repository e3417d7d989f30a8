"""The page of everybody who helped: one while they are few, then one for each letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from string import ascii_uppercase

from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.model.declarations import DECLARATIONS_FILE
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.selections import letter_of

ON_ONE_PAGE = 100  # people that one page lists
LISTED = 50  # pages of one person in one role; the profile has more, and the ledger all
_LETTERS = (*ascii_uppercase, "#")


def credit_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The page of credits, and those of the letters where there are too many people for one page."""
    people = {contribution.person for contribution in garden.history.contributions if not contribution.tool}
    letters = _LETTERS if len(people) > ON_ONE_PAGE else ()
    yield GeneratedPage(
        addresses.CREDITS,
        message("Credits"),
        message("Everyone who has contributed, in alphabetical order, from the Git history."),
        "credits.html",
        partial(_values, letters, ""),
        source=DECLARATIONS_FILE,
    )
    for letter in letters:
        yield GeneratedPage(
            addresses.credits_of(letter),
            message("Credits: {letter}", letter=letter),
            message("Everyone whose name begins with this letter, in alphabetical order, from the Git history."),
            "credits_of_letter.html",
            partial(_values, letters, letter),
            source=DECLARATIONS_FILE,
        )


def _values(letters: tuple[str, ...], letter: str, indexes: Indexes) -> Mapping[str, object]:
    """`people`: those of the letter, or everybody on a single page."""
    everybody = indexes.credits.people
    people = [person for person in everybody if not letter or letter_of(person.contributor.name) == letter]
    used = {letter_of(person.contributor.name) for person in everybody} if letters else set()
    return {"people": people, "letters": letters, "letter": letter, "used": used, "listed": LISTED}
