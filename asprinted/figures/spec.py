"""The record of a figure: everything its caption, alt text, citation and files are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure as Drawing

from asprinted.figures.style import Sheet


@dataclass(frozen=True)
class Figure:
    """One figure. Its id is never reused; `data` computes from the record, `draw` draws that and nothing else."""

    id: str
    title: str
    chapter: str
    claims: tuple[str, ...]
    rows: tuple[str, ...]  # ids of the quantities and events it draws
    first: str  # version of the book in which it first stood
    changed: str  # version in which it last changed
    data: Callable[[], pd.DataFrame]
    draw: Callable[[pd.DataFrame, Sheet], Drawing]
    caption: Callable[[pd.DataFrame], str]
    alt: Callable[[pd.DataFrame], str]
