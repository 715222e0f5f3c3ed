"""The ledger: every claim and every tension with what the printed figures make of it, and what would change that.

Everything is computed from the record when it is asked for; nothing is kept. Slips are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache

import pandas as pd

from asprinted import display, tables
from asprinted.readings import SCALES, is_exact
from asprinted.record import Row, record
from asprinted.rows import place
from asprinted.sets import INF, RealSet
from asprinted.verdicts import VERDICTS, Verdict, court, verdicts

TURNS = "turns on the sense of a word"
COMPUTED, SHOWN = "computed", "shown, not computed"
OUTCOMES = (*VERDICTS, TURNS, COMPUTED, SHOWN)  # each row of the ledger has exactly one
WIDTHS = tuple(Fraction(k, 20) for k in range(61))  # 0 to 3 times the plain width
SLICE = 64  # claims that one task of the sensitivity judges

COLUMNS = {
    "id": "Id of the claim or tension in the record; it stays.",
    "kind": "claim, or tension: two places that pull apart.",
    "text": "Key of the text.",
    "place": "Text and paragraph where the phrase stands; both places of a tension.",
    "statement": "What is claimed, or what pulls apart, in the book's words.",
    "argument": "The argument it belongs to.",
    "weight": "Weight of a claim in its text: central, supporting or aside; empty for a tension.",
    "outcome": "The finding in one of the words that are counted: " + "; ".join(OUTCOMES) + ".",
    "finding": "The headline: the verdict under the plain reading of both sides, by sense where the senses of a word "
    "differ; or what a tension's inputs allow.",
    "kindest": "The verdict under the readings kindest to the claim; empty where nothing is read.",
    "hardest": "The verdict under the readings hardest on the claim; empty where nothing is read.",
    "reason": "Why a claim is untestable or interpretive; else empty.",
    "margin": "What the claim would need, in its own units, on the plain reading; empty if nothing can be solved for.",
    "figures": "Ids of the figures that draw on it, separated by semicolons.",
    "address": "Page and anchor in the published book; it stays.",
}


# --- claims and tensions -------------------------------------------------------------------------


def reason(found: Verdict) -> str:
    """Why a claim is untestable or interpretive, in words; empty if it is neither."""
    return "nothing countable is asserted" if found.word == "interpretive" else tables.why(found)


def _readable(numbers: RealSet) -> str:
    ends = [abs(end) for part in numbers.parts for end in (part.lo, part.hi) if end not in (INF, -INF)]
    size = max(ends, default=Fraction(0))
    scale = next((name for name in ("billion", "million") if size >= SCALES[name]), "")
    return " ".join(filter(None, (display.interval(numbers, 2, scale), scale)))


def result(row: Row) -> str:
    """What a tension's inputs allow on the plain reading, or that it is shown and not computed."""
    cases = court().results(row)
    if not cases:
        return SHOWN
    said = []
    for case in cases:
        found = [
            _readable(group.inferred)
            if isinstance(group.inferred, RealSet)
            else " or ".join(sorted(group.inferred))
            for group in case.pairs["plain", "plain"]
        ]
        said.append("; ".join(found) + (f" ({case.sense})" if len(cases) > 1 else ""))
    measure = re.sub(r"compare\((\w+), (\w+)\)", r"\1 minus \2", row.measure).replace("_", " ")
    return f"{measure}: " + "; ".join(said)


def _figures() -> dict[str, list[str]]:
    """For every row that a figure draws on, the ids of those figures."""
    from asprinted.figures import FIGURES  # figures draw from the ledger

    found: dict[str, list[str]] = {}
    for figure in FIGURES.values():
        for identifier in dict.fromkeys((*figure.claims, *figure.rows)):
            found.setdefault(identifier, []).append(figure.id)
    return found


def _claim(found: Verdict) -> dict[str, str]:
    row, read = found.claim, bool(found.cases) and not found.reason
    return {
        "id": row.id,
        "kind": "claim",
        "text": row.text,
        "place": place(row),
        "statement": row.claim,
        "argument": row.argument,
        "weight": row.weight,
        "outcome": TURNS if found.turns_on_sense else found.word,
        "finding": found.headline,
        "kindest": found.most_favourable if read else "",
        "hardest": found.least_favourable if read else "",
        "reason": reason(found),
        "margin": tables.margins(found),
        "address": f"browse-claims.html#{row.id}",
    }


