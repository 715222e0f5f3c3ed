"""Figures of the chapter on trade diversification."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Drawing

from asprinted import trade
from asprinted.display import decimal
from asprinted.figures.frames import plain_words, set_row, sets_of
from asprinted.figures.prose import capital, places, spelled, under_readings
from asprinted.figures.spec import Figure
from asprinted.figures.strips import draw_readings, key, logarithmic, name_rows, reading_handles
from asprinted.figures.style import BLUE, INK, ORANGE, RUST, Sheet
from asprinted.readings import READINGS
from asprinted.sets import point

CHAPTER = "trade-diversification"
ROWS = (*trade.CHINA, *trade.AFRICA)
COLOURS = {"China": BLUE, "Africa": ORANGE}
TYPE_COLOURS = {"China": BLUE, "Africa": RUST}


# --- how fast trade grew --------------------------------------------------------------------------


def growth_data() -> pd.DataFrame:
    """Growth factors and annual rates of trade with each partner over its own window, under each reading."""
    rows = []
    for kind, found in (("factor", trade.growths()), ("rate", trade.rates())):
        rows += [set_row(f"{kind}: {name}", r, s) for name, sets in found.items() for r, s in sets.items()]
    return pd.DataFrame(rows)


def draw_growth(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Annual rates as nested intervals, each with its growth factor beside it."""
    figure, axes = sheet.open(44 if sheet.narrow else 54)
    bounds, scale = (0, 0.26), 0.8 if sheet.narrow else 1.1
    names = {}
    for y, (partner, colour) in enumerate(COLOURS.items()):
        name = trade.named(partner)
        rates = sets_of(data, f"rate: {name}")
        draw_readings(axes, rates, -y, colour, bounds, scale)
        middle = float(rates["plain"].hull.lo + rates["plain"].hull.hi) / 2
        axes.text(
            middle,
            -y + 0.2,
            f"{plain_words(data, f'factor: {name}', 2)} times as much",
            ha="center",
            va="bottom",
            fontsize=sheet.size,
            color=INK,
        )
        names[-y] = name.replace(", ", ",\n")
    name_rows(axes, names)
    for tick, colour in zip(axes.get_yticklabels(), TYPE_COLOURS.values(), strict=True):
        tick.set_color(colour)
    axes.set(xlim=bounds, ylim=(-1.45, 0.75))
    axes.set_xlabel("Growth of trade a year, over each printed window")
    axes.xaxis.set_major_formatter(lambda x, _: f"{x * 100:.0f}%")
    key(figure, reading_handles(scale), 3, sheet)
    return figure


def growth_caption(data: pd.DataFrame) -> str:
    """What the bars are, and why one is wide."""
    china, africa = (f"rate: {trade.named(partner)}" for partner in COLOURS)
    return (
        "Growth a year that the printed end points allow, over windows that differ. Thin bars are the loose "
        "reading, thicker ones the plain, thickest the tight; the arrowhead runs on beyond the axis. China's trade "
        f"grew by {plain_words(data, china, 1, 'percent')} percent a year on the plain reading and Africa's by "
        f"{plain_words(data, africa, 1, 'percent')} percent. China's bar is wide because its base is printed as a single "
        f"round figure. Source: {places(*ROWS)}; the African figures have no printed currency."
    )


def growth_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    china, africa = (sets_of(data, f"rate: {trade.named(partner)}") for partner in COLOURS)
    return (
        "Interval chart of annual rates, one for each partner. Both lie far to the right of zero. China's, from "
        f"{decimal(china['plain'].hull.lo * 100, 0, 'down')} to {decimal(china['plain'].hull.hi * 100, 0, 'up')} percent, "
        "lies wholly to the right of Africa's, from "
        f"{decimal(africa['plain'].hull.lo * 100, 0, 'down')} to {decimal(africa['plain'].hull.hi * 100, 0, 'up')} percent, "
        f"and is several times as wide. The loose reading of China has no upper end; it begins at "
        f"{decimal(china['loose'].hull.lo * 100, 1, 'down')} percent, above Africa's loose end of "
        f"{decimal(africa['loose'].hull.hi * 100, 1, 'up')}."
    )


def growth_description(data: pd.DataFrame) -> str:
    """Both bars with their ends under the readings, as rates and as factors."""
    rows = []
    for partner in COLOURS:
        name = trade.named(partner)
        rates = under_readings(sets_of(data, f"rate: {name}"), 1, "percent", " percent a year")
        factors = under_readings(sets_of(data, f"factor: {name}"), 2)
        rows.append(f"{name}: {rates}. As a multiple over the whole window: {factors}.")
    return (
        "An interval chart with one row for each partner, each over its own printed window; the horizontal axis is growth of trade "
        "a year, in percent. Nested bars show the loose reading thin, the plain thicker, the tight thickest; an arrowhead at the "
        "right edge says that a bar has no end. Over each bar stands the plain reading of the growth over the whole window.\n\n"
        + "\n\n".join(rows)
    )


