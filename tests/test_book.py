"""What identifies the book stands once, and its dependencies have their reasons."""

import re
import tomllib

import yaml

from asprinted.book import ROOT, book


def test_title_author_and_version_agree_wherever_they_must_be_copied():
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = yaml.safe_load((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert book().title.startswith(config["title"])
    assert book().authors == config["author"]
    assert book().version == project["version"] == package["version"]


def test_no_address_is_invented_before_there_is_one():
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    if "url" not in cff:
        assert "repository" not in config
        assert "http" not in book().citation


def test_every_dependency_has_its_reason_in_its_line():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)[1]
    lines = [line for line in block.splitlines() if line.strip()]
    assert lines
    assert all(re.fullmatch(r'\s*"[^"]+",\s+# .{8,}', line) for line in lines)


def test_the_lock_pins_every_package_with_hashes():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 100
    assert all(
        re.match(r"[a-zA-Z0-9._-]+==\S+", e) and "--hash=sha256:" in e
        for e in entries
        if not e.startswith("#")
    )


def test_the_readme_names_the_two_commands_and_no_loose_result():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make book" in text
    assert "make test" in text
    assert len(text.splitlines()) < 90
