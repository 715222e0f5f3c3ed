"""The PDF of the book: tagged, with outline, vector figures, embedded fonts, links that arrive; the same twice."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import yaml
from bs4 import BeautifulSoup

from asprinted.book import ROOT, book
from asprinted.figures import FIGURES
from press import chromium, hatches, marks, pdf, takeaway

needs_chromium = pytest.mark.skipif(
    chromium.find() is None and not os.environ.get("CI"),
    reason="there is no Chromium here: install it to test the PDF",
)


@pytest.fixture(scope="module")
def single(tmp_path_factory) -> Path:
    return pdf.lay_out(tmp_path_factory.mktemp("pdf"))


def print_apart(single: Path, path: Path) -> None:
    """Print in a thread of its own: one thread holds one browser, and other tests may have theirs open."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(pdf.print_book, single, path).result()


@pytest.fixture(scope="module")
def printed(single) -> Path:
    print_apart(single, single / "one.pdf")
    return single / "one.pdf"


@pytest.fixture
def opened(printed):
    with pikepdf.open(printed) as found:
        yield found


def chapters() -> list[str]:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]


def text(html) -> str:
    return " ".join(html.get_text().split())


def reached(found: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """All fonts (`/Font`) or objects drawn (`/XObject`) of a PDF, those within others too."""
    seen: dict[tuple[int, int], pikepdf.Object] = {}
    waiting = [page.get("/Resources", {}) for page in found.pages]
    while waiting:
        resources = waiting.pop()
        for entry in resources.get(kind, {}).values():
            seen[entry.objgen] = entry
        for group in ("/XObject", "/Pattern"):
            for entry in resources.get(group, {}).values():
                if entry.objgen not in seen or kind != "/XObject":
                    waiting.append(entry.get("/Resources", {}))
    return list(seen.values())


# How the mark of each verdict is drawn: a ring and a disc, a dashed ring, or lines.
RING_AND_DISC = "c+Sc+f"
SHAPES = {
    "entailed": RING_AND_DISC,
    "consistent": RING_AND_DISC,
    "contradicted": RING_AND_DISC,
    "untestable": "(?:cl){8}",
    "interpretive": "lllS",
}


@dataclass(frozen=True)
class Piece:
    """A piece of a page in the order of its drawing: its text, its tags from the innermost, and what was drawn before."""

    text: str
    tags: tuple[str, ...]
    drawn: str  # the operators of paths since the piece before
    language: str


def letters(font: pikepdf.Object) -> dict[int, str]:
    """What each glyph of a font stands for."""

    def said(code: str) -> str:
        return bytes.fromhex(code).decode("utf-16-be")

    found: dict[int, str] = {}
    for kind, block in re.findall(
        r"begin(bfchar|bfrange)(.*?)end", font.ToUnicode.read_bytes().decode("ascii"), re.DOTALL
    ):
        codes = re.findall(r"<([0-9A-Fa-f]+)>", block)
        step = 2 if kind == "bfchar" else 3
        for at in range(0, len(codes), step):
            first, last, start = int(codes[at], 16), int(codes[at + step - 2], 16), said(codes[at + step - 1])
            for glyph in range(first, last + 1):
                found[glyph] = start[:-1] + chr(ord(start[-1]) + glyph - first)
    return found


def piece(words: str, element: pikepdf.Object, drawn: str) -> Piece:
    """A piece that is tagged with an element."""
    tags, language = [], ""
    while "/S" in element:
        tags.append(str(element.S))
        language = language or str(element.get("/Lang", ""))
        element = element.P
    return Piece(words, tuple(tags), drawn, language)


def pieces(found: pikepdf.Pdf, page: pikepdf.Page) -> Iterator[Piece]:
    """The tagged pieces of a page. What is not tagged, such as the page's number, is left out."""
    glyphs_of = cache(lambda name: letters(page.Resources.Font[name]))
    elements = pikepdf.NumberTree(found.Root.StructTreeRoot.ParentTree)[int(page.StructParents)]
    opened: list[int | None] = []  # the marks within each other; the browser marks a ligature within a piece
    words, drawn, font = "", "", ""
    for operands, operator in pikepdf.parse_content_stream(page):
        tagged = any(number is not None for number in opened)
        match str(operator):
            case "BMC":
                opened.append(None)
            case "BDC":
                opened.append(int(operands[1].MCID) if "/MCID" in operands[1] else None)
            case "EMC":
                if (number := opened.pop()) is not None:
                    yield piece(words, elements[number], drawn)
                    words, drawn = "", ""
            case "Tf":
                font = str(operands[0])
            case "Tj" | "TJ" if tagged:
                shown = operands[0] if str(operator) == "TJ" else operands
                glyphs = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
                known = glyphs_of(font)
                words += "".join(
                    known[int.from_bytes(glyphs[at : at + 2], "big")] for at in range(0, len(glyphs), 2)
                )
            case "l" | "c" | "S" | "f" | "f*":
                drawn += str(operator)


@pytest.fixture(scope="module")
def drawn(printed) -> list[list[Piece]]:
    with pikepdf.open(printed) as found:
        return [list(pieces(found, page)) for page in found.pages]


@needs_chromium
def test_no_page_ends_in_a_caption_or_a_header_of_a_table(drawn):
    ends = {number: page[-1] for number, page in enumerate(drawn, start=1) if page}
    assert len(ends) == len(drawn)
    assert sum("/TD" in piece.tags for page in drawn for piece in page) > 1000
    parted = {
        number: piece.text
        for number, piece in ends.items()
        if "/TH" in piece.tags or ("/Caption" in piece.tags and "/Table" in piece.tags)
    }
    assert parted == {}


@needs_chromium
def test_no_page_has_a_few_words_alone(drawn):
    words = {n: " ".join(piece.text for piece in page).split() for n, page in enumerate(drawn, start=1)}
    assert sum(map(len, words.values())) > 40_000
    assert {number: " ".join(found) for number, found in words.items() if len(found) < 25} == {}


@needs_chromium
def test_every_verdict_has_its_mark_before_it(drawn, single):
    soup = BeautifulSoup((single / "print.html").read_text(encoding="utf-8"), "html.parser")
    expected = Counter(text(said).lower() for said in soup.select(".said"))
    assert set(expected) == set(marks.VERDICTS) == set(pdf.signs())
    assert len(set(pdf.signs().values())) == len(marks.VERDICTS)
    found: Counter[str] = Counter()
    for piece in (piece for page in drawn for piece in page):
        word = piece.text.strip().lower()
        if word in SHAPES and re.match(SHAPES[word], piece.drawn):
            found[word] += 1
    assert expected - found == Counter()


@needs_chromium
def test_turkish_phrases_are_tagged_with_their_language(drawn, single):
    soup = BeautifulSoup((single / "print.html").read_text(encoding="utf-8"), "html.parser")
    expected = Counter("".join(phrase.get_text().split()) for phrase in soup.select('body [lang="tr"]'))
    found = [piece for page in drawn for piece in page if piece.language == "tr"]
    assert sum(expected.values()) > 4
    assert Counter("".join(piece.text.split()) for piece in found) == expected
    assert all("/Span" in piece.tags for piece in found)


@needs_chromium
def test_intervals_and_days_in_tables_are_not_broken_and_no_table_is_wider_than_the_page(single):
    def look() -> tuple[int, list[str], list[str]]:
        with chromium.chromium() as browser:
            page = browser.new_context(viewport={"width": 643, "height": 900}, offline=True).new_page()
            page.emulate_media(media="print")
            page.goto((single / "print.html").as_uri(), wait_until="load")
            page.evaluate("document.fonts.ready.then(() => true)")
            return page.evaluate(
                """() => [
                    document.querySelectorAll(".whole").length,
                    [...document.querySelectorAll(".whole")]
                        .filter(e => e.getClientRects().length > 1).map(e => e.textContent),
                    [...document.querySelectorAll("table")]
                        .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.id),
                ]"""
            )

    with ThreadPoolExecutor(1) as apart:
        many, broken, wide = apart.submit(look).result()
    assert many > 500
    assert broken == []
    assert wide == []


def test_what_is_kept_whole_is_a_short_interval_or_a_day():
    cell = (
        "<td>[1.85, 1.95) or (34.4, 35]; <b>2021-01-01</b> and 2023-11, not 12021-01-011, (see 5), or "
        "[150,000.000, 160,000.000); [−0.5, 1]</td>"
    )
    soup = BeautifulSoup(f"<table>{cell}</table><p>[0, 1]</p>", "html.parser")
    before = soup.get_text()
    pdf.keep_whole(soup, soup)
    whole = [found.get_text() for found in soup.select(".whole")]
    assert whole == ["[1.85, 1.95)", "(34.4, 35]", "2021-01-01", "2023-11", "[−0.5, 1]"]
    assert soup.get_text() == before


def test_a_verdict_without_a_mark_is_an_error():
    soup = BeautifulSoup('<td><span class="said certain">certain</span></td>', "html.parser")
    with pytest.raises(pdf.PrintError, match="certain"):
        pdf.draw_signs(soup)


@needs_chromium
def test_it_is_tagged_and_says_what_it_is(opened):
    assert bool(opened.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in opened.Root
    assert str(opened.Root.Lang) == "en"
    assert str(opened.docinfo.Title) == book().title
    assert str(opened.docinfo.Author) == book().authors
    assert not {"/CreationDate", "/ModDate", "/Producer", "/Creator"} & set(opened.docinfo)
    with opened.open_metadata() as data:
        assert data["dc:title"] == book().title
        assert data["dc:creator"] == [book().authors]
        assert data["xmpRights:WebStatement"] == pdf.LICENCE


@needs_chromium
def test_every_figure_is_tagged_with_its_description(opened, single):
    alts, waiting = [], [opened.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, pikepdf.Dictionary):
            continue
        if "/Alt" in element:
            assert element.get("/S") == "/Figure"
            alts.append(str(element.Alt))
        children = element.get("/K", [])
        waiting += list(children) if isinstance(children, pikepdf.Array) else [children]
    images = BeautifulSoup((single / "print.html").read_text(encoding="utf-8"), "html.parser").select("img")
    assert len(images) >= len(FIGURES)
    assert sorted(alts) == sorted(image["alt"] for image in images)
    assert min(map(len, alts)) > 60


@needs_chromium
def test_every_cell_that_names_its_headers_names_headers_there_are(opened):
    elements = [e for e in opened.objects if isinstance(e, pikepdf.Dictionary) and "/S" in e and "/P" in e]
    known = {str(element.ID) for element in elements if "/ID" in element}
    named = [
        str(name)
        for element in elements
        if element.S == "/TD"
        for attributes in element.get("/A", [])
        for name in attributes.get("/Headers", [])
    ]
    tree = pikepdf.NameTree(opened.Root.StructTreeRoot.IDTree)
    assert len(named) > 1000
    assert set(named) <= known == set(tree)
    assert all(str(tree[name].ID) == name for name in sorted(known)[:50])


@needs_chromium
def test_the_outline_has_every_chapter_with_its_sections(opened, single):
    soup = BeautifulSoup((single / "print.html").read_text(encoding="utf-8"), "html.parser")
    titles = {name: text(soup.find(id=f"document-{name}").find_next("h2")) for name in chapters()}
    with opened.open_outline() as outline:
        found = {entry.title: entry for entry in outline.root[0].children}
    assert set(titles.values()) <= set(found)
    assert "Verdicts" in [child.title for child in found[titles["energy-dependence"]].children]


@needs_chromium
def test_the_contents_name_the_page_on_which_each_chapter_begins(opened, single, printed):
    lies = pdf.anchors_on_pages(printed)
    soup = BeautifulSoup((single / "print.html").read_text(encoding="utf-8"), "html.parser")
    named = {
        link["href"][1:]: int(text(link.select_one(".page"))) for link in soup.select(".contents a[href]")
    }
    assert set(named) == {f"document-{name}" for name in ["index", *chapters()]}
    assert named == {anchor: lies[anchor] for anchor in named}
    assert len(opened.pages) > 60


def test_every_figure_stands_in_it_once_with_its_numbered_caption(single):
    html = (single / "index.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(pdf.compose(html, {}), "html.parser")
    captions = [text(caption) for caption in soup.select("figcaption")]
    for identifier, figure in FIGURES.items():
        assert len(soup.select(f'[id="{identifier}"]')) == 1, identifier
        caption = " ".join(figure.caption(figure.data()).replace("*", "").split())
        assert any(found.startswith("Fig.") and found.endswith(caption[-40:]) for found in captions), (
            identifier
        )


def test_no_anchor_stands_twice_and_every_inner_link_has_its_own(single):
    html = (single / "index.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(pdf.compose(html, {}), "html.parser")
    anchors = [element["id"] for element in soup.select("[id]")]
    assert len(anchors) == len(set(anchors))
    links = [link["href"] for link in soup.select("a[href]")]
    assert len(links) > 60
    assert [link for link in links if not link.startswith(("#", "https://"))] == []
    assert [link for link in links if link.startswith("#") and link[1:] not in anchors] == []


@needs_chromium
def test_its_links_arrive_or_lead_to_the_web(opened):
    named = set(opened.Root.Dests)
    inner = outer = 0
    for page in opened.pages:
        for link in page.get("/Annots", []):
            if "/Dest" in link:
                assert str(link.Dest) in named
                inner += 1
            else:
                assert str(link.A.URI).startswith("https://")
                outer += 1
    assert inner > 60
    assert outer > 0


@needs_chromium
def test_figures_are_vectors_and_fonts_are_within(opened):
    assert [entry for entry in reached(opened, "/XObject") if entry.get("/Subtype") == "/Image"] == []
    fonts = reached(opened, "/Font")
    assert fonts
    for font in fonts:
        held = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(held.FontDescriptor), font.BaseFont
        assert str(font.BaseFont).partition("+")[2].startswith(("STIXGeneral", "DejaVuSans")), font.BaseFont
        assert "/ToUnicode" in font


@needs_chromium
def test_printing_again_gives_the_same_bytes(single, printed):
    print_apart(single, single / "two.pdf")
    assert (single / "two.pdf").read_bytes() == printed.read_bytes()


@needs_chromium
def test_a_pdf_of_other_sources_is_not_offered(printed, tmp_path):
    assert takeaway.current_pdf(printed) == printed
    other = tmp_path / "other.pdf"
    with pikepdf.open(printed) as found:
        found.docinfo[takeaway.DIGEST] = "0" * 64
        found.save(other)
    assert takeaway.current_pdf(other) is None
    assert takeaway.current_pdf(tmp_path / "none.pdf") is None


def test_without_chromium_it_says_what_to_do_and_leaves_the_old_one(tmp_path):
    old = tmp_path / "as-printed.pdf"
    old.write_bytes(b"the old one")
    code = (
        "import sys; from pathlib import Path; from press import pdf, takeaway; "
        f"takeaway.PDF = Path({str(old)!r}); sys.exit(pdf.main())"
    )
    environment = {k: v for k, v in os.environ.items() if k != "CHROMIUM"} | {"PATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "apt-get install chromium" in done.stderr
    assert old.read_bytes() == b"the old one"


def test_the_digest_sees_every_change_of_a_source_and_nothing_else(tmp_path):
    root = tmp_path / "book"
    for name in takeaway.SOURCES:
        (root / name).mkdir(parents=True)
        (root / name / "a.txt").write_text("a", encoding="utf-8")
    for name in takeaway.SINGLE_SOURCES[:2]:
        shutil.copy(ROOT / name, root)
    before = takeaway.digest(root)
    (root / "press" / "__pycache__").mkdir()
    (root / "press" / "__pycache__" / "a.pyc").write_bytes(b"a")
    assert takeaway.digest(root) == before
    (root / "data" / "a.txt").write_text("b", encoding="utf-8")
    assert takeaway.digest(root) != before


def test_hatching_becomes_lines_within_its_shape():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><pattern id="h" width="72" height="72">'
        '<path d="M 0 0 L 72 72"/></pattern></defs>'
        '<path d="M 10 10 L 100 10 L 100 40 z" style="fill: url(#h); opacity: 0.5; stroke: #000"/></svg>'
    )
    out = hatches.drawn_out(svg)
    assert "pattern" not in out
    soup = BeautifulSoup(out.replace("ns0:", ""), "html.parser")
    tiles = [use["transform"] for use in soup.select("use")]
    assert tiles == ["translate(0 0)", "translate(72 0)"]
    assert soup.select_one("clippath path")["d"] == "M 10 10 L 100 10 L 100 40 z"
    outline = soup.select_one("svg > g > path")
    assert "fill: none" in outline["style"]
    assert hatches.drawn_out("<svg/>") == "<svg/>"
