"""Figures of the chapter on the three texts: shared events, rival explanations, verdicts by argument and text."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Patch, Rectangle

from asprinted import comparison, ledger
from asprinted.contents import TEXT_NAMES as HEADS
from asprinted.display import decimal
from asprinted.figures.prose import TEXT_NAMES, capital, listed, spelled
from asprinted.figures.sources import codings
from asprinted.figures.spec import Figure
from asprinted.figures.strips import key, name_rows, tint
from asprinted.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PALE, SKY, WHITE, Sheet
from asprinted.record import record
from asprinted.texts import sources

CHAPTER = "three-texts"
SHORT = {"domestic politics": "home politics"}
TINTS = {"soft balancing": BLUE, "leverage": ORANGE, "order-building": GREEN}


def _head(text: str, sheet: Sheet) -> str:
    """A text's name over its column, on two lines where it is narrow."""
    return HEADS[text].replace(" ", "\n") if sheet.narrow else HEADS[text]


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
                        facecolor=tint(TINTS[use], 0.32) if use in TINTS else tint(PALE, 0.55),
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
                    fontsize=sheet.small,
                    color=INK,
                    fontweight="bold" if use in TINTS else "normal",
                )
        ticks.append((y + height / 2, event))
        y += height
    axes.set(xlim=(0, 3), ylim=(y, -0.1), yticks=[at for at, _ in ticks])
    axes.set_yticklabels([name for _, name in ticks], fontsize=sheet.small if sheet.narrow else sheet.size)
    axes.set_xticks([0.5, 1.5, 2.5])
    axes.set_xticklabels(
        [_head(text, sheet) for text in comparison.TEXTS],
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
        f"What the texts make of the {events} events and relations that more than one of them treats. A cell names "
        "what the text says the event shows, serves or opened; a dash is silence. The edge of a cell "
        "is coloured for the theories of the texts and grey for any other use. "
        f"All texts treat {all_three} of the events; of {same} some of them make the same use. "
        "First reading; the rule stands in the chapter, every phrase in the data of the figure. "
        f"Source: {sources(comparison.TEXTS)}."
    )


def events_alt(data: pd.DataFrame) -> str:
    """The grid in words."""
    said = []
    for text in comparison.TEXTS:
        use, times, treated = _most(data, text)
        said.append(f"the {HEADS[text].lower()} treats {treated} and makes {times} of them {use}")
    return (
        f"Table of {_told(data)[0]} rows and {spelled(len(comparison.TEXTS))} columns of labelled cells. Each column has its own prevailing label: "
        + "; ".join(said)
        + ". The last column is mostly dashes."
    )


def _made(rows: pd.DataFrame) -> str:
    """What each text makes of one event, in the order of the columns."""
    uses = {row.text: _uses(row.uses) for row in rows.itertuples()}
    return ", ".join(
        f"{TEXT_NAMES[text]} {listed(uses[text]) if uses[text] else 'silent'}" for text in comparison.TEXTS
    )


