"""The axis argument: a theory as stated values, its causal chain, its arenas and the evidence printed for each."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable

import pandas as pd

from asprinted import agreement, order
from asprinted.agreement import Coefficient, Matching
from asprinted.dates import MEASURES_OF_DATES
from asprinted.record import Row, record
from asprinted.verdicts import Verdict, verdicts

TEXT = "kocak2026"
COUNTS = ("q-kocak-four-arenas-abstract", "q-kocak-three-domains", "q-kocak-four-arenas-sec3")
FILTER_CLUSTERS = "q-kocak-four-clusters"
CONDITIONS = "q-kocak-three-dimensions"
MAGNITUDES = (
    "q-kocak-decade-earlier",
    "q-kocak-within-months",
    "q-kocak-annual-exercises",
    "q-kocak-socar-stake",
)

SYSTEMIC = ("clarity", "permissiveness")
FILTERS = (
    "leader images",
    "strategic culture",
    "state-society relations",
    "institutions",
    "domestic filters",
)
OUTCOMES = ("outcome: defence", "outcome: economy", "outcome: culture", "outcome: ots", "outcome: overall")
VARIABLES = SYSTEMIC + FILTERS + OUTCOMES

OPENING_UNITS = ("system", "Caucasus and Central Asia", "United States", "Russia")
STATES = ("Türkiye", "Azerbaijan", "Türkiye; Azerbaijan")
CASE_UNITS = (*STATES, "OTS")
OTHER_UNITS = ("others, named", "others, unnamed")
THEORY_UNITS = ("examples", "in general")
EXAMPLES = ("Cold War proxy zones", "unipolar moments")
PERIODS = ("before", "since")
CHANGE = frozenset({"rising", "declining", "growing"})  # values that state a change, not a level

ARENAS = ("Defence", "Economy and energy", "Identity", "Turkic organisation")
ARENA_OF = {
    "defence": "Defence",
    "energy": "Economy and energy",
    "trade": "Economy and energy",
    "finance": "Economy and energy",
    "identity": "Identity",
    "institution": "Turkic organisation",
}
EVIDENCE = ("dated by the text", "quantity", "dated by a citation only", "undated")
MONEY = ("USD", "TRY", "EUR", "unstated")
EMPIRICAL = "Strategic Convergence and Institutionalization"
OPENING = "Permissive opening"

OWN_ARGUMENTS = ("theory", "identity", "defence", "trade")


def _codes(variable: str) -> dict[str, str]:
    """The first reading's values of a variable of the text, by coded unit."""
    rows = record().select(f"codings?text={TEXT}&coder=first&variable={variable}")
    return {row.unit: row.value for row in rows}


def statements(coder: str = "first") -> pd.DataFrame:
    """Every value stated for a variable of the theory, as one reading has it: one row a statement.

    Columns: id, paragraph, phrase, variable, value, column (the unit it speaks of), period ("before",
    "since" or "in general"). What neither speaks of an earlier time nor in general counts as "since":
    the time since the war, now, or no stated time. Which is which is a coding of the record.
    """
    periods, comparators = _codes("period"), _codes("comparator")
    found = []
    for row in record().select(f"codings?text={TEXT}&coder={coder}"):
        if row.variable not in VARIABLES:
            continue
        column, period = row.unit, periods.get(row.id, "since")
        if row.unit in EXAMPLES:
            column, period = "examples", "in general"
        elif row.unit == "states in general" or "in general" in (period, comparators.get(row.id)):
            column, period = "in general", "in general"
        elif row.id in comparators:
            column = f"others, {comparators[row.id]}"
        found.append((row.id, row.paragraph, row.printed, row.variable, row.value, column, period))
    return pd.DataFrame(found, columns=["id", "paragraph", "phrase", "variable", "value", "column", "period"])


def cells(coder: str = "first") -> pd.DataFrame:
    """The grid: one row for each variable, unit and period, with its statements, values and state.

    The state is "empty" (nothing stated), "constant" (one value only), "several values", or "no case"
    for what is said in general or of an example.
    """
    said = statements(coder)
    places = [(unit, period) for period in PERIODS for unit in (*OPENING_UNITS, *CASE_UNITS, *OTHER_UNITS)]
    places += [(unit, "in general") for unit in THEORY_UNITS]
    found = []
    for variable in VARIABLES:
        for unit, period in places:
            here = said[
                (said["variable"] == variable) & (said["column"] == unit) & (said["period"] == period)
            ]
            counts = Counter(here["value"])
            if not counts:
                state = "empty"
            elif period == "in general":
                state = "no case"
            else:
                state = "constant" if len(counts) == 1 else "several values"
            values = "; ".join(f"{value} {n}" for value, n in counts.most_common())
            found.append((variable, unit, period, len(here), values, state))
    return pd.DataFrame(found, columns=["variable", "unit", "period", "statements", "values", "state"])


