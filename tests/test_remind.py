"""scripts/remind: issues are opened, updated and closed on a forge that is only imitated here; nothing goes out."""

import importlib.util
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_API_URL": "https://api.github.example",
    "GITHUB_REPOSITORY": "owner/garden",
    "GITHUB_TOKEN": "secret-of-github",
}
GITLAB = {
    "CI_API_V4_URL": "https://gitlab.example/api/v4",
    "CI_PROJECT_ID": "group/garden",
    "GARDEN_ISSUES_TOKEN": "secret-of-gitlab",
}


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("remind", ROOT / "scripts" / "remind.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["remind"] = module
    spec.loader.exec_module(module)
    return module


remind = load()


@dataclass
class Service:
    """Imitates the issues of GitHub, or of GitLab where `gitlab`, in pages of a hundred."""

    issues: list[dict[str, Any]] = field(default_factory=list)
    gitlab: bool = False
    calls: list[tuple[str, str]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def __call__(
        self, method: str, address: str, headers: Mapping[str, str], values: dict[str, Any] | None = None
    ) -> Any:
        base = (
            "https://gitlab.example/api/v4/projects/group%2Fgarden/"
            if self.gitlab
            else ("https://api.github.example/repos/owner/garden/")
        )
        assert address.startswith(base)
        path = address.removeprefix(base)
        self.calls.append((method, path))
        self.headers.append(headers)
        if method == "GET":
            state = "opened" if self.gitlab else "open"
            assert path.startswith(f"issues?state={state}&labels=garden-due&per_page=100&page=")
            page = int(path.rpartition("=")[2])
            shown = [issue for issue in self.issues if issue["state"] == "open"]
            return shown[(page - 1) * 100 : page * 100]
        assert values is not None
        body = "description" if self.gitlab else "body"
        if method == "POST":
            assert values["labels"] == ("garden-due" if self.gitlab else ["garden-due"])
            self.add(values["title"], values[body])
        else:
            issue = next(issue for issue in self.issues if str(issue["number"]) == path.removeprefix("issues/"))
            issue |= {key: value for key, value in values.items() if key in ("title", body)}
            if values.get("state") == "closed" or values.get("state_event") == "close":
                issue["state"] = "closed"
        return {}

    def add(self, title: str, body: str, **more: Any) -> None:
        number = len(self.issues) + 1
        issue = {"number": number, "iid": number, "title": title, "state": "open", **more}
        self.issues.append(issue | {"description" if self.gitlab else "body": body})

    def open(self) -> dict[str, str]:
        body = "description" if self.gitlab else "body"
        return {issue["title"]: issue[body] for issue in self.issues if issue["state"] == "open"}


def document(*communities: tuple[str, str], version: int = 1) -> dict[str, Any]:
    return {
        "version": version,
        "today": "2026-06-01",
        "within": 30,
        "communities": [
            {"slug": slug, "title": slug.title(), "items": [], "markdown": markdown} for slug, markdown in communities
        ],
    }


def run(tmp_path: Path, listed: dict[str, Any], service: Service, *options: str, **environment: str) -> int:
    file = tmp_path / "due.json"
    file.write_text(json.dumps(listed))
    status: int = remind.main([str(file), *options], (GITLAB if service.gitlab else GITHUB) | environment, service)
    return status


@pytest.mark.parametrize("gitlab", [False, True], ids=["github", "gitlab"])
def test_an_issue_is_opened_updated_left_alone_and_closed(
    gitlab: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service = Service(gitlab=gitlab)
    assert run(tmp_path, document(("yard", "- a"), ("quay", "- b")), service) == 0
    assert set(service.open()) == {"Due in Yard", "Due in Quay"}
    assert service.open()["Due in Yard"].startswith("<!-- garden-due: yard -->\n")
    assert service.open()["Due in Yard"].endswith("\n- a\n")
    service.calls.clear()
    assert run(tmp_path, document(("yard", "- a"), ("quay", "- c")), service) == 0
    assert [method for method, _ in service.calls] == ["GET", "PUT" if gitlab else "PATCH"]
    assert "- c" in service.open()["Due in Quay"]
    assert len(service.issues) == 2
    assert run(tmp_path, document(("quay", "- c")), service) == 0
    assert set(service.open()) == {"Due in Quay"}
    said = capsys.readouterr()
    assert "close 1: Due in Yard" in said.out
    assert "secret-of" not in said.out + said.err
    name, token = ("PRIVATE-TOKEN", "secret-of-gitlab") if gitlab else ("Authorization", "Bearer secret-of-github")
    assert all(headers[name] == token for headers in service.headers)


def test_a_dry_run_only_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    service = Service()
    service.add("Due in Old", "<!-- garden-due: old -->")
    assert run(tmp_path, document(("yard", "- a")), service, "--dry-run") == 0
    assert [method for method, _ in service.calls] == ["GET"]
    assert capsys.readouterr().out.splitlines() == ["open: Due in Yard", "close 1: Due in Old"]


def test_issues_beyond_the_first_page_and_doubles_are_seen_and_pull_requests_are_not(tmp_path: Path) -> None:
    service = Service()
    for number in range(100):
        service.add(f"Something else {number}", "no marker")
    service.add("A change", "<!-- garden-due: yard -->", pull_request={})
    service.add("Due in Yard", "<!-- garden-due: yard -->")
    service.add("Due in Yard", "<!-- garden-due: yard --> again")
    assert run(tmp_path, document(("yard", "- a")), service) == 0
    states = {issue["number"]: issue["state"] for issue in service.issues if "due: yard" in issue["body"]}
    assert states == {101: "open", 102: "open", 103: "closed"}
    assert len(service.open()) == 102, "nothing was opened, and what has no marker is left alone"


def test_a_long_list_is_cut_at_a_line(tmp_path: Path) -> None:
    service = Service()
    assert run(tmp_path, document(("yard", "- " + "x" * 90 + "\n" + "- y\n" * 20_000)), service) == 0
    (body,) = service.open().values()
    assert len(body) < 61_000
    assert body.rstrip().endswith("(cut here: `garden due` lists everything)")


@pytest.mark.parametrize(
    ("listed", "environment", "said"),
    [
        (document(version=2), {}, "reads version 1"),
        (document(("../x", "- a")), {}, "is not the slug of a community"),
        (document(), {"GITHUB_TOKEN": ""}, "GITHUB_TOKEN"),
    ],
)
def test_what_is_not_as_expected_is_refused(
    listed: dict[str, Any],
    environment: dict[str, str],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    service = Service()
    assert run(tmp_path, listed, service, **environment) == 1
    assert said in capsys.readouterr().err
    assert not [call for call in service.calls if call[0] != "GET"]


def test_a_refusal_of_the_forge_is_said_without_the_token(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Refusing(Service):
        def __call__(self, *arguments: Any) -> Any:
            raise remind.RefusedError("GET was refused with 403 Forbidden.")

    assert run(tmp_path, document(), Refusing()) == 1
    said = capsys.readouterr().err
    assert "403" in said
    assert "secret-of" not in said


def test_nothing_is_sent_without_encryption() -> None:
    with pytest.raises(remind.RefusedError, match="https"):
        remind.send("GET", "http://forge.example/", {})


def test_a_title_commands_no_runner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = document(("yard", "- a"))
    listed["communities"][0]["title"] = "Yard\n::error::x"
    assert run(tmp_path, listed, Service()) == 0
    assert all(not line.lstrip().startswith("::") for line in capsys.readouterr().out.splitlines())