def events_description(data: pd.DataFrame) -> str:
    """Every event with the label of each text."""
    events, all_three, same = _told(data)
    shared = data[data.uses != ""].groupby("event").size()
    groups = {
        treat: "; ".join(
            f"{event}: {_made(rows)}"
            for event, rows in data.groupby("event", sort=False)
            if shared[event] == treat
        )
        for treat in sorted(set(shared), reverse=True)
    }
    return (
        f"A table: {events} events down, the {listed(HEADS[t].lower() for t in comparison.TEXTS)} across. "
        "Each cell holds the word for what the text makes of the event, with a coloured edge where the word is the text's "
        "theory: soft balancing blue, leverage orange, order-building green. A dash says that the text is silent. Events "
        f"that more texts treat stand higher: {all_three} are treated by every text. In {same} do texts agree on the use.\n\n"
        + "\n\n".join(
            f"Treated by {spelled(treat)} texts. {capital(said)}." for treat, said in groups.items()
        )
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
            facecolor=tint(face, 1 if outcome == comparison.SINGLES else 0.45),
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
            fontsize=sheet.small,
            color=WHITE if row["outcome"] == comparison.SINGLES else INK,
            fontweight="bold" if row["outcome"] == comparison.SINGLES else "normal",
        )
    labels = [_broken(name, 24 if sheet.narrow else 40) for name in names]
    axes.set(xlim=(-0.55, 6.55), ylim=(len(names) + 2.1, -0.55), yticks=range(len(names)))
    axes.set_yticklabels(labels, fontsize=sheet.small if sheet.narrow else sheet.size)
    axes.set_xticks(range(len(comparison.EXPLANATIONS)))
    axes.set_xticklabels(
        [
            EXPLANATION_HEADS[e]
            if sheet.narrow
            else EXPLANATION_HEADS[e].replace(" ", "\n").replace("-b", "-\nb")
            for e in comparison.EXPLANATIONS
        ],
        rotation=90 if sheet.narrow else 0,
        fontsize=sheet.size if sheet.narrow else sheet.small,
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
        axes.text(x + 0.6, y, words, va="center", fontsize=sheet.small, color=INK)
    axes.text(
        -0.62,
        len(names) + 0.92,
        "A article\nP paper\nC chapter",
        ha="right",
        va="center",
        fontsize=sheet.small,
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
        f"Source: {sources(comparison.TEXTS)}."
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


def _printing(row: pd.Series) -> str:
    """The texts that a cell names: for the explanation, and against it."""
    pro = row["singled by"] if row["outcome"] == comparison.SINGLES else row["for"]
    sides = (
        listed(TEXT_NAMES[t] for t in side.split("; ")) if side else "" for side in (pro, row["against"])
    )
    pro, contra = sides
    return "; ".join(filter(None, (pro, contra and f"against it {contra}")))


def _bearing(rows: pd.DataFrame, outcome: str, texts: str) -> str:
    """The explanations of a step with one outcome, each with the texts that print it."""
    return listed(
        f"{row['explanation']} ({listed(TEXT_NAMES[t] for t in row[texts].split('; '))})"
        for _, row in rows[rows["outcome"] == outcome].iterrows()
    )


def _step_words(step: str, rows: pd.DataFrame) -> str:
    """A row of the matrix in words, blank cells left out."""
    kinds = {
        comparison.SINGLES: "full",
        comparison.ALLOWS: "light",
        "both ways": "light and framed",
        comparison.AGAINST: "framed",
    }
    said = [
        f"{name} " + listed(f"{row['explanation']} ({_printing(row)})" for _, row in cells.iterrows())
        for outcome, name in kinds.items()
        for cells in [rows[rows["outcome"] == outcome]]
        if len(cells)
    ]
    return f"{step}: {'; '.join(said)}."


def rivals_description(data: pd.DataFrame) -> str:
    """Every cell that is not blank, step by step."""
    found = _settled(data)
    full = data[data.outcome == comparison.SINGLES].groupby("explanation").size()
    return (
        f"A matrix. Down stand {found['steps']} central steps, across the explanations: {listed(comparison.EXPLANATIONS)}. A full "
        "cell says that a text prints something that would be hard to have on the other explanations, a light cell that "
        "something is printed whose absence would refute the explanation, a dashed orange frame that a text prints against "
        "it, a dot that nothing is printed. The letters in a cell name the texts; after a cross stand those against.\n\n"
        + " ".join(_step_words(step, rows) for step, rows in data.groupby("step", sort=False))
        + "\n\nFull cells by explanation: "
        + ", ".join(f"{e} {full.get(e, 0)}" for e in comparison.EXPLANATIONS)
        + f". One explanation alone is full at {found['one']} steps, several at {found['several']}, none at {found['none']}."
    )


# --- verdicts by argument and text ----------------------------------------------------------------

SHADES = {
    "entailed": {"facecolor": BLUE, "edgecolor": BLUE},
    "consistent": {"facecolor": SKY, "edgecolor": SKY},
    "contradicted": {"facecolor": WHITE, "edgecolor": ORANGE, "hatch": "xxxxxx"},
    ledger.TURNS: {"facecolor": WHITE, "edgecolor": ORANGE, "hatch": "//////"},
    "untestable": {"facecolor": PALE, "edgecolor": GREY},
    "interpretive": {"facecolor": WHITE, "edgecolor": GREY, "hatch": "....."},
    "inputs conflict": {"facecolor": INK, "edgecolor": INK},
}


def verdicts_data() -> pd.DataFrame:
    """Claims by argument, text and verdict."""
    return comparison.verdict_counts()


def _words(data: pd.DataFrame) -> list[str]:
    return [name for name in SHADES if data[name].sum()]


def _samples(words: list[str]) -> list[Patch]:
    """Verdicts as they are shaded, for a key."""
    return [Patch(label=word, linewidth=0.6, **SHADES[word]) for word in words]


def draw_verdicts(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A bar of claims for each argument and text, divided by verdict."""
    figure, panels = sheet.open(104, ncols=3)
    names = list(dict.fromkeys(data["argument"]))
    widest = int(data[_words(data)].sum(axis=1).max())
    for place, (side, text) in enumerate(zip(panels, comparison.TEXTS, strict=True)):
        for y, name in enumerate(names):
            row = data[(data["argument"] == name) & (data["text"] == text)].iloc[0]
            left = 0
            for word in _words(data):
                if row[word]:
                    side.barh(y, row[word], left=left, height=0.72, linewidth=0.6, **SHADES[word])
                    left += int(row[word])
            side.text(left + 0.6, y, str(left), va="center", fontsize=sheet.small, color=INK)
        side.set(xlim=(0, widest + 4), ylim=(len(names) - 0.4, -0.6), xticks=[], yticks=range(len(names)))
        side.set_yticklabels(names if place == 0 else [], fontsize=sheet.size)
        side.set_title(
            _head(text, sheet),
            loc="left",
            fontsize=sheet.size,
            fontweight="bold",
        )
        side.tick_params(length=0)
        side.spines[["top", "right", "bottom"]].set_visible(False)
    key(figure, _samples(_words(data)), 2 if sheet.narrow else 3, sheet)
    return figure


def verdicts_caption(data: pd.DataFrame) -> str:
    """Counts in all."""
    totals = data[_words(data)].sum()
    listed = ", ".join(f"{int(n)} {word.replace('turns', 'turning')}" for word, n in totals.items())
    return (
        f"What the printed figures make of {int(totals.sum())} claims, by argument and text, on the plain reading: {listed}. "
        "The number after a bar counts its claims. Counts are not scores: genres differ, claims can be split, and "
        "a claim without a printed number is not thereby a weaker one. Arguments with most claims on printed numbers "
        f"come first. Source: all claims of {sources(data.text)}."
    )


def verdicts_alt(data: pd.DataFrame) -> str:
    """The bars in words."""
    words = _words(data)
    by = data.groupby("argument")[words].sum()
    held = by["entailed"].idxmax()
    return (
        f"{capital(spelled(data.text.nunique()))} panels of {data['argument'].nunique()} stacked bars. In every panel the pale part, untestable, is the largest: "
        f"{', '.join(str(int(data[data.text == t]['untestable'].sum())) for t in comparison.TEXTS)} claims by text. "
        f"Entailed claims are most in {held}, {int(by['entailed'].max())} of {int(by.loc[held].sum())}; contradicted ones "
        f"appear only in {', '.join(by[by['contradicted'] > 0].index)}."
    )


def _said(word: str) -> str:
    """A verdict as it stands after a count."""
    return word.replace("turns", "turning")


def _verdicts_of(row: pd.Series, words: list[str]) -> str:
    """A bar in words: all claims, and its parts that are not empty."""
    every = int(row[words].sum())
    parts = ", ".join(f"{int(row[word])} {_said(word)}" for word in words if row[word])
    return f"{TEXT_NAMES[row['text']]} {every}" + (f" ({parts})" if every else "")


def verdicts_description(data: pd.DataFrame) -> str:
    """Every bar with its parts, argument by argument."""
    words = _words(data)
    rows = "; ".join(
        f"{argument}: " + ", ".join(_verdicts_of(row, words) for _, row in group.iterrows())
        for argument, group in data.groupby("argument", sort=False)
    )
    totals = data.groupby("text", sort=False)[words].sum()
    return (
        f"Side by side stand {spelled(len(totals))} panels of horizontal stacked bars, a panel for each text: "
        f"{listed(HEADS[t].lower() for t in comparison.TEXTS)}. The rows are arguments, those with most claims on printed "
        f"numbers first. A bar is divided, from the left, into claims that are {listed(_said(w) for w in words)}; hatching and shade tell the "
        "parts apart, and the number at its end counts its claims.\n\n"
        f"{capital(rows)}.\n\nIn all, "
        + "; ".join(
            f"the {TEXT_NAMES[text]} has {int(row.sum())}: "
            + ", ".join(f"{int(row[w])} {_said(w)}" for w in words if row[w])
            for text, row in totals.iterrows()
        )
        + "."
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


def _strip_shade(headline: str) -> dict[str, str]:
    return SHADES[ledger.TURNS] if ";" in headline else SHADES[headline]


def draw_widths(data: pd.DataFrame, sheet: Sheet) -> Drawing:
    """A strip for each claim that changes, from no width to three times the plain one, divided by headline."""
    figure, axes = sheet.open(94 if sheet.narrow else 88)
    names = list(dict.fromkeys(data["claim"]))
    for y, claim in enumerate(names):
        rows = data[data["claim"] == claim]
        starts = [float(x) for x in rows["from"]]
        ends = [*starts[1:], float(rows["to"].iloc[-1])]
        for left, right, headline in zip(starts, ends, rows["headline"], strict=True):
            axes.barh(y, right - left, left=left, height=0.66, linewidth=0.6, **_strip_shade(headline))
    axes.axvline(1, color=INK, linewidth=1.1, linestyle=(0, (3, 2)))
    axes.text(1.05, -0.75, "as read in this book", va="center", fontsize=sheet.small, color=INK)
    name_rows(axes, {y: _strip_name(claim) for y, claim in enumerate(names)}, grid=False)
    axes.set(ylim=(len(names) - 0.45, -1.1), xlim=(0, float(data["to"].max())), xticks=[0, 1, 2, 3])
    axes.set_xlabel(
        "Width of the hedges" + (" (plain = 1)" if sheet.narrow else ", as a multiple of the plain one")
    )
    key(figure, _samples(["entailed", "consistent", "contradicted", ledger.TURNS]), 2, sheet)
    return figure


def _changes(data: pd.DataFrame) -> tuple[int, int, int]:
    """Claims that change at all, below the plain width, and above it."""
    below = data[(data["to"] < 1)]["claim"].nunique()
    above = data[(data["from"] > 1)]["claim"].nunique()
    return data["claim"].nunique(), below, above


def _scale(data: pd.DataFrame) -> tuple[str, str]:
    """The least and the greatest width tried, as multiples of the plain one."""
    return decimal(data["from"].min(), 0), decimal(data["to"].max(), 0)


def widths_caption(data: pd.DataFrame) -> str:
    """How many claims change, and on which side of the book's own reading."""
    claims = ledger.counts()["claims"]
    every, below, above = _changes(data)
    least, most = _scale(data)
    return (
        f"The {every} of {claims} claims whose verdict changes if the plain widths of all hedges are scaled from {least} to {most} times. "
        f"At {least} only the printed digits themselves are allowed. "
        f"Of these, {below} change below the width that this book uses and {above} above it. The claim that changes nearest to it comes first; "
        f"letters name the text (A article, P paper, C chapter). Source: the claims of {sources(comparison.TEXTS)}."
    )


def widths_alt(data: pd.DataFrame) -> str:
    """The strips in words."""
    every, _, _ = _changes(data)
    least, most = _scale(data)
    started = data.groupby("claim", sort=False)["headline"].first()
    last = data.groupby("claim", sort=False)["headline"].last()
    borders = data[data["from"] > 0]["from"]
    left, right = int((borders <= 1).sum()), int((borders > 1).sum())
    return (
        f"{every} horizontal strips over a scale from {least} to {most} with a dashed line at the plain width. {int((started == 'contradicted').sum())} "
        f"strips begin as contradicted at {least}; at {most}, {int((last == 'entailed').sum())} are entailed and "
        f"{int((last == 'consistent').sum())} consistent. Of the borders between verdicts {left} lie left of the line and {right} right of it."
    )


def _stretches(rows: pd.DataFrame) -> str:
    """The stretches of one strip, from left to right."""
    return ", then ".join(
        f"{headline.replace('; ', ' and ')} "
        + (f"at {decimal(low, 2)}" if low == high else f"from {decimal(low, 2)} to {decimal(high, 2)}")
        for low, high, headline in zip(rows["from"], rows["to"], rows["headline"], strict=True)
    )


def widths_description(data: pd.DataFrame) -> str:
    """Every strip with its stretches."""
    every, below, above = _changes(data)
    return (
        f"{capital(spelled(every))} horizontal strips, one a claim, over a scale of widths that runs from {decimal(data['from'].min(), 0)} "
        f"(the digits alone) to {decimal(data['to'].max(), 0)} times the plain width; a dashed upright line marks the width as read "
        "in this book. Each strip is divided by the verdict at that width: entailed dark blue, consistent light blue, "
        "contradicted crossed, turning on the sense of a word hatched. Widths are tried in small steps, so a verdict changes between "
        "the end of one stretch and the start of the next.\n\n"
        + "; ".join(
            f"{_strip_name(claim)}: {_stretches(rows)}" for claim, rows in data.groupby("claim", sort=False)
        )
        + f".\n\n{below} of the strips change left of the line, {above} right of it."
    )


def _units(variable: str) -> tuple[str, ...]:
    """The ids that a variable codes."""
    return tuple(dict.fromkeys(row.unit for row in record().select(f"codings?variable={variable}")))


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
        rows=(*_units("shared event"), *codings(("shared event", "made of"))),
        first="0.1.0",
        changed="0.1.0",
        data=events_data,
        draw=draw_events,
        caption=events_caption,
        alt=events_alt,
        description=events_description,
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
        rows=(
            *_units("central step"),
            *codings(("central step", *(f"rival: {name}" for name in comparison.EXPLANATIONS))),
        ),
        first="0.1.0",
        changed="0.1.0",
        data=rivals_data,
        draw=draw_rivals,
        caption=rivals_caption,
        alt=rivals_alt,
        description=rivals_description,
    ),
    Figure(
        id="fig-three-texts-verdicts",
        title="Verdicts by argument and text",
        chapter=CHAPTER,
        claims=(),
        rows=tuple(record().rows["claims"]),
        first="0.1.0",
        changed="0.1.0",
        data=verdicts_data,
        draw=draw_verdicts,
        caption=verdicts_caption,
        alt=verdicts_alt,
        description=verdicts_description,
    ),
    Figure(
        id="fig-three-texts-widths",
        title="Verdicts as the hedges widen",
        chapter=CHAPTER,
        claims=(),
        rows=tuple(name for name in record().rows["claims"] if ledger.varies(name)),
        first="0.1.0",
        changed="0.1.0",
        data=widths_data,
        draw=draw_widths,
        caption=widths_caption,
        alt=widths_alt,
        description=widths_description,
    ),
)
