"""The site is light: what its pages weigh, that what was taken out is not missed, that what was added is right."""

import statistics
from pathlib import Path

import pytest

from asprinted.figures import FIGURES
from press import css, marks, slim
from press.markup import Changes, pages_of
from press.weight import loaded, weights

KIB, MIB = 1024, 1024**2


# --- bytes -----------------------------------------------------------------------------------------


def test_the_median_page_is_light_and_no_page_is_heavy(site):
    found = weights(site)
    raw, packed = (statistics.median(column) for column in zip(*found.values(), strict=True))
    assert packed <= 300 * KIB
    assert raw <= 1 * MIB
    heavy = {name: size for name, size in found.items() if size[0] > 3 * MIB or size[1] > 600 * KIB}
    assert heavy == {}


def test_chapters_and_figure_pages_are_light_each(site):
    for name, (_, packed) in weights(site).items():
        if name.startswith(("figures/", "index")) or (site / "_sources" / f"{name[:-5]}.ipynb").exists():
            assert packed <= 300 * KIB, name


def test_pages_have_one_style_and_load_one_script_of_the_theme(site):
    for page in pages_of(site):
        theme = sorted(p.name for p in loaded(page.resolve()) if p.parent.name == "_static")
        assert "book.js" in theme, page.name
        assert not any(name.endswith(".css") for name in theme), page.name
        assert page.read_text(encoding="utf-8").count("<style>/*! From sphinx-book-theme") == 1, page.name
        assert not any("fontawesome" in name or "bootstrap" in name for name in theme), page.name
    assert not list(site.rglob("*.map"))
    assert not list(site.rglob("*fontawesome*"))


