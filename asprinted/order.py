"""The argument from order: stated causes, clashing dates and lags, on the days that the texts print.

An order is *as stated* if the days leave no other, *not as stated* if they exclude it, and *open* if they
allow it and its denial. A tension names its two dates in the order that the text needs: of `order` and
`opening_order` the first must not come later than the second, of `coincide` the two date one thing, and of
`compare(elapsed, value)` the time between two dates must meet a printed length.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd

from asprinted.agreement import laid_side_by_side
from asprinted.claims import parse_claim
from asprinted.dates import _SIGNED, Chronicle, Day, Span, Told
from asprinted.display import decimal
from asprinted.measures import Outcome
from asprinted.readings import READINGS, Reading
from asprinted.record import Row, _resolver, record
from asprinted.sets import RealSet
from asprinted.tables import Table, place
from asprinted.verdicts import RELATIONS, Court, court, judge, verdict

STATES = ("as stated", "open", "not as stated")
OWN_DATES = ("printed", "carried")

# Steps whose distance a text builds on: (from, to, the printed length if there is one).
COUP_CHAIN = (
    "e-carnegie-coup-attempt",
    "e-carnegie-saint-petersburg-visit",
    "e-carnegie-s400-delivery",
    "e-carnegie-us-sanctions-2020",
)
WAR_CHAIN = ("e-kocak-second-karabakh-war", "e-kocak-shusha-signed", "e-kocak-vision-2040-adopted")
LAGS = (
    (*COUP_CHAIN[:2], "q-carnegie-three-weeks-after-coup"),
    (*COUP_CHAIN[1:3], ""),
    (*COUP_CHAIN[2:], ""),
    ("e-carnegie-su24-downing", COUP_CHAIN[1], ""),
    ("e-carnegie-grain-deal-brokered", "e-carnegie-russia-walked-out", "q-carnegie-grain-transit-one-year"),
    (*WAR_CHAIN[:2], "q-kocak-within-months"),
    (*WAR_CHAIN[1:], ""),
)
# Conditions that the book chapter names, and the event that dates the beginning of each.
OPENINGS = {
    "e-kocak-us-leadership-declined": "e-kocak-us-leadership-declined",
    "e-kocak-clarity-permissiveness-since-2020": "e-kocak-clarity-permissiveness-since-2020",
    "e-kocak-hierarchies-loosened": "e-kocak-second-karabakh-war",
    "e-kocak-russia-bandwidth-constrained": "e-kocak-russia-bandwidth-constrained",
}
# Tensions whose two places name one and the same thing; in the others the two dated things differ.
ONE_THING = {
    "t-carnegie-grain-deal-end",
    "t-carnegie-akkuyu-inaugurated",
    "t-kocak-within-months-june-2021",
    "t-kocak-post-2020-ceasefire-2020-agreement",
    "t-kurnaz-interview-date",
    "t-kurnaz-lomis-date",
}
SHUSHA = WAR_CHAIN[1]
PLACED_BESIDE = ("e-kurnaz-biden-inauguration", "e-kurnaz-caatsa-sanctions", "e-kurnaz-f35-removal-support")


def state(found: Outcome) -> str:
    """What an outcome makes of "first a, then b": as stated, open or not as stated."""
    if found == {"before"}:
        return "as stated"
    return "open" if "before" in found else "not as stated"


def known() -> Chronicle:
    """The dates of the book's record, with all its stated relations."""
    return court().chronicle


def dated(row: Row) -> bool:
    """Whether the print gives an event a day of its own, be it only a first or a last."""
    return bool(row.earliest or row.latest)


def why_open(a: Row, b: Row) -> str:
    """Why the days leave the order of two events open: which of them the print dates, and how."""
    if not (dated(a) or dated(b)):
        return "neither has a day"
    if not (dated(a) and dated(b)):
        return ("the first" if dated(b) else "the second") + " has no day"
    if "source" in (a.dating, b.dating):
        return "a citation bounds one from above only"
    if not (a.latest and b.latest):
        return "one has no last day"
    return (
        "both within one printed period"
        if (a.earliest, a.latest) == (b.earliest, b.latest)
        else "days overlap"
    )


