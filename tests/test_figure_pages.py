"""Figures to be cited: a page, a panel, a zip and an entry in the lists for each; all that is shown is the record's."""

import gzip
import io
import json
import re
import sys
import zipfile
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from statistics import median
from urllib.parse import unquote

import nbformat
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from asprinted import record as records
from asprinted.book import FIGURES as FOLDER
from asprinted.book import ROOT, book
from asprinted.citations import figure_reference, forms
from asprinted.figures import FIGURES
from asprinted.figures.dictionary import tabled
from asprinted.figures.sources import with_anchors
from asprinted.record import Record, record
from asprinted.verdicts import verdict
from press import browse, bundles, chapter_tables, figure_pages, lists, sources, versions
from press.changelog import Changelog
from press.prose import numerals

ENTRIES = list(FIGURES.values())
IDS = [entry.id for entry in ENTRIES]
POINTERS = ("quantities", "events", "statuses", "codings", "links", "claims", "tensions")
FORMS = {"short", "full", "bibtex", "ris", "csl"}


# --- what a figure draws on ----------------------------------------------------------------------


def forget():
    """Have every module of the package compute afresh what it keeps."""
    for name, module in list(sys.modules.items()):
        if name.startswith("asprinted"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@pytest.fixture
def only(monkeypatch):
    """Put a record of some rows alone in the place of the book's."""
    full = record()

    def use(identifiers):
        rows = {
            table: {k: v for k, v in found.items() if k in identifiers} if table in POINTERS else found
            for table, found in full.rows.items()
        }
        monkeypatch.setattr(records, "load", lambda *_: Record(rows))
        forget()

    yield use
    monkeypatch.undo()
    forget()


def all_behind(entry):
    """The rows that a figure names; of a claim also its inputs, and of their events those that date them."""
    named = set(entry.rows)
    for identifier in entry.rows:
        if identifier in record().rows["claims"]:
            named |= set(browse.inputs_of(record().rows["claims"][identifier]))
    if any(identifier in record().rows["claims"] for identifier in entry.rows):
        named |= set(with_anchors(i for i in sorted(named) if i in record().rows["events"]))
    return named


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_a_figures_data_come_from_the_rows_that_it_names_and_from_no_others(entry, only):
    whole, named = entry.data(), all_behind(entry)
    only(named)
    assert entry.data().equals(whole)


def test_a_record_without_a_row_that_a_figure_names_changes_its_data(only):
    entry = FIGURES["fig-institutions-ladder"]
    whole = entry.data()
    only(set(entry.rows[:-1]))
    assert not entry.data().equals(whole)


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_every_row_that_the_data_mention_is_named(entry):
    said = entry.data().to_csv()
    found = {m for m in figure_pages.IDENTIFIER.findall(said) if any(m in t for t in record().rows.values())}
    assert found <= {*entry.rows, *entry.claims}
    assert len(set(entry.rows)) == len(entry.rows)


# --- the pages -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def read(site):
    """A page of the site, parsed; each once."""
    kept = {}

    def page(name):
        if name not in kept:
            kept[name] = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
        return kept[name]

    return page


@pytest.fixture
def page(read, request):
    return read(f"figures/{request.getfixturevalue('entry').id}.html").find("article")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def rows_of(table) -> list[list[str]]:
    return [
        [squeezed(cell.get_text()) for cell in row.find_all(["th", "td"])]
        for row in table.tbody.find_all("tr")
    ]


each = pytest.mark.parametrize("entry", ENTRIES, ids=IDS)


@each
def test_a_page_shows_the_figure_with_its_words(page, entry, site):
    data = entry.data()
    image = page.find("figure", class_="figure-page").img
    assert page.h1.get_text().startswith(entry.title.replace("'", "’"))
    assert image["alt"] == entry.alt(data)
    assert (site / "figures" / image["src"]).read_text("utf-8") == bundles.shown(entry.id)["image/svg+xml"]
    assert squeezed(page.figcaption.get_text()) == squeezed(entry.caption(data))
    text = squeezed(page.get_text())
    assert squeezed(f"Alternative text. {entry.alt(data)}") in text
    assert len(entry.description(data)) > len(entry.alt(data))
    assert all(squeezed(part) in text for part in entry.description(data).split("\n\n"))


@each
def test_a_page_shows_the_data_as_an_accessible_table(page, entry):
    data, table = entry.data(), page.find("table", class_="data")
    heads = table.thead.find_all("th")
    assert [head.get_text() for head in heads] == list(data.columns)
    assert {head["scope"] for head in heads} == {"col"}
    assert table.caption.get_text()
    assert len(rows_of(table)) == len(data)
    assert all(row.th["scope"] == "row" for row in table.tbody.find_all("tr"))
    assert {len(row) for row in rows_of(table)} == {len(data.columns)}


@each
def test_a_page_says_what_every_column_means(page, entry):
    rows = rows_of(page.find("table", class_="dictionary"))
    assert [row[0] for row in rows] == list(tabled(entry.id, entry.data()).columns)
    assert all(len(row[1]) > 3 for row in rows)


@each
def test_a_page_has_every_printed_phrase_with_its_place_and_its_row(page, entry):
    shown = {(row[0], row[1]): row[2] for row in rows_of(page.find("table", class_="phrases"))}
    for identifier in entry.rows:
        row = record().find(identifier)
        assert identifier in shown[f"{row.text} ¶{row.paragraph}", squeezed(row.printed)]
        if getattr(row, "date_printed", ""):
            assert identifier in shown[f"{row.text} ¶{row.date_paragraph}", squeezed(row.date_printed)]
    linked = {link["href"] for link in page.find("table", class_="phrases").find_all("a")}
    browsed = [i for i in entry.rows if browse.page_of(i)]
    assert linked == {f"../{browse.page_of(i)}.html#{i}" for i in browsed}


@each
def test_a_page_has_the_claims_with_their_verdicts(page, entry):
    table = page.find("table", class_="claims")
    rows = rows_of(table) if table else []
    assert len(rows) == len(entry.claims)
    for identifier, row in zip(entry.claims, rows, strict=True):
        assert squeezed(record().rows["claims"][identifier].claim) in row[0]
        assert row[1] == verdict(identifier).headline
        assert table.find("a", href=f"../browse-claims.html#{identifier}")


@each
def test_a_page_offers_every_file_with_its_form_and_size(page, entry, site):
    rows = page.find("table", class_="files").tbody.find_all("tr")
    offered = {row.a["href"]: row for row in rows}
    assert set(offered) == {f"{entry.id}{ending}" for ending in (".zip", *bundles.ALL)}
    for name, row in offered.items():
        path = site / "figures" / name
        assert path.is_file()
        assert figure_pages.size(path) in row.get_text()
        assert path.suffix[1:].upper() in row.a.get_text()


@each
def test_a_page_says_versions_licence_and_the_way_back(page, entry):
    text = squeezed(page.get_text())
    assert f"first stood in version {entry.first}" in text
    assert f"last changed in version {entry.changed}" in text
    assert entry.licence.name in text
    assert page.find("a", href=entry.licence.url)
    assert page.find("a", href=f"../{entry.chapter}.html#{entry.id}")


def test_a_page_leads_to_the_files_of_earlier_versions(tmp_path):
    log = Changelog("# Changelog\n\n## 0.2.0, unreleased\n\ny\n\n## 0.1.0, 2026-11-30\n\nx\n")
    shelf = versions.Shelf(folder=tmp_path, log=log)
    assert figure_pages.earlier("fig-a", shelf) == ""
    files = {"fig-a.svg": "digest", "fig-a.csv": "digest"}
    old = versions.Entry("fig-a", "0.1.0", "0.1.0", {}, "", {}, files, {})
    (shelf.archive / "0.1.0").mkdir(parents=True)
    (shelf.archive / "0.1.0" / "fig-a.json").write_text(json.dumps(asdict(old)), encoding="utf-8")
    found = figure_pages.earlier("fig-a", shelf)
    assert (
        "- Version 0.1.0: [fig-a.svg](archive/0.1.0/fig-a.svg), [fig-a.csv](archive/0.1.0/fig-a.csv)" in found
    )


def test_the_pages_stay_out_of_the_sidebar(site, read):
    for name in ("index.html", "list-of-figures.html", f"figures/{IDS[0]}.html"):
        sidebar = read(name).find("nav", class_="bd-links")
        links = [link["href"] for link in sidebar.find_all("a")]
        assert any("list-of-figures" in link for link in links) or name == "list-of-figures.html"
        assert not [link for link in links if "figures/" in link or link.startswith("fig-")]


def test_a_figures_page_is_light(site):
    weights = []
    for identifier in IDS:
        files = (site / "figures" / f"{identifier}.html", site / "figures" / "shown" / f"{identifier}.svg")
        weights.append(sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in files))
    assert median(weights) < 100_000
    assert max(weights) < 300_000


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("290/153", '≈ 1.895 <span class="exact">(290/153)</span>'),
        ("-1/8", '−0.1250 <span class="exact">(−1/8)</span>'),
        ("1/3000", '≈ 0.0003333 <span class="exact">(1/3000)</span>'),
        ("16400000/3", '≈ 5,466,667 <span class="exact">(16400000/3)</span>'),
        (Fraction(3, 2), '1.500 <span class="exact">(3/2)</span>'),
        (Fraction(0), "0"),
        ("28900000000", "28,900,000,000"),
        ("inf", "∞"),
        ("-inf", "−∞"),
        (True, "yes"),
        ("False", "no"),
        (None, "—"),
        (float("nan"), "—"),
        (0.5749604714675867, "0.575"),
        ("a < b", "a &lt; b"),
        (2022, "2022"),
        (
            "e-kocak-shusha-signed; no-such-id",
            '<a href="../browse-events.html#e-kocak-shusha-signed">e-kocak-shusha-signed</a>; no-such-id',
        ),
    ],
)
def test_a_value_is_shown_so_that_a_reader_can_read_it(value, shown):
    assert figure_pages.cell(value) == shown


