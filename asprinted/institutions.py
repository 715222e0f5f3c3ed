"""The institutional argument: standings, steps and their days, and the parts of the article's definition.

What is a step, on which rung a standing lies and which parts of the definition a sentence states are
codings of the record; every function that uses them takes the coder. The rules stand in the chapter.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from types import MappingProxyType

import pandas as pd
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep, test_poisson_2indep

from asprinted.agreement import Coefficient, kappa
from asprinted.dates import Span
from asprinted.measures import count_from, pace_ratio
from asprinted.record import Row, record
from asprinted.sets import RealSet
from asprinted.texts import ROLES
from asprinted.verdicts import court

ARTICLE = "kurnaz2026"
TEXTS = ROLES
WINDOWS = {"kurnaz2026": "e-kurnaz-biden-era", "kocak2026": "e-kocak-study-period"}
LENGTHS = ("q-carnegie-seven-decades-nato", "q-carnegie-invitation-five-years", "q-kocak-within-months")

NOT_ACTS = frozenset({"relations", "other", "flow", "incident", "war"})  # states, trends and surroundings
RETOLD = ("References", "GENİŞLETİLMİŞ ÖZET")  # titles of cited works; the Turkish summary
NO_ACT = "no act"
NO_BODY = "none named"

RUNGS = ("wish", "applicant", "takes part", "dialogue partner", "observer", "member", "leads")
FORMAL = ("applicant", "dialogue partner", "observer", "member")  # a state holds one of these at a time
PARTS = ("trigger", "aim", "means", "effect")
INSIDE = "alliance"
MEANS = frozenset({"institution", "diplomacy", "economic"})
STRENGTH = ("none", "West", "US")
DATED = (
    "to a year or less",
    "to several years",
    "only from below",
    "only from above",
    "not at all",
)
LONGEST_YEAR = 366


@cache
def codes(variable: str, coder: str = "first") -> Mapping[str, str]:
    """One coder's values of a variable, by unit."""
    rows = record().select(f"codings?variable={variable}&coder={coder}")
    return MappingProxyType({row.unit: row.value for row in rows})


# --- days --------------------------------------------------------------------------------------------


def span(identifier: str) -> Span:
    """The first and the last day that the print allows an event, its stated relations taken into account.

    Without a first day it may lie as far back as the calendar goes; without a last, up to the last day
    that its text can know. Raises KeyError for an unknown event.
    """
    return court().chronicle.span(identifier)


def dated(days: Span, latest: datetime.date) -> str:
    """How a span is dated, in a word of `DATED`; `latest` is the last day that the text can know."""
    below, above = days[0] > datetime.date.min, days[1] < latest
    if below and above:
        return DATED[0] if (days[1] - days[0]).days < LONGEST_YEAR else DATED[1]
    return DATED[2] if below else DATED[3] if above else DATED[4]


# --- steps -------------------------------------------------------------------------------------------


def _names(cell: str) -> list[str]:
    return [name for name in map(str.strip, re.split(r"[;,]", cell)) if name]


def led(coder: str = "first") -> set[str]:
    """The bodies in which some text has Türkiye lead, host or hold a veto."""
    standings = record().rows["statuses"]
    return {
        standings[unit].institution
        for unit, rung in codes("rung", coder).items()
        if rung == "leads" and "Türkiye" in _names(standings[unit].state)
    }


@cache
def candidates(coder: str = "first") -> tuple[Row, ...]:
    """The events that the rule takes up: an act, in the body of a text, that names an institution or is filed

    under institutions, by Türkiye, or by a body that Türkiye leads and not toward Türkiye.
    """
    found = []
    bodies = led(coder)
    for row in record().rows["events"].values():
        actors = _names(row.actor)
        own = "Türkiye" in actors or (
            bodies & set(actors) & set(_names(row.institution)) and "Türkiye" not in _names(row.counterpart)
        )
        about = row.institution or row.argument == "institution"
        if own and about and row.type not in NOT_ACTS and not row.section.startswith(RETOLD):
            found.append(row)
    return tuple(found)


