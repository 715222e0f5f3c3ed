"""What readers take away: zips that run or open by themselves, a launch button, a workflow that publishes."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import browsing
import pytest
import yaml

from asprinted.book import ROOT, book
from press import launch, publish, takeaway

NOTEBOOKS = sorted((ROOT / "chapters").glob("*.ipynb"))
WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"
LEFT = "net::ERR_ABORTED"  # the page was left before all of it had come


def unpack(content: bytes, folder: Path) -> Path:
    """The one folder into which a zip unpacks."""
    (folder / "taken.zip").write_bytes(content)
    with zipfile.ZipFile(folder / "taken.zip") as archive:
        archive.extractall(folder)
        (top,) = {name.partition("/")[0] for name in archive.namelist()}
    return folder / top


def environment() -> dict[str, str]:
    """This process's environment without what would lead back into the checkout."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "PYTHON", "MPL"))}


# --- chapters ------------------------------------------------------------------------------------


def test_an_unpacked_chapter_runs_by_itself_with_its_own_package_and_record(tmp_path):
    folder = unpack(takeaway.chapter_zip(ROOT / "chapters" / "energy-dependence.ipynb"), tmp_path)
    asked = "import asprinted.book, press.strict; print(asprinted.book.ROOT); print(press.strict.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == [str(folder), str(folder / "press" / "strict.py")]
    command = [sys.executable, "-m", "pytest", "-p", "press.strict", "--nbval", "energy-dependence.ipynb"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout

    record = folder / "data" / "quantities.csv"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("34", "35"), encoding="utf-8")
    altered = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert altered.returncode != 0, "the notebook did not read the record beside it"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapters_zip_holds_what_its_readme_names_and_is_the_same_twice(notebook, tmp_path):
    content = takeaway.chapter_zip(notebook)
    assert content == takeaway.chapter_zip(notebook)
    folder = unpack(content, tmp_path)
    assert (folder / notebook.name).read_bytes() == notebook.read_bytes()
    assert (folder / "requirements.txt").read_bytes() == (ROOT / "requirements.txt").read_bytes()
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert notebook.name in readme
    assert "--require-hashes -r requirements.txt" in readme
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {
        "LICENSE",
        "CITATION.cff",
        "CHANGELOG.md",
        "press/strict.py",
        "asprinted/book.py",
        "data/quantities.csv",
    } <= held
    assert not [name for name in held if "__pycache__" in name or name.startswith("press/p")]


def test_a_zips_bytes_depend_on_names_and_contents_alone():
    files = [("b.txt", b"two"), ("a.txt", b"one")]
    assert takeaway.archive(files) == takeaway.archive(reversed(files))
    assert takeaway.archive(files) != takeaway.archive([("b.txt", b"two"), ("a.txt", b"One")])


# --- the site ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory) -> Path:
    """The site as it lies on a reader's disk."""
    content = (site / "downloads" / takeaway.SITE_ZIP).read_bytes()
    return unpack(content, tmp_path_factory.mktemp("taken"))


def test_the_zip_is_the_site_without_itself(site, unpacked, tmp_path):
    def files(folder: Path) -> dict[str, bytes]:
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    published, taken = files(site), files(unpacked)
    packed = published.pop(f"downloads/{takeaway.SITE_ZIP}")
    assert taken == published
    again = tmp_path / "again"
    shutil.copytree(unpacked, again)
    takeaway.pack(again)
    assert (again / "downloads" / takeaway.SITE_ZIP).read_bytes() == packed


def test_every_chapter_and_the_page_of_downloads_offer_its_zip(site):
    page = (site / "take-away.html").read_text(encoding="utf-8")
    for notebook in NOTEBOOKS:
        address = f"downloads/{notebook.stem}.zip"
        assert (site / address).read_bytes() == takeaway.chapter_zip(notebook)
        for html in (page, (site / f"{notebook.stem}.html").read_text(encoding="utf-8")):
            assert f'href="{address}"' in html
    linked = 'href="downloads/as-printed.pdf"' in page
    assert linked == (site / "downloads" / "as-printed.pdf").exists()


