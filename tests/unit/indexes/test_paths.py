"""Paths of roles, from charters and their history."""

import datetime
import zlib

from history.conftest import _no_configuration, repo
from history.repository import Repository
from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.history.past import read_texts
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html
from knowledge_garden.reading import past_seats

__all__ = ["_no_configuration", "repo"]

TODAY = datetime.date(2025, 1, 1)
CHARTER = "---\ntitle: {title}\npurpose: P.\nsponsor: sam\n{seats}---\n"


def person(name: str, more: str = "") -> str:
    return f"---\nname: {name}\n{more}---\n"


PEOPLE = {
    "content/people/sam.md": person("Sam Sponsor", "stream: managerial\n"),
    "content/people/ann.md": person("Ann Rose", "stream: technical\naliases: [annie]\n"),
    "content/people/ben.md": person("Ben Tree"),
    "content/people/hid.md": person("Hid Den", "display: hidden\n"),
}


def loaded(repo: Repository) -> LoadedGarden:
    repo.git("reset", "--quiet", "--hard", "main")
    return load_garden(repo.path / "content", today=TODAY)


def at(repo: Repository, day: int, seats: str, path: str = "content/communities/tide.md", **kept: object) -> None:
    """A version of the charter, on a day of 2024."""
    repo.count = day
    repo.commit(write={path: CHARTER.format(title="Tide", seats=seats)}, **kept)  # type: ignore[arg-type]


def steps(garden: LoadedGarden, slug: str) -> list[tuple[str, str, str, bool, bool]]:
    return [
        (step.role, str(step.since or ""), str(step.until or ""), step.current, step.told)
        for step in garden.indexes.paths[slug].steps
    ]


def html(garden: LoadedGarden, path: str) -> str:
    return page_html(next(page for page in garden.pages if page.path == path), garden.indexes, Frame())


def test_a_path_joins_what_the_charter_says_with_its_history(repo: Repository) -> None:
    repo.commit(write=PEOPLE)
    at(repo, 1, "leads: [ben]\nmembers: [ann]\n")
    at(repo, 60, "leads: [ben]\ncore: [{person: ann, since: 2024-02}]\n")
    at(repo, 120, "leads: [{person: ann, since: 2024-05}]\nalumni: [{person: ben, until: 2024-05}]\n")
    garden = loaded(repo)
    assert steps(garden, "ann") == [
        ("members", "2024-01-02", "2024-03-01", False, False),
        ("core", "2024-02", "2024-04-30", False, True),
        ("leads", "2024-05", "", True, True),
    ]
    assert steps(garden, "ben") == [
        ("leads", "2024-01-02", "2024-04-30", False, False),
        ("alumni", "", "2024-05", False, True),
    ]
    assert garden.indexes.paths["ben"].served
    page = html(garden, "leadership/paths.md")
    assert page.index("Technical stream") < page.index("Ann Rose") < page.index("Managerial stream")
    assert page.index("Managerial stream") < page.index("Sam Sponsor") < page.index("Emeritus") < page.index("Ben Tree")
    assert "(from the charter&#39;s history)" in page


def test_a_seat_that_was_corrected_soon_is_none(repo: Repository) -> None:
    repo.commit(write=PEOPLE)
    at(
        repo,
        1,
        "leads: [sam]\nmembers: [ben]\ncore: [{person: ann, since: 2020}]\nfacilitators: [{person: ann, until: 2024-01-03}]\n",
    )
    at(repo, 14, "leads: [sam]\nmembers: []\n")
    garden = loaded(repo)
    assert "ben" not in garden.indexes.paths
    assert [step[:3] for step in steps(garden, "ann")] == [("facilitators", "2024-01-02", "2024-01-03")]


def test_two_weeks_are_no_correction(repo: Repository) -> None:
    repo.commit(write=PEOPLE)
    at(repo, 1, "leads: [sam]\nmembers: [ben]\n")
    at(repo, 15, "leads: [sam]\n")
    assert [step[:3] for step in steps(loaded(repo), "ben")] == [("members", "2024-01-02", "2024-01-16")]


