"""The census of numerals: every numeral and number word of each text, and the class each was given.

`scan` knows nothing of the other tables: it walks a paragraph and lists what looks like a number.
`data/numerals.csv` gives every token it finds a class; `census_problems` holds the two against each
other and against the rows that the tokens name. The census is the denominator of the record.

What the scan takes for one token:

* A run of digits, with the commas and points inside it where at most three digits precede the first
  ("28.9", "40,7", "150,000", "16.01.2026"). So a mark glued to a year ("2014,18") is a token of its own, and
  so is one glued to the day after a month's name ("July 17.9" is 17 and 9). A mark glued to any
  other short number cannot be told from its decimals.
* Each end of a range: "43-45", "2021-2025" are two tokens. Signs, letters and suffixes stay outside:
  "1960s" is 1960, "19th" is 19, "S-400" is 400, "TB2" is 2.
* Every run of digits of an address (URL, DOI, ORCID), wherever it stands.
* A number word of the line's own language, with or without a hyphen after it ("second-largest" is second);
  words up to the hundreds that make one number are one token ("thirty-three", "Five Hundred"). A scale word
  behind a numeral ("34 billion") is part of the numeral's unit, no token; standing alone
  ("multibillion-dollar", "thousands of") it is one.
* A Roman numeral of two letters or more in I, V and X ("Type III").

Words that only imply a number (both, only, bilateral, annual, yearlong) or name a group by its size
(decade, century, quartet) are not number words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from asprinted.record import Problem, Record

FILE = "numerals.csv"
NAMING = {
    "quantity": ("quantities", "paragraph", "printed"),
    "event date": ("events", "date_paragraph", "date_printed"),
}

WORD_KINDS = {
    "en": {
        "unit": "zero one two three four five six seven eight nine",
        "teen": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "ten": "twenty thirty forty fifty sixty seventy eighty ninety",
        "hundred": "hundred",
        "scale": "thousand million billion trillion",
        "nth": "first second third fourth fifth sixth seventh eighth ninth",
        "ordinal": "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
        "nineteenth twentieth thirtieth fortieth fiftieth hundredth thousandth firstly secondly thirdly",
        "part": "half halves quarter quarters thirds fourths fifths sixths eighths tenths",
        "group": "dozen dozens score scores hundreds thousands millions billions multimillion multibillion",
        "multiple": "once twice thrice single sole dual double doubled doubles doubling triple "
        "tripled triples tripling quadruple quadrupled halve halved halves halving twofold threefold "
        "fourfold fivefold tenfold",
    },
    "tr": {
        "unit": "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
        "ten": "on yirmi otuz kırk elli altmış yetmiş seksen doksan",
        "hundred": "yüz",
        "scale": "bin milyon milyar trilyon",
        "ordinal": "ilk birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu "
        "yirminci yüzüncü ilki ikisi üçü dördü",
        "part": "yarım yarı yarısı çeyrek buçuk",
        "group": "onlarca yüzlerce binlerce milyonlarca milyarlarca düzine",
        "multiple": "tek çift",
    },
}
KIND = {
    language: {word: kind for kind, words in kinds.items() for word in words.split()}
    for language, kinds in WORD_KINDS.items()
}
CARDINALS = {"unit", "teen", "ten", "hundred"}
JOINS = {  # kinds of neighbouring words that make one number
    ("ten", "unit"),
    ("ten", "nth"),
    ("unit", "hundred"),
    ("teen", "hundred"),
    ("hundred", "unit"),
    ("hundred", "teen"),
    ("hundred", "ten"),
    ("unit", "part"),
    ("unit", "group"),
}
FUNCTION_WORDS = {  # what tells the language of a line; none of these is a number word
    "en": "the of and in to for a an is from with by at as its why what how or against",
    "tr": "ve ile için bu olarak da de ki gibi kadar daha nasıl ne hangi göre arasında sonrası",
}
_FUNCTION = {language: set(words.split()) for language, words in FUNCTION_WORDS.items()}
MONTHS = "January February March April May June July August September October November December"

_MONTH_BEFORE = re.compile(r"\b(?:" + MONTHS.replace(" ", "|") + r")\s+$")
_DIGITS = re.compile(r"\d{1,3}(?:[.,]\d+)+|\d+")
_DAY = re.compile(r"\d{1,2}(?=[.,]\d)")
_ROMAN = re.compile(r"(?<![^\W_])[IVX]{2,}(?![^\W_])")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
_RANGE = re.compile(r"[-–]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Token:
    """One numeral of a paragraph: its place in the order of reading (from 1), its print and its span."""

    nth: int
    token: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numeral:
    """One row of `data/numerals.csv`; `kind` is its column `class`."""

    text: str
    paragraph: int
    nth: int
    token: str
    kind: str
    id: str
    note: str

    @property
    def label(self) -> str:
        """The row's key, as problems name it."""
        return f"{self.text} {self.paragraph} {self.nth}"


def language_of(line: str) -> str:
    """The language of a line: "tr" where, addresses aside, more function words are Turkish than English."""
    words = [_lower(word, "tr") for word in _WORD.findall(_ADDRESS.sub(" ", line))]
    turkish, english = (sum(word in _FUNCTION[language] for word in words) for language in ("tr", "en"))
    return "tr" if turkish > english else "en"