# --- the citation --------------------------------------------------------------------------------


def cited(part) -> dict[str, str]:
    """The forms that a panel shows, each reached through the button that copies it."""
    found = {}
    for button in part.find_all("button", class_="copy"):
        assert button.has_attr("hidden")  # shown by the script, without which it does nothing
        text = part.find(id=button["data-copies"])
        assert text.name == "pre"
        found[re.fullmatch(r"cite-(\w+)-fig-[\w-]+", button["data-copies"])[1]] = text.get_text()
    return found


def expected(identifier) -> dict[str, str]:
    found = forms(figure_reference(identifier))
    return {form: text.replace("\r\n", "\n").rstrip("\n") for form, text in found.items()}


@each
def test_a_page_and_the_panel_in_the_chapter_cite_the_figure_in_every_form(page, entry, read):
    panel = read(f"{entry.chapter}.html").find(id=f"cite-{entry.id}")
    assert set(expected(entry.id)) == FORMS
    assert cited(page) == cited(panel) == expected(entry.id)
    for link in [*page.find_all("a", class_="cite-file"), *panel.find_all("a", class_="cite-file")]:
        assert link["href"].rpartition("/")[2] in {f"{entry.id}.{end}" for end in ("bib", "ris", "json")}


@each
def test_the_panel_folds_out_right_under_the_figure(entry, read):
    chapter = read(f"{entry.chapter}.html")
    panel = chapter.find("details", id=f"cite-{entry.id}")
    assert panel.find_previous("figure")["id"] == entry.id
    assert panel.find_previous_sibling().find(id=entry.id)
    assert not panel.has_attr("open")
    assert entry.id in panel.summary.get_text()
    assert panel.find("a", href=f"figures/{entry.id}.html")


