"""Check the record against the texts: hashes, phrases, digits, scales, hedges, dates and the census.

python -m press.verify DIR      where DIR holds KEY.txt for every text
"""

from __future__ import annotations

import calendar
import datetime
import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from asprinted.census import census_problems
from asprinted.readings import NUMBER_WORDS
from asprinted.record import Problem, Record, RecordError, load

SCALE_WORDS = {
    "percent": ("percent", "per cent", "%", "yüzde"),
    "thousand": ("thousand", "bin"),
    "million": ("million", "milyon"),
    "billion": ("billion", "milyar"),
}
UNIT_WORDS = {
    "USD": ("$", "dollar", "dolar"),
    "tonnes": ("ton",),
    "years": ("year", "annual", "yıl"),
    "months": ("month",),
    "weeks": ("week",),
    "days": ("day",),
}
MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {"nisan": 4, "mayıs": 5, "haziran": 6, "kasım": 11}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
ARTICLES = {"a", "on", "only", "last", "bilateral"}  # number words that are most often none
_WORDS = sorted(map(re.escape, NUMBER_WORDS.keys() - ARTICLES), key=len, reverse=True)
WORDED = re.compile(r"(?<!\w)(?:" + "|".join(_WORDS) + r")(?!\w)", re.IGNORECASE)
CENTURIES = {"fifteenth": 15, "eighteenth": 18, "19th": 19}
NUMERAL = re.compile(r"\d+(?:[.,]\d+)*(?:\s*[-–]\s*\d+(?:[.,]\d+)*)?")


def paragraphs(text: str) -> list[str]:
    """The blocks of a text between blank lines, in order; the first is paragraph 1."""
    return re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))


def read_texts(folder: Path, keys: list[str]) -> dict[str, str]:
    """The texts by key. Raises SystemExit, naming the file, if one is missing."""
    found = {}
    for key in keys:
        path = folder / f"{key}.txt"
        if not path.exists():
            raise SystemExit(f"verify: {path} is missing; expected one KEY.txt for each row of texts.csv")
        found[key] = path.read_text(encoding="utf-8")
    return found


def first_number(phrase: str, digits: str) -> str:
    """The first numeral of a phrase or, for digits in words, its first number word; the digits themselves
    if they start there. So two numbers of one phrase cannot trade places unnoticed."""
    worded = not re.search(r"\d", digits)
    pattern = WORDED if worded else NUMERAL
    match = pattern.search(phrase)
    if not match and digits not in ARTICLES:
        return ""
    own = re.compile(r"(?<![\w.,])" + re.escape(digits) + r"(?![\w]|[.,]\d)", re.IGNORECASE)
    here = own.search(phrase)
    return digits if here and (not match or here.start() <= match.start()) else match[0] if match else ""


def number_problems(row, phrase: str, hedges: Sequence[str] = ()) -> Iterator[tuple[str, str, str]]:
    """What of a quantity its phrase does not bear out: (column, value, expected)."""
    lower = phrase.lower()
    if row.digits:
        first = first_number(phrase, row.digits)
        if first != row.digits:
            yield "digits", row.digits, f"the first number of its phrase, {first!r}"
    if row.scale and not any(word in lower for word in SCALE_WORDS[row.scale]):
        yield "scale", row.scale, f"a scale printed in the phrase {phrase!r}"
    if not row.scale and row.digits:
        after = lower.partition(row.digits.lower())[2]
        for scale, words in SCALE_WORDS.items():
            if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", after) for word in words):
                yield "scale", "", f"{scale}, printed after the digits"
    if row.unit in UNIT_WORDS and not any(word in lower for word in UNIT_WORDS[row.unit]):
        yield "unit", row.unit, f"a unit printed in the phrase {phrase!r}"
    if row.unit == "unstated" and any(word in lower for word in UNIT_WORDS["USD"]):
        yield "unit", row.unit, "USD, printed in the phrase"
    if row.hedge and row.hedge not in lower:
        yield "hedge", row.hedge, f"a hedge printed in the phrase {phrase!r}"
    if row.unit == "factor" and row.digits.lower() in hedges and not row.hedge:
        yield "hedge", "", f"{row.digits.lower()!r}, whose sense is open"
    before = lower.partition(row.digits.lower())[0].rstrip(" $") if row.digits else ""
    for word in hedges:
        if word != row.hedge and re.search(rf"\b{re.escape(word)}$", before) and not row.hedge.endswith(word):
            yield "hedge", row.hedge, f"{word!r}, printed before the digits"


def _span(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])


