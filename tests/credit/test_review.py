"""The private review of a lead and a person."""

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from credit.conftest import lesson
from history.repository import Repository
from knowledge_garden import load_garden
from knowledge_garden.cli import main
from knowledge_garden.indexes.ledger import garden_ledger
from knowledge_garden.indexes.review import Period, Review, reviews
from knowledge_garden.model.names import UNNAMED

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def review_of(repo: Repository, person: str = "", period: Period = YEAR, community: str = "") -> list[Review]:
    loaded = load_garden(repo.path / "content", today=date(2024, 12, 31))
    return reviews(loaded.indexes, garden_ledger(loaded.garden), period, community=community, person=person)


def test_a_review_tells_a_person_s_work_by_month_and_role(garden: Repository) -> None:
    (ben,) = review_of(garden, "ben")
    assert [(month.first, [role for role, _ in month.roles]) for month in ben.months] == [
        (date(2024, 1, 1), ["maintained", "told"])
    ]
    assert [line.what for line in ben.declared] == ["Two newcomers"]
    assert [(held.community.slug, held.role) for held in ben.seats] == [("bees", "facilitators")]
    assert (ben.doubts.lines, ben.doubts.squashed, ben.doubts.dates) == (2, 0, 0)


def test_uses_by_others_and_thanks_are_shown_and_own_uses_are_not(garden: Repository) -> None:
    (ann,) = review_of(garden, "Ann Rose")
    uses = [(use.lesson.slug, use.application.by if use.application else use.user.name) for use in ann.uses]
    assert uses == [("swarm", "Otter Hospital"), ("swarm", "Ben Reed")]
    assert ann.uses[0].application is not None
    assert ann.uses[0].application.appreciated_by == "A beekeeper"
    early = review_of(garden, "ann", Period(date(2024, 1, 1), date(2024, 1, 10)))[0]
    assert [use.application for use in early.uses] == [None]


def test_tools_have_no_review_and_a_period_has_its_own_people(garden: Repository) -> None:
    assert [each.contributor.full_name for each in review_of(garden)] == ["Ann Rose", "Ben Reed", "Cy Dee"]
    february = review_of(garden, period=Period(date(2024, 2, 1), date(2024, 2, 29)))
    assert [each.contributor.full_name for each in february] == ["Ann Rose"]
    assert review_of(garden, "Cy Dee", community="bees")[0].doubts.lines == 1


def test_the_command_writes_pages_that_need_nothing_else(garden: Repository, tmp_path: Path) -> None:
    output = tmp_path / "review"
    arguments = ["credits", "review", str(garden.path), "--since", "2024", "--until", "2024", "--output", str(output)]
    done = CliRunner().invoke(main, [*arguments, "--commit-url", "https://forge.example/c/{sha}"])
    assert done.exit_code == 0, done.output
    names = sorted(each.name for each in output.iterdir())
    notes = ["notes-ann-rose.md", "notes-ben-reed.md", "notes-cy-dee.md"]
    people = ["ann-rose.html", "ben-reed.html", "cy-dee.html"]
    assert names == [*people, "index.html", "ledger.csv", "ledger.json", *notes]
    pages = {each.name: each.read_text(encoding="utf-8") for each in output.glob("*.html")}
    for text in pages.values():
        assert not re.search(r"<(?:script|link|img|iframe)\b|@import|url\(", text)
        assert "@garden.test" not in text
        for target in re.findall(r'href="([^"]*)"', text):
            assert target in names or target.startswith(("https://forge.example/c/", "https://example.org/"))
    assert "Not for publication" in pages["ben-reed.html"]
    assert "What these pages cannot show" in pages["ben-reed.html"]
    assert garden.git("rev-parse", "main~1") in pages["ben-reed.html"]
    assert "Thanks from A beekeeper." in pages["ann-rose.html"]
    assert "“Tend”, +1 −2 words, <a" in pages["ben-reed.html"]
    assert "Whose work made yours possible?" in pages["ben-reed.html"]
    first = {each.name: each.read_bytes() for each in output.iterdir()}
    CliRunner().invoke(main, [*arguments, "--commit-url", "https://forge.example/c/{sha}"])
    assert {each.name: each.read_bytes() for each in output.iterdir()} == first


def test_two_people_of_one_file_name_have_a_page_each(garden: Repository, tmp_path: Path) -> None:
    garden.commit(by="Ben-Reed", write={"content/index.md": "# More\n"})
    garden.git("reset", "--quiet", "--hard", "main")
    output = tmp_path / "review"
    arguments = ["credits", "review", str(garden.path), "--since", "2024", "--until", "2024", "--output", str(output)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert (output / "ben-reed.html").is_file()
    assert (output / "ben-reed-2.html").is_file()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--until", "2023"], "is before --since"),
        (["--until", "2024", "--community", "wasps"], "there is no community wasps"),
        (["--until", "2024", "--person", "nobody"], "no contribution and no seat of nobody"),
    ],
)
def test_a_review_that_can_t_be_says_why(garden: Repository, more: list[str], message: str, tmp_path: Path) -> None:
    arguments = ["credits", "review", str(garden.path), "--since", "2024", "--output", str(tmp_path / "out"), *more]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert message in done.output
    assert not (tmp_path / "out").exists()


