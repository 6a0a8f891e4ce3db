"""Nodes as HTML: text stays text, ids stay apart, and elements stand in groups."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.faces.page.bar import draw as draw_bar
from palaestra.faces.page.element import Html, element, join
from palaestra.faces.page.html import draw
from palaestra.kit.session import Session
from palaestra.kit.skin import Skin
from palaestra.types import Action, Node
from tests.apps import expenses

HOSTILE = "</td><script>alert(1)</script>\"' onload=x <!-- &amp; ]]>"
TAGS = {
    "a", "button", "div", "h1", "h2", "input", "label", "main", "nav", "option", "p", "select",
    "span", "table", "tbody", "td", "textarea", "th", "thead", "tr",
}  # fmt: skip


class Read(HTMLParser):
    """Reads HTML back: its elements, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def screen(*main: Node) -> Node:
    return Node("document", "Office", children=(Node("main", children=main),))


def drawn(*main: Node) -> Read:
    return Read(draw(screen(*main), Skin.of_seed(0)))


@given(st.text() | st.just(HOSTILE))
def test_text_and_attributes_come_back_as_they_went_in(text: str):
    text = "".join(c for c in text if c not in "\r\0")
    back = Read(element("p", text, title=text))
    assert back.elements == [("p", {"title": text} if text else {})]
    assert "".join(back.text) == text


def test_only_html_is_not_escaped():
    assert join("<b>", Html("<b>")) == "&lt;b&gt;<b>"
    assert element("div", element("i", "&"), class_="x") == '<div class="x"><i>&amp;</i></div>'


def test_attributes_that_say_nothing_are_left_out():
    assert (
        element("input", checked=True, disabled=False, for_="", value="")
        == '<input checked value="">'
    )


@pytest.mark.parametrize(
    "role",
    [
        "heading",
        "paragraph",
        "status",
        "alert",
        "button",
        "link",
        "textbox",
        "searchbox",
        "checkbox",
    ],
)
def test_hostile_text_is_data_in_every_role(role: str):
    back = drawn(
        Node(role, HOSTILE, HOSTILE, HOSTILE if role.endswith("box") else "", ("invalid",))
    )
    assert {tag for tag, _ in back.elements} <= TAGS
    told = [
        *back.text,
        *(value for _, attributes in back.elements for value in attributes.values()),
    ]
    assert HOSTILE in told


def test_hostile_options_cells_and_goals_are_data():
    options = (Node("option", HOSTILE, states=("selected",)),)
    header = Node("row", children=(Node("columnheader", HOSTILE),))
    row = Node("row", children=(Node("cell", HOSTILE),))
    back = drawn(
        Node("combobox", HOSTILE, "field:x", HOSTILE, (), options),
        Node("table", HOSTILE, children=(header, row)),
    )
    assert {tag for tag, _ in back.elements} <= TAGS
    bar = draw_bar(title=HOSTILE, about=HOSTILE, goal=HOSTILE, verdict=None, can_go_back=True)
    assert {tag for tag, _ in Read(bar).elements} == {"div", "span", "button", "b", "input"}


@pytest.mark.parametrize("skin", range(12))
def test_every_screen_has_each_ref_once_and_ids_apart(skin: int):
    session = Session(expenses, 1, skin)
    for ref in (
        "nav:claim",
        "open:claim:1",
        "edit",
        "save",
        "delete",
        "no",
        "nav:handbook",
        "nav:claim",
        "new:claim",
        "save",
    ):
        if ref.startswith("nav:") and "menu" in session.targets():
            session.dispatch(Action("click", "menu"))
        session.dispatch(Action("click", ref))
        back = Read(draw(session.screen(), session.skin))
        ids = [attributes["id"] for _, attributes in back.elements if "id" in attributes]
        assert len(set(ids)) == len(ids)
        refs = [
            attributes["data-ref"] for _, attributes in back.elements if "data-ref" in attributes
        ]
        assert sorted(set(refs)) == sorted(session.targets())


def test_a_ref_that_stands_twice_has_two_ids():
    back = drawn(Node("link", "Ann", "open:person:1"), Node("link", "Ann", "open:person:1"))
    links = [attributes for tag, attributes in back.elements if tag == "a"]
    assert [a["data-ref"] for a in links] == ["open:person:1"] * 2
    assert len({a["id"] for a in links}) == 2


def test_an_error_stands_in_its_field_and_is_tied_to_it():
    back = drawn(
        Node("textbox", "Total", "field:total", "x", ("invalid",)),
        Node("paragraph", "Not an amount"),
    )
    box = next(attributes for tag, attributes in back.elements if tag == "input")
    wrong = next(attributes for tag, attributes in back.elements if tag == "p")
    assert box["aria-describedby"] == wrong["id"]
    assert box["aria-invalid"] == "true"


def test_text_of_several_lines_gets_an_input_that_can_hold_it():
    back = drawn(Node("textbox", "Note", "field:note", "one\ntwo"))
    assert "textarea" in {tag for tag, _ in back.elements}
    assert "\none\ntwo" in back.text


def test_groups():
    back = draw(
        screen(
            Node("status", "Saved"),
            Node("heading", "Bills"),
            Node("searchbox", "Search", "search"),
            Node("button", "New bill", "new:bill"),
            Node(
                "table",
                "Bills",
                children=(Node("row", children=(Node("columnheader", "Number"),)),),
            ),
            Node("paragraph", "0 bills"),
            Node("button", "Next", "page:1", states=("disabled",)),
        ),
        Skin.of_seed(0),
    )
    classes = [attributes.get("class") for tag, attributes in Read(back).elements if tag == "div"]
    assert classes == [None, "over", "notice", "head", "sheet", "foot"]


def test_a_role_that_no_element_stands_for_is_a_bug():
    with pytest.raises(ValueError, match="slider"):
        drawn(Node("slider", "Volume", "volume"))
