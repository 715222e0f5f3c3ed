"""Every page is valid HTML by the Nu checker, the one the standard's makers keep."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import browsing
import pytest

from asprinted.book import ROOT

CHECKER = Path(os.environ.get("VNU") or ROOT / "_build" / "vnu.jar")


@pytest.fixture(scope="module")
def check():
    if not CHECKER.exists():
        browsing.absent("the Nu checker is not here: name its vnu.jar with VNU=PATH")
    if not shutil.which("java"):
        browsing.absent("there is no Java here, which the Nu checker needs")

    def checked(*pages: Path) -> list[str]:
        command = ["java", "-jar", CHECKER, "--format", "json", "--exit-zero-always", "--stdout", *pages]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [
            f"{Path(m['url']).name}, line {m.get('lastLine')}: {m['message']} {m.get('extract', '')}"
            for m in json.loads(out)["messages"]
            if m["type"] != "info"
        ]

    return checked


def test_every_page_is_valid(check, site):
    assert check(*(site / name for name in browsing.names(site))) == []


def test_a_fault_is_found(check, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>x</title><summary><p>x</p></summary>", "utf-8")
    assert any("summary" in fault for fault in check(page))
