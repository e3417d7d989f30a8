"""The values of the model: dates, problems, settings, and the lines of a record's fields."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from knowledge_garden.hints import did_you_mean
from knowledge_garden.model.addresses import make_slug, site_file
from knowledge_garden.model.community import CommunityFields, seats
from knowledge_garden.model.dates import When, moment_of_epoch
from knowledge_garden.model.declarations import Correction
from knowledge_garden.model.garden import Page, Record
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.links import Heading
from knowledge_garden.model.names import visible
from knowledge_garden.model.person import PersonFields
from knowledge_garden.model.problems import (
    CODES,
    PROBLEMS_PER_FILE,
    PROBLEMS_SHOWN,
    Severity,
    limit_problems,
    problem,
    shown_problems,
)
from knowledge_garden.model.records import Kind
from knowledge_garden.model.settings import Settings
from knowledge_garden.model.taxonomy import ShownOutcome

DAY = datetime.date(2012, 8, 1)


@given(st.dates())
def test_every_day_is_kept_as_it_is(day: datetime.date) -> None:
    when = When.parse(day)
    assert when == When.parse(str(when)) == When.parse(datetime.datetime(day.year, day.month, day.day))  # noqa: DTZ001
    assert when.first == when.last == day
    assert When.parse(when) is when


@given(st.text())
def test_no_text_makes_a_date_raise_but_a_value_error(text: str) -> None:
    try:
        when = When.parse(text)
    except ValueError:
        return
    assert when.first <= when.last


def test_a_date_has_a_schema_and_is_written_as_text() -> None:
    adapter = TypeAdapter(When)
    schema = adapter.json_schema()
    assert {each["type"] for each in schema["anyOf"]} == {"integer", "string"}
    assert adapter.dump_python(adapter.validate_python("2012-8"), mode="json") == "2012-08"
    with pytest.raises(ValidationError, match="is not a year"):
        adapter.validate_python("soon")


def test_the_day_of_an_epoch() -> None:
    assert moment_of_epoch("1343779200").date() == DAY
    for wrong in ("yesterday", "9" * 30):
        with pytest.raises(ValueError, match=wrong):
            moment_of_epoch(wrong)


def test_a_problem_names_its_place_and_a_way_to_mend_it() -> None:
    found = problem("broken-link", "content/x.md", 7, "There is no y.")
    assert found.location == "content/x.md:7"
    assert found.severity is Severity.ERROR
    assert found.hint == CODES["broken-link"].fix
    assert problem("empty-file", "x.md", 0, "Empty.", "Write.").location == "x.md"


def test_every_code_says_what_it_means_and_how_to_mend_it() -> None:
    for name, code in CODES.items():
        assert name == code.name
        assert code.meaning.endswith(".")
        assert code.fix.endswith((".", ").")) or code.fix.endswith('".')


def test_hints_name_the_nearest_word() -> None:
    assert did_you_mean("Harbor", ["harbour", "yard"]) == "Did you mean harbour?"
    assert did_you_mean("x", ["harbour"]) == ""
    assert did_you_mean("harbour", []) == ""


def test_settings_have_words_for_every_outcome() -> None:
    settings = Settings.model_validate({"outcomes": {"failure": "It failed"}, "timezone": "Europe/Lisbon"})
    assert str(settings.outcome("failure")) == "It failed"
    assert settings.outcome("near-miss") == ShownOutcome("near-miss", "Near miss", "near-miss")
    assert settings.outcome("late-win") == ShownOutcome("late-win", "Late win", "mixed"), "not of this garden"
    assert settings.zone.key == "Europe/Lisbon"


def test_outcomes_are_those_of_the_settings_and_count_as_one_of_four_kinds() -> None:
    assert [(key, Settings().outcome(key).kind) for key in Settings().outcomes] == [
        ("success", "success"),
        ("failure", "failure"),
        ("mixed", "mixed"),
        ("near-miss", "near-miss"),
    ]
    own = Settings.model_validate(
        {"outcomes": {"win": {"title": "Won", "counts_as": "success"}, "stopped": "Stopped", "failure": "Lost"}}
    )
    assert [(str(own.outcome(key)), own.outcome(key).kind) for key in own.outcomes] == [
        ("Success", "success"),
        ("Lost", "failure"),
        ("Mixed", "mixed"),
        ("Near miss", "near-miss"),
        ("Won", "success"),
        ("Stopped", "mixed"),
    ]
    with pytest.raises(ValidationError, match="part of an address"):
        Settings.model_validate({"outcomes": {"Out Of Time": "Late"}})


def test_a_file_shows_at_most_100_problems_and_keeps_its_errors() -> None:
    notices = [problem("few-sources", "x.md", line, "One.") for line in range(1, PROBLEMS_PER_FILE + 1)]
    assert limit_problems(reversed(notices)) == notices
    error = problem("broken-link", "x.md", 999, "There is no y.")
    shown = limit_problems([*notices, error, problem("few-sources", "y.md", 1, "One."), error])
    assert len(shown) == PROBLEMS_PER_FILE + 2
    assert [(found.path, found.code) for found in shown[:1] + shown[-2:]] == [
        ("x.md", "more-problems"),
        ("x.md", "broken-link"),
        ("y.md", "few-sources"),
    ]
    assert shown[0].message == "1 more problem of this file is not shown."


@pytest.mark.parametrize("key", ["../x", "a/b", "Haste", "index", "", ".", "a b", "-a"])
def test_a_cause_names_a_page_and_so_is_a_slug(key: str) -> None:
    with pytest.raises(ValidationError, match="can't be a key here"):
        Settings.model_validate({"causes": {key: {"title": "X"}}})


@pytest.mark.parametrize("commit", ["abc", "ABCDEF1", "1234567g"])
def test_a_correction_names_a_commit(commit: str) -> None:
    with pytest.raises(ValidationError, match="hexadecimal"):
        Correction.model_validate({"commit": commit, "reason": "x", "decided_by": "y"})
    assert Correction.model_validate({"commit": "1234567", "reason": "x", "decided_by": "y"}).give_to == ""


def test_a_field_is_found_by_its_line() -> None:
    page = Page("people/rosa.md", Kind.PERSON, "Rosa", "", 1, "", (Heading(1, "a", "a"),), (), frozenset(), {})
    fields = PersonFields.model_validate({"name": "Rosa Canina", "aliases": ["r"]})
    record = Record(Kind.PERSON, page, fields, {"name": 2, "leads": 3, "leads.1": 5, "leads.1.person": 6})
    assert record.line("leads", 1, "person") == 6
    assert record.line("leads", 1, "since") == 5
    assert record.line("leads", 7) == 3
    assert record.line("nothing", 1) == 1
    assert (record.slug, record.title, record.aliases) == ("rosa", "Rosa Canina", ("r",))


def test_seats_come_in_the_order_of_the_charter() -> None:
    charter = CommunityFields.model_validate(
        {"title": "x", "purpose": "y", "sponsor": "s", "leads": ["l", {"person": "m"}], "alumni": ["a"]}
    )
    assert [(role, seat.person) for role, seat in seats(charter)] == [
        ("sponsor", "s"),
        ("leads", "l"),
        ("leads", "m"),
        ("alumni", "a"),
    ]


def test_fields_are_frozen_and_keep_what_they_do_not_know() -> None:
    lesson = LessonFields.model_validate(
        {"title": "t", "summary": "s", "outcome": "mixed", "communities": ["c"], "flavour": "salt"}
    )
    assert lesson.model_extra == {"flavour": "salt"}
    with pytest.raises(ValidationError):
        lesson.title = "u"  # type: ignore[misc]


def test_a_log_shows_problems_up_to_a_limit_and_errors_first() -> None:
    notices = [problem("few-sources", f"x{number:04}.md", 1, "One.") for number in range(PROBLEMS_SHOWN)]
    assert shown_problems(notices) == (notices, 0)
    error = problem("broken-link", "y.md", 1, "There is no z.")
    shown, more = shown_problems([*notices, error])
    assert (len(shown), shown[-1], more) == (PROBLEMS_SHOWN, error, 1)
    assert shown == sorted(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 中文 “text”", "plain é 中文 “text”"),
        ("a\x1b[31m\nb\u202ec", "a\ufffd[31m\ufffdb\ufffdc"),
        ("::error title=x::y", "./::error title=x::y"),
        ("  ::error::y", "./  ::error::y"),
        ("a ::error::y", "a ::error::y"),
        ("a ##[error]b", "a # #[error]b"),
    ],
)
def test_a_text_of_the_content_commands_no_log(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Déjà vu: it's 50% “off”", "deja-vu-its-50-off"),
        ("Łódź_Øre æ", "lodz-ore-ae"),
        ("中文", ""),
        ("  -- a -- b -- ", "a-b"),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_slug_is_made_of_a_title(name: str, slug: str) -> None:
    assert make_slug(name) == slug


@pytest.mark.parametrize(
    ("path", "file", "flat"),
    [
        ("a/b.md", "a/b/index.html", "a/b.html"),
        ("a/index.md", "a/index.html", "a/index.html"),
        ("README.md", "index.html", "index.html"),
        ("a/b.png", "a/b.png", "a/b.png"),
    ],
)
def test_a_content_path_becomes_a_file_of_the_site(path: str, file: str, flat: str) -> None:
    assert (site_file(path), site_file(path, directory_urls=False)) == (file, flat)


LESSON = {"title": "t", "summary": "s", "outcome": "failure", "communities": ["c"]}


@pytest.mark.parametrize(
    ("field", "most", "one_more"),
    [
        ("title", "x" * 300, "x" * 301),
        ("summary", "x" * 300, "x" * 301),
        ("outcome", "x" * 60, "x" * 61),
        ("aliases", ["a"] * 100, ["a"] * 101),
        ("tags", ["a"] * 1_000, ["a"] * 1_001),
        ("tags", ["x" * 300], ["x" * 301]),
        ("origin", {f"d{n}": "v" for n in range(100)}, {f"d{n}": "v" for n in range(101)}),
        ("actions", [{"what": "x" * 5_000}], [{"what": "x" * 5_001}]),
        ("applied", [{"by": "x", "result": "x" * 5_000}], [{"by": "x", "result": "x" * 5_001}]),
        (
            "sources",
            [{"title": "x", "url": f"https://{'x' * 1_992}"}],
            [{"title": "x", "url": f"https://{'x' * 1_993}"}],
        ),
    ],
)
def test_a_field_takes_so_much_and_no_more(field: str, most: object, one_more: object) -> None:
    assert LessonFields.model_validate(LESSON | {field: most})
    with pytest.raises(ValidationError):
        LessonFields.model_validate(LESSON | {field: one_more})


@pytest.mark.parametrize("letter", ["\n", "\r", "\t", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("field", ["title", "summary", "owner", "stage", "language"])
def test_a_text_on_one_line_holds_no_other_line(field: str, letter: str) -> None:
    with pytest.raises(ValidationError, match="line break or a tab"):
        LessonFields.model_validate(LESSON | {field: f"a{letter}b"})
    kept = LessonFields.model_validate(LESSON | {field: f"a b{letter}"})
    assert getattr(kept, field) == "a b", "what stands only at the end is nothing"


@pytest.mark.parametrize(
    "url", ["https://a.org/a b", "https://a.org/a\nb", "https://a.org/\u202e", "javascript:x", "//a.org"]
)
def test_a_web_address_is_one(url: str) -> None:
    with pytest.raises(ValidationError, match="not a web address"):
        LessonFields.model_validate(LESSON | {"sources": [{"title": "x", "url": url}]})