def steps(text: str | None = None, coder: str = "first") -> pd.DataFrame:
    """One row a step: its name, text, body, type, days, how it is dated, and the events that tell it.

    Events of one text with one name are one step, whose days are those that all of them allow.
    Raises ValueError if the days of a step's events clash, KeyError if a candidate is not coded.
    """
    names = codes("institutional step", coder)
    told: dict[tuple[str, str], list[Row]] = {}
    for row in candidates(coder):
        if names[row.id] != NO_ACT and text in (None, row.text):
            told.setdefault((row.text, names[row.id]), []).append(row)
    rows = []
    for (key, name), events in told.items():
        first, last = (
            max(span(e.id)[0] for e in events),
            min(span(e.id)[1] for e in events),
        )
        if first > last:
            raise ValueError(f"the days of {name!r} clash: " + ", ".join(e.id for e in events))
        rows.append(
            {
                "step": name,
                "text": key,
                "body": next((_names(e.institution)[0] for e in events if e.institution), NO_BODY),
                "type": events[0].type,
                "first": first,
                "last": last,
                "dated": dated((first, last), record().rows["texts"][key].latest),
                "events": tuple(e.id for e in events),
            }
        )
    return pd.DataFrame(rows)


def by_dating() -> pd.DataFrame:
    """How many steps of each text are dated how: one row a text."""
    found = steps()
    table = pd.crosstab(found["text"], found["dated"]).reindex(
        index=list(TEXTS), columns=list(DATED), fill_value=0
    )
    return (
        table.assign(steps=table.sum(axis=1))
        .rename_axis("text")
        .rename_axis("", axis="columns")
        .reset_index()
    )


def by_type() -> pd.DataFrame:
    """How many steps of each type are dated to a year or less, and how many are not: one row a type."""
    found = steps()
    near = found["dated"] == DATED[0]
    table = pd.DataFrame(
        {"to a year or less": found[near].groupby("type").size(), "all": found.groupby("type").size()}
    )
    return table.fillna(0).astype(int).sort_values("all", ascending=False).rename_axis("type").reset_index()


def through() -> pd.DataFrame:
    """What each text says is done through which body: one row a body, one column a text, the steps by name."""
    found = steps()
    bodies = found.groupby("body").size().sort_values(ascending=False, kind="stable").index
    bodies = [b for b in bodies if b != NO_BODY] + [NO_BODY]
    return pd.DataFrame(
        {
            "body": body,
            **{text: tuple(found[(found.body == body) & (found.text == text)].step) for text in TEXTS},
        }
        for body in bodies
    )


# --- the pace ----------------------------------------------------------------------------------------


def spans(text: str, only_dated: bool = False, coder: str = "first", as_episodes: bool = False) -> list[Span]:
    """The days of a text's steps; `only_dated` leaves out those without a first day.

    With `as_episodes` the steps of one coded episode (a summit, a dispute) count once, at the days that
    all of them allow. Raises ValueError if an episode's days clash.
    """
    episodes = codes("step episode", coder) if as_episodes else {}
    told: dict[str, list[Span]] = {}
    for row in steps(text, coder).itertuples():
        name = next((episodes[event] for event in row.events if event in episodes), row.step)
        told.setdefault(name, []).append((row.first, row.last))
    found = [(max(first for first, _ in days), min(last for _, last in days)) for days in told.values()]
    if any(first > last for first, last in found):
        raise ValueError("the days of an episode clash")
    return [days for days in found if not only_dated or days[0] > datetime.date.min]


def window(text: str) -> Span | None:
    """The window that a text declares, or None."""
    return span(WINDOWS[text]) if text in WINDOWS else None


def after_2020() -> datetime.date:
    """The first day after 2020: the day on which the article's window opens."""
    return span(WINDOWS[ARTICLE])[0]


def ribbon(text: str, first_year: int = 2008) -> pd.DataFrame:
    """Least and greatest number of a text's steps from each first of a month on, up to its latest day."""
    latest = record().rows["texts"][text].latest
    days = pd.date_range(datetime.date(first_year, 1, 1), latest, freq="MS").date
    found = spans(text)
    rows = []
    for day in days:
        hull = count_from(found, day).hull
        rows.append(
            {"text": text, "day": day, "low": int(hull.lo), "high": int(hull.hi), "steps": len(found)}
        )
    return pd.DataFrame(rows)