def _values(said: pd.DataFrame, variable: str, period: str, units: Iterable[str]) -> Counter:
    here = said[
        (said["variable"] == variable) & (said["period"] == period) & said["column"].isin(list(units))
    ]
    return Counter(here["value"])


def compared(coder: str = "first") -> pd.DataFrame:
    """What the stated values allow to be compared: each variable over time, and against other states.

    A comparison is "differs" if the earlier time (or the other states) has a value that the present
    of the opening and of the cases does not have, "no difference" if it has values and all of them recur,
    "change only" if the present is told as a change and nothing earlier is stated, else "nothing to compare".
    Columns `before`, `since`, `others` hold the values with their counts.
    """
    said = statements(coder)
    found = []
    for variable in VARIABLES:
        before, since = (_values(said, variable, period, (*OPENING_UNITS, *CASE_UNITS)) for period in PERIODS)
        others = _values(said, variable, "since", OTHER_UNITS)
        over_time = _compared(before, since)
        if over_time == "nothing to compare" and CHANGE & since.keys():
            over_time = "change only"
        found.append((variable, before, since, others, over_time, _compared(others, since)))
    return pd.DataFrame(
        found, columns=["variable", "before", "since", "others", "over time", "against others"]
    )


def _compared(other: Counter, present: Counter) -> str:
    if not other or not present:
        return "nothing to compare"
    return "differs" if other.keys() - present.keys() else "no difference"


def values_text(counts: Counter, most: int = 4) -> str:
    """Values with their counts, most frequent first; "—" if there is none."""
    said = [f"{value} ({n})" for value, n in counts.most_common(most)]
    left = len(counts) - most
    return (
        ", ".join(said) + (f" and {left} other{'s' if left > 1 else ''}" if left > 0 else "") if said else "—"
    )


def same_conclusions() -> tuple[int, int]:
    """How many of the comparisons come out alike in both readings, and of how many."""
    columns = ["over time", "against others"]
    first, second = (compared(coder)[columns] for coder in ("first", "second"))
    return int((first == second).to_numpy().sum()), first.size


def of_both_states() -> tuple[int, int]:
    """How many present statements on a domestic filter speak of both states at once, and of how many."""
    said = statements()
    own = said[said["variable"].isin(FILTERS) & said["column"].isin(STATES) & (said["period"] == "since")]
    return int((own["column"] == "Türkiye; Azerbaijan").sum()), len(own)


def comparators() -> pd.DataFrame:
    """Every statement on other states: paragraph, phrase, variable, value and whether a state or group is named."""
    said = statements()
    return said[said["column"].isin(OTHER_UNITS)].reset_index(drop=True)


# --- the stated chain -----------------------------------------------------------------------------


