"""A figure's change is seen, named and refused until it is recorded; what was replaced is kept."""

import io
import json
from dataclasses import replace

import matplotlib as mpl
import pandas as pd
import pytest

from asprinted.book import ROOT, book
from asprinted.figures import FIGURES, Figure
from asprinted.figures.style import Sheet
from press import accept, errata, publish, versions
from press.changelog import Changelog, changelog
from press.drawing import digest

ONE, OTHER = "fig-order-one", "fig-order-other"
BEFORE = "# Changelog\n\n## 0.1.0, unreleased\n\nx\n"
RELEASED = "# Changelog\n\n## 0.1.0, 2026-11-30\n\nx\n"
AFTER = "# Changelog\n\n## 0.2.0, unreleased\n\ny\n\n## 0.1.0, 2026-11-30\n\nx\n"


def draw(data, sheet):
    """A small drawing, quick to make."""
    drawing = mpl.figure.Figure(figsize=(sheet.width / 100, 1))
    axes = drawing.add_subplot()
    axes.plot(data["value"], color="black")
    axes.set_xlabel(data["label"][0])
    return drawing


def made_up(identifier):
    return Figure(
        id=identifier,
        title="A title",
        chapter="what-came-first",
        claims=(),
        rows=(),
        first="0.1.0",
        changed="0.1.0",
        data=lambda: pd.DataFrame({"label": ["one", "two", "three"], "value": [1, 2, 3]}),
        draw=draw,
        caption=lambda data: f"A caption on {len(data)} rows, which goes on for a while.",
        alt=lambda data: f"A line from {data['value'].min()} up.",
        description=lambda data: "A long description.",
    )


def saved(drawing, path, **metadata):
    with mpl.rc_context({"svg.hashsalt": "x"}):
        drawing.savefig(path, metadata=metadata)


