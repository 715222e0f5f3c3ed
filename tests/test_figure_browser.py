"""Citing a figure in a real browser: buttons that copy the exact text, a gallery that filters, and both without a script."""

import browsing
import pytest
from playwright.sync_api import expect

from asprinted.figures import FIGURES
from press.cite_panel import FORMS

FIGURE = "fig-energy-doubled"
PAGES = ("energy-dependence.html", f"figures/{FIGURE}.html")
OPEN_PANELS = "document.querySelectorAll('details.cite-figure').forEach(part => part.open = true)"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
CARDS = "[...document.querySelectorAll('ul.gallery li')].filter(card => !card.hidden)"


def pasted(page) -> str:
    """What a paste brings."""
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<textarea id=pasted></textarea>')")
    page.focus("#pasted")
    page.keyboard.press("Control+V")
    text = page.eval_on_selector("#pasted", "area => area.value")
    page.evaluate("document.getElementById('pasted').remove()")
    return text


@pytest.mark.parametrize("where", ["served", "file", "without a clipboard"])
@pytest.mark.parametrize("name", PAGES)
def test_a_button_copies_the_exact_citation_and_says_so(browser, site, address, where, name):
    allowed = [] if where == "without a clipboard" else ["clipboard-read", "clipboard-write"]
    with browsing.opened(browser, permissions=allowed) as page:
        if where == "without a clipboard":
            page.add_init_script(NO_CLIPBOARD)
        page.goto((site / name).as_uri() if where == "file" else address + name)
        page.evaluate(OPEN_PANELS)
        for form, label in FORMS.items():
            button = page.locator(f"button[data-copies=cite-{form}-{FIGURE}]")
            expected = page.text_content(f"#cite-{form}-{FIGURE}")
            button.focus()
            page.keyboard.press("Enter")
            expect(button).to_contain_text("Copied")
            expect(page.locator("main > [role=status]")).to_have_text(f"{label} copied")
            assert pasted(page) == expected
            assert len(expected) > 20
            expect(button).to_contain_text("Copy")


def test_where_nothing_can_be_copied_the_citation_is_left_selected(browser, address):
    with browsing.opened(browser) as page:
        page.add_init_script(f"{NO_CLIPBOARD}; document.execCommand = () => false")
        page.goto(address + PAGES[1])
        page.click(f"button[data-copies=cite-short-{FIGURE}]")
        expect(page.locator("main > [role=status]")).to_contain_text("Short form selected")
        assert page.evaluate("getSelection().toString()") == page.text_content(f"#cite-short-{FIGURE}")


def test_without_a_script_citations_and_gallery_are_there_and_no_dead_control_is(browser, address):
    with browsing.opened(browser, java_script_enabled=False) as page:
        page.goto(address + PAGES[1])
        assert page.locator("button.copy:visible").count() == 0
        assert page.locator("pre[id^=cite-]:visible").count() == len(FORMS)
        page.goto(address + "list-of-figures.html")
        assert page.locator("ul.gallery li:visible").count() == len(FIGURES)
        assert page.locator("form.gallery-filter:visible").count() == 0


def test_the_gallery_is_filtered_by_keyboard_and_by_address(browser, address):
    with browsing.opened(browser) as page:
        page.goto(address + "list-of-figures.html")
        page.focus("#f-texts")
        page.keyboard.type("Koç")
        found = page.evaluate(f"{CARDS}.map(card => card.dataset.texts)")
        assert 0 < len(found) < len(FIGURES)
        assert all("kocak2026" in texts.split() for texts in found)
        expect(page.locator("form.gallery-filter output")).to_have_text(
            f"{len(found)} of {len(FIGURES)} figures"
        )
        sections = "[...document.querySelectorAll('section:has(> ul.gallery)')]"
        assert page.evaluate(
            f"{sections}.every(s => s.hidden === ![...s.querySelectorAll('li')].some(c => !c.hidden))"
        )
        page.focus("form.gallery-filter button")
        page.keyboard.press("Enter")
        page.wait_for_function(f"{CARDS}.length === {len(FIGURES)}")
        page.goto(address + "list-of-figures.html?arguments=energy")
        energy = page.evaluate(f"{CARDS}.map(card => card.dataset.arguments.split(' ').includes('energy'))")
        assert all(energy)
        assert 0 < len(energy) < len(FIGURES)


def test_print_leaves_the_panels_out_and_shows_no_button(browser, address):
    with browsing.opened(browser) as page:
        page.emulate_media(media="print")
        page.goto(address + PAGES[0])
        assert page.locator("details.cite-figure:visible").count() == 0
        page.goto(address + PAGES[1])
        assert page.locator("button.copy:visible").count() == 0
        assert page.locator("pre[id^=cite-]:visible").count() == len(FORMS)
