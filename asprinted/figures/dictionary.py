"""What each column of a figure's data means, in what unit it is and which values it takes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from asprinted import axis, comparison, contents, energy, institutions, order, trade
from asprinted.figures.prose import TEXT_NAMES
from asprinted.readings import READINGS

FRACTION = "an exact fraction p/q"
OPEN_FRACTION = "an exact fraction p/q, or inf, -inf where there is no end"
DECIMAL, DIGITS = "_decimal", 6  # how a column of decimals is named, and to how many significant digits it is
DECIMALS = "a decimal number, or inf, -inf where there is no end"
DAY = "a day, ISO 8601"
SOME_DAY = "a day, ISO 8601; empty where none is printed"
NUMBER = "a whole number, 0 or more"
PARAGRAPH = "a paragraph number of the text, from 1"
WORDS = "words of the book"
PHRASES = "phrases of the texts, copied exactly, joined by semicolons"
TRUTH = ("False", "True")
TEXT_KEYS = tuple(sorted(TEXT_NAMES))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its meaning, its unit, and its values: their form in words, or every value that there may be."""

    meaning: str
    unit: str = ""
    values: str | tuple[str, ...] = WORDS

    @property
    def said(self) -> str:
        """The values in one cell."""
        return (
            self.values
            if isinstance(self.values, str)
            else "; ".join(value or "(empty)" for value in self.values)
        )


SHARED = {
    "id": Column("Id of the row of the record", values="an id of the record"),
    "text": Column("Key of the text", values=TEXT_KEYS),
    "paragraph": Column("Paragraph of the text in which it is printed", values=PARAGRAPH),
    "argument": Column("Argument to which it belongs", values=tuple(sorted(contents.arguments()))),
    "reading": Column("Reading of the print", values=READINGS),
    "low": Column("Lower end of what the reading allows", values=OPEN_FRACTION),
    "high": Column("Upper end of what the reading allows", values=OPEN_FRACTION),
    "low_attained": Column("Whether the lower end itself is allowed", values=TRUTH),
    "high_attained": Column("Whether the upper end itself is allowed", values=TRUTH),
    "in_a_title": Column("Whether only the title of a cited work prints the date", values=TRUTH),
}

_STEP_PARTS = {
    f"{part} of the {scope}": Column(
        f"What is stated of the {part}, of the {scope} itself"
        if scope == "step"
        else f"What is stated of the {part}, of the step's body as a whole",
        values=(*sorted(institutions.MEANS), institutions.INSIDE)
        if part == "means"
        else institutions.STRENGTH,
    )
    for scope in ("step", "body")
    for part in institutions.PARTS
}

