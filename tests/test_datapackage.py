"""The record is a Data Package v2, its enumerations are enforced, and asking it takes a line."""

import json
import socket
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from asprinted import record as module
from asprinted.book import DATA, ROOT, book
from asprinted.readings import SCALES
from asprinted.record import record, tables
from asprinted.values import read
from press.codebook import codebook
from press.pages import loose_numerals, render

PACKAGE = DATA / "datapackage.json"
DESCRIPTOR = json.loads(PACKAGE.read_text(encoding="utf-8"))

# Columns whose values are a closed list, from the description of the record in the design.
ENUMERATED = {
    "quantities": ("text", "scale", "unit", "kind", "argument"),
    "events": ("text", "type", "argument", "dating"),
    "statuses": ("text",),
    "codings": ("text", "coder"),
    "links": ("text", "sign"),
    "claims": ("text", "argument", "weight"),
    "missing": ("unit",),
    "tensions": ("text", "text_b", "kind", "argument"),
    "numerals": ("text", "class"),
}


@pytest.fixture
def offline(monkeypatch) -> None:
    def refuse(*_):
        raise AssertionError("a request to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def validate(folder: Path) -> frictionless.Report:
    return frictionless.Package(str(folder / "datapackage.json")).validate()


def test_the_package_declares_itself_a_data_package_of_version_2():
    assert DESCRIPTOR["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert DESCRIPTOR["version"] == book().version
    assert DESCRIPTOR["licenses"]


@pytest.mark.usefixtures("offline")
def test_the_whole_package_is_valid():
    report = validate(DATA)
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(DESCRIPTOR["resources"])
    assert report.stats["warnings"] == 0


def test_every_table_of_the_folder_is_in_the_package_and_the_other_way_round():
    assert {f"{name}.csv" for name in tables()} == {path.name for path in DATA.glob("*.csv")}


def test_every_column_says_what_it_means():
    for resource in DESCRIPTOR["resources"]:
        assert resource["description"].endswith("."), resource["name"]
        for field in resource["schema"]["fields"]:
            assert field["description"].endswith("."), (resource["name"], field["name"])


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, columns in ENUMERATED.items() for c in columns])
def test_every_enumeration_is_a_constraint(table, column):
    values = tables()[table].fields[column]["constraints"]["enum"]
    assert len(values) == len(set(values)) > 0


def test_enumerations_hold_what_the_code_knows():
    scales = tables()["quantities"].fields["scale"]["constraints"]["enum"]
    assert set(scales) | {""} == set(SCALES)
    texts = set(record().rows["texts"])
    for table, columns in ENUMERATED.items():
        for column in set(columns) & {"text", "text_b"}:
            assert set(tables()[table].fields[column]["constraints"]["enum"]) == texts


@pytest.mark.parametrize(
    ("table", "good", "bad"),
    [
        ("quantities", ",billion,USD,", ",bilion,USD,"),
        ("events", ",printed,48,", ",prnted,48,"),
        ("claims", ",central,", ",centre,"),
    ],
)
def test_frictionless_catches_a_value_outside_an_enumeration(copy_of_data, table, good, bad):
    path = copy_of_data / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    assert {error[0] for error in validate(copy_of_data).flatten(["type"])} == {"constraint-error"}


# --- asking the record in a line ---------------------------------------------------------------------


def test_tables_in_a_line():
    assert list(module.quantities().columns) == list(tables()["quantities"].columns)
    for frame, table in (
        (record().quantities(), "quantities"),
        (record().events(), "events"),
        (record().claims(), "claims"),
        (record().tensions(), "tensions"),
    ):
        assert isinstance(frame, pd.DataFrame)
        assert list(frame.id) == list(record().rows[table])


def test_tables_can_be_narrowed_and_an_empty_one_keeps_its_columns():
    assert set(module.quantities(text="kocak2026").text) == {"kocak2026"}
    nothing = module.quantities(text="nowhere")
    assert len(nothing) == 0
    assert "digits" in nothing.columns


def test_one_quantity_shows_phrase_place_and_three_sets():
    found = module.quantity("q-carnegie-trade-2022")
    for shown in (repr(found), found._repr_html_()):
        for part in (
            "q-carnegie-trade-2022",
            "to more than $60 billion",
            "carnegie2024 ¶40",
            "(60.0, 70.0)",
            "Tight",
            "Plain",
            "Loose",
        ):
            assert part in shown, part
    assert found.read("plain") == read("q-carnegie-trade-2022")


def test_every_quantity_can_be_shown_and_its_readings_nest():
    for identifier in record().rows["quantities"]:
        found = record().quantity(identifier)
        assert repr(found).startswith(identifier)
        for hedge in found.senses:
            assert found.read("tight", hedge.sense) <= found.read("plain", hedge.sense)
            assert found.read("plain", hedge.sense) <= found.read("loose", hedge.sense)


def test_html_is_escaped():
    found = module.quantity("q-carnegie-trade-2022")
    altered = type(found)(found.row.model_copy(update={"printed": "<b>60</b>"}), found.senses)
    assert "<b>" not in altered._repr_html_()


def test_a_word_of_two_senses_shows_both():
    assert " or " in module.quantity("q-carnegie-imports-doubled").sets["plain"]


def test_an_unknown_id_names_what_is_near():
    with pytest.raises(KeyError, match="did you mean q-carnegie-trade-2022"):
        module.quantity("q-carnegie-trade-202")


def test_the_codebook_has_every_table_and_column():
    shown = codebook()
    for name, table in tables().items():
        section = shown.split(f"`data/{name}.csv`")[1].split("\n### ")[0]
        for column in table.columns:
            assert f"* - `{column}`\n" in section, (name, column)
            for value in table.fields[column].get("constraints", {}).get("enum", ()):
                assert f"`{value}`" in section, (name, column, value)


@pytest.mark.parametrize("page", ["codebook", "datasheet", "reply"])
def test_pages_on_the_record_type_no_number(page):
    source = (ROOT / "chapters" / f"{page}.md").read_text(encoding="utf-8")
    assert loose_numerals(source) == []
    assert "⟦" not in render(source)
