"""Every figure can be read in one column: type, room, contrast, and what tells things apart where no colour is printed."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from asprinted.figures import FIGURES
from asprinted.figures.leverage import CHARCOAL
from asprinted.figures.rendering import UNHINTED, settle
from asprinted.figures.style import BLUE, COLUMN, GREEN, ORANGE, PAGE, RUST, SKY, STONE, WHITE, Sheet

DPI = 144
POINT = DPI / 72
SMALLEST = 6.0  # points
LEGIBLE, DISTINCT = 4.5, 1.5  # contrast of type with its ground, of two greys that mean two things
APART = 20  # differences of colour (CIE 1976) that a glance from key to drawing bridges
CLUTTER = 0.06  # the share of a label's ground that may be too like its type
EVERY = pytest.mark.parametrize(
    ("identifier", "width"), list(product(FIGURES, (COLUMN, PAGE))), ids=lambda value: str(value)
)


@dataclass(frozen=True)
class Label:
    """A text as it is drawn: its words, size in points, box in pixels from the lower left, contrasts with its ground."""

    words: str
    size: float
    box: Bbox
    contrasts: np.ndarray


def linear(colours) -> np.ndarray:
    """Linear parts of sRGB colours, the last axis red, green, blue."""
    parts = np.asarray(colours, dtype=float)[..., :3]
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colours) -> np.ndarray:
    """Relative luminance of sRGB colours (WCAG 2.2), the last axis red, green, blue."""
    return linear(colours) @ np.array([0.2126, 0.7152, 0.0722])


SEEN = {  # linear red, green and blue as a reader sees them
    "in full colour": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
READERS = pytest.mark.parametrize("reader", SEEN)


def seen(colour, reader: str) -> np.ndarray:
    """A colour's linear parts as a reader sees it who lacks the red (protan) or the green (deutan) cones.

    The matrices are those of severity 1 of Machado, Oliveira and Fernandes (2009), A physiologically-based model for
    simulation of color vision deficiency, IEEE Transactions on Visualization and Computer Graphics 15(6), 1291-1298.
    """
    return np.clip(SEEN[reader] @ linear(to_rgba(colour)), 0, 1)


def difference(one, other, reader: str) -> float:
    """How far apart a reader sees two colours (CIE 1976, L*a*b* under D65): about 2 can just be told apart."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    ) / np.array([[0.9505], [1.0], [1.089]])
    ends = []
    for colour in (one, other):
        xyz = to_xyz @ seen(colour, reader)
        x, y, z = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
        ends.append(np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)]))
    return float(np.linalg.norm(ends[0] - ends[1]))


def contrast(one, other) -> np.ndarray:
    """Contrast of two luminances (WCAG 2.2): 1 for the same, 21 for black on white."""
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def _pixels(image: np.ndarray, box: Bbox) -> np.ndarray:
    height, width = image.shape[:2]
    top, bottom = (int(np.clip(height - y, 0, height)) for y in (box.y1, box.y0))
    left, right = (int(np.clip(x, 0, width)) for x in (box.x0, box.x1))
    return image[top : bottom + 1, left : right + 1].reshape(-1, image.shape[2])


@cache
def drawing_of(identifier: str, width: int):
    """A figure as it is exported, before it is rendered."""
    entry = FIGURES[identifier]
    drawing = entry.draw(entry.data(), Sheet(width))
    settle(drawing)
    drawing.set_dpi(DPI)
    return drawing


@cache
def labels(identifier: str, width: int) -> tuple[tuple[Label, ...], tuple[int, int]]:
    """The texts that a figure draws, and the size of its canvas in pixels."""
    canvas = FigureCanvasAgg(drawing_of(identifier, width))
    drawn: dict[Text, None] = {}

    plain_draw = Text.draw

    def draw(self, renderer, *args, **kwargs):
        if self.get_visible() and self.get_text().strip():
            drawn[self] = None
        return plain_draw(self, renderer, *args, **kwargs)

    with mpl.rc_context(UNHINTED), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", draw)
        canvas.draw()
    boxes = {text: Text.get_window_extent(text, canvas.get_renderer()) for text in drawn}
    for text in drawn:
        text.set_alpha(0)
    canvas.draw()
    ground = np.asarray(canvas.buffer_rgba()) / 255
    for text in drawn:
        text.set_alpha(None)
    found = (
        Label(
            text.get_text(),
            text.get_fontsize(),
            box,
            contrast(luminance(_pixels(ground, box)), luminance(to_rgba(text.get_color()))),
        )
        for text, box in boxes.items()
    )
    return tuple(found), canvas.get_width_height(physical=True)


