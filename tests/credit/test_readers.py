"""The readers' view of credit: pages, people, communities, newcomers."""

from datetime import date

from history.repository import Repository
from knowledge_garden import load_garden
from knowledge_garden.indexes.credits import Credits
from knowledge_garden.model.publication import Actor


def credits_on(repo: Repository, day: date) -> Credits:
    return load_garden(repo.path / "content", today=day).indexes.credits


def test_a_page_says_who_wrote_told_and_tended_it(garden: Repository) -> None:
    lines = credits_on(garden, date(2024, 3, 1)).page("content/lessons/2023/swarm.md").lines
    assert [(line.label, [part.contributor.name for part in line.people]) for line in lines] == [
        ("Wrote", ["Ann Rose"]),
        ("Maintained", ["Ben Reed", "Cy Dee", "Ann Rose"]),
    ]
    ben = lines[1].people[0]
    assert (ben.first, ben.last) == (date(2024, 1, 2), date(2024, 1, 2))
    assert ben.evidence_commit == garden.git("rev-parse", "main~1")


def test_people_are_in_alphabetical_order_and_tools_apart(garden: Repository) -> None:
    found = credits_on(garden, date(2024, 3, 1))
    assert [each.contributor.name for each in found.people] == ["Ann Rose", "Ben Reed", "Cy Dee"]
    assert [each.name for each in found.tools] == ["tidy[bot]"]
    ben = found.person("ben")
    assert ben is not None
    assert [(label, [each.title for each in lines]) for label, lines in ben.roles] == [
        ("Told", ["The hive"]),
        ("Maintained", ["The swarm"]),
        ("Mentored", ["Two newcomers"]),
    ]
    assert found.person("nobody") is None


def test_a_community_shows_who_helped_within_a_year(garden: Repository) -> None:
    names = [each.name for each in credits_on(garden, date(2024, 3, 1)).community("bees")]
    assert names == ["Ann Rose", "Ben Reed", "Cy Dee"]
    assert [each.name for each in credits_on(garden, date(2025, 1, 20)).community("bees")] == ["Ann Rose"]
    assert credits_on(garden, date(2026, 3, 1)).community("bees") == ()


def test_a_newcomer_is_thanked_once_the_garden_has_a_past(garden: Repository) -> None:
    assert credits_on(garden, date(2024, 1, 10)).newcomers == ()
    garden.count = 200  # days later
    garden.commit(by="New Comer", write={"content/index.md": "# Garden\n\nWelcome.\n"})
    garden.git("reset", "--quiet", "--hard", "main")
    assert [each.name for each in credits_on(garden, date(2024, 8, 1)).newcomers] == ["New Comer"]
    assert credits_on(garden, date(2025, 3, 1)).newcomers == ()


def test_the_latest_lessons_come_first(garden: Repository) -> None:
    garden.commit(
        by="Ann Rose", write={"content/lessons/1999/old.md": (garden.path / "content/lessons/2023/hive.md").read_text()}
    )
    garden.git("reset", "--quiet", "--hard", "main")
    assert [each.slug for each in credits_on(garden, date(2024, 3, 1)).latest] == ["old", "hive", "swarm"]


def test_somebody_named_in_words_is_shown_as_they_chose(garden: Repository) -> None:
    place = garden.path / "content/people/ben.md"
    place.write_text("---\nname: Ben Reed\ndisplay: hidden\n---\n", encoding="utf-8")
    publication = load_garden(garden.path / "content", today=date(2024, 3, 1)).indexes.publication
    assert publication.actor("ben  REED") == Actor("Someone who prefers not to be named")
    assert publication.actor("Ann Rose") == Actor("Ann Rose", "people/ann.md")
    assert publication.actor("bees") == Actor("Bees", "communities/bees.md")
    assert publication.actor("Otter Hospital") == Actor("Otter Hospital")
    assert publication.actor("nobody-here") == Actor("Someone who prefers not to be named")
