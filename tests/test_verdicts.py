"""Facts about verdicts: their definitions, what widening does, and what the print says on energy."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import intervals, sets, weights

from asprinted.measures import MEASURES
from asprinted.readings import READINGS
from asprinted.record import load, record
from asprinted.sets import INF, RealSet, between, point
from asprinted.tables import margin_in_words, margins
from asprinted.verdicts import FAVOUR, Court, Margin, judge, judge_all, margin, verdict, verdicts, witnesses

F = Fraction
ALL = verdicts()


def test_the_four_ways_two_sets_can_lie():
    claimed = between(F(1), F(2))
    assert judge(between(F(1), F(2), "()"), claimed) == "entailed"
    assert judge(between(F(2), F(3)), claimed) == "consistent"
    assert judge(between(F(2), F(3), "(]"), claimed) == "contradicted"
    assert judge(RealSet(), claimed) == "inputs conflict"


@given(sets(), sets(), sets())
def test_widening_the_figures_only_moves_a_verdict_towards_consistent(inferred, wider, claimed):
    before, after = judge(inferred, claimed), judge(inferred | wider, claimed)
    assert after in (before, "consistent")


@given(sets(), sets(), sets(), sets(), sets())
def test_widening_one_group_only_moves_a_claim_on_all_towards_consistent(a, b, wider, first, second):
    before = judge_all([(a, first), (b, second)])
    after = judge_all([(a | wider, first), (b, second)])
    allowed = {
        "entailed": ("entailed", "consistent"),
        "consistent": ("consistent",),
        "contradicted": FAVOUR[1:],
    }
    assert after in allowed[before]


@given(intervals(), intervals())
def test_a_claim_and_its_denial_are_never_both_entailed(inferred, claimed):
    if claimed.complement:
        assert {judge(inferred, claimed), judge(inferred, claimed.complement)} != {"entailed"}


@pytest.mark.parametrize("found", ALL, ids=lambda v: v.claim.id)
def test_every_claim_has_a_verdict_and_every_undecided_one_its_reason(found):
    assert found.word
    assert (found.word == "untestable") == bool(found.reason)
    if found.reason:
        assert found.reason.startswith(("missing number: ", "vague predicate: "))


@pytest.mark.parametrize("found", [v for v in ALL if v.cases and not v.reason], ids=lambda v: v.claim.id)
def test_the_headline_lies_between_the_kindest_and_the_hardest_reading(found):
    for case in found.cases:
        if "inputs conflict" in (case.verdict(), case.most_favourable, case.least_favourable):
            continue
        ranks = [FAVOUR.index(v) for v in (case.most_favourable, case.verdict(), case.least_favourable)]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("found", [v for v in ALL if v.cases], ids=lambda v: v.claim.id)
def test_the_sets_of_a_claim_nest_as_its_readings_do(found):
    for case in found.cases:
        for tighter, wider in itertools.pairwise(READINGS):
            for narrow, wide in zip(case.pairs[tighter, "plain"], case.pairs[wider, "plain"], strict=True):
                assert narrow.inferred <= wide.inferred
            for narrow, wide in zip(case.pairs["plain", tighter], case.pairs["plain", wider], strict=True):
                assert narrow.claimed <= wide.claimed


PRINTED = [v for v in ALL if v.cases and not v.reason and set(v.formal.measures) <= set(MEASURES)]


@pytest.mark.parametrize("found", PRINTED, ids=lambda v: v.claim.id)
def test_a_verdict_has_its_witnesses(found):
    """Printed values with which a claim holds, and with which it fails, are found just where the verdict allows them."""
    expected = {"entailed": {True}, "contradicted": {False}, "consistent": {True, False}}
    for case in found.cases:
        for group, measure in zip(case.pairs["plain", "plain"], found.formal.measures, strict=False):
            if all(isinstance(x, RealSet) for x in group.inputs) and not any(
                "missing:" in n for n in group.names
            ):
                if found.formal.combine == "compare" or any("?" in name for name in group.names):
                    continue
                assert set(witnesses(group, measure)) == expected[judge(group.inferred, group.claimed)]


@given(data=st.data())
def test_widening_any_input_of_any_claim_only_moves_its_verdict_towards_consistent(data):
    found = data.draw(st.sampled_from([v for v in PRINTED if v.formal.combine != "compare"]))
    case = data.draw(st.sampled_from(found.cases))
    at = data.draw(st.integers(0, len(case.pairs["plain", "plain"]) - 1))
    group = case.pairs["plain", "plain"][at]
    measure = MEASURES[found.formal.measures[at]]
    place = data.draw(st.integers(0, len(group.inputs) - 1))
    hull = group.inputs[place].hull
    size = abs(hull.lo) + 1
    extra = between(hull.lo - size * data.draw(weights), hull.lo + size * data.draw(weights)) & measure.domain
    widened = [x | extra if i == place else x for i, x in enumerate(group.inputs)]
    before = judge(group.inferred, group.claimed)
    assert judge(measure.function(*widened), group.claimed) in (before, "consistent")


# --- energy ---------------------------------------------------------------------------------------


def test_coal_doubled_in_either_sense():
    assert verdict("c-carnegie-coal-doubled").word == "entailed"


def test_oil_products_did_not_reach_twice_under_any_reading():
    found = verdict("c-carnegie-oil-products-doubled")
    case = next(case for case in found.cases if case.sense == "at least twice")
    assert {case.verdict(i, c) for i in READINGS for c in READINGS} == {"contradicted"}
    assert found.turns_on_sense


def test_the_claim_on_both_categories_falls_with_its_weaker_half():
    both, oil = verdict("c-carnegie-both-doubled"), verdict("c-carnegie-oil-products-doubled")
    assert both.headline == oil.headline


def test_nearly_doubled_is_allowed_and_not_secured():
    assert verdict("c-carnegie-trade-nearly-doubled").word == "consistent"


def test_the_legs_bear_out_the_hedged_total():
    found = verdict("c-carnegie-trade-exceeded-34")
    assert {found.word, found.most_favourable, found.least_favourable} == {"entailed"}


def test_the_printed_share_does_not_settle_who_is_the_top_provider():
    found = verdict("c-carnegie-gas-top")
    assert found.reason == "missing number: gas-largest-other"
    settled = margin(found.cases[0].pairs["plain", "plain"][0], "top_supplier")
    assert settled.certain == between(F(0), F(35, 100))
    assert settled.possible == between(F(0), F(40, 100), "[)")


def test_a_margin_that_ends_is_written_whole():
    text = margins(verdict("c-carnegie-trade-nearly-doubled"))
    assert "can hold with at least 51.75, below 69.40 billion dollars" in text
    assert "must hold with at least 52.05, below 69.00 billion dollars" in text


def test_an_entailed_claim_has_a_margin_too():
    """The legs bear out "exceeded 34" up to 35, the next round number, with imports this large."""
    assert margins(verdict("c-carnegie-trade-exceeded-34")).endswith(
        "holds with above 5.15, below 6.05 billion dollars"
    )


def test_a_must_hold_margin_that_does_not_end_is_rounded_into_the_set_it_speaks_of():
    third = between(F(10, 3) * 10**9, INF, "[)")
    found = Margin("missing:trade-russia-turkiye-2020", between(F(7, 3) * 10**9, INF, "[)"), third)
    assert margin_in_words(found, entailed=False) == (
        "can hold with at least 2.3 billion dollars, must hold with at least 3.4 billion dollars"
    )


def test_three_words_without_a_number_stay_untestable():
    for name in ("exponential", "oil-record", "third-largest"):
        assert verdict(f"c-carnegie-{name}").reason.startswith("missing number: ")


def test_oil_products_would_have_needed_twice_their_printed_base():
    found = verdict("c-carnegie-oil-products-doubled")
    case = next(case for case in found.cases if case.sense == "at least twice")
    tight = margin(case.pairs["tight", "plain"][0], "growth_factor")
    assert tight.possible.hull.lo == F(214, 10) * 10**6
    assert point(F(193, 10) * 10**6) & tight.possible == RealSet()


def test_a_claim_that_one_missing_number_would_decide_is_decided_by_it(copy_of_data):
    """Fill in the missing third values: the exponential claim is then entailed or contradicted, not open."""
    path = copy_of_data / "quantities.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    source = next(line for line in lines if line.startswith("q-carnegie-coal-2022,"))
    for name, oil, coal in (("fast", "40.0", "30.0"), ("slow", "20.0", "12.0")):
        rows = [
            source.replace("q-carnegie-coal-2022,", f"q-made-{series}-{name},").replace("11.3", value)
            for series, value in (("oil", oil), ("coal", coal))
        ]
        lines += rows
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    claims = copy_of_data / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    for name, expected in (("fast", "entailed"), ("slow", "contradicted")):
        claims.write_text(
            text.replace("missing:oil-products-2023", f"q-made-oil-{name}").replace(
                "missing:coal-2023", f"q-made-coal-{name}"
            ),
            encoding="utf-8",
        )
        assert Court(load(copy_of_data)).judge("c-carnegie-exponential").word == expected


def test_interpretive_claims_assert_nothing_countable():
    for found in ALL:
        if found.word == "interpretive":
            assert not (found.claim.measure)
            assert not (found.claim.inputs)
            assert not (found.claim.claimed)


def test_every_missing_number_is_needed_by_a_claim():
    needed = {
        name.removeprefix("missing:")
        for found in ALL
        for group in (found.formal.groups if found.formal else ())
        for name in group
        if name.startswith("missing:")
    }
    assert set(record().rows["missing"]) == needed
