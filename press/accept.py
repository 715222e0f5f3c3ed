"""For authors: re-execute notebooks, store their outputs, export their figures anew, and say what changed.

python -m press.accept [CHAPTER ...]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from asprinted import figures
from asprinted.book import FIGURES, ROOT

CHAPTERS = ROOT / "chapters"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def describe_figures(notebook) -> None:
    """Copy each figure's id, caption and alt text from its output into its cell's metadata, where the site looks."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            carried = output.get("metadata", {}).get("asprinted")
            if carried:
                cell.metadata["mystnb"] = {
                    "figure": {"name": carried["id"], "caption": carried["caption"]},
                    "image": {"alt": carried["alt"]},
                }


def execute(path: Path) -> bool:
    """Run a notebook in a fresh kernel and store its outputs; whether the file changed."""
    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    describe_figures(notebook)
    after = nbformat.writes(notebook) + "\n"
    path.write_text(after, encoding="utf-8")
    return before != after


def export_figures(identifiers: Iterable[str], folder: Path = FIGURES) -> list[str]:
    """Write the bundles of some figures; the names of files that are new or changed."""
    changed = []
    with tempfile.TemporaryDirectory() as scratch:
        for fresh in (path for i in identifiers for path in figures.export(i, Path(scratch))):
            target = folder / fresh.name
            if not target.exists() or target.read_bytes() != fresh.read_bytes():
                changed.append(f"{target.name} ({'changed' if target.exists() else 'new'})")
                folder.mkdir(exist_ok=True)
                target.write_bytes(fresh.read_bytes())
    return changed


def drop_strays(folder: Path = FIGURES) -> list[str]:
    """Delete files of figures that are no more; their names."""
    strays = [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.stem.removesuffix("-90") not in figures.FIGURES
    ]
    for path in strays:
        path.unlink()
    return [f"{path.name} (gone)" for path in strays]


def main(chapters: list[str]) -> int:
    """Command line: every chapter, or those named."""
    paths = [CHAPTERS / f"{name}.ipynb" for name in chapters] or sorted(CHAPTERS.glob("*.ipynb"))
    for path in paths:
        print(f"{path.name}: {'changed' if execute(path) else 'as before'}")
    stems = {path.stem for path in paths}
    changed = export_figures(i for i, entry in figures.FIGURES.items() if entry.chapter in stems)
    if not chapters:
        changed += drop_strays()
    print("figures: " + (", ".join(changed) if changed else "as before"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
