"""Browse pages: every row once, at an address that stays; what is shown is computed; downloads give it all."""

import csv
import gzip
import io
import json
import os
import re
import shutil
import zipfile
from collections import Counter
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from asprinted import display, energy
from asprinted.book import DATA, ROOT, book
from asprinted.figures import FIGURES
from asprinted.record import load, record
from asprinted.verdicts import verdict
from press import browse

BROWSED = ("quantities", "events", "claims", "tensions")
EXTRA = ROOT / "chapters" / "_extra"


class Reader(HTMLParser):
    """Ids, rows, links, labels and controls of a page, and the text of each row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids, self.links, self.labels, self.controls, self.heads = [], [], set(), [], []
        self.rows: dict[str, str] = {}
        self.captions, self.row = 0, ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "tr":
            self.row = found.get("id", "")
        if tag == "a":
            self.links.append(found["href"])
        if tag == "label":
            self.labels.add(found["for"])
        if tag in ("input", "select"):
            self.controls.append(found["id"])
        if tag == "th":
            self.heads.append(found.get("scope"))
        self.captions += tag == "caption"

    def handle_data(self, data):
        if self.row:
            self.rows[self.row] = self.rows.get(self.row, "") + data


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder of chapters with the pages and downloads written into it."""
    folder = tmp_path_factory.mktemp("chapters")
    browse.write(folder)
    return folder


@pytest.fixture(scope="module")
def pages(written) -> dict[str, Reader]:
    return {page.name: Reader((written / f"{page.name}.md").read_text("utf-8")) for page in browse.PAGES}


def page_named(name: str) -> browse.Page:
    return next(page for page in browse.PAGES if page.name == name)


def test_every_row_of_the_record_is_in_one_page_once(pages):
    shown = Counter(identifier for page in pages.values() for identifier in page.rows)
    assert shown == Counter(identifier for table in BROWSED for identifier in record().rows[table])
    for name, page in pages.items():
        assert list(page.rows) == [row.id for row in page_named(name).rows]


def test_slips_have_a_page_of_their_own(pages):
    slips = {row.id for row in record().select("tensions?kind=slip")}
    assert set(pages["browse-slips"].rows) == slips
    assert not any(slips & set(page.rows) for name, page in pages.items() if name != "browse-slips")


def test_anchors_are_unique(pages):
    for page in pages.values():
        assert [name for name, times in Counter(page.ids).items() if times > 1] == []


def test_links_lead_to_anchors_and_files_that_are_there(pages, written):
    for name, page in pages.items():
        for href in page.links:
            target, _, anchor = href.partition("#")
            there = target.removesuffix(".html") or name
            if there in pages:
                assert not anchor or anchor in pages[there].ids, href
            elif anchor:
                assert FIGURES[anchor].chapter == there, href
            else:
                assert (written / "_extra" / target).is_file(), href


def test_a_row_shows_its_phrase_place_and_citation(pages):
    for page in pages.values():
        for identifier, text in page.rows.items():
            row = record().find(identifier)
            for part in (
                row.printed,
                f"{row.text} ¶{row.paragraph}",
                f"version {book().version}",
                f"Row {identifier},",
            ):
                assert part in text


def test_a_quantity_shows_its_sets_under_three_readings(pages):
    for identifier, text in pages["browse-quantities"].rows.items():
        for reading, found in record().quantity(identifier).sets.items():
            assert f"{reading} {found}" in text


def test_a_claim_shows_the_verdict_that_is_computed(pages):
    for identifier, text in pages["browse-claims"].rows.items():
        found = verdict(identifier)
        assert found.headline in text
        if found.cases and not found.reason:
            assert f"kindest {found.most_favourable}" in text
            assert f"hardest {found.least_favourable}" in text


def test_a_row_names_the_figures_and_claims_that_use_it(pages):
    for entry in FIGURES.values():
        for identifier in (*entry.rows, *entry.claims):
            if page := browse.page_of(identifier):
                assert entry.title in pages[page].rows[identifier]
    assert "c-carnegie-coal-doubled" in pages["browse-quantities"].rows["q-carnegie-imports-doubled"]
    claim = record().rows["claims"]["c-carnegie-coal-doubled"]
    assert browse.inputs_of(claim) == [*energy.COAL, energy.DOUBLED]