def test_every_figure_that_a_chapter_shows_has_its_panel_and_no_other_page_has_one(site, read):
    panels = {}
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        for found in read(name).find_all("details", class_="cite-figure"):
            panels.setdefault(found["id"].removeprefix("cite-"), []).append(name)
    assert panels == {entry.id: [f"{entry.chapter}.html"] for entry in ENTRIES}


def test_citations_and_data_are_not_in_the_search(site):
    text = (site / "searchindex.js").read_text("utf-8")
    index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    found = index["terms"].get("howpublish", [])
    pages = {index["docnames"][n] for n in ([found] if isinstance(found, int) else found)}
    assert not [name for name in pages if name.startswith("figures/")]
    assert not pages & {entry.chapter for entry in ENTRIES}


@each
def test_citations_are_files_too(entry, site):
    for ending, form in (("bib", "bibtex"), ("ris", "ris"), ("json", "csl")):
        path = site / "figures" / f"{entry.id}.{ending}"
        assert path.read_bytes() == forms(figure_reference(entry.id))[form].encode("utf-8")
    assert json.loads(path.read_text("utf-8"))[0]["id"] == entry.id


# --- the zip -------------------------------------------------------------------------------------


@each
def test_a_zip_holds_every_file_of_the_figure_as_it_is(entry, site):
    with zipfile.ZipFile(site / "figures" / f"{entry.id}.zip") as archive:
        assert archive.testzip() is None
        names = {name.removeprefix(f"{entry.id}/"): name for name in archive.namelist()}
        assert set(names) == {"README.txt", *(f"{entry.id}{ending}" for ending in bundles.ALL)}
        for name in names.keys() - {"README.txt"}:
            assert archive.read(names[name]) == (site / "figures" / name).read_bytes()
            assert (FOLDER / name).exists() == (Path(name).suffix not in bundles.CITATIONS)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@each