def test_the_weighed_files_are_those_that_a_browser_asks_for(browser, site, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("index.html", "energy-dependence.html", "browse-claims.html"):
        asked.clear()
        page.goto(address + name)
        page.evaluate("for (const image of document.images) image.loading = 'eager'")
        page.wait_for_load_state("networkidle")
        names = {url.removeprefix(address).partition("?")[0] for url in asked if url.startswith("http")}
        counted = {path.relative_to(site.resolve()).as_posix() for path in loaded((site / name).resolve())}
        assert names <= counted, name
    context.close()


# --- what the theme does goes on working -------------------------------------------------------------


@pytest.fixture
def tab(browser, address, request):
    width, page = getattr(request, "param", (1280, "energy-dependence.html"))
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme="light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    found = context.new_page()
    faults: list[str] = []
    found.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.goto(address + page)
    found.wait_for_load_state("load")
    yield found
    assert faults == []
    context.close()


def test_the_download_menu_opens_and_closes_by_keyboard(tab):
    button, menu = (
        tab.locator(".dropdown-download-buttons > button"),
        tab.locator(".dropdown-download-buttons > .dropdown-menu"),
    )
    assert not menu.is_visible()
    button.focus()
    tab.keyboard.press("Enter")
    menu.wait_for(state="visible")
    tab.keyboard.press("Escape")
    menu.wait_for(state="hidden")


def test_colours_change_and_are_remembered(tab):
    theme = "document.documentElement.dataset.theme"
    assert tab.evaluate(theme) == "light"
    seen = []
    for _ in range(3):
        tab.locator(".theme-switch-button").click()
        seen.append((tab.evaluate("document.documentElement.dataset.mode"), tab.evaluate(theme)))
    assert {mode for mode, _ in seen} == {"light", "dark", "auto"}
    assert ("dark", "dark") in seen
    while tab.evaluate("document.documentElement.dataset.mode") != "dark":
        tab.locator(".theme-switch-button").click()
    tab.reload()
    assert tab.evaluate(theme) == "dark"


def test_every_icon_is_drawn(tab):
    sizes = tab.evaluate(
        "[...document.querySelectorAll('[class*=\"fa-\"]')].filter(e => e.checkVisibility())"
        ".map(e => [e.className, e.getBoundingClientRect().width, getComputedStyle(e).maskImage])"
    )
    assert sizes
    assert all(width >= 10 and "svg" in image for _, width, image in sizes), sizes


def test_search_opens_by_its_key_and_asks_the_search_page(tab):
    tab.keyboard.press("Control+k")
    dialog = tab.locator("#pst-search-dialog")
    dialog.wait_for(state="visible")
    dialog.locator("input").fill("NATO")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=NATO")


@pytest.mark.parametrize("tab", [(390, "energy-dependence.html")], indirect=True)
def test_both_sidebars_open_on_a_phone(tab):
    for toggle, dialog in (
        (".primary-toggle", "#pst-primary-sidebar-modal"),
        (".secondary-toggle", "#pst-secondary-sidebar-modal"),
    ):
        assert not tab.locator(dialog).is_visible()
        tab.locator(toggle).click()
        tab.locator(dialog).wait_for(state="visible")
        assert tab.locator(f"{dialog} a").first.is_visible()
        tab.keyboard.press("Escape")
        tab.locator(dialog).wait_for(state="hidden")


def test_code_folds_out_and_is_copied(tab):
    details = tab.locator("details.above-input").first
    code = details.locator("pre").first
    assert not code.is_visible()
    details.locator("summary").click()
    code.wait_for(state="visible")
    code.hover()
    details.locator("button.copybtn").first.click()
    tab.wait_for_function("navigator.clipboard.readText().then(text => text.includes('import'))")


def test_tips_show_beside_buttons(tab):
    tab.locator(".theme-switch-button").hover()
    tip = tab.locator(".tooltip")
    tip.wait_for(state="visible", timeout=5000)
    assert tip.evaluate("e => getComputedStyle(e.querySelector('.tooltip-inner')).backgroundColor") != (
        "rgba(0, 0, 0, 0)"
    )


@pytest.mark.parametrize("tab", [(390, "energy-dependence.html")], indirect=True)
def test_a_phone_shows_rows_as_cards_and_the_narrow_drawing(tab):
    cell = tab.locator("table.printed:not([data-fits]) td[data-label='Plain']").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Plain"'
    tab.locator("#fig-energy-doubled").scroll_into_view_if_needed()
    tab.wait_for_function("document.querySelector('#fig-energy-doubled img').currentSrc.endsWith('-90.svg')")
    drawing = tab.evaluate(
        "fetch(document.querySelector('#fig-energy-doubled img').currentSrc).then(r => r.text())"
    )
    assert FIGURES["fig-energy-doubled"].mark in drawing
    wide = tab.evaluate(
        "[...document.querySelectorAll('table.printed')].filter(t => t.scrollWidth > t.parentElement.clientWidth + 1)"
        ".map(t => t.innerText.slice(0, 60))"
    )
    assert wide == []


def test_nothing_shifts_as_a_page_loads(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page = context.new_page()
    for name in ("index.html", "energy-dependence.html", "three-texts.html"):
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shift") < 0.02, name
    context.close()


# --- the parts ---------------------------------------------------------------------------------------


def known(tags="", classes="", ids="", words="", variables="") -> css.Known:
    return css.Known(*(frozenset(names.split()) for names in (tags, classes, ids, words, variables)))


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("p{color:red}", "p{color:red}"),
        ("table{color:red}", ""),
        (".a .b, .a > p{color:red}", ".a>p{color:red}"),
        (".a:not(.b){color:red}", ".a:not(.b){color:red}"),
        ("p:is(.b, .c){color:red}", ""),
        ("p:is(.b, .a){color:red}", "p:is(.b, .a){color:red}"),
        ("#here .a::before{top:0}", "#here .a::before{top:0}"),
        ("#there{color:red}", ""),
        (".made{color:red}", ".made{color:red}"),
        ("@media print{p{color:red}.b{color:red}}", "@media print{p{color:red}}"),
        ("@media print{.b{color:red}}", ""),
        ("p{--x:1;--y:2;color:var(--x)}", "p{--x:1;color:var(--x)}"),
        ("p{--x:var(--y);--y:2;--z:var(--x)}", ""),
        ("@keyframes k{to{color:red}}p{animation:k 1s}", "@keyframes k{to{color:red}}p{animation:k 1s}"),
        ("@keyframes k{to{color:red}}", ""),
        ("@font-face{font-family:F;src:url(f.woff)}p{color:red}", "p{color:red}"),
        ("p{background:url(img/x.svg)}", 'p{background:url("deep/img/x.svg")}'),
        ("p{color:red /* why */ !important}", "p{color:red!important}"),
    ],
)
def test_a_stylesheet_keeps_what_pages_can_use(tmp_path, source, kept):
    (tmp_path / "deep").mkdir()
    sheet = tmp_path / "deep" / "style.css"
    sheet.write_text(source, encoding="utf-8")
    names = known(tags="p", classes="a", ids="here", words="made")
    assert css.merged([sheet], tmp_path, names).strip() == kept


