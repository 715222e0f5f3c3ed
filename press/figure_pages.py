"""A page for every figure, out of the sidebar: all that a reader ten years on needs to use, check and cite it."""

from __future__ import annotations

import datetime
import math
import re
from fractions import Fraction
from html import escape
from pathlib import Path

import pandas as pd

from asprinted.book import book
from asprinted.citations import chapter_title
from asprinted.display import MINUS, decimal
from asprinted.figures import FIGURES
from asprinted.figures.spec import Figure
from asprinted.ledger import reason
from asprinted.record import record
from asprinted.rows import place
from asprinted.verdicts import verdict
from press import bundles, lists
from press.browse import quoted
from press.cite_panel import panel
from press.site_hooks import UNSEARCHED
from press.sources import data_of, link, of_a_whole_table, phrases
from press.versions import Shelf, archived

LONG = 30  # rows from which a table is folded
IDENTIFIER = re.compile(r"(?<![\w-])[a-z]-(?:carnegie|kocak|kurnaz)-[\w-]+")
FRACTION = re.compile(r"-?\d+/\d+")
INFINITE = {"inf": "∞", "-inf": f"{MINUS}∞"}
DIGITS = 4  # significant digits of a fraction written as a decimal


# --- cells of the data ---------------------------------------------------------------------------


def _places(number: Fraction) -> int:
    """Decimals that show a number to `DIGITS` significant digits, and no fewer than its whole part needs."""
    size = abs(number)
    if size >= 1:
        return max(0, DIGITS - len(str(math.floor(size))))
    return DIGITS - 1 + (math.ceil(-math.log10(size)) if size else 0)


def fraction(number: Fraction) -> str:
    """A number as a decimal; behind one that is rounded or no whole number, the exact fraction."""
    if number.denominator == 1:
        return decimal(number, 0)
    places = _places(number)
    about = "" if (number * 10**places).denominator == 1 else "≈ "
    exact = f"{number.numerator}/{number.denominator}".replace("-", MINUS)
    return f'{about}{decimal(number, places)} <span class="exact">({exact})</span>'