def test_a_review_is_never_written_where_it_would_be_published(garden: Repository) -> None:
    output = garden.path / "content" / "review"
    arguments = ["credits", "review", str(garden.path), "--since", "2024", "--until", "2024", "--output", str(output)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "which is published" in done.output
    assert not output.exists()


def test_a_review_of_a_shallow_clone_is_withheld(garden: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    garden.git("clone", "--quiet", "--depth=1", garden.path.as_uri(), str(clone))
    arguments = [
        "credits",
        "review",
        str(clone),
        "--since",
        "2024",
        "--until",
        "2024",
        "--output",
        str(tmp_path / "out"),
    ]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    assert "unshallow" in done.output
    assert not (tmp_path / "out").exists()


def test_the_files_beside_a_review_hold_what_the_review_holds_and_name_no_others(
    garden: Repository, tmp_path: Path
) -> None:
    for name, address in [("Ben", "ben@one.test"), ("Ben", "ben@two.test"), ("Benno", "benno@one.test")]:
        garden.commit(by=f"{name} <{address}>", write={"content/index.md": f"# {address}\n"})
    garden.commit(by="Benno <benno@two.test>", write={"content/index.md": "# Others\n"})
    swarm = garden.git("rev-parse", "main~5")
    garden.git("reset", "--quiet", "--hard", "main")
    corrections = f"""corrections:
  - {{commit: {swarm}, person: Cy Dee, give_to: Ann Rose, reason: Hers., decided_by: Linn Hidden}}
  - {{commit: {swarm}, person: ben, give_to: linn, reason: Hers too., decided_by: linn}}
"""
    (garden.path / "content/credits.yml").write_text(corrections, encoding="utf-8")
    (garden.path / "content/people/linn.md").write_text("---\nname: Linn Hidden\ndisplay: hidden\n---\n")

    def document(*arguments: str) -> dict[str, Any]:
        output = tmp_path / "-".join(("review", *arguments)).replace(" ", "-")
        command = ["credits", "review", str(garden.path), "--since", "2024", "--until", "2024", "--output", str(output)]
        done = CliRunner().invoke(main, [*command, *arguments])
        assert done.exit_code == 0, done.output
        read = json.loads((output / "ledger.json").read_text(encoding="utf-8"))
        rows = list(csv.DictReader((output / "ledger.csv").read_text(encoding="utf-8").splitlines()))
        in_pages = sum(len(page["contributions"]) for page in read["pages"].values()) + len(read["elsewhere"])
        assert len(rows) == in_pages
        return cast("dict[str, Any]", read)

    ben = document("--person", "Ben")
    assert [each["name"] for each in ben["people"]] == ["Ben"]
    assert [each["names"] for each in ben["notices"] if "name" in each["code"]] == [["Ben"]]
    assert ben["corrected"] == []
    bees = document("--community", "bees")
    assert set(bees["pages"]) <= {
        "content/communities/bees.md",
        "content/lessons/2023/swarm.md",
        "content/lessons/2023/hive.md",
    }
    assert not [each for each in bees["notices"] if "name" in each["code"]]
    assert sorted(each["name"] for each in bees["people"]) == ["Ann Rose", "Ben Reed", "Linn Hidden"]
    (mended,) = document("--person", "ben")["corrected"]
    assert (mended["person"], mended["given_to"], mended["decided_by"]) == ("Ben Reed", UNNAMED, UNNAMED)
    assert document("--person", "linn")["corrected"] == []
    assert document("--community", "bees", "--person", "ann")["corrected"] == []


def written(garden: Repository, output: Path, *more: str) -> dict[str, str]:
    """File name → text of a review of 2024."""
    arguments = ["credits", "review", str(garden.path), "--since", "2024", "--until", "2024", "--output", str(output)]
    done = CliRunner().invoke(main, [*arguments, *more])
    assert done.exit_code == 0, done.output
    return {each.name: each.read_text(encoding="utf-8") for each in output.iterdir()}


def test_notes_are_kept_and_shown_and_never_written_over(garden: Repository, tmp_path: Path) -> None:
    output = tmp_path / "review"
    assert "notes kept" not in written(garden, output)["ben-reed.html"]
    (output / "notes-ben-reed.md").write_text("We spoke of <b>bees</b>.\n")
    files = written(garden, output)
    assert files["notes-ben-reed.md"] == "We spoke of <b>bees</b>.\n"
    assert '<div class="notes kept">We spoke of &lt;b&gt;bees&lt;/b&gt;.</div>' in files["ben-reed.html"]


def test_white_space_is_told_apart_in_the_review_and_is_no_credit_for_readers(
    garden: Repository, tmp_path: Path
) -> None:
    path = "content/lessons/2023/swarm.md"
    text = (garden.path / path).read_text() if (garden.path / path).exists() else garden.git("show", f"main:{path}")
    garden.commit("Tidy up", by="Dee Tidy", write={path: text.replace("\n\n", "\n\n\n") + "\n"})
    garden.git("reset", "--quiet", "--hard", "main")
    page = written(garden, tmp_path / "review")["dee-tidy.html"]
    assert "“Tidy up”, white space or marks only, " in page
    credit = load_garden(garden.path / "content", today=date(2024, 12, 31)).indexes.credits
    assert "Dee Tidy" not in {entry.contributor.name for entry in credit.people}
    assert "Dee Tidy" in {line.contributor.name for line in credit.ledger.lines}


def test_a_subject_holds_no_address_and_no_name_that_is_not_shown(garden: Repository, tmp_path: Path) -> None:
    garden.commit(
        "Ask Ben Reed at ben@garden.test",
        by="Ann Rose",
        write={
            "content/people/ben.md": "---\nname: Ben Reed\ndisplay: pseudonym\npseudonym: Moss\n---\n",
            "content/index.md": "# Garden two\n",
        },
    )
    garden.git("reset", "--quiet", "--hard", "main")
    page = written(garden, tmp_path / "review")["ann-rose.html"]
    assert "Ben Reed" not in page
    assert "ben@garden" not in page
    assert "“Ask Moss at ben”" in page


def test_names_that_look_like_one_person_are_asked_about(garden: Repository, tmp_path: Path) -> None:
    garden.commit(by="cy <cy@elsewhere.test>", write={"content/index.md": "# More\n"})
    garden.git("reset", "--quiet", "--hard", "main")
    files = written(garden, tmp_path / "review")
    assert "The history also knows Cy Dee. Is that the same person?" in files["cy.html"]
    assert "The history also knows cy. Is that the same person?" in files["cy-dee.html"]
    assert "The history also knows" not in files["ann-rose.html"]


def test_owned_actions_are_listed_but_those_finished_before(garden: Repository, tmp_path: Path) -> None:
    actions = (
        "actions:\n  - {what: Close the hive, owner: ben, due: 2024-05, status: open}\n"
        "  - {what: Buy gloves, owner: Ben Reed, status: done, done_on: 2023-12}\n"
        "  - {what: Count bees, owner: ann, status: validated, checked: Twice., checked_on: 2024-02}\n"
    )
    garden.commit(by="Ann Rose", write={"content/lessons/2023/hive.md": lesson("The hive", "Home.", actions)})
    garden.git("reset", "--quiet", "--hard", "main")
    files = written(garden, tmp_path / "review")
    assert "Close the hive" in files["ben-reed.html"]
    assert "Buy gloves" not in files["ben-reed.html"]
    assert "Count bees" in files["ann-rose.html"]
    assert "Twice." in files["ann-rose.html"]


def test_a_private_note_is_evidence_in_the_review_and_in_no_public_credit(garden: Repository, tmp_path: Path) -> None:
    note = "Minutes of 3 May, kept by Jo"
    declared = f"declared:\n  - {{person: ben, role: mentored, date: 2024-01, what: Two, evidence: '{note}'}}\n"
    garden.commit(by="Ann Rose", write={"content/credits.yml": declared})
    garden.git("reset", "--quiet", "--hard", "main")
    assert note in written(garden, tmp_path / "review")["ben-reed.html"]
    ledger = load_garden(garden.path / "content", today=date(2024, 12, 31)).indexes.credits.ledger
    assert [line.link for line in ledger.lines if line.role == "mentored"] == [""]


def test_uses_confirmations_and_relations_follow_a_documented_rename(garden: Repository) -> None:
    old, new = "content/lessons/2023/swarm.md", "content/lessons/2023/great-swarm.md"
    text = garden.git("show", f"main:{old}") + "\n"
    garden.commit(by="Ann Rose", move={old: new}, write={new: text.replace("title:", "aliases: [swarm]\ntitle:")})
    garden.commit("Read\n\nReviewed-page: swarm", by="Eve Elm")
    garden.git("reset", "--quiet", "--hard", "main")
    loaded = load_garden(garden.path / "content", today=date(2024, 12, 31))
    assert [each.code for each in loaded.problems if each.code.startswith("unknown")] == []
    assert [each.slug for each in loaded.indexes.communities.used["ben"]] == ["great-swarm"]
    eve = [line for line in loaded.indexes.credits.ledger.lines if line.contributor.name == "Eve Elm"]
    assert [(line.page, line.rule) for line in eve] == [(new, "reviewed, nothing to change")]
    assert not [each for each in loaded.garden.history.notices if each.code == "unknown-reviewed-page"]
