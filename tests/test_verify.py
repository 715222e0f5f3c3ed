"""What the check against the texts bears out, on made phrases; the book's own record where the texts are at hand."""

import csv
import datetime
import hashlib
from types import SimpleNamespace

import pytest

from asprinted.energy import COAL, DEFERRAL, DOUBLED, GAS, LEGS, NEARLY_DOUBLED, OIL, REFINERY_DEAL, TRADE
from asprinted.readings import parse_digits
from asprinted.record import load, record
from press.verify import (
    date_problems,
    first_number,
    main,
    number_problems,
    paragraphs,
    period_problems,
    printed_spans,
    spans_of,
    status_problems,
    verify,
)


def quantity(printed, digits, scale="", unit="hens", hedge=""):
    return SimpleNamespace(printed=printed, digits=digits, scale=scale, unit=unit, hedge=hedge)


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (quantity("almost 40 percent of eggs", "40", "percent", "share", "almost"), []),
        (quantity("from 10.7 to 19.3 million tons", "10.7", "million", "tonnes"), []),
        (quantity("from 10.7 to 19.3 million tons", "19.3", "million", "tonnes"), ["digits"]),
        (quantity("almost 40 percent of eggs", "41", "percent", "share", "almost"), ["digits"]),
        (quantity("almost 40 percent of eggs", "40", "million", "share", "almost"), ["scale"]),
        (quantity("sold 40 million eggs", "40", "", "eggs"), ["scale"]),
        (quantity("almost 40 percent of eggs", "40", "percent", "share", "nearly"), ["hedge"]),
        (quantity("sold for 5.4 billion", "5.4", "billion", "USD"), ["unit"]),
        (quantity("sold for $5.4 billion", "5.4", "billion", "unstated"), ["unit"]),
        (quantity("three hens and two geese", "three"), []),
        (quantity("three hens and two geese", "two"), ["digits"]),
        (quantity("paid 140 for it", "40"), ["digits"]),
    ],
)
def test_digits_scale_unit_and_hedge_must_be_borne_out_by_the_phrase(row, columns):
    assert [column for column, _, _ in number_problems(row, row.printed)] == columns


def test_two_numbers_of_one_phrase_cannot_trade_places():
    phrase = "from 10.7 to 19.3 million tons"
    assert first_number(phrase, "10.7") == "10.7"
    assert first_number(phrase, "19.3") == "10.7"


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("built in 2003 by hand", (2003, 1, 1), (2003, 12, 31)),
        ("in the spring of 2023", (2023, 3, 1), (2023, 5, 31)),
        ("a record in November 2023", (2023, 11, 1), (2023, 11, 30)),
        ("signed on 15 June 2021", (2021, 6, 15), (2021, 6, 15)),
        ("the July 16, 2016, coup", (2016, 7, 16), (2016, 7, 16)),
        ("at the end of 2015", (2015, 10, 1), (2015, 12, 31)),
        ("in the 1960s", (1960, 1, 1), (1969, 12, 31)),
        ("the 1853–1856 war", (1853, 1, 1), (1856, 12, 31)),
        ("21.11.2025", (2025, 11, 21), (2025, 11, 21)),
        ("in February 2024", (2024, 2, 1), (2024, 2, 29)),
    ],
)
def test_a_printed_date_is_the_days_that_enclose_it(phrase, first, last):
    assert printed_spans(phrase) == [(datetime.date(*first), datetime.date(*last))]


def test_a_date_that_its_phrase_does_not_print_is_a_problem():
    row = SimpleNamespace(
        dating="printed",
        date_printed="built in 2003",
        earliest=datetime.date(2003, 1, 1),
        latest=datetime.date(2004, 12, 31),
    )
    assert [column for column, _, _ in date_problems(row)] == ["latest"]


def test_paragraphs_are_the_blocks_between_blank_lines():
    assert paragraphs("\nOne\nline.\n\n\nTwo.\n \nThree.\n") == ["One\nline.", "Two.", "Three."]


