"""Facts about the census of numerals, on made paragraphs; the record's own where the texts are at hand."""

import os
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from asprinted.census import (
    FILE,
    Numeral,
    census_problems,
    language_of,
    numerals_of,
    scan,
)
from asprinted.record import Record, load
from press.verify import paragraphs, read_texts


def tokens(paragraph: str, language: str = "") -> list[str]:
    return [token.token for token in scan(paragraph, language)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("The mill sold $28.9 billion of flour.", ["28.9"]),
        ("They paid 40,7 and shipped 150,000 sacks.", ["40,7", "150,000"]),
        ("It closed on 16.01.2026, at last.", ["16.01.2026"]),
        ("Between 43-45 and 1853–1856 carts stood there.", ["43", "45", "1853", "1856"]),
        ("The 1960s and the 19th century were mild.", ["1960", "19"]),
    ],
)
def test_a_run_of_digits_is_one_token_with_its_inner_marks(paragraph, expected):
    assert tokens(paragraph) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Nobody bought coal.32 The mill closed.", ["32"]),
        ("It opened in 2014,18 and closed in 2016.19", ["2014", "18", "2016", "19"]),
        ("The baker called on July 17.9 Nobody came.", ["17", "9"]),
        ("“A fine day.”6 Then rain.", ["6"]),
    ],
)
def test_a_footnote_mark_glued_to_a_word_a_year_or_a_day_stands_alone(paragraph, expected):
    assert tokens(paragraph) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("The S-400, a TB2 and Type III barns.", ["400", "2", "III"]),
        ("See https://a.example/x12y/2020-third, p. 5.", ["12", "2020", "third", "5"]),
    ],
)
def test_designators_and_addresses_give_tokens_too(paragraph, expected):
    assert tokens(paragraph) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "Thirty-three hens, the second-largest flock, once doubled.",
            ["Thirty-three", "second", "once", "doubled"],
        ),
        ("Five hundred years and two thirds of one.", ["Five hundred", "two thirds", "one"]),
        ("Five million eggs, 3 million hens, thousands of foxes.", ["Five", "3", "thousands"]),
        ("A multibillion-dollar barn.", ["multibillion"]),
        ("Both barns, every decade, a bilateral fence, annual fairs.", []),
        ("Someone alone was often wanted.", []),
    ],
)
def test_english_number_words(paragraph, expected):
    assert tokens(paragraph) == expected


def test_turkish_number_words_stand_only_in_turkish():
    assert tokens("Bu köyde iki değirmen ve on beş tavuk için tek bir yol var.") == [
        "iki",
        "on beş",
        "tek",
        "bir",
    ]
    assert tokens("The hens sit on the bin of the mill.") == []
    assert tokens("BU İKİ YOL VE İLK KÖPRÜ") == ["İKİ", "İLK"]
    assert tokens("iki on bir", "en") == []
    assert tokens("two or three", "tr") == []


def test_each_line_is_read_in_its_own_language():
    assert language_of("The road to the mill") == "en"
    assert language_of("Değirmen ve yol için") == "tr"
    assert tokens("One mill on the road\nYol ve on tavuk\nThe hens on it") == ["One", "on"]


def test_an_unknown_language_is_an_error():
    with pytest.raises(KeyError):
        scan("three hens", "xx")


def test_tokens_are_numbered_in_the_order_of_reading_and_carry_their_spans():
    paragraph = "Two mills,\n3 hens and a third barn in 1901."
    found = scan(paragraph)
    assert [token.nth for token in found] == [1, 2, 3, 4]
    assert [paragraph[token.start : token.end] for token in found] == ["Two", "3", "third", "1901"]


