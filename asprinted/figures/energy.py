"""Figures of the chapter on energy dependence."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
from matplotlib.figure import Figure as Drawing

from asprinted import energy
from asprinted.display import decimal, words
from asprinted.figures.frames import plain_words, set_row, sets_of
from asprinted.figures.prose import TEXT_NAMES, capital, listed, places, under_readings
from asprinted.figures.sources import codings
from asprinted.figures.spec import Figure
from asprinted.figures.strips import draw_readings, key, name_rows, reading_handles
from asprinted.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PALE, PINE, RUST, SKY, STONE, Sheet
from asprinted.measures import certainty, herfindahl_set, threshold_rule
from asprinted.readings import READINGS
from asprinted.record import record
from asprinted.sets import INF, RealSet, between, point
from asprinted.texts import sources
from asprinted.values import digits, read

CHAPTER = "energy-dependence"
TWICE = 2  # the mark of the ruler: what “doubled” asks


# --- one ruler: what grew, and what "doubled" asks -----------------------------------------------


def doubled_data() -> pd.DataFrame:
    """Growth factors from 2021 to 2022 and the factors that the two phrases claim, under each reading."""
    rows = [
        set_row(label, reading, numbers)
        for label, sets in energy.growths().items()
        for reading, numbers in sets.items()
    ]
    senses = [h.sense for h in record().hedge_senses("doubled")]
    rows += [
        set_row(f"doubled: {sense}", reading, read(energy.DOUBLED, reading, sense))
        for sense in senses
        for reading in READINGS
    ]
    rows += [set_row("nearly doubled", reading, read(energy.NEARLY_DOUBLED, reading)) for reading in READINGS]
    return pd.DataFrame(rows)


DOUBLED_ROWS = {
    "coal": ("Coal (tonnes)", ORANGE),
    "both fuels": ("Both fuels (tonnes)", ORANGE),
    "oil products": ("Oil products (tonnes)", ORANGE),
    "trade, from its legs": ("Trade, from its legs (dollars)", BLUE),
    "trade, from its totals": ("Trade, from totals (dollars)", BLUE),
}
CLAIMED_ROWS = {
    "doubled: at least twice": "“doubled”: at least twice",
    "doubled: about twice": "“doubled”: about twice",
    "nearly doubled": "“nearly doubled”",
}


def draw_doubled(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Growth factors as nested intervals on one axis, above the factors that the phrases claim."""
    figure, axes = sheet.open(82 if sheet.narrow else 98)
    bounds = (1.4, 2.6)
    names, y = {}, 0.0
    scale = 0.75 if sheet.narrow else 1.0
    for label, (name, colour) in DOUBLED_ROWS.items():
        draw_readings(axes, sets_of(data, label), y, colour, bounds, scale)
        names[y] = name
        y -= 1
    y -= 0.5
    axes.axhline(y + 0.75, color=PALE, linewidth=0.8)
    for label, name in CLAIMED_ROWS.items():
        draw_readings(axes, sets_of(data, label), y, GREY, bounds, scale)
        names[y] = name
        y -= 1
    axes.axvline(2, color=INK, linewidth=0.9, zorder=2)
    axes.set_title("twice", x=0.5, fontsize=sheet.size, color=INK, pad=3)
    name_rows(axes, names)
    axes.tick_params(axis="y", pad=6)
    axes.set(xlim=bounds, ylim=(y + 0.4, 0.6), xticks=[1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6])
    axes.set_xlabel("2022 as a multiple of 2021")
    key(figure, reading_handles(scale), 3, sheet)
    return figure


def _beside(numbers: RealSet, mark: int) -> str:
    """Where a set lies beside a mark."""
    above = between(Fraction(mark), INF, "()")
    if numbers <= above:
        return "wholly above"
    return "across" if numbers & above else "wholly below"


DOUBLED_ROWS_DRAWN = (
    *energy.COAL,
    *energy.OIL,
    *energy.LEGS,
    *energy.TRADE,
    energy.DOUBLED,
    energy.NEARLY_DOUBLED,
)


