"""Facts about exact sets; the library portion is the witness."""

import math
from fractions import Fraction

import portion
import pytest
from hypothesis import given
from strategies import fractions, inside, intervals, positive, sets, weights

from asprinted.sets import INF, REALS, Interval, RealSet, between, monotone_image, point


def as_portion(found: RealSet) -> portion.Interval:
    result = portion.empty()
    for part in found.parts:
        lo = -portion.inf if part.lo == -INF else part.lo
        hi = portion.inf if part.hi == INF else part.hi
        left = portion.CLOSED if part.lo_closed else portion.OPEN
        right = portion.CLOSED if part.hi_closed else portion.OPEN
        result |= portion.Interval.from_atomic(left, lo, hi, right)
    return result


@given(sets(), sets())
def test_union_and_intersection_agree_with_an_independent_library(a, b):
    assert as_portion(a | b) == as_portion(a) | as_portion(b)
    assert as_portion(a & b) == as_portion(a) & as_portion(b)


@given(sets(), sets())
def test_inclusion_agrees_with_an_independent_library(a, b):
    assert (a <= b) == (as_portion(a) in as_portion(b))


@given(sets())
def test_a_set_and_its_complement_share_nothing_and_make_up_the_line(a):
    assert not a & a.complement
    assert a | a.complement == REALS
    assert as_portion(a.complement) == ~as_portion(a)


@given(sets(), fractions)
def test_membership_agrees_with_an_independent_library(a, x):
    assert (x in a) == (x in as_portion(a))


def test_touching_intervals_join_and_a_missing_point_keeps_them_apart():
    one, two, three = map(Fraction, (1, 2, 3))
    assert len((between(one, two) | between(two, three, "(]")).parts) == 1
    assert len((between(one, two, "[)") | between(two, three, "(]")).parts) == 2


@pytest.mark.parametrize(
    ("lo", "hi", "lo_closed", "hi_closed"),
    [
        (2, 1, True, True),
        (1, 1, True, False),
        (-INF, 1, True, True),
        (1, INF, True, True),
        (0.5, 1, True, True),
    ],
)
def test_an_interval_that_holds_nothing_or_is_not_exact_is_refused(lo, hi, lo_closed, hi_closed):
    lo, hi = (x if isinstance(x, float) else Fraction(x) for x in (lo, hi))
    with pytest.raises(ValueError, match=r"no number lies|never attained|must be a Fraction"):
        Interval(lo, hi, lo_closed, hi_closed)


@given(intervals(positive, bounded=True), intervals(positive, bounded=True), weights, weights)
def test_an_image_holds_the_value_of_every_choice_of_arguments(a, b, u, v):
    image = monotone_image(lambda x, y: x / y, (a, b), (1, -1))
    assert inside(a, u) / inside(b, v) in image


@given(intervals(positive, bounded=True), intervals(positive, bounded=True))
def test_the_ends_of_an_image_are_attained_just_where_it_says_so(a, b):
    image = monotone_image(lambda x, y: x / y, (a, b), (1, -1)).hull
    (top,), (bottom,) = a.parts, b.parts
    assert image.lo == top.lo / bottom.hi
    assert image.lo_closed == (image.lo == image.hi or (top.lo_closed and bottom.hi_closed))


def test_an_infinite_end_is_never_attained():
    image = monotone_image(lambda x: x, [between(Fraction(1), INF, "[)")], [1])
    assert image.hull.hi == math.inf
    assert not image.hull.hi_closed
    assert point(Fraction(1)) <= image
