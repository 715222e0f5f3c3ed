"""Figures of the chapter on what the texts print."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D

from asprinted import contents
from asprinted.figures.prose import TEXT_NAMES, capital, listed, spelled
from asprinted.figures.spec import Figure
from asprinted.figures.strips import key
from asprinted.figures.style import BLUE, GREY, INK, ORANGE, PALE, STONE, WHITE, Sheet
from asprinted.record import record
from asprinted.texts import sources

CHAPTER = "the-record"
ACROSS = 8  # marks on one line of a cell


def _lines(count: int) -> int:
    """Lines that a cell of so many marks takes."""
    return max(1, -(-count // ACROSS))


def _panels(sheet: Sheet, height: float) -> tuple[Drawing, list[Axes]]:
    """One panel for each text, side by side, named above; rows run down from zero."""
    figure, axes = sheet.open(height, ncols=len(contents.TEXTS), sharey=True)
    for side, text in zip(axes, contents.TEXTS, strict=True):
        name = contents.TEXT_NAMES[text]
        side.set_title(name.replace(" ", "\n") if sheet.narrow else name, fontsize=sheet.size, loc="left")
        side.spines[["top", "right", "left", "bottom"]].set_visible(False)
        side.tick_params(axis="both", length=0)
        side.set_xticks([])
    return figure, list(axes)


def _rows(counts: pd.DataFrame, gap: float = 0.7) -> dict[str, float]:
    """The upper line of every row, by its name, where each row is as tall as its fullest cell."""
    tops, y = {}, 0.0
    for name, cells in counts.iterrows():
        tops[str(name)] = y
        y += max(_lines(int(cell)) for cell in cells) + gap
    return tops


def _labels(axes: list[Axes], counts: pd.DataFrame, tops: dict[str, float], sheet: Sheet) -> None:
    """Row names beside the first panel, hairlines between rows."""
    heights = {str(name): max(_lines(int(c)) for c in cells) for name, cells in counts.iterrows()}
    axes[0].set_yticks([top + (heights[name] - 1) / 2 for name, top in tops.items()])
    axes[0].set_yticklabels(list(tops), fontsize=sheet.size)
    for side in axes:
        for top in list(tops.values())[1:]:
            side.axhline(top - 0.85, color=PALE, linewidth=0.5)
        last = list(tops)[-1]
        side.set(xlim=(-0.7, ACROSS + 1.4), ylim=(tops[last] + heights[last] - 0.3, -0.8))


def _marks(side: Axes, top: float, styles: Iterable[dict]) -> int:
    """Draw marks in reading order, eight to a line; how many there were."""
    count = 0
    for count, style in enumerate(styles, start=1):
        x, y = (count - 1) % ACROSS, top + (count - 1) // ACROSS
        for layer in style["layers"]:
            side.plot([x], [y], linestyle="none", **layer)
    return count


# --- numbers by what they measure -----------------------------------------------------------------


def numbers_data() -> pd.DataFrame:
    """Every printed number with its matter, and whether it is an amount, hedged, and said by a cited source."""
    return contents.numbers()


def draw_numbers(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A square for each number, by what it measures and by text; amounts in colour, hedged ones dotted."""
    figure, axes = _panels(sheet, 78 if sheet.narrow else 96)
    counts = contents.by_text(data, "matter", list(contents.MATTERS))
    tops = _rows(counts)
    size = 4.1 if sheet.narrow else 8.5
    for side, text in zip(axes, contents.TEXTS, strict=True):
        for name, top in tops.items():
            rows = data[(data.text == text) & (data.matter == name)].sort_values("hedged", kind="stable")
            colour = BLUE if name in contents.AMOUNTS else STONE
            square = {"marker": "s", "markersize": size, "color": colour, "markeredgewidth": 0}
            dot = {"marker": "o", "markersize": size * 0.46, "color": WHITE, "markeredgewidth": 0}
            drawn = _marks(side, top, ({"layers": [square, dot] if h else [square]} for h in rows.hedged))
            side.text(
                ACROSS + 0.1,
                top,
                str(drawn),
                va="center",
                fontsize=sheet.size,
                color=INK if drawn else GREY,
            )
    _labels(axes, counts, tops, sheet)
    for tick, name in zip(axes[0].get_yticklabels(), tops, strict=True):
        tick.set_fontweight("bold" if name in contents.AMOUNTS else "normal")
    return figure


