"""What identifies the book, read from `CITATION.cff`: the one place where it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
FIGURES = ROOT / "figures"


@dataclass(frozen=True, slots=True)
class Book:
    """Title, version, authors, date and, once they exist, public address and DOI."""

    title: str
    version: str
    authors: str
    year: int
    url: str | None
    doi: str | None

    @property
    def name(self) -> str:
        """The title without its subtitle."""
        return self.title.partition(":")[0]

    @property
    def citation(self) -> str:
        """The book in one line; carries the version until there is a DOI."""
        where = f" https://doi.org/{self.doi}" if self.doi else f" {self.url}" if self.url else ""
        return f"{self.authors} ({self.year}). {self.title} (version {self.version}).{where}"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its SPDX name, its title and where its text stands."""

    name: str
    title: str
    url: str


@cache
def licence() -> Licence:
    """The licence of the record, the pages and the figures, as `data/datapackage.json` names it; code has its own."""
    found = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["licenses"][0]
    return Licence(name=found["name"], title=found["title"], url=found["path"])


@cache
def book() -> Book:
    """The book's identity. Raises KeyError if `CITATION.cff` lacks a field."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return Book(
        title=cff["title"],
        version=cff["version"],
        authors=", ".join(author["name"] for author in cff["authors"]),
        year=cff["date-released"].year,
        url=cff.get("url"),
        doi=cff.get("doi"),
    )
