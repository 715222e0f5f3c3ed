"""The whole book as one PDF: its pages in one document, printed by Chromium, named and dated by the book alone.

    python -m press.pdf

The pages that hold every row of the record stay on the site; what is linked there is plain text here, unless the
book has a public address. Two runs over the same sources with the same Chromium give the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import unquote

import matplotlib as mpl
import pikepdf
import yaml
from bs4 import BeautifulSoup, Tag
from sphinx.errors import SphinxError

from asprinted.book import ROOT, book
from press import browse, hatches, marks, mend, publish, takeaway
from press.chromium import NoChromium, chromium, require

STYLE = Path(__file__).with_name("print.css")
FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SITE_STYLE = ROOT / "chapters" / "_static" / "asprinted.css"
MADE_FROM = "sources.sha256"
SCREEN_ONLY = (
    'script, style, link, form, button, nav, a.headerlink, template, [hidden], img:not([src$=".svg"])'
)
# Pages of a few words, which follow the page before them on the same sheet.
FOLLOWING = {"take-away", *(page.name for page in browse.PAGES[1:])}
# What stays on one line in a table's cell: an interval, a day, a month; up to so many characters, since a longer one
# would leave its neighbours no room.
NUMBER = r"[-−]?\d[\d.,]*"
WHOLE = re.compile(rf"[\[(]{NUMBER}, {NUMBER}[\])]|\b\d{{4}}-\d\d(?:-\d\d)?\b")
SHORT = 16


class PrintError(Exception):
    """The book could not be printed."""


def pointer(page: browse.Page) -> str:
    """What stands in the PDF for a page of many rows, as MyST Markdown."""
    return (
        f"# The record: {page.title.lower()}\n\n{page.lead}\n\n"
        f"The rows of this table are on the site, at `{page.name}.html`, and in the record.\n"
    )


def stage(folder: Path) -> None:
    """Stage the book for printing: a pointer for each page of many rows, and no word of a PDF in the PDF."""
    publish.stage(folder)
    for page in browse.PAGES:
        (folder / "chapters" / f"{page.name}.md").write_text(pointer(page), encoding="utf-8")
    (folder / "chapters" / "take-away.md").write_text(
        "# Take it away\n\nThe site offers itself, each chapter with all it needs to run, and the record as zips.\n",
        encoding="utf-8",
    )


class Words(marks.Dresser):
    """A page whose verdicts are being marked as on the site; its images stay as they are."""

    def _image(self, cells: dict[str, str]) -> None:
        pass


def dress(page: Path) -> None:
    """Mark the verdicts and the languages of a page as the site does, in its place."""
    page.write_text(mend.mended(Words(page, page.parent).changed()), encoding="utf-8")


# --- one document --------------------------------------------------------------------------------


def documents(article: Tag) -> Iterator[tuple[str, Tag]]:
    """The pages of Sphinx's one page, taken out of it in their order: name and section."""
    marks = [(mark["id"].removeprefix("document-"), mark) for mark in article.select("span[id^=document-]")]
    for name, mark in marks:
        section = mark.find_next_sibling("section")
        section.insert(0, mark.extract())
        yield name, section.extract()


def open_up(soup: BeautifulSoup, section: Tag) -> None:
    """Show what a reader of the site unfolds, and leave out what only a screen can use."""
    for found in section.select(SCREEN_ONLY):
        found.decompose()
    for fold in section.select("details"):
        summary = fold.find("summary")
        if summary and "hide" in fold.get("class", []):
            summary.decompose()
        elif summary:
            summary.name = "p"
            summary["class"] = "unfolded"
        fold.name = "div"
        fold.attrs.pop("open", None)


@cache
def signs() -> dict[str, str]:
    """The mark of every verdict as SVG, as the site's style draws it."""
    drawn = re.findall(
        r'\.said\.(\w+) \{ --sign: url\("data:image/svg\+xml,([^"]+)"\)',
        SITE_STYLE.read_text(encoding="utf-8"),
    )
    return {word: unquote(svg).replace("<svg ", '<svg aria-hidden="true" ', 1) for word, svg in drawn}