# --- the frontier ---------------------------------------------------------------------------------

WEIGHTS = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2))


def frontier_data() -> pd.DataFrame:
    """The growth factor of trade with both partners by path and reading, and the weights drawn."""
    rows = [
        set_row(f"joint: {path}", reading, trade.joint_growth(path, reading))
        for path in trade.PATHS
        for reading in READINGS
    ]
    rows += [set_row("weight", "as set", point(weight)) for weight in WEIGHTS]
    return pd.DataFrame(rows)


def draw_frontier(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Growth of the West against growth of the rest: where the West's share fell, rose, or turns on a size."""
    figure, axes = sheet.open(100 if sheet.narrow else 138)
    low, high = 0.5, 40.0
    r = np.geomspace(low, high, 400)
    joint = sets_of(data, "joint: constant rate")["plain"].hull
    least, most = float(joint.lo), float(joint.hi)
    axes.fill_between(r, low, np.minimum(r, least), color=BLUE, alpha=0.16, linewidth=0)
    axes.fill_between(r, np.maximum(r, most), high, color=ORANGE, alpha=0.20, linewidth=0)
    axes.plot([low, high], [low, high], color=INK, linewidth=0.6)
    wider = sets_of(data, "joint: never falling")["plain"].hull
    stretch = [float(wider.lo), float(wider.hi)]
    axes.plot(stretch, stretch, color=INK, linewidth=2.2, solid_capstyle="butt", zorder=4)
    text = {"fontsize": sheet.size, "color": INK}
    for row in data[data.label == "weight"].itertuples():
        weight = float(Fraction(row.low))
        lower, upper = (weight * p + (1 - weight) * r for p in (least, most))
        axes.fill_between(r, lower, upper, color=BLUE, alpha=0.55, linewidth=0)
        axes.text(
            low * 1.05,
            (lower[0] * upper[0]) ** 0.5,
            f"{decimal(Fraction(row.low) * 100, 0)}%",
            ha="left",
            va="center",
            fontsize=sheet.size,
            color=INK,
            fontweight="bold",
        )
    axes.plot([least, most], [least, most], color=INK, linewidth=5, solid_capstyle="butt", zorder=5)
    axes.annotate(
        "China and Africa together,\nif China grew at one rate:\n"
        + plain_words(data, "joint: constant rate", 2)
        + " times\n(thinner: if it only never fell,\n"
        + plain_words(data, "joint: never falling", 2)
        + " times)",
        ((least * most) ** 0.5, (least * most) ** 0.5),
        xytext=(12.9, 3.1) if sheet.narrow else (17, 3.6),
        ha="center",
        va="top",
        arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.8, "shrinkB": 4},
        **text,
    )
    axes.text(0.56, 34, "the West's share ROSE\nwhatever the sizes", ha="left", va="top", **text)
    axes.text(36, 0.56, "the West's share FELL\nwhatever the sizes", ha="right", va="bottom", **text)
    x, y = 0.78, 0.62  # on two logarithmic axes the diagonal runs along y / x
    axes.text(
        x,
        y,
        "all other trade grew alike",
        ha="left",
        va="top",
        rotation=math.degrees(math.atan2(y, x)),
        rotation_mode="anchor",
        transform_rotates_text=True,
        **text,
    )
    first, last = trade.window(trade.AFRICA)
    axes.text(
        0.56,
        most * 0.97,
        f"turns on a size that is not printed:\nwhat China and Africa made up\nof non-Western trade, {first}",
        ha="left",
        va="top",
        linespacing=1.05,
        **text,
    )
    axes.set(xlim=(low, high), ylim=(low, high))
    logarithmic(axes)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([0.5, 1, 2, 5, 10, 20, 40])
        axis.set_ticks([], minor=True)
        axis.set_major_formatter(lambda x, _: f"×{x:g}")
    broken = "\n" if sheet.narrow else " "
    axes.set_xlabel(f"Growth of the rest of non-Western trade,{broken}{first} to {last} (not printed)")
    axes.set_ylabel(f"Growth of trade with the West,{broken}{first} to {last} (not printed)")
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def frontier_caption(data: pd.DataFrame) -> str:
    """How to read the plane and what the print fixes in it."""
    first, last = trade.window(trade.AFRICA)
    return (
        "Did the West's share of trade fall? Any growth of trade with the West (up) and with the rest of the world "
        "(across) is a point of this plane, and no text says which. The printed trade with China and Africa gives "
        f"one stretch of the diagonal, when China's unprinted value for {first} is bridged: at one rate, and with the "
        "African figures taken as dollars, which is not printed, it is "
        f"{plain_words(data, 'joint: constant rate', 2)} times from {first} to {last} on the plain reading (thick); if China's "
        f"trade only never fell, {plain_words(data, 'joint: never falling', 2)} times (thinner). Below the frontier the share "
        "fell, above it the share rose, and the frontiers, drawn for the thick stretch, all run through it: which of "
        "them holds turns on how much of all non-Western trade was with China and Africa at the start (bands: "
        + ", ".join(decimal(weight * 100, 0) for weight in WEIGHTS)
        + f" percent). Source: {places(*ROWS)}."
    )


