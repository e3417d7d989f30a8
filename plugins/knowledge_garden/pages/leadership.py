"""Leadership: sponsors, liaisons and aims; paths of roles in both streams; succession."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.paths import STREAMS, RolePath
from knowledge_garden.model import addresses
from knowledge_garden.model.community import seats
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.paging import Paging, paged, pages_of

COMMUNITIES_OF_A_PAGE = 60
PEOPLE_OF_A_PAGE = 40  # of each stream
ACTIONS_SHOWN = 5
ASKED_SHOWN = 30
AIMS_SHOWN = 50
_SOURCE = "communities/"


def leadership_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The three lists. How many pages they have follows from the records, which is more than enough."""
    communities = pages_of(len(garden.communities), COMMUNITIES_OF_A_PAGE)
    held = {seat.person for charter in garden.communities.values() for _, seat in seats(charter.fields)}
    held |= {seat.person for past in garden.past_seats.values() for seat in past}
    yield from paged(
        addresses.LEADERSHIP,
        message("Leadership"),
        message(
            "How sponsors and liaisons take part in the communities, and which aims of the organisation they serve."
        ),
        "leadership.html",
        _leadership,
        communities,
        _SOURCE,
    )
    yield from paged(
        addresses.PATHS,
        message("Paths of roles"),
        message(
            "How people grew into their roles, in the technical and in the managerial stream, which count the same."
        ),
        "paths.html",
        _paths,
        _largest_group(garden, held),
        _SOURCE,
    )
    yield from paged(
        addresses.SUCCESSION,
        message("Succession"),
        message("Who is growing into which role, and which roles will soon need somebody."),
        "succession.html",
        _succession,
        communities,
        _SOURCE,
    )


def _largest_group(garden: Garden, held: set[str]) -> int:
    """The pages that the largest of the groups below needs: at most all of its people have served or hold a seat."""
    streams = [garden.people[slug].fields.stream for slug in held if slug in garden.people]
    return pages_of(max((streams.count(stream) for stream in set(streams)), default=0), PEOPLE_OF_A_PAGE)


def _leadership(paging: Paging, indexes: Indexes) -> Mapping[str, object]:
    leadership = indexes.leadership
    return {
        "paging": paging,
        "communities": paging.part(leadership.communities, COMMUNITIES_OF_A_PAGE),
        "without_sponsor": [community for community in leadership.communities if community.without_sponsor],
        "unseen": [community for community in leadership.communities if community.unseen],
        "actions_shown": ACTIONS_SHOWN,
        "aims_shown": AIMS_SHOWN,
        "asked_shown": ASKED_SHOWN,
    }


def _paths(paging: Paging, indexes: Indexes) -> Mapping[str, object]:
    paths = indexes.paths.values()
    streams = {stream: [path for path in paths if path.stream == stream] for stream in (*STREAMS, "")}
    shown: dict[str, Sequence[RolePath]] = {
        stream: paging.part([path for path in of_stream if not path.served], PEOPLE_OF_A_PAGE)
        for stream, of_stream in streams.items()
    }
    served = [path for path in paths if path.served]
    size = max(PEOPLE_OF_A_PAGE, -(-len(served) // len(paging.paths)))
    return {"paging": paging, "streams": shown, "served": paging.part(served, size)}


def _succession(paging: Paging, indexes: Indexes) -> Mapping[str, object]:
    order = [
        (community.charter, indexes.succession[community.charter.slug])
        for community in indexes.leadership.communities
        if community.charter.slug in indexes.succession
    ]
    ending = [(charter, role, seat) for charter, entry in order for role, seat in entry.ending]
    ending.sort(key=lambda item: (item[2].until.last if item[2].until else indexes.garden.today, item[0].title))
    return {
        "paging": paging,
        "communities": paging.part(order, COMMUNITIES_OF_A_PAGE),
        "ending": ending,
        "ending_shown": ASKED_SHOWN * 5,
    }
