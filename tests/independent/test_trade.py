"""The results on trade, by another route: own parsing, grids of values that the print allows, decimals for roots.

Nothing is imported from the book's package. What the chapter says is read from its stored outputs and prose.
"""

import csv
import itertools
import json
import re
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

import pytest

getcontext().prec = 40
ROOT = Path(__file__).resolve().parents[2]
CHAPTER = json.loads((ROOT / "chapters/trade-diversification.ipynb").read_text(encoding="utf-8"))
STEPS = 4


def _rows(name):
    with (ROOT / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


QUANTITIES, EVENTS = _rows("quantities"), _rows("events")


def _plain(identifier):
    """Ends of the plain reading, in billions: half a unit for bare digits, half the last nonzero place if about."""
    row = QUANTITIES[identifier]
    ends = row["digits"].replace(",", ".").split("-")
    decimals = len(ends[0].partition(".")[2])
    grain = Fraction(1, 10**decimals)
    if row["hedge"]:
        assert row["hedge"] in ("around", "approximately")
        while all(Fraction(end) % (grain * 10) == 0 for end in ends):
            grain *= 10
    return Fraction(ends[0]) - grain / 2, Fraction(ends[-1]) + grain / 2


def _grid(identifier):
    lo, hi = _plain(identifier)
    return [lo + (hi - lo) * k / STEPS for k in range(STEPS + 1)]


def _year(identifier):
    return int(QUANTITIES[identifier]["period"])


def _power(base, exponent):
    """A positive rational to a rational power, to some forty digits."""
    number = Decimal(base.numerator) / Decimal(base.denominator)
    return number ** (Decimal(exponent.numerator) / Decimal(exponent.denominator))


CHINA = ("q-kurnaz-china-trade-2001", "q-kurnaz-china-trade-2023")
AFRICA = ("q-kurnaz-africa-trade-2003", "q-kurnaz-africa-trade-2023")
BEFORE = int(EVENTS["e-kurnaz-biden-era"]["earliest"][:4]) - 1
PROSE = " ".join("".join(cell["source"]) for cell in CHAPTER["cells"] if cell["cell_type"] == "markdown")


def _tables():
    """Every table of the stored outputs: rows of cell texts."""
    found = []
    for cell in CHAPTER["cells"]:
        for output in cell.get("outputs", []):
            page = "".join(output.get("data", {}).get("text/html", ""))
            for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
                rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
                found.append(
                    [
                        [re.sub(r"<.*?>", "", c) for c in re.findall(r"<t[hd].*?</t[hd]>", r, re.DOTALL)]
                        for r in rows
                    ]
                )
    return found


TABLES = _tables()


def _line(*beginnings):
    """The cells of the one table row whose first cell begins so."""
    hits = {
        tuple(row) for table in TABLES for row in table for b in beginnings if row and row[0].startswith(b)
    }
    assert len(hits) == 1, hits
    return hits.pop()


def _ends(text):
    lo, hi = re.findall(r"\d+(?:\.\d+)?", text)
    return Decimal(lo), Decimal(hi)


def _agree(printed, values, places):
    """Whether the printed ends enclose the values of a grid that holds the corners, each within one last place."""
    step = Decimal(1).scaleb(-places)
    lo, hi = printed
    low, high = (
        Decimal(v.numerator) / v.denominator if isinstance(v, Fraction) else v
        for v in (min(values), max(values))
    )
    assert lo <= low < lo + step + step / 100, (printed, low, high)
    assert hi - step - step / 100 < high <= hi, (printed, low, high)


@pytest.mark.parametrize(("partner", "pair"), [("China", CHINA), ("Africa", AFRICA)])
def test_growth_factors(partner, pair):
    factors = [later / earlier for earlier, later in itertools.product(*map(_grid, pair))]
    _agree(_ends(_line(f"{partner}, {_year(pair[0])} to {_year(pair[1])}")[2]), factors, 2)
    assert min(factors) > 1


@pytest.mark.parametrize("pair", [CHINA, AFRICA])
def test_annual_rates_stand_in_the_prose(pair):
    span = Fraction(1, _year(pair[1]) - _year(pair[0]))
    rates = [(_power(b / a, span) - 1) * 100 for a, b in itertools.product(*map(_grid, pair))]
    spans = [(Decimal(a), Decimal(b)) for a, b in re.findall(r"(\d+\.\d) to (\d+\.\d) percent", PROSE)]
    close = [s for s in spans if abs(s[0] - min(rates)) < 1 and abs(s[1] - max(rates)) < 1]
    assert close
    _agree(close[0], rates, 1)


def _bridged(c0, c1, year):
    first, last = _year(CHINA[0]), _year(CHINA[1])
    return Decimal(c0.numerator) / c0.denominator * _power(c1 / c0, Fraction(year - first, last - first))


def _decimal(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


def _boxes():
    return itertools.product(*map(_grid, (*CHINA, *AFRICA)))


def test_joint_growth_with_china_bridged_at_one_rate():
    start = _year(AFRICA[0])
    values = [_decimal(c1 + a1) / (_decimal(a0) + _bridged(c0, c1, start)) for c0, c1, a0, a1 in _boxes()]
    _agree(_ends(_line("China and Africa together, 2003 to 2023, China bridged at one rate")[2]), values, 2)


def test_joint_growth_with_china_never_falling():
    values = [
        (c1 + a1) / (a0 + c0 + (c1 - c0) * k / STEPS) for c0, c1, a0, a1 in _boxes() for k in range(STEPS + 1)
    ]
    _agree(_ends(_line("China and Africa together, 2003 to 2023, China never falling")[2]), values, 2)


@pytest.mark.parametrize("pace", [2, 3, 5, 8])
def test_the_size_that_decides_by_moving_the_rest_until_the_share_stands_still(pace):
    """With the rest at a standstill, search the rest's trade at which the West's share neither falls nor rises."""
    start, weights, rests = _year(AFRICA[0]), [], []
    for c0, c1, a0, a1 in itertools.product(*([g[0], g[-1]] for g in map(_grid, (*CHINA, *AFRICA)))):
        base, last = _decimal(a0) + _bridged(c0, c1, start), _decimal(c1 + a1)
        low, high = Decimal(0), Decimal(10**4)
        for _ in range(60):
            rest = (low + high) / 2
            west = Decimal(100)
            fell = west * pace / (west * pace + last + rest) < west / (west + base + rest)
            low, high = (rest, high) if fell else (low, rest)
        rests.append(low)
        weights.append(base / (base + low))
    cells = _line(f"{pace} times")
    _agree((Decimal(cells[1]), Decimal(cells[2])), [w * 100 for w in weights], 1)
    _agree((Decimal(cells[3]), Decimal(cells[4])), rests, 1)


def test_the_frontier_at_a_quarter_stands_in_the_prose():
    start = _year(AFRICA[0])
    edges = []
    for c0, c1, a0, a1 in _boxes():
        base = _decimal(a0) + _bridged(c0, c1, start)
        edges.append((_decimal(c1 + a1) + 3 * base) / (base + 3 * base))
    found = re.search(r"the frontier stands at a Western growth of (\d+\.\d to \d+\.\d) times", PROSE)
    _agree(_ends(found[1]), edges, 1)


def test_the_wests_share_may_fall_or_rise_whatever_the_printed_partners_did():
    """The print leaves both signs open: two made-up worlds that share every printed value."""
    for c0, c1, a0, a1 in _boxes():
        signs = set()
        for w0, r0, w1, r1 in itertools.product((1, 1000), repeat=4):
            signs.add(Fraction(w1) / (w1 + c1 + a1 + r1) > Fraction(w0) / (w0 + c0 + a0 + r0))
        assert signs == {True, False}


@pytest.mark.parametrize(("partner", "pair"), [("China", CHINA), ("Africa", AFRICA)])
def test_since_when(partner, pair):
    first, last = _year(pair[0]), _year(pair[1])
    levels, shares = [], []
    for a, b in itertools.product(*map(_grid, pair)):
        middle = _decimal(a) * _power(b / a, Fraction(BEFORE - first, last - first))
        levels.append(middle)
        shares.append((_decimal(b) - middle) / _decimal(b - a) * 100)
    (cells,) = {tuple(row) for table in TABLES for row in table if row and row[0] == partner}
    _agree((Decimal(cells[2].split()[-1]), Decimal(cells[3].split()[-1])), levels, 1)
    with (ROOT / "figures/fig-trade-since-when.csv").open(encoding="utf-8", newline="") as file:
        drawn = {(row["label"], row["reading"]): row for row in csv.DictReader(file)}
    row = drawn[f"same rate every year: {partner}", "plain"]
    _agree(tuple(_decimal(Fraction(row[end]) * 100) for end in ("low", "high")), shares, 3)
    even = drawn[f"same sum every year: {partner}", "plain"]
    assert Fraction(even["low"]) == Fraction(last - BEFORE, last - first)
    free = drawn[f"nothing assumed: {partner}", "plain"]
    highest = max(b / (b - a) for a, b in itertools.product(*map(_grid, pair)))
    assert (free["low"], Fraction(free["high"])) == ("-inf", highest)


def test_the_value_at_which_the_yearly_sum_neither_rises_nor_falls():
    """A value at which growth over the era, by the year, is the growth before it by the year."""
    ends = []
    for pair in (CHINA, AFRICA):
        first, last = _year(pair[0]), _year(pair[1])
        long, short = BEFORE - first, last - BEFORE
        found = [(a * short + b * long) / (long + short) for a, b in itertools.product(*map(_grid, pair))]
        assert all(
            (b - x) / short == (x - a) / long
            for x, (a, b) in zip(found, itertools.product(*map(_grid, pair)), strict=True)
        )
        ends.append(found)
    said = re.search(
        r"was below (\d+\.\d) billion for China and (\d+\.\d) billion for Africa, and fell for certain above "
        r"(\d+\.\d) and (\d+\.\d) billion",
        PROSE,
    )
    for k in (0, 1):
        _agree((Decimal(said[1 + k]), Decimal(said[3 + k])), ends[k], 1)


def test_the_cited_title_and_the_article_agree_on_the_plain_reading_only():
    row = QUANTITIES["q-kurnaz-deik-africa-title"]
    cited = Fraction(row["digits"].replace(",", "."))
    half = Fraction(1, 20)
    lo, hi = _plain(AFRICA[1])
    assert lo <= cited - half
    assert cited + half <= hi
    printed = Fraction(QUANTITIES[AFRICA[1]]["digits"])
    assert cited - half > printed + Fraction(1, 2)
    cells = _line("Trade with Africa had reached about 40 billion")
    assert cells[1:4] == ("entailed", "entailed", "contradicted")


def test_no_number_on_trade_or_finance_stands_before_the_downward_trends():
    with (ROOT / "data/claims.csv").open(encoding="utf-8", newline="") as file:
        claims = {row["id"]: row for row in csv.DictReader(file)}
    at = int(claims["c-kurnaz-downward-trends"]["paragraph"])
    before = [
        row
        for row in QUANTITIES.values()
        if row["text"] == "kurnaz2026"
        and row["argument"] in ("trade", "finance")
        and int(row["paragraph"]) <= at
    ]
    assert f"prints {len(before)} numbers on trade or finance" in PROSE


def test_with_china_alone_the_print_fixes_when_the_wests_share_falls_if_all_else_grew_alike():
    """The share falls if all else grew by less than China under every printed value, and rises if by more."""
    factors = [b / a for a, b in itertools.product(*map(_grid, CHINA))]
    found = re.search(
        r"if that growth was below (\d+\.\d+) times and rose if it was above (\d+\.\d+)\.", PROSE
    )
    _agree((Decimal(found[1]), Decimal(found[2])), factors, 2)
    for factor in factors:
        for g, fell in ((factor - Fraction(1, 100), True), (factor + Fraction(1, 100), False)):
            west, china, rest = 5, 1, 7
            assert (
                Fraction(west) * g / (west * g + china * factor + rest * g)
                < Fraction(west, west + china + rest)
            ) == fell


def test_every_central_claim_of_the_article_on_trade_and_finance_needs_a_number_that_is_not_printed():
    with (ROOT / "data/claims.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["text"] == "kurnaz2026"
            and row["argument"] in ("trade", "finance")
            and row["weight"] == "central"
        ]
    needing = [row for row in rows if "missing:" in row["inputs"]]
    assert f"has {len(rows)} central claims on trade and finance, and {len(needing)} are untestable" in PROSE
