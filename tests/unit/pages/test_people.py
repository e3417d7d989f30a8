"""People, needs and large communities: nobody is lost between the parts of a list, and no page is over 300 kB."""

import json
import re
from pathlib import Path

import pytest

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.pages.around import after_text, before_text
from knowledge_garden.pages.asking import people_to_ask
from knowledge_garden.pages.communities import SEATS_SHOWN
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html
from knowledge_garden.pages.people import people_file
from planting import TODAY, plant

FRAME = Frame(features=frozenset({"links", "failures", "credits", "search"}))
LIMIT = 250_000  # bytes of a page's content: the theme around it takes some 40 kB
CHARTER = "---\ntitle: Big\npurpose: P.\nsponsor: p-0\nleads: [p-1]\nmembers: [{members}]\nalumni: [{alumni}]\n---\n"
LESSON = "---\ntitle: {title}\nsummary: S.\noutcome: success\ncommunities: [big]\nsources: [A, B]\n{more}---\n"
PEOPLE = 2_000


def loaded_from(content: Path) -> LoadedGarden:
    return load_garden(content, today=TODAY, with_history=False)


def html_of(loaded: LoadedGarden, path: str) -> str:
    return next(page_html(page, loaded.indexes, FRAME) for page in loaded.pages if page.path == path)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> LoadedGarden:
    """2,000 people, all members of one community that has 300 lessons; every name begins with one of two letters."""
    content = plant("good", tmp_path_factory.mktemp("large"))
    for number in range(PEOPLE):
        name = f"{'AB'[number % 2]}{number:04} Person{' Withalongname' * (number % 3)}"
        hidden = "display: hidden\n" if number % 50 == 3 else "display: initials\n" if number % 50 == 4 else ""
        (content / f"people/p-{number}.md").write_text(
            f"---\nname: {name}\n{hidden}origin: {{place: {'north' if number % 4 else 'south'}}}\n"
            f"holds: [Keeping gate {number} closed in a storm, Reading the tide, Teaching apprentices]\n"
            f"needs:\n  - How to keep gate {number} oiled\n"
            f"  - {{what: How to open gate {number}, status: answered, answer: dry-dock, answered_on: 2025-01-{number % 28 + 1}}}\n"
            f"  - {{what: How to paint gate {number}, status: closed}}\n---\n",
            encoding="utf-8",
        )
    members = ", ".join(f"{{person: p-{number}, since: 2020-01}}" for number in range(PEOPLE))
    alumni = ", ".join(f"{{person: p-{number}, until: 2019}}" for number in range(0, PEOPLE, 2))
    (content / "communities/big.md").write_text(CHARTER.format(members=members, alumni=alumni), encoding="utf-8")
    (content / "lessons/2022").mkdir()
    for number in range(300):
        (content / f"lessons/2022/l-{number}.md").write_text(
            LESSON.format(title=f"Lesson {number}", more=""), encoding="utf-8"
        )
    return loaded_from(content)


def test_the_large_garden_has_no_errors(large: LoadedGarden) -> None:
    assert [problem for problem in large.problems if problem.severity == "error"] == []


def test_each_part_of_the_people_is_small_and_nobody_is_lost(large: LoadedGarden) -> None:
    parts = [page for page in large.pages if page.path.startswith("people/part/")]
    assert len(parts) == 17
    names: list[str] = []
    for page in parts:
        html = page_html(page, large.indexes, FRAME)
        assert len(html.encode()) < LIMIT
        names += re.findall(r'kg-card__title"><(?:a|span) class="kg-person"[^>]*>([^<]+)<', html)
    assert len(names) == PEOPLE + 3 - 40, "the three of the good garden too, and not the 40 who are hidden"
    assert names == sorted(names, key=str.casefold)
    first = html_of(large, "people/index.md")
    assert len(first.encode()) < 50_000
    assert "data-kg-source=" in first


def test_letters_lead_to_the_part_where_they_begin(large: LoadedGarden) -> None:
    first = html_of(large, "people/index.md")
    links = dict(re.findall(r'<li><a href="([^"]+)">([A-Z])</a> <span', first))
    assert sorted(links.values()) == ["A", "B", "L", "R"]
    for link, letter in links.items():
        path, _, anchor = link.partition("#")
        html = html_of(large, f"people/{path.strip('/')}.md")
        assert f'<h2 id="{anchor}">{letter}</h2>' in html


