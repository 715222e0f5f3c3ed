"""One style for every figure: sizes in millimetres and points, colours, and how thick a reading is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import matplotlib as mpl
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from asprinted.readings import Reading

MILLIMETRES_PER_INCH = 25.4
PAGE, COLUMN = 190, 90  # widths, mm

# Okabe and Ito's palette. Nothing is told by colour alone: place, mark, hatch or label say it too.
WHITE, INK, GREY, PALE = "white", "#1a1a1a", "#6b6b6b", "#d9d9d9"
BLUE, ORANGE, GREEN, SKY = "#0072B2", "#D55E00", "#009E73", "#56B4E9"
# Orange and green are too light for type: these are the same hues, 4.5 to 1 or more against white.
RUST, PINE = "#AD4C00", "#007D5B"
STONE = "#a3a3a3"  # fills that stand beside blue ones, which grey would equal where no colour is printed

ON_WHITE = {"facecolor": WHITE, "edgecolor": "none", "pad": 0.6}  # the ground of type that crosses a line
THICKNESS: dict[Reading, float] = {"tight": 7.0, "plain": 4.0, "loose": 1.2}
STRENGTH: dict[Reading, float] = {"tight": 1.0, "plain": 0.75, "loose": 0.6}


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

    @property
    def small(self) -> float:
        """Type size of labels within the drawing, in points; nothing is set smaller."""
        return 6.0 if self.narrow else 7.6

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
                "figure.facecolor": WHITE,
                "axes.facecolor": WHITE,
                "svg.fonttype": "path",
                "pdf.fonttype": 42,
                "figure.dpi": 100,
            }
        )
        inches = (self.width / MILLIMETRES_PER_INCH, height / MILLIMETRES_PER_INCH)
        figure, axes = plt.subplots(figsize=inches, layout="constrained", **grid)
        plt.close(figure)
        return figure, axes