class Desk:
    """A shelf of its own, on which made-up figures can be altered and accepted."""

    def __init__(self, folder):
        (folder / "figures").mkdir()
        (folder / "chapters").mkdir()
        self.entries = {i: made_up(i) for i in (ONE, OTHER)}
        self.shelf = versions.Shelf(
            folder / "figures", folder / "chapters", self.entries, "0.1.0", Changelog(BEFORE), self.export
        )
        self.table("changes.csv", versions.CHANGES)
        self.table("renamed.csv", versions.RENAMED)
        self.accept()

    def export(self, identifier, folder):
        folder.mkdir(exist_ok=True)
        entry = self.entries[identifier]
        data = entry.data()
        paths = [
            folder / f"{identifier}{ending}" for ending in (".csv", ".svg", "-90.pdf", "-dictionary.csv")
        ]
        paths[0].write_bytes(versions.as_csv(data))
        saved(entry.draw(data, Sheet(190)), paths[1], Date=None, Title=entry.title, Identifier=entry.changed)
        saved(entry.draw(data, Sheet(90)), paths[2], CreationDate=None, Title=entry.title)
        paths[3].write_text(self.dictionary, encoding="utf-8")
        return paths

    dictionary = "column,meaning\nlabel,what it is\n"

    def table(self, name, columns, *rows):
        lines = [",".join(columns), *(",".join(f'"{cell}"' for cell in row) for row in rows)]
        (self.shelf.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def say(self, *rows):
        self.table("changes.csv", versions.CHANGES, *rows)

    def release(self):
        self.shelf = replace(self.shelf, log=Changelog(RELEASED))

    def next_version(self):
        self.shelf = replace(self.shelf, log=Changelog(AFTER), version="0.2.0")

    def alter(self, identifier=ONE, **changed):
        self.entries[identifier] = replace(self.entries[identifier], **changed)

    def notebook(self):
        """Store each figure's copy in a chapter, as executing a notebook does."""
        cells = []
        for entry in self.entries.values():
            buffer = io.StringIO()
            with mpl.rc_context({"svg.hashsalt": "x"}):
                drawing = entry.draw(entry.data(), Sheet(190))
                drawing.savefig(buffer, format="svg", metadata={"Date": None})
            carried = {"asprinted": {"id": entry.id}}
            cells.append({"outputs": [{"data": {"image/svg+xml": buffer.getvalue()}, "metadata": carried}]})
        path = self.shelf.chapters / "chapter.ipynb"
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")

    def propose(self):
        scratch = self.shelf.folder.parent / "scratch"
        return versions.propose(self.shelf, list(self.entries), scratch)

    def accept(self):
        proposal = self.propose()
        self.notebook()
        versions.accept(self.shelf, proposal)
        return "\n".join(proposal.said)

    def refused(self):
        before = self.files()
        with pytest.raises(versions.SilentChange) as caught:
            self.propose()
        assert self.files() == before
        return str(caught.value)

    def faults(self):
        return "\n".join(versions.faults(self.shelf))

    def files(self):
        found = sorted(p for p in self.shelf.folder.rglob("*") if p.is_file())
        return {str(p.relative_to(self.shelf.folder)): p.read_bytes() for p in found}


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def other_data(entry):
    data = entry.data()
    data.loc[1, "value"] = 7
    return lambda: data.copy()


def thicker(entry):
    def draw(data, sheet):
        drawing = entry.draw(data, sheet)
        drawing.axes[0].xaxis.label.set_color("red")
        return drawing

    return draw


CAPTION = {"caption": lambda data: "Another caption, of which nobody was told."}


# --- the book's own figures ----------------------------------------------------------------------


def test_the_books_figures_are_as_they_were_accepted():
    assert versions.faults() == []


@pytest.mark.parametrize("identifier", FIGURES)
def test_what_is_drawn_is_what_was_accepted(identifier):
    accepted = versions.accepted(versions.Shelf())[identifier]
    data = FIGURES[identifier].data()
    for width, known in accepted.drawing.items():
        assert digest(FIGURES[identifier].draw(data, Sheet(int(width)))) == known


def test_the_changelog_begins_with_the_books_version():
    log = changelog()
    assert log.faults() == []
    assert next(iter(log.days)) == book().version
    for version, day in log.days.items():
        if version == book().version and day != "unreleased":
            assert f"date-released: {day}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


# --- seeded changes: the build fails, and says which and how --------------------------------------


def test_nothing_is_said_of_a_shelf_as_it_was_accepted(desk):
    assert desk.faults() == ""
    assert desk.accept() == ""


@pytest.mark.parametrize("name", versions.WORDS)
def test_other_words_are_caught_and_named(desk, name):
    new = "A word that was never accepted"
    desk.alter(**{name: new if name == "title" else lambda data: new})
    assert f"{ONE}: changed, and not accepted" in desk.faults()
    assert f"words, {name}" in desk.faults()
    assert new in desk.faults()
    assert OTHER not in desk.faults()


def test_another_datum_is_caught_with_its_row_and_column(desk):
    desk.alter(data=other_data(desk.entries[ONE]))
    assert "data, row 2, value: was '2', is '7'" in desk.faults()


def test_another_meaning_of_a_column_is_a_change_of_words(desk):
    desk.next_version()
    desk.dictionary = "column,meaning\nlabel,something else\n"
    assert f"words, {ONE}-dictionary.csv: was" in desk.refused()


def test_rows_that_come_and_go_are_told_apart():
    old, new = [["a", "b"], ["1", "x"], ["2", "y"]], [["a", "b"], ["1", "x"]]
    assert [str(d) for d in versions.data_differences(old, new)] == ["data, row 2 gone: was '2,y', is ''"]
    assert [str(d) for d in versions.data_differences(new, old)] == ["data, row 2 added: was '', is '2,y'"]
    assert [d.what for d in versions.data_differences(old, [["a", "c"]])] == ["columns"]


def test_another_drawing_is_named_with_its_widths(desk):
    desk.alter(draw=thicker(desk.entries[ONE]))
    assert desk.faults() == f"{ONE}: changed, and not accepted\n  drawing: at 190 mm and 90 mm"


def test_a_drawing_that_differs_in_the_narrow_copy_alone_is_caught_too(desk):
    draw, other = desk.entries[ONE].draw, thicker(desk.entries[ONE])
    desk.alter(draw=lambda data, sheet: (other if sheet.narrow else draw)(data, sheet))
    assert desk.faults() == f"{ONE}: changed, and not accepted\n  drawing: at 90 mm"


def test_another_copy_in_a_chapter_is_caught(desk):
    before = desk.entries[ONE]
    desk.alter(draw=thicker(before))
    desk.notebook()
    desk.alter(draw=before.draw)
    assert "the copy in its chapter is not the one that was accepted" in desk.faults()


@pytest.mark.parametrize("ending", [".svg", "-90.pdf", ".csv"])
def test_a_file_altered_or_lost_on_disk_is_caught(desk, ending):
    path = desk.shelf.folder / f"{ONE}{ending}"
    path.write_bytes(path.read_bytes() + b" ")
    assert f"on disk, {path.name} is missing or not what was accepted" in desk.faults()
    path.unlink()
    assert path.name in desk.faults()


def test_a_version_raised_by_hand_is_caught(desk):
    desk.alter(changed="0.2.0")
    assert "first and changed are 0.1.0 and 0.2.0; 0.1.0 and 0.1.0 were accepted" in desk.faults()


def test_a_new_figure_a_lost_one_and_a_stray_file_are_caught(desk):
    lost = desk.entries.pop(OTHER)
    (desk.shelf.folder / "fig-stray.svg").write_text("x")
    assert f"{OTHER}: accepted, and gone" in desk.faults()
    assert "figures/fig-stray.svg: belongs to no accepted figure" in desk.faults()
    desk.entries["fig-order-new"] = replace(lost, id="fig-order-new")
    assert "fig-order-new: new, and not accepted" in desk.faults()


def test_publishing_stops_at_a_change_that_is_not_accepted(desk, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(publish, "BUILD", tmp_path / "build")
    monkeypatch.setattr(versions, "Shelf", lambda: desk.shelf)
    monkeypatch.setattr(publish, "stage", lambda folder: pytest.fail("it went on"))
    desk.alter(**CAPTION)
    assert publish.main() == 1
    said = capsys.readouterr().err
    assert ONE in said
    assert "words, caption" in said
    assert "the old site stands" in said


# --- accepting -----------------------------------------------------------------------------------


def test_before_its_release_a_figure_may_change_and_is_named(desk):
    desk.alter(**CAPTION)
    assert "words, caption: was" in desk.accept()
    assert desk.faults() == ""
    assert not desk.shelf.archive.exists()


@pytest.mark.parametrize(
    ("kind", "alteration"),
    [
        ("words", lambda entry: CAPTION),
        ("data", lambda entry: {"data": other_data(entry)}),
        ("drawing", lambda entry: {"draw": thicker(entry)}),
    ],
)
def test_a_silent_change_of_a_released_figure_is_refused_with_what_to_add(desk, kind, alteration):
    desk.release()
    desk.alter(**alteration(desk.entries[ONE]))
    said = desk.refused()
    assert f"{ONE}: changed, and not recorded" in said
    assert kind in said
    assert "version 0.1.0 of the book is released" in said
    desk.next_version()
    said = desk.refused()
    assert f"{ONE},0.2.0,{kind},OLD,NEW,WHY" in said
    assert "set changed='0.2.0'" in said
    desk.alter(changed="0.2.0")
    said = desk.refused()
    assert "set changed" not in said
    assert f"{ONE},0.2.0,{kind}" in said


def test_a_recorded_change_is_accepted_and_the_old_files_are_kept(desk):
    desk.next_version()
    old = desk.files()
    words = versions.accepted(desk.shelf)[ONE].words["caption"]
    desk.alter(**CAPTION, changed="0.2.0")
    desk.say((ONE, "0.2.0", "words", words[:20], "of which nobody was told", "to try it"))
    assert ONE in desk.accept()
    assert desk.faults() == ""
    kept = [name for name in old if name.startswith(f"{ONE}.") or name.startswith(f"{ONE}-")]
    assert len(kept) == 4
    assert all(desk.files()[f"archive/0.1.0/{name}"] == old[name] for name in kept)
    assert json.loads(desk.files()[f"archive/0.1.0/{ONE}.json"])["words"]["caption"] == words
    page = errata.changed(desk.shelf)
    assert "of which nobody was told" in page
    assert "to try it" in page
    assert f'href="figures/archive/0.1.0/{ONE}.svg"' in page


def test_a_version_without_its_row_or_its_past_is_caught(desk):
    desk.next_version()
    words = versions.accepted(desk.shelf)[ONE].words["caption"]
    desk.alter(**CAPTION, changed="0.2.0")
    desk.say((ONE, "0.2.0", "words", words[:20], "nobody", "to try it"))
    desk.accept()
    desk.say()
    assert f"{ONE}: changed in version 0.2.0, and not recorded" in desk.faults()
    desk.say(
        (ONE, "0.2.0", "words", words[:20], "nobody", "to try it"), (ONE, "0.2.0", "data", "a", "b", "x")
    )
    assert "nothing of this kind differs from version 0.1.0" in desk.faults()
    desk.say((ONE, "0.2.0", "words", words[:20], "nobody", "to try it"))
    (desk.shelf.archive / "0.1.0" / f"{ONE}-90.pdf").unlink()
    assert f"figures/archive/0.1.0/{ONE}-90.pdf is missing or altered" in desk.faults()
    (desk.shelf.archive / "0.1.0" / f"{ONE}.json").unlink()
    assert f"{ONE}: version 0.1.0 is not in figures/archive/" in desk.faults()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((ONE, "0.2.0", "words", "never printed", "nobody", "x"), "not those that changed"),
        ((ONE, "0.2.0", "words", "", "nobody", ""), "does not say why"),
        ((ONE, "0.2.0", "colour", "a", "b", "x"), f"{ONE},0.2.0,words,OLD,NEW,WHY"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(desk, row, said):
    desk.next_version()
    desk.alter(**CAPTION, changed="0.2.0")
    desk.say(row)
    assert said in desk.refused()


def test_a_figure_changed_twice_in_one_version_is_held_against_the_released_one(desk):
    desk.next_version()
    words = versions.accepted(desk.shelf)[ONE].words["caption"]
    desk.alter(**CAPTION, changed="0.2.0")
    desk.say((ONE, "0.2.0", "words", words[:20], "nobody", "to try it"))
    desk.accept()
    desk.alter(caption=lambda data: "A third caption.")
    assert "not those that changed" in desk.refused()
    desk.say((ONE, "0.2.0", "words", words[:20], "third", "to try it"))
    desk.accept()
    assert desk.faults() == ""
    assert json.loads(desk.files()[f"archive/0.1.0/{ONE}.json"])["words"]["caption"] == words


def test_a_version_is_not_raised_for_nothing(desk):
    desk.next_version()
    desk.alter(changed="0.2.0")
    assert "nothing differs from version 0.1.0" in desk.refused()


def test_a_rendering_by_other_libraries_is_logged_without_an_erratum(desk):
    desk.next_version()
    record = json.loads((desk.shelf.folder / "record.json").read_text(encoding="utf-8"))
    for cells in record:
        cells["made_with"]["matplotlib"] = "3.0.0"
        cells["files"] |= {name: "0" * 64 for name in cells["files"] if name.endswith(".svg")}
    (desk.shelf.folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    assert "rendering" in desk.accept()
    entry = versions.accepted(desk.shelf)[ONE]
    assert entry.version == "0.1.0"
    assert entry.renderings[0]["version"] == "0.2.0"
    assert "matplotlib 3.0.0 → " in entry.renderings[0]["why"]
    assert desk.faults() == ""
    assert "matplotlib 3.0.0" in errata.rerendered(desk.shelf)
    assert errata.changed(desk.shelf) == errata.NONE


def test_other_bytes_by_the_same_libraries_are_no_rendering_unless_the_author_says_so(desk):
    desk.next_version()
    record = json.loads((desk.shelf.folder / "record.json").read_text(encoding="utf-8"))
    for cells in record:
        cells["files"] |= {name: "0" * 64 for name in cells["files"] if name.endswith(".pdf")}
    (desk.shelf.folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    assert "other bytes by the same libraries" in desk.refused()
    desk.say(("*", "0.2.0", "rendering", "", "", "The address of the book is in the files."))
    desk.accept()
    assert "The address of the book" in errata.rerendered(desk.shelf)


def test_accept_says_no_with_an_exit_code_before_it_runs_anything(desk, monkeypatch, capsys):
    desk.release()
    desk.alter(**CAPTION)
    monkeypatch.setattr(accept, "FIGURES", desk.entries)
    monkeypatch.setattr(versions, "Shelf", lambda: desk.shelf)
    monkeypatch.setattr(accept, "execute", lambda path: pytest.fail("it ran a notebook"))
    before = desk.files()
    assert accept.main([]) == 1
    assert desk.files() == before
    assert f"{ONE},VERSION,words" in capsys.readouterr().err


# --- ids -----------------------------------------------------------------------------------------


def test_a_released_id_does_not_go_without_a_word_and_is_never_used_again(desk):
    desk.next_version()
    gone = desk.entries.pop(OTHER)
    assert f"{OTHER}: gone without a word" in desk.refused()
    desk.table("renamed.csv", versions.RENAMED, (OTHER, ONE, "0.2.0"))
    desk.accept()
    assert desk.faults() == ""
    assert not (desk.shelf.folder / f"{OTHER}.svg").exists()
    assert f"archive/0.1.0/{OTHER}.svg" in desk.files()
    page = errata.retired(desk.shelf)
    assert f'now <a href="figures/{ONE}.html">{ONE}</a>' in page
    assert f'<a href="figures/archive/0.1.0/{OTHER}.svg">' in page
    desk.entries[OTHER] = gone
    assert "this id is retired" in desk.refused()
    assert "this id is retired" in desk.faults()


def test_to_a_released_version_nothing_is_added_and_nothing_taken_away(desk):
    desk.release()
    gone = desk.entries.pop(OTHER)
    assert f"{OTHER}: gone, and version 0.1.0 of the book is released" in desk.refused()
    desk.entries |= {OTHER: gone, "fig-order-new": replace(gone, id="fig-order-new")}
    assert "fig-order-new: new, and version 0.1.0 of the book is released" in desk.refused()


def test_a_row_without_a_reason_is_caught(desk):
    desk.say(("*", "0.1.0", "rendering", "", "", ""))
    assert "figures/changes.csv, * in 0.1.0: it does not say why" in desk.faults()


def test_a_renamed_id_leaves_a_page_that_leads_on(desk, tmp_path):
    desk.table("renamed.csv", versions.RENAMED, ("fig-a", ONE, "0.1.0"), ("fig-b", "", "0.1.0"))
    errata.write(tmp_path, desk.shelf)
    page = (tmp_path / "_extra" / "figures" / "fig-a.html").read_text(encoding="utf-8")
    assert f'<meta http-equiv="refresh" content="0; url={ONE}.html">' in page
    assert f'<link rel="canonical" href="{ONE}.html">' in page
    assert f'<a href="{ONE}.html">{ONE}</a>' in page
    withdrawn = (tmp_path / "_extra" / "figures" / "fig-b.html").read_text(encoding="utf-8")
    assert "refresh" not in withdrawn
    assert "../errata.html" in withdrawn
    assert publish.loads_from_outside(page + withdrawn) == []


def test_a_new_id_that_leads_nowhere_is_caught(desk):
    desk.table("renamed.csv", versions.RENAMED, ("fig-a", "fig-nowhere", "0.1.0"))
    assert "there is no figure 'fig-nowhere' to lead to" in desk.faults()


# --- what is drawn, apart from how it is rendered -------------------------------------------------


def sketch(**altered):
    figure, axes = mpl.figure.Figure(figsize=(3, 2), layout="constrained"), None
    axes = figure.add_subplot()
    axes.plot(
        [0, 1],
        [0, altered.get("y", 1)],
        color=altered.get("colour", "red"),
        linestyle=altered.get("dash", "-"),
    )
    axes.barh([0, 1], [1, altered.get("bar", 2)], hatch=altered.get("hatch"))
    axes.fill_between([0, 1], [0, 0], [1, altered.get("fill", 1)])
    axes.text(0.5, 0.5, altered.get("words", "word"), weight=altered.get("weight", "normal"))
    axes.annotate("here", altered.get("point", (0.2, 0.2)), (0.4, 0.4), arrowprops={"arrowstyle": "->"})
    axes.scatter([0, 1], [1, 0], s=altered.get("size", 9))
    axes.set(xlim=altered.get("limits", (0, 2)), xlabel="x", yscale=altered.get("scale", "linear"))
    axes.set_xticks([0, 1], altered.get("ticks", ["a", "b"]))
    axes.spines["top"].set_visible(altered.get("spine", True))
    axes.grid(altered.get("grid", False))
    if altered.get("legend"):
        axes.legend(["one"], loc=altered["legend"])
    figure.set_size_inches(*altered.get("sheet", (3, 2)))
    return digest(figure)


@pytest.mark.parametrize(
    "altered",
    [
        {"y": 1.001},
        {"colour": "#ff0001"},
        {"dash": (0, (1, 2))},
        {"bar": 3},
        {"hatch": "//"},
        {"fill": 0.9},
        {"words": "words"},
        {"weight": "bold"},
        {"point": (0.2, 0.3)},
        {"size": 10},
        {"limits": (0, 3)},
        {"scale": "symlog"},
        {"ticks": ["a", "c"]},
        {"spine": False},
        {"grid": True},
        {"legend": "upper left"},
        {"sheet": (3, 2.1)},
    ],
    ids=lambda altered: next(iter(altered)),
)
def test_whatever_is_seen_to_differ_changes_the_digest_of_a_drawing(altered):
    assert sketch() == sketch()
    assert sketch(**altered) != sketch()


def test_a_legend_in_another_place_is_another_drawing():
    assert sketch(legend="upper left") != sketch(legend="lower left")


def test_how_a_drawing_is_saved_is_no_part_of_it():
    entry = FIGURES["fig-order-openings"]
    data = entry.data()
    with mpl.rc_context({"savefig.dpi": 30, "svg.hashsalt": "other", "pdf.compression": 0}):
        other = digest(entry.draw(data, Sheet(190)))
    assert other == digest(entry.draw(data, Sheet(190)))


# --- the changelog -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## 0.1.0\n", "is no version"),
        ("## 0.1.0, unreleased\n## 0.2.0, unreleased\n", "latest first"),
        ("## 0.2.0, unreleased\n## 0.1.0, unreleased\n", "only the latest"),
    ],
)
def test_a_changelog_out_of_order_is_told(text, said):
    assert said in "\n".join(Changelog(text).faults())


def test_corrections_of_rows_are_taken_from_the_changelog():
    text = AFTER.replace("y\n", "y\n\n### Corrections of the record\n\n- `q-x`: 2 for 3.\n")
    assert Changelog(text).sections("Corrections of the record") == {"0.2.0": "- `q-x`: 2 for 3."}
    assert Changelog(AFTER).sections("Corrections of the record") == {}
