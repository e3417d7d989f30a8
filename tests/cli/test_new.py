"""garden new: valid files from options or from answers, and nothing written over."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from knowledge_garden import load_garden
from knowledge_garden.cli import main
from knowledge_garden.model.addresses import make_slug
from planting import TODAY, plant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    plant("good", tmp_path)
    return tmp_path


@pytest.fixture
def known(folder: Path) -> dict[str, str]:
    """A community, a cause and a person of the garden `good`."""
    garden = load_garden(folder / "content", today=TODAY, with_history=False).garden
    return {
        "community": next(iter(garden.communities)),
        "cause": next(iter(garden.settings.causes)),
        "person": next(iter(garden.people)),
    }


def run(folder: Path, *arguments: str, answers: str | None = None, **options: Any) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--directory", str(folder)], input=answers, **options)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there to answer."""
    monkeypatch.setattr("knowledge_garden.cli.maker.Maker.somebody", staticmethod(lambda: True))


def problems(folder: Path, path: str) -> list[str]:
    loaded = load_garden(folder / "content", today=TODAY, with_history=False)
    return [each.code for each in loaded.problems if each.path == f"content/{path}"]


def test_a_lesson_from_options_is_valid(folder: Path, known: dict[str, str]) -> None:
    title = "Déjà vu: it's 50% “off”, no?"
    done = run(
        folder,
        "lesson",
        *("--title", title, "--summary", "yes: no # maybe", "--outcome", "failure", "--date", "2019-03"),
        *("--community", known["community"], "--cause", known["cause"], "--told-by", known["person"]),
        *("--told-by", "Jo Lindqvist", "--told-by", "Jo Lindqvist"),
    )
    assert done.exit_code == 0, done.output
    path = "lessons/2019/deja-vu-its-50-off-no.md"
    assert f"Written: {folder / 'content' / path}" in done.output.replace("\n", "")
    assert problems(folder, path) == ["few-sources", *["prompt-left"] * 6]
    assert "error" not in done.output, "that the questions are still there needs no saying"
    record = load_garden(folder / "content", today=TODAY, with_history=False).garden.lessons["deja-vu-its-50-off-no"]
    assert (record.fields.title, record.fields.summary, str(record.fields.date)) == (
        title,
        "yes: no # maybe",
        "2019-03",
    )
    assert record.fields.told_by == (known["person"], "Jo Lindqvist")


