"""Every chapter follows the template, and every numeral of its prose is bound."""

import re

import nbformat
import pytest

from asprinted.book import ROOT
from asprinted.figures import FIGURES
from press.pages import loose_numerals, render
from press.prose import faults, numerals

CHAPTERS = ROOT / "chapters"
NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))
PAGES = sorted(CHAPTERS.glob("*.md"))
TEMPLATE = [
    "The argument",
    "What is printed",
    "Reconstruction",
    "Verdicts",
    "What the print cannot show",
    "Cite and reuse",
]
NO_ARGUMENT = {"how-to-read", "two-readings"}  # pages on the method, written as notebooks
ARGUMENTS = [path for path in NOTEBOOKS if path.stem not in NO_ARGUMENT]


def markdown(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]


@pytest.mark.parametrize("path", ARGUMENTS, ids=lambda p: p.stem)
def test_a_chapter_has_the_sections_of_the_template_in_order(path):
    headings = [h for text in markdown(path) for h in re.findall(r"^## (.+)$", text, re.MULTILINE)]
    assert headings == TEMPLATE


@pytest.mark.parametrize("path", ARGUMENTS, ids=lambda p: p.stem)
def test_a_chapters_title_is_its_question_or_names_two_answers(path):
    title = re.search(r"^# (.+)$", markdown(path)[0], re.MULTILINE)[1]
    assert title.endswith("?") or path.stem == "three-texts"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_numeral_of_the_prose_is_bound_or_declared(path):
    assert faults(path) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_code_cell_types_a_printed_number(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            code = re.sub(r'"[^"]*"', "", re.sub(r'f?"""[^"]*"""', "", cell.source))
            assert not re.findall(r"\b\d+\.\d+\b", code), cell.source


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_in_markdown_holds_no_loose_numeral_and_renders(path):
    source = path.read_text(encoding="utf-8")
    assert loose_numerals(source) == []
    assert "⟦" not in render(source)


def test_numerals_are_found_in_prose_and_not_in_code_or_addresses():
    text = "It grew 1.8 times in 2022, by half (`x = 3`), see [this](page-4.html) and {cite}`krifka_2007`; −2 of twelve."
    assert numerals(text) == ["1.8", "2022", "half", "−2", "twelve"]


def test_every_figure_is_shown_in_the_chapter_it_names():
    for entry in FIGURES.values():
        cells = nbformat.read(CHAPTERS / f"{entry.chapter}.ipynb", as_version=4).cells
        assert any(f'figures.show("{entry.id}")' in cell.source for cell in cells), entry.id
