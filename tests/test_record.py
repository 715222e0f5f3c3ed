"""Bad input is named by file, row, column, value and what was expected, all of it at once."""

import csv
from pathlib import Path

import pytest

from asprinted.record import RecordError, load
from asprinted.rows import as_printed


def rewrite(folder: Path, table: str, change) -> None:
    """Rewrite a table: `change` takes header and rows (lists of cells) and alters them in place."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    change(header, rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def set_cell(table: str, row: str, column: str, value: str):
    def alter(folder: Path) -> None:
        def change(header, rows):
            cells = next(cells for cells in rows if cells[0] == row)
            cells[header.index(column)] = value

        rewrite(folder, table, change)

    return alter


OIL = "q-carnegie-oil-products-2022"
EVENT = "e-carnegie-blue-stream-2003"
THIRTEEN = "to 19.3 million tons in oil products and so on and on and"

CELLS = [
    ("quantities", OIL, "hedge", "abuot", "a word of hedges.csv"),
    ("quantities", OIL, "digits", "19,3,1", "not a printed number"),
    ("quantities", OIL, "digits", "=1+1", "no value that a spreadsheet would run"),
    ("quantities", OIL, "scale", "milion", "one of percent, thousand, million, billion"),
    ("quantities", OIL, "unit", "tins", "one of"),
    ("quantities", OIL, "kind", "size", "one of measure"),
    ("quantities", OIL, "paragraph", "forty", "a whole number"),
    ("quantities", OIL, "paragraph", "0", "a whole number from 1"),
    ("quantities", OIL, "period", "last year", "the form"),
    ("quantities", OIL, "printed", THIRTEEN, "at most 12 words"),
    ("quantities", OIL, "printed", "", "a value"),
    ("quantities", OIL, "text", "kurnaz2062", "one of carnegie2024"),
    ("quantities", OIL, "actor", " Türkiye", "no white space"),
    ("quantities", OIL, "id", "oil products", "the form"),
    ("events", EVENT, "latest", "2002-12-31", "a day from 2003-01-01"),
    ("events", EVENT, "earliest", "2003-02-30", "a day, YYYY-MM-DD"),
    ("events", EVENT, "dating", "none", "where the date comes from"),
    ("events", EVENT, "date_printed", "", "the phrase that prints the date"),
    ("events", EVENT, "anchor", "e-carnegie-nowhere", "the id of an event"),
    ("events", EVENT, "type", "buidling", "one of"),
    (
        "claims",
        "c-carnegie-coal-doubled",
        "inputs",
        "q-carnegie-coal-2021; q-carnegie-cole-2022",
        "an id of the record",
    ),
    ("claims", "c-carnegie-coal-doubled", "inputs", "events?instituion=OTS", "an id of the record"),
    ("claims", "c-carnegie-coal-doubled", "inputs", "", "at least one input"),
    ("claims", "c-carnegie-coal-doubled", "measure", "grwoth", "one of"),
    ("claims", "c-carnegie-coal-doubled", "measure", "all(growth_factor", "a measure"),
    ("claims", "c-carnegie-coal-doubled", "claimed", "much", "a quantity's id, a comparison"),
    ("claims", "c-carnegie-exponential", "inputs", "missing:oil-2099", "an id of the record"),
    ("hedges", "almost", "plain", "[n - g/2, n", "an interval in n, u and g"),
    ("hedges", "almost", "plain", "[n - 2*g, n)", "tight inside plain inside loose"),
    ("links", "l-carnegie-first", "sign", "?", "one of +, -"),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "expected"), CELLS)
def test_a_bad_cell_is_reported_with_its_place_and_what_was_expected(
    copy_of_data, table, row, column, value, expected
):
    if table == "links":
        with (copy_of_data / "links.csv").open(encoding="utf-8", newline="") as file:
            row = list(csv.reader(file))[1][0]
    set_cell(table, row, column, value)(copy_of_data)
    with pytest.raises(RecordError) as caught:
        load(copy_of_data)
    lines = [str(problem) for problem in caught.value.problems]
    assert any(
        f"{table}.csv" in line and f"column {column}" in line and expected in line for line in lines
    ), lines


def test_all_bad_cells_are_reported_at_once(copy_of_data):
    for table, row, column, value, _ in (CELLS[0], CELLS[5], CELLS[14]):
        set_cell(table, row, column, value)(copy_of_data)
    with pytest.raises(RecordError) as caught:
        load(copy_of_data)
    assert {(p.file, p.column) for p in caught.value.problems} >= {
        ("quantities.csv", "hedge"),
        ("quantities.csv", "kind"),
        ("events.csv", "latest"),
    }


def test_an_id_used_twice_is_reported(copy_of_data):
    rewrite(copy_of_data, "quantities", lambda header, rows: rows.append(list(rows[0])))
    with pytest.raises(RecordError, match="an id used once"):
        load(copy_of_data)


def drop_column(header, rows):
    at = header.index("hedge")
    for cells in [header, *rows]:
        del cells[at]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (drop_column, "this column in the header"),
        (lambda header, rows: header.append("mood"), "only the columns of the data package"),
        (lambda header, rows: header.reverse(), "the columns in the order"),
        (lambda header, rows: rows[3].pop(), "17 cells"),
    ],
)
def test_columns_are_checked(copy_of_data, change, expected):
    rewrite(copy_of_data, "quantities", change)
    with pytest.raises(RecordError, match=expected):
        load(copy_of_data)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: b"\xef\xbb\xbf" + data, "byte order mark"),
        (lambda data: data.replace(b",", b";"), "commas between columns, not semicolons"),
        (lambda data: b"", "a header row"),
        (lambda data: data.replace("Türkiye".encode(), "Türkiye".encode("latin-1")), "UTF-8 text"),
        (None, "the file to exist"),
    ],
)
def test_the_file_itself_is_checked(copy_of_data, change, expected):
    path = copy_of_data / "quantities.csv"
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(path.read_bytes()))
    with pytest.raises(RecordError, match=expected):
        load(copy_of_data)


def test_the_books_own_record_loads():
    found = load()
    assert {"texts", "quantities", "events", "claims", "numerals"} <= set(found.rows)
    assert all(found.rows.values())


@pytest.mark.parametrize("row", load().rows["quantities"].values(), ids=lambda row: row.id)
def test_a_number_names_its_scale_once(row):
    assert not row.scale or as_printed(row).count(row.scale) == 1
