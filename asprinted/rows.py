"""One printed quantity as a reader asks for it: the phrase, its place, the number and the sets it allows."""

from __future__ import annotations

import difflib
import html
from dataclasses import dataclass

from asprinted import display
from asprinted.readings import READINGS, THOUSANDS, Hedge, Reading
from asprinted.record import Record, Row
from asprinted.sets import RealSet
from asprinted.verdicts import read_quantity

UNIT_NAMES = {"USD": "dollars", "share": "", "factor": "times", "rank": "", "unstated": "(no currency)"}
ONE = {"1", "one", "a", "only", "single"}
WHOLE = {"annual", "quartet", "twice"}  # say by themselves what they count


def place(row: Row) -> str:
    """Where a row's phrase stands: text and paragraph."""
    return f"{row.text} ¶{row.paragraph}"


def _unit(row: Row) -> str:
    """A quantity's unit as it follows the number: in the singular after one, not at all after a word that holds it."""
    name = UNIT_NAMES.get(row.unit, row.unit)
    singular = f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
    digits = row.digits.lower()
    if name == "times" and not digits[:1].isdigit():
        return ""
    if row.scale or name in UNIT_NAMES.values() or not digits:
        return name
    if singular in digits or digits in WHOLE:
        return ""
    return singular if digits in ONE else name


def as_printed(row: Row) -> str:
    """A quantity's number as printed: hedge, digits, scale and unit, each word once."""
    scale = "" if row.scale and row.hedge.endswith(row.scale) else row.scale
    return " ".join(dict.fromkeys(filter(None, (row.hedge, row.digits, scale, _unit(row)))))


def _places(row: Row) -> int:
    """Decimals that show a quantity's sets: one more than are printed; none for a bare count, which is whole."""
    if row.kind == "count":
        return 0
    _, _, decimals = THOUSANDS.sub("", row.digits).replace(",", ".").partition(".")
    return len(decimals) + 1 if decimals.isdigit() or not decimals else 1


@dataclass(frozen=True)
class Quantity:
    """A row of the quantities table with every sense of its hedge word.

    A notebook shows it as a small table; `read` gives the exact set, `row` every column.
    """

    row: Row
    senses: tuple[Hedge, ...]

    def read(self, reading: Reading = "plain", sense: str | None = None) -> RealSet:
        """The values that the print allows, in whole units (dollars, tonnes, shares of one).

        Without a sense, the hedge's first is taken. Raises KeyError for a sense that the hedge has not.
        """
        senses = {hedge.sense: hedge for hedge in self.senses}
        return read_quantity(self.row, reading, senses[sense] if sense else self.senses[0])

    @property
    def sets(self) -> dict[Reading, str]:
        """The sets under the three readings as text, in the printed scale; the senses of a word are joined."""
        return {
            reading: " or ".join(
                display.interval(self.read(reading, hedge.sense), _places(self.row), self.row.scale)
                for hedge in self.senses
            )
            for reading in READINGS
        }

    @property
    def _lines(self) -> dict[str, str]:
        period = f", {self.row.period}" if self.row.period else ""
        return {
            "What": self.row.quantity + period,
            "Phrase": f"“{self.row.printed}”",
            "Place": f"{place(self.row)}, {self.row.section}" if self.row.section else place(self.row),
            "Number": as_printed(self.row),
            **{reading.capitalize(): text for reading, text in self.sets.items()},
        }

    def __repr__(self) -> str:
        width = max(map(len, self._lines))
        return "\n".join([self.row.id, *(f"  {name:<{width}}  {text}" for name, text in self._lines.items())])

    def _repr_html_(self) -> str:
        lines = "".join(
            f'<tr><th scope="row">{name}</th><td>{html.escape(text)}</td></tr>'
            for name, text in self._lines.items()
        )
        return f'<table class="printed"><caption>{self.row.id}</caption><tbody>{lines}</tbody></table>'


def quantity(found: Record, identifier: str) -> Quantity:
    """A quantity of a record. Raises KeyError, naming the closest ids, for an unknown one."""
    rows = found.rows["quantities"]
    if identifier not in rows:
        raise KeyError(f"no quantity {identifier!r} in the record{_closest(identifier, rows)}")
    row = rows[identifier]
    return Quantity(row, tuple(found.hedge_senses(row.hedge)))


def _closest(identifier: str, known: dict[str, Row]) -> str:
    """What to try instead of an unknown id."""
    near = difflib.get_close_matches(identifier, known, n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""
