"""Management at work, strategic aims, succession."""

import datetime
from pathlib import Path

import pytest

from history.conftest import _no_configuration, repo
from history.repository import Repository
from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html
from planting import TODAY, plant

__all__ = ["_no_configuration", "repo"]

CHARTER = "---\ntitle: {title}\npurpose: P.\n{seats}leads: [rosa]\n{more}---\n"
PEOPLE = {
    f"content/people/{slug}.md": f"---\nname: {name}\n{more}---\n"
    for slug, name, more in (
        ("sam", "Sam Sponsor", ""),
        ("lea", "Lea Liaison", ""),
        ("rosa", "Rosa Lead", ""),
        ("hid", "Hid Den", "display: hidden\n"),
        ("ini", "Ini Tial", "display: initials\n"),
    )
}
LESSON = (
    "---\ntitle: L\nsummary: S.\noutcome: failure\ncommunities: [tide]\ncauses: [haste]\ntold_by: [sam]\n"
    "applied: [{by: Somebody, date: 2024-01-20, appreciated_by: Lea Liaison}, {by: Else, date: 2099, appreciated_by: sam}]\n"
    "actions: [{what: Close it, status: validated}, {what: Paint it, status: done}]\n---\n"
)
SETTINGS = "causes: {haste: {title: Haste}}\naims: {dry: {title: Dry feet, description: By 2030.}, far: Far reach}\n"
CREDITS = (
    "declared:\n"
    "  - {person: sam, role: attended, date: 2024-02-01, community: tide, evidence: 'https://example.org/a'}\n"
    "  - {person: sam, role: attended, date: 2024-03-01, community: moor, evidence: 'https://example.org/b'}\n"
)


def html(garden: LoadedGarden, path: str) -> str:
    return page_html(next(page for page in garden.pages if page.path == path), garden.indexes, Frame())


def made(repo: Repository, today: datetime.date, **charters: str) -> LoadedGarden:
    files = PEOPLE | {f"content/communities/{slug}.md": text for slug, text in charters.items()}
    files |= {"content/lessons/2024/l.md": LESSON, "content/garden.yml": SETTINGS, "content/credits.yml": CREDITS}
    repo.commit(by="Rosa Lead", write=files)
    repo.commit(
        "Edit\n\nReviewed-by: Lea Liaison <lea@garden.test>",
        by="Sam Sponsor",
        write={"content/people/rosa.md": files["content/people/rosa.md"] + "More.\n"},
    )
    repo.git("reset", "--quiet", "--hard", "main")
    return load_garden(repo.path / "content", today=today)


def test_the_last_day_of_each_deed_is_shown_by_seat(repo: Repository) -> None:
    needs = "needs: [{what: A map, status: answered, answered_by: sam, answered_on: 2024-01}]\n"
    garden = made(
        repo,
        datetime.date(2024, 6, 1),
        tide=CHARTER.format(title="Tide", seats="sponsor: {person: sam, since: 2023}\nliaison: lea\n", more=needs),
        moor=CHARTER.format(title="Moor", seats="sponsor: sam\nliaison: {person: lea, until: 2024-05}\n", more=""),
    )
    moor, tide = garden.indexes.leadership.communities
    deeds = {held.role: {deed: str(when) for deed, when in (held.deeds or {}).items()} for held in tide.seats}
    assert deeds["sponsor"] == {
        "wrote": "2024-01-02", "told": "2024-01-01", "answered": "2024-01", "attended": "2024-02-01"
    }  # fmt: skip
    assert deeds["liaison"] == {"reviewed": "2024-01-02", "thanked": "2024-01-20"}
    assert [(held.role, held.last) for held in moor.seats] == [("sponsor", datetime.date(2024, 3, 1))], (
        "the other seat has ended"
    )


