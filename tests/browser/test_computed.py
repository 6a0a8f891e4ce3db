"""What is read of a page is what Chromium makes of it, not what we meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from palaestra.browser import Chromium
from palaestra.browser.computed import tree_of
from palaestra.errors import PalaestraError
from palaestra.faces.page import Visits
from palaestra.faces.page.serving import running
from palaestra.kit.session import Session
from palaestra.testing.parity import compare
from palaestra.types import Action, Node, Start
from tests.apps import expenses

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def computed(page: Page, html: str) -> tuple[Node, ...]:
    page.set_content(f"<div id=app role=document>{html}</div>")
    return tree_of(page.context.new_cdp_session(page)).children


def test_a_page_without_an_application_is_told(page: Page):
    page.set_content("<p>Hello")
    with pytest.raises(PalaestraError, match="no application"):
        tree_of(page.context.new_cdp_session(page))


@pytest.mark.parametrize(
    ("html", "node"),
    [
        ("<p>Hello <b>there</b></p>", Node("paragraph", "Hello there")),
        ("<div role=status>Saved</div>", Node("status", "Saved")),
        ("<button disabled data-ref=a>No</button>", Node("button", "No", "a", "", ("disabled",))),
        (
            "<input aria-label=Note data-ref=a value=' x ' aria-required=true>",
            Node("textbox", "Note", "a", " x ", ("required",)),
        ),
        (
            "<input type=checkbox checked aria-label=Paid aria-required=true>",
            Node("checkbox", "Paid", "", "", ("checked", "required")),
        ),
        (
            "<div role=combobox tabindex=0 aria-expanded=false aria-label=Kind>Hat</div>",
            Node("combobox", "Kind", "", "Hat", ("collapsed",)),
        ),
        (
            "<input role=combobox aria-expanded=true aria-autocomplete=list aria-label=Kind>",
            Node("combobox", "Kind", "", "", ("editable", "expanded")),
        ),
        ("<a href=# aria-current=page>Here</a>", Node("link", "Here", states=("current",))),
    ],
)
def test_elements_are_read_as_nodes(page: Page, html: str, node: Node):
    assert computed(page, html) == (node,)


@pytest.mark.parametrize(
    "html",
    ["<div role=button data-ref=a>Go</div>", "<div role=tab data-ref=a>Go</div>"],
)
def test_what_the_keyboard_cannot_reach_is_told(page: Page, html: str):
    (node,) = computed(page, html)
    assert node.states[-1:] == ("unreachable",)


def test_a_role_or_state_that_is_not_valid_is_what_chromium_makes_of_it(page: Page):
    assert computed(page, "<p aria-expanded=false>One</p>") == (Node("paragraph", "One"),)
    assert computed(page, "<input aria-label=Note aria-invalid=false>") == (
        Node("textbox", "Note"),
    )


ACTIONS = (
    Action("click", "nav:claim"),
    Action("fill", "search", "EXP"),
    Action("click", "new:claim"),
    Action("fill", "field:total", "12.50"),
    Action("select", "field:kind", "Meals"),
    Action("click", "field:receipt"),
    Action("click", "save"),
    Action("click", "cancel"),
    Action("back"),
)


def test_a_tab_on_a_page_of_ours_sees_what_the_tree_face_shows(chrome: Chromium):
    start = Start("expenses", 1)
    session = Session.at(expenses, start)
    visits = Visits(start, lambda _: expenses)
    with running(visits) as url:
        key = visits.open()
        tab = chrome.open(f"{url}v/{key}")
        assert tab.view
        view = tab.view
        for action in (None, *ACTIONS):
            if action:
                view = tab.act(action)
                session.dispatch(action)
            assert compare(session.screen(), view.screen) == [], action
            assert view.feedback == session.notice, action
            assert set(view.boxes) <= set(session.targets())
        tab.close()
        visit = visits.get(key)
        assert visit
        assert visit.session.digest() == session.digest()