def test_imports_are_followed(tmp_path):
    (tmp_path / "a.css").write_text("@import 'b.css'; p{color:red}", encoding="utf-8")
    (tmp_path / "b.css").write_text("p{color:blue}", encoding="utf-8")
    assert css.merged([tmp_path / "a.css"], tmp_path, known(tags="p")) == "p{color:blue}p{color:red}\n"


def test_a_rule_within_a_rule_is_refused(tmp_path):
    (tmp_path / "a.css").write_text("p{color:red; &:hover{color:blue}}", encoding="utf-8")
    with pytest.raises(css.StyleError):
        css.merged([tmp_path / "a.css"], tmp_path, known(tags="p"))


def test_a_page_without_changes_stays_as_it_is_byte_for_byte(site):
    for page in pages_of(site):
        html = page.read_text(encoding="utf-8")
        assert Changes(html).changed() == html, page.name


def small_site(folder: Path, body: str) -> Path:
    static = folder / "_static"
    static.mkdir()
    (static / "documentation_options.js").write_text("const DOCUMENTATION_OPTIONS = {};", encoding="utf-8")
    (static / "theme.css").write_text("p{color:red}.fa-sun{--icon:url(data:,)}", encoding="utf-8")
    (static / "theme.js").write_text("window.ready = true;", encoding="utf-8")
    (static / "unused.png").write_bytes(b"")
    page = folder / "index.html"
    page.write_text(
        '<!DOCTYPE html><html><head><link rel="stylesheet" href="_static/theme.css">'
        '<script src="_static/documentation_options.js"></script><script src="_static/fontawesome.js"></script>'
        '<script src="_static/theme.js"></script><script src="searchindex.js"></script></head>'
        f"<body>{body}</body></html>",
        encoding="utf-8",
    )
    return page


def test_a_site_is_made_light(tmp_path):
    page = small_site(tmp_path, "<p>A</p>")
    slim.finish(tmp_path)
    html = page.read_text(encoding="utf-8")
    assert "<link" not in html
    assert "p{color:red}" in html
    assert "_static/book.js?v=" in html
    assert "const DOCUMENTATION_OPTIONS" in html
    assert "fontawesome" not in html
    assert "searchindex" not in html
    assert sorted(path.name for path in (tmp_path / "_static").iterdir()) == ["book.js"]


def test_an_icon_that_is_not_drawn_stops_the_build(tmp_path):
    small_site(tmp_path, '<i class="fa-solid fa-moon"></i>')
    with pytest.raises(slim.SlimError, match="fa-moon"):
        slim.finish(tmp_path)


