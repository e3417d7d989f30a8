"""Measures what an edit costs: builds after one change, beside bare MkDocs, and how soon a saved lesson is seen."""

from __future__ import annotations

import datetime
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

REPORT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
SAVES = 10


@dataclass(frozen=True)
class Cost:
    """Processor and wall time in seconds, and peak memory in MiB, of one command."""

    processor: float
    wall: float
    memory: float


def report(
    sizes: list[int], commits: int, repeat: int, make: Callable[[Path, int, int], None], ways: dict[str, str]
) -> None:
    """Measure builds after edits at each number of lessons, with as many commits for each lesson, and write the report.

    `make` makes a garden; `ways`: "bare" and "garden" → their configurations.
    """
    tables, saved = {}, {}
    for size in sizes:
        folder = Path(f".cache/benchmark-{size}").resolve()
        shutil.rmtree(folder, ignore_errors=True)
        number = max(commits * size // sizes[0], 10)
        print(f"Making {size:,} lessons and {number:,} commits…", file=sys.stderr)
        make(folder, size, number)
        for name, text in ways.items():
            text = text.replace("{site}", f"site-{name}").replace("{{", "{").replace("}}", "}")
            (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--config-file"]
        tables[size] = measure(folder, [*command, "bare.yml"], [*command, "garden.yml"], repeat)
        saved[size] = seen(folder, "garden.yml")
        print(f"  saved to seen: {saved[size]:.1f} s", file=sys.stderr)
    write_report(tables, saved, repeat)


def run(command: list[str], folder: Path) -> Cost:
    """Run a command in a process of its own. What it prints goes to a file: a pipe that nobody empties would stop it."""
    start = time.perf_counter()
    with (folder / "benchmark.log").open("wb") as log:
        child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"failed: {' '.join(command)}\n{(folder / 'benchmark.log').read_text()[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def edit(folder: Path, path: str, change: Callable[[str], str]) -> None:
    """Change a file of the garden."""
    file = folder / path
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def a_lesson(folder: Path) -> str:
    """The path of a lesson; the history has moved some."""
    return min((folder / "content" / "lessons").rglob("*.md")).relative_to(folder).as_posix()


def commit(folder: Path) -> None:
    """One commit more, of a lesson's text."""
    edit(folder, a_lesson(folder), lambda text: f"{text}\nThe commit of {time.time_ns()}.\n")
    who = ["-c", "user.name=Person 1", "-c", "user.email=person1@example.org"]
    subprocess.run(["git", *who, "commit", "--quiet", "--all", "-m", "One more"], cwd=folder, check=True)


def edits(folder: Path) -> dict[str, Callable[[], None]]:
    """The changes after which a build is measured, by name."""
    lesson = a_lesson(folder)
    return {
        "nothing changed": lambda: None,
        "one text": lambda: edit(folder, lesson, lambda text: f"{text}\nThe pump was checked at {time.time_ns()}.\n"),
        "one title": lambda: edit(
            folder, lesson, lambda text: re.sub(r"^title: .*$", f"title: Title {time.time_ns()}", text, flags=re.M)
        ),
        "one commit more": lambda: commit(folder),
        "one edit of garden.yml": lambda: edit(
            folder, "content/garden.yml", lambda text: text.replace("title: Haste", f"title: Haste {time.time_ns()}", 1)
        ),
    }


def measure(folder: Path, bare: list[str], ours: list[str], repeat: int) -> dict[str, tuple[Cost, float, float]]:
    """Name → our median cost, and the medians of the ratios of processor and wall time; bare runs beside each."""
    rows: dict[str, tuple[Cost, float, float]] = {}

    def row(name: str, before: Callable[[], None]) -> None:
        pairs = []
        for _ in range(repeat):
            before()
            pairs.append((run(ours, folder), run(bare, folder)))
        middle = sorted((one for one, _ in pairs), key=lambda cost: cost.processor)[len(pairs) // 2]
        processor = statistics.median(one.processor / other.processor for one, other in pairs)
        rows[name] = (middle, processor, statistics.median(one.wall / other.wall for one, other in pairs))
        print(f"  {name}: {processor:.2f} of bare in processor time", file=sys.stderr)

    row("cold", lambda: forget(folder))
    run(ours, folder)  # the first build that reuses pages also records what they are made from
    for name, change in edits(folder).items():
        row(name, change)
    checking = [sys.executable, "-c", "from knowledge_garden.cli import main; main()", "check", "--format", "json", "."]
    run(checking, folder)  # the first reads the files with the Markdown extensions of a check
    own, other = run(checking, folder), run(bare, folder)
    rows["garden check, nothing changed"] = (own, own.processor / other.processor, own.wall / other.wall)
    return rows


def forget(folder: Path) -> None:
    """Remove what earlier builds kept."""
    subprocess.run(["rm", "-rf", ".git/knowledge-garden", "site-garden", "site-bare"], cwd=folder, check=True)


def seen(folder: Path, configuration: str) -> float:
    """Median seconds from saving a lesson to the new text in what the preview serves, of ten saves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "--quiet", "serve", "-f", configuration, "-a", address]
    with (folder / "benchmark.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    lesson = a_lesson(folder)
    url = f"http://{address}/{lesson.removeprefix('content/').removesuffix('.md')}/"
    try:
        _wait(url, "<article", server)
        times = []
        for number in range(SAVES + 1):
            time.sleep(1)
            mark = f"Save {number} {time.time_ns()}"
            edit(folder, lesson, lambda text, mark=mark: f"{text}\n{mark}\n")  # type: ignore[misc]
            start = time.perf_counter()
            _wait(url, mark, server)
            times.append(time.perf_counter() - start)
        return statistics.median(times[1:])  # the first also records what pages are made from
    finally:
        server.terminate()
        server.wait()


def _wait(url: str, text: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(6000):
        if server.poll() is not None:
            raise SystemExit("The preview stopped; benchmark.log says why.")
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 (our own preview)
                if text in answer.read().decode():
                    return
        except OSError:
            pass  # not there yet
        time.sleep(0.02)
    raise SystemExit(f"{url} never showed {text}.")


def write_report(tables: dict[int, dict[str, tuple[Cost, float, float]]], saved: dict[int, float], repeat: int) -> None:
    """Write docs/benchmarks.md: machine, versions, and a table of ratios."""
    sizes = list(tables)
    names = list(tables[sizes[0]])
    lines = [
        "# Benchmarks",
        "",
        "Written by `scripts/benchmark --edits LESSONS`. Ratios to bare MkDocs with Material on the same lessons, in pairs within one run;",
        f"medians of {repeat}. Read the ratios, not the seconds: they depend on the machine and on what else runs there.",
        "",
        (
            f"{datetime.datetime.now(datetime.UTC):%d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}, MkDocs {version('mkdocs')}, Material {version('mkdocs-material')}."
        ),
        "",
        "| processor time (wall time), of bare | " + " | ".join(f"{size:,} lessons" for size in sizes) + " |",
        "| --- |" + " --- |" * len(sizes),
    ]
    for name in names:
        cells = (f"{tables[size][name][1]:.2f} ({tables[size][name][2]:.2f})" for size in sizes)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    memory = (f"{tables[size]['cold'][0].memory:.0f} MiB" for size in sizes)
    lines.append("| memory, cold | " + " | ".join(memory) + " |")
    seconds = (f"{saved[size]:.1f} s" if size in saved else "" for size in sizes)
    lines.append(f"| from saving a lesson to seeing it (median of {SAVES}) | " + " | ".join(seconds) + " |")
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
