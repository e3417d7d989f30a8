"""From a labelled issue to a pull request with a lesson, and back to its teller when it is published or used.

Whoever asked not to be shown is in nothing that this writes: no trailer, no address of the issue, no later answer.
"""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter

from knowledge_garden import load_garden
from knowledge_garden.cli.debrief import lesson_of
from knowledge_garden.model.addresses import make_slug
from knowledge_garden.model.debrief import SHOWN
from knowledge_garden.reading.debrief import read_answers
from knowledge_garden.reading.frontmatter import split_document

ROOT = Path(__file__).resolve().parents[1]
CONTENT = "content"
TRAILER = "Told-in"
_BOT = ("-c", "user.name=github-actions[bot]", "-c", "user.email=41898282+github-actions[bot]@users.noreply.github.com")

Run = Callable[..., str]
"""Runs a command: its arguments, and `stdin`; returns its output."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A lesson made of an issue. `comment` is for the issue; `named`: whether the two may be linked to each other."""

    path: str
    text: str
    branch: str
    title: str
    message: str
    body: str
    named: bool


def proposal(event: dict[str, Any], root: Path, today: datetime.date) -> Proposal:
    """The lesson that the issue of an event tells. Raises SystemExit for an event that is of no issue."""
    issue = event.get("issue")
    if not isinstance(issue, dict):
        raise SystemExit("This event is not about an issue.")
    loaded = load_garden(root / CONTENT, today=today, with_history=False)
    answers = read_answers(str(issue.get("body") or ""), loaded.language)
    title = re.sub(r"^\s*lesson\s*:\s*", "", str(issue.get("title") or ""), flags=re.IGNORECASE)
    answers.setdefault("title", title)
    draft = lesson_of(answers, loaded.garden, loaded.language)
    named = not draft.fields.get("anonymous")
    taken = set(loaded.garden.lessons)
    slug = make_slug(draft.fields["title"]) or f"lesson-{today}"
    slug = next(name for name in _names(slug) if name not in taken)
    post = frontmatter.Post(f"{draft.body}\n", **draft.fields)
    text = frontmatter.dumps(post, sort_keys=False, allow_unicode=True, width=100).rstrip("\n") + "\n"
    shown_title = f"Lesson: {draft.fields['title'] or slug}"
    return Proposal(
        path=f"{CONTENT}/lessons/{draft.year}/{slug}.md",
        text=text,
        branch=f"lesson/{slug}",
        title=shown_title,
        message="\n".join([shown_title, "", *_trailers(issue, answers, named)]).rstrip() + "\n",
        body=_body(issue, named),
        named=named,
    )


