"""Tables of the chapter on leverage: the ledger, its counts, what has a comparator, recommendations, tensions."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from asprinted import energy, leverage
from asprinted.display import words
from asprinted.record import Row, record
from asprinted.sets import point
from asprinted.tables import Table, as_printed, place
from asprinted.verdicts import verdicts


def case_table(found: pd.DataFrame) -> Table:
    """Cases with who asked, what came of it, where it is told and on whose side it stands."""
    return Table(
        pd.DataFrame(
            {
                "Case": row.case,
                "Asked by": row.asker,
                "Answer": f"{row.answer} by {row.giver}"
                if row.answer not in ("open", "given unasked")
                else row.answer,
                "Told as": ", ".join(
                    f"{side}'s (¶{paragraph})"
                    for side, paragraph in row.told_at.items()
                    if side != "not said"
                )
                or "not said",
                "Stands on the side of": " and ".join(sorted(row.sides)) or "neither",
                "Place": ", ".join(f"¶{p}" for p in row.places),
            }
            for row in found.itertuples()
        )
    )


def requests_table(found: pd.DataFrame) -> Table:
    """The count of requests met and refused under each rule, its lead and the tipping count."""
    return Table(
        pd.DataFrame(
            {
                "The payments": row.payments,
                "A step counts": row.steps,
                "Met": words(row.met, 0),
                "Refused": words(row.refused, 0),
                "Lead of requests met": words(row.lead, 0),
                "Unmentioned refusals that reverse it": words(row.reversed_by, 0)
                if row.reversed_by.hull.lo == row.reversed_by.hull.hi
                else f"at most {words(point(row.reversed_by.hull.hi), 0)}",
            }
            for row in found.itertuples()
        )
    )


def placement_table(found: pd.DataFrame) -> Table:
    """The ledger counted by step and by instance, three ways each: all cases, and those whose side the text names.

    The named ones are counted in every further coding too.
    """
    further = [coder for coder in leverage.coders() if coder != "first"]

    def tip(row) -> str:
        return str(row.reversed_by) if row.reversed_by else "it is reversed already"

    def counted(cases: pd.DataFrame, by: str) -> pd.DataFrame:
        return leverage.placements(leverage.by_instance(cases) if by == "instance" else cases)

    def of_coder(coder: str) -> pd.DataFrame:
        return leverage.named(leverage.ledger(coder))

    return Table(
        pd.DataFrame(
            {
                "Counted by": by,
                "The payments told twice put to": a.put,
                "All cases, Ankara to Moscow": f"{a.ankara} to {a.moscow}",
                "Unmentioned cases that reverse it": tip(a),
                "Side named, first coding, Ankara to Moscow": f"{b.ankara} to {b.moscow}",
                "Unmentioned cases that reverse that": tip(b),
                **{
                    f"Side named, {coder} coding": f"{c.ankara} to {c.moscow}"
                    for coder, c in zip(further, others, strict=True)
                },
            }
            for by in ("step", "instance")
            for a, b, *others in zip(
                counted(found, by).itertuples(),
                counted(leverage.named(found), by).itertuples(),
                *(counted(of_coder(coder), by).itertuples() for coder in further),
                strict=True,
            )
        )
    )


def _range(leads) -> str:
    lo, hi = (words(point(end), 0) for end in (leads.hull.lo, leads.hull.hi))
    return lo if lo == hi else f"{lo} to {hi}"


def sheet_table(found: pd.DataFrame) -> Table:
    """The balance sheet of the ledgers in the first coding, the lead as a range in each coding and over all."""
    shown = found.drop(columns="lead")
    shown["Ankara's lead"] = [_range(leads) for leads in found["lead"]]
    keys = list(zip(found["With"], found["Period"], strict=True))
    for coder in leverage.coders():
        if coder != "first":
            shown[f"Lead, {coder} coding"] = [
                _range(leverage.lead(leverage.ledger(coder, partner, period))) for partner, period in keys
            ]
    shown["Over all codings"] = [_range(leverage.lead_across_coders(*key)) for key in keys]
    return Table(shown)


def comparison_table() -> Table:
    """What is printed of the time since the war and also before it, with its growth; then what is told as new."""
    rows, growth = record().rows["quantities"], leverage.comparisons()
    events = record().rows["events"]
    top = rows[leverage.OIL_RECORD]
    found = [
        {
            "What": name,
            "Before": f"{as_printed(rows[before])} ({rows[before].period}, {place(rows[before])})",
            "Since": f"{as_printed(rows[since])} ({rows[since].period}, {place(rows[since])})",
            "Times as much (plain)": words(growth[name]),
        }
        for name, before, since in leverage.COMPARED
    ]
    found.append(
        {
            "What": "oil trade in one month",
            "Before": "every earlier month",
            "Since": f"{as_printed(top)} ({top.period}, {place(top)})",
            "Times as much (plain)": "more, by no printed factor",
        }
    )
    word = rows[energy.NEARLY_DOUBLED]
    found.insert(
        1,
        {
            "What": f"{leverage.COMPARED[0][0]}, with the word for its growth",
            "Before": "as above",
            "Since": f"“{word.printed}” ({place(word)})",
            "Times as much (plain)": words(leverage.trade_growth()),
        },
    )
    for told, before, factor in (
        (leverage.NEW_RANKS, "told as newly reached, no earlier rank", "a rank, no factor"),
        (leverage.CHANGES_IN_WORDS, "a change in words, no earlier figure", "no number"),
    ):
        found += [
            {
                "What": events[unit].event,
                "Before": before,
                "Since": f"“{events[unit].printed}” ({place(events[unit])})",
                "Times as much (plain)": factor,
            }
            for unit in told
        ]
    return Table(pd.DataFrame(found))


def tension_table(identifiers: Iterable[str] = leverage.TENSIONS) -> Table:
    """Two places that pull apart, with their phrases."""
    rows = [record().rows["tensions"][identifier] for identifier in identifiers]
    return Table(
        pd.DataFrame(
            {
                "Here": f"“{row.printed}” (¶{row.paragraph})",
                "There": f"“{row.printed_b}” (¶{row.paragraph_b})",
                "What pulls apart": row.note,
            }
            for row in rows
        )
    )


def _figure(row: Row) -> str:
    if hasattr(row, "digits"):
        period = f", {row.period}" if row.period else ""
        return f"{row.quantity}: {as_printed(row).removesuffix(' times')}{period} (¶{row.paragraph})"
    days = str(row.earliest.year) if row.earliest else "no date"
    return f"{row.event}, {days} (¶{row.paragraph})"


def recommendation_table(coder: str = "first") -> Table:
    """The recommendations with the figures that bear on each."""
    return Table(
        pd.DataFrame(
            {
                "Recommendation": name,
                **{
                    kind.capitalize(): "; ".join(_figure(row) for row in leverage.bearing(which, coder)[kind])
                    or "none printed"
                    for kind in leverage.BEARINGS
                },
            }
            for which, name in leverage.RECOMMENDATIONS.items()
        )
    )


def verdict_counts() -> Table:
    """Verdicts on the claims about leverage, by text."""
    found = verdicts(argument="leverage")
    kinds = list(dict.fromkeys(v.word for v in found))
    return Table(
        pd.DataFrame(
            {
                "Text": text,
                "Claims": sum(v.claim.text == text for v in found),
                **{k.capitalize(): sum(v.claim.text == text and v.word == k for v in found) for k in kinds},
            }
            for text in dict.fromkeys(v.claim.text for v in found)
        )
    )