def printed_spans(phrase: str) -> list[tuple[datetime.date, datetime.date]]:
    """Every date that a phrase prints, as the days that enclose it, in order: the finest reading of each."""
    lower, found, taken = phrase.lower(), [], set()
    month, season = "|".join(MONTHS), "|".join(SEASONS)
    year = r"(1[4-9]\d\d|20\d\d)"
    forms = [
        (r"(\d\d)\.(\d\d)\.(\d{4})", lambda m: (datetime.date(int(m[3]), int(m[2]), int(m[1])),) * 2),
        (
            rf"(\d{{1,2}}) ({month}),? {year}",
            lambda m: (datetime.date(int(m[3]), MONTHS[m[2]], int(m[1])),) * 2,
        ),
        (
            rf"({month}) (\d{{1,2}}),? {year}",
            lambda m: (datetime.date(int(m[3]), MONTHS[m[1]], int(m[2])),) * 2,
        ),
        (
            rf"{year}, (\d{{1,2}}) ({month})",
            lambda m: (datetime.date(int(m[1]), MONTHS[m[3]], int(m[2])),) * 2,
        ),
        (
            rf"{year}[a-z]?, ({month}) (\d{{1,2}})",
            lambda m: (datetime.date(int(m[1]), MONTHS[m[2]], int(m[3])),) * 2,
        ),
        (rf"({month}) and ({month}) {year}", lambda m: _span(int(m[3]), MONTHS[m[1]], MONTHS[m[2]])),
        (rf"({month}),? {year}", lambda m: _span(int(m[2]), MONTHS[m[1]], MONTHS[m[1]])),
        (rf"({season})(?: of)? {year}", lambda m: _span(int(m[2]), *SEASONS[m[1]])),
        (rf"\bend of {year}", lambda m: _span(int(m[1]), 10, 12)),
        (rf"\bbeginning of {year}", lambda m: _span(int(m[1]), 1, 3)),
        (rf"\bearly {year}(?!s)", lambda m: _span(int(m[1]), 1, 4)),
        (rf"\bmid-{year}(?!s)", lambda m: _span(int(m[1]), 5, 8)),
        (
            rf"\bmid-{year}s",
            lambda m: (datetime.date(int(m[1]) + 4, 1, 1), datetime.date(int(m[1]) + 6, 12, 31)),
        ),
        (rf"{year}s", lambda m: (datetime.date(int(m[1]), 1, 1), datetime.date(int(m[1]) + 9, 12, 31))),
        (
            rf"{year}\W{{1,3}}{year}",
            lambda m: (datetime.date(int(m[1]), 1, 1), datetime.date(int(m[2]), 12, 31)),
        ),
        (
            rf"(late )?({'|'.join(CENTURIES)}) century",
            lambda m: (
                datetime.date(100 * CENTURIES[m[2]] - (33 if m[1] else 99), 1, 1),
                datetime.date(100 * CENTURIES[m[2]], 12, 31),
            ),
        ),
        (year, lambda m: _span(int(m[1]), 1, 12)),
    ]
    for pattern, span in forms:
        for match in re.finditer(pattern, lower):
            if taken.isdisjoint(range(*match.span())):
                taken |= set(range(*match.span()))
                found.append((match.start(), span(match)))
    return [span for _, span in sorted(found)]


def date_problems(row, anchor=None) -> Iterator[tuple[str, str, str]]:
    """What of an event's days the phrase that prints its date does not bear out.

    A citation bounds an event from above only. A length from an anchor, widened by one of its units either
    way, gives the days of a relative date.
    """
    if anchor is not None and anchor.earliest and (found := re.match(r"([+-]\d+) (\w+)", row.offset)):
        length, unit = int(found[1]), found[2]
        expected = (_later(anchor.earliest, length - 1, unit), _later(anchor.latest, length + 1, unit))
        for column, day in zip(("earliest", "latest"), expected, strict=True):
            if getattr(row, column) != day:
                yield column, str(getattr(row, column)), f"{day}, by {row.offset} from {anchor.id}"
        return
    if row.dating not in ("printed", "carried", "source") or not row.date_printed:
        return
    spans = printed_spans(row.date_printed)
    if (
        not spans
        and row.earliest
        and (found := re.search(rf"({'|'.join(MONTHS)}) (\d+)", row.date_printed.lower()))
    ):
        spans = [(datetime.date(row.earliest.year, MONTHS[found[1]], int(found[2])),) * 2]
    starts, ends = {a for a, _ in spans}, {b for _, b in spans}
    if row.earliest and row.earliest not in starts:
        yield "earliest", str(row.earliest), "the first day of a date in " + repr(row.date_printed)
    if row.latest and row.latest not in ends:
        yield "latest", str(row.latest), "the last day of a date in " + repr(row.date_printed)
    if row.dating == "source" and row.earliest:
        yield "earliest", str(row.earliest), "no first day: a citation bounds an event from above"


def _later(day: datetime.date, length: int, unit: str) -> datetime.date:
    """A day some days, weeks, months or years later; the last day of a shorter month where need be."""
    if unit in ("days", "weeks"):
        return day + datetime.timedelta(**{unit: length})
    months = day.year * 12 + day.month - 1 + length * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


ERA = re.compile(r"(\w+) era \((\d{4})-(\d{4})\)")


