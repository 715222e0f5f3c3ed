"""What every test may use."""

import os
import shutil
import sys
from pathlib import Path

import browsing
import pytest
from hypothesis import HealthCheck, settings

from asprinted.book import ROOT
from press.chromium import chromium, find

settings.register_profile(
    "book", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("book")


@pytest.fixture
def copy_of_data(tmp_path: Path) -> Path:
    """A copy of the record's tables, to be altered."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (ROOT / "data").glob("*.*"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def copy_of_book(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A copy of package, record and chapters, and the environment in which notebooks use it."""
    folder = tmp_path / "book"
    ignore = shutil.ignore_patterns("__pycache__", "archive", "readings", ".ipynb_checkpoints")
    for name in ("asprinted", "press", "data", "chapters"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    for name in ("CITATION.cff", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "MPL"))}
    environment["PYTHONPATH"] = str(folder)
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    return folder, environment


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder of the texts; tests that need it are skipped, with the reason, where it is not named."""
    folder = os.environ.get("TEXTS")
    if not folder:
        pytest.skip("the texts are under copyright and not here: name their folder with TEXTS=DIR")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The finished site, built once for all the processes of a run."""
    home = tmp_path_factory.getbasetemp()
    return browsing.built((home.parent if "PYTEST_XDIST_WORKER" in os.environ else home) / "the-site")


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served."""
    with browsing.served(site) as found:
        yield found


@pytest.fixture(scope="session")
def browser():
    """A running Chromium; without one the tests that need it are skipped, and fail where CI is set."""
    if not find():
        browsing.absent("there is no Chromium here")
    with chromium() as found:
        yield found
