"""Pages dressed for the eye: verdicts with a mark, cells that know their column, images that know their size.

A mark stands beside the word of a verdict, so that neither colour nor shape alone carries it. A cell's column is
written on the cell, so that a phone can show a row as a card. An image's size lets a page keep its place free, and
a phone is given the drawing that is made for one column.
"""

from __future__ import annotations

import os
import re
import struct
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path

from press.markup import Attributes, Changes, pages_of

VERDICTS = ("entailed", "contradicted", "consistent", "untestable", "interpretive")
WORD = re.compile(rf"\b({'|'.join(VERDICTS)})\b", re.IGNORECASE)
SAID = re.compile(
    rf"(?:kindest\s*|hardest\s*)?(?:{'|'.join(VERDICTS)})\b.{{0,90}}", re.IGNORECASE | re.DOTALL
)
CARDS = {"printed", "figure-table", "table"}  # tables whose rows a phone may show as cards
TERMS = {"strong", "dt"}  # where a verdict that is explained stands alone
# On a phone a table stays a table if its rows take so many characters, a gap of each column's included, and no
# cell is long; else its rows become cards.
FITS, GAP, SHORT, LONG = 50, 2, 16, 34
NUMBER = r"[-−]?(?:\d[\d.,]*|∞)"
BOUND = rf"(?:{NUMBER}|(?:\d\*)?n[^\[\](),]{{0,7}})"
# An interval or a day: to be read whole, if it is not too long for a narrow column.
WHOLE = re.compile(rf"[\[(]{BOUND}, {BOUND}[\])]|(?<![\w-])\d{{4}}-\d\d(?:-\d\d)?(?![\w-])")
WHOLE_AT_MOST = 20
SEEN_AT_ONCE = 1500  # characters of an article within which an image may be on the first screen


@dataclass
class Table:
    """A table as it is read: where its start tag is to be added to, its column names, what its columns hold."""

    at: int
    labelled: bool
    names: list[str] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)
    longest: int = 0
    head: bool = False
    column: int = 0


def size(image: Path) -> tuple[int, int] | None:
    """Width and height of an SVG (by its view box) or PNG image, in pixels at their natural ratio; None for others."""
    if image.suffix == ".svg":
        box = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', image.read_text(encoding="utf-8")[:4000])
        return (round(float(box[1]) * 4 / 3), round(float(box[2]) * 4 / 3)) if box else None
    if image.suffix == ".png":
        return struct.unpack(">II", image.read_bytes()[16:24])
    return None


def _whole(match: re.Match[str]) -> bool:
    return len(match[0]) <= WHOLE_AT_MOST