def cell(value: object) -> str:
    """A value of a figure's data as HTML: fractions with decimals, ids of rows as links, nothing as a dash."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)) or value == "":
        return "—"
    text = str(value)
    if text in ("True", "False"):
        return {"True": "yes", "False": "no"}[text]
    if text in INFINITE:
        return INFINITE[text]
    if isinstance(value, Fraction) or FRACTION.fullmatch(text):
        return fraction(Fraction(text))
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}".replace("-", MINUS)
    if re.fullmatch(r"-?\d{5,}", text):
        return decimal(Fraction(text), 0)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return IDENTIFIER.sub(
        lambda match: link(match[0], "../") if _known(match[0]) else match[0], escape(text, quote=False)
    )


def _known(identifier: str) -> bool:
    return any(identifier in rows for rows in record().rows.values())


# --- the parts of a page -------------------------------------------------------------------------


def _table(kind: str, caption: str, heads: list[str], rows: list[list[str]], what: str = "rows") -> str:
    """A table with its caption and scoped headers, the first cell of a row its header; a long one is folded."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{value}</td>" for value in row[1:])}</tr>'
        for row in rows
    )
    table = (
        f'<div class="scrolls" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="figure-table {kind}"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    if len(rows) <= LONG:
        return table
    return f'<details class="long"><summary>Show all {len(rows):,} {what}</summary>{table}</details>'


def _data(entry: Figure, data: pd.DataFrame) -> str:
    rows = [[cell(value) for value in row] for row in data.astype(object).itertuples(index=False)]
    heads = [escape(str(name), quote=False) for name in data.columns]
    return _table("data", "The data that the figure draws", heads, rows)


def _dictionary(entry: Figure) -> str:
    rows = bundles.dictionary(entry.id)
    heads = [escape(name.replace("_", " ").capitalize(), quote=False) for name in rows[0]]
    cells = [[escape(value, quote=False) or "—" for value in row.values()] for row in rows]
    return _table("dictionary", "What the columns of the data mean", heads, cells, "columns")


def _phrases(entry: Figure) -> str:
    rows = [
        [
            f"{phrase.text} ¶{phrase.paragraph}",
            quoted(phrase.printed, phrase.section),
            ", ".join(f"{kind} {link(identifier, '../')}" for identifier, kind in phrase.rows),
        ]
        for phrase in phrases(entry.rows)
    ]
    heads = ["Text and paragraph", "Printed phrase", "What rests on it"]
    return _table(
        "phrases", "The printed phrases behind the figure, in the order of the texts", heads, rows, "phrases"
    )


def _claims(entry: Figure) -> str:
    if not entry.claims:
        return "<p>It bears on no single claim.</p>"
    rows = []
    for identifier in entry.claims:
        found, row = verdict(identifier), record().rows["claims"][identifier]
        read = bool(found.cases) and not found.reason
        where = f'<a href="../browse-claims.html#{identifier}">{place(row)}</a>'
        rows.append(
            [
                f"{escape(row.claim, quote=False)} {where}",
                f"<strong>{found.headline}</strong>",
                found.most_favourable if read else "—",
                found.least_favourable if read else "—",
                escape(reason(found), quote=False) or "—",
            ]
        )
    heads = ["Claim and place", "Verdict", "Kindest reading", "Hardest reading", "Reason"]
    caption = "The claims that the figure bears on, with what the printed figures make of them"
    return _table("claims", caption, heads, rows, "claims")


def size(path: Path) -> str:
    """The size of a file as a reader knows it: "34 kB", "1.7 MB"."""
    found = path.stat().st_size
    return f"{found / 1e6:.1f} MB" if found >= 1e6 else f"{max(1, round(found / 1e3))} kB"


def _files(entry: Figure, folder: Path) -> str:
    rows = []
    for ending, what in {".zip": "all of these, with a README", **bundles.ALL}.items():
        name = f"{entry.id}{ending}"
        form = ending.rpartition(".")[2].upper()
        link_ = f'<a href="{name}" download>{form}<span class="for"> {what}</span></a>'
        rows.append([link_, what, size(folder / name), f"<code>{name}</code>"])
    return _table("files", "Files of the figure", ["File", "What it is", "Size", "Name"], rows, "files")


def _breadth(entry: Figure) -> str:
    """Of a figure drawn from a whole table of the record, that it is."""
    table = of_a_whole_table().get(entry.id)
    return f"It draws on every row of the table {table}.\n\n" if table else ""


def earlier(identifier: str, shelf: Shelf) -> str:
    """The versions of a figure that were replaced, with their files, as MyST Markdown; empty if there is none."""
    lines = [
        f"- Version {old.version}: "
        + ", ".join(f"[{name}](archive/{old.version}/{name})" for name in old.files)
        for old, _ in archived(shelf, identifier)
    ]
    return "\n\nEarlier versions stay as they were:\n\n" + "\n".join(lines) if lines else ""


def markdown(entry: Figure, folder: Path, shelf: Shelf) -> str:
    """The page of a figure as MyST Markdown; `folder` holds its files, `shelf` its earlier versions."""
    data = data_of(entry.id)
    caption, alt = escape(entry.caption(data), quote=False), entry.alt(data)
    described = "".join(
        f"<p>{escape(part, quote=False)}</p>" for part in entry.description(data).split("\n\n")
    )
    licence = entry.licence
    return f"""---
orphan: true
html_theme.sidebar_secondary.remove: true
---

# {entry.title}

{{numref}}`{entry.id}` of the chapter [{chapter_title(entry.chapter)}](../{entry.chapter}.ipynb); id `{entry.id}`,
version {entry.changed}. See the [list of figures](../list-of-figures.md).

````{{raw}} html
<figure class="figure-page">
<img src="shown/{entry.id}.svg" alt="{escape(alt)}">
<figcaption>{caption}</figcaption>
</figure>
````

## Cite this figure

````{{raw}} html
{UNSEARCHED}{panel(entry.id)}
````

## Files to download

````{{raw}} html
{UNSEARCHED}{_files(entry, folder)}
````

## The figure in words

````{{raw}} html
<p><strong>Alternative text.</strong> {escape(alt, quote=False)}</p>
````

### Long description

````{{raw}} html
{described}
````

## Claims

````{{raw}} html
{UNSEARCHED}{_claims(entry)}
````

## Data

````{{raw}} html
{UNSEARCHED}{_data(entry, data)}
{_dictionary(entry)}
````

## Printed phrases

{_breadth(entry)}Each phrase leads to the rows of the record that rest on it. The phrase is printed in the named paragraph of the text,
counted from the first; read it there in its place.

````{{raw}} html
{UNSEARCHED}{_phrases(entry)}
````

## Version and licence

It first stood in version {entry.first} of {book().name} and last changed in version {entry.changed}; what changed is
told under [errata](../errata.md). {book().authors}, [{licence.title}]({licence.url}) ({licence.name}).{earlier(entry.id, shelf)}
"""


def write(chapters: Path) -> None:
    """Write into a staged folder of chapters the figures' pages and files, and the lists of figures, tables and numbers."""
    files, pages = chapters / "_extra" / "figures", chapters / "figures"
    bundles.write(files)
    pages.mkdir(exist_ok=True)
    shelf = Shelf()
    for entry in FIGURES.values():
        (pages / f"{entry.id}.md").write_text(markdown(entry, files, shelf), encoding="utf-8")
    lists.write(chapters)