def sentence_of(phrase: str, paragraph: str) -> str:
    """The sentence of a paragraph in which a phrase stands."""
    at = paragraph.find(phrase)
    start = max((m.end() for m in re.finditer(r"[.!?][”\"]?\d*\s", paragraph[:at])), default=0)
    end = re.search(r"[.!?][”\"]?\d*(\s|$)", paragraph[at + len(phrase) :])
    return paragraph[start : at + len(phrase) + (end.start() if end else len(paragraph))]


@cache
def spans_of(paragraph: str, text: str) -> tuple[tuple[datetime.date, datetime.date], ...]:
    """Every date a paragraph prints, and the span of every era it names that its text dates."""
    eras = [
        (datetime.date(int(first), 1, 1), datetime.date(int(last), 12, 31))
        for name, first, last in ERA.findall(text)
        if name in paragraph
    ]
    return (*printed_spans(paragraph), *eras)


def status_problems(row, spans) -> Iterator[tuple[str, str, str]]:
    """Days of a status that begin, or end, no date that its sentence, or else its paragraph, prints."""
    for column, side in (("earliest", 0), ("latest", 1)):
        day = getattr(row, column)
        if day and day not in {span[side] for span in spans}:
            yield column, str(day), f"the {('first', 'last')[side]} day of a date that the paragraph prints"


def period_problems(row, spans) -> Iterator[tuple[str, str, str]]:
    """Years of a quantity's period that its phrase, or else its paragraph, does not print."""
    printed = printed_spans(row.printed) or spans
    years = {day.year for span in printed for day in span}
    for year in re.findall(r"\d{4}", row.period):
        if int(year) not in years:
            yield "period", row.period, f"years that the phrase or its paragraph prints, not {year}"


def verify(found: Record, folder: Path) -> list[Problem]:
    """Everything in the record that the texts in a folder do not bear out."""
    texts = read_texts(folder, list(found.rows["texts"]))
    blocks = {key: paragraphs(text) for key, text in texts.items()}
    problems = []
    for key, row in found.rows["texts"].items():
        digest = hashlib.sha256(texts[key].encode()).hexdigest()
        words = len(texts[key].split())
        if digest != row.sha256:
            problems.append(Problem("texts.csv", key, "sha256", row.sha256, digest))
        if words != row.words:
            problems.append(Problem("texts.csv", key, "words", str(row.words), str(words)))

    def phrase(table: str, row, text: str, paragraph: int, column: str) -> None:
        printed = getattr(row, column)
        if not 1 <= paragraph <= len(blocks[text]):
            expected = f"a paragraph from 1 to {len(blocks[text])}"
            problems.append(Problem(f"{table}.csv", row.id, "paragraph", str(paragraph), expected))
        elif (times := blocks[text][paragraph - 1].count(printed)) != 1:
            expected = f"a phrase that occurs once in {text}, paragraph {paragraph}, not {times} times"
            problems.append(Problem(f"{table}.csv", row.id, column, printed, expected))

    for table, rows in found.rows.items():
        for row in rows.values():
            if hasattr(row, "printed"):
                phrase(table, row, row.text, row.paragraph, "printed")
            if getattr(row, "date_printed", ""):
                phrase(table, row, row.text, row.date_paragraph, "date_printed")
            if getattr(row, "printed_b", ""):
                phrase(table, row, row.text_b, row.paragraph_b, "printed_b")
    words = [row.hedge for row in found.rows["hedges"].values() if row.hedge]
    for row in found.rows["quantities"].values():
        problems += [Problem("quantities.csv", row.id, *p) for p in number_problems(row, row.printed, words)]
    for row in found.rows["events"].values():
        anchor = found.rows["events"].get(row.anchor)
        problems += [Problem("events.csv", row.id, *p) for p in date_problems(row, anchor)]
    for table, check in (("quantities", period_problems), ("statuses", status_problems)):
        for row in found.rows[table].values():
            if 1 <= row.paragraph <= len(blocks[row.text]):
                paragraph, whole = blocks[row.text][row.paragraph - 1], texts[row.text]
                spans = spans_of(sentence_of(row.printed, paragraph), whole) or spans_of(paragraph, whole)
                problems += [Problem(f"{table}.csv", row.id, *p) for p in check(row, spans)]
    return problems + census_problems(found, blocks)


def main(arguments: list[str]) -> int:
    """Command line: report every problem; exit 1 if there is one."""
    if len(arguments) != 1:
        print("usage: make verify TEXTS=DIR, where DIR holds KEY.txt for every row of texts.csv")
        return 2
    try:
        found = load()
        problems = verify(found, Path(arguments[0]))
    except RecordError as error:
        print(error)
        return 1
    for problem in problems:
        print(problem)
    rows = sum(hasattr(row, "printed") for table in found.rows.values() for row in table.values())
    print(f"verify: {rows} rows held against {len(found.rows['texts'])} texts, {len(problems)} problem(s)")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
