"""Citations: every kind parses in its format, comes back as it went in, and renders in APA and Chicago."""

import csv
import dataclasses
import json
import re
import warnings
from pathlib import Path

import jsonschema
import pytest
import rispy
import yaml
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from pybtex.richtext import Text

from asprinted import book as identity
from asprinted import citations
from asprinted.book import DATA, ROOT, book
from asprinted.figures import FIGURES
from asprinted.record import record
from press import citing, deposit

VENDOR = Path(__file__).parent / "vendor"
URL, DOI, CONCEPT = "https://example.org/as-printed", "10.5072/zenodo.12", "10.5072/zenodo.11"
PLACES = {
    "no address": {},
    "an address": {"url": URL},
    "an address and a DOI": {"url": URL, "doi": DOI, "concept": CONCEPT},
}
TEXTS = ("carnegie2024", "kocak2026", "kurnaz2026")


@pytest.fixture(params=PLACES)
def place(request, monkeypatch) -> dict[str, str]:
    """The book without a public address, with one, and with a DOI as well."""
    there = dataclasses.replace(book(), **{"url": None, "doi": None, "concept": None} | PLACES[request.param])
    for module in (citations, citing, deposit):
        monkeypatch.setattr(module, "book", lambda: there)
    return PLACES[request.param]


def own() -> list[citations.Reference]:
    """The book, every chapter, every figure, every number and every verdict."""
    rows = record().rows
    return [
        citations.book_reference(),
        *map(citations.chapter_reference, citing.pages()),
        *map(citations.figure_reference, FIGURES),
        *map(citations.number_reference, rows["quantities"]),
        *map(citations.verdict_reference, rows["claims"]),
    ]


def works() -> list[citations.Reference]:
    return list(map(citations.work_reference, citations.work_keys()))


def straight(text: str) -> str:
    """A text with the quotation marks of no language, since formats differ in them."""
    return re.sub(r"\s+", " ", re.sub("[“”‘’\"'`]", "'", text)).replace("''", "'")


def unlatexed(text: str) -> str:
    return straight(str(Text.from_latex(text)))


# --- each format is read by a parser of its own --------------------------------------------------


def test_every_citation_is_bibtex_that_comes_back_as_it_went_in(place):
    found = own() + works()
    entries = parse_string("\n".join(map(citations.bibtex, found)), "bibtex").entries
    assert len(entries) == len(found)
    for reference in found:
        entry = entries[reference.id]
        fields, persons = entry.fields, entry.persons["author"]
        assert unlatexed(fields["title"]) == straight(reference.title)
        assert fields["year"] == str(reference.issued[0])
        assert len(persons) == len(reference.author)
        for person, name in zip(persons, reference.author, strict=True):
            family = unlatexed(" ".join(person.prelast_names + person.last_names))
            assert family == straight(name.literal or name.family)
        assert fields.get("doi", "") == reference.DOI
        assert fields.get("url", "") == reference.URL
        if reference.path:
            assert f"Version {reference.version}" in fields["note"]
            said = unlatexed(fields.get("howpublished", "") + fields.get("booktitle", ""))
            assert straight(reference.container_title) in said
            assert reference.number in said
            within = not place and reference.type != "book"
            assert within == (f"At {reference.path} within the book" in unlatexed(fields["note"]))
        elif reference.page:
            assert fields["pages"].replace("--", "–") == reference.page


def test_bibtex_is_plain_ascii_so_that_old_programs_read_it_too():
    assert all(citations.bibtex(reference).isascii() for reference in own() + works())


def test_the_signs_of_bibtex_and_of_turkish_survive():
    text = "Türkiye & Koçak: 50% of #1_x, $5 ~ İşığ – “so”"
    assert unlatexed(citations.latex(text)) == straight(text)
    odd = dataclasses.replace(citations.book_reference(), title=text)
    entry = parse_string(citations.bibtex(odd), "bibtex").entries["as-printed"]
    assert unlatexed(entry.fields["title"]) == straight(text)


def test_every_citation_is_ris_that_comes_back_as_it_went_in(place):
    found = own() + works()
    text = "".join(map(citations.ris, found))
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in text.splitlines())
    entries = {entry["id"]: entry for entry in rispy.loads(text)}
    assert len(entries) == len(found)
    for reference in found:
        entry = entries[reference.id]
        assert entry["type_of_reference"] == citations.RIS_TYPES[reference.type]
        assert entry.get("title", entry.get("primary_title")) == reference.title
        assert entry.get("authors", entry.get("first_authors")) == [
            name.inverted for name in reference.author
        ]
        assert entry.get("year", entry.get("publication_year")) == str(reference.issued[0])
        assert entry.get("doi", "") == reference.DOI
        assert entry.get("urls", [""])[0] == reference.URL
        if reference.path:
            assert entry["edition"] == reference.stated_version
            assert entry.get("secondary_title", "") == reference.container_title