def numbers_caption(data: pd.DataFrame) -> str:
    """What a square is and how many there are."""
    return (
        f"The {len(data)} numbers that the texts print, one square each, by what they are numbers of. Coloured "
        f"squares in the bold rows are the {int(data.amount.sum())} amounts; a white dot marks a number with a hedge word. "
        "Which unit belongs to which row is a rule stated in the chapter. "
        f"Source: all numbers of {sources(data.text)}."
    )


def numbers_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    counts = contents.by_text(data, "matter", list(contents.MATTERS)).sum(axis=1)
    hedged = int(data[data.amount].hedged.sum())
    per_text = data[data.amount].groupby("text").size()
    return (
        "Grid of squares. The rows of amounts are short: "
        + ", ".join(f"{counts[name]} of {name}" for name in contents.AMOUNTS)
        + f"; by text {', '.join(str(per_text.get(t, 0)) for t in contents.TEXTS)}, and {hedged} of them are hedged. The rows "
        f"below are longer: {counts['the parties']} count the parties, {counts['rank']} are ranks, "
        f"{counts['parts of the argument']} count parts of the argument, {counts['time']} measure time and "
        f"{counts['people and things']} count people and things; few of these bear a dot."
    )


def numbers_description(data: pd.DataFrame) -> str:
    """Every cell: numbers by matter and text, and how many bear a hedge."""
    rows = []
    for matter in contents.MATTERS:
        here = data[data.matter == matter]
        cells = (
            (len(at), int(at.hedged.sum()), text)
            for text in contents.TEXTS
            for at in [here[here.text == text]]
        )
        rows.append(
            f"{matter}: "
            + ", ".join(
                f"{TEXT_NAMES[text]} {n}" + (f" ({hedged} hedged)" if hedged else "")
                for n, hedged, text in cells
            )
        )
    return (
        f"A grid of squares, one for each of {len(data)} printed numbers, in lines of {ACROSS}. Across stand the "
        f"{listed(contents.TEXT_NAMES[t].lower() for t in contents.TEXTS)}, each with its count beside the squares; down stand "
        f"the matters that numbers are of. The rows of amounts ({listed(contents.AMOUNTS)}) are in bold, their squares blue; the "
        "squares of the others are grey. A white dot in a square marks a number with a hedge word.\n\n"
        f"{capital('; '.join(rows))}.\n\nThe amounts are {int(data.amount.sum())} in all, {int(data[data.amount].hedged.sum())} of them hedged; of "
        f"the {int((~data.amount).sum())} other numbers {int(data[~data.amount].hedged.sum())} are hedged."
    )


# --- claims by what they rest on ------------------------------------------------------------------


def claims_data() -> pd.DataFrame:
    """Every claim with its argument and what it rests on."""
    return contents.claims()


def _basis_mark(basis: str, size: float) -> dict:
    """How a claim of a basis is drawn: shape and fill tell the bases apart without colour."""
    filled = {"markeredgewidth": 0}
    return {
        "printed numbers": {"marker": "s", "markersize": size, "color": BLUE, **filled},
        "dates and steps": {"marker": "^", "markersize": size, "color": ORANGE, **filled},
        "a number not printed": {
            "marker": "s",
            "markersize": size * 0.86,
            "markerfacecolor": WHITE,
            "markeredgecolor": BLUE,
            "markeredgewidth": 0.9,
        },
        "a word without a threshold": {"marker": "o", "markersize": size * 0.5, "color": INK, **filled},
        "nothing countable": {"marker": "_", "markersize": size * 0.8, "color": GREY, "markeredgewidth": 1.2},
    }[basis]