def test_the_file_for_the_filter_tells_where_people_work_only_of_those_shown_by_name(large: LoadedGarden) -> None:
    entries = json.loads(people_file(large.indexes, lambda path: path))
    assert len(entries) == PEOPLE + 3 - 40
    unnamed = [entry for entry in entries if not entry["url"]]
    assert len(unnamed) == 40
    assert all(entry["values"] == {} for entry in unnamed)
    named = next(entry for entry in entries if entry["url"] == "people/p-1.md")
    assert named["values"] == {"place": ["north"]}
    assert named["holds"][0] == "Keeping gate 1 closed in a storm"


def test_the_board_of_needs_is_parted_and_has_every_need_once(large: LoadedGarden) -> None:
    pages = [page for page in large.pages if page.path.startswith("needs/")]
    assert len(pages) > 10
    whole = ""
    for page in pages:
        html = page_html(page, large.indexes, FRAME)
        assert len(html.encode()) < LIMIT
        whole += html
    needs = re.findall(r'<p class="kg-need">([^<]+)</p>', whole)
    assert len(needs) == len(set(needs))
    assert sum(need.endswith("oiled") for need in needs) == PEOPLE - 40
    assert sum(need.startswith("How to open gate") for need in needs) == PEOPLE - 40
    assert not any(need.startswith("How to paint") for need in needs), "what is closed is not shown"
    kinds = [need.endswith("oiled") for need in needs if need.startswith(("How to keep gate", "How to open"))]
    assert kinds == sorted(kinds, reverse=True), "open ones first"


def test_a_community_with_two_thousand_members_has_small_pages(large: LoadedGarden) -> None:
    path = "communities/big.md"
    header, footer = before_text(large.indexes, FRAME, path), after_text(large.indexes, FRAME, path)
    assert len(header.encode()) + len(footer.encode()) < LIMIT
    assert "All 2,000 people" in header
    assert "All 300 lessons" in footer
    parts = [page for page in large.pages if page.path.startswith("communities/big/seats/")]
    assert len(parts) == 6
    pages = [page_html(page, large.indexes, FRAME) for page in parts]
    assert all(len(html.encode()) < LIMIT for html in pages)
    assert header.count("since January 2020") == SEATS_SHOWN
    whole = "".join(pages)
    assert whole.count("since January 2020") == PEOPLE
    assert whole.count("until 2019") == PEOPLE // 2


# Whom to ask


def asked(content: Path, slug: str) -> list[tuple[str, tuple[str, ...], str]]:
    loaded = loaded_from(content)
    lesson = loaded.indexes.garden.lessons[slug]
    assert isinstance(lesson.fields, LessonFields)
    return [(one.who.name, one.reasons, one.contact) for one in people_to_ask(loaded.indexes, FRAME, lesson)]


def with_lesson(folder: Path, more: str, people: dict[str, str]) -> Path:
    content = plant("good", folder)
    (content / "communities/big.md").write_text(CHARTER.format(members="", alumni=""), encoding="utf-8")
    (content / "lessons/2022").mkdir()
    text = LESSON.format(title="A keel lifted with the tide, by rollers", more=more)
    (content / "lessons/2022/keel.md").write_text(text, encoding="utf-8")
    for slug, fields in people.items():
        (content / f"people/{slug}.md").write_text(f"---\n{fields}---\n", encoding="utf-8")
    return content


def test_tellers_owners_and_holders_can_be_asked(tmp_path: Path) -> None:
    content = with_lesson(
        tmp_path,
        "told_by: [Ann Rose, Nobody Here]\nowner: bea\n",
        {
            "ann": "name: Ann Rose\n",
            "bea": "name: Bea Rose\ncontact: https://example.org/bea\n",
            "cleo": "name: Cleo Rose\nholds: [Rollers for lifting a keel, Songs]\ncontact: https://example.org/cleo\n",
            "dora": "name: Dora Rose\nholds: [Rollers for lifting a keel]\ndisplay: initials\n",
        },
    )
    assert asked(content, "keel") == [
        ("Bea Rose", ("Maintains it",), "https://example.org/bea"),
        ("Cleo Rose", ("Can help with this",), "https://example.org/cleo"),
        ("Ann Rose", ("Told",), ""),
    ]


