"""Whose a name and an address are: aliases are checked, an address is one person, and who is hidden stays so."""

from datetime import date

import pytest

from credit.conftest import lesson
from history.repository import Repository
from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.model.names import UNNAMED
from knowledge_garden.outputs.ledger import ledger_document

TODAY = date(2024, 6, 1)
PAGE = "content/lessons/2023/swarm.md"


def loaded(repo: Repository, profiles: dict[str, str], commits: list[tuple[str, str]]) -> LoadedGarden:
    """A garden with these profiles, written by a coordinator, and commits of (author, path)."""
    files: dict[str | bytes, str | bytes] = {
        f"content/people/{slug}.md": f"---\n{front}\n---\nHello.\n" for slug, front in profiles.items()
    }
    repo.commit(by="Coordinator", write={"content/garden.yml": "causes: {haste: {title: Haste}}\n", **files})
    for number, (author, path) in enumerate(commits):
        old = files.get(path, lesson("The swarm"))
        assert isinstance(old, str)
        repo.commit(by=author, write={path: f"{old}\nLine {number}.\n"})
    repo.git("reset", "--quiet", "--hard", "main")
    return load_garden(repo.path / "content", today=TODAY)


def credited(found: LoadedGarden, page: str = PAGE) -> set[str]:
    return {part.contributor.name for line in found.indexes.credits.page(page).lines for part in line.people}


def claims(found: LoadedGarden) -> list[tuple[str, int, str]]:
    return [(each.path, each.line, each.message) for each in found.problems if each.code == "claimed-name"]


def test_an_alias_takes_nobody_s_credit(repo: Repository) -> None:
    profiles = {"mal": "name: Mal Ory\naliases: [other-mal, Ann Rose]"}
    found = loaded(repo, profiles, [("Mal Ory", "content/people/mal.md"), ("Ann Rose", PAGE)])
    assert credited(found) == {"Ann Rose"}
    assert found.indexes.credits.person("mal") is not None
    assert PAGE not in str(found.indexes.credits.person("mal"))
    ((path, line, message),) = claims(found)
    assert (path, line) == ("content/people/mal.md", 3)
    assert "Alias 2" in message
    assert "not counted" in message
    assert "Ann" not in message


def test_an_alias_that_would_hide_somebody_hides_with_a_message(repo: Repository) -> None:
    profiles = {"mal": "name: Mal Ory\ndisplay: hidden\naliases: [Ann Rose]"}
    found = loaded(repo, profiles, [("Mal Ory", "content/people/mal.md"), ("Ann Rose", PAGE)])
    assert credited(found) == {UNNAMED}
    ((path, line, message),) = claims(found)
    assert (path, line) == ("content/people/mal.md", 4)
    assert "not shown by name" in message
    assert "Ann" not in message


@pytest.mark.parametrize("display", ["name", "hidden"])
def test_an_alias_never_takes_the_name_of_another_profile(repo: Repository, display: str) -> None:
    profiles = {"mal": f"name: Mal Ory\ndisplay: {display}\naliases: [Ann Rose]", "ann": "name: Ann Rose"}
    found = loaded(repo, profiles, [("Mal Ory", "content/people/mal.md"), ("Ann Rose", PAGE)])
    assert credited(found) == {"Ann Rose"}
    ((_, line, message),) = claims(found)
    assert line == 4
    assert "another profile" in message


@pytest.mark.parametrize(
    ("commits", "mailmap"),
    [
        ([("Cyd <cy@garden.test>", PAGE), ("Cy Dee <cy@garden.test>", "content/people/cy.md")], ""),
        ([("Cyd <cyd@garden.test>", PAGE), ("Cyd <cyd@garden.test>", "content/people/cy.md")], ""),
        (
            [("Cyd <cyd@garden.test>", PAGE), ("Cy Dee <cy@garden.test>", "content/people/cy.md")],
            "Cy Dee <cy@garden.test> <cyd@garden.test>\n",
        ),
    ],
    ids=["same address", "worked on the profile", "mailmap"],
)
def test_an_alias_that_is_proven_joins(repo: Repository, commits: list[tuple[str, str]], mailmap: str) -> None:
    if mailmap:
        repo.commit(by="Coordinator", write={".mailmap": mailmap})
    found = loaded(repo, {"cy": "name: Cy Dee\naliases: [Cyd]"}, commits)
    assert credited(found) == {"Cy Dee"}
    assert claims(found) == []


HIDDEN = {"ulm": "name: Ulm Glab\ndisplay: hidden"}


