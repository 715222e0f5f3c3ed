"""Captions, alt texts and descriptions: no numeral is typed, and whatever the data say, the words say."""

import ast
import datetime
import re
from fractions import Fraction

import pytest

from asprinted.figures import FIGURES
from asprinted.figures.dictionary import (
    DAY,
    DECIMAL,
    FRACTION,
    NUMBER,
    OPEN_FRACTION,
    SOME_DAY,
    TRUTH,
    columns,
    dictionary,
    tabled,
)
from press.figure_words import WORDS, faults, typed

ENTRIES = pytest.mark.parametrize("entry", FIGURES.values(), ids=list(FIGURES))
UNTOLD = {  # columns that the data hold for reuse, or that only set an order, and the words leave out
    ("fig-three-texts-widths", "near"),
    ("fig-record-numbers", "cited"),
    ("fig-institutions-recorded", "last"),
}


def said(entry, data):
    """The words of a figure drawn from some data; none if the data allow no sentence."""
    try:
        return [getattr(entry, part)(data) for part in WORDS]
    except (AttributeError, KeyError, IndexError, ValueError, StopIteration):
        return []


@ENTRIES
def test_no_numeral_is_typed(entry):
    assert faults(entry) == []


def function(source):
    return ast.parse(source).body[0]


@pytest.mark.parametrize(
    "source",
    [
        'def f(data):\n    return f"There are 7 of {len(data)}."',
        'def f(data):\n    return "Twelve steps, of which half are dated."',
        'def f(data):\n    return f"There are {7}."',
        'def f(data):\n    n = 7\n    return f"There are {n} of {len(data)}."',
        'def f(data):\n    rows = []\n    rows.append(7)\n    return f"There are {rows[0]}."',
        'def f(data):\n    return "There are " + str(7)',
        'def f(data):\n    return f"At {decimal(Fraction(2, 5), 1)} lies the line."',
        "def f(data):\n    return f\"{'few' if len(data) else '7'} rows.\"",
        'def f(data):\n    return f"There are {ANSWER}."',
    ],
)
def test_a_typed_number_is_found(source):
    assert typed(function(source), set(), {"record"}, {"ANSWER"})


@pytest.mark.parametrize(
    "source",
    [
        'def f(data):\n    """Seven of 9."""\n    n = len(data)\n    return f"There are {n} of {n + 1}."',
        "def f(data):\n    return f\"Twice: {sets_of(data, 'about twice')}.\"",
        'def f(data):\n    rows = []\n    for row in data:\n        rows.append(row)\n    return f"{rows[0]} in kocak2026."',
        "def f(data):\n    return f\"{record().rows}, {str(len(data))}, {'a' if data else 'b'}.\"",
    ],
)
def test_what_rests_on_data_or_names_it_is_no_typed_number(source):
    known = {"about twice"}
    found = typed(function(source.replace("Twice: ", "So: ")), known, {"record"}, {"ANSWER"})
    assert found == []


def _day(value):
    later = datetime.timedelta(days=900)
    if isinstance(value, datetime.date):
        return value + later
    return (datetime.date.fromisoformat(value) + later).isoformat() if value else value


def _fraction(value):
    return value if value in ("", "inf", "-inf") else type(value)(Fraction(value) + Fraction(1, 7))


ALTERED = {
    DAY: _day,
    SOME_DAY: lambda value: _day(value) if isinstance(value, str | datetime.date) else value,
    NUMBER: lambda value: value + 1,
    TRUTH: lambda value: {"True": "False", "False": "True"}[value] if isinstance(value, str) else not value,
    FRACTION: _fraction,
    OPEN_FRACTION: _fraction,
}


@ENTRIES
def test_altering_any_number_day_or_truth_of_the_data_alters_the_words(entry):
    data = entry.data()
    before = said(entry, data)
    assert before
    for name, column in columns(entry.id, data).items():
        if column.values in ALTERED and (entry.id, name) not in UNTOLD:
            altered = data.assign(**{name: data[name].map(ALTERED[column.values]).astype(data[name].dtype)})
            assert said(entry, altered) != before, f"{name} could be anything"


def _shifted(row):
    """A row of a set with both finite ends moved by the same amount."""
    return {end: _fraction(row[end]) for end in ("low", "high")}


def _told(entry, row):
    """Whether a row is one of those that the description tells one by one."""
    match entry.id:
        case "fig-energy-gas-concentration" if row["label"].startswith("curve"):
            return Fraction(row["reading"]) % Fraction(1, 20) == 0
        case "fig-leverage-dependence":
            return row["low"] != ""
    return True


@pytest.mark.parametrize(
    "entry", [e for e in FIGURES.values() if {"reading", "low"} <= set(e.data().columns)], ids=lambda e: e.id
)
def test_every_end_under_every_reading_is_told(entry):
    data = entry.data()
    before = entry.description(data)
    for at, row in data.iterrows():
        if _told(entry, row):
            altered = data.copy()
            for end, value in _shifted(row).items():
                altered.loc[at, end] = value
            assert entry.description(altered) != before, dict(row)


@ENTRIES
def test_a_description_says_more_than_the_alt_and_repeats_neither_it_nor_the_caption(entry):
    data = entry.data()
    caption, alt, description = said(entry, data)
    assert len(description) > 1.5 * len(alt)
    assert len(description.split()) > 80
    assert alt not in description
    assert caption not in description
    for text in (caption, alt, description):
        assert not re.search(r"[{}]|\bnan\b|\bNone\b|NaT|\(\)|  ", text)
        assert text == text.strip()
        assert text.endswith((".", "?"))


@ENTRIES
def test_every_column_has_an_entry_of_its_own_in_the_dictionary_and_keeps_to_it(entry):
    data = entry.data()
    table = dictionary(entry.id, data)
    file = tabled(entry.id, data)
    assert list(table["column"]) == list(file.columns)
    assert [name for name in file.columns if not name.endswith(DECIMAL)] == list(data.columns)
    assert table["meaning"].is_unique
    assert table["meaning"].str.len().min() > 8
    assert (table["values"] != "").all()
    for name, column in columns(entry.id, data).items():
        if isinstance(column.values, tuple):
            assert set(map(str, data[name])) <= set(column.values), name
        elif column.values in (FRACTION, OPEN_FRACTION):
            for value in data[name]:
                assert value in ("", "inf", "-inf") or Fraction(value) is not None
            for value, decimal in zip(data[name], file[name + DECIMAL], strict=True):
                if value not in ("", "inf", "-inf"):
                    assert abs(float(decimal) - float(Fraction(value))) <= abs(float(Fraction(value))) * 1e-5
                else:
                    assert decimal == value
