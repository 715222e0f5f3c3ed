"""For authors: re-execute every notebook, store its outputs, export the figures anew, and say what changed."""

from __future__ import annotations

import sys
import tempfile
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
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    describe_figures(notebook)
    after = nbformat.writes(notebook) + "\n"
    path.write_text(after, encoding="utf-8")
    return before != after


def export_figures(folder: Path = FIGURES) -> list[str]:
    """Write every figure's bundle; the names of files that are new, changed or gone."""
    changed = []
    with tempfile.TemporaryDirectory() as scratch:
        fresh = {p.name: p for i in figures.FIGURES for p in figures.export(i, Path(scratch))}
        folder.mkdir(exist_ok=True)
        for old in sorted(folder.iterdir()):
            if old.is_file() and old.name not in fresh:
                old.unlink()
                changed.append(f"{old.name} (gone)")
        for name, path in fresh.items():
            target = folder / name
            if not target.exists() or target.read_bytes() != path.read_bytes():
                changed.append(f"{name} ({'changed' if target.exists() else 'new'})")
                target.write_bytes(path.read_bytes())
    return changed


def main() -> int:
    """Command line."""
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        print(f"{path.name}: {'changed' if execute(path) else 'as before'}")
    changed = export_figures()
    print("figures: " + (", ".join(changed) if changed else "as before"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