def _days(identifier: str) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day that the print gives an end of a link; (None, None) for an undated end or a mere phrase."""
    event = record().rows["events"].get(identifier)
    return (event.earliest, event.latest) if event else (None, None)


def chain() -> pd.DataFrame:
    """The stated links, numbered in the order of the text: step of the cause and of the effect, sign, phrase, days, dating.

    Where both ends have days the dating is what these make of the order (`asprinted.order`): "as stated",
    "open" or "not as stated"; else it is "one end undated" or "both ends undated".
    """
    steps, by_days = _codes("chain step"), order.links().set_index("id")["by days"]
    found = []
    for number, link in enumerate(record().select(f"links?text={TEXT}"), start=1):
        cause, _, effect = steps[link.id].partition(" → ")
        ends = [_days(link.cause), _days(link.effect)]
        dated = [any(days) for days in ends]
        undated = "one end undated" if any(dated) else "both ends undated"
        found.append(
            {
                "number": number,
                "cause": cause,
                "effect": effect,
                "sign": link.sign,
                "phrase": link.printed,
                "paragraph": link.paragraph,
                "cause_from": ends[0][0],
                "cause_to": ends[0][1],
                "effect_from": ends[1][0],
                "effect_to": ends[1][1],
                "dating": by_days[link.id] if all(dated) else undated,
                "id": link.id,
            }
        )
    return pd.DataFrame(found)


def dated_ends(links: pd.DataFrame | None = None) -> list[str]:
    """The events at the ends of links that have a first or a last day, in the order of the text."""
    links = chain() if links is None else links
    ends = [end for i in links["id"] for end in (record().find(i).cause, record().find(i).effect)]
    return [end for end in dict.fromkeys(ends) if any(_days(end))]


def step_days(links: pd.DataFrame) -> dict[str, tuple[datetime.date | None, datetime.date | None]]:
    """For each step the first and last day of its dated ends; None where no end has such a bound."""
    found: dict[str, list[tuple]] = {}
    for row in links.itertuples():
        found.setdefault(row.cause, []).append((row.cause_from, row.cause_to))
        found.setdefault(row.effect, []).append((row.effect_from, row.effect_to))

    def bound(days: list, which: int, choose):
        dated = [pair for pair in days if any(pd.notna(day) for day in pair)]
        ends = [pair[which] for pair in dated]
        return choose(ends) if ends and all(pd.notna(end) for end in ends) else None

    return {step: (bound(days, 0, min), bound(days, 1, max)) for step, days in found.items()}


def reached(start: str, links: pd.DataFrame | None = None) -> frozenset[str]:
    """The steps that stated links lead to from a step, directly or through others."""
    links = chain() if links is None else links
    found: set[str] = set()
    front = {start}
    while front:
        front = set(links.loc[links["cause"].isin(front), "effect"]) - found
        found |= front
    return frozenset(found)


def unreached(links: pd.DataFrame | None = None) -> tuple[str, ...]:
    """The arenas that no stated link has as its effect."""
    links = chain() if links is None else links
    return tuple(arena for arena in ARENAS if arena not in set(links["effect"]))


# --- arenas and evidence --------------------------------------------------------------------------


def lists() -> pd.DataFrame:
    """The places that say of which arenas the cooperation or the study consists: one row a place, one column an arena."""
    rows = record().select(f"codings?text={TEXT}&variable=arena listed")
    paragraphs = sorted({row.paragraph for row in rows})
    named = {(row.paragraph, row.unit) for row in rows}
    sections = {row.paragraph: row.section for row in rows}
    return pd.DataFrame(
        {
            "section": sections[p],
            "paragraph": p,
            **{arena: (p, arena) in named for arena in ARENAS},
        }
        for p in paragraphs
    ).assign(arenas=lambda table: table[list(ARENAS)].sum(axis=1))


def _kind(row: Row) -> str:
    """What kind of evidence an event is: dated by the text's own words, by a citation, or not."""
    if not (row.earliest or row.latest):
        return "undated"
    return "dated by a citation only" if row.dating == "source" else "dated by the text"


def evidence() -> pd.DataFrame:
    """Each step and magnitude of the empirical section by arena and kind: id, arena, kind, what, days.

    Steps follow the argument of their row, the Shusha Declaration its coding (defence). Counts of leaders,
    states and the like are no evidence and are left out; a step said only to come "since" or "later" is undated.
    """
    coded = _codes("arena")
    found = []
    for table, what in (("events", "event"), ("quantities", "quantity")):
        for row in record().select(f"{table}?text={TEXT}&section={EMPIRICAL}"):
            arena = coded.get(row.id) or ARENA_OF.get(row.argument)
            if arena is None or (table == "quantities" and row.kind == "count"):
                continue
            kind = "quantity" if table == "quantities" else _kind(row)
            days = (row.earliest, row.latest) if table == "events" else (None, None)
            found.append((row.id, arena, kind, getattr(row, what), *days))
    return pd.DataFrame(found, columns=["id", "arena", "kind", "what", "earliest", "latest"])


