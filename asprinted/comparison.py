"""Three texts on the same events: what each makes of them, where they print one fact, and which explanations the print allows.

Which rows tell a shared event, what a text makes of it and how the print bears on an explanation are codings of
the record; every function that uses them takes the coder. The rules stand in the chapter.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pandas as pd

from asprinted import contents, institutions, ledger
from asprinted.agreement import Coefficient, kappa
from asprinted.dates import Span
from asprinted.record import Row, record
from asprinted.texts import ROLES, TEXTS
from asprinted.verdicts import VERDICTS, court

TEXT_NAMES = {text: role.capitalize() for text, role in ROLES.items()}

THEORIES = ("soft balancing", "leverage", "order-building")
SILENCE = "silence"

EXPLANATIONS = (
    "soft balancing",
    "economic need",
    "regional security",
    "bargaining",
    "domestic politics",
    "hedging",
    "order-building",
)
ALLOWS, SINGLES, AGAINST = "allows", "singles out", "against"
CLAIM_OUTCOMES = (*VERDICTS[:3], ledger.TURNS, *VERDICTS[3:])
OUTCOMES = (SINGLES, ALLOWS, "both ways", AGAINST, "nothing printed")


def _codings(variable: str, coder: str) -> list[Row]:
    return record().select(f"codings?variable={variable}&coder={coder}")


# --- one event, three texts -----------------------------------------------------------------------


def shared(coder: str = "first") -> pd.DataFrame:
    """One row for each event that two texts or more treat and each text: uses, phrases, paragraphs and rows.

    The uses are what the text makes of it, in the order of the record; a text that does not treat it has none.
    Raises ValueError for an event with rows in one text only.
    """
    told: dict[str, dict[str, list[str]]] = {}
    for row in _codings("shared event", "first"):
        told.setdefault(row.value, {}).setdefault(row.text, []).append(row.unit)
    alone = [event for event, by in told.items() if len(by) < 2]
    if alone:
        raise ValueError("treated by one text only: " + ", ".join(alone))
    made: dict[str, list[Row]] = {}
    for row in _codings("made of", coder):
        made.setdefault(row.unit, []).append(row)
    found = []
    for event, by in told.items():
        for text in TEXTS:
            rows = by.get(text, [])
            uses = [use for unit in rows for use in made.get(unit, [])]
            found.append(
                {
                    "event": event,
                    "text": text,
                    "uses": tuple(use.value for use in uses),
                    "phrases": tuple(use.printed for use in uses),
                    "paragraphs": tuple(use.paragraph for use in uses),
                    "rows": tuple(rows),
                }
            )
    return pd.DataFrame(found)


def uses_by_text(cells: pd.DataFrame) -> pd.DataFrame:
    """How many shared events each text makes each use of: one row a use, the three theories first."""
    counts = {text: Counter(u for uses in cells[cells.text == text].uses for u in uses) for text in TEXTS}
    names = dict.fromkeys(u for uses in cells.uses for u in uses)
    others = sorted(
        (n for n in names if n not in THEORIES), key=lambda n: -sum(c[n] for c in counts.values())
    )
    rows = [{"use": n, **{text: counts[text][n] for text in TEXTS}} for n in (*THEORIES, *others)]
    silent = {text: int((cells[cells.text == text].uses.str.len() == 0).sum()) for text in TEXTS}
    return pd.DataFrame([*rows, {"use": SILENCE, **silent}])


def common_uses(cells: pd.DataFrame) -> pd.DataFrame:
    """For each shared event: how many texts treat it, and the uses that two of them or more make of it."""
    found = []
    for event, rows in cells.groupby("event", sort=False):
        counts = Counter(u for uses in rows.uses for u in set(uses))
        found.append(
            {
                "event": event,
                "texts": int((rows.uses.str.len() > 0).sum()),
                "in common": tuple(u for u, n in counts.items() if n > 1),
            }
        )
    return pd.DataFrame(found)


# --- one fact, several texts ----------------------------------------------------------------------


def _overlap(a: Span, b: Span) -> int:
    """Days that two spans share."""
    return max(0, (min(a[1], b[1]) - max(a[0], b[0])).days + 1)


def dates_compared() -> pd.DataFrame:
    """Every pair of texts that tell one fact: the days that each allows, the days both allow, and how they agree.

    `agree` says "alike" if both allow the very same days, "closer" if all days that one text allows are
    allowed by the other, "overlapping" if only some are, "apart" if none, and "one date" if a text prints no day
    for it, neither first nor last.
    """
    facts: dict[str, list[str]] = {}
    for row in _codings("same fact", "first"):
        facts.setdefault(row.value, []).append(row.unit)
    found = []
    events, chronicle = record().rows["events"], court().chronicle
    for fact, ids in facts.items():
        for a, b in combinations(sorted(ids, key=lambda i: TEXTS.index(events[i].text)), 2):
            spans = [chronicle.span(i) for i in (a, b)]
            dated = [bool(events[i].earliest or events[i].latest or events[i].anchor) for i in (a, b)]
            days = _overlap(*spans)
            possible = chronicle.coincide(a, b)
            if not all(dated):
                agree = "one date"
            elif "together" not in possible:
                agree = "apart"
            elif spans[0] == spans[1]:
                agree = "alike"
            else:
                narrower = min(spans, key=lambda s: s[1] - s[0])
                agree = "closer" if days == _overlap(narrower, narrower) else "overlapping"
            found.append(
                {
                    "fact": fact,
                    "one": a,
                    "other": b,
                    "one days": spans[0],
                    "other days": spans[1],
                    "common days": days if all(dated) else None,
                    "agree": agree,
                }
            )
    return pd.DataFrame(found)


def _said(span: Span, text: str) -> str:
    """A span of days in short; an end that only the calendar or the text's own last day sets is left open."""
    first = "" if span[0] == datetime.date.min else str(span[0])
    last = "" if span[1] >= record().rows["texts"][text].latest else str(span[1])
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"to {last}" if last else "no day"


