"""axe-core on every page: WCAG 2.2 A and AA and best practice, wide and narrow, light and dark, the theme included."""

import json
from pathlib import Path

import browsing
import pytest

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


def open_all(page):
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")


def open_sidebar(page):
    page.locator(".primary-toggle").click()
    page.locator("dialog[open]").wait_for()


def follow(page):
    """To the first of the whole pages that the engine's search found, where it marks what was asked for."""
    page.locator("#search-results li a").first.wait_for(state="attached")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.locator("#search-results li a[href^='how-to-read']").first.click()
    page.locator("main .highlighted").first.wait_for(state="attached")
    open_all(page)
    assert page.locator("main a .highlighted, main .highlighted a").count()


def wait_for_results(page):
    page.locator("#book-results [role=status]:not(:empty)").wait_for()
    page.locator("#search-results li a").first.wait_for(state="attached")
    open_all(page)


STATES = [
    ("search.html?q=NATO", wait_for_results),
    ("search.html?q=zzqqx", lambda page: page.locator("#book-results [role=status]:not(:empty)").wait_for()),
    ("search.html?q=verdict", follow),
    ("energy-dependence.html", open_all),
    ("browse-slips.html", open_all),
    ("how-to-cite.html", open_all),
]


@pytest.mark.parametrize(("width", "mode"), browsing.MODES)
@pytest.mark.parametrize(("name", "reach"), STATES, ids=[name for name, _ in STATES])
def test_nothing_that_opens_keeps_a_reader_out(browser, address, name, reach, width, mode):
    with browsing.opened(browser, width, mode, reduced_motion="reduce") as page:
        page.goto(address + name)
        reach(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(READ, OPTIONS) == []


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "energy-dependence.html"])
def test_the_open_sidebar_of_a_phone_keeps_nobody_out(browser, address, name, mode):
    with browsing.opened(browser, 390, mode, reduced_motion="reduce") as page:
        page.goto(address + name)
        open_sidebar(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(READ, OPTIONS) == []


def test_a_fault_is_found(browser):
    with browsing.opened(browser) as page:
        page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='x.png'></main>")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert any(found.startswith("image-alt: img") for found in page.evaluate(READ, OPTIONS))