class Dresser(Changes):
    """A page whose tables, verdicts and images are being dressed."""

    def __init__(self, page: Path, site: Path) -> None:
        super().__init__(page.read_text(encoding="utf-8"))
        self.folder, self.site = page.parent, site
        self.tables: list[Table] = []
        self.held: list[tuple[int, str]] | None = (
            None  # the pieces of text of a cell or a term, and where they are
        )
        self.opened = ""
        self.figure = ""
        self.before: int | None = None  # characters of the article before what is being read

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Give a cell its column, an image its size; begin to hold the text of a cell or a term."""
        cells = {name: value or "" for name, value in attributes}
        if tag == "img":
            self._image(cells)
        elif tag == "figure":
            self.figure = cells.get("id", "")
        elif tag == "article":
            self.before = 0
        elif tag == "table":
            classes = cells.get("class", "").split()
            end = self.here + len(self.tag) - 1
            labelled = CARDS & set(classes) and "data" not in classes
            self.tables.append(Table(end, bool(labelled)))
        elif self.tables:
            self._in_table(tag, cells)
        elif tag in TERMS:
            self.held, self.opened = [], tag
        if self.held:
            self.held.append((self.here, " "))

    def _in_table(self, tag: str, cells: dict[str, str]) -> None:
        table = self.tables[-1]
        if tag == "thead":
            table.head = True
        elif tag == "tr":
            table.column = 0
            if table.head:
                table.names = []
        elif tag in ("th", "td"):
            self.held, self.opened = [], tag
            if not table.head:
                if table.labelled and table.column < len(table.names) and "data-label" not in cells:
                    self.add(("data-label", escape(table.names[table.column])))
                table.column += int(cells.get("colspan", "1") or 1)

    def handle_data(self, data: str) -> None:
        """Hold a piece of text."""
        if self.before is not None:
            self.before += len(data.strip())
        if self.held is not None:
            self.held.append((self.here, data))

    def handle_entityref(self, name: str) -> None:
        """Hold a sign that is written by name."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Hold a sign that is written by number."""
        self.handle_data(f"&#{name};")

    def handle_endtag(self, tag: str) -> None:
        """End a cell, a term, a head or a table."""
        if self.held is not None and tag == self.opened:
            self._mark()
        if self.tables and tag == "thead":
            self.tables[-1].head = False
        elif self.tables and tag == "table":
            table = self.tables.pop()
            if (
                table.labelled
                and table.names
                and sum(table.widths.values()) <= FITS
                and table.longest <= LONG
            ):
                self.change(table.at, table.at, ' data-fits=""')

    def _mark(self) -> None:
        text = " ".join(unescape("".join(piece for _, piece in self.held)).split())
        alone = self.opened in TERMS or (self.tables and self.tables[-1].head)
        if WORD.fullmatch(text.rstrip(".:")) if alone else SAID.fullmatch(text):
            for at, piece in self.held:
                for word in WORD.finditer(piece):
                    start, end = at + word.start(), at + word.end()
                    self.change(start, end, f'<span class="said {word[1].lower()}">{word[1]}</span>')
        if self.tables:
            for at, piece in self.held:
                for match in filter(_whole, WHOLE.finditer(piece)):
                    self.change(
                        at + match.start(), at + match.end(), f'<span class="whole">{match[0]}</span>'
                    )
            self._measure(text)
        self.held = None

    def _measure(self, text: str) -> None:
        """Note what a column needs at least: its longest word, or a short cell whole."""
        table = self.tables[-1]
        if table.head:
            table.names.append(text)
        column = len(table.names) - 1 if table.head else table.column - 1
        short = column and not table.head and len(text) <= SHORT
        words = WHOLE.sub(lambda match: "x" * len(match[0]) if _whole(match) else match[0], text).split()
        needed = len(text) if short else max(map(len, words), default=0)
        table.widths[column] = max(table.widths.get(column, GAP), needed + GAP)
        table.longest = max(table.longest, len(text))

    def _image(self, cells: dict[str, str]) -> None:
        source = self.folder / re.sub(r"[?#].*", "", cells.get("src", ""))
        if not source.is_file():
            return
        found = size(source) if "width" not in cells else None
        if found:
            self.add(("width", str(found[0])), ("height", str(found[1])))
        if (self.before or 0) > SEEN_AT_ONCE and "loading" not in cells:
            self.add(("loading", "lazy"))
        if source.suffix == ".svg":
            self._narrow(source.stem if source.stem.startswith("fig-") else self.figure)

    def _narrow(self, figure: str) -> None:
        """Let a phone load the drawing of a figure that is made for one column."""
        drawing = self.site / "figures" / "shown" / f"{figure}-90.svg"
        if drawing.is_file() and (found := size(drawing)):
            address = os.path.relpath(drawing, self.folder)
            self.change(
                self.here,
                self.here,
                f'<picture><source media="(max-width: 40rem)" srcset="{address}" width="{found[0]}" height="{found[1]}">',
            )
            end = self.here + len(self.tag)
            self.change(end, end, "</picture>")


def finish(site: Path) -> None:
    """Dress every page of a finished site, in its place."""
    for page in pages_of(site):
        page.write_text(Dresser(page, site).changed(), encoding="utf-8")
