"""The book's own search: rows of the record and sections of pages, as one script that the search page alone loads.

The engine's search knows words by their stems and leaves numbers out. This one finds what stands in the text as it
stands there: a number, a phrase, a name in either language. It is a script and not data to fetch, so it works from a file.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html as parser
from lxml.html import HtmlElement

from asprinted.record import record
from press.markup import pages_of

NAMES = Path(__file__).with_name("names.csv")
INDEX, SCRIPT, STYLE = (f"search/{name}" for name in ("entries.js", "search.js", "search.css"))
KINDS = {  # in the order in which they are shown
    "browse-quantities": "Numbers",
    "browse-events": "Events",
    "browse-claims": "Claims",
    "browse-tensions": "Tensions",
    "browse-slips": "Slips",
    "figures": "Figures",
}
OTHER = "Pages"
# Lists point to what is found where it stands.
LEFT_OUT = {"search", "list-of-figures", "list-of-tables", "list-of-numbers", "figures-by-paragraph"}
# What a reader does not look for: code, controls, citations to copy.
UNREAD = (
    ".//script | .//style | .//details[contains(@class, 'hide')] | .//*[contains(@class, 'cell_input')]"
    " | .//a[contains(@class, 'headerlink')] | .//button | .//*[contains(@class, 'cite')]"
)
Entry = tuple[str, str, str, str]  # kind, address, title, text


def _named() -> list[dict[str, str]]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names() -> list[list[str]]:
    """The names that the texts print for each institution, its abbreviation first."""
    found: dict[str, list[str]] = {}
    for row in _named():
        group = found.setdefault(row["institution"], [row["institution"]])
        if row["name"] not in group:
            group.append(row["name"])
    return list(found.values())


def parts() -> dict[str, str]:
    """Every part of a name that holds the words by which it is known, with the institution that it stands for."""
    found: dict[str, str] = {}
    for row in _named():
        words, known = row["name"].split(), row["words"].split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                part = words[start:end]
                if known and any(part[n : n + len(known)] == known for n in range(len(part))):
                    found[" ".join(part)] = row["institution"]
    whole = {name for group in names() for name in group}
    return {part: institution for part, institution in found.items() if part not in whole}


def _text(element: HtmlElement) -> str:
    return re.sub(r"\s+", " ", " ".join(element.itertext())).strip()


def _quoted(tree: HtmlElement) -> None:
    """Quotation marks, which a browser draws, as text."""
    for quote in tree.iter("q"):
        quote.text = f"“{quote.text_content()}”"
        del quote[:]


def _rows(name: str, tree: HtmlElement) -> Iterator[Entry]:
    for row in tree.xpath("//table[contains(@class, 'browse')]/tbody/tr[@id]"):
        head, *cells = (cell for cell in row if "more" not in cell.get("class", "").split())
        details = row.xpath(".//dl/dd[not(contains(@class, 'cite')) and not(.//a)]")
        text = " · ".join(filter(None, map(_text, (*cells, *details))))
        for beside in head.find_class("soft"):  # between whom and when, which a page sets apart by its colour
            beside.text = f"· {beside.text_content()}"
        yield KINDS[name], f"{name}.html#{row.get('id')}", _text(head), f"{text} · {row.get('id')}"


def _sections(address: str, kind: str, tree: HtmlElement) -> Iterator[Entry]:
    page = _text(tree.find(".//h1"))
    for section in tree.xpath("//article//section[@id]"):
        title = next((_text(child) for child in section if re.fullmatch(r"h[1-6]", str(child.tag))), page)
        for inner in section.xpath("./section"):
            inner.getparent().remove(inner)
        for child in section.xpath("./h1 | ./h2 | ./h3 | ./h4"):
            child.getparent().remove(child)
        if text := _text(section):
            whole = title if title == page else f"{page}: {title}"
            yield kind, f"{address}#{section.get('id')}", whole, text


def entries(site: Path) -> Iterator[Entry]:
    """What can be found in a finished site, page by page: rows where a page is a table of the record, else sections."""
    for path in pages_of(site):
        address = path.relative_to(site).as_posix()
        name = path.stem if path.parent == site else path.parent.name
        if name in LEFT_OUT:
            continue
        tree = parser.document_fromstring(path.read_text(encoding="utf-8"))
        _quoted(tree)
        for whole in tree.find_class("whole"):
            whole.drop_tag()
        if tree.xpath("//table[contains(@class, 'browse')]"):
            yield from _rows(name, tree)
            continue
        tables = " | .//article//table" if name == "figures" else ""  # of rows that have a place of their own
        for unread in tree.xpath(UNREAD + tables):
            if unread.getparent() is not None:
                unread.drop_tree()
        # The inner sections first: a section is read without those it holds.
        found = list(_sections(address, KINDS.get(name, OTHER), tree))
        yield from found


def _script(found: list[Entry]) -> str:
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in found)
    told = {
        "Kinds": [*KINDS.values(), OTHER],
        "Names": names(),
        "Parts": parts(),
        "Keys": [*record().rows["texts"]],
    }
    constants = "".join(
        f"const book{name} = {json.dumps(what, ensure_ascii=False)};\n" for name, what in told.items()
    )
    return f"{constants}const bookEntries = [\n{lines}\n];\n"


def finish(site: Path) -> None:
    """Write what can be found beside the search page of a finished site, and have that page load it."""
    (site / INDEX).write_text(_script(list(entries(site))), encoding="utf-8")
    page = site / "search.html"
    loads = f'<link rel="stylesheet" href="{STYLE}">\n'
    loads += "".join(f'<script defer src="{address}"></script>\n' for address in (INDEX, SCRIPT))
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</head>", f"{loads}</head>", 1), encoding="utf-8")
