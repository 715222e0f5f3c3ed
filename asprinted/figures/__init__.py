"""Figures: one record and one function each; shown in a notebook or exported as a bundle of files."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure as Drawing

from asprinted.figures.registry import FIGURES, of_chapter
from asprinted.figures.spec import Figure
from asprinted.figures.style import COLUMN, PAGE, Sheet

__all__ = ["FIGURES", "Figure", "Shown", "export", "figure", "of_chapter", "show"]

PRINT_DPI, SCREEN_DPI = 600, 110
METADATA = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


def figure(identifier: str) -> Figure:
    """The record of a figure. Raises KeyError, naming the figures there are, for an unknown id."""
    return FIGURES[identifier]


def _rendered(drawing: Drawing, identifier: str, form: str, dpi: int) -> bytes:
    """A drawing as a file of one form, with nothing in it that varies from run to run."""
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": identifier}):
        drawing.savefig(buffer, format=form, dpi=dpi, metadata=METADATA[form])
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a notebook shows it: SVG and PNG, with its id, caption and alt text as metadata."""

    entry: Figure

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        data = self.entry.data()
        drawing = self.entry.draw(data, Sheet(PAGE))
        svg = _rendered(drawing, self.entry.id, "svg", SCREEN_DPI).decode("utf-8")
        png = base64.b64encode(_rendered(drawing, self.entry.id, "png", SCREEN_DPI)).decode("ascii")
        alt = self.entry.alt(data)
        carried = {"id": self.entry.id, "caption": self.entry.caption(data), "alt": alt}
        return (
            {"image/svg+xml": svg, "image/png": png, "text/plain": f"Figure {self.entry.id}: {alt}"},
            {"image/png": {"alt": alt}, "image/svg+xml": {"alt": alt}, "asprinted": carried},
        )


def show(identifier: str) -> Shown:
    """A figure, to be the last line of a notebook cell."""
    return Shown(figure(identifier))


def export(identifier: str, folder: Path) -> list[Path]:
    """Write a figure's bundle into a folder: SVG, PDF and PNG at 190 mm and at 90 mm, and its data as CSV.

    Two exports of one version in one environment give the same bytes.
    """
    entry = figure(identifier)
    data = entry.data()
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{identifier}.csv"]
    data.to_csv(written[0], index=False, lineterminator="\n")
    for width, suffix in ((PAGE, ""), (COLUMN, "-90")):
        drawing = entry.draw(data, Sheet(width))
        for form in ("svg", "pdf", "png"):
            path = folder / f"{identifier}{suffix}.{form}"
            path.write_bytes(_rendered(drawing, identifier, form, PRINT_DPI))
            written.append(path)
    return written
