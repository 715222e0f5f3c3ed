"""The site as the browser tests meet it: built once, served to a real browser, every page of it."""

import contextlib
import fcntl
import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from asprinted.book import ROOT
from press.markup import pages_of

MODES = [(width, mode) for width in (1280, 390) for mode in ("light", "dark")]
BUILD = (
    "from pathlib import Path; from press.publish import build, finish, stage; "
    "f = Path({folder!r}); stage(f / 'stage'); build(f / 'stage', f / 'site'); finish(f / 'site')"
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_):
        """Say nothing."""


def absent(what: str) -> None:
    """Skip for what is not here; fail where CI is set, since there it is to be installed."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI is set: it is to be installed there")
    pytest.skip(what)


def built(folder: Path) -> Path:
    """The finished site in a folder, built by the first of several processes that ask for it."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            subprocess.run([sys.executable, "-c", BUILD.format(folder=str(folder))], check=True, cwd=ROOT)
            (folder / "done").touch()
    return folder / "site"


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def names(site: Path) -> list[str]:
    """The address of every page within the site."""
    return [page.relative_to(site).as_posix() for page in pages_of(site)]


@contextlib.contextmanager
def opened(browser: Browser, width: int = 1280, mode: str = "light", **settings) -> Iterator[Page]:
    """A page of a window of its own: as wide as told, light or dark."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode, **settings)
    yield context.new_page()
    context.close()
