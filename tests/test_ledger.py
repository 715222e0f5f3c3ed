"""The ledger: every row once, one count everywhere, what widths and missing numbers would change, data for machines."""

import csv
import io
import json
import re
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted import ledger
from asprinted.book import DATA, ROOT
from asprinted.dates import MEASURES_OF_DATES
from asprinted.figures import FIGURES
from asprinted.readings import SCALES, is_exact, parse_digits, parse_template
from asprinted.record import Record, record
from asprinted.sets import RealSet
from asprinted.verdicts import Court, court, read_quantity, verdict
from press import browse
from press import ledger as press
from press.pages import render

CLAIMS = list(record().rows["claims"])
MOVING = [name for name in CLAIMS if ledger.varies(name)]
widths = st.fractions(min_value=0, max_value=3, max_denominator=20)


def raw(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- the rows ------------------------------------------------------------------------------------


def test_every_claim_and_every_tension_but_slips_is_in_the_ledger_once():
    expected = [row["id"] for row in raw("claims")]
    expected += [row["id"] for row in raw("tensions") if row["kind"] != "slip"]
    assert list(ledger.frame()["id"]) == expected


def test_a_claim_has_its_headline_and_a_tension_its_result_or_that_it_is_shown():
    measured = {row["id"] for row in raw("tensions") if row["measure"]}
    for row in ledger.frame().to_dict("records"):
        assert row["outcome"] in ledger.OUTCOMES
        if row["kind"] == "claim":
            found = verdict(row["id"])
            assert row["finding"] == found.headline
            assert (row["outcome"] == ledger.TURNS) == found.turns_on_sense
            assert bool(row["reason"]) == (row["outcome"] in ("untestable", "interpretive"))
            assert bool(row["kindest"]) == bool(row["hardest"]) == (not row["reason"])
        else:
            assert (row["outcome"] == ledger.COMPUTED) == (row["id"] in measured)
            assert (row["finding"] == "shown, not computed") == (row["id"] not in measured)


def test_a_row_names_its_figures_and_an_address_that_the_browse_pages_have():
    for row in ledger.frame().to_dict("records"):
        assert row["address"] == f"{browse.page_of(row['id'])}.html#{row['id']}"
        drawn = [f.id for f in FIGURES.values() if row["id"] in (*f.claims, *f.rows)]
        assert row["figures"] == "; ".join(drawn)


def test_counts_are_of_rows_and_add_up():
    found = ledger.counts()
    assert {name: found[name] for name in ledger.OUTCOMES} == {
        name: Counter(ledger.frame()["outcome"])[name] for name in ledger.OUTCOMES
    }
    assert found["countable"] == found["claims"] - found["interpretive"]
    assert sum(found[name] for name in ledger.OUTCOMES) == found["claims"] + found["tensions"]
    table = ledger.counts_by("argument")
    assert dict(table.sum()) == found
    assert dict(table.loc["energy"]) == ledger.counts(argument="energy")


# --- as data -------------------------------------------------------------------------------------


def test_frame_csv_and_json_hold_the_same_rows_and_counts():
    rows = list(csv.DictReader(io.StringIO(press.as_csv(), newline="")))
    found = json.loads(press.as_json())
    assert rows == found["rows"] == ledger.frame().to_dict("records")
    assert found["counts"] == ledger.counts()
    assert list(found["columns"]) == list(rows[0])
    recount = Counter(row["outcome"] for row in rows)
    assert {name: found["counts"][name] for name in recount} == recount


def test_no_cell_would_be_run_by_a_spreadsheet():
    for row in csv.reader(io.StringIO(press.as_csv(), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "@", "+", "-", "\t", "\r"))]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chapters")
    browse.write(folder)
    return folder


@pytest.fixture(scope="module")
def graph(written) -> list[dict]:
    """The linked data of the claims page, read out of the page."""
    page = (written / "browse-claims.md").read_text("utf-8")
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert "<" not in text
    found = json.loads(text)
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