def datings() -> pd.DataFrame:
    """How the events of each text are dated: one row a text, counts of events."""
    kinds = {
        "printed": "own date",
        "carried": "own date",
        "source": "citation only",
        "none": "no date",
    }
    rows = []
    for row in record().rows["events"].values():
        kind = kinds.get(row.dating) or ("a length from another" if dated(row) else "before or after another")
        rows.append({"text": row.text, "kind": kind})
    order = ["own date", "citation only", "a length from another", "before or after another", "no date"]
    return pd.crosstab(pd.DataFrame(rows)["text"], pd.DataFrame(rows)["kind"])[order]


@cache
def _with_words() -> Court:
    return Court(record(), own_words=True)


def claims() -> pd.DataFrame:
    """The claims on an order: verdict by days, verdict with the claim's own words, and why an open one is open."""
    rows, events = [], record().rows["events"]
    for row in record().rows["claims"].values():
        found = verdict(row.id)
        if not found.formal or "order" not in found.formal.measures:
            continue
        groups = found.cases[0].pairs["plain", "plain"]
        left = [g for g in groups if judge(g.inferred, g.claimed) == "consistent"]
        reasons = dict.fromkeys(why_open(*(events[n] for n in g.names)) for g in left)
        rows.append(
            {
                "id": row.id,
                "text": row.text,
                "claim": row.claim,
                "place": place(row),
                "weight": row.weight,
                "by days": found.word,
                "with its own words": _with_words().judge(row.id).word,
                "open because": "; ".join(reasons) if found.word == "consistent" else "",
            }
        )
    return pd.DataFrame(rows)


def links() -> pd.DataFrame:
    """The stated causes whose two ends are events: spans, and what the days make of cause before effect.

    `by days` leaves out the relations that the link's own paragraph states, `with its own words` does not.
    `dated` says whether both ends have a day, `own dates` whether the text itself prints them.
    """
    rows, events = [], record().rows["events"]
    for link in record().rows["links"].values():
        if link.cause not in events or link.effect not in events:
            continue
        ends = [events[link.cause], events[link.effect]]
        mine = court().dates_for(link)
        spans = [mine.span(end.id) for end in ends]
        rows.append(
            {
                "id": link.id,
                "text": link.text,
                "place": place(link),
                "cause": link.cause,
                "effect": link.effect,
                "cause_span": spans[0],
                "effect_span": spans[1],
                "dated": all(map(dated, ends)),
                "own dates": all(end.dating in OWN_DATES or (end.anchor and dated(end)) for end in ends),
                "by days": state(mine.order(link.cause, link.effect)),
                "with its own words": state(known().order(link.cause, link.effect)),
            }
        )
    return pd.DataFrame(rows)


def arrows() -> pd.DataFrame:
    """At most a dozen stated causes for one picture, first the oldest.

    Links whose two ends the text itself dates; those to one effect over the same days are drawn as one.
    Columns as in `links`; `joined` names the causes drawn together, `same year` says whether cause and effect
    carry one and the same year.
    """
    found = links()
    found = found[found["own dates"]].copy()
    found["joined"] = found["cause"]
    merged = found.groupby(["effect", "cause_span"], sort=False)["cause"].agg(tuple)
    found["joined"] = [merged[row.effect, row.cause_span] for row in found.itertuples()]
    found = found.drop_duplicates(["effect", "cause_span"])
    spans = zip(found["cause_span"], found["effect_span"], strict=True)
    found["same year"] = [len({day.year for span in both for day in span}) == 1 for both in spans]
    return found.sort_values("cause_span", kind="stable", ignore_index=True)


def clash(row: Row, reading: Reading = "plain") -> str:
    """What the dates make of a tension under a reading: "clash", "open" or "no clash"."""
    sides = court().sides(row, reading)
    if row.measure.startswith("compare"):
        (_, _, between), (_, _, printed) = sides
        return {"entailed": "no clash", "consistent": "open", "contradicted": "clash"}[
            judge(between, printed)
        ]
    ((_, _, found),) = sides
    bad = {"apart"} if row.measure == "coincide" else {"after"}
    return "clash" if found <= bad else "open" if found & bad else "no clash"