@pytest.mark.usefixtures("terminal")
def test_a_lesson_from_answers_is_valid_and_wrong_answers_are_asked_again(folder: Path, known: dict[str, str]) -> None:
    answers = [
        "The pump",
        "x" * 301,
        "It failed.",
        "sideways",
        "mixed",
        known["community"],
        known["cause"],
        "soon",
        "2020",
    ]
    done = run(folder, "lesson", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "301 characters" in done.output
    assert problems(folder, "lessons/2020/the-pump.md") == ["few-sources", *["prompt-left"] * 6]


def test_a_community_and_its_people_from_options_are_valid(folder: Path) -> None:
    assert (
        run(
            folder, "person", "--name", "Iris Blue", "--holds", "Locks", "--needs", "Keys", "--organisation", "Ours"
        ).exit_code
        == 0
    )
    done = run(
        folder, "community", "--title", "Canals", "--purpose", "Water.", "--sponsor", "iris-blue", "--lead", "iris-blue"
    )
    assert done.exit_code == 0, done.output
    assert problems(folder, "people/iris-blue.md") == []
    assert problems(folder, "communities/canals.md") == ["prompt-left"]


@pytest.mark.parametrize("name", ["Index", "README", "index"])
def test_the_name_of_a_folders_own_page_is_refused(name: str, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    done = run(folder, "person", "--name", name)
    assert done.exit_code == 2
    assert "names a folder's own page" in done.output
    assert sorted(folder.rglob("*")) == before


@pytest.mark.usefixtures("terminal")
def test_a_person_is_asked_for_until_an_empty_answer(folder: Path) -> None:
    done = run(folder, "person", answers="Iris Blue\nLocks\nSluices\n\nKeys\n\n")
    assert done.exit_code == 0, done.output
    fields = load_garden(folder / "content", today=TODAY, with_history=False).garden.people["iris-blue"].fields
    assert (fields.holds, tuple(need.what for need in fields.needs)) == (("Locks", "Sluices"), ("Keys",))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing option --title"),
        (["--title", "A"], "Missing option --summary"),
        (["--title", "A", "--summary", "x" * 301], "301 characters"),
        (["--title", "A", "--summary", "b"], "Missing option --outcome"),
        (["--title", "A", "--summary", "b", "--outcome", "success"], "Missing option --community"),
        (["--title", "A", "--summary", "b", "--outcome", "success", "--community", "none"], "there is no none here"),
        (["--title", "??", "--summary", "b", "--outcome", "success", "--community", "{community}"], "with --slug"),
        (
            ["--title", "A", "--summary", "b", "--outcome", "success", "--community", "{community}", "--date", "x"],
            "--date: 'x'",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_written(
    folder: Path, known: dict[str, str], arguments: list[str], message: str
) -> None:
    before = sorted(folder.rglob("*"))
    done = run(folder, "lesson", *(each.format(**known) for each in arguments))
    assert done.exit_code == 2
    assert message in done.output
    assert sorted(folder.rglob("*")) == before


def test_nothing_is_written_over(folder: Path) -> None:
    assert run(folder, "person", "--name", "Iris Blue").exit_code == 0
    place = folder / "content/people/iris-blue.md"
    place.write_text(place.read_text() + "More.\n")
    done = run(folder, "person", "--name", "Iris Blue")
    assert (done.exit_code, "Give another with --slug" in done.output) == (2, True)
    assert place.read_text().endswith("More.\n")


def test_a_first_community_needs_nobody_yet(tmp_path: Path) -> None:
    (tmp_path / "garden.yml").write_text("name: New\n")
    done = run(tmp_path, "community", "--title", "Canals", "--purpose", "To keep them.")
    assert done.exit_code == 0, done.output
    charter = load_garden(tmp_path, today=TODAY, with_history=False).garden.communities["canals"].fields
    assert (charter.status, charter.sponsor, charter.leads) == ("forming", None, ())


@pytest.mark.usefixtures("terminal")
def test_a_mistyped_answer_is_asked_for_again_with_the_nearest_name(folder: Path, known: dict[str, str]) -> None:
    wrong = known["community"][:-1] + "x"
    answers = f"Lock stuck\nIt stuck.\nfailed badly\nfailure\n{wrong}\n{known['community']}\n{known['cause']}\n2020\n"
    done = run(folder, "lesson", answers=answers)
    assert done.exit_code == 0, done.output
    assert f"there is no {wrong} here. Did you mean {known['community']}?" in done.output
    assert "there is no failed badly here" in done.output
    garden = load_garden(folder / "content", today=TODAY, with_history=False).garden
    fields = garden.lessons["lock-stuck"].fields
    assert (fields.outcome, fields.maturity) == ("failure", "seedling")
    assert garden.communities[known["community"]].title in done.output
    assert garden.settings.causes[known["cause"]].title in done.output


@pytest.mark.usefixtures("terminal")
def test_titles_are_taken_for_their_slugs(folder: Path, known: dict[str, str]) -> None:
    title = (
        load_garden(folder / "content", today=TODAY, with_history=False).garden.communities[known["community"]].title
    )
    done = run(folder, "lesson", answers=f"Lock stuck\nIt stuck.\nsuccess\n{title.upper()}\n2020\n")
    assert done.exit_code == 0, done.output


@pytest.mark.usefixtures("terminal")
def test_answers_survive_an_interruption_and_can_be_taken_up_again(folder: Path, known: dict[str, str]) -> None:
    broken = run(folder, "lesson", answers="Lock stuck\nIt stuck.\n")  # the input ends: as with Ctrl+C
    assert broken.exit_code == 1
    assert "Your answers are kept. The same command goes on with them." in broken.output
    assert "Your answers are kept" not in run(folder, "community", answers="").output
    kept = folder / "content/lessons/.new-lesson.json"
    assert kept.is_file()
    assert load_garden(folder / "content", today=TODAY, with_history=False).garden.files.isdisjoint({kept.name})
    done = run(folder, "lesson", answers=f"y\nsuccess\n{known['community']}\n2020\n")
    assert done.exit_code == 0, done.output
    assert not kept.exists()
    assert (folder / "content/lessons/2020/lock-stuck.md").is_file()


@pytest.mark.usefixtures("terminal")
def test_answers_of_last_time_can_be_thrown_away(folder: Path) -> None:
    run(folder, "person", answers="Iris Blue\n")
    done = run(folder, "person", answers="n\nIvy Green\n\n\n")
    assert done.exit_code == 0, done.output
    assert [path.name for path in (folder / "content/people").glob("i*.md")] == ["ivy-green.md"]


def test_lessons_that_come_near_are_named(known: dict[str, str], folder: Path) -> None:
    lesson = next(iter(load_garden(folder / "content", today=TODAY, with_history=False).garden.lessons.values()))
    options = ("--outcome", "success", "--community", known["community"], "--date", "2020")
    done = run(folder, "lesson", "--title", f"{lesson.title} again", "--summary", lesson.fields.summary, *options)
    assert f"  {lesson.slug}  {lesson.title}" in done.output


def test_an_editor_is_opened_on_the_new_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.edit", lambda *, filename: opened.append(filename))
    assert run(folder, "person", "--name", "Iris Blue", "--edit").exit_code == 0
    assert opened == [str(folder / "content/people/iris-blue.md")]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A  B_c", "a-b-c"),
        ("Łódź, Straße", "lodz-strasse"),
        ("日本", ""),
        ("x" * 80, "x" * 60),
        ("word " * 30, "word-" * 11 + "word"),
    ],
)
def test_a_slug_is_made_of_letters_digits_and_hyphens(title: str, slug: str) -> None:
    assert make_slug(title) == slug