OWN: dict[str, dict[str, Column]] = {
    "fig-axis-grid": {
        "variable": Column("Variable of the theory", values=axis.VARIABLES),
        "unit": Column(
            "Of whom it is stated",
            values=(*axis.OPENING_UNITS, *axis.CASE_UNITS, *axis.OTHER_UNITS, *axis.THEORY_UNITS),
        ),
        "period": Column("Of what time it is stated", values=(*axis.PERIODS, "in general")),
        "statements": Column("Statements of the chapter in this cell", "statements", NUMBER),
        "values": Column(
            "Values stated, each with how often", "statements", "value and count, joined by semicolons"
        ),
        "state": Column("How the cell is filled", values=("empty", "constant", "several values", "no case")),
    },
    "fig-axis-chain": {
        "number": Column("Number of the link in the figure", values="a whole number, from 1"),
        "cause": Column("Step that the link leaves"),
        "effect": Column("Step that the link enters"),
        "sign": Column("Whether the cause is said to further the effect or to hinder it", values=("+", "-")),
        "phrase": Column("Phrase that states the link", values="a phrase of the text, copied exactly"),
        "cause_from": Column("First day that the print allows for the cause", values=SOME_DAY),
        "cause_to": Column("Last day that the print allows for the cause", values=SOME_DAY),
        "effect_from": Column("First day that the print allows for the effect", values=SOME_DAY),
        "effect_to": Column("Last day that the print allows for the effect", values=SOME_DAY),
        "dating": Column(
            "What the days of the ends make of the stated order",
            values=(*order.STATES, "one end undated", "both ends undated"),
        ),
    },
    "fig-axis-evidence": {
        "arena": Column("Arena of the axis", values=axis.ARENAS),
        "kind": Column("What is counted", values=("named in lists", *axis.EVIDENCE)),
        "count": Column("How many there are of this arena and kind", "lists; steps and magnitudes", NUMBER),
        "of": Column(
            "Out of how many: all lists, or all steps and magnitudes of the arena", "as count", NUMBER
        ),
    },
    "fig-three-texts-events": {
        "event": Column("Event or relation that several texts treat"),
        "uses": Column(
            "What the text makes of it; empty where it is silent",
            values="words of the book, joined by semicolons",
        ),
        "phrases": Column("Phrases that show it", values=PHRASES),
        "paragraphs": Column("Paragraphs of these phrases", values="paragraph numbers, joined by semicolons"),
        "rows": Column(
            "Events of the record that are meant", values="ids of the record, joined by semicolons"
        ),
    },
    "fig-three-texts-rivals": {
        "step": Column("Central step"),
        "unit": Column("Event of the record that stands for the step", values="an id of the record"),
        "explanation": Column("Explanation that is tested", values=comparison.EXPLANATIONS),
        "outcome": Column("How the print bears on the explanation", values=comparison.OUTCOMES),
        "for": Column("Texts that print for it", values="keys of texts, joined by semicolons"),
        "singled by": Column(
            "Texts that print what would be hard to have on the other explanations",
            values="keys of texts, joined by semicolons",
        ),
        "against": Column("Texts that print against it", values="keys of texts, joined by semicolons"),
        "phrases": Column("Phrases for and against, with text and paragraph", values=PHRASES),
        "singling": Column("Those of the phrases that single it out", values=PHRASES),
    },
    "fig-three-texts-verdicts": {
        outcome: Column(f"Claims with the headline “{outcome}” on the plain reading", "claims", NUMBER)
        for outcome in comparison.CLAIM_OUTCOMES
    },
    "fig-three-texts-widths": {
        "claim": Column("Id of the claim", values="an id of the record"),
        "from": Column("First width of the stretch", "times the plain width", FRACTION),
        "to": Column("Last width of the stretch", "times the plain width", FRACTION),
        "headline": Column(
            "Verdict on this stretch; where a word has senses, one for each",
            values="verdicts, joined by semicolons",
        ),
        "near": Column(
            "How far the nearest change lies from the plain width", "times the plain width", FRACTION
        ),
    },
    "fig-record-numbers": {
        "matter": Column("What the number is a number of", values=tuple(contents.MATTERS)),
        "amount": Column("Whether it says how much", values=TRUTH),
        "hedged": Column("Whether a hedge word goes with it", values=TRUTH),
        "cited": Column("Whether a source cited by the text says it", values=TRUTH),
    },
    "fig-record-claims": {"basis": Column("What the claim rests on as formalised", values=contents.BASES)},
    "fig-record-dates": {
        "fineness": Column("How finely the print dates the step", values=contents.FINENESS),
        "dated": Column("Whether the text gives it days of its own", values=TRUTH),
    },
    "fig-energy-doubled": {
        "label": Column(
            "What grew, and by which figures; or the phrase, with its sense, whose growth is claimed",
            values=(*energy.growths(), "doubled: about twice", "doubled: at least twice", "nearly doubled"),
        ),
        "low": Column("Lower end of the growth factor", "times the earlier value", OPEN_FRACTION),
        "high": Column("Upper end of the growth factor", "times the earlier value", OPEN_FRACTION),
    },
    "fig-energy-gas-concentration": {
        "label": Column(
            "What the ends are of: Russia's share; the concentration index under a rule for the rest of the supply; the "
            "EU criterion; a point of the curves",
            values=(
                "Russia's share",
                "any split",
                "none larger",
                "threshold",
                "curve, any split",
                "curve, none larger",
            ),
        ),
        "reading": Column(
            "Reading of the print; for the criterion, as set; for a curve, the share at which it stands",
            values=f"{', '.join(READINGS)}; as set; a share as an exact fraction",
        ),
        "low": Column("Lower end", "share of one; index from 0 to 1", OPEN_FRACTION),
        "high": Column("Upper end", "share of one; index from 0 to 1", OPEN_FRACTION),
    },
    "fig-energy-projects": {
        "project": Column("Pipe or plant"),
        "supplier": Column("Who supplies or builds"),
        "event": Column("What the text says of it, in words of the book"),
        "earliest": Column("First day that the print allows", values=SOME_DAY),
        "latest": Column("Last day that the print allows", values=SOME_DAY),
        "open_ended": Column("Whether only a beginning is printed", values=TRUTH),
        "dating": Column(
            "How the day is printed", values=("printed", "relative", "carried", "source", "none")
        ),
    },
    "fig-institutions-ladder": {
        "state": Column("State, or states named together"),
        "body": Column("Institution"),
        "rung": Column("Standing, as stated, on a ladder of the book", values=institutions.RUNGS),
        "printed": Column("Phrase that states it", values="a phrase of the text, copied exactly"),
        "earliest": Column("First day for which it is stated", values=SOME_DAY),
        "latest": Column("Last day for which it is stated", values=SOME_DAY),
        "runs_on": Column("Whether a beginning and no end is printed", values=TRUTH),
    },
    "fig-institutions-recorded": {
        "step": Column("Step, in words of the book"),
        "body": Column("Institution, or that none is named"),
        "type": Column("Kind of step"),
        "first": Column("First day that the print allows; the year 1 where there is none", values=DAY),
        "last": Column(
            "Last day that the print allows; the text's own latest day where there is none", values=DAY
        ),
        "dated": Column("How finely it is dated", values=institutions.DATED),
        "events": Column(
            "Events of the record that are this step", values="ids of the record, joined by semicolons"
        ),
    },
    "fig-institutions-pace": {
        "day": Column("Day at which a break may lie", values=DAY),
        "low": Column("Least number of steps from that day on", "steps", NUMBER),
        "high": Column("Greatest number of steps from that day on", "steps", NUMBER),
        "steps": Column("All steps of the text", "steps", NUMBER),
    },
    "fig-institutions-definition": {
        "step": Column("Step of the article, in words of the book"),
        "body": Column("Institution, or that none is named"),
        "unit": Column("Event of the record that is coded", values="an id of the record"),
        **_STEP_PARTS,
    },
    "fig-leverage-ledger": {
        "case": Column("Request, refusal or withdrawal"),
        "side": Column("On whose side of the ledger the entry stands", values=("Moscow", "Ankara")),
        "entry": Column("What the entry says"),
        "told": Column("Whether the paper tells it so; if not, a rule places it", values=TRUTH),
        "both": Column("Whether the case has an entry on both sides", values=TRUTH),
    },
    "fig-leverage-when": {
        "case": Column("Request, refusal or withdrawal"),
        "period": Column("Before the war or since", values=("before the war", "since the war")),
        "asker": Column("Who asked"),
        "answer": Column("What became of it", values=("met", "given unasked", "refused", "withdrawn")),
        "giver": Column("Who gave, refused or withdrew"),
        "earliest": Column("First day that the print allows", values=DAY),
        "latest": Column("Last day that the print allows", values=DAY),
        "printed": Column("Whether days are printed for the case itself", values=TRUTH),
        "also_earliest": Column("First day by a printed length, taken to the letter", values=SOME_DAY),
        "also_latest": Column("Last day by a printed length, taken to the letter", values=SOME_DAY),
        "plain_earliest": Column("First day by that length on its plain reading", values=SOME_DAY),
        "plain_latest": Column("Last day by that length on its plain reading", values=SOME_DAY),
        "placed_by_coding": Column("Whether a coding, and no date, places it since the war", values=TRUTH),
    },
    "fig-leverage-dependence": {
        "whose": Column("Whose dependence on the other", values=("Russia", "Türkiye")),
        "of": Column("Whole of which a share falls to the other"),
        "from": Column("What is printed of it", values=("share", "rank", "route", "nothing")),
        "printed": Column("Digits or word as printed; empty where nothing is", values="as printed"),
        "paragraph": Column("Paragraph in which it is printed; empty where nothing is", values=PARAGRAPH),
        "reading": Column("Reading of the print; empty where no share follows", values=(*READINGS, "")),
        "low": Column("Lower end of the share", "share of one", FRACTION),
        "high": Column("Upper end of the share", "share of one", FRACTION),
        "low_attained": Column(
            "Whether the lower end itself is allowed; empty where no share follows", values=(*TRUTH, "")
        ),
        "high_attained": Column(
            "Whether the upper end itself is allowed; empty where no share follows", values=(*TRUTH, "")
        ),
    },
    "fig-order-stated-causes": {
        "id": Column("Id of the link", values="an id of the record"),
        "place": Column("Text and paragraph of the link", values="key of the text and paragraph"),
        "cause": Column("Stated cause, in words of the book"),
        "effect": Column("Stated effect, in words of the book"),
        "cause_from": Column("First day that the print allows for the cause", values=DAY),
        "cause_to": Column("Last day that the print allows for the cause", values=DAY),
        "effect_from": Column("First day that the print allows for the effect", values=DAY),
        "effect_to": Column("Last day that the print allows for the effect", values=DAY),
        "effect_open": Column("Whether the effect's end is not printed", values=TRUTH),
        "cause_open": Column("Whether the cause's end is not printed", values=TRUTH),
        "state": Column("What the days make of the stated order", values=order.STATES),
        "same_year": Column("Whether both ends carry one and the same year", values=TRUTH),
    },
    "fig-order-lags": {
        "from": Column("First event, in words of the book"),
        "to": Column("Second event, in words of the book"),
        "low": Column("Least lag that the printed dates allow", "months", FRACTION),
        "high": Column("Greatest lag that the printed dates allow", "months", FRACTION),
        "printed": Column(
            "Phrase that prints a length; empty where none does",
            values="a phrase of the text, copied exactly",
        ),
        "printed_low_months": Column(
            "Least length by the phrase, on the plain reading",
            "months",
            "a decimal number; empty where none is printed",
        ),
        "printed_high_months": Column(
            "Greatest length by the phrase, on the plain reading",
            "months",
            "a decimal number; empty where none is printed",
        ),
    },
    "fig-order-openings": {
        "id": Column(
            "Id of the condition, or of the outcome that the line marks", values="an id of the record"
        ),
        "name": Column("Condition, or outcome, in words of the book"),
        "place": Column("Text and paragraph that name it", values="key of the text and paragraph"),
        "phrase": Column("Phrase that dates it", values="a phrase of the text, copied exactly"),
        "from": Column("First day on which it can have begun", values=DAY),
        "to": Column("Last day on which it can have begun", values=DAY),
        "open": Column("Whether only the text's own latest day bounds it", values=TRUTH),
    },
    "fig-trade-frontier": {
        "label": Column(
            "Growth of trade with China and Africa together, by the path of China's trade between its printed years; or a "
            "weight for which a frontier is drawn",
            values=(*(f"joint: {path}" for path in trade.PATHS), "weight"),
        ),
        "reading": Column("Reading of the print; for a weight, as set", values=(*READINGS, "as set")),
        "low": Column("Lower end", "times the first year's trade; for a weight, share of one", OPEN_FRACTION),
        "high": Column(
            "Upper end", "times the first year's trade; for a weight, share of one", OPEN_FRACTION
        ),
    },
    "fig-trade-growth": {
        "label": Column(
            "Growth factor or annual rate, partner and window", values="factor or rate, partner, window"
        ),
        "low": Column("Lower end", "times the first value; for a rate, share of one a year", OPEN_FRACTION),
        "high": Column("Upper end", "times the first value; for a rate, share of one a year", OPEN_FRACTION),
    },
    "fig-trade-since-when": {
        "label": Column(
            "Assumption on the years between the printed ones, and partner", values="assumption: partner"
        ),
        "low": Column(
            "Lower end of the share of all growth that lies in the era", "share of one", OPEN_FRACTION
        ),
        "high": Column(
            "Upper end of the share of all growth that lies in the era", "share of one", OPEN_FRACTION
        ),
    },
}


