"""What may be published: pages, attachments, fields, groups, and names in texts."""

from pathlib import Path

import pytest

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.indexes.facets import index_facets
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.mentions import Mentions
from knowledge_garden.model.names import UNNAMED, visible
from knowledge_garden.model.publication import UNPUBLISHED, Actor
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.text import published_text
from planting import TODAY, plant

HIDDEN = "---\nname: Tilia Cordata\ndisplay: {}\npseudonym: Moss\naliases: [linden-tree]\n---\n{}"
PICTURE = b"\x89PNG\r\n\x1a\n"


def with_files(folder: Path, files: dict[str, str]) -> LoadedGarden:
    content = plant("good", folder)
    for path, text in files.items():
        place = content / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(PICTURE if path.endswith((".png", ".jpg")) else text.encode())
    return load_garden(content, today=TODAY, with_history=False)


@pytest.mark.parametrize("display", ["hidden", "initials", "pseudonym"])
@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("people/tilia.jpg", False),  # named like the profile, beside it
        ("people/tilia-2.jpg", False),
        ("people/tilia/portrait.png", False),
        ("people/portrait.png", False),  # beside the profile, and no published page links to it
        ("people/rosa.png", True),  # beside the profile, and a published one links to it
        ("assets/tilia.png", False),
        ("assets/Tilia_Cordata.png", False),
        ("assets/photo-of-cordata-tilia.png", False),
        ("assets/linden-tree.png", False),
        ("assets/mine.png", False),  # only the profile links to it
        ("assets/both.png", True),  # a published page links to it too
        ("assets/free.png", True),  # nobody links to it
        ("assets/tilia-forest.png", True),  # one word that is also the slug says nothing elsewhere
    ],
)
def test_attachments_of_a_withheld_profile_are_withheld(
    display: str, path: str, published: bool, tmp_path: Path
) -> None:
    files = {
        "people/tilia.md": HIDDEN.format(display, "![](../assets/mine.png) ![](../assets/both.png)\n"),
        "people/rosa-canina.md": "---\nname: Rosa Canina\n---\n![](rosa.png)\n",
        "notes/one.md": "# One\n\n![](../assets/both.png)\n",
        path: "",
    }
    loaded = with_files(tmp_path, files)
    assert (path in loaded.indexes.garden.files) is published
    assert loaded.indexes.publication.published(path) is published


def test_attachments_of_a_shown_profile_are_published(tmp_path: Path) -> None:
    loaded = with_files(tmp_path, {"people/rosa-canina.jpg": "", "assets/rosa-canina.png": ""})
    assert {"people/rosa-canina.jpg", "assets/rosa-canina.png"} <= loaded.indexes.garden.files


