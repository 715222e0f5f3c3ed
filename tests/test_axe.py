"""axe-core on every page: WCAG 2.2 A and AA and best practice, wide and narrow, light and dark, the theme included."""

import json
from pathlib import Path

import browsing

AXE = Path(__file__).with_name("vendor") / "axe" / "axe.min.js"
OPTIONS = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
READ = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary}`));
}"""


class Mode:
    """One way of looking at every page; a class each, so that several processes share them."""

    width, mode = 1280, "light"

    def test_nothing_on_any_page_keeps_a_reader_out(self, browser, site, address):
        script, found = AXE.read_text(encoding="utf-8"), {}
        with browsing.opened(browser, self.width, self.mode, reduced_motion="reduce") as page:
            for name in browsing.names(site):
                page.goto(address + name)
                page.evaluate(script)
                if violations := page.evaluate(READ, OPTIONS):
                    found[name] = violations
        assert not found, json.dumps(found, indent=1, ensure_ascii=False)[:8000]


class TestWideLight(Mode):
    width, mode = 1280, "light"


class TestWideDark(Mode):
    width, mode = 1280, "dark"


class TestNarrowLight(Mode):
    width, mode = 390, "light"


class TestNarrowDark(Mode):
    width, mode = 390, "dark"


def test_a_fault_is_found(browser):
    with browsing.opened(browser) as page:
        page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='x.png'></main>")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert any(found.startswith("image-alt: img") for found in page.evaluate(READ, OPTIONS))
