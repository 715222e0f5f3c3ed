"""A figure's files: drawings in two widths with their metadata, the data and their dictionary."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from PIL import Image

from asprinted.figures.dictionary import dictionary, tabled
from asprinted.figures.metadata import Metadata, describe_pdf, describe_svg, metadata, png_chunks, svg_terms
from asprinted.figures.registry import FIGURES
from asprinted.figures.rendering import UNHINTED, rendered, settle
from asprinted.figures.style import COLUMN, PAGE, Sheet

PRINT_DPI = 600
COMPRESSION = 6  # of zlib: the highest level saves a thirtieth and takes three times as long


def _svg(drawing: Drawing, said: Metadata) -> bytes:
    svg = rendered(drawing, said.id, "svg", svg_terms(said)).decode("utf-8")
    return describe_svg(svg, said).encode("utf-8")


def _pdf(drawing: Drawing, said: Metadata) -> bytes:
    return describe_pdf(rendered(drawing, said.id, "pdf"), said)


def _pixels(drawing: Drawing) -> Image.Image:
    """At print resolution; a figure is opaque, so its alpha channel is left out."""
    screen = drawing.dpi
    drawing.set_dpi(PRINT_DPI)
    canvas = FigureCanvasAgg(drawing)
    with mpl.rc_context(UNHINTED):
        canvas.draw()
    drawing.set_dpi(screen)
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def _write_png(pixels: Image.Image, said: Metadata, path: Path) -> None:
    pixels.save(path, "PNG", dpi=(PRINT_DPI, PRINT_DPI), pnginfo=png_chunks(said), compress_level=COMPRESSION)


FORMS = ("svg", "pdf", "png")


def names(identifier: str) -> list[str]:
    """The names of a figure's files."""
    drawings = [f"{identifier}{suffix}.{form}" for suffix in ("", "-90") for form in FORMS]
    return [f"{identifier}.csv", f"{identifier}-dictionary.csv", *drawings]


def export(identifier: str, folder: Path) -> list[Path]:
    """Write a figure's files into a folder: its data and their dictionary as CSV; SVG, PDF and PNG at 190 and 90 mm.

    Two exports of one version in one environment give the same bytes. Raises KeyError for an unknown figure.
    """
    entry = FIGURES[identifier]
    data = entry.data()
    said = metadata(entry, data)
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / name for name in names(identifier)]
    tabled(identifier, data).to_csv(written[0], index=False, lineterminator="\n")
    dictionary(identifier, data).to_csv(written[1], index=False, lineterminator="\n")
    drawn = iter(written[2:])
    with ThreadPoolExecutor() as compressing:  # which holds no lock, so the next form is drawn meanwhile
        pending = []
        for width in (PAGE, COLUMN):
            drawing = entry.draw(data, Sheet(width))
            settle(drawing)
            svg, pdf, png = next(drawn), next(drawn), next(drawn)
            pending.append(compressing.submit(_write_png, _pixels(drawing), said, png))
            svg.write_bytes(_svg(drawing, said))
            pdf.write_bytes(_pdf(drawing, said))
        for writing in pending:
            writing.result()
    return written
