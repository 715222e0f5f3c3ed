"""The record of a figure: everything its caption, alt text, citation and files are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure as Drawing

from asprinted.book import Licence, book, licence
from asprinted.figures.style import Sheet


@dataclass(frozen=True)
class Figure:
    """One figure. Its id is never reused; `data` computes from the record, `draw` draws that and nothing else."""

    id: str
    title: str
    chapter: str
    claims: tuple[str, ...]
    rows: tuple[str, ...]  # ids of all rows of the record that its data come from
    first: str  # version of the book in which it first stood
    changed: str  # version in which it last changed
    data: Callable[[], pd.DataFrame]
    draw: Callable[[pd.DataFrame, Sheet], Drawing]
    caption: Callable[[pd.DataFrame], str]
    alt: Callable[[pd.DataFrame], str]
    description: Callable[[pd.DataFrame], str]  # all that a reader needs who cannot see it

    @property
    def identifier(self) -> str:
        """Its id with the version of the book in which it last changed."""
        return f"{self.id}, version {self.changed} of {book().name}"

    @property
    def mark(self) -> str:
        """The same in short, for the margin of the copy in the book, so that a screenshot can be traced."""
        return f"{book().name} {self.changed} · {self.id}"

    @property
    def licence(self) -> Licence:
        """Under what licence it may be used: that of the record it is drawn from."""
        return licence()