def draw_signs(section: Tag) -> None:
    """Draw its mark before every verdict. Raises PrintError for a verdict without one."""
    for said in section.select(".said"):
        word = next((name for name in said["class"] if name in signs()), None)
        if word is None:
            raise PrintError(f"the site's style has no mark for {said.get_text()!r}")
        said.insert(0, BeautifulSoup(signs()[word], "html.parser"))


def keep_languages(section: Tag) -> None:
    """Have the browser tag what is marked as not English; it leaves a phrase without a role out of the PDF's tags."""
    for phrase in section.select("span[lang], q[lang], cite[lang]"):
        phrase["role"] = "generic"


def keep_whole(soup: BeautifulSoup, section: Tag) -> None:
    """Mark each short interval and each day in a table's cell as one that is not to be broken over lines."""
    for text in [text for cell in section.select("td, th") for text in cell.find_all(string=WHOLE)]:
        at = 0
        for found in WHOLE.finditer(text):
            if len(found[0]) <= SHORT:
                whole = soup.new_tag("span", attrs={"class": "whole"})
                whole.string = found[0]
                text.insert_before(text[at : found.start()], whole)
                at = found.end()
        text.replace_with(text[at:])


def identified(section: Tag) -> list[Tag]:
    """A page's elements with an id, the page's own section first."""
    return [*([section] if section.get("id") else []), *section.select("[id]")]


def own_anchors(sections: dict[str, Tag]) -> None:
    """Make every anchor of the book its own: one that stands in several pages takes its page's name before it.

    A link to an anchor means the one in its own page; a link that names a page means one in another.
    """
    anchors = {name: {e["id"] for e in identified(section)} for name, section in sections.items()}
    count = Counter(anchor for found in anchors.values() for anchor in found)

    def new(name: str, anchor: str) -> str:
        return f"{name}--{anchor}" if count[anchor] > 1 else anchor

    for name, section in sections.items():
        for link in section.select("a[href]"):
            page, sign, anchor = link["href"].partition("#")
            if not sign or count[anchor] < 2 or (page and "://" in page):
                continue
            homes = [n for n, found in anchors.items() if anchor in found]
            stem = page.removesuffix(".html")
            home = (
                stem if stem in homes else name if not page else next((n for n in homes if n != name), name)
            )
            link["href"] = f"#{new(home, anchor)}"
        seen: set[str] = set()
        for element in identified(section):
            if element["id"] in seen:
                del element["id"]
                continue
            seen.add(element["id"])
            element["id"] = new(name, element["id"])


def mend_links(sections: dict[str, Tag]) -> None:
    """Point links at their place in this document, at the public site, or, lacking both, make them plain text."""
    anchors = {e["id"] for section in sections.values() for e in identified(section)}
    for section in sections.values():
        for link in section.select("a[href]"):
            page, _, anchor = link["href"].partition("#")
            if re.match(r"[a-z]+:", page):
                continue
            if anchor in anchors:
                link["href"] = f"#{anchor}"
            elif not anchor and f"document-{page.removesuffix('.html')}" in anchors:
                link["href"] = f"#document-{page.removesuffix('.html')}"
            elif page and book().url:
                link["href"] = f"{book().url.rstrip('/')}/{link['href']}"
            else:
                link.unwrap()


def title_page() -> str:
    """The title page as HTML: what this is, its version and licence, how to cite it, and what it leaves out."""
    title, _, subtitle = book().title.partition(": ")
    return f"""<header class="title">
<h1>{escape(title)}</h1><p class="subtitle">{escape(subtitle)}</p><p class="authors">{escape(book().authors)}</p>
<p>Version {escape(book().version)}, {book().year}</p>
<p>Prose, figures and record: <a href="{LICENCE}">CC BY 4.0</a>. Code: MIT.</p>
<p>Cite as: {escape(book().citation)}</p>
<p>This is the site on paper. The browse pages, which hold every row of the record, are left out: the tables are files
of the record, and each number printed here has its row's name. Code is shown in full; the notebooks run it.</p>
</header>"""