@EVERY
def test_no_type_is_smaller_than_six_points(identifier, width):
    found, _ = labels(identifier, width)
    assert found
    assert [label.words for label in found if label.size < SMALLEST] == []


@EVERY
def test_no_type_leaves_the_sheet(identifier, width):
    found, (right, top) = labels(identifier, width)
    sheet = Bbox([[-0.5, -0.5], [right + 0.5, top + 0.5]])
    outside = [
        label.words
        for label in found
        if not (sheet.contains(*label.box.p0) and sheet.contains(*label.box.p1))
    ]
    assert outside == []


@EVERY
def test_no_type_lies_on_other_type(identifier, width):
    found, _ = labels(identifier, width)
    meeting = [
        (one.words, other.words)
        for one, other in combinations(found, 2)
        for shared in [Bbox.intersection(one.box, other.box)]
        if shared is not None and shared.width > 0.5 * POINT and shared.height > 1.5 * POINT
    ]
    assert meeting == []


@EVERY
def test_type_stands_out_from_what_lies_behind_it(identifier, width):
    found, _ = labels(identifier, width)
    faint = [label.words for label in found if np.median(label.contrasts) < LEGIBLE]
    crossed = [label.words for label in found if (label.contrasts < 3).mean() > CLUTTER]
    assert (faint, crossed) == ([], [])


@EVERY
def test_no_title_stands_in_the_artwork(identifier, width):
    found, _ = labels(identifier, width)
    assert FIGURES[identifier].title not in {label.words.replace("\n", " ") for label in found}


def _looks(handle) -> tuple[tuple, tuple]:
    """How a sample in a key looks: its form, and its colour."""
    if isinstance(handle, Line2D):
        hollow = handle.get_markerfacecolor() == WHITE
        marked = handle.get_marker() not in ("None", "", None)
        form = (handle.get_marker(), hollow) if marked else (round(handle.get_linewidth() / 1.5),)
        return form, to_rgba(handle.get_color())
    return (handle.get_hatch(), handle.get_fill(), handle.get_linestyle()), handle.get_facecolor()


def _of_one_form(identifier: str) -> list[tuple]:
    """The colours of every two samples in a key of a figure that only colour tells apart."""
    found = []
    for legend in drawing_of(identifier, COLUMN).legends:
        looks = [_looks(handle) for handle in legend.legend_handles]
        assert len(looks) > 1
        found += [(one[1], other[1]) for one, other in combinations(looks, 2) if one[0] == other[0]]
    return found


def in_grey(one, other) -> float:
    """The contrast of two colours where none is printed."""
    return float(contrast(luminance(to_rgba(one)), luminance(to_rgba(other))))


@pytest.mark.parametrize("identifier", FIGURES)
def test_the_samples_of_a_key_differ_in_form_or_in_grey(identifier):
    assert [pair for pair in _of_one_form(identifier) if in_grey(*pair) < DISTINCT] == []


@READERS
@pytest.mark.parametrize("identifier", FIGURES)
def test_the_samples_of_a_key_differ_in_form_or_for_every_reader(identifier, reader):
    assert [pair for pair in _of_one_form(identifier) if difference(*pair, reader) < APART] == []


FILLS = {
    "amounts and other numbers": (BLUE, STONE),
    "named and not named": (STONE, WHITE),
    "given and refused": (GREEN, CHARCOAL),
}
HUES = {  # which a label, a mark or a place tells apart as well
    "article and chapter, Russia and Azerbaijan, cause and effect": (ORANGE, BLUE),
    "article and paper, Russia and the Gulf": (ORANGE, GREEN),
    "chapter and paper, Azerbaijan and the Gulf": (BLUE, GREEN),
    "Moscow and Ankara": (RUST, BLUE),
    "several values and one": (BLUE, SKY),
}


@pytest.mark.parametrize("fills", FILLS.values(), ids=FILLS)
def test_fills_that_mean_two_things_differ_in_grey(fills):
    assert in_grey(*fills) >= DISTINCT


@READERS
@pytest.mark.parametrize("colours", [*FILLS.values(), *HUES.values()], ids=[*FILLS, *HUES])
def test_colours_that_mean_two_things_differ_for_every_reader(colours, reader):
    assert difference(*colours, reader) >= APART


def test_what_two_readers_see_is_told_from_what_they_do_not():
    """Red and green of one lightness, which most readers tell apart at once and these hardly."""
    red, green = "#c80000", "#4d7300"
    assert difference(red, green, "in full colour") > 2 * difference(red, green, "deutan")
    assert difference(WHITE, "black", "protan") == pytest.approx(100, abs=0.1)
