"""Opens or updates one issue per community from the JSON of `garden due`, on GitHub or GitLab. Standard library alone.

An issue is recognised by its label and by a marker with the community's slug in its text; the label can be given only by
people who look after the repository. An issue of a community with nothing due any more is closed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

LABEL = "garden-due"
MARKER = re.compile(r"<!-- garden-due: ([a-z0-9-]+) -->")
VERSION = 1
PAGE = 100  # issues that are asked for at once
BODY_LIMIT = 60_000  # characters; GitHub takes 65,536
TIMEOUT = 30  # seconds

Send = Callable[[str, str, Mapping[str, str], "dict[str, Any] | None"], Any]
"""(method, address, headers, values) → the answer's values. Raises RefusedError."""


class RefusedError(Exception):
    """The forge, or what was to be sent to it, is not as expected. The text never holds the token."""


@dataclass(frozen=True)
class Issue:
    """An open issue: its number on the forge, title and text."""

    number: int
    title: str
    body: str


class Forge(Protocol):
    """What GitHub and GitLab have in common here."""

    def open_issues(self) -> list[Issue]:
        """The open issues with the label."""

    def create(self, title: str, body: str) -> None: ...

    def update(self, number: int, title: str, body: str) -> None: ...

    def close(self, number: int, body: str) -> None: ...


