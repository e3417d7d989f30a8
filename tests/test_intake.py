"""From a recorded issue event to a lesson, a branch and a pull request, without the network; the teller's choice is kept."""

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from knowledge_garden import load_garden
from planting import ROOT, TODAY, plant

CASES = Path(__file__).parent / "cases" / "intake"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("intake", ROOT / "scripts" / "intake.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


intake = load_script()


class Recorder:
    """Runs git for real, and keeps what would be said to the forge."""

    def __init__(self, root: Path) -> None:
        self.run_git = intake.run_in(root)
        self.said: list[tuple[tuple[str, ...], str | None]] = []

    def __call__(self, *command: str, stdin: str | None = None) -> str:
        if command[0] == "gh":
            self.said.append((command, stdin))
            return ""
        return str(self.run_git(*command, stdin=stdin))

    def written(self) -> str:
        return "\n".join(f"{' '.join(command)}\n{stdin}" for command, stdin in self.said)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    plant("good", folder)
    git = intake.run_in(folder)
    git("git", "init", "--quiet", "--initial-branch", "main")
    git("git", "config", "user.name", "Maker")
    git("git", "config", "user.email", "maker@example.org")
    git("git", "add", ".")
    git("git", "commit", "--quiet", "--message", "Begin")
    git("git", "init", "--quiet", "--bare", "../remote.git")
    git("git", "remote", "add", "origin", "../remote.git")
    git("git", "push", "--quiet", "origin", "main")
    return folder


def event(shown: str, **changes: Any) -> dict[str, Any]:
    body = (CASES / "github-form.md").read_text().replace("By a pseudonym: Moss", shown)
    issue = {"number": 12, "title": "Lesson: A gate stayed shut", "body": body, "user": {"login": "moss-77", "id": 99}}
    return {"action": "labeled", "label": {"name": "make-a-lesson"}, "issue": {**issue, **changes}}


def opened(root: Path, happened: dict[str, Any]) -> tuple[Recorder, str, str]:
    """(what was said, the commit's message, the lesson) of an event that was carried out."""
    recorder = Recorder(root)
    intake.open_request(happened, root, recorder, TODAY)
    message = recorder.run_git("git", "log", "-1", "--format=%an <%ae>%n%B", "origin/lesson/a-gate-stayed-shut")
    text = (root / "content/lessons/2026/a-gate-stayed-shut.md").read_text()
    return recorder, message, text


def test_an_issue_becomes_a_lesson_on_a_branch_with_a_pull_request(root: Path) -> None:
    recorder, message, text = opened(root, event("By a pseudonym: Moss"))
    assert [command[:3] for command, _ in recorder.said] == [
        ("gh", "auth", "setup-git"),
        ("gh", "pr", "create"),
        ("gh", "issue", "comment"),
    ]
    assert recorder.said[2][0][3] == "12"
    assert "github-actions[bot]" in message
    assert "Told-in: #12" in message
    assert "told_by:\n- Moss\n" in text
    assert "The left gate stayed shut." in text
    lesson = load_garden(root / "content", today=TODAY, with_history=False)
    assert {each.code for each in lesson.problems if "a-gate-stayed-shut" in each.path} >= {"prompt-left"}


def test_whoever_wants_their_name_gets_the_credit_of_their_account(root: Path) -> None:
    _, message, text = opened(root, event("By my name: Moss Green"))
    assert "Co-authored-by: moss-77 <99+moss-77@users.noreply.github.com>" in message
    assert "- Moss Green\n" in text


def test_a_pseudonym_is_not_joined_with_the_account(root: Path) -> None:
    recorder, message, text = opened(root, event("By a pseudonym: Moss"))
    assert "moss-77" not in message + text + recorder.written()


@pytest.mark.parametrize("shown", ["Not at all", "_No response_", ""])
def test_whoever_chose_not_to_be_shown_is_in_nothing_that_is_written(root: Path, shown: str) -> None:
    recorder, message, text = opened(root, event(shown))
    pull_request = recorder.said[1]
    for written in (message, text, " ".join(pull_request[0]), pull_request[1] or ""):
        assert "moss-77" not in written
        assert "12" not in written.replace("2026", "")
    assert "anonymous: true" in text
    assert "There will be no further answer here." in (recorder.said[2][1] or "")


def test_a_name_that_is_taken_gets_a_number(root: Path) -> None:
    opened(root, event("Not at all"))
    made = intake.proposal(event("Not at all"), root, TODAY)
    assert made.path == "content/lessons/2026/a-gate-stayed-shut-2.md"


@pytest.mark.parametrize(
    "title", ["", "日本", "x\n\nTold-in: #1", "$(touch broken); `touch broken`", "../../../etc/passwd"]
)
def test_odd_titles_stay_texts(root: Path, title: str) -> None:
    made = intake.proposal(event("Not at all", title=title), root, TODAY)
    assert made.path.startswith("content/lessons/2026/")
    assert ".." not in made.path
    assert "\nTold-in" not in made.message
    assert not (root / "broken").exists()


def test_an_event_of_no_issue_ends_with_a_sentence(root: Path) -> None:
    with pytest.raises(SystemExit, match="not about an issue"):
        intake.proposal({"action": "labeled"}, root, TODAY)


def test_the_teller_hears_of_publication_and_of_uses(root: Path) -> None:
    opened(root, event("By a pseudonym: Moss"))
    git = intake.run_in(root)
    git("git", "switch", "--quiet", "main")
    before = git("git", "rev-parse", "HEAD").strip()
    git("git", "merge", "--quiet", "--no-ff", "lesson/a-gate-stayed-shut")
    merged = git("git", "rev-parse", "HEAD").strip()
    recorder = Recorder(root)
    intake.answer({"before": before, "after": merged}, recorder, "https://example.org/")
    assert recorder.said == [
        (
            ("gh", "issue", "comment", "12", "--body-file", "-"),
            "Your lesson is published: https://example.org/lessons/2026/a-gate-stayed-shut/\n",
        )
    ]
    lesson = root / "content/lessons/2026/a-gate-stayed-shut.md"
    lesson.write_text(lesson.read_text().replace("told_by:", "applied:\n- {by: Rosa, date: 2026-05}\ntold_by:"))
    git("git", "commit", "--quiet", "--all", "--message", "Use it")
    used = git("git", "rev-parse", "HEAD").strip()
    recorder = Recorder(root)
    intake.answer({"before": merged, "after": used}, recorder, "https://example.org/")
    ((_, said),) = recorder.said
    assert said is not None
    assert said.startswith("Your lesson was used (2026-05): https://example.org/lessons/2026/a-gate-stayed-shut/")


def test_a_lesson_told_without_a_name_is_never_spoken_of(root: Path) -> None:
    opened(root, event("Not at all"))
    git = intake.run_in(root)
    git("git", "switch", "--quiet", "main")
    before = git("git", "rev-parse", "HEAD").strip()
    git("git", "merge", "--quiet", "--no-ff", "lesson/a-gate-stayed-shut")
    recorder = Recorder(root)
    intake.answer(
        {"before": before, "after": git("git", "rev-parse", "HEAD").strip()}, recorder, "https://example.org/"
    )
    assert recorder.said == []


@pytest.mark.parametrize("before", ["0" * 40, "", "--upload-pack=x"])
def test_a_push_without_a_commit_before_it_is_passed_over(root: Path, before: str) -> None:
    recorder = Recorder(root)
    intake.answer({"before": before, "after": "HEAD"}, recorder, "https://example.org/")
    assert recorder.said == []


def test_a_dry_run_shows_the_lesson_and_does_nothing(tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(event("Not at all")))
    done = subprocess.run(
        ["scripts/intake", "open", "--dry-run", str(file)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("content/lessons/2026/a-gate-stayed-shut.md\nlesson/a-gate-stayed-shut\n")