def dates_table() -> pd.DataFrame:
    """The comparison of dates as a table to be read."""
    events = record().rows["events"]

    def side(identifier: str, span: Span) -> str:
        row = events[identifier]
        return f"{TEXT_NAMES[row.text]} ¶{row.paragraph}: {_said(span, row.text)}"

    rows = dates_compared()
    return pd.DataFrame(
        {
            "Fact": row.fact,
            "One text": side(row.one, row._4),
            "Another": side(row.other, row._5),
            "Days that both allow": "—" if pd.isna(row._6) else int(row._6),
            "Agreement": row.agree,
        }
        for row in rows.itertuples()
    )


def standings_compared(coder: str = "first") -> pd.DataFrame:
    """What each text's own prose says of Türkiye's standing in a body that two texts speak of: the highest rung each."""
    rungs = institutions.codes("rung", coder)
    best: dict[str, dict[str, str]] = {}
    for unit, rung in rungs.items():
        row = record().rows["statuses"][unit]
        if row.state != "Türkiye" or row.section.startswith(institutions.RETOLD):
            continue
        by = best.setdefault(row.institution, {})
        if row.text not in by or institutions.RUNGS.index(rung) > institutions.RUNGS.index(by[row.text]):
            by[row.text] = rung
    return pd.DataFrame(
        {"body": body, **{text: by.get(text, "") for text in TEXTS}}
        for body, by in best.items()
        if len(by) > 1
    )


def amounts_compared() -> list[tuple[str, str]]:
    """Pairs of amounts of different texts that have the same two parties: the sums that could be held together."""
    rows = [record().rows["quantities"][identifier] for identifier in contents.amounts()]
    return [
        (a.id, b.id)
        for a, b in combinations(rows, 2)
        if a.text != b.text and a.counterpart and {a.actor, a.counterpart} == {b.actor, b.counterpart}
    ]


# --- rival explanations ---------------------------------------------------------------------------


def steps() -> dict[str, str]:
    """The central steps: the id of the row that stands for each, and its name."""
    return {row.unit: row.value for row in _codings("central step", "first")}


def outcome(values: Iterable[str]) -> str:
    """What the codes of one step and explanation come to: one of `OUTCOMES`.

    Raises ValueError for a code that is none of allows, singles out and against.
    """
    found = set(values)
    if found - {ALLOWS, SINGLES, AGAINST}:
        raise ValueError(
            f"no code of an explanation: {', '.join(sorted(found - {ALLOWS, SINGLES, AGAINST}))}"
        )
    if AGAINST in found:
        return "both ways" if len(found) > 1 else AGAINST
    return SINGLES if SINGLES in found else ALLOWS if found else "nothing printed"