@pytest.mark.parametrize(
    "authors",
    [
        ["Ulm Glab <u@a.test>", "Other Name <u@a.test>"],
        ["Ulm Glab <u@a.test>", "Other Name <u@a.test>", "Other Name <u@a.test>"],
        ["Other Name <u@a.test>", "Other Name <u@a.test>", "Ulm Glab <u@a.test>"],
        # the name that most commits of the address have is theirs at any address
        ["Ulm Glab <u@a.test>", "Other Name <u@a.test>", "Other Name <u@a.test>", "Other Name <v@a.test>"],
    ],
)
def test_another_name_of_a_hidden_person_s_address_unmasks_nobody(repo: Repository, authors: list[str]) -> None:
    found = loaded(repo, HIDDEN, [(author, PAGE) for author in authors])
    assert credited(found) == {UNNAMED}
    text = str(ledger_document(found.indexes.ledger)) + str([each.message for each in found.problems])
    assert "Other" not in text
    assert "Glab" not in text
    assert found.indexes.publication.actor("Other Name").name in (UNNAMED, "Other Name")


def test_one_forged_commit_hides_nobody_else(repo: Repository) -> None:
    commits = [("Ulm Glab <u@a.test>", PAGE), ("Ann Rose <u@a.test>", PAGE), ("Ulm Glab <u@a.test>", PAGE)]
    found = loaded(repo, HIDDEN, [*commits, ("Ann Rose <ann@a.test>", PAGE)])
    assert credited(found) == {UNNAMED, "Ann Rose"}


def test_a_tool_by_its_glob_is_a_person_where_a_profile_says_so(repo: Repository) -> None:
    found = loaded(repo, {"ulm": "name: ulm-bot\ndisplay: hidden"}, [("ulm-bot", PAGE)])
    assert [tool.name for tool in found.indexes.credits.tools] == []
    assert credited(found) == {UNNAMED}


NAMELESS = lesson("Told without names", more="told_by: [ann]\nanonymous: true\n")


def test_a_lesson_without_names_names_nobody_who_wrote_it(repo: Repository) -> None:
    repo.commit(
        by="Quercus",
        write={
            "content/garden.yml": "causes: {haste: {title: Haste}}\n",
            "content/people/ann.md": "---\nname: Ann Rose\n---\n",
            "content/communities/bees.md": "---\ntitle: Bees\npurpose: P.\nsponsor: ann\nleads: [ann]\n---\n",
            "content/lessons/2023/nameless.md": NAMELESS,
            PAGE: lesson("The swarm"),
        },
    )
    touched = repo.commit(
        "More\n\nCo-authored-by: Ben Reed <ben@garden.test>",
        by="Taxus",
        write={"content/lessons/2023/nameless.md": NAMELESS + "\nMore.\n"},
    )
    correction = (
        f"corrections:\n  - {{commit: {touched}, person: Taxus, give_to: Quercus, reason: R., decided_by: ann}}\n"
    )
    (repo.path / "content").mkdir()
    repo.git("reset", "--quiet", "--hard", "main")
    (repo.path / "content/credits.yml").write_text(correction, encoding="utf-8")
    found = load_garden(repo.path / "content", today=TODAY)
    nameless = "content/lessons/2023/nameless.md"
    assert credited(found, nameless) == {UNNAMED}
    assert [part.evidence_commit for line in found.indexes.credits.page(nameless).lines for part in line.people] == [
        "",
        "",
    ]
    # The commit that made it made the swarm too: as evidence of that it would tell who made both.
    (wrote,) = found.indexes.credits.page(PAGE).lines
    assert [(part.contributor.name, part.evidence_commit) for part in wrote.people] == [("Quercus", "")]
    assert [entry.contributor.name for entry in found.indexes.credits.people] == ["Quercus"]
    assert [who.name for who in found.indexes.credits.community("bees")] == ["Quercus"]
    document = ledger_document(found.indexes.credits.ledger)
    assert document["pages"][nameless]["contributions"]
    assert not [each for each in document["pages"][nameless]["contributions"] if each["commit"] or each["related"]]
    assert document["corrected"] == []
    assert "Taxus" not in str(document)
    assert "Ben Reed" not in str(document)
    assert "told" not in [each["role"] for each in document["pages"][nameless]["contributions"]]
    assert found.indexes.garden.lessons["nameless"].fields.told_by == ()
    assert found.indexes.communities.told == {}
    full = str(ledger_document(found.indexes.ledger, names="full"))
    assert "Taxus" in full
    assert "Ben Reed" in full