def walk(node: object):
    """Every object inside some linked data."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


def test_the_linked_data_reviews_and_rates_nothing(graph):
    nodes = list(walk(graph))
    assert {node["@type"] for node in nodes if "@type" in node} == {
        "Dataset",
        "DataDownload",
        "Organization",
        "CreativeWork",
        "Quotation",
        "Claim",
        "PropertyValue",
    }
    assert not [key for node in nodes for key in node if re.search("rating|review", key, re.IGNORECASE)]


def test_every_claim_is_in_the_linked_data_with_its_place_and_finding(graph):
    claims = [node for node in graph if node["@type"] == "Claim"]
    assert [node["@id"] for node in claims] == [f"#{name}" for name in CLAIMS]
    known = {node["@id"] for node in walk(graph) if "@id" in node and len(node) > 1}
    assert all(node["@id"] in known for node in walk(graph) if "@id" in node)
    lines = ledger.frame(kind="claim").set_index("id")
    for node in claims:
        row = record().find(node["@id"][1:])
        assert (node["text"], node["appearance"]["text"]) == (row.claim, row.printed)
        assert node["appearance"]["name"] == f"{row.text} ¶{row.paragraph}"
        said = {part["name"]: part["value"] for part in node["additionalProperty"]}
        assert said == {name: lines.loc[row.id, name] for name in press.FINDINGS if lines.loc[row.id, name]}


def test_the_data_set_names_downloads_that_are_there(graph, written):
    (found,) = [node for node in graph if node["@type"] == "Dataset"]
    for download in found["distribution"]:
        assert (written / "_extra" / download["contentUrl"]).is_file()
    for name, text in (("verdicts.csv", press.as_csv()), ("verdicts.json", press.as_json())):
        assert (written / "_extra" / "data" / name).read_bytes() == text.encode()


def test_only_the_claims_page_carries_linked_data(written):
    carrying = [path.name for path in written.glob("*.md") if "ld+json" in path.read_text("utf-8")]
    assert carrying == ["browse-claims.md"]


# --- missing numbers -----------------------------------------------------------------------------


def test_missing_numbers_are_counted_and_ranked():
    found = ledger.missing_ranked()
    assert set(found["slug"]) == {row["slug"] for row in raw("missing")}
    ranks = list(zip(found["central"], found["claims"], found["central_alone"], found["alone"], strict=True))
    assert ranks == sorted(ranks, reverse=True)
    named = {
        row["id"]: set(re.findall(r"missing:([\w-]+)", row["inputs"]))
        for row in raw("claims")
        if verdict(row["id"]).word == "untestable" and not row["claimed"].startswith("vague")
    }
    weights = {row["id"]: row["weight"] for row in raw("claims")}
    for line in found.to_dict("records"):
        users = [name for name, slugs in named.items() if line["slug"] in slugs]
        assert line["ids"] == "; ".join(users)
        assert line["claims"] == len(users)
        assert line["central"] == sum(weights[name] == "central" for name in users)
        assert line["alone"] == sum(named[name] == {line["slug"]} for name in users)
        beside = set().union(*(named[name] for name in users)) - {line["slug"]}
        assert set(filter(None, line["with"].split("; "))) == beside


def test_a_claim_that_one_number_alone_would_make_testable_is_testable_with_it():
    """Put a printed number, or a dated event, in the place of the one that is missing."""
    filled = dict(record().rows["claims"])
    changed = []
    for line in ledger.missing_ranked().to_dict("records"):
        for name in filter(None, line["ids"].split("; ")):
            row = filled[name]
            if set(re.findall(r"missing:([\w-]+)", row.inputs)) != {line["slug"]}:
                continue
            dated = re.search("|".join(MEASURES_OF_DATES), row.measure)
            known = "e-carnegie-grain-deal-brokered" if dated else "q-carnegie-gas-share-2022"
            inputs = re.sub(rf"missing:{line['slug']}(?![\w-])", known, row.inputs)
            filled[name] = row.model_copy(update={"inputs": inputs})
            changed.append(name)
    judge = Court(Record(record().rows | {"claims": filled})).judge
    assert len(changed) == ledger.missing_ranked()["alone"].sum() > 0
    for name in changed:
        assert judge(name).word != "untestable", name


# --- widths --------------------------------------------------------------------------------------


def plain_verdicts(name: str, width: Fraction) -> list[str]:
    return [case.verdict() for case in court().at(width).judge(name).cases]


def rows_read(name: str) -> list:
    """The printed numbers that a claim is computed from, those read with a width."""
    formal = court().formal(record().rows["claims"][name])
    names = {n for group in formal.groups for n in group} | {formal.claimed.quantity}
    rows = [row for key, row in record().rows["quantities"].items() if key in names]
    return [row for row in rows if not is_exact(row.kind, row.hedge)]


def encloses(row) -> bool:
    """Whether every sense of a number's hedge lets the printed value lie inside its interval, or at an end of it."""
    for hedge in record().hedge_senses(row.hedge):
        low, high = parse_template(hedge.plain)
        if not (low.n <= 1 and low.u <= 0 and low.g <= 0):
            return False
        if not high.infinite and not (high.n >= 1 and high.u >= 0 and high.g >= 0):
            return False
    return True


