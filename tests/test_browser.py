"""The site in a real browser: nothing from outside, no fault in the console, no page wider than a phone."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from asprinted.book import ROOT
from asprinted.figures import FIGURES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="there is no Chromium here: install it to test the pages",
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    code = (
        "from pathlib import Path; from press.publish import build, finish, stage; "
        f"f = Path({str(folder)!r}); stage(f / 'stage'); build(f / 'stage', f / 'site'); finish(f / 'site')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    return folder / "site"


@pytest.fixture(scope="module")
def address(site):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "Chromium is to be installed where CI is set"
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


def pages(site: Path) -> list[str]:
    return sorted(path.name for path in site.glob("*.html"))


@pytest.mark.parametrize(("width", "mode"), [(1280, "light"), (390, "dark")])
def test_every_page_stays_within_the_site_and_the_screen(browser, site, address, width, mode):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
    page = context.new_page()
    outside, faults = [], []
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:")) else outside.append(request.url),
    )
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for name in pages(site):
        page.goto(address + name)
        page.wait_for_load_state("load")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} px wide on a screen of {width}"
        broken = page.evaluate(
            "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
        )
        assert broken == [], name
        assert faults == [], f"{name}: {faults}"
    assert outside == []
    context.close()


def test_every_internal_link_and_anchor_resolves(browser, site, address):
    page = browser.new_page()
    anchors, links = {}, {}
    for name in pages(site):
        page.goto(address + name)
        anchors[name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        links[name] = page.evaluate(
            "[...document.querySelectorAll('main a[href], nav a[href]')].map(a => a.href)"
        )
    page.close()
    lost = []
    for name, found in links.items():
        for link in found:
            if not link.startswith(address):
                continue
            path, _, anchor = link.removeprefix(address).partition("#")
            path = path.partition("?")[0] or "index.html"
            if not (site / path).exists():
                lost.append(f"{name} → {path}")
            elif anchor and path in anchors and anchor not in anchors[path]:
                lost.append(f"{name} → {path}#{anchor}")
    assert lost == []


def test_every_figure_is_in_its_chapter_with_a_description_and_its_files(browser, site, address):
    page = browser.new_page()
    for identifier, entry in FIGURES.items():
        page.goto(f"{address}{entry.chapter}.html#{identifier}")
        alt = page.evaluate(
            f"document.querySelector('#{identifier} img, img[id=\"{identifier}\"]')?.alt ?? ''"
        )
        assert len(alt) > 60, identifier
        for suffix in (".svg", ".pdf", ".png", ".csv", "-90.svg", "-90.pdf", "-90.png"):
            assert (site / "figures" / f"{identifier}{suffix}").exists()
    page.close()


def test_search_finds_an_institution_by_its_name(browser, address):
    page = browser.new_page()
    page.goto(f"{address}search.html?q=NATO")
    page.wait_for_selector("#search-results li", timeout=15000)
    assert page.locator("#search-results li").count() > 0
    page.close()
