"""The heads of the pages: what Zotero, Google Scholar and search engines read of the book, a chapter, a figure, a table."""

import dataclasses
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from asprinted import citations
from asprinted.book import book, licence
from asprinted.figures import FIGURES
from press import head, ledger

URL, DOI = "https://example.org/as-printed", "10.5072/zenodo.12"
FIGURE = "fig-energy-doubled"
TITLES = {
    "index": "As Printed",
    "energy-dependence": "Did dependence *rise* & “how”?",
    "browse-events": "The record: events",
    "browse-claims": "The record: claims",
    f"figures/{FIGURE}": "Some heading of the figure's page",
}


def built(folder: Path) -> dict[str, BeautifulSoup]:
    """A few pages, built by Sphinx with the theme of the book and the extension alone."""
    source = folder / "source"
    for name, title in TITLES.items():
        page = source / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        toctree = "".join(f"{other}\n" for other in TITLES if other != "index")
        below = f"```{{toctree}}\n{toctree}```\n" if name == "index" else ""
        page.write_text(f"# {title}\n\n{below}", encoding="utf-8")
    settings = {
        "extensions": ["myst_parser", "press.head"],
        "html_theme": "sphinx_book_theme",
        "source_suffix": {
            ".md": "markdown"
        },  # a build of the book in this process leaves another parser behind
    }
    with patch_docutils(None), docutils_namespace():
        app = Sphinx(
            source, None, folder / "site", folder / "trees", "html", settings, status=None, freshenv=True
        )
        app.build()
    return {
        path.relative_to(folder / "site").with_suffix("").as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in (folder / "site").rglob("*.html")
        if "_static" not in path.parts
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, BeautifulSoup]:
    return built(tmp_path_factory.mktemp("head"))


@pytest.fixture
def addressed(monkeypatch) -> None:
    """The book with a public address and a DOI."""
    there = dataclasses.replace(book(), url=URL, doi=DOI)
    for module in (citations, head):
        monkeypatch.setattr(module, "book", lambda: there)


def metas(page: BeautifulSoup, attribute: str = "name") -> dict[str, str]:
    return {tag[attribute]: tag["content"] for tag in page.head.find_all("meta") if tag.get(attribute)}


def parsed(reference: citations.Reference, pdf: bool = False) -> dict[str, str]:
    page = BeautifulSoup(f"<html><head>{head.tags(reference, pdf)}</head></html>", "html.parser")
    return metas(page) | metas(page, "property")


def graph(page: BeautifulSoup) -> list[dict]:
    (script,) = page.head.find_all("script", type="application/ld+json")
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def test_every_page_that_can_be_cited_says_what_it_is_and_the_others_do_not(pages):
    assert {"search", "genindex"} <= set(pages)
    for name, page in pages.items():
        found = metas(page)
        if name in TITLES:
            assert found["citation_author"] == f"{book().authors},"
            assert found["citation_publication_date"] == f"{book().released:%Y/%m/%d}"
            assert found["citation_language"] == found["DC.language"] == "en"
            assert found["DC.rights"] == licence().url
            assert found["DC.creator"] == book().authors
        else:
            assert not [key for key in found if key.startswith(("citation_", "DC."))]


def test_the_landing_page_is_the_book(pages):
    found = metas(pages["index"])
    assert found["citation_title"] == book().title
    assert "citation_book_title" not in found
    assert found["DC.type"] == "Book"
    assert metas(pages["index"], "property")["og:type"] == "book"
    (said,) = graph(pages["index"])
    assert (said["@type"], said["name"], said["version"]) == ("Book", book().title, book().version)
    assert said["datePublished"] == book().released.isoformat()
    assert [text["@id"] for text in said["isBasedOn"]] == [
        f"browse-claims.html#{key}" for key in ("carnegie2024", "kocak2026", "kurnaz2026")
    ]


def test_a_chapter_is_a_chapter_of_the_book_under_the_title_it_shows(pages):
    page = pages["energy-dependence"]
    found = metas(page)
    assert found["citation_title"] == "Did dependence rise & “how”?"
    assert found["citation_inbook_title"] == found["citation_book_title"] == book().title
    (said,) = graph(page)
    assert (said["@type"], said["@id"]) == ("Chapter", "energy-dependence.html")
    assert said["name"] == found["citation_title"]
    assert said["isPartOf"]["@id"] == graph(pages["index"])[0]["@id"]


