"""Ids of the rows that a figure draws on: the codings behind its data, and the events that date its events."""

from __future__ import annotations

from collections.abc import Iterable

from asprinted.record import record


def codings(
    variables: str | Iterable[str], units: Iterable[str] | None = None, text: str = "", coder: str = "first"
) -> tuple[str, ...]:
    """The codings of some variables by one coder: of all units or of those named, in all texts or in one."""
    wanted = {variables} if isinstance(variables, str) else set(variables)
    among = None if units is None else set(units)
    return tuple(
        row.id
        for row in record().rows["codings"].values()
        if row.coder == coder
        and row.variable in wanted
        and (among is None or row.unit in among)
        and text in ("", row.text)
    )


def with_anchors(events: Iterable[str]) -> tuple[str, ...]:
    """Some events, and after them those that they are dated against, directly or through others."""
    found = list(dict.fromkeys(events))
    for identifier in found:
        anchor = record().rows["events"][identifier].anchor
        if anchor and anchor not in found:
            found.append(anchor)
    return tuple(found)