def test_a_tension_shows_what_its_inputs_allow():
    shown = browse.result(SimpleNamespace(measure="growth_factor", inputs="; ".join(energy.COAL)))
    assert shown == "growth factor: " + display.interval(energy.growths()["coal"]["plain"])
    assert browse.result(SimpleNamespace(measure="", inputs="")) == "shown, not computed"


def test_days_are_those_of_the_row_or_follow_from_the_event_it_is_dated_by():
    for row in record().rows["events"].values():
        if row.dating != "relative":
            assert browse.span(row) == (row.earliest, row.latest)
        elif row.earliest:
            assert browse.span(row)[0] >= row.earliest


def test_tables_have_headers_captions_and_labelled_controls(pages):
    for name, page in pages.items():
        assert page.captions == 1
        assert Counter(page.heads) == {"col": len(page_named(name).columns) + 1, "row": len(page.rows)}
        assert set(page.controls) == page.labels


def test_turkish_options_stand_in_turkish_order():
    assert sorted(["Şam", "Irak", "Çin", "Suriye", "İran", "Cezayir"], key=browse._turkish) == [
        "Cezayir",
        "Çin",
        "Irak",
        "İran",
        "Suriye",
        "Şam",
    ]


def test_json_equals_csv(written):
    for table in BROWSED:
        with (written / "_extra" / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found = json.loads((written / "_extra" / "data" / f"{table}.json").read_text("utf-8"))
        assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in found] == rows
        assert (written / "_extra" / "data" / f"{table}.csv").read_bytes() == (
            DATA / f"{table}.csv"
        ).read_bytes()


def test_the_zip_has_the_same_bytes_each_time_and_loads_as_the_record(written, tmp_path):
    packed = (written / "_extra" / "data" / browse.ZIP).read_bytes()
    copy = shutil.copytree(DATA, tmp_path / "copy", copy_function=shutil.copyfile)
    for path in copy.rglob("*"):
        os.utime(path, (1e9, 1e9))
    assert browse.as_zip(copy) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        archive.extractall(tmp_path / "unpacked")
    loaded = load(tmp_path / "unpacked")
    plain = {
        name: {key: row.model_dump() for key, row in table.items()} for name, table in loaded.rows.items()
    }
    assert plain == {
        name: {key: row.model_dump() for key, row in table.items()} for name, table in record().rows.items()
    }


def test_pages_are_light_and_load_nothing_from_outside(written):
    assets = sum(
        len(gzip.compress(path.read_bytes()))
        for path in (EXTRA / "browse").glob("*")
        if path.suffix != ".txt"
    )
    for page in browse.PAGES:
        text = (written / f"{page.name}.md").read_text("utf-8")
        assert len(gzip.compress(text.encode())) + assets < 200 * 1024, page.name
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    assert "fetch(" not in (EXTRA / "browse" / "browse.js").read_text("utf-8")


def test_the_library_is_named_with_its_licence():
    assert "browse/tablesort.js" in (ROOT / "NOTICE").read_text("utf-8")
    assert "Permission is hereby granted" in (EXTRA / "browse" / "tablesort.LICENCE.txt").read_text("utf-8")


# --- in a browser --------------------------------------------------------------------------------

HEADERS = "".join(
    f'<th scope="col" data-sort-method="{sort}">{name}</th>'
    for name, sort in (("Place", "text"), ("Count", "number"))
)
PLACES = {"Üsküp": 10, "Irak": 9, "Şam": 2, "İran": 100, "Çin": 1, "Suriye": 33, "Cezayir": 4, "Ukrayna": 5}


@pytest.fixture(scope="module")
def tab(browser, written, tmp_path_factory):
    """A page of a headless Chromium, and a folder with the browse pages outside the theme."""
    folder = shutil.copytree(EXTRA, tmp_path_factory.mktemp("site"), dirs_exist_ok=True)
    for page in browse.PAGES:
        text = (written / f"{page.name}.md").read_text("utf-8")
        body = text.partition("````{raw} html\n")[2].partition("````")[0]
        head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><meta name="viewport" content="width=device-width">'
        (folder / f"{page.name}.html").write_text(f"{head}<main>{body}</main>", encoding="utf-8")
    found = browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("request", lambda r: None if r.url.startswith("file:") else faults.append(r.url))
    yield found, folder.as_uri(), faults
    found.close()
    assert faults == []


