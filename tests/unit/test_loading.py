"""The pipeline: what it refuses, what it says of the history, and how garden.yml sets the rules of credit."""

from pathlib import Path

import pytest

from knowledge_garden import load_garden
from knowledge_garden import loading as pipeline
from knowledge_garden.loading import credit_rules
from knowledge_garden.model.contributions import History, Notice
from knowledge_garden.model.settings import Settings
from planting import TODAY, plant


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="no folder"):
        load_garden(tmp_path / "nothing", today=TODAY)


def test_without_a_repository_the_history_is_missing(tmp_path: Path) -> None:
    loaded = load_garden(plant("good", tmp_path), today=TODAY)
    assert [(each.code, each.path) for each in loaded.problems] == [("history-missing", "content")]
    assert loaded.garden.content == "content"


@pytest.mark.parametrize(
    ("history", "code"),
    [
        (History("shallow", notices=(Notice("shallow-clone", "Shallow.", "Fetch."),)), "history-shallow"),
        (History("empty", notices=(Notice("no-commit", "No commit yet.", "Commit."),)), "history-missing"),
        (History("none", notices=(Notice("git-missing", "No Git.", "Install it."),)), "history-unreadable"),
        (History("complete", notices=(Notice("possible-rename", "Perhaps moved.", "Say so."),)), "history-notice"),
    ],
)
def test_what_the_history_lacks_is_a_problem(
    history: History, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = plant("good", tmp_path)
    monkeypatch.setattr(pipeline, "find_repository", lambda _: tmp_path.resolve())
    monkeypatch.setattr(pipeline, "read_history", lambda *_, **__: history)
    loaded = load_garden(content, today=TODAY)
    assert [each.code for each in loaded.problems] == [code]
    assert all(each.hint for each in loaded.problems)


def test_a_correction_that_meets_nothing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = plant("good", tmp_path)
    text = "corrections:\n  - {commit: aaaaaaa, reason: It moved., decided_by: harbour}\n"
    (content / "credits.yml").write_text(text)
    monkeypatch.setattr(pipeline, "find_repository", lambda _: tmp_path.resolve())
    monkeypatch.setattr(pipeline, "read_history", lambda *_, **__: History("complete", "f" * 40))
    found = load_garden(content, today=TODAY).problems
    assert [(each.code, each.path) for each in found] == [("unused-correction", "content/credits.yml")]


def test_a_garden_at_the_top_of_its_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = plant("broken-link", tmp_path)
    monkeypatch.setattr(pipeline, "find_repository", lambda _: content.resolve())
    loaded = load_garden(content, today=TODAY, with_history=False)
    assert loaded.garden.content == ""
    assert {each.path for each in loaded.problems if each.code == "broken-link"} == {"lessons/2020/broken.md"}


def test_garden_yml_adds_to_the_rules_of_credit() -> None:
    settings = Settings.model_validate(
        {"timezone": "Asia/Tokyo", "credit": {"bots": ["gardener*"], "roles": {"Told-By": "told"}, "moves": {"a": "b"}}}
    )
    rules = credit_rules(settings)
    assert rules.timezone == "Asia/Tokyo"
    assert "gardener*" in rules.bots
    assert len(rules.bots) > 1
    assert rules.roles["told-by"] == "told"
    assert rules.roles["reviewed-by"] == "reviewed"
    assert rules.moves == {"a": "b"}


def test_problems_are_sorted_and_stand_once(tmp_path: Path) -> None:
    problems = load_garden(plant("unsafe-link", tmp_path), today=TODAY, with_history=False).problems
    assert list(problems) == sorted(set(problems))


def test_an_earlier_key_of_a_cause_still_counts(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    settings = content / "garden.yml"
    settings.write_text(
        settings.read_text().replace("  unclear-duty:\n", "  pressure:\n    formerly: [unclear-duty]\n"),
        encoding="utf-8",
    )
    loaded = load_garden(content, today=TODAY, with_history=False)
    assert "pressure" in loaded.garden.lessons["spring-flood"].fields.causes
    assert not [problem for problem in loaded.problems if problem.code == "unknown-cause"]
    assert loaded.indexes.failures.causes["pressure"].lessons
