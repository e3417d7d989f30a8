"""The catalogues: every text of the interface is collected, every language is complete, and English is plain."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from knowledge_garden.locale import available_languages, language_of
from knowledge_garden.model.lesson import HEADINGS
from planting import ROOT
from test_words import Part, offences_in


def _translate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translate", ROOT / "scripts" / "translate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


translate = _translate()
LANGUAGES = translate.languages()


def collected(source: str, suffix: str = "py") -> list[object]:
    reader = {"py": translate.python_texts, "html": translate.template_texts, "yml": translate.site_texts}[suffix]
    return [text for text, _ in reader(source)]


def test_there_are_languages_to_check() -> None:
    assert "de" in LANGUAGES
    assert set(available_languages()) == {"en", *(name.replace("_", "-") for name in LANGUAGES)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_the_texts_of_today_and_is_compiled(language: str) -> None:
    catalogue = translate.updated(translate.read_catalogue(language))
    path = translate.po_file(language)
    assert path.read_bytes() == translate.po_bytes(catalogue), "run scripts/translate"
    assert path.with_suffix(".mo").read_bytes() == translate.mo_bytes(catalogue), "run scripts/translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete(language: str) -> None:
    assert translate.faults(translate.updated(translate.read_catalogue(language))) == []


def test_an_incomplete_catalogue_is_noticed() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("{number} lesson", "{number} Erfahrung")
    catalogue.add(("{number} page", "{number} pages"), ("Eine Seite", "{number} Seiten"))
    assert translate.faults(catalogue) == []
    catalogue.add("Search")
    catalogue.add("See {link}.", "Siehe {verweis}.")
    catalogue.add("Partner", "Partner", flags=("fuzzy",))
    catalogue.add(("{shown} page", "{shown} pages"), ("Seite", "{shown} Seiten"))
    assert translate.faults(catalogue) == [
        "'Search': not translated",
        "'See {link}.': has ['verweis'], not ['link']",
        "'Partner': marked as fuzzy",
        "('{shown} page', '{shown} pages'): has [], not ['shown']",
    ]


def test_every_form_of_text_is_collected() -> None:
    source = (
        'message("One {x}.", x=1)\n'
        'messages("{number} page", "{number} pages", 2)\n'
        'Code("code", _E, "It is wrong.", "Fix it.")\n'
        'a: int = Field(1, description="What it is " "for.")\n'
        'class Thing(Fields):\n    """A thing."""\n'
        "message(text)\n"
    )
    expected = {
        "One {x}.",
        ("{number} page", "{number} pages"),
        "It is wrong.",
        "Fix it.",
        "What it is for.",
        "A thing.",
    }
    assert set(collected(source)) == expected
    template = '<p title="{{ _("Two {y}", y=1) }}">{{ n_("{number} one", "{number} many", 3) }}</p>{% if _("Three") %}{% endif %}'
    assert collected(template, "html") == ["Two {y}", ("{number} one", "{number} many"), "Three"]
    site = "nav: [Home: a.md, More: [Inner: b.md, c.md]]\ntheme: {palette: [{toggle: {name: Dark}}]}\nx: !!python/name:os.path 1\n"
    assert collected(site, "yml") == ["Home", "More", "Inner", "Dark"]


@pytest.mark.parametrize("source", ['message(f"One {x}.")', 'message("One " + name)', 'messages(f"{x}", "b", 1)'])
def test_a_text_that_is_put_together_is_refused(source: str) -> None:
    with pytest.raises(translate.NotWrittenOutError):
        collected(source)


def test_a_text_that_a_template_puts_together_is_refused() -> None:
    with pytest.raises(translate.NotWrittenOutError):
        collected("{{ _(title) }}", "html")


def parts() -> Iterator[Part]:
    for item in translate.collect():
        for text in (item.text,) if isinstance(item.text, str) else item.text:
            yield Part("text", text, item.line)


def test_english_is_plain() -> None:
    assert [offence for offence in offences_in(parts(), "catalogue") if offence.word != "all corners"] == []


def test_no_phrase_holds_markup() -> None:
    """Templates escape phrases, so that a garden's own wording can't put HTML into a page."""
    for path in (translate.PACKAGE / "pages").rglob("*.html"):
        for text, line in translate.template_texts(path.read_text(encoding="utf-8")):
            assert "<" not in str(text), f"{path.name}:{line}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_a_lesson_are_distinct_in_each_language(language: str) -> None:
    spoken = language_of(language.replace("_", "-"))
    assert len({spoken.gettext(heading).casefold() for heading in HEADINGS}) == len(HEADINGS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_which_terms_it_uses(language: str) -> None:
    terms = Path(translate.LOCALE, language, "TERMS.md").read_text(encoding="utf-8")
    assert "| lesson |" in terms


TEMPLATES = sorted([*(translate.PACKAGE / "pages").rglob("*.html"), *(translate.PACKAGE / "theme").rglob("*.html")])


def words_of_its_own(template: str) -> list[str]:
    """The words that a template shows without asking a catalogue for them."""
    bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", " ", template, flags=re.S)
    attributes = re.findall(r'\b(?:title|aria-label|placeholder|alt|data-kg-(?!nearest|links)\w+)="([^"]*)"', bare)
    texts = re.sub(r"<!--.*?-->|<(style|script|svg|code|pre)\b.*?</\1>|<[^>]*>", " ", bare, flags=re.S)
    return re.findall(r"[^\W\d_]{2,}", " ".join([*attributes, texts]))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    assert words_of_its_own(path.read_text(encoding="utf-8")) == [], "put them into _() or n_()"


def test_words_of_a_template_are_noticed() -> None:
    template = (
        '<p class="kg-x" title="Some {{ x }}">{% if a > b %}See <code>garden</code>{% endif %}{{ _("Not this") }}</p>'
    )
    assert words_of_its_own(template) == ["Some", "See"]
