"""A finished page mended: what the engine and its theme write that is not valid, or that keeps a reader out.

Every repair is one function on the tree of a page, so that one can be dropped when its cause is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html as parser
from lxml.html import HtmlElement

from press import turkish
from press.markup import pages_of

ENDLESS = re.compile(r"</(?:source|track|wbr)>")  # elements without an end that the serialiser does not know
UNSCRIPTED = (
    "<p>The search needs JavaScript, which is off here. What it would find stands in the "
    '<a href="list-of-figures.html">list of figures</a>, the <a href="list-of-tables.html">list of tables</a>, the '
    '<a href="list-of-numbers.html">list of numbers</a> and the tables of the record: '
    '<a href="browse-quantities.html">quantities</a>, <a href="browse-events.html">events</a>, '
    '<a href="browse-claims.html">claims</a> and <a href="browse-tensions.html">tensions</a>.</p>'
)
UNMARKED = {"script", "style", "pre", "code", "option", "textarea", "title"}


def title_buttons(tree: HtmlElement) -> None:
    """A button is called what it shows: the search field keeps its words, icons get none of their own."""
    for button in tree.xpath("//button[contains(@class, 'search-button-field')]"):
        button.attrib.pop("aria-label", None)
    for icon in tree.xpath("//i[contains(@class, 'fa-')] | //span[contains(@class, 'fa-')]"):
        icon.attrib.pop("title", None)
        icon.set("aria-hidden", "true")
    for button in tree.xpath("//button[@title and not(@aria-label) and not(normalize-space())]"):
        button.set("aria-label", button.get("title"))
    for button in tree.xpath("//button[not(@type)]"):
        button.set("type", "button")


def write_summaries(tree: HtmlElement) -> None:
    """A summary holds phrases, not paragraphs, and is called what it shows."""
    for summary in tree.xpath("//details[contains(@class, 'hide')]/summary"):
        summary.attrib.pop("aria-label", None)
        for paragraph in summary.findall("p"):
            paragraph.tag = "span"


def name_regions(tree: HtmlElement) -> None:
    """Whatever a page shows lies in a landmark; a landmark that the element is already is not said again."""
    for sidebar in tree.xpath("//div[@id='pst-primary-sidebar']"):
        sidebar.set("role", "region")
        sidebar.set("aria-label", "Book")
    for main in tree.xpath("//main[@role='main']"):
        del main.attrib["role"]


def list_citations(tree: HtmlElement) -> None:
    """A bibliography is a list of items; the role that the engine gives them is deprecated."""
    for entry in tree.xpath("//*[@role='doc-biblioentry']"):
        entry.set("role", "listitem")


def head_tables(tree: HtmlElement) -> None:
    """A header says what it heads; a corner without words is none; frames and alignment are the style's."""
    for table in tree.iter("table"):
        table.attrib.pop("border", None)
        for head in table.xpath(".//th[not(@scope)]"):
            down = head.getparent().getparent().tag == "thead"
            span = head.get("colspan" if down else "rowspan", "1")
            group = {"1": ""}.get(span, "group")
            head.set("scope", ("col" if down else "row") + group)
        for head in table.xpath(".//th[not(normalize-space()) and not(*)]"):
            head.tag = "td"
            del head.attrib["scope"]


def describe_settings_once(tree: HtmlElement) -> None:
    """One viewport; no place for advertisements; no heading without words."""
    for extra in tree.xpath("//meta[@name='viewport']")[1:]:
        extra.drop_tree()
    for empty in tree.xpath(
        "//*[@id='ethical-ad-placement'] | //*[self::h1 or self::h2][not(normalize-space())]"
    ):
        empty.drop_tree()


def name_the_authors(tree: HtmlElement) -> None:
    """The line at the foot that names the authors is one sentence: an article in its middle begins small."""
    for line in tree.xpath("//p[@class='component-author']"):
        line.text = re.sub(r"^(\s*By )The ", r"\1the ", line.text or "")


def say_what_works_without_scripts(tree: HtmlElement) -> None:
    """Where the search does not run, a reader is led to the lists, which need no script."""
    for told in tree.xpath("//noscript/div[contains(@class, 'error')]"):
        told.getparent().replace(told, parser.fragment_fromstring(UNSCRIPTED))


def _wrapped(text: str) -> Iterator[tuple[str, HtmlElement | None]]:
    """A text in pieces: what stands before each phrase that is not English, and the phrase marked; then the rest."""
    at = 0
    for match in turkish.pattern().finditer(text):
        marked = parser.Element("span", lang=turkish.language(match[0]))
        marked.text = match[0]
        yield text[at : match.start()], marked
        at = match.end()
    yield text[at:], None


def _language(element: HtmlElement) -> str:
    return next((e.get("lang") for e in (element, *element.iterancestors()) if e.get("lang")), "")


def mark_languages(tree: HtmlElement) -> None:
    """Phrases that are not English are marked with their language, wherever a page shows them."""
    body = tree.find("body")
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element.tag in UNMARKED:
            before = False
        else:
            before = bool(element.text and turkish.pattern().search(element.text))
        if before and _language(element) in ("", "en"):
            if turkish.pattern().fullmatch(element.text.strip()) and element.tag in (
                "q",
                "cite",
                "dd",
                "span",
            ):
                element.set("lang", turkish.language(element.text.strip()))
            else:
                _put(element, element.text, first=True)
        parent = element.getparent()
        if (
            element is not body
            and element.tail
            and turkish.pattern().search(element.tail)
            and parent.tag not in UNMARKED
            and _language(parent) in ("", "en")
        ):
            _put(element, element.tail, first=False)


def _put(element: HtmlElement, text: str, first: bool) -> None:
    """Write a text, its phrases marked, at the start of an element, or behind it."""
    parent = element if first else element.getparent()
    at = 0 if first else parent.index(element) + 1
    last = None if first else element
    for before, marked in _wrapped(text):
        if last is None:
            element.text = before
        else:
            last.tail = before
        if marked is not None:
            parent.insert(at, marked)
            last, at = marked, at + 1


REPAIRS = (
    title_buttons,
    write_summaries,
    name_regions,
    list_citations,
    head_tables,
    describe_settings_once,
    name_the_authors,
    say_what_works_without_scripts,
    mark_languages,
)


def mended(text: str) -> str:
    """A page with every repair made."""
    tree = parser.document_fromstring(text)
    for repair in REPAIRS:
        repair(tree)
    text = parser.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>") + "\n"
    return ENDLESS.sub("", text)


def finish(site: Path) -> None:
    """Mend every page of a finished site."""
    for page in pages_of(site):
        page.write_text(mended(page.read_text(encoding="utf-8")), encoding="utf-8")
