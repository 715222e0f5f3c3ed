"""How soon a page shows on a slow line: this book's pages beside the same chapters in a stock book.

    python -m press.paint

The stock book has the engine's own settings, the same notebooks and nothing of the book's style. Both are served
alike, compressed, and loaded in Chromium as on a phone: 1.6 Mbit/s, 150 ms to the server and back, a processor four
times slower. What a page asks for outside the site is refused, which costs the stock book nothing.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession

from asprinted.book import ROOT
from press.chromium import chromium
from press.markup import pages_of

BYTES_A_SECOND, LATENCY, SLOWER = 1.6e6 / 8, 150, 4
SCREEN = {"width": 390, "height": 844}
RUNS = 3
OBSERVE = """
window.paint = {largest: 0, shift: 0};
new PerformanceObserver(list => { for (const e of list.getEntries()) paint.largest = e.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) paint.shift += e.value; })
  .observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One load of a page, its images further down included: requests, KiB over the line; largest paint in seconds and
    cumulative layout shift, before those images were asked for."""

    requests: int
    kibibytes: float
    largest: float
    shift: float


class Server(http.server.ThreadingHTTPServer):
    """A server that says nothing of a connection that a browser drops."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder compressed, over connections that stay open."""

    protocol_version = "HTTP/1.1"
    TEXT = (".html", ".css", ".js", ".svg", ".json")

    def do_GET(self) -> None:
        """Answer with a file, compressed if it is text."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in self.TEXT:
            content = gzip.compress(content, 9)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = functools.partial(Compressing, directory=str(site))
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def chapters() -> list[str]:
    """The names of the chapters, as both books have them."""
    return sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb"))


def stock(folder: Path) -> Path:
    """Build the stock book of the same notebooks in a folder; its site. Raises CalledProcessError."""
    book = folder / "stock"
    book.mkdir(parents=True)
    for name in chapters():
        shutil.copy(ROOT / "chapters" / f"{name}.ipynb", book)
    shutil.copy(ROOT / "chapters" / "references.bib", book)
    (book / "index.md").write_text("# Stock\n", encoding="utf-8")
    listed = "".join(f"  - file: {name}\n" for name in chapters())
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{listed}", encoding="utf-8")
    (book / "_config.yml").write_text(
        "title: Stock\nexecute: {execute_notebooks: 'off'}\nbibtex_bibfiles: [references.bib]\n",
        encoding="utf-8",
    )
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "--quiet", book]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return book / "_build" / "html"


EAGER = "for (const image of document.images) image.loading = 'eager'"


def load(browser: Browser, address: str, page: str, slow: bool = True) -> Seen:
    """Load a page once, with nothing stored from before: on the slow line, and then all that it shows further down."""
    context = browser.new_context(viewport=SCREEN)
    context.add_init_script(OBSERVE)
    context.route(lambda url: not url.startswith(address), lambda route: route.abort())
    tab = context.new_page()
    line = context.new_cdp_session(tab)
    asked: set[str] = set()
    received: list[float] = []
    line.on(
        "Network.requestWillBeSent",
        lambda event: asked.add(event["requestId"]) if event["request"]["url"].startswith("http") else None,
    )
    line.on(
        "Network.loadingFinished",
        lambda event: received.append(event["encodedDataLength"]) if event["requestId"] in asked else None,
    )
    line.send("Network.enable")
    _throttle(line, slow)
    tab.goto(address + page, wait_until="load", timeout=120_000)
    tab.wait_for_load_state("networkidle", timeout=120_000)
    seen = tab.evaluate("paint")
    _throttle(line, False)
    tab.evaluate(EAGER)
    tab.wait_for_function("[...document.images].every(image => image.complete)", timeout=120_000)
    context.close()
    return Seen(len(received), sum(received) / 1024, seen["largest"] / 1000, seen["shift"])


def _throttle(line: CDPSession, slow: bool) -> None:
    speed = BYTES_A_SECOND if slow else -1
    conditions = {"offline": False, "downloadThroughput": speed, "uploadThroughput": speed}
    line.send("Network.emulateNetworkConditions", conditions | {"latency": LATENCY if slow else 0})
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER if slow else 1})


def weighed(site: Path) -> dict[str, float]:
    """What each page of a site loads in a browser with all its images, in KiB over the line, compressed."""
    names = [page.relative_to(site.resolve()).as_posix() for page in pages_of(site.resolve())]
    with served(site) as address, chromium() as browser:
        return {name: load(browser, address, name, slow=False).kibibytes for name in names}


def median(runs: list[Seen]) -> Seen:
    """The median of each measure over the runs."""
    return Seen(*(statistics.median(getattr(run, name) for run in runs) for name in Seen.__slots__))


def measured(sites: tuple[Path, ...], pages: list[str]) -> dict[str, tuple[Seen, ...]]:
    """Each page of each site, loaded in turns, so that whatever else the machine does falls on all of them."""
    found = {}
    with contextlib.ExitStack() as open_:
        addresses = [open_.enter_context(served(site)) for site in sites]
        browser = open_.enter_context(chromium())
        for page in pages:
            runs = [[load(browser, address, page) for address in addresses] for _ in range(RUNS)]
            found[page] = tuple(map(median, map(list, zip(*runs, strict=True))))
    return found


def report(site: Path, folder: Path) -> None:
    """Print both books' chapters side by side, with the ratio of their paints."""
    found = measured((site, stock(folder)), [f"{name}.html" for name in chapters()])
    print(f"{'a slow line, book and stock book':<32}{'requests':>12}{'KiB':>15}{'paint, s':>15}{'shift':>15}")
    for page, (a, b) in found.items():
        print(
            f"  {page:<30}{a.requests:>6.0f}{b.requests:>6.0f}{a.kibibytes:>9.0f}{b.kibibytes:>6.0f}"
            f"{a.largest:>9.2f}{b.largest:>6.2f}{a.shift:>9.3f}{b.shift:>6.3f}{b.largest / a.largest:>7.1f} times"
        )
    ratios = [b.largest / a.largest for a, b in found.values()]
    print(
        f"  largest paint, median: {statistics.median(ratios):.1f} times as soon (goal: at least 2.0), "
        f"from {min(ratios):.1f} to {max(ratios):.1f}"
    )


def main() -> int:
    """Command line: build both books and print the table."""
    from press import publish

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        publish.stage(folder / "stage")
        publish.build(folder / "stage", folder / "site")
        publish.finish(folder / "site")
        report(folder / "site", folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
