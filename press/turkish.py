"""Which words of the book are not English, so that a screen reader says them as they are meant.

The Turkish parts of the texts are known by their section; a Turkish title in a reference list is known by its phrase.
Names of people and firms are left as they are: a name has no language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from asprinted.record import Row, record

SECTIONS = {"GENİŞLETİLMİŞ ÖZET", "Geliş Tarihi", "Kabul Tarihi", "Yayın Tarihi"}

# Phrases of the record in another language that stand outside those sections: titles, and words cited as words.
PHRASES = {
    "tr": (
        "yüzde 113'lük kapasite kullanım oranına",
        "2022'de yüzde 113'lük kapasite kullanım oranına ulaştı",
        "STAR Rafineri, 2022'de",
        "oranına ulaştı",
        "oranina-ustasi",
        "Ankara Bildirisi açıklandı",
        "Türkiye, Azerbaycan ve Özbekistan'ın imzaladığı",
        "Azerbaycan'a nasıl avantaj sağladı",
        "Birlik ve ilerlemenin 15 yılı",
        "Yaşasın Türkiye-Azerbaycan birliği ve kardeşliği",
        "savunma sanayii iş birliği anlaşması onaylandı",
        "Cumhurbaşkanı Erdoğan'dan İran'a tepki",
        "TUSAŞ'ın yeni iştiraki",
        "Zengezur Koridoru ne zaman açılacak",
        "Afrika ile ticaret hacmimiz 40,7 milyar dolara ulaştı",
        "Erdogan-Biden görüşmesi: ABD Başkanı",
        "Küstaba Fırça",
        "kustaha-firca",
        "Senatör, Yunan lobisi militanı",
        "Savunma alanında bağımsız olamayan milletlerin istikballerine",
        "açıklayıcı-yorumlayıcı dış politika analizi",
        "Nevşehir Hacı Bektaş Veli Üniversitesi SBE Dergisi",
        "Neşehir Hacı Bektaş Veli Üniversitesi",
        "Atıf",
    ),
    "az": ("Şuşa Bəyannaməsi imzalanıb",),
}
MONTHS = (
    "Ocak",
    "Şubat",
    "Mart",
    "Nisan",
    "Mayıs",
    "Haziran",
    "Temmuz",
    "Ağustos",
    "Eylül",
    "Ekim",
    "Kasım",
    "Aralık",
)
DATE = rf"\(?(?:\d{{4}}, )?\d{{1,2}} (?:{'|'.join(MONTHS)})(?: \d{{4}})?\b\)?"  # a day as a Turkish reference prints it
WORD = re.compile(r"[^\W\d_]{2}")


def _places(row: Row) -> Iterator[tuple[str, int, str]]:
    """Text, paragraph and phrase of every place that a row points to."""
    yield row.text, row.paragraph, row.printed
    if getattr(row, "date_printed", ""):
        yield row.text, row.date_paragraph, row.date_printed
    if getattr(row, "printed_b", ""):
        yield row.text_b, row.paragraph_b, row.printed_b


@cache
def phrases() -> dict[str, str]:
    """Every phrase of the book that is not English, with its language: names of sections, phrases of the record."""
    rows = [row for table in record().rows.values() for row in table.values() if hasattr(row, "section")]
    turkish = {(row.text, row.paragraph) for row in rows if row.section in SECTIONS}
    found = dict.fromkeys(SECTIONS, "tr")
    for row in rows:
        for text, paragraph, printed in _places(row):
            if (text, paragraph) in turkish and WORD.search(printed):
                found[printed] = "tr"
    for language, texts in PHRASES.items():
        found |= dict.fromkeys(texts, language)
    return found


@cache
def pattern() -> re.Pattern[str]:
    """What finds such a phrase in a text, the longest first; any white space stands for any other."""
    longest = sorted(phrases(), key=lambda text: (-len(text), text))
    found = [r"\s+".join(re.escape(word).replace("'", "['’]") for word in text.split()) for text in longest]
    return re.compile(r"(?<!\w)(?:" + "|".join([*found, DATE]) + r")(?!\w)")


def language(text: str) -> str:
    """The language of a text that `pattern` has found."""
    return phrases().get(re.sub(r"\s+", " ", text).replace("’", "'"), "tr")
