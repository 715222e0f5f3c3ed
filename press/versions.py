"""Versions of figures: what was accepted, what differs from it, and whether the difference is recorded.

`figures/record.json` holds, for every figure, what was last accepted; only `make accept` writes it.
`figures/changes.csv` is the author's word on each change of a figure that had been released.
`figures/renamed.csv` has the ids that are no more, and what took their place.
`figures/archive/VERSION/` keeps the files of each version that was replaced, and its entry as `ID.json`.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version as installed
from itertools import pairwise
from pathlib import Path

import pandas as pd

from asprinted import figures as bundles
from asprinted.book import FIGURES as FOLDER
from asprinted.book import ROOT, book
from asprinted.figures import Figure
from asprinted.figures.dictionary import DECIMAL
from asprinted.figures.style import COLUMN, PAGE, Sheet
from press.changelog import Changelog, changelog
from press.drawing import digest

WORDS = ("title", "caption", "alt", "description")
KINDS = ("data", "words", "drawing", "rendering")
CHANGES = ("figure", "version", "kind", "old", "new", "why")
RENAMED = ("old", "new", "version")
KEPT = ("record.json", "changes.csv", "renamed.csv")  # in figures/, and no figure's files
RENDERERS = ("matplotlib", "seaborn", "numpy", "pillow", "contourpy", "fonttools", "pikepdf")
ALL = "*"  # in changes.csv: every figure, for a rendering
SHOWN_ROWS = 6


class SilentChange(Exception):
    """A figure changed and nothing says so, or what says so does not fit; `faults` has a paragraph for each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n\n".join(faults))


@dataclass(frozen=True)
class Entry:
    """A figure as it was accepted."""

    id: str
    first: str
    version: str
    words: dict[str, str]
    data: str  # digest of its data
    drawing: dict[str, str]  # width in mm: digest of what is drawn
    files: dict[str, str]  # name: digest
    made_with: dict[str, str]  # package: version
    shown: str = ""  # digest of the copy in its chapter
    renderings: tuple[dict[str, str], ...] = ()  # since `version`, and why


@dataclass(frozen=True)
class Difference:
    """One thing in which two states of a figure differ."""

    kind: str
    what: str
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        if not (self.old or self.new):
            return f"{self.kind}: {self.what}"
        old, new = contrast(self.old, self.new)
        return f"{self.kind}, {self.what}: was {old!r}, is {new!r}"


@dataclass(frozen=True)
class Shelf:
    """Where figures lie and what they are held against."""

    folder: Path = FOLDER
    chapters: Path = ROOT / "chapters"
    figures: Mapping[str, Figure] = field(default_factory=lambda: bundles.FIGURES)
    version: str = field(default_factory=lambda: book().version)
    log: Changelog = field(default_factory=changelog)
    export: Callable[[str, Path], list[Path]] = bundles.export

    @property
    def archive(self) -> Path:
        """The folder of replaced versions."""
        return self.folder / "archive"


# --- reading and writing -------------------------------------------------------------------------


def sha256(data: bytes) -> str:
    """A digest as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def contrast(old: str, new: str, around: int = 40) -> tuple[str, str]:
    """Two texts cut to the stretch in which they differ, with a few letters on either side."""
    start = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    room = min(len(old), len(new)) - start
    end = next((i for i in range(room) if old[-1 - i] != new[-1 - i]), room)

    def cut(text: str) -> str:
        low, high = max(0, start - around), len(text) - max(0, end - around)
        return ("…" if low else "") + text[low:high] + ("…" if high < len(text) else "")

    return cut(old), cut(new)


def entry_from(cells: dict) -> Entry:
    """An entry as it is kept in JSON."""
    return Entry(**cells | {"renderings": tuple(cells.get("renderings", ()))})


def accepted(shelf: Shelf) -> dict[str, Entry]:
    """The figures as they were last accepted, by id; none if nothing was ever accepted."""
    path = shelf.folder / "record.json"
    if not path.exists():
        return {}
    return {cells["id"]: entry_from(cells) for cells in json.loads(path.read_text(encoding="utf-8"))}


def store(shelf: Shelf, entries: Mapping[str, Entry]) -> None:
    """Write the record of accepted figures."""
    cells = [asdict(entries[identifier]) for identifier in sorted(entries)]
    text = json.dumps(cells, ensure_ascii=False, indent=1) + "\n"
    (shelf.folder / "record.json").write_text(text, encoding="utf-8")


def rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of one of the author's tables. Raises SilentChange for another header or a row of another length."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    if not lines or tuple(lines[0]) != columns:
        raise SilentChange([f"{path.name}: the header must be {','.join(columns)}"])
    if bad := next((n for n, line in enumerate(lines, 1) if len(line) != len(columns)), 0):
        raise SilentChange([f"{path.name}, line {bad}: {len(columns)} cells are expected"])
    return [dict(zip(columns, line, strict=True)) for line in lines[1:]]


def changes(shelf: Shelf) -> list[dict[str, str]]:
    """The author's declarations."""
    return rows(shelf.folder / "changes.csv", CHANGES)


