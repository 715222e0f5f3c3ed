"""The texts in the order in which the book shows them, and the names that its sentences give them."""

from __future__ import annotations

from collections.abc import Iterable

from asprinted.record import record

ROLES = {"kurnaz2026": "article", "carnegie2024": "paper", "kocak2026": "chapter"}
TEXTS = tuple(ROLES)


def short_name(text: str) -> str:
    """Author and year of a text: the family name of a person, a body up to what it is for. Raises KeyError."""
    row = record().rows["texts"][text]
    body, for_, _ = row.authors.partition(" for ")
    return f"{body if for_ else row.authors.split()[-1]} ({row.year})"


def sources(texts: Iterable[str]) -> str:
    """Some texts by author and year, each once, in the order of the book: "Kurnaz (2026) and Koçak (2026)"."""
    *names, last = (short_name(text) for text in sorted(set(texts), key=TEXTS.index))
    return f"{', '.join(names)} and {last}" if names else last
