"""The lab: a chapter that is loaded, run and saved there is the file that it was, byte for byte."""

import shutil
from pathlib import Path

import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from nbclient import NotebookClient
from traitlets.config import Config

from asprinted.book import ROOT

OPTION = "--ContentsManager.pre_save_hook=press.lab.tidy"
CHAPTER = "two-readings.ipynb"


def run_and_save(book: Path, hook: str | None) -> bytes:
    """A chapter as it lies on the disk after a run and a save in a lab with this hook."""
    folder = book / "chapters"
    settings = Config({"ContentsManager": {"pre_save_hook": hook} if hook else {}})
    manager = LargeFileManager(root_dir=str(folder), config=settings)
    model = manager.get(CHAPTER)
    notebook = nbformat.from_dict(model["content"])
    NotebookClient(
        notebook,
        timeout=600,
        kernel_name=notebook.metadata.kernelspec.name,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    assert any("execution" in cell.metadata for cell in notebook.cells)
    manager.save({"type": "notebook", "format": "json", "content": notebook}, CHAPTER)
    return (folder / CHAPTER).read_bytes()


@pytest.fixture
def book(copy_of_book, monkeypatch) -> Path:
    folder, environment = copy_of_book
    shutil.copytree(ROOT / "data" / "readings", folder / "data" / "readings")
    for name in ("PYTHONPATH", "PATH"):
        monkeypatch.setenv(name, environment[name])
    monkeypatch.delenv("MPLBACKEND", raising=False)
    return folder


def test_a_chapter_that_is_run_and_saved_in_the_lab_stays_as_it_is(book):
    stored = (ROOT / "chapters" / CHAPTER).read_bytes()
    assert run_and_save(book, OPTION.partition("=")[2]) == stored


def test_without_the_hook_a_save_would_tell_of_the_run(book):
    assert b'"iopub.execute_input"' in run_and_save(book, None)


def test_the_makefile_and_the_readme_start_the_lab_with_the_hook():
    for name in ("Makefile", "README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert f"/jupyter lab {OPTION} chapters" in text, name
