"""The seven questions, asked alike by the site's form and by the issue form, and what the form is told of the garden."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge_garden import load_garden
from knowledge_garden.forges import FORGES, Repository
from knowledge_garden.locale import language_of
from knowledge_garden.model.debrief import DEBRIEF, DETAILS, question
from knowledge_garden.model.intake import WAYS, is_mail_address
from knowledge_garden.model.lesson import HEADINGS, LessonFields
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.helping import relay_url
from knowledge_garden.pages.tell import form_data, ways_on
from knowledge_garden.reading.languages import prompts
from planting import ROOT, TODAY, plant

ISSUE_FORM = ROOT / ".github/ISSUE_TEMPLATE/share-a-lesson.yml"


def test_there_are_seven_questions_and_each_part_of_a_lesson_has_one() -> None:
    assert len(DEBRIEF) == 7
    asked = [*DEBRIEF, *DETAILS]
    assert len({each.key for each in asked}) == len(asked)
    assert {each.heading for each in asked if each.heading} == set(HEADINGS)
    fields = {each.field for each in asked if each.field}
    required = {name for name, info in LessonFields.model_fields.items() if info.is_required()}
    assert required <= fields <= set(LessonFields.model_fields)
    assert all(bool(each.heading) != bool(each.field) for each in asked)
    assert question("why") is DEBRIEF[2]
    with pytest.raises(KeyError):
        question("nothing")


def test_the_issue_form_asks_the_same() -> None:
    form = yaml.safe_load(ISSUE_FORM.read_text(encoding="utf-8"))
    fields = {each["id"]: each["attributes"] for each in form["body"] if "id" in each}
    for each in (*DEBRIEF, *DETAILS):
        if each.key == "title":
            continue  # the title of the issue
        assert fields[each.key]["label"] == each.text, each.key
        assert fields[each.key]["description"] == each.hint, each.key
    assert set(fields) - {each.key for each in (*DEBRIEF, *DETAILS)} == {"sources"}


def test_the_form_leaves_prompts_that_the_check_knows(tmp_path: Path) -> None:
    loaded = load_garden(plant("good", tmp_path), today=TODAY, with_history=False)
    for tag in ("en", "de"):
        language = language_of(tag)
        data = form_data(loaded.indexes, Frame(language=language), ())
        headings = data["headings"]
        assert isinstance(headings, list)
        assert [each["heading"] for each in headings] == [language.gettext(heading) for heading in HEADINGS]
        assert {each["prompt"] for each in headings} <= prompts(language)


@pytest.mark.parametrize(
    ("intake", "offered"),
    [
        ("", ["editor", "issue", "copy", "download"]),
        ("intake: {steward: garden@example.org}", list(WAYS)),
        ("intake: {steward: garden@example.org, ways: [steward, download, steward]}", ["steward", "download"]),
        ("intake: {ways: [steward, copy]}", ["copy"]),
        ("intake: {ways: []}", []),
    ],
)
def test_the_ways_are_those_that_garden_yml_allows_and_has_addresses_for(
    intake: str, offered: list[str], tmp_path: Path
) -> None:
    content = plant("good", tmp_path)
    with (content / "garden.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{intake}\n")
    indexes = load_garden(content, today=TODAY, with_history=False).indexes
    host = Repository(FORGES[1], "https://gitlab.com/example/garden", "main")
    assert [way.key for way in ways_on(indexes, Frame(host=host))] == offered
    without = [way.key for way in ways_on(indexes, Frame())]
    assert without == [key for key in offered if key not in ("editor", "issue")]


@pytest.mark.parametrize(
    ("intake", "code", "message"),
    [
        ("intake:\n  steward: garden at example.org", "wrong-type", "garden at example.org is not an e-mail address"),
        ("intake:\n  steward: a@example.org?bcc=b@example.org", "wrong-type", "is not an e-mail address"),
        ("intake:\n  ways: [pigeon]", "wrong-type", "Write one of"),
        ("intake:\n  forge: gitlob", "settings", "github, gitlab, gitea, forgejo"),
    ],
)
def test_what_intake_cannot_mean_is_refused_with_its_line(intake: str, code: str, message: str, tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    settings = content / "garden.yml"
    before = settings.read_text(encoding="utf-8").rstrip() + "\n"
    settings.write_text(f"{before}{intake}\n", encoding="utf-8")
    problems = load_garden(content, today=TODAY, with_history=False).problems
    (found,) = [each for each in problems if each.path.endswith("garden.yml")]
    assert (found.code, found.line) == (code, before.count("\n") + 2)
    assert message in f"{found.message} {found.hint}"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://example.org/form", "https://example.org/form"),
        ("relay@example.org", "mailto:relay@example.org"),
        ("Amina, room 4", ""),
        ("javascript:alert(1)", ""),
        ("x@example.org?cc=y@example.org", ""),
    ],
)
def test_a_relay_is_a_link_only_where_it_is_an_address(address: str, url: str) -> None:
    assert relay_url(address) == url


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("garden@example.org", True),
        ("garden+lessons@sub.example.org", True),
        ("garden@localhost", False),
        ("a@b.org,c@d.org", False),
        ("a b@example.org", False),
        ("garden@example.org\n", False),
        ("@example.org", False),
    ],
)
def test_an_e_mail_address_is_told_from_other_texts(text: str, right: bool) -> None:
    assert is_mail_address(text) is right