def _names(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


def _trailers(issue: dict[str, Any], answers: dict[str, str], named: bool) -> Iterator[str]:
    """Evidence of who told it, as they chose: their account only where they want to be shown by name."""
    if not named:
        return
    yield f"{TRAILER}: #{int(issue['number'])}"
    user = issue.get("user") or {}
    login, number = str(user.get("login") or ""), user.get("id")
    by_name = answers.get("shown", "").casefold().startswith(SHOWN["name"].casefold())
    if by_name and re.fullmatch(r"[A-Za-z0-9-]+", login) and isinstance(number, int):
        yield f"Co-authored-by: {login} <{number}+{login}@users.noreply.github.com>"


def _body(issue: dict[str, Any], named: bool) -> str:
    origin = f"It was told in #{int(issue['number'])}." if named else "It was told without a name."
    return (
        f"A lesson, made of the answers to the seven questions. {origin}\n\n"
        "Before it is merged: the check names what is still missing. Fill it in with the teller, "
        "take out what would tell who somebody is, and choose communities and causes.\n"
    )


def open_request(event: dict[str, Any], root: Path, run: Run, today: datetime.date) -> None:
    """Write the lesson, push it on a branch, open the pull request, and answer on the issue."""
    made = proposal(event, root, today)
    issue = str(int(event["issue"]["number"]))
    target = root / made.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(made.text, encoding="utf-8", newline="\n")
    run("git", "switch", "--create", made.branch)
    run("git", "add", "--", made.path)
    run("git", *_BOT, "commit", "--file", "-", stdin=made.message)
    run("gh", "auth", "setup-git")
    run("git", "push", "origin", f"HEAD:refs/heads/{made.branch}")
    run("gh", "pr", "create", "--head", made.branch, "--title", made.title, "--body-file", "-", stdin=made.body)
    if made.named:
        answer = "Thank you. Your lesson is proposed as a page now; you will hear here when it is published, and when somebody uses it."
    else:
        answer = (
            "Thank you. Your lesson is proposed as a page without your name, and nothing on it leads here. This issue "
            "still shows your account: ask a steward to delete it if you wish. There will be no further answer here."
        )
    run("gh", "issue", "comment", issue, "--body-file", "-", stdin=answer)


def news(event: dict[str, Any], run: Run, site: str) -> dict[int, list[str]]:
    """Number of an issue → what is new of its lesson after a push: published, or used once more."""
    before, after = str(event.get("before", "")), str(event.get("after", ""))
    if not all(re.fullmatch("[0-9a-f]{40,64}", name) for name in (before, after)) or not before.strip("0"):
        return {}
    changed = run("git", "diff", "--name-only", "-z", before, after, "--", f"{CONTENT}/lessons").split("\0")
    issues = _issues(run, after)
    told: dict[int, list[str]] = {}
    for path in filter(None, changed):
        new = _uses(run, after, path)
        if path not in issues or new is None:
            continue
        old, slug = _uses(run, before, path), Path(path).stem
        address = f"{site}{path.removeprefix(f'{CONTENT}/').removesuffix('.md')}/"
        if old is None:
            told.setdefault(issues[path], []).append(f"Your lesson is published: {address}")
        for use in (new or [])[len(old or []) :]:
            told.setdefault(issues[path], []).append(f"Your lesson was used{use}: {address} ({slug})")
    return told


def _issues(run: Run, revision: str) -> dict[str, int]:
    """Path of a lesson → number of the issue in which it was told."""
    form = f"%x01%(trailers:key={TRAILER},valueonly,separator=%x20)"
    log = run("git", "log", f"--format={form}", "--name-only", "--diff-filter=A", revision, "--", f"{CONTENT}/lessons")
    issues: dict[str, int] = {}
    for entry in log.split("\x01")[1:]:
        trailer, *paths = [line for line in entry.split("\n") if line] or [""]
        match = re.fullmatch(r"#(\d{1,9})", trailer.strip())
        issues |= {path: int(match[1]) for path in paths} if match else {}
    return issues


def _uses(run: Run, revision: str, path: str) -> list[str] | None:
    """What each `applied` entry says of its date; None where the lesson is not there."""
    if not run("git", "ls-tree", revision, "--", path).strip():
        return None
    values = split_document(run("git", "show", f"{revision}:{path}"), path).values
    applied = values.data.get("applied") if values and isinstance(values.data, dict) else None
    uses = [use for use in applied if isinstance(use, dict)] if isinstance(applied, list) else []
    return [f" ({use['date']})" if use.get("date") else "" for use in uses]


def answer(event: dict[str, Any], run: Run, site: str) -> None:
    """Tell each issue what is new of its lesson."""
    for issue, lines in news(event, run, site).items():
        run("gh", "issue", "comment", str(issue), "--body-file", "-", stdin="\n\n".join(lines) + "\n")


def run_in(root: Path) -> Run:
    """Runs commands in a folder; ends the script with their message where one fails."""

    def run(*command: str, stdin: str | None = None) -> str:
        done = subprocess.run(command, cwd=root, input=stdin, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command[:3])} failed: {done.stderr.strip()}")
        return done.stdout

    return run


def main() -> None:
    """Read the event that CI names, and do what is asked."""
    parser = argparse.ArgumentParser(prog="scripts/intake")
    parser.add_argument("act", choices=["open", "answer"])
    parser.add_argument("event", nargs="?", default=os.environ.get("GITHUB_EVENT_PATH"), help="the event's JSON")
    parser.add_argument("--dry-run", action="store_true", help="show the lesson, and do nothing")
    asked = parser.parse_intermixed_args()
    if not asked.event:
        raise SystemExit("Name the file of an event, or set GITHUB_EVENT_PATH.")
    event = json.loads(Path(asked.event).read_text(encoding="utf-8"))
    today = datetime.datetime.now(tz=datetime.UTC).date()
    owner, _, name = os.environ.get("GITHUB_REPOSITORY", "").partition("/")
    site = os.environ.get("GARDEN_SITE_URL") or (f"https://{owner}.github.io/{name}/" if name else "")
    if asked.dry_run:
        made = proposal(event, ROOT, today)
        sys.stdout.write(f"{made.path}\n{made.branch}\n\n{made.message}\n{made.body}\n{made.text}")
    elif asked.act == "open":
        open_request(event, ROOT, run_in(ROOT), today)
    else:
        answer(event, run_in(ROOT), f"{site.rstrip('/')}/")


if __name__ == "__main__":
    main()