def test_a_zip_has_the_same_bytes_each_time(entry, site):
    stored = (site / "figures" / f"{entry.id}.zip").read_bytes()
    assert bundles.as_zip(entry.id, site / "figures") == stored


@each
def test_the_readme_says_what_it_is_where_it_is_printed_and_how_to_cite_it(entry):
    text, data = bundles.readme(entry.id), entry.data()
    flat = squeezed(text)
    for part in (
        entry.title,
        entry.caption(data),
        entry.alt(data),
        entry.description(data),
        entry.licence.url,
    ):
        assert squeezed(part) in flat
    assert forms(figure_reference(entry.id))["full"] in text
    assert f"last changed in version {entry.changed}" in flat
    for identifier in entry.rows:
        row = record().find(identifier)
        line = next(
            line
            for line in text.splitlines()
            if f"¶{row.paragraph}: “{row.printed}”" in line and row.text in line
        )
        assert identifier in line
    for column in data.columns:
        assert str(column) in text


# --- the lists -----------------------------------------------------------------------------------


def test_the_gallery_has_every_figure_once_in_the_order_of_the_book(read, site):
    cards = read("list-of-figures.html").find_all(lambda tag: tag.name == "li" and tag.has_attr("data-texts"))
    linked = [re.fullmatch(r"figures/(.+)\.html", card.a["href"])[1] for card in cards]
    assert sorted(linked) == sorted(IDS)
    numbers = [int(re.search(r"Fig\. (\d+)", card.get_text())[1]) for card in cards]
    assert numbers == sorted(numbers)
    for card, identifier in zip(cards, linked, strict=True):
        entry = FIGURES[identifier]
        assert entry.title in card.get_text()
        assert set(card["data-texts"].split()) == {record().find(i).text for i in entry.rows or entry.claims}
        assert card["data-arguments"]
        assert card.img["loading"] == "lazy"
        path = site / card.img["src"]
        assert path.stat().st_size < 20_000
        with Image.open(path) as picture:
            assert max(picture.size) <= 480


