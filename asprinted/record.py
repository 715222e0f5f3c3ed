"""The record: the tables of `data/`, checked whole before anything is computed from them.

`data/datapackage.json` names every table, column, type and enumeration; pydantic checks each row
against it, and the checks across rows stand here. All problems are reported at once.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model

from asprinted.book import DATA
from asprinted.claims import ClaimSyntaxError, parse_claim
from asprinted.readings import READINGS, Digits, Hedge, apply_template, parse_digits, parse_template

if TYPE_CHECKING:
    from asprinted.rows import Quantity

WORDS_IN_A_PHRASE = 12
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad cell: where it stands, what it holds and what was expected."""

    file: str
    row: str
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: row {self.row}, column {self.column}: {self.value!r}; expected {self.expected}"


class RecordError(ValueError):
    """The record cannot be loaded; `problems` lists every bad cell."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problem(s) in the record:\n" + "\n".join(map(str, problems)))


Row = Any  # an instance of a model made from datapackage.json


def _blank_to_none(value: str) -> str | None:
    return value or None


def _field_type(field: dict) -> tuple[Any, Any]:
    """The pydantic type and default of one column."""
    rules = field.get("constraints", {})
    required = rules.get("required", False)
    if field["type"] in ("integer", "date"):
        base = int if field["type"] == "integer" else datetime.date
        bounds = Field(ge=rules["minimum"]) if "minimum" in rules else None
        kind = Annotated[base, bounds] if bounds else base
        if required:
            return kind, ...
        return Annotated[kind | None, BeforeValidator(_blank_to_none)], ...
    if "enum" in rules:
        return Literal[tuple(rules["enum"] + ([] if required else [""]))], ...
    if "pattern" in rules:
        pattern = f"^(?:{rules['pattern']})$" if required else f"^(?:{rules['pattern']})?$"
        return Annotated[str, Field(pattern=pattern)], ...
    return (Annotated[str, Field(min_length=1)] if required else str), ...


@dataclass(frozen=True)
class Table:
    """One table of the data package: its columns, its key and the model of its rows."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    model: type[BaseModel]
    fields: dict[str, dict]


@cache
def tables(package: Path = DATA / "datapackage.json") -> dict[str, Table]:
    """Every table that the data package describes, by name."""
    found = {}
    for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]:
        schema = resource["schema"]
        fields = {field["name"]: field for field in schema["fields"]}
        model = create_model(
            resource["name"],
            __config__=ConfigDict(frozen=True, str_strip_whitespace=False),
            **{name: _field_type(field) for name, field in fields.items()},
        )
        found[resource["name"]] = Table(
            resource["name"], tuple(fields), tuple(schema["primaryKey"]), model, fields
        )
    return found


def _expected(field: dict, error: dict) -> str:
    rules = field.get("constraints", {})
    if "enum" in rules:
        return "one of " + ", ".join(rules["enum"])
    if "pattern" in rules and error["type"] == "string_pattern_mismatch":
        return f"the form {rules['pattern']}"
    if field["type"] == "date":
        return "a day, YYYY-MM-DD"
    if field["type"] == "integer":
        return f"a whole number from {rules.get('minimum', 0)}"
    return "a value"


def _read_rows(path: Path, table: Table, problems: list[Problem]) -> list[dict[str, str]]:
    """The raw rows of one file; whatever keeps the file from being read is a problem."""

    def bad(row: str, column: str, value: str, expected: str) -> None:
        problems.append(Problem(path.name, row, column, value, expected))

    if not path.exists():
        bad("-", "-", "", "the file to exist")
        return []
    data = path.read_bytes()
    if data.startswith(b"\xef\xbb\xbf"):
        bad("1", table.columns[0], "byte order mark", "UTF-8 without a byte order mark")
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        bad("-", "-", str(data[error.start : error.end]), "UTF-8 text")
        return []
    lines = list(csv.reader(io.StringIO(text, newline="")))
    if not lines:
        bad("1", "-", "", "a header row: " + ",".join(table.columns))
        return []
    header = lines[0]
    if len(header) == 1 and ";" in header[0]:
        bad("1", "-", header[0], "commas between columns, not semicolons")
        return []
    if tuple(header) != table.columns:
        for column in table.columns:
            if column not in header:
                bad("1", column, "", "this column in the header")
        for column in header:
            if column not in table.columns:
                bad("1", column, column, "only the columns of the data package")
        if set(header) == set(table.columns):
            bad("1", "-", ",".join(header), "the columns in the order " + ",".join(table.columns))
        return []
    rows = []
    for line, cells in enumerate(lines[1:], start=2):
        label = cells[0] if cells and cells[0] else f"line {line}"
        if len(cells) != len(header):
            bad(label, "-", f"{len(cells)} cells", f"{len(header)} cells")
            continue
        rows.append(dict(zip(header, cells, strict=True)))
        for column, value in rows[-1].items():
            if value.startswith(("=", "@", "\t", "\r")):
                bad(label, column, value, "no value that a spreadsheet would run")
            elif value != value.strip():
                bad(label, column, value, "no white space at either end")
    return rows


