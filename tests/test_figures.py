"""Every figure's files are those that its record draws, and its words are those of its data."""

import os
import platform
import re
import subprocess
import sys

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

from asprinted.book import FIGURES as FOLDER
from asprinted.citations import figure_sources
from asprinted.display import decimal
from asprinted.figures import FIGURES, export, figure
from asprinted.record import record
from press.versions import KEPT


@pytest.mark.parametrize("identifier", FIGURES)
def test_a_fresh_export_gives_the_committed_bytes(identifier, tmp_path):
    fresh = export(identifier, tmp_path)
    assert len(fresh) == 8
    for path in fresh:
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), f"{path.name}: run `make accept`"


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the bytes are promised on x86_64")
def test_a_lesser_processor_gives_the_same_bytes(tmp_path):
    """Every figure, drawn by a process in which numpy and its linear algebra use none of the newer instructions."""
    newer = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    lesser = os.environ | {"NPY_DISABLE_CPU_FEATURES": " ".join(newer), "OPENBLAS_CORETYPE": "Nehalem"}
    draw = (
        "import sys; from pathlib import Path; from asprinted.figures import FIGURES, export; "
        "[export(identifier, Path(sys.argv[1])) for identifier in FIGURES]"
    )
    subprocess.run([sys.executable, "-c", draw, tmp_path], env=lesser, check=True)
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(drawn) == 8 * len(FIGURES)
    assert [name for name, found in drawn.items() if found != (FOLDER / name).read_bytes()] == []


def test_no_file_of_another_figure_lies_in_the_folder():
    files = (path for path in FOLDER.iterdir() if path.is_file() and path.name not in KEPT)
    names = {path.stem.removesuffix("-90").removesuffix("-dictionary") for path in files}
    assert names == set(FIGURES)


@pytest.mark.parametrize("entry", FIGURES.values(), ids=list(FIGURES))
def test_a_figures_words_are_whole(entry):
    data = entry.data()
    alt, caption = entry.alt(data), entry.caption(data)
    assert len(alt) > 60
    assert alt != caption
    assert not re.search(r"\.(svg|png|pdf)\b", alt)
    assert re.fullmatch(r"fig-[a-z0-9]+(-[a-z0-9]+)*", entry.id)


CITED = {
    "kurnaz2026": "Kurnaz (2026)",
    "carnegie2024": "Carnegie Endowment (2024)",
    "kocak2026": "Koçak (2026)",
}


@pytest.mark.parametrize("entry", FIGURES.values(), ids=list(FIGURES))
def test_a_caption_ends_with_the_texts_that_the_figure_draws_on(entry):
    source = re.search(r"[.?] Source: ([^.]+)\.$", entry.caption(entry.data()))
    assert source
    assert {text for text, name in CITED.items() if name in source[1]} == set(figure_sources(entry.id))


@pytest.mark.parametrize("entry", FIGURES.values(), ids=list(FIGURES))
def test_a_caption_names_no_text_by_its_key_and_begins_no_sentence_with_a_numeral(entry):
    caption = entry.caption(entry.data())
    assert [key for key in CITED if key in caption] == []
    assert re.findall(r"(?:^|[.?!] )\d.*?[.?]", caption) == []


@pytest.mark.parametrize("entry", FIGURES.values(), ids=list(FIGURES))
def test_a_figure_names_rows_and_claims_of_the_record(entry):
    assert set(entry.claims) <= set(record().rows["claims"])
    for identifier in entry.rows:
        assert record().find(identifier)


def test_an_unknown_figure_is_named_with_those_there_are():
    with pytest.raises(KeyError, match="fig-energy-doubled"):
        figure("fig-nowhere")


@pytest.mark.parametrize(
    ("x", "places", "toward", "text"),
    [
        ("1/3", 2, "down", "0.33"),
        ("1/3", 2, "up", "0.34"),
        ("-1/3", 1, "down", "\u22120.4"),
        ("2/1", 0, "nearest", "2"),
        ("123456789/10", 1, "nearest", "12,345,678.9"),
    ],
)
def test_decimals_are_rounded_as_asked(x, places, toward, text):
    from fractions import Fraction

    assert decimal(Fraction(x), places, toward) == text