def test_the_page_of_downloads_tells_how_large_each_is(site):
    page = (site / "take-away.html").read_text(encoding="utf-8")
    offered = re.findall(r'<a href="([^"]+)" download(?:="")?>[^<]*</a>( \([^)]*\))?', page)
    assert len(offered) > len(NOTEBOOKS)
    for address, told in offered:
        assert told == f" ({takeaway.amount((site / address).stat().st_size)})", address


@pytest.mark.parametrize(
    ("size", "told"), [(300, "1 kB"), (375_900, "375 kB"), (1_249_000, "1.2 MB"), (63_262_343, "63 MB")]
)
def test_a_size_is_told_in_the_unit_that_suits_it(size, told):
    assert takeaway.amount(size) == told


def test_the_site_works_from_a_file(unpacked, browser):
    with browsing.opened(browser, offline=True) as page:
        faults, outside = [], []
        page.on("console", lambda m: faults.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "requestfailed", lambda r: None if r.failure == LEFT else faults.append(f"{page.url}: {r.url}")
        )
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else outside.append(r.url))
        every = [*sorted(unpacked.glob("*.html")), *sorted(unpacked.glob("figures/*.html"))[:2]]
        for path in every:
            page.goto(path.as_uri(), wait_until="load")
            assert page.evaluate("document.styleSheets.length") > 0, path.name
            broken = "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
            assert page.evaluate(broken) == [], path.name
        for word in ("NATO", "Akkuyu"):
            page.goto(f"{(unpacked / 'search.html').as_uri()}?q={word}", wait_until="load")
            page.wait_for_selector("#search-results li a", state="attached", timeout=30_000)
            target = page.locator("#search-results li a").first.get_attribute("href")
            assert (unpacked / re.split(r"[?#]", target)[0]).exists()
        assert faults == []
        assert outside == []


# --- the launch button ---------------------------------------------------------------------------


def test_no_button_before_the_repository_has_an_address(site):
    if book().repository:
        pytest.skip("the repository has its address")
    assert launch.options() == {}
    page = (site / "energy-dependence.html").read_text(encoding="utf-8")
    assert "mybinder" not in page


def test_with_an_address_every_notebook_has_its_button_and_only_notebooks(tmp_path, monkeypatch):
    known = replace(book(), repository="https://github.com/example/as-printed")
    monkeypatch.setattr(launch, "book", lambda: known)
    publish.stage(tmp_path / "stage")
    publish.build(tmp_path / "stage", tmp_path / "site")
    for notebook in NOTEBOOKS:
        html = (tmp_path / "site" / f"{notebook.stem}.html").read_text(encoding="utf-8")
        link = f"https://mybinder.org/v2/gh/example/as-printed/HEAD?urlpath=lab/tree/chapters/{notebook.name}"
        assert f'href="{link}"' in html
        assert publish.loads_from_outside(html) == []
        assert "github.com/example/as-printed/issues" not in html
    assert "mybinder" not in (tmp_path / "site" / "reply.html").read_text(encoding="utf-8")


def test_binder_installs_the_lock_on_a_python_that_the_book_runs_on():
    folder = ROOT / ".binder"
    assert {path.name for path in folder.iterdir()} == {"runtime.txt", "postBuild"}
    major, minor = map(int, re.search(r"(\d+)\.(\d+)", (folder / "runtime.txt").read_text()).groups())
    assert (3, 11) <= (major, minor) <= (3, 13)
    script = folder / "postBuild"
    assert script.stat().st_mode & stat.S_IXUSR
    assert "--require-hashes -r requirements.txt" in script.read_text(encoding="utf-8")
    subprocess.run(["bash", "-n", str(script)], check=True)


# --- publishing ----------------------------------------------------------------------------------


def lint(workflow: Path) -> list[int]:
    """The exit codes of the schema check and of the security lint, both without a network."""
    programs = Path(sys.executable).parent
    commands = (
        [programs / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", workflow],
        [programs / "zizmor", "--offline", "--no-progress", "--persona=pedantic", workflow],
    )
    return [subprocess.run(command, capture_output=True, check=False).returncode for command in commands]


def test_the_workflow_is_valid_and_pins_what_it_uses():
    assert lint(WORKFLOW) == [0, 0]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("needs: [notebooks, build]", "need: [notebooks, build]"),
        ("@8e8c483db84b4bee98b60c0593521ed34d9990e8", "@v6"),
        ("persist-credentials: false", "fetch-depth: 1"),
        ("permissions: {}", "permissions: write-all"),
    ],
)
def test_a_fault_in_the_workflow_is_seen(good, bad, tmp_path):
    text = WORKFLOW.read_text(encoding="utf-8")
    assert good in text
    path = tmp_path / "pages.yml"
    path.write_text(text.replace(good, bad), encoding="utf-8")
    assert any(lint(path))


