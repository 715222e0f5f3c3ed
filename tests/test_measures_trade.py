"""Properties of the measures of trade: paths between two printed years, late growth, and the frontier."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.measures import (
    break_even_growth,
    late_growth_share,
    late_share_unassumed,
    level_at_constant_rate,
    share_change,
    share_change_beside,
)
from asprinted.sets import INF, between, point
from tests.strategies import ENDS, inside, intervals, positive, weights

SMALL = Fraction(1, 10**3)
steps = st.integers(1, 25)


@st.composite
def growing(draw):
    """A value and a later one that is higher throughout, one of their ends perhaps open."""
    a, b, c, d = sorted(draw(st.lists(positive, min_size=4, max_size=4, unique=True)))
    return between(a, b, draw(st.sampled_from(ENDS))), between(c, d, draw(st.sampled_from(ENDS)))


@given(intervals(positive), intervals(positive), steps, st.data())
def test_a_path_at_one_rate_holds_every_point_of_every_path(earlier, later, years, data):
    elapsed = data.draw(st.integers(0, years))
    first, last = inside(earlier, data.draw(weights)), inside(later, data.draw(weights))
    found = level_at_constant_rate(earlier, later, elapsed, years).hull
    power = first ** (years - elapsed) * last**elapsed
    assert found.lo**years <= power
    assert found.hi == INF or power <= found.hi**years


@given(positive, positive, steps)
def test_a_path_begins_and_ends_at_its_two_values(first, last, years):
    assert level_at_constant_rate(point(first), point(last), 0, years) == point(first)
    found = level_at_constant_rate(point(first), point(last), years, years).hull
    assert found.lo <= last <= found.hi
    assert found.hi - found.lo <= first * SMALL


def test_a_path_needs_a_point_between_its_years():
    with pytest.raises(ValueError, match="between its first and its last"):
        level_at_constant_rate(point(1), point(2), 3, 2)


@given(growing(), st.integers(2, 25), st.data())
def test_late_growth_at_one_rate_holds_every_allowed_share_and_more_than_its_share_of_years(
    pair, years, data
):
    earlier, later = pair
    last = data.draw(st.integers(1, years - 1))
    first, end = inside(earlier, data.draw(weights)), inside(later, data.draw(weights))
    found = late_growth_share(earlier, later, last, years)
    middle = level_at_constant_rate(point(first), point(end), years - last, years, 8).hull
    for at in (middle.lo, middle.hi):
        share = (end - at) / (end - first)
        assert found.hull.lo - SMALL <= share <= found.hull.hi + SMALL
    assert found.hull.hi >= Fraction(last, years)
    assert found <= between(Fraction(0), Fraction(1))


@given(growing(), st.data())
def test_with_nothing_assumed_late_growth_holds_every_share(pair, data):
    earlier, later = pair
    first, end = inside(earlier, data.draw(weights)), inside(later, data.draw(weights))
    between_them = data.draw(st.fractions(0, 10**6))
    found = late_share_unassumed(earlier, later)
    assert (end - between_them) / (end - first) in found
    assert found.hull.lo == -INF
    assert found.hull.hi > 1


@pytest.mark.parametrize(
    "measure", [late_share_unassumed, lambda a, b: late_growth_share(a, b, 1, 2)], ids=["free", "one rate"]
)
def test_there_is_no_share_of_growth_without_growth(measure):
    with pytest.raises(ValueError, match="growth"):
        measure(point(2), between(Fraction(1), Fraction(3)))


@given(positive, positive, positive, positive, positive, positive)
def test_the_frontier_is_where_the_share_stops_falling(west, known, rest, w, p, r):
    """The share of the part falls exactly below the frontier, whatever its own size."""
    change = share_change_beside(*map(point, (west, known, rest, w * west, p * known, r * rest))).hull.lo
    edge = break_even_growth(point(p), point(r), known / (known + rest)).hull.lo
    assert (change < 0) == (w < edge)
    assert (change > 0) == (w > edge)


@given(positive, positive, weights)
def test_every_frontier_runs_through_the_growth_of_the_known_piece(p, r, weight):
    assert break_even_growth(point(p), point(p), weight) == point(p)
    assert min(p, r) <= break_even_growth(point(p), point(r), weight).hull.lo <= max(p, r)


@given(*[intervals(positive)] * 6, st.data())
def test_a_share_beside_two_others_is_the_share_beside_their_sum(w0, k0, r0, w1, k1, r1, data):
    chosen = [point(inside(s, data.draw(weights))) for s in (w0, k0, r0, w1, k1, r1)]
    a, b, c, d, e, f = (s.hull.lo for s in chosen)
    assert share_change_beside(*chosen) == share_change(point(a), point(b + c), point(d), point(e + f))
    assert share_change_beside(*chosen) <= share_change_beside(w0, k0, r0, w1, k1, r1)
