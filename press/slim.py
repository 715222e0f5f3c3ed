"""A finished site made light: one style of the rules in use, one script, no icon font, nothing left over.

The theme loads its parts as thirty files, the largest of them a font of two thousand icons. Here the pages' local
stylesheets become one, pruned, which stands in each page, so that its text shows without a second journey to the
server; the scripts that every page loads become one, deferred; scripts that only some pages need are loaded by those
alone; icons are drawn by the book's own style.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

from press import css
from press.markup import Attributes, Changes, pages_of

SCRIPT = "book.js"
ADDRESS = re.compile(r"""(url\(["']?)(?!data:)([^"')]+)""")
DROPPED = {"fontawesome.js"}
# A script, and what a page holds that needs it.
NEEDED_BY = {
    "design-tabs.js": "sd-tab-set",
    "searchtools.js": 'id="search-results"',
    "language_data.js": 'id="search-results"',
    "searchindex.js": 'id="search-results"',
}
INLINE = "documentation_options.js"  # settings that the inline scripts after it read
UNREAD = {"bootstrap.js"}  # names many parts that no page has; those in use are BOOTSTRAP
BOOTSTRAP = {
    "show",
    "showing",
    "fade",
    "active",
    "disabled",
    "dropdown-menu",
    "dropdown-menu-end",
    "dropdown-toggle",
    "tooltip",
    "tooltip-arrow",
    "tooltip-inner",
    "bs-tooltip-auto",
    "bs-tooltip-top",
    "bs-tooltip-bottom",
    "bs-tooltip-start",
    "bs-tooltip-end",
}
# Colours are settled before anything is painted, by the reader's choice or the system's.
MODE = (
    '<script>{const d=document.documentElement.dataset;if(d.theme!=="light"&&d.theme!=="dark"||d.mode==="auto")'
    'd.theme=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"}</script>'
)
LICENCES = (
    "/*! From sphinx-book-theme, pydata-sphinx-theme, Sphinx, Pygments (BSD), Bootstrap, MyST-NB, sphinx-design, "
    "sphinx-togglebutton, sphinx-copybutton (MIT or BSD), and the book's own style; see NOTICE. */\n"
)


class SlimError(Exception):
    """A page holds something that making it light would break."""


class Names(HTMLParser):
    """The elements, classes and ids of pages, and the icons that they ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.classes, self.ids = set(), set(), set()

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Note a start tag's names."""
        self.tags.add(tag)
        for name, value in attributes:
            if name == "class":
                self.classes |= set((value or "").split())
            elif name == "id" and value:
                self.ids.add(value)


def _name(address: str) -> str:
    return re.sub(r"[?#].*", "", address).rpartition("/")[2]


def _local(address: str | None) -> bool:
    return bool(address) and not re.match(r"(?:[a-z]+:|//|#)", address)


class Loads(HTMLParser):
    """What a page loads from the site: stylesheets in its head, and scripts, as files, in order."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.page = page
        self.styles: list[Path] = []
        self.scripts: list[Path] = []
        self._head = True
        self.feed(page.read_text(encoding="utf-8"))

    def _file(self, address: str) -> Path:
        return (self.page.parent / re.sub(r"[?#].*", "", address)).resolve()

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Note what a start tag loads."""
        cells = dict(attributes)
        if tag == "body":
            self._head = False
        elif tag == "link" and cells.get("rel") == "stylesheet" and self._head and _local(cells.get("href")):
            self.styles.append(self._file(cells["href"]))
        elif tag == "script" and _local(cells.get("src")):
            self.scripts.append(self._file(cells["src"]))


class Slimmer(Changes):
    """A page that has one style and loads one script in the place of those that were made into them."""

    PRELOADED: ClassVar = {"preload", "modulepreload", "prefetch"}

    def __init__(
        self, page: Path, styles: set[Path], scripts: set[Path], style: str, script: str, options: str
    ) -> None:
        super().__init__(page.read_text(encoding="utf-8"))
        self.folder = page.parent
        self.styles, self.scripts = styles, scripts
        self.style, self.script, self.options = style, script, options
        # The script stands where the last of its parts stood, behind the text, which the line then brings first;
        # where others in the head build on it, it stands before them.
        self.first = any(sign in self.html for sign in NEEDED_BY.values())
        self.left = sum(path in scripts for path in Loads(page).scripts)
        self._removing: int | None = None
        self._put = ""

    def _file(self, address: str) -> Path:
        return (self.folder / re.sub(r"[?#].*", "", address)).resolve()

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Take out what is merged or not needed here; put the merged files in the place of the first."""
        cells = dict(attributes)
        if tag == "link":
            self._link(cells)
        elif tag == "script" and _local(cells.get("src")):
            self._script(cells)

    def _link(self, cells: dict[str, str | None]) -> None:
        address = cells.get("href")
        start, end = self.here, self.here + len(self.tag)
        if cells.get("rel") == "stylesheet" and _local(address) and self._file(address) in self.styles:
            self.change(start, end, f"{MODE}<style>{self.style}</style>" if self.style else "")
            self.style = ""
        elif cells.get("rel") in self.PRELOADED:
            self.change(start, end, "")

    def _script(self, cells: dict[str, str | None]) -> None:
        file = self._file(cells["src"])
        if file.name == INLINE:
            self._remove(f"<script>{self.options}</script>")
        elif file in self.scripts:
            self.left -= 1
            here = self.left == 0 or self.first
            self._remove(f'<script defer src="{self.script}"></script>' if here and self.script else "")
            if here:
                self.script = ""
        elif file.name in DROPPED or NEEDED_BY.get(file.name, "") not in self.html:
            self._remove("")
        elif "defer" not in cells and "async" not in cells:
            self.add(("defer", ""))

    def _remove(self, instead: str) -> None:
        self._removing, self._put = self.here, instead

    def handle_endtag(self, tag: str) -> None:
        """End what is being taken out."""
        if tag == "script" and self._removing is not None:
            self.change(self._removing, self.here + len("</script>"), self._put)
            self._removing = None


def _icons(names: Iterable[str]) -> set[str]:
    """The icons among the classes of a page: `fa-sun`, but not `fa-solid` or `fa-lg`, which say how they look."""
    looks = {"fa-solid", "fa-regular", "fa-brands", "fa-lg", "fa-fw", "fa-sm"}
    return {name for name in names if re.fullmatch(r"fa-[a-z-]+[a-z]", name)} - looks


def _bundle(scripts: list[Path]) -> str:
    pieces = []
    for path in scripts:
        text = path.read_text(encoding="utf-8")
        pieces.append(re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE).strip())
    return ";\n" + "\n;\n".join(pieces) + "\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def finish(site: Path) -> None:
    """Make a finished site light. Raises SlimError if a page asks for an icon that the book's style does not draw."""
    site = site.resolve()
    static = site / "_static"
    pages = pages_of(site)
    loads = [Loads(page) for page in pages]
    styles = list(
        dict.fromkeys(path for load in loads for path in load.styles if path.is_relative_to(static))
    )
    scripts = [
        path
        for path in dict.fromkeys(path for load in loads for path in load.scripts)
        if path.name not in {*DROPPED, *NEEDED_BY, INLINE} and all(path in load.scripts for load in loads)
    ]
    sheet = _style(site, pages, styles)
    script = _bundle(scripts)
    (static / SCRIPT).write_text(script, encoding="utf-8")
    options = (static / INLINE).read_text(encoding="utf-8").strip()
    for page in pages:
        root = "../" * (len(page.relative_to(site).parts) - 1)
        slimmer = Slimmer(
            page,
            set(styles),
            set(scripts),
            ADDRESS.sub(rf"\g<1>{root}\g<2>", sheet),
            f"{root}_static/{SCRIPT}?v={_hash(script)}",
            options,
        )
        page.write_text(slimmer.changed(), encoding="utf-8")
    _sweep(site, pages, scripts, {address for _, address in ADDRESS.findall(sheet)})


def _style(site: Path, pages: list[Path], styles: list[Path]) -> str:
    """The one style, its addresses those of files from the top of the site."""
    names = Names()
    texts = [page.read_text(encoding="utf-8") for page in pages]
    for text in texts:
        names.feed(text)
        names.reset()
    scripts = [path for path in site.rglob("*.js") if "locales" not in path.parts]
    words = {
        word
        for path in scripts
        if path.name not in {*UNREAD, *DROPPED, "searchindex.js"}
        for word in re.findall(r"[A-Za-z][\w-]*", path.read_text(encoding="utf-8"))
    }
    others = [path for path in site.rglob("*.css") if path not in styles and "_static" not in path.parts]
    variables = {
        name
        for text in [*texts, *(path.read_text(encoding="utf-8") for path in [*others, *scripts])]
        for name in css.VARIABLE.findall(text)
    }
    known = css.Known(*map(frozenset, (names.tags, names.classes, names.ids, words | BOOTSTRAP, variables)))
    sheet = css.merged(styles, site, known)
    drawn = set(re.findall(r"\.(fa-[a-z-]+)[^{}]*\{[^{}]*--icon:", sheet))
    if lost := sorted(_icons(names.classes) - drawn):
        raise SlimError(f"no icon is drawn for {', '.join(lost)}: add it to chapters/_static/icons.css")
    return LICENCES + sheet


class Addresses(HTMLParser):
    """The names of the files that pages point to, whether they load them or offer them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Note what a start tag points to."""
        self.names |= {
            _name(value) for name, value in attributes if name in ("src", "href", "data") and value
        }


def _sweep(site: Path, pages: list[Path], scripts: list[Path], styled: set[str]) -> None:
    """Take out of `_static` every file that no page and no style points to; the scripts' licences stay."""
    licences = {f"{script.name}.LICENSE.txt" for script in scripts}
    addresses = Addresses()
    for page in pages:
        addresses.feed(page.read_text(encoding="utf-8"))
        addresses.reset()
    wanted = addresses.names | {_name(address) for address in styled}
    for path in sorted((site / "_static").rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.name not in wanted and path.name not in licences:
            path.unlink()