@pytest.mark.parametrize(
    ("front", "published"),
    [
        ("audience: board\n", False),
        ("Audience: board\n", False),
        ("audience: [board]\n", False),
        ("audience: 7\n", False),
        ("audience: public\n", True),
        ("audience: Public\n", True),
        ('audience: ""\n', True),
        ("audience: [\n", False),  # front matter that can't be read may hold any wish
        ("", True),
    ],
)
@pytest.mark.parametrize(
    "path", ["notes/plan.md", "lessons/2020/spring-flood.md", "communities/harbour.md", "partners/river-board.md"]
)
def test_a_page_for_some_readers_is_not_published(path: str, front: str, published: bool, tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    place = content / path
    text = place.read_text(encoding="utf-8") if place.exists() else "---\n---\n# A plan\n"
    place.parent.mkdir(exist_ok=True)
    place.write_text(text.replace("---\n", f"---\n{front}", 1), encoding="utf-8")
    place.with_suffix(".png").write_bytes(PICTURE)
    loaded = load_garden(content, today=TODAY, with_history=False)
    assert (path in loaded.indexes.garden.pages) is published
    assert (place.with_suffix(".png").relative_to(content).as_posix() in loaded.indexes.garden.files) is published
    codes = [problem.code for problem in loaded.problems if problem.path == loaded.garden.file(path)]
    assert bool({"audience-not-kept", "yaml-broken"} & set(codes)) is not published


def test_what_is_not_published_is_nowhere_in_the_reduced_garden(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    flood = content / "lessons/2020/spring-flood.md"
    flood.write_text(flood.read_text(encoding="utf-8").replace("stage:", "audience: board\nstage:"), encoding="utf-8")
    loaded = load_garden(content, today=TODAY, with_history=False)
    indexes = loaded.indexes
    assert "spring-flood" in loaded.garden.lessons
    assert "spring-flood" not in indexes.garden.lessons
    assert indexes.garden.lessons["dry-dock"].fields.recurs == ()
    assert [lesson.slug for lesson in indexes.communities.lessons["harbour"]] == ["dry-dock"]
    assert indexes.failures.lessons == ()
    assert [lesson.slug for lesson in indexes.credits.latest] == ["dry-dock"]
    assert indexes.publication.stand_in("lessons/2020/spring-flood.md") == UNPUBLISHED
    assert indexes.links.to("communities/harbour.md") == ()


ORIGIN = "---\nname: Person {}\norigin: {{place: {}}}\n---\n"


@pytest.mark.parametrize(("people", "shown"), [(4, 0), (5, 5), (6, 6)])
def test_a_small_group_is_not_counted(people: int, shown: int, tmp_path: Path) -> None:
    files = {f"people/p{number}.md": ORIGIN.format(number, "south") for number in range(people)}
    files |= {f"people/q{number}.md": ORIGIN.format(number + 50, "nowhere-else") for number in range(people)}
    loaded = with_files(tmp_path, files)
    place = index_facets(loaded.indexes.publication)["place"]
    values = {value.key: value.people for value in place.values}
    assert values["south"] == shown
    assert ("nowhere-else" in values) is bool(shown), "a value that only few people have would tell of them"


def test_the_smallest_group_is_the_garden_s(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    settings = content / "garden.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "credit: {minimum_group: 2}\n", encoding="utf-8")
    publication = load_garden(content, today=TODAY, with_history=False).indexes.publication
    assert [publication.group(number) for number in (0, 1, 2, 3)] == [0, 0, 2, 3]


def test_fields_of_a_withheld_profile_are_gone_and_those_of_others_name_nobody(tmp_path: Path) -> None:
    profile = (
        "---\nname: Tilia Cordata\ndisplay: {}\norganisation: Limes\nholds: [Lime]\n"
        "links: [{{title: T, url: 'https://example.org'}}]\n---\nBody.\n"
    )
    content = plant("good", tmp_path)
    for display, held, name in (("initials", ("Lime",), "T. C."), ("hidden", (), UNNAMED)):
        (content / "people/tilia.md").write_text(profile.format(display), encoding="utf-8")
        person = load_garden(content, today=TODAY, with_history=False).indexes.garden.people["tilia"]
        assert (person.title, person.fields.holds) == (name, held)
        assert (person.fields.organisation, person.fields.links, person.page.body) == ("", (), "")


def test_whoever_a_field_names_is_shown_as_they_chose(tmp_path: Path) -> None:
    publication = with_files(tmp_path, {"people/tilia.md": HIDDEN.format("pseudonym", "")}).indexes.publication
    assert publication.actor("tilia") == Actor("Moss")
    assert publication.actor("tilia  CORDATA") == Actor("Moss")
    assert publication.actor("Tilia Cordata, head of limes") == Actor("Moss, head of limes")
    assert publication.actor("rosa-canina") == Actor("Rosa Canina", "people/rosa-canina.md")
    assert publication.actor("Otter Hospital") == Actor("Otter Hospital")
    assert publication.actor("gone-profile") == Actor(UNNAMED), "it may be that of somebody whose file was refused"
    assert publication.stand_in("people/tilia.md") == "Moss"


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("Rosa Canina said", "R. C. said"),
        ("rosa  CANINA, Canina, Rosa", "R. C., R. C."),
        ("**Rosa** Canina and rosa-canina", "**R. C. and R. C."),
        ("Rosa canis", "Rosa canis"),
        ("Rosa and Canina", "Rosa and Canina"),
        ("Rosa Canina Alba", "Somebody"),
        ("Rosas Canina", "Rosas Canina"),
        ("Moss", "Moss"),
        ("https://example.org/rosa%20canina", ""),
        ("https://example.org/rosa", "https://example.org/rosa"),
    ],
)
def test_names_are_found_in_texts(text: str, replaced: str) -> None:
    mentions = Mentions({"Rosa Canina": "R. C.", "Rosa Canina Alba": "Somebody", "Moss": "M."})
    assert mentions.replaced(text) == replaced
    assert mentions.within(text) is (replaced != text)


def test_many_names_cost_no_more_than_few() -> None:
    names = {f"First{number} Last{number}": "X" for number in range(20_000)}
    mentions = Mentions(names)
    assert mentions.replaced("First19999 Last19999 " * 2_000).count("X") == 2_000
    assert len(list(mentions.find("First1 " * 50_000))) == 0


@pytest.mark.parametrize("letter", ["\n", "\r", "\x1b", "\x07", "\x9b", "\u202e", "\u2028", "\x00"])
def test_nothing_that_a_terminal_obeys_is_visible(letter: str) -> None:
    assert visible(f"a{letter}[31mb") == "a\N{REPLACEMENT CHARACTER}[31mb"


def test_messages_of_other_programs_tell_nothing_of_what_is_withheld(tmp_path: Path) -> None:
    files = {"people/tilia.md": HIDDEN.format("hidden", ""), "notes/plan.md": "---\naudience: board\n---\n# P\n"}
    publication = with_files(tmp_path, files).indexes.publication
    message = "Doc file 'notes/a.md' contains a link '{}', but the target '{}' is not found among documentation files."
    for path in ("people/tilia.md", "../people/tilia.md", "content/people/tilia.md", "notes/plan.md", "/notes/plan.md"):
        assert publication.for_log(message.format(path, path)) == message.format(UNPUBLISHED, UNPUBLISHED)
    assert publication.for_log("of Tilia Cordata") == f"of {UNNAMED}"
    assert publication.for_log(message) == message


def test_no_address_of_what_is_withheld_stands_in_a_text(tmp_path: Path) -> None:
    text = "# One\n\n[see](../people/tilia.md) ![x](../people/tilia.png) [[tilia]] [so][t]\n\n[t]: ../people/tilia.md\n"
    files = {"people/tilia.md": HIDDEN.format("initials", ""), "people/tilia.png": "", "notes/one.md": text}
    indexes = with_files(tmp_path, files).indexes
    page = indexes.garden.pages["notes/one.md"]
    html = published_text(page.html, page.body, indexes, Frame(), page.path)
    assert "tilia" not in html
    assert '<a>see</a> <img alt="x"> T. C. <a>so</a>' in html


def test_an_alias_that_names_somebody_is_no_name_of_the_page(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    (content / "people/tilia.md").write_text(HIDDEN.format("hidden", ""), encoding="utf-8")
    dock = content / "lessons/2021/dry-dock.md"
    text = dock.read_text(encoding="utf-8").replace("---\n", "---\naliases: [dock-of-tilia-cordata, old-dock]\n", 1)
    dock.write_text(text, encoding="utf-8")
    indexes = load_garden(content, today=TODAY, with_history=False).indexes
    assert indexes.garden.lessons["dry-dock"].fields.aliases == ("old-dock",)
    assert indexes.names.find("old-dock") == ("lessons/2021/dry-dock.md",)
    assert indexes.names.find("dock-of-tilia-cordata") == ()
    assert indexes.names.near("dock-of-tilia-cordat") == ""


def test_a_notice_of_the_history_tells_no_path_of_a_withheld_page_and_no_name(tmp_path: Path) -> None:
    files = {"people/tilia.md": HIDDEN.format("hidden", ""), "notes/one.md": "# One\n"}
    publication = with_files(tmp_path, files).indexes.publication
    published, withheld = (publication.garden.file(path) for path in ("notes/one.md", "people/tilia.md"))
    kept = f"{published} → notes/two.md"
    places = (kept, f"{published} → {withheld}", f"{withheld} → {published}", withheld, "abc1234")
    told = publication.notice(Notice("possible-rename", "text", "hint", places, ("Tilia Cordata",)))
    assert told == Notice("possible-rename", "text", "hint", (kept, "abc1234"))
    told = publication.notice(Notice("address-with-several-names", "text", "hint", places, ("Tilia Cordata",)))
    assert told == Notice("address-with-several-names", "text", "hint")


@pytest.mark.parametrize(("anonymous", "told_by"), [("true", ()), ("false", ("rosa-canina",))])
def test_whoever_told_a_lesson_without_names_is_nowhere_in_the_reduced_garden(
    anonymous: str, told_by: tuple[str, ...], tmp_path: Path
) -> None:
    content = plant("good", tmp_path)
    flood = content / "lessons/2020/spring-flood.md"
    text = flood.read_text(encoding="utf-8").replace("---\n", f"---\nanonymous: {anonymous}\n", 1)
    flood.write_text(text, encoding="utf-8")
    indexes = load_garden(content, today=TODAY, with_history=False).indexes
    assert indexes.whole.lessons["spring-flood"].fields.told_by == ("rosa-canina",)
    assert indexes.garden.lessons["spring-flood"].fields.told_by == told_by
    assert ("rosa-canina" in indexes.communities.told) is bool(told_by)


def test_a_need_names_no_answer_that_is_not_published(tmp_path: Path) -> None:
    plan = "---\ntitle: Plan\nsummary: S.\noutcome: success\ncommunities: [harbour]\naudience: board\n---\n"
    need = "{{what: How, status: answered, answer: {}}}"
    person = f"---\nname: Salix Alba\nneeds: [{need.format('plan')}, {need.format('dry-dock')}]\n---\n"
    loaded = with_files(tmp_path, {"lessons/2022/plan.md": plan, "people/salix-alba.md": person})
    whole, shown = (garden.people["salix-alba"].fields.needs for garden in (loaded.garden, loaded.indexes.garden))
    assert [need.answer for need in whole] == ["plan", "dry-dock"]
    assert [need.answer for need in shown] == ["", "dry-dock"]
    assert [problem.code for problem in loaded.problems if "salix" in problem.path] == ["broken-link"]
