"""Facts about the calculus of dates: against calendars walked day by day and placements tried one by one."""

import datetime
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asprinted.dates import (
    EVER,
    Chronicle,
    Told,
    chronicle,
    coincide,
    elapsed,
    length,
    order,
    printed_span,
    shift,
)
from asprinted.record import record
from asprinted.sets import INF, NONNEGATIVE, between, point
from asprinted.verdicts import Court, verdict

Day = datetime.date
START = Day(2019, 12, 28)
UNITS = ("days", "weeks", "months", "years", "decades")

days = st.dates(Day(1899, 1, 1), Day(2101, 12, 31))
near = st.integers(0, 5).map(lambda n: START + datetime.timedelta(n))


@st.composite
def spans(draw, of=days):
    """A span of days, its first no later than its last."""
    return tuple(sorted((draw(of), draw(of))))


def listed(span):
    """Every day of a span."""
    return [span[0] + datetime.timedelta(n) for n in range((span[1] - span[0]).days + 1)]


def word(a, b):
    """The order of two days."""
    return "before" if a < b else "after" if a > b else "same day"


# --- spans ----------------------------------------------------------------------------------------


@given(spans(near), spans(near))
def test_an_order_is_allowed_if_some_pair_of_days_has_it(a, b):
    assert order(a, b) == {word(x, y) for x, y in product(listed(a), listed(b))}


@given(spans(near), spans(near))
def test_turning_the_events_round_turns_the_order_round(a, b):
    turned = {"before": "after", "after": "before", "same day": "same day"}
    assert order(b, a) == {turned[o] for o in order(a, b)}


@given(spans(near), spans(near), spans(near))
def test_a_wider_span_allows_no_order_less(a, b, c):
    wider = (min(a[0], c[0]), max(a[1], c[1]))
    assert order(a, b) <= order(wider, b)


@given(spans(near), spans(near))
def test_dates_of_one_thing_can_be_one_day_if_their_spans_share_one(a, b):
    found = coincide(a, b)
    assert ("together" in found) == bool(set(listed(a)) & set(listed(b)))
    assert ("apart" in found) == (len({*listed(a), *listed(b)}) > 1)


def test_a_span_that_ends_before_it_begins_allows_nothing():
    empty, some = (START + datetime.timedelta(1), START), (START, START)
    assert order(empty, some) == coincide(some, empty) == frozenset()
    assert not elapsed(empty, some)


# --- lengths --------------------------------------------------------------------------------------


@given(spans(near), spans(near), st.sampled_from(UNITS))
def test_lengths_reach_from_the_least_to_the_greatest_of_any_pair_of_days(a, b, unit):
    every = [length(x, y, unit) for x, y in product(listed(a), listed(b))]
    assert elapsed(a, b, unit) == between(min(every), max(every))


@given(days, days, days, st.sampled_from(UNITS))
def test_a_length_never_falls_as_its_end_moves_on_nor_rises_as_its_start_does(a, b, c, unit):
    early, late = sorted((b, c))
    assert length(a, early, unit) <= length(a, late, unit)
    assert length(early, a, unit) >= length(late, a, unit)


@given(days, days, st.sampled_from(UNITS))
def test_a_length_is_the_negative_of_its_way_back(a, b, unit):
    assert length(a, b, unit) == -length(b, a, unit)
    assert (length(a, b, unit) == 0) == (a == b)


@given(days, st.integers(0, 60), st.sampled_from(UNITS[:3]))
def test_whole_units_are_whole(day, count, unit):
    later = shift(day, count, unit)
    if later.day == day.day or unit != "months":
        assert length(day, later, unit) == count


def test_lengths_at_the_edges_of_the_calendar():
    assert length(Day(2020, 2, 29), Day(2021, 2, 28), "years") == 1
    assert length(Day(2022, 7, 1), Day(2023, 7, 1), "years") == 1
    assert length(Day(2022, 1, 31), Day(2022, 2, 28), "months") == 1
    assert length(Day(2022, 7, 1), Day(2022, 7, 16), "months") == Fraction(15, 31)
    assert length(Day(1952, 1, 1), Day(2022, 1, 1), "decades") == 7
    assert shift(Day(2021, 1, 31), 1, "months") == Day(2021, 2, 28)
    assert shift(Day(2024, 3, 31), -1, "months") == Day(2024, 2, 29)
    with pytest.raises(KeyError):
        length(START, START + datetime.timedelta(1), "fortnights")


def test_where_a_day_is_not_printed_a_length_has_no_end():
    known = (START, START)
    assert elapsed(EVER, known) == between(-INF, INF, "()")
    assert elapsed(known, (START, Day.max)) == NONNEGATIVE
    assert elapsed((Day.min, START), known) == NONNEGATIVE


# --- chains ---------------------------------------------------------------------------------------

RELATIONS = ("", "before", "after", "during")


@st.composite
def chronicles(draw):
    """Four events, each with a span of six days and perhaps related to an earlier one."""
    told = {}
    for n, name in enumerate("abcd"):
        relation = draw(st.sampled_from(RELATIONS)) if n else ""
        anchor = draw(st.sampled_from("abcd"[:n])) if relation else ""
        told[name] = Told(*draw(spans(near)), anchor, relation)
    return told


def placements(told):
    """Every placement of the events on days that spans and relations allow, tried one by one.

    What is "during" its anchor lies in the anchor's days as its print and its relations leave them.
    """
    periods = {n: Chronicle(told).span(n) for n in told}

    def holds(day, event, at):
        first, last = periods[event.anchor] if event.anchor else (day, day)
        return {
            "": True,
            "before": not event.anchor or day <= at[event.anchor],
            "after": not event.anchor or day >= at[event.anchor],
            "during": first <= day <= last,
        }[event.offset]

    for placed in product(*(listed((e.first, e.last)) for e in told.values())):
        at = dict(zip(told, placed, strict=True))
        if all(holds(at[n], e, at) for n, e in told.items()):
            yield at


