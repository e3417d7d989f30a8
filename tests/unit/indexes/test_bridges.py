"""Bridges between communities: what every two share, who never meets, and that a hidden person joins nobody."""

from itertools import combinations
from pathlib import Path

import pytest

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.indexes.bridges import Bridge
from knowledge_garden.pages.communities import DRAWN, PAIRS_SHOWN, bridge_values
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html
from planting import TODAY, plant

CHARTER = "---\ntitle: {title}\npurpose: P.\nsponsor: linnea-borealis\nleads: [{leads}]\n{more}---\n{text}"
LESSON = (
    "---\ntitle: {slug}\nsummary: S.\noutcome: failure\ncommunities: [{communities}]\ncauses: [{causes}]\n---\n{text}"
)


def write_charter(content: Path, slug: str, leads: str, more: str = "", text: str = "") -> None:
    charter = CHARTER.format(title=slug.title(), leads=leads, more=more, text=text).replace(
        "sponsor: linnea-borealis\n", ""
    )
    charter = charter.replace("leads:", "status: forming\nleads:") if "status" not in more else charter
    (content / f"communities/{slug}.md").write_text(charter, encoding="utf-8")


def write_lesson(content: Path, slug: str, communities: str, causes: str, text: str = "") -> None:
    (content / "lessons/2022").mkdir(exist_ok=True)
    lesson = LESSON.format(slug=slug, communities=communities, causes=causes, text=text)
    (content / f"lessons/2022/{slug}.md").write_text(lesson, encoding="utf-8")


def write_person(content: Path, slug: str, more: str = "") -> None:
    (content / f"people/{slug}.md").write_text(f"---\nname: {slug.title()} Person\n{more}---\n", encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Communities: yard and dock share a person, two causes and links; mill shares causes alone; mine shares nothing."""
    content = plant("good", tmp_path)
    (content / "communities/harbour.md").unlink()
    for path in ("lessons/2020/spring-flood.md", "lessons/2021/dry-dock.md"):
        (content / path).unlink()
    (content / "index.md").write_text("# Home\n", encoding="utf-8")
    for person in ("ann", "bea", "cleo", "dora", "hidden"):
        write_person(content, person, "display: hidden\n" if person == "hidden" else "")
    write_charter(
        content, "yard", "ann, hidden", "members: [bea, ann, {person: cleo, until: 2020}]\n", "See [[a-dock]].\n"
    )
    write_charter(content, "dock", "bea", "members: [ann, cleo]\nalumni: [dora]\n")
    write_charter(content, "mill", "dora, hidden")
    write_charter(content, "mine", "cleo")
    write_charter(content, "shut", "ann", "status: retired\n")
    write_lesson(content, "a-yard", "yard", "haste, unclear-duty", "See [[a-dock]], [[a-dock]] and [[both]].\n")
    write_lesson(content, "a-dock", "dock", "unclear-duty, haste, nothing")
    write_lesson(content, "both", "yard, dock, gone", "haste", "See [[a-yard]].\n")
    write_lesson(content, "a-mill", "mill", "haste")
    return content


@pytest.fixture
def loaded(content: Path) -> LoadedGarden:
    return load_garden(content, today=TODAY, with_history=False)


def test_what_two_communities_share(loaded: LoadedGarden) -> None:
    bridges = loaded.indexes.bridges
    # People: ann and bea; cleo has left the yard. Links: from yard's charter and from a-yard to a-dock. What is of both
    # links within each of them.
    assert bridges.between("yard", "dock") == Bridge("dock", "yard", people=2, lessons=1, causes=2, links=2)
    assert bridges.between("dock", "mine") == Bridge("dock", "mine", people=1)
    assert bridges.between("mine", "mill") == Bridge("mill", "mine")


def test_somebody_who_is_not_shown_by_name_joins_no_two_communities(loaded: LoadedGarden) -> None:
    assert loaded.indexes.bridges.between("yard", "mill") == Bridge("mill", "yard", causes=1)


def test_the_strongest_bridge_comes_first_and_retired_communities_have_none(loaded: LoadedGarden) -> None:
    bridges = loaded.indexes.bridges
    assert [bridge.across("dock") for bridge in bridges.of["dock"]] == ["yard", "mine"]
    assert "shut" not in bridges.of
    assert all("shut" not in pair for pair in bridges.pairs)


def test_silos_share_causes_and_never_meet(loaded: LoadedGarden) -> None:
    bridges = loaded.indexes.bridges
    assert bridges.silos == (Bridge("dock", "mill", causes=1), Bridge("mill", "yard", causes=1))
    assert bridges.silos_of("mill") == bridges.silos
    assert bridges.silos_of("mine") == ()
    assert bridges.apart == 4, "of six pairs two meet"


def test_the_page_says_it_gently(loaded: LoadedGarden) -> None:
    page = next(page for page in loaded.pages if page.path == "communities/bridges/index.md")
    html = page_html(page, loaded.indexes, Frame())
    assert "These two share no person, and 1 cause." in html
    assert html.count('class="kg-bridges__arc ') == 2
    assert "4 pairs have not met." in html
    assert 'role="img"' in html


def test_the_page_is_bounded_with_two_hundred_communities(content: Path) -> None:
    for number in range(200):
        neighbour = (number + 1) % 200
        write_person(content, f"p{number}")
        write_charter(content, f"c{number}", f"p{number}, p{neighbour}, ann")
        write_lesson(content, f"l{number}", f"c{number}", "haste")
    loaded = load_garden(content, today=TODAY, with_history=False)
    values = bridge_values(loaded.indexes)
    page = next(page for page in loaded.pages if page.path == "communities/bridges/index.md")
    html = page_html(page, loaded.indexes, Frame())
    assert len(html.encode()) < 250_000
    assert html.count('class="kg-bridges__name"') == DRAWN
    assert len(values["meeting"]) == PAIRS_SHOWN  # type: ignore[arg-type]
    assert values["meeting_total"] > PAIRS_SHOWN  # type: ignore[operator]
    assert len(loaded.indexes.bridges.of) == 204
    # ann joins all two hundred, the yard and the dock: each of them meets each other.
    assert all(loaded.indexes.bridges.between(*pair).people for pair in combinations(["c0", "c9", "yard", "dock"], 2))