def test_a_figure_is_an_image_of_the_book_with_its_files_licence_and_texts(pages):
    page = pages[f"figures/{FIGURE}"]
    entry, found = FIGURES[FIGURE], metas(page)
    assert found["citation_title"] == found["DC.title"] == entry.title
    assert found["citation_book_title"] == book().title
    assert found["DC.type"] == "StillImage"
    assert found["DC.identifier"] == f"{FIGURE}, version {entry.changed}"
    (said,) = graph(page)
    assert (said["@type"], said["name"], said["version"]) == ("ImageObject", entry.title, entry.changed)
    assert said["license"] == said["acquireLicensePage"] == licence().url
    assert said["creditText"] == citations.full(citations.figure_reference(FIGURE))
    files = {said["contentUrl"], *(media["contentUrl"] for media in said["associatedMedia"])}
    assert files == {f"../figures/{FIGURE}.{ending}" for ending in ("png", "svg", "pdf", "csv")}
    assert {part["@id"] for part in said["isPartOf"]} == {"../index.html#book", f"../{entry.chapter}.html"}
    assert [text["@id"] for text in said["isBasedOn"]] == ["../browse-claims.html#carnegie2024"]


def test_a_browse_page_is_part_of_the_record_that_the_claims_page_describes(pages):
    described = {item["@id"] for item in ledger.linked_data({})["@graph"]}
    _, table = graph(pages["browse-events"])
    assert table["@type"] == "Dataset"
    page, _, anchor = table["isPartOf"]["@id"].partition("#")
    assert page == "browse-claims.html"
    assert f"#{anchor}" in described
    assert {item["@type"] for item in graph(pages["browse-claims"])} == {"Chapter"}
    texts = {text["@id"] for text in graph(pages["index"])[0]["isBasedOn"]}
    assert texts == {
        f"browse-claims.html{name}"
        for name in described
        if name[1:] in ("carnegie2024", "kocak2026", "kurnaz2026")
    }


def test_addresses_appear_when_there_are_any_and_not_else(addressed, monkeypatch):
    found = parsed(citations.figure_reference(FIGURE))
    assert found["citation_public_url"] == found["og:url"] == f"{URL}/figures/{FIGURE}.html"
    assert found["og:image"] == f"{URL}/figures/{FIGURE}.png"
    assert found["citation_doi"] == DOI
    assert found["DC.identifier"] == f"doi:{DOI}"
    assert "citation_pdf_url" not in parsed(citations.book_reference())
    assert (
        parsed(citations.book_reference(), pdf=True)["citation_pdf_url"] == f"{URL}/downloads/as-printed.pdf"
    )
    assert "citation_pdf_url" not in parsed(citations.chapter_reference("how-to-read"), pdf=True)
    (said,) = head.linked_data(citations.book_reference())["@graph"]
    assert said["identifier"] == f"https://doi.org/{DOI}"
    (said,) = head.linked_data(citations.figure_reference(FIGURE))["@graph"]
    assert said["contentUrl"] == f"{URL}/figures/{FIGURE}.png"
    assert said["url"] == f"{URL}/figures/{FIGURE}.html"


def test_without_an_address_none_is_named(pages):
    for page in pages.values():
        for found in (metas(page), metas(page, "property")):
            assert not [key for key in found if "url" in key or key in ("citation_doi", "og:image")]
        assert "https://doi.org/" not in str(page.head)


def test_without_an_address_a_pdf_is_not_announced():
    assert "citation_pdf_url" not in parsed(citations.book_reference(), pdf=True)


def test_no_title_can_end_its_tag_or_its_script():
    bad = dataclasses.replace(citations.book_reference(), title='"><script>alert(1)</script> & </script>')
    assert parsed(bad)["citation_title"] == bad.title
    page = BeautifulSoup(f"<html><head>{head.script(bad)}</head></html>", "html.parser")
    assert graph(page)[0]["name"] == bad.title
    assert len(page.find_all("script")) == 1


def test_two_builds_give_the_same_heads(pages, tmp_path):
    again = built(tmp_path)
    assert {name: str(page.head) for name, page in pages.items()} == {
        name: str(page.head) for name, page in again.items()
    }
