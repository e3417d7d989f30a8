"""Who helped: trailers, wherever and however they are written."""

import pytest

from history.repository import TEXT, Repository, codes, edited, left_out, told
from knowledge_garden.model.contributions import CONFIRMED, CreditRules


@pytest.mark.parametrize(
    ("trailer", "role"),
    [
        ("Co-authored-by", "co-wrote"),
        ("Reviewed-by", "reviewed"),
        ("Acked-by", "reviewed"),
        ("Tested-by", "tested"),
        ("Suggested-by", "suggested"),
        ("Helped-by", "helped"),
        ("Reported-by", "reported"),
        ("Translated-by", "translated"),
        ("Mentored-by", "mentored"),
    ],
)
def test_each_trailer_has_its_role(repo: Repository, trailer: str, role: str) -> None:
    repo.commit(f"Write\n\n{trailer}: Ben <ben@garden.test>", write={"a.md": TEXT})
    assert told(repo.read()) == sorted(["a.md: Ann wrote", f"a.md: Ben {role} (trailer)"])


def test_other_trailers_earn_nothing(repo: Repository) -> None:
    repo.commit(
        "Write\n\nSigned-off-by: Ben <ben@garden.test>\nFixes: #12\nCc: Cem <c@garden.test>", write={"a.md": TEXT}
    )
    assert told(repo.read()) == ["a.md: Ann wrote"]


def test_a_garden_adds_its_own_roles(repo: Repository) -> None:
    repo.commit("Write\n\nIllustrated-By: Ben <ben@garden.test>", write={"a.md": TEXT})
    rules = CreditRules(roles={"Illustrated-by": "illustrated"})
    assert told(repo.read(rules)) == ["a.md: Ann wrote", "a.md: Ben illustrated (trailer)"]


