"""What stands inside a figure's files, read back by readers that had no part in writing it."""

import io
import os
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ET
import zlib

import matplotlib as mpl
import nbformat
import pandas as pd
import pytest

from asprinted.book import FIGURES as FOLDER
from asprinted.book import ROOT, book, licence
from asprinted.figures import FIGURES
from asprinted.figures.bundle import PRINT_DPI, export, names
from asprinted.figures.rendering import STRIP, rendered, settle, strip_below
from asprinted.figures.style import COLUMN, MILLIMETRES_PER_INCH, PAGE, Sheet

SVG, RDF, DC = (
    "{http://www.w3.org/2000/svg}",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
    "{http://purl.org/dc/elements/1.1/}",
)
XML, RIGHTS = "{http://www.w3.org/XML/1998/namespace}", "{http://ns.adobe.com/xap/1.0/rights/}"
WIDTHS = {"": PAGE, "-90": COLUMN}
FILES = pytest.mark.parametrize(
    ("entry", "suffix"),
    [(entry, suffix) for entry in FIGURES.values() for suffix in WIDTHS],
    ids=[f"{i}{suffix}" for i in FIGURES for suffix in WIDTHS],
)


def poppler(tool, *arguments):
    """What a tool of poppler prints; where it is not installed the test is skipped, except in the checks on a clean machine."""
    if not shutil.which(tool):
        if os.environ.get("CI"):
            pytest.fail(f"{tool} is missing: install poppler-utils")
        pytest.skip(f"{tool} reads PDF files independently and is not here: install poppler-utils")
    return subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def of(entry):
    """The metadata that the record of a figure asks for."""
    found = licence()
    return {
        "title": entry.title,
        "creators": book().authors,
        "rights": f"{book().authors}. {found.title} ({found.name}), {found.url}",
        "identifier": f"{entry.id}, version {entry.changed} of {book().name}",
        "description": entry.description(entry.data()),
    }


