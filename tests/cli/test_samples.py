"""Invented examples: never beside a real event, left out by one setting, removed by one command."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge_garden import LoadedGarden, Severity, load_garden
from knowledge_garden.cli import main
from knowledge_garden.features.facets import FACETS
from knowledge_garden.features.links import LINKS
from knowledge_garden.features.search import SEARCH
from planting import TODAY

FILES = {
    "garden.yml": "name: Yard\ncauses: {haste: {title: Haste}}\n",
    "people/rue-graveolens.md": "---\nname: Rue Graveolens\nuses: [lock-broke]\nsample: true\n---\nRue keeps locks.\n",
    "people/ivy-hedera.md": "---\nname: Ivy Hedera\n---\nIvy is not invented.\n",
    "communities/play.md": "---\ntitle: Play\npurpose: To play.\nsponsor: rue-graveolens\nleads: [rue-graveolens]\n"
    "sample: true\n---\nWe read [[lock-broke]] and wonder about it.\n",
    "communities/yard.md": "---\ntitle: Yard\npurpose: To keep the yard.\nstatus: forming\n# kept\n"
    "members: [ivy-hedera, {person: rue-graveolens, since: 2020}]\nneeds: [Ropes]\n---\nWe meet.\n",
    "lessons/2020/lock-broke.md": "---\ntitle: A lock broke\nsummary: It broke in haste.\noutcome: failure\n"
    "communities: [play, yard]\ncauses: [haste]\nsources: [One, Two]\n---\n",
    "lessons/2020/key-lost.md": "---\ntitle: A key was lost\nsummary: It was lost in haste.\noutcome: failure\n"
    "communities: [play]\ncauses: [haste]\nsources: [One, Two]\n---\n",
    "lessons/2020/toy-broke.md": "---\ntitle: A toy broke\nsummary: It broke in haste.\noutcome: failure\n"
    "communities: [play]\ncauses: [haste]\nrecurs: [lock-broke]\nsample: true\n---\nAs with [[lock-broke]].\n",
    "credits.yml": "# Work without commits\ndeclared:\n  - {person: rue-graveolens, role: played, date: 2020-01-01, "
    "evidence: 'https://example.org/a'}\n  - {person: ivy-hedera, role: kept, date: 2020-01-01, "
    "evidence: 'https://example.org/b'}\n",
    "about.md": "# About\n\nSee [[toy-broke]] and [Play](communities/play.md).\n",
}
SAMPLES = {"people/rue-graveolens.md", "communities/play.md", "lessons/2020/toy-broke.md"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def load(folder: Path) -> LoadedGarden:
    return load_garden(folder / "content", today=TODAY, with_history=False)


def hide(folder: Path) -> None:
    settings = folder / "content" / "garden.yml"
    settings.write_text(settings.read_text() + "samples: false\n")


def run(folder: Path, *arguments: str, **options: str) -> Result:
    return CliRunner().invoke(main, ["samples", str(folder), *arguments], **options)  # type: ignore[arg-type]


def severe(loaded: LoadedGarden) -> list[str]:
    return [
        str(each) for each in loaded.problems if each.severity is not Severity.NOTICE and each.code != "missing-heading"
    ]


def test_nothing_invented_stands_beside_a_real_event(folder: Path) -> None:
    loaded = load(folder)
    assert loaded.indexes.publication.samples == SAMPLES
    assert loaded.indexes[LINKS].to("lessons/2020/lock-broke.md") == ()
    assert [link.source for link in loaded.indexes[LINKS].to("lessons/2020/toy-broke.md")] == ["about.md"]


def test_one_setting_leaves_them_out_and_the_check_stays_clean(folder: Path) -> None:
    hide(folder)
    loaded = load(folder)
    garden = loaded.indexes.garden
    assert severe(loaded) == []
    assert set(garden.lessons) == {"lock-broke", "key-lost"}
    assert (set(garden.communities), set(garden.people)) == ({"yard"}, {"ivy-hedera"})
    assert garden.lessons["lock-broke"].fields.communities == ("yard",)
    assert [seat.person for seat in garden.communities["yard"].fields.members] == ["ivy-hedera"]
    assert not any(loaded.indexes.publication.published(path) for path in SAMPLES)
    assert not {document.path for document in loaded.indexes[SEARCH].documents} & SAMPLES


def test_an_action_without_its_invented_owner_stays(folder: Path) -> None:
    lesson = folder / "content/lessons/2020/lock-broke.md"
    actions = "actions: [{what: Oil it, owner: rue-graveolens, status: done, checked_by: rue-graveolens}]\n"
    lesson.write_text(lesson.read_text().replace("sources:", f"{actions}sources:"))
    assert run(folder, "--remove", "--yes").exit_code == 0
    assert "- {what: Oil it, status: done}\n" in lesson.read_text()


def test_they_are_listed_and_nothing_is_changed(folder: Path) -> None:
    done = run(folder)
    assert done.exit_code == 0, done.output
    assert all(f"content/{path}" in done.output for path in SAMPLES)
    assert {path: (folder / "content" / path).read_text() for path in FILES} == FILES


def test_a_no_leaves_everything_as_it_is(folder: Path) -> None:
    assert run(folder, "--remove", input="n\n").exit_code == 1
    assert {path: (folder / "content" / path).read_text() for path in FILES} == FILES


def test_one_command_removes_them_with_every_mention_in_other_records(folder: Path) -> None:
    done = run(folder, "--remove", "--yes")
    assert done.exit_code == 0, done.output
    content = folder / "content"
    assert not any((content / path).exists() for path in SAMPLES)
    assert (content / "communities/yard.md").read_text() == FILES["communities/yard.md"].replace(
        "members: [ivy-hedera, {person: rue-graveolens, since: 2020}]", "members: [ivy-hedera]"
    )
    assert "communities: [yard]\n" in (content / "lessons/2020/lock-broke.md").read_text()
    assert "communities: [everyone]\n" in (content / "lessons/2020/key-lost.md").read_text()
    written = (content / "credits.yml").read_text()
    assert "rue-graveolens" not in written
    assert "ivy-hedera" in written
    loaded = load(folder)
    # Links in texts are for people to decide about, and are the only thing left to do.
    assert {each.code for each in loaded.problems if each.severity is Severity.ERROR} == {"broken-link"}
    assert loaded.garden.communities["everyone"].fields.status == "forming"
    assert "No record says sample" in run(folder).output


PLACES = """dimensions:
  place: # where
    title: Place
    values:
      toyland: {title: Toyland (invented), also: [Toyland], sample: true} # for play
      quay: The quay
