"""Build the site in a fresh folder, look it over, and swap it in; a build that fails leaves the old site."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from asprinted.book import ROOT
from asprinted.figures import FIGURES
from press.pages import render

BUILD = ROOT / "_build"
STAGE, FRESH, SITE, OLD = (BUILD / name for name in ("stage", "fresh", "html", "html.old"))
UNUSED = {"sphinx_thebe", "sphinx.ext.intersphinx"}  # both reach outside the site
RESOURCE = re.compile(
    r"<(?:script|link|img|iframe|source|object)\b[^>]*?\b(?:src|href|data)=\"(https?:)?//[^\"]*\""
)


class BuildError(Exception):
    """The site was built and is not fit to be published."""


def stage(folder: Path) -> None:
    """Copy the sources into a clean folder and set the record's values into the Markdown pages."""
    shutil.rmtree(folder, ignore_errors=True)
    ignore = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    shutil.copytree(ROOT / "chapters", folder / "chapters", ignore=ignore)
    shutil.copytree(ROOT / "figures", folder / "figures", ignore=shutil.ignore_patterns("archive"))
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(ROOT / name, folder / name)
    for page in (folder / "chapters").glob("*.md"):
        page.write_text(render(page.read_text(encoding="utf-8")), encoding="utf-8")


def build(staged: Path, output: Path, builder: str = "html") -> None:
    """Run Sphinx with the book's settings, every warning fatal. Raises SphinxError."""
    config, _ = get_final_config(
        user_yaml=staged / "_config.yml",
        cli_config={
            "latex_individualpages": False,
            "external_toc_path": str(staged / "_toc.yml"),
            "nitpicky": True,
        },
        sourcedir=staged / "chapters",
    )
    config["extensions"] = [name for name in config["extensions"] if name not in UNUSED]
    shutil.rmtree(output, ignore_errors=True)
    with patch_docutils(None), docutils_namespace():
        app = Sphinx(
            srcdir=staged / "chapters",
            confdir=None,
            outdir=output,
            doctreedir=staged / "doctrees",
            buildername=builder,
            confoverrides=config,
            status=None,
            freshenv=True,
            warningiserror=True,
            keep_going=True,
        )
        app.build()
        if app.statuscode:
            raise SphinxError("the build gave warnings, listed above")


def look_over(site: Path) -> None:
    """Raise BuildError if a page loads anything from outside, a figure is missing, or outputs were lost."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    for path, html in pages.items():
        if found := RESOURCE.search(html):
            raise BuildError(f"{path.relative_to(site)} loads something from outside the site: {found[0]}")
    everything = "".join(pages.values())
    for identifier in FIGURES:
        if f'id="{identifier}"' not in everything:
            raise BuildError(f"{identifier} is in no page: was the site built without its figures?")
    for notebook in sorted((ROOT / "chapters").glob("*.ipynb")):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        stored = sum(bool(cell.get("outputs")) for cell in cells)
        shown = pages[site / f"{notebook.stem}.html"].count('class="cell_output')
        if shown != stored:
            raise BuildError(f"{notebook.stem}.html shows {shown} cells with outputs, {stored} are stored")


def finish(site: Path) -> None:
    """Take out of a finished site what the engine leaves for its own next build."""
    shutil.rmtree(site / ".doctrees", ignore_errors=True)
    (site / ".buildinfo").unlink(missing_ok=True)


def swap(fresh: Path, site: Path, old: Path) -> None:
    """Put a finished site in the place of the old one."""
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        os.rename(site, old)
    os.rename(fresh, site)
    shutil.rmtree(old, ignore_errors=True)


def recover(site: Path, old: Path) -> None:
    """Bring back the old site if a build was killed between the two steps of a swap."""
    if old.exists() and not site.exists():
        os.rename(old, site)


def main() -> int:
    """Command line."""
    recover(SITE, OLD)
    try:
        stage(STAGE)
        build(STAGE, FRESH)
        finish(FRESH)
        look_over(FRESH)
    except (BuildError, SphinxError) as error:
        print(f"publish: {error}; the old site stands", file=sys.stderr)
        return 1
    swap(FRESH, SITE, OLD)
    print(f"The book is built. Open {SITE / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
