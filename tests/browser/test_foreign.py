"""What a page that is not ours looks like to the agent: the whole of it is read at once."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from palaestra.browser import Chromium, View
from palaestra.types import Node

pytestmark = pytest.mark.browser
RED = "style='display:inline-block;width:9px;height:9px;background:red'"
LONG = "<p style='height:300px'>Long</p>"


def text(*lines: str) -> tuple[Node, ...]:
    return tuple(Node("paragraph", line) for line in lines)


def used(role: str, name: str, value: str = "", *states: str) -> Node:
    return Node(role, name, "*", value, tuple(sorted(states)))


def cells(*names: str, role: str = "cell") -> tuple[Node, ...]:
    return tuple(Node(role, name) for name in names)


def row(*children: Node) -> Node:
    return Node("row", children=children)


TEXTS = {
    "bold in a line": ("Loose <b>text</b> here", text("Loose text here")),
    "two lines": ("One<br>two", text("One", "two")),
    "two blocks": ("<div>One <div>two</div> three</div>", text("One", "two", "three")),
    "link in text": (
        "<p>See <a href=#>the rules</a> first</p>",
        (*text("See the rules first"), used("link", "the rules")),
    ),
    "only a link": ("<div><a href=#>Home</a></div>", (used("link", "Home"),)),
    "links with bars": (
        "<a href=#>Home</a> | <a href=#>Help</a>",
        (used("link", "Home"), used("link", "Help")),
    ),
    "link in a heading": (
        "<h2><a href=#>News</a></h2>",
        (Node("heading", "News"), used("link", "News")),
    ),
    "alert": (
        "<div role=alert>Not saved <button>Close</button></div>",
        (Node("alert", "Not saved"), used("button", "Close")),
    ),
    "picture": ("<img alt='A cat'><img alt=''>", (Node("img", "A cat"),)),
    "drawing": (
        "<svg><text y=9>Drawn</text></svg><canvas>Painted</canvas>",
        text("Drawn", "Painted"),
    ),
    "list": (
        "<ul><li>One <b>1</b><li><a href=#>Two</a></ul>",
        (
            Node(
                "list",
                children=(
                    Node("listitem", children=text("One 1")),
                    Node("listitem", children=(used("link", "Two"),)),
                ),
            ),
        ),
    ),
    "list of much": (
        "<ul><li><h3>Top</h3>More</ul>",
        (
            Node(
                "list",
                children=(Node("group", children=(Node("heading", "Top"), *text("More"))),),
            ),
        ),
    ),
    "terms": (
        "<dl><dt>Total<dd>5<dt>Due<dd>3 May</dl>",
        (
            Node(
                "table",
                children=(
                    row(Node("rowheader", "Total"), Node("cell", "5")),
                    row(Node("rowheader", "Due"), Node("cell", "3 May")),
                ),
            ),
        ),
    ),
    "hidden": (
        "<p hidden>a<p style='display:none'>b<p style='visibility:hidden'>c"
        "<p aria-hidden=true>d<button style='display:none'>e</button>",
        (),
    ),
}
CLICKED = {
    "listener": ("<span class=listens>Go</span>", (used("button", "Go"),)),
    "attribute": ("<div onclick=1>Go <b>on</b></div>", (used("button", "Go on"),)),
    "hand": (
        "<div style='cursor:pointer'><span>Go</span></div>",
        (used("button", "Go"),),
    ),
    "focus": ("<div tabindex=0>Go</div>", (used("button", "Go"),)),
    "nothing but a class": (
        f"<i class='icon-trash' onclick=1 {RED}></i>",
        (used("button", "icon trash"),),
    ),
    "shape": (
        "<svg><circle class=listens cx=9 cy=9 r=5 fill=blue /></svg>",
        (used("button", "blue circle"),),
    ),
    "around a button": (
        "<div class=listens>Which? <button>This</button></div>",
        (*text("Which?"), used("button", "This")),
    ),
    "card": (
        "<div style='cursor:pointer'><h3>Hat</h3><button>Buy</button></div>",
        (used("button", "Hat"), used("button", "Buy")),
    ),
    "around much": (
        "<div class=listens><p>1</p><p>2</p><p>3</p><p>4</p></div>",
        text("1", "2", "3", "4"),
    ),
    "item": (
        "<ul><li onclick=1>Pick me</ul>",
        (Node("list", children=(Node("listitem", children=(used("button", "Pick me"),)),)),),
    ),
    "more": (
        "<details><summary>More</summary>x</details>",
        (used("button", "More", "", "collapsed"),),
    ),
    "menu": (
        "<div role=menu aria-label=File><div role=menuitem tabindex=0>Open</div></div>",
        (Node("menu", "File", children=(used("button", "Open"),)),),
    ),
    "scrolled": (
        f"<div style='height:50px;overflow:auto' aria-label=Log role=region>{LONG}</div>",
        (Node("region", "Log", "*", children=text("Long")),),
    ),
}
ENTERED = {
    "label around": ("<label>User <input value=ann></label>", (used("textbox", "User", "ann"),)),
    "label beside": (
        "<label for=l1>Mail</label><input id=l1 disabled>",
        (used("textbox", "Mail", "", "disabled"),),
    ),
    "label of nothing": ("<label>Town:</label> <input>", (used("textbox", "Town"),)),
    "text before": ("Street <input>", (used("textbox", "Street"),)),
    "text behind": ("<input type=radio checked> Yes", (used("radio", "Yes", "", "checked"),)),
    "its name": ("<input name=zipCode>", (used("textbox", "zip code"),)),
    "password": ("Code <input type=password value=secret>", (used("textbox", "Code", "••••••"),)),
    "date": ("On <input type=date value=2026-11-22>", (used("textbox", "On", "2026-11-22"),)),
    "number": ("<input type=number aria-label=Count value=3>", (used("textbox", "Count", "3"),)),
    "file": ("<input type=file aria-label=A>", (used("textbox", "A", "No file chosen"),)),
    "rich": ("Note <div contenteditable>a <b>b</b></div>", (used("textbox", "Note", "a b"),)),
    "many lines": ("<textarea aria-label=Text>a\nb</textarea>", (used("textbox", "Text", "a\nb"),)),
    "select": (
        "<select aria-label=Size><option>S<option selected>M</select>",
        (
            Node(
                "combobox", "Size", "*", "M", (),
                (Node("option", "S"), Node("option", "M", states=("selected",))),
            ),
        ),
    ),
    "select many": (
        "<select multiple aria-label=Sizes><option>S<option selected>M</select>",
        (
            Node(
                "listbox",
                "Sizes",
                children=(used("option", "S"), used("option", "M", "", "selected")),
            ),
        ),
    ),
    "combobox": (
        "<div role=combobox tabindex=0 aria-expanded=false aria-label=Kind>Hat</div>",
        (used("combobox", "Kind", "Hat", "collapsed"),),
    ),
    "with a list": (
        "<input list=dl aria-label=Colour><datalist id=dl><option>Red</datalist>",
        (used("combobox", "Colour", "", "editable"),),
    ),
    "radios": (
        "<fieldset><legend>Cut</legend><label><input type=radio>Slim</label></fieldset>",
        (Node("radiogroup", "Cut", children=(used("radio", "Slim"),)),),
    ),
    "layout table": (
        "<table><tr><td>First<td><input><tr><td>Last<td><input></table>",
        (used("textbox", "First"), used("textbox", "Last")),
    ),
}  # fmt: skip
TABLES = {
    "table": (
        "<table border=1><caption>Staff</caption><thead><tr><th>Name<th onclick=1>Age</thead>"
        "<tr onclick=1><td>Ann<td>3<tr><td><a href=#>Bo</a><td><input value=4></table>",
        (
            Node(
                "table",
                "Staff",
                children=(
                    row(
                        Node("columnheader", "Name"),
                        Node("columnheader", "Age", children=(used("button", "Age"),)),
                    ),
                    row(Node("cell", "Ann", children=(used("button", "Ann"),)), Node("cell", "3")),
                    row(
                        Node("cell", "Bo", children=(used("link", "Bo"),)),
                        Node("cell", "4", children=(used("textbox", "Age", "4"),)),
                    ),
                ),
            ),
        ),
    ),
}
CASES = {**TEXTS, **CLICKED, **ENTERED, **TABLES}
PAGE = "<title>A  page</title>{}<script>{}</script>"
LISTEN = (
    "for (const e of document.querySelectorAll('.listens')) e.addEventListener('click', () => 1)"
)


@pytest.fixture(scope="module")
def view(chrome: Chromium) -> View:
    """Looks at a page that has all cases, each in a region of its own."""
    html = "".join(
        f"<section aria-label='{name}'>{html}</section>" for name, (html, _) in CASES.items()
    )
    tab = chrome.open("data:text/html;charset=utf-8," + quote(PAGE.format(html, LISTEN)))
    assert tab.view
    return tab.view


def starred(node: Node) -> Node:
    """Returns a tree with a star for every ref."""
    return node._replace(ref=node.ref and "*", children=tuple(map(starred, node.children)))


@pytest.mark.parametrize("case", CASES)
def test_a_foreign_page_is_read_as_our_own_screens_are(view: View, case: str):
    found = [node for node in view.screen.children if (node.role, node.name) == ("region", case)]
    inside = tuple(map(starred, found[0].children)) if found else ()
    assert inside == CASES[case][1]


def test_a_page_has_its_title_and_is_scrolled(view: View):
    assert (view.screen.role, view.screen.name, view.title) == ("document", "A page", "A page")
    assert starred(view.screen.children[-1]) == Node("region", "Page", "*")


def test_what_can_be_used_has_a_ref_of_its_own_and_a_place(view: View):
    refs = [node.ref for node in view.screen.walk() if node.ref]
    assert len(set(refs)) == len(refs)
    assert set(refs) == set(view.boxes)
    assert all(box.width > 0 and box.height > 0 for box in view.boxes.values())