def test_the_number_of_a_figure_is_the_one_that_its_chapter_shows(read):
    for card in read("list-of-figures.html").find_all(
        lambda tag: tag.name == "li" and tag.has_attr("data-texts")
    ):
        chapter, _, identifier = card.find("a", class_="in")["href"].partition(".html#")
        shown = read(f"{chapter}.html").find("figure", id=identifier).find(class_="caption-number").get_text()
        assert shown.strip() == card.find(class_="number").get_text().strip()


def tables_shown(path) -> int:
    cells = nbformat.read(path, as_version=4).cells
    return sum(
        "<table" in "".join(output.get("data", {}).get("text/html", ""))
        for cell in cells
        for output in cell.get("outputs", ())
    )


def test_every_table_of_every_chapter_has_an_id_a_caption_and_its_place_in_the_list(read):
    listed = {
        link["href"]: squeezed(link.parent.get_text())
        for link in read("list-of-tables.html").find("article").find_all("a", href=re.compile("#tab-"))
    }
    shown = {}
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        found = read(f"{path.stem}.html").find_all("table", id=re.compile("^tab-"))
        assert len(found) == tables_shown(path), path.name
        for table in found:
            shown[f"{path.stem}.html#{table['id']}"] = squeezed(table.find("caption").get_text())
    assert listed == shown
    assert len({address.partition("#")[2] for address in shown}) == len(shown)
    assert len(set(shown.values())) == len(shown)


def test_captions_of_tables_hold_no_numeral_that_nothing_binds():
    assert [t.id for t in chapter_tables.tables() if numerals(t.caption)] == []
    assert [t.number for t in chapter_tables.tables()] == list(range(1, len(chapter_tables.tables()) + 1))


def test_a_table_without_id_and_caption_is_named(monkeypatch):
    monkeypatch.setattr(chapter_tables, "_told", lambda: iter([("some-chapter", 7, None)]))
    chapter_tables.tables.cache_clear()
    with pytest.raises(KeyError, match=r"cell 7 of some-chapter"):
        chapter_tables.tables()
    chapter_tables.tables.cache_clear()


def test_a_table_keeps_its_rows_when_it_is_captioned():
    table = chapter_tables.ChapterTable("tab-x", 3, "c", 1, "A & b")
    html = chapter_tables.captioned(
        '<table border="0" class="printed"><tbody><tr><td>1</td></tr></tbody></table>', table
    )
    assert html.startswith('<table border="0" class="printed" id="tab-x"><caption>')
    assert "A &amp; b</caption><tbody><tr><td>1</td></tr></tbody></table>" in html


def used_by(identifier: str, table: str) -> set[str]:
    """The figures that draw on a row, those that draw on the whole of its table left out."""
    every = set(record().rows[table])
    return {
        entry.id
        for entry in ENTRIES
        if identifier in entry.claims or (identifier in entry.rows and not every <= set(entry.rows))
    }


def test_every_printed_number_is_listed_with_what_uses_it(read):
    rows = read("list-of-numbers.html").find_all("tr", id=re.compile("^n-"))
    assert [row["id"].removeprefix("n-") for row in rows] == [
        i for text in record().rows["texts"] for i, q in record().rows["quantities"].items() if q.text == text
    ]
    for row in rows:
        identifier = row["id"].removeprefix("n-")
        links = [link["href"] for link in row.find_all("a")]
        assert f"browse-quantities.html#{identifier}" in links
        figures = {m[1] for link in links if (m := re.fullmatch(r"figures/(.+)\.html", link))}
        assert figures == used_by(identifier, "quantities")
        users = {
            link.partition("#")[2] for link in links if not link.startswith(("figures/", "browse-quantities"))
        }
        assert users == {
            user.id
            for table in ("claims", "tensions")
            for user in record().rows[table].values()
            if identifier in browse.inputs_of(user)
        }