NESTING = [name for name in MOVING if all(map(encloses, rows_read(name)))]
BOUND = [name for name in NESTING if not court().formal(record().rows["claims"][name]).claimed.quantity]


def test_the_book_s_own_width_gives_every_headline():
    at_one = ledger.sensitivity([Fraction(1)])[Fraction(1)]
    assert dict(at_one) == {name: verdict(name).headline for name in CLAIMS}
    assert Fraction(1) in ledger.WIDTHS
    assert (min(ledger.WIDTHS), max(ledger.WIDTHS)) == (0, 3)


@pytest.mark.parametrize("width", [Fraction(0), Fraction(1, 3), Fraction(3)])
def test_what_the_sensitivity_leaves_out_changes_nothing(width):
    """A full court, with all readings and nothing taken over from another width, gives the same headlines."""
    full = Court(record(), width)
    found = ledger.sensitivity([width])[width]
    assert dict(found) == {name: full.judge(name).headline for name in CLAIMS}


def test_processes_share_the_work_and_change_nothing():
    tried = [Fraction(0), Fraction(2)]
    assert ledger.sensitivity(tried, workers=2).equals(ledger.sensitivity(tried))
    repeated = [*MOVING[:3], *CLAIMS, *MOVING[:3]]
    table = ledger.sensitivity(tried)
    for width, said in zip(tried, ledger.headlines(repeated, tried), strict=True):
        assert said == list(table.loc[repeated, width])


def test_a_negative_width_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        ledger.sensitivity([Fraction(-1)])


@given(st.sampled_from(NESTING), widths, widths)
def test_what_is_contradicted_stays_so_at_every_smaller_width_above_zero(name, one, two):
    """Where each hedge encloses the printed value: both sides narrow, and sets that do not meet still do not."""
    narrow, wide = sorted((one, two))
    if narrow > 0:
        for before, after in zip(plain_verdicts(name, wide), plain_verdicts(name, narrow), strict=True):
            assert before != "contradicted" or after == "contradicted"


@given(st.sampled_from(BOUND), widths, widths)
def test_with_the_claim_held_fixed_a_smaller_width_above_zero_only_decides(name, one, two):
    """Where what is claimed has no width of its own, a verdict that is decided stays as it is."""
    narrow, wide = sorted((one, two))
    if narrow > 0:
        for before, after in zip(plain_verdicts(name, wide), plain_verdicts(name, narrow), strict=True):
            assert before == "consistent" or after == before


@pytest.mark.parametrize("row", record().rows["quantities"].values(), ids=lambda row: row.id)
def test_at_width_zero_a_number_is_its_printed_digits(row):
    digits = parse_digits(row.digits or "1")
    for hedge in record().hedge_senses(row.hedge):
        hull = read_quantity(row, "plain", hedge, Fraction(0)).hull
        assert (hull.lo, hull.hi) == (digits.lo * SCALES[row.scale], digits.hi * SCALES[row.scale])


@pytest.mark.parametrize("name", MOVING)
def test_at_width_zero_a_claim_that_comes_to_single_numbers_is_decided(name):
    found = court().at(Fraction(0)).judge(name)
    for case in found.cases:
        groups = case.pairs["plain", "plain"]
        results = [group.inferred for group in groups if isinstance(group.inferred, RealSet)]
        if len(results) == len(groups) and all(r.hull.lo == r.hull.hi for r in results):
            assert case.verdict() in ("entailed", "contradicted")


def test_runs_tell_the_same_as_the_table():
    table = ledger.sensitivity()
    told = ledger.runs(table)
    assert set(told["claim"]) == {name for name, line in table.iterrows() if line.nunique() > 1}
    for run in told.to_dict("records"):
        stretch = [w for w in ledger.WIDTHS if run["from"] <= w <= run["to"]]
        assert set(table.loc[run["claim"], stretch]) == {run["headline"]}


def test_the_landing_page_counts_what_the_ledger_counts():
    page = render((ROOT / "chapters" / "index.md").read_text(encoding="utf-8"))
    counts = ledger.counts()
    assert f"Of {counts['countable']} claims that assert something countable" in page
    assert f"{counts['untestable']} are untestable as printed" in page
