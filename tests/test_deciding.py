"""What an unprinted number would have to be: filled in so, its claim holds; filled in otherwise, it fails."""

import re
from fractions import Fraction

import pytest

from asprinted.deciding import deciding, needed
from asprinted.measures import MEASURES
from asprinted.record import record
from asprinted.sets import point
from asprinted.verdicts import judge, margin, verdict, verdicts


@pytest.mark.parametrize(
    ("claim", "slug", "said"),
    [
        ("c-kurnaz-diversification-biden-era", "china-trade-2020", "below 42.5 billion dollars"),
        (
            "c-kurnaz-downward-trends",
            "west-trade-share-2023",
            "below: share of the West in Türkiye's foreign trade at the",
        ),
        (
            "c-kurnaz-downward-trends",
            "west-trade-share-start",
            "above: share of the West in Türkiye's foreign trade, 2023",
        ),
        ("c-kurnaz-africa-southward-trend", "trade-beside-africa-2023", "it grew by a factor below 6.42"),
        ("c-kurnaz-aiib-in-turkiye", "aiib-approved-for-turkiye", "4.25 to 4.35 billion dollars"),
        ("c-carnegie-second-biggest-partner", "russia-china-trade-2022", "at least 70 billion dollars"),
        ("c-kurnaz-china-projects-number", "china-trade-2020", ""),
    ],
)
def test_what_a_missing_number_must_be(claim, slug, said):
    found = deciding(verdict(claim), slug)
    assert found.startswith(said)
    assert bool(found) == bool(said)


def test_the_wests_share_falls_by_growing_less_than_all_beside_it():
    found = deciding(verdict("c-kurnaz-china-relative-dependence"), "west-trade-2023")
    assert found.startswith(
        "growth by a factor that is less for trade of Türkiye with the West than for total trade"
    )


RELATIONS = [
    (found, group, measure, place)
    for found in verdicts()
    if found.reason.startswith("missing") and found.formal.combine != "compare"
    for group, measure in zip(found.cases[0].pairs["plain", "plain"], found.formal.measures, strict=True)
    for place in range(len(group.names))
    if re.match("(above|below): ", needed(group, measure, place, found.formal.claimed))
]


@pytest.mark.parametrize(
    ("found", "group", "measure", "place"), RELATIONS, ids=[f"{f.claim.id}-{p}" for f, _, _, p in RELATIONS]
)
def test_a_relation_decides(found, group, measure, place):
    """With the other number set to 3, the claim holds of one that stands so to it and fails of one that does not."""
    said = needed(group, measure, place, found.formal.claimed)
    for number in (Fraction(2), Fraction(4)):
        inputs = [point(Fraction(3))] * 2
        inputs[place] = point(number)
        stands = (number > 3) == said.startswith("above")
        outcome = judge(MEASURES[measure].function(*inputs), group.claimed)
        assert outcome == ("entailed" if stands else "contradicted")


def test_a_value_that_decides_makes_its_part_of_the_claim_hold_and_its_complement_does_not():
    for found in verdicts():
        if not found.reason.startswith("missing") or found.formal.combine == "compare":
            continue
        for group, measure in zip(found.cases[0].pairs["plain", "plain"], found.formal.measures, strict=True):
            for place, name in enumerate(group.names):
                solved = margin(group, measure, place) if name.startswith("missing:") else None
                if solved is None or not solved.certain:
                    continue
                inputs = list(group.inputs)
                inputs[place] = solved.certain
                if solved.certain != MEASURES[measure].domain:
                    assert judge(MEASURES[measure].function(*inputs), group.claimed) == "entailed", (
                        found.claim.id
                    )
                outside = solved.possible.complement & MEASURES[measure].domain
                if outside:
                    inputs[place] = outside
                    assert judge(MEASURES[measure].function(*inputs), group.claimed) == "contradicted", (
                        found.claim.id
                    )


def test_every_missing_number_of_the_record_is_asked_for_by_a_claim_or_named_in_a_tension():
    asked = {
        name.removeprefix("missing:")
        for row in (*record().rows["claims"].values(), *record().rows["tensions"].values())
        for name in row.inputs.replace("|", ";").split(";")
        if "missing:" in name
        for name in [name.strip()]
    }
    assert set(record().rows["missing"]) <= asked
