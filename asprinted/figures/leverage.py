"""Figures of the chapter on leverage."""

from __future__ import annotations

import textwrap
from fractions import Fraction

import pandas as pd
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from asprinted import energy, leverage
from asprinted.display import words
from asprinted.figures.frames import set_of
from asprinted.figures.prose import days, listed, under_readings
from asprinted.figures.sources import codings, with_anchors
from asprinted.figures.spec import Figure
from asprinted.figures.strips import draw_readings, key, name_rows, reading_handles
from asprinted.figures.style import BLUE, GREEN, GREY, INK, ON_WHITE, ORANGE, PALE, RUST, WHITE, Sheet
from asprinted.readings import READINGS
from asprinted.record import record
from asprinted.sets import RealSet
from asprinted.texts import short_name
from asprinted.values import digits

CHAPTER = "asymmetric-leverage"


# --- the ledger -----------------------------------------------------------------------------------

SIDES = ("Moscow", "Ankara")
CODED = ("ledger", "period", "request by", "answer", "told as")
CARD = "energy card"


def _entry(case, side: str) -> str:
    """What a case says on one side of the ledger."""
    if case.answer == "met":
        if side == "Moscow":
            return CARD
        return "request met" if case.asker == "Ankara" else f"{ASKERS[case.asker]} wish met"
    if (case.giver, case.answer) == ("Ankara", "withdrawn"):
        return "Ankara's own step"
    return f"{case.giver} refused" if case.answer == "refused" else f"{case.giver} withdrew"


ASKERS = {"Azerbaijan": "Baku's", "Moscow": "Moscow's", "the West": "the West's", "none stated": "unstated"}


def ledger_data() -> pd.DataFrame:
    """Entries of the ledger with Moscow since the war: case, side, what it says there, where, and whether told."""
    rows = []
    for case in leverage.ledger().itertuples():
        for side in SIDES:
            if side not in case.sides:
                continue
            told = side in case.told_at
            rows.append(
                {
                    "id": case.id,
                    "case": case.case,
                    "side": side,
                    "entry": _entry(case, side),
                    "paragraph": case.told_at[side] if told else case.places[0],
                    "told": told,
                    "both": len(case.sides) > 1,
                }
            )
    return pd.DataFrame(rows)


def _counts(data: pd.DataFrame) -> tuple[int, int, int]:
    """Cases on Moscow's side only, on both, on Ankara's side only."""
    alone = data[~data.both].side.value_counts()
    return alone.get("Moscow", 0), data[data.both].id.nunique(), alone.get("Ankara", 0)


