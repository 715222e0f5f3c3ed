"""The energy argument: which printed numbers it rests on, and the sets they give."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pandas as pd

from asprinted.measures import (
    Identified,
    growth_factor,
    growth_from_legs,
    herfindahl_set,
    mix,
    share_change,
    total,
)
from asprinted.readings import Reading
from asprinted.record import record
from asprinted.sets import RealSet
from asprinted.values import across, read

OIL = ("q-carnegie-oil-products-2021", "q-carnegie-oil-products-2022")
COAL = ("q-carnegie-coal-2021", "q-carnegie-coal-2022")
LEGS = ("q-carnegie-russian-exports-2021", "q-carnegie-russian-imports-2021")
TRADE = ("q-carnegie-trade-2021", "q-carnegie-trade-2022")
DOUBLED = "q-carnegie-imports-doubled"
NEARLY_DOUBLED = "q-carnegie-trade-nearly-doubled"
GAS = "q-carnegie-gas-share-2022"
DEFERRAL = "q-carnegie-gas-payment-600m"
REFINERY_DEAL = "q-carnegie-lukoil-star-deal"

# European Commission, Strategic dependencies and capacities, SWD(2021) 352 final: import concentration.
EU_THRESHOLD = Fraction(2, 5)


def _together(oil_0: RealSet, coal_0: RealSet, oil_1: RealSet, coal_1: RealSet) -> RealSet:
    return growth_factor(total(oil_0, coal_0), total(oil_1, coal_1))


def growths() -> dict[str, dict[Reading, RealSet]]:
    """Growth factors from 2021 to 2022 under each reading: two fuels, their sum, and total trade twice."""
    return {
        "coal": across(growth_factor, *COAL),
        "oil products": across(growth_factor, *OIL),
        "both fuels": across(_together, OIL[0], COAL[0], OIL[1], COAL[1]),
        "trade, from its legs": across(growth_from_legs, *LEGS, TRADE[1]),
        "trade, from its totals": across(growth_factor, *TRADE),
    }


def coal_share(reading: Reading = "plain") -> tuple[RealSet, RealSet, RealSet]:
    """Coal's share of the two fuels' tonnes in 2021 and in 2022, and the change between them."""
    oil, coal = ([read(i, reading) for i in pair] for pair in (OIL, COAL))
    before, after = (mix(coal[year], oil[year])[0] for year in (0, 1))
    return before, after, share_change(coal[0], oil[0], coal[1], oil[1])


def gas_concentration(reading: Reading = "plain", rule: str = "any split") -> Identified:
    """Herfindahl-Hirschman indices of gas supply that the one printed share allows under a rule for the rest."""
    return herfindahl_set(read(GAS, reading), rule)


def projects() -> pd.DataFrame:
    """The pipes and plants that the texts name, one row a mention: project, supplier, text, days, dating.

    `in_a_title` marks a mention that stands only in the title of a cited work; `open_ended` one whose print sets no
    last day, which is then the text's own.

    Which event is which project's, and who supplies it, are codings of the record.
    """
    found = []
    codings = record().select("codings?variable=energy project&coder=first")
    suppliers = {
        row.unit: row.value for row in record().select("codings?variable=energy supplier&coder=first")
    }
    for coding in codings:
        event = record().rows["events"][coding.unit]
        found.append(
            {
                "project": coding.value,
                "supplier": suppliers[coding.unit],
                "event": event.event,
                "text": event.text,
                "paragraph": event.paragraph,
                "earliest": event.earliest,
                "latest": event.latest
                or (record().rows["texts"][event.text].latest if event.earliest else None),
                "open_ended": bool(event.earliest and not event.latest),
                "dating": event.dating,
                "in_a_title": event.section.startswith("References"),
                "id": event.id,
            }
        )
    return pd.DataFrame(found)


def dated(mentions: pd.DataFrame) -> pd.DataFrame:
    """The mentions whose days the text itself prints, not only a citation or a cited title."""
    own = mentions["dating"].isin(["printed", "carried", "relative"]) & ~mentions["in_a_title"]
    return mentions[own & mentions["earliest"].notna()]


def year(day: datetime.date) -> float:
    """A day as a year with a decimal part, for an axis."""
    start = datetime.date(day.year, 1, 1)
    return day.year + (day - start).days / (datetime.date(day.year + 1, 1, 1) - start).days