def rows_shown(tab) -> int:
    return int(tab.text_content("output").split()[0])


def test_an_address_finds_its_row_and_opens_it_even_if_it_was_filtered_out(tab):
    page, site, _ = tab
    page.goto(f"{site}/browse-events.html#e-kocak-shusha-signed")
    page.wait_for_timeout(300)
    box = page.locator("#e-kocak-shusha-signed").bounding_box()
    assert 0 <= box["y"] < 900
    assert page.locator("#e-kocak-shusha-signed details").get_attribute("open") is not None
    page.fill("#f-q", "no such words")
    assert rows_shown(page) == 0
    page.evaluate("location.hash = 'e-carnegie-blue-stream-2003'")
    page.wait_for_timeout(300)
    assert rows_shown(page) == len(record().rows["events"])
    assert 0 <= page.locator("#e-carnegie-blue-stream-2003").bounding_box()["y"] < 900


def test_a_search_finds_turkish_letters_however_they_are_typed(tab):
    page, site, _ = tab
    page.goto(f"{site}/browse-events.html")
    for spellings in (
        ("Türkiye", "TÜRKİYE", "turkiye", "TURKIYE"),
        ("İstanbul", "istanbul", "ISTANBUL", "ıstanbul"),
    ):
        found = set()
        for spelling in spellings:
            page.fill("#f-q", spelling)
            found.add(rows_shown(page))
        assert len(found) == 1
        assert found.pop() > 0


def test_filters_search_in_a_column_and_an_address_that_filters(tab):
    page, site, _ = tab
    page.goto(f"{site}/browse-claims.html?argument=energy")
    assert rows_shown(page) == len(record().select("claims?argument=energy"))
    page.click("button[type=reset]")
    page.wait_for_function("!document.querySelector('#f-argument').value")
    page.select_option("#f-verdict", "contradicted")
    contradicted = [row for row in record().rows["claims"] if "contradicted" in verdict(row).word]
    page.wait_for_timeout(50)
    assert rows_shown(page) == len(contradicted)
    page.click("button[type=reset]")
    page.select_option("#f-within", "2")
    page.fill("#f-q", "untestable")
    assert rows_shown(page) == sum(verdict(row).word == "untestable" for row in record().rows["claims"])


def test_sorting_by_keyboard_in_turkish_order(tab):
    page, site, _ = tab
    page.goto(f"{site}/browse-slips.html")
    body = "".join(
        f'<tr><th scope="row">{name}</th><td>{n}</td><td class="more"><details><summary>d</summary></details></td></tr>'
        for name, n in PLACES.items()
    )
    page.set_content(
        f'<form class="browse" hidden><input name="q"><select name="within"><option value=""></select><output></output></form>'
        f'<table class="browse"><thead><tr>{HEADERS}</tr></thead><tbody>{body}</tbody></table>'
    )
    for script in ("tablesort.js", "browse.js"):
        page.add_script_tag(content=(EXTRA / "browse" / script).read_text("utf-8"))
    read = "[...document.querySelectorAll('tbody th')].map(cell => cell.textContent)"
    page.focus("thead th:nth-child(1) button")
    page.keyboard.press("Enter")
    expected = ["Cezayir", "Çin", "Irak", "İran", "Suriye", "Şam", "Ukrayna", "Üsküp"]
    assert page.evaluate(read) == expected
    assert page.get_attribute("thead th:nth-child(1)", "aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert page.evaluate(read) == expected[::-1]
    assert page.get_attribute("thead th:nth-child(1)", "aria-sort") == "descending"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(read) == sorted(PLACES, key=PLACES.get)
    assert "sorted by count, ascending" in page.text_content("output")


def test_no_page_is_wider_than_a_phone(tab):
    page, site, _ = tab
    page.set_viewport_size({"width": 390, "height": 844})
    for entry in browse.PAGES:
        page.goto(f"{site}/{entry.name}.html")
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, entry.name
    page.set_viewport_size({"width": 1280, "height": 900})
