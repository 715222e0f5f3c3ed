"""Citations on the page "How to cite", and everything the book cites or offers to be cited as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import yaml

from asprinted.book import ROOT, book, released
from asprinted.citations import (
    CHAPTERS,
    Reference,
    address,
    bibtex,
    book_reference,
    chapter_reference,
    csl,
    figure_reference,
    forms,
    ris,
    work_keys,
    work_reference,
)
from asprinted.figures import FIGURES

NAME = "as-printed"
FOLDER = "downloads"


def pages() -> list[str]:
    """The stems of the chapters and other written pages, in the order of the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    stems = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [s for s in stems if (CHAPTERS / f"{s}.ipynb").exists() or (CHAPTERS / f"{s}.md").exists()]


def items() -> Iterator[Reference]:
    """The book, its chapters, its figures, and every work of the bibliography, the three texts among them."""
    yield book_reference()
    yield from map(chapter_reference, pages())
    yield from map(figure_reference, FIGURES)
    yield from map(work_reference, work_keys())


def files() -> dict[str, str]:
    """All items in each format that reference managers read: file name and content."""
    found = list(items())
    return {
        f"{NAME}.bib": "\n".join(map(bibtex, found)),
        f"{NAME}.ris": "\r\n".join(map(ris, found)),
        f"{NAME}.csl.json": json.dumps(list(map(csl, found)), ensure_ascii=False, indent=1) + "\n",
    }


def write(staged: Path) -> None:
    """Write the files into the downloads of a staged folder of chapters."""
    folder = staged / "_extra" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


# --- what the page "How to cite" asks for --------------------------------------------------------


def example(reference: Reference) -> str:
    """A citation as Markdown: the full form, the short form for a note or a caption, and BibTeX."""
    found = forms(reference)
    return f"> {found['full']}\n\nShort: *{found['short']}*.\n\n```bibtex\n{found['bibtex']}```"


def links() -> str:
    """The files of all citations, as Markdown links that download them."""
    kinds = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}
    return ", ".join(
        f'<a href="{FOLDER}/{NAME}.{end}" download>{NAME}.{end}</a> ({kind})' for end, kind in kinds.items()
    )


def fixed() -> str:
    """How one cites the version at hand."""
    found = book()
    doi = f" Its DOI is https://doi.org/{found.doi}; it leads to this version for good." if found.doi else ""
    none = " The book has no DOI yet; until it has one, the version number is what fixes a citation."
    open_ = (
        ""
        if released(found.version)
        else " It is not released: until the [changelog](changelog.md) gives it a day, its figures, numbers and verdicts "
        "may still change, and a citation says so."
    )
    return f"Name the version: this is version {found.version}.{doi or none}{open_}"


def current() -> str:
    """How one points to whatever version is current."""
    found = book()
    if found.concept:
        return f"Leave the version out and give the DOI of all versions, https://doi.org/{found.concept}."
    if found.url:
        return f"Leave the version out and give the address, {address('index.html')}, which always shows the latest."
    return (
        "Leave the version out and say “latest version”. The book has no public address yet; an address within "
        "the book, such as the one of a figure's page, stays the same from version to version."
    )