def equal_start(text: str, day: datetime.date) -> datetime.date:
    """The day from which the time before a break is as long as the time from the break to the text's latest day."""
    return day - (record().rows["texts"][text].latest - day) - datetime.timedelta(days=1)


def first_dated(text: str) -> datetime.date:
    """The first day of a text's earliest step that has one."""
    return min(first for first, _ in spans(text, only_dated=True))


def selection_ratio(
    text: str, start: datetime.date, only_dated: bool = False, as_episodes: bool = False
) -> RealSet:
    """Steps a day after 2020 over steps a day from a start until then: what selection alone would have to explain.

    If steps were taken at one pace throughout, this is how many times likelier a later step was to be printed.
    """
    day = after_2020()
    found = spans(text, only_dated, as_episodes=as_episodes)
    return pace_ratio(found, start, day, record().rows["texts"][text].latest)


def certainly_faster(text: str, first_year: int = 2010) -> list[datetime.date]:
    """The firsts of a month from which the pace is above the pace of an equal time before, wherever the steps fall."""
    latest = record().rows["texts"][text].latest
    found = spans(text)
    days = pd.date_range(datetime.date(first_year, 1, 1), latest, freq="MS").date
    ratios = {day: pace_ratio(found, equal_start(text, day), day, latest) for day in days}
    return [day for day, ratio in ratios.items() if ratio and ratio.hull.lo > 1]


def counts_either_side(text: str, start: datetime.date) -> tuple[int, int]:
    """Dated steps from a start to the end of 2020, and after; each is counted where all of its days lie."""
    day = after_2020()
    found = spans(text, only_dated=True)
    return (
        sum(start <= first and last < day for first, last in found),
        sum(first >= day for first, _ in found),
    )


def rate_ratio_intervals(
    later: int, later_time: float, earlier: int, earlier_time: float
) -> dict[str, tuple[float, float, float]]:
    """A ratio of two Poisson rates: 95 percent interval and two-sided p-value, exact and by the score.

    The exact interval is that of Clopper and Pearson for the later events' share of all events, turned
    into a ratio (Przyborowski and Wilenski 1940); the score interval and both tests are statsmodels'.
    """
    low, high = proportion_confint(later, later + earlier, method="beta")
    times = earlier_time / later_time
    args = (later, later_time, earlier, earlier_time)
    score = confint_poisson_2indep(*args, method="score", compare="ratio")
    return {
        "exact": (
            low / (1 - low) * times,
            high / (1 - high) * times if high < 1 else float("inf"),
            test_poisson_2indep(*args, method="exact-cond").pvalue,
        ),
        "score": (*map(float, score), test_poisson_2indep(*args, method="score").pvalue),
    }


# --- the ladder --------------------------------------------------------------------------------------


def standings(coder: str = "first") -> pd.DataFrame:
    """The standings that have a rung: one row a state, with text, body, rung, phrase, days and place.

    `earliest` or `latest` is None where the text prints none; `in_a_title` marks what only the title of a
    cited work says, `runs_on` a standing whose beginning is printed and whose end is not.
    """
    rungs = codes("rung", coder)
    rows = []
    for unit, rung in rungs.items():
        row = record().rows["statuses"][unit]
        rows += [
            {
                "id": unit,
                "state": state,
                "body": row.institution,
                "rung": rung,
                "text": row.text,
                "paragraph": row.paragraph,
                "printed": row.printed,
                "earliest": row.earliest,
                "latest": row.latest,
                "in_a_title": row.section.startswith("References"),
                "runs_on": row.earliest is not None and row.latest is None,
            }
            for state in _names(row.state)
        ]
    return pd.DataFrame(rows)


