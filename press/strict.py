"""A pytest plugin that makes nbval strict: stored outputs are compared whole, and nothing escapes.

nbval alone leaves out PNG, output metadata and type, execution counts and order across types, and
lets a notebook whose outputs were cleared pass. Here every cell must have run, in order; every stored
output must equal the fresh one in type, order, data and metadata; and the caption and alt text in a
figure cell's metadata must be those that its output carries.
"""

from __future__ import annotations

import json

import pytest
from nbval.plugin import IPyNbCell

MARKERS = ("check", "skip", "check_exception")


def _plain(outputs) -> list[dict]:
    """Outputs as plain data, streams of one name that follow each other joined.

    Execution counts are left to `stored_faults`: nbval's kernel keeps no history and counts nothing.
    """
    plain: list[dict] = []
    for output in json.loads(json.dumps(outputs)):
        if isinstance(output.get("text"), list):
            output["text"] = "".join(output["text"])
        output.pop("execution_count", None)
        last = plain[-1] if plain else {}
        if output["output_type"] == "stream" == last.get("output_type") and output["name"] == last["name"]:
            last["text"] += output["text"]
        else:
            plain.append(output)
    return plain


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else f"{text[:300]}… ({len(text)} characters)"


def _difference(stored: object, fresh: object, where: str = "output") -> str:
    """The first place where two outputs differ; empty if they are equal."""
    if type(stored) is type(fresh) and isinstance(stored, dict):
        for key in [*stored, *(k for k in fresh if k not in stored)]:
            if key not in stored or key not in fresh:
                return f"{where}: {key!r} stands only in the {'stored' if key in stored else 'fresh'} one"
            if found := _difference(stored[key], fresh[key], f"{where}, {key}"):
                return found
        return ""
    if stored == fresh:
        return ""
    if isinstance(stored, str) and isinstance(fresh, str):
        at = next(
            (i for i, (a, b) in enumerate(zip(stored, fresh, strict=False)) if a != b),
            min(len(stored), len(fresh)),
        )
        start = max(0, at - 60)
        return f"{where}: stored …{stored[start : at + 60]!r}…, fresh …{fresh[start : at + 60]!r}…"
    return f"{where}: stored {_short(stored)}, fresh {_short(fresh)}"


def _named(output: dict, number: int) -> str:
    """An output by the figure that it shows, if it shows one, and by its number."""
    figure = output.get("metadata", {}).get("asprinted", {}).get("id")
    return f"{figure}, output {number}" if figure else f"output {number}"


def compare_whole(self: IPyNbCell, test, ref, skip_compare=None) -> bool:
    """Compare fresh outputs (`test`) with stored ones (`ref`) in type, order, data and metadata."""
    fresh, stored = _plain(test), _plain(ref)
    found = ""
    if len(fresh) != len(stored):
        kinds = [[o["output_type"] for o in outputs] for outputs in (stored, fresh)]
        found = f"stored outputs {kinds[0]}, fresh outputs {kinds[1]}"
    else:
        pairs = enumerate(zip(stored, fresh, strict=True), start=1)
        found = next(filter(None, (_difference(s, f, _named(s, n)) for n, (s, f) in pairs)), "")
    self.comparison_traceback = [found] if found else []
    return not found


def stored_faults(cell, position: int) -> list[str]:
    """What is wrong with a stored code cell before it is run; `position` counts code cells from 1."""
    faults = []
    if cell.execution_count != position:
        faults.append(f"stored execution count is {cell.execution_count}, expected {position}")
    figures = [o for o in cell.outputs if "image/svg+xml" in o.get("data", {})]
    described = cell.metadata.get("mystnb", {})
    if figures and len(cell.outputs) != 1:
        faults.append("a figure cell shows one figure and nothing else")
    for output in figures:
        carried = output["metadata"].get("asprinted", {})
        shown = {
            "id": described.get("figure", {}).get("name"),
            "caption": described.get("figure", {}).get("caption"),
            "alt": described.get("image", {}).get("alt"),
        }
        faults += [
            f"cell metadata has the {key} {shown[key]!r}, the figure carries {carried.get(key)!r}"
            for key in shown
            if shown[key] != carried.get(key)
        ]
    for output in cell.outputs:
        if output["output_type"] == "execute_result" and output.execution_count != position:
            faults.append(f"an output has the execution count {output.execution_count}, expected {position}")
    return faults


_run = IPyNbCell.runtest


def run_strictly(self: IPyNbCell) -> None:
    """Check the stored cell, then let nbval execute and compare it."""
    set_markers = [name for name in MARKERS if self.options[name] is not (name == "check")]
    if set_markers:
        self.raise_cell_error(f"no cell may be exempted from the check: {', '.join(set_markers)}")
    faults = stored_faults(self.cell, self.cell_num + 1)
    if faults:
        self.raise_cell_error("; ".join(faults))
    _run(self)


def pytest_configure(config: pytest.Config) -> None:
    """Put the strict comparison in the place of nbval's."""
    if config.option.nbval_sanitize_with:
        raise pytest.UsageError("outputs are compared as they are: no sanitising file")
    config.option.nbval_cell_timeout = 120
    IPyNbCell.compare_outputs = compare_whole
    IPyNbCell.runtest = run_strictly
