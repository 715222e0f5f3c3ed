"""Facts about how a printed number is read."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import digits

from asprinted.readings import READINGS, apply_template, parse_digits, parse_template, read_number
from asprinted.record import record
from asprinted.sets import INF, between
from asprinted.values import read

HEDGES = [
    hedge
    for word in {h.hedge for h in record().rows["hedges"].values()}
    for hedge in record().hedge_senses(word)
]


@pytest.mark.parametrize(
    ("text", "value", "unit", "grain"),
    [
        ("28.9", "289/10", "1/10", "1/10"),
        ("60", "60", "1", "10"),
        ("600", "600", "1", "100"),
        ("40,7", "407/10", "1/10", "1/10"),
        ("150,000", "150000", "1", "10000"),
        ("1.50", "3/2", "1/100", "1/10"),
        ("three", "3", "1", "1"),
        ("doubled", "2", "1", "1"),
    ],
)
def test_value_rounding_unit_and_grain_follow_from_the_digits(text, value, unit, grain):
    found = parse_digits(text)
    assert (found.lo, found.unit, found.grain) == tuple(map(Fraction, (value, unit, grain)))


def test_a_range_keeps_both_its_ends():
    found = parse_digits("43-45")
    assert (found.lo, found.hi) == (43, 45)


@pytest.mark.parametrize("text", ["", "many", "1.2.3", "45-43", "1-2-3", "-5"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="not a printed number"):
        parse_digits(text)


@given(digits, st.sampled_from(HEDGES), st.sampled_from(["", "percent", "million"]))
def test_readings_nest_within_every_sense(text, hedge, scale):
    tight, plain, loose = (read_number(text, scale, hedge, reading) for reading in READINGS)
    assert tight
    assert tight <= plain <= loose


@given(digits)
def test_a_bare_number_allows_its_own_digits_and_what_rounds_to_them(text):
    bare = record().hedge_senses("")[0]
    parsed = parse_digits(text)
    plain = read_number(text, "", bare, "plain").hull
    assert plain.lo == max(parsed.lo - parsed.unit / 2, 0)
    assert plain.hi == parsed.lo + parsed.unit / 2


def test_more_than_sixty_is_not_yet_seventy_and_at_its_loosest_anything_above():
    billion = 10**9
    assert read("q-carnegie-trade-2022") == between(Fraction(60 * billion), Fraction(70 * billion), "()")
    assert read("q-carnegie-trade-2022", "loose") == between(Fraction(60 * billion), INF, "()")


def test_almost_forty_percent_stops_short_of_forty():
    assert read("q-carnegie-gas-share-2022") == between(Fraction(35, 100), Fraction(40, 100), "[)")


def test_an_unhedged_count_is_exact_under_every_reading():
    for reading in READINGS:
        assert read("q-carnegie-two-additional-pipelines", reading) == between(Fraction(2), Fraction(2))


def test_doubled_has_two_senses_and_only_one_reaches_below_twice():
    about, at_least = (
        read("q-carnegie-imports-doubled", "plain", s) for s in ("about twice", "at least twice")
    )
    assert Fraction(19, 10) in about
    assert Fraction(19, 10) not in at_least


@pytest.mark.parametrize("text", ["n - u/2, n + u", "[n, 2*x)", "[3, n)", "[n]", "[u, g)"])
def test_a_malformed_interval_is_refused(text):
    with pytest.raises(ValueError, match=r"interval|bound"):
        parse_template(text)


@given(
    digits,
    st.sampled_from([hedge for hedge in HEDGES if "*" not in hedge.plain]),
    st.fractions(min_value=Fraction(1, 4), max_value=3, max_denominator=4),
)
def test_scaling_the_plain_width_up_only_widens_the_set(text, hedge, width):
    parsed = parse_digits(text)
    narrow, wide = (apply_template(hedge.plain, parsed, factor) for factor in (width, width + 1))
    assert narrow <= wide


def test_every_hedge_has_a_reason_and_a_source():
    assert all(row.reason and row.source for row in record().rows["hedges"].values())
