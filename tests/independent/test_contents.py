"""What the texts print, counted again from the CSV files alone, and held against what the two notebooks say."""

import csv
import json
import re
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def prose(name: str) -> str:
    cells = json.loads((ROOT / "chapters" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


CHAPTER, READINGS = prose("the-record"), prose("two-readings")


def said(pattern: str, text: str = CHAPTER) -> list[int]:
    """The numbers of the one place that a pattern finds in the prose."""
    found = re.findall(pattern.replace("#", r"([\d,]+)"), text)
    assert len(found) == 1, (pattern, found)
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [int(group.replace(",", "")) for group in groups]


QUANTITIES, EVENTS, CLAIMS, NUMERALS = (rows(n) for n in ("quantities", "events", "claims", "numerals"))
AMOUNTS = [q for q in QUANTITIES if q["unit"] in ("USD", "unstated", "tonnes", "share", "factor")]


def test_numbers_and_amounts():
    assert said("print # numbers, and # of them") == [len(QUANTITIES), len(AMOUNTS)]
    on_three = sum(q["argument"] in ("trade", "energy", "finance") for q in AMOUNTS)
    assert said("Of these, # serve the arguments on trade") == [on_three]
    by_text = Counter(q["text"] for q in AMOUNTS)
    assert said("# in the policy paper, # in the book chapter, # in the article") == [
        by_text["carnegie2024"],
        by_text["kocak2026"],
        by_text["kurnaz2026"],
    ]
    assert {q["unit"] for q in AMOUNTS if q["text"] == "kurnaz2026"} <= {"USD", "unstated"}


def test_the_longest_row_is_the_parties():
    """A number of parties is one that is no amount, time, rank, thing or part of an argument."""
    parties = {
        "countries",
        "states",
        "nations",
        "capitals",
        "governments",
        "economies",
        "leaders",
        "presidents",
    }
    parties |= {"middle powers", "superpowers", "blocs", "allies", "members", "sides", "actors"}
    counted = [q for q in QUANTITIES if q["unit"] in parties]
    assert said("parties themselves: # numbers") == [len(counted)]
    ranks = [q for q in QUANTITIES if q["unit"] == "rank"]
    assert len(counted) > len(ranks) > len(AMOUNTS) / 2
    assert not any(q["hedge"] for q in counted)


def significant(digits: str) -> int:
    last = re.split("[-–]", digits)[-1].replace(",", ".")
    return len(last.replace(".", "").strip("0"))


def test_significant_digits():
    in_numerals = [q for q in AMOUNTS if q["digits"][:1].isdigit()]
    counts = Counter(significant(q["digits"]) for q in in_numerals)
    assert said("No amount carries more than #") == [max(counts)]
    assert said("Some # carry one") == [counts[1]]
    words = {q["digits"] or q["hedge"] for q in AMOUNTS if q not in in_numerals}
    assert words == {"doubled", "multibillion", "almost"}


def test_hedges_and_speakers():
    hedged = [q for q in QUANTITIES if q["hedge"]]
    assert said("Of all numbers # have one; of the amounts, # of #") == [
        len(hedged),
        sum(bool(q["hedge"]) for q in AMOUNTS),
        len(AMOUNTS),
    ]
    users = {word: {q["text"] for q in hedged if q["hedge"] == word} for word in {q["hedge"] for q in hedged}}
    assert users["approximately"] == users["around"] == {"kurnaz2026"}
    assert users["more than"] == users["over"] == users["nearly"] == {"carnegie2024"}
    cited = [q for q in AMOUNTS if q["speaker"] != "author"]
    assert said("amounts, # are given under a source and #") == [len(cited), len(AMOUNTS) - len(cited)]
    assert all(q["speaker"].startswith("note ") for q in cited if q["text"] == "carnegie2024")


def test_census():
    classes = Counter(n["class"] for n in NUMERALS)
    assert said("scan finds # numerals") == [len(NUMERALS)]
    assert said("Of these # belong to a number of this book and # to the date") == [
        classes["quantity"],
        classes["event date"],
    ]
    assert said("citations and addresses alone make #") == [classes["citation"] + classes["address"]]
    named = {n["id"] for n in NUMERALS}
    assert said("limit: # numbers are said") == [sum(q["id"] not in named for q in QUANTITIES)]


def dated(event: dict[str, str]) -> bool:
    return event["dating"] != "source" and bool(event["earliest"] or event["latest"])


def test_dates():
    assert said("stand # events and steps, of which # have days") == [len(EVENTS), sum(map(dated, EVENTS))]
    assert said("# have no date of any kind, # only the year of a citation and # only a place") == [
        sum(e["dating"] in ("none", "printed", "carried") and not dated(e) for e in EVENTS),
        sum(e["dating"] == "source" for e in EVENTS),
        sum(e["dating"] == "relative" and not dated(e) for e in EVENTS),
    ]
    spans = [
        (date.fromisoformat(e["latest"]) - date.fromisoformat(e["earliest"])).days
        for e in EVENTS
        if dated(e) and e["earliest"] and e["latest"]
    ]
    assert said("close: # steps are dated to a month or less, # to a year") == [
        sum(s < 31 for s in spans),
        sum(31 <= s < 366 for s in spans),
    ]
    assert not any(e["earliest"] for e in EVENTS if e["dating"] == "source")


def test_rates():
    words = {t["text"]: int(t["words"]) for t in rows("texts")}
    ratios = [
        Fraction(sum(e["text"] == t for e in EVENTS), sum(q["text"] == t for q in AMOUNTS)) for t in words
    ]
    assert said("by more than # to one") == [int(min(ratios))]
    steps = Fraction(1000 * sum(e["text"] == "kurnaz2026" for e in EVENTS), words["kurnaz2026"])
    cells = json.loads((ROOT / "chapters" / "the-record.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = json.dumps([c.get("outputs") for c in cells], ensure_ascii=False)
    assert f"<td>{float(steps):.1f}</td>" in outputs


def basis(claim: dict[str, str]) -> str:
    inputs = re.split(r"[;|]\s*", claim["inputs"])
    if not claim["measure"] and not claim["claimed"]:
        return "nothing"
    if claim["claimed"].startswith("vague"):
        return "word"
    if any(name.strip().startswith("q-") for name in inputs):
        return "printed"
    return "missing" if any(name.strip().startswith("missing:") for name in inputs) else "dates"


def test_claims_by_what_they_rest_on():
    counts = Counter(map(basis, CLAIMS))
    on = Counter(c["argument"] for c in CLAIMS if basis(c) == "printed")
    assert said("number meets # claims: # on trade, # on energy and # elsewhere") == [
        counts["printed"],
        on["trade"],
        on["energy"],
        counts["printed"] - on["trade"] - on["energy"],
    ]
    assert said("For # claims a number would decide") == [counts["missing"]]
    assert said("Dates and steps carry # claims") == [counts["dates"]]
    assert said("The other # claims are argued qualitatively: # with a word of degree .*, and # that") == [
        counts["word"] + counts["nothing"],
        counts["word"],
        counts["nothing"],
    ]


def test_where_numbers_and_dates_carry():
    """What the prose says in words: finance lacks numbers most often; four arguments lean on dates."""
    of = Counter(c["argument"] for c in CLAIMS)
    missing = Counter(c["argument"] for c in CLAIMS if basis(c) == "missing")
    assert max(of, key=lambda a: Fraction(missing[a], of[a])) == "finance"
    on_dates = Counter(c["argument"] for c in CLAIMS if basis(c) == "dates")
    four = {"institution", "theory", "defence", "leverage"}
    assert {a for a, _ in on_dates.most_common(4)} == four
    on_numbers = sum(basis(c) == "printed" for c in CLAIMS if c["argument"] in four)
    assert said(
        "# are on institutions, theory, defence and leverage; on these four a printed number meets #"
    ) == [
        sum(on_dates[a] for a in four),
        on_numbers,
    ]
    assert not [q for q in AMOUNTS if q["argument"] == "theory"]


# --- two readings ---------------------------------------------------------------------------------


def readings(table: str) -> list[list[dict[str, str]]]:
    return [rows(f"readings/{which}/{table}") for which in ("first", "second")]


def shared(a: str, b: str) -> Fraction:
    words = [re.findall(r"\w+", phrase.lower()) for phrase in (a, b)]
    rest, common = list(words[1]), 0
    for word in words[0]:
        if word in rest:
            rest.remove(word)
            common += 1
    return Fraction(common, min(map(len, words)))


def pairs(table: str, telling: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    """The closest phrases of each paragraph first, each row once."""
    first, second = readings(table)
    found = []
    for place in {(r["text"], r["paragraph"]) for r in first}:
        left, right = ([r for r in rs if (r["text"], r["paragraph"]) == place] for rs in (first, second))
        while left and right:
            best = max(
                ((shared(a["printed"], b["printed"]), a[telling].lower() == b[telling].lower(), -i, -j))
                for i, a in enumerate(left)
                for j, b in enumerate(right)
            )
            if best[0] < Fraction(1, 2):
                break
            found.append((left.pop(-best[2]), right.pop(-best[3])))
    return found


def kappa(codes: list[tuple[str, str]]) -> Fraction:
    n = len(codes)
    a, b = Counter(x for x, _ in codes), Counter(y for _, y in codes)
    chance = sum(Fraction(a[code] * b[code], n * n) for code in a)
    return (Fraction(sum(x == y for x, y in codes), n) - chance) / (1 - chance)


@pytest.mark.parametrize(
    ("table", "telling", "pattern"),
    [
        ("quantities", "digits", "# of # numbers of the first reading are in the second"),
        ("events", "actor", "same in # of # matched steps"),
    ],
)
def test_matches(table, telling, pattern):
    found = pairs(table, telling)
    if table == "quantities":
        assert said(pattern, READINGS) == [len(found), len(readings(table)[0])]
    else:
        assert said(pattern, READINGS)[1] == len(found)
        assert said("Of the steps # are only in the first reading and # only in the second", READINGS) == [
            len(rs) - len(found) for rs in readings(table)
        ]


def test_kappas():
    of_type, of_argument = (
        kappa([(a[c], b[c]) for a, b in pairs("events", "actor")]) for c in ("type", "argument")
    )
    printed = re.findall(r"kappa of ([\d.]+); the argument that a step serves has ([\d.]+)", READINGS)
    assert printed == [(f"{float(of_type):.2f}", f"{float(of_argument):.2f}")]


def test_log():
    log = rows("readings/resolutions")
    assert said("log has # entries", READINGS) == [len(log)]
    alone = [r for r in log if r["table"] != "codings" and not r["first_id"]]
    assert said("second had, # were added and # were not", READINGS) == [
        sum(r["decision"] == "added" for r in alone),
        sum(r["decision"] == "first kept" for r in alone),
    ]
