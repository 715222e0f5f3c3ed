"""Figures of the chapter on what came first."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from asprinted import order
from asprinted.display import decimal
from asprinted.energy import year
from asprinted.figures.prose import TEXT_NAMES, capital, days, listed, spelled
from asprinted.figures.sources import with_anchors
from asprinted.figures.spec import Figure
from asprinted.figures.strips import name_rows
from asprinted.figures.style import BLUE, GREY, INK, ON_WHITE, ORANGE, PALE, PINE, RUST, STONE, Sheet
from asprinted.record import record
from asprinted.tables import place
from asprinted.texts import sources
from asprinted.values import read

CHAPTER = "what-came-first"

# Short names of the events in the pictures; the record's own are in the tables.
SHORT = {
    "e-carnegie-soviet-territorial-demands": "Soviet demands",
    "e-carnegie-nato-membership-1952": "NATO membership",
    "e-carnegie-coup-attempt": "coup attempt",
    "e-carnegie-saint-petersburg-visit": "Saint Petersburg visit",
    "e-carnegie-s400-delivery": "S-400 delivery",
    "e-carnegie-us-sanctions-2020": "US sanctions",
    "e-carnegie-ankara-brussels-tensions": "tensions with Brussels",
    "e-carnegie-high-level-dialogue-suspended": "dialogue suspended",
    "e-kocak-second-karabakh-war": "Karabakh war",
    "e-kocak-slogan-into-practice": "slogan into practice",
    "e-kocak-turkiye-support-war": "Turkish support",
    "e-kocak-tb2-drones-used": "drones",
    "e-kocak-azerbaijan-victory": "victory",
    "e-kocak-ots-rebranded": "OTS recast",
    "e-carnegie-decision-to-invade": "decision to invade",
    "e-carnegie-engagement-disrupted": "engagement disrupted",
    "e-kocak-ukraine-invasion": "invasion",
    "e-kocak-russia-bandwidth-constrained": "Russia constrained",
    "e-kocak-shusha-signed": "Shusha Declaration",
    "e-carnegie-invasion-feb-2022": "invasion",
    "e-carnegie-balance-shifted": "balance shifted",
    "e-carnegie-upper-hand": "upper hand",
    "e-carnegie-requests-met-2023": "requests met",
    "e-carnegie-su24-downing": "jet downed",
    "e-carnegie-grain-deal-brokered": "grain deal",
    "e-carnegie-russia-walked-out": "Russia leaves",
    "e-kocak-vision-2040-adopted": "Istanbul summit",
    "e-kocak-us-leadership-declined": "US will to lead declines",
    "e-kocak-clarity-permissiveness-since-2020": "permissiveness rises",
    "e-kocak-hierarchies-loosened": "rules and hierarchies loosen",
}


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# --- stated causes as arrows ----------------------------------------------------------------------


def arrows_data() -> pd.DataFrame:
    """Stated causes: text, place, names, first and last days of cause and effect, and what the days allow."""
    found, events = order.arrows(), record().rows["events"]
    return pd.DataFrame(
        {
            "id": row.id,
            "text": row.text,
            "place": row.place,
            "cause": " and ".join(SHORT[name] for name in row.joined),
            "effect": SHORT[row.effect],
            "cause_from": row.cause_span[0],
            "cause_to": row.cause_span[1],
            "effect_from": row.effect_span[0],
            "effect_to": row.effect_span[1],
            "effect_open": events[row.effect].latest is None,
            "cause_open": events[row.cause].latest is None,
            "state": found.loc[row.Index, "by days"],
            "same_year": found.loc[row.Index, "same year"],
        }
        for row in found.itertuples()
    ).astype(str)


MARKS = {"as stated": ("✓", PINE), "open": ("○", GREY), "not as stated": ("✗", RUST)}
OLD = 1990  # the axis is broken before this year


def _bar(
    axes: Axes,
    first: str,
    last: str,
    open_end: str,
    y: float,
    colour: str,
    limits: tuple[float, float],
    least: float,
) -> float:
    """One dated span; returns the place where its arrow starts or ends."""
    left, right = year(_day(first)), year(_day(last)) + 1 / 365
    ends_open = open_end == "True"
    right = min(right, limits[1] - (0.25 if ends_open else 0))
    right = max(right, left + least)
    axes.barh(y, right - left, left=left, height=0.42, color=colour, linewidth=0, zorder=3)
    if ends_open:
        axes.plot([right + 0.08], [y], marker=">", markersize=4, color=colour, clip_on=False, zorder=3)
    return (left + min(right, left + 1)) / 2 if ends_open else (left + right) / 2


def draw_arrows(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Each stated cause above its effect on one axis of days, an arrow between them, and what the days allow."""
    figure, panels = sheet.open(
        136 if sheet.narrow else 148, ncols=2, sharey=True, width_ratios=(1, 4.4) if sheet.narrow else (1, 6)
    )
    limits = ((1943, 1954), (2015.8, 2025.2))
    figure.get_layout_engine().set(wspace=0.02)
    step, least = 2.7, 0.16 if sheet.narrow else 0.09
    for n, row in enumerate(data.itertuples()):
        y = n * step
        axes = panels[0] if _day(row.cause_from).year < OLD else panels[1]
        bounds = limits[0] if axes is panels[0] else limits[1]
        mark, colour = MARKS[row.state]
        start = _bar(axes, row.cause_from, row.cause_to, row.cause_open, y + 0.96, ORANGE, bounds, least)
        end = _bar(axes, row.effect_from, row.effect_to, row.effect_open, y + 1.76, BLUE, bounds, least)
        axes.annotate(
            "",
            (end, y + 1.64),
            (start, y + 1.08),
            arrowprops={
                "arrowstyle": "-|>" if row.state != "open" else "-",
                "color": INK,
                "linewidth": 1.1 if row.state != "open" else 0.8,
                "linestyle": "-" if row.state != "open" else (0, (1.5, 1.5)),
                "shrinkA": 0,
                "shrinkB": 0,
                "mutation_scale": 8,
            },
            zorder=5,
        )
        name = f"{row.cause} → {row.effect}"
        if not sheet.narrow:
            name += f" ({TEXT_NAMES[row.text]} {row.place.split()[1]})"
        panels[0].text(
            0,
            y + 0.22,
            name,
            transform=panels[0].get_yaxis_transform(),
            va="center",
            clip_on=False,
            zorder=6,
            in_layout=False,
            bbox=ON_WHITE,
        )
        panels[1].text(
            1,
            y + 0.22,
            f"{mark} {row.state}",
            transform=panels[1].get_yaxis_transform(),
            va="center",
            ha="right",
            color=colour,
            weight="bold" if row.state == "not as stated" else "normal",
        )
        for side in panels:
            side.axhline(y - 0.28, color=PALE, linewidth=0.6)
    panels[0].set_zorder(2)
    for side, bounds, ticks in zip(
        panels,
        limits,
        ((1950,), (2016, 2018, 2020, 2022, 2024)),
        strict=True,
    ):
        side.set(xlim=bounds, ylim=(len(data) * step - 0.2, -0.3), yticks=[], xticks=ticks, facecolor="none")
        side.spines[["top", "right", "left"]].set_visible(False)
        side.grid(axis="x", color=PALE, linewidth=0.4, zorder=0)
        side.set_axisbelow(True)
    figure.supxlabel("Days of cause (upper bar) and effect (lower bar), as printed", fontsize=sheet.size)
    return figure


