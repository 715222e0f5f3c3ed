"""What readers take away: each chapter as a zip that runs by itself, the site as a zip that opens without a server."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import nbformat
import pikepdf

from asprinted.book import ROOT, book

SOURCES = ("asprinted", "press", "chapters", "data", "figures")
SINGLE_SOURCES = ("_config.yml", "_toc.yml", "CITATION.cff", "CHANGELOG.md", "requirements.txt")
PDF = ROOT / "_build" / "pdf" / "as-printed.pdf"
DIGEST = "/Sources"  # the entry of the PDF's information that holds the digest of what it was made from
SITE_ZIP = "as-printed-site.zip"
OFFERED = re.compile(r'<a href="([^"]+)" download(?:="")?>[^<]*</a>(?! \()')
PACKED = {".png", ".zip", ".pdf", ".woff2"}  # compressing them again gains nothing
CHAPTER_FILES = (
    "asprinted/**/*.py",
    "data/**/*",
    "figures/changes.csv",
    "chapters/references.bib",
    "press/__init__.py",
    "press/strict.py",
    "CITATION.cff",
    "CHANGELOG.md",
    "LICENSE",
    "requirements.txt",
)


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of named contents, whose bytes depend on nothing but theirs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as found:
        for name, content in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed = Path(name).suffix in PACKED
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            found.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()


def _kept(path: Path) -> bool:
    """Whether a file is a source, and not what an editor or an interpreter left beside one."""
    return path.is_file() and not any(p.startswith(".") or p == "__pycache__" for p in path.parts[-4:])


def digest(root: Path = ROOT) -> str:
    """SHA-256 over the names and contents of all that the book is made from."""
    found = sha256()
    single = (root / name for name in SINGLE_SOURCES)
    for path in sorted([*(p for name in SOURCES for p in (root / name).rglob("*")), *single]):
        if _kept(path):
            found.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def current_pdf(path: Path = PDF) -> Path | None:
    """The PDF of the book, if there is one and it was made from these very sources."""
    if not path.exists():
        return None
    with pikepdf.open(path) as pdf:
        made_from = str(pdf.docinfo.get(DIGEST, ""))
    return path if made_from == digest() else None


# --- a chapter that runs by itself ---------------------------------------------------------------


def _title(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "".join(cells[0]["source"]).splitlines()[0].removeprefix("# ")


def readme(notebook: Path) -> str:
    """How to run an unpacked chapter, as Markdown."""
    return f"""# {_title(notebook)}

One chapter of *{book().title}*, version {book().version}: the notebook, the record it asks, the package that computes,
and the lock of the libraries. It needs Python 3.11 or later and, once, the Python package index.

Set up:

    python3 -m venv .venv
    .venv/bin/pip install --require-hashes -r requirements.txt

Run every cell and compare each output with the stored one:

    .venv/bin/python -m pytest -p press.strict --nbval {notebook.name}

Read it, change it, run it again:

    .venv/bin/jupyter lab {notebook.name}

On Windows the programs lie in `.venv\\Scripts` instead of `.venv/bin`. Every output is the same byte for byte on Linux
with this lock; elsewhere a drawing may differ in its last digits.

Cite as: {book().citation}

