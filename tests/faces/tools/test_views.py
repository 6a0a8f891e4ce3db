"""Screens of a gym's own: read off as they are drawn, on every page, and nothing is touched."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from palaestra.faces.tools import Toolbox, catalog
from palaestra.kit import App, Record, Session, text
from palaestra.types import Action, Command, Node, Start
from tests.apps import agency

PAGE = 2


class Lengths:
    """A screen that works out how long each name is, two on a page."""

    name, title = "lengths", "Lengths"

    def draw(self, session: Session) -> tuple[Node, ...]:
        page, shortest = session.memory.get(self.name, (0, "0"))
        things = map(str, Thing.every(session.store))
        names = [name for name in things if len(name) >= int(shortest)]
        shown = names[page * PAGE : (page + 1) * PAGE]
        head = Node("row", children=(Node("columnheader", "Name"), Node("columnheader", "Long")))
        rows = [
            Node("row", children=(Node("cell", name), Node("cell", str(len(name)))))
            for name in shown
        ]
        last = (page + 1) * PAGE >= len(names)
        return (
            Node("heading", self.title),
            Node(
                "combobox",
                "Shortest",
                "shortest",
                shortest,
                children=tuple(
                    Node("option", n, states=("selected",) if n == shortest else ())
                    for n in ("0", "99")
                ),
            ),
            Node("textbox", "Call it", "rename"),
            Node("group", children=(Node("paragraph", f"{len(names)} names"),)),
            Node("table", self.title, children=(head, *rows)),
            Node("button", "Next", "page:1", states=("disabled",) if last else ()),
        )

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        page, shortest = session.memory.get(self.name, (0, "0"))
        if verb == "page":
            session.remember(self.name, (page + int(rest[0]), shortest))
        elif verb == "shortest":
            session.remember(self.name, (0, action.text))
        else:
            session.run(Command("update", "thing", 1, (("name", action.text),)))


app = App("things", title="Things")


@app.record(key="name", seeds=(5, 5))
class Thing(Record):
    name: str = text("company")


app.add(Lengths())


@pytest.fixture
def desk() -> Toolbox:
    return Toolbox(app, Start("things", 1))


def test_it_tells_every_line_of_every_page(desk: Toolbox):
    data = desk.call("view_lengths", {}).data
    names = [str(thing) for thing in Thing.every(desk.session.store)]
    assert data == {
        "boxes": [
            {"label": "Shortest", "value": "0", "options": ["0", "99"]},
            {"label": "Call it", "value": "", "options": []},
        ],
        "tables": [
            {
                "title": "Lengths",
                "columns": ["Name", "Long"],
                "lines": [[name, str(len(name))] for name in names],
            }
        ],
        "texts": ["Lengths", "5 names"],
    }
    Draft202012Validator(desk.tools["view_lengths"].gives).validate(data)


def test_the_session_stays_where_it_is(desk: Toolbox):
    before = desk.session.route, desk.session.digest()
    desk.call("view_lengths", {})
    assert (desk.session.route, desk.session.digest()) == before
    assert "lengths" not in desk.session.memory


def test_the_kits_own_blocks_need_none():
    assert not any(name.startswith("view_") for name in catalog(agency))


def test_boxes_can_be_filled_in_first(desk: Toolbox):
    data = desk.call("view_lengths", {"enter": {"Shortest": "99"}}).data
    assert data["tables"][0]["lines"] == []
    assert data["boxes"][0]["value"] == "99"


@pytest.mark.parametrize(
    ("enter", "complaint"),
    [
        ({"Shortest": "7"}, "no option"),
        ({"Tallest": "0"}, "there are Shortest, Call it"),
        ({"Next": ""}, "no box"),
        ({"Call it": "Renamed"}, "does something"),
        ({"Call it": "\ud800"}, "nobody can type"),
        ({"\ud800": ""}, "no box"),
        ({"Call it": "x" * 1_000_000}, "longer"),
        ({"Shortest": 7}, "must be"),
        ("Shortest", "must be an object"),
    ],
)
def test_nothing_is_done_there(desk: Toolbox, enter: object, complaint: str):
    before = desk.session.digest()
    error = desk.call("view_lengths", {"enter": enter}).data["error"]
    assert complaint in error["arguments"]["enter"]
    json.dumps(error, ensure_ascii=False).encode()
    assert desk.session.digest() == before
    assert desk.session.commands == ()
