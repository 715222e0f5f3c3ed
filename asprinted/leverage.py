"""The leverage argument: who asked, who gave or refused, and whose dependence has a number."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from asprinted import dates, energy
from asprinted.measures import (
    cover_ratio,
    difference,
    lead_set,
    rest_of_rank,
    share_of_rank,
    tipping_count,
    total,
)
from asprinted.readings import Reading
from asprinted.record import Row, record
from asprinted.sets import INF, RealSet, between, point
from asprinted.values import digits, read
from asprinted.verdicts import verdict

TEXT = "carnegie2024"
WAR = "e-carnegie-war-day"
PAYMENTS = ("e-carnegie-advance-transfers", "e-carnegie-ruble-payments", "e-carnegie-gas-payment-deferral")
RETURN, RETURNS = "e-carnegie-return-to-deal-twice", "q-carnegie-grain-deal-twice"
EXIT = "e-carnegie-russia-walked-out"
PLEAS, PLEAS_CLAIM = "e-carnegie-pleas-turned-down", "c-carnegie-repeated-pleas-refused"
# Steps kept as one instance. The payments: paragraph 56 speaks of them in one sentence, though as "requests", and
# paragraph 51 in two, as "steps". The pleas: "this instance" follows them; that it takes in the exit is a reading.
INSTANCES = (PAYMENTS, (EXIT, PLEAS))
# The two tellings of the payments, and a third in another text.
CARD, REQUESTS_MET = "e-carnegie-energy-card", "e-carnegie-requests-met-2023"
FRIENDLY = "e-kurnaz-gas-payments-postponed"
# Steps before the war that the rule of cases leaves out: a sale made, and a war that others fought.
LEFT_OUT = ("e-carnegie-s400-delivery", "e-carnegie-karabakh-war-2020")
PARTNER_RANK, FUEL_RANK = "q-carnegie-second-biggest-partner", "q-carnegie-third-largest-consumer"
ROUTE_RANK, OIL_RECORD = "q-carnegie-last-export-route", "q-carnegie-oil-record-2023"
PERMITS = "q-carnegie-residence-permits"
RUSSIAN_EXPORTS, RUSSIAN_IMPORTS = energy.LEGS
MONEY_AND_GOODS = (
    *energy.TRADE,
    energy.NEARLY_DOUBLED,
    *energy.LEGS,
    PARTNER_RANK,
    FUEL_RANK,
    ROUTE_RANK,
    energy.GAS,
    *energy.OIL,
    OIL_RECORD,
    *energy.COAL,
    PERMITS,
    energy.DEFERRAL,
    energy.REFINERY_DEAL,
    RETURNS,
)

# Printed since the war, with the same thing printed before it.
COMPARED = (
    ("two-way trade", energy.TRADE[0], energy.TRADE[1]),
    ("oil products from Russia", *energy.OIL),
    ("coal from Russia", *energy.COAL),
)
# Told as new since the war, with no figure from before it: ranks newly reached, and changes in words alone.
NEW_RANKS = ("e-carnegie-second-partner-2022", "e-carnegie-third-largest-consumer")
CHANGES_IN_WORDS = (
    "e-carnegie-energy-importance-grew",
    "e-carnegie-interdependence",
    "e-carnegie-turkish-market-weight",
)

SHORT = {
    "e-carnegie-russian-retaliation": "Retaliation on farm goods and tourism",
    "e-carnegie-moscow-offered-support": "Support perceived after the coup attempt",
    "e-carnegie-straits-closed": "Straits closed to warships",
    PAYMENTS[0]: "Advance transfers for Akkuyu",
    PAYMENTS[1]: "Discounts, payment in roubles",
    PAYMENTS[2]: f"Gas payment of ${digits(energy.DEFERRAL)} million deferred",
    "e-carnegie-status-quo-forfeited": "Status quo in Karabakh given up",
    RETURN: f"Return to the grain deal ({digits(RETURNS)})",
    EXIT: "Grain deal left for good",
    PLEAS: "Pleas to return to the grain deal",
    "e-carnegie-azov-release": "Azov commanders released",
    "e-carnegie-visits-suspended": "Putin's visits suspended",
    "e-carnegie-f35-sales-denied": "Sale of F-35 jets",
    "e-carnegie-f35-expulsion": "Expulsion from the F-35 programme",
    "e-carnegie-high-level-dialogue-suspended": "High-Level Energy Dialogue suspended",
    "e-carnegie-refused-sanctions": "Sanctions on Russia",
    "e-carnegie-concessions-extracted": "Concessions over the Nordic accessions",
    "e-carnegie-f16-offset-wish": "Local production in the F-16 deal",
    "e-carnegie-eurofighters-held-up": "Eurofighter sale",
    "e-carnegie-rule-of-law-pleas": "Pleas on the rule of law",
    "e-carnegie-gymnich-invitation": "Invitation to the Gymnich meeting",
}

TENSIONS = (
    "t-carnegie-shift-degree",
    "t-carnegie-indispensable-or-pliant",
    "t-carnegie-upper-hand-overreliance",
    "t-carnegie-lull-or-growth",
    "t-carnegie-disrupted-or-doubled",
    "t-carnegie-grain-deal-end",
    "t-carnegie-shared-or-exclusive",
)


# --- requests and refusals ------------------------------------------------------------------------


def coders() -> list[str]:
    """Who has coded the cases of the ledger so far."""
    return list(dict.fromkeys(row.coder for row in _codings("answer")))


def _codings(variable: str, coder: str | None = None) -> list[Row]:
    rows = record().select(f"codings?text={TEXT}&variable={variable}")
    return [row for row in rows if coder in (None, row.coder)]


def sides(told: Sequence[str], asker: str, answer: str, actor: str) -> frozenset[str]:
    """Whose strength a case shows: as the text says where it tells of it, else by who asked and who answered.

    A request met shows the asker's, a refusal or withdrawal that of the one who refuses or withdraws; what is given
    unasked, or left open, shows no one's.
    """
    said = frozenset(side for side in told if side != "not said")
    if said:
        return said
    if answer == "met" and asker != "none stated":
        return frozenset({asker})
    return frozenset({actor}) if answer in ("refused", "withdrawn") else frozenset()


def _party(event: Row) -> str:
    if "Türkiye" in event.actor:
        return "Ankara"
    return "Moscow" if event.actor == "Russia" else "the West"


def cases(coder: str = "first") -> pd.DataFrame:
    """The cases of the ledger as one coder codes them, one row an event of the record.

    Columns: id, case, partner (with whom Ankara deals), period, asker, answer, giver (who gives, refuses or
    withdraws: the event's actor), told (sides that the text names), sides (by the rule of `sides`), places.
    """
    codes: dict[str, dict[str, list[Row]]] = {}
    for variable in ("ledger", "period", "request by", "answer", "told as"):
        by_unit = codes.setdefault(variable, {})
        for row in _codings(variable, coder):
            by_unit.setdefault(row.unit, []).append(row)
    found = []
    for unit, answers in codes["answer"].items():
        event = record().rows["events"][unit]
        giver = _party(event)
        value = {name: codes[name][unit][0].value for name in ("ledger", "period", "request by")}
        tellings = codes["told as"].get(unit, [])
        told = tuple(row.value for row in tellings)
        if answers[0].value in ("met", "refused", "withdrawn") and giver == value["request by"]:
            giver = value["ledger"] if giver == "Ankara" else "Ankara"
        found.append(
            {
                "id": unit,
                "case": SHORT.get(unit, event.event),
                "partner": value["ledger"],
                "period": value["period"],
                "asker": value["request by"],
                "answer": answers[0].value,
                "giver": giver,
                "told": told,
                "sides": sides(told, value["request by"], answers[0].value, giver),
                "places": tuple(
                    dict.fromkeys(
                        [event.paragraph, *(row.paragraph for row in tellings if row.value != "not said")]
                    )
                ),
                "told_at": {row.value: row.paragraph for row in tellings},
            }
        )
    return pd.DataFrame(found)


def ledger(coder: str = "first", partner: str = "Moscow", period: str = "since the war") -> pd.DataFrame:
    """The cases of one ledger and period."""
    every = cases(coder)
    return every[(every.partner == partner) & (every.period == period)].reset_index(drop=True)


def contributions(placed: frozenset[str], partner: str) -> frozenset[int]:
    """What a case may add to Ankara's lead over its partner: +1, -1, any of -1, 0 and 1 where it shows both, else 0.

    What shows the strength of a third party alone adds nothing between the two.
    """
    if {"Ankara", partner} <= placed:
        return frozenset({-1, 0, 1})
    return frozenset({1 if "Ankara" in placed else -1 if partner in placed else 0})


def _contributions(found: pd.DataFrame) -> list[frozenset[int]]:
    return [contributions(row.sides, row.partner) for row in found.itertuples()]


def lead(found: pd.DataFrame) -> RealSet:
    """Ankara's lead in a ledger: cases that show its strength less cases that show its partner's, over every placement
    of the cases that stand on both sides."""
    return lead_set(_contributions(found))


def standing(found: pd.DataFrame) -> tuple[int, int, int]:
    """How many cases stand on Ankara's side only, on both sides, on its partner's only."""
    added = _contributions(found)
    return sum(a == {1} for a in added), sum(len(a) > 1 for a in added), sum(a == {-1} for a in added)


def placements(found: pd.DataFrame) -> pd.DataFrame:
    """A ledger counted with the cases that stand on both sides put to one side, to both, or to the other.

    Columns: put (where), ankara, moscow, reversed_by: the unmentioned cases for the other side that would reverse it.
    """
    alone, both, other = standing(found)
    counts = {
        "Ankara's side": (alone + both, other),
        "both sides": (alone + both, other + both),
        "Moscow's side": (alone, other + both),
    }
    return pd.DataFrame(
        {"put": put, "ankara": a, "moscow": m, "reversed_by": tipping_count(a, m)}
        for put, (a, m) in counts.items()
    )


def named(found: pd.DataFrame) -> pd.DataFrame:
    """The cases of which the text itself says whose strength they show."""
    return found[[set(told) != {"not said"} for told in found.told]].reset_index(drop=True)


def by_instance(found: pd.DataFrame, instances: Sequence[Sequence[str]] = INSTANCES) -> pd.DataFrame:
    """The cases with the steps of one instance kept as one; ValueError if the steps of one stand on unlike sides."""
    repeated = []
    for steps in instances:
        group = found[found.id.isin(steps)]
        if group.sides.nunique() > 1:
            raise ValueError(f"one instance on unlike sides: {steps}")
        repeated += group.id.tolist()[1:]
    return found[~found.id.isin(repeated)].reset_index(drop=True)


def lead_across_coders(partner: str = "Moscow", period: str = "since the war") -> RealSet:
    """Ankara's lead where each case may be placed as any coder places it; not listed by one, it may add nothing."""
    codings = [
        {row.id: contributions(row.sides, row.partner) for row in ledger(coder, partner, period).itertuples()}
        for coder in coders()
    ]
    listed = dict.fromkeys(unit for coding in codings for unit in coding)
    nothing = frozenset({0})
    return lead_set(
        [frozenset().union(*(coding.get(unit, nothing) for coding in codings)) for unit in listed]
    )


def balance_sheet(coder: str = "first") -> pd.DataFrame:
    """Every ledger and period: cases that stand on one side, on both, on neither, and Ankara's lead."""
    rows = []
    for partner in ("Moscow", "the West"):
        for period in ("before the war", "since the war"):
            found = ledger(coder, partner, period)
            ankara, both, other = standing(found)
            rows.append(
                {
                    "With": partner,
                    "Period": period,
                    "Cases": len(found),
                    "Ankara's side only": ankara,
                    "Both sides": both,
                    "The other's only": other,
                    "Neither": len(found) - ankara - both - other,
                    "lead": lead(found),
                }
            )
    return pd.DataFrame(rows)


def least_pleas() -> int:
    """How many pleas the claim of repeated pleas asserts at the least."""
    _, least = verdict(PLEAS_CLAIM).formal.claimed.comparison
    return int(least)


def requests(coder: str = "first") -> pd.DataFrame:
    """Ankara's requests to Moscow since the war, met and refused, under each rule of counting.

    The payments count as as many steps as are named, as one grant or not at all; a step told once counts once, or as
    often as the text says that it happened. Columns: payments, steps, met, refused (sets), lead, reversed_by (sets).
    """
    found = ledger(coder)
    asked = found[found.asker == "Ankara"]
    met, refused = (asked[asked.answer == answer].id.tolist() for answer in ("met", "refused"))
    rows = []
    for payments in ("each counted", "one grant", "left out"):
        for steps in ("once", "as often as printed"):
            paid = [unit for unit in met if unit in PAYMENTS]
            fewer = {"each counted": 0, "one grant": max(len(paid) - 1, 0), "left out": len(paid)}[payments]
            gains, losses = point(len(met) - fewer), point(len(refused))
            if steps == "as often as printed":
                if RETURN in met:
                    gains = total(gains, difference(read(RETURNS), point(1)))
                if PLEAS in refused:
                    losses = total(losses, between(Fraction(least_pleas() - 1), INF, "[)"))
            most = tipping_count(int(gains.hull.hi), int(losses.hull.lo))
            rows.append(
                {
                    "payments": payments,
                    "steps": steps,
                    "met": gains,
                    "refused": losses,
                    "lead": difference(gains, losses),
                    "reversed_by": point(most) if losses.hull.hi != INF else between(0, Fraction(most)),
                }
            )
    return pd.DataFrame(rows)


# What else the text says of when a case fell: the event that bounds it from below, and from above.
BOUNDS = {
    RETURN: ("e-carnegie-grain-deal-brokered", None),
    "e-carnegie-russian-retaliation": (None, "e-carnegie-crisis-ended"),
}
DEAL, DEAL_YEARS = "e-carnegie-grain-deal-brokered", "q-carnegie-grain-transit-one-year"
PLACED_BY_CODING = ("e-carnegie-status-quo-forfeited",)


def deal_end(reading: Reading = "plain") -> dates.Span:
    """When the grain deal can have ended by the length printed for it, in days; part months are counted whole."""
    start, years = record().rows["events"][DEAL], read(DEAL_YEARS, reading).hull
    return (
        dates.shift(start.earliest, math.floor(years.lo * 12), "months"),
        dates.shift(start.latest, math.ceil(years.hi * 12), "months"),
    )


def window(unit: str, period: str) -> tuple[datetime.date | None, datetime.date, bool]:
    """The days between which a case falls, and whether the text prints them for the case itself.

    Where it does not, the days of the event it is set before or after, the coded period and the text's own latest
    day bound it. The first day is None where nothing bounds it from below.
    """
    events = record().rows["events"]
    event, war = events[unit], events[WAR].earliest
    if event.earliest and event.latest:
        return event.earliest, event.latest, True
    first, last = (war, record().rows["texts"][TEXT].latest) if period == "since the war" else (None, war)
    anchor = events.get(event.anchor)
    if anchor and event.offset == "after" and anchor.earliest:
        first = max(filter(None, (first, anchor.earliest)))
    if anchor and event.offset == "before" and anchor.latest:
        last = min(last, anchor.latest)
    below, above = (events.get(bound) for bound in BOUNDS.get(unit, (None, None)))
    if below:
        first = max(filter(None, (first, below.earliest)))
    if above:
        last = min(last, above.latest)
    return first, last, False


# --- trade and dependence -------------------------------------------------------------------------


def trade_balance(reading: Reading = "plain") -> RealSet:
    """Türkiye's balance of trade with Russia in 2021, dollars."""
    return difference(read(RUSSIAN_IMPORTS, reading), read(RUSSIAN_EXPORTS, reading))


def cover(reading: Reading = "plain") -> RealSet:
    """Türkiye's exports to Russia over its imports from there in 2021."""
    return cover_ratio(read(RUSSIAN_IMPORTS, reading), read(RUSSIAN_EXPORTS, reading))


def others_of_russia(reading: Reading = "plain") -> RealSet:
    """Least of Russia's trade with all but Türkiye in 2022, dollars, from Türkiye's rank among its partners."""
    return rest_of_rank(read(energy.TRADE[1], reading), read(PARTNER_RANK, reading))


# Dependence of one side on the other: whose, in what, the row that prints something, and what it prints.
DEPENDENCES = (
    ("Russia", "of its trade, 2022", PARTNER_RANK, "rank"),
    ("Russia", "of its fossil fuel sales", FUEL_RANK, "rank"),
    ("Russia", "of its routes to the EU", ROUTE_RANK, "route"),
    ("Türkiye", "of its gas needs, 2022", energy.GAS, "share"),
    ("Türkiye", "of its trade", None, "nothing"),
    ("Türkiye", "of its oil needs", None, "nothing"),
    ("Türkiye", "of its coal needs", None, "nothing"),
)


def dependence(row: str, kind: str, reading: Reading = "plain") -> RealSet:
    """The shares of one side's total that fall to the other, from a printed share or from a printed rank."""
    return share_of_rank(read(row, reading)) if kind == "rank" else read(row, reading)


# --- change, theatres, recommendations ------------------------------------------------------------


def comparisons(reading: Reading = "plain") -> dict[str, RealSet]:
    """Growth factors of the quantities printed both before the war and since, from the chapter on energy."""
    growth = energy.growths()
    names = {"trade, from its totals": "two-way trade", "oil products": "oil products from Russia"}
    names["coal"] = "coal from Russia"
    return {name: growth[key][reading] for key, name in names.items()}


def trade_growth(reading: Reading = "plain") -> RealSet:
    """Growth factors of trade with Russia that its printed totals and the words "nearly doubled" allow together."""
    return comparisons(reading)["two-way trade"] & read(energy.NEARLY_DOUBLED, reading)


# An outcome that the first coding leaves out, taken from the event that tells of it.
FOOTPRINT = ("South Caucasus", "military footprint of Russia", "e-carnegie-russian-peacekeepers")


def theatres(coder: str = "first") -> pd.DataFrame:
    """Theatre by goal, conduct and outcome: each value as coded, with its paragraph, and Russia's footprint."""
    names = dict.fromkeys(row.unit for row in _codings("theatre goal", coder))

    def said(theatre: str, variable: str) -> str:
        places: dict[str, list[str]] = {}
        for row in _codings(f"theatre {variable}", coder):
            if row.unit == theatre:
                places.setdefault(row.value, []).append(f"¶{row.paragraph}")
        if (theatre, variable) == (FOOTPRINT[0], "outcome"):
            places[FOOTPRINT[1]] = [f"¶{record().rows['events'][FOOTPRINT[2]].paragraph}"]
        return "; ".join(f"{value} ({', '.join(at)})" for value, at in places.items()) or "none stated"

    return pd.DataFrame(
        {"Theatre": name, **{v.capitalize(): said(name, v) for v in ("goal", "conduct", "outcome")}}
        for name in names
    )


def goals(coder: str = "first") -> dict[str, set[str]]:
    """The goals stated for each theatre."""
    found: dict[str, set[str]] = {}
    for row in _codings("theatre goal", coder):
        found.setdefault(row.unit, set()).add(row.value)
    return found


RECOMMENDATIONS = {
    "dialogue": "Enhanced political engagement",
    "defence": "Increased defence industry cooperation",
    "energy": "Climate and energy dialogue",
}
BEARINGS = ("need", "opening", "obstacle")


def bearing(which: str, coder: str = "first") -> dict[str, list[Row]]:
    """The printed figures and dated steps that bear on a recommendation: need, opening, obstacle."""
    found: dict[str, list[Row]] = {kind: [] for kind in BEARINGS}
    for row in _codings(f"bears on {which}", coder):
        found[row.value].append(record().find(row.unit))
    return found
