"""Reading a finished page with a parser and changing it in places, every other byte left as it is."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

Attributes = list[tuple[str, str | None]]


class Changes(HTMLParser):
    """A page as it is read; subclasses note changes by position, `changed` applies them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html = html
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self._changes: list[tuple[int, int, str]] = []

    @property
    def here(self) -> int:
        """Where the piece that is being read begins, in characters from the start of the page."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    @property
    def tag(self) -> str:
        """The start tag that is being read, as it is written."""
        return self.get_starttag_text() or ""

    def change(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of what stands from `start` up to `end`."""
        self._changes.append((start, end, text))

    def add(self, *attributes: tuple[str, str]) -> None:
        """Give the start tag that is being read further attributes; their values are written as given."""
        end = self.here + len(self.tag) - (2 if self.tag.endswith("/>") else 1)
        self.change(end, end, "".join(f' {name}="{value}"' for name, value in attributes))

    def changed(self) -> str:
        """The page with every change made."""
        self.feed(self.html)
        self.close()
        pieces, at = [], 0
        for start, end, text in sorted(self._changes, key=lambda change: change[:2]):
            pieces += [self.html[at:start], text]
            at = end
        return "".join([*pieces, self.html[at:]])


def pages_of(site: Path) -> list[Path]:
    """The pages of a site; templates that the engine leaves in `_static` are none."""
    return [p for p in sorted(site.rglob("*.html")) if "_static" not in p.relative_to(site).parts]
