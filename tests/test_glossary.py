"""Every term has its source, is used, and every use has its term."""

import re

import nbformat
import pytest

from asprinted.book import ROOT
from asprinted.record import WORD, WORDS_IN_A_PHRASE
from press import glossary
from press.pages import render
from press.verify import paragraphs

CHAPTERS = ROOT / "chapters"
GLOSSARY = CHAPTERS / "glossary.md"
TERMS = glossary.terms(GLOSSARY.read_text(encoding="utf-8"))
THEORY, METHOD = (
    glossary.terms(part)
    for part in re.split(r"^## Words of this book$", GLOSSARY.read_text("utf-8"), flags=re.M)
)


def sources():
    """The Markdown of every page and of every notebook's prose, by file name."""
    for path in sorted(CHAPTERS.glob("*.md")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        yield path.name, "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def entries():
    """Each term with its gloss."""
    text = GLOSSARY.read_text(encoding="utf-8")
    return {term: re.search(rf"^{re.escape(term)}\n((?:  .+\n)+)", text, re.MULTILINE)[1] for term in TERMS}


def test_terms_and_uses_are_found_in_markdown():
    page = "```{glossary}\none word\n  Its gloss.\n\nanother\n  Its gloss, not {term}`one word`.\n```\n"
    assert glossary.terms(page) == ["one word", "another"]
    assert glossary.uses("{term}`a` and {term}`B's <b>`, {cite}`c`") == ["a", "b"]


def test_terms_stand_once_and_in_alphabetical_order():
    assert len(TERMS) == len(set(TERMS)) > 30
    for part in (THEORY, METHOD):
        assert part == sorted(part, key=str.lower)


@pytest.mark.parametrize(("name", "text"), list(sources()), ids=[name for name, _ in sources()])
def test_every_use_has_its_term(name, text):
    assert set(glossary.uses(text)) <= set(TERMS)


def test_every_term_is_used_and_most_of_them_outside_the_glossary():
    outside = {term for name, text in sources() if name != "glossary.md" for term in glossary.uses(text)}
    inside = {use for term, gloss in entries().items() for use in glossary.uses(gloss) if use != term}
    assert set(TERMS) == outside | inside
    assert len(outside) > 0.8 * len(TERMS)


def test_in_a_chapter_a_term_is_linked_once():
    for name, text in sources():
        if name != "glossary.md":
            used = glossary.uses(text)
            assert len(used) == len(set(used)), name


@pytest.mark.parametrize("term", THEORY)
def test_a_word_of_the_texts_is_glossed_with_a_phrase_and_its_place(term):
    assert re.search(r'⟦(printed|quoted)\("', entries()[term])


@pytest.mark.parametrize("term", METHOD)
def test_a_word_of_this_book_leads_to_where_it_is_explained_or_to_its_source(term):
    leads = re.search(r"\]\([\w-]+\.(ipynb|md)\)|\{cite\}`\w+`", entries()[term])
    assert leads, term


def test_a_phrase_is_short_and_no_paragraph_is_pieced_together():
    found = glossary.phrases(GLOSSARY)
    assert len(found) > 10
    for _, _, phrase in found:
        assert len(WORD.findall(phrase)) <= WORDS_IN_A_PHRASE
    places = [(text, paragraph) for text, paragraph, _ in found]
    assert max(places.count(place) for place in places) <= 2


def test_phrases_are_shown_with_their_places_and_rows_with_their_link():
    assert glossary.printed("kocak2026", 6, "a phrase") == "“a phrase” (kocak2026 ¶6)"
    shown = glossary.quoted("c-kocak-economy-as-integral")
    assert '<a href="browse-claims.html#c-kocak-economy-as-integral">kocak2026 ¶41</a>' in shown
    assert "<a" not in glossary.quoted("k-kurnaz-definition-trigger")
    with pytest.raises(KeyError):
        glossary.printed("nobody2020", 1, "a phrase")
    assert "⟦" not in render(GLOSSARY.read_text(encoding="utf-8"))


def test_every_phrase_occurs_once_in_its_paragraph(texts):
    for text, paragraph, phrase in glossary.phrases(GLOSSARY):
        block = paragraphs((texts / f"{text}.txt").read_text(encoding="utf-8"))[paragraph - 1]
        assert block.count(phrase) == 1, (text, paragraph, phrase)
