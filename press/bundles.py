"""What lies beside a figure's files: citations as files, a thumbnail, the copy shown in the book, and one zip of all."""

from __future__ import annotations

import base64
import csv
import io
import textwrap
import zipfile
from functools import cache
from pathlib import Path

import nbformat
from PIL import Image

from asprinted.book import FIGURES as FOLDER
from asprinted.book import ROOT, book
from asprinted.figures import FIGURES
from asprinted.figures.rendering import marked
from press.cite_panel import FILES, citation
from press.sources import data_of, phrases

# Ending of a file's name, and what it is.
PICTURES = {
    ".svg": "vector, for the web, type as outlines, 190 mm wide",
    ".pdf": "vector, for print and for editing, 190 mm wide",
    ".png": "600 dots per inch, 190 mm wide",
    "-90.svg": "vector, for the web, type as outlines, one column, 90 mm wide",
    "-90.pdf": "vector, for print and for editing, one column, 90 mm wide",
    "-90.png": "600 dots per inch, one column, 90 mm wide",
}
TABLES = {".csv": "the data that it draws", "-dictionary.csv": "what the columns of the data mean"}
CITATIONS = {".bib": "citation as BibTeX", ".ris": "citation as RIS", ".json": "citation as CSL-JSON"}
ALL = {**PICTURES, **TABLES, **CITATIONS}
THUMBNAIL = (480, 360)  # pixels at most, for a card half as wide
WIDTH = 88  # characters of a line of the README


@cache
def dictionary(identifier: str) -> list[dict[str, str]]:
    """What each column of a figure's data means, as its dictionary file has it."""
    text = (FOLDER / f"{identifier}-dictionary.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@cache
def shown_in(chapter: str) -> dict[str, dict[str, str]]:
    """The figures that a chapter shows, in its order: the pictures of each by media type, id and version in the margin."""
    path = ROOT / "chapters" / f"{chapter}.ipynb"
    if not path.exists():
        return {}
    outputs = [o for cell in nbformat.read(path, as_version=4).cells for o in cell.get("outputs", ())]
    carried = [(o.get("metadata", {}).get("asprinted", {}).get("id"), o) for o in outputs]
    return {identifier: output["data"] for identifier, output in carried if identifier}


def shown(identifier: str) -> dict[str, str]:
    """The pictures of a figure that its chapter shows. Raises KeyError if the chapter does not show it."""
    return shown_in(FIGURES[identifier].chapter)[identifier]


def thumbnail(identifier: str) -> bytes:
    """A small picture of a figure as WebP, made from the one that the chapter shows."""
    with Image.open(io.BytesIO(base64.b64decode(shown(identifier)["image/png"]))) as picture:
        small = picture.convert("RGB")
    small.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS)
    found = io.BytesIO()
    small.save(found, "WEBP", quality=70, method=6)
    return found.getvalue()


def _paragraph(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _section(title: str, *parts: str) -> str:
    return "\n\n".join((f"{title}\n{'-' * len(title)}", *parts))


def readme(identifier: str) -> str:
    """What stands in the zip beside the files: what the figure is, its files and columns, sources, citation, licence."""
    entry = FIGURES[identifier]
    data = data_of(identifier)
    title = f"{entry.title} ({identifier})"
    head = f"{title}\n{'=' * len(title)}"
    of = (
        f"A figure of {book().title}, by {book().authors}. First in version {entry.first}, last changed in version "
        f"{entry.changed}. Chapter: {entry.chapter}.html#{identifier}; page of the figure: figures/{identifier}.html."
    )
    files = "\n".join(f"{identifier}{ending:<16} {what}" for ending, what in ALL.items())
    columns = "\n".join(
        "; ".join(f"{name}: {value}" for name, value in row.items() if value)
        for row in dictionary(identifier)
    )
    printed = "\n".join(
        f"{phrase.text} ¶{phrase.paragraph}: “{phrase.printed}” [{', '.join(row for row, _ in phrase.rows)}]"
        for phrase in phrases(entry.rows)
    )
    cite = citation(identifier)
    return (
        "\n\n".join(
            (
                head,
                _paragraph(of),
                _section("Caption", _paragraph(entry.caption(data))),
                _section("Alternative text", _paragraph(entry.alt(data))),
                _section("Long description", *map(_paragraph, entry.description(data).split("\n\n"))),
                _section("Files", files),
                _section("Columns of the data", columns),
                _section(
                    "Where each number, date and statement is printed",
                    _paragraph(
                        "Text and paragraph, the printed phrase, and in brackets the rows of the record that rest on it. "
                        "Paragraphs are the blocks of the text between blank lines, counted from 1."
                    ),
                    printed,
                ),
                _section("How to cite", cite["full"], f"Short: {cite['short']}"),
                _section("Licence", f"{entry.licence.title} ({entry.licence.name}), {entry.licence.url}"),
            )
        )
        + "\n"
    )


def as_zip(identifier: str, folder: Path) -> bytes:
    """All files of a figure with its README in one zip, whose bytes depend on nothing but theirs."""
    files = {f"{identifier}{ending}": (folder / f"{identifier}{ending}").read_bytes() for ending in ALL}
    files["README.txt"] = readme(identifier).encode("utf-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{identifier}/{name}", (1980, 1, 1, 0, 0, 0))
            packed = name.endswith((".png", ".pdf"))  # compressed already
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name], compresslevel=9)
    return buffer.getvalue()


def write(folder: Path) -> None:
    """Write into the folder of the site's figures what lies beside the exported files of each."""
    for name in ("shown", "thumbnails"):
        (folder / name).mkdir(exist_ok=True)
    for identifier in FIGURES:
        for form, ending in FILES.items():
            (folder / f"{identifier}.{ending}").write_bytes(citation(identifier)[form].encode("utf-8"))
        (folder / "shown" / f"{identifier}.svg").write_text(
            shown(identifier)["image/svg+xml"], encoding="utf-8"
        )
        narrow = (folder / f"{identifier}-90.svg").read_text(encoding="utf-8")
        (folder / "shown" / f"{identifier}-90.svg").write_text(
            marked(narrow, FIGURES[identifier].mark), encoding="utf-8"
        )
        (folder / "thumbnails" / f"{identifier}.webp").write_bytes(thumbnail(identifier))
        (folder / f"{identifier}.zip").write_bytes(as_zip(identifier, folder))
