"""The files that CI services read: they call only scripts of this repository and ask for the least rights."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPT = re.compile(r"scripts/[a-z]+( [\w./-]+)*")


def load(path: Path) -> dict[str, Any]:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    # YAML 1.1 reads the key `on` as a boolean.
    return {"on" if key is True else key: value for key, value in document.items()}


GITLAB = load(ROOT / ".gitlab-ci.yml")


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in load(path)["jobs"].items():
            yield f"{path.name}: {name}", job


def steps(key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in jobs():
        for step in job["steps"]:
            if key in step:
                yield name, step


def gitlab_jobs() -> dict[str, dict[str, Any]]:
    return {name: job for name, job in GITLAB.items() if isinstance(job, dict) and "script" in job}


def commands() -> list[tuple[str, str]]:
    """Every command CI runs, with the folder it runs in, each once and in a fit order."""
    found = {(step.get("working-directory", "."), step["run"]) for _, step in steps("run")}
    found |= {(".", line) for job in gitlab_jobs().values() for line in job["script"]}
    return sorted(found)


def test_there_is_something_to_look_at() -> None:
    assert [path.name for path in WORKFLOWS] == ["check.yml", "publish.yml"]
    assert set(gitlab_jobs()) == {"check", "pages"}
    assert {"scripts/build", "scripts/test"} <= {command for _, command in commands()}


def test_steps_call_only_scripts_that_exist() -> None:
    for _, command in commands():
        assert SCRIPT.fullmatch(command), command
        script = ROOT / command.split()[0]
        assert os.access(script, os.X_OK), f"{script.name} cannot be run"


def test_actions_are_pinned_by_commit_and_say_their_version() -> None:
    used = [step["uses"] for _, step in steps("uses")]
    assert used
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
    for path in WORKFLOWS:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_one_action_is_one_commit_everywhere() -> None:
    pins = {step["uses"] for _, step in steps("uses")}
    assert len(pins) == len({pin.split("@")[0] for pin in pins})


def test_the_whole_history_is_fetched_and_no_credential_stays() -> None:
    checkouts = [step["with"] for _, step in steps("uses") if step["uses"].startswith("actions/checkout@")]
    assert checkouts
    for settings in checkouts:
        assert settings["fetch-depth"] == 0
        assert settings["persist-credentials"] is False
    assert GITLAB["variables"]["GIT_DEPTH"] == "0"


def test_workflows_start_with_no_permission_and_jobs_take_the_least() -> None:
    for path in WORKFLOWS:
        assert load(path)["permissions"] == {}, path.name
    for name, job in jobs():
        if name == "publish.yml: deploy":
            assert job["permissions"] == {"pages": "write", "id-token": "write"}
        else:
            assert job["permissions"] == {"contents": "read"}, name


def test_each_job_has_a_time_limit() -> None:
    for name, job in jobs():
        assert job["timeout-minutes"] <= 15, name
    for name, job in gitlab_jobs().items():
        assert job["timeout"], name


def test_a_pull_request_sees_no_secret() -> None:
    assert set(load(ROOT / ".github" / "workflows" / "check.yml")["on"]) == {"pull_request"}
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
        assert "workflow_run" not in text
        assert "secrets." not in text
        assert "secrets:" not in text


def test_a_change_is_also_read_by_code_it_cannot_edit() -> None:
    job = load(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["content"]
    base, change, check = job["steps"]
    assert base["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert base["with"]["path"] == check["working-directory"]
    assert "ref" not in change["with"]
    assert check["run"] == f"scripts/check ../{change['with']['path']}"


def test_the_job_that_publishes_runs_no_code_of_the_repository() -> None:
    publish = load(ROOT / ".github" / "workflows" / "publish.yml")
    assert publish["on"]["push"] == {"branches": ["main"]}
    deploy = publish["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    assert [step["uses"].split("@")[0] for step in deploy["steps"]] == ["actions/deploy-pages"]


def test_gitlab_publishes_the_default_branch_alone() -> None:
    pages = GITLAB["pages"]
    assert pages["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert pages["artifacts"]["paths"] == ["public"]
    assert "scripts/build --site-dir public" in pages["script"]


@pytest.mark.parametrize("persona", ["regular", "pedantic", "auditor"])
def test_zizmor_finds_nothing(persona: str) -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--persona", persona, ".github"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings" in done.stdout + done.stderr


def test_ci_run_calls_the_test_script() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines[-1] == "exec scripts/test </dev/null"
    assert "export CI=true" in lines


@pytest.mark.parametrize("path", sorted((ROOT / ".github").rglob("*.yml")), ids=lambda path: path.name)
def test_files_for_github_are_yaml(path: Path) -> None:
    assert isinstance(load(path), dict)


def test_the_form_for_people_without_git_asks_what_a_lesson_needs() -> None:
    form = load(ROOT / ".github" / "ISSUE_TEMPLATE" / "share-a-lesson.yml")
    fields = {field["id"]: field for field in form["body"] if "id" in field}
    assert {"outcome", "happened", "expected", "learned", "sources"} <= set(fields)
    assert not fields["sources"]["validations"]["required"]


@pytest.mark.slow
def test_the_steps_of_ci_run_in_a_fresh_clone_with_an_empty_home(tmp_path: Path) -> None:
    # The two folders lie as `check.yml` lays them; the name has a space, as a folder of a person's may.
    workspace = tmp_path / "work space"
    for name in ["base", "change"]:
        subprocess.run(["git", "clone", "--quiet", ROOT, workspace / name], check=True)
    (tmp_path / "home").mkdir()
    virtual = str(Path(sys.executable).parent)
    foreign = ("CI", "COV", "GIT_", "PYTEST", "SOURCE_DATE_EPOCH", "VIRTUAL_ENV", "XDG_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    environment["HOME"] = str(tmp_path / "home")
    environment["PATH"] = os.pathsep.join(entry for entry in os.environ["PATH"].split(os.pathsep) if entry != virtual)
    for folder, command in commands():
        if command == "scripts/test":  # the whole of it is what runs this test
            command += " tests/test_ci.py -k pinned"
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", command],
            cwd=workspace / ("base" if folder == "." else folder),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}:\n{done.stdout}"
    for site in ["site", "public"]:
        assert (workspace / "base" / site / "index.html").is_file()
    status = ["git", "status", "--porcelain"]
    left = subprocess.run(status, cwd=workspace / "base", check=True, capture_output=True, text=True).stdout
    assert left.strip() in {"", "?? public/"}, left
