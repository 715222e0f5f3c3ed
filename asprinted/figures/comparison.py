"""Figures of the chapter on the three texts: shared events, rival explanations, verdicts by argument and text."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from asprinted import comparison, ledger
from asprinted.figures.spec import Figure
from asprinted.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PALE, SKY, Sheet
from asprinted.record import record

CHAPTER = "three-texts"
HEADS = {
    "kurnaz2026": "Journal article",
    "carnegie2024": "Policy paper",
    "kocak2026": "Book chapter",
}
SHORT = {"domestic politics": "home politics"}
TINTS = {"soft balancing": BLUE, "leverage": ORANGE, "order-building": GREEN}
WHITE = "white"


def _bare(axes: Axes) -> None:
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


# --- one event, three texts -----------------------------------------------------------------------


def events_data() -> pd.DataFrame:
    """Each shared event and text: uses, phrases, paragraphs and rows, joined by semicolons."""
    cells = comparison.shared()
    return cells.assign(
        **{c: ["; ".join(map(str, v)) for v in cells[c]] for c in ("uses", "phrases", "paragraphs", "rows")}
    )


def _uses(cell: str) -> list[str]:
    return cell.split("; ") if cell else []


def draw_events(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Events down, texts across; each cell names what the text makes of the event, blank cells are silence."""
    figure, axes = sheet.open(150 if sheet.narrow else 166)
    y, ticks = 0.0, []
    group = 0
    for event, rows in data.groupby("event", sort=False):
        uses = {row.text: _uses(row.uses) for row in rows.itertuples()}
        tall = max(map(len, uses.values()))
        height = 1.0 if tall == 1 else 1.55
        treat = sum(map(bool, uses.values()))
        if group and treat != group:
            y += 0.35
        group = treat
        for x, text in enumerate(comparison.TEXTS):
            here = uses[text]
            if not here:
                axes.text(
                    x + 0.5, y + height / 2, "–", ha="center", va="center", fontsize=sheet.size, color=GREY
                )
            for part, use in enumerate(here):
                slice_ = height / len(here)
                top = y + part * slice_
                axes.add_patch(
                    Rectangle(
                        (x + 0.02, top + 0.06),
                        0.96,
                        slice_ - (0.12 if len(here) == 1 else 0.08),
                        facecolor=TINTS.get(use, PALE),
                        alpha=0.32 if use in TINTS else 0.55,
                        edgecolor="none",
                    )
                )
                axes.add_patch(
                    Rectangle(
                        (x + 0.02, top + 0.06),
                        0.025,
                        slice_ - (0.12 if len(here) == 1 else 0.08),
                        facecolor=TINTS.get(use, GREY),
                        edgecolor="none",
                    )
                )
                axes.text(
                    x + 0.52,
                    top + slice_ / 2 + 0.02,
                    SHORT.get(use, use),
                    ha="center",
                    va="center",
                    fontsize=sheet.size - (0.9 if sheet.narrow else 0.6),
                    color=INK,
                    fontweight="bold" if use in TINTS and not sheet.narrow else "normal",
                )
        ticks.append((y + height / 2, event))
        y += height
    axes.set(xlim=(0, 3), ylim=(y, -0.1), yticks=[at for at, _ in ticks])
    axes.set_yticklabels([name for _, name in ticks], fontsize=sheet.size - (0.4 if sheet.narrow else 0))
    axes.set_xticks([0.5, 1.5, 2.5])
    axes.set_xticklabels(
        [HEADS[t].replace(" ", "\n") if sheet.narrow else HEADS[t] for t in comparison.TEXTS],
        fontweight="bold",
        fontsize=sheet.size,
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def _told(data: pd.DataFrame) -> tuple[int, int, int]:
    """Events, events that all three texts treat, and events of which two texts make one same use."""
    texts = data[data.uses != ""].groupby("event").size()
    same = 0
    for _, rows in data.groupby("event"):
        uses = [u for cell in rows.uses for u in set(_uses(cell))]
        same += len(uses) != len(set(uses))
    return len(texts), int((texts == len(comparison.TEXTS)).sum()), same


def _most(data: pd.DataFrame, text: str) -> tuple[str, int, int]:
    """The use that a text makes of most shared events, of how many, and how many it treats."""
    cells = [_uses(cell) for cell in data[data.text == text].uses if cell]
    counts = pd.Series([u for cell in cells for u in cell]).value_counts()
    return str(counts.index[0]), int(counts.iloc[0]), len(cells)


def events_caption(data: pd.DataFrame) -> str:
    """What a cell says, and how seldom two agree."""
    events, all_three, same = _told(data)
    return (
        f"What three texts make of the {events} events and relations that two or more of them treat. A cell names "
        "what the text says the event shows, serves or opened; a dash is silence. The edge of a cell "
        "is coloured for the three theories and grey for any other use. "
        f"All three texts treat {all_three} of the events; in {same} do two texts make the same use of one. "
        "First reading; the rule stands in the chapter, every phrase in the data of the figure. "
        "Source: kurnaz2026, carnegie2024, kocak2026."
    )


def events_alt(data: pd.DataFrame) -> str:
    """The grid in words."""
    said = []
    for text in comparison.TEXTS:
        use, times, treated = _most(data, text)
        said.append(f"the {HEADS[text].lower()} treats {treated} and makes {times} of them {use}")
    return (
        f"Table of {_told(data)[0]} rows and three columns of labelled cells. Each column has its own prevailing label: "
        + "; ".join(said)
        + ". The last column is mostly dashes."
    )


# --- rival explanations ---------------------------------------------------------------------------

LETTERS = {"kurnaz2026": "A", "carnegie2024": "P", "kocak2026": "C"}
EXPLANATION_HEADS = {
    "soft balancing": "Soft balancing",
    "economic need": "Economic need",
    "regional security": "Regional security",
    "bargaining": "Bargaining",
    "domestic politics": "Domestic politics",
    "hedging": "Hedging",
    "order-building": "Order-building",
}


def rivals_data() -> pd.DataFrame:
    """Each step and explanation: outcome, texts for, singling out and against, phrases, joined by semicolons."""
    cells = comparison.rivals()
    return cells.assign(
        **{
            c: ["; ".join(v) for v in cells[c]]
            for c in ("for", "singled by", "against", "phrases", "singling")
        }
    )


def _letters(cell: str) -> str:
    return "".join(LETTERS[text] for text in comparison.TEXTS if text in cell.split("; "))


def _box(axes: Axes, x: float, y: float, outcome: str, half: float = 0.45) -> None:
    """One cell's ground: full, light, hatched for evidence against, light and hatched for both."""
    face = {comparison.SINGLES: BLUE, comparison.ALLOWS: SKY, "both ways": SKY}.get(outcome, WHITE)
    axes.add_patch(
        Rectangle(
            (x - half, y - 0.41),
            2 * half,
            0.82,
            facecolor=face,
            alpha=1 if outcome == comparison.SINGLES else 0.45,
            edgecolor="none",
        )
    )
    if outcome in ("both ways", comparison.AGAINST):
        axes.add_patch(
            Rectangle(
                (x - half, y - 0.41),
                2 * half,
                0.82,
                facecolor="none",
                edgecolor=ORANGE,
                linewidth=1.3,
                linestyle=(0, (2, 1)),
            )
        )


def _cell_words(row) -> str:
    """The letters of the texts: those that single out, or are for; a cross before those against."""
    chosen = row["singled by"] if row["outcome"] == comparison.SINGLES else row["for"]
    against = "×" + _letters(row["against"]) if row["against"] else ""
    return _letters(chosen) + against


def draw_rivals(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """Steps down, explanations across; a cell's ground says how the print bears, its letters which text prints it."""
    figure, axes = sheet.open(112)
    names = list(dict.fromkeys(data["step"]))
    for _, row in data.iterrows():
        x, y = comparison.EXPLANATIONS.index(row["explanation"]), names.index(row["step"])
        if row["outcome"] == "nothing printed":
            axes.plot([x], [y], marker=".", markersize=2, color=GREY)
            continue
        _box(axes, x, y, row["outcome"], 0.48 if sheet.narrow else 0.45)
        axes.text(
            x,
            y,
            _cell_words(row),
            ha="center",
            va="center_baseline",
            fontsize=sheet.size - (0.9 if sheet.narrow else 0.4),
            color=WHITE if row["outcome"] == comparison.SINGLES else INK,
            fontweight="bold" if row["outcome"] == comparison.SINGLES else "normal",
        )
    labels = [_broken(name, 24 if sheet.narrow else 40) for name in names]
    axes.set(xlim=(-0.55, 6.55), ylim=(len(names) + 2.1, -0.55), yticks=range(len(names)))
    axes.set_yticklabels(labels, fontsize=sheet.size - (0.4 if sheet.narrow else 0))
    axes.set_xticks(range(len(comparison.EXPLANATIONS)))
    axes.set_xticklabels(
        [
            EXPLANATION_HEADS[e]
            if sheet.narrow
            else EXPLANATION_HEADS[e].replace(" ", "\n").replace("-b", "-\nb")
            for e in comparison.EXPLANATIONS
        ],
        rotation=90 if sheet.narrow else 0,
        fontsize=sheet.size - (0 if sheet.narrow else 0.4),
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    entries = (
        (comparison.SINGLES, "both tests met"),
        (comparison.ALLOWS, "first test met"),
        ("both ways", "for and against"),
        (comparison.AGAINST, "against"),
    )
    for i, (outcome, words) in enumerate(entries):
        x, y = (0.3 + 3.4 * (i % 2), len(names) + 0.15 + 0.95 * (i // 2) + 0.3)
        _box(axes, x, y, outcome)
        axes.text(x + 0.6, y, words, va="center", fontsize=sheet.size - 0.4, color=INK)
    axes.text(
        -0.62,
        len(names) + 0.92,
        "A article\nP paper\nC chapter",
        ha="right",
        va="center",
        fontsize=sheet.size - 0.4,
        color=INK,
    )
    return figure


def _broken(name: str, longest: int) -> str:
    """A step's name on two lines, where it is long."""
    if len(name) < longest:
        return name
    words = name.split()
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])


def _settled(data: pd.DataFrame) -> dict[str, int]:
    singled = data[data.outcome == comparison.SINGLES].groupby("step").size()
    steps = data["step"].nunique()
    return {
        "steps": steps,
        "one": int((singled == 1).sum()),
        "several": int((singled > 1).sum()),
        "none": steps - len(singled),
    }


def rivals_caption(data: pd.DataFrame) -> str:
    """What the tests are, and at how many steps they tell the explanations apart."""
    found = _settled(data)
    return (
        f"How the print bears on {data.explanation.nunique()} explanations of {found['steps']} steps. Light: something is printed whose absence would "
        "refute the explanation. Full: something is printed besides that would be hard to have on the others. Dashed "
        "frame: the print speaks against it; a dot: nothing is printed. Letters name the texts, after a cross those that "
        f"print against. One explanation alone has a full cell at {found['one']} steps, several at {found['several']}, "
        f"none at {found['none']}. First reading; rules and phrases in the chapter and the data of the figure. "
        "Source: kurnaz2026, carnegie2024, kocak2026."
    )


def rivals_alt(data: pd.DataFrame) -> str:
    """The matrix in words."""
    counts = data.outcome.value_counts()
    full = data[data.outcome == comparison.SINGLES].groupby("explanation").size()
    most = [e for e in comparison.EXPLANATIONS if full.get(e, 0) == full.max()]
    return (
        f"Matrix of {data['step'].nunique()} rows and {data.explanation.nunique()} columns. "
        f"{counts.get(comparison.SINGLES, 0)} cells are full, {counts.get(comparison.ALLOWS, 0)} light, "
        f"{counts.get('both ways', 0) + counts.get(comparison.AGAINST, 0)} framed as spoken against and "
        f"{counts.get('nothing printed', 0)} hold a dot. Most full cells, {full.max()}, stand under "
        f"{' and '.join(most)}; most rows have full cells in more than one column or in none."
    )


# --- verdicts by argument and text ----------------------------------------------------------------

SHADES = {
    "entailed": (BLUE, None),
    "consistent": (SKY, None),
    "contradicted": (ORANGE, "xxxxxx"),
    ledger.TURNS: (ORANGE, "//////"),
    "untestable": (PALE, None),
    "interpretive": (WHITE, "....."),
    "inputs conflict": (INK, None),
}


def verdicts_data() -> pd.DataFrame:
    """Claims by argument, text and verdict."""
    return comparison.verdict_counts()


def _words(data: pd.DataFrame) -> list[str]:
    return [name for name in SHADES if data[name].sum()]


def draw_verdicts(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A bar of claims for each argument and text, divided by verdict."""
    figure, boxes = sheet.open(104, nrows=2, ncols=3, height_ratios=(6, 1.35 if sheet.narrow else 0.8))
    names = list(dict.fromkeys(data["argument"]))
    widest = int(data[_words(data)].sum(axis=1).max())
    for place, (side, text) in enumerate(zip(boxes[0], comparison.TEXTS, strict=True)):
        for y, name in enumerate(names):
            row = data[(data["argument"] == name) & (data["text"] == text)].iloc[0]
            left = 0
            for word in _words(data):
                face, hatch = SHADES[word]
                if row[word]:
                    side.barh(
                        y,
                        row[word],
                        left=left,
                        height=0.72,
                        facecolor=face if hatch is None else WHITE,
                        edgecolor=GREY if face in (PALE, WHITE) else face,
                        hatch=hatch,
                        linewidth=0.6,
                    )
                    left += int(row[word])
            side.text(left + 0.6, y, str(left), va="center", fontsize=sheet.size - 0.6, color=INK)
        side.set(xlim=(0, widest + 4), ylim=(len(names) - 0.4, -0.6), xticks=[], yticks=range(len(names)))
        side.set_yticklabels(names if place == 0 else [], fontsize=sheet.size)
        side.set_title(
            HEADS[text].replace(" ", "\n") if sheet.narrow else HEADS[text],
            loc="left",
            fontsize=sheet.size,
            fontweight="bold",
        )
        side.tick_params(length=0)
        side.spines[["top", "right", "bottom"]].set_visible(False)
    grid = boxes[1][0].get_gridspec()
    for box in boxes[1]:
        box.remove()
    legend = figure.add_subplot(grid[1, :])
    _bare(legend)
    columns = 2 if sheet.narrow else 3
    for i, word in enumerate(_words(data)):
        face, hatch = SHADES[word]
        x, y = i % columns, i // columns
        legend.add_patch(
            Rectangle(
                (x, y + 0.12),
                0.09,
                0.66,
                facecolor=face if hatch is None else WHITE,
                edgecolor=GREY if face in (PALE, WHITE) else face,
                hatch=hatch,
                linewidth=0.6,
            )
        )
        legend.text(x + 0.13, y + 0.45, word, va="center", fontsize=sheet.size, color=INK)
    legend.set(xlim=(-0.02, columns), ylim=(-(-len(_words(data)) // columns), 0))
    return figure


def verdicts_caption(data: pd.DataFrame) -> str:
    """Counts in all."""
    totals = data[_words(data)].sum()
    listed = ", ".join(f"{int(n)} {word.replace('turns', 'turning')}" for word, n in totals.items())
    return (
        f"What the printed figures make of {int(totals.sum())} claims, by argument and text, on the plain reading: {listed}. "
        "The number after a bar counts its claims. Counts are not scores: genres differ, claims can be split, and "
        "a claim without a printed number is not thereby a weaker one. Arguments with most claims on printed numbers "
        "come first. Source: claims of kurnaz2026, carnegie2024, kocak2026."
    )


def verdicts_alt(data: pd.DataFrame) -> str:
    """The bars in words."""
    words = _words(data)
    by = data.groupby("argument")[words].sum()
    held = by["entailed"].idxmax()
    return (
        f"Three panels of {data['argument'].nunique()} stacked bars. In every panel the pale part, untestable, is the largest: "
        f"{', '.join(str(int(data[data.text == t]['untestable'].sum())) for t in comparison.TEXTS)} claims by text. "
        f"Entailed claims are most in {held}, {int(by['entailed'].max())} of {int(by.loc[held].sum())}; contradicted ones "
        f"appear only in {', '.join(by[by['contradicted'] > 0].index)}."
    )


# --- the ledger and the widths of the hedges ------------------------------------------------------


def widths_data() -> pd.DataFrame:
    """Stretches of widths with one headline, for each claim whose headline changes."""
    return comparison.moving()


def _strip_name(claim: str) -> str:
    """A claim in a few words of its id, with its text's letter and paragraph."""
    row = record().rows["claims"][claim]
    words = claim.split("-", 2)[2].replace("-", " ").capitalize()
    return f"{words}, {LETTERS[row.text]} ¶{row.paragraph}"


def _strip_shade(headline: str) -> tuple[str, str | None]:
    return SHADES[ledger.TURNS] if ";" in headline else SHADES[headline]


def draw_widths(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A strip for each claim that changes, from no width to three times the plain one, divided by headline."""
    figure, boxes = sheet.open(
        100 if sheet.narrow else 88, nrows=2, height_ratios=(6, 1.6 if sheet.narrow else 0.8)
    )
    axes, legend = boxes
    names = list(dict.fromkeys(data["claim"]))
    for y, claim in enumerate(names):
        rows = data[data["claim"] == claim]
        starts = [float(x) for x in rows["from"]]
        ends = [*starts[1:], float(rows["to"].iloc[-1])]
        for left, right, headline in zip(starts, ends, rows["headline"], strict=True):
            face, hatch = _strip_shade(headline)
            axes.barh(
                y,
                right - left,
                left=left,
                height=0.66,
                facecolor=WHITE if hatch else face,
                edgecolor=face,
                hatch=hatch,
                linewidth=0.6,
            )
    axes.axvline(1, color=INK, linewidth=1.1, linestyle=(0, (3, 2)))
    axes.text(1.02, -0.75, "as read in this book", va="center", fontsize=sheet.size - 0.4, color=INK)
    axes.set(ylim=(len(names) - 0.45, -1.1), xlim=(0, float(data["to"].max())), yticks=range(len(names)))
    axes.set_yticklabels([_strip_name(c) for c in names])
    axes.set_xticks([0, 1, 2, 3])
    axes.set_xlabel(
        "Width of the hedges" + (" (plain = 1)" if sheet.narrow else ", as a multiple of the plain one")
    )
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    _bare(legend)
    words = ["entailed", "consistent", "contradicted", ledger.TURNS]
    columns = 1 if sheet.narrow else 2
    for i, word in enumerate(words):
        face, hatch = SHADES[word]
        x, y = i % columns, i // columns
        legend.add_patch(
            Rectangle(
                (x, y + 0.14),
                0.08,
                0.64,
                facecolor=WHITE if hatch else face,
                edgecolor=face,
                hatch=hatch,
                linewidth=0.6,
            )
        )
        legend.text(x + 0.11, y + 0.45, word, va="center", fontsize=sheet.size - 0.2, color=INK)
    legend.set(xlim=(-0.02, columns + 0.15), ylim=(len(words) / columns, 0))
    return figure


def _changes(data: pd.DataFrame) -> tuple[int, int, int]:
    """Claims that change at all, below the plain width, and above it."""
    below = data[(data["to"] < 1)]["claim"].nunique()
    above = data[(data["from"] > 1)]["claim"].nunique()
    return data["claim"].nunique(), below, above


def widths_caption(data: pd.DataFrame) -> str:
    """How many claims change, and on which side of the book's own reading."""
    claims = ledger.counts()["claims"]
    every, below, above = _changes(data)
    return (
        f"The {every} of {claims} claims whose verdict changes if the plain widths of all hedges are scaled from 0 to 3 times. "
        "At 0 only the printed digits themselves are allowed. "
        f"{below} change below the width that this book uses, {above} above it. The claim that changes nearest to it comes first; "
        "letters name the text (A article, P paper, C chapter). Source: claims of kurnaz2026, carnegie2024, kocak2026."
    )


def widths_alt(data: pd.DataFrame) -> str:
    """The strips in words."""
    every, _, _ = _changes(data)
    started = data.groupby("claim", sort=False)["headline"].first()
    last = data.groupby("claim", sort=False)["headline"].last()
    borders = data[data["from"] > 0]["from"]
    left, right = int((borders <= 1).sum()), int((borders > 1).sum())
    return (
        f"{every} horizontal strips over a scale from 0 to 3 with a dashed line at 1. {int((started == 'contradicted').sum())} "
        f"strips begin as contradicted at 0; at 3, {int((last == 'entailed').sum())} are entailed and "
        f"{int((last == 'consistent').sum())} consistent. Of the borders between verdicts {left} lie left of the line and {right} right of it."
    )


def _rows(*variables: str) -> tuple[str, ...]:
    """The ids that some variables code."""
    return tuple(
        dict.fromkeys(row.unit for v in variables for row in record().select(f"codings?variable={v}"))
    )


FIGURES = (
    Figure(
        id="fig-three-texts-events",
        title="One event, three texts",
        chapter=CHAPTER,
        claims=(
            "c-kurnaz-active-neutrality-is-sb",
            "c-carnegie-leverage-all-parties",
            "c-kocak-permissiveness-enabled",
        ),
        rows=_rows("shared event"),
        first="0.1.0",
        changed="0.1.0",
        data=events_data,
        draw=draw_events,
        caption=events_caption,
        alt=events_alt,
    ),
    Figure(
        id="fig-three-texts-rivals",
        title="Which explanations the print tells apart",
        chapter=CHAPTER,
        claims=(
            "c-kurnaz-steps-meet-definition",
            "c-carnegie-hedging-symptom",
            "c-kocak-order-builders",
        ),
        rows=_rows("central step"),
        first="0.1.0",
        changed="0.1.0",
        data=rivals_data,
        draw=draw_rivals,
        caption=rivals_caption,
        alt=rivals_alt,
    ),
    Figure(
        id="fig-three-texts-verdicts",
        title="Verdicts by argument and text",
        chapter=CHAPTER,
        claims=(),
        rows=(),
        first="0.1.0",
        changed="0.1.0",
        data=verdicts_data,
        draw=draw_verdicts,
        caption=verdicts_caption,
        alt=verdicts_alt,
    ),
    Figure(
        id="fig-three-texts-widths",
        title="Verdicts as the hedges widen",
        chapter=CHAPTER,
        claims=(),
        rows=(),
        first="0.1.0",
        changed="0.1.0",
        data=widths_data,
        draw=draw_widths,
        caption=widths_caption,
        alt=widths_alt,
    ),
)