def draw_ledger(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Cases down the middle; an entry to the left or right on whose side it stands; the payments on both."""
    figure, axes = sheet.open(104 if sheet.narrow else 108)
    order = [i for both in (True, False) for i in dict.fromkeys(data[data.both == both].id)]
    order.sort(key=lambda i: (not data[data.id == i].both.all(), data[data.id == i].side.iloc[0] != "Ankara"))
    reach, inner = 50, 21
    colours = {"Moscow": RUST, "Ankara": BLUE}
    y = 0.0
    for number, identifier in enumerate(order):
        entries = data[data.id == identifier]
        if number and not entries.both.all() and data[data.id == order[number - 1]].both.all():
            y -= 0.35
        label = entries.case.iloc[0]
        if entries.both.all():
            axes.add_patch(
                Rectangle((-reach, y - 0.5), 2 * reach, 1, facecolor=PALE, alpha=0.55, linewidth=0)
            )
        axes.text(
            0,
            y,
            "\n".join(textwrap.wrap(label, 22)) if sheet.narrow else label,
            ha="center",
            va="center",
            fontsize=sheet.size,
            color=INK,
            fontweight="bold" if entries.both.all() else "normal",
            linespacing=1.0,
        )
        for entry in entries.itertuples():
            left = inner if entry.side == "Ankara" else -reach
            axes.add_patch(
                Rectangle(
                    (left, y - 0.36),
                    reach - inner,
                    0.72,
                    facecolor=colours[entry.side] if entry.told else WHITE,
                    edgecolor=colours[entry.side],
                    linewidth=0.9,
                    linestyle="-" if entry.told else (0, (3, 2)),
                )
            )
            gap = "\n" if sheet.narrow and len(entry.entry) > 8 else ", "
            axes.text(
                left + (reach - inner) / 2,
                y,
                f"{entry.entry}{gap}¶{entry.paragraph}",
                ha="center",
                va="center",
                fontsize=sheet.small,
                color=WHITE if entry.told else INK,
                fontweight="bold" if entry.told else "normal",
                linespacing=1.0,
            )
        y -= 1
    moscow, both, ankara = _counts(data)
    axes.axhline(y + 0.4, color=GREY, linewidth=0.7)
    for x, text in (
        (-(reach + inner) / 2, f"only here: {moscow}"),
        (0, f"on both sides: {both}"),
        ((reach + inner) / 2, f"only here: {ankara}"),
    ):
        axes.text(x, y, text, ha="center", va="center", fontsize=sheet.size, color=INK, fontweight="bold")
    heads = {"Moscow": "counts for\nMoscow", "Ankara": "counts for\nAnkara"}
    for side, x in (("Moscow", -(reach + inner) / 2), ("Ankara", (reach + inner) / 2)):
        axes.text(
            x,
            0.95,
            heads[side],
            ha="center",
            va="center",
            fontsize=sheet.size,
            color=colours[side],
            fontweight="bold",
            linespacing=1.0,
        )
    axes.set(xlim=(-reach - 1, reach + 1), ylim=(y - 0.4, 1.4))
    axes.axis("off")
    return figure


def _told(data: pd.DataFrame) -> str:
    """As what the filled entries are told, each with its paragraphs."""
    told = data[data.told]
    card = told.entry == CARD
    kinds = {
        "the Kremlin's card": card,
        "Ankara's gain": told.side == "Ankara",
        "a limit of Ankara's leverage": (told.side == "Moscow") & ~card,
    }
    return listed(
        (
            f"as {name} ({', '.join(str(p) for p in sorted(set(told[which].paragraph)))})"
            for name, which in kinds.items()
        ),
        "or",
    )


def ledger_caption(data: pd.DataFrame) -> str:
    """How to read the two columns."""
    at = {side: sorted(set(data[data.both & (data.side == side)].paragraph)) for side in SIDES}
    return (
        "Requests and refusals between Ankara and Moscow since the war, as the Carnegie paper tells them. A filled entry: "
        f"the paragraph named tells it {_told(data)}. A dashed one: not told so, but placed by the "
        "rule that a refusal or withdrawal shows the strength of the one who makes it. The bottom line counts steps. The payments in bold stand on both sides: they "
        f"are the Kremlin's energy card in paragraph {at['Moscow'][0]} and Ankara's requests met in paragraph "
        f"{at['Ankara'][0]}. Source: {short_name(leverage.TEXT)}, first coding."
    )


def ledger_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    moscow, both, ankara = _counts(data)
    only = {s: "; ".join(data[~data.both & (data.side == s)].case) for s in SIDES}
    return (
        f"Ledger of {data.id.nunique()} cases in columns for Moscow and Ankara. {both} payments have an entry in both columns. {ankara} cases "
        f"stand under Ankara alone: {only['Ankara']}. {moscow} stand under Moscow alone: {only['Moscow']}. With the payments "
        f"under Ankara the columns hold {ankara + both} and {moscow}; with the payments under Moscow, {ankara} and "
        f"{moscow + both}."
    )


def _entries(rows: pd.DataFrame) -> str:
    """A case with its entries, left to right."""
    said = [
        f"under {row.side} “{row.entry}”, ¶{row.paragraph}{'' if row.told else ' (dashed)'}"
        for row in rows.itertuples()
    ]
    return f"{rows.case.iloc[0]}: {listed(said)}"


def ledger_description(data: pd.DataFrame) -> str:
    """Every case with its entries and the line of totals."""
    moscow, both, ankara = _counts(data)
    grouped = {
        "On both sides": data[data.both],
        "Only under Ankara": data[~data.both & (data.side == "Ankara")],
        "Only under Moscow": data[~data.both & (data.side == "Moscow")],
    }
    return (
        f"A ledger of {data.id.nunique()} cases, named down the middle. To the left, in orange, stand the entries that count for Moscow, "
        f"to the right, in blue, those that count for Ankara, each with its paragraph. A filled entry is told {_told(data)}; a "
        "dashed frame is placed by the rule that a refusal or withdrawal shows the strength of the one who makes it. The "
        "payments stand first, in bold on a grey ground.\n\n"
        + " ".join(
            f"{name}: " + "; ".join(_entries(rows) for _, rows in part.groupby("id", sort=False)) + "."
            for name, part in grouped.items()
        )
        + f"\n\nThe bottom line counts {moscow} cases only under Moscow, {both} on both sides, {ankara} only under Ankara. With "
        f"the payments on either side the columns would hold {moscow + both} and {ankara}, or {moscow} and {ankara + both}."
    )


# --- when -----------------------------------------------------------------------------------------


def when_data() -> pd.DataFrame:
    """Every case of the ledger with Moscow: the days that the print allows, and whether they are printed for it."""
    found = leverage.cases()
    rows = []
    for case in found[found.partner == "Moscow"].itertuples():
        first, last, printed = leverage.window(case.id, case.period)
        also, plain = (
            leverage.deal_end(reading) if case.id == leverage.EXIT else (None, None)
            for reading in ("tight", "plain")
        )
        rows.append(
            {
                "id": case.id,
                "case": case.case,
                "period": case.period,
                "asker": case.asker,
                "answer": case.answer,
                "giver": case.giver,
                "earliest": first,
                "latest": last,
                "printed": printed,
                "also_earliest": also[0],
                "also_latest": also[1],
                "plain_earliest": plain[0],
                "plain_latest": plain[1],
                "placed_by_coding": case.id in leverage.PLACED_BY_CODING,
            }
        )
    return pd.DataFrame(rows)


GAVE = ("met", "given unasked")
CHARCOAL = "#4d4d4d"  # darker than the green where no colour is printed


def draw_when(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Cases as bars of days on one axis, pale where only bounded, with the day of the war as a line."""
    figure, axes = sheet.open(100 if sheet.narrow else 104)
    ordered = pd.concat(
        [data[(data.period == period)].sort_values(["earliest", "latest"]) for period in data.period.unique()]
    )
    war = energy.year(record().rows["events"][leverage.WAR].earliest)
    names = {}
    for y, row in enumerate(ordered.itertuples()):
        left, right = energy.year(row.earliest), energy.year(row.latest)
        gave = row.answer in GAVE
        colour = GREEN if gave else CHARCOAL
        axes.barh(
            y,
            right - left,
            left=left,
            height=0.56,
            facecolor=colour if row.printed else WHITE,
            edgecolor=colour,
            hatch=None if gave or row.printed else "/////",
            linewidth=0.9,
            zorder=3,
        )
        if row.placed_by_coding:
            axes.text(
                left - 0.12,
                y,
                "placed by\ncoding" if sheet.narrow else "placed by coding",
                ha="right",
                va="center",
                fontsize=sheet.small,
                color=INK,
                linespacing=0.95,
                bbox=ON_WHITE,
            )
        if row.printed:
            span = f"{row.earliest:%b}–{row.latest:%b} {row.latest.year}"
            if row.also_latest:
                start, end = energy.year(row.also_earliest), energy.year(row.also_latest)
                axes.barh(
                    y,
                    end - start,
                    left=start,
                    height=0.56,
                    facecolor=WHITE,
                    edgecolor=colour,
                    linewidth=0.5,
                    zorder=3,
                )
                plainly = [energy.year(day) for day in (row.plain_earliest, row.plain_latest)]
                axes.plot(plainly, [y, y], color=colour, linewidth=0.8, zorder=2.5)
                right = plainly[1]
                span = f"{row.earliest:%b}–{row.latest:%b}\nor {row.also_latest:%b} {row.also_latest.year}"
            axes.text(
                right + 0.12,
                y,
                span,
                ha="left",
                va="center",
                fontsize=sheet.small,
                color=INK,
                linespacing=0.95,
                zorder=4,
            )
        sign = "+" if gave else "−"
        text = f"{sign} {row.case}"
        names[y] = "\n".join(textwrap.wrap(text, 25, subsequent_indent="   ")) if sheet.narrow else text
    axes.axvline(war, color=INK, linewidth=0.9, zorder=2)
    axes.text(
        war,
        1.01,
        "24 Feb 2022",
        transform=axes.get_xaxis_transform(),
        ha="center",
        va="bottom",
        fontsize=sheet.size,
        color=INK,
    )
    name_rows(axes, names)
    for tick in axes.get_yticklabels():
        tick.set_linespacing(0.95)
    axes.set(
        ylim=(len(ordered) - 0.4, -0.6),
        xlim=(2015.4, 2027 if sheet.narrow else 2025.8),
        xticks=[2016, 2018, 2020, 2022, 2024],
    )
    axes.set_xlabel("Days that the print allows")
    return figure


def _since(data: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return data[data.period == "since the war"], data[data.period == "before the war"]


def _end_by_length(data: pd.DataFrame, reading: str) -> str:
    """The end of the grain deal by its printed length: "also" to the letter, "plain" on the plain reading."""
    row = data.dropna(subset=["also_latest"]).iloc[0]
    first, last = (f"{row[f'{reading}_{end}']:%B %Y}" for end in ("earliest", "latest"))
    return first if first == last else f"{first} to {last}"


def _length() -> str:
    return digits(leverage.DEAL_YEARS) + " year"


def _favour_and_exit(data: pd.DataFrame, reading: str) -> str:
    """In which order the favours and the end by its printed length stand."""
    end = data.dropna(subset=["also_latest"]).iloc[0]
    gave = data[data.printed & data.answer.isin(GAVE)]
    first, last = end[f"{reading}_earliest"], end[f"{reading}_latest"]
    if gave.latest.max() < first:
        return "the favours come first"
    return "the end comes first" if last < gave.earliest.min() else "the order is open"


def when_caption(data: pd.DataFrame) -> str:
    """How to read the bars."""
    since, before = _since(data)
    return (
        "When Moscow and Ankara gave (+, green) and refused or took back (−, grey, hatched where the day is open), as the "
        "Carnegie paper tells it. Filled bars span days that the paper prints for the case; open bars only what bounds it: "
        f"the event it is set after or before, the war, the end of {since.latest.max().year}. For the end "
        f"of the grain deal paragraph {record().rows['events'][leverage.DEAL].paragraph} prints a length, {_length()}: "
        f"taken to the letter it gives {_end_by_length(data, 'also')} (open stretch), on the plain reading "
        f"{_end_by_length(data, 'plain')} (line). Of {len(data)} cases {int(data.printed.sum())} are dated; "
        f"{len(before)} fall before the war. That Karabakh falls after it is a coding; the text gives no date. "
        f"Source: {short_name(leverage.TEXT)}."
    )


def when_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    since, before = _since(data)
    dated = since[since.printed]
    gave = dated[dated.answer.isin(GAVE)]
    return (
        f"Timeline from {data.earliest.min().year} to {data.latest.max().year} with a line at the start of the war. Before the line: {len(before)} cases, "
        f"{sum(before.asker == 'Ankara')} asked for by Ankara and {int(before.printed.sum())} with a date. After it: {len(since)}, of which {len(dated)} are dated, all "
        f"to {dated.earliest.min():%B} to {dated.latest.max():%B} {dated.latest.max().year}; {len(gave)} of those were given "
        f"and {len(dated) - len(gave)} taken back (Moscow left the grain deal), in the same months by one paragraph. By the length of {_length()} in another the deal ended in "
        f"{_end_by_length(data, 'also')} to the letter, and {_favour_and_exit(data, 'also')}; on the plain reading at some time from "
        f"{_end_by_length(data, 'plain')}, and {_favour_and_exit(data, 'plain')}."
    )


def _case_days(row) -> str:
    """A case with its days and how they are drawn."""
    also = (
        f", or by a printed length {days(row.also_earliest, row.also_latest)} to the letter and "
        f"{days(row.plain_earliest, row.plain_latest)} on its plain reading"
        if row.also_latest
        else ""
    )
    how = "printed" if row.printed else "only bounded"
    coded = ", placed by coding" if row.placed_by_coding else ""
    return f"{row.case}: {days(row.earliest, row.latest)}{also} ({how}{coded})"


def when_description(data: pd.DataFrame) -> str:
    """Every case with its days, given or taken back, before and since the war."""
    war = record().rows["events"][leverage.WAR].earliest
    parts = []
    for name, part in zip(("Since the war", "Before the war"), _since(data), strict=True):
        gave = part[part.answer.isin(GAVE)]
        for word, rows in (("given", gave), ("refused or taken back", part.drop(gave.index))):
            if len(rows):
                parts.append(
                    f"{name}, {word}: " + "; ".join(_case_days(row) for row in rows.itertuples()) + "."
                )
    return (
        f"A timeline of {len(data)} cases, one bar a row, those before the war first; an upright line stands at {days(war, war)}. "
        "A bar spans all days that the print allows. A plus sign and green mark what was given, a minus sign and grey what was "
        "refused or taken back; filled bars have days printed for the case, open bars only what bounds them. Where a length "
        "gives another end, an open stretch shows it to the letter and a thin line on the plain reading.\n\n"
        + " ".join(parts)
        + f"\n\nOf all cases {int(data.printed.sum())} have printed days, the others only days that bound them."
    )


# --- dependence -----------------------------------------------------------------------------------


def dependence_data() -> pd.DataFrame:
    """Shares of one side's total that fall to the other, as far as a share or a rank is printed, per reading."""
    rows = []
    for whose, of, row, kind in leverage.DEPENDENCES:
        for reading in READINGS if kind in ("share", "rank") else ("",):
            hull = leverage.dependence(row, kind, reading).hull if reading else None
            rows.append(
                {
                    "whose": whose,
                    "of": of,
                    "from": kind,
                    "printed": digits(row) if row else "",
                    "paragraph": record().rows["quantities"][row].paragraph if row else "",
                    "reading": reading,
                    "low": str(hull.lo) if hull else "",
                    "high": str(hull.hi) if hull else "",
                    "low_attained": hull.lo_closed if hull else "",
                    "high_attained": hull.hi_closed if hull else "",
                }
            )
    return pd.DataFrame(rows)


def _shares(data: pd.DataFrame, whose: str, of: str) -> dict[str, RealSet]:
    found = data[(data.whose == whose) & (data["of"] == of) & (data.low != "")]
    return {row.reading: set_of(row) for row in found.itertuples()}


def draw_dependence(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Shares under each side's name: ceilings from ranks, the one printed share, and what has no number."""
    figure, axes = sheet.open(72 if sheet.narrow else 82)
    scale = 0.8 if sheet.narrow else 1
    names, heads, y = {}, [], 0.0
    for whose, group in data.groupby("whose", sort=False):
        names[y] = f"{whose} depends on {'Türkiye' if whose == 'Russia' else 'Russia'}"
        heads.append(names[y])
        y -= 1
        for of, rows in group.groupby("of", sort=False):
            names[y] = of
            kind = rows["from"].iloc[0]
            sets = _shares(data, whose, of)
            if kind == "share":
                draw_readings(axes, sets, y, BLUE, (0, 0.6), scale)
                x, text = sets["loose"].hull.hi, f"“almost {rows.printed.iloc[0]} percent”"
            elif kind == "rank":
                x = sets["plain"].hull.hi
                axes.barh(
                    y, float(x), height=0.42, facecolor=WHITE, edgecolor=ORANGE, hatch="////", linewidth=0.9
                )
                text = (
                    f"at most, as\nrank: {rows.printed.iloc[0]}"
                    if sheet.narrow
                    else f"at most, as rank: {rows.printed.iloc[0]}"
                )
            elif kind == "route":
                x, text = Fraction(0), f"“{rows.printed.iloc[0]}”, announced; no share"
            else:
                x, text = Fraction(0), "no share and no rank printed"
            axes.text(
                float(x) + 0.01,
                y,
                text,
                va="center",
                ha="left",
                fontsize=sheet.size,
                color=GREY if kind == "nothing" else INK,
                style="italic" if kind == "nothing" else "normal",
                bbox=ON_WHITE,
                linespacing=1.0,
            )
            y -= 1
        y -= 0.3
    name_rows(axes, names)
    for tick in axes.get_yticklabels():
        tick.set_fontweight("bold" if tick.get_text() in heads else "normal")
    axes.set(xlim=(0, 0.82 if sheet.narrow else 0.75), ylim=(y + 0.7, 0.6), xticks=[0, 0.2, 0.4, 0.6])
    axes.xaxis.set_major_formatter(lambda x, _: f"{x * 100:.0f}%")
    axes.set_xlabel("Share that falls to the other side")
    key(figure, reading_handles(scale), 3, sheet)
    return figure


def _ceilings(data: pd.DataFrame) -> dict[str, str]:
    ranked = data[(data["from"] == "rank") & (data.reading == "plain")]
    return {row.of: row.high for row in ranked.itertuples()}


def _gas(data: pd.DataFrame) -> str:
    of = data[data["from"] == "share"]["of"].iloc[0]
    return words(_shares(data, "Türkiye", of)["plain"], 0, "percent")


def dependence_caption(data: pd.DataFrame) -> str:
    """What is a share, what is a ceiling."""
    paragraphs = sorted({p for p in data.paragraph if p != ""})
    return (
        "Whose dependence has a number. For Russia the paper prints ranks, and a rank is only a ceiling (hatched): no "
        "part exceeds the whole divided by its rank; that Türkiye is to be the last route to the EU gives no share. For Türkiye it prints one share, of one fuel (bar: loose, "
        f"plain and tight reading; plain: {_gas(data)} percent). Source: {short_name(leverage.TEXT)} "
        f"¶{', '.join(map(str, paragraphs))}."
    )


def dependence_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    ceilings = "; ".join(f"{of}, anything up to {top}" for of, top in _ceilings(data).items())
    nothing = data[data["from"] == "nothing"]["of"].tolist()
    gas = _shares(data, "Türkiye", data[data["from"] == "share"]["of"].iloc[0])["plain"].hull
    beyond = (
        "wholly beyond" if all(gas.lo > Fraction(t) for t in list(_ceilings(data).values())[1:]) else "across"
    )
    return (
        f"Bar chart of shares in groups. Russia's dependence on Türkiye: {ceilings}; of its routes to the EU, a rank and no share. Türkiye's dependence on Russia: "
        f"{_gas(data)} percent of its gas needs, on the plain reading {beyond} the fossil fuel ceiling; "
        f"{len(nothing)} rows say that nothing is printed."
    )


def _dependence_row(rows: pd.DataFrame, whose: str, of: str) -> str:
    """One row of the chart: what is printed and what it allows."""
    kind, printed = rows["from"].iloc[0], rows["printed"].iloc[0]
    if kind == "nothing":
        return f"{of}: no share and no rank printed"
    where = f"¶{rows.paragraph.iloc[0]}"
    if kind == "route":
        return f"{of}: “{printed}”, announced, no share ({where})"
    sets = _shares(rows, whose, of)
    if kind == "rank":
        return f"{of}: {under_readings(sets, 1, 'percent', ' percent')}, as rank: {printed} ({where})"
    return f"{of}: “almost {printed} percent”, {under_readings(sets, 0, 'percent', ' percent')} ({where})"


def dependence_description(data: pd.DataFrame) -> str:
    """Every row under each side's name."""
    return (
        "A chart of shares in groups, one for each side; the horizontal axis is the share that falls to the other side. A hatched "
        "open bar runs from nothing to the most that a rank allows; nested blue bars show the one printed share under its "
        "readings; rows without a bar say in words what is printed.\n\n"
        + " ".join(
            f"{whose} depends on {'Türkiye' if whose == 'Russia' else 'Russia'}: "
            + "; ".join(
                _dependence_row(rows, str(whose), str(of)) for of, rows in group.groupby("of", sort=False)
            )
            + "."
            for whose, group in data.groupby("whose", sort=False)
        )
        + "\n\nRows by what is printed: "
        + listed(
            f"{name} {n}"
            for name, n in data.drop_duplicates(["whose", "of"])["from"].value_counts(sort=False).items()
        )
        + "."
    )


FIGURES = (
    Figure(
        id="fig-leverage-ledger",
        title="The same payments on both sides of the ledger",
        chapter=CHAPTER,
        claims=(
            "c-carnegie-leverage-somewhat",
            "c-carnegie-moscow-pliant",
            "c-carnegie-requests-promptly-met",
            "c-carnegie-energy-card",
            "c-carnegie-repeated-pleas-refused",
        ),
        rows=(*leverage.ledger().id, *codings(CODED, leverage.ledger().id)),
        first="0.1.0",
        changed="0.1.0",
        data=ledger_data,
        draw=draw_ledger,
        caption=ledger_caption,
        alt=ledger_alt,
        description=ledger_description,
    ),
    Figure(
        id="fig-leverage-when",
        title="Few of the cases have a date",
        chapter=CHAPTER,
        claims=(
            "c-carnegie-leverage-before",
            "c-carnegie-moscow-pliant",
            "c-carnegie-karabakh-after-shift",
            "c-carnegie-returned-before-leaving",
        ),
        rows=(
            *with_anchors(when_data().id),
            *codings(CODED, when_data().id),
            leverage.WAR,
            leverage.DEAL,
            leverage.DEAL_YEARS,
            "e-carnegie-crisis-ended",
        ),
        first="0.1.0",
        changed="0.1.0",
        data=when_data,
        draw=draw_when,
        caption=when_caption,
        alt=when_alt,
        description=when_description,
    ),
    Figure(
        id="fig-leverage-dependence",
        title="Whose dependence has a number",
        chapter=CHAPTER,
        claims=("c-carnegie-russia-needs-more", "c-carnegie-no-alternatives", "c-carnegie-overreliance"),
        rows=tuple(row for _, _, row, _ in leverage.DEPENDENCES if row),
        first="0.1.0",
        changed="0.1.0",
        data=dependence_data,
        draw=draw_dependence,
        caption=dependence_caption,
        alt=dependence_alt,
        description=dependence_description,
    ),
)
