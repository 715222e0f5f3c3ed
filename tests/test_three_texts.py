"""The comparison's rules: what the codes of a cell come to, and what its tables keep whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted import comparison
from asprinted.comparison import AGAINST, ALLOWS, EXPLANATIONS, OUTCOMES, SINGLES, TEXTS


@given(st.lists(st.sampled_from([ALLOWS, SINGLES, AGAINST])))
def test_a_cell_comes_to_one_outcome_whatever_the_order_of_its_codes(codes):
    assert comparison.outcome(codes) == comparison.outcome(sorted(codes * 2)) in OUTCOMES


@given(st.lists(st.sampled_from([ALLOWS, SINGLES])))
def test_evidence_against_takes_a_cell_out_of_those_singled_out(codes):
    assert comparison.outcome([*codes, AGAINST]) == ("both ways" if codes else AGAINST)


def test_a_code_that_is_none_is_named():
    with pytest.raises(ValueError, match="perhaps"):
        comparison.outcome(["perhaps"])


def test_every_text_that_tells_a_shared_event_makes_something_of_it_and_no_other_does():
    for cell in comparison.shared().itertuples():
        assert bool(cell.rows) == bool(cell.uses), (cell.event, cell.text)


def test_the_matrix_has_a_cell_for_every_step_and_explanation():
    cells = comparison.rivals()
    assert len(cells) == len(comparison.steps()) * len(EXPLANATIONS)
    assert len(comparison.steps()) <= 12


def test_no_text_gives_one_cell_both_of_the_codes_for_it():
    for cell in comparison.rivals().itertuples():
        for text in TEXTS:
            own = [p for p in cell.phrases if f" {text} ¶" in p]
            assert len(own) <= 2, (cell.step, cell.explanation, text)


def test_a_coder_agrees_with_himself_and_one_without_codes_with_nobody():
    assert comparison.coders_agree("first", "first").value == 1
    assert comparison.coders_agree("first", "nobody") is None
