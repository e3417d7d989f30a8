"""axe, with all of its rules, finds nothing on any kind of page."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from browser.watching import NARROW, TABLET, WIDE, Contexts, Site

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# The rules that axe leaves out by default are run too, but for AAA and experimental ones.
RUN = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
}).then(({violations, passes}) => ({
  rules: passes.length,
  found: violations.map(({id, nodes}) => `${id}: ${nodes.map(({target}) => target.join(" ")).join(", ")}`),
}))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, TABLET, WIDE])
def test_axe_finds_nothing(contexts: Contexts, site: Site, width: int, scheme: str) -> None:
    page = contexts.page(width, scheme)
    page.add_init_script(AXE)
    kinds = {kind: site.kinds[kind] for kind in ["home", "needs"]} if width == TABLET else site.kinds
    complaints = []
    for kind, path in kinds.items():
        page.goto(path)
        result = page.evaluate(RUN)
        assert result["rules"] > 10, kind
        complaints += [f"{kind}: {line}" for line in result["found"]]
        if width == TABLET:
            page.get_by_role("button", name="Menu").click()
            complaints += [f"{kind}, menu open: {line}" for line in page.evaluate(RUN)["found"]]
    assert complaints == []
