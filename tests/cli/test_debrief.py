"""Answers of a debrief become a lesson: forms, letters and sheets; nothing said is lost, nothing missing is made up."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from knowledge_garden import load_garden
from knowledge_garden.cli import main
from knowledge_garden.cli.debrief import body_text, lesson_of
from knowledge_garden.locale import language_of
from knowledge_garden.model.debrief import DEBRIEF, DETAILS
from knowledge_garden.reading.debrief import read_answers
from planting import STARTER, TODAY, plant

CASES = Path(__file__).parents[1] / "cases" / "intake"
ENGLISH = language_of("en")
GERMAN = language_of("de")


def fields(text: str) -> dict[str, Any]:
    loaded = load_garden(STARTER, today=TODAY, with_history=False)
    return dict(lesson_of(read_answers(text, loaded.language), loaded.garden, loaded.language).fields)


def test_the_form_of_an_issue() -> None:
    assert fields((CASES / "github-form.md").read_text()) == {
        "title": "",
        "summary": "The gate was opened on one side only. A second look would have shown it.",
        "outcome": "failure",
        "communities": ["software-reliability", "public-services", "the night crews"],
        "causes": ["unheeded-warning"],
        "date": "2026-03",
        "maturity": "seedling",
        "told_by": ["Moss"],
    }


def test_a_description_with_comments_bold_questions_and_a_source() -> None:
    made = fields((CASES / "gitlab-description.md").read_text())
    assert made["told_by"] == ["ash-fraxinus"]
    assert made["sources"] == [{"title": "Report of the night", "url": "https://example.org/report"}]
    assert "causes" not in made


def test_a_letter_gives_its_subject_and_never_an_address() -> None:
    answers = read_answers((CASES / "letter.eml").read_text(), ENGLISH)
    assert answers["subject"] == "The north lock"
    assert answers["happened"].startswith("Good morning,")
    assert answers["happened"].endswith("A barge hit the gate.")
    assert "@" not in "".join(answers.values())


LETTER = "From: Berta Example <b@example.org>\nSubject: Tablets\n\n"


@pytest.mark.parametrize(
    "signed", ["Berta", "Berta Example", "B. Example", "  *Berta E.*", "-- \nDr Berta\n+44 20 7946 0000"]
)
def test_a_letter_is_not_signed_in_the_lesson(signed: str) -> None:
    said = "The tablets ran out.\n\nExample 3 was worse, and Berta was not asked."
    assert read_answers(f"{LETTER}{said}\n\n{signed}\n", ENGLISH) == {"happened": said, "subject": "Tablets"}
    assert read_answers(f"{said}\n\nBerta", ENGLISH) == {"happened": f"{said}\n\nBerta"}  # no letter, no sender


def test_a_sender_who_asks_to_be_named_is() -> None:
    answers = read_answers(f"{LETTER}Out.\n\nHow shall we show you?\nBerta Example\n", ENGLISH)
    assert answers["shown"] == "Berta Example"


@pytest.mark.parametrize("language", [ENGLISH, GERMAN], ids=["en", "de"])
@pytest.mark.parametrize("form", ["### {}", "**{}**", "{}", "> {}", "3. {}", "- {}", "{}:", "_{}_"])
def test_each_question_is_recognised_however_it_is_written(language: Any, form: str) -> None:
    asked = (*DETAILS, *DEBRIEF)
    text = "\n".join(f"{form.format(language.gettext(each.text))}\nanswer to {each.key}\n" for each in asked)
    assert read_answers(text, GERMAN) == {each.key: f"answer to {each.key}" for each in asked}


def test_a_text_without_questions_is_what_happened() -> None:
    assert read_answers("One.\r\nTwo.", ENGLISH) == {"happened": "One.\nTwo."}


@pytest.mark.parametrize("text", ["", "\n\n", "### What happened?\n\n_No response_\n", "<!-- nothing -->"])
def test_no_answer_is_no_answer(text: str) -> None:
    assert read_answers(text, ENGLISH) == {}


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("By my name: Ash Fraxinus", {"told_by": ["ash-fraxinus"]}),
        ("by my name: Jo Doe", {"told_by": ["Jo Doe"]}),
        ("By a pseudonym: Ash Fraxinus", {"told_by": ["Ash Fraxinus"]}),
        ("By a pseudonym", {"anonymous": True}),
        ("Not at all", {"anonymous": True}),
        ("Not at all: Jo", {"anonymous": True}),
        ("Jo Doe", {"told_by": ["Jo Doe"]}),
        ("Please do not use my name anywhere", {"anonymous": True}),
        ("", {"anonymous": True}),
    ],
)
def test_tellers_are_shown_as_they_chose(shown: str, told: dict[str, Any]) -> None:
    made = fields(f"### What happened?\n\nIt fell.\n\n### How shall we show you?\n\n{shown}\n")
    assert {key: made[key] for key in ("told_by", "anonymous") if key in made} == told


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("17.11.2026", datetime.date(2026, 11, 17)),
        ("November 2026", "2026-11"),
        ("2026", 2026),
        ("3/4/2026", "3/4/2026"),
    ],
)
def test_dates_are_taken_as_people_write_them(said: str, date: object) -> None:
    assert fields(f"### When was it?\n\n{said}\n")["date"] == date


def test_what_is_not_understood_is_kept_for_the_check() -> None:
    made = fields("### When was it?\n\nlast spring\n\n### How did it turn out?\n\nso-so, with a twist\n")
    assert (made["date"], made["outcome"]) == ("last spring", "so-so, with a twist")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("# One\n## Two", "&#35; One\n&#35;&#35; Two"),
        ("<b>x</b> <https://example.org>", "&lt;b>x&lt;/b> <https://example.org>"),
        ("a\u200bb\u202ec", "abc"),
        ("Title\n---\nText", "Title\n&#45;&#45;&#45;\nText"),
        ("<<<<<<< HEAD", "&#60;&#60;&#60;&#60;&#60;&#60;&#60; HEAD"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("- one\n- two", "- one\n- two"),
    ],
)
def test_texts_become_paragraphs_and_nothing_else(said: str, written: str) -> None:
    assert body_text(said) == written


def test_the_command_writes_the_lesson_and_says_what_is_missing(tmp_path: Path) -> None:
    plant("good", tmp_path)
    done = CliRunner().invoke(
        main, ["new", "lesson", "--from", "-", "--directory", str(tmp_path)], input=(CASES / "letter.eml").read_text()
    )
    assert done.exit_code == 0, done.output
    assert "communities" in done.output
    (file,) = (tmp_path / "content").rglob("the-north-lock.md")
    assert "anonymous: true" in file.read_text()
    codes = {each.code for each in load_garden(tmp_path / "content", today=TODAY, with_history=False).problems}
    assert {"prompt-left", "missing-field"} <= codes


@pytest.mark.parametrize("text", ["", "### What happened?\n\n_No response_\n"])
def test_an_empty_sheet_is_refused_and_nothing_is_written(tmp_path: Path, text: str) -> None:
    plant("good", tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = CliRunner().invoke(main, ["new", "lesson", "--from", "-", "--directory", str(tmp_path)], input=text)
    assert (done.exit_code, "holds no answer" in done.output) == (2, True)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    plant("good", tmp_path)
    done = CliRunner().invoke(main, ["new", "lesson", "--from", "none.md", "--directory", str(tmp_path)])
    assert (done.exit_code, "none.md can't be read" in done.output) == (2, True)


def test_options_come_before_what_the_file_says(tmp_path: Path) -> None:
    plant("good", tmp_path)
    arguments = ["new", "lesson", "--from", "-", "--title", "A gate", "--directory", str(tmp_path)]
    assert CliRunner().invoke(main, arguments, input=(CASES / "github-form.md").read_text()).exit_code == 0
    assert list((tmp_path / "content").rglob("a-gate.md"))
