"""The energy chapter's main results once more, by another route: brute force over the values that the print allows.

Nothing of the book's package is imported. The printed digits come from the record's file; what each print allows
is written out here by hand from the rules in words, on a grid of exact values, ends included or left out.
"""

import csv
import json
import re
from fractions import Fraction as F
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def printed():
    with (ROOT / "data" / "quantities.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"].removeprefix("q-carnegie-"): row["digits"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def stored():
    """Every table cell that the chapter stores, row by row."""
    notebook = json.loads((ROOT / "chapters" / "energy-dependence.ipynb").read_text(encoding="utf-8"))
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


def rounded(digits: str, steps: int = 40) -> list[F]:
    """Values that round to the printed digits, both ties included."""
    half = F(1, 10 ** len(digits.partition(".")[2])) / 2
    return [F(digits) - half + half * 2 * k / steps for k in range(steps + 1)]


def above(digits: str, ceiling: int, steps: int = 400) -> list[F]:
    """Values above the printed digits and below the next number of its grain, neither included."""
    return [F(digits) + (ceiling - F(digits)) * k / steps for k in range(1, steps)]


def row(stored, label):
    return next(cells for cells in stored if cells and cells[0] == label)


def ends(text: str) -> tuple[F, F]:
    low, high = re.findall(r"[\d.]+", text)
    return F(low), F(high)


def agrees(values, text, slack=F(1, 100)):
    """Whether some values fill a stored interval, up to a slack for the steps of the grid, and never leave it."""
    low, high = ends(text)
    return low <= min(values) < low + slack and high - slack < max(values) <= high


@pytest.mark.parametrize(("fuel", "label"), [("coal", "coal"), ("oil-products", "oil products")])
def test_growth_of_a_fuel(printed, stored, fuel, label):
    factors = [b / a for a, b in product(rounded(printed[f"{fuel}-2021"]), rounded(printed[f"{fuel}-2022"]))]
    low, high = ends(row(stored, label)[2])
    assert low <= min(factors) <= low + F(1, 1000)
    assert high - F(1, 1000) <= max(factors) <= high


def test_growth_of_both_fuels_together(printed, stored):
    grids = [
        rounded(printed[f"{fuel}-{year}"], 8) for fuel in ("oil-products", "coal") for year in (2021, 2022)
    ]
    factors = [(b + d) / (a + c) for a, b, c, d in product(*grids)]
    low, high = ends(row(stored, "both fuels")[2])
    assert low <= min(factors) <= low + F(1, 1000)
    assert high - F(1, 1000) <= max(factors) <= high


def test_coal_reached_twice_and_oil_products_did_not(printed):
    for fuel, reached in (("coal", True), ("oil-products", False)):
        found = {
            b >= 2 * a for a, b in product(rounded(printed[f"{fuel}-2021"]), rounded(printed[f"{fuel}-2022"]))
        }
        assert found == {reached}


def test_both_fuels_are_nearer_to_twice_than_to_one_or_three_times(printed):
    for fuel in ("coal", "oil-products"):
        for a, b in product(rounded(printed[f"{fuel}-2021"]), rounded(printed[f"{fuel}-2022"])):
            assert F(3, 2) <= b / a <= F(5, 2)


def test_total_trade_may_have_nearly_doubled_or_more_than_doubled(printed, stored):
    legs = product(rounded(printed["russian-exports-2021"], 10), rounded(printed["russian-imports-2021"], 10))
    factors = [total / (x + y) for (x, y), total in product(legs, above(printed["trade-2022"], 70, 100))]
    assert {F(3, 2) <= f < 2 for f in factors} == {True, False}
    assert agrees(factors, row(stored, "trade, from its legs")[2])


def test_the_legs_exceed_thirty_four_and_stay_below_thirty_five(printed):
    legs = product(rounded(printed["russian-exports-2021"]), rounded(printed["russian-imports-2021"]))
    assert all(34 < x + y < 35 for x, y in legs)


def test_coal_took_a_larger_part_of_the_two_fuels(printed, stored):
    shares = {}
    for year in (2021, 2022):
        grids = (rounded(printed[f"coal-{year}"]), rounded(printed[f"oil-products-{year}"]))
        shares[year] = [100 * c / (c + o) for c, o in product(*grids)]
        low, high = ends(row(stored, f"coal's share of the two fuels, {year}")[2])
        assert low <= min(shares[year])
        assert max(shares[year]) <= high
    assert max(shares[2021]) < min(shares[2022])


def partitions(rest, largest):
    if rest == 0:
        yield ()
    for part in range(min(rest, largest), 0, -1):
        for others in partitions(rest - part, part):
            yield (part, *others)


def test_gas_concentration_over_every_split_in_steps_of_two_and_a_half_percent(printed, stored):
    """Shares in fortieths: Russia has 14 or 15 of 40 (35 or 37.5 percent), and the rest is split in every way."""
    assert printed["gas-share-2022"] == "40"
    free, capped = [], []
    for russia in (14, 15):
        for others in partitions(40 - russia, 40 - russia):
            value = sum(F(s, 40) ** 2 for s in (russia, *others))
            free.append(value)
            if max(others) <= russia:
                capped.append(value)
    for values, label in ((free, "index, any split"), (capped, "index, none larger")):
        low, high = ends(row(stored, label)[2])
        assert low < min(values)
        assert max(values) <= high
    assert max(free) == F(14, 40) ** 2 + F(26, 40) ** 2 == F(545, 1000)
    assert max(free) > F(2, 5) > max(capped)


def test_the_ceiling_with_none_larger_is_approached_as_the_share_nears_forty(printed):
    """Two suppliers of s and one of the rest: 2s² + (1 - 2s)² rises towards 0.36 below forty percent."""
    index = [2 * s * s + (1 - 2 * s) ** 2 for s in (F(35 + k, 100) for k in range(5))]
    assert index == sorted(index)
    assert max(index) < F(36, 100)
    assert F(36, 100) - (2 * F(3999, 10000) ** 2 + (1 - 2 * F(3999, 10000)) ** 2) < F(1, 1000)


def test_the_sums_of_money_beside_a_years_exports(printed, stored):
    for name, scale, label in (
        ("gas-payment-600m", 1000, "deferred payment over Russian exports, 2021"),
        ("lukoil-star-deal", 1, "refinery deal over Russian exports, 2021"),
    ):
        values = [
            100 * a / scale / b
            for a, b in product(rounded(printed[name]), rounded(printed["russian-exports-2021"]))
        ]
        low, high = ends(row(stored, label)[2])
        assert low <= min(values) <= low + F(1, 100)
        assert high - F(1, 100) <= max(values) <= high


@pytest.mark.parametrize(("fuel", "least"), [("oil-products", F(344, 10)), ("coal", F(241, 10))])
def test_what_a_third_year_would_have_had_to_bring(printed, fuel, least):
    needed = min(
        b * b / a for a, b in product(rounded(printed[f"{fuel}-2021"]), rounded(printed[f"{fuel}-2022"]))
    )
    assert least <= needed < least + F(1, 10)


def test_the_verdicts_stored_are_the_ones_found_here(stored):
    said = {cells[0].partition(" (carnegie2024")[0]: cells[1] for cells in stored if len(cells) == 5}
    assert said["Türkiye doubled its coal imports from Russia between 2021 and 2022."] == "entailed"
    assert said["Türkiye doubled its imports of oil products from Russia between 2021 and 2022."] == (
        "entailed (about twice); contradicted (at least twice)"
    )
    assert said["Trade between Russia and Türkiye nearly doubled from 2021 to 2022."] == "consistent"
    assert (
        said["Russia's pipelines put it in the place of Türkiye's largest provider of natural gas."]
        == "untestable"
    )


def test_who_is_the_top_provider_turns_on_the_next_suppliers_share(printed):
    """With 35 to under 40 percent for Russia, every split leaves a larger rival possible and a smaller one too."""
    for russia in rounded_down_from(printed["gas-share-2022"]):
        rivals = [100 - russia, (100 - russia) / 2, (100 - russia) / 10]
        assert {rival > russia for rival in rivals} == {True, False}


def rounded_down_from(digits: str) -> list[F]:
    """Values short of the printed digits by at most half their grain."""
    return [F(digits) - F(k, 8) for k in range(1, 41)]


def test_total_trade_from_the_hedged_totals_alone(printed, stored):
    bases = above(printed["trade-2021"], 35, 60)
    factors = [b / a for a, b in product(bases, above(printed["trade-2022"], 70, 60))]
    low, high = ends(row(stored, "trade, from its totals")[2])
    assert low <= min(factors) <= low + F(1, 50)
    assert high - F(1, 50) <= max(factors) <= high


def test_the_tight_factors_are_those_of_the_digits_themselves(printed, stored):
    for fuel, label in (("coal", "coal"), ("oil-products", "oil products")):
        factor = F(printed[f"{fuel}-2022"]) / F(printed[f"{fuel}-2021"])
        assert row(stored, label)[1] == f"≈{float(factor):.3f}"


def test_what_total_trade_would_have_settled(printed, stored):
    """Below twice the least base the claim must hold; below twice the greatest it can."""
    sums = [
        x + y
        for x, y in product(
            rounded(printed["russian-exports-2021"]), rounded(printed["russian-imports-2021"])
        )
    ]
    text = next(cells[4] for cells in stored if len(cells) == 5 and "nearly doubled" in cells[0])
    can, must = re.findall(r"below ([\d.]+)", text)
    assert (F(can), F(must)) == (2 * max(sums), 2 * min(sums))