def frontier_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    joint = sets_of(data, "joint: constant rate")["plain"].hull
    wider = sets_of(data, "joint: never falling")["plain"].hull
    return (
        "A plane with logarithmic axes, neither of which carries a printed number. To the lower right, where trade "
        "with the West grew by less than the rest and by less than "
        f"{decimal(joint.lo, 2, 'down')} times, the West's share fell; to the upper left, where it grew by more than "
        f"the rest and by more than {decimal(joint.hi, 2, 'up')} times, it rose. Between lie wedges that meet at "
        "a thick stretch on the diagonal; a thinner line runs along the diagonal from there down to "
        f"{decimal(wider.lo, 2, 'down')} times and a little way up. {capital(spelled(int((data.label == 'weight').sum())))} bands fan out from the thick stretch to the left: the heavier China and Africa weigh "
        "in non-Western trade, the higher the band and the more Western trade could grow while its share still fell. "
        "On the diagonal, where all other trade grew alike, the share fell below the stretch and rose above it."
    )


def frontier_description(data: pd.DataFrame) -> str:
    """The axes, the regions, the stretches on the diagonal under the readings and the bands."""
    first, last = trade.window(trade.AFRICA)
    stretches = "; ".join(
        f"{path}: {under_readings(sets_of(data, f'joint: {path}'))}" for path in trade.PATHS
    )
    weights = [Fraction(row.low) for row in data[data.label == "weight"].itertuples()]
    joint = sets_of(data, "joint: constant rate")["plain"].hull
    at_still = [  # growth of the West at which its share stands still if the rest did not grow, for each weight
        f"{decimal(w * 100, 0)} percent: {decimal(w * joint.lo + 1 - w, 1, 'down')} to {decimal(w * joint.hi + 1 - w, 1, 'up')} times"
        for w in weights
    ]
    return (
        f"A plane with logarithmic axes of growth from {first} to {last}: across, the rest of non-Western trade; up, trade with "
        "the West. Neither is printed, so every point is possible. A thin diagonal runs where both grew alike. On it lie what trade with "
        f"China and Africa together allows, in times, by the path of China's trade between its printed years: {stretches}. The "
        "plain reading is drawn, thick for the constant rate and thinner for the path that never falls.\n\n"
        "Lower right, in blue: the West's share fell whatever the sizes. Upper left, in orange: it rose whatever the sizes. Between them "
        "white wedges meet at the thick stretch; there it turns on what China and Africa made up of non-Western trade at "
        "the start. For such weights, frontiers are drawn as blue bands that all pass through the thick stretch; below a band the "
        "share fell, above it the share rose. Where the rest of non-Western trade did not grow, the bands stand at these growths of trade "
        f"with the West: {'; '.join(at_still)}."
    )


# --- since when -----------------------------------------------------------------------------------


def since_data() -> pd.DataFrame:
    """The share of each partner's growth that lies in the era, by assumption and reading."""
    return pd.DataFrame(
        set_row(f"{assumption}: {partner}", reading, found)
        for assumption, by in trade.late_shares().items()
        for partner, sets in by.items()
        for reading, found in sets.items()
    )