MEASURED = ("order", "opening_order", "coincide", "compare(elapsed, value)")


def tensions() -> pd.DataFrame:
    """The tensions that dates compute: the two places, what is compared, and the result under each reading."""
    rows = []
    for row in record().rows["tensions"].values():
        if row.measure not in MEASURED:
            continue
        results = {reading: clash(row, reading) for reading in READINGS}
        rows.append(
            {
                "id": row.id,
                "text": row.text,
                "note": row.note,
                "one thing": row.id in ONE_THING,
                "place": f"¶{row.paragraph} and ¶{row.paragraph_b}",
                "measure": row.measure,
                "result": results["plain"],
                "other": sorted({v for v in results.values() if v != results["plain"]}),
                "by": gap(row),
            }
        )
    return pd.DataFrame(rows)


def gap(row: Row) -> str:
    """How far apart two clashing dates are at the least, in days; of a printed length, the time between the dates."""
    names, _, between = court().sides(row, "plain")[0]
    if row.measure.startswith("compare"):
        formal = parse_claim(row.measure, row.inputs, "", _resolver(record()))
        return f"{bounds(between, 2)} {court().unit(formal)} between the dates"
    if clash(row) != "clash":
        return ""
    opens = row.measure in ("coincide", "opening_order")
    first, second = ((known().opening if opens else known().span)(name) for name in names)
    apart = max((first[0] - second[1]).days, (second[0] - first[1]).days)
    return f"at least {apart} day{'s' if apart > 1 else ''} apart"


def bounds(found: RealSet, places: int = 1) -> str:
    """A set of lengths in words, its ends rounded outward; an end that is not printed is left open."""
    hull = found.hull
    lo, hi = decimal(hull.lo, places, "down"), decimal(hull.hi, places, "up")
    if "∞" in hi:
        return f"at least {lo}"
    return lo if lo == hi else f"{lo} to {hi}"


def lags() -> pd.DataFrame:
    """The lags that the texts build on, in months, with the printed length (in months too) where there is one."""
    rows = []
    for first, last, printed in LAGS:
        length = record().rows["quantities"][printed] if printed else None
        rows.append(
            {
                "from": first,
                "to": last,
                "months": known().elapsed(first, last, "months"),
                "printed": printed,
                "digits": f"{length.hedge} {length.digits} {length.unit}".strip() if length else "",
            }
        )
    return pd.DataFrame(rows)


@cache
def lent() -> Court:
    """A court that dates an event by another text where the two name the same one (codings: same event)."""
    borrowing = Court(record())
    told = dict(borrowing.chronicle.told)
    for coding in record().select("codings?variable=same event&coder=first"):
        mine, theirs = told[coding.unit], told[coding.value]
        told[coding.unit] = replace(
            mine, first=max(mine.first, theirs.first), last=min(mine.last, theirs.last)
        )
    borrowing.chronicle = Chronicle(told)
    return borrowing


def decided_by_lending() -> pd.DataFrame:
    """The claims on dates whose verdict changes once texts lend each other their dates."""
    rows = []
    for row in claims().itertuples():
        own, other = verdict(row.id).word, lent().judge(row.id).word
        if own != other:
            rows.append({"id": row.id, "claim": row.claim, "place": row.place, "own": own, "lent": other})
    return pd.DataFrame(rows)


def _at(row: Row, known_dates: Chronicle) -> str:
    """The verdict on a claim by some dates, with nothing barred but what these leave out."""
    bench = Court(record(), own_words=True)
    bench.chronicle = known_dates
    return bench.judge(row.id).word


def resting_on_a_length() -> pd.DataFrame:
    """The claims on an order that change once the lengths printed in their own paragraph are left out as well."""
    rows, events = [], record().rows["events"]
    for found in claims().itertuples():
        row = record().rows["claims"][found.id]
        mine = court().dates_for(row)
        latest = record().rows["texts"][row.text].latest
        told = {
            name: Told(last=latest)
            if name in events
            and _SIGNED.fullmatch(event.offset)
            and (events[name].text, events[name].date_paragraph or events[name].paragraph)
            == (row.text, row.paragraph)
            else event
            for name, event in mine.told.items()
        }
        without = _at(row, Chronicle(told))
        if without != verdict(row.id).word:
            rows.append(
                {"claim": row.claim, "place": place(row), "own": verdict(row.id).word, "without": without}
            )
    return pd.DataFrame(rows, columns=["claim", "place", "own", "without"])


