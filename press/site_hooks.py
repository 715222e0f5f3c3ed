"""What is set into the pages as Sphinx builds them: captions of tables, citations under figures, figure numbers.

Figures and tables are found in the document tree by id and by their cell's metadata, never in the text of a page.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

from asprinted.figures import FIGURES
from press.chapter_tables import captioned, tables
from press.cite_panel import folded

UNSEARCHED = "<!-- unsearched -->\n"
NUMBER = re.compile(r"<!-- number of (fig-[a-z0-9-]+) -->")


class Unsearched(nodes.General, nodes.Element):
    """HTML that a page shows and its search does not read."""


def _written(self, node: Unsearched) -> None:
    self.body.append(node["html"])
    raise nodes.SkipNode


def _left_out(self, node: Unsearched) -> None:
    raise nodes.SkipNode


def _cell_of(node: nodes.Node) -> nodes.Element:
    """The cell that a node stands in; the node itself outside a notebook."""
    at = node
    while at.parent is not None:
        if at.get("nb_element") == "cell_code":
            return at
        at = at.parent
    return node


def _after(node: nodes.Element, added: nodes.Node) -> None:
    node.parent.insert(node.parent.index(node) + 1, added)


def add_panels(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the citation of every figure under it, behind the cell that shows it."""
    for node in list(doctree.findall(nodes.figure)):
        for identifier in node["ids"]:
            if identifier in FIGURES and FIGURES[identifier].chapter == docname:
                _after(_cell_of(node), Unsearched(html=folded(identifier)))


def add_captions(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give every table of a chapter its id and its caption. Raises KeyError for a table that has none."""
    known = {table.id: table for table in tables()}
    for cell in doctree.findall(lambda node: isinstance(node, nodes.container) and "cell_metadata" in node):
        told = cell["cell_metadata"].get("asprinted", {}).get("table")
        for raw in cell.findall(nodes.raw) if told else ():
            if "<table" in raw.astext():
                raw.children = [nodes.Text(captioned(raw.astext(), known[told["id"]]))]


def hide_from_search(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep raw HTML that is marked so out of the search, and write the numbers of figures into raw HTML."""
    numbers = {
        name: number[0]
        for by_kind in app.env.toc_fignumbers.values()
        for name, number in by_kind.get("figure", {}).items()
    }

    def number(match: re.Match) -> str:
        return f"Fig. {numbers[match[1]]}"

    for raw in list(doctree.findall(nodes.raw)):
        text = NUMBER.sub(number, raw.astext())
        if text.startswith(UNSEARCHED):
            raw.replace_self(Unsearched(html=text.removeprefix(UNSEARCHED)))
        elif text != raw.astext():
            raw.children = [nodes.Text(text)]


def connect(app: Sphinx) -> None:
    """Have Sphinx call all this for every page that it writes as HTML; what is to be clicked, on the site alone."""
    app.add_node(
        Unsearched,
        html=(_written, None),
        latex=(_left_out, None),
        text=(_left_out, None),
    )
    if app.builder.name == "html":
        app.connect("doctree-resolved", add_panels)
    if app.builder.format == "html":
        app.connect("doctree-resolved", add_captions)
        app.connect("doctree-resolved", hide_from_search)