@pytest.mark.parametrize(
    ("today", "since", "unseen"),
    [
        (datetime.date(2025, 2, 1), "2023", False),  # a year to the day after the last meeting
        (datetime.date(2025, 2, 2), "2023", True),
        (datetime.date(2025, 2, 2), "2024-09", False),  # not a year in the seat
    ],
)
def test_a_year_without_a_sign_is_noticed(repo: Repository, today: datetime.date, since: str, unseen: bool) -> None:
    seats = f"sponsor: {{person: sam, since: {since}}}\n"
    garden = made(repo, today, tide=CHARTER.format(title="Tide", seats=seats, more=""))
    assert [community.unseen for community in garden.indexes.leadership.communities] == [unseen]
    page = html(garden, "leadership/index.md")
    assert ("Missed here" in page) is unseen


def test_the_sponsor_of_an_invented_community_is_not_missed(repo: Repository) -> None:
    seats = "sponsor: {person: sam, since: 2023}\n"
    garden = made(
        repo, datetime.date(2025, 2, 2), tide=CHARTER.format(title="Tide", seats=seats, more="sample: true\n")
    )
    assert [community.unseen for community in garden.indexes.leadership.communities] == [False]
    assert "Missed here" not in html(garden, "leadership/index.md")


def test_communities_without_a_sponsor_ask_for_one(repo: Repository) -> None:
    garden = made(
        repo,
        datetime.date(2024, 6, 1),
        tide=CHARTER.format(title="Tide", seats="", more="status: forming\n"),
        moor=CHARTER.format(title="Moor", seats="sponsor: {person: sam, until: 2024-03}\n", more=""),
        gone=CHARTER.format(title="Gone", seats="", more="status: retired\n"),
    )
    entries = garden.indexes.leadership.communities
    assert [(entry.charter.slug, entry.without_sponsor) for entry in entries] == [("moor", True), ("tide", True)]
    assert "Would it be you?" in html(garden, "leadership/index.md")


def test_whoever_is_not_shown_by_name_shows_no_deeds(repo: Repository) -> None:
    repo.commit(by="Hid Den", write={"content/notes/a.md": "# A\n"})
    repo.commit(by="Ini Tial", write={"content/notes/b.md": "# B\n"})
    garden = made(
        repo,
        datetime.date(2026, 6, 1),
        tide=CHARTER.format(
            title="Tide", seats="sponsor: hid\nliaison: ini\n", more="members: [{person: ini, until: 2026-08}]\n"
        ),
    )
    (tide,) = garden.indexes.leadership.communities
    assert [held.deeds for held in tide.seats] == [None, None]
    assert not tide.unseen
    for path in ("leadership/index.md", "leadership/paths.md", "leadership/succession.md"):
        page = html(garden, path)
        assert [name for name in ("Hid Den", "Ini Tial", "people/hid", "people/ini") if name in page] == []
    assert "Ini" not in {path.contributor.name for path in garden.indexes.paths.values()}
    assert set(garden.indexes.paths) == {"rosa"}


def test_aims_name_what_serves_them(repo: Repository) -> None:
    garden = made(
        repo,
        datetime.date(2024, 6, 1),
        tide=CHARTER.format(title="Tide", seats="sponsor: sam\n", more="aims: [dry]\n"),
        gone=CHARTER.format(title="Gone", seats="", more="aims: [dry]\nstatus: retired\n"),
    )
    aims = garden.indexes.leadership.aims
    assert [charter.slug for charter in aims["dry"].communities] == ["tide"]
    assert [action.what for _, action in aims["dry"].actions] == ["Close it"]
    assert (aims["far"].communities, aims["far"].actions) == ([], [])
    assert "No charter names this aim yet." in html(garden, "leadership/index.md")


def test_without_a_history_nobody_is_missed(tmp_path: Path) -> None:
    garden = load_garden(plant("good", tmp_path), today=TODAY, with_history=False)
    assert not garden.indexes.leadership.dated
    assert not any(community.unseen for community in garden.indexes.leadership.communities)