def test_a_folder_without_a_text_is_named(tmp_path):
    with pytest.raises(SystemExit, match=r"carnegie2024\.txt is missing"):
        verify(record(), tmp_path)


def test_the_command_wants_one_folder(capsys):
    assert main([]) == 2
    assert "usage: make verify TEXTS=DIR" in capsys.readouterr().out


# --- against the texts ----------------------------------------------------------------------------


def test_the_record_is_borne_out_by_the_texts(texts):
    assert [str(problem) for problem in verify(record(), texts)] == []


def test_the_texts_are_the_ones_that_were_read(texts):
    for key, row in record().rows["texts"].items():
        assert hashlib.sha256((texts / f"{key}.txt").read_bytes()).hexdigest() == row.sha256


INPUTS = (*COAL, *OIL, *LEGS, *TRADE, GAS, DEFERRAL, REFINERY_DEAL, DOUBLED, NEARLY_DOUBLED)


@pytest.mark.parametrize("identifier", INPUTS)
def test_an_input_of_the_energy_chapter_cannot_be_off_by_one_unit(texts, copy_of_data, identifier):
    path = copy_of_data / "quantities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    cells = next(cells for cells in rows if cells[0] == identifier)
    at = header.index("digits")
    parsed = parse_digits(cells[at])
    cells[at] = str(float(parsed.lo + parsed.unit)) if parsed.unit < 1 else str(int(parsed.lo + parsed.unit))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    found = [(p.file, p.row, p.column) for p in verify(load(copy_of_data), texts)]
    assert ("quantities.csv", identifier, "digits") in found


# --- dates and years --------------------------------------------------------------------------------


def event(**cells):
    blank = dict(dating="none", date_printed="", earliest=None, latest=None, offset="", id="e")
    return SimpleNamespace(**(blank | cells))


def test_a_relative_date_is_its_anchor_and_length_widened_by_one_unit_either_way():
    day = datetime.date
    coup = event(earliest=day(2016, 7, 16), latest=day(2016, 7, 16), id="e-coup")
    visit = event(dating="relative", offset="+3 weeks", earliest=day(2016, 7, 30), latest=day(2016, 8, 13))
    assert list(date_problems(visit, coup)) == []
    visit.latest = day(2016, 8, 14)
    assert [column for column, _, _ in date_problems(visit, coup)] == ["latest"]


def test_a_citation_bounds_an_event_from_above_only():
    row = event(dating="source", date_printed="(Saudi Gazette, 2023)", latest=datetime.date(2023, 12, 31))
    assert list(date_problems(row)) == []
    row.earliest = datetime.date(2023, 1, 1)
    assert [column for column, _, _ in date_problems(row)] == ["earliest"]


def test_a_status_is_dated_by_its_paragraph_or_by_an_era_it_names():
    text = "The Mill era (2001-2005) began.\n\nIn the Mill years it was a member; by 2003 an observer."
    spans = spans_of(text.split("\n\n")[1], text)
    dated = [SimpleNamespace(earliest=datetime.date(y, 1, 1), latest=None) for y in (2001, 2003, 2004)]
    assert [len(list(status_problems(row, spans))) for row in dated] == [0, 0, 1]


def test_a_period_is_the_years_that_phrase_or_paragraph_print():
    spans = printed_spans("In 2001 and in 2003 it grew.")
    rows = [
        SimpleNamespace(printed=phrase, period=period)
        for phrase, period in (("grew by 3", "2003"), ("grew by 3", "2004"), ("3 in 2001", "2003"))
    ]
    assert [len(list(period_problems(row, spans))) for row in rows] == [0, 1, 1]


def test_a_hedge_that_stands_before_the_digits_cannot_be_left_out():
    row = quantity("almost 40 percent of eggs", "40", "percent", "share", "")
    assert [c for c, _, _ in number_problems(row, row.printed, ["almost", "nearly"])] == ["hedge"]


def test_a_scale_printed_later_in_the_phrase_cannot_be_left_out():
    row = quantity("from 10.7 to 19.3 million tons", "10.7", "", "tonnes")
    assert [c for c, _, _ in number_problems(row, row.printed)] == ["scale"]
