"""What identifies the book, read from `CITATION.cff`: the one place where it stands."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
FIGURES = ROOT / "figures"


@dataclass(frozen=True, slots=True)
class Book:
    """Title, version, authors, date and, once they exist, public address, DOIs and repository.

    `doi` is that of this version; `concept` stands for all versions and leads to the latest.
    """

    title: str
    version: str
    authors: str
    released: date
    url: str | None
    doi: str | None
    concept: str | None = None
    repository: str | None = None

    @property
    def year(self) -> int:
        """The year of this version."""
        return self.released.year

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


ALL_VERSIONS = "all versions"  # what `CITATION.cff` calls the DOI that stands for every version


def cff() -> dict:
    """`CITATION.cff` as it stands."""
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@cache
def book() -> Book:
    """The book's identity. Raises KeyError if `CITATION.cff` lacks a field."""
    found = cff()
    concepts = (i["value"] for i in found.get("identifiers", ()) if i.get("description") == ALL_VERSIONS)
    return Book(
        title=found["title"],
        version=found["version"],
        authors=", ".join(author["name"] for author in found["authors"]),
        released=found["date-released"],
        url=found.get("url"),
        doi=found.get("doi"),
        concept=next(concepts, None),
        repository=found.get("repository-code"),
    )


def _heading(version: str) -> re.Match[str] | None:
    """The heading of a released version in `CHANGELOG.md`, which gives its day; None if it has none."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.search(rf"^## {re.escape(version)}, (\d{{4}}-\d\d-\d\d)$", changelog, re.MULTILINE)


@cache
def released(version: str) -> bool:
    """Whether a version has gone out: others may have cited it, and nothing in it changes any more."""
    return _heading(version) is not None


def day_of(version: str) -> date:
    """The day of a version: of the present one from `CITATION.cff`, of an older one from `CHANGELOG.md`.

    Raises KeyError for a version that neither dates.
    """
    if version == book().version:
        return book().released
    heading = _heading(version)
    if not heading:
        raise KeyError(f"CHANGELOG.md gives no day for version {version}")
    return date.fromisoformat(heading[1])
