"""The proof page says what was compared, counted from what is stored, and nothing that varies."""

import json
import re

import pytest

from asprinted.book import DATA, ROOT
from asprinted.figures import FIGURES
from asprinted.record import record
from press import proof

NOTEBOOKS = sorted((ROOT / "chapters").glob("*.ipynb"))


def a_notebook(tmp_path, cells):
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def code(*outputs):
    return {"cell_type": "code", "source": ["x"], "outputs": list(outputs)}


def test_a_notebook_is_counted_by_its_cells_and_what_they_store(tmp_path):
    shown = {"output_type": "display_data", "data": {"image/svg+xml": "<svg/>", "image/png": ""}}
    table = {"output_type": "execute_result", "data": {"text/html": ["<table class='x'>", "</table><table>"]}}
    printed = {"output_type": "stream", "text": "x"}
    text = {"cell_type": "markdown", "source": ["# What grew?\n", "More."]}
    found = proof.compared(a_notebook(tmp_path, [text, code(shown), code(), code(table, printed)]))
    assert found == proof.Compared("What grew?", "a.html", 4, 3, 3, 1, 2)


def test_every_notebook_and_every_figure_is_counted():
    found = proof.notebooks()
    assert [c.page for c in found] == [f"{path.stem}.html" for path in NOTEBOOKS]
    assert sum(c.figures for c in found) == len(FIGURES)
    assert all(0 < c.code_cells <= c.cells for c in found)
    assert all(c.title for c in found)


def test_the_table_of_chapters_ends_with_the_sums():
    rows = re.findall(r"^\* - (.*)\n((?:  - .*\n?)+)", proof.chapters_table(), re.MULTILINE)
    numbers = [[int(n) for n in re.findall(r"- (\d+)", cells)] for _, cells in rows[1:]]
    assert len(rows) == len(NOTEBOOKS) + 2
    assert numbers[-1] == [sum(column) for column in zip(*numbers[:-1], strict=True)]


def test_the_versions_are_those_of_the_lock(tmp_path):
    for name, version in proof.locked().items():
        assert f"\n{name}=={version}" in "\n" + (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lock = tmp_path / "requirements.txt"
    lock.write_text("pandas==3.0 \\\n    --hash=sha256:0\n", encoding="utf-8")
    with pytest.raises(KeyError, match="numpy"):
        proof.locked(lock)


def test_every_table_of_the_record_has_its_rows_and_its_checksum(copy_of_data):
    page = proof.record_table()
    for name, rows in record().rows.items():
        assert f"`data/{name}.csv`\n  - {len(rows):,}\n  - `{proof.sha256(DATA / f'{name}.csv')}`" in page
    before = proof.record_table(DATA)
    (copy_of_data / "events.csv").write_text("id\n", encoding="utf-8")
    assert proof.sha256(copy_of_data / "events.csv") not in before


def test_the_page_is_the_same_twice_and_tells_neither_day_nor_place():
    one, two = proof.page(), proof.page()
    assert one == two
    text = "\n".join(one.values())
    assert str(ROOT) not in text
    assert not re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d|\bseconds?\b", text)
