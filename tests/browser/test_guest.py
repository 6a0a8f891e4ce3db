"""Playwright attached to the same browser: its page is reachable, and it changes nothing for us."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from palaestra.browser import Chromium, Tab
from palaestra.errors import UsageError
from palaestra.types import Action
from tests.browser.test_tab import DIALOGS, click, of, ref

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Chromium]:
    """A browser of its own: while Playwright is in it, no other Playwright runs in this thread."""
    with Chromium.launch() as launched:
        yield launched


def test_playwright_cannot_come_while_a_dialog_is_open(chrome: Chromium, tab: Tab):
    tab.goto(of(DIALOGS))
    click(tab, "Alert")
    with pytest.raises(UsageError, match="answer it first"):
        _ = chrome.open().page
    click(tab, "OK")
    chrome.tabs[-1].close()


def test_dialogs_stay_open_with_playwright_attached(chrome: Chromium, tab: Tab):
    tab.goto(of(DIALOGS))
    page = tab.page
    assert page.title() == "D"
    assert tab.page is page
    click(tab, "Confirm")
    assert page.url.startswith("data:")
    assert tab.look().dialog == "Sure?"
    click(tab, "Cancel")
    assert page.locator("button").nth(1).text_content() == "false"
    other = chrome.open(of(DIALOGS), fresh=True)
    click(other, "Prompt")
    assert page.title() == "D", "Playwright had time to answer"
    assert other.look().dialog == "Name?"
    other.act(Action("fill", "dialog:text", "Bo"))
    click(other, "OK")
    assert ref(other, "Bo")
    other.close()


def test_tabs_that_come_later_work_with_playwright_attached(tab: Tab, chrome: Chromium):
    opens = "window.open('about:blank').document.write('<p>Popped')"
    tab.goto(of(f'<button onclick="{opens}">Pop</button>'))
    assert tab.page.locator("button").inner_text() == "Pop"
    for n in range(3):
        later = chrome.open(of(f"<p>Later {n}"), fresh=n == 1)
        assert later.page.locator("p").inner_text() == f"Later {n}"
        later.close()
    before = chrome.tabs
    click(tab, "Pop")
    (popped,) = [one for one in chrome.tabs if one not in before]
    assert [node.name for node in popped.look().screen.children] == ["Popped"]
    tab.page.click("button")
    assert len(chrome.tabs) == len(before) + 2
    for one in chrome.tabs:
        if one not in before:
            one.close()
