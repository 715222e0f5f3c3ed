"""A drawing as bytes: laid out once, rendered in each form, with nothing in it that varies from run to run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.figure import Figure as Drawing
from matplotlib.transforms import Bbox

from asprinted.figures.style import GREY, MILLIMETRES_PER_INCH

LAYOUT_DPI = 300
STRIP, STRIP_TYPE = 4.2, 7.0  # under the copy in the book: its height in mm, its type in points
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