Code: MIT. Prose, figures and record: CC BY 4.0. See `LICENSE`.
"""


def chapter_zip(notebook: Path, root: Path = ROOT) -> bytes:
    """A chapter with all that it needs to run, as the bytes of a zip; it unpacks into one folder of its name."""
    paths = {path for pattern in CHAPTER_FILES for path in root.glob(pattern) if _kept(path)}
    files = [(path.relative_to(root).as_posix(), path.read_bytes()) for path in paths]
    files += [(notebook.name, notebook.read_bytes()), ("README.md", readme(notebook).encode())]
    return archive((f"{notebook.stem}/{name}", content) for name, content in files)


# --- in the staged book --------------------------------------------------------------------------


def _offer(notebook: Path) -> None:
    """Add to the end of a staged chapter where to find it as a zip."""
    found = nbformat.read(notebook, as_version=4)
    text = (
        "**Run this chapter by itself.** "
        f'<a href="downloads/{notebook.stem}.zip" download>{notebook.stem}.zip</a> holds the notebook, the record, '
        "the package and the lock of the libraries; its README has the commands."
    )
    cell = nbformat.v4.new_markdown_cell(text)
    cell["id"] = "take-away"
    found.cells.append(cell)
    nbformat.write(found, notebook)


def page(chapters: Iterable[Path], pdf: Path | None) -> str:
    """The page of what can be taken away, as MyST Markdown."""
    printed = (
        '<a href="downloads/as-printed.pdf" download>as-printed.pdf</a> is the whole book to print or to annotate: '
        "tagged, with an outline, its figures as vectors. The tables of every row are left out of it; they are in the "
        "record."
        if pdf
        else "This build of the site carries no PDF. In a clone of the book, `make pdf` prints one, and the next "
        "`make book` links it here."
    )
    rows = "\n".join(
        f'- {_title(notebook)} <a href="downloads/{notebook.stem}.zip" download>{notebook.stem}.zip</a>'
        for notebook in chapters
    )
    return f"""# Take it away

All of this works without a connection once it is downloaded.

## The book on paper

{printed}

## The site in a folder

<a href="downloads/{SITE_ZIP}" download>{SITE_ZIP}</a> is this site as it is, search included. Unpack it and open
`index.html`; no server is needed.

## A chapter that runs by itself

Each zip holds one notebook with its stored outputs, the whole record, the package that computes, and the lock of the
libraries with their hashes. Its README has the commands: set up, run and compare, open in JupyterLab.

{rows}

## The record

<a href="data/as-printed-record.zip" download>as-printed-record.zip</a> holds every table as CSV with its schema and
codebook. Each figure's files, and its data, are on the figure's own page.
"""


def write(staged: Path, pdf: Path | None) -> None:
    """Write the page, the chapters' zips and, if there is one, the PDF into a staged folder of chapters."""
    downloads = staged / "_extra" / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    notebooks = sorted((ROOT / "chapters").glob("*.ipynb"))
    for notebook in notebooks:
        (downloads / f"{notebook.stem}.zip").write_bytes(chapter_zip(notebook))
        _offer(staged / notebook.name)
    if pdf:
        (downloads / PDF.name).write_bytes(pdf.read_bytes())
    (staged / "take-away.md").write_text(page(notebooks, pdf), encoding="utf-8")


# --- in the finished site ------------------------------------------------------------------------


def amount(size: int) -> str:
    """A number of bytes as a reader is told it: whole megabytes, or a tenth, or kilobytes."""
    if size < 1e6:
        return f"{max(size // 1000, 1)} kB"
    return f"{size / 1e6:.0f} MB" if size >= 1e7 else f"{size / 1e6:.1f} MB"


def _tell_sizes(site: Path) -> bool:
    """Write behind each download of the page how large it is; whether there was anything to write."""
    page = site / "take-away.html"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    told = OFFERED.sub(lambda found: f"{found[0]} ({amount((site / found[1]).stat().st_size)})", text)
    if told != text:
        page.write_text(told, encoding="utf-8")
    return told != text


def pack(site: Path) -> None:
    """Put a zip of the finished site among its downloads, and tell on their page how large each is."""
    target = site / "downloads" / SITE_ZIP
    target.parent.mkdir(exist_ok=True)
    while True:
        target.unlink(missing_ok=True)
        files = [(path.relative_to(site).as_posix(), path) for path in site.rglob("*") if path.is_file()]
        target.write_bytes(archive((f"as-printed/{name}", path.read_bytes()) for name, path in files))
        if not _tell_sizes(site):  # the page is within the zip: once it tells, the zip is packed again
            return
