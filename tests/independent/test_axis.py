"""The chapter on the axis, recomputed from the tables alone: other code, other routes, nothing of the package."""

import csv
import json
import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILTERS = {
    "leader images",
    "strategic culture",
    "state-society relations",
    "institutions",
    "domestic filters",
}
THEORY = FILTERS | {"clarity", "permissiveness"}


def rows(name: str) -> list[dict[str, str]]:
    with open(ROOT / "data" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("text") == "kocak2026"]


def figure(name: str) -> list[dict[str, str]]:
    with open(ROOT / "figures" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def prose() -> str:
    cells = json.loads((ROOT / "chapters" / "turkic-axis.ipynb").read_text(encoding="utf-8"))["cells"]
    return " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.fixture(scope="module")
def codings() -> list[dict[str, str]]:
    return rows("codings")


def numbers(pattern: str, prose: str) -> tuple[int, ...]:
    found = re.search(pattern.replace("#", r"(\d+)"), prose)
    assert found, pattern
    return tuple(map(int, found.groups()))


def of_theory(codings, coder):
    own = [r for r in codings if r["coder"] == coder]
    return [r for r in own if r["variable"] in THEORY or r["variable"].startswith("outcome: ")]


def marked(codings, variable):
    return {r["unit"]: r["value"] for r in codings if r["variable"] == variable and r["coder"] == "first"}


def sorted_out(codings):
    """First reading's statements as before, since, of others since, or in general."""
    period, comparator = marked(codings, "period"), marked(codings, "comparator")
    general = {"states in general", "Cold War proxy zones", "unipolar moments"}
    found = {"before": [], "since": [], "others": [], "in general": []}
    for row in of_theory(codings, "first"):
        if (
            row["unit"] in general
            or period.get(row["id"]) == "in general"
            or comparator.get(row["id"]) == "in general"
        ):
            found["in general"].append(row)
        elif row["unit"] == "other states":
            found["others"].append(row)
        else:
            found[period.get(row["id"], "since")].append(row)
    return found


def test_the_grid_holds_every_statement_once(codings, prose):
    groups = sorted_out(codings)
    assert sum(map(len, groups.values())) == sum(int(row["statements"]) for row in figure("fig-axis-grid"))
    assert numbers("the first found #,", prose) == (sum(map(len, groups.values())),)
    since = len(groups["since"]) + len(groups["others"])
    assert numbers("# statements speak of the time since, # of the time before", prose) == (
        since,
        len(groups["before"]),
    )


def test_no_filter_is_stated_for_another_state_and_one_for_an_earlier_time(codings, prose):
    groups = sorted_out(codings)
    earlier = [r for r in groups["before"] if r["variable"] in FILTERS]
    assert [r["unit"] for r in earlier] == ["Azerbaijan"]
    assert not [r for r in groups["others"] if r["variable"] in FILTERS]
    assert numbers("The first frame has # statement, on Azerbaijan alone; the second has #", prose) == (1, 0)


def test_permissiveness_differs_over_time_and_not_against_others(codings):
    groups = sorted_out(codings)
    values = {
        name: {r["value"] for r in group if r["variable"] == "permissiveness"}
        for name, group in groups.items()
    }
    assert values["before"] - values["since"]
    assert values["others"]
    assert values["others"] <= values["since"]


def test_most_statements_on_filters_speak_of_both_states_at_once(codings, prose):
    own = [r for r in sorted_out(codings)["since"] if r["variable"] in FILTERS]
    own = [r for r in own if set(r["unit"].split("; ")) <= {"Türkiye", "Azerbaijan"}]
    both = sum(r["unit"] == "Türkiye; Azerbaijan" for r in own)
    assert numbers("Of # present statements on their filters, # speak of both", prose) == (len(own), both)


def test_the_links_by_the_dates_of_their_ends(prose):
    days = {r["id"]: (r["earliest"], r["latest"]) for r in rows("events")}
    counts = Counter()
    for link in rows("links"):
        ends = [days.get(link[end], ("", "")) for end in ("cause", "effect")]
        dated = [bool("".join(end)) for end in ends]
        if not all(dated):
            counts["one end undated" if any(dated) else "both ends undated"] += 1
            continue
        (first, last), (start, end) = [(a or "0001-01-01", b or "2026-12-31") for a, b in ends]
        before, after = first < end, last > start
        counts["open" if before and after else "as stated" if before else "not as stated"] += 1
    shown = Counter(row["dating"] for row in figure("fig-axis-chain"))
    assert shown == counts
    assert numbers("Of # links, # show the stated order by their own dates and # are excluded", prose) == (
        counts.total(),
        counts["as stated"],
        counts["not as stated"],
    )
    assert numbers("# have two dated ends", prose) == (counts["open"],)
    assert numbers("# rest on one undated end and # on two", prose) == (
        counts["one end undated"],
        counts["both ends undated"],
    )


def test_no_arena_can_be_reached_from_the_opening_or_from_the_filters(codings, prose):
    steps = [value.split(" → ") for value in marked(codings, "chain step").values()]
    names = sorted({name for pair in steps for name in pair})
    closed = {tuple(pair) for pair in steps}
    for middle, a, b in product(names, names, names):  # Warshall: the middle step runs slowest
        if (a, middle) in closed and (middle, b) in closed:
            closed.add((a, b))
    arenas = {"Defence", "Economy and energy", "Identity", "Turkic organisation"}
    for start in ("Permissive opening", "Leadership and filters"):
        assert not {(start, arena) for arena in arenas} & closed
    assert numbers("lead on to # steps, and # of the four arenas", prose) == (
        sum(a == "Permissive opening" for a, _ in closed),
        0,
    )
    assert not [a for a, b in closed if b in ("Leadership and filters", "Defence")]
    between = [link for link in figure("fig-axis-chain") if {link["cause"], link["effect"]} <= arenas]
    assert {(link["dating"], link["paragraph"]) for link in between} == {("both ends undated", "10")}


def test_the_lists_of_arenas(codings, prose):
    lists = {}
    for row in codings:
        if row["variable"] == "arena listed":
            lists.setdefault(row["paragraph"], set()).add(row["unit"])
    sizes = Counter(map(len, lists.values()))
    assert numbers("# of the # lists have four members and # have three", prose) == (
        sizes[4],
        len(lists),
        sizes[3],
    )
    shown = {row["arena"]: row for row in figure("fig-axis-evidence") if row["kind"] == "named in lists"}
    for arena, row in shown.items():
        assert int(row["count"]) == sum(arena in named for named in lists.values())


def test_economy_and_energy_have_no_step_that_the_text_dates(codings):
    arena_of = marked(codings, "arena")
    named = dict(
        defence="Defence",
        energy="Economy and energy",
        trade="Economy and energy",
        finance="Economy and energy",
    ) | dict(identity="Identity", institution="Turkic organisation")
    counts = Counter()
    for table in ("events", "quantities"):
        for row in rows(table):
            arena = arena_of.get(row["id"]) or named.get(row["argument"])
            if not row["section"].startswith("Strategic Convergence") or not arena:
                continue
            if table == "quantities":
                counts[arena, "quantity"] += row["kind"] != "count"
            elif not row["earliest"] + row["latest"]:
                counts[arena, "undated"] += 1
            else:
                cited = row["dating"] == "source"
                counts[arena, "dated by a citation only" if cited else "dated by the text"] += 1
    shown = {
        (row["arena"], row["kind"]): int(row["count"])
        for row in figure("fig-axis-evidence")
        if row["kind"] != "named in lists"
    }
    assert +counts == +Counter(shown)
    assert counts["Economy and energy", "dated by the text"] == 0


def test_the_citations_of_the_empirical_section(codings, prose):
    kinds = Counter(
        row["value"]
        for row in codings
        if row["variable"] == "source kind" and 39 <= int(row["paragraph"]) <= 45
    )
    assert numbers("has # citations: # of news outlets, # of official bodies", prose) == (
        kinds.total(),
        kinds["news outlet"],
        kinds["official body"],
    )
    assert not {"interview", "satellite image", "budget"} & kinds.keys()


def _kappa(codes):
    """Cohen's kappa by its definition."""
    n = len(codes)
    observed = sum(a == b for a, b in codes) / n
    left, right = Counter(a for a, _ in codes), Counter(b for _, b in codes)
    chance = sum(left[code] * right[code] for code in left) / n**2
    return (observed - chance) / (1 - chance)


def test_agreement_on_matched_places(codings, prose):
    first, second = (of_theory(codings, coder) for coder in ("first", "second"))

    def overlap(a, b):
        words = [Counter(re.findall(r"\w+", row["printed"].lower())) for row in (a, b)]
        return (words[0] & words[1]).total() / min(words[0].total(), words[1].total())

    close = [
        (-overlap(a, b), i, j)
        for (i, a), (j, b) in product(enumerate(first), enumerate(second))
        if a["paragraph"] == b["paragraph"]
    ]
    used, pairs = set(), []
    for negative, i, j in sorted(close):
        if -negative >= 0.5 and ("first", i) not in used and ("second", j) not in used:
            used |= {("first", i), ("second", j)}
            pairs.append((first[i], second[j]))

    def as_read(row):
        word = re.search(r"word as read: ([^;]+)", row["note"])
        return word[1] if word else row["value"]

    mapped = _kappa([(a["value"], b["value"]) for a, b in pairs])
    own = _kappa([(as_read(a), as_read(b)) for a, b in pairs])
    assert f"it is {mapped:.2f} in the common frame and {own:.2f} in each reader's own words" in prose
    same = sum(all(a[c] == b[c] for c in ("variable", "unit", "value")) for a, b in pairs)
    every = len(first) + len(second) - len(pairs)
    assert numbers("Of all # places that either reader coded, # have the same", prose) == (every, same)
