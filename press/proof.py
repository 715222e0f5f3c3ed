"""The proof page: what was compared before the site was built, counted from the notebooks, the lock and the record."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from asprinted.book import DATA, ROOT
from press.versions import Shelf, accepted

LOCK = ROOT / "requirements.txt"
CHAPTERS = ROOT / "chapters"
TABLE = re.compile(r"<table\b")
# What the numbers, the pictures, the comparison and the pages are made with.
NAMED = (
    "pandas",
    "numpy",
    "statsmodels",
    "matplotlib",
    "seaborn",
    "pillow",
    "pikepdf",
    "nbval",
    "ipykernel",
    "jupyter-book",
    "sphinx",
    "myst-nb",
)


@dataclass(frozen=True)
class Compared:
    """What a notebook holds, and of it what is compared with a fresh run."""

    title: str
    page: str
    cells: int
    code_cells: int
    outputs: int
    figures: int
    tables: int


def compared(path: Path) -> Compared:
    """The counts of one notebook, from what it stores."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    outputs = [output for cell in code for output in cell["outputs"]]
    data = [output.get("data", {}) for output in outputs]
    return Compared(
        title="".join(cells[0]["source"]).splitlines()[0].removeprefix("# "),
        page=f"{path.stem}.html",
        cells=len(cells),
        code_cells=len(code),
        outputs=len(outputs),
        figures=sum("image/svg+xml" in found for found in data),
        tables=sum(len(TABLE.findall("".join(found.get("text/html", "")))) for found in data),
    )


def notebooks(folder: Path = CHAPTERS) -> list[Compared]:
    """The counts of every notebook, by file name."""
    return [compared(path) for path in sorted(folder.glob("*.ipynb"))]


def sha256(path: Path) -> str:
    """A file's digest as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def locked(lock: Path = LOCK) -> dict[str, str]:
    """The locked version of each package that `NAMED` lists. Raises KeyError for one that is not locked."""
    found = dict(
        re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    )
    return {name: found[name] for name in NAMED}


def _table(caption: str, header: tuple[str, ...], rows: list[tuple]) -> str:
    """A list-table whose first column heads its rows."""
    lines = [f"```{{list-table}} {caption}", ":header-rows: 1", ":stub-columns: 1", ":class: printed", ""]
    for row in (header, *rows):
        lines += [("* " if not n else "  ") + f"- {cell}" for n, cell in enumerate(row)]
    return "\n".join([*lines, "```"])


def chapters_table() -> str:
    """Per notebook: cells, code cells, outputs, figures and tables; with their sums."""
    found = notebooks()
    numbers = ("cells", "code_cells", "outputs", "figures", "tables")
    rows = [
        (f"[{c.title}]({c.page.removesuffix('.html')}.ipynb)", *(getattr(c, n) for n in numbers))
        for c in found
    ]
    sums = ("All", *(sum(getattr(c, n) for c in found) for n in numbers))
    header = ("Chapter", "Cells", "Code cells", "Outputs compared", "Figures among them", "Tables among them")
    return _table("What each notebook stores", header, [*rows, sums])


def packages_table() -> str:
    """The locked versions."""
    return _table("Packages as locked", ("Package", "Version"), list(locked().items()))


def record_table(folder: Path = DATA) -> str:
    """Every table of the record with its rows and digest, and the lock's digest."""
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    paths = [folder / resource["path"] for resource in resources]
    rows = [(f"`data/{p.relative_to(folder).as_posix()}`", f"{_rows(p):,}", f"`{sha256(p)}`") for p in paths]
    rows.append(("`data/datapackage.json`", "", f"`{sha256(folder / 'datapackage.json')}`"))
    rows.append(("`requirements.txt`", "", f"`{sha256(LOCK)}`"))
    return _table("Files by their checksum", ("File", "Rows", "SHA-256"), rows)


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def page() -> dict[str, str]:
    """What the proof page shows."""
    entries = accepted(Shelf())
    return {
        "chapters": chapters_table(),
        "packages": packages_table(),
        "record": record_table(),
        "figures": str(len(entries)),
        "files": str(sum(len(entry.files) for entry in entries.values())),
    }
