"""Figures of the chapter on the axis: the grid of stated values, the stated chain, the arenas and their evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import ConnectionStyle, FancyArrowPatch, Patch, Rectangle
from matplotlib.text import Text

from asprinted import axis
from asprinted.figures.prose import listed, spelled
from asprinted.figures.rendering import laid_out
from asprinted.figures.sources import codings, with_anchors
from asprinted.figures.spec import Figure
from asprinted.figures.strips import bare, key
from asprinted.figures.style import BLUE, GREY, INK, ON_WHITE, ORANGE, PALE, SKY, STONE, WHITE, Sheet
from asprinted.record import record
from asprinted.texts import short_name

CHAPTER = "turkic-axis"


# --- the grid: variables by unit and period -------------------------------------------------------

ROW_NAMES = {
    "clarity": "Clarity",
    "permissiveness": "Permissiveness",
    "leader images": "Leader images",
    "strategic culture": "Strategic culture",
    "state-society relations": "State and society",
    "institutions": "Institutions",
    "domestic filters": "Filters together",
    "outcome: defence": "Defence",
    "outcome: economy": "Economy",
    "outcome: culture": "Culture",
    "outcome: ots": "Organisation",
    "outcome: overall": "Overall",
}
COLUMN_NAMES = {
    "system": "System",
    "Caucasus and Central Asia": "Caucasus, C. Asia",
    "United States": "United States",
    "Russia": "Russia",
    "Türkiye": "Türkiye",
    "Azerbaijan": "Azerbaijan",
    "Türkiye; Azerbaijan": "Both at once",
    "OTS": "Organisation",
    "others, named": "Others, named",
    "others, unnamed": "Others, unnamed",
    "examples": "Examples",
    "in general": "In general",
}
STATES = {  # how a cell is drawn, and what the key says of it
    "several values": ("several values", {"facecolor": BLUE, "edgecolor": BLUE}),
    "constant": ("one value only", {"facecolor": SKY, "edgecolor": SKY}),
    "empty": ("nothing stated", {"facecolor": WHITE, "edgecolor": STONE}),
    "no case": ("of no case", {"facecolor": WHITE, "edgecolor": STONE, "hatch": "////"}),
}
FRAME = {"fill": False, "edgecolor": ORANGE, "linewidth": 1.6, "linestyle": (0, (3, 1))}


def grid_data() -> pd.DataFrame:
    """Each cell of the grid: variable, unit, period, statements, values, and whether it is filled or constant."""
    return axis.cells()


def _asked(variable: str, unit: str) -> bool:
    """Whether the theory asks for a variable of a unit: the system's of all, filters and outcomes of states."""
    if variable in axis.SYSTEMIC:
        return unit != "OTS"
    if variable == "outcome: ots":
        return unit == "OTS"
    states = (*axis.STATES, *axis.OTHER_UNITS)
    return unit in states if variable in (*axis.FILTERS, "outcome: overall") else unit in axis.STATES


def _draw_cell(axes: Axes, x: float, y: float, row, sheet: Sheet) -> None:
    _, shade = STATES[row.state]
    axes.add_patch(Rectangle((x - 0.44, y - 0.42), 0.88, 0.84, linewidth=0.6, **shade))
    if row.statements:
        axes.text(
            x,
            y,
            str(row.statements),
            ha="center",
            va="center_baseline",
            fontsize=sheet.small,
            color=WHITE if row.state == "several values" else INK,
            bbox=ON_WHITE if "hatch" in shade else None,
        )


def _draw_panel(axes: Axes, data: pd.DataFrame, periods: tuple[str, ...], sheet: Sheet) -> dict[str, float]:
    """One panel of the grid; returns where each unit stands."""
    here = data[data["period"].isin(periods)]
    at = {
        unit: i + 0.35 * sum(i >= gap for gap in (4, 8, 10))
        for i, unit in enumerate(dict.fromkeys(here["unit"]))
    }
    rows = {v: i + 0.35 * sum(i >= gap for gap in (2, 7)) for i, v in enumerate(axis.VARIABLES)}
    for row in here.itertuples():
        if row.statements or _asked(row.variable, row.unit):
            _draw_cell(axes, at[row.unit], rows[row.variable], row, sheet)
    axes.set(ylim=(max(rows.values()) + 0.6, -0.6), yticks=list(rows.values()), xticks=[])
    axes.set_yticklabels([ROW_NAMES[v] for v in rows])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return at


