"""Times a made-up garden with bare MkDocs, with our plugins and with peers, side by side in one run.

Every figure is the best of `--repeat` runs of a process of its own. Machines are noisy: read the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rebuilds

from knowledge_garden.model.lesson import HEADINGS

WORDS = [
    "pump", "valve", "review", "change", "team", "signal", "night", "shift", "patient",
    "record", "ledger", "bridge", "load", "sensor", "alarm", "report", "water", "training",
    "release", "backup", "clinic", "field", "office", "client", "supplier", "question", "answer",
    "check", "schedule", "message", "weather",
]  # fmt: skip
CAUSES = ("haste", "silence", "seam", "untested")
COMMUNITIES = ("operations", "care", "field", "software")
PEOPLE = [(f"Person {number}", f"person{number}@example.org") for number in range(40)]
BASE = """\
site_name: Benchmark
docs_dir: content
site_dir: {site}
theme: {{name: material, font: false}}
not_in_nav: "*"
nav: [index.md]
validation: {{omitted_files: ignore, unrecognized_links: ignore}}
plugins:
  - search
"""
# Bare MkDocs builds Material's search; the garden has its own.
GARDEN_BASE = BASE.replace("  - search\n", "")
GARDEN = "  - garden: {{{options}}}\n  - garden-links\n  - garden-failures\n  - garden-credits\n"


@dataclass
class Run:
    """The best wall and processor time in seconds, and the peak memory in MiB, of one way to build."""

    seconds: float
    processor: float
    memory: float


def lesson(random_: random.Random, number: int, total: int, edition: int = 0) -> str:
    """A lesson of about 300 words with two links."""
    others = [f"lesson-{random_.randrange(total)}" for _ in range(2)]
    paragraphs = []
    for position, heading in enumerate(HEADINGS):
        words = [random_.choice(WORDS) for _ in range(48)]
        if position < 2:
            words[20] = f"[[{others[position]}|{words[20]}]]"
        paragraphs.append(f"## {heading}\n\n{' '.join(words).capitalize()}.\n")
    outcome = random_.choice(("success", "failure", "mixed", "near-miss"))
    return (
        f"---\ntitle: Lesson {number}\nsummary: What happened in lesson {number}, and what it taught.\n"
        f"outcome: {outcome}\ncommunities: [{random_.choice(COMMUNITIES)}]\ncauses: [{random_.choice(CAUSES)}]\n"
        f"date: {2000 + number % 25}\nsources: [One report, Another report]\n---\n\n"
        + "\n".join(paragraphs)
        + f"\nEdition {edition}.\n"
    )


def history(lessons: int, commits: int, random_: random.Random) -> Iterator[bytes]:
    """A stream for git fast-import: every lesson is added, then edited, some renamed, some with co-authors."""
    paths = [f"content/lessons/{2000 + number % 25}/lesson-{number}.md" for number in range(lessons)]
    causes = "".join(f"  {cause}: {{title: {cause.capitalize()}}}\n" for cause in CAUSES)
    files = {"content/garden.yml": f"causes:\n{causes}", "content/index.md": "# Benchmark\n"}
    files["content/people/person-0.md"] = "---\nname: Person 0\n---\n"
    for name in COMMUNITIES:
        files[f"content/communities/{name}.md"] = (
            f"---\ntitle: {name.capitalize()}\npurpose: To learn.\nsponsor: person-0\nleads: [person-0]\n---\n"
        )
    per_commit = max(1, -(-lessons // max(1, commits // 2)))
    written = 0
    for commit in range(commits):
        changes: list[bytes] = []
        if commit == 0:
            changes += [_file(path, text) for path, text in files.items()]
        if written < lessons:
            for number in range(written, min(written + per_commit, lessons)):
                changes.append(_file(paths[number], lesson(random_, number, lessons)))
            written = min(written + per_commit, lessons)
        elif commit % 25 == 0:
            number = random_.randrange(lessons)
            new = paths[number].replace("lessons/2", "lessons/3") if "/lessons/2" in paths[number] else paths[number]
            if new != paths[number]:
                changes.append(f"R {paths[number]} {new}\n".encode())
                paths[number] = new
        else:
            number = random_.randrange(lessons)
            changes.append(_file(paths[number], lesson(random.Random(number), number, lessons, commit)))
        name, address = random_.choice(PEOPLE)
        message = f"Change {commit}\n"
        if commit % 5 == 0:
            other, its = random_.choice(PEOPLE)
            message += f"\nCo-authored-by: {other} <{its}>\n"
        when = 1_600_000_000 + commit * 3600
        yield (
            f"commit refs/heads/main\nmark :{commit + 1}\nauthor {name} <{address}> {when} +0000\n"
            f"committer {name} <{address}> {when} +0000\ndata {len(message.encode())}\n{message}"
        ).encode()
        yield from changes
        yield b"\n"


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def make(folder: Path, lessons: int, commits: int) -> None:
    """A repository of a garden, checked out."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    stream = b"".join(history(lessons, commits, random.Random(1)))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=stream, check=True)
    subprocess.run(["git", "reset", "--quiet", "--hard", "main"], cwd=folder, check=True)


def best(command: list[str], folder: Path, repeat: int) -> Run:
    """The best of some runs, each in a process of its own."""
    times: list[float] = []
    processor: list[float] = []
    memory = 0.0
    for _ in range(repeat):
        start = time.perf_counter()
        # What a command says goes to a file: a pipe that nobody empties would stop it.
        with (folder / "benchmark.log").open("wb") as log:
            child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=log)
            _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        times.append(time.perf_counter() - start)
        if status:
            raise SystemExit(f"failed: {' '.join(command)}\n{(folder / 'benchmark.log').read_text()[-2000:]}")
        processor.append(usage.ru_utime + usage.ru_stime)
        memory = max(memory, usage.ru_maxrss / 1024)
    return Run(min(times), min(processor), memory)