def test_a_co_author_of_an_edit_tended(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    repo.commit("Edit\n\nCo-authored-by: Cem <cem@garden.test>", by="Ben", write={"a.md": edited(TEXT)})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben maintained", "a.md: Cem maintained (trailer)"]


def test_folded_upper_case_and_spaced_trailers(repo: Repository) -> None:
    message = (
        "Write\n\nCO-AUTHORED-BY:   Ben   <ben@garden.test>\nReviewed-by: Cem\n  <cem@garden.test>\n"
        "tested-by : Dee <dee@garden.test> # on paper\n"
    )
    repo.commit(message, write={"a.md": TEXT})
    assert told(repo.read()) == [
        "a.md: Ann wrote",
        "a.md: Ben co-wrote (trailer)",
        "a.md: Cem reviewed (trailer)",
        "a.md: Dee tested (trailer)",
    ]


def test_a_squash_with_a_trailer_in_the_middle_of_the_body(repo: Repository) -> None:
    message = "Add page (#12)\n\n* draft\n\nCo-authored-by: Ben <ben@garden.test>\n\n* polish\n\nMore words."
    repo.commit(message, committer="GitHub <noreply@github.com>", write={"a.md": TEXT})
    assert told(repo.read()) == ["a.md: Ann wrote +squashed", "a.md: Ben co-wrote (body) +squashed"]


@pytest.mark.parametrize(
    ("message", "committer", "squashed"),
    [
        ("Add page (#12)", "GitHub <noreply@github.com>", True),
        ("Add page (#12)", "Ann", False),
        ("Add page", "GitHub <noreply@github.com>", False),
        ("Add page (#12)\n\n* draft\n\n* polish", "Ann", True),
        ("Add page (#12)\n\nWith prose.", "Ann", False),
        ("Add page\n\n* a list\n* of points (#12)", "Ann", False),
        ("Squashed commit of the following:\n\ncommit 12\nAuthor: x", "Ann", True),
        ("Add\n\nReported-by: Ben <b@garden.test>\n\nand more prose", "Ann", False),
    ],
)
def test_squashed_commits_are_flagged(repo: Repository, message: str, committer: str, squashed: bool) -> None:
    repo.commit(message, committer=committer, write={"a.md": TEXT})
    assert {("squashed" in c.flags) for c in repo.read().contributions} == {squashed}


def test_a_divider_does_not_end_the_message(repo: Repository) -> None:
    repo.commit("Write\n\nText.\n---\nmore\n\nCo-authored-by: Ben <ben@garden.test>", write={"a.md": TEXT})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben co-wrote (trailer)"]


@pytest.mark.parametrize("value", ["Ben", "ben@garden.test", "Ben <ben at garden>", "<>", "", "Ben <ben@garden.test"])
def test_a_malformed_trailer_earns_nothing_and_is_told(repo: Repository, value: str) -> None:
    commit = repo.commit(f"Write\n\nReviewed-by: {value}\nReviewed-by: Cem <cem@garden.test>", write={"a.md": TEXT})
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote", "a.md: Cem reviewed (trailer)"]
    assert codes(history) == {"malformed-trailer": (commit,)}


def test_several_people_in_one_trailer(repo: Repository) -> None:
    repo.commit("Write\n\nCo-authored-by: Ben <ben@garden.test>, Cem <cem@garden.test>", write={"a.md": TEXT})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben co-wrote (trailer)", "a.md: Cem co-wrote (trailer)"]


def test_a_co_author_who_is_the_author_and_duplicates_count_once(repo: Repository) -> None:
    message = (
        "Write\n\nbody\n\nCo-authored-by: Ann <ann@garden.test>\nCo-authored-by: Ben <ben@garden.test>\n"
        "Co-authored-by: Ben <BEN@garden.test>\nReviewed-by: Ann <ann@garden.test>\nReviewed-by: Ben <ben@garden.test>"
    )
    repo.commit(message, write={"a.md": TEXT})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben co-wrote (trailer)", "a.md: Ben reviewed (trailer)"]


def test_a_trailer_counts_for_every_page_of_its_commit(repo: Repository) -> None:
    repo.commit("Write\n\nReviewed-by: Ben <ben@garden.test>", write={"a.md": TEXT, "b.md": TEXT})
    assert told(repo.read()) == [
        "a.md: Ann wrote",
        "a.md: Ben reviewed (trailer)",
        "b.md: Ann wrote",
        "b.md: Ben reviewed (trailer)",
    ]


@pytest.mark.parametrize("name", ["lessons/a.md", "/lessons/a.md", "a", "lessons/old.md"])
def test_a_page_reviewed_with_nothing_to_change_was_tended(repo: Repository, name: str) -> None:
    repo.commit(write={"lessons/old.md": TEXT})
    repo.commit(move={"lessons/old.md": "lessons/a.md"})
    repo.commit(f"Still right\n\nReviewed-page: {name}\nCo-authored-by: Cem <cem@garden.test>", by="Ben")
    history = repo.read()
    assert told(history) == [
        "lessons/a.md: Ann wrote",
        f"lessons/a.md: Ben maintained ({CONFIRMED})",
        f"lessons/a.md: Cem maintained ({CONFIRMED})",
    ]
    assert str(history.pages["lessons/a.md"].updated) == "2024-01-01"


def test_a_review_of_an_unknown_or_ambiguous_page_is_told(repo: Repository) -> None:
    repo.commit(write={"x/a.md": TEXT, "y/a.md": TEXT})
    doubtful = repo.commit("Read\n\nReviewed-page: a")
    unknown = repo.commit("Read\n\nReviewed-page: nowhere.md")
    history = repo.read()
    assert codes(history) == {"unknown-reviewed-page": tuple(sorted((doubtful, unknown)))}
    assert left_out(history) == {doubtful: "unknown-page", unknown: "unknown-page"}


def test_a_review_beside_an_edit_of_the_same_page_counts_once(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    repo.commit("Edit\n\nReviewed-page: a", by="Ben", write={"a.md": edited(TEXT)})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben maintained"]