def _frame(axes: Axes, at: dict[str, float], units: tuple[str, ...]) -> None:
    """An orange frame round the filters of some units."""
    left, right = at[units[0]] - 0.56, at[units[-1]] + 0.56
    axes.add_patch(Rectangle((left, 1.78), right - left, 5.14, clip_on=False, zorder=5, **FRAME))


def _heads(axes: Axes, at: dict[str, float], sheet: Sheet) -> None:
    for unit, x in at.items():
        axes.text(
            x,
            -0.72,
            COLUMN_NAMES[unit],
            rotation=90,
            ha="center",
            va="bottom",
            fontsize=sheet.small,
            color=INK,
        )


def draw_grid(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Stated values by variable and unit, before and since, with the cells that a comparison of filters needs framed."""
    if sheet.narrow:
        figure, (before, since) = sheet.open(164, nrows=2)
    else:
        figure, (before, since) = sheet.open(128, ncols=2, width_ratios=(10.6, 12.8))
    at_before = _draw_panel(before, data, ("before",), sheet)
    at_since = _draw_panel(since, data, ("since", "in general"), sheet)
    right = max(at_since.values()) + 0.6
    before.set_xlim(-0.6, right if sheet.narrow else max(at_before.values()) + 0.6)
    since.set_xlim(-0.6, right)
    _frame(before, at_before, axis.STATES)
    _frame(since, at_since, axis.OTHER_UNITS)
    for panel, name, at in ((before, "Before", at_before), (since, "Since, or no\ntime stated", at_since)):
        _heads(panel, at, sheet)
        type_ = {"fontsize": sheet.size, "fontweight": "bold", "color": INK}
        if sheet.narrow:
            panel.text(-0.01, 1.02, name, transform=panel.transAxes, ha="right", va="bottom", **type_)
        else:
            panel.set_xlabel(name.replace("\n", " "), loc="left", **type_)
    if not sheet.narrow:
        since.set_yticks([])
    samples = [Patch(label=words, linewidth=0.6, **shade) for words, shade in STATES.values()]
    compared = Patch(label="compared: filters of the two before, of others since", **FRAME)
    key(figure, [*samples, compared], 1 if sheet.narrow else 3, sheet)
    return figure


def _filter_cells(data: pd.DataFrame, period: str, units: tuple[str, ...]) -> tuple[int, int]:
    """Filled cells, and all cells, of the filters of some units in one period."""
    here = data[
        data["variable"].isin(axis.FILTERS) & (data["period"] == period) & data["unit"].isin(list(units))
    ]
    return int((here["statements"] > 0).sum()), len(here)


def grid_caption(data: pd.DataFrame) -> str:
    """What a cell is, and what stands in the framed ones."""
    earlier, needed = _filter_cells(data, "before", axis.STATES)
    others, asked = _filter_cells(data, "since", axis.OTHER_UNITS)
    return (
        "What the theory's variables are stated to be, of whom, before and since. Each number counts statements; "
        "dark cells hold several values, light cells one value only, open cells none; a place without a cell is not "
        f"asked for by the theory. In the frames stand {earlier} of {needed} cells for the filters of the states studied "
        f"before, and {others} of {asked} for the filters of other states since. Hatched cells speak of no case. "
        f"First reading. Source: {short_name(axis.TEXT)}."
    )


def grid_alt(data: pd.DataFrame) -> str:
    """The grid in words."""
    before = data[(data["period"] == "before") & (data["statements"] > 0)]
    since = data[(data["period"] == "since") & (data["statements"] > 0)]
    full = since.sort_values("statements", ascending=False).iloc[0]
    return (
        f"A pair of grids of variables by unit. The earlier one is nearly blank: {len(before)} cells with "
        f"{before['statements'].sum()} statements, on {listed(ROW_NAMES[v].lower() for v in dict.fromkeys(before['variable']))}. The present one has "
        f"{len(since)} cells with {since['statements'].sum()} statements, most in {ROW_NAMES[full.variable].lower()} of the {full.unit} "
        f"({full.statements}) and in the column of both states together; the columns of other states are blank except "
        "for permissiveness and the overall outcome."
    )


def _grid_cells(data: pd.DataFrame, period: str) -> str:
    """The filled cells of a period, row by row, with their values."""
    here = data[(data["period"] == period) & (data["statements"] > 0)]
    return "; ".join(
        f"{ROW_NAMES[variable].lower()}: "
        + ", ".join(
            f"{'both states together' if row.unit == axis.STATES[-1] else row.unit} {row.statements} "
            f"({row.values.replace(';', ',')})"
            for row in rows.itertuples()
        )
        for variable, rows in here.groupby("variable", sort=False)
    )


def grid_description(data: pd.DataFrame) -> str:
    """Every filled cell with its count and values, period by period, and the framed ones."""
    names = {
        group: listed(ROW_NAMES[v].lower() for v in group)
        for group in (axis.SYSTEMIC, axis.FILTERS, axis.OUTCOMES)
    }
    earlier, needed = _filter_cells(data, "before", axis.STATES)
    others, asked = _filter_cells(data, "since", axis.OTHER_UNITS)
    return (
        f"A pair of grids shares its rows. From above these are the variables of the system ({names[axis.SYSTEMIC]}), of the "
        f"states ({names[axis.FILTERS]}) and the outcomes ({names[axis.OUTCOMES]}). The columns are units: "
        f"{listed(axis.OPENING_UNITS)}; {listed(axis.STATES[:-1])}, and both states together; the organisation (OTS); other "
        f"states, named and unnamed; and, in the later grid only, {listed(axis.THEORY_UNITS)}, which speak of no case and are "
        "hatched. A cell shows how many statements the chapter makes; the values stated are in brackets here.\n\n"
        f"Before: {_grid_cells(data, 'before')}. Every other cell is open.\n\n"
        f"Since, or with no time stated: {_grid_cells(data, 'since')}. Hatched: {_grid_cells(data, 'in general')}. "
        f"An orange frame in the earlier grid holds the filters of the states studied, {earlier} of {needed} cells filled; "
        f"one in the later grid holds the filters of other states, {others} of {asked} filled. A comparison of filters "
        "over time or between states needs these cells."
    )


# --- the stated chain -----------------------------------------------------------------------------

WIDE = {
    "Financial crisis": (0, 5.2),
    "Invasion of Ukraine": (0, 4.1),
    "U.S. retreat": (0, 3.0),
    "Russian weakness": (0, 1.8),
    "Liberal order eroded": (0, 0.6),
    "Permissive opening": (1.75, 4.9),
    "Great powers’ hold": (1.75, 3.1),
    "Aims of the two": (1.75, 0.7),
    "Leadership and filters": (3.1, 5.6),
    "Room for others": (3.3, 2.2),
    "Readiness to act": (5.1, 5.6),
    "The axis": (4.6, 4.4),
    "Karabakh war": (4.5, 2.0),
    "Victory": (4.5, 0.6),
    "Defence": (5.75, 4.0),
    "Economy and energy": (5.75, 2.05),
    "Identity": (5.75, 0.95),
    "Turkic organisation": (5.75, -0.1),
    "Regional influence": (7.45, 2.05),
}
NARROW = {
    "Russian weakness": (0.3, 7),
    "Liberal order eroded": (1.5, 7),
    "U.S. retreat": (2.7, 7),
    "Invasion of Ukraine": (3.9, 7),
    "Financial crisis": (5.05, 7),
    "Permissive opening": (4.6, 5.4),
    "Great powers’ hold": (2.95, 5.4),
    "Aims of the two": (0.3, 5.4),
    "Leadership and filters": (5.1, 4.1),
    "Room for others": (1.9, 4.1),
    "Readiness to act": (5.05, 2.5),
    "The axis": (3.55, 3.3),
    "Karabakh war": (2.3, 2.85),
    "Victory": (0.85, 2.5),
    "Defence": (4.35, 1.5),
    "Economy and energy": (2.45, 1.5),
    "Identity": (1.3, 1.5),
    "Turkic organisation": (0.2, 1.5),
    "Regional influence": (3.1, 0.2),
}
BENDS = {  # curvature on the wide and on the narrow sheet
    ("Great powers’ hold", "Regional influence"): (-0.08, 0.0),
    ("Permissive opening", "Regional influence"): (0.0, -0.05),
    ("Liberal order eroded", "Turkic organisation"): (0.06, 0.08),
}
DATINGS = ("as stated", "not as stated", "open", "one end undated", "both ends undated")
LINES = {
    "as stated": (BLUE, 2.4, "solid"),
    "not as stated": (INK, 2.4, (0, (1, 1))),
    "open": (BLUE, 1.6, "solid"),
    "one end undated": (ORANGE, 1.1, (0, (5, 2))),
    "both ends undated": (GREY, 0.8, (0, (1, 1.5))),
}
MARKS = {
    "as stated": "■",
    "not as stated": "□",
    "open": "●",
    "one end undated": "◐",
    "both ends undated": "○",
}
BROKEN = {  # labels on two lines
    "Financial crisis": "Financial\ncrisis",
    "Invasion of Ukraine": "Invasion\nof Ukraine",
    "U.S. retreat": "U.S.\nretreat",
    "Russian weakness": "Russian\nweakness",
    "Liberal order eroded": "Liberal order\neroded",
    "Permissive opening": "Permissive\nopening",
    "Great powers’ hold": "Great\npowers’ hold",
    "Aims of the two": "Aims of\nthe two",
    "Leadership and filters": "Leadership\nand filters",
    "Room for others": "Room for\nothers",
    "Readiness to act": "Readiness\nto act",
    "Karabakh war": "Karabakh\nwar",
    "Economy and energy": "Economy\nand energy",
    "Turkic organisation": "Turkic\norganisation",
    "Regional influence": "Regional\ninfluence",
}


def _chain_rows() -> tuple[str, ...]:
    """The links, the events at their ends with what dates them, and the codings that group the ends into steps."""
    links = record().select(f"links?text={axis.TEXT}")
    ends = [end for link in links for end in (link.cause, link.effect) if end in record().rows["events"]]
    return (*(link.id for link in links), *with_anchors(ends), *codings("chain step", text=axis.TEXT))


def chain_data() -> pd.DataFrame:
    """The stated links: number, steps, sign, phrase, paragraph, days of both ends, dating, id."""
    return axis.chain()


def _step_date(days: tuple) -> str:
    """The days of a step in short: "2020", "2020–", "to 2024"; empty if no end has any."""
    first, last = days
    if first is None and last is None:
        return ""
    if first is None:
        return f"to {last.year}"
    if last is None:
        return f"{first.year}–"
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def _ground(axes: Axes, text: Text) -> Rectangle:
    """The frame of a text in the units of the axes, where arrows end; the figure is laid out."""
    box = text.get_bbox_patch().get_window_extent().transformed(axes.transData.inverted())
    return Rectangle(box.p0, box.width, box.height, linewidth=0, transform=axes.transData)


def _ends(axes: Axes, centres: tuple, frames: tuple[Rectangle, Rectangle], bend: float) -> np.ndarray:
    """Where an arrow leaves one frame and meets the other: found once here, and not again at each rendering."""
    start, end = axes.transData.transform(centres)
    arc = ConnectionStyle.Arc3(rad=bend)(start, end, shrinkA=0, shrinkB=0, patchA=frames[0], patchB=frames[1])
    return axes.transData.inverted().transform(arc.vertices[[0, -1]]).round(4)  # no eye sees more


def _draw_links(axes: Axes, data: pd.DataFrame, at: dict, boxes: dict, sheet: Sheet) -> None:
    for (cause, effect), links in data.groupby(["cause", "effect"], sort=False):
        best = min(links["dating"], key=DATINGS.index)
        colour, width, style = LINES[best]
        bend = BENDS.get((cause, effect), (0.0, 0.0))[sheet.narrow]
        axes.add_patch(
            FancyArrowPatch(
                *_ends(axes, (at[cause], at[effect]), (boxes[cause], boxes[effect]), bend),
                connectionstyle=f"arc3,rad={bend}",
                arrowstyle="-|>",
                mutation_scale=7 if sheet.narrow else 10,
                shrinkA=0,
                shrinkB=0,
                color=colour,
                linewidth=width,
                linestyle=style,
                zorder=1,
            )
        )
        share = SHARES.get((cause, effect), (0.5, 0.5))[sheet.narrow]
        (x0, y0), (x1, y1) = at[cause], at[effect]
        x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        x += 2 * bend * share * (1 - share) * (y1 - y0)
        y -= 2 * bend * share * (1 - share) * (x1 - x0)
        words = " ".join(map(str, links["number"]))
        axes.text(
            x,
            y,
            words,
            ha="center",
            va="center",
            fontsize=sheet.small,
            color=INK,
            zorder=2,
            bbox=ON_WHITE,
        )


SHARES: dict[
    tuple[str, str], tuple[float, float]
] = {  # where along an arrow its numbers stand, wide and narrow
    ("U.S. retreat", "Permissive opening"): (0.62, 0.3),
    ("U.S. retreat", "Great powers’ hold"): (0.5, 0.55),
    ("Invasion of Ukraine", "Great powers’ hold"): (0.58, 0.66),
    ("U.S. retreat", "Aims of the two"): (0.62, 0.3),
    ("U.S. retreat", "Room for others"): (0.62, 0.75),
    ("Russian weakness", "Great powers’ hold"): (0.3, 0.25),
    ("Russian weakness", "Room for others"): (0.7, 0.72),
    ("Liberal order eroded", "Great powers’ hold"): (0.22, 0.6),
    ("Liberal order eroded", "Room for others"): (0.75, 0.45),
    ("Liberal order eroded", "Turkic organisation"): (0.6, 0.6),
    ("Permissive opening", "Regional influence"): (0.35, 0.66),
    ("Permissive opening", "The axis"): (0.5, 0.45),
    ("Permissive opening", "Room for others"): (0.5, 0.6),
    ("Leadership and filters", "The axis"): (0.5, 0.37),
    ("Great powers’ hold", "Regional influence"): (0.42, 0.62),
    ("Great powers’ hold", "Room for others"): (0.5, 0.55),
    ("Karabakh war", "The axis"): (0.5, 0.43),
    ("Victory", "Turkic organisation"): (0.42, 0.4),
    ("Defence", "Economy and energy"): (0.5, 0.25),
}


def draw_chain(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """The chain laid out by hand, links numbered; under it the phrase of each link and whether its ends are dated."""
    at = NARROW if sheet.narrow else WIDE
    if sheet.narrow:
        figure, (axes, words) = sheet.open(204, nrows=2, height_ratios=(1, 1.13))
    else:
        figure, (axes, words) = sheet.open(196, nrows=2, height_ratios=(1.3, 1))
    days = axis.step_days(data)
    boxes = {}
    for step, (x, y) in at.items():
        arena = step in axis.ARENAS
        date = _step_date(days[step])
        label = BROKEN.get(step, step)
        boxes[step] = axes.text(
            x,
            y,
            label + (f"\n{date}" if date else ""),
            ha="center",
            va="center",
            fontsize=sheet.small,
            linespacing=1.05,
            color=INK,
            zorder=3,
            bbox={
                "boxstyle": "round,pad=0.3" if not sheet.narrow else "round,pad=0.22",
                "facecolor": SKY if arena else WHITE,
                "edgecolor": INK if date else GREY,
                "linewidth": 1.1 if date else 0.6,
                "linestyle": "solid" if date else (0, (2, 1.5)),
            },
        )
    limits = ((-0.35, 5.7), (-0.35, 7.5)) if sheet.narrow else ((-0.6, 8.0), (-0.6, 6.1))
    axes.set(xlim=limits[0], ylim=limits[1])
    bare(axes)
    bare(words)
    with laid_out(figure):
        _draw_links(axes, data, at, {step: _ground(axes, text) for step, text in boxes.items()}, sheet)
    columns = 1 if sheet.narrow else 2
    lines = -(-len(data) // columns)
    for i, row in enumerate(data.itertuples()):
        column, line = divmod(i, lines)
        words.text(
            0.487 * column,
            -line,
            f"{MARKS[row.dating]} {row.number}  “{row.phrase}” ¶{row.paragraph}",
            va="top",
            in_layout=False,
            fontsize=sheet.small,
            color=INK,
        )
    legend = [
        f"{MARKS[dating]} {words_} ({line})"
        for dating, words_, line in (
            ("as stated", "order as stated", "thick"),
            ("not as stated", "order not as stated", "thick, dotted"),
            ("open", "both ends dated, order open", "solid"),
            ("one end undated", "one end undated", "dashed"),
            ("both ends undated", "both ends undated", "dotted"),
        )
        if dating in set(data["dating"])
    ]
    for n, text in enumerate(legend if sheet.narrow else ["   ".join(legend)]):
        words.text(
            0,
            -lines - 0.4 - n,
            text,
            va="top",
            fontsize=sheet.small,
            color=INK,
        )
    words.set(xlim=(0, 1), ylim=(-lines - (3.6 if sheet.narrow else 1.6), 0.2))
    return figure


def chain_caption(data: pd.DataFrame) -> str:
    """How the links stand, by the dates of their ends."""
    counts = data["dating"].value_counts()
    return (
        f"The causes and effects that the chapter states, {len(data)} links in {len(WIDE)} steps; numbers on the arrows "
        f"lead to the phrases. Dates at both ends show the stated order of {spelled(counts.get('as stated', 0))} links and "
        f"leave that of {counts.get('open', 0)} open (solid); {counts.get('one end undated', 0)} have one "
        f"end undated (dashed) and {counts.get('both ends undated', 0)} both (dotted); an arrow takes the best dated "
        "of its links. A solid frame marks a step with a dated end and gives the years of those ends, not of the whole step; "
        "shaded steps are the arenas. The grouping into steps is ours. "
        f"Source: {short_name(axis.TEXT)}."
    )


def chain_alt(data: pd.DataFrame) -> str:
    """The graph in words."""
    arrows = data.groupby(["cause", "effect"]).ngroups
    sources = [step for step, (x, _) in WIDE.items() if x == 0]
    reached = sorted(axis.reached(axis.OPENING, data))
    return (
        f"Directed graph of {arrows} arrows between steps. {len(sources)} sources run to the great powers' hold, the permissive "
        f"opening and the room for others. From the opening the arrows lead to {', '.join(reached)}, and to none of the "
        f"{len(axis.ARENAS)} arenas. No arrow enters {', '.join(axis.unreached(data))}. Leadership and filters have "
        "arrows to the axis and to readiness, and none enters them. Most arrows are dotted: neither end has a date."
    )


def _years_of(span: tuple) -> str:
    """The years of a step's dated ends, in words."""
    first, last = span
    if first is None:
        return f"to {last.year}"
    if last is None:
        return f"from {first.year}"
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


def _arrows_from(links: pd.DataFrame) -> str:
    """The arrows that leave one step: where they lead, their numbers, and the best dating if there is any."""
    said = []
    for effect, group in links.groupby("effect", sort=False):
        best = min(group["dating"], key=DATINGS.index)
        dating = "" if best == DATINGS[-1] else f", {best}"
        said.append(f"{effect} ({listed(group['number'])}{dating})")
    return ", ".join(said)


def chain_description(data: pd.DataFrame) -> str:
    """Every arrow with the numbers of its links, and every step with a date."""
    dated = {step: span for step, span in axis.step_days(data).items() if any(span)}
    paragraphs = data["paragraph"]
    return (
        f"A directed graph of {len(WIDE)} steps in boxes, joined by {data.groupby(['cause', 'effect']).ngroups} arrows; each arrow "
        "bears the numbers of the links that it stands for. Under the graph the links are listed by number, each with its "
        f"phrase and paragraph (¶{paragraphs.min()} to ¶{paragraphs.max()}) and a mark for its dating. A solid box has an end "
        f"with a date: {listed(f'{step} ({_years_of(span)})' for step, span in dated.items())}. The boxes of the "
        f"arenas are shaded: {listed(axis.ARENAS)}.\n\n"
        "The arrows, by the step they leave, with link numbers; where no dating is named, neither end has a date: "
        + "; ".join(
            f"{cause}: to {_arrows_from(links)}" for cause, links in data.groupby("cause", sort=False)
        )
        + f".\n\nNo arrow enters {listed(axis.unreached(data))}. From {axis.OPENING.lower()} the arrows "
        f"reach {listed(sorted(axis.reached(axis.OPENING, data)))}."
    )


# --- arenas and their evidence --------------------------------------------------------------------


def evidence_data() -> pd.DataFrame:
    """Counts by arena: lists that name it, and steps and magnitudes of the empirical section by kind."""
    lists = axis.lists()
    counts = axis.evidence_counts()
    named = pd.DataFrame(
        {"arena": arena, "kind": "named in lists", "count": int(lists[arena].sum()), "of": len(lists)}
        for arena in axis.ARENAS
    )
    kinds = pd.DataFrame(
        {
            "arena": arena,
            "kind": kind,
            "count": int(counts.loc[arena, kind]),
            "of": int(counts.loc[arena].sum()),
        }
        for arena in axis.ARENAS
        for kind in axis.EVIDENCE
    )
    return pd.concat([named, kinds], ignore_index=True)


KIND_HEADS = {
    "named in lists": "named\nin lists",
    "dated by the text": "dated by\nthe text",
    "quantity": "number\nor size",
    "dated by a citation only": "dated by a\ncitation",
    "undated": "undated",
}


KIND_WORDS = {
    "dated by the text": "dated by the text",
    "quantity": "numbers or sizes",
    "dated by a citation only": "dated by a citation",
    "undated": "undated",
}


def draw_evidence(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """One square for each naming, step or magnitude, arenas down and kinds across."""
    figure, axes = sheet.open(62 if sheet.narrow else 96)
    kinds = list(KIND_HEADS)
    for column, kind in enumerate(kinds):
        x0 = column * 6.6 + (0.8 if column else 0)
        axes.text(
            x0,
            -2.0,
            KIND_HEADS[kind],
            ha="left",
            va="bottom",
            fontsize=sheet.small if sheet.narrow else sheet.size,
            color=INK,
            linespacing=1.05,
        )
        for line, arena in enumerate(axis.ARENAS):
            row = data[(data["kind"] == kind) & (data["arena"] == arena)].iloc[0]
            y0 = line * 3.6
            shown = row["of"] if kind == "named in lists" else row["count"]
            for n in range(shown):
                filled = n < row["count"]
                axes.add_patch(
                    Rectangle(
                        (x0 + n % 5, y0 + n // 5),
                        0.8,
                        0.8,
                        facecolor=(STONE if kind == "named in lists" else BLUE) if filled else WHITE,
                        edgecolor=GREY if kind == "named in lists" else BLUE,
                        linewidth=0.6,
                    )
                )
            axes.text(
                x0,
                y0 - 0.15,
                str(row["count"]) if row["count"] else "none",
                va="bottom",
                fontsize=sheet.small if sheet.narrow else sheet.size,
                color=INK,
                fontweight="normal" if row["count"] else "bold",
            )
    axes.axvline(6.3, color=PALE, linewidth=0.8)
    names = {"Economy and energy": "Economy\nand energy", "Turkic organisation": "Turkic\norganisation"}
    for line, arena in enumerate(axis.ARENAS):
        axes.text(-0.6, line * 3.6 + 0.4, names.get(arena, arena), ha="right", va="center", color=INK)
    axes.set(xlim=(-8 if sheet.narrow else -5.6, 33), ylim=(13, -4.2))
    bare(axes)
    return figure


def evidence_caption(data: pd.DataFrame) -> str:
    """What the columns count."""
    lists = int(data[data["kind"] == "named in lists"]["of"].iloc[0])
    economy = data[(data["arena"] == "Economy and energy") & (data["kind"] != "named in lists")]
    places = {*axis.lists()["paragraph"], *(record().find(i).paragraph for i in axis.evidence()["id"])}
    return (
        f"How often each arena is named and with what it is shown. Left, the {lists} places that list the arenas of the "
        "study or of the cooperation (filled if the arena is in the list). Right, every step and magnitude that the "
        f"empirical section prints for it. Of {economy['count'].sum()} for economy and energy, "
        f"{economy[economy['kind'] == 'dated by the text']['count'].sum()} have a date in the text. "
        f"Source: {short_name(axis.TEXT)}, ¶{min(places)} to ¶{max(places)}."
    )


def evidence_alt(data: pd.DataFrame) -> str:
    """The counts in words."""
    table = data.pivot(index="arena", columns="kind", values="count").loc[list(axis.ARENAS)]
    return "Squares counting mentions. " + " ".join(
        f"{arena}: in {row['named in lists']} lists; dated by the text {row['dated by the text']}, numbers or magnitudes "
        f"{row['quantity']}, dated by a citation {row['dated by a citation only']}, undated {row['undated']}."
        for arena, row in table.iterrows()
    )


def evidence_description(data: pd.DataFrame) -> str:
    """Every count by arena and kind, and the arenas that lack a dated step."""
    table = data.pivot(index="arena", columns="kind", values="count").loc[list(axis.ARENAS)]
    whole = data.pivot(index="arena", columns="kind", values="of").loc[list(axis.ARENAS)]
    lists = int(whole["named in lists"].iloc[0])
    rows = " ".join(
        f"{arena}: in {row['named in lists']} of the lists; of {whole.loc[arena, axis.EVIDENCE[0]]} steps and magnitudes "
        + ", ".join(f"{row[kind]} {KIND_WORDS[kind]}" for kind in axis.EVIDENCE)
        + "."
        for arena, row in table.iterrows()
    )
    bare = [arena for arena in axis.ARENAS if not table.loc[arena, "dated by the text"]]
    return (
        f"Rows of small squares, an arena a row: {listed(axis.ARENAS)}. The first column, in grey, has a square for each of the "
        f"{lists} places that list the arenas, filled if the arena is in the list. The columns after it, in blue, have a "
        f"square for every step or magnitude that the empirical section prints: {listed(KIND_WORDS[k] for k in axis.EVIDENCE)}. "
        f"The count stands over each group of squares, and the word none where there is no square.\n\n{rows}\n\n"
        f"Named in every list: {listed(arena for arena in axis.ARENAS if table.loc[arena, 'named in lists'] == lists)}. "
        f"Without a step dated by the text: {listed(bare)}."
    )


FIGURES = (
    Figure(
        id="fig-axis-grid",
        title="What is stated of whom, before and since",
        chapter=CHAPTER,
        claims=("c-kocak-filters-difference", "c-kocak-comparatively-quick", "c-kocak-many-inert"),
        rows=(
            *axis.statements()["id"],
            *codings(("period", "comparator"), axis.statements()["id"], axis.TEXT),
        ),
        first="0.1.0",
        changed="0.1.0",
        data=grid_data,
        draw=draw_grid,
        caption=grid_caption,
        alt=grid_alt,
        description=grid_description,
    ),
    Figure(
        id="fig-axis-chain",
        title="The stated chain and the dates of its ends",
        chapter=CHAPTER,
        claims=("c-kocak-permissiveness-enabled", "c-kocak-leadership-result", "c-kocak-ecosystem"),
        rows=_chain_rows(),
        first="0.1.0",
        changed="0.1.0",
        data=chain_data,
        draw=draw_chain,
        caption=chain_caption,
        alt=chain_alt,
        description=chain_description,
    ),
    Figure(
        id="fig-axis-evidence",
        title="Four arenas, and what is printed for each",
        chapter=CHAPTER,
        claims=("c-kocak-three-domains", "c-kocak-evidence-announced", "c-kocak-economy-as-integral"),
        rows=(
            *axis.evidence()["id"],
            *codings("arena listed", text=axis.TEXT),
            *codings("arena", text=axis.TEXT),
        ),
        first="0.1.0",
        changed="0.1.0",
        data=evidence_data,
        draw=draw_evidence,
        caption=evidence_caption,
        alt=evidence_alt,
        description=evidence_description,
    ),
)
