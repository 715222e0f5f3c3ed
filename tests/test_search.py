"""The book's own search: numbers, phrases, names in either language, Turkish letters; what it reads and what not."""

import csv
import json
import re
from urllib.parse import quote

import browsing
import pytest
from playwright.sync_api import expect

from asprinted.figures import FIGURES
from asprinted.record import record
from press import search_index
from press.verify import paragraphs


@pytest.fixture(scope="module")
def search(browser, address):
    """What the search page shows for a query: its status, its links, and the whole of its results as text."""
    with browsing.opened(browser, reduced_motion="reduce") as page:

        def asked(query: str) -> tuple[str, list[str], str]:
            page.goto(f"{address}search.html?q={quote(query)}")
            results = page.locator("#book-results")
            expect(results.locator("[role=status]")).not_to_be_empty()
            results.evaluate("r => r.querySelectorAll('button').forEach(b => b.click())")
            return (
                results.locator("[role=status]").inner_text(),
                results.evaluate("r => [...r.querySelectorAll('li a')].map(a => a.getAttribute('href'))"),
                results.inner_text(),
            )

        yield asked


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("28.9", "browse-quantities.html#q-carnegie-russian-exports-2021"),
        ("28,9", "browse-quantities.html#q-carnegie-russian-exports-2021"),
        ("$28.9 billion", "browse-quantities.html#q-carnegie-russian-exports-2021"),
        ("40,7", "browse-quantities.html#q-kurnaz-deik-africa-title"),
        ('"nearly doubled"', "browse-quantities.html#q-carnegie-trade-nearly-doubled"),
        ("q-carnegie-trade-2022", "browse-quantities.html#q-carnegie-trade-2022"),
        ("iki blok arasinda kopusa", "browse-quantities.html#q-kurnaz-iki-blok"),
        ("İKİ BLOK ARASINDA", "browse-quantities.html#q-kurnaz-iki-blok"),
    ],
)
def test_a_number_a_phrase_or_an_id_is_found(search, query, row):
    _, links, _ = search(query)
    assert row in links


def test_a_number_is_found_whole(search):
    _, _, shown = search("150,000")
    assert "150,000" in shown
    assert search("150000")[1] == search("150,000")[1]
    for link in search("8.9")[1]:
        assert link not in search("28.9")[1] or "8.9" in link


def test_a_year_is_found_in_rows_and_chapters(search):
    _, links, _ = search("2023")
    assert any(link.startswith("browse-events.html#e-") for link in links)
    assert any(link.startswith("energy-dependence.html#") for link in links)


@pytest.mark.parametrize(
    "name",
    ["OTS", "Organization of Turkic States", "Türk Devletleri Teşkilatı", "TURK DEVLETLERI TESKILATI", "TDT"],
)
def test_an_institution_is_found_by_its_name_in_either_language(search, name):
    _, links, shown = search(name)
    rows = {
        f"browse-events.html#{row.id}" for row in record().rows["events"].values() if row.institution == "OTS"
    }
    assert rows
    assert rows <= set(links)
    assert "Searched for as well" in shown


def known() -> list[dict[str, str]]:
    with search_index.NAMES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("institution", dict.fromkeys(row["institution"] for row in known()))
def test_every_name_of_an_institution_finds_the_same_and_so_do_the_words_it_is_known_by(search, institution):
    rows = [row for row in known() if row["institution"] == institution]
    _, wanted, _ = search(institution)
    assert wanted
    for row in rows:
        assert sorted(search(row["name"])[1]) == sorted(wanted), row["name"]
        if row["words"]:
            _, links, shown = search(row["words"])
            assert set(wanted) <= set(links), row["words"]
            also = re.search(r"Searched for as well: (.*)\.", shown)[1].split(", ")
            assert set(also) | {row["words"]} >= {institution, row["name"]}, row["words"]


@pytest.mark.parametrize(
    ("query", "like"),
    [
        ("Şanghay", "SCO"),
        ("sanghay isbirligi", "SCO"),
        ("Shanghai Cooperation summit", "SCO summit"),
        ("İSLAM", "OIC"),
    ],
)
def test_a_part_of_a_name_is_enough(search, query, like):
    _, links, shown = search(query)
    assert set(search(like)[1]) <= set(links)
    assert like.split()[0] in re.search("Searched for as well: (.*)", shown)[1]


def test_words_by_which_a_name_is_known_stand_in_it():
    assert all(row["words"] in row["name"] for row in known())
    assert not set(search_index.parts()) & {name for group in search_index.names() for name in group}
    assert search_index.parts()["Şanghay"] == "SCO"
    assert "Cooperation" not in search_index.parts()


def test_ids_and_keys_are_found_whole_alone(search):
    for query in ("Koçak", "kocak"):
        _, links, _ = search(query)
        assert 0 < len(links) < 100
    rows = {row.id for row in record().rows["quantities"].values() if row.text == "kocak2026"}
    assert {f"browse-quantities.html#{row}" for row in rows} <= set(search("kocak2026")[1])
    assert search("q-kocak")[1] == search("kocak202")[1] == []
    identifier = min(rows)
    assert f"browse-quantities.html#{identifier}" in search(identifier)[1]


