"""The codebook's tables, made from `data/datapackage.json`: nothing about a column is typed twice."""

from __future__ import annotations

import json
from pathlib import Path

from asprinted.book import DATA

TYPES = {"integer": "whole number", "date": "day, as `YYYY-MM-DD`", "string": "text"}


def _values(field: dict) -> str:
    """What may stand in a column."""
    rules = field.get("constraints", {})
    if "enum" in rules:
        allowed = "one of " + ", ".join(f"`{value}`" for value in rules["enum"])
    elif "minimum" in rules:
        allowed = f"{TYPES[field['type']]} from {rules['minimum']}"
    else:
        allowed = TYPES[field["type"]]
    return allowed if rules.get("required") else f"{allowed}; or empty"


def _table(resource: dict) -> str:
    """One table of the package: heading, what a row is, and a line for each column."""
    lines = [
        f"### {resource['title']}",
        "",
        f"`data/{resource['path']}`. {resource['description']} Key: "
        + ", ".join(f"`{column}`" for column in resource["schema"]["primaryKey"])
        + ".",
        "",
        "```{list-table}",
        ":header-rows: 1",
        ":widths: 18 32 50",
        ":class: printed",
        "",
        "* - Column",
        "  - Values",
        "  - Meaning",
    ]
    for field in resource["schema"]["fields"]:
        lines += [f"* - `{field['name']}`", f"  - {_values(field)}", f"  - {field['description']}"]
    return "\n".join([*lines, "```"])


def codebook(package: Path = DATA / "datapackage.json") -> str:
    """Every table and column of the data package, in Markdown."""
    resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    return "\n\n".join(_table(resource) for resource in resources)
