"""The institutional chapter's main results once more, by another route: placements tried one by one.

Nothing of the book's package is imported. The steps and their days come from the record's files, read anew here;
counts are held against every year and month in which a step may be put, and against the tables that the chapter stores.
"""

import csv
import json
import random
import re
from datetime import date, timedelta
from fractions import Fraction as F
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BREAK = date(2021, 1, 1)
NAMES = {"kurnaz2026": "article", "kocak2026": "chapter", "carnegie2024": "paper"}


def read(name):
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def codes():
    found = {}
    for row in read("codings"):
        if row["coder"] == "first":
            found.setdefault(row["variable"], {})[row["unit"]] = row["value"]
    return found


@pytest.fixture(scope="module")
def latest():
    return {row["text"]: date.fromisoformat(row["latest"]) for row in read("texts")}


@pytest.fixture(scope="module")
def steps(codes, latest):
    """For each text, each step's first and last day: the days that all its tellings allow."""
    events = {row["id"]: row for row in read("events")}

    def days(key):
        row = events[key]
        first = date.fromisoformat(row["earliest"]) if row["earliest"] else date.min
        last = date.fromisoformat(row["latest"]) if row["latest"] else latest[row["text"]]
        if row["offset"] == "after":
            first = max(first, days(row["anchor"])[0])
        if row["offset"] == "before":
            last = min(last, days(row["anchor"])[1])
        return first, last

    told = {}
    for key, name in codes["institutional step"].items():
        if name != "no act":
            told.setdefault((events[key]["text"], name), []).append(days(key))
    found = {}
    for (text, _), spans in told.items():
        found.setdefault(text, []).append((max(a for a, _ in spans), min(b for _, b in spans)))
    return found


@pytest.fixture(scope="module")
def stored():
    """Every table cell that the chapter stores, row by row."""
    notebook = json.loads((ROOT / "chapters" / "institutional-engagement.ipynb").read_text(encoding="utf-8"))
    html = "".join(
        "".join(output["data"].get("text/html", ""))
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
    )
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]
        for row in rows
    ]


@pytest.fixture(scope="module")
def prose():
    """The chapter's prose."""
    notebook = json.loads((ROOT / "chapters" / "institutional-engagement.ipynb").read_text(encoding="utf-8"))
    return "\n".join("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown")


@pytest.fixture(scope="module")
def ribbon():
    with (ROOT / "figures" / "fig-institutions-pace.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["text"], row["day"]): (int(row["low"]), int(row["high"])) for row in csv.DictReader(file)
        }


def months(first, last):
    """The two ends of a span and every first of a month between them, from 1950 on."""
    start = max(first, date(1950, 1, 1))
    inner = [date(y, m, 1) for y in range(start.year, last.year + 1) for m in range(1, 13)]
    return [first, *(d for d in inner if first < d < last), last]


@pytest.mark.parametrize("text", NAMES)
def test_steps_and_those_with_a_year(steps, text):
    near = [1 for a, b in steps[text] if a > date.min and (b - a).days < 366]
    with (ROOT / "figures" / "fig-institutions-recorded.csv").open(encoding="utf-8", newline="") as file:
        drawn = [row for row in csv.DictReader(file) if row["text"] == text]
    assert (sum(row["dated"] == "to a year or less" for row in drawn), len(drawn)) == (
        len(near),
        len(steps[text]),
    )


@pytest.mark.parametrize("text", NAMES)
@pytest.mark.parametrize("day", ["2012-07-01", "2020-01-01", "2021-01-01", "2022-03-01", "2024-06-01"])
def test_the_ribbon_holds_exactly_the_counts_that_placements_reach(steps, ribbon, text, day):
    """Each step is put at every month it may take; sums over steps are built up one by one."""
    reached = {0}
    for first, last in steps[text]:
        choices = {int(d >= date.fromisoformat(day)) for d in months(first, last)}
        reached = {total + c for total in reached for c in choices}
    assert ribbon[text, day] == (min(reached), max(reached))


def reached_ratios(spans, start, end):
    """Every ratio of paces that placements reach: pairs of counts are built up step by step."""
    pairs = {(0, 0)}
    for first, last in spans:
        places = {
            (int(start <= d < BREAK), int(BREAK <= d <= end))
            for d in [*months(first, last), *(d for d in (start, BREAK) if first <= d <= last)]
        }
        pairs = {(b + x, a + y) for b, a in pairs for x, y in places}
    times = F((BREAK - start).days, (end - BREAK).days + 1)
    return {F(a, b) * times for b, a in pairs if b} | {None for b, a in pairs if a and not b}