def draw_claims(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A mark for each claim, by argument and text; the shape says what the claim rests on."""
    figure, axes = _panels(sheet, 124 if sheet.narrow else 150)
    counts = contents.by_text(data, "argument", contents.arguments())
    tops = _rows(counts)
    size = 4.6 if sheet.narrow else 8
    for side, text in zip(axes, contents.TEXTS, strict=True):
        for name, top in tops.items():
            rows = data[(data.text == text) & (data.argument == name)]
            ordered = sorted(rows.basis, key=contents.BASES.index)
            _marks(side, top, ({"layers": [_basis_mark(basis, size)]} for basis in ordered))
    _labels(axes, counts, tops, sheet)
    marks = (Line2D([], [], linestyle="none", label=b, **_basis_mark(b, size)) for b in contents.BASES)
    key(figure, marks, 2 if sheet.narrow else 3, sheet)
    return figure


def claims_caption(data: pd.DataFrame) -> str:
    """What a mark is."""
    return (
        f"The {len(data)} claims of the texts by argument, one mark each, and what each would be held against as "
        "formalised: a printed number, printed dates and steps, a number that no text prints, or words alone (a degree word "
        "that fixes no threshold, or nothing countable). Arguments with most claims on printed numbers stand first. "
        f"Source: all claims of {sources(data.text)}."
    )


def claims_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    by = contents.by_argument().set_index("argument")
    on_numbers = by["printed numbers"].sort_values(ascending=False, kind="stable")
    first, second = on_numbers.index[:2]
    of = data.basis.value_counts()
    return (
        f"Grid of marks by argument and text. Filled squares are rare: {of['printed numbers']} claims, of which "
        f"{on_numbers[first]} on {first} and {on_numbers[second]} on {second}; every other argument has at most "
        f"{on_numbers.iloc[2]}. Triangles, for dates and steps, number {of['dates and steps']} and gather in "
        f"{', '.join(by['dates and steps'].sort_values(ascending=False, kind='stable').index[:3])}. Open squares, for numbers that are not printed, are the "
        f"commonest mark at {of['a number not printed']}; {of['a word without a threshold']} dots and "
        f"{of['nothing countable']} dashes stand for words alone."
    )


def claims_description(data: pd.DataFrame) -> str:
    """Every cell: claims by argument, text and what they rest on."""
    rows = []
    for argument in contents.arguments():
        cells = []
        for text in contents.TEXTS:
            found = data[(data.argument == argument) & (data.text == text)].basis.value_counts()
            said = ", ".join(f"{found[basis]} on {basis}" for basis in contents.BASES if basis in found.index)
            cells.append(f"{TEXT_NAMES[text]} {said or 'none'}")
        rows.append(f"{argument}: {'; '.join(cells)}.")
    of = data.basis.value_counts()
    return (
        f"A grid of marks, one for each of {len(data)} claims, in lines of {ACROSS}: arguments down, those with most claims on "
        f"printed numbers first, and the {listed(contents.TEXT_NAMES[t].lower() for t in contents.TEXTS)} across. The shape says "
        "what a claim rests on as formalised: a filled blue square printed numbers, an orange triangle dates and steps, an open "
        "square a number that is not printed, a dot a word without a threshold, a dash nothing countable.\n\n"
        + capital(" ".join(capital(row) for row in rows))
        + "\n\nIn all: "
        + ", ".join(f"{of[basis]} on {basis}" for basis in contents.BASES)
        + "."
    )


# --- steps by how finely they are dated -----------------------------------------------------------


def dates_data() -> pd.DataFrame:
    """Every step with how finely the print dates it."""
    return contents.steps()


def draw_dates(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Steps by fineness of dating, one panel a text; bars with days in colour, bars without in grey."""
    figure, axes = _panels(sheet, 66 if sheet.narrow else 78)
    counts = contents.by_text(data, "fineness", list(contents.FINENESS))
    positions = [i + (0.6 if name not in contents.DATED else 0) for i, name in enumerate(contents.FINENESS)]
    most = int(counts.to_numpy().max())
    for side, text in zip(axes, contents.TEXTS, strict=True):
        for y, name in zip(positions, contents.FINENESS, strict=True):
            dated = name in contents.DATED
            side.barh(y, counts[text][name], height=0.62, color=BLUE if dated else STONE, linewidth=0)
            side.text(
                counts[text][name] + most * 0.03,
                y,
                str(counts[text][name]),
                va="center_baseline",
                fontsize=sheet.size,
                color=INK,
            )
        side.axhline(len(contents.DATED) - 0.2, color=PALE, linewidth=0.8)
        side.set(xlim=(0, most * 1.25), ylim=(positions[-1] + 0.5, -0.6))
    axes[0].set_yticks(positions)
    axes[0].set_yticklabels(contents.FINENESS, fontsize=sheet.size)
    return figure


def dates_caption(data: pd.DataFrame) -> str:
    """What the bars count."""
    return (
        f"The {len(data)} events and steps of the record by how finely the print dates them. The upper bars have days of the "
        "text's own, open on both sides by no more than the name says, or bounded on one side only; the lower bars have "
        "none: a citation bounds the day from above, another step gives an order, or nothing is printed. "
        f"Source: all events and steps of {sources(data.text)}."
    )


def dates_alt(data: pd.DataFrame) -> str:
    """The figure in words."""
    counts = contents.by_text(data, "fineness", list(contents.FINENESS))
    undated = counts.loc["no date"]
    dated = data[data.dated].groupby("text").size()
    return (
        f"Bar chart in {spelled(len(contents.TEXTS))} panels. No date at all is the longest bar in each: "
        + ", ".join(str(undated[t]) for t in contents.TEXTS)
        + f" steps. Days of the text's own fall to {', '.join(str(dated[t]) for t in contents.TEXTS)} steps, and only "
        f"{', '.join(str(counts.loc['within a month'][t]) for t in contents.TEXTS)} of these to a month or less. The policy "
        f"paper orders {counts.loc['by another step only']['carnegie2024']} steps by another step; the book chapter and the "
        f"article leave {counts.loc['by a citation only']['kocak2026']} and {counts.loc['by a citation only']['kurnaz2026']} to the year of a citation."
    )


def dates_description(data: pd.DataFrame) -> str:
    """Every bar: steps by fineness of dating and text."""
    counts = contents.by_text(data, "fineness", list(contents.FINENESS))
    return (
        f"Horizontal bars in {spelled(len(contents.TEXTS))} panels, a panel for each text: "
        f"{listed(contents.TEXT_NAMES[t].lower() for t in contents.TEXTS)}. The rows say how finely the print dates a step. "
        f"The upper {spelled(len(contents.DATED))} rows, in blue, have days of the text's own; the lower "
        f"{spelled(len(contents.FINENESS) - len(contents.DATED))}, in grey and under a line, have none. The count stands at the end of "
        "each bar.\n\n"
        + capital(
            "; ".join(
                f"{name}: " + ", ".join(f"{TEXT_NAMES[t]} {counts[t][name]}" for t in contents.TEXTS)
                for name in contents.FINENESS
            )
        )
        + f".\n\nOf {len(data)} steps in all {int(data.dated.sum())} have days of the text's own and {int(counts.loc['no date'].sum())} no date at all."
    )


def _resting_on_numbers() -> tuple[str, ...]:
    found = contents.claims()
    return tuple(found[found.basis == "printed numbers"].id)


def _figure(
    identifier: str, title: str, parts: tuple[Callable, ...], claims: tuple[str, ...], rows: Iterable[str]
) -> Figure:
    return Figure(identifier, title, CHAPTER, claims, tuple(rows), "0.1.0", "0.1.0", *parts)


FIGURES = (
    _figure(
        "fig-record-numbers",
        "How many of the printed numbers say how much",
        (numbers_data, draw_numbers, numbers_caption, numbers_alt, numbers_description),
        (),
        record().rows["quantities"],
    ),
    _figure(
        "fig-record-claims",
        "Where a claim meets a printed number",
        (claims_data, draw_claims, claims_caption, claims_alt, claims_description),
        _resting_on_numbers(),
        record().rows["claims"],
    ),
    _figure(
        "fig-record-dates",
        "How finely the steps are dated",
        (dates_data, draw_dates, dates_caption, dates_alt, dates_description),
        (),
        record().rows["events"],
    ),
)
