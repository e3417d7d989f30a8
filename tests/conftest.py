"""What all tests share: which of them run on this machine, and which stay together on one worker."""

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
CI = os.environ.get("CI") == "true"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(
        None,
        map(shutil.which, ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
    ),
    None,
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that `scripts/test` found."""
    assert CHROMIUM, "Chromium is missing: install the package 'chromium'"
    return CHROMIUM


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked_for_slow = "slow" in config.option.markexpr
    soaks = [item for item in items if item.get_closest_marker("soak")]
    if soaks and "soak" not in config.option.markexpr:
        items[:] = [item for item in items if item not in soaks]
        config.hook.pytest_deselected(items=soaks)
    for item in items:
        room = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
        if room == "browser":
            item.add_marker("browser")
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM and not CI:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: install the package 'chromium'"))
        elif room == "site":  # one worker builds what a file's tests look at
            item.add_marker(pytest.mark.xdist_group(item.path.name))
        if item.get_closest_marker("slow") and not CI and not asked_for_slow:
            item.add_marker(pytest.mark.skip(reason="slow: runs under CI=true or with `-m slow`"))


def _forbid_skipping(report: pytest.TestReport | pytest.CollectReport) -> None:
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"left out under CI=true: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI=true no browser test may be skipped."""
    report = yield
    if item.get_closest_marker("browser"):
        _forbid_skipping(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Nor may a whole file of them be skipped."""
    report = yield
    if collector.path.is_relative_to(TESTS / "browser"):
        _forbid_skipping(report)
    return report