def _tension(row: Row) -> dict[str, str]:
    other = f"{row.text_b} ¶{row.paragraph_b}" if row.printed_b else ""
    finding = result(row)
    return {
        "id": row.id,
        "kind": "tension",
        "text": row.text,
        "place": "; ".join(filter(None, (place(row), other))),
        "statement": row.note,
        "argument": row.argument,
        "outcome": SHOWN if finding == SHOWN else COMPUTED,
        "finding": finding,
        "address": f"browse-tensions.html#{row.id}",
    }


@cache
def _rows() -> tuple[dict[str, str], ...]:
    figures = _figures()
    rows = [*map(_claim, verdicts())]
    rows += [_tension(row) for row in record().rows["tensions"].values() if row.kind != "slip"]
    return tuple(
        {name: row.get(name, "") for name in COLUMNS} | {"figures": "; ".join(figures.get(row["id"], ()))}
        for row in rows
    )


def frame(**conditions: str) -> pd.DataFrame:
    """The ledger, or the rows of it that meet the conditions (such as `argument="energy"`).

    Claims in record order, then tensions; `COLUMNS` says what each column holds. All cells are text.
    """
    rows = [row for row in _rows() if all(row[name] == value for name, value in conditions.items())]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def counts(**conditions: str) -> dict[str, int]:
    """How many rows of the ledger, or of those that meet the conditions, have each outcome; counts, not scores.

    Beside the outcomes stand `claims`, `countable` (the claims that are not interpretive) and `tensions`.
    """
    rows = frame(**conditions)
    each = {outcome: int((rows["outcome"] == outcome).sum()) for outcome in OUTCOMES}
    claims = int((rows["kind"] == "claim").sum())
    return {
        "claims": claims,
        "countable": claims - each["interpretive"],
        "tensions": len(rows) - claims,
        **each,
    }


def counts_by(column: str, **conditions: str) -> pd.DataFrame:
    """The counts for each value of a column (such as "argument"), in alphabetical order: values down, outcomes across."""
    values = sorted(set(frame(**conditions)[column]) - {""})
    return pd.DataFrame({value: counts(**conditions, **{column: value}) for value in values}).T.rename_axis(
        column
    )


# --- what would settle it ------------------------------------------------------------------------


def _missing(found: Verdict) -> list[str]:
    """The missing numbers that a claim names, each once."""
    names = [name for group in (found.formal.groups if found.formal else ()) for name in group]
    return list(dict.fromkeys(name.removeprefix("missing:") for name in names if name.startswith("missing:")))


def missing_ranked() -> pd.DataFrame:
    """The unprinted numbers, ranked by how many untestable claims each would help to make testable.

    One row a number: `central` and `claims` count the untestable claims that need it, `central_alone` and
    `alone` those that need no other unprinted number; `with` names the numbers that the rest need beside it,
    `ids` the claims. Ranked by central claims, then by all, then by those that it settles alone; ties in
    record order. A claim that is decided already, is vague, or wants a complete list is not counted.
    """
    needed: dict[str, list[tuple[Verdict, list[str]]]] = {slug: [] for slug in record().rows["missing"]}
    for found in verdicts():
        slugs = _missing(found)
        if found.reason.startswith("missing number: "):
            for slug in slugs:
                needed[slug].append((found, slugs))
    rows = []
    for slug, users in needed.items():
        row = record().rows["missing"][slug]
        central = [slugs for found, slugs in users if found.claim.weight == "central"]
        others = dict.fromkeys(other for _, slugs in users for other in slugs if other != slug)
        rows.append(
            {
                "slug": slug,
                "what": row.what,
                "of": " and ".join(filter(None, (row.actor, row.counterpart))),
                "period": row.period,
                "unit": row.unit,
                "central": len(central),
                "claims": len(users),
                "central_alone": sum(len(slugs) == 1 for slugs in central),
                "alone": sum(len(slugs) == 1 for _, slugs in users),
                "with": "; ".join(others),
                "ids": "; ".join(found.claim.id for found, _ in users),
            }
        )
    order = ["central", "claims", "central_alone", "alone"]
    return pd.DataFrame(rows).sort_values(order, ascending=False, kind="stable", ignore_index=True)


