"""Agreement: the coefficients give what the literature prints for its own examples; matching pairs what it should."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted import agreement
from asprinted.agreement import kappa, krippendorff_alpha, match, overlap
from asprinted.record import record

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. A dot is a missing code.
TWO_OBSERVERS_BINARY = ("0100000010", "1110010000")  # section A, alpha 0.095
TWO_OBSERVERS_NOMINAL = ("aabbdcccedda", "babbbccceddd")  # section B, alpha 0.692
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")  # section C, alpha 0.743


def units(*coders: str) -> list[list[str]]:
    return [[code for code in codes if code != "."] for codes in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "printed"),
    [(TWO_OBSERVERS_BINARY, 0.095), (TWO_OBSERVERS_NOMINAL, 0.692), (FOUR_OBSERVERS, 0.743)],
    ids=["two observers, binary", "two observers, nominal", "four observers, codes missing"],
)
def test_alpha_gives_krippendorffs_own_examples(coders, printed):
    assert krippendorff_alpha(units(*coders), draws=10).value == pytest.approx(printed, abs=0.0005)


def codes_of(table: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    return [pair for pair, count in table.items() for _ in range(count)]


# Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., section 18.1:
# two raters' diagnoses of a hundred subjects; they print kappa 0.68 (0.676) and a 95 percent interval 0.50 to 0.85.
DIAGNOSES = {
    ("psychotic", "psychotic"): 75,
    ("psychotic", "neurotic"): 1,
    ("psychotic", "organic"): 4,
    ("neurotic", "psychotic"): 5,
    ("neurotic", "neurotic"): 4,
    ("neurotic", "organic"): 1,
    ("organic", "organic"): 10,
}


def test_kappa_gives_the_textbook_example():
    found = kappa(codes_of(DIAGNOSES))
    assert found.value == pytest.approx(0.676, abs=0.0005)
    assert (found.low, found.high) == (pytest.approx(0.50, abs=0.01), pytest.approx(0.85, abs=0.01))
    assert found.units == 100


def test_kappa_by_hand():
    """50 items, 20 and 15 coded alike: observed 0.7, by chance 0.5, so (0.7 - 0.5) / (1 - 0.5)."""
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    assert kappa(codes_of(table)).value == pytest.approx(0.4)


def test_one_code_throughout_leaves_kappa_undefined():
    assert math.isnan(kappa([("a", "a")] * 5).value)
    assert math.isnan(krippendorff_alpha([("a", "a")] * 5, draws=10).value)


def test_no_disagreement_is_one():
    codes = [("a", "a"), ("b", "b"), ("b", "b")]
    assert (kappa(codes).value, kappa(codes).low, kappa(codes).high) == (1, 1, 1)
    assert krippendorff_alpha(codes, draws=10).value == 1


def test_no_codes_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        kappa([])


CODES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30)


@given(CODES)
def test_neither_coefficient_depends_on_who_is_first(codes):
    swapped = [(b, a) for a, b in codes]
    assert kappa(codes).value == pytest.approx(kappa(swapped).value, nan_ok=True)
    alphas = [krippendorff_alpha(c, draws=1).value for c in (codes, swapped)]
    assert alphas[0] == pytest.approx(alphas[1], nan_ok=True)


@given(CODES)
def test_an_interval_encloses_its_value_and_stays_below_one(codes):
    found = kappa(codes)
    assert math.isnan(found.value) or found.low <= found.value + 1e-12 <= found.high + 1e-9 <= 1 + 1e-8


def row(printed: str, **more: str) -> dict[str, str]:
    return {"text": "kocak2026", "paragraph": "10", "printed": printed, **more}


def test_overlap_is_a_share_of_the_shorter_phrase():
    assert overlap("three more died in 2020", "three more died") == 1
    assert overlap("more than 60 billion", "more than 40 percent") == 0.5
    assert overlap("", "more") == 0


def test_rows_of_different_paragraphs_never_match():
    found = match([row("two pipelines")], [row("two pipelines", paragraph="11")], ("text", "paragraph"))
    assert (len(found.pairs), len(found.only_first), len(found.only_second)) == (0, 1, 1)


def test_the_closest_phrases_are_paired_first_and_each_row_once():
    first = [row("from 10.7 to 19.3 million tons"), row("to 19.3 million tons in oil")]
    second = [row("to 19.3 million tons in oil"), row("from 10.7 to 19.3 million")]
    found = match(first, second, ("text", "paragraph"))
    assert {(a["printed"], b["printed"]) for a, b in found.pairs} == {
        (first[0]["printed"], second[1]["printed"]),
        (first[1]["printed"], second[0]["printed"]),
    }


def test_rows_of_one_phrase_are_told_apart():
    first = [
        row("first invitation in five years", digits="first"),
        row("first invitation in five years", digits="five"),
    ]
    found = match(first, first[::-1], ("text", "paragraph"), telling=("digits",))
    assert all(a["digits"] == b["digits"] for a, b in found.pairs)


@pytest.mark.parametrize("table", agreement.TELLING)
def test_every_row_of_both_readings_is_accounted_for(table):
    found = agreement.laid_side_by_side(table)
    for which, alone in (("first", found.only_first), ("second", found.only_second)):
        assert len(found.pairs) + len(alone) == len(agreement.reading(which, table))


def test_every_decision_of_the_log_leads_to_the_record():
    """Rows kept are in the record under their first id, rows dropped are not, rows added stand under an id of the log."""
    log = agreement.resolutions()
    rows = {identifier for table in agreement.TELLING for identifier in record().rows[table]}
    for entry in log[log.table.isin(["quantities", "events", "statuses"])].itertuples():
        first, second = (set(filter(None, ids.split("; "))) for ids in (entry.first_id, entry.second_id))
        if entry.decision == "first kept":
            assert first <= rows, first - rows
        if entry.decision == "dropped":
            assert not first & rows, first & rows
        if entry.decision == "added":
            named = set(re.findall(r"\bas ([eqs]-[a-z0-9-]+)", entry.reason))
            assert (second | named) & rows, second