def _states(data: pd.DataFrame) -> dict[str, int]:
    return {name: int((data.state == name).sum()) for name in order.STATES}


def _pairs(data: pd.DataFrame, name: str) -> str:
    return "; ".join(f"{row.cause} to {row.effect}" for row in data[data.state == name].itertuples())


def _old_year(data: pd.DataFrame) -> int:
    """The last year before the axis is broken."""
    return max(_day(row.effect_to).year for row in data.itertuples() if _day(row.cause_from).year < OLD)


def arrows_caption(data: pd.DataFrame) -> str:
    """What the bars and arrows are."""
    counts = _states(data)
    return (
        f"The {len(data)} stated causes whose ends the text itself dates. The upper bar holds the days that the print "
        "allows for the cause, the lower bar those for the effect; a triangle marks an end that is not printed. An "
        f"arrow is an order that the days settle, a dotted line an order that they leave open. By the "
        f"days {counts['as stated']} are as stated, {counts['open']} open, {counts['not as stated']} not as stated. An order as stated is no proof of a "
        f"cause. Very short spans are widened to be seen; the axis is broken after {_old_year(data)}. "
        f"Source: {sources(data.text)}."
    )


def arrows_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    counts, same = _states(data), int((data.same_year == "True").sum())
    return (
        f"Timeline of {len(data)} pairs of bars. Arrows run forward in {_pairs(data, 'as stated')}; "
        f"{counts['not as stated']} run backward. The other {counts['open']} pairs are joined by a dotted line without "
        f"a head: {same} carry one and the same year on both sides, the other {counts['open'] - same} overlap."
    )