def main() -> None:
    """Make the garden, time each way to build it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=3000)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each quick measurement (peers run once)")
    parser.add_argument("--no-peers", action="store_true", help="leave the slow peers out")
    parser.add_argument("--starter", action="store_true", help="build this repository's own content instead")
    parser.add_argument("--keep", type=Path, help="folder to make the garden in and keep")
    parser.add_argument("--edits", type=int, nargs="+", metavar="LESSONS", help="measure builds after edits instead")
    options = parser.parse_args()
    if options.edits:
        own = BASE.replace("  - search\n", "") + GARDEN.format(options="")
        rebuilds.report(options.edits, options.commits, options.repeat, make, {"bare": BASE, "garden": own})
        return
    folder = options.keep or Path(".cache/benchmark").resolve()
    if options.keep and folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty. Name a new folder.")
    shutil.rmtree(folder, ignore_errors=True)
    if options.starter:
        print("Cloning this repository…", file=sys.stderr)
        subprocess.run(["git", "clone", "--quiet", "--no-local", ".", str(folder)], check=True)
    else:
        print(f"Making {options.lessons:,} lessons and {options.commits:,} commits…", file=sys.stderr)
        make(folder, options.lessons, options.commits)
    ways = {
        "bare": BASE,
        "garden without history": GARDEN_BASE + GARDEN.format(options="history: false, cache: ''"),
        "garden": GARDEN_BASE + GARDEN.format(options="history: true, cache: ''"),
        "garden, history cached": GARDEN_BASE + GARDEN.format(options="cache: .cache"),
    }
    if not options.no_peers:
        ways["git-revision-date-localized"] = BASE + "  - git-revision-date-localized\n"
        ways["git-authors"] = BASE + "  - git-authors\n"
    if options.starter:
        own = (folder / "mkdocs.yml").read_text()
        plugins = own[own.index("plugins:") : own.index("markdown_extensions:")]
        ways = {name: own.replace(plugins, text[text.index("plugins:") :] + "\n") for name, text in ways.items()}
    runs: dict[str, Run] = {}
    for name, text in ways.items():
        print(f"  {name}…", file=sys.stderr)
        configuration = folder / f"{name.replace(' ', '-').replace(',', '')}.yml"
        configuration.write_text(text.replace("{site}", "site").replace("{{", "{").replace("}}", "}"))
        repeat = 1 if name.startswith("git-") else options.repeat
        command = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--config-file", str(configuration)]
        runs[name] = best(command, folder, repeat)
    raw = best(["git", "log", "--raw", "-M", "-z"], folder, max(options.repeat, 3))
    reading = (
        "import sys, datetime; from pathlib import Path; from knowledge_garden.history import read_history; "
        "from knowledge_garden.model.contributions import CreditRules; import time; start = time.perf_counter(); "
        "read_history(Path('.'), today=datetime.date(2026, 1, 1), rules=CreditRules(), paths=['content/**/*.md']); "
        "sys.stderr.write(str(time.perf_counter() - start))"
    )
    ledger = [float(read_once(["-c", reading], folder)[1]) for _ in range(max(options.repeat, 3))]
    searches = [
        json.loads(read_once(["scripts/benchmark_search.py", str(folder / "content")], Path.cwd())[0])
        for _ in range(options.repeat)
    ]
    report(runs, raw, min(ledger))
    report_search(runs["bare"], min(searches, key=lambda search: sum(search["seconds"].values())))


def read_once(arguments: list[str], folder: Path) -> tuple[str, str]:
    """What a run of Python prints and says, in a process of its own."""
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def report(runs: dict[str, Run], raw: Run, ledger: float) -> None:
    """Print the table and the ratios."""
    bare = runs["bare"]
    print(f"\n{'way':30}{'seconds':>9}{'of bare':>9}{'processor':>11}{'of bare':>9}{'MiB':>7}")
    for name, run in runs.items():
        wall, processor = run.seconds / bare.seconds, run.processor / bare.processor
        print(f"{name:30}{run.seconds:>9.2f}{wall:>9.2f}{run.processor:>11.2f}{processor:>9.2f}{run.memory:>7.0f}")
    print(f"\n{'git log --raw -M -z':30}{raw.seconds:>9.2f}")
    print(f"{'reading the history':30}{ledger:>9.2f}   {ledger / raw.seconds:.2f} times the plain log")
    credit = runs["garden"].processor - runs["garden without history"].processor
    print(f"{'credit adds to a build':30}{credit:>9.2f}   processor seconds")
    if "git-authors" in runs:
        peer = runs["git-authors"].processor - bare.processor
        print(f"{'git-authors adds':30}{peer:>9.2f}   credit adds 1/{peer / max(credit, 0.001):.0f} of it")


def report_search(bare: Run, search: dict[str, Any]) -> None:
    """Print the search's part of a build, beside bare MkDocs for the same pages."""
    total = sum(search["seconds"].values())
    print(
        f"\n{'search adds to a build':30}{total:>9.2f}   processor seconds, {100 * total / bare.processor:.1f} % of bare"
    )
    for step, seconds in search["seconds"].items():
        print(f"  {step:28}{seconds:>9.2f}")
    print(f"{'memory of the search':30}{search['memory']:>9.0f}   MiB")


if __name__ == "__main__":
    main()