def draw_since(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Shares of growth as nested intervals, two partners to an assumption."""
    figure, axes = sheet.open(76 if sheet.narrow else 90)
    bounds = (-0.4, 1.45)
    names, y = {}, 0.0
    scale = 0.8 if sheet.narrow else 0.95
    for assumption in trade.late_shares():
        for offset, (partner, colour) in zip((0.2, -0.2), COLOURS.items(), strict=True):
            sets = sets_of(data, f"{assumption}: {partner}")
            draw_readings(axes, sets, y + offset, colour, bounds, scale)
            end = max(float(sets["loose"].hull.hi), float(sets["plain"].hull.hi))
            axes.text(
                end + 0.03,
                y + offset,
                partner,
                ha="left",
                va="center",
                fontsize=sheet.small,
                color=TYPE_COLOURS[partner],
            )
        names[y] = assumption[0].upper() + assumption[1:]
        y -= 1
    axes.axvline(0, color=INK, linewidth=0.8, zorder=1)
    axes.axvline(1, color=INK, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1)
    name_rows(axes, names, grid=False)
    axes.tick_params(axis="y", pad=7)
    axes.set(xlim=bounds, ylim=(y + 0.5, 0.5), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda x, _: f"{x * 100:.0f}%")
    axes.set_xlabel(f"Share of all growth that lies in {trade.era_years()}")
    key(figure, reading_handles(scale), 3, sheet)
    return figure


def since_caption(data: pd.DataFrame) -> str:
    """What each assumption allows."""
    return (
        "How much of the printed growth can lie in the Biden years? Each pair of bars takes one assumption on the years "
        "between the printed ones. With nothing assumed trade may have fallen in those years, or have made all of its "
        "growth in them and more; if it never fell, any share from none to all; only a rule for every year narrows it, at one rate a year to "
        f"{plain_words(data, 'same rate every year: China', 0, 'percent')} percent for China and "
        f"{plain_words(data, 'same rate every year: Africa', 0, 'percent')} percent for Africa on the plain reading (thick "
        f"bars; loose thin, tight thickest or an upright mark). Source: {places(*ROWS, trade.ERA)}."
    )


def since_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    china, africa = (sets_of(data, f"nothing assumed: {partner}")["plain"].hull for partner in COLOURS)
    same = [sets_of(data, f"same sum every year: {partner}")["plain"].hull.lo for partner in COLOURS]
    return (
        f"Interval chart in {spelled(len(trade.late_shares()))} pairs. At the top, with nothing assumed, the bars run off to the left without end and "
        f"stop at {decimal(china.hi * 100, 0, 'up')} percent for China and {decimal(africa.hi * 100, 0, 'up')} for Africa. "
        f"Below, without falls, they fill the space from {plain_words(data, 'never falling: China', 0, 'percent')} percent. "
        "With the same sum every year they shrink to "
        f"marks near {decimal(same[0] * 100, 1)} and {decimal(same[1] * 100, 1)} percent, and with the same rate every "
        f"year to short bars: {plain_words(data, 'same rate every year: China', 0, 'percent')} percent for China and "
        f"{plain_words(data, 'same rate every year: Africa', 0, 'percent')} for Africa."
    )


def since_description(data: pd.DataFrame) -> str:
    """Every bar with its ends under the readings, by assumption and partner."""
    rows = " ".join(
        f"{capital(assumption)}: "
        + ". ".join(
            f"{partner} {under_readings(sets_of(data, f'{assumption}: {partner}'), 1, 'percent', ' percent')}"
            for partner in COLOURS
        )
        + "."
        for assumption in trade.late_shares()
    )
    return (
        "An interval chart of pairs of bars, China above Africa, a pair for each assumption on the years between the printed "
        f"ones; the horizontal axis is the share of all growth that lies in {trade.era_years()}. A solid upright line stands at none of "
        "the growth, a dashed one at all of it. Bars are nested: loose thin, plain thicker, tight thickest; a single value is an "
        f"upright mark, an arrowhead a bar that runs on beyond the axis.\n\n{rows}"
    )


FIGURES = (
    Figure(
        id="fig-trade-frontier",
        title="When the West's share would have fallen",
        chapter=CHAPTER,
        claims=(
            "c-kurnaz-china-relative-dependence",
            "c-kurnaz-downward-trends",
            "c-kurnaz-africa-southward-trend",
        ),
        rows=ROWS,
        first="0.1.0",
        changed="0.1.0",
        data=frontier_data,
        draw=draw_frontier,
        caption=frontier_caption,
        alt=frontier_alt,
        description=frontier_description,
    ),
    Figure(
        id="fig-trade-growth",
        title="How fast trade with China and Africa grew",
        chapter=CHAPTER,
        claims=("c-kurnaz-china-growing", "c-kurnaz-africa-growing"),
        rows=ROWS,
        first="0.1.0",
        changed="0.1.0",
        data=growth_data,
        draw=draw_growth,
        caption=growth_caption,
        alt=growth_alt,
        description=growth_description,
    ),
    Figure(
        id="fig-trade-since-when",
        title="How much of the growth lies in the Biden years",
        chapter=CHAPTER,
        claims=("c-kurnaz-diversification-biden-era",),
        rows=(*ROWS, trade.ERA),
        first="0.1.0",
        changed="0.1.0",
        data=since_data,
        draw=draw_since,
        caption=since_caption,
        alt=since_alt,
        description=since_description,
    ),
)