def contents(sections: dict[str, Tag], pages: dict[str, int]) -> str:
    """The table of contents as HTML, part by part, with the page on which each begins."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = [("", [toc["root"]])]
    parts += [(part["caption"], [c["file"] for c in part["chapters"]]) for part in toc["parts"]]
    lines = []
    for caption, names in parts:
        items = "".join(
            f'<li><a href="#document-{name}"><span>{sections[name].find(["h1", "h2"]).decode_contents()}</span> '
            f'<span class="page">{pages.get(f"document-{name}", "")}</span></a></li>'
            for name in names
            if name in sections
        )
        lines.append((f'<p class="part">{escape(caption)}</p>' if caption else "") + f"<ol>{items}</ol>")
    return f'<section class="contents"><h2>Contents</h2>{"".join(lines)}</section>'


def compose(single: str, pages: dict[str, int]) -> str:
    """Sphinx's one page as a document to print; `pages` says on which page each anchor lies, as far as known."""
    soup = BeautifulSoup(single, "html.parser")
    article = soup.select_one("article.bd-article")
    found = list(documents(article))
    root = article.find("section")
    for rest in root.select(".toctree-wrapper"):
        rest.decompose()
    for level in (2, 1):
        for heading in root.select(f"h{level}"):
            heading.name = f"h{level + 1}"
    root.insert(0, soup.new_tag("span", id="document-index"))
    sections = {"index": root, **dict(found)}
    for section in sections.values():
        open_up(soup, section)
        draw_signs(section)
        keep_languages(section)
        keep_whole(soup, section)
        section["class"] = "leaf"
    for name in FOLLOWING & set(sections):
        sections[name]["class"] = "leaf following"
    root.find("h2").string = "In short"
    own_anchors(sections)
    mend_links(sections)
    body = "\n".join(map(str, sections.values()))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(book().title)}</title>
