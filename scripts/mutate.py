"""Runs mutmut on a random sample of mutants, in a copy of the repository; prints the score and the survivors."""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "knowledge_garden"
PACKAGES = ["model", "indexes", "reading"]
TESTS = ["tests/unit", "tests/cases", "tests/credit", "tests/cli"]
SECONDS = (
    10.0  # of tests for a mutant: most functions are reached by a thousand tests, of which few say anything of them
)
MEMORY = 3_000_000_000  # bytes; a mutant may make an endless list
# What mutmut's exit codes mean; a mutant that makes a test hang or crash was noticed too.
NOTICED: dict[int | None, str] = {1: "caught", 3: "caught", -11: "crashed", -9: "crashed"}
NOTICED |= dict.fromkeys([36, -24, 24, 152, 255], "timed out")
MISSED: dict[int | None, str] = {0: "survived", 5: "no test reaches it", 33: "no test reaches it"}


def lay_out(work: Path, packages: list[str], tests: list[str]) -> None:
    """Copy what the tests need. mutmut knows a source root by the name `src`, so `plugins` is called that there."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(ROOT / "plugins", work / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ["tests", "content", "scripts"]:
        shutil.copytree(ROOT / name, work / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ["mkdocs.yml", "README.md"]:
        shutil.copy(ROOT / name, work)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/{PACKAGE}/{name}/*" for name in packages],
        "also_copy": ["content", "scripts", "mkdocs.yml", "README.md"],
        "pytest_add_cli_args": ["-p", "no:randomly", "-W", "default"],
        "pytest_add_cli_args_test_selection": tests,
        "use_git_change_detection": False,
        "timeout_constant": 5.0,
        "timeout_multiplier": 3.0,
    }
    text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (work / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{text}", encoding="utf-8")


def python(work: Path, *arguments: str) -> int:
    """Run Python in the copy, with the copy's package; its exit code."""
    environment = os.environ | {"PYTHONPATH": "src"}
    return subprocess.run([sys.executable, *arguments], cwd=work, env=environment, check=False).returncode


def choose_tests(work: Path, seconds: float) -> None:
    """Keep of the tests that reach a function those that reach the fewest functions, for so many seconds.

    A test that is left out could have noticed a mutant, never the other way round: the score can only be too low.
    """
    path = work / "mutants" / "mutmut-stats.json"
    stats = json.loads(path.read_text(encoding="utf-8"))
    by_function: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
    reach = Counter(test for tests in by_function.values() for test in tests)
    for function, tests in by_function.items():
        chosen: list[str] = []
        left = seconds
        for test in sorted(tests, key=lambda test: (reach[test], test)):
            left -= stats["duration_by_test"].get(test, 0)
            if chosen and left < 0:
                break
            chosen.append(test)
        by_function[function] = chosen
    path.write_text(json.dumps(stats), encoding="utf-8")


def results(work: Path) -> dict[str, int | None]:
    """Mutant → exit code of its tests, None where it has not been tried."""
    codes: dict[str, int | None] = {}
    for path in sorted((work / "mutants").rglob("*.meta")):
        codes |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return codes


def report(codes: dict[str, int | None], sample: list[str], work: Path) -> float:
    """Print survivors with their changes, then the figures; the score in per cent."""
    verdicts = {name: (NOTICED | MISSED).get(codes[name], f"no clear result ({codes[name]})") for name in sample}
    missed = [name for name in sample if verdicts[name] not in NOTICED.values()]
    for name in missed:
        print(f"\n{name}: {verdicts[name]}", flush=True)
        python(work, "-m", "mutmut", "show", name)
    counts = Counter(verdicts.values())
    score = 100 * (len(sample) - len(missed)) / len(sample)
    print(f"\n{len(sample)} of {len(codes)} mutants: " + ", ".join(f"{n} {what}" for what, n in counts.most_common()))
    print(f"Score: {score:.1f} %")
    return score


def main() -> int:
    """Draw a sample, try it and report; 1 where the score is below the minimum."""
    parser = argparse.ArgumentParser(prog="scripts/mutate", description=__doc__)
    parser.add_argument("--sample", type=int, default=400, help="how many mutants (400)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same mutants of the same code (0)")
    parser.add_argument("--packages", nargs="+", default=PACKAGES, help="packages whose code is changed")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="tests that shall notice")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"of tests for a mutant ({SECONDS:g})")
    parser.add_argument("--minimum", type=float, default=0, help="a lower score in per cent ends with exit code 1")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="mutants tried at a time")
    asked = parser.parse_args()

    work = ROOT / ".cache" / "mutate"
    lay_out(work, asked.packages, asked.tests)
    make = "import sys; from mutmut.__main__ import create_mutants; create_mutants(int(sys.argv[1]))"
    if python(work, "-c", make, str(asked.jobs)):
        raise SystemExit("mutmut could not make mutants; the lines above say why.")
    names = sorted(results(work))
    if not names:
        raise SystemExit(f"There is nothing to change in {', '.join(asked.packages)}.")
    sample = sorted(random.Random(asked.seed).sample(names, min(asked.sample, len(names))))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for part in (sample[:1], sample):  # the first run also finds out which tests reach which functions
        if python(work, "-m", "mutmut", "run", "--max-children", str(asked.jobs), *part):
            raise SystemExit("mutmut could not run the tests; the lines above say why.")
        if part is not sample:
            choose_tests(work, asked.seconds)
    return int(report(results(work), sample, work) < asked.minimum)


if __name__ == "__main__":
    raise SystemExit(main())