@pytest.mark.parametrize("text", NAMES)
def test_the_ratio_from_the_first_dated_step(steps, latest, stored, text):
    start = min(a for a, _ in steps[text] if a > date.min)
    rows = [c for c in stored if c and c[0] == NAMES[text] and c[-2].startswith("from the first dated step")]
    assert [c[1] for c in rows] == ["those with a first day", "all"]
    for cells, spans in zip(rows, ([s for s in steps[text] if s[0] > date.min], steps[text]), strict=True):
        assert str(start) in cells[-2]
        ratios = reached_ratios(spans, start, latest[text])
        assert None not in ratios
        printed = [F(x) for x in re.findall(r"[\d.]+", cells[-1])]
        low, high = min(printed), max(printed)
        step = F(1, 10) if len(printed) > 1 else F(1, 20)
        assert low - (step if len(printed) == 1 else 0) <= min(ratios) <= low + step
        assert high - step <= max(ratios) <= high + (step if len(printed) == 1 else 0)


@pytest.mark.parametrize("text", NAMES)
def test_no_equal_time_before_shows_a_rise(steps, latest, text):
    length = latest[text] - BREAK
    start = BREAK - length - timedelta(days=1)
    assert min(r for r in reached_ratios(steps[text], start, latest[text]) if r is not None) < 1


def test_random_placements_never_leave_the_ribbon(steps, ribbon):
    draw = random.Random(1)
    for text, spans in steps.items():
        for _ in range(200):
            placed = [draw.choice(months(*s)) for s in spans]
            low, high = ribbon[text, "2021-01-01"]
            assert low <= sum(d >= BREAK for d in placed) <= high


def test_how_many_steps_meet_the_definition(codes, stored):
    units = codes["step means"]
    said = {part: codes[f"step {part}"] for part in ("trigger", "aim", "effect")}
    fits = {u for u, means in units.items() if means not in ("alliance", "military")}
    named = {part: {u for u, value in values.items() if value == "US"} for part, values in said.items()}
    every = set(units)
    for members in named.values():
        every &= members
    counts = [len(named["trigger"]), len(named["aim"]), len(fits), len(named["effect"]), len(every & fits)]
    row = next(cells for cells in stored if cells[:2] == ["step", "as defined"])
    lenient = len(named["aim"] & fits)
    assert list(map(int, row[2:])) == [*counts[:-1], lenient, counts[-1]]
    row = next(cells for cells in stored if cells[:2] == ["step", "within the alliance as well"])
    assert int(row[-1]) == len(every)


def test_pressures_and_answers_are_in_no_fixed_order(codes, stored):
    rows = [cells for cells in stored if len(cells) == 6 and cells[-1] in ("any", "before", "after")]
    pairs = [
        row for row in read("codings") if row["variable"] == "answers pressure" and row["coder"] == "first"
    ]
    assert len(rows) == len(pairs)
    assert {cells[-1] for cells in rows} == {"any"}
    events = {row["id"]: row for row in read("events")}
    for pair in pairs:
        pressure, answer = events[pair["value"]], events[pair["unit"]]
        if pressure["latest"] and answer["earliest"]:
            assert pressure["latest"] > answer["earliest"]
        if pressure["earliest"] and answer["latest"]:
            assert pressure["earliest"] < answer["latest"]


def test_the_dated_ratio_told_as_episodes(codes, latest, prose):
    """Dated steps of the article from 2012 on, each episode once: the ratio of paces, with each at its own year."""
    told = {}
    for row in read("events"):
        name = codes["institutional step"].get(row["id"], "no act")
        if row["text"] == "kurnaz2026" and name != "no act" and row["earliest"]:
            first = date.fromisoformat(row["earliest"])
            told.setdefault(codes["step episode"].get(row["id"], name), set()).add(first >= BREAK)
    assert all(len(sides) == 1 for sides in told.values())
    later = sum(True in sides for sides in told.values())
    times = F((BREAK - date(2012, 1, 1)).days, (latest["kurnaz2026"] - BREAK).days + 1)
    ratio = F(later, len(told) - later) * times
    printed = re.search(r"the ratio is (\d+\.\d)", prose)
    assert printed
    assert abs(F(printed[1]) - ratio) <= F(1, 20)