SEATS = """---
title: Yard
purpose: P.
sponsor: {{person: linnea-borealis, until: {until}}}
leads: [rosa-canina]
{more}---
"""


@pytest.mark.parametrize(
    ("until", "more", "alone", "growing", "ending"),
    [
        ("2026-12-01", "", ["leads"], {"sponsor": ("rosa-canina",)}, ["sponsor"]),
        ("2026-12-02", "core: [acer-campestre, rosa-canina]\n", [], {"sponsor": ("rosa-canina",), "leads": ("acer-campestre",), "facilitators": ("acer-campestre", "rosa-canina")}, []),
        ("2026-05-31", "facilitators: [{person: acer-campestre, until: 2026-05}, rosa-canina]\n", ["leads", "facilitators"], {"sponsor": ("rosa-canina",)}, []),
        ("2026-06-01", "alumni: [acer-campestre]\nmembers: [acer-campestre]\n", ["leads"], {"sponsor": ("rosa-canina",), "facilitators": ("acer-campestre",)}, ["sponsor"]),
    ],
)  # fmt: skip
def test_succession_follows_from_the_seats_of_today(
    until: str, more: str, alone: list[str], growing: dict[str, tuple[str, ...]], ending: list[str], tmp_path: Path
) -> None:
    content = plant("good", tmp_path)
    (content / "communities/yard.md").write_text(SEATS.format(until=until, more=more), encoding="utf-8")
    garden = load_garden(content, today=TODAY, with_history=False)
    entry = garden.indexes.succession["yard"]
    assert entry.alone == alone
    assert {role: people for role, people in entry.growing.items() if people} == growing
    assert [role for role, _ in entry.ending] == ending


@pytest.mark.parametrize(("status", "there"), [("forming", True), ("dormant", False), ("retired", False)])
def test_communities_at_rest_need_no_succession(status: str, there: bool, tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    text = SEATS.format(until="2030", more=f"status: {status}\n")
    (content / "communities/yard.md").write_text(text, encoding="utf-8")
    assert ("yard" in load_garden(content, today=TODAY, with_history=False).indexes.succession) is there


def test_everybody_is_on_one_page_of_paths_however_many_they_are(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    for number in range(130):
        stream = "technical" if number < 90 else "managerial"
        text = f"---\nname: Person N{number:03}\nstream: {stream}\n---\n"
        (content / f"people/n{number:03}.md").write_text(text, encoding="utf-8")
    now = ", ".join(f"n{number:03}" for number in range(85))
    before = ", ".join(f"{{person: n{number:03}, until: 2020}}" for number in range(85, 130))
    text = SEATS.format(until="2030", more=f"members: [{now}]\nalumni: [{before}]\n")
    (content / "communities/yard.md").write_text(text, encoding="utf-8")
    garden = load_garden(content, today=TODAY, with_history=False)
    pages = [page.path for page in garden.pages if page.path.startswith("leadership/paths")]
    assert pages == ["leadership/paths.md", "leadership/paths/page/2.md", "leadership/paths/page/3.md"]
    shown = [html(garden, path) for path in pages]
    assert [sum(f"Person N{number:03}<" in page for page in shown) for number in range(130)] == [1] * 130
    assert "Emeritus" in shown[0]


def test_communities_go_on_on_further_pages(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    for number in range(61):
        text = SEATS.format(until="2030", more="").replace("Yard", f"Yard N{number:02}")
        (content / f"communities/y{number:02}.md").write_text(text, encoding="utf-8")
    garden = load_garden(content, today=TODAY, with_history=False)
    for path in ("leadership/index.md", "leadership/succession.md"):
        pages = [
            page.path
            for page in garden.pages
            if page.path in (path, path.replace("/index", "").replace(".md", "/page/2.md"))
        ]
        assert len(pages) == 2
        shown = [html(garden, page) for page in pages]
        assert [sum(f"Yard N{number:02}</a>" in page for page in shown) for number in range(61)] == [1] * 61  # fmt: skip