@settings(max_examples=60)
@given(chronicles())
def test_spans_are_the_days_of_some_placement_and_no_more(told):
    found, placed = Chronicle(told), list(placements(told))
    for name in told:
        possible = [at[name] for at in placed]
        span = found.span(name)
        if possible:
            assert span == (min(possible), max(possible))


@settings(max_examples=60)
@given(chronicles())
def test_orders_and_lengths_are_those_of_some_placement(told):
    found, placed = Chronicle(told), list(placements(told))
    if not placed:
        return
    for a, b in product(told, told):
        if a == b:
            continue
        differences = [(at[b] - at[a]).days for at in placed]
        assert found.elapsed(a, b) == between(Fraction(min(differences)), Fraction(max(differences)))
        seen = {word(at[a], at[b]) for at in placed}
        if found.precedes(a, b):
            assert seen <= {"before", "same day"}
            assert found.order(a, b) == {"before"}
        elif found.precedes(b, a):
            assert seen <= {"after", "same day"}
            assert found.order(a, b) == {"after"}
        else:
            assert found.order(a, b) == seen


def test_an_undated_event_is_bounded_through_a_chain():
    told = {
        "coup": Told(Day(2016, 7, 16), Day(2016, 7, 16)),
        "visit": Told(anchor="coup", offset="+3 weeks"),
        "turn": Told(anchor="visit", offset="after"),
        "delivery": Told(Day(2019, 7, 1), Day(2019, 7, 31), "turn", "after"),
    }
    found = Chronicle(told)
    assert found.span("visit") == (Day(2016, 7, 30), Day(2016, 8, 13))
    assert found.span("turn") == (Day(2016, 7, 30), Day(2019, 7, 31))
    assert found.order("coup", "delivery") == found.order("coup", "turn") == {"before"}
    assert found.without(["turn"]).span("turn") == (Day.min, Day(2019, 7, 31))


def test_relations_that_clash_with_the_days_allow_nothing():
    told = {
        "war": Told(Day(2022, 1, 1), Day(2022, 12, 31)),
        "pact": Told(Day(2021, 6, 15), Day(2021, 6, 15), "war", "after"),
    }
    assert Chronicle(told).order("war", "pact") == frozenset()


def test_a_circle_and_a_missing_anchor_are_refused():
    with pytest.raises(ValueError, match="circle"):
        Chronicle({"a": Told(anchor="b", offset="after"), "b": Told(anchor="a", offset="after")})
    with pytest.raises(KeyError, match="nothing is told"):
        Chronicle({"a": Told(anchor="b", offset="after")})


def test_a_missing_date_may_be_any_day():
    found = Chronicle({"a": Told(START, START)})
    assert found.order("a", "missing:day") == {"before", "after", "same day"}


# --- the print ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("signed on 15 June 2021", Day(2021, 6, 15), Day(2021, 6, 15)),
        ("Since February 24, 2022", Day(2022, 2, 24), Day(2022, 2, 24)),
        ("in December 2020", Day(2020, 12, 1), Day(2020, 12, 31)),
        ("have unfolded since 2020", Day(2020, 1, 1), Day(2020, 12, 31)),
        ("since the early 2010s", Day(2010, 1, 1), Day(2019, 12, 31)),
    ],
)
def test_a_phrase_gives_the_days_it_prints(phrase, first, last):
    assert printed_span(phrase) == (first, last)


def test_a_phrase_without_a_date_gives_none():
    assert printed_span("after the coup attempt") is None


def test_no_event_of_the_record_is_dated_out_of_existence():
    found = chronicle(record())
    for name in record().rows["events"]:
        first, last = found.span(name)
        assert first <= last, name


def test_relations_only_narrow_what_the_record_dates():
    found, rows = chronicle(record()), record().rows["events"]
    for name, row in rows.items():
        first, last = found.span(name)
        assert (row.earliest or Day.min) <= first
        assert not row.latest or last <= row.latest


# --- verdicts on orders ---------------------------------------------------------------------------

OWN = Court(record(), own_words=True)
ORDERED = [key for key, row in record().rows["claims"].items() if "order" in row.measure]


@pytest.mark.parametrize("claim", ORDERED)
def test_a_claims_own_words_can_only_settle_what_days_leave_open(claim):
    by_days, with_words = verdict(claim).word, OWN.judge(claim).word
    assert with_words == by_days or by_days == "consistent"


def test_a_claim_is_no_evidence_for_itself():
    assert verdict("c-carnegie-returned-before-leaving").word == "consistent"
    assert OWN.judge("c-carnegie-returned-before-leaving").word == "entailed"


def test_a_length_to_an_end_that_is_not_dated_is_untestable():
    assert verdict("c-carnegie-crisis-about-a-year").word == "untestable"


def test_lengths_are_compared_in_the_unit_they_are_printed_in():
    court = Court(record())
    for claim, unit in (("c-carnegie-seven-decades", "decades"), ("c-kocak-within-months", "months")):
        assert court.unit(court.formal(record().rows["claims"][claim])) == unit


def test_seven_decades_fit_the_printed_year_of_accession():
    found = verdict("c-carnegie-seven-decades")
    assert found.word == found.least_favourable == "entailed"


def test_one_year_of_grain_holds_as_a_round_year_and_fails_as_an_exact_one():
    found = verdict("c-carnegie-grain-one-year")
    (case,) = found.cases
    assert found.word == "entailed"
    assert case.verdict("plain", "tight") == "contradicted"
    assert case.pairs["plain", "tight"][0].claimed == point(1)
