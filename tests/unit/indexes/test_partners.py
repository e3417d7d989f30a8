"""Beyond the walls: what belongs to a partner, and the share from outside."""

from pathlib import Path

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.pages.around import after_text
from knowledge_garden.pages.frame import Frame
from planting import TODAY, plant

LESSON = (
    "---\ntitle: {title}\nsummary: S.\noutcome: failure\ncommunities: [harbour]\ncauses: [haste]\n{more}---\n{text}\n"
)
PERSON = "---\nname: {name}\n{more}---\n"
PARTNER = "---\ntitle: The River Board\nurl: https://example.org/\n{more}---\nSee [[c]].\n"


def loaded(folder: Path, files: dict[str, str]) -> LoadedGarden:
    content = plant("good", folder)
    for path, text in files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    return load_garden(content, today=TODAY, with_history=False)


def test_lessons_belong_to_a_partner_by_the_field_or_by_a_link_of_either_page(tmp_path: Path) -> None:
    garden = loaded(
        tmp_path,
        {
            "lessons/2022/a.md": LESSON.format(title="A", more="told_with: [river-board]\n", text="[[river-board]]"),
            "lessons/2022/b.md": LESSON.format(title="B", more="", text="As [[river-board]] says."),
            "lessons/2022/c.md": LESSON.format(title="C", more="", text=""),
            "lessons/2022/d.md": LESSON.format(title="D", more="", text=""),
            "partners/river-board.md": PARTNER.format(more="we_learn: [When the water comes]\n"),
        },
    )
    entry = garden.indexes.partners.entries["river-board"]
    assert [lesson.slug for lesson in entry.told_with] == ["a"]
    assert sorted(lesson.slug for lesson in entry.about) == ["b", "c"]
    assert entry.communities == ["harbour"]
    page = after_text(garden.indexes, Frame(), "partners/river-board.md")
    assert "When the water comes" in page
    assert "Nothing is recorded yet." in page, "of what it learns from this garden"


def test_its_people_in_charters_are_those_shown_by_name(tmp_path: Path) -> None:
    garden = loaded(
        tmp_path,
        {
            "people/rosa-canina.md": PERSON.format(name="Rosa Canina", more=""),
            "people/linnea-borealis.md": PERSON.format(
                name="Linnea Borealis", more="organisation: the river board\ndisplay: initials\n"
            ),
            "partners/river-board.md": "---\ntitle: The River Board\nurl: https://example.org/\n"
            "contacts: [rosa-canina, linnea-borealis]\n---\n",
            "people/ben.md": PERSON.format(name="Ben Tree", more="organisation: The River Board\n"),
            "communities/harbour.md": "---\ntitle: Harbour\npurpose: P.\nsponsor: linnea-borealis\nleads: [rosa-canina]\n"
            "members: [ben]\nalumni: [rosa-canina]\n---\n",
            "lessons/2020/spring-flood.md": LESSON.format(title="A", more="", text=""),
        },
    )
    people = garden.indexes.partners.entries["river-board"].people
    # Rosa is its contact; her seat as an alumna is none of today. Linnea shows initials, and so no seat that would tell who she is.
    assert [(person.name, held.role) for person, held in people] == [("Ben Tree", "members"), ("Rosa Canina", "leads")]


def test_the_share_from_outside_counts_lessons_and_large_enough_groups_of_tellers(tmp_path: Path) -> None:
    inside = {f"people/p{number}.md": PERSON.format(name=f"Person {number}", more="") for number in range(3)}
    files = inside | {
        "people/out.md": PERSON.format(name="Out Sider", more="organisation: The River Board\n"),
        "people/hid.md": PERSON.format(name="Hid Den", more="display: hidden\n"),
        "lessons/2020/spring-flood.md": LESSON.format(title="A", more="told_by: [p0, p1]\n", text=""),
        "lessons/2022/b.md": LESSON.format(title="B", more="told_by: [p2, hid]\n", text=""),
        "lessons/2022/c.md": LESSON.format(title="C", more="told_by: [out]\n", text=""),
        "lessons/2022/d.md": LESSON.format(title="D", more="told_with: [river-board]\n", text=""),
        "lessons/2022/e.md": LESSON.format(title="E", more="", text=""),
        "lessons/2022/f.md": LESSON.format(title="F", more="told_by: [out]\nsample: true\n", text=""),
    }
    share = loaded(tmp_path, files).indexes.partners.shares["harbour"]
    assert (share.lessons, share.outside) == (4, 2)
    assert (share.tellers, share.tellers_outside) == (5, 1)


def test_few_tellers_are_not_counted(tmp_path: Path) -> None:
    garden = loaded(
        tmp_path, {"lessons/2022/b.md": LESSON.format(title="B", more="told_by: [acer-campestre]\n", text="")}
    )
    share = garden.indexes.partners.shares["harbour"]
    assert (share.lessons, share.outside, share.tellers, share.tellers_outside) == (2, 1, 0, 0), (
        "Rosa is the partner's contact"
    )


def test_a_partner_that_is_not_published_is_named_by_no_lesson(tmp_path: Path) -> None:
    garden = loaded(
        tmp_path,
        {
            "partners/river-board.md": PARTNER.format(more="audience: board\n").replace("See [[c]].", ""),
            "partners/tide-office.md": "---\ntitle: Tide\nurl: https://example.org/\ncommunities: [harbour, secret]\n---\n",
            "communities/secret.md": "---\ntitle: Secret\npurpose: P.\nsponsor: rosa-canina\nleads: [rosa-canina]\naudience: board\n---\n",
            "lessons/2022/a.md": LESSON.format(title="A", more="told_with: [river-board]\n", text=""),
        },
    )
    shown = garden.indexes.garden
    assert shown.lessons["a"].fields.told_with == ()
    assert shown.partners["tide-office"].fields.communities == ("harbour",)
    assert set(garden.indexes.partners.entries) == {"tide-office"}
