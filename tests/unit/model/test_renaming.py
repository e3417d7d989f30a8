"""References follow the aliases of renamed records."""

from pathlib import Path

from knowledge_garden import load_garden
from planting import TODAY

LESSON = "---\ntitle: {0}\nsummary: It was.\noutcome: success\ncommunities: [{1}]\nsources: [One, Two]\n{2}---\n"


def test_all_references_follow_and_slugs_come_before_aliases(tmp_path: Path) -> None:
    files = {
        "garden.yml": "name: Yard\n",
        "communities/yard.md": "---\ntitle: Yard\npurpose: To keep.\nsponsor: rosie\nleads: [rosie, rosa]\n"
        "aliases: [court]\npartners: [office]\nneeds: [{what: Ropes, status: answered, answer: old-rope}]\n---\n",
        "people/rosa.md": "---\nname: Rosa Canina\naliases: [rosie]\nuses: [old-rope, rope]\n---\n",
        "partners/bureau.md": "---\ntitle: Bureau\nurl: https://example.org/\naliases: [office]\n---\n",
        "lessons/2020/rope.md": LESSON.format("Rope", "court", "aliases: [old-rope, both]\ntold_by: [rosie]\n"),
        "lessons/2020/knot.md": LESSON.format("Knot", "yard", "aliases: [both, rope]\nrecurs: [old-rope]\n"),
        "lessons/2020/loop.md": LESSON.format("Loop", "yard", "recurs: [both]\nresponds_to: [rope]\n"),
    }
    for path, text in files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    garden = load_garden(tmp_path, today=TODAY, with_history=False).garden
    yard, rosa = garden.communities["yard"].fields, garden.people["rosa"].fields
    assert yard.sponsor is not None
    assert (yard.sponsor.person, [seat.person for seat in yard.leads]) == ("rosa", ["rosa", "rosa"])
    assert (yard.partners, yard.needs[0].answer) == (("bureau",), "rope")
    assert rosa.uses == ("rope",)
    lessons = {slug: lesson.fields for slug, lesson in garden.lessons.items()}
    assert (lessons["rope"].communities, lessons["rope"].told_by) == (("yard",), ("rosa",))
    assert lessons["knot"].recurs == ("rope",)
    assert lessons["loop"].recurs == ("both",)  # means two lessons, so it stays for the check to ask about
    assert lessons["loop"].responds_to == ("rope",)