"""


def test_an_invented_place_is_shown_only_while_a_record_is_from_there(folder: Path) -> None:
    settings, toy = folder / "content/garden.yml", folder / "content/lessons/2020/toy-broke.md"
    settings.write_text(settings.read_text() + PLACES)
    toy.write_text(toy.read_text().replace("sample: true", "sample: true\norigin: {place: Toyland}"))
    assert set(load(folder).indexes[FACETS]["place"].by_key) == {"toyland", "quay"}
    hide(folder)
    assert set(load(folder).indexes[FACETS]["place"].by_key) == {"quay"}


@pytest.mark.parametrize("remains", [True, False])
def test_an_invented_place_goes_with_the_samples(folder: Path, remains: bool) -> None:
    settings = folder / "content/garden.yml"
    before = FILES["garden.yml"] + (PLACES if remains else PLACES.replace("      quay: The quay\n", ""))
    settings.write_text(before)
    assert run(folder, "--remove", "--yes").exit_code == 0
    # The last value stays: an empty mapping would be refused.
    gone = "      toyland: {title: Toyland (invented), also: [Toyland], sample: true} # for play\n" if remains else ""
    assert settings.read_text() == before.replace(gone, "")
    assert "garden.yml" not in "".join(each.path for each in load(folder).problems)