def doubled_caption(data: pd.DataFrame) -> str:
    """What the reader sees and how to read the bars."""
    earlier, later = (record().rows["quantities"][row].period for row in energy.COAL)
    return (
        f"One ruler for “{digits(energy.DOUBLED)}” and “nearly {digits(energy.NEARLY_DOUBLED)}”: growth from {earlier} to {later} as the printed figures allow it "
        "(colour), above the growth that each phrase claims (grey). Thin bars are the loose reading, thicker ones "
        "the plain, thickest or upright marks the tight; arrowheads run on beyond the axis. On the plain reading coal "
        f"grew by a factor of {plain_words(data, 'coal', 2)}, oil products by {plain_words(data, 'oil products', 2)}, "
        f"both together by {plain_words(data, 'both fuels', 2)}, in tonnes; total trade by a factor "
        f"{plain_words(data, 'trade, from its legs', 2)}, in dollars. Source: {places(*DOUBLED_ROWS_DRAWN)}."
    )


def doubled_alt(data: pd.DataFrame) -> str:
    """The figure in words: direction and magnitude."""
    least, about, nearly = "doubled: at least twice", "doubled: about twice", "nearly doubled"
    said = [
        f"{name} {_beside(sets_of(data, label)['plain'], 2)} the line, at {plain_words(data, label, 2)} times"
        for label, name in (
            ("coal", "Coal lies"),
            ("oil products", "Oil products lie"),
            ("both fuels", "The sum of both lies"),
            ("trade, from its legs", "Total trade reckoned from its printed legs lies"),
            ("trade, from its totals", "Total trade from the hedged totals alone lies"),
        )
    ]
    return (
        f"Interval chart with a line at {TWICE} times. {'. '.join(said)}. Below, in grey, the ranges claimed: {least.partition(': ')[2]} runs "
        f"from {decimal(sets_of(data, 'doubled: at least twice')['plain'].hull.lo, 1, 'down')} up, {about.partition(': ')[2]} from "
        f"{plain_words(data, 'doubled: about twice', 1)}, {nearly} stops short of "
        f"{decimal(sets_of(data, 'nearly doubled')['plain'].hull.hi, 1, 'up')}."
    )


def doubled_description(data: pd.DataFrame) -> str:
    """Every bar with its ends under the readings, above and below the line between what grew and what is claimed."""
    grew = "; ".join(
        f"{name[0].lower()}{name[1:]}: {under_readings(sets_of(data, label))}"
        for label, (name, _) in DOUBLED_ROWS.items()
    )
    asked = "; ".join(
        f"{name}: {under_readings(sets_of(data, label))}" for label, name in CLAIMED_ROWS.items()
    )
    earlier, later = (record().rows["quantities"][row].period for row in energy.COAL)
    short = [
        name
        for label, (name, _) in DOUBLED_ROWS.items()
        if _beside(sets_of(data, label)["plain"], TWICE) == "wholly below"
    ]
    return (
        f"An interval chart. The horizontal axis is {later} as a multiple of {earlier}; an upright line stands at {decimal(Fraction(TWICE), 0)}. Each row has nested bars on one line: a thin one for the loose reading, a thicker one for the plain, the "
        "thickest, or an upright mark, for the tight; an arrowhead at the edge says that a bar runs on beyond the axis.\n\n"
        f"Above, in colour, what the printed figures allow, in times the earlier value. {capital(grew)}.\n\n"
        f"Below a rule, in grey, what the phrases claim: {asked}. On the plain reading {listed(name[0].lower() + name[1:] for name in short)} "
        "lie wholly short of the line."
    )


# --- gas: what one share allows -------------------------------------------------------------------


RULES = ("any split", "none larger")
GAS_TOLD = Fraction(1, 20)  # the description tells the curves at multiples of this share
DRAWN_SHARES = sorted([*(Fraction(k, 200) for k in range(50, 111)), Fraction(1, 3)])