def renamed(shelf: Shelf) -> list[dict[str, str]]:
    """The retired ids, each with the id that took its place or with none."""
    return rows(shelf.folder / "renamed.csv", RENAMED)


def shown(shelf: Shelf) -> dict[str, str]:
    """The digest of each figure's copy in its chapter, as the notebooks store it."""
    found = {}
    for path in sorted(shelf.chapters.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                if carried := output.get("metadata", {}).get("asprinted"):
                    found[carried["id"]] = sha256("".join(output["data"]["image/svg+xml"]).encode("utf-8"))
    return found


# --- a figure as it is now -----------------------------------------------------------------------


def words(entry: Figure, data) -> dict[str, str]:
    """Everything that a figure says beside its artwork."""
    found = {name: getattr(entry, name) for name in WORDS}
    return {name: value if isinstance(value, str) else value(data) for name, value in found.items()}


def as_csv(data) -> bytes:
    """A figure's data as its file holds them."""
    return data.to_csv(index=False, lineterminator="\n").encode("utf-8")


def drawn(figure: Figure, data: pd.DataFrame) -> dict[str, str]:
    """The digest of what a figure draws at each width, in mm."""
    return {str(width): digest(figure.draw(data, Sheet(width))) for width in (PAGE, COLUMN)}


def current(shelf: Shelf, identifier: str, folder: Path) -> Entry:
    """A figure as it is drawn now, its files exported into a folder."""
    figure = shelf.figures[identifier]
    data = figure.data()
    written = shelf.export(identifier, folder)
    return Entry(
        id=identifier,
        first=figure.first,
        version=figure.changed,
        words=words(figure, data),
        data=sha256(as_csv(data)),
        drawing=drawn(figure, data),
        files={path.name: sha256(path.read_bytes()) for path in sorted(written)},
        made_with={name: installed(name) for name in RENDERERS},
    )


# --- what differs --------------------------------------------------------------------------------


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _table(path: Path) -> list[list[str]]:
    """A table of data as it is held, without the decimals that its file adds to exact fractions."""
    rows = list(csv.reader(io.StringIO(_text(path), newline="")))
    kept = [n for n, name in enumerate(rows[0]) if not name.endswith(DECIMAL)] if rows else []
    return [[row[n] for n in kept] for row in rows]


def data_differences(old: list[list[str]], new: list[list[str]]) -> Iterator[Difference]:
    """Which columns and which cells of which rows differ; rows are counted from 1, below the header."""
    if not old or not new:
        yield Difference("data", "other data than those accepted")
        return
    if old[0] != new[0]:
        yield Difference("data", "columns", ",".join(old[0]), ",".join(new[0]))
        return
    matcher = difflib.SequenceMatcher(None, *([tuple(r) for r in t[1:]] for t in (old, new)), autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if b - a == d - c:
            for n in range(b - a):
                pairs = zip(old[0], old[1 + a + n], new[1 + c + n], strict=True)
                for column, before, after in pairs:
                    if before != after:
                        yield Difference("data", f"row {a + n + 1}, {column}", before, after)
        else:
            yield from (Difference("data", f"row {n + 1} gone", ",".join(old[1 + n])) for n in range(a, b))
            yield from (
                Difference("data", f"row {n + 1} added", new=",".join(new[1 + n])) for n in range(c, d)
            )


def drawing_differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """At which widths other things are drawn; one difference at most."""
    other = [f"{width} mm" for width in new if old.get(width) != new[width]]
    return [Difference("drawing", f"at {' and '.join(other)}")] if other else []


def _tables(identifier: str, files: Iterable[str]) -> list[str]:
    """The tables of a bundle that explain its data."""
    return [name for name in files if name.endswith(".csv") and name != f"{identifier}.csv"]


def differences(old: Entry, new: Entry, old_folder: Path, new_folder: Path) -> list[Difference]:
    """In what a figure differs from an earlier state of it.

    Data come first: what is drawn follows from them, so a drawing is only named where the data are the same. Files
    whose bytes alone differ are a rendering if other libraries made them, and a drawing if the same ones did:
    what the digest of the artists does not see must then have changed.
    """
    found: list[Difference] = []
    if old.data != new.data:
        name = f"{new.id}.csv"
        found += data_differences(_table(old_folder / name), _table(new_folder / name))
    for name in WORDS:
        if old.words.get(name, "") != new.words.get(name, ""):
            found.append(Difference("words", name, old.words.get(name, ""), new.words.get(name, "")))
    for name in _tables(new.id, {**old.files, **new.files}):
        if old.files.get(name) != new.files.get(name):
            found.append(Difference("words", name, _text(old_folder / name), _text(new_folder / name)))
    if any(d.kind == "data" for d in found):
        return found
    found += drawing_differences(old.drawing, new.drawing)
    if found:
        return found
    other = sorted(n for n in {**old.files, **new.files} if old.files.get(n) != new.files.get(n))
    if other and old.version == new.version:  # a new version stands in every file
        with_other = ", ".join(
            f"{p} {old.made_with.get(p, 'none')} → {v}"
            for p, v in new.made_with.items()
            if old.made_with.get(p) != v
        )
        if with_other:
            found.append(Difference("rendering", f"{', '.join(other)}, by {with_other}"))
        else:
            found.append(Difference("drawing", f"other bytes by the same libraries in {', '.join(other)}"))
    return found


@dataclass(frozen=True)
class Since:
    """Two states of a figure, and the folders of their files."""

    old: Entry
    new: Entry
    old_folder: Path
    new_folder: Path


# --- whether it is recorded ----------------------------------------------------------------------


def declared(shelf: Shelf, identifier: str, version: str) -> dict[str, list[dict[str, str]]]:
    """The author's rows on one figure in one version, by kind."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in changes(shelf):
        if row["version"] == version and row["figure"] in (identifier, ALL):
            found.setdefault(row["kind"], []).append(row)
    return found


def misfits(row: dict[str, str], found: list[Difference], old_data: str, new_data: str) -> str:
    """Why a row of the author's does not fit what differs; empty if it fits.

    Words must quote what went and what came, data a cell of either (empty where rows were only added or taken
    away); of a drawing they say in words what is seen.
    """
    if row["kind"] == "words":
        texts = [d for d in found if d.kind == "words"]
        if not any(row["old"] in d.old and row["new"] in d.new and row["old"] != row["new"] for d in texts):
            return "its old and new words are not those that changed"
    if row["kind"] == "data" and not (row["old"] in old_data and row["new"] in new_data):
        return "its old and new values are not in the old and the new data"
    if not row["why"]:
        return "it does not say why"
    if row["kind"] != "rendering" and row["old"] == row["new"]:
        return "old and new are the same"
    return ""


def _place(figure: Figure) -> str:
    return f"the record of {figure.id} in {getattr(figure.data, '__module__', 'asprinted.figures')}"


def _listed(found: list[Difference]) -> list[str]:
    more = len(found) - SHOWN_ROWS
    return [f"  {d}" for d in found[:SHOWN_ROWS]] + ([f"  and {more} more"] if more > 0 else [])


def _to_add(identifier: str, version: str, kinds: Iterable[str]) -> list[str]:
    lines = [f"    {identifier},{version},{kind},OLD,NEW,WHY" for kind in kinds]
    if "drawing" in kinds:
        lines.append(
            f"  or, if nothing that is seen differs, {identifier},{version},rendering,,,WHY, with changed as it was"
        )
    return [f"  add to figures/changes.csv ({','.join(CHANGES)}):", *lines]


def _closed(shelf: Shelf) -> str:
    return (
        f"version {shelf.version} of the book is released: open the next one with a section '## VERSION, unreleased' "
        "in CHANGELOG.md, and set it in CITATION.cff, pyproject.toml and data/datapackage.json"
    )


def row_faults(shelf: Shelf, identifier: str, version: str, since: Since) -> Iterator[str]:
    """What the author's rows on a figure in one version lack, or say that does not fit what differs."""
    found = differences(since.old, since.new, since.old_folder, since.new_folder)
    kinds = dict.fromkeys(d.kind for d in found if d.kind != "rendering")
    said = declared(shelf, identifier, version)
    if missing := [kind for kind in kinds if kind not in said]:
        yield "\n".join(_to_add(identifier, version, missing))
    texts = [_text(folder / f"{identifier}.csv") for folder in (since.old_folder, since.new_folder)]
    for row in (row for kind in said if kind != "rendering" for row in said[kind]):
        where = f"  figures/changes.csv, {identifier} in {version}, {row['kind']}"
        if row["kind"] not in kinds:
            yield f"{where}: nothing of this kind differs from version {since.old.version}"
        elif misfit := misfits(row, found, *texts):
            yield f"{where}: {misfit}"


def released_before(shelf: Shelf, old: Entry) -> tuple[Entry, Path] | None:
    """The latest released state of a figure, and the folder of its files; None if there is none."""
    if shelf.log.released(old.version):
        return old, shelf.folder
    past = history(shelf, old)[:-1]
    return past[-1] if past else None


def undeclared(shelf: Shelf, old: Entry, new: Entry, found: list[Difference], folder: Path) -> list[str]:
    """What must still be recorded before a change from `old` to `new` can be accepted; nothing if it may be.

    A figure that has not been released may change as it is being made; one that has must take the version
    at work and a row for each kind of change.
    """
    kinds = list(dict.fromkeys(d.kind for d in found if d.kind != "rendering"))
    place = _place(shelf.figures[new.id])
    if not kinds:
        if new.version == old.version:
            return []
        return [f"  {place} says changed={new.version!r}, and nothing differs from version {old.version}"]
    if shelf.log.released(shelf.version):
        return [
            f"  {_closed(shelf)}",
            f"  set changed='VERSION' in {place} (it is {new.version!r})",
            *_to_add(new.id, "VERSION", kinds),
        ]
    needed = []
    if new.version != shelf.version:
        needed.append(f"  set changed={shelf.version!r} in {place} (it is {new.version!r})")
    if base := released_before(shelf, old):
        since = Since(base[0], replace(new, version=shelf.version), base[1], folder)
        needed += row_faults(shelf, new.id, shelf.version, since)
    return needed


# --- proposing and accepting ---------------------------------------------------------------------


@dataclass
class Proposal:
    """What accepting would do: nothing has been written yet."""

    scratch: Path
    whole: bool
    entries: dict[str, Entry] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)  # which figures changed, and how
    replaced: list[Entry] = field(default_factory=list)  # to be archived
    dropped: list[Entry] = field(default_factory=list)


def _intact(shelf: Shelf, entry: Entry) -> list[str]:
    """The files of an accepted figure that are missing or altered on disk."""
    paths = {name: shelf.folder / name for name in entry.files}
    return [n for n, p in paths.items() if not p.exists() or sha256(p.read_bytes()) != entry.files[n]]


def _told(shelf: Shelf, old: Entry, new: Entry, found: list[Difference]) -> tuple[list[Difference], str]:
    """The differences, with a drawing taken for a rendering where the author says so, and that word."""
    says = declared(shelf, new.id, shelf.version).get("rendering", [])
    if says and {d.kind for d in found} == {"drawing"} and old.version == new.version:
        return [replace(d, kind="rendering") for d in found], says[0]["why"]
    return found, ""


def propose(shelf: Shelf, identifiers: Iterable[str], scratch: Path, whole: bool = True) -> Proposal:
    """What accepting some figures would change. Raises SilentChange, naming figure, change and what to add.

    `whole`: these are all figures there are, so that one which is accepted and not among them is gone.
    """
    before, proposal, faults = accepted(shelf), Proposal(scratch, whole), list(shelf.log.faults())
    retired = {row["old"]: row for row in renamed(shelf)}
    identifiers = list(identifiers)
    for identifier in identifiers:
        new, old = current(shelf, identifier, scratch), before.get(identifier)
        if identifier in retired:
            faults.append(f"{identifier}: this id is retired (figures/renamed.csv) and cannot be used again")
        elif old is None:
            if shelf.log.released(shelf.version):
                faults.append(f"{identifier}: new, and {_closed(shelf)}")
            elif not new.first == new.version == shelf.version:
                faults.append(
                    f"{identifier}: new; set first and changed to {shelf.version!r} in "
                    f"{_place(shelf.figures[identifier])}"
                )
            proposal.said.append(f"{identifier}: new")
        else:
            found, why = _told(shelf, old, new, differences(old, new, shelf.folder, scratch))
            if needed := undeclared(shelf, old, new, found, scratch):
                faults.append(
                    "\n".join([f"{identifier}: changed, and not recorded", *_listed(found), *needed])
                )
                continue
            if found:
                proposal.said.append("\n".join([f"{identifier}:", *_listed(found)]))
            if new.version != old.version:
                proposal.replaced.append(old)
                if altered := _intact(shelf, old):
                    faults.append(
                        f"{identifier}: {', '.join(altered)} on disk is not what was accepted; restore it"
                    )
            elif found and shelf.log.released(old.version):
                logged = {"version": shelf.version, "why": why or found[0].what}
                new = replace(new, renderings=(*old.renderings, logged))
            else:
                new = replace(new, renderings=old.renderings)
            new = replace(new, shown=old.shown)
        proposal.entries[identifier] = new
    for identifier in set(before) - set(identifiers) if whole else ():
        if shelf.log.released(shelf.version):
            faults.append(f"{identifier}: gone, and {_closed(shelf)}")
        elif shelf.log.released(before[identifier].version) and identifier not in retired:
            faults.append(
                f"{identifier}: gone without a word; add to figures/renamed.csv ({','.join(RENAMED)}), with the id "
                f"that took its place or none:\n    {identifier},NEW,{shelf.version}"
            )
        proposal.said.append(f"{identifier}: gone")
        proposal.dropped.append(before[identifier])
    if faults:
        raise SilentChange(faults)
    return proposal


def _keep(shelf: Shelf, entry: Entry) -> None:
    """Copy an accepted figure's files and entry into the archive of its version."""
    home = shelf.archive / entry.version
    home.mkdir(parents=True, exist_ok=True)
    for name in entry.files:
        shutil.copyfile(shelf.folder / name, home / name)
    text = json.dumps(asdict(entry), ensure_ascii=False, indent=1) + "\n"
    (home / f"{entry.id}.json").write_text(text, encoding="utf-8")


def accept(shelf: Shelf, proposal: Proposal) -> None:
    """Carry out a proposal: archive what is replaced, put the new files in its place, and write the record."""
    entries = accepted(shelf)
    for entry in proposal.replaced:
        _keep(shelf, entry)
    for entry in proposal.dropped:
        if shelf.log.released(entry.version):
            _keep(shelf, entry)
        del entries[entry.id]
    in_chapters = shown(shelf)
    for identifier, entry in proposal.entries.items():
        for name in entry.files:
            fresh, target = (proposal.scratch / name).read_bytes(), shelf.folder / name
            if not target.exists() or target.read_bytes() != fresh:
                target.write_bytes(fresh)
        entries[identifier] = replace(entry, shown=in_chapters.get(identifier, ""))
    known = {name for entry in entries.values() for name in entry.files} | set(KEPT)
    for path in sorted(shelf.folder.iterdir()) if proposal.whole else ():
        if path.is_file() and path.name not in known:
            path.unlink()
    store(shelf, entries)


# --- holding the record against the book ---------------------------------------------------------


def archived(shelf: Shelf, identifier: str) -> list[tuple[Entry, Path]]:
    """The replaced versions of a figure, earliest first, each with the folder of its files."""
    homes = [shelf.archive / version for version in reversed(shelf.log.days)]
    kept = [(home / f"{identifier}.json", home) for home in homes]
    return [
        (entry_from(json.loads(path.read_text(encoding="utf-8"))), home)
        for path, home in kept
        if path.exists()
    ]


def history(shelf: Shelf, entry: Entry) -> list[tuple[Entry, Path]]:
    """A figure's versions, earliest first and the present one last, each with the folder of its files."""
    return [*archived(shelf, entry.id), (entry, shelf.folder)]


def _history_faults(shelf: Shelf, entry: Entry) -> Iterator[str]:
    """What is missing of a figure's past: an archived version, or the author's row on a change."""
    versions = history(shelf, entry)
    if versions[0][0].version != entry.first:
        yield f"{entry.id}: version {entry.first} is not in figures/archive/"
    for old, home in versions[:-1]:
        for name, known in old.files.items():
            if not (home / name).exists() or sha256((home / name).read_bytes()) != known:
                yield f"{entry.id}: figures/archive/{old.version}/{name} is missing or altered"
    for (old, old_home), (new, new_home) in pairwise(versions):
        for fault in row_faults(shelf, entry.id, new.version, Since(old, new, old_home, new_home)):
            yield f"{entry.id}: changed in version {new.version}, and not recorded\n{fault}"


def _table_faults(shelf: Shelf) -> Iterator[str]:
    """What is wrong with the author's two tables by themselves."""
    known = accepted(shelf)
    retired = [row["old"] for row in renamed(shelf)]
    for row in changes(shelf):
        said = f"figures/changes.csv, {row['figure']} in {row['version']}"
        if row["kind"] not in KINDS:
            yield f"{said}: the kind {row['kind']!r} is none of {', '.join(KINDS)}"
        elif row["figure"] == ALL and row["kind"] != "rendering":
            yield f"{said}: only a rendering can be of every figure"
        elif row["figure"] != ALL and row["figure"] not in {*known, *retired}:
            yield f"{said}: there is no such figure"
        elif row["version"] not in shelf.log.days:
            yield f"{said}: CHANGELOG.md has no such version"
        elif not row["why"]:
            yield f"{said}: it does not say why"
        elif row["kind"] != "rendering" and row["figure"] in known:
            past = [entry.version for entry, _ in history(shelf, known[row["figure"]])[1:]]
            if row["version"] not in past:
                yield f"{said}: the figure did not change in this version"
    for row in renamed(shelf):
        said = f"figures/renamed.csv, {row['old']}"
        if row["old"] in shelf.figures:
            yield f"{said}: this id is retired and cannot be used again"
        if row["new"] and row["new"] not in shelf.figures and row["new"] not in retired:
            yield f"{said}: there is no figure {row['new']!r} to lead to"
        if row["version"] not in shelf.log.days:
            yield f"{said}: CHANGELOG.md has no version {row['version']!r}"
    if len(retired) != len(set(retired)):
        yield "figures/renamed.csv: an id is retired twice"


def _state_faults(shelf: Shelf, entry: Entry, copies: Mapping[str, str]) -> Iterator[str]:
    """In what a figure's record, words, data, files and copy in its chapter are not what was accepted."""
    figure = shelf.figures[entry.id]
    if (figure.first, figure.changed) != (entry.first, entry.version):
        yield (
            f"{entry.id}: first and changed are {figure.first} and {figure.changed}; "
            f"{entry.first} and {entry.version} were accepted"
        )
    data = figure.data()
    found = [
        Difference("words", name, entry.words.get(name, ""), text)
        for name, text in words(figure, data).items()
        if text != entry.words.get(name, "")
    ]
    fresh = as_csv(data)
    if sha256(fresh) != entry.data:
        lines = list(csv.reader(io.StringIO(fresh.decode("utf-8"))))
        found += data_differences(_table(shelf.folder / f"{entry.id}.csv"), lines)
    else:  # what is drawn follows from the data
        found += drawing_differences(entry.drawing, drawn(figure, data))
    if copies.get(entry.id) != entry.shown and not found:
        found.append(Difference("drawing", "the copy in its chapter is not the one that was accepted"))
    if found:
        yield "\n".join([f"{entry.id}: changed, and not accepted", *_listed(found)])
    if altered := _intact(shelf, entry):
        yield f"{entry.id}: on disk, {', '.join(altered)} is missing or not what was accepted"


def faults(shelf: Shelf | None = None) -> list[str]:
    """Everything in which figures, files and words differ from the record of what was accepted.

    Every figure is drawn at both widths, but no file of it is made: that the files are those of the drawing is
    held by their digests, and tested. Raises SilentChange for an unreadable table.
    """
    shelf = shelf or Shelf()
    known, copies = accepted(shelf), shown(shelf)
    found = [*shelf.log.faults(), *_table_faults(shelf)]
    if next(iter(shelf.log.days), "") != shelf.version:
        found.append(f"CHANGELOG.md: its first version is not the book's, {shelf.version}")
    for identifier in shelf.figures:
        if identifier not in known:
            found.append(f"{identifier}: new, and not accepted")
    for identifier, entry in known.items():
        if identifier not in shelf.figures:
            found.append(f"{identifier}: accepted, and gone")
            continue
        found += _state_faults(shelf, entry, copies)
        found += _history_faults(shelf, entry)
    files = {name for entry in known.values() for name in entry.files} | set(KEPT)
    strays = [
        path.name for path in sorted(shelf.folder.iterdir()) if path.is_file() and path.name not in files
    ]
    return found + [f"figures/{name}: belongs to no accepted figure" for name in strays]
