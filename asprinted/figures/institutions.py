"""Figures of the chapter on institutional engagement."""

from __future__ import annotations

import datetime

import pandas as pd
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from asprinted import institutions
from asprinted.energy import year
from asprinted.figures.prose import capital, days, listed, spelled
from asprinted.figures.sources import codings, with_anchors
from asprinted.figures.spec import Figure
from asprinted.figures.strips import key, name_rows, tint
from asprinted.figures.style import BLUE, GREEN, INK, ON_WHITE, ORANGE, PALE, RUST, SKY, WHITE, Sheet
from asprinted.institutions import DATED, PARTS, TEXTS
from asprinted.record import record
from asprinted.texts import short_name, sources

CHAPTER = "institutional-engagement"
COLOURS = {"kurnaz2026": ORANGE, "carnegie2024": GREEN, "kocak2026": BLUE}
MARKS = {"kurnaz2026": "o", "carnegie2024": "^", "kocak2026": "s"}


def _step_rows(text: str | None = None) -> tuple[str, ...]:
    """The events that tell the steps of one text or of all and what dates them, with the codings by which they are steps.

    A step of a body is Türkiye's if a standing has it lead there, in whatever text.
    """
    told = with_anchors(event for events in institutions.steps(text)["events"] for event in events)
    leading = [unit for unit, rung in institutions.codes("rung").items() if rung == "leads"]
    return (*told, *codings("institutional step", told), *leading, *codings("rung", leading))


# --- the ladder of standing ---------------------------------------------------------------------------

BODIES = ("SCO", "BRICS", "EU", "NATO", "OTS", "D-8", "OIC", "CIS")
OTHERS = {"Finland": "NATO", "Sweden": "NATO", "Uzbekistan": "OTS", "Turkmenistan": "OTS"}


def _label(state: str, body: str, rung: str) -> str:
    rung = {"leads": "leading part"}.get(rung, rung)
    return f"{body}: {rung}" if state == "Türkiye" else f"{state}: {rung}"


def ladder_data() -> pd.DataFrame:
    """Every standing of the ladder: body, state, rung, text, place and days as stated."""
    found = institutions.standings()
    own = (found.state == "Türkiye") & found.body.isin(BODIES)
    others = found.state.map(OTHERS) == found.body
    kept = found[own | others].copy()
    kept["state"] = kept["state"].replace({"Finland": "Finland, Sweden", "Sweden": "Finland, Sweden"})
    kept = kept.drop_duplicates(["id", "state"])
    rank = {rung: i for i, rung in enumerate(institutions.RUNGS)}
    kept["place"] = [BODIES.index(b) for b in kept.body]
    kept["foreign"] = kept.state != "Türkiye"
    kept["rank"] = [-rank[r] for r in kept.rung]
    kept = kept.sort_values(["place", "foreign", "state", "rank", "text", "paragraph"], kind="stable")
    return kept.drop(columns=["place", "foreign", "rank"]).reset_index(drop=True)


def _said(row) -> str:
    """A standing's days in short, and whether they stand in a title."""
    first, last = row.earliest, row.latest
    text = (
        f"from {first.year}"
        if row.runs_on
        else str(first.year)
        if first.year == last.year
        else f"{first.year}–{last.year}"
    )
    return f"{text}, in a title" if row.in_a_title else text


def _years(rows) -> str:
    """The years of several standings in short; a standing that runs on takes the place of the others."""
    running = [r for r in rows if r.runs_on]
    found = [f"from {r.earliest.year}" for r in running] or [
        str(r.earliest.year) if r.earliest.year == r.latest.year else f"{r.earliest.year}–{r.latest.year}"
        for r in rows
    ]
    return ", ".join(sorted(dict.fromkeys(found)))


RUNG_COLOURS = {"the SCO": ORANGE, "Türkiye elsewhere": BLUE, "other states": GREEN}


def _whose(body: str, state: str) -> str:
    """Of whom a row is, which gives its colour."""
    return "the SCO" if body == "SCO" else "Türkiye elsewhere" if state == "Türkiye" else "other states"