def evidence_counts(rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """How many steps and magnitudes of each kind an arena has: arenas down, kinds across."""
    rows = evidence() if rows is None else rows
    return pd.crosstab(rows["arena"], rows["kind"]).reindex(index=ARENAS, columns=EVIDENCE, fill_value=0)


def dates_of(arena: str) -> int:
    """How many different dates the dated steps of an arena have."""
    rows = evidence()
    own = rows[(rows["arena"] == arena) & (rows["kind"] == "dated by the text")]
    return len({(row.earliest, row.latest) for row in own.itertuples()})


def announced() -> pd.DataFrame:
    """Each kind of evidence that the text announces: where, and how much of it the copy held prints or cites.

    Documents and statements are counted by citations of official bodies, budgets by amounts of money in digits,
    images and interviews by citations of their kind.
    """
    cited = sources()
    amounts = [row for row in record().select(f"quantities?text={TEXT}") if row.unit in MONEY and row.digits]
    shown = {"documents and statements": cited["official body"], "budget figures": len(amounts)}
    found: dict[str, list[str]] = {}
    for row in record().select(f"codings?text={TEXT}&variable=evidence announced"):
        found.setdefault(row.unit, []).append(f"“{row.printed}” ¶{row.paragraph}")
    return pd.DataFrame(
        {"kind": kind, "announced": ", ".join(places), "shown": shown.get(kind, cited[kind])}
        for kind, places in found.items()
    )


def sources(section: str = "") -> Counter:
    """The citations of the text, or of one section, by kind of publisher."""
    rows = record().select(f"codings?text={TEXT}&variable=source kind")
    return Counter(row.value for row in rows if section in ("", row.section))


# --- verdicts, tensions, agreement ----------------------------------------------------------------


def is_order(found: Verdict) -> bool:
    """Whether a claim is one of dates: an order, or a length of time between printed days."""
    return found.formal is not None and bool(MEASURES_OF_DATES.keys() & set(found.formal.measures))


def own_verdicts(*arguments: str) -> list[Verdict]:
    """The central and supporting claims of the text on some arguments, claims of dates left out."""
    return [
        found
        for argument in arguments
        for found in verdicts(text=TEXT, argument=argument)
        if found.claim.weight != "aside" and not is_order(found)
    ]


def all_counts() -> pd.DataFrame:
    """All claims of the text by argument and verdict, claims of dates apart."""
    found = verdicts(text=TEXT)
    group = ["dates" if is_order(v) else v.claim.argument for v in found]
    return pd.crosstab(pd.Series(group, name="group"), pd.Series([v.word for v in found], name="verdict"))


def side_by_side(identifiers: Iterable[str]) -> pd.DataFrame:
    """Places of the text that pull apart: both phrases with their paragraphs, and what pulls."""
    rows = [record().rows["tensions"][identifier] for identifier in identifiers]
    return pd.DataFrame(
        {
            "One place": f"“{row.printed}” ¶{row.paragraph}",
            "Another": f"“{row.printed_b}” ¶{row.paragraph_b}",
            "What pulls apart": row.note,
        }
        for row in rows
    )


def _as_read(row: dict) -> str:
    """The word a reader used, before it was mapped to the frame."""
    note = next((part for part in row["note"].split("; ") if part.startswith("word as read: ")), "")
    return note.removeprefix("word as read: ") or row["value"]


def matched() -> Matching:
    """The two readings' statements laid side by side: same paragraph, overlapping phrase."""
    readings = []
    for coder in ("first", "second"):
        rows = [row.model_dump() for row in record().select(f"codings?text={TEXT}&coder={coder}")]
        readings.append(
            [{**row, "paragraph": str(row["paragraph"])} for row in rows if row["variable"] in VARIABLES]
        )
    return agreement.match(*readings, ["paragraph"])


def alike() -> pd.DataFrame:
    """Agreement on the places that both readings coded: what, places alike, places, kappa with its interval, alpha."""
    pairs = matched().pairs
    asked = {
        "variable": lambda row: row["variable"],
        "unit": lambda row: row["unit"],
        "value, in the common frame": lambda row: row["value"],
        "value, in each reader's own word": _as_read,
    }
    found = []
    for what, code in asked.items():
        codes = [(code(a), code(b)) for a, b in pairs]
        kappa: Coefficient = agreement.kappa(codes)
        alpha = agreement.krippendorff_alpha(codes)
        same = sum(a == b for a, b in codes)
        found.append((what, same, len(codes), kappa.value, kappa.low, kappa.high, alpha.value))
    return pd.DataFrame(found, columns=["what", "alike", "places", "kappa", "low", "high", "alpha"])


def all_alike() -> tuple[int, int]:
    """Places given the same variable, unit and value by both readings, and all places that either coded."""
    found = matched()
    same = sum(all(a[c] == b[c] for c in ("variable", "unit", "value")) for a, b in found.pairs)
    return same, len(found.pairs) + len(found.only_first) + len(found.only_second)