# A made text, and its census: "Two" is a quantity, "1901" dates an event, "One" is a pronoun.
TEXTS = {"made": ["Two mills were built in 1901. One of them burnt."]}
RECORD = Record(
    {
        "quantities": {
            "q-mills": SimpleNamespace(
                text="made", paragraph=1, printed="Two mills were built", digits="two"
            ),
            "q-fires": SimpleNamespace(text="made", paragraph=1, printed="One of them burnt", digits="One"),
        },
        "events": {"e-built": SimpleNamespace(text="made", date_paragraph=1, date_printed="built in 1901")},
    }
)
ROWS = (
    Numeral("made", 1, 1, "Two", "quantity", "q-mills", ""),
    Numeral("made", 1, 2, "1901", "event date", "e-built", ""),
    Numeral("made", 1, 3, "One", "other", "", "pronoun: one of"),
)


def changed(place: int, **cells) -> list[Numeral]:
    rows = list(ROWS)
    fields = {
        name: getattr(rows[place], name)
        for name in ("text", "paragraph", "nth", "token", "kind", "id", "note")
    }
    rows[place] = Numeral(**(fields | cells))
    return rows


def test_a_census_that_classes_every_token_once_has_no_problem():
    assert census_problems(RECORD, TEXTS, ROWS) == []


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (ROWS[:2], ["token"]),  # a token without a row
        ([*ROWS, ROWS[0]], ["nth"]),  # a token with two rows
        ([*ROWS, Numeral("made", 1, 4, "7", "list", "", "")], ["token"]),  # a row left over
        ([*ROWS, Numeral("lost", 1, 1, "7", "list", "", "")], ["token"]),  # a row of no text
        (changed(0, token="Three"), ["token"]),
        (changed(2, note=""), ["note"]),
        (changed(2, id="q-fires"), ["id"]),  # an id where none belongs
        (changed(0, id=""), ["id"]),
        (changed(0, id="q-none"), ["id"]),
        (changed(0, id="q-fires"), ["id"]),  # other digits
        (changed(1, kind="quantity", id="q-mills"), ["id"]),
        (changed(2, kind="event date", id="e-built", note=""), ["id"]),  # outside the phrase
    ],
)
def test_what_is_wrong_is_named_with_its_column(rows, columns):
    problems = census_problems(RECORD, TEXTS, rows)
    assert [problem.column for problem in problems] == columns
    assert {problem.file for problem in problems} == {FILE}


def test_a_row_of_another_paragraph_is_not_the_row():
    texts = {"made": [*TEXTS["made"], "Two mills were built."]}
    rows = [*ROWS, Numeral("made", 2, 1, "Two", "quantity", "q-mills", "")]
    assert [problem.column for problem in census_problems(RECORD, texts, rows)] == ["id"]


def test_both_ends_of_a_range_belong_to_its_quantity():
    record = Record(
        {"quantities": {"q": SimpleNamespace(text="made", paragraph=1, printed="43-45 hens", digits="43-45")}}
    )
    rows = [Numeral("made", 1, n, end, "quantity", "q", "") for n, end in ((1, "43"), (2, "45"))]
    assert census_problems(record, {"made": ["They kept 43-45 hens."]}, rows) == []


def test_the_books_census_counts_each_token_of_a_paragraph_once_from_one():
    places: dict[tuple[str, int], list[int]] = {}
    for row in numerals_of(load()):
        assert row.note or row.kind != "other", row.label
        places.setdefault((row.text, row.paragraph), []).append(row.nth)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in places.values())


@pytest.mark.skipif("TEXTS" not in os.environ, reason="the texts are not at hand: set TEXTS to their folder")
def test_the_books_census_is_true_to_the_texts():
    found = load()
    texts = read_texts(Path(os.environ["TEXTS"]), list(found.rows["texts"]))
    blocks = {key: paragraphs(text) for key, text in texts.items()}
    assert [str(problem) for problem in census_problems(found, blocks)] == []
    scanned = Counter(key for key, block in blocks.items() for paragraph in block for _ in scan(paragraph))
    assert scanned == Counter(row.text for row in numerals_of(found))
