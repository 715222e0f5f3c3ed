"""What a repository asks of a deposit that gets a DOI: metadata for Zenodo and for DataCite, from `CITATION.cff`.

    python -m press.deposit    writes .zenodo.json, which Zenodo reads from a release, and prints DataCite's

A DOI that exists already is that of this version; a deposit of a new version is made without one.
"""

from __future__ import annotations

import json
from typing import Any

from asprinted.book import ROOT, book, cff, licence
from asprinted.citations import text_reference
from asprinted.record import record

FILE = ROOT / ".zenodo.json"
DATACITE_TYPES = {"article-journal": "JournalArticle", "report": "Report", "chapter": "BookChapter"}


def _description() -> str:
    return " ".join(cff()["abstract"].split())


def _texts() -> list:
    return [text_reference(key) for key in record().rows["texts"]]


def zenodo() -> dict[str, Any]:
    """Metadata of a deposit at Zenodo: an open book, with the DOIs of the texts it is derived from."""
    found = book()
    related = [
        {"identifier": text.DOI, "relation": "isDerivedFrom", "scheme": "doi"}
        for text in _texts()
        if text.DOI
    ]
    return {
        "upload_type": "publication",
        "publication_type": "book",
        "title": found.title,
        "creators": [{"name": found.authors}],
        "description": _description(),
        "version": found.version,
        "publication_date": found.released.isoformat(),
        "language": "eng",
        "keywords": cff()["keywords"],
        "access_right": "open",
        "license": licence().name,
        "related_identifiers": related,
    }


def _creator(name) -> dict[str, str]:
    if name.literal:
        return {"name": name.literal, "nameType": "Organizational"}
    return {
        "name": name.inverted,
        "nameType": "Personal",
        "givenName": name.given,
        "familyName": name.family,
    }


def _related(text) -> dict[str, Any]:
    item = {
        "relationType": "IsDerivedFrom",
        "relatedItemType": DATACITE_TYPES[text.type],
        "titles": [{"title": text.title}],
        "creators": [_creator(name) for name in text.author],
        "publicationYear": str(text.issued[0]),
    }
    identifier = {"relatedItemIdentifier": text.DOI, "relatedItemIdentifierType": "DOI"}
    return item | ({"relatedItemIdentifier": identifier} if text.DOI else {})


def datacite() -> dict[str, Any]:
    """Metadata of the book in DataCite's schema; with its DOI and address once they exist."""
    found = book()
    said = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Book", "resourceType": "Jupyter Book"},
        "creators": [{"name": found.authors, "nameType": "Organizational"}],
        "titles": [{"title": found.title, "lang": "en"}],
        "publisher": {"name": found.authors},
        "publicationYear": str(found.year),
        "dates": [{"date": found.released.isoformat(), "dateType": "Issued"}],
        "language": "en",
        "version": found.version,
        "subjects": [{"subject": word} for word in cff()["keywords"]],
        "rightsList": [
            {
                "rights": licence().title,
                "rightsUri": licence().url,
                "rightsIdentifier": licence().name,
                "rightsIdentifierScheme": "SPDX",
            }
        ],
        "descriptions": [{"description": _description(), "descriptionType": "Abstract", "lang": "en"}],
        "relatedItems": [_related(text) for text in _texts()],
        "doi": found.doi,
        "url": found.url,
    }
    return {name: value for name, value in said.items() if value}


def as_text(metadata: dict[str, Any]) -> str:
    """Metadata as the text of a JSON file."""
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(as_text(zenodo()), encoding="utf-8")
    print(as_text(datacite()), end="")
