"""The site in a real browser: nothing from outside, no fault in the console, no page wider than a phone; links,
downloads, copying, colour modes, and everything by keyboard alone."""

import re

import browsing
import pytest
from playwright.sync_api import expect

from asprinted.figures import FIGURES
from press.markup import pages_of

FOCUSABLE = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true })
    && !e.closest('dialog:not([open])'))"""
LOOK = """e => { const s = getComputedStyle(e), p = getComputedStyle(e.parentElement);
  return [s.outlineStyle !== 'none' && s.outlineWidth, s.boxShadow, s.borderColor, s.borderWidth, s.backgroundColor,
    p.outlineStyle !== 'none' && p.outlineWidth, p.boxShadow, p.borderColor].join() }"""
ACTIVE = "document.activeElement"
# The sides of an element's outline that an ancestor cuts off; none where another sign than the outline shows the focus.
CUT = """e => { const s = getComputedStyle(e), width = parseFloat(s.outlineWidth);
  if (s.outlineStyle === 'none' || !width) return '';
  const out = width + parseFloat(s.outlineOffset), box = e.getBoundingClientRect();
  const [left, top, right, bottom] = [box.left - out, box.top - out, box.right + out, box.bottom + out], cut = new Set();
  for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
    const t = getComputedStyle(p), b = p.getBoundingClientRect();
    const all = t.contentVisibility === 'auto' || /paint|strict|content/.test(t.contain);
    const [x, y] = [t.overflowX, t.overflowY].map(o => all || o !== 'visible');
    const [l, u] = [b.left + p.clientLeft, b.top + p.clientTop];
    if (x && left < l - 1) cut.add('left'); if (x && right > l + p.clientWidth + 1) cut.add('right');
    if (y && top < u - 1) cut.add('top'); if (y && bottom > u + p.clientHeight + 1) cut.add('bottom');
    if (t.position === 'fixed') break;
  }
  return [...cut].join() }"""


@pytest.mark.parametrize(("width", "mode"), browsing.MODES)
def test_every_page_stays_within_the_site_and_the_screen(browser, site, address, width, mode):
    with browsing.opened(browser, width, mode) as page:
        outside, faults = [], []
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((address, "data:")) else outside.append(request.url)
            ),
        )
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda found: faults.append(found.url) if found.status >= 400 else None)
        for name in browsing.names(site):
            page.goto(address + name)
            page.wait_for_load_state("load")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} px wide on a screen of {width}"
            broken = page.evaluate(
                "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
            )
            assert broken == [], name
            assert faults == [], f"{name}: {faults}"
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
            light = sum(map(int, re.findall(r"\d+", paper)[:3])) > 3 * 128
            assert light == (mode == "light"), f"{name} is {paper} in {mode} mode"
        assert outside == []


@pytest.mark.parametrize("width", [390, 768, 1024, 1280])
def test_intervals_and_days_stand_on_one_line(browser, site, address, width):
    broken = """[...document.querySelectorAll('.whole')].filter(e => e.getClientRects().length > 1).map(e => e.textContent)"""
    found, seen = {}, 0
    with browsing.opened(browser, width) as page:
        for name in browsing.names(site):
            page.goto(address + name)
            seen += page.locator(".whole").count()
            if faults := page.evaluate(broken):
                found[name] = faults[:6]
    assert seen > 100
    assert found == {}


def test_no_text_is_cut_off_on_a_phone(browser, site, address):
    """Nothing is wider than the box it lies in, unless the box scrolls; what only screen readers read is a pixel large."""
    cut = """[...document.querySelectorAll('main *')].filter(e => { const s = getComputedStyle(e);
      return e.clientWidth > 2 && s.display !== 'inline' && !/auto|scroll/.test(s.overflowX)
        && e.scrollWidth > e.clientWidth + 1 && e.checkVisibility() })
      .map(e => e.cloneNode().outerHTML.slice(0, 120) + e.textContent.trim().slice(0, 60))"""
    found = {}
    with browsing.opened(browser, 390) as page:
        for name in browsing.names(site):
            page.goto(address + name)
            if faults := page.evaluate(cut):
                found[name] = faults[:6]
    assert found == {}


def test_every_internal_link_and_anchor_resolves(browser, site, address):
    anchors, links = {}, {}
    with browsing.opened(browser) as page:
        for name in browsing.names(site):
            page.goto(address + name)
            anchors[name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
            links[name] = set(page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)"))
    lost = []
    for name, found in links.items():
        for link in sorted(found):
            if not link.startswith(address):
                continue
            path, _, anchor = link.removeprefix(address).partition("#")
            path = path.partition("?")[0] or "index.html"
            if not (site / path).is_file():
                lost.append(f"{name} → {path}")
            elif anchor and path in anchors and anchor not in anchors[path]:
                lost.append(f"{name} → {path}#{anchor}")
    assert lost == []


def test_addresses_are_plain_letters(site):
    odd = [
        path.relative_to(site)
        for path in site.rglob("*")
        if not re.fullmatch(r"[A-Za-z0-9._/-]+", path.relative_to(site).as_posix())
    ]
    assert odd == []
    anchors = {
        anchor for page in pages_of(site) for anchor in re.findall(r'\sid="([^"]*)"', page.read_text("utf-8"))
    }
    assert [anchor for anchor in sorted(anchors) if not anchor.isascii()] == []


def test_every_figure_is_in_its_chapter_with_a_description_and_its_files(browser, site, address):
    with browsing.opened(browser) as page:
        for identifier, entry in FIGURES.items():
            page.goto(f"{address}{entry.chapter}.html#{identifier}")
            alt = page.evaluate(
                f"document.querySelector('#{identifier} img, img[id=\"{identifier}\"]')?.alt ?? ''"
            )
            assert len(alt) > 60, identifier
            for suffix in (".svg", ".pdf", ".png", ".csv", "-90.svg", "-90.pdf", "-90.png"):
                assert (site / "figures" / f"{identifier}{suffix}").exists()


def test_alternative_texts_say_something(browser, site, address):
    read = """[...document.images].map(i => [i.alt, i.getAttribute('src'),
      i.closest('figure')?.querySelector('figcaption')?.innerText ?? '', i.closest('a, button')?.innerText ?? ''])"""
    with browsing.opened(browser) as page:
        for name in browsing.names(site):
            page.goto(address + name)
            for alt, source, caption, beside in page.evaluate(read):
                where = f"{name}: {source}"
                if beside.strip() and not alt:
                    continue  # a picture beside the words of its link says nothing more
                assert alt.strip(), where
                assert not re.search(r"^\S+\.(svg|png|webp|jpe?g|pdf)$|^_images", alt.strip()), (
                    f"{where}: {alt}"
                )
                assert alt.strip() not in caption, f"{where} repeats its caption"


def test_downloads_are_there(site):
    from lxml import html

    found = 0
    for page in pages_of(site):
        for link in html.parse(page).getroot().xpath("//a[@download]"):
            target = (page.parent / link.get("href")).resolve()
            assert target.is_file(), f"{page.name} → {link.get('href')}"
            assert target.stat().st_size > 0, link.get("href")
            found += 1
    assert found > 20


def test_a_citation_is_copied(browser, address):
    identifier, entry = next(iter(FIGURES.items()))
    for name in (f"figures/{identifier}.html", f"{entry.chapter}.html"):
        with browsing.opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
            page.goto(address + name)
            button = page.locator("button[data-copies]").first
            wanted = page.locator(f"#{button.get_attribute('data-copies')}").text_content()
            button.evaluate(
                "b => { for (let d = b.closest('details'); d; d = d.parentElement.closest('details')) d.open = true }"
            )
            button.focus()
            page.keyboard.press("Enter")
            page.wait_for_timeout(200)
            assert page.evaluate("navigator.clipboard.readText()") == wanted, name


# --- keyboard ------------------------------------------------------------------------------------


def test_the_skip_link_leads_to_the_text(browser, address):
    with browsing.opened(browser) as page:
        page.goto(address + "energy-dependence.html")
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        assert link.inner_text() == "Skip to main content"
        expect(link).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(f"document.querySelector('main').contains({ACTIVE})")


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "energy-dependence.html",
        "browse-slips.html",
        "how-to-cite.html",
        "list-of-figures.html",
        f"figures/{min(FIGURES)}.html",
        "search.html?q=Akkuyu",
    ],
)
@pytest.mark.parametrize(("width", "mode"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser, address, name, width, mode):
    with browsing.opened(browser, width, mode, reduced_motion="reduce") as page:
        page.goto(address + name)
        page.wait_for_timeout(400)
        page.evaluate(
            "document.activeElement.blur(); document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
        )
        wanted = page.evaluate(f"{FOCUSABLE}".replace("() =>", "", 1) + ".length")
        page.evaluate(
            f"window.before = new Map(({FOCUSABLE})().map(e => [e, ({LOOK})(e)])); window.reached = new Set()"
        )
        unseen, cut = [], []
        for _ in range(wanted + 5):
            page.keyboard.press("Tab")
            fault, sides = page.evaluate(
                f"""() => {{ const e = {ACTIVE}; if (e === document.body) return ['', '']; reached.add(e);
                const told = e.outerHTML.slice(0, 160), sides = ({CUT})(e);
                return [before.has(e) && before.get(e) === ({LOOK})(e) ? told : '', sides && sides + ': ' + told] }}"""
            )
            unseen += [fault] if fault else []
            if sides:  # unless it is still moving
                page.wait_for_timeout(100)
                cut += [sides] if page.evaluate(f"({CUT})({ACTIVE})") else []
        missed = page.evaluate(
            "[...before.keys()].filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 160))"
        )
        assert missed == []
        assert unseen == []
        assert cut == []


def test_an_outline_that_is_cut_off_is_seen(browser):
    with browsing.opened(browser) as page:
        page.set_content(
            "<div style='overflow: hidden; width: 200px'><button>a</button></div><button>b</button>"
            "<style>button { outline: 3px solid } div button { margin-left: 20px }</style>"
        )
        assert page.evaluate(f"[...document.querySelectorAll('button')].map({CUT})") == ["top,bottom", ""]


def test_the_search_dialog_by_keyboard(browser, address):
    with browsing.opened(browser) as page:
        page.goto(address + "index.html")
        page.keyboard.press("Control+k")
        page.wait_for_timeout(200)
        assert page.evaluate(f"{ACTIVE}.name") == "q"
        page.keyboard.type("28.9")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=28.9")
        expect(page.locator("#book-results [role=status]")).to_contain_text("found")


def test_the_colour_mode_by_keyboard(browser, address):
    with browsing.opened(browser) as page:
        page.goto(address + "index.html")
        seen = set()
        page.locator(".theme-switch-button:visible").first.focus()
        for _ in range(3):
            page.keyboard.press("Enter")
            seen.add(page.evaluate("document.documentElement.dataset.theme"))
        assert seen == {"light", "dark"}


def test_the_sidebar_of_a_phone_by_keyboard(browser, address):
    with browsing.opened(browser, 390, reduced_motion="reduce") as page:
        page.goto(address + "index.html")
        page.locator(".primary-toggle").focus()
        page.keyboard.press("Enter")
        link = page.locator("dialog[open] a[href='energy-dependence.html']")
        expect(link).to_be_visible()
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        assert page.evaluate(f"{ACTIVE}.matches('.primary-toggle')")


def test_a_table_of_the_record_by_keyboard(browser, address):
    with browsing.opened(browser) as page:
        page.goto(address + "browse-tensions.html")
        told = page.locator("form.browse output")
        page.locator("#f-q").focus()
        page.keyboard.type("turkiye")
        expect(told).to_contain_text("of")
        shown = page.locator("table.browse tbody tr:visible").count()
        assert 0 < shown < page.locator("table.browse tbody tr").count()
        assert told.inner_text().startswith(f"{shown} of")
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.locator("#f-kind").focus()
        page.keyboard.press("ArrowDown")
        kind = page.locator("#f-kind").input_value()
        kinds = page.evaluate(
            "[...document.querySelectorAll('table.browse tbody tr:not([hidden])')].map(r => r.dataset.kind)"
        )
        assert set(kinds) == {kind}
        page.locator("table.browse thead button").first.focus()
        page.keyboard.press("Enter")
        assert page.get_attribute("table.browse thead th", "aria-sort") == "ascending"
        titles = (
            "[...document.querySelectorAll('table.browse tbody tr:not([hidden]) th')].map(h => h.textContent)"
        )
        assert page.evaluate(
            f"{titles}.every((t, n, all) => !n || new Intl.Collator('tr', {{numeric: true}}).compare(all[n - 1], t) <= 0)"
        )
        page.keyboard.press("Enter")
        assert page.get_attribute("table.browse thead th", "aria-sort") == "descending"
        page.locator("table.browse tr:not([hidden]) summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("table.browse tr:not([hidden]) details").first.evaluate("d => d.open")


# --- without colours of its own, without scripts, on paper --------------------------------------


SIGNS = """[...document.querySelectorAll('.said')].map(e => { const s = getComputedStyle(e, '::before');
  return [s.backgroundColor, getComputedStyle(document.body).backgroundColor, s.maskImage.slice(0, 4)] })"""


def test_verdicts_keep_their_marks_under_forced_colours_and_without_scripts(browser, address):
    for settings in ({"forced_colors": "active"}, {"java_script_enabled": False}):
        for mode in ("light", "dark"):
            with browsing.opened(browser, 1280, mode, **settings) as page:
                page.goto(address + "energy-dependence.html")
                signs = page.evaluate(SIGNS)
                assert len(signs) > 5
                for colour, paper, mask in signs:
                    assert colour not in (paper, "rgba(0, 0, 0, 0)"), settings
                    assert mask == "url("


def test_without_scripts_a_page_is_dressed_as_with_them(browser, address):
    read = """[...document.querySelectorAll('main table.printed, main table.printed :is(th, td), main figure img, main .said')]
      .map(e => { const s = getComputedStyle(e), b = getComputedStyle(e, '::before');
        return [s.backgroundColor, s.fontSize, s.padding, s.borderBottomWidth, b.backgroundColor].join(' | ') })"""
    found = []
    for scripts in (True, False):
        with browsing.opened(browser, java_script_enabled=scripts) as page:
            page.goto(address + "energy-dependence.html")
            found.append(page.evaluate(read))
    assert len(found[0]) > 50
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "name", ["energy-dependence.html", "index.html", "browse-slips.html", "how-to-read.html"]
)
def test_a_page_is_printed_the_same_from_either_mode(browser, address, name):
    read = """[document.body, ...document.querySelectorAll('main *')].filter(e => e.checkVisibility())
      .filter(e => !e.closest('.highlight'))
      .map(e => { const s = getComputedStyle(e), b = getComputedStyle(e, '::before');
        return e.cloneNode().outerHTML.slice(0, 90) + [s.backgroundColor, s.filter, ...(e.matches('img') ? [] : [s.color, s.borderTopColor, b.color]),
          b.backgroundColor].join(' | ') })"""
    found = {}
    for mode in ("light", "dark"):
        with browsing.opened(browser, 1280, mode) as page:
            page.goto(address + name)
            page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
            page.emulate_media(media="print")
            page.wait_for_timeout(300)
            assert page.get_attribute("html", "data-theme") == mode
            found[mode] = page.evaluate(read)
            inks = page.evaluate(
                "[...document.querySelectorAll('.highlight pre span')].map(e => getComputedStyle(e).color)"
            )
            assert all(sum(map(int, re.findall(r"\d+", ink)[:3])) < 3 * 128 for ink in inks), mode
    other = [(light, dark) for light, dark in zip(*found.values(), strict=True) if light != dark]
    assert other == []


def test_motion_stops_where_a_reader_asks(browser, address):
    moves = """[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
      return Math.max(...(s.transitionDuration + ',' + s.animationDuration).split(',').map(parseFloat)) > 0.01
        || s.scrollBehavior === 'smooth' }).map(e => e.outerHTML.slice(0, 100))"""
    with browsing.opened(browser, reduced_motion="reduce") as page:
        for name in ("index.html", "energy-dependence.html", "browse-slips.html", "search.html"):
            page.goto(address + name)
            assert page.evaluate(moves) == [], name


def test_every_table_has_headers_and_a_name(browser, site, address):
    bare = """[...document.querySelectorAll('main table')].filter(t => !t.closest('.highlight'))
      .filter(t => !t.querySelector('th') || [...t.querySelectorAll('th')].some(h => !h.scope || !h.textContent.trim()))
      .map(t => t.outerHTML.slice(0, 200))"""
    with browsing.opened(browser) as page:
        for name in browsing.names(site):
            page.goto(address + name)
            assert page.evaluate(bare) == [], name
