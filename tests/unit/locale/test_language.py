"""A language: its texts and a garden's own wording, dates, numbers, lists and order; and what the check says of them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from markupsafe import escape

from knowledge_garden.loading import load_garden
from knowledge_garden.locale import ENGLISH, fits, interface_texts, language_of, language_or_english
from knowledge_garden.model.dates import When
from knowledge_garden.model.messages import message, messages
from knowledge_garden.pages.selections import by_title
from knowledge_garden.pages.templating import phrases
from planting import TODAY

GERMAN = language_of("de")


def test_texts_are_translated_with_their_values() -> None:
    assert GERMAN.gettext("Search") == "Suche"
    assert GERMAN.gettext("") == ""
    assert GERMAN.gettext("Not a text of the interface") == "Not a text of the interface"
    assert GERMAN.text(messages("{number} lesson", "{number} lessons", 1)) == "1 Erfahrung"
    assert GERMAN.text(messages("{number} lesson", "{number} lessons", 1200)) == "1.200 Erfahrungen"
    assert GERMAN.text(message("due {date}", date=When(2024, 3, 5))) == "fällig 5. März 2024"
    assert GERMAN.text("A title of the content") == "A title of the content"
    assert str(message("due {date}", date=When(2024, 3, 5))) == "due 5 March 2024"


def test_dates_numbers_and_lists_are_written_as_in_the_language() -> None:
    assert [GERMAN.date(when) for when in (When(2024), When(2024, 3), When(2024, 3, 5), None)] == [
        "2024",
        "März 2024",
        "5. März 2024",
        "",
    ]
    assert GERMAN.month(datetime.date(2024, 3, 5)) == "März 2024"
    assert GERMAN.number(12345) == "12.345"
    assert GERMAN.list(["Rosa", "Viola", "Iris"]) == "Rosa, Viola und Iris"


def test_marks_and_case_do_not_decide_the_order() -> None:
    assert sorted(["Zebra", "Öl", "ofen", "Ähre", "apfel"], key=GERMAN.sort_key) == [
        "Ähre",
        "apfel",
        "ofen",
        "Öl",
        "Zebra",
    ]


def test_a_tag_is_written_as_in_html() -> None:
    assert language_of("pt_BR").tag == "pt-BR"
    assert language_or_english("klingon").tag == "en"
    with pytest.raises(ValueError, match="klingon is not a language"):
        language_of("klingon")


@pytest.mark.parametrize(
    ("phrase", "usable"),
    [
        ("{number} Stück", True),
        ("Stück", True),
        ("{zahl} Stück", False),
        ("{number.__class__}", False),
        ("{number!r}", False),
        ("{number:>9}", False),
        ("{0}", False),
        ("{", False),
    ],
)
def test_a_phrase_asks_for_nothing_but_the_texts_own_values(phrase: str, usable: bool) -> None:
    assert fits("{number} lessons", phrase) is usable
    language = language_of("en", {"{number} lessons": phrase})
    shown = language.text(messages("{number} lesson", "{number} lessons", 2))
    assert (shown == "2 lessons") is not usable


def test_a_phrase_can_not_put_html_into_a_page() -> None:
    own = phrases(language_of("en", {"See {link}.": "<b>See</b> {link}"}))
    assert own["_"]("See {link}.", link="<i>") == "&lt;b&gt;See&lt;/b&gt; &lt;i&gt;"
    assert own["_"]("See {link}.", link=escape("")) == "&lt;b&gt;See&lt;/b&gt; "


def test_texts_of_the_interface_include_both_forms() -> None:
    assert {"Search", "{number} lesson", "{number} lessons"} <= interface_texts()
    assert "" not in interface_texts()


def problems(folder: Path, settings: str, pages: dict[str, str] | None = None) -> list[tuple[str, str, int, str, str]]:
    (folder / "content" / "communities").mkdir(parents=True)
    (folder / "content" / "garden.yml").write_text(settings, encoding="utf-8")
    for path, text in (pages or {}).items():
        (folder / "content" / path).write_text(text, encoding="utf-8")
    loaded = load_garden(folder / "content", today=TODAY, with_history=False)
    return [(found.code, found.path, found.line, found.message, found.hint) for found in loaded.problems]


def test_the_check_reports_wording_that_can_not_be_used(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "language: klingon\nphrases:\n  Serch: Find\n  '{number} lessons': '{zahl} Geschichten'\n  Home: Start\n",
    )
    assert [(code, text) for code, _, _, text, _ in found if code in ("settings", "unknown-key")] == [
        ("settings", "language: klingon is not a language; write one such as en, de or pt-BR."),
        ("settings", "phrases: “{zahl} Geschichten” has other {names} in braces than “{number} lessons”."),
        ("unknown-key", "phrases: “Serch” is not a text of the interface."),
    ]
    assert [hint for code, *_, hint in found if code == "unknown-key"] == ["Did you mean Search?"]


def test_a_page_names_a_language_that_there_is(tmp_path: Path) -> None:
    charter = "---\nlanguage: {}\ntitle: Hafen\npurpose: Lernen.\nsponsor: iris\nleads: [iris]\n---\n"
    pages = {
        "communities/hafen.md": charter.format("klingon"),
        "communities/werft.md": charter.format("de-AT").replace("Hafen", "Werft"),
    }
    found = problems(tmp_path, "name: Hafen\n", pages)
    assert [(path, line, text) for code, path, line, text, _ in found if code == "wrong-type"] == [
        ("content/communities/hafen.md", 2, "klingon is not a language; write one such as en, de or pt-BR.")
    ]
    loaded = load_garden(tmp_path / "content", today=TODAY, with_history=False)
    assert {slug: record.page.language for slug, record in loaded.garden.communities.items()} == {
        "hafen": "en",
        "werft": "de-AT",
    }


def test_records_are_listed_in_the_order_of_the_language(tmp_path: Path) -> None:
    charter = "---\ntitle: {}\npurpose: Lernen.\nsponsor: iris\nleads: [iris]\n---\n"
    titles = {"a": "Zoll", "b": "Öl", "c": "Ofen"}
    pages = {f"communities/{slug}.md": charter.format(title) for slug, title in titles.items()}
    problems(tmp_path, "name: Hafen\n", pages)
    garden = load_garden(tmp_path / "content", today=TODAY, with_history=False).garden
    assert [record.title for _, record in by_title(ENGLISH, garden.communities)] == ["Ofen", "Öl", "Zoll"]