def rivals(coder: str = "first", only: str | None = None) -> pd.DataFrame:
    """One row for each step and explanation: outcome, the texts that print for and against it, phrases with places.

    `singling` holds the phrases that single it out; `only` takes the codes of one text.
    """
    coded: dict[tuple[str, str], list[Row]] = {}
    for explanation in EXPLANATIONS:
        for row in _codings(f"rival: {explanation}", coder):
            if only in (None, row.text):
                coded.setdefault((row.unit, explanation), []).append(row)
    found = []
    for unit, step in steps().items():
        for explanation in EXPLANATIONS:
            rows = coded.get((unit, explanation), [])
            found.append(
                {
                    "step": step,
                    "unit": unit,
                    "explanation": explanation,
                    "outcome": outcome(row.value for row in rows),
                    "for": tuple(dict.fromkeys(r.text for r in rows if r.value != AGAINST)),
                    "singled by": tuple(dict.fromkeys(r.text for r in rows if r.value == SINGLES)),
                    "against": tuple(dict.fromkeys(r.text for r in rows if r.value == AGAINST)),
                    "phrases": tuple(f"“{r.printed}” {r.text} ¶{r.paragraph}" for r in rows),
                    "singling": tuple(
                        f"“{r.printed}” {r.text} ¶{r.paragraph}" for r in rows if r.value == SINGLES
                    ),
                }
            )
    return pd.DataFrame(found)


def told_apart(cells: pd.DataFrame) -> pd.DataFrame:
    """For each step: how many explanations the print singles out, allows, speaks against, and says nothing of.

    `settled` tells whether just one is singled out, `several`, or `none`.
    """
    counts = pd.crosstab(cells["step"], cells["outcome"]).reindex(
        index=list(dict.fromkeys(cells["step"])), columns=list(OUTCOMES), fill_value=0
    )
    singled = counts[SINGLES]
    counts["settled"] = ["one" if n == 1 else "several" if n else "none" for n in singled]
    return counts.rename_axis("step").rename_axis("", axis="columns").reset_index()


def coders_agree(one: str = "first", other: str = "second") -> Coefficient | None:
    """Cohen's kappa of two coders over all cells of the matrix of explanations; None if a coder has no codes."""
    if not all(any(_codings(f"rival: {e}", coder) for e in EXPLANATIONS) for coder in (one, other)):
        return None
    return kappa(list(zip(rivals(one).outcome, rivals(other).outcome, strict=True)))


# --- how each text argues -------------------------------------------------------------------------


def argues() -> pd.DataFrame:
    """For each argument and text: numbers, amounts, hedged and cited ones, steps, dated steps, claims."""
    numbers, told, claims = contents.numbers(), contents.steps(), contents.claims()
    found = []
    for argument in contents.arguments():
        for text in TEXTS:
            of_numbers, of_steps, of_claims = (
                rows[(rows.argument == argument) & (rows.text == text)] for rows in (numbers, told, claims)
            )
            found.append(
                {
                    "argument": argument,
                    "text": text,
                    "numbers": len(of_numbers),
                    "amounts": int(of_numbers.amount.sum()),
                    "hedged": int(of_numbers.hedged.sum()),
                    "cited": int(of_numbers.cited.sum()),
                    "steps": len(of_steps),
                    "dated": int(of_steps.dated.sum()),
                    "claims": len(of_claims),
                }
            )
    return pd.DataFrame(found)


def argues_by_text() -> pd.DataFrame:
    """The same for each text as a whole, with the median of the significant digits of its amounts in numerals."""
    totals = argues().drop(columns="argument").groupby("text").sum().loc[list(TEXTS)]
    digits = contents.precision().groupby("text").digits.median()
    return totals.assign(digits=digits.reindex(totals.index)).reset_index()


# --- the ledger by argument and text --------------------------------------------------------------


def verdict_counts() -> pd.DataFrame:
    """For each argument and text: how many claims have which outcome of the ledger, interpretive ones included."""
    rows = ledger.frame(kind="claim")
    index = pd.MultiIndex.from_product([contents.arguments(), TEXTS], names=["argument", "text"])
    counts = pd.crosstab([rows["argument"], rows["text"]], rows["outcome"])
    return (
        counts.reindex(index=index, columns=list(CLAIM_OUTCOMES), fill_value=0)
        .rename_axis(None, axis=1)
        .reset_index()
    )


def moving() -> pd.DataFrame:
    """The claims whose headline changes as plain hedge widths are scaled: claim, stretch of widths, headline.

    The claims that change nearest to the width of the book's own reading come first.
    """
    found = ledger.runs(ledger.sensitivity())
    near = {
        claim: min(abs(width - 1) for width in (*rows["to"][:-1], *rows["from"][1:]))
        for claim, rows in found.groupby("claim")
    }
    return found.assign(near=found["claim"].map(near)).sort_values(
        ["near", "claim", "from"], kind="stable", ignore_index=True
    )


def totals_by_width() -> pd.DataFrame:
    """How many claims have which headline at each width: one row a width, headlines that differ by sense apart."""
    found = ledger.sensitivity()
    return found.apply(lambda column: column.value_counts()).fillna(0).astype(int).T
