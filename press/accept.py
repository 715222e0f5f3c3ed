"""For authors: re-execute notebooks, store their outputs, export their figures anew, and say what changed.

python -m press.accept [CHAPTER ...]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from asprinted.book import ROOT
from asprinted.figures import FIGURES
from press import versions

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


def main(chapters: list[str]) -> int:
    """Command line: every chapter, or those named. Figures that changed and do not say so are refused."""
    paths = [CHAPTERS / f"{name}.ipynb" for name in chapters] or sorted(CHAPTERS.glob("*.ipynb"))
    stems = {path.stem for path in paths}
    identifiers = [i for i, entry in FIGURES.items() if not chapters or entry.chapter in stems]
    shelf = versions.Shelf()
    with tempfile.TemporaryDirectory() as scratch:
        try:
            proposal = versions.propose(shelf, identifiers, Path(scratch), whole=not chapters)
        except versions.SilentChange as silent:
            print(f"accept: refused, and nothing is written\n\n{silent}", file=sys.stderr)
            return 1
        for path in paths:
            print(f"{path.name}: {'changed' if execute(path) else 'as before'}")
        versions.accept(shelf, proposal)
    print("figures: " + ("\n".join(proposal.said) if proposal.said else "as before"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
