"""The values of the model: dates, problems, settings, and the lines of a record's fields."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from knowledge_garden.model.dates import When, moment_of_epoch
from knowledge_garden.model.declarations import Correction
from knowledge_garden.model.garden import Page, Record
from knowledge_garden.model.links import Heading
from knowledge_garden.model.problems import CODES, Severity, did_you_mean, nearest, problem
from knowledge_garden.model.records import CommunityFields, Kind, LessonFields, Outcome, PersonFields, seats
from knowledge_garden.model.settings import Settings

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
    assert nearest("harbour", []) == ""


def test_settings_have_words_for_every_outcome() -> None:
    settings = Settings.model_validate({"outcomes": {"failure": "It failed"}, "timezone": "Europe/Lisbon"})
    assert settings.outcome(Outcome.FAILURE) == "It failed"
    assert settings.outcome(Outcome.NEAR_MISS) == "Near miss"
    assert settings.zone.key == "Europe/Lisbon"


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
