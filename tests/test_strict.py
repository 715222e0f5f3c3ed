"""The strict notebook check catches every fault that was seeded into a copy of a real chapter."""

import json
import re
import subprocess
import sys

import pytest

CHAPTER = "energy-dependence"


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def figure_cell(notebook):
    return next(
        c for c in code_cells(notebook) if any("image/png" in o.get("data", {}) for o in c["outputs"])
    )


def text_cell(notebook):
    return next(
        c for c in code_cells(notebook) if any("text/html" in o.get("data", {}) for o in c["outputs"])
    )


def stale_png(notebook):
    data = figure_cell(notebook)["outputs"][0]["data"]
    data["image/png"] = data["image/png"][:-12] + "AAAAAAAAAAA="


def stale_svg(notebook):
    data = figure_cell(notebook)["outputs"][0]["data"]
    data["image/svg+xml"] = [
        line.replace("stroke-width: 4", "stroke-width: 5") for line in data["image/svg+xml"]
    ]


def wrong_text(notebook):
    data = text_cell(notebook)["outputs"][0]["data"]
    for kind in ("text/plain", "text/html"):
        data[kind] = [line.replace("19.30", "19.40") for line in data[kind]]


def cleared(notebook):
    for cell in code_cells(notebook):
        cell["outputs"], cell["execution_count"] = [], None


def output_deleted(notebook):
    figure_cell(notebook)["outputs"] = []


def outputs_swapped(notebook):
    first, second = [c for c in code_cells(notebook) if c["outputs"]][:2]
    first["outputs"], second["outputs"] = second["outputs"], first["outputs"]


def metadata_altered(notebook):
    cell = figure_cell(notebook)
    cell["outputs"][0]["metadata"]["image/png"]["alt"] += " And more."


def counts_out_of_order(notebook):
    first, second = code_cells(notebook)[:2]
    first["execution_count"], second["execution_count"] = second["execution_count"], first["execution_count"]


def caption_altered(notebook):
    figure_cell(notebook)["metadata"]["mystnb"]["figure"]["caption"] += " And more."


def check_skipped(notebook):
    cell = text_cell(notebook)
    wrong_text(notebook)
    cell["metadata"]["tags"] = ["nbval-ignore-output"]


FAULTS = [
    stale_png,
    stale_svg,
    wrong_text,
    cleared,
    output_deleted,
    outputs_swapped,
    metadata_altered,
    counts_out_of_order,
    caption_altered,
    check_skipped,
]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, request) -> dict[str, int]:
    """How many cells failed in each seeded copy, and in a clean one, from one strict run over them all."""
    from asprinted.book import ROOT

    folder = tmp_path_factory.mktemp("faults")
    source = (ROOT / "chapters" / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")
    for fault in FAULTS:
        notebook = json.loads(source)
        fault(notebook)
        assert notebook != json.loads(source), f"{fault.__name__} changed nothing"
        (folder / f"{fault.__name__}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "clean.ipynb").write_text(source, encoding="utf-8")
    done = subprocess.run(
        ["make", "-s", "notebooks", f"NOTEBOOKS={folder}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    failed = re.findall(r"^FAILED .*?(\w+)\.ipynb::", done.stdout, re.MULTILINE)
    return {path.stem: failed.count(path.stem) for path in folder.glob("*.ipynb")}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_a_seeded_fault_fails_the_check(outcome, fault):
    assert outcome[fault.__name__] >= 1


def test_the_clean_copy_passes(outcome):
    assert outcome["clean"] == 0


def test_an_altered_input_fails_at_the_cell_that_shows_it(copy_of_book):
    folder, environment = copy_of_book
    path = folder / "data" / "quantities.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(",19.3,million,") == 1
    path.write_text(text.replace(",19.3,million,", ",19.4,million,"), encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "press.strict",
            "--nbval",
            "-q",
            "-o",
            "addopts=",
            "-p",
            "no:cacheprovider",
            str(folder / "chapters" / f"{CHAPTER}.ipynb"),
        ],
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
        check=False,
    )
    assert done.returncode == 1
    assert f"{CHAPTER}.ipynb::Cell 0" in done.stdout
    assert "19.4" in done.stdout
