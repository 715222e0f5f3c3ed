"""A drawing as bytes: laid out once, rendered in each form, with nothing in it that varies from run to run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.figure import Figure as Drawing
from matplotlib.transforms import Bbox

from asprinted.figures.style import GREY, MILLIMETRES_PER_INCH, WHITE

LAYOUT_DPI = 300
STRIP, STRIP_TYPE = 4.2, 7.0  # under the copy in the book: its height in mm, its type in points
NARROW_TYPE = 6.0  # under a copy one column wide
POINTS_PER_MILLIMETRE = 72 / MILLIMETRES_PER_INCH
UNHINTED = {"text.hinting": "none"}  # type is as wide on a screen as in print, so one layout fits all
UNSAID = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


@contextmanager
def laid_out(drawing: Drawing) -> Iterator[None]:
    """Lay a drawing out for good; until this ends it is as it was laid out, and what it holds can be measured."""
    dpi = drawing.dpi
    drawing.set_dpi(LAYOUT_DPI)
    with mpl.rc_context(UNHINTED):
        drawing.draw_without_rendering()
        drawing.set_layout_engine(None)
        yield
    drawing.set_dpi(dpi)


def settle(drawing: Drawing) -> None:
    """Lay a drawing out, unless it has been, so that all its forms have one layout and none computes it again."""
    if drawing.get_layout_engine() is not None:
        with laid_out(drawing):
            pass


def rendered(drawing: Drawing, salt: str, form: str, said: dict | None = None, **saving) -> bytes:
    """A settled drawing as a file of one form; ids in an SVG follow from the salt, `said` is metadata for the writer."""
    buffer = io.BytesIO()
    with mpl.rc_context(UNHINTED | {"svg.hashsalt": salt}):
        drawing.savefig(buffer, format=form, metadata=UNSAID[form] | (said or {}), **saving)
    return buffer.getvalue()


def marked(svg: str, text: str) -> str:
    """An exported SVG with a line under it, in a strip added to its height. Raises ValueError for an SVG without a size."""
    head = re.search(r'<svg [^>]*width="([\d.]+)pt" height="([\d.]+)pt" viewBox="0 0 [\d. ]+"[^>]*>', svg)
    if not head:
        raise ValueError("an SVG with width, height and viewBox in points is expected")
    width, height = float(head[1]), float(head[2])
    strip = STRIP * POINTS_PER_MILLIMETRE
    whole = f"{height + strip:.6f}"
    tag = head[0].replace(f'height="{head[2]}pt"', f'height="{whole}pt"')
    tag = re.sub(r'viewBox="[^"]*"', f'viewBox="0 0 {head[1]} {whole}"', tag)
    line = (
        f'<rect y="{head[2]}" width="{head[1]}" height="{strip:.6f}" fill="{WHITE}"/>'
        f'<text x="{width - strip / 4:.6f}" y="{height + strip * 2 / 3:.6f}" text-anchor="end" fill="{GREY}" '
        f'font-family="DejaVu Sans, Verdana, sans-serif" font-size="{NARROW_TYPE}">{escape(text)}</text>'
    )
    return (svg[: head.start()] + tag + svg[head.end() :]).replace("</svg>", f"{line}</svg>")


def strip_below(drawing: Drawing, text: str) -> Bbox:
    """Write a line under a settled drawing, in a strip added to its height; the box, in inches, that holds both."""
    for legend in drawing.legends:  # else it would follow the edge of the heightened canvas down
        legend.set_bbox_to_anchor((0, 0, 1, 1), transform=drawing.transFigure)
    width, height = drawing.get_size_inches()
    strip = STRIP / MILLIMETRES_PER_INCH
    drawing.text(
        1 - strip / 4 / width,
        -strip / 2 / height,
        text,
        ha="right",
        va="center_baseline",
        fontsize=STRIP_TYPE,
        color=GREY,
    )
    return Bbox([[0, -strip], [width, height]])
