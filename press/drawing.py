"""What is drawn, apart from how it is rendered: a digest of a drawing's artists.

It covers every artist with its data, words, colours, sizes and order, the axes with limits, scales, ticks and
grid, and the layout that was asked for. It leaves out what a library decides as it renders: where the layout
comes to lie in points, outlines of letters, compression, metadata. Two libraries that agree on it may still
write other bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.offsetbox import OffsetBox
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

DIGITS = 7  # significant ones; a float's last bits are no part of a drawing


def _plain(value: Any) -> Any:
    """A value as JSON can hold it, floats at `DIGITS` significant digits."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, Bbox):
        return _plain(value.bounds)
    if isinstance(value, np.ma.MaskedArray):
        value = value.filled(np.nan)
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, bool | int | str | None):
        return value
    if isinstance(value, float | np.floating):
        return f"{float(value):.{DIGITS}g}"
    if isinstance(value, Iterable):
        return [_plain(part) for part in value]
    return str(value)


def _path(path) -> list:
    return [path.vertices, path.codes]


def _style(style: Any) -> list:
    """A box, arrow or connection style: its name and settings."""
    return [type(style).__name__, vars(style)]


def _space(artist: Artist) -> str:
    """In what space an artist stands: that of the data, of its axes or of the sheet."""
    axes, figure = artist.axes, artist.get_figure()
    transform = artist.get_data_transform() if isinstance(artist, Patch) else artist.get_transform()
    named = {"pixels": None} if axes is None else {"data": axes.transData, "axes": axes.transAxes}
    if axes is not None:
        named |= {"across": axes.get_xaxis_transform(), "up": axes.get_yaxis_transform()}
    if figure is not None:
        named["sheet"] = figure.transFigure
    return next((name for name, known in named.items() if known == transform), "own")


def _of_text(text: Text) -> dict:
    font = text.get_fontproperties()
    box = text.get_bbox_patch()
    found = {
        "words": text.get_text(),
        "colour": to_hex(text.get_color(), keep_alpha=True),
        "font": [font.get_family(), font.get_style(), font.get_weight(), text.get_fontsize()],
        "align": [text.get_ha(), text.get_va(), text.get_rotation(), text._linespacing],
        "box": _of(box) if box is not None else None,
    }
    if isinstance(text, Annotation):
        coordinates = [c for c in (text.xycoords, text.anncoords) if isinstance(c, str)]
        arrow = text.arrow_patch
        found |= {"points at": [text.xy, text.xyann, coordinates], "arrow": _of(arrow) if arrow else None}
    return found


def _of_line(line: Line2D) -> dict:
    colours = (line.get_color(), line.get_markeredgecolor(), line.get_markerfacecolor())
    return {
        "points": line.get_xydata(),
        "colours": [str(c) if str(c) == "none" else to_hex(c, keep_alpha=True) for c in colours],
        "line": [line.get_linewidth(), line._unscaled_dash_pattern, line.get_drawstyle()],
        "caps": [line.get_solid_capstyle(), line.get_dash_capstyle(), line.get_solid_joinstyle()],
        "marker": [str(line.get_marker()), line.get_markersize(), line.get_markeredgewidth()],
        "every": line.get_markevery(),
    }


def _of_patch(patch: Patch) -> dict:
    if isinstance(patch, FancyArrowPatch):
        styles = [_style(style) for style in (patch.get_arrowstyle(), patch.get_connectionstyle())]
        shape = [patch._posA_posB, *styles, patch.get_mutation_scale(), patch.shrinkA, patch.shrinkB]
    elif isinstance(patch, FancyBboxPatch):
        shape = [patch.get_bbox(), _style(patch.get_boxstyle()), patch.get_mutation_scale()]
    else:
        shape = [_path(patch.get_path()), patch.get_patch_transform().get_matrix()]
    return {
        "shape": shape,
        "colours": [patch.get_facecolor(), patch.get_edgecolor(), patch.get_fill()],
        "line": [patch.get_linewidth(), patch._unscaled_dash_pattern, patch.get_hatch()],
    }


def _of_collection(collection: Collection) -> dict:
    return {
        "paths": [_path(path) for path in collection.get_paths()],
        "offsets": collection.get_offsets(),
        "sizes": getattr(collection, "get_sizes", list)(),
        "values": collection.get_array(),
        "colours": [collection.get_facecolor(), collection.get_edgecolor()],
        "line": [collection.get_linewidth(), collection.get_linestyle(), collection.get_hatch()],
    }