@dataclass(frozen=True)
class GitHub:
    """The issues of one repository on GitHub. `api`: the address of its interface, `repository`: owner/name."""

    api: str
    repository: str
    token: str
    send: Send

    def open_issues(self) -> list[Issue]:
        issues: list[Issue] = []
        page = 1
        while True:
            batch = self._call("GET", f"issues?state=open&labels={LABEL}&per_page={PAGE}&page={page}")
            issues += [
                Issue(item["number"], item["title"], item["body"] or "") for item in batch if "pull_request" not in item
            ]
            if len(batch) < PAGE:
                return issues
            page += 1

    def create(self, title: str, body: str) -> None:
        self._call("POST", "issues", {"title": title, "body": body, "labels": [LABEL]})

    def update(self, number: int, title: str, body: str) -> None:
        self._call("PATCH", f"issues/{number}", {"title": title, "body": body})

    def close(self, number: int, body: str) -> None:
        self._call("PATCH", f"issues/{number}", {"state": "closed", "body": body})

    def _call(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json"}
        return self.send(method, f"{self.api}/repos/{self.repository}/{path}", headers, values)


@dataclass(frozen=True)
class GitLab:
    """The issues of one project on GitLab. `api`: the address of its interface, `project`: its number or path."""

    api: str
    project: str
    token: str
    send: Send

    def open_issues(self) -> list[Issue]:
        issues: list[Issue] = []
        page = 1
        while True:
            batch = self._call("GET", f"issues?state=opened&labels={LABEL}&per_page={PAGE}&page={page}")
            issues += [Issue(item["iid"], item["title"], item["description"] or "") for item in batch]
            if len(batch) < PAGE:
                return issues
            page += 1

    def create(self, title: str, body: str) -> None:
        self._call("POST", "issues", {"title": title, "description": body, "labels": LABEL})

    def update(self, number: int, title: str, body: str) -> None:
        self._call("PUT", f"issues/{number}", {"title": title, "description": body})

    def close(self, number: int, body: str) -> None:
        self._call("PUT", f"issues/{number}", {"state_event": "close", "description": body})

    def _call(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        address = f"{self.api}/projects/{quote(self.project, safe='')}/{path}"
        return self.send(method, address, {"PRIVATE-TOKEN": self.token}, values)


def remind(document: Mapping[str, Any], forge: Forge, *, dry_run: bool = False) -> list[str]:
    """Open, update and close issues so that each community with something due has one. What was done, one line each.

    Raises RefusedError for a document of another version, before anything is sent.
    """
    if document.get("version") != VERSION:
        raise RefusedError(f"The list is of version {document.get('version')}; this script reads version {VERSION}.")
    open_issues: dict[str, Issue] = {}
    extra: list[Issue] = []
    for issue in sorted(forge.open_issues(), key=lambda issue: issue.number):
        marker = MARKER.search(issue.body)
        if marker and marker[1] in open_issues:
            extra.append(issue)
        elif marker:
            open_issues[marker[1]] = issue
    done: list[str] = []
    for community in document["communities"]:
        title, body = f"Due in {community['title']}", text_of(community)
        present = open_issues.pop(community["slug"], None)
        if present is None:
            done.append(f"open: {title}")
            if not dry_run:
                forge.create(title, body)
        elif (present.title, present.body.strip()) != (title, body.strip()):
            done.append(f"update {present.number}: {title}")
            if not dry_run:
                forge.update(present.number, title, body)
        else:
            done.append(f"unchanged {present.number}: {title}")
    for issue in [*open_issues.values(), *extra]:
        done.append(f"close {issue.number}: {issue.title}")
        if not dry_run:
            forge.close(
                issue.number, f"{issue.body.rstrip()}\n\nNothing of this is due any more ({document['today']}).\n"
            )
    return done


def text_of(community: Mapping[str, Any]) -> str:
    """The text of an issue. The day is left out of it, so that an issue in which nothing changed is not touched."""
    marker = f"<!-- garden-due: {community['slug']} -->"
    if not MARKER.fullmatch(marker):
        raise RefusedError(f"{community['slug']!r} is not the slug of a community.")
    intro = "Actions that are due, and pages past their review. This text is replaced by the next run; discuss below."
    body = community["markdown"]
    if len(body) > BODY_LIMIT:
        body = body[:BODY_LIMIT].rpartition("\n")[0] + "\n\n(cut here: `garden due` lists everything)"
    return f"{marker}\n{intro}\n\n{body.strip()}\n"


def send(method: str, address: str, headers: Mapping[str, str], values: dict[str, Any] | None = None) -> Any:
    """One request over HTTPS."""
    if not address.startswith("https://"):
        raise RefusedError("The forge's interface has no https address.")
    data = None if values is None else json.dumps(values).encode()
    request = urllib.request.Request(address, data, {**headers, "Content-Type": "application/json"}, method=method)  # noqa: S310 (https, see above)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 (https, see above)
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        raise RefusedError(f"{method} was refused with {error.code} {error.reason}.") from None
    except (urllib.error.URLError, TimeoutError, ValueError) as error:
        raise RefusedError(f"{method} gave no answer that can be read ({type(error).__name__}).") from None


def forge_of(environment: Mapping[str, str], sender: Send) -> Forge:
    """The forge whose CI runs this. Raises RefusedError where a variable is missing."""
    if environment.get("GITHUB_ACTIONS"):
        names = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")
        return GitHub(*_values(environment, names), sender)
    names = ("CI_API_V4_URL", "CI_PROJECT_ID", "GARDEN_ISSUES_TOKEN")
    return GitLab(*_values(environment, names), sender)


def _values(environment: Mapping[str, str], names: tuple[str, str, str]) -> tuple[str, str, str]:
    missing = [name for name in names if not environment.get(name)]
    if missing:
        raise RefusedError(
            f"These variables are not set: {', '.join(missing)}. The handbook says where they come from."
        )
    first, second, third = (environment[name] for name in names)
    return first, second, third


def main(arguments: list[str], environment: Mapping[str, str], sender: Send = send) -> int:
    """Exit code: 0 done, 1 refused, 2 wrong use."""
    parser = argparse.ArgumentParser(prog="scripts/remind --send", description=__doc__)
    parser.add_argument("file", type=Path, help="the JSON of garden due")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    options = parser.parse_args(arguments)
    try:
        document = json.loads(options.file.read_text(encoding="utf-8"))
        for line in remind(document, forge_of(environment, sender), dry_run=options.dry_run):
            # On one line, and not as a command to the runner.
            print(" ".join(line.replace("::", ": :").split()))
    except (OSError, ValueError, KeyError, RefusedError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