def columns(identifier: str, data: pd.DataFrame) -> dict[str, Column]:
    """The columns of a figure's data in their order. Raises KeyError for one that is not explained."""
    own = OWN.get(identifier, {})
    return {name: own[name] if name in own else SHARED[name] for name in data.columns}


def _decimal(cell: object) -> str:
    """A fraction as programs read it; an end that there is not, and an empty cell, as they are."""
    text = str(cell)
    return text if text in ("", "inf", "-inf") else f"{float(Fraction(text)):.{DIGITS}g}"


def tabled(identifier: str, data: pd.DataFrame) -> pd.DataFrame:
    """A figure's data as its file holds them: behind each column of exact fractions, the same as decimals."""
    found = {}
    for name, column in columns(identifier, data).items():
        found[name] = data[name]
        if column.values in (FRACTION, OPEN_FRACTION):
            found[name + DECIMAL] = data[name].map(_decimal)
    return pd.DataFrame(found)


def dictionary(identifier: str, data: pd.DataFrame) -> pd.DataFrame:
    """The data dictionary of a figure: a row for each column of its file with its meaning, unit and values."""
    known = columns(identifier, data)
    for name in [name for name in tabled(identifier, data).columns if name not in known]:
        exact = name.removesuffix(DECIMAL)
        known[name] = Column(
            f"The column “{exact}”, rounded to {DIGITS} significant digits", known[exact].unit, DECIMALS
        )
    return pd.DataFrame(
        {"column": name, "meaning": known[name].meaning, "unit": known[name].unit, "values": known[name].said}
        for name in tabled(identifier, data).columns
    )