def test_every_id_is_one_to_the_search():
    shape = re.compile(r"(?:[qectsk]|fig|tab)-[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
    script = (search_index.NAMES.parents[1] / "chapters" / "_extra" / "search" / "search.js").read_text(
        "utf-8"
    )
    assert shape.pattern in script
    ids = [row for table in ("quantities", "events", "claims", "tensions") for row in record().rows[table]]
    assert [row for row in [*ids, *FIGURES] if not shape.fullmatch(row)] == []


def test_titles_and_printed_phrases_come_first(search):
    for query in ("Akkuyu", "natural gas"):
        _, links, _ = search(query)
        claims = [link for link in links if link.startswith("browse-claims.html#")]
        word = re.compile(query, re.IGNORECASE)
        rows = [record().rows["claims"][link.partition("#")[2]] for link in claims]
        first = [bool(word.search(row.claim) or word.search(row.printed)) for row in rows]
        assert first == sorted(first, reverse=True), query
        assert first[0]


def test_the_parts_of_a_title_are_told_apart(search):
    _, _, shown = search("q-carnegie-russian-exports-2021")
    assert "Russian exports to Türkiye · Russia and Türkiye, 2021" in shown


def test_without_scripts_a_reader_is_led_to_the_lists(browser, address):
    with browsing.opened(browser, java_script_enabled=False) as page:
        page.goto(address + "search.html")
        told = page.locator("main p", has_text="needs JavaScript")
        expect(told).to_be_visible()
        assert page.locator("main .admonition").count() == 0
        told.get_by_role("link", name="list of figures").click()
        page.wait_for_url("**/list-of-figures.html")


def test_letters_of_either_alphabet_are_one(search):
    assert search("Türkiye")[1] == search("Turkiye")[1] == search("TÜRKİYE")[1] == search("turkıye")[1] != []


def test_nothing_found_is_said(search):
    status, links, _ = search("zzqqx")
    assert (status, links) == ("Nothing in the book holds zzqqx.", [])


def test_results_lead_to_what_holds_them(search, site):
    _, links, _ = search("NATO")
    ids = {}
    for link in links:
        path, _, anchor = link.partition("#")
        ids.setdefault(path, set(re.findall(r'\sid="([^"]*)"', (site / path).read_text("utf-8"))))
        assert anchor in ids[path], link


def test_results_by_keyboard(browser, address):
    with browsing.opened(browser) as page:
        page.goto(f"{address}search.html?q=2023")
        more = page.get_by_role("button", name=re.compile("Show all .* events"))
        before = page.locator("[aria-labelledby=found-events] li").count()
        more.focus()
        page.keyboard.press("Enter")
        assert page.locator("[aria-labelledby=found-events] li").count() > before
        assert (
            page.evaluate("document.activeElement.closest('ol').getAttribute('aria-labelledby')")
            == "found-events"
        )
        page.keyboard.press("Enter")
        page.wait_for_url("**/browse-events.html#e-*")


def test_markup_in_a_query_stays_text(search):
    status, links, _ = search("<img src=x onerror=alert(1)>")
    assert "<img" in status or links
    assert search("a(b[c*")[0]


def test_search_works_from_a_file(browser, site):
    with browsing.opened(browser) as page:
        faults = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{(site / 'search.html').as_uri()}?q=28.9")
        expect(page.locator("#book-results [role=status]")).to_contain_text("found")
        assert faults == []


def test_the_index_is_loaded_by_the_search_page_alone(site):
    loading = [
        name for name in browsing.names(site) if search_index.INDEX in (site / name).read_text("utf-8")
    ]
    assert loading == ["search.html"]


def test_every_row_of_the_record_is_in_the_index_once(site):
    text = (site / search_index.INDEX).read_text("utf-8")
    entries = [json.loads(line.rstrip(",")) for line in text.splitlines() if line.startswith('["')]
    rows = [address.partition("#")[2] for kind, address, *_ in entries if address.startswith("browse-")]
    tables = ("quantities", "events", "claims", "tensions")
    assert sorted(rows) == sorted(row for table in tables for row in record().rows[table])
    assert {"Pages", "Figures", *search_index.KINDS.values()} == {kind for kind, *_ in entries}
    assert not any(
        "def " in text or "import " in text.split("·")[0] for *_, text in entries if "asprinted." in text
    )


def test_names_stand_in_the_texts(texts):
    with search_index.NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = paragraphs((texts / f"{row['text']}.txt").read_text("utf-8"))
            assert row["name"] in text[int(row["paragraph"]) - 1], row


def test_names_are_of_institutions_of_the_record():
    known = {
        name
        for table in ("events", "statuses")
        for row in record().rows[table].values()
        for name in row.institution.split("; ")
    }
    assert {group[0] for group in search_index.names()} <= known
    every = [name for group in search_index.names() for name in group]
    assert len(every) == len(set(every))