def scan(paragraph: str, language: str = "") -> list[Token]:
    """Every numeral and number word of a paragraph, in the order of reading, by the rules of this module.

    `language` ("en" or "tr") says whose number words to look for; left empty, each line of the paragraph
    is taken in its own (`language_of`), so that a Turkish title in a list of references is read as Turkish
    and `on` or `bin` in an English sentence never is. Raises KeyError for any other language.
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for line in paragraph.split("\n"):
        spans += [(at + start, at + end) for start, end in _line(line, language or language_of(line))]
        at += len(line) + 1
    return [Token(nth, paragraph[start:end], start, end) for nth, (start, end) in enumerate(spans, start=1)]


def _lower(word: str, language: str) -> str:
    """A word in lower case, with the Turkish rule for dotted and dotless i where it is Turkish."""
    return (word.replace("İ", "i").replace("I", "ı") if language == "tr" else word).lower()


def _line(line: str, language: str) -> list[tuple[int, int]]:
    """The spans of the numerals of one line, in order."""
    digits = _digits(line)
    romans = [match.span() for match in _ROMAN.finditer(line)]
    return sorted(digits + romans + _worded(line, language, {end for _, end in digits}))


def _digits(line: str) -> list[tuple[int, int]]:
    """The spans of the runs of digits of one line."""
    spans: list[tuple[int, int]] = []
    while match := _DIGITS.search(line, spans[-1][1] if spans else 0):
        day = _MONTH_BEFORE.search(line[: match.start()]) and _DAY.match(line, match.start())
        spans.append((day or match).span())
    return spans


def _worded(line: str, language: str, numeral_ends: set[int]) -> list[tuple[int, int]]:
    """The spans of the number words of one line: a number's words joined, a numeral's scale passed over."""
    spans: list[tuple[int, int]] = []
    last = ""  # the kind of the last number word
    for match in _WORD.finditer(line):
        kind = KIND[language].get(_lower(match[0], language), "")
        if not kind:
            continue
        start, end = match.span()
        near = bool(spans) and line[spans[-1][1] : start] in (" ", "-")
        after_digits = start - 1 in numeral_ends and line[start - 1] in " -"
        if kind == "scale" and (after_digits or (near and last in CARDINALS)):
            continue
        if near and (last, kind) in JOINS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = kind
    return spans


def numerals_of(found: Record) -> list[Numeral]:
    """The rows of a record's census."""
    return [
        Numeral(row.text, row.paragraph, row.nth, row.token, getattr(row, "class"), row.id, row.note)
        for row in found.rows["numerals"].values()
    ]


def census_problems(
    found: Record, texts: Mapping[str, Sequence[str]], numerals: Sequence[Numeral] | None = None
) -> list[Problem]:
    """Everything wrong with the census of the given texts.

    `texts` gives the paragraphs of each text by its key. Every token that `scan` finds has exactly one row,
    with the same print, and no row is left over; the class `other` has its reason; a
    quantity or an event date names a row, at that paragraph of that text, whose phrase holds the token (and,
    for a quantity, whose digits it is); no other class names any.
    """
    rows = numerals_of(found) if numerals is None else numerals
    problems = []
    tokens = {
        (text, number, token.nth): (token, paragraph)
        for text, paragraphs in texts.items()
        for number, paragraph in enumerate(paragraphs, start=1)
        for token in scan(paragraph)
    }
    seen = set()
    for row in rows:
        key = (row.text, row.paragraph, row.nth)
        if key in seen:
            problems.append(Problem(FILE, row.label, "nth", str(row.nth), "one row for each numeral"))
        seen.add(key)
        problems += [Problem(FILE, row.label, *problem) for problem in _class_problems(row)]
        if key not in tokens:
            problems.append(
                Problem(FILE, row.label, "token", row.token, "a numeral at that place of that text")
            )
            continue
        token, paragraph = tokens[key]
        if row.token != token.token:
            problems.append(Problem(FILE, row.label, "token", row.token, repr(token.token)))
        elif row.kind in NAMING:
            problems += [Problem(FILE, row.label, *p) for p in _place_problems(row, token, paragraph, found)]
    for (text, number, nth), (token, _) in tokens.items():
        if (text, number, nth) not in seen:
            label = f"{text} {number} {nth}"
            problems.append(Problem(FILE, label, "token", "", f"a row for {token.token!r}"))
    return problems


def _class_problems(row: Numeral) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a row's class, id and note, whatever the text."""
    if row.kind == "other" and not row.note:
        yield "note", "", "the reason why it is none of the other classes"
    if row.id and row.kind not in NAMING:
        yield "id", row.id, f"no id for the class {row.kind}"


def _place_problems(
    row: Numeral, token: Token, paragraph: str, found: Record
) -> Iterator[tuple[str, str, str]]:
    """Whether a token lies inside the phrase of the row it names."""
    table, place, column = NAMING[row.kind]
    named = found.rows[table].get(row.id)
    if named is None:
        yield "id", row.id, f"the id of a row of {table}.csv"
    elif (named.text, getattr(named, place)) != (row.text, row.paragraph):
        yield "id", row.id, f"a row whose {column} stands in {row.text}, paragraph {row.paragraph}"
    elif row.kind == "quantity" and not _is_digits(row.token, named.digits):
        yield "id", row.id, f"a row whose digits are {row.token!r}, not {named.digits!r}"
    else:
        phrase = getattr(named, column)
        start = paragraph.find(phrase) if phrase else -1
        if start < 0 or token.start < start or token.end > start + len(phrase):
            yield "id", row.id, f"a row whose {column} holds this {row.token!r}, not {phrase!r}"


def _is_digits(token: str, digits: str) -> bool:
    """Whether a token is a quantity's digits or an end of its range; without digits, any token is."""
    lower = digits.lower()
    return not digits or token.lower() in (lower, *_RANGE.split(lower))
