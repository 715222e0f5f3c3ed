"""Facts about the measures of the chapter on leverage: ranks, cover, leads and tipping counts."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import inside, intervals, positive, weights

from asprinted import dates, leverage
from asprinted.measures import (
    cover_ratio,
    lead_set,
    rest_of_rank,
    share_of_rank,
    tipping_count,
)
from asprinted.readings import READINGS
from asprinted.sets import between, point

parts = st.lists(positive, min_size=1, max_size=8)


@given(st.data())
def test_a_cover_ratio_is_exports_over_imports_and_below_one_in_deficit(data):
    exports, imports = (data.draw(intervals(positive, bounded=True)) for _ in range(2))
    x, y = inside(exports, data.draw(weights)), inside(imports, data.draw(weights))
    assert x / y in cover_ratio(exports, imports)
    assert (x / y < 1) == (x < y)


@given(parts, st.data())
def test_no_part_holds_more_than_its_rank_allows(sizes, data):
    rank = data.draw(st.integers(1, len(sizes)))
    part = sorted(sizes, reverse=True)[rank - 1]
    assert part / sum(sizes) in share_of_rank(point(rank))
    assert sum(sizes) - part in rest_of_rank(point(part), point(rank))


@given(st.integers(1, 12))
def test_equal_parts_attain_the_ceiling_of_their_rank(rank):
    assert share_of_rank(point(rank)).hull.hi == Fraction(1, rank)
    assert Fraction(rank - 1) in rest_of_rank(point(1), point(rank))


@pytest.mark.parametrize("bad", [between(1, 2), point(0), point(Fraction(3, 2))])
def test_a_rank_is_one_whole_number_from_one(bad):
    with pytest.raises(ValueError, match="rank"):
        share_of_rank(bad)


contributions = st.lists(st.frozensets(st.integers(-1, 1), min_size=1), max_size=7)


@given(contributions)
def test_leads_are_the_sums_over_every_placement(cases):
    leads = lead_set(cases)
    sums = {sum(choice) for choice in product(*cases)}
    assert all(total in leads for total in sums)
    assert {part.lo for part in leads.parts} == {part.hi for part in leads.parts} == sums


@given(contributions, st.frozensets(st.integers(-1, 1), min_size=1), st.frozensets(st.integers(-1, 1)))
def test_a_case_more_contested_never_narrows_the_lead(cases, case, more):
    assert lead_set([*cases, case]) <= lead_set([*cases, case | more])


def test_a_case_without_a_side_is_refused():
    with pytest.raises(ValueError, match="contribution"):
        lead_set([frozenset()])


@given(st.integers(0, 20), st.integers(0, 20))
def test_the_tipping_count_reverses_and_one_less_does_not(favour, against):
    unmentioned = tipping_count(favour, against)
    assert against + unmentioned > favour
    assert unmentioned == 0 or against + unmentioned - 1 <= favour


PARTIES = ("Ankara", "Moscow", "the West", "Azerbaijan")
shown = st.frozensets(st.sampled_from(PARTIES))
partners = st.sampled_from(PARTIES[1:3])


@given(shown, partners)
def test_a_third_party_adds_nothing_between_two(placed, partner):
    between_two = placed & {"Ankara", partner}
    assert leverage.contributions(placed, partner) == leverage.contributions(between_two, partner)


@given(shown, partners)
def test_ankara_adds_for_itself_its_partner_against_it_and_both_leave_it_open(placed, partner):
    found = leverage.contributions(placed, partner)
    ankara, other = "Ankara" in placed, partner in placed
    assert found == (frozenset({-1, 0, 1}) if ankara and other else frozenset({ankara - other}))


@given(shown, partners)
def test_swapping_the_two_sides_swaps_the_sign(placed, partner):
    swap = {"Ankara": partner, partner: "Ankara"}
    swapped = frozenset(swap.get(side, side) for side in placed)
    assert leverage.contributions(swapped, partner) == {-n for n in leverage.contributions(placed, partner)}


@pytest.mark.parametrize("coder", leverage.coders())
@pytest.mark.parametrize("partner", PARTIES[1:3])
@pytest.mark.parametrize("period", ["before the war", "since the war"])
def test_a_standing_bounds_the_lead_and_never_counts_a_case_twice(coder, partner, period):
    found = leverage.ledger(coder, partner, period)
    ankara, both, other = leverage.standing(found)
    assert ankara + both + other <= len(found)
    assert (leverage.lead(found).hull.lo, leverage.lead(found).hull.hi) == (
        ankara - other - both,
        ankara - other + both,
    )
    assert leverage.lead(found) <= leverage.lead_across_coders(partner, period)


@pytest.mark.parametrize(("narrow", "wide"), [READINGS[:2], READINGS[1:]])
def test_the_ends_of_the_grain_deal_and_the_growth_of_trade_nest(narrow, wide):
    inner, outer = leverage.deal_end(narrow), leverage.deal_end(wide)
    assert outer[0] <= inner[0] <= inner[1] <= outer[1]
    assert leverage.trade_growth(narrow) <= leverage.trade_growth(wide)
    assert leverage.trade_growth(wide) <= leverage.comparisons(wide)["two-way trade"]


def test_each_reading_of_a_year_keeps_its_anniversary():
    start = leverage.record().rows["events"][leverage.DEAL]
    for reading in READINGS:
        first, last = leverage.deal_end(reading)
        assert (
            first <= dates.shift(start.earliest, 1, "years") <= dates.shift(start.latest, 1, "years") <= last
        )


def test_instances_keep_one_step_each_and_refuse_unlike_sides():
    found = leverage.ledger()
    kept = leverage.by_instance(found)
    for steps in leverage.INSTANCES:
        assert kept.id.isin(steps).sum() == 1
    with pytest.raises(ValueError, match="unlike sides"):
        leverage.by_instance(found, ((leverage.RETURN, leverage.EXIT),))
