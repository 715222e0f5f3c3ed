"""The chapter on leverage recomputed by another route: csv, brute force, and nothing of the book's own package."""

import csv
import datetime
import itertools
import json
import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAYMENTS = {f"e-carnegie-{name}" for name in ("advance-transfers", "ruble-payments", "gas-payment-deferral")}


def rows(table):
    with open(ROOT / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Tables(HTMLParser):
    """Every table of a page as a list of rows of cells."""

    def __init__(self):
        super().__init__()
        self.tables, self.open = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.open = False

    def handle_data(self, data):
        if self.open:
            self.tables[-1][-1][-1] += data


@pytest.fixture(scope="module")
def notebook():
    return json.loads((ROOT / "chapters" / "asymmetric-leverage.ipynb").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shown(notebook):
    parser = Tables()
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            parser.feed("".join(output["data"].get("text/html", "")))
    return parser.tables


@pytest.fixture(scope="module")
def prose(notebook):
    return " ".join("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown")


def table_with(tables, header):
    return next([row for row in table[1:]] for table in tables if header in table[0])


def column(tables, header):
    found = next(table for table in tables if header in table[0])
    return [row[found[0].index(header)] for row in found[1:]]


def coded(coder):
    """Each case's codes by one coder, gathered from the csv."""
    cases = {}
    for row in rows("codings"):
        if row["coder"] != coder or row["text"] != "carnegie2024":
            continue
        if row["variable"] in ("ledger", "period", "request by", "answer", "told as"):
            cases.setdefault(row["unit"], {}).setdefault(row["variable"], []).append(row["value"])
    return {unit: case for unit, case in cases.items() if "answer" in case}


@pytest.fixture(scope="module")
def ledger():
    return coded("first")


@pytest.fixture(scope="module")
def second():
    return coded("second")


def select(ledger, partner, period):
    return {u: c for u, c in ledger.items() if c["ledger"] == [partner] and c["period"] == [period]}


EVENTS = {row["id"]: row for row in rows("events")}


def party(unit):
    """Ankara, Moscow or the West, by the event's actor."""
    actor = EVENTS[unit]["actor"]
    return "Ankara" if "Türkiye" in actor else "Moscow" if actor == "Russia" else "the West"


def scores(unit, case):
    """What a case may add between Ankara and its partner: +1, -1, either or none; a third's strength adds nothing.

    By the told side first, then by who asked and who refused. Nobody refuses a wish of their own: where the event's
    actor is the one who asked, the other side refused.
    """
    (partner,) = case["ledger"]
    shows = set(case["told as"]) - {"not said"}
    if not shows:
        (answer,), (asker,) = case["answer"], case["request by"]
        if answer == "met" and asker != "none stated":
            shows = {asker}
        elif answer in ("refused", "withdrawn"):
            actor = party(unit)
            shows = {actor} if actor != asker else {"Ankara", partner} - {actor}
    ankara, other = "Ankara" in shows, partner in shows
    if ankara and other:
        return (-1, 0, 1)
    return (ankara - other,)


def spelled(number):
    return f"{'−' if number < 0 else ''}{abs(number)}"


def leads_of(choices):
    """Every sum of one choice a case."""
    found = {0}
    for choice in choices:
        found = {a + b for a in found for b in choice}
    return found


def across(codings):
    """Every lead where each case may add what it adds in any coding, and nothing where one does not list it."""
    return leads_of(
        {n for book in codings for n in (scores(unit, book[unit]) if unit in book else (0,))}
        for unit in set().union(*codings)
    )


def tally(cases, put=0):
    """Cases for Ankara and for its partner, those that show both put to one (1, -1) or to both (0)."""
    found = [scores(unit, case) for unit, case in cases.items()]
    twice = sum(len(score) > 1 for score in found)
    return found.count((1,)) + twice * (put >= 0), found.count((-1,)) + twice * (put <= 0)


def without(cases, *units):
    return {u: c for u, c in cases.items() if u not in units}


def named(cases):
    return {u: c for u, c in cases.items() if set(c["told as"]) != {"not said"}}


PLEAS, EXIT = "e-carnegie-pleas-turned-down", "e-carnegie-russia-walked-out"
FURTHER = (*sorted(PAYMENTS)[1:], PLEAS)  # further steps of an instance already counted
STRAITS, AZOV, KARABAKH = (
    f"e-carnegie-{n}" for n in ("straits-closed", "azov-release", "status-quo-forfeited")
)


def test_the_lead_over_every_placement_is_as_the_chapter_says(ledger, shown, prose):
    found = select(ledger, "Moscow", "since the war")
    leads = {sum(choice) for choice in itertools.product(*(scores(u, c) for u, c in found.items()))}
    low, high = spelled(min(leads)), spelled(max(leads))
    assert f"its lead runs from {low} to {high}" in prose
    assert f"{low} to {high}" in column(shown, "Ankara's lead")


def test_the_three_placements_and_their_tipping_counts(ledger, second, shown):
    found, again = (select(book, "Moscow", "since the war") for book in (ledger, second))
    printed = table_with(shown, "The payments told twice put to")
    ways = [(skip, put) for skip in ((), FURTHER) for put in (1, 0, -1)]
    for line, (skip, put) in zip(printed, ways, strict=True):
        assert line[0] == ("instance" if skip else "step")
        for cases, count, tipping in ((found, line[2], line[3]), (named(found), line[4], line[5])):
            ankara, moscow = tally(without(cases, *skip), put)
            assert count == f"{ankara} to {moscow}"
            unmentioned = 0
            while moscow + unmentioned <= ankara:
                unmentioned += 1
            assert tipping == (str(unmentioned) if unmentioned else "it is reversed already")
        assert line[6] == "{} to {}".format(*tally(without(named(again), *skip), put))


def test_by_instance_ankara_leads_on_every_placement_and_by_how_little(ledger, second, prose):
    found = without(select(ledger, "Moscow", "since the war"), *FURTHER)
    leads = {sum(choice) for choice in itertools.product(*(scores(u, c) for u, c in found.items()))}
    assert min(leads) == 1
    assert f"leads on every placement, by {min(leads)} to {max(leads)}" in prose
    for book in (ledger, second):
        cases = without(select(book, "Moscow", "since the war"), *FURTHER)
        for unit in cases:
            if scores(unit, cases[unit]) == (1,):
                ankara, moscow = tally(without(cases, unit), -1)
                assert ankara == moscow, "one case less for Ankara would make it even"
    apart = without(select(ledger, "Moscow", "since the war"), *FURTHER[:-1])
    assert "exit and pleas counted apart: {} to {}.".format(*tally(apart, -1)) in prose
    assert tally(apart, -1)[0] == tally(apart, -1)[1]
    assert f"from {min(tally_leads(apart))} to {max(tally_leads(apart))} with exit and pleas as" in prose
    unnamed = [u for u in found if scores(u, found[u]) == (1,) and u not in named(found)]
    assert unnamed == [STRAITS, AZOV]
    assert f"{len(unnamed)} steps whose side the paper, as first coded, does not name" in prose
    assert STRAITS in named(select(second, "Moscow", "since the war"))


def tally_leads(cases):
    return {a - m for a, m in (tally(cases, put) for put in (1, 0, -1))}


def test_the_cases_whose_side_is_named_in_both_codings(ledger, second, prose):
    by_step, by_instance = (
        [named(without(select(book, "Moscow", "since the war"), *skip)) for book in (ledger, second)]
        for skip in ((), FURTHER)
    )
    first, again = ("{} to {}".format(*tally(cases)) for cases in by_step)
    assert f"With the payments on both sides that makes {first} by steps" in prose
    both, moscow = ([("{} to {}".format(*tally(c, put))) for c in by_instance] for put in (0, -1))
    assert f"by instance it is {both[0]}, and {moscow[0]} with the payments at Moscow" in prose
    assert f"named for Ankara: {again} by steps, {both[1]} and {moscow[1]} by instance" in prose
    ankara, other = tally(by_instance[0], -1)
    assert ankara == other
    assert "the count is even once the payments go to Moscow" in prose
    ankara, other = tally(by_instance[1], -1)
    assert f"in the second coding Ankara still leads by {ankara - other}" in prose
    less = ["{} to {}".format(*tally(without(cases, KARABAKH), -1)) for cases in by_instance]
    assert f"instances named stand at {less[0]}, in the second coding at {less[1]}" in prose


def test_the_lead_toward_the_west_over_both_codings(ledger, second, shown, prose):
    codings = [select(book, "the West", "since the war") for book in (ledger, second)]
    leads = across(codings)
    low, high = spelled(min(leads)), spelled(max(leads))
    assert f"where one did not list it, the lead runs from {low} to {high}" in prose
    assert f"{low} to {high}" in column(shown, "Over all codings")
    alone = [sum(scores(u, c)[0] for u, c in book.items()) for book in codings]
    assert f"The lead is {alone[0]}. " in prose
    assert f"finds a lead of {alone[1]}." in prose


def test_the_lead_toward_the_west_before_the_war_over_both_codings(ledger, second, shown, prose):
    codings = [select(book, "the West", "before the war") for book in (ledger, second)]
    leads = across(codings)
    low, high = spelled(min(leads)), spelled(max(leads))
    assert f"Over both codings the lead runs from {low} to {high}." in prose
    at = column(shown, "With").index("the West")
    assert column(shown, "Over all codings")[at] == f"{low} to {high}"
    assert column(shown, "Ankara's lead")[at] == spelled(sum(scores(u, c)[0] for u, c in codings[0].items()))
    moscows = [u for u, c in codings[1].items() if set(c["told as"]) == {"Moscow"}]
    assert f"the second coder tells {len(moscows)} of the cases as Moscow's gain" in prose
    assert "that coding is even, at {} to {}.".format(*tally(codings[1])) in prose
    assert column(shown, "Lead, second coding")[at] == spelled(
        sum(scores(u, c)[0] for u, c in codings[1].items())
    )


def test_the_western_cases_without_a_date_hold_the_one_against(ledger, prose):
    found = select(ledger, "the West", "since the war")
    undated = {u: c for u, c in found.items() if EVENTS[u]["dating"] == "none"}
    assert all(not EVENTS[u]["earliest"] for u in undated)
    told = f"Of the {len(found)} cases since, {len(undated)} have no date and are placed by being told as current"
    assert f"{told}; the {tally(undated)[1]} against is among them" in prose
    assert tally(undated)[1] == tally(found)[1]


def month_of(first, months):
    """The year and month so many months after a month."""
    year, month = divmod(first[0] * 12 + first[1] - 1 + months, 12)
    return year, month + 1


def test_the_payments_come_before_the_end_of_the_deal_only_to_the_letter(prose, notebook):
    """The end by the length printed, month by month: one year to the letter, half a year to a year and a half plainly."""
    start = EVENTS["e-carnegie-grain-deal-brokered"]
    assert (start["earliest"][:7], start["latest"][:7]) == ("2022-07", "2022-07")
    assert QUANTITIES["q-carnegie-grain-transit-one-year"]["digits"] == "one"
    paid = {
        (day.year, day.month)
        for unit in PAYMENTS
        for day in map(datetime.date.fromisoformat, (EVENTS[unit]["earliest"], EVENTS[unit]["latest"]))
    }
    letter = {month_of((2022, 7), 12)}
    plain = {month_of((2022, 7), months) for months in range(6, 19)}
    exit_months = {tuple(map(int, EVENTS[EXIT][end].split("-")[:2])) for end in ("earliest", "latest")}
    assert max(paid) < min(letter) == (2023, 7)
    assert min(plain) < min(paid)
    assert max(paid) < max(plain)
    assert exit_months == paid
    assert "Taken to the letter it ended in July 2023, and the payments came first." in prose
    assert "one year is 0.5 to 1.5 years, and the order is open again" in prose
    words = " ".join(json.dumps(cell["metadata"], ensure_ascii=False) for cell in notebook["cells"])
    assert "in July 2023 to the letter, and the favours come first" in words
    names = [f"{datetime.date(*month, 1):%B %Y}" for month in (min(plain), max(plain))]
    assert f"from {names[0]} to {names[1]}, and the order is open" in words


def test_trade_rises_by_its_totals_and_by_its_word_together(prose, shown):
    low, high = Fraction(60, 35), Fraction(70, 34)  # above 34 and not yet 35, above 60 and not yet 70
    assert QUANTITIES["q-carnegie-trade-2021"]["digits"] == "34"
    assert QUANTITIES["q-carnegie-trade-2022"]["digits"] == "60"
    assert f"alone allow trade up to {-(-high * 100 // 1) / 100} times" in prose
    assert low > 1, "the totals bind below"
    assert high > 2, "the word binds above"
    line = next(r for t in shown for r in t if r and r[0] == "two-way trade, with the word for its growth")
    assert numbers(line[3]) == [(low * 100 // 1) / Fraction(100), Fraction(2)]


def test_others_trade_more_with_russia_than_turkiye_does(prose):
    """As second in size Türkiye is outweighed by the first alone, so all others hold more than the total printed."""
    assert QUANTITIES["q-carnegie-second-biggest-partner"]["digits"] == "second"
    floor = int(QUANTITIES["q-carnegie-trade-2022"]["digits"])
    for first, second, *rest in itertools.product(range(floor + 1, 90, 9), range(floor + 1, 90, 9), (0, 20)):
        if first >= second:
            assert first + sum(rest) > floor
    assert f"Russia's trade with all others is above {floor} billion dollars" in prose
    assert f"must exceed Russia's, and so {floor} billion dollars" in prose


CLAIMS = [row for row in rows("claims") if row["text"] == "carnegie2024" and row["argument"] == "leverage"]


def test_the_verdicts_on_leverage_are_counted_from_the_claims_themselves(prose, shown):
    """By hand: vague or resting on missing numbers alone is untestable; an order is settled only by days that do not meet."""

    def found(row):
        if row["claimed"].startswith("vague: "):
            return "vague"
        if not row["measure"]:
            return "interpretive"
        names = re.split(r"[;|] *", row["inputs"].replace(" ", ""))
        if any(name.startswith("missing:") for name in names):
            return "missing"
        pairs = [group.split(";") for group in row["inputs"].replace(" ", "").split("|")]
        assert row["measure"] in ("order", "all(order)")
        assert row["claimed"] == "before"
        settled = all(
            EVENTS[a]["latest"] and EVENTS[b]["earliest"] and EVENTS[a]["latest"] < EVENTS[b]["earliest"]
            for a, b in pairs
        )
        return "entailed" if settled else "consistent"

    counts = {word: 0 for word in ("vague", "missing", "interpretive", "entailed", "consistent")}
    for row in CLAIMS:
        counts[found(row)] += 1
    judged = len(CLAIMS) - counts["interpretive"]
    untestable = counts["vague"] + counts["missing"]
    text = re.sub(r"\{term\}`([^`]*)`", r"\1", prose)
    assert (
        f"Of {judged} claims that are judged, {counts['entailed']} is entailed, {counts['consistent']} are consistent "
        f"and {untestable} untestable, {counts['vague']} of these for a vague predicate."
    ) in text
    central = [found(row) for row in CLAIMS if row["weight"] == "central" and found(row) != "interpretive"]
    unable = sum(word in ("vague", "missing") for word in central)
    assert f"Of the {len(central)} central ones, {unable} are untestable" in text
    line = next(r for t in shown for r in t if r and r[0] == "carnegie2024" and "Claims" in t[0])
    assert line[1] == str(len(CLAIMS))


def test_requests_met_of_those_told_under_each_rule(shown, prose):
    lines = table_with(shown, "Unmentioned refusals that reverse it")
    told = [(int(met), int(met) + int(no)) for _, steps, met, no, *_ in lines if steps == "once"]
    said = "{} of {}, {} of {} or {} of {}".format(*itertools.chain(*told))
    assert f"Moscow met {said} requests, each counted once" in prose


def test_the_payments_alone_stand_on_both_sides(ledger):
    assert {u for u, c in ledger.items() if len(scores(u, c)) > 1} == PAYMENTS


def test_requests_met_and_refused_under_every_rule(ledger, shown):
    asked = {
        u: c["answer"][0]
        for u, c in select(ledger, "Moscow", "since the war").items()
        if c["request by"] == ["Ankara"]
    }
    met, refused = ([u for u, a in asked.items() if a == answer] for answer in ("met", "refused"))
    weights = {"each counted": Fraction(1), "one grant": Fraction(1, 3), "left out": Fraction(0)}
    lines = table_with(shown, "Unmentioned refusals that reverse it")
    assert len(lines) == 6
    for payments, steps, said_met, said_refused, said_lead, said_tipping in lines:
        often = steps != "once"
        gains = sum(weights[payments] if u in PAYMENTS else 1 + (often and "twice" in u) for u in met)
        losses = len(refused) + often
        assert (said_met, said_refused) == (str(gains), f"at least {losses}" if often else str(losses))
        tipping = next(n for n in itertools.count() if losses + n > gains)
        assert said_tipping == (f"at most {tipping}" if often else str(tipping))
        assert said_lead == (f"at most {gains - losses}" if often else str(gains - losses))


def test_the_west_ledger_turns_and_nothing_was_asked_of_moscow_before(ledger, prose):
    before, since = (
        [scores(u, c)[0] for u, c in select(ledger, "the West", p).items()]
        for p in ("before the war", "since the war")
    )
    assert f"{before.count(-1)} cases against Ankara before the war" in prose
    assert f"{since.count(1)} for it and {since.count(-1)} against since" in prose
    early = select(ledger, "Moscow", "before the war").values()
    assert (
        f"Ankara asked for something in {sum(c['request by'] == ['Ankara'] for c in early)} of them" in prose
    )


QUANTITIES = {row["id"]: row for row in rows("quantities")}


def around(identifier, steps=20):
    """Values that round to the printed digits, ends included, in billions or as printed."""
    printed = QUANTITIES[identifier]["digits"]
    unit = Fraction(1, 10 ** len(printed.partition(".")[2]))
    return [Fraction(printed) + unit * Fraction(n, 2 * steps) for n in range(-steps, steps + 1)]


def numbers(text):
    return [Fraction(n.replace("−", "-")) for n in re.findall(r"−?\d+(?:\.\d+)?", text)]


def result(tables, name):
    line = next(r for t in tables for r in t if r and r[0] == name)
    return numbers(line[2])


def test_balance_and_cover_ratio_by_brute_force(shown):
    bought, sold = around("q-carnegie-russian-exports-2021"), around("q-carnegie-russian-imports-2021")
    balances = [s - b for s in sold for b in bought]
    assert result(shown, "balance for Türkiye, 2021, billion dollars") == [min(balances), max(balances)]
    covers = [s / b for s in sold for b in bought]
    low, high = result(shown, "cover ratio, 2021")
    assert low <= min(covers) < low + Fraction(1, 1000)
    assert high - Fraction(1, 1000) < max(covers) <= high


def test_the_trade_between_two_cancels_out_of_the_comparison_of_shares():
    grid = [Fraction(n) for n in range(10, 400, 30)]
    for trade, russia, turkiye in itertools.product(grid, repeat=3):
        needs_more = trade / (trade + russia) > trade / (trade + turkiye)
        assert needs_more == (russia < turkiye)


def test_no_share_of_a_second_or_third_passes_its_ceiling(prose):
    sizes = range(1, 8)
    for rank, ceiling in ((2, Fraction(1, 2)), (3, Fraction(1, 3))):
        best = max(
            Fraction(sorted(parts, reverse=True)[rank - 1], sum(parts))
            for parts in itertools.product(sizes, repeat=4)
        )
        equal = Fraction(1, rank)
        assert best < ceiling == equal
    assert f"third-largest buyer takes at most {Fraction(1, 3)} of what is sold" in prose


def test_every_dated_step_that_blocks_the_defence_recommendation_precedes_the_war(prose):
    events = {row["id"]: row for row in rows("events")}
    blocks = [
        events[row["unit"]]
        for row in rows("codings")
        if (row["variable"], row["value"], row["coder"]) == ("bears on defence", "obstacle", "first")
    ]
    dated = [row for row in blocks if row["latest"]]
    assert all(row["latest"] < "2022-02-24" for row in dated)
    assert f"all dated steps that block it, {len(dated)} in the coding, precede the war" in prose


def test_every_theatre_diverges_and_some_also_meet(prose):
    goals = {}
    for row in rows("codings"):
        if row["variable"] == "theatre goal" and row["coder"] == "first":
            goals.setdefault(row["unit"], set()).add(row["value"])
    everywhere = sum("diverging" in g for g in goals.values())
    assert f"stated for all {everywhere} of {len(goals)} theatres" in prose
    assert f"For {sum(len(g) > 1 for g in goals.values())} of them" in prose
