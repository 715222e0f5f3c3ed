"""Numerals in prose: every one is bound to a value of the record or of the results, or declared as no result.

A Markdown cell's metadata holds `asprinted.numerals`: a list, in reading order, of [text, source] for each
numeral or number word of the cell. The source is an expression over the notebook's own names (and `numerals`, which splits a text), whose value,
as text, must be the numeral; or one of the words in `NO_RESULT`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat

NO_RESULT = ("a year", "a section", "a name", "a count of our own", "an idiom")
NUMBER_WORDS = "|".join(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "dozen",
        "half",
        "third",
        "quarter",
        "once",
        "twice",
        "thrice",
        "doubled",
        "tripled",
        "halved",
    ]
)
NUMERAL = re.compile(rf"\u2212?\d+(?:[.,]\d+)*|\b(?:{NUMBER_WORDS})\b", re.IGNORECASE)
NOT_PROSE = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\{[a-z:]+\}`[^`]*`|\]\([^)]*\)|<[^>]*>|^\([\w-]+\)=$|^:{3,}[^\n]*$",
    re.DOTALL | re.MULTILINE,
)


def numerals(markdown: str) -> list[str]:
    """Every numeral and number word of a Markdown text, in order; code, mathematics and addresses aside."""
    return NUMERAL.findall(NOT_PROSE.sub(" ", markdown))


def bindings(cell) -> list[list[str]]:
    """The declared numerals of a Markdown cell."""
    return cell.metadata.get("asprinted", {}).get("numerals", [])


def namespace(notebook) -> dict[str, Any]:
    """The names a notebook's code cells define, run in order in this process."""
    names: dict[str, Any] = {"numerals": numerals}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "<cell>", "exec"), names)
    return names


def faults(path: Path) -> list[str]:
    """Every numeral of a notebook's prose that is undeclared or whose source gives another text."""
    notebook = nbformat.read(path, as_version=4)
    names = namespace(notebook)
    found = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "markdown":
            continue
        printed, declared = numerals(cell.source), bindings(cell)
        where = f"{path.name}, cell {number}"
        if printed != [text for text, _ in declared]:
            found.append(
                f"{where}: the prose has the numerals {printed}, its metadata declares {[t for t, _ in declared]}"
            )
            continue
        for text, source in declared:
            if source in NO_RESULT:
                continue
            value = str(eval(source, names))
            if value != text:
                found.append(f"{where}: {text!r} stands for {source}, which gives {value!r}")
    return found
