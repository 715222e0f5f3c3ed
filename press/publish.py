"""Build the site in a fresh folder, look it over, and swap it in; a build that fails leaves the old site."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from asprinted.book import ROOT, book
from asprinted.figures import FIGURES
from press import (
    browse,
    citing,
    errata,
    figure_pages,
    launch,
    marks,
    mend,
    search_index,
    site_hooks,
    slim,
    takeaway,
    versions,
)
from press.pages import render

BUILD = ROOT / "_build"
STAGE, FRESH, SITE = (BUILD / name for name in ("stage", "fresh", "html"))
UNUSED = {"sphinx_thebe", "sphinx.ext.intersphinx"}  # both reach outside the site


class BuildError(Exception):
    """The site was built and is not fit to be published."""


def stage(folder: Path) -> None:
    """Copy the sources into a clean folder and set the record's values into the Markdown pages."""
    shutil.rmtree(folder, ignore_errors=True)
    ignore = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    shutil.copytree(ROOT / "chapters", folder / "chapters", ignore=ignore)
    shutil.copytree(ROOT / "figures", folder / "figures", ignore=shutil.ignore_patterns("archive"))
    shutil.copytree(ROOT / "figures", folder / "chapters" / "_extra" / "figures")
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(ROOT / name, folder / name)
    for page in (folder / "chapters").glob("*.md"):
        page.write_text(render(page.read_text(encoding="utf-8")), encoding="utf-8")
    browse.write(folder / "chapters")
    errata.write(folder / "chapters")
    citing.write(folder / "chapters")
    figure_pages.write(folder / "chapters")
    takeaway.write(folder / "chapters", takeaway.current_pdf())


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
    config["html_theme_options"] |= launch.options()
    config["extensions"] = [name for name in config["extensions"] if name not in UNUSED] + ["press.head"]
    config["html_baseurl"] = book().url or ""
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
        site_hooks.connect(app)
        app.build()
        if app.statuscode:
            raise SphinxError("the build gave warnings, listed above")


class _Loads(HTMLParser):
    """The addresses that a page loads by itself; links that a reader must follow are not among them."""

    ATTRIBUTES: ClassVar = ("src", "srcset", "data", "poster")
    LOADED_LINKS: ClassVar = {
        "stylesheet",
        "icon",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "manifest",
    }

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        cells = dict(attributes)
        self.found += [cells[name] or "" for name in self.ATTRIBUTES if name in cells]
        if tag == "link" and self.LOADED_LINKS & set((cells.get("rel") or "").split()):
            self.found.append(cells.get("href") or "")
        self.found += re.findall(r"url\(([^)]*)\)", cells.get("style") or "")


def loads_from_outside(html: str) -> list[str]:
    """The addresses outside the site that a page loads by itself."""
    parser = _Loads()
    parser.feed(html)
    styles = re.findall(r"@import\s+[\"']?([^\"';]+)|url\(\s*[\"']?([^\"')]+)", html)
    styles = [first or second for first, second in styles]
    return [a for a in parser.found + styles if re.match(r"\s*[\"']?(?:https?:)?//", a)]


def look_over(site: Path) -> None:
    """Raise BuildError if a page loads anything from outside, a figure is missing, or outputs were lost."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    for path, html in pages.items():
        if found := loads_from_outside(html):
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
    """Dress the pages of a finished site, make it light, take out what the engine leaves for its own next build."""
    marks.finish(site)
    mend.finish(site)
    slim.finish(site)
    search_index.finish(site)
    shutil.rmtree(site / ".doctrees", ignore_errors=True)
    (site / ".buildinfo").unlink(missing_ok=True)
    takeaway.pack(site)


def swap(fresh: Path, site: Path) -> None:
    """Put a finished site in the place of the old one, in one step.

    The site's address is a symbolic link to a folder of its own for each build; the link is replaced whole, so
    there is an old site or a new one at every moment.
    """
    home = Path(tempfile.mkdtemp(prefix="site-", dir=site.parent))
    os.rename(fresh, home / site.name)
    if site.exists() and not site.is_symlink():
        os.rename(site, home / "before")
    link = home / "link"
    link.symlink_to(Path(home.name) / site.name)
    os.replace(link, site)
    for old in site.parent.glob("site-*"):
        if old != home:
            shutil.rmtree(old)
    shutil.rmtree(home / "before", ignore_errors=True)


def check_figures() -> None:
    """Raise BuildError, with what differs, if a figure is not what was accepted: data, words, drawing or files."""
    if found := versions.faults():
        listed = "\n\n".join(found)
        raise BuildError(f"figures are not as they were accepted (see `make accept`):\n\n{listed}\n")


def main() -> int:
    """Command line."""
    BUILD.mkdir(exist_ok=True)
    try:
        check_figures()
        stage(STAGE)
        build(STAGE, FRESH)
        finish(FRESH)
        look_over(FRESH)
    except (BuildError, SphinxError, versions.SilentChange) as error:
        print(f"publish: {error}; the old site stands", file=sys.stderr)
        return 1
    swap(FRESH, SITE)
    print(f"The book is built. Open {SITE / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
