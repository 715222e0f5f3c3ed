"""The tables of the chapters: each has an id that stays, a caption and a number, kept in its cell's metadata.

A code cell whose output is a table carries `asprinted.table` with `id` and `caption`; the number is the
table's place in the order of the book, and may move.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

import nbformat
import yaml

from asprinted.book import ROOT

CHAPTERS = ROOT / "chapters"


@dataclass(frozen=True, slots=True)
class ChapterTable:
    """One table: its id, its number in the book, its chapter, the position of its cell there, and its caption."""

    id: str
    number: int
    chapter: str
    cell: int
    caption: str

    @property
    def html(self) -> str:
        """The caption as an element, with the number before it."""
        return (
            f'<caption><span class="table-number">Table {self.number}.</span> '
            f"{escape(self.caption, quote=False)}</caption>"
        )


def pages() -> list[str]:
    """The pages of the book in the order of its table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(page["file"] for part in toc["parts"] for page in part["chapters"])]


def holds_table(cell: dict) -> bool:
    """Whether a cell of a notebook shows a table."""
    found = ("".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", ()))
    return any("<table" in html for html in found)


def _told() -> Iterator[tuple[str, int, dict]]:
    for page in pages():
        path = CHAPTERS / f"{page}.ipynb"
        if path.exists():
            for position, cell in enumerate(nbformat.read(path, as_version=4).cells):
                if holds_table(cell):
                    yield page, position, cell.metadata.get("asprinted", {}).get("table")


@cache
def tables() -> tuple[ChapterTable, ...]:
    """Every table of the chapters, in the order of the book. Raises KeyError for one without id and caption."""
    found = []
    for number, (chapter, position, told) in enumerate(_told(), start=1):
        if not told:
            raise KeyError(
                f"the table of cell {position} of {chapter}.ipynb has no id and caption in its metadata"
            )
        found.append(ChapterTable(told["id"], number, chapter, position, told["caption"]))
    return tuple(found)


def captioned(html: str, table: ChapterTable) -> str:
    """A table's HTML with its id and its caption, in the place of the caption that its cell wrote, if any."""
    start = html.index("<table")
    end = html.index(">", start)
    rest = re.sub(r"^\s*<caption>.*?</caption>", "", html[end + 1 :], flags=re.DOTALL)
    return f'{html[:end]} id="{table.id}">{table.html}{rest}'
