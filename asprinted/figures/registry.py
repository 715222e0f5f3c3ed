"""Every figure by its id. A chapter's module is loaded when one of its figures is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from asprinted.figures.spec import Figure

# Chapter, the module that draws its figures, and how their ids begin.
MODULES = {
    "turkic-axis": ("axis", "fig-axis-"),
    "three-texts": ("comparison", "fig-three-texts-"),
    "the-record": ("contents", "fig-record-"),
    "energy-dependence": ("energy", "fig-energy-"),
    "institutional-engagement": ("institutions", "fig-institutions-"),
    "asymmetric-leverage": ("leverage", "fig-leverage-"),
    "what-came-first": ("order", "fig-order-"),
    "trade-diversification": ("trade", "fig-trade-"),
}


def of_chapter(chapter: str) -> tuple[Figure, ...]:
    """The figures of a chapter in the order in which its module lists them; none for a chapter without."""
    if chapter not in MODULES:
        return ()
    return import_module(f"asprinted.figures.{MODULES[chapter][0]}").FIGURES


class Figures(Mapping[str, Figure]):
    """All figures, chapter by chapter."""

    @staticmethod
    def _find(identifier: object) -> Figure | None:
        for chapter, (_, beginning) in MODULES.items():
            if str(identifier).startswith(beginning):
                return next((entry for entry in of_chapter(chapter) if entry.id == identifier), None)
        return None

    def __contains__(self, identifier: object) -> bool:
        return self._find(identifier) is not None

    def __getitem__(self, identifier: str) -> Figure:
        if found := self._find(identifier):
            return found
        raise KeyError(f"no figure {identifier!r}; there are {', '.join(self)}")

    def __iter__(self) -> Iterator[str]:
        return (entry.id for chapter in MODULES for entry in of_chapter(chapter))

    def __len__(self) -> int:
        return sum(1 for _ in self)


FIGURES = Figures()