def test_the_index_of_paragraphs_is_the_records(read):
    page = read("figures-by-paragraph.html")
    shown = {}
    for row in page.find_all("tr", id=re.compile("^p-")):
        text, paragraph = re.fullmatch(r"p-(\w+)-(\d+)", row["id"]).groups()
        links = [link["href"] for link in row.find_all("a")]
        shown[text, int(paragraph)] = (
            {m[1] for link in links if (m := re.fullmatch(r"figures/(.+)\.html", link))},
            {link.partition("#")[2] for link in links if link.startswith("browse-claims")},
        )
    expected: dict = {}
    claims = record().rows["claims"].values()
    feeds: dict = {}
    for claim in claims:
        for identifier in browse.inputs_of(claim):
            feeds.setdefault(identifier, set()).add(claim.id)
    for table in POINTERS:
        for row in record().rows[table].values():
            for text, paragraph, phrase in (
                (row.text, row.paragraph, row.printed),
                (row.text, getattr(row, "date_paragraph", None), getattr(row, "date_printed", "")),
                (
                    getattr(row, "text_b", ""),
                    getattr(row, "paragraph_b", None),
                    getattr(row, "printed_b", ""),
                ),
            ):
                if phrase:
                    figures, users = expected.setdefault((text, paragraph), (set(), set()))
                    figures |= used_by(row.id, table)
                    users |= feeds.get(row.id, set()) | ({row.id} if table == "claims" else set())
    assert shown == {place: used for place, used in expected.items() if any(used)}


def test_what_draws_on_a_whole_table_is_said_above_the_lists(read):
    whole = {entry.id for entry in ENTRIES for t in POINTERS if set(record().rows[t]) <= set(entry.rows)}
    assert whole == set(sources.of_a_whole_table())
    for name in ("list-of-numbers", "figures-by-paragraph"):
        links = {link["href"] for link in read(f"{name}.html").find("article").find_all("a")}
        assert {f"figures/{identifier}.html" for identifier in whole} <= links


def test_every_link_and_file_of_the_new_pages_is_there(read, site):
    names = [*(f"figures/{i}.html" for i in IDS), *(f"{name}.html" for name in lists.LISTS)]
    anchors = {}
    for name in names:
        here = (site / name).parent
        for tag in read(name).find("main").find_all(["a", "img", "script"]):
            address = tag.get("href") or tag.get("src")
            if not address or re.match(r"[a-z]+:", address):
                continue
            path, _, anchor = unquote(address).partition("#")
            target = (here / path.partition("?")[0]).resolve() if path else site / name
            assert target.exists(), f"{name} → {address}"
            if anchor and target.suffix == ".html":
                if target not in anchors:
                    found = read(target.relative_to(site.resolve()).as_posix()).find_all(id=True)
                    anchors[target] = {element["id"] for element in found}
                assert anchor in anchors[target], f"{name} → {address}"


def test_no_page_has_an_id_twice(read):
    for name in (*(f"figures/{i}.html" for i in IDS), *(f"{n}.html" for n in lists.LISTS), "the-record.html"):
        found = [element["id"] for element in read(name).find_all(id=True)]
        assert len(found) == len(set(found)), name


def test_thumbnails_are_the_same_each_time():
    first = bundles.thumbnail(IDS[0])
    assert first == bundles.thumbnail(IDS[0])
    with Image.open(io.BytesIO(first)) as picture:
        assert picture.format == "WEBP"


def test_the_book_is_named_on_every_page_of_a_figure(read):
    for identifier in IDS:
        assert book().name in read(f"figures/{identifier}.html").find("article").get_text()
