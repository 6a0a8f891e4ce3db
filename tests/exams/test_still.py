from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from palaestra.exams.page import page
from palaestra.exams.still import still
from palaestra.faces.page import html
from palaestra.kit import Session
from palaestra.kit.skin import Skin
from palaestra.types import Action, Node
from tests.apps import agency, expenses

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MARK = "#f3a712"


def form(skin: int = 0) -> Session:
    session = Session(expenses, 1, skin)
    for ref in ("nav:claim", "new:claim"):
        session.dispatch(Action("click", ref))
    return session


def drawn(session: Session, action: Action | None = None) -> str:
    return still(session.screen(), session.skin, session.lexicon.language, action)


@pytest.mark.parametrize("skin", [0, 2, 1_000_003])
def test_it_is_the_page_of_the_application(skin: int):
    session = form(skin)
    assert html.draw(session.screen(), session.skin, session.lexicon.language) in drawn(session)
    assert MARK not in drawn(session)
    assert "<script" not in drawn(session)


def test_what_is_typed_and_chosen_is_shown():
    session = form()
    assert 'value="12 &lt; 13"' in drawn(session, Action("fill", "field:total", "12 < 13"))
    box = next(n for n in session.screen().walk() if n.role == "combobox" and len(n.children) > 1)
    for option in box.children:
        text = drawn(session, Action("select", box.ref, option.name))
        select = text[text.index(f'data-ref="{box.ref}"') :].partition("</select>")[0]
        assert re.findall(r'<option value="([^"]*)" selected', select) == [option.name]


class Tags(HTMLParser):
    """Collects the names of all elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.append(tag)


def test_no_ref_ends_the_style_sheet():
    ref = 'a"]{}</style><script>x</script>\n*'
    screen = Node("document", "X", children=(Node("button", "Save", ref),))
    text = still(screen, Skin(0), "en", Action("click", ref))
    assert Tags(text).names == ["div", "template", "style", "div", "button"]


@pytest.mark.browser
@pytest.mark.parametrize("place", [screen.name for screen in agency.screens])
def test_chromium_shows_it_without_script_and_marks_one_element(place: str, browser: Browser):
    session = Session(agency, 1)
    action = Action("click", f"nav:{place}")
    text = page("Still", drawn(session, action) + drawn(form(), Action("click", "save")))
    context = browser.new_context(java_script_enabled=True, offline=True)
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.set_content(text)
    found = tab.evaluate(
        """() => [...document.querySelectorAll(".still")].map(host => {
            const all = [...host.shadowRoot.querySelectorAll("*")];
            const marked = all.filter(e => getComputedStyle(e).outlineStyle === "solid");
            return [marked.map(e => e.dataset.ref), host.offsetHeight > 100, host.inert];
        })"""
    )
    assert found == [[[action.ref], True, True], [["save"], True, True]]
    assert said == []
    context.close()
