"""Figures: one record and one function each; shown in a notebook or exported as a bundle of files."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from asprinted.figures.registry import FIGURES, of_chapter
from asprinted.figures.rendering import rendered, settle, strip_below
from asprinted.figures.spec import Figure
from asprinted.figures.style import PAGE, Sheet

__all__ = ["FIGURES", "Figure", "Shown", "export", "figure", "of_chapter", "show"]

SCREEN_DPI = 110


def figure(identifier: str) -> Figure:
    """The record of a figure. Raises KeyError, naming the figures there are, for an unknown id."""
    return FIGURES[identifier]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a notebook shows it: SVG and PNG, marked with its id and version; id, caption and alt as metadata."""

    entry: Figure

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        data = self.entry.data()
        drawing = self.entry.draw(data, Sheet(PAGE))
        settle(drawing)
        box = strip_below(drawing, self.entry.mark)
        svg, png = (
            rendered(drawing, self.entry.id, form, dpi=SCREEN_DPI, bbox_inches=box) for form in ("svg", "png")
        )
        alt = self.entry.alt(data)
        carried = {"id": self.entry.id, "caption": self.entry.caption(data), "alt": alt}
        return (
            {
                "image/svg+xml": svg.decode("utf-8"),
                "image/png": base64.b64encode(png).decode("ascii"),
                "text/plain": f"Figure {self.entry.id}: {alt}",
            },
            {"image/png": {"alt": alt}, "image/svg+xml": {"alt": alt}, "asprinted": carried},
        )


def show(identifier: str) -> Shown:
    """A figure, to be the last line of a notebook cell."""
    return Shown(figure(identifier))


def export(identifier: str, folder: Path) -> list[Path]:
    """Write a figure's files into a folder (see `asprinted.figures.bundle`); what they need is loaded only here."""
    from asprinted.figures import bundle

    return bundle.export(identifier, folder)