def _day_of(cell: str) -> Day | None:
    return Day.fromisoformat(cell) if cell else None


def by_second_reading() -> pd.DataFrame:
    """The claims on an order that dates settle, judged by the dates that the second reading gave.

    Events that both readings hold take the second's days and relations, all others keep the record's; a
    *before*, *after* or *during* of a claim's own paragraph is left out. `events` counts those of the claim,
    `matched` those that both readings hold.
    """
    pairs = laid_side_by_side("events").pairs
    ours = {theirs["id"]: mine["id"] for mine, theirs in pairs}
    events, told, stated_in = record().rows["events"], dict(known().told), {}
    for name, row in events.items():
        stated_in[name] = (row.text, row.date_paragraph or row.paragraph)
    for mine, theirs in pairs:
        first, last = _day_of(theirs["earliest"]), _day_of(theirs["latest"])
        anchor = ours.get(theirs["anchor"], "")
        usable = anchor and (theirs["offset"] in RELATIONS or _SIGNED.fullmatch(theirs["offset"]))
        told[mine["id"]] = Told(
            first or Day.min,
            last or max(record().rows["texts"][mine["text"]].latest, first or Day.min),
            *((anchor, theirs["offset"]) if usable else ()),
        )
        stated_in[mine["id"]] = (theirs["text"], int(theirs["date_paragraph"] or theirs["paragraph"]))
    other, matched, rows = Chronicle(told), set(ours.values()), []
    for found in claims().query("`by days` != 'consistent'").itertuples():
        row = record().rows["claims"][found.id]
        own = [
            name
            for name in events
            if told[name].offset in RELATIONS and stated_in[name] == (row.text, row.paragraph)
        ]
        names = {name for group in verdict(row.id).formal.groups for name in group}
        rows.append(
            {
                "claim": row.claim,
                "place": place(row),
                "own": verdict(row.id).word,
                "second": _at(row, other.without(own)),
                "events": len(names),
                "matched": len(names & matched),
            }
        )
    return pd.DataFrame(rows)


def waiting() -> pd.DataFrame:
    """The undated events that open claims of order wait for, most awaited first."""
    events, needed = record().rows["events"], {}
    for row in claims().query("`by days` == 'consistent'").itertuples():
        for group in verdict(row.id).formal.groups:
            for name in group:
                if not dated(events[name]):
                    needed.setdefault(name, []).append(row.claim)
    found = [
        {
            "Event without a day": events[name].event,
            "Place": place(events[name]),
            "Order that waits for it": " ".join(which),
        }
        for name, which in sorted(needed.items(), key=lambda item: -len(item[1]))
    ]
    return pd.DataFrame(found)


def days(span: Span, text: str = "") -> str:
    """A span in print: one day, a month, a year or first and last day; unprinted ends are left blank."""
    first, last = span
    if first == Day.min:
        return f"to {last}"
    if first == last:
        return str(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    return f"{first} to {last}"


def tension_table(found: pd.DataFrame) -> Table:
    """Tensions of dates as a notebook shows them."""
    return Table(
        pd.DataFrame(
            {
                "Two places that pull apart": found["note"],
                "Where": found["text"] + " " + found["place"],
                "Same thing named?": found["one thing"].map({True: "yes", False: "no"}),
                "By the dates": [
                    row.result + (f" ({', '.join(row.other)} on another reading)" if row.other else "")
                    for row in found.itertuples()
                ],
                "How far": found["by"].replace("", "—"),
            }
        )
    )


def link_table(found: pd.DataFrame) -> Table:
    """Stated causes as a notebook shows them."""
    events = record().rows["events"]
    return Table(
        pd.DataFrame(
            {
                "Stated cause": [events[c].event for c in found["cause"]],
                "Stated effect": [events[e].event for e in found["effect"]],
                "Where": found["place"],
                "By days": found["by days"],
            }
        )
    )
