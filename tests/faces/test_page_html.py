"""Nodes as HTML: text stays text, ids stay apart, and elements stand in groups."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra import gyms
from palaestra.faces.page import Visits
from palaestra.faces.page.bar import draw as draw_bar
from palaestra.faces.page.element import Html, element, join
from palaestra.faces.page.html import draw
from palaestra.kit.session import Session
from palaestra.kit.skin import Skin
from palaestra.types import Action, Node, Start
from tests.apps import expenses

HOSTILE = "</td><script>alert(1)</script>\"' onload=x <!-- &amp; ]]>"
TAGS = {
    "a", "button", "div", "h1", "h2", "input", "label", "li", "main", "nav", "option", "p",
    "section", "select", "span", "table", "tbody", "td", "textarea", "th", "thead", "tr", "ul",
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
        "option",
        "tab",
        "menuitem",
        "group",
        "region",
        "dialog",
        "list",
        "listbox",
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


def elements(back: Read, role: str) -> list[dict[str, str | None]]:
    return [attributes for _, attributes in back.elements if attributes.get("role") == role]


def test_a_list_that_opens_says_whether_it_is_open_and_stands_in_its_field():
    options = (
        Node("option", "Bank", "pick:account:0", states=("selected",)),
        Node("option", "Cash", "pick:account:1"),
    )
    back = drawn(
        Node("combobox", "Account", "field:account", "Bank", ("expanded", "invalid")),
        Node("listbox", "Account", children=options),
        Node("paragraph", "Not that one"),
        Node("combobox", "Payee", "field:payee", "A", ("collapsed", "editable")),
    )
    account, payee = elements(back, "combobox")
    assert (account["aria-expanded"], payee["aria-expanded"]) == ("true", "false")
    assert payee["value"] == "A"
    assert account["aria-describedby"] == "r-field:account-wrong"
    chosen = [one["aria-selected"] for one in elements(back, "option")]
    assert chosen == ["true", "false"]
    groups = [a["class"] for tag, a in back.elements if tag == "div" and "class" in a]
    assert groups[0] == "fields"
    assert groups.count("field") == 2
    assert "items" not in groups


def test_radio_buttons_are_one_group():
    radios = (
        Node("radio", "Bank", "pick:account:0", states=("checked",)),
        Node("radio", "Cash", "pick:account:1"),
    )
    back = drawn(Node("radiogroup", "Account", states=("required",), children=radios))
    [group] = elements(back, "radiogroup")
    assert (group["aria-label"], group["aria-required"]) == ("Account", "true")
    drawn_radios = [a for tag, a in back.elements if tag == "input"]
    assert [("checked" in a, a["data-ref"]) for a in drawn_radios] == [
        (True, "pick:account:0"), (False, "pick:account:1"),
    ]  # fmt: skip
    assert len({a["name"] for a in drawn_radios}) == 1


def a_month(*links: Node) -> Node:
    names = ["", *map(str, range(1, 32)), "", "", ""]
    cells = [Node("cell", name) for name in names]
    told = " ".join(["14", *(link.name for link in links)])
    cells[14] = Node("cell", told, states=("current",), children=links)
    head = Node("row", children=tuple(Node("columnheader", f"D{n}") for n in range(7)))
    weeks = (Node("row", children=tuple(cells[n : n + 7])) for n in range(0, 35, 7))
    return Node("table", "March 2026", children=(head, *weeks))


def test_a_month_shows_the_number_of_the_day_beside_what_is_on_it():
    back = drawn(a_month(Node("link", "Call", "open:call:1"), Node("link", "+2 more", "day:x")))
    classes = [a.get("class") for tag, a in back.elements if tag == "table"]
    assert classes == ["month"]
    today = [a for tag, a in back.elements if tag == "td" and "aria-current" in a]
    assert len(today) == 1
    text = "".join(back.text)
    assert "14 Call +2 more" in text


def test_a_table_with_other_texts_is_no_month():
    month = a_month()
    head, *weeks = month.children
    other = month._replace(children=(head, *weeks[::-1]))
    assert [a.get("class") for tag, a in drawn(other).elements if tag == "table"] == ["list"]


def test_a_day_to_pick_has_its_number_on_it_and_its_date_as_name():
    names = ["", *(f"{day} March 2026" for day in range(1, 32)), "", "", ""]
    cells = [
        Node("cell", name, children=(Node("button", name, f"day:on:{n}"),) if name else ())
        for n, name in enumerate(names)
    ]
    head = Node("row", children=tuple(Node("columnheader", f"D{n}") for n in range(7)))
    weeks = (Node("row", children=tuple(cells[n : n + 7])) for n in range(0, 35, 7))
    back = drawn(Node("table", "March 2026", children=(head, *weeks)))
    [fifth] = [a for tag, a in back.elements if tag == "button" and a["data-ref"] == "day:on:5"]
    assert fifth["aria-label"] == "5 March 2026"
    assert "5" in back.text
    assert "5 March 2026" not in back.text


def test_a_screen_with_nothing_beside_its_main_part_says_so():
    assert 'data-nav="none"' in draw(screen(Node("heading", "Expired")), Skin.of_seed(0))


def test_a_page_says_which_language_it_speaks() -> None:
    skin = next(s for s in range(1, 999) if Skin.of_seed(s).language == "de")
    visits = Visits(Start("crm", 1, skin), gyms.find)
    visit = visits.get(visits.open())
    assert visit is not None
    assert 'lang="de"' in visit.page()["html"]
