"""Screens of a gym's own: read off as they are drawn, on every page, and nothing is touched."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from palaestra.faces.tools import Toolbox, catalog
from palaestra.kit import App, Record, Session, text
from palaestra.types import Action, Node, Start
from tests.apps import agency

PAGE = 2


class Lengths:
    """A screen that works out how long each name is, two on a page."""

    name, title = "lengths", "Lengths"

    def draw(self, session: Session) -> tuple[Node, ...]:
        names = [str(thing) for thing in Thing.every(session.store)]
        page = session.memory.get(self.name, 0)
        shown = names[page * PAGE : (page + 1) * PAGE]
        head = Node("row", children=(Node("columnheader", "Name"), Node("columnheader", "Long")))
        rows = [
            Node("row", children=(Node("cell", name), Node("cell", str(len(name)))))
            for name in shown
        ]
        last = (page + 1) * PAGE >= len(names)
        return (
            Node("heading", self.title),
            Node("group", children=(Node("paragraph", f"{len(names)} names"),)),
            Node("table", self.title, children=(head, *rows)),
            Node("button", "Next", "page:1", states=("disabled",) if last else ()),
        )

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        session.remember(self.name, session.memory.get(self.name, 0) + int(rest[0]))


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