def _span(first: str, last: str, open_end: str) -> str:
    """The days of one bar in words."""
    if open_end == "True":
        return f"from {days(_day(first), _day(first))} on"
    return days(_day(first), _day(last))


def arrows_description(data: pd.DataFrame) -> str:
    """Every pair of bars with its days and the order that they allow."""
    parts = {
        state: "; ".join(
            f"{row.cause} ({_span(row.cause_from, row.cause_to, row.cause_open)}) to {row.effect} "
            f"({_span(row.effect_from, row.effect_to, row.effect_open)}), {TEXT_NAMES[row.text]} {row.place.split()[-1]}"
            for row in data[data.state == state].itertuples()
        )
        for state in order.STATES
    }
    return (
        f"A timeline of {len(data)} stated causes, one below the other on an axis of days that is broken after the earliest. Each has a pair of "
        "bars: above, in orange, the days that the print allows for the cause; below, in blue, those for the effect; a triangle "
        "at the end of a bar says that its end is not printed. A solid arrow joins them where the days settle the order, a dotted "
        "line where they leave it open.\n\n"
        + " ".join(f"{capital(state)}: {said or 'none'}." for state, said in parts.items())
    )


# --- lags -----------------------------------------------------------------------------------------

MONTHS_IN = {"weeks": 7 * 4800 / 146097, "months": 1, "years": 12}


def lags_data() -> pd.DataFrame:
    """Each lag in months as the dates allow it, and the printed length under the plain reading, in months."""
    rows = []
    for row in order.lags().itertuples():
        hull = row.months.hull
        printed = record().rows["quantities"].get(row.printed)
        said = read(row.printed).hull if printed else None
        factor = MONTHS_IN[printed.unit] if printed else 0
        rows.append(
            {
                "from": SHORT[row[1]],
                "to": SHORT[row.to],
                "text": record().rows["events"][row.to].text,
                "low": str(hull.lo),
                "high": str(hull.hi),
                "printed": printed.printed if printed else "",
                "printed_low_months": float(said.lo) * factor if said else "",
                "printed_high_months": float(said.hi) * factor if said else "",
            }
        )
    return pd.DataFrame(rows)


def _number(text: str) -> float:
    top, _, bottom = text.partition("/")
    return int(top) / int(bottom or 1)


