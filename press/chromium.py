"""Chromium without a window: where it is and how it is started, so that it asks nothing of the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoChromium(Exception):
    """There is no Chromium here."""


def find() -> str | None:
    """The program's path: what `CHROMIUM` names, or the first one found; None if there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def require() -> str:
    """The program's path. Raises NoChromium, saying how to get one."""
    if program := find():
        return program
    raise NoChromium(
        "there is no Chromium here; install it (Debian and Ubuntu: apt-get install chromium) or name one: "
        "CHROMIUM=/path/to/chromium"
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser. Raises NoChromium."""
    program = require()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
