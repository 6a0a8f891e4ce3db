"""Reports as tools: what may be chosen, and that the lines are those of the screen."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from palaestra.faces.tools import Toolbox
from palaestra.types import Action, Start
from tests.apps import STAGES, Deal, agency


@pytest.fixture
def desk() -> Toolbox:
    return Toolbox(agency, Start("agency", 1))


def test_it_has_the_lines_of_the_screen(desk: Toolbox):
    screen = desk.session.fork()
    screen.dispatch(Action("click", "nav:by_client"))
    screen.dispatch(Action("select", "choice:Stage", STAGES[0]))
    [table] = [node for node in screen.screen().walk() if node.role == "table"]
    head, *lines, total = [[cell.name for cell in row.children] for row in table.children]
    data = desk.call("report_by_client", {"stage": STAGES[0]}).data
    assert [data["columns"], data["lines"], data["total"]] == [head, lines, total]
    assert data["chosen"]["stage"] == STAGES[0]
    Draft202012Validator(desk.tools["report_by_client"].gives).validate(data)


def test_what_can_be_chosen_is_told(desk: Toolbox):
    data = desk.call("report_by_client", {}).data
    assert data["chosen"].keys() == data["options"].keys() == {"stage", "as_of"}
    assert data["chosen"]["stage"] == data["options"]["stage"][0] == "All"
    error = desk.call("report_by_client", {"stage": "Nowhere"}).data["error"]
    assert error["arguments"].keys() == {"stage"}
    assert "All" in error["message"]


def test_it_follows_the_records_and_changes_nothing(desk: Toolbox):
    counted = [desk.call("report_by_client", {"stage": "Won"}).data["total"][1]]
    before = desk.session.digest()
    assert desk.call("move_deal", {"key": str(Deal.every(desk.session.store)[0]), "to": "Won"}).ok
    assert desk.session.digest() != before
    counted.append(desk.call("report_by_client", {"stage": "Won"}).data["total"][1])
    assert counted == ["0", "1"]
    assert not desk.tools["report_by_client"].changes