def dressed(folder: Path, html: str) -> str:
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    return marks.Dresser(page, folder).changed()


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        ("untestable", ["untestable"]),
        ("entailed: order as stated", ["entailed"]),
        ("entailed (about twice); contradicted (at least twice)", ["entailed", "contradicted"]),
        (
            '<span>kindest</span> entailed<br><span class="soft">hardest</span> consistent',
            ["entailed", "consistent"],
        ),
        ("The figures are consistent with it", []),
        ("inconsistent", []),
    ],
)
def test_a_verdict_gets_its_mark_where_it_is_said(tmp_path, cell, marked):
    table = f'<table class="printed"><thead><tr><th>Verdict</th></tr></thead><tbody><tr><td>{cell}</td></tr></table>'
    html = dressed(tmp_path, table)
    for word in marks.VERDICTS:
        assert html.count(f'<span class="said {word}">{word}</span>') == marked.count(word)


@pytest.mark.parametrize(
    ("cell", "dressed"),
    [
        ("<td>a [28.85, 28.95] b</td>", '<td>a <span class="whole">[28.85, 28.95]</span> b</td>'),
        ("<td>(34.0, ∞)</td>", '<td><span class="whole">(34.0, ∞)</span></td>'),
        ("<td>[n - u/2, n + u/2]</td>", '<td><span class="whole">[n - u/2, n + u/2]</span></td>'),
        ("<td>(150,000.0000, 150,001.0000)</td>", "<td>(150,000.0000, 150,001.0000)</td>"),
        (
            "<td>2022-01-05 to 2022-02</td>",
            '<td><span class="whole">2022-01-05</span> to <span class="whole">2022-02</span></td>',
        ),
        ("<td>e-kurnaz-2022-01 (Khar, 2024)</td>", "<td>e-kurnaz-2022-01 (Khar, 2024)</td>"),
    ],
)
def test_intervals_and_days_in_cells_are_kept_whole(tmp_path, cell, dressed):
    page = tmp_path / "page.html"
    page.write_text(f"<p>[1.0, 2.0]</p><table><tbody><tr>{cell}</tr></tbody></table>", encoding="utf-8")
    assert (
        marks.Dresser(page, tmp_path).changed()
        == f"<p>[1.0, 2.0]</p><table><tbody><tr>{dressed}</tr></tbody></table>"
    )


def test_a_verdict_in_a_sentence_stays_plain(tmp_path):
    html = "<p>The claim is <em>entailed</em>, not contradicted.</p>"
    assert dressed(tmp_path, html) == html


def test_cells_know_their_columns(tmp_path):
    head = "<thead><tr><th>What</th><th>How &amp; why</th></tr></thead>"
    row = "<tr><td>a</td><td>b</td></tr>"
    html = dressed(tmp_path, f'<table class="printed">{head}<tbody>{row}</tbody></table>')
    assert '<td data-label="What">a</td><td data-label="How &amp; why">b</td>' in html
    assert '<table class="printed" data-fits="">' in html
    long = row.replace(">b<", f">{'long ' * 20}<")
    assert "data-fits" not in dressed(tmp_path, f'<table class="printed">{head}<tbody>{long}</tbody></table>')


def test_images_know_their_size_and_wait_if_they_are_far(tmp_path):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"></svg>'
    (tmp_path / "x.svg").write_text(svg, encoding="utf-8")
    html = dressed(tmp_path, f'<article><img src="x.svg"/><p>{"word " * 400}</p><img src="x.svg"/></article>')
    assert html.count('width="400" height="200"') == 2
    assert html.count('loading="lazy"') == 1
    assert html.index("lazy") > html.index("word")


def test_a_phone_is_given_the_narrow_drawing(tmp_path):
    (tmp_path / "figures" / "shown").mkdir(parents=True)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"></svg>'
    for path in ("x.svg", "figures/shown/fig-a-90.svg"):
        (tmp_path / path).write_text(svg, encoding="utf-8")
    html = dressed(tmp_path, '<figure id="fig-a"><img src="x.svg"></figure>')
    assert '<source media="(max-width: 40rem)" srcset="figures/shown/fig-a-90.svg"' in html
    assert html.endswith("</picture></figure>")
