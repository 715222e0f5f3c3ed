"""What the glossary quotes: a phrase of the record by its row, or a phrase of a text at its place."""

from __future__ import annotations

import re
from pathlib import Path

from asprinted.record import record
from press.browse import page_of

SOURCE = re.compile(r'⟦printed\("(\w+)", (\d+), "([^"⟧]+)"\)⟧')
ROLE = re.compile(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`")
DIRECTIVE = re.compile(r"^(`{3,}|:{3,})\{glossary\}\n(.*?)^\1$", re.DOTALL | re.MULTILINE)


def printed(text: str, paragraph: int, phrase: str) -> str:
    """A phrase of a text with its place. Raises KeyError for a text that is not in the record."""
    record().rows["texts"][text]
    return f"“{phrase}” ({text} ¶{paragraph})"


def quoted(identifier: str) -> str:
    """A phrase of the record with its place, linked to its row where the row has a page."""
    row = record().find(identifier)
    place = f"{row.text} ¶{row.paragraph}"
    page = page_of(identifier)
    return f"“{row.printed}” (" + (f'<a href="{page}.html#{identifier}">{place}</a>' if page else place) + ")"


def terms(markdown: str) -> list[str]:
    """The terms that the glossaries of a page define, in order."""
    return [
        line.strip()
        for match in DIRECTIVE.finditer(markdown)
        for line in match[2].splitlines()
        if line.strip() and not line.startswith((" ", ":"))
    ]


def uses(markdown: str) -> list[str]:
    """The terms that a page's `{term}` roles point to, in order."""
    return [match.strip() for match in ROLE.findall(markdown)]


def phrases(page: Path) -> list[tuple[str, int, str]]:
    """The phrases that a page quotes at a place of its own: text, paragraph, phrase."""
    return [(text, int(n), phrase) for text, n, phrase in SOURCE.findall(page.read_text(encoding="utf-8"))]
