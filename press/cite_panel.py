"""The citation of a figure as HTML: every form as text that can be selected, each with a button that copies it."""

from __future__ import annotations

from functools import cache
from html import escape

from asprinted.book import released
from asprinted.citations import figure_reference, forms
from asprinted.figures import FIGURES

FORMS = {
    "short": "Short form",
    "full": "Full form",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
}
FILES = {"bibtex": "bib", "ris": "ris", "csl": "json"}  # the forms that are files too, and their endings


@cache
def citation(identifier: str) -> dict[str, str]:
    """A figure's citation in every form. Raises KeyError for an unknown figure."""
    return forms(figure_reference(identifier))


def shown(identifier: str, form: str) -> str:
    """A form of a figure's citation as a page shows it and a button copies it: lines end in LF, none at the end."""
    return citation(identifier)[form].replace("\r\n", "\n").rstrip("\n")


def _form(identifier: str, form: str, folder: str) -> str:
    name, target = FORMS[form], f"cite-{form}-{identifier}"
    file = (
        f' <a class="cite-file" href="{folder}{identifier}.{FILES[form]}" download>.{FILES[form]} file</a>'
        if form in FILES
        else ""
    )
    return (
        f'<div class="cite-form {form}"><p class="cite-name">{name}{file}</p>'
        f'<button class="copy" type="button" data-copies="{target}" hidden>Copy<span class="for"> {name}</span></button>'
        f'<pre id="{target}">{escape(shown(identifier, form), quote=False)}</pre></div>'
    )


def panel(identifier: str, folder: str = "") -> str:
    """Every form of a figure's citation; `folder` leads from the page to the folder of the figures."""
    forms_ = "".join(_form(identifier, form, folder) for form in FORMS)
    version = FIGURES[identifier].changed
    at_work = (
        "" if released(version) else f"<p>Version {version} is not released: the figure may still change.</p>"
    )
    return f'<div class="cite-forms">{at_work}{forms_}</div>'


def folded(identifier: str) -> str:
    """What folds out under a figure in its chapter: its citation, and the way to its page and its files."""
    entry = FIGURES[identifier]
    files = ", ".join(
        f'<a href="figures/{identifier}{ending}" download>{name}</a>'
        for name, ending in (
            ("SVG", ".svg"),
            ("PDF", ".pdf"),
            ("PNG", ".png"),
            ("data", ".csv"),
            ("all in one zip", ".zip"),
        )
    )
    return (
        f'<details class="cite-figure" id="cite-{identifier}"><summary>Cite this figure '
        f'<span class="of">({identifier}, version {entry.changed})</span></summary>'
        f'<p><a href="figures/{identifier}.html">The page of this figure</a> has its long description, its data as a table '
        f"and every printed phrase behind it. Files: {files}.</p>{panel(identifier, 'figures/')}</details>"
    )
