"""Two formalisings of the central claims, made blind of each other, and the verdicts that each leads to."""

from __future__ import annotations

import csv
from functools import cache

import pandas as pd

from asprinted.book import DATA
from asprinted.record import Record, record, tables
from asprinted.verdicts import Court, Verdict

SECOND = DATA / "readings" / "second"


def _rows(name: str) -> list[dict[str, str]]:
    with (SECOND / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def second_record() -> Record:
    """The record with the second formaliser's central claims in the place of the first's, and nothing else changed."""
    base = record()
    missing = {row["slug"]: tables()["missing"].model.model_validate(row) for row in _rows("missing")}
    claims = {
        row["id"]: base.rows["claims"][row["id"]].model_copy(
            update={name: row[name] for name in ("measure", "inputs", "claimed")}
        )
        for row in _rows("claims")
    }
    return Record(base.rows | {"claims": claims, "missing": base.rows["missing"] | missing})


def _said(found: Verdict) -> str:
    """A verdict in one phrase, with the kind of reason where the claim is untestable."""
    if found.reason:
        return "untestable: " + ("vague" if found.reason.startswith("vague") else "missing number")
    return found.headline


@cache
def pairs() -> pd.DataFrame:
    """For every central claim: its id, text, words, and the verdict under each of the two formalisings."""
    first, second = Court(record()), Court(second_record())
    found = []
    for identifier, row in second_record().rows["claims"].items():
        if identifier in record().rows["claims"]:
            a, b = first.judge(identifier), second.judge(identifier)
            found.append((identifier, row.text, row.claim, _said(a), _said(b), a.headline == b.headline))
    return pd.DataFrame(found, columns=["id", "text", "claim", "first", "second", "alike"])
