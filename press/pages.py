"""Pages written in Markdown: values of the record are set into them when they are staged.

A value stands as `⟦expression⟧`, over the names of `NAMES`; `⟦2021:a year⟧` declares a numeral that is no result.
"""

from __future__ import annotations

import re
from typing import Any

from asprinted import citations, energy, figures
from asprinted.book import book
from asprinted.display import decimal, interval, words
from asprinted.record import WORDS_IN_A_PHRASE, record
from asprinted.values import digits
from asprinted.verdicts import verdict, verdicts
from press import changelog, citing, errata, glossary, proof
from press.codebook import codebook
from press.prose import NO_RESULT, numerals

FIELD = re.compile(r"⟦(.*?)⟧", re.DOTALL)


def count(table: str) -> str:
    """How many rows a table of the record has."""
    return f"{len(record().rows[table]):,}"


def names() -> dict[str, Any]:
    """What a page's expressions may use."""
    return {
        "judged": [v for v in verdicts() if v.word != "interpretive"],
        **{
            f.__name__: f
            for f in (book, codebook, count, decimal, digits, interval, record, verdict, verdicts, words)
        },
        "citations": citations,
        "citing": citing,
        "changelog": changelog.page,
        "errata": errata.page,
        "proof": proof.page,
        "energy": energy,
        "figures": figures,
        "printed": glossary.printed,
        "quoted": glossary.quoted,
        "WORDS_IN_A_PHRASE": WORDS_IN_A_PHRASE,
    }


def _declared(field: str) -> str | None:
    text, _, source = field.rpartition(":")
    return text if source in NO_RESULT else None


def render(markdown: str) -> str:
    """A page with every field replaced by its value."""
    found = names()

    def value(match: re.Match) -> str:
        declared = _declared(match[1])
        return declared if declared is not None else str(eval(match[1], found))

    return FIELD.sub(value, markdown)


def loose_numerals(markdown: str) -> list[str]:
    """Numerals of a page that stand outside any field; number words are let be."""
    return [text for text in numerals(FIELD.sub(" ", markdown)) if any(c.isdigit() for c in text)]