def gas_data() -> pd.DataFrame:
    """Russia's share, the indices it allows under two rules for each reading, and the curves of their upper ends."""
    rows = [set_row("Russia's share", reading, read(energy.GAS, reading)) for reading in READINGS]
    rows += [
        set_row(rule, reading, energy.gas_concentration(reading, rule).values)
        for rule in RULES
        for reading in READINGS
    ]
    rows.append(set_row("threshold", "as set", point(energy.EU_THRESHOLD)))
    rows += [
        set_row(f"curve, {rule}", str(share), herfindahl_set(point(share), rule).values)
        for rule in RULES
        for share in DRAWN_SHARES
    ]
    return pd.DataFrame(rows)


def _curve(data: pd.DataFrame, rule: str) -> pd.DataFrame:
    rows = data[data.label == f"curve, {rule}"]
    return pd.DataFrame(
        {
            "share": [float(Fraction(x)) for x in rows.reading],
            "low": [float(Fraction(x)) for x in rows.low],
            "high": [float(Fraction(x)) for x in rows.high],
        }
    )


def draw_gas(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Concentration against the known share: the region allowed by any split, and that with none larger."""
    figure, axes = sheet.open(78 if sheet.narrow else 96)
    free, capped = (_curve(data, rule) for rule in RULES)
    axes.fill_between(free.share, capped.high, free.high, color=SKY, alpha=0.30, linewidth=0)
    axes.fill_between(capped.share, capped.low, capped.high, color=BLUE, alpha=0.55, linewidth=0)
    axes.plot(free.share, free.high, color=BLUE, linewidth=1, linestyle=(0, (4, 2)))
    axes.plot(capped.share, capped.high, color=BLUE, linewidth=1.4)
    axes.plot(capped.share, capped.low, color=BLUE, linewidth=1)
    plain, loose = (sets_of(data, "Russia's share")[reading].hull for reading in ("plain", "loose"))
    axes.axvspan(float(plain.lo), float(plain.hi), color=ORANGE, alpha=0.16, linewidth=0)
    for x, style in ((plain.lo, "-"), (plain.hi, "-"), (loose.lo, (0, (1, 2)))):
        axes.axvline(float(x), color=ORANGE, linewidth=1, linestyle=style)
    threshold = float(sets_of(data, "threshold")["as set"].hull.lo)
    axes.axhline(threshold, color=INK, linewidth=1, linestyle=(0, (1, 1.5)))
    text = {"fontsize": sheet.size, "color": INK}
    axes.text(0.548, threshold + 0.008, f"EU criterion {threshold:.1f}", ha="right", va="bottom", **text)
    words_ = "“almost\n40\npercent”" if sheet.narrow else "“almost\n40 percent”"
    axes.text(0.375, 0.692, words_, ha="center", va="top", **text)
    for x, word in ((float(loose.lo), "loose"), (float(plain.lo), "plain")):
        axes.text(x + 0.002, 0.02, word, ha="left", va="bottom", fontsize=sheet.small, color=INK)
    axes.text(0.41, 0.54, "rest in one hand", ha="left", va="bottom", **text)
    axes.text(0.405, 0.29, "no supplier larger\nthan Russia", ha="left", va="center", **text)
    axes.text(0.43, 0.10, "rest splintered", ha="left", va="center", **text)
    axes.set(xlim=(0.25, 0.55), ylim=(0, 0.7), xlabel="Russia's share of Türkiye's gas needs, 2022")
    axes.set_ylabel("Herfindahl-Hirschman index")
    axes.xaxis.set_major_formatter(lambda x, _: f"{x * 100:.0f}%")
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def gas_caption(data: pd.DataFrame) -> str:
    """What the region means and what it makes of the threshold."""
    any_split, none_larger = (sets_of(data, rule)["plain"] for rule in ("any split", "none larger"))
    return (
        "What one printed share says of concentration. For each share that Russia may have had (horizontal), the "
        "Herfindahl-Hirschman index of supply lies in the light or the dark region if the rest may be split in any "
        "way, and in the dark region if no supplier was larger than Russia. The band is the plain reading of the "
        f"print, the dotted line the lower end of the loose one. On the plain reading the index is {words(any_split, 2)} in the "
        f"first case and {words(none_larger, 2)} in the second; a concentration above {decimal(energy.EU_THRESHOLD, 1)} is "
        "one of the criteria by which the EU screens its imports from outside for dependence. "
        f"Source: {places(energy.GAS)}."
    )


def gas_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    any_split, none_larger = (sets_of(data, rule)["plain"] for rule in RULES)
    share = sets_of(data, "Russia's share")["plain"].hull
    mark = energy.EU_THRESHOLD
    return (
        "Area chart of the concentration index against Russia's share of gas needs. Within the printed band from "
        f"{decimal(share.lo * 100, 0, 'down')} to {decimal(share.hi * 100, 0, 'up')} percent the index may lie anywhere from "
        f"{decimal(any_split.hull.lo, 2, 'down')} to {decimal(any_split.hull.hi, 2, 'up')} if the rest is split freely: "
        f"{certainty(threshold_rule(any_split, mark))} above {decimal(mark, 1)}. If no supplier is larger than Russia it ends "
        f"at {decimal(none_larger.hull.hi, 2, 'up')}: {certainty(threshold_rule(none_larger, mark))} above it."
    )


def _at_shares(data: pd.DataFrame) -> str:
    """The edges of the regions at a few shares, evenly spread over the axis."""
    free, capped = (data[data.label == f"curve, {rule}"].set_index("reading") for rule in RULES)
    shares = [share for share in free.index if Fraction(share) % GAS_TOLD == 0]
    return "; ".join(
        f"{decimal(Fraction(share) * 100, 0)} percent: {decimal(Fraction(capped.low[share]), 2)}, "
        f"{decimal(Fraction(capped.high[share]), 2)} and {decimal(Fraction(free.high[share]), 2)}"
        for share in shares
    )


def gas_description(data: pd.DataFrame) -> str:
    """The axes, the edges of both regions along the axis, the printed share and what it allows under each reading."""
    mark = sets_of(data, "threshold")["as set"].hull.lo
    share = sets_of(data, "Russia's share")
    any_split, none_larger = (sets_of(data, rule)["plain"] for rule in RULES)
    return (
        "An area chart. The horizontal axis is Russia's share of Türkiye's gas needs, the vertical axis the "
        "Herfindahl-Hirschman index of concentration. A lower curve rises gently: the rest of the supply is splintered. A "
        "middle curve bounds the dark region: no supplier is larger than Russia. A dashed upper curve bounds the light region: "
        "the rest lies in one hand. At shares along the axis the lower, the middle and the upper curve stand as follows. "
        f"At {_at_shares(data)}.\n\n"
        f"An orange band marks the share as printed, “almost {digits(energy.GAS)} percent”: "
        f"{under_readings(share, 0, 'percent', ' percent')}. The index that it allows is, if the rest is split "
        f"in any way, {under_readings(sets_of(data, RULES[0]))}; if no supplier is larger, {under_readings(sets_of(data, RULES[1]))}. A dotted "
        f"horizontal line at {decimal(mark, 1)} is the EU criterion. On the plain reading the index is "
        f"{certainty(threshold_rule(any_split, mark))} above it if the rest is split in any way, and "
        f"{certainty(threshold_rule(none_larger, mark))} above it if no supplier is larger."
    )


# --- pipes and plants -----------------------------------------------------------------------------


def projects_data() -> pd.DataFrame:
    """Every mention of a pipe or plant with its supplier, text and days."""
    return energy.projects()


SUPPLIER_COLOURS = {  # of bars and of type; of a supplier that is open or not named there is none
    "Russia": (ORANGE, RUST),
    "Soviet Union": (ORANGE, RUST),
    "Azerbaijan": (BLUE, BLUE),
    "Gulf states": (GREEN, PINE),
}


def _printed_date(mention) -> str:
    """A mention's days in short: "1988", "1960s", "Mar-May 2023", and whether only a cited title prints it."""
    first, last = mention.earliest, mention.latest
    if mention.open_ended:
        return f"{first.year} or later"
    if first.year != last.year:
        text = f"{first.year}s"
    elif (first.month, last.month) == (1, 12):
        text = str(first.year)
    else:
        text = f"{first:%b}–{last:%b} {last.year}"
    return f"{text}, in a title" if mention.in_a_title else text


def _undated(rows: pd.DataFrame) -> list[str]:
    """The texts that mention a project without a date."""
    return [name for text, name in TEXT_NAMES.items() if text in set(rows[rows.earliest.isna()].text)]


def draw_projects(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Projects by supplier: dated spans on the axis, undated mentions in a strip of their own."""
    figure, (axes, strip) = sheet.open(
        112 if sheet.narrow else 122, ncols=2, sharey=True, width_ratios=(1.6, 1) if sheet.narrow else (3, 1)
    )
    names, y = {}, -1
    for supplier, mentions in data.groupby("supplier", sort=False):
        colour, type_colour = SUPPLIER_COLOURS.get(supplier, (STONE, GREY))
        y += 1
        names[y] = (supplier, type_colour)
        for side in (axes, strip):
            side.axhline(y - 0.5, color=PALE, linewidth=0.8)
        for project, rows in mentions.groupby("project", sort=False):
            y += 1
            names[y] = (project, INK)
            undated = _undated(rows)
            for row in rows[rows.earliest.notna()].itertuples():
                left, right = energy.year(row.earliest), energy.year(row.latest)
                shade = 0.4 if row.in_a_title else 1
                axes.barh(y, right - left, left=left, height=0.5, color=colour, alpha=shade, linewidth=0)
                axes.plot([(left + right) / 2], [y], marker="|", markersize=6, color=colour, alpha=shade)
                after = row.latest.year < 1980
                axes.text(
                    right + 1 if after else left - 0.8,
                    y,
                    _printed_date(row),
                    va="center",
                    ha="left" if after else "right",
                    fontsize=sheet.small,
                    color=INK,
                )
            if undated:
                strip.text(
                    0.05,
                    y,
                    "◇ " + ", ".join(undated),
                    va="center",
                    fontsize=sheet.small,
                    color=INK,
                )
    for side in (axes, strip):
        name_rows(side, {at: name for at, (name, _) in names.items()}, grid=False)
    for tick, (_, colour) in zip(axes.get_yticklabels(), names.values(), strict=True):
        tick.set_color(colour)
        tick.set_fontweight("normal" if colour == INK else "bold")
    axes.set(ylim=(y + 0.6, -0.6), xlim=(1958, 2026), xticks=[1960, 1980, 2000, 2020])
    axes.set_title("date as printed", fontsize=sheet.size, color=INK, loc="left", pad=3)
    strip.set(xlim=(0, 1), xticks=[])
    strip.set_title("undated, by text", fontsize=sheet.size, color=INK, loc="left", pad=3)
    strip.spines["bottom"].set_visible(False)
    return figure


RUSSIAN = ("Russia", "Soviet Union")


def _counts(data: pd.DataFrame) -> tuple[int, int, list[str]]:
    """How many projects there are, how many have a date of the text's own, and which of those are Russian."""
    with_date = energy.dated(data).drop_duplicates(["supplier", "project"])
    russian = with_date[with_date.supplier.isin(RUSSIAN)].project.tolist()
    return len(data.drop_duplicates(["supplier", "project"])), len(with_date), russian


def projects_caption(data: pd.DataFrame) -> str:
    """What is dated and what is not."""
    every, with_date, russian = _counts(data)
    return (
        f"Pipes and plants that the texts name, by supplier. Of {every} projects {with_date} have a date of the "
        f"text's own, {len(russian)} of them Russian or Soviet; bars span the days that the print allows, an upright mark their middle. "
        "Akkuyu is dated by an inauguration, while the same paper says elsewhere that the plant is being built. Diamonds mark mentions without a date, by text (journal article, Carnegie paper, book chapter); the pale bar is dated only by "
        f"the title of a cited work. Source: {sources(data.text)}."
    )


def projects_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    every, with_date, russian = _counts(data)
    first = min(day.year for day in data.earliest if pd.notna(day))
    return (
        f"Timeline of {every} energy projects from {first} on. {with_date} carry a date of the text's own, "
        f"{len(russian)} of them Russian or Soviet: {', '.join(russian)}. Pipelines from Azerbaijan and the plants still "
        "under negotiation stand only in the column of undated mentions."
    )


def _mentions(rows: pd.DataFrame) -> str:
    """A project's dates and, by text, its mentions without one."""
    said = [
        f"{_printed_date(row).replace('–', ' to ')} ({TEXT_NAMES[row.text]})"
        for row in rows.itertuples()
        if pd.notna(row.earliest)
    ]
    if undated := _undated(rows):
        said.append(f"undated ({listed(undated)})")
    return ", ".join(said)


def projects_description(data: pd.DataFrame) -> str:
    """Every project by supplier, with its dates and the texts that leave it undated."""
    every, with_date, russian = _counts(data)
    return (
        f"A timeline of {every} pipes and plants, grouped by supplier, one a row. On the left an axis of years: a bar spans the "
        "days that the print allows and carries the date as printed; a pale bar rests on the title of a cited work. On the "
        "right, in a column of its own, a diamond with the name of each text that mentions the project and gives no date.\n\n"
        + " ".join(
            f"{capital(str(supplier))}: "
            + "; ".join(
                f"{project}, {_mentions(rows)}" for project, rows in mentions.groupby("project", sort=False)
            )
            + "."
            for supplier, mentions in data.groupby("supplier", sort=False)
        )
        + f"\n\n{with_date} projects have a date of the text's own, {len(russian)} of them Russian or Soviet."
    )


FIGURES = (
    Figure(
        id="fig-energy-doubled",
        title="What grew, and what “doubled” asks",
        chapter=CHAPTER,
        claims=(
            "c-carnegie-coal-doubled",
            "c-carnegie-oil-products-doubled",
            "c-carnegie-both-doubled",
            "c-carnegie-trade-nearly-doubled",
        ),
        rows=(*energy.OIL, *energy.COAL, *energy.LEGS, *energy.TRADE, energy.DOUBLED, energy.NEARLY_DOUBLED),
        first="0.1.0",
        changed="0.1.0",
        data=doubled_data,
        draw=draw_doubled,
        caption=doubled_caption,
        alt=doubled_alt,
        description=doubled_description,
    ),
    Figure(
        id="fig-energy-gas-concentration",
        title="What one share says of concentration",
        chapter=CHAPTER,
        claims=("c-carnegie-gas-top",),
        rows=(energy.GAS,),
        first="0.1.0",
        changed="0.1.0",
        data=gas_data,
        draw=draw_gas,
        caption=gas_caption,
        alt=gas_alt,
        description=gas_description,
    ),
    Figure(
        id="fig-energy-projects",
        title="Pipes and plants, dated and undated",
        chapter=CHAPTER,
        claims=("c-kurnaz-energy-dependence", "c-kocak-tanap-frees-baku", "c-carnegie-pipelines-later"),
        rows=(*energy.projects()["id"], *codings(("energy project", "energy supplier"))),
        first="0.1.0",
        changed="0.1.0",
        data=projects_data,
        draw=draw_projects,
        caption=projects_caption,
        alt=projects_alt,
        description=projects_description,
    ),
)
