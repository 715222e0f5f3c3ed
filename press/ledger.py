"""The ledger as data: `verdicts.csv`, `verdicts.json`, and schema.org JSON-LD for the claims page.

A finding is given as a plain property value. It is on printed figures: no review of a fact, and no rating.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from asprinted import ledger
from asprinted.book import DATA, book
from asprinted.record import Row, record
from asprinted.rows import place

FINDINGS = ("finding", "kindest", "hardest", "reason", "margin", "weight", "argument")


def as_csv() -> str:
    """The ledger, one row a claim or tension; cells as in `asprinted.ledger.COLUMNS`."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(ledger.COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(ledger.frame().to_dict("records"))
    return text.getvalue()


def as_json() -> str:
    """The same rows as JSON, with the citation, the meaning of each column and the counts."""
    found = {
        "citation": book().citation,
        "version": book().version,
        "columns": ledger.COLUMNS,
        "counts": ledger.counts(),
        "rows": ledger.frame().to_dict("records"),
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _text(row: Row) -> dict[str, Any]:
    found = {
        "@type": "CreativeWork",
        "@id": f"#{row.text}",
        "name": row.title,
        "author": row.authors,
        "datePublished": str(row.year),
    }
    return found | ({"sameAs": f"https://doi.org/{row.identifier}"} if row.identifier else {})


def _file(name: str, form: str) -> dict[str, str]:
    return {"@type": "DataDownload", "contentUrl": f"data/{name}", "encodingFormat": form}


def _dataset(files: dict[str, str]) -> dict[str, Any]:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return {
        "@type": "Dataset",
        "@id": "#record",
        "name": package["title"],
        "description": package["description"],
        "version": book().version,
        "license": package["licenses"][0]["path"],
        "creator": {"@type": "Organization", "name": book().authors},
        "creditText": book().citation,
        "isBasedOn": [{"@id": f"#{name}"} for name in record().rows["texts"]],
        "distribution": [_file(name, form) for name, form in files.items()],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": ledger.COLUMNS[name]} for name in FINDINGS
        ],
    }


def _claim(line: dict[str, str]) -> dict[str, Any]:
    row = record().rows["claims"][line["id"]]
    return {
        "@type": "Claim",
        "@id": f"#{row.id}",
        "url": line["address"],
        "text": row.claim,
        "isPartOf": {"@id": "#record"},
        "appearance": {
            "@type": "Quotation",
            "name": place(row),
            "text": row.printed,
            "isPartOf": {"@id": f"#{row.text}"},
        },
        "additionalProperty": [
            {"@type": "PropertyValue", "name": name, "value": line[name]} for name in FINDINGS if line[name]
        ],
    }


def linked_data(files: dict[str, str]) -> dict[str, Any]:
    """The record as a `Dataset`, its texts, and every claim as a `Claim` with where it stands and our finding.

    `files` are the downloads of the dataset, each with its media type. Ids and addresses are relative to the page.
    """
    return {
        "@context": "https://schema.org",
        "@graph": [
            _dataset(files),
            *map(_text, record().rows["texts"].values()),
            *map(_claim, ledger.frame(kind="claim").to_dict("records")),
        ],
    }


def script(files: dict[str, str]) -> str:
    """The linked data as a script element; nothing in it can end the element."""
    text = json.dumps(linked_data(files), ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'


def write(data: Path) -> None:
    """Write `verdicts.csv` and `verdicts.json` into the folder of downloads."""
    (data / "verdicts.csv").write_text(as_csv(), encoding="utf-8", newline="")
    (data / "verdicts.json").write_text(as_json(), encoding="utf-8")