def test_whoever_told_it_without_a_name_is_not_asked(tmp_path: Path) -> None:
    content = with_lesson(tmp_path, "told_by: [ann]\nanonymous: true\n", {"ann": "name: Ann Rose\n"})
    assert asked(content, "keel") == []
    loaded = loaded_from(content)
    assert "Nobody is named here." in after_text(loaded.indexes, FRAME, "lessons/2022/keel.md")


@pytest.mark.parametrize(("sample", "names"), [("", []), ("sample: true\n", ["Cleo Rose"])])
def test_nobody_invented_is_offered_beside_a_real_event(sample: str, names: list[str], tmp_path: Path) -> None:
    people = {"cleo": "name: Cleo Rose\nholds: [Rollers for lifting a keel]\nsample: true\n"}
    assert [name for name, _, _ in asked(with_lesson(tmp_path, sample, people), "keel")] == names


# Tellers in words


@pytest.mark.parametrize(
    ("told", "display", "shown"),
    [
        ("Ann Rose", "name", '<a class="kg-person" href="../../../people/ann/">Ann Rose</a>'),
        ("Annie", "name", '<a class="kg-person" href="../../../people/ann/">Ann Rose</a>'),
        ("Ann Rose", "initials", '<span class="kg-person">A. R.</span>'),
        ("Annie", "hidden", '<span class="kg-person">Someone who prefers not to be named</span>'),
        ("The crew of the tug", "name", '<span class="kg-person">The crew of the tug</span>'),
    ],
)
def test_a_teller_in_words_is_shown_as_they_chose(told: str, display: str, shown: str, tmp_path: Path) -> None:
    people = {"ann": f"name: Ann Rose\naliases: [Annie]\ndisplay: {display}\n"}
    loaded = loaded_from(with_lesson(tmp_path, f"told_by: [{told}]\n", people))
    assert shown in before_text(loaded.indexes, FRAME, "lessons/2022/keel.md")


def test_a_teller_without_a_profile_is_shown_as_the_garden_shows_people(tmp_path: Path) -> None:
    content = with_lesson(tmp_path, "told_by: [Jo Lindqvist]\n", {})
    settings = content / "garden.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "credit: {display: initials}\n", encoding="utf-8")
    header = before_text(loaded_from(content).indexes, FRAME, "lessons/2022/keel.md")
    assert "J. L." in header
    assert "Lindqvist" not in header


# Contacts


@pytest.mark.parametrize(
    ("contact", "allowed", "shown"),
    [
        ("https://example.org/ann", False, "https://example.org/ann"),
        ("ann@example.org", False, ""),
        ("mailto:ann@example.org", False, ""),
        ("https://example.org/?to=ann@example.org", False, ""),
        ("ann@example.org", True, "mailto:ann@example.org"),
        ("mailto:ann@example.org", True, "mailto:ann@example.org"),
        ("javascript:alert(1)", True, ""),
        ("At the gate", True, ""),
    ],
)
def test_a_contact_is_a_link_that_the_garden_allows(contact: str, allowed: bool, shown: str, tmp_path: Path) -> None:
    content = with_lesson(tmp_path, "", {"ann": f'name: Ann Rose\ncontact: "{contact}"\n'})
    settings = content / "garden.yml"
    more = f"contact_by_email: {str(allowed).lower()}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")
    loaded = loaded_from(content)
    assert loaded.indexes.garden.people["ann"].fields.contact == shown
    header = before_text(loaded.indexes, FRAME, "people/ann.md")
    assert (f'href="{shown}"' in header) is bool(shown)
    assert ("@" in header) is shown.startswith("mailto:")
    codes = {problem.code for problem in loaded.problems if "ann.md" in problem.path}
    assert bool(codes & {"address-in-content", "contact-form"}) is not bool(shown)