def _check_rows(path: Path, table: Table, problems: list[Problem]) -> list[Row]:
    checked, seen = [], set()
    for raw in _read_rows(path, table, problems):
        key = tuple(raw[column] for column in table.key)
        label = " ".join(key) or "(bare number)"
        if key in seen:
            problems.append(Problem(path.name, label, table.key[0], label, "an id used once"))
        seen.add(key)
        try:
            checked.append(table.model.model_validate(raw))
        except ValidationError as error:
            for item in error.errors():
                column = str(item["loc"][0])
                expected = _expected(table.fields[column], item)
                problems.append(Problem(path.name, label, column, raw[column], expected))
            checked.append(_without(table, raw, {str(item["loc"][0]) for item in error.errors()}))
    return checked


def _without(table: Table, raw: dict[str, str], bad: set[str]) -> Row:
    """A row whose bad cells are left empty, so that the checks across rows can still be made of the rest."""
    readers = {"integer": int, "date": datetime.date.fromisoformat}
    cells = {
        name: (None if name in bad or not raw[name] else readers[field["type"]](raw[name]))
        if field["type"] in readers
        else raw[name]
        for name, field in table.fields.items()
    }
    return table.model.model_construct(**cells)


@dataclass(frozen=True)
class Record:
    """Every table of the record, checked. Rows are reached by id; whole tables as data frames."""

    rows: dict[str, dict[str, Row]]
    _selected: dict[str, list[Row]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def find(self, identifier: str) -> Row:
        """The row with an id. Raises KeyError, naming the id, if there is none."""
        for table in self.rows.values():
            if identifier in table:
                return table[identifier]
        raise KeyError(f"no row {identifier!r} in the record")

    def select(self, selector: str) -> list[Row]:
        """The rows that a selector such as `events?institution=OTS&type=summit` names, in order."""
        if selector not in self._selected:
            table, _, conditions = selector.partition("?")
            pairs = [condition.partition("=")[::2] for condition in conditions.split("&") if condition]
            self._selected[selector] = [
                row
                for row in self.rows[table].values()
                if all(str(getattr(row, column)) == value for column, value in pairs)
            ]
        return list(self._selected[selector])

    def frame(self, table: str, **conditions: str) -> pd.DataFrame:
        """A table, or the rows of it that meet the conditions, as a data frame of plain values."""
        selector = table + "?" + "&".join(f"{k}={v}" for k, v in conditions.items())
        return pd.DataFrame(
            [row.model_dump() for row in self.select(selector)], columns=tables()[table].columns
        )

    def quantities(self, **conditions: str) -> pd.DataFrame:
        """The printed numbers, or those that meet the conditions (such as `text="kocak2026"`)."""
        return self.frame("quantities", **conditions)

    def events(self, **conditions: str) -> pd.DataFrame:
        """The events and steps, or those that meet the conditions."""
        return self.frame("events", **conditions)

    def claims(self, **conditions: str) -> pd.DataFrame:
        """The checkable claims, or those that meet the conditions."""
        return self.frame("claims", **conditions)

    def tensions(self, **conditions: str) -> pd.DataFrame:
        """The places that pull apart, or those that meet the conditions."""
        return self.frame("tensions", **conditions)

    def quantity(self, identifier: str) -> Quantity:
        """One printed number with its phrase, place and sets. Raises KeyError for an unknown id."""
        from asprinted.rows import quantity  # rows.py reads records

        return quantity(self, identifier)

    def hedge_senses(self, word: str) -> list[Hedge]:
        """Every sense of a hedge word; the empty word is a bare number."""
        return [
            Hedge(row.hedge, row.sense, row.tight, row.plain, row.loose)
            for row in self.rows["hedges"].values()
            if row.hedge == word
        ]


def load(folder: Path = DATA) -> Record:
    """Read and check every table. Raises RecordError, listing all problems, and loads nothing then."""
    problems: list[Problem] = []
    rows = {
        name: {
            " ".join(str(getattr(row, k)) for k in table.key): row
            for row in _check_rows(folder / f"{name}.csv", table, problems)
        }
        for name, table in tables().items()
    }
    found = Record(rows)
    for check in CHECKS:
        problems += [p for p in check(found) if p not in problems]
    if problems:
        raise RecordError(problems)
    return found


@cache
def record() -> Record:
    """The book's own record, loaded once."""
    return load()


def quantities(**conditions: str) -> pd.DataFrame:
    """The printed numbers of the book's record, or those that meet the conditions."""
    return record().quantities(**conditions)


def quantity(identifier: str) -> Quantity:
    """One printed number of the book's record. Raises KeyError for an unknown id."""
    return record().quantity(identifier)


def _phrases(found: Record) -> Iterator[Problem]:
    for name, table in found.rows.items():
        for key, row in table.items():
            for column in ("printed", "date_printed", "printed_b"):
                phrase = getattr(row, column, "")
                words = len(WORD.findall(phrase))
                if words > WORDS_IN_A_PHRASE or "\n" in phrase:
                    yield Problem(
                        f"{name}.csv",
                        key,
                        column,
                        phrase,
                        f"at most {WORDS_IN_A_PHRASE} words on one line, not {words}",
                    )


def _dates(found: Record) -> Iterator[Problem]:
    for name in ("events", "statuses"):
        for key, row in found.rows[name].items():
            if row.earliest and row.latest and row.earliest > row.latest:
                yield Problem(f"{name}.csv", key, "latest", str(row.latest), f"a day from {row.earliest}")
    for key, row in found.rows["events"].items():
        if row.dating in ("printed", "carried") and not (row.date_paragraph and row.date_printed):
            yield Problem(
                "events.csv", key, "date_printed", row.date_printed, "the phrase that prints the date"
            )
        if row.dating == "printed" and not (row.earliest or row.latest):
            yield Problem("events.csv", key, "earliest", "", "the first day of the printed date")
        if row.dating == "source" and not row.latest:
            yield Problem("events.csv", key, "latest", "", "the last day of the citation that dates it")
        if row.dating == "none" and (row.earliest or row.latest):
            yield Problem("events.csv", key, "dating", "none", "where the date comes from")
        if bool(row.anchor) != bool(row.offset) or (row.dating == "relative" and not row.anchor):
            yield Problem(
                "events.csv",
                key,
                "anchor",
                row.anchor,
                "anchor and offset together, and both for a relative date",
            )
        if row.anchor and row.anchor not in found.rows["events"]:
            yield Problem("events.csv", key, "anchor", row.anchor, "the id of an event")


def _numbers(found: Record) -> Iterator[Problem]:
    hedges = {row.hedge for row in found.rows["hedges"].values()}
    for key, row in found.rows["quantities"].items():
        if row.hedge not in hedges:
            yield Problem(
                "quantities.csv",
                key,
                "hedge",
                row.hedge,
                "a word of hedges.csv: " + ", ".join(sorted(hedges)),
            )
        if not row.digits and row.kind != "magnitude":
            yield Problem("quantities.csv", key, "digits", "", "digits, or the kind magnitude")
        if not row.digits and not row.hedge:
            yield Problem(
                "quantities.csv", key, "hedge", "", "digits, or a word of hedges.csv that stands for a number"
            )
        if row.digits:
            try:
                parse_digits(row.digits)
            except ValueError as error:
                yield Problem("quantities.csv", key, "digits", row.digits, str(error))


def _hedges(found: Record) -> Iterator[Problem]:
    samples = [
        Digits(Fraction(n), Fraction(n), Fraction(u), Fraction(g))
        for n, u, g in ((40, 1, 10), (2, 1, 1), (34, 1, 1), ("28.9", "1/10", "1/10"), (600, 1, 100))
    ]
    for key, row in found.rows["hedges"].items():
        bad = False
        for reading in READINGS:
            try:
                parse_template(getattr(row, reading))
            except ValueError:
                bad = True
                expected = "an interval in n, u and g such as '[n - g/2, n)'"
                yield Problem("hedges.csv", key, reading, getattr(row, reading), expected)
        if bad:
            continue
        sets = [[apply_template(getattr(row, r), digits) for r in READINGS] for digits in samples]
        if any(not (tight <= plain <= loose) for tight, plain, loose in sets):
            yield Problem("hedges.csv", key, "plain", row.plain, "tight inside plain inside loose")


def _claims(found: Record) -> Iterator[Problem]:
    for name in ("claims", "tensions"):
        for key, row in found.rows[name].items():
            try:
                parse_claim(row.measure, row.inputs, getattr(row, "claimed", ""), _resolver(found))
            except ClaimSyntaxError as error:
                yield Problem(f"{name}.csv", key, error.column, error.value, error.expected)


def _resolver(found: Record) -> Callable[[str], str | None]:
    """Tell what an input names: a table, "missing", or nothing."""

    def kind(name: str) -> str | None:
        if name.startswith("missing:"):
            return "missing" if name.removeprefix("missing:") in found.rows["missing"] else None
        if "?" in name:
            table, _, conditions = name.partition("?")
            if table not in found.rows:
                return None
            columns = tables()[table].columns
            pairs = [condition.partition("=") for condition in conditions.split("&")]
            return table if all(sign and column in columns for column, sign, _ in pairs) else None
        return next((table for table, rows in found.rows.items() if name in rows), None)

    return kind


CHECKS: list[Callable[[Record], Iterator[Problem]]] = [_phrases, _dates, _numbers, _hedges, _claims]
