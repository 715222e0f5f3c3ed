"""Counts and paces of events whose days are intervals, held against every placement; and the Poisson interval."""

import datetime
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted import institutions
from asprinted.measures import count_from, pace_ratio
from asprinted.sets import INF

ORIGIN = datetime.date(2015, 1, 1)
DAYS = 8


def day(n: int) -> datetime.date:
    return ORIGIN + datetime.timedelta(days=n)


spans_of_days = st.lists(
    st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(lambda ends: tuple(map(day, sorted(ends)))),
    max_size=4,
)


def placements(spans):
    """Every way to put each event on one day of its span."""
    choices = [
        [first + datetime.timedelta(days=k) for k in range((last - first).days + 1)] for first, last in spans
    ]
    return product(*choices)


@given(spans_of_days, st.integers(0, DAYS + 1))
def test_the_count_from_a_day_spans_exactly_what_the_placements_reach(spans, n):
    counts = [sum(d >= day(n) for d in placed) for placed in placements(spans)]
    hull = count_from(spans, day(n)).hull
    assert (hull.lo, hull.hi) == (min(counts), max(counts))
    assert set(counts) == set(range(min(counts), max(counts) + 1))


@given(spans_of_days, st.integers(0, DAYS - 2), st.integers(1, DAYS), st.integers(1, DAYS))
def test_the_ratio_of_paces_has_the_ends_that_the_placements_reach(spans, start, length, after):
    since, turn, end = day(start), day(start + length), day(start + length + after - 1)
    ratios = set()
    for placed in placements(spans):
        earlier, later = sum(since <= d < turn for d in placed), sum(turn <= d <= end for d in placed)
        if earlier:
            ratios.add(Fraction(later, after) / Fraction(earlier, length))
        elif later:
            ratios.add(INF)
    found = pace_ratio(spans, since, turn, end)
    if not ratios - {INF}:
        assert not found
        return
    assert found.hull.lo == min(ratios)
    assert found.hull.hi == max(ratios)


@given(spans_of_days.filter(bool), st.integers(1, DAYS))
def test_a_wider_span_widens_the_count(spans, n):
    wider = [(spans[0][0] - datetime.timedelta(days=3), spans[0][1] + datetime.timedelta(days=3)), *spans[1:]]
    assert count_from(spans, day(n)) <= count_from(wider, day(n))


def test_a_break_lies_between_a_start_and_an_end():
    with pytest.raises(ValueError, match="start < day <= end"):
        pace_ratio([], day(3), day(3), day(4))


def test_the_exact_interval_agrees_with_the_worked_example_of_the_r_manual():
    """R's help page on poisson.test compares 11 lung cancers in 800 with 21 in 3011 (after Andersen 1977)."""
    low, high, p = institutions.rate_ratio_intervals(11, 800, 6 + 8 + 7, 1083 + 1050 + 878)["exact"]
    assert (low, high) == pytest.approx((0.8584264, 4.2772659), abs=5e-8)
    assert p == pytest.approx(0.07967, abs=5e-6)


def test_the_score_test_agrees_with_the_worked_example_of_gu_and_others():
    """Gu, Ng, Tang and Schucany (2008) print a one-sided p-value of 0.000316 for 60 in 51477.5 and 30 in 54308.7."""
    p = institutions.rate_ratio_intervals(60, 51477.5, 30, 54308.7)["score"][2]
    assert p / 2 == pytest.approx(0.000316, abs=5e-7)


def test_every_candidate_step_is_coded_and_nothing_else_is():
    assert {row.id for row in institutions.candidates()} == set(institutions.codes("institutional step"))


def test_every_step_of_the_article_has_one_code_for_each_part():
    found = institutions.parts()
    assert set(found["trigger"]) | set(found["aim"]) | set(found["effect"]) <= set(institutions.STRENGTH)
    assert set(found["means"]) <= institutions.MEANS | {institutions.INSIDE, "military"}


def test_a_wider_scope_never_takes_a_part_away():
    counts = institutions.definition_counts().set_index(["rule", "scope"])
    for rule, table in counts.groupby(level="rule"):
        rows = [table.loc[(rule, scope)] for scope in institutions.SCOPES]
        for narrow, wide in pairwise(rows):
            assert (narrow <= wide).all()


def test_no_break_makes_the_articles_steps_certainly_denser():
    assert institutions.certainly_faster(institutions.ARTICLE) == []


def test_a_scope_that_a_coder_did_not_code_is_refused():
    with pytest.raises(ValueError, match="a scope that the second coder coded"):
        institutions.parts("second", "body")


def test_only_formal_rungs_are_set_against_each_other():
    pairs = institutions.formal_pairs("SCO")
    assert {p.rung for p in [*pairs["lower"], *pairs["higher"]]} <= set(institutions.FORMAL)
    found = institutions.status_tensions().set_index(
        institutions.status_tensions()["tension"].map(lambda t: t.id)
    )
    assert "beside" in found.loc["t-kurnaz-sco-join-accession", "finding"]