def _span_look(colour: str, in_a_title: bool, runs_on: bool) -> dict:
    """How a bar is drawn: hatched if only a cited title says so, pale if no end is printed, else full."""
    if in_a_title:
        return {"facecolor": WHITE, "edgecolor": colour, "hatch": "/////", "linewidth": 0.8}
    return {"facecolor": tint(colour, 0.4) if runs_on else colour, "edgecolor": WHITE, "linewidth": 0.6}


SPANS = {  # what the key says of a bar: whether only in a title, whether without an end
    "days stated": (False, False),
    "no end printed": (False, True),
    "in a cited title": (True, False),
}


def draw_ladder(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A row for each body and rung: bars where days are stated, the texts by name where none is."""
    figure, (axes, strip) = sheet.open(
        118 if sheet.narrow else 131,
        ncols=2,
        sharey=True,
        width_ratios=(1.45, 1) if sheet.narrow else (2.8, 1),
    )
    left, right = 2006.0, 2027.0
    y, positions, previous = -1.0, {}, None
    lines = data.assign(label=[_label(r.state, r.body, r.rung) for r in data.itertuples()])
    for (body, label), rows in lines.groupby(["body", "label"], sort=False):
        y += 1.0 if body == previous or previous is None else 1.5
        if previous is not None and body != previous:
            for side in (axes, strip):
                side.axhline(y - 0.75, color=PALE, linewidth=0.8)
        positions[y], previous = label, body
        colour = RUNG_COLOURS[_whose(body, rows.state.iloc[0])]
        dated = [r for r in rows.itertuples() if not pd.isna(r.earliest)]
        own = {(r.earliest, r.latest): r for r in dated if not r.in_a_title}
        drawn = {(r.earliest, r.latest): r for r in dated if r.in_a_title} | own
        for r in sorted(drawn.values(), key=lambda r: not (r.in_a_title or r.runs_on)):
            end = right if r.runs_on else year(r.latest + datetime.timedelta(days=1))
            start = max(year(r.earliest), left)
            look = _span_look(colour, r.in_a_title, r.runs_on)
            axes.barh(y, end - start, left=start, height=0.56, **look)
            for edge, marker, beyond in ((left, "<", start > year(r.earliest)), (right, ">", r.runs_on)):
                if beyond:
                    axes.plot(
                        [edge], [y], marker=marker, markersize=6.2 if sheet.narrow else 9,
                        color=look["facecolor"], markeredgewidth=0, clip_on=False,
                    )  # fmt: skip
        if dated:
            start = min(max(year(r.earliest), left) for r in dated)
            room = start - left > (9 if sheet.narrow else 4)
            axes.text(
                start - 0.4 if room else start + 0.4, y, _years(dated), va="center_baseline",
                ha="right" if room else "left", fontsize=sheet.small, color=INK,
            )  # fmt: skip
        undated = [name for text, name in TEXTS.items() if text in set(rows[rows.earliest.isna()].text)]
        if undated:
            said = "◇ " + ", ".join(undated)
            strip.text(0.06, y, said, va="center_baseline", fontsize=sheet.small, color=INK)
    for side in (axes, strip):
        name_rows(side, positions, grid=False)
        side.tick_params(axis="y", pad=6)
    for tick, label in zip(axes.get_yticklabels(), positions.values(), strict=True):
        tick.set_color(RUST if label.startswith("SCO") else INK)
    axes.set(xlim=(left, right), ylim=(y + 0.7, -0.7), xticks=[2010, 2015, 2020, 2025])
    axes.set_title("days as stated", fontsize=sheet.size, color=INK, loc="left", pad=3)
    strip.set(xlim=(0, 1), xticks=[])
    strip.set_title("undated, by text", fontsize=sheet.size, color=INK, loc="left", pad=3)
    strip.spines["bottom"].set_visible(False)
    key(figure, (Patch(label=name, **_span_look(BLUE, *of)) for name, of in SPANS.items()), len(SPANS), sheet)
    return figure


def _sco(data: pd.DataFrame) -> pd.DataFrame:
    return data[(data.body == "SCO") & (data.text == institutions.ARTICLE)]


def ladder_caption(data: pd.DataFrame) -> str:
    """How to read the ladder and what the SCO rows show."""
    sco = _sco(data)
    own = data[data.state == "Türkiye"]
    undated = int(own.earliest.isna().sum())
    return (
        f"Who is what in which institution, as stated. Of {len(own)} statements on Türkiye {undated} carry no date "
        "(right, by text: journal article, Carnegie paper, book chapter); bars span the days that the others name, "
        "pale where a beginning and no end is printed, hatched where only the title of a cited work says so. Orange: the "
        "SCO; blue: Türkiye in the other bodies; green: other states. The order of the "
        f"rungs is ours. For the SCO the article makes {len(sco)} statements on {sco.rung.nunique()} rungs; "
        "one sentence calls the step to observer an accession, and the rung of member stands only in a cited title. "
        f"Source: {sources(data.text)}."
    )


def ladder_alt(data: pd.DataFrame) -> str:
    """The ladder in words."""
    sco = _sco(data)
    stated = "; ".join(
        f"{rung}, "
        + " and ".join(
            dict.fromkeys(_said(r) if not pd.isna(r.earliest) else "undated" for r in rows.itertuples())
        )
        for rung, rows in sco.groupby("rung", sort=False)
    )
    other = data[(data.body != "SCO") & (data.state == "Türkiye")]
    return (
        "Timeline with one row for each institution and rung of standing. Türkiye in the Shanghai Cooperation "
        f"Organization, by the article: {stated}. In the other bodies {len(other)} statements are made, and "
        f"{int(other.earliest.isna().sum())} of them sit in the right-hand column without a date."
    )


def _standing(rows: pd.DataFrame) -> str:
    """What is stated of one state on one rung: days and texts."""
    said: dict[str, list[str]] = {}
    for row in rows.sort_values(
        "text", key=lambda texts: texts.map(list(TEXTS).index), kind="stable"
    ).itertuples():
        said.setdefault("undated" if pd.isna(row.earliest) else _said(row).replace("–", " to "), []).append(
            TEXTS[row.text]
        )
    return " and ".join(f"{when} ({listed(dict.fromkeys(texts))})" for when, texts in said.items())


def ladder_description(data: pd.DataFrame) -> str:
    """Every row: body, rung, days and texts."""
    lines = data.assign(label=[_label(r.state, r.body, r.rung) for r in data.itertuples()])
    own = data[data.state == "Türkiye"]
    return (
        f"A timeline in groups, one for each of {data.body.nunique()} bodies; within a group a row for each rung of standing that a "
        "text states, the higher rungs first. Most rows are of Türkiye; rows of other states carry their names. On the left a "
        "bar spans the days stated, with the years beside it, pale where no end is printed, hatched where only the title of a "
        "cited work says so; on the right, a diamond and the texts that state the standing without a date.\n\n"
        + " ".join(
            "; ".join(f"{label}, {_standing(rows)}" for label, rows in group.groupby("label", sort=False))
            + "."
            for _, group in lines.groupby("body", sort=False)
        )
        + f"\n\nOf {len(own)} statements on Türkiye {int(own.earliest.isna().sum())} are undated."
    )


# --- what is recorded ---------------------------------------------------------------------------------


def recorded_data() -> pd.DataFrame:
    """Every step with its text, body, type and days, and how it is dated."""
    found = institutions.steps()
    order = found.groupby("body").size().sort_values(ascending=False, kind="stable").index
    rank = {body: i for i, body in enumerate([b for b in order if b != institutions.NO_BODY])}
    found["rank"] = [rank.get(b, len(rank)) for b in found.body]
    kept = found.sort_values(["rank", "text"], kind="stable").drop(columns="rank")
    kept["events"] = kept["events"].map("; ".join)
    return kept.reset_index(drop=True)


SHORT = {
    "U.S.-Türkiye Energy and Climate Dialogue": "US energy dialogue",
    "U.S.-Türkiye Strategic Mechanism": "US mechanism",
    "European Sky Shield Initiative": "Sky Shield",
    "Turkic University Union": "University Union",
    "none named": "no body named",
}


def draw_recorded(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """One mark a step: at its year if dated to one, else in a strip by how it is dated."""
    bodies = list(dict.fromkeys(data.body))
    figure, (axes, strip) = sheet.open(
        104 if sheet.narrow else 110,
        ncols=2,
        sharey=True,
        width_ratios=(1, 1.15) if sheet.narrow else (1.3, 1),
    )
    size = 3.2 if sheet.narrow else 4.6
    first_year, apart = 2008, 0.55
    spread = 0.34 if sheet.narrow else 0.3
    most = 0
    for y, body in enumerate(bodies):
        rows = data[data.body == body]
        near = rows[rows.dated == DATED[0]]
        for when, same in near.groupby(near["first"].map(lambda d: d.year)):
            at = max(when, first_year)
            for i, row in enumerate(same.itertuples()):
                shift = (i - (len(same) - 1) / 2) * spread
                axes.plot(
                    at + 0.5, y + shift, marker=MARKS[row.text], color=COLOURS[row.text], markersize=size,
                    markeredgewidth=0,
                )  # fmt: skip
            if when < first_year:
                axes.text(at + 1.4, y, str(when), va="center", fontsize=sheet.small, color=INK, bbox=ON_WHITE)
        far = rows[rows.dated != DATED[0]]
        for i, row in enumerate(far.sort_values("text", ascending=False, kind="stable").itertuples()):
            strip.plot(
                0.6 + i * apart, y, marker=MARKS[row.text], markersize=size, markeredgewidth=0.8,
                markerfacecolor=WHITE, markeredgecolor=COLOURS[row.text],
            )  # fmt: skip
            most = max(most, i)
    for side in (axes, strip):
        name_rows(side, {y: SHORT.get(b, b) for y, b in enumerate(bodies)}, grid=False)
        side.grid(axis="y", color=PALE, linewidth=0.5)
        side.set_axisbelow(True)
    axes.set(ylim=(len(bodies) - 0.4, -1.6), xlim=(first_year - 0.2, 2026.5))
    axes.set_xticks([2010.5, 2015.5, 2020.5, 2025.5], labels=["2010", "2015", "2020", "2025"])
    opened = institutions.window(institutions.ARTICLE)[0].year
    axes.axvspan(opened, 2026.5, color=SKY, alpha=0.13, linewidth=0)
    axes.text(opened + 2.75, -1.05, "window", ha="center", va="center", fontsize=sheet.small, color=INK)
    axes.set_title("dated to a year or less", loc="left", fontsize=sheet.size, color=INK, pad=3)
    strip.set(xlim=(0, 1.2 + most * apart), xticks=[])
    strip.set_title("not dated to a year", loc="left", fontsize=sheet.size, color=INK, pad=3)
    strip.spines["bottom"].set_visible(False)
    key(
        figure,
        (
            Line2D([], [], linestyle="none", marker=MARKS[text], color=COLOURS[text], markersize=size,
                   markeredgewidth=0, label=name)
            for text, name in TEXTS.items()
        ),
        len(TEXTS),
        sheet,
    )  # fmt: skip
    return figure


def recorded_caption(data: pd.DataFrame) -> str:
    """What a mark is and how many have a date."""
    near = data[data.dated == DATED[0]]
    return (
        f"Every step recorded, by body: {len(data)} in all texts, of which {len(near)} are dated to a year or less "
        "(left, filled). The others (right, hollow) are dated to several years, from one side only, or not at all; their "
        "place within the row means nothing. Circles: journal article; triangles: Carnegie paper; squares: book "
        "chapter. Shaded: the window that the article declares. "
        f"Source: all steps of {sources(data.text)}."
    )


def recorded_alt(data: pd.DataFrame) -> str:
    """The record in words."""
    near = data[data.dated == DATED[0]]
    opened = institutions.after_2020()
    late = int((near["first"] >= opened).sum())
    top = data.groupby("body").size().sort_values(ascending=False)
    return (
        f"Dot plot of steps by institution. {len(near)} dots stand at a year, {late} of them in {opened.year} or later; "
        f"{len(data) - len(near)} stand in a column without one. {top.index[0]} has {top.iloc[0]} and {top.index[1]} has "
        f"{top.iloc[1]}, mostly undated."
    )


def _body(name: object) -> str:
    """A body at the head of its row."""
    return "No body named" if name == institutions.NO_BODY else capital(str(name))


def _marks_of(rows: pd.DataFrame) -> str:
    """The steps of one body: dated ones by year and text, the others by text."""
    near, far = rows[rows.dated == DATED[0]], rows[rows.dated != DATED[0]]
    said = [
        f"{when} ({listed(f'{name} {n}' for t, name in TEXTS.items() for n in [int((same.text == t).sum())] if n)})"
        for when, same in near.groupby(near["first"].map(lambda d: d.year))
    ]
    without = far.groupby("text").size()
    if len(far):
        said.append(
            "without a year "
            + listed(f"{name} {without[t]}" for t, name in TEXTS.items() if t in without.index)
        )
    return ", ".join(said)


def recorded_description(data: pd.DataFrame) -> str:
    """Every body with its dated and its undated steps."""
    counts = data.dated.value_counts()
    opened = institutions.window(institutions.ARTICLE)[0].year
    return (
        f"A dot plot. The rows are {data.body.nunique()} bodies, those with most steps first and steps without a body last. On the left "
        "an axis of years: a filled mark for every step dated to a year or less. On the right hollow marks for the other steps, "
        "in no order of time. Circles are of the journal article, triangles of the Carnegie paper, squares of the book chapter. "
        f"A shaded band from {opened} on is the article's window.\n\n"
        + " ".join(f"{_body(body)}: {_marks_of(rows)}." for body, rows in data.groupby("body", sort=False))
        + f"\n\nOf {len(data)} steps "
        + listed(f"{counts[kind]} are dated {kind}" for kind in DATED if kind in counts.index)
        + "."
    )


# --- the ribbon ---------------------------------------------------------------------------------------


def ribbon_data() -> pd.DataFrame:
    """For each text and each first of a month, the least and the greatest number of steps from that day on."""
    return pd.concat([institutions.ribbon(text) for text in TEXTS], ignore_index=True)


def draw_ribbon(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A ribbon for each text: the steps from a day on, for every possible day of a break."""
    figure, panels = sheet.open(106 if sheet.narrow else 100, nrows=3, sharex=True)
    small = {"fontsize": sheet.small, "color": INK}
    day = institutions.after_2020()
    for axes, (text, name) in zip(panels, TEXTS.items(), strict=True):
        rows = data[data.text == text]
        x = [year(d) for d in rows.day]
        declared = institutions.window(text)
        if declared:
            axes.axvspan(
                year(declared[0]),
                year(declared[1] + datetime.timedelta(days=1)),
                color=SKY,
                alpha=0.13,
                linewidth=0,
            )
        axes.fill_between(x, rows.low, rows.high, step="post", color=COLOURS[text], alpha=0.28, linewidth=0)
        axes.step(x, rows.high, where="post", color=COLOURS[text], linewidth=1, linestyle=(0, (4, 2)))
        axes.step(x, rows.low, where="post", color=COLOURS[text], linewidth=1.5)
        axes.axvline(year(day), color=INK, linewidth=0.8, linestyle=(0, (1, 1.5)))
        at = rows[rows.day == day].iloc[0]
        top = rows.steps.iloc[0]
        shift = -0.25
        axes.text(
            year(day) + shift, at.high - 0.06 * top, f"{at.high} at most", ha="right", va="top", **small
        )
        axes.text(year(day) + shift, at.low - 0.03 * top, f"{at.low} at least", ha="right", va="top", **small)
        axes.set(ylim=(0, top * 1.18), yticks=[0, top], xlim=(2008, 2027))
        axes.set_title(f"The {name}: {top} steps", loc="left", fontsize=sheet.size, color=INK, pad=3)
        axes.spines[["top", "right"]].set_visible(False)
    panels[1].set_ylabel("Steps from that day on")
    panels[-1].set_xlabel("Day at which the pace may have changed")
    panels[-1].set_xticks([2010, 2015, 2020, 2025])
    return figure


def _at_break(data: pd.DataFrame, text: str):
    return data[(data.text == text) & (data.day == institutions.after_2020())].iloc[0]


def _last_year() -> int:
    """The year whose end the dotted line marks."""
    return (institutions.after_2020() - datetime.timedelta(days=1)).year


def ribbon_caption(data: pd.DataFrame) -> str:
    """How to read the ribbons and what they say of the years after 2020."""
    said = "; ".join(
        f"{name}: {row.low} to {row.high} of {row.steps}"
        for text, name in TEXTS.items()
        for row in [_at_break(data, text)]
    )
    return (
        "How many steps fall after a break, for every day at which it may lie. The solid line counts the steps that "
        "must fall from that day on, the dashed line those that may, since an undated step may fall anywhere up to the "
        f"text's own latest day. The number before the break is the rest. Dotted: the end of {_last_year()}, after which fall, by "
        f"{said}. Shaded: the window that a text declares; the Carnegie paper declares none. "
        f"Source: all steps of {sources(data.text)}."
    )


def ribbon_alt(data: pd.DataFrame) -> str:
    """The ribbons in words."""
    said = ", ".join(
        f"{row.high - row.low} of {row.steps} in the {name}"
        for text, name in TEXTS.items()
        for row in [_at_break(data, text)]
    )
    return (
        f"{capital(spelled(data.text.nunique()))} ribbons against time, falling to the right. The lower edge stays low throughout and the upper edge stays "
        f"near the total until the last years, so each ribbon is wide: at the end of {_last_year()} the steps that may lie on "
        f"either side are {said}."
    )


def _runs(rows: pd.DataFrame) -> str:
    """The steps of a ribbon's edges: from which month on they stand at which counts."""
    changed = rows[(rows.low != rows.low.shift()) | (rows.high != rows.high.shift())]
    return ", ".join(f"{row.day:%B} {row.day.year} {row.low} to {row.high}" for row in changed.itertuples())


def ribbon_description(data: pd.DataFrame) -> str:
    """Every change of every ribbon's edges, with the months."""
    break_ = institutions.after_2020()
    return (
        "Ribbons one above the other over an axis of days, one for each text. Height counts steps from a day on: the solid lower "
        "edge those that must fall then or later, the dashed upper edge those that may. A dotted upright line marks "
        f"{days(break_, break_)}; a shaded band is the window that a text declares.\n\n"
        + " ".join(
            f"The {name}, {int(rows.steps.iloc[0])} steps, least to most from each month named on: {_runs(rows)}."
            for text, name in TEXTS.items()
            for rows in [data[data.text == text]]
        )
        + f"\n\nThe edges stand apart in {int((data.low < data.high).sum())} of the {len(data)} months drawn: the print fixes the "
        "number of steps on either side of a break in no other."
    )


# --- the definition -----------------------------------------------------------------------------------


def definition_data() -> pd.DataFrame:
    """For each step of the article what is stated of each part: of the step itself, and of its body."""
    own, body = (institutions.parts(scope=scope) for scope in ("step", "body"))
    found = own.rename(columns={part: f"{part} of the step" for part in PARTS})
    for part in PARTS:
        found[f"{part} of the body"] = body[part]
    sizes = found.groupby("body", sort=False).size()
    rank = {b: i for i, b in enumerate(sizes.index)} | {institutions.NO_BODY: len(sizes)}
    found["rank"] = found.body.map(rank)
    return found.sort_values("rank", kind="stable").drop(columns="rank").reset_index(drop=True)


def _mark(axes, x: float, y: float, said: str, size: float) -> None:
    """A ring: full where the United States are named, hollow where only the West is."""
    axes.plot(
        x, y, marker="o", markersize=size, color=BLUE, markeredgewidth=1 if size > 3 else 0.6,
        markerfacecolor=BLUE if said == "US" else WHITE,
    )  # fmt: skip


def _cross(axes, x: float, y: float, size: float) -> None:
    axes.plot(x, y, marker="x", markersize=size * 0.8, color=ORANGE, markeredgewidth=1.4)


def draw_definition(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A grid of steps and parts: filled where the United States are named, hollow where the West is, small where of the body."""
    figure, axes = sheet.open(158 if sheet.narrow else 172)
    size, of_body = (4.6, 2.3) if sheet.narrow else (6.5, 3.1)
    y, ticks, previous = -1.0, [], None
    for row in data.itertuples(index=False):
        cells = dict(zip(data.columns, row, strict=True))
        if previous is not None and cells["body"] != previous:
            y += 0.45
            axes.axhline(y + 0.28, color=PALE, linewidth=0.8)
        y += 1
        previous = cells["body"]
        ticks.append((y, cells["step"]))
        for x, part in enumerate(PARTS):
            own, whole = cells[f"{part} of the step"], cells[f"{part} of the body"]
            if part == "means":
                if own in institutions.MEANS:
                    _mark(axes, x, y, "US", size)
                else:
                    _cross(axes, x, y, size)
            elif own != "none":
                _mark(axes, x, y, own, size)
            elif whole != "none":
                _mark(axes, x, y, whole, of_body)
    axes.axhline(y + 0.75, color=PALE, linewidth=0.8)
    small = {"va": "center_baseline", "fontsize": sheet.small, "color": INK}
    for line, (full, half) in enumerate(
        (("US; means that fit", "the West"), ("small: of its body", "within NATO"))
    ):
        at = y + 1.8 + 1.2 * line
        _mark(axes, -0.4, at, "US", of_body if line else size)
        if line:
            _cross(axes, 1.8, at, size)
        else:
            _mark(axes, 1.8, at, "West", size)
        axes.text(-0.25, at, full, **small)
        axes.text(1.95, at, half, **small)
    axes.set(
        xlim=(-0.5, len(PARTS) - 0.5),
        ylim=(y + 3.6, -0.7),
        yticks=[at for at, _ in ticks],
        xticks=range(len(PARTS)),
    )
    axes.set_yticklabels([name for _, name in ticks])
    axes.set_xticklabels(PARTS)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for tick in axes.get_yticklabels():
        tick.set_fontsize(sheet.small)
    return figure


def _met(data: pd.DataFrame) -> dict[str, int]:
    return {part: int((data[f"{part} of the step"] == "US").sum()) for part in PARTS if part != "means"} | {
        "means": int(data["means of the step"].isin(institutions.MEANS).sum())
    }


def definition_caption(data: pd.DataFrame) -> str:
    """How to read the grid and how many steps meet which part."""
    n = _met(data)
    counts = institutions.definition_counts()
    every = counts[(counts.scope == "step") & (counts.rule == "as defined")]["all"].iloc[0]
    inside = counts[(counts.scope == "step") & (counts.rule == "within the alliance as well")]["all"].iloc[0]
    stated = {
        row.paragraph
        for row in record().select(f"codings?text={institutions.ARTICLE}&variable=definition part")
    }
    return (
        f"The article's {len(data)} steps against its own definition (¶{min(stated)} to ¶{max(stated)}), by body. Filled: the text says "
        "of the step itself that it answers, aims at or affects the United States; hollow: the West; small: only said of "
        "the body as a whole. Under means a circle is a means outside a formal alliance, a cross one within NATO. "
        f"Stated of the step itself: a trigger for {n['trigger']}, an aim for {n['aim']}, an effect for {n['effect']}; "
        f"the means fit for {n['means']}. All parts: {every} steps, and {inside} if the alliance counts. Codes: first coder. "
        f"Source: steps of {short_name(institutions.ARTICLE)}; that Türkiye leads a body, {sources(TEXTS)}."
    )


def definition_alt(data: pd.DataFrame) -> str:
    """The grid in words."""
    n = _met(data)
    none = int((data[[f"{p} of the step" for p in PARTS if p != "means"]] == "none").all(axis=1).sum())
    inside = data[data["means of the step"] == institutions.INSIDE]
    effect = int((inside["effect of the step"] == "US").sum())
    return (
        f"Grid of {len(data)} steps by {spelled(len(PARTS))} parts of a definition. The column of means is almost full; the others are "
        f"almost empty, and {none} steps have neither trigger nor aim nor effect of their own. Of the {n['effect']} stated "
        f"effects on the United States {effect} belong to steps within NATO, whose means are crossed out."
    )


def _parts_of(cells: dict) -> str:
    """What is stated of one step: of itself, then of its body."""
    own = [
        f"{part} {cells[f'{part} of the step']}"
        for part in PARTS
        if part != "means" and cells[f"{part} of the step"] != "none"
    ]
    whole = [
        f"{part} {cells[f'{part} of the body']}"
        for part in PARTS
        if part != "means"
        and cells[f"{part} of the step"] == "none"
        and cells[f"{part} of the body"] != "none"
    ]
    crossed = [] if cells["means of the step"] in institutions.MEANS else ["means crossed"]
    small = [f"small {listed(whole)}"] if whole else []
    return ", ".join([*own, *crossed, *small]) or "nothing but the means"


def definition_description(data: pd.DataFrame) -> str:
    """Every step with the marks in its row."""
    n = _met(data)
    bodies = []
    for body, rows in data.groupby("body", sort=False):
        steps = (dict(zip(data.columns, row, strict=True)) for row in rows.itertuples(index=False))
        bodies.append(
            f"{_body(body)}: " + "; ".join(f"{cells['step']} ({_parts_of(cells)})" for cells in steps) + "."
        )
    return (
        f"A grid of {len(data)} steps, grouped by body, and {spelled(len(PARTS))} columns: {listed(PARTS)}. A full ring says that the "
        "text states the part of the step itself and names the United States, a hollow ring that it names the West, a small "
        "ring that it states it only of the body. Under means a full ring is a means that fits, a cross one within NATO. In the "
        "list, means that fit are left out.\n\n"
        + " ".join(bodies)
        + "\n\nFull rings: "
        + ", ".join(f"{part} {n[part]}" for part in PARTS)
        + "."
    )


FIGURES = (
    Figure(
        id="fig-institutions-ladder",
        title="The ladder of standing",
        chapter=CHAPTER,
        claims=("c-kurnaz-sco-observer", "c-kurnaz-sco-before-biden", "c-kocak-enlargement"),
        rows=(*dict.fromkeys(ladder_data()["id"]), *codings("rung", ladder_data()["id"])),
        first="0.1.0",
        changed="0.1.0",
        data=ladder_data,
        draw=draw_ladder,
        caption=ladder_caption,
        alt=ladder_alt,
        description=ladder_description,
    ),
    Figure(
        id="fig-institutions-recorded",
        title="Steps with a year, and steps without",
        chapter=CHAPTER,
        claims=("c-kurnaz-sco-momentum", "c-kurnaz-d8-reactivated", "c-kurnaz-ots-momentum-karabakh"),
        rows=_step_rows(),
        first="0.1.0",
        changed="0.1.0",
        data=recorded_data,
        draw=draw_recorded,
        caption=recorded_caption,
        alt=recorded_alt,
        description=recorded_description,
    ),
    Figure(
        id="fig-institutions-pace",
        title="How many steps fall after a break",
        chapter=CHAPTER,
        claims=("c-kurnaz-sco-momentum", "c-kocak-agenda-widened"),
        rows=(*_step_rows(), *institutions.WINDOWS.values()),
        first="0.1.0",
        changed="0.1.0",
        data=ribbon_data,
        draw=draw_ribbon,
        caption=ribbon_caption,
        alt=ribbon_alt,
        description=ribbon_description,
    ),
    Figure(
        id="fig-institutions-definition",
        title="Each step against the article's definition",
        chapter=CHAPTER,
        claims=("c-kurnaz-ots-tool-toward-us", "c-kurnaz-oic-central-platform"),
        rows=(
            *_step_rows(institutions.ARTICLE),
            *codings(f"step {part}" for part in PARTS),
            *codings(f"whole {part}" for part in PARTS),
        ),
        first="0.1.0",
        changed="0.1.0",
        data=definition_data,
        draw=draw_definition,
        caption=definition_caption,
        alt=definition_alt,
        description=definition_description,
    ),
)
