"""The PDF of the book: tagged, with outline, vector figures, embedded fonts, links that arrive; the same twice."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
import yaml
from bs4 import BeautifulSoup

from asprinted.book import ROOT, book
from asprinted.figures import FIGURES
from press import chromium, hatches, pdf, takeaway

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
