"""Repairs of finished pages: each does what it says, and a page that is mended stays as it is."""

import re

import pytest
from lxml import html

from asprinted.record import record
from press import mend, turkish
from press.markup import pages_of

PAGE = '<!DOCTYPE html>\n<html lang="en"><head><title>x</title></head><body><main>{}</main></body></html>'


def mended(body: str) -> str:
    return re.search(r"<main>(.*)</main>", mend.mended(PAGE.format(body)), re.DOTALL)[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<button class="search-button-field" aria-label="Search"><i class="fa-solid fa-x"></i> Search</button>',
            '<button class="search-button-field" type="button"><i class="fa-solid fa-x" aria-hidden="true"></i> Search'
            "</button>",
        ),
        (
            '<button title="Contents"><span class="fa-solid fa-list"></span></button>',
            '<button title="Contents" aria-label="Contents" type="button"><span class="fa-solid fa-list" '
            'aria-hidden="true"></span></button>',
        ),
        (
            '<details class="hide"><summary aria-label="Toggle"><p class="collapsed">Show</p></summary></details>',
            '<details class="hide"><summary><span class="collapsed">Show</span></summary></details>',
        ),
        ('<div role="doc-biblioentry">x</div>', '<div role="listitem">x</div>'),
        (
            '<table border="1"><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>b</th><td>c</td></tr></tbody></table>',
            '<table><thead><tr><td></td><th scope="col">a</th></tr></thead><tbody><tr><th scope="row">b</th><td>c</td></tr>'
            "</tbody></table>",
        ),
        (
            "<table><thead><tr><th colspan=2>a</th></tr></thead></table>",
            '<table><thead><tr><th colspan="2" scope="colgroup">a</th></tr></thead></table>',
        ),
        ("<h1></h1><h1>x</h1>", "<h1>x</h1>"),
        (
            "<p>“Rusya'nın işgalini kınayıp” kurnaz2026</p>",
            '<p>“<span lang="tr">Rusya\'nın işgalini kınayıp</span>” kurnaz2026</p>',
        ),
        ("<q>Rusya’nın işgalini kınayıp</q>", '<q lang="tr">Rusya’nın işgalini kınayıp</q>'),
        (
            "<p>a <b>b</b> NATO üyesi olarak, then Küstaba Fırça.</p>",
            '<p>a <b>b</b> <span lang="tr">NATO üyesi olarak</span>, then <span lang="tr">Küstaba Fırça</span>.</p>',
        ),
        ("<p>Şuşa Bəyannaməsi imzalanıb</p>", '<p><span lang="az">Şuşa Bəyannaməsi imzalanıb</span></p>'),
        (
            '<picture><source srcset="a.svg"><img src="b.png" alt="x"></picture>',
            '<picture><source srcset="a.svg"><img src="b.png" alt="x"></picture>',
        ),
        ("<pre>NATO üyesi olarak</pre>", "<pre>NATO üyesi olarak</pre>"),
        ("<q>(2020, 12 Kasım)</q>", '<q lang="tr">(2020, 12 Kasım)</q>'),
        ("<p>on 1 Mayıs 2024, it</p>", '<p>on <span lang="tr">1 Mayıs 2024</span>, it</p>'),
        ("<p>12 Marten</p>", "<p>12 Marten</p>"),
        (
            '<p class="component-author">By The As Printed contributors</p>',
            '<p class="component-author">By the As Printed contributors</p>',
        ),
        (
            '<noscript><div class="admonition error"><p>Error</p></div></noscript>',
            f"<noscript>{mend.UNSCRIPTED}</noscript>",
        ),
    ],
)
def test_a_repair(before, after):
    assert mended(before) == after
    assert mended(after) == after


def test_a_page_keeps_what_needs_no_repair():
    body = '<p>a &amp; b &lt; c\u00a0d</p><script>if (a < b && c) f("</p>")</script><svg viewBox="0 0 1 1"><path d="M0"/></svg>'
    found = html.fromstring(mended(body))
    assert found.findtext(".//p") == "a & b < c\u00a0d"
    assert found.findtext(".//script") == 'if (a < b && c) f("</p>")'


def test_every_page_is_mended_once_and_for_all(site):
    for page in pages_of(site):
        tree = html.parse(page).getroot()
        assert tree.get("lang") == "en"
        for repair in mend.REPAIRS:
            before = html.tostring(tree)
            repair(tree)
            assert html.tostring(tree) == before, f"{page.name}: {repair.__name__}"


# Names have no language of their own.
# fmt: off
NAMES = {
    "Altunışık", "Aydın-Düzgüt", "Balcı", "Bozkuş", "Cevrioğlu", "DEİK", "Erdoğan", "Guşa", "Guşă",
    "Kızılelma", "Neşehir", "TUSAŞ", "TÜRKİYE", "TİKA", "Ulupınar", "Yeşiltaş", "Yiğitoğlu",
    "Yığıtoğlu", "Yılmaz", "Çubukçuoğlu", "Öniş", "İbrahim", "İsmail", "Şafak", "Ş",
}
# fmt: on


def test_what_has_turkish_letters_or_months_is_turkish_or_a_name(site):
    word = re.compile(r"[\w-]*[ığşİĞŞ][\w-]*")
    month = re.compile(rf"\b(?:{'|'.join(turkish.MONTHS)})\b")
    english = """//body//text()[not(ancestor::pre or ancestor::script or ancestor::option or ancestor::code)]
        [string(ancestor::*[@lang][1]/@lang) = 'en']"""
    found = {}
    for page in pages_of(site):
        for text in html.parse(page).getroot().xpath(english):
            for match in (*word.findall(text), *month.findall(text)):
                found.setdefault(match, f"{page.name}: {text.strip()[:120]}")
    assert {name: where for name, where in found.items() if name not in NAMES} == {}
    assert set(found) >= NAMES


def test_phrases_in_another_language_are_marked_on_every_page(site):
    """A word that begins small and has a letter that English lacks is Turkish; names begin with a capital."""
    word = re.compile(r"(?<![\w-])[a-zçöü][\w’']*[ğışə][\w’']*", re.UNICODE)
    for page in pages_of(site):
        tree = html.parse(page).getroot()
        for text in tree.xpath("//body//text()"):
            parent = text.getparent() if text.is_text else text.getparent().getparent()
            languages = parent.xpath("ancestor-or-self::*/@lang")
            if languages[-1:] != ["en"] or parent.xpath(
                "ancestor-or-self::*[self::pre or self::script or self::option]"
            ):
                continue
            assert not word.search(text), f"{page.name}: {text.strip()[:120]}"


def test_phrases_outside_the_turkish_sections_stand_in_the_record():
    printed = {
        text
        for table in record().rows.values()
        for row in table.values()
        for text in (
            getattr(row, name, "") for name in ("printed", "printed_b", "date_printed", "venue", "section")
        )
        if text
    }
    for phrase in (phrase for phrases in turkish.PHRASES.values() for phrase in phrases):
        assert any(phrase in text for text in printed), phrase
