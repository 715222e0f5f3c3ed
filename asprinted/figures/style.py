"""One style for every figure: sizes in millimetres, colours, and how an interval under three readings is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

import matplotlib as mpl
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from asprinted.readings import Reading
from asprinted.sets import RealSet

MILLIMETRES_PER_INCH = 25.4
PAGE, COLUMN = 190, 90  # widths, mm

# Okabe and Ito's palette. Nothing is told by colour alone: place and label say it too.
INK, GREY, PALE = "#1a1a1a", "#6b6b6b", "#d9d9d9"
BLUE, ORANGE, GREEN, SKY = "#0072B2", "#D55E00", "#009E73", "#56B4E9"

THICKNESS: dict[Reading, float] = {"tight": 7.0, "plain": 4.0, "loose": 1.2}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper a figure is drawn on: its width in mm and the type size that goes with it."""

    width: int

    @property
    def narrow(self) -> bool:
        """Whether it is one column wide."""
        return self.width <= COLUMN

    @property
    def size(self) -> float:
        """Type size in points."""
        return 6.8 if self.narrow else 9.0

    def open(self, height: float, **grid) -> tuple[Figure, Axes]:
        """An empty figure, `height` mm high, in the book's style."""
        sns.set_theme(style="ticks", context="paper", font="DejaVu Sans")
        mpl.rcParams.update(
            {
                "font.size": self.size,
                "axes.labelsize": self.size,
                "xtick.labelsize": self.size,
                "ytick.labelsize": self.size,
                "axes.edgecolor": GREY,
                "axes.linewidth": 0.6,
                "xtick.color": INK,
                "ytick.color": INK,
                "xtick.major.width": 0.6,
                "ytick.major.width": 0.6,
                "figure.facecolor": "white",
                "axes.facecolor": "white",
                "svg.fonttype": "path",
                "pdf.fonttype": 42,
                "figure.dpi": 100,
            }
        )
        inches = (self.width / MILLIMETRES_PER_INCH, height / MILLIMETRES_PER_INCH)
        figure, axes = plt.subplots(figsize=inches, layout="constrained", **grid)
        plt.close(figure)
        return figure, axes


def draw_readings(
    axes: Axes,
    sets: dict[Reading, RealSet],
    y: float,
    colour: str,
    bounds: tuple[float, float],
    scale: float = 1,
) -> None:
    """Three nested intervals on one line, loose thin, plain thick, tight thickest.

    Ends beyond `bounds` become arrowheads at the edge; a point is drawn as a short upright mark.
    """
    low, high = bounds
    for reading in ("loose", "plain", "tight"):
        hull = sets[reading].hull
        lo, hi = max(float(hull.lo), low), min(float(hull.hi), high)
        width = THICKNESS[reading] * scale
        if hull.lo == hull.hi:
            axes.plot([lo], [y], marker="|", markersize=width * 2.2, markeredgewidth=1.6, color=INK, zorder=4)
            continue
        shade = {"loose": 0.55, "plain": 0.75, "tight": 1.0}[reading]
        axes.plot(
            [lo, hi], [y, y], color=colour, alpha=shade, linewidth=width, solid_capstyle="butt", zorder=3
        )
        for end, edge, marker in ((hull.lo, low, "<"), (hull.hi, high, ">")):
            if math.isinf(end) or float(end) < low or float(end) > high:
                axes.plot(
                    [edge], [y], marker=marker, markersize=4.5 * scale, color=colour, clip_on=False, zorder=4
                )
