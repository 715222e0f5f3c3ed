"""`CHANGELOG.md`: the one place that says what changed in which version, and which versions are released.

A version is a section `## 1.2.3, 2027-01-31`, latest first; the one at work is `## 1.2.3, unreleased`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from asprinted.book import ROOT

FILE = ROOT / "CHANGELOG.md"
HEADING = re.compile(r"^## (\d+(?:\.\d+)+), (unreleased|\d{4}-\d{2}-\d{2})$", re.MULTILINE)
CORRECTIONS = "Corrections of the record"


@dataclass(frozen=True)
class Changelog:
    """The changelog's Markdown and what it says of each version."""

    markdown: str

    @cached_property
    def days(self) -> dict[str, str]:
        """The day on which each version was released, or `unreleased`; latest version first."""
        return dict(HEADING.findall(self.markdown))

    def released(self, version: str) -> bool:
        """Whether a version has gone out, so that others may have cited it."""
        return self.days.get(version, "unreleased") != "unreleased"

    def before(self, one: str, other: str) -> bool:
        """Whether a version came before another. Raises ValueError for a version that has no section."""
        order = list(self.days)
        return order.index(one) > order.index(other)

    def sections(self, title: str) -> dict[str, str]:
        """What stands under `### title` in each version that has it."""
        parts = HEADING.split(self.markdown)[1:]
        found = {}
        for version, text in zip(parts[::3], parts[2::3], strict=True):
            match = re.search(rf"^### {re.escape(title)}\n(.*?)(?=^### |\Z)", text, re.DOTALL | re.MULTILINE)
            if match and match[1].strip():
                found[version] = match[1].strip()
        return found

    def faults(self) -> list[str]:
        """What is wrong with the headings: an unknown form, a version out of order, two at work."""
        headings = re.findall(r"^## .*$", self.markdown, re.MULTILINE)
        found = [f"CHANGELOG.md: {h!r} is no version" for h in headings if not HEADING.fullmatch(h)]
        versions = [tuple(map(int, version.split("."))) for version in self.days]
        if len(self.days) != len(HEADING.findall(self.markdown)) or versions != sorted(
            versions, reverse=True
        ):
            found.append("CHANGELOG.md: the versions do not stand latest first, each once")
        if "unreleased" in list(self.days.values())[1:]:
            found.append("CHANGELOG.md: only the latest version may be unreleased")
        return found


def changelog(file: Path = FILE) -> Changelog:
    """The book's changelog."""
    return Changelog(file.read_text(encoding="utf-8"))


def page() -> str:
    """The changelog as the body of a page: everything below its title."""
    return changelog().markdown.partition("\n")[2].strip()


def corrections(log: Changelog) -> str:
    """The corrected rows of the record, version by version, in Markdown."""
    found = log.sections(CORRECTIONS)
    return "\n\n".join(f"**Version {v}**\n\n{text}" for v, text in found.items()) or "None so far."