def chunks(path):
    """The chunks of a PNG by type, read byte by byte, their checksums tested."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        found.append((kind.decode(), body))
        at += 12 + length
    return found


def international_text(body):
    """Keyword, language and text of an uncompressed iTXt chunk."""
    keyword, rest = body.split(b"\0", 1)
    assert rest[0] == 0
    language, _, text = rest[2:].split(b"\0", 2)
    return keyword.decode(), language.decode(), text.decode("utf-8")


@FILES
def test_a_png_is_as_wide_as_said_at_600_dpi_and_says_what_it_is(entry, suffix):
    found = chunks(FOLDER / f"{entry.id}{suffix}.png")
    width, _, depth, colour = struct.unpack(">IIBB", found[0][1][:10])
    assert abs(width - WIDTHS[suffix] / MILLIMETRES_PER_INCH * PRINT_DPI) <= 1
    assert (depth, colour) == (8, 2)
    by_metre = struct.unpack(">IIB", dict(found)["pHYs"])
    assert by_metre[2] == 1
    assert all(abs(dots * 0.0254 - PRINT_DPI) < 0.01 for dots in by_metre[:2])
    texts = {
        k: text
        for k, language, text in (international_text(b) for kind, b in found if kind == "iTXt")
        if language == "en"
    }
    asked = of(entry)
    assert texts == {
        "Title": asked["title"],
        "Author": asked["creators"],
        "Copyright": asked["rights"],
        "Identifier": asked["identifier"],
        "Description": asked["description"],
    }
    assert {kind for kind, _ in found} == {"IHDR", "iTXt", "pHYs", "IDAT", "IEND"}


@FILES
def test_an_svg_is_an_image_with_a_title_a_description_and_dublin_core(entry, suffix):
    path = FOLDER / f"{entry.id}{suffix}.svg"
    root = ET.parse(path).getroot()
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get(f"{XML}lang") == "en"
    by_id = {node.get("id"): node for node in root.iter() if node.get("id")}
    asked = of(entry)
    assert by_id[root.get("aria-labelledby")].tag == f"{SVG}title"
    assert by_id[root.get("aria-labelledby")].text == asked["title"]
    assert by_id[root.get("aria-describedby")].tag == f"{SVG}desc"
    assert by_id[root.get("aria-describedby")].text == asked["description"]
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    work = next(node for node in root.iter() if node.tag.endswith("}Work"))
    said = {
        node.tag.removeprefix(DC): "".join(node.itertext()).strip()
        for node in work
        if node.tag.startswith(DC)
    }
    assert said == {
        "title": asked["title"],
        "creator": asked["creators"],
        "rights": asked["rights"],
        "identifier": asked["identifier"],
        "description": asked["description"],
        "language": "en",
    }
    assert (
        abs(float(root.get("width").removesuffix("pt")) * MILLIMETRES_PER_INCH / 72 - WIDTHS[suffix]) < 0.01
    )
    assert not [node.tag for node in root.iter() if node.tag in (f"{SVG}text", f"{SVG}image")]


@FILES
def test_a_pdf_says_what_it_is_in_xmp_and_in_its_information(entry, suffix):
    path = FOLDER / f"{entry.id}{suffix}.pdf"
    asked = of(entry)
    packet = poppler("pdfinfo", "-meta", path)
    tree = ET.fromstring(
        packet[packet.index("<x:xmpmeta") : packet.index("</x:xmpmeta>") + len("</x:xmpmeta>")]
    )
    description = next(tree.iter(f"{RDF}Description"))
    said = {
        node.tag: "".join(node.itertext()).strip()
        for about in tree.iter(f"{RDF}Description")
        for node in about
    }
    said |= {name: value for about in tree.iter(f"{RDF}Description") for name, value in about.attrib.items()}
    assert description is not None
    for term, name in (
        ("title", "title"),
        ("creator", "creators"),
        ("rights", "rights"),
        ("identifier", "identifier"),
        ("description", "description"),
    ):
        assert said[f"{DC}{term}"] == asked[name], term
    assert said[f"{DC}language"] == "en"
    assert said[f"{RIGHTS}Marked"] == "True"
    assert said[f"{RIGHTS}WebStatement"] == licence().url
    information = poppler("pdfinfo", path)
    assert re.search(rf"^Title: +{re.escape(asked['title'])}$", information, re.MULTILINE)
    assert re.search(rf"^Author: +{re.escape(asked['creators'])}$", information, re.MULTILINE)
    assert asked["description"].split("\n")[0] in information
    points = re.search(r"^Page size: +([\d.]+) x", information, re.MULTILINE)[1]
    assert abs(float(points) * MILLIMETRES_PER_INCH / 72 - WIDTHS[suffix]) < 0.01
    assert not re.search(r"^(Creator|Producer|CreationDate|ModDate):", information, re.MULTILINE)


@FILES
def test_a_pdf_embeds_every_font_as_truetype_and_none_as_type_3(entry, suffix):
    lines = poppler("pdffonts", FOLDER / f"{entry.id}{suffix}.pdf").splitlines()[2:]
    assert lines
    for line in lines:
        name, kind, _, embedded, subset, unicode_ = re.match(
            r"(\S+) +(\S+(?: \S+)?) +(\S+) +(yes|no) +(yes|no) +(yes|no)", line
        ).groups()
        assert (kind, embedded, subset, unicode_) == ("CID TrueType", "yes", "yes", "yes"), name


@pytest.mark.parametrize("identifier", FIGURES)
def test_no_file_names_software_or_holds_the_mark_of_the_copy_in_the_book(identifier):
    for name in names(identifier):
        data = (FOLDER / name).read_bytes()
        assert not re.search(rb"matplotlib v|pikepdf|Pillow|CreationDate|ModDate", data, re.IGNORECASE), name
        assert f"<!-- {FIGURES[identifier].mark} -->".encode() not in data


@pytest.mark.parametrize("identifier", ["fig-energy-doubled", "fig-axis-grid", "fig-order-openings"])
def test_two_exports_give_the_same_bytes(identifier, tmp_path):
    pairs = zip(export(identifier, tmp_path / "a"), export(identifier, tmp_path / "b"), strict=True)
    for first, second in pairs:
        assert first.name == second.name
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("identifier", FIGURES)
def test_the_dictionary_beside_the_data_explains_each_of_its_columns(identifier):
    data = pd.read_csv(FOLDER / f"{identifier}.csv", dtype=str, keep_default_na=False)
    table = pd.read_csv(FOLDER / f"{identifier}-dictionary.csv", dtype=str, keep_default_na=False)
    assert list(table.columns) == ["column", "meaning", "unit", "values"]
    assert list(table["column"]) == list(data.columns)


@pytest.mark.parametrize("entry", FIGURES.values(), ids=list(FIGURES))
def test_the_copy_in_the_book_carries_id_and_version_under_the_drawing(entry):
    cells = nbformat.read(ROOT / "chapters" / f"{entry.chapter}.ipynb", as_version=4).cells
    shown = next(cell for cell in cells if f'figures.show("{entry.id}")' in cell.source)
    svg = "".join(shown.outputs[0]["data"]["image/svg+xml"])
    assert f"<!-- {entry.mark} -->" in svg
    assert entry.id in entry.mark
    assert entry.changed in entry.mark
    exported = (FOLDER / f"{entry.id}.svg").read_text(encoding="utf-8")
    heights = [float(re.search(r' height="([\d.]+)pt"', text)[1]) for text in (svg, exported)]
    assert heights[0] - heights[1] == pytest.approx(STRIP / MILLIMETRES_PER_INCH * 72, abs=0.01)


@pytest.mark.parametrize("entry", FIGURES.values(), ids=list(FIGURES))
def test_the_mark_lies_in_a_strip_that_the_drawing_leaves_blank(entry):
    drawing = entry.draw(entry.data(), Sheet(PAGE))
    settle(drawing)
    box = strip_below(drawing, entry.mark)
    mark = drawing.texts[-1]
    assert mark.get_text() == entry.mark
    lies = mark.get_window_extent().transformed(drawing.dpi_scale_trans.inverted())
    assert box.x0 < lies.x0 < lies.x1 < box.x1
    assert box.y0 < lies.y0 < lies.y1 < 0
    strips = []
    for shown in (True, False):
        mark.set_visible(shown)
        pixels = mpl.image.imread(io.BytesIO(rendered(drawing, entry.id, "png", dpi=100, bbox_inches=box)))
        strips.append(pixels[-int(STRIP / MILLIMETRES_PER_INCH * 100) :, :, :3])
    assert strips[0].min() < 0.7
    assert strips[1].min() == 1