<link rel="stylesheet" href="_static/pygments.css"><link rel="stylesheet" href="print.css"></head>
<body>{title_page()}{contents(sections, pages)}{body}</body></html>
"""


# --- printing ------------------------------------------------------------------------------------


def anchors_on_pages(path: Path) -> dict[str, int]:
    """The page, from 1, on which each named destination of a PDF lies."""
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        named = pdf.Root.get("/Dests", {})
        return {name[1:]: numbers[target[0].objgen] for name, target in named.items()}


def name_outline(pdf: pikepdf.Pdf, headings: list[str]) -> None:
    """Give the outline's entries the headings they stand for; printing joins the words of one broken over lines.

    Raises PrintError if an entry stands for no heading.
    """
    known = {re.sub(r"\s", "", heading): heading for heading in headings}
    with pdf.open_outline() as outline:
        entries = list(outline.root)
        for entry in entries:
            try:
                entry.title = known[re.sub(r"\s", "", entry.title)]
            except KeyError:
                raise PrintError(f"the outline has {entry.title!r}, which is no heading") from None
            entries += entry.children


def number_elements(pdf: pikepdf.Pdf) -> None:
    """Name the tagged cells of tables in their order; the browser names them by a count of its own, which varies."""
    elements = [
        found
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/StructElem"
    ]
    old = sorted(str(element.ID) for element in elements if "/ID" in element)
    new = {name: pikepdf.String(f"cell{number:08d}") for number, name in enumerate(old)}
    for element in elements:
        if "/ID" in element:
            element.ID = new[str(element.ID)]
        for attributes in element.get("/A", []):
            if "/Headers" in attributes:
                attributes.Headers = pikepdf.Array([new[str(name)] for name in attributes.Headers])
    branches = [pdf.Root.StructTreeRoot.get("/IDTree", pikepdf.Dictionary())]
    while branches:
        branch = branches.pop()
        branches += list(branch.get("/Kids", []))
        for part, step in (("/Limits", 1), ("/Names", 2)):
            if part in branch:
                for place in range(0, len(branch[part]), step):
                    branch[part][place] = new[str(branch[part][place])]


def tag_phrases(pdf: pikepdf.Pdf) -> None:
    """Tag as spans the phrases that have a language of their own; the browser gives them no type."""
    elements = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary)]
    for element in elements:
        if "/Lang" in element and element.get("/S") == "/NonStruct":
            element.S = pikepdf.Name.Span


def describe(source: Path, target: Path, headings: list[str], made_from: str) -> None:
    """Give a printed PDF the book's title, authors, language and licence, and take out what varies."""
    with pikepdf.open(source) as pdf:
        name_outline(pdf, headings)
        number_elements(pdf)
        tag_phrases(pdf)
        for name in list(pdf.docinfo):
            del pdf.docinfo[name]
        pdf.docinfo["/Title"] = book().title
        pdf.docinfo["/Author"] = book().authors
        pdf.docinfo["/Subject"] = f"Version {book().version}. CC BY 4.0; code: MIT."
        pdf.docinfo[takeaway.DIGEST] = made_from
        pdf.Root.Lang = "en"
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as data:
            data["dc:title"] = book().title
            data["dc:creator"] = [book().authors]
            data["dc:language"] = {"en"}
            data["dc:rights"] = "Prose, figures and record: CC BY 4.0. Code: MIT."
            data["dc:identifier"] = book().doi or f"version {book().version}"
            data["xmpRights:WebStatement"] = LICENCE
            data["xmpRights:Marked"] = "True"
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def lay_out(folder: Path) -> Path:
    """Stage the book in a scratch folder and make it one page with all it loads; its folder. Raises SphinxError."""
    made_from = takeaway.digest()
    stage(folder / "stage")
    single = folder / "single"
    publish.build(folder / "stage", single, "singlehtml")
    for image in (single / "_images").glob("*.svg"):
        image.write_text(hatches.drawn_out(image.read_text(encoding="utf-8")), encoding="utf-8")
    for file in (STYLE, *FONTS.glob("STIXGeneral*.ttf"), *FONTS.glob("DejaVuSans*.ttf")):
        shutil.copy(file, single / file.name)
    dress(single / "index.html")
    (single / MADE_FROM).write_text(made_from, encoding="utf-8")
    return single


def print_book(single: Path, target: Path) -> None:
    """Print the one page of `lay_out` into a PDF. Raises NoChromium, PrintError."""
    html = (single / "index.html").read_text(encoding="utf-8")
    composed, printed = single / "print.html", single / "printed.pdf"
    pages: dict[str, int] = {}
    with chromium() as browser:
        page = browser.new_context(offline=True).new_page()
        for _ in ("to know the pages", "with the pages in the contents"):
            composed.write_text(compose(html, pages), encoding="utf-8")
            page.goto(composed.as_uri(), wait_until="load")
            page.evaluate("document.fonts.ready.then(() => true)")
            page.pdf(
                path=printed, prefer_css_page_size=True, print_background=True, tagged=True, outline=True
            )
            pages = anchors_on_pages(printed)
    headings = BeautifulSoup(composed.read_text(encoding="utf-8"), "html.parser").select("h1, h2, h3, h4, h5")
    made_from = (single / MADE_FROM).read_text(encoding="utf-8")
    describe(printed, target, [" ".join(heading.get_text().split()) for heading in headings], made_from)


def main() -> int:
    """Command line."""
    home = takeaway.PDF.parent
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        target = Path(scratch) / takeaway.PDF.name
        try:
            require()
            print_book(lay_out(Path(scratch)), target)
        except (NoChromium, PrintError, SphinxError) as error:
            print(f"pdf: {error}; what stood before stands", file=sys.stderr)
            return 1
        os.replace(target, takeaway.PDF)
    print(f"The book is printed: {takeaway.PDF}. The next `make book` links it from the site.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
