"""The files that CI services read: they call only scripts of this repository and ask for the least rights."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# On GitHub every script runs behind the shield, on GitLab without.
SCRIPT = re.compile(r"(scripts|\.ci)/[a-z-]+( [\w./=-]+)*( \"\$(TAG|PREVIEW|PREVIEW_URL)\")?")
ANNOTATE = ".ci/annotate .cache/annotations.txt .cache/summary.md"
COMMENT = "check.yml: comment"
SHIELD = ".ci/shielded "
AS_USER = "runuser -u gardener -- env HOME=/home/gardener "
AS_TARGET = "$HOME/base/"


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
    found = {(step.get("working-directory", "."), step["run"]) for name, step in steps("run") if name != COMMENT}
    found |= {(".", line) for job in gitlab_jobs().values() for line in job["script"]}
    return sorted(found)


def test_there_is_something_to_look_at() -> None:
    names = ["check.yml", "intake.yml", "mutate.yml", "platforms.yml", "publish.yml", "release.yml", "remind.yml"]
    assert [path.name for path in WORKFLOWS] == names
    assert set(gitlab_jobs()) == {"content", "test", "pages", "remind-list", "remind-send"}
    assert {f"{SHIELD}scripts/build", f"{SHIELD}scripts/test"} <= {command for _, command in commands()}


def test_steps_call_only_scripts_that_exist() -> None:
    for _, command in commands():
        bare = command.removeprefix(SHIELD).removeprefix(AS_USER).removeprefix(AS_TARGET)
        assert SCRIPT.fullmatch(bare.replace('"$CI_PROJECT_DIR"', "project")), command
        script = ROOT / bare.split()[0]
        assert os.access(script, os.X_OK), f"{script.name} cannot be run"


def test_no_step_on_github_lets_content_command_the_runner() -> None:
    unshielded = [(name, step["run"]) for name, step in steps("run") if not step["run"].startswith(SHIELD)]
    assert [name for name, command in unshielded if command != ANNOTATE] == [COMMENT]
    said = [line for line in dict(unshielded)[COMMENT].splitlines() if "gh api" in line and "$(gh" not in line]
    assert said
    assert all("--silent" in line for line in said)


@pytest.mark.parametrize("github", ["true", ""])
def test_the_shield_stops_commands_before_anything_is_said(github: str) -> None:
    command = [ROOT / ".ci" / "shielded", "bash", "-c", "echo ::notice::out; echo ::notice::err >&2; exit 3"]
    words = set()
    for _ in range(2):
        done = subprocess.run(
            command, env=os.environ | {"GITHUB_ACTIONS": github}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 3
        for said, content in [(done.stdout, "::notice::out"), (done.stderr, "::notice::err")]:
            *first, last = said.splitlines()
            assert last == content
            if not github:
                assert first == []
                continue
            (stop,) = first
            assert re.fullmatch("::stop-commands::[0-9a-f]{32}", stop)
            words.add(stop)
    assert len(words) == (2 if github else 0)  # one for both streams, another each time


def test_code_owners_watch_what_runs_on_other_machines() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}
    assert {"/.github/", "/.ci/", "/.gitlab-ci.yml", "/scripts/", "/plugins/", "/pyproject.toml"} <= set(owned)
    for pattern, owners in owned.items():
        assert owners, pattern
        assert list(ROOT.glob(pattern.strip("/"))), f"{pattern} is not there"


def test_each_supported_python_is_tried_on_each_system() -> None:
    matrix = load(ROOT / ".github" / "workflows" / "platforms.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["system"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    prefix = "Programming Language :: Python :: 3."
    assert [each[len(prefix) - 2 :] for each in project["classifiers"] if each.startswith(prefix)] == matrix["python"]


def test_a_release_is_published_only_where_a_maintainer_said_so() -> None:
    release = load(ROOT / ".github" / "workflows" / "release.yml")
    assert set(release["on"]) == {"push", "workflow_dispatch"}
    assert release["on"]["push"] == {"tags": ["v*"]}
    publish = release["jobs"]["publish"]
    assert publish["if"] == "github.ref_type == 'tag' && vars.PUBLISH_PACKAGE == 'true'"
    assert publish["environment"] == "release"


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
        elif name == "intake.yml: open":
            assert job["permissions"] == {"contents": "write", "pull-requests": "write", "issues": "write"}
            # Only those who may label issues can start it; anybody may open one.
            assert "github.event.label.name" in job["if"]
        elif name == "intake.yml: answer":
            assert job["permissions"] == {"contents": "read", "issues": "write"}
        elif name == "release.yml: publish":
            assert job["permissions"] == {"contents": "read", "id-token": "write"}
        elif name == "remind.yml: send":
            assert job["permissions"] == {"contents": "read", "issues": "write"}
        elif name == COMMENT:
            assert job["permissions"] == {"pull-requests": "write"}
        else:
            assert job["permissions"] == {"contents": "read"}, name


def test_each_job_has_a_time_limit() -> None:
    for name, job in jobs():
        assert job["timeout-minutes"] <= (90 if name == "mutate.yml: mutate" else 15), name
    for name, job in gitlab_jobs().items():
        assert job["timeout"], name


def test_the_reminders_come_only_where_a_maintainer_asked_for_them_and_the_reader_has_no_token() -> None:
    remind = load(ROOT / ".github" / "workflows" / "remind.yml")
    assert set(remind["on"]) == {"schedule", "workflow_dispatch"}
    reader, sender = remind["jobs"]["list"], remind["jobs"]["send"]
    assert reader["if"] == "github.ref == 'refs/heads/main' && vars.GARDEN_REMIND == 'true'"
    assert "token" not in str(reader).lower()
    assert sender["needs"] == "list"
    assert [step["run"] for step in sender["steps"] if "run" in step] == [f"{SHIELD}scripts/remind --send due.json"]
    for name in ("remind-list", "remind-send"):
        (rule,) = GITLAB[name]["rules"]
        assert '$CI_PIPELINE_SOURCE == "schedule"' in rule["if"]
        assert '$GARDEN_REMIND == "true"' in rule["if"]
    assert "environment" not in GITLAB["remind-list"], "the token belongs to the other job's environment"


def test_a_pull_request_sees_no_secret() -> None:
    assert set(load(ROOT / ".github" / "workflows" / "check.yml")["on"]) == {"pull_request"}
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
        assert "workflow_run" not in text
        assert "secrets." not in text
        assert "secrets:" not in text


def test_what_may_write_is_started_by_no_change_and_reads_no_text_into_a_command() -> None:
    intake = load(ROOT / ".github" / "workflows" / "intake.yml")
    assert intake["on"] == {"issues": {"types": ["labeled"]}, "push": {"branches": ["main"]}}
    for _, step in steps("run"):
        assert "${{" not in step["run"]
    assert intake["jobs"]["open"]["steps"][0]["with"]["ref"] == "main"


def test_a_change_is_also_read_by_code_it_cannot_edit() -> None:
    job = load(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["content"]
    base, change, check, annotate = job["steps"]
    assert base["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert base["with"]["path"] == check["working-directory"]
    assert "ref" not in change["with"]
    assert check["run"].startswith(f"{SHIELD}scripts/check ../{change['with']['path']} ")
    assert annotate["working-directory"] == base["with"]["path"]
    assert annotate["run"] == ANNOTATE
    job = GITLAB["content"]
    assert job["image"]["docker"] == {"user": "nobody"}
    assert job["before_script"][-1].startswith('git clone --quiet --branch "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"')
    (script,) = job["script"]
    assert script.startswith(f'{AS_TARGET}scripts/check "$CI_PROJECT_DIR" ')


def test_the_job_that_comments_runs_no_code_of_the_repository_and_only_for_changes_of_its_own() -> None:
    job = load(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["comment"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in job["if"]
    (step,) = job["steps"]
    assert "uses" not in step
    assert "${{" not in step["run"], "what a change holds reaches the shell only by the environment"
    assert step["env"]["SUMMARY"] == "${{ needs.content.outputs.summary }}"


def test_only_what_the_check_writes_is_shown_on_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "::error file=content/a.md,line=3,title=broken-link::There is no x.\n"
        "::add-mask::secret\n"
        " ::error file=a,line=1,title=x::y\n"
        "::error file=a,line=1,title=x::y\r::set-env::z\n"
        "::notice file=content/b c.md,line=1,title=few-sources::No source: %0A is named.\n",
        encoding="utf-8",
    )
    (tmp_path / "s.md").write_text("**Fine.**\nEOF\n", encoding="utf-8")
    files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    command = [ROOT / ".ci" / "annotate", tmp_path / "a.txt", tmp_path / "s.md"]
    done = subprocess.run(
        command, env=os.environ | {k: str(v) for k, v in files.items()}, capture_output=True, text=True, check=True
    )
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["::error", "::notice"]
    assert files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8") == "**Fine.**\nEOF\n"
    first, *middle, last = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").rstrip("\n").splitlines()
    assert re.fullmatch("[0-9a-f]{32}", last)
    assert (first, [line for line in middle if line]) == (f"summary<<{last}", ["**Fine.**", "EOF"])
    empty = [ROOT / ".ci" / "annotate", tmp_path / "none", tmp_path / "none"]
    assert subprocess.run(empty, capture_output=True, text=True, check=True).stdout == ""


def test_the_job_that_publishes_runs_no_code_of_the_repository() -> None:
    publish = load(ROOT / ".github" / "workflows" / "publish.yml")
    assert publish["on"]["push"] == {"branches": ["main"]}
    deploy = publish["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    assert [step["uses"].split("@")[0] for step in deploy["steps"]] == ["actions/deploy-pages"]


def test_gitlab_runs_no_code_of_a_change_as_root() -> None:
    assert all(line.startswith(AS_USER) for line in GITLAB["test"]["script"])
    assert {GITLAB["default"]["image"], GITLAB["content"]["image"]["name"]} == {"python:3.13.0-bookworm"}


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


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda path: path.name
)
def test_a_form_has_fields_with_ids_and_says_which_are_required(path: Path) -> None:
    form = load(path)
    assert {"name", "description", "title", "labels", "body"} <= set(form)
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields)
    assert any(field["validations"]["required"] for field in fields)
    assert all(field["attributes"]["label"] for field in fields)


def test_hooks_before_a_commit_call_the_locked_tools() -> None:
    (repository,) = load(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        program = hook["entry"].split()[0]
        assert hook["language"] == "system"
        assert (Path(sys.executable).parent / Path(program).name).exists() or (ROOT / program).exists(), program


def test_the_editors_container_uses_the_scripts() -> None:
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert container["onCreateCommand"] == "scripts/build"
    assert container["postAttachCommand"] == "scripts/serve"
    assert (ROOT / ".devcontainer" / container["build"]["dockerfile"]).is_file()


def test_the_form_for_people_without_git_asks_what_a_lesson_needs() -> None:
    form = load(ROOT / ".github" / "ISSUE_TEMPLATE" / "share-a-lesson.yml")
    fields = {field["id"]: field for field in form["body"] if "id" in field}
    assert {"outcome", "happened", "expected", "helped", "next", "sources"} <= set(fields)
    assert not fields["sources"]["validations"]["required"]


@pytest.mark.soak
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
        program = command.removeprefix(SHIELD)
        if program.startswith((AS_USER, AS_TARGET)) or "--publish" in program or "$TAG" in program:
            continue  # needs users, branches or rights that only the service has
        if program.startswith(("scripts/mutate", "scripts/plant-faults", "scripts/remind --send", "scripts/intake")):
            continue  # scheduled: too long for here; or needs an event, or is sent to a forge
        if program.startswith("scripts/test"):  # the whole of it is what runs this test
            command = f"{SHIELD}scripts/test tests/test_ci.py -k pinned"
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
