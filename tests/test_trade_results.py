"""Properties of the results on trade: readings nest, and a size that decides does decide, for values drawn from the print."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted import trade
from asprinted.measures import level_at_constant_rate
from asprinted.readings import READINGS
from asprinted.sets import point
from asprinted.values import read
from tests.strategies import inside, weights

RESULTS = {
    "both partners, China at one rate": lambda r: trade.joint_growth("constant rate", r),
    "both partners, China never falling": lambda r: trade.joint_growth("never falling", r),
    "frontier": lambda r: trade.frontier(Fraction(1), Fraction(1, 4), r),
    "weight": lambda r: trade.weight_needed(Fraction(2), Fraction(1), r),
    "rest": lambda r: trade.rest_ceiling(Fraction(2), Fraction(1), r),
    "a year at one rate": lambda r: trade.unprinted_year("Africa", trade.before_era(), r),
    "a year at one sum": lambda r: trade.even_sum_year("China", trade.before_era(), r),
}
paces = st.fractions(min_value=Fraction(5, 4), max_value=8, max_denominator=8)


def _drawn(data):
    """Trade of both partners in Africa's two years, for values that the print allows, China's first one bridged."""
    c0, c1, a0, a1 = (inside(read(i), data.draw(weights)) for i in (*trade.CHINA, *trade.AFRICA))
    elapsed = trade.window(trade.AFRICA)[0] - trade.window(trade.CHINA)[0]
    bridged = level_at_constant_rate(point(c0), point(c1), elapsed, trade.years(trade.CHINA), 8).hull
    return (bridged.lo + bridged.hi) / 2 + a0, c1 + a1


@pytest.mark.parametrize("name", RESULTS)
def test_readings_nest(name):
    found = [RESULTS[name](reading) for reading in READINGS]
    assert found[0] <= found[1] <= found[2]


@given(st.data())
def test_every_printed_path_has_its_joint_growth(data):
    before, after = _drawn(data)
    assert after / before in trade.joint_growth()
    assert after / before in trade.joint_growth("never falling")


@given(paces, st.data())
def test_beyond_the_weights_that_decide_the_share_surely_fell_or_rose(west, data):
    """For trade drawn from the print and a rest that stood still, by the shares themselves."""
    before, after = _drawn(data)
    needed = trade.weight_needed(west, Fraction(1)).hull
    for weight, fell in ((needed.hi + Fraction(1, 10**6), True), (needed.lo - Fraction(1, 10**6), False)):
        rest = before * (1 - weight) / weight
        assert (1 / (1 + (after + rest) / west) < 1 / (1 + before + rest)) == fell


@given(paces, st.data())
def test_beyond_the_rests_that_decide_the_share_surely_fell_or_rose(west, data):
    before, after = _drawn(data)
    ceiling = trade.rest_ceiling(west, Fraction(1)).hull
    for rest, fell in ((ceiling.lo - 1, True), (ceiling.hi + 1, False)):
        assert (west * (before + rest) < after + rest) == fell


@given(weights, weights)
def test_a_volume_holds_every_balance_of_its_two_parts(place, part):
    volume = read(trade.CHINA[1])
    whole = inside(volume, place)
    assert whole * part - whole * (1 - part) in trade.balance(volume)


def test_a_size_decides_only_between_the_growth_of_the_rest_and_of_the_partners():
    with pytest.raises(ValueError, match="size decides only"):
        trade.weight_needed(Fraction(1), Fraction(2))
    with pytest.raises(ValueError, match="size decides only"):
        trade.rest_ceiling(Fraction(40), Fraction(1))
