"""The errata page, made from the author's table of changes and the archive; and a page for every retired id."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from pathlib import Path

from press.changelog import changelog, corrections
from press.versions import ALL, Entry, Shelf, accepted, archived, declared, history, renamed

NONE = "None so far."
REDIRECT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{old}: {now}</title>
{lead}</head>
<body>
<main>
<h1>{old}</h1>
<p>{said}</p>
</main>
</body>
</html>
"""


def _words(title: str, text: str) -> str:
    return f"<dt>{title}</dt><dd>{escape(text, quote=False)}</dd>" if text else ""


def _kept(old: Entry) -> str:
    """The files of a replaced version, as links."""
    home = f"figures/archive/{old.version}"
    files = ", ".join(f'<a href="{home}/{name}">{name}</a>' for name in old.files)
    return f"As it was in version {old.version}: {files}."


def _step(shelf: Shelf, old: Entry, new: Entry) -> str:
    """One change of one figure: old and new as the author says them, its whole words then and now, its old files."""
    rows = [
        row for kind in declared(shelf, new.id, new.version).values() for row in kind if row["figure"] != ALL
    ]
    cells = "".join(
        "<tr>"
        + "".join(f"<td>{escape(row[c], quote=False)}</td>" for c in ("kind", "old", "new", "why"))
        + "</tr>"
        for row in rows
    )
    words = "".join(
        _words(f"{name}, version {entry.version}", entry.words[name])
        for name in new.words
        if old.words.get(name) != new.words[name]
        for entry in (old, new)
        if name in entry.words
    )
    title = f"{escape(new.words['title'], quote=False)} (<code>{new.id}</code>), version {new.version}"
    return (
        f'<section id="{new.id}-{new.version}"><h3>{title}</h3>'
        f'<p><a href="figures/{new.id}.html">The figure as it is now</a>. {_kept(old)}</p>'
        '<table class="printed"><thead><tr><th scope="col">What changed</th><th scope="col">Old</th>'
        f'<th scope="col">New</th><th scope="col">Why</th></tr></thead><tbody>{cells}</tbody></table>'
        + (f"<dl>{words}</dl>" if words else "")
        + "</section>"
    )


def _raw(html: str) -> str:
    return f"````{{raw}} html\n{html}\n````"


def changed(shelf: Shelf) -> str:
    """Every change of a figure that had been released, latest version first, in Markdown."""
    steps = [
        (list(shelf.log.days).index(new.version), _step(shelf, old, new))
        for entry in accepted(shelf).values()
        for past in (history(shelf, entry),)
        for (old, _), (new, _) in pairwise(past)
    ]
    return _raw("\n".join(html for _, html in sorted(steps))) if steps else NONE


def rerendered(shelf: Shelf) -> str:
    """Every rendering anew of a released figure whose data, words and drawing stayed, in Markdown."""
    found = [(entry, log) for entry in accepted(shelf).values() for log in entry.renderings]
    return (
        "\n".join(f"- `{entry.id}`, in version {log['version']}: {log['why']}" for entry, log in found)
        or NONE
    )


def retired(shelf: Shelf) -> str:
    """Every id that is no more, and where it leads, in Markdown."""
    lines = [
        f"- `{row['old']}`, in version {row['version']}: "
        + (f'now <a href="figures/{row["new"]}.html">{row["new"]}</a>.' if row["new"] else "withdrawn.")
        + "".join(f" {_kept(old)}" for old, _ in archived(shelf, row["old"]))
        for row in renamed(shelf)
    ]
    return "\n".join(lines) or NONE


def page() -> dict[str, str]:
    """What the errata page shows: changes, renderings, retired ids, corrected rows."""
    shelf = Shelf()
    return {
        "changed": changed(shelf),
        "rerendered": rerendered(shelf),
        "retired": retired(shelf),
        "corrections": corrections(changelog()),
    }


def write(folder: Path, shelf: Shelf | None = None) -> None:
    """Write, into a staged folder of chapters, a page at the address of every retired id."""
    home = folder / "_extra" / "figures"
    home.mkdir(parents=True, exist_ok=True)
    for row in renamed(shelf or Shelf()):
        old, new = escape(row["old"]), escape(row["new"])
        if new:
            lead = f'<link rel="canonical" href="{new}.html">\n<meta http-equiv="refresh" content="0; url={new}.html">\n'
            said = f'This figure is now <a href="{new}.html">{new}</a>, since version {row["version"]}.'
        else:
            lead = ""
            said = (
                f"This figure was withdrawn in version {row['version']}. "
                'Its files are kept: see the <a href="../errata.html">errata</a>.'
            )
        now = f"now {new}" if new else "withdrawn"
        (home / f"{old}.html").write_text(
            REDIRECT.format(old=old, now=now, lead=lead, said=said), encoding="utf-8"
        )
