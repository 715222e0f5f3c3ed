"""What a page weighs: its own bytes and those of every file that a browser loads for it, raw and compressed."""

from __future__ import annotations

import gzip
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from press.markup import Attributes, pages_of

LOADED = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
URL = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)""")


class _Loaded(HTMLParser):
    """The addresses that a page loads by itself on a wide screen, images further down the page among them."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Note what a start tag loads."""
        cells = {name: value or "" for name, value in attributes}
        self.addresses += [cells[name] for name in ("src", "poster") if cells.get(name)]
        if tag == "object" and cells.get("data"):
            self.addresses.append(cells["data"])
        if tag == "link" and LOADED & set(cells.get("rel", "").split()):
            self.addresses.append(cells.get("href", ""))
        self.addresses += URL.findall(cells.get("style", ""))

    def handle_data(self, data: str) -> None:
        """Note what a style in the page loads."""
        if self.lasttag == "style":
            self.addresses += URL.findall(data)


def loaded(page: Path) -> set[Path]:
    """A page and every file of the site that it loads, by itself or through a stylesheet."""
    reader = _Loaded()
    reader.feed(page.read_text(encoding="utf-8"))
    found, open_ = {page}, [(page, address) for address in reader.addresses]
    while open_:
        base, address = open_.pop()
        path = (base.parent / re.sub(r"[?#].*", "", address)).resolve()
        if re.match(r"[a-z]+:|//", address) or path in found or not path.is_file():
            continue
        found.add(path)
        if path.suffix == ".css":
            open_ += [(path, inner) for inner in URL.findall(path.read_text(encoding="utf-8"))]
    return found


@cache
def size(path: Path) -> tuple[int, int]:
    """Bytes of a file, raw and as a server sends it: compressed, unless that makes it no smaller."""
    content = path.read_bytes()
    return len(content), min(len(content), len(gzip.compress(content, 9)))


def weights(site: Path) -> dict[str, tuple[int, int]]:
    """Raw and compressed bytes of each page of a site with everything that it loads."""
    site = site.resolve()
    found = {}
    for page in pages_of(site):
        raw, packed = zip(*map(size, loaded(page)), strict=True)
        found[page.relative_to(site).as_posix()] = (sum(raw), sum(packed))
    return found