# --- sensitivity to the widths of the hedges -----------------------------------------------------


@cache
def varies(identifier: str) -> bool:
    """Whether a claim's headline is computed from a printed number that is read with a width.

    Dates, counts that are exact, vague words and missing numbers have none.
    """
    formal = court().formal(record().rows["claims"][identifier])
    if formal is None or (formal.claimed and formal.claimed.vague):
        return False
    names = {name for group in formal.groups for name in group}
    names |= {formal.claimed.quantity} if formal.claimed and formal.claimed.quantity else set()
    rows = record().rows["quantities"]
    return any(not is_exact(rows[name].kind, rows[name].hedge) for name in names if name in rows)


def _headlines(claims: Sequence[str], width: Fraction) -> list[str]:
    """The headlines of some claims at one width: one task. A worker loads the record once and then keeps it."""
    bench = court().at(width)
    return [bench.judge(identifier).headline for identifier in claims]


def headlines(
    claims: Sequence[str], widths: Sequence[Fraction], workers: int | None = None
) -> Iterator[list[str]]:
    """The headlines of some claims, in order and as often as they are named, at each width in turn; not cached.

    `workers` processes share the work through joblib; without it, as many as joblib's context says: one, or
    all of a cluster inside `joblib.parallel_config(backend="dask")`. Every machine needs this package and
    its record; a task carries only ids and a width. Claims without a width are judged once, here.
    """
    from joblib import Parallel, delayed  # nothing else in the book needs it

    fixed = {name: court().at(Fraction(1)).judge(name).headline for name in set(claims) if not varies(name)}
    moving = [name for name in claims if varies(name)]
    slices = [moving[start : start + SLICE] for start in range(0, len(moving), SLICE)]
    found = iter(
        Parallel(n_jobs=workers)(delayed(_headlines)(part, width) for width in widths for part in slices)
    )
    for _ in widths:
        judged = iter([headline for _ in slices for headline in next(found)])
        yield [fixed[name] if name in fixed else next(judged) for name in claims]


@cache
def _sensitivity(widths: tuple[Fraction, ...], workers: int | None) -> pd.DataFrame:
    claims = list(record().rows["claims"])
    columns = dict(zip(widths, headlines(claims, widths, workers), strict=True))
    return pd.DataFrame(columns, index=pd.Index(claims, name="claim"), columns=list(widths))


def sensitivity(widths: Iterable[Fraction] = WIDTHS, workers: int | None = None) -> pd.DataFrame:
    """The headline of every claim (down) if the plain hedge widths are scaled by each factor (across).

    A width is a nonnegative Fraction, each named once; 1 is the book's own headline, 0 the printed digits
    themselves. Both sides of a claim are read at the scaled width. For `workers` see `headlines`.
    Raises ValueError for a negative width.
    """
    widths = tuple(dict.fromkeys(Fraction(width) for width in widths))
    if any(width < 0 for width in widths):
        raise ValueError(f"a width is 0 or more, not {min(widths)}")
    return _sensitivity(widths, workers).copy()


def runs(found: pd.DataFrame) -> pd.DataFrame:
    """A sensitivity told as runs: for each claim whose headline changes, each stretch of widths with one headline.

    Columns `claim`, `from` and `to` (the first and the last width tried in the stretch) and `headline`.
    """
    rows = []
    for claim, line in found.sort_index(axis="columns").iterrows():
        stretches: list[dict] = []
        for width, headline in line.items():
            if not stretches or stretches[-1]["headline"] != headline:
                stretches.append({"claim": claim, "from": width, "to": width, "headline": headline})
            stretches[-1]["to"] = width
        rows += stretches if len(stretches) > 1 else []
    return pd.DataFrame(rows, columns=["claim", "from", "to", "headline"])