def draw_lags(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Lags as intervals of months, with the printed length in grey beneath where there is one."""
    figure, axes = sheet.open(80 if sheet.narrow else 88)
    names = {}
    for n, row in enumerate(data.itertuples()):
        low, high = _number(row.low), _number(row.high)
        axes.barh(n, max(high - low, 0.35), left=low, height=0.3, color=BLUE, linewidth=0, zorder=3)
        if row.printed:
            axes.barh(
                n + 0.3,
                row.printed_high_months - row.printed_low_months,
                left=row.printed_low_months,
                height=0.16,
                color=STONE,
                linewidth=0,
                zorder=3,
            )
            words = {"Within months": "within months"}
            short = words.get(row.printed, "")
            short = short or ("three weeks" if "three weeks" in row.printed else "one year")
            axes.text(
                max(row.printed_high_months, high) + 0.7,
                n + 0.12,
                f"“{short}”",
                va="center",
                color=GREY,
                fontsize=sheet.small,
                bbox=ON_WHITE,
            )
        names[n] = f"{row._1} →\n{row.to}"
    axes.axvline(0, color=INK, linewidth=0.8, zorder=2)
    name_rows(axes, names)
    axes.set(ylim=(len(data) - 0.4, -0.5), xlim=(-7, 38), xticks=[-6, 0, 6, 12, 18, 24, 30, 36])
    axes.set_xlabel("Months from the first to the second")
    return figure


def _lag(row) -> str:
    return f"{decimal(Fraction(row.low), 1, 'down')} to {decimal(Fraction(row.high), 1, 'up')}"


def lags_caption(data: pd.DataFrame) -> str:
    """What the bars are."""
    wide = max(data.itertuples(), key=lambda r: _number(r.high) - _number(r.low))
    return (
        "Lags that the texts build on, in months. Blue: all that the printed dates of both events allow. Grey, under "
        "it: the length that the text prints, on the plain reading. Left of zero the second event would come first. "
        f"The widest is {wide._1} to {wide.to}, {_lag(wide)} months. Source: {sources(data.text)}."
    )


def lags_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    return "Interval chart of lags in months. " + " ".join(
        f"{row._1[0].upper() + row._1[1:]} to {row.to}: {_lag(row)}." for row in data.itertuples()
    )


def _lag_words(row) -> str:
    """A lag in words, with the length printed for it."""
    said = f"{row._1} to {row.to} ({TEXT_NAMES[row.text]}): {_lag(row)} months by the dates"
    if not row.printed:
        return said
    ends = (
        decimal(Fraction(end), 1, side)
        for end, side in ((row.printed_low_months, "down"), (row.printed_high_months, "up"))
    )
    return f"{said}; printed “{row.printed}”, {' to '.join(ends)} months"


def lags_description(data: pd.DataFrame) -> str:
    """Every lag with its ends, and the printed length where there is one."""
    both = [row for row in data.itertuples() if _number(row.low) < 0 < _number(row.high)]
    return (
        f"An interval chart with {spelled(len(data))} rows, a pair of events in each; the horizontal axis is months from the first to "
        "the second event, with an upright line at zero. A blue bar holds every lag that the printed dates allow; under it, where "
        "the text prints a length, a thin grey bar holds that length on the plain reading.\n\n"
        + capital(". ".join(capital(_lag_words(row)) for row in data.itertuples()))
        + ".\n\nThe bar crosses the upright line, so that either event may have come first, for "
        + listed(f"{row._1} to {row.to}" for row in both)
        + "."
    )


# --- several conditions, several beginnings -----------------------------------------------------------------


def openings_data() -> pd.DataFrame:
    """The days on which each condition that the chapter names can have begun, and the day of the declaration."""
    rows = []
    for name, dated_by in {**order.OPENINGS, order.SHUSHA: order.SHUSHA}.items():
        row, dating = (record().rows["events"][n] for n in (name, dated_by))
        first, last = order.known().opening(dated_by)
        rows.append(
            {
                "id": name,
                "name": SHORT[name],
                "place": place(row),
                "phrase": dating.date_printed,
                "from": first,
                "to": last,
                "open": last == record().rows["texts"][row.text].latest,
            }
        )
    return pd.DataFrame(rows).astype(str)


def draw_openings(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """First days of each condition as bars, one a paragraph, against the day of the first dated outcome."""
    figure, axes = sheet.open(58 if sheet.narrow else 62)
    outcome = data[data.id == order.SHUSHA].iloc[0]
    rows = data[data.id != order.SHUSHA].sort_values("from", kind="stable")
    mark = year(_day(outcome["from"]))
    names = {}
    for n, (_, row) in enumerate(rows.iterrows()):
        left, right = year(_day(row["from"])), min(year(_day(row["to"])), 2026.4)
        axes.barh(n, right - left, left=left, height=0.45, color=ORANGE, linewidth=0, zorder=3)
        if row["open"] == "True":
            axes.plot([2026.55], [n], marker=">", markersize=4, color=ORANGE, clip_on=False, zorder=3)
        names[n] = f"{row['name']}\n¶{row['place'].split('¶')[1]}"
    axes.axvline(mark, color=INK, linewidth=1.1, zorder=4)
    axes.text(
        mark,
        1.01,
        outcome["name"],
        transform=axes.get_xaxis_transform(),
        ha="center",
        va="bottom",
        color=INK,
    )
    name_rows(axes, names)
    axes.set(ylim=(len(rows) - 0.5, -0.5), xlim=(2009.5, 2026.6), xticks=[2010, 2013, 2016, 2019, 2022, 2025])
    axes.set_xlabel("Days on which it can have begun" + ("" if sheet.narrow else ", as printed"))
    return figure


def openings_caption(data: pd.DataFrame) -> str:
    """What opens when."""
    return (
        "When each condition that the book chapter names began, by paragraph. A bar holds every day on which the "
        "printed phrase lets that condition begin. The upright line is the first dated outcome, "
        f"the Shusha Declaration of {data[data.id == order.SHUSHA].iloc[0]['from']}. "
        f"Source: {sources(record().find(name).text for name in data.id)}."
    )


def openings_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    rows = data[(data.id != order.SHUSHA)].sort_values("from", kind="stable")
    outcome = data[data.id == order.SHUSHA].iloc[0]["from"]
    late = [
        row.name
        for row in rows.rename(columns={"from": "first"}).itertuples(index=False)
        if row.first > outcome
    ]
    first = rows["from"]
    return (
        f"Bar chart of beginnings between {min(first)[:4]} and {max(first)[:4]}. "
        + " ".join(
            f"{r['name'][0].upper() + r['name'][1:]}: from {r['from'][:4]}." for _, r in rows.iterrows()
        )
        + f" A line stands at {outcome}; to its right begins only: {', '.join(late)}."
    )


def openings_description(data: pd.DataFrame) -> str:
    """Every condition with the days on which it can have begun, and the line."""
    rows = data[data.id != order.SHUSHA].sort_values("from", kind="stable")
    outcome = data[data.id == order.SHUSHA].iloc[0]
    at = days(_day(outcome["from"]), _day(outcome["to"]))
    sides: dict[str, list[str]] = {}
    for _, row in rows.iterrows():
        side = (
            "wholly left of"
            if row["to"] < outcome["from"]
            else "wholly right of"
            if row["from"] > outcome["to"]
            else "across"
        )
        sides.setdefault(side, []).append(row["name"])
    return (
        f"A bar chart of {spelled(len(rows))} conditions, the earliest beginning at the top, over an axis of days. A bar holds every day "
        f"on which the condition can have begun, as printed; an upright line stands at {at}, the {outcome['name']}.\n\n"
        + capital(
            "; ".join(
                f"{row['name']} ({row['place'].split()[-1]}, “{row['phrase']}”): {_span(row['from'], row['to'], row['open'])}"
                for _, row in rows.iterrows()
            )
        )
        + ". "
        + " ".join(f"{capital(side)} the line: {listed(names)}." for side, names in sides.items())
    )


def _arrow_rows() -> tuple[str, ...]:
    """The events at the ends of the arrows, what dates them, and the links that the arrows stand for."""
    drawn = order.arrows()
    pairs = {(cause, row.effect) for row in drawn.itertuples() for cause in row.joined}
    told = record().rows["links"].values()
    ends = with_anchors(n for row in drawn.itertuples() for n in (*row.joined, row.effect))
    return (*ends, *(link.id for link in told if (link.cause, link.effect) in pairs))


FIGURES = (
    Figure(
        id="fig-order-stated-causes",
        title="What the dates allow of stated causes",
        chapter=CHAPTER,
        claims=("c-carnegie-coup-chain", "c-carnegie-soviet-demands-nato"),
        rows=_arrow_rows(),
        first="0.1.0",
        changed="0.1.0",
        data=arrows_data,
        draw=draw_arrows,
        caption=arrows_caption,
        alt=arrows_alt,
        description=arrows_description,
    ),
    Figure(
        id="fig-order-lags",
        title="Lags in months, and the lengths printed for them",
        chapter=CHAPTER,
        claims=("c-carnegie-grain-one-year", "c-kocak-within-months"),
        rows=tuple(dict.fromkeys(n for lag in order.LAGS for n in lag if n)),
        first="0.1.0",
        changed="0.1.0",
        data=lags_data,
        draw=draw_lags,
        caption=lags_caption,
        alt=lags_alt,
        description=lags_description,
    ),
    Figure(
        id="fig-order-openings",
        title="When the conditions that the chapter names began",
        chapter=CHAPTER,
        claims=("c-kocak-permissiveness-since-2020",),
        rows=(*dict.fromkeys(n for pair in order.OPENINGS.items() for n in pair), order.SHUSHA),
        first="0.1.0",
        changed="0.1.0",
        data=openings_data,
        draw=draw_openings,
        caption=openings_caption,
        alt=openings_alt,
        description=openings_description,
    ),
)