def test_the_workflow_runs_the_makefiles_commands_and_publishes_only_after_them():
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    steps = jobs["build"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs[:3] == [".ci/setup", "make test", "make pdf book"]
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"test", "pdf", "book"} <= targets
    assert "uses" in steps[-1]
    assert not any("if" in step or "continue-on-error" in step for step in steps)
    assert set(jobs["publish"]["needs"]) == {"build", "notebooks"}
    assert "pull_request" in jobs["publish"]["if"]


def test_the_notebooks_run_on_every_python_that_the_readme_names():
    job = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["notebooks"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, last = map(int, re.search(r"Python 3\.(\d+) to 3\.(\d+)", readme).groups())
    assert job["strategy"]["matrix"]["python"] == [f"3.{minor}" for minor in range(first, last + 1)]
    (python,) = (step for step in job["steps"] if "setup-python" in step.get("uses", ""))
    assert python["with"]["python-version"] == "${{ matrix.python }}"
    assert [step["run"] for step in job["steps"] if "run" in step] == ["make notebooks"]
    assert not any("if" in step or "continue-on-error" in step for step in [job, *job["steps"]])


def test_what_the_tests_need_is_installed_before_them_by_one_script():
    setup, run = ROOT / ".ci" / "setup", ROOT / ".ci" / "run"
    for script in (setup, run):
        assert script.stat().st_mode & stat.S_IXUSR
        subprocess.run(["bash", "-n", str(script)], check=True)
    commands = [line.split(" #")[0].strip() for line in run.read_text(encoding="utf-8").splitlines()]
    tests = next(n for n, line in enumerate(commands) if line.startswith("make test"))
    assert {"export CI=true", ".ci/setup"} <= set(commands[:tests])
    job = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["build"]
    assert job["env"]["CI"] == "true"
    checker = re.search(r"^checker=(\S+)$", setup.read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert job["env"]["VNU"] == f"${{{{ github.workspace }}}}/{checker}"
    assert f'export VNU="$PWD/{checker}"' in commands[:tests]
    assert "apt-get" not in run.read_text(encoding="utf-8")


def test_a_setup_without_root_asks_sudo_for_what_is_missing(tmp_path):
    """The script in a folder of its own, with programs that say how they were called."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / "vnu.jar").touch()
    programs = tmp_path / "programs"
    programs.mkdir()
    told = '#!/bin/bash\nread -r\necho "${0##*/} $*" >> "$TOLD"\n'
    for name in ("chromium", "java", "npm", "sha256sum", "sudo", "apt-get"):
        (programs / name).write_text(told, encoding="utf-8")
        (programs / name).chmod(0o755)
    for name in ("bash", "dirname", "env", "mkdir"):
        (programs / name).symlink_to(shutil.which(name))
    script = (ROOT / ".ci" / "setup").read_text(encoding="utf-8").replace("EUID != 0", "1000 != 0")
    (tmp_path / ".ci" / "setup").write_text(script, encoding="utf-8")
    subprocess.run(
        [str(programs / "bash"), str(tmp_path / ".ci" / "setup")],
        check=True,
        stdin=subprocess.DEVNULL,
        env={"PATH": str(programs), "TOLD": str(tmp_path / "told")},
    )
    calls = (tmp_path / "told").read_text(encoding="utf-8").splitlines()
    assert calls[0] == "sudo apt-get update -qq"
    assert calls[1].startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get install")
    assert calls[1].endswith(" poppler-utils")
    assert calls[2].startswith("sha256sum --check")
    assert not any(call.startswith("apt-get") for call in calls)


def test_the_record_of_settings_is_one_file():
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert not {"repository", "launch_buttons"} & set(config)
    assert "mybinder" not in json.dumps(config)