def formal_pairs(body: str, state: str = "Türkiye", coder: str = "first") -> pd.DataFrame:
    """Statements of different formal rungs for one state in one body and text, two by two.

    A state has one formal rung at a time, so two such statements hold together only one after the other.
    `may_meet` tells whether the stated days leave a day on which both would stand: a standing whose end is
    not printed has no end.
    """
    found = standings(coder)
    found = found[(found.body == body) & (found.state == state) & found.rung.isin(FORMAL)]
    rows = []
    for a, b in combinations(found.itertuples(), 2):
        if a.rung == b.rung or a.text != b.text:
            continue
        one, other = sorted((a, b), key=lambda s: FORMAL.index(s.rung))
        allowed = court().chronicle.order(one.id, other.id)
        rows.append({"lower": one, "higher": other, "may_meet": "same day" in allowed})
    return pd.DataFrame(rows)


def status_tensions(coder: str = "first") -> pd.DataFrame:
    """Tensions of status in the institutional argument: the standings told here and there, their rungs and days.

    Which standing a phrase speaks of is a coding. `finding` says what follows: a state holds one formal
    rung at a time, and a wish, a part taken or a leading part can stand beside any.
    """
    rungs = codes("rung", coder)
    sides = [codes(f"standing {side}", coder) for side in ("here", "there")]
    rows = []
    for tension in record().select("tensions?kind=status&argument=institution"):
        told = [record().rows["statuses"].get(side.get(tension.id, "")) for side in sides]
        both = [rungs.get(row.id, "") if row is not None else "" for row in told]
        allowed = court().chronicle.order(*(row.id for row in told)) if all(told) else frozenset()
        if not all(both):
            finding = "words differ, and no two rungs are stated"
        elif told[0].institution != told[1].institution:
            finding = "standings in two bodies"
        elif not set(both) <= set(FORMAL):
            finding = f"a {next(r for r in both if r not in FORMAL)} can stand beside a standing"
        elif "same day" in allowed:
            finding = "two formal rungs, and no printed end parts them"
        else:
            finding = "two formal rungs, the days one after the other"
        rows.append({"tension": tension, "rungs": tuple(both), "finding": finding})
    return pd.DataFrame(rows)


# --- the definition ----------------------------------------------------------------------------------

SCOPES = ("step", "body", "article")


def parts(coder: str = "first", scope: str = "step") -> pd.DataFrame:
    """The article's steps with what is stated of each part of the definition: trigger, aim, means and effect.

    Trigger, aim and effect are "US", "West" or "none". With scope "step" only sentences on the step itself
    count; with "body" also those on the body as a whole; with "article" also those on all steps together.
    Raises ValueError for another scope, or for one whose sentences the coder has not coded; KeyError for a
    step without a code.
    """
    if scope not in coded_scopes(coder):
        raise ValueError(
            f"expected a scope that the {coder} coder coded: {', '.join(coded_scopes(coder))}, found {scope!r}"
        )
    found = steps(ARTICLE)
    own = {part: codes(f"step {part}", coder) for part in PARTS}
    whole = {part: codes(f"whole {part}", coder) for part in PARTS if part != "means"}
    rows = []
    for row in found.itertuples():
        unit = coded_unit(row.events, coder)
        cells = {"step": row.step, "body": row.body, "unit": unit}
        for part in PARTS:
            told = [own[part][unit]]
            if part != "means" and scope != "step":
                told.append("none" if row.body == NO_BODY else whole[part][row.body])
            if part != "means" and scope == "article":
                told.append(whole[part][ARTICLE])
            cells[part] = told[0] if part == "means" else max(told, key=STRENGTH.index)
        rows.append(cells)
    return pd.DataFrame(rows)


def coded_scopes(coder: str = "first") -> tuple[str, ...]:
    """The scopes whose sentences a coder has coded: those on bodies and on all steps were coded once."""
    return SCOPES if codes("whole aim", coder) else SCOPES[:1]


def coded_unit(events: Sequence[str], coder: str = "first") -> str:
    """The event that bears a step's codes. Raises KeyError if none does."""
    coded = codes("step means", coder)
    try:
        return next(event for event in events if event in coded)
    except StopIteration:
        raise KeyError(f"no code of the {coder} coder for {', '.join(events)}") from None


