"""Publishing: a fresh folder, warnings fatal, a swap; a build that fails leaves the old site as it was."""

import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from sphinx.errors import SphinxError

from asprinted.book import ROOT
from asprinted.figures import FIGURES
from press import publish


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> tuple[Path, Path]:
    """The site, built twice in processes of their own."""
    found = []
    for name in ("one", "two"):
        folder = tmp_path_factory.mktemp(name)
        code = (
            "from pathlib import Path; from press.publish import finish, stage, build; "
            f"f = Path({str(folder)!r}); stage(f / 'stage'); build(f / 'stage', f / 'site'); finish(f / 'site')"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
            env=os.environ | {"PYTHONHASHSEED": "0"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        found.append(folder / "site")
    return tuple(found)


def test_two_builds_of_one_state_give_the_same_bytes(sites):
    one, two = map(digest, sites)
    assert one == two


def test_the_site_is_fit_to_be_published(sites):
    publish.look_over(sites[0])


def test_every_page_is_named_in_the_language_of_the_book(sites):
    for path in sites[0].glob("*.html"):
        assert '<html lang="en"' in path.read_text(encoding="utf-8")[:600]


def test_every_page_says_what_it_is_cited_as_and_links_to_the_files_of_citations(sites):
    cited = [
        path
        for path in sites[0].rglob("*.html")
        if "_static" not in path.parts and path.stem not in ("search", "genindex")
    ]
    assert len(cited) > len(FIGURES)
    for path in cited:
        html = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in html:
            assert '<meta name="citation_title"' in html, path.name
            assert '<script type="application/ld+json">' in html, path.name
    page = (sites[0] / "how-to-cite.html").read_text(encoding="utf-8")
    for name in ("as-printed.bib", "as-printed.ris", "as-printed.csl.json"):
        assert f'href="downloads/{name}"' in page
        assert (sites[0] / "downloads" / name).stat().st_size > 0


def test_a_page_that_loads_from_outside_is_refused(sites, tmp_path):
    import shutil

    site = tmp_path / "site"
    shutil.copytree(sites[0], site)
    page = site / "index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace(
            "</head>", '<script src="https://example.org/x.js"></script></head>'
        ),
        encoding="utf-8",
    )
    with pytest.raises(publish.BuildError, match="outside the site"):
        publish.look_over(site)


def test_a_site_that_lost_its_figures_is_refused(sites, tmp_path):
    import shutil

    site = tmp_path / "site"
    shutil.copytree(sites[0], site)
    page = site / "energy-dependence.html"
    page.write_text(page.read_text(encoding="utf-8").replace('id="fig-energy-doubled"', ""), encoding="utf-8")
    with pytest.raises(publish.BuildError, match="fig-energy-doubled"):
        publish.look_over(site)


def test_a_warning_is_fatal(tmp_path):
    publish.stage(tmp_path / "stage")
    page = tmp_path / "stage" / "chapters" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nSee {ref}`nowhere`.\n", encoding="utf-8")
    with pytest.raises(SphinxError):
        publish.build(tmp_path / "stage", tmp_path / "site")


@pytest.fixture
def standing(tmp_path, monkeypatch) -> Path:
    """A published site that must survive."""
    for name in ("BUILD", "STAGE", "FRESH", "SITE"):
        monkeypatch.setattr(publish, name, tmp_path / name.lower())
    publish.SITE.mkdir()
    (publish.SITE / "index.html").write_text("the old site", encoding="utf-8")
    return publish.SITE


def test_a_build_that_fails_leaves_the_old_site(standing, monkeypatch):
    def fail(*_):
        raise SphinxError("made to fail")

    monkeypatch.setattr(publish, "check_figures", lambda: None)
    monkeypatch.setattr(publish, "build", fail)
    assert publish.main() == 1
    assert digest(standing) == {"index.html": sha256(b"the old site").hexdigest()}


def test_a_swap_is_one_step_from_an_old_site_to_a_new_one(standing, monkeypatch):
    for text in ("first", "second"):
        publish.FRESH.mkdir()
        (publish.FRESH / "index.html").write_text(text, encoding="utf-8")
        publish.swap(publish.FRESH, publish.SITE)
        assert (publish.SITE / "index.html").read_text(encoding="utf-8") == text
    assert len(list(publish.BUILD.parent.glob("site-*"))) == 1

    def killed(*_):
        raise KeyboardInterrupt

    publish.FRESH.mkdir()
    monkeypatch.setattr(publish.os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        publish.swap(publish.FRESH, publish.SITE)
    assert (publish.SITE / "index.html").read_text(encoding="utf-8") == "second"


@pytest.mark.parametrize(
    "html",
    [
        "<script src='https://a.org/x.js'></script>",
        "<img src=//a.org/x.png>",
        '<img srcset="https://a.org/x.png 2x">',
        "<video poster='http://a.org/x'></video>",
        '<link rel="stylesheet" href="https://a.org/x.css">',
        "<style>@import 'https://a.org/x.css';</style>",
        '<p style="background: url(https://a.org/x.png)">',
    ],
)
def test_whatever_a_page_would_load_from_outside_is_seen(html):
    assert publish.loads_from_outside(html)


def test_a_link_to_follow_is_no_load():
    assert (
        publish.loads_from_outside('<a href="https://a.org">x</a><link rel="license" href="https://a.org">')
        == []
    )


def test_a_build_killed_half_way_leaves_the_old_site(tmp_path):
    site = tmp_path / "html"
    site.mkdir()
    (site / "index.html").write_text("the old site", encoding="utf-8")
    code = (
        "from pathlib import Path; from press import publish; "
        f"b = Path({str(tmp_path)!r}); publish.BUILD = b; publish.STAGE = b / 'stage'; publish.FRESH = b / 'fresh'; "
        "publish.SITE = b / 'html'; "
        "publish.check_figures = lambda: None; publish.main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None and not (tmp_path / "fresh").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (site / "index.html").read_text(encoding="utf-8") == "the old site"
