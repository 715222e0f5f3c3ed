"""Shapes that many figures share: rows of strips over one scale, intervals under three readings, a key of boxes."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from asprinted.figures.style import GREY, INK, PALE, STRENGTH, THICKNESS, Sheet
from asprinted.readings import READINGS, Reading
from asprinted.sets import RealSet


def bare(axes: Axes) -> None:
    """Leave neither ticks nor frame."""
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


def name_rows(axes: Axes, names: dict[float, str], grid: bool = True) -> None:
    """Name rows at the left by their heights, over a scale that alone keeps its line; `grid` adds hairlines up from it."""
    axes.set_yticks(list(names), labels=list(names.values()))
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    if grid:
        axes.grid(axis="x", color=PALE, linewidth=0.5)
        axes.set_axisbelow(True)


OFF_THE_SHEET = -1000.0  # where a logarithmic scale has what is not above 0, such as a text not yet placed


def _logarithms(numbers: np.ndarray) -> np.ndarray:
    found = [round(math.log10(x), 9) if x > 0 else OFF_THE_SHEET for x in np.ravel(numbers)]
    return np.array(found).reshape(np.shape(numbers))


def logarithmic(axes: Axes) -> None:
    """Make both scales logarithmic, within the limits they have, which must be above 0.

    matplotlib's own scale takes numpy's logarithm, whose last binary digit depends on the processor, and with it
    the bytes of a figure. This one rounds to nine decimals, which no picture can show.
    """
    limits = axes.get_xlim(), axes.get_ylim()
    for place in (axes.set_xscale, axes.set_yscale):
        place("function", functions=(_logarithms, lambda powers: np.power(10.0, powers)))
    axes.set(xlim=limits[0], ylim=limits[1])


def key(figure: Figure, handles: Iterable[Artist], columns: int, sheet: Sheet) -> None:
    """A key below the drawing, of labelled handles in so many columns."""
    figure.legend(
        handles=list(handles),
        loc="outside lower center",
        ncols=columns,
        frameon=False,
        fontsize=sheet.size,
        handlelength=1.6,
        handletextpad=0.5,
        columnspacing=1.2,
        labelspacing=0.4,
        borderpad=0.2,
    )


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """A colour mixed with white: the whole of it at strength 1, white at 0."""
    return tuple(1 - strength * (1 - part) for part in to_rgb(colour))


def reading_handles(scale: float = 1) -> list[Line2D]:
    """Samples of the three readings as `draw_readings` draws them, for a key."""
    return [
        Line2D(
            [], [], color=tint(GREY, STRENGTH[reading]), linewidth=THICKNESS[reading] * scale,
            solid_capstyle="butt", label=reading,
        )
        for reading in reversed(READINGS)
    ]  # fmt: skip


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
    for layer, reading in enumerate(reversed(READINGS), start=3):
        hull = sets[reading].hull
        lo, hi = max(float(hull.lo), low), min(float(hull.hi), high)
        width, shade = THICKNESS[reading] * scale, tint(colour, STRENGTH[reading])
        if hull.lo == hull.hi:
            axes.plot(
                [lo], [y], marker="|", markersize=width * 2.2, markeredgewidth=1.6, color=INK, zorder=layer
            )
            continue
        axes.plot([lo, hi], [y, y], color=shade, linewidth=width, solid_capstyle="butt", zorder=layer)
        for end, edge, marker in ((hull.lo, low, "<"), (hull.hi, high, ">")):
            if math.isinf(end) or float(end) < low or float(end) > high:
                size = max(5.5 * scale, width * 1.5)
                axes.plot(
                    [edge], [y], marker=marker, markersize=size, markeredgewidth=0, color=shade, clip_on=False,
                    zorder=layer,
                )  # fmt: skip
