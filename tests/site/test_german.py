"""The starter garden with its interface in German: no English word of the interface is left, and languages are marked."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from building import Site, build
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.locale import language_of
from knowledge_garden.model.messages import message
from knowledge_garden.pages.fields import field_tables
from planting import ROOT, TODAY
from test_catalogues import translate

GERMAN = language_of("de")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
VOID |= {"path", "rect", "use", "circle", "meter"}
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-kg-all", "data-kg-some", "data-kg-copy", "data-kg-copied")
SPOKEN += ("data-kg-menu", "data-kg-find")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the starter, of which the content is marked as English and the rest set to German; with a history."""
    folder = tmp_path_factory.mktemp("german")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    settings = folder / "content" / "garden.yml"
    settings.write_text(
        f"language: de\nphrases: {{Search: Finden}}\n{settings.read_text(encoding='utf-8')}", encoding="utf-8"
    )
    for page in (folder / "content").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        marked = (
            re.sub(r"\A---\n", "---\nlanguage: en\n", text)
            if text.startswith("---\n")
            else f"---\nlanguage: en\n---\n{text}"
        )
        page.write_text(marked, encoding="utf-8")
    identity = ["-c", "user.name=Rosa Canina", "-c", "user.email=rosa@example.org", "-c", "init.defaultBranch=main"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=Start"]):
        subprocess.run(["git", *identity, *command], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    return build(folder / "mkdocs.yml", folder / "site")


@pytest.fixture(scope="module")
def loaded(folder: Path) -> LoadedGarden:
    return load_garden(folder / "content", today=TODAY, with_history=False)


class Spoken(HTMLParser):
    """Collects what a page says: texts and spoken attributes, but nothing that is marked as being in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.languages: list[str] = []
        self._skipped = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("lang"):
            self.languages.append(str(given["lang"]))
        foreign = given.get("lang", "de") != "de" or tag in ("script", "style", "code")
        skipped = self._skipped[-1] or foreign or "md-nav--secondary" in str(given.get("class"))
        if not skipped:
            self.texts += [given[name] or "" for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self._skipped.append(skipped)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self._skipped[-1]:
            self.texts.append(text)


def spoken(html: str) -> Spoken:
    page = Spoken()
    page.feed(html)
    page.close()
    return page


def written(value: object) -> Iterator[str]:
    """Every text in a structure of the content."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from written(key)
            yield from written(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from written(inner)


def content(loaded: LoadedGarden) -> set[str]:
    """The texts of the content: titles, headings, fields, what garden.yml calls things, and the names of forms.

    A link's last word stands in an element of its own, so the last words of titles are among them.
    """
    texts = set(written(loaded.garden.settings.model_dump()))
    for page in loaded.garden.pages.values():
        texts |= {page.title, *written(page.meta), *(heading.text for heading in page.headings)}
        titles = (link["title"] for name in ("sources", "links") for link in page.meta.get(name, ()) if "title" in link)
        texts |= {title.split()[-1] for title in titles}
    return texts | {table.title for table in field_tables() if table.is_form}


def english() -> Iterator[re.Pattern[str]]:
    """The texts of the interface that say something else in German; a value may be anything."""
    for entry in translate.template_catalogue():
        forms: Iterable[str] = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        for text in forms:
            german = (
                {GERMAN.ngettext(*forms, number) for number in (1, 2)} if len(forms) == 2 else {GERMAN.gettext(text)}
            )
            if text and text not in german:
                literal = re.sub(r"\{[a-z_]+\}", "", text)
                if len(re.findall("[A-Za-z]", literal)) >= 4 or literal == text:  # "{year}s" fits any plural
                    yield pattern(text)


def pattern(text: str) -> re.Pattern[str]:
    """Fits a text of the interface with any values."""
    values = {"{number}": r"[\d.,]+"}
    parts = re.split(r"(\{[a-z_]+\})", text)
    return re.compile("".join(values.get(part, ".+?") if part.startswith("{") else re.escape(part) for part in parts))


def test_no_english_word_of_the_interface_is_left(site: Site, loaded: LoadedGarden) -> None:
    own = content(loaded)
    phrases = list(english())
    assert len(phrases) > 700
    one = re.compile("|".join(f"(?:{phrase.pattern})" for phrase in phrases))
    left: dict[str, str] = {}
    for path in site.files():
        if path.endswith(".html"):
            for text in spoken(site.html(path)).texts:
                if one.fullmatch(text) and text not in own:
                    left.setdefault(text, path)
    assert left == {}, "\n".join(f"{path}: {text}" for text, path in left.items())


def test_the_test_finds_english_words(site: Site) -> None:
    """The same search on a page as English readers see it finds what it is meant to find."""
    page = spoken(
        '<html lang="de"><h2>Latest lessons</h2><p lang="en">Sources</p><input placeholder="A few words or a question">52 lessons'
    )
    one = re.compile("|".join(f"(?:{phrase.pattern})" for phrase in english()))
    assert [text for text in page.texts if one.fullmatch(text)] == [
        "Latest lessons",
        "A few words or a question",
        "52 lessons",
    ]


def test_the_language_of_every_page_and_of_foreign_texts_is_marked(site: Site) -> None:
    pages = {path: spoken(site.html(path)).languages for path in site.files() if path.endswith(".html")}
    assert {languages[0] for languages in pages.values()} == {"de"}
    lessons = [path for path in pages if re.fullmatch(r"lessons/\d{4}/.+", path)]
    assert len(lessons) > 50
    assert all("en" in pages[path] for path in lessons)
    html = site.html(lessons[0])
    assert re.search(r'<h1 lang="en"', html)
    assert re.search(r'<div class="kg-text" lang="en">\s*<h2 id="context">Context', html)


def test_dates_plurals_and_lists_are_german(site: Site) -> None:
    assert "19. Juli 2024" in site.text("lessons/index.html")
    assert "2020er-Jahre" in site.text("lessons/index.html")
    assert re.search(r"\b1 Erfahrung\b", site.text("corners/index.html"))
    assert re.search(r"\b\d+ Erfahrungen\b", site.text("corners/index.html"))
    assert re.search(r"Auch genannt: .+ und ", site.text("failures/untested-recovery/index.html"))


def test_the_theme_speaks_german_and_the_navigation_is_translated(site: Site) -> None:
    html = site.html("index.html")
    assert "Zum Inhalt" in html
    assert "Dunkle Darstellung" in html
    assert re.search(r'md-tabs__link">\s*Fehlschläge', html)


def test_a_garden_may_have_its_own_wording(site: Site) -> None:
    assert '<button type="submit">Finden</button>' in site.html("index.html")
    assert "<title>Finden - " in site.html("search/index.html")


def test_a_lesson_without_a_language_has_the_gardens(folder: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "lessons" / "2020").mkdir(parents=True)
    (content / "garden.yml").write_text("language: de\nphrases: {Context: Lage}\n", encoding="utf-8")
    fields = "title: Ein Tor\nsummary: Es klemmte.\noutcome: success\ncommunities: [hafen]\nsources: [A, B]\n"
    body = "## Lage\n\n## Was wir erwartet haben\n\n## WAS GESCHAH\n\n## Warum es geschah\n"
    (content / "lessons" / "2020" / "tor.md").write_text(f"---\n{fields}---\n{body}", encoding="utf-8")
    loaded = load_garden(content, today=TODAY, with_history=False)
    missing = [problem for problem in loaded.problems if problem.code == "missing-heading"]
    assert [str(problem.message) for problem in missing] == [
        "Missing: Was wir gelernt haben, Was beim nächsten Mal zu tun ist."
    ]
    assert GERMAN.text(missing[0].message) == "Es fehlen: Was wir gelernt haben, Was beim nächsten Mal zu tun ist."
    assert loaded.garden.lessons["tor"].page.language == "de"


def test_messages_are_translated_with_their_values() -> None:
    inner = message("Write {field}: {purpose}", field="owner", purpose=message("By when."))
    assert (
        GERMAN.text(message("{hint} Or remove the line.", hint=inner))
        == "owner ausfüllen: Bis wann. Oder die Zeile entfernen."
    )