def test_whoever_has_no_profile_or_is_not_shown_by_name_has_no_path(repo: Repository) -> None:
    repo.commit(write=PEOPLE)
    at(repo, 1, "leads: [sam]\ncore: [gone-person, hid]\n")
    at(repo, 90, "leads: [sam]\n")
    garden = loaded(repo)
    assert set(garden.indexes.paths) == {"sam"}
    assert {seat.person for seat in garden.garden.past_seats["tide"]} == {"sam", "gone-person", "hid"}
    assert {seat.person for seat in garden.indexes.garden.past_seats["tide"]} == {"sam", "hid"}
    assert "hid" not in html(garden, "leadership/paths.md")
    assert "gone-person" not in html(garden, "leadership/paths.md")


def test_a_charter_that_moved_keeps_its_history_and_a_person_theirs(repo: Repository) -> None:
    repo.commit(write=PEOPLE)
    at(repo, 1, "leads: [sam]\nmembers: [annie]\n", "content/communities/old.md")
    repo.count = 30
    repo.commit(move={"content/communities/old.md": "content/communities/tide.md"})
    at(repo, 60, "leads: [ann]\n")
    assert [step[:3] for step in steps(loaded(repo), "ann")] == [
        ("members", "2024-01-02", "2024-03-01"),
        ("leads", "2024-03-01", ""),
    ]


def test_a_charter_that_is_not_published_shows_nobody(repo: Repository) -> None:
    repo.commit(write=PEOPLE)
    at(repo, 1, "leads: [ann]\n")
    at(repo, 60, "leads: [ben]\naudience: board\n")
    garden = loaded(repo)
    assert garden.indexes.paths == {}
    assert garden.indexes.garden.past_seats == {}


def test_old_versions_that_cannot_be_read_are_passed_over() -> None:
    days = [datetime.date(2024, 1, day) for day in range(1, 7)]
    texts = [
        CHARTER.format(title="T", seats="leads: [ann, 7, {person: ben, since: soon}]\nmembers: {person: cy}\n"),
        "no front matter",
        "---\nleads: [ann\n---\n",
        "---\nleads: &a [ann]\ncore: *a\n---\n",
        "---\ntitle: core\n  core: [dan]\n---\n",
        CHARTER.format(title="T", seats="leads: ann\n"),
    ]
    seats = past_seats(zip(days, texts, strict=True))
    assert {(seat.role, seat.person): (seat.first.day, seat.gone and seat.gone.day, seat.since) for seat in seats} == {
        ("sponsor", "sam"): (1, None, None),
        ("leads", "ann"): (1, None, None),
        ("leads", "ben"): (1, 2, None),
        ("members", "cy"): (1, 2, None),
    }


def test_texts_of_commits_are_read_as_they_were(repo: Repository) -> None:
    first = repo.commit(write={"a b.md": "One\n", "c.md": b"\xff\n", "large.md": "x" * ((1 << 20) + 1)})
    second = repo.commit(write={"a b.md": "Two\n"})
    wanted = [
        (first, "a b.md"),
        (second, "a b.md"),
        (first, "none.md"),
        (first, "c.md"),
        (first, "large.md"),
        (first, "a\nb"),
        ("0" * 40, "c.md"),
    ]
    texts, notices = read_texts(repo.path, wanted)
    assert texts == {(first, "a b.md"): "One\n", (second, "a b.md"): "Two\n"}
    assert notices == ()


def test_objects_that_git_cannot_read_give_a_notice(repo: Repository) -> None:
    first = repo.commit(write={"a.md": "One\n"})
    second = repo.commit(write={"a.md": "Two\n"})
    _overwrite(repo, first, b"broken")
    texts, notices = read_texts(repo.path, [(second, "a.md"), (first, "a.md")])
    assert texts == {}
    assert [notice.code for notice in notices] == ["past-unreadable"]
    assert str(repo.path) not in notices[0].text


def test_an_object_that_is_shorter_than_it_says_has_no_text(repo: Repository) -> None:
    first = repo.commit(write={"a.md": "One\n"})
    _overwrite(repo, repo.git("rev-parse", f"{first}:a.md"), zlib.compress(b"blob 4000\0One\n"))
    assert read_texts(repo.path, [(first, "a.md")]) == ({}, ())


def _overwrite(repo: Repository, name: str, content: bytes) -> None:
    loose = repo.path / ".git/objects" / name[:2] / name[2:]
    loose.chmod(0o600)
    loose.write_bytes(content)