def _of_axis(axis: Axis) -> dict:
    """Ticks, their labels and the grid of one axis. Places of labels are the layout's."""
    found: dict[str, Any] = {"scale": axis.get_scale(), "label": _of_text(axis.label)}
    found["shown"] = [axis.get_visible(), axis.get_ticks_position(), axis.get_label_position()]
    for kind, ticks in (("major", axis.get_major_ticks()), ("minor", axis.get_minor_ticks())):
        places = axis.get_majorticklocs() if kind == "major" else axis.get_minorticklocs()
        formatter = axis.get_major_formatter() if kind == "major" else axis.get_minor_formatter()
        found[kind] = {
            "places": places,
            "labels": formatter.format_ticks(places),
            "style": axis.get_tick_params(which=kind),
            "ticks": [
                [_of_text(t.label1), _of_line(t.gridline), t.tick1line.get_markersize()] for t in ticks
            ],
        }
    return found


def _of_axes(axes: Axes) -> dict:
    place = axes.get_subplotspec()
    grid = place.get_gridspec() if place is not None else None
    return {
        "limits": [axes.get_xlim(), axes.get_ylim(), axes.get_aspect(), axes.get_axisbelow()],
        "frame": [axes.axison, axes.get_frame_on(), axes.get_facecolor()],
        "place": [place.num1, place.num2, grid.get_geometry()] if place is not None else axes.get_position(),
        "shares": [grid.get_width_ratios(), grid.get_height_ratios()] if grid is not None else None,
        "x": _of_axis(axes.xaxis),
        "y": _of_axis(axes.yaxis),
        "titles": [_of_text(text) for text in (axes.title, axes._left_title, axes._right_title)],
    }


def _of(artist: Artist) -> dict:
    """One artist with all that it holds."""
    found: dict[str, Any] = {
        "kind": type(artist).__name__,
        "order": artist.get_zorder(),
        "seen": [artist.get_visible(), artist.get_alpha(), artist.get_clip_on()],
    }
    if isinstance(artist, Axes):
        own = {axes_part for axes_part in (artist.xaxis, artist.yaxis, artist.patch, artist.title)}
        own |= {artist._left_title, artist._right_title}
        return found | _of_axes(artist) | {"holds": [_of(a) for a in artist.get_children() if a not in own]}
    if isinstance(artist, Spine):
        return found | {
            "colours": artist.get_edgecolor(),
            "line": artist.get_linewidth(),
            "at": artist.get_position(),
        }
    if isinstance(artist, Legend):
        found |= {"at": [artist._loc, artist._ncols, artist.get_bbox_to_anchor()._bbox.bounds]}
        return found | {"holds": [_of(a) for a in (*artist.get_texts(), *artist.legend_handles)]}
    if isinstance(artist, OffsetBox):
        return found | {"holds": [_of(a) for a in artist.get_children()]}
    if isinstance(artist, Text):
        space = _space(artist)
        found |= {"space": space, "at": [artist.get_position(), artist.get_wrap()]} | _of_text(artist)
    elif isinstance(artist, Line2D):
        found |= {"space": _space(artist)} | _of_line(artist)
    elif isinstance(artist, Patch):
        found |= {"space": _space(artist)} | _of_patch(artist)
    elif isinstance(artist, Collection):
        found |= {"space": _space(artist)} | _of_collection(artist)
    elif isinstance(artist, AxesImage):
        found |= {"picture": artist.get_array(), "extent": artist.get_extent()}
    return found


def tree(drawing: Figure) -> dict:
    """A drawing as plain data. To be taken before it is rendered, since rendering lays it out."""
    engine = drawing.get_layout_engine()
    return _plain(
        {
            "sheet, inches": drawing.get_size_inches(),
            "paper": drawing.get_facecolor(),
            "layout": [type(engine).__name__, engine.get() if engine else None],
            "holds": [_of(artist) for artist in drawing.get_children() if artist is not drawing.patch],
        }
    )


def digest(drawing: Figure) -> str:
    """SHA-256 of a drawing's artists, as hexadecimal digits."""
    text = json.dumps(tree(drawing), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