def test_every_citation_is_csl_json_as_its_schema_has_it(place):
    schema = json.loads((VENDOR / "csl-data.schema.json").read_text(encoding="utf-8"))
    found = own() + works()
    items = [json.loads(citations.forms(reference)["csl"]) for reference in found]
    jsonschema.validate([item for (item,) in items], schema, cls=jsonschema.Draft7Validator)
    for reference, (item,) in zip(found, items, strict=True):
        assert item["title"] == reference.title
        assert item["issued"] == {"date-parts": [list(reference.issued)]}
        assert item.get("version", "") == reference.stated_version
        assert item.get("URL", "") == reference.URL
        names = [name.get("literal") or f"{name['family']}, {name['given']}" for name in item["author"]]
        assert names == [name.inverted for name in reference.author]


# --- a citation processor renders them -----------------------------------------------------------


def rendered(references: list[citations.Reference], style: str) -> dict[str, str]:
    """Each reference as an entry of a bibliography in a style."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*(is not supported|not a valid|missing).*")
        source = CiteProcJSON([citations.csl(reference) for reference in references])
        sheet = CitationStylesStyle(str(VENDOR / f"{style}.csl"), validate=False)
        found = {}
        for reference in references:
            list_of_one = CitationStylesBibliography(sheet, source, formatter.plain)
            list_of_one.register(Citation([CitationItem(reference.id)]))
            (found[reference.id],) = map(str, list_of_one.bibliography())
    return found


def sampled() -> list[citations.Reference]:
    rows = record().rows
    few = [*list(rows["quantities"])[::60], *list(rows["claims"])[::30]]
    kept = {*few, "as-printed", *citing.pages(), *FIGURES}
    return [reference for reference in own() if reference.id in kept]


@pytest.mark.parametrize("style", ["apa", "chicago-author-date"])
def test_every_kind_renders_without_a_missing_field(place, style):
    references = sampled()
    assert {r.type for r in references} == {"book", "chapter", "figure", "entry"}
    for reference, text in zip(references, rendered(references, style).values(), strict=True):
        said = straight(text).casefold()
        for part in (
            reference.author[0].literal,
            str(reference.issued[0]),
            straight(reference.title),
            straight(reference.container_title),
            f"version {reference.version}",
            reference.number,
            reference.publisher,
            f"https://doi.org/{reference.DOI}" if reference.DOI else reference.URL,
        ):
            assert part.casefold() in said, (reference.id, part, text)
        assert not re.search(r"n\. ?d\.|\(\)|\[\]|, ,|\?\?|None", text)


@pytest.mark.parametrize("style", ["apa", "chicago-author-date"])
def test_a_rendered_figure_names_its_texts_and_where_it_stands(place, style):
    for reference in map(citations.figure_reference, FIGURES):
        (text,) = rendered([reference], style).values()
        for key in reference.sources:
            assert straight(citations.credit(key)) in straight(text)
        assert (reference.DOI or reference.URL or f"t figures/{reference.id}.html") in text
        assert reference.stated_version in text


def test_a_version_at_work_is_cited_as_unreleased(monkeypatch):
    reference = citations.figure_reference("fig-energy-doubled")
    for out in (False, True):
        monkeypatch.setattr(citations, "released", lambda version, out=out: out)
        for said in citations.forms(reference).values():
            assert reference.version in said
            assert ("(unreleased)" in said) is not out
    assert citations.latest(reference).stated_version == ""


@pytest.mark.parametrize("style", ["apa", "chicago-author-date"])
def test_the_works_cited_render_without_a_missing_field(style):
    references = works()
    for reference, text in zip(references, rendered(references, style).values(), strict=True):
        said = straight(text).casefold()
        parts = [straight(reference.title), str(reference.issued[0]), reference.volume, reference.DOI]
        parts += [straight(name.literal or name.family) for name in reference.author[:3]]
        parts += [reference.container_title or reference.publisher]
        if reference.type == "article-journal":
            parts += [reference.page.partition("–")[0]]
        for part in parts:
            assert straight(part).casefold() in said, (reference.id, part, text)
        assert not re.search(r"n\. ?d\.|\(\)|\[\]|, ,|None", text)


# --- what they say -------------------------------------------------------------------------------


def texts_by_row() -> dict[str, str]:
    found = {}
    for table in ("quantities", "events", "statuses", "codings", "links", "claims"):
        with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            found |= {row["id"]: row["text"] for row in csv.DictReader(lines)}
    return found


def test_a_figure_names_the_texts_whose_figures_it_draws_the_book_its_version_and_its_address(place):
    text_of = texts_by_row()
    for identifier, entry in FIGURES.items():
        reference = citations.figure_reference(identifier)
        said = citations.full(reference)
        drawn = {text_of[row] for row in entry.rows if row in text_of}
        assert drawn <= set(reference.sources)
        assert reference.sources
        for key in reference.sources:
            row = record().rows["texts"][key]
            assert straight(row.title) in straight(said)
            assert row.authors in said
            assert str(row.year) in said
        assert not drawn or all(
            straight(record().rows["texts"][k].title) not in straight(said) for k in set(TEXTS) - drawn
        )
        assert book().title in said
        assert f"version {entry.changed}" in said
        assert identifier in citations.short(reference)
        at = f"{URL}/figures/{identifier}.html" if place else f"at figures/{identifier}.html within the book"
        assert at in said


def test_the_title_of_a_figure_is_quoted_once():
    said = citations.full(citations.figure_reference("fig-energy-doubled"))
    assert "“What grew, and what ‘doubled’ asks”" in said


def test_a_number_and_a_verdict_say_what_is_printed_and_where(place):
    rows = record().rows
    for found, make in (("quantities", citations.number_reference), ("claims", citations.verdict_reference)):
        for row in rows[found].values():
            said = citations.full(make(row.id))
            assert f"paragraph {row.paragraph}: “{row.printed}”" in said
            assert straight(rows["texts"][row.text].title) in straight(said)
            assert row.id in said


def test_no_address_is_invented(place):
    for reference in own():
        said = "".join(citations.forms(reference).values())
        found = set(re.findall(r"https?://[^\s\"},>]+", said))
        if not place:
            assert not found
            assert not reference.URL
            assert not reference.DOI
        assert all(address.startswith((URL, f"https://doi.org/{DOI}")) for address in found)
        assert bool(reference.URL) == bool(place)


def test_the_latest_version_carries_no_version_and_the_doi_of_all(place):
    for reference in (citations.book_reference(), citations.figure_reference("fig-energy-doubled")):
        latest = citations.latest(reference)
        said = "".join(citations.forms(latest).values())
        assert book().version not in said
        assert "latest version" in citations.short(latest)
        assert place.get("concept", "") == latest.DOI
        assert not place.get("doi") or place["doi"] not in said
        assert latest.URL == reference.URL


def test_the_texts_are_cited_as_the_record_has_them():
    for key in TEXTS:
        row, reference = record().rows["texts"][key], citations.text_reference(key)
        assert straight(reference.title) == straight(row.title)
        assert reference.issued == (row.year,)
        assert [name.plain for name in reference.author] == [row.authors]
        assert row.identifier == reference.DOI
        venue = row.venue.casefold()
        assert (reference.container_title or reference.publisher).casefold() in venue
        assert reference.page in row.venue
        assert not reference.issue or f"{reference.volume}({reference.issue})" in row.venue
        assert all(name.plain in row.venue for name in reference.editor)


def test_an_unknown_id_is_no_citation():
    for make in (
        citations.chapter_reference,
        citations.figure_reference,
        citations.number_reference,
        citations.verdict_reference,
        citations.text_reference,
    ):
        with pytest.raises(KeyError):
            make("no-such-thing")


def test_an_older_figure_is_dated_by_the_version_in_which_it_changed(tmp_path, monkeypatch):
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## 0.0.9, 2024-05-06\n\n## 0.0.8, unreleased\n", encoding="utf-8"
    )
    monkeypatch.setattr(identity, "ROOT", tmp_path)
    assert identity.day_of("0.0.9").isoformat() == "2024-05-06"
    older = dataclasses.replace(FIGURES["fig-energy-doubled"], changed="0.0.9")
    monkeypatch.setattr(citations, "figure", lambda identifier: older)
    reference = citations.figure_reference(older.id)
    assert (reference.version, reference.issued) == ("0.0.9", (2024,))
    with pytest.raises(KeyError, match=r"0\.0\.8"):
        identity.day_of("0.0.8")


def test_every_figure_has_a_version_with_a_day():
    for entry in FIGURES.values():
        assert identity.day_of(entry.changed) <= book().released


# --- files: all citations, CITATION.cff, metadata of a deposit -----------------------------------


def test_one_file_holds_all_that_is_cited_and_all_that_can_be():
    files = citing.files()
    entries = parse_string(files["as-printed.bib"], "bibtex").entries
    sources = [*citations.CHAPTERS.glob("*.md"), *citations.CHAPTERS.glob("*.ipynb")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    cited = {
        key.strip() for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text) for key in keys.split(",")
    }
    assert len(cited) > len(TEXTS)
    wanted = cited | set(FIGURES) | set(citing.pages()) | {"as-printed"} | set(citations.work_keys())
    assert set(entries) == wanted
    assert {citations.text_reference(key).id for key in TEXTS} <= set(entries)
    assert {entry["id"] for entry in rispy.loads(files["as-printed.ris"])} == wanted
    assert {item["id"] for item in json.loads(files["as-printed.csl.json"])} == wanted


def test_the_files_are_written_to_the_downloads(tmp_path):
    citing.write(tmp_path)
    found = {path.name for path in (tmp_path / "_extra" / "downloads").iterdir()}
    assert found == {"as-printed.bib", "as-printed.ris", "as-printed.csl.json"}
    assert b"\r\r" not in (tmp_path / "_extra" / "downloads" / "as-printed.ris").read_bytes()


def test_citation_cff_is_valid():
    schema = json.loads((VENDOR / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    plain = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for reference in plain["references"]:
        for number in ("year", "volume", "issue", "start", "end"):
            if number in reference:
                reference[number] = int(reference[number])
    jsonschema.validate(plain, schema, cls=jsonschema.Draft7Validator)
    del plain["title"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, schema, cls=jsonschema.Draft7Validator)


def test_citation_cff_refers_to_the_three_texts_as_they_are_cited():
    given = {entry["title"]: entry for entry in identity.cff()["references"]}
    for key in TEXTS:
        reference = citations.text_reference(key)
        entry = given.pop(reference.title)
        names = [a.get("name") or f"{a['family-names']}, {a['given-names']}" for a in entry["authors"]]
        assert names == [name.inverted for name in reference.author]
        editors = [f"{e['family-names']}, {e['given-names']}" for e in entry.get("editors", ())]
        assert editors == [name.inverted for name in reference.editor]
        assert entry["year"] == reference.issued[0]
        assert entry.get("doi", "") == reference.DOI
        assert entry.get("journal", entry.get("collection-title", "")) == reference.container_title
        assert entry.get("institution", entry.get("publisher", {})).get("name", "") == reference.publisher
        pages = f"{entry['start']}–{entry['end']}" if "start" in entry else ""
        assert pages == reference.page
        assert (str(entry.get("volume", "")), str(entry.get("issue", ""))) == (
            reference.volume,
            reference.issue,
        )
    assert not given


def test_the_deposit_kept_for_zenodo_is_what_the_record_gives():
    given = deposit.as_text(deposit.zenodo())
    assert deposit.FILE.read_text(encoding="utf-8") == given, "python -m press.deposit writes it anew"
    kept = json.loads(deposit.FILE.read_text(encoding="utf-8"))
    assert kept["title"] == book().title
    assert kept["version"] == book().version
    assert kept["creators"] == [{"name": book().authors}]


def test_the_metadata_of_a_deposit_are_as_datacite_wants_them(place):
    schema = json.loads((VENDOR / "datacite-v4.5.json").read_text(encoding="utf-8"))
    said = deposit.datacite()
    jsonschema.validate(said, schema, cls=jsonschema.Draft201909Validator)
    assert said.get("doi") == place.get("doi")
    assert said.get("url") == place.get("url")
    assert [item["titles"][0]["title"] for item in said["relatedItems"]] == [
        citations.text_reference(key).title for key in record().rows["texts"]
    ]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(said | {"creators": []}, schema, cls=jsonschema.Draft201909Validator)


# --- the page ------------------------------------------------------------------------------------


def test_the_page_says_how_to_fix_a_version_and_how_to_name_the_latest(place):
    fixed, current = citing.fixed(), citing.current()
    assert f"version {book().version}" in fixed
    assert (DOI in fixed) == ("doi" in place)
    assert (CONCEPT in current) == ("concept" in place)
    assert (URL in current) == (place == {"url": URL})


def test_an_example_shows_the_forms_that_are_copied():
    reference = citations.figure_reference("fig-energy-doubled")
    shown = citing.example(reference)
    for form in ("full", "short", "bibtex"):
        assert citations.forms(reference)[form].strip() in shown
