"""What a figure's files say of themselves: title, creators, licence, identifier with version, description.

The values are the figure's record; PNG holds them in text chunks, SVG in title, description and Dublin Core,
PDF in XMP and in its information dictionary.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pandas as pd
import pikepdf
from PIL.PngImagePlugin import PngInfo

from asprinted.book import book
from asprinted.figures.spec import Figure

LANGUAGE = "en"
TOOLKIT = b' x:xmptk="pikepdf"'  # the library's own name in the packet; a figure's files name no software


def rights(entry: Figure) -> str:
    """Who holds a figure and under what licence it may be used."""
    return f"{book().authors}. {entry.licence.title} ({entry.licence.name}), {entry.licence.url}"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands inside a figure's files."""

    id: str
    title: str
    creators: str
    rights: str
    licence: str
    identifier: str
    description: str


def metadata(entry: Figure, data: pd.DataFrame) -> Metadata:
    """The metadata of a figure drawn from some data."""
    return Metadata(
        id=entry.id,
        title=entry.title,
        creators=book().authors,
        rights=rights(entry),
        licence=entry.licence.url,
        identifier=entry.identifier,
        description=entry.description(data),
    )


def png_chunks(said: Metadata) -> PngInfo:
    """Text chunks under the registered keywords; the identifier has none and takes its own name."""
    chunks = PngInfo()
    for keyword, text in (
        ("Title", said.title),
        ("Author", said.creators),
        ("Copyright", said.rights),
        ("Identifier", said.identifier),
        ("Description", said.description),
    ):
        chunks.add_itxt(keyword, text, lang=LANGUAGE, tkey=keyword)
    return chunks


def svg_terms(said: Metadata) -> dict[str, str]:
    """Dublin Core terms for the writer of SVG."""
    return {
        "Title": said.title,
        "Creator": said.creators,
        "Rights": said.rights,
        "Identifier": said.identifier,
        "Description": said.description,
        "Language": LANGUAGE,
    }


def describe_svg(svg: str, said: Metadata) -> str:
    """An SVG whose root is an image, labelled by its title and described by its description."""
    title, desc = f"{said.id}-title", f"{said.id}-desc"
    plain = f"<title>{escape(said.title)}</title>"
    root = f'<svg role="img" xml:lang="{LANGUAGE}" aria-labelledby="{title}" aria-describedby="{desc}" '
    told = f'<title id="{title}">{escape(said.title)}</title>\n <desc id="{desc}">{escape(said.description)}</desc>'
    return svg.replace("<svg ", root, 1).replace(plain, told, 1)


def describe_pdf(pdf: bytes, said: Metadata) -> bytes:
    """A PDF with XMP, information dictionary and language; names no software, and its id follows from its contents."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.Lang = pikepdf.String(LANGUAGE)
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with document.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["dc:title"] = said.title
            xmp["dc:creator"] = [said.creators]
            xmp["dc:rights"] = said.rights
            xmp["dc:identifier"] = said.identifier
            xmp["dc:description"] = said.description
            xmp["dc:language"] = {LANGUAGE}
            xmp["xmpRights:Marked"] = "True"
            xmp["xmpRights:WebStatement"] = said.licence
        packet = document.Root.Metadata
        packet.write(packet.read_bytes().replace(TOOLKIT, b""))
        document.docinfo["/Title"] = said.title
        document.docinfo["/Author"] = said.creators
        document.docinfo["/Subject"] = said.description
        document.docinfo["/Copyright"] = said.rights
        document.docinfo["/Identifier"] = said.identifier
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()
