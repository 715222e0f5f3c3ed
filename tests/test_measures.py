"""Facts about the measures: sharp bounds, brute force, named benchmark cases."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import inside, intervals, positive, weights

from asprinted.measures import (
    MEASURES,
    acceleration,
    annual_growth,
    certain_inputs,
    concentration,
    difference,
    growth_factor,
    growth_from_legs,
    herfindahl_set,
    mix,
    possible_inputs,
    rate_bounds,
    rate_exceeds,
    ratio,
    scale_by,
    share,
    share_change,
    threshold_rule,
    top_supplier,
    total,
)
from asprinted.sets import INF, RealSet, between, point

F = Fraction
boxes = intervals(positive, bounded=True)

FORMULAS = {
    total: (2, lambda a, b: a + b),
    difference: (2, lambda a, b: a - b),
    growth_factor: (2, lambda a, b: b / a),
    share: (2, lambda a, b: a / (a + b)),
    growth_from_legs: (3, lambda a, b, c: c / (a + b)),
    acceleration: (3, lambda a, b, c: (c / b) / (b / a)),
    share_change: (4, lambda a, b, c, d: c / (c + d) - a / (a + b)),
}


@pytest.mark.parametrize("measure", FORMULAS)
@given(data=st.data())
def test_no_choice_of_inputs_leads_outside_the_bounds(measure, data):
    arity, formula = FORMULAS[measure]
    arguments = [data.draw(boxes) for _ in range(arity)]
    values = [inside(argument, data.draw(weights)) for argument in arguments]
    assert formula(*values) in measure(*arguments)


@pytest.mark.parametrize("measure", FORMULAS)
@given(data=st.data())
def test_the_bounds_are_reached_by_some_corner_of_the_inputs(measure, data):
    arity, formula = FORMULAS[measure]
    arguments = [data.draw(boxes) for _ in range(arity)]
    hulls = [argument.hull for argument in arguments]
    corners = [formula(*ends) for ends in product(*((hull.lo, hull.hi) for hull in hulls))]
    found = measure(*arguments).hull
    assert (found.lo, found.hi) == (min(corners), max(corners))


@given(st.lists(boxes, min_size=2, max_size=4))
def test_the_parts_of_a_mix_can_sum_to_one(parts):
    shares = [found.hull for found in mix(*parts)]
    assert sum(s.lo for s in shares) <= 1 <= sum(s.hi for s in shares)


def test_unprinted_inputs_leave_a_growth_factor_open():
    free = MEASURES["growth_factor"].domain
    assert growth_factor(free, free) == between(F(0), INF, "()")


# --- compound rates -----------------------------------------------------------------------------


@given(st.fractions(min_value=F(1, 10), max_value=60, max_denominator=40), st.integers(1, 30))
def test_a_printed_rate_encloses_the_root(factor, periods):
    low, high = rate_bounds(factor, periods)
    assert (1 + low) ** periods <= factor <= (1 + high) ** periods
    assert high - low <= F(1, 10**4)


def test_doubling_in_ten_years_is_a_little_over_seven_percent():
    low, high = rate_bounds(F(2), 10)
    assert (low, high) == (F(717, 10**4), F(718, 10**4))


def test_a_rate_is_compared_by_powers_and_not_by_roots():
    earlier, later = point(100), point(121)
    assert rate_exceeds(earlier, later, 2, F(1, 10)) == {"not above"}
    assert rate_exceeds(earlier, later, 2, F(1, 10) - F(1, 10**30)) == {"above"}


def test_annual_growth_of_a_perfect_square_is_exact():
    assert annual_growth(point(100), point(121), point(2)) == point(F(1, 10))


# --- concentration ------------------------------------------------------------------------------


def splits(rest: int, largest: int):
    """Every way to split a whole number of percent into parts of at most `largest`, in falling order."""
    if rest == 0:
        yield ()
    for part in range(min(rest, largest), 0, -1):
        for others in splits(rest - part, part):
            yield (part, *others)


@pytest.mark.parametrize("percent", [12, 20, 26, 35])
@pytest.mark.parametrize("rule", ["any split", "none larger"])
def test_concentration_agrees_with_every_split_of_a_small_grid(percent, rule):
    whole = 60
    known = F(percent, whole)
    largest = whole if rule == "any split" else percent
    found = [
        concentration([F(s, whole) for s in (percent, *others)])
        for others in splits(whole - percent, largest)
    ]
    identified = herfindahl_set(point(known), rule)
    assert all(value in identified.values for value in found)
    assert max(found) == identified.values.hull.hi
    assert identified.values.hull.lo == known * known


@given(
    intervals(st.fractions(min_value=F(1, 20), max_value=F(19, 20), max_denominator=40), bounded=True),
    st.sampled_from(["any split", "none larger"]),
)
def test_the_witnesses_of_concentration_sum_to_one_and_give_its_upper_end(first, rule):
    found = herfindahl_set(first, rule)
    assert sum(found.high) == 1
    assert concentration(found.high) == found.values.hull.hi
    assert found.high_attained == found.values.hull.hi_closed
    assert rule == "any split" or max(found.high) == found.high[0]


@given(
    intervals(st.fractions(min_value=F(1, 20), max_value=F(19, 20), max_denominator=40), bounded=True),
    weights,
    st.lists(st.integers(1, 9), min_size=1, max_size=7),
)
def test_no_split_of_the_rest_is_more_concentrated_than_allowed(first, weight, parts):
    known = inside(first, weight)
    others = [(1 - known) * F(p, sum(parts)) for p in parts]
    value = concentration([known, *others])
    assert value in herfindahl_set(first, "any split").values
    if max(others) <= known:
        assert value in herfindahl_set(first, "none larger").values


def test_two_benchmark_markets():
    assert concentration([F(1)]) == 1
    assert concentration([F(1, 4)] * 4) == F(1, 4)


def test_to_be_sure_of_the_top_takes_half():
    assert top_supplier(point(F(1, 2))) == {"top"}
    assert top_supplier(between(F(49, 100), F(3, 5))) == {"top", "not top"}


def test_the_next_suppliers_share_settles_who_is_top():
    share = between(F(35, 100), F(40, 100), "[)")
    assert top_supplier(share, point(F(30, 100))) == {"top"}
    assert top_supplier(share, point(F(45, 100))) == {"not top"}
    assert top_supplier(share, point(F(38, 100))) == {"top", "not top"}
    assert top_supplier(share, point(F(70, 100))) == set()


def test_a_supplier_of_nothing_is_not_top_and_no_share_allows_nothing():
    assert top_supplier(point(F(0))) == {"not top"}
    assert top_supplier(RealSet()) == set()


@given(weights, weights)
def test_top_or_not_agrees_with_any_pair_of_shares_that_fit(first, other):
    if first + other <= 1:
        outcome = "top" if first >= other else "not top"
        assert outcome in top_supplier(
            between(first - F(1, 50), first), between(other, other + F(1, 50), "[)")
        )


# --- nothing at all -----------------------------------------------------------------------------


def test_nothing_over_something_is_nothing():
    one, none = point(F(1)), point(F(0))
    some = between(F(0), F(1))
    assert ratio(none, one) == none
    assert F(0) in ratio(some, between(F(0), INF, "()"))
    assert scale_by(some, between(F(0), F(1), "()")) == between(F(0), F(1), "[)")
    assert share(none, one) == none
    assert share(one, none) == one
    assert share(some, one) == between(F(0), F(1, 2))
    assert share(none, none) == RealSet()


def test_nothing_is_a_possible_input_where_nothing_is_claimed():
    found = possible_inputs(MEASURES["ratio"], [MEASURES["ratio"].domain, point(F(2))], 0, point(F(1)))
    assert found == point(F(2))


def test_concentration_over_two_separate_shares_keeps_the_gap():
    found = herfindahl_set(point(F(1, 10)) | point(F(9, 10)), "none larger").values
    assert F(1, 10) in found
    assert F(1, 2) not in found
    assert F(82, 100) in found


@pytest.mark.parametrize(
    ("factor", "periods", "rate"), [(F(1), 5, F(0)), (F(2), 1, F(1)), (F(121, 100), 2, F(1, 10))]
)
def test_a_rate_that_is_a_decimal_is_found_exactly(factor, periods, rate):
    assert rate_bounds(factor, periods) == (rate, rate)


def test_a_threshold_is_passed_certainly_possibly_or_not():
    assert threshold_rule(between(F(1), F(2)), F(1, 2)) == {"above"}
    assert threshold_rule(between(F(0), F(1)), F(1, 2)) == {"above", "not above"}
    assert threshold_rule(between(F(0), F(1, 2)), F(1, 2)) == {"not above"}


# --- solving for one input ----------------------------------------------------------------------

SOLVED = [
    (name, place)
    for name, measure in MEASURES.items()
    for place in (measure.solve or {})
    if name in ("total", "difference", "ratio", "growth_factor", "growth_from_legs", "acceleration")
]
ARITY = {
    "total": 2,
    "difference": 2,
    "ratio": 2,
    "growth_factor": 2,
    "growth_from_legs": 3,
    "acceleration": 3,
}


@pytest.mark.parametrize(("name", "place"), SOLVED)
@given(data=st.data())
def test_a_claim_holds_for_certain_inputs_and_fails_for_impossible_ones(name, place, data):
    measure = MEASURES[name]
    arguments = [data.draw(boxes) for _ in range(ARITY[name])]
    claimed = data.draw(boxes)
    possible = possible_inputs(measure, arguments, place, claimed)
    certain = certain_inputs(measure, arguments, place, claimed)
    assert certain <= possible
    candidate = data.draw(positive)
    tried = [point(candidate) if i == place else argument for i, argument in enumerate(arguments)]
    result = measure.function(*tried)
    assert (result <= claimed) == (candidate in certain)
    assert bool(result & claimed) == (candidate in possible)