def met(found: pd.DataFrame, west: bool = False, inside: bool = False) -> pd.DataFrame:
    """Which parts of the definition each step meets, and whether all: columns of True and False.

    A part is met if it names the United States, or with `west` also the West. The means are met if they are
    not military and stand outside a formal alliance (paragraph 32), or with `inside` also within one.
    """
    named = {"US", "West"} if west else {"US"}
    table = found[["step", "body"]].assign(
        **{part: found[part].isin(named) for part in PARTS if part != "means"},
        means=found["means"].isin(MEANS | ({INSIDE} if inside else set())),
    )
    return table.assign(all=table[list(PARTS)].all(axis=1))[["step", "body", *PARTS, "all"]]


def definition_counts(coder: str = "first") -> pd.DataFrame:
    """How many of the article's steps meet each part and all of them, by scope, and with the two widenings.

    `aim and means` counts the steps that meet these two, whatever is stated of the other parts.
    """
    rows = []
    for scope in coded_scopes(coder):
        for label, west, inside in (
            ("as defined", False, False),
            ("the West counts as well", True, False),
            ("within the alliance as well", False, True),
            ("both", True, True),
        ):
            table = met(parts(coder, scope), west, inside)
            table["aim and means"] = table["aim"] & table["means"]
            columns = (*PARTS, "aim and means", "all")
            rows.append({"scope": scope, "rule": label, **{c: int(table[c].sum()) for c in columns}})
    return pd.DataFrame(rows)


def coders() -> list[str]:
    """The coders who have coded every one of the article's steps on every part."""
    units = {coded_unit(events) for events in steps(ARTICLE).events}
    return [c for c in ("first", "second") if all(units <= codes(f"step {p}", c).keys() for p in PARTS)]


def agreements() -> dict[str, Coefficient]:
    """Cohen's kappa for each part over the steps that both coders coded; empty while there is one coder."""
    if len(coders()) < 2:
        return {}
    first, second = ({part: codes(f"step {part}", c) for part in PARTS} for c in ("first", "second"))
    return {
        part: kappa([(first[part][u], second[part][u]) for u in first[part] if u in second[part]])
        for part in PARTS
    }


def effects_inside(coder: str = "first") -> int:
    """How many steps in the alliance are said to have had an effect on the United States."""
    found = parts(coder)
    return int(((found["means"] == INSIDE) & (found["effect"] == "US")).sum())


def what_changes() -> str:
    """How the counts of steps that meet the definition differ under the second coder's codes of the steps."""
    if len(coders()) < 2:
        return "A second, blind coding has not been made yet; every count here rests on one coder."
    met_by: dict[str, list[int]] = {}
    for coder in ("first", "second"):
        table = definition_counts(coder)
        for row in table[table.scope == "step"].itertuples():
            met_by.setdefault(row.rule, []).append(row.all)
    inside = [effects_inside(coder) for coder in ("first", "second")]
    effects = [int((parts(coder)["effect"] == "US").sum()) for coder in ("first", "second")]

    def told(counts: Sequence[int]) -> str:
        first, second = counts
        return f"{first} by both codings" if first == second else f"{second} instead of {first}"

    return (
        f"Under the second coder's codes, the number of steps that meet every part is {told(met_by['as defined'])}; "
        f"with the alliance let in {told(met_by['within the alliance as well'])}, and with the West as well "
        f"{told(met_by['both'])}. Effects on the United States stated of steps in NATO are {told(inside)}, and of all steps {told(effects)}."
    )


# --- pressure and answer -----------------------------------------------------------------------------


def answers(coder: str = "first") -> pd.DataFrame:
    """Stated pressures of the United States and what is said to answer them, with days and the orders allowed."""
    rows = []
    for coding in record().select(f"codings?variable=answers pressure&coder={coder}"):
        pressure, answer = (record().rows["events"][i] for i in (coding.value, coding.unit))
        days = span(pressure.id), span(answer.id)
        rows.append(
            {
                "pressure": pressure,
                "answer": answer,
                "coding": coding,
                "pressure_dated": dated(days[0], record().rows["texts"][pressure.text].latest),
                "answer_dated": dated(days[1], record().rows["texts"][answer.text].latest),
                "orders": court().chronicle.order(pressure.id, answer.id),
            }
        )
    return pd.DataFrame(rows)
