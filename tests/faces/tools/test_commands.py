"""Changing by tools: the same Commands, the same rules, and nothing but what was given."""

from __future__ import annotations

from typing import Any

import pytest

from palaestra.faces.tools import Toolbox
from palaestra.kit.session import Session
from palaestra.types import Action
from tests.apps import Claim, Employee, Line
from tests.faces.tools.desk import claim_in


def fields(box: Toolbox, **given: Any) -> dict[str, Any]:
    payee = str(Employee.every(box.session.store)[0])
    day = box.session.store.clock.today.isoformat()
    return {"payee": payee, "total": "12.50", "spent_on": day, "kind": "Meals", **given}


def error(box: Toolbox, name: str, given: dict[str, Any]) -> dict[str, Any]:
    before = box.session.digest()
    reply = box.call(name, given)
    assert not reply.ok
    assert box.session.digest() == before
    assert box.session.commands == ()
    return reply.data["error"]


def test_a_record_is_entered_as_by_its_form(box: Toolbox):
    given = fields(box)
    data = box.call("create_claim", given).data
    clicked = Session(box.session.app, 1)
    typed = {"field:payee": given["payee"], "field:kind": "Meals"}
    typed |= {"field:total": "12.50", "field:spent_on": given["spent_on"]}
    for action in (
        Action("click", "nav:claim"),
        Action("click", "new:claim"),
        *(Action("select", ref, text) for ref, text in list(typed.items())[:2]),
        *(Action("fill", ref, text) for ref, text in list(typed.items())[2:]),
        Action("click", "save"),
    ):
        clicked.dispatch(action)
    assert clicked.commands == box.session.commands
    assert clicked.digest() == box.session.digest()
    assert data["message"] == clicked.notice
    assert data["record"]["receipt"] is False
    assert data["record"]["status"] == "Draft"


@pytest.mark.parametrize("total", ["12.50", "12.5", 12.5, "1,000.00"[2:]])
def test_amounts_are_texts_or_numbers(box: Toolbox, total: Any):
    reply = box.call("create_claim", fields(box, total=total))
    assert reply.ok == (total != "000.00")


def test_only_what_is_given_changes(box: Toolbox):
    claim = next(c for c in Claim.every(box.session.store) if c.note and c.status == "Draft")
    before = box.call("get_claim", {"key": str(claim)}).data["record"]
    data = box.call("update_claim", {"key": str(claim), "total": 77, "note": None}).data
    assert data["record"] == {**before, "total": "77.00", "note": None}
    [command] = box.session.commands
    assert command.values == (("total", 7700), ("note", None))


def test_writing_what_is_there_is_no_change(box: Toolbox):
    claim = next(c for c in Claim.every(box.session.store) if c.status == "Draft")
    reply = box.call("update_claim", {"key": str(claim), "kind": claim.kind})
    assert reply.data["message"] == "Nothing was changed"
    assert box.session.commands == ()


def test_parts_belong_to_their_owner(box: Toolbox):
    claim = next(c for c in Claim.every(box.session.store) if c.status == "Draft")
    data = box.call("create_line", {"claim": str(claim), "what": "Taxi", "amount": 9}).data
    assert data["record"]["claim"] == str(claim)
    assert str(Line.every(box.session.store, claim=claim)[-1]) == data["record"]["key"]
    key = data["record"]["key"]
    gone = box.call("delete_line", {"key": key}).data
    assert gone["record"] is None
    assert key in gone["message"]


def test_actions_take_their_parameters(box: Toolbox):
    claim = claim_in(box, "Submitted")
    other = next(e for e in Employee.every(box.session.store) if e != claim.payee)
    data = box.call("approve_claim", {"key": str(claim), "approver": str(other)}).data
    assert data["record"]["status"] == "Approved"
    assert data["record"]["approver"] == str(other)


def test_a_refusal_is_told_in_the_words_of_the_house(box: Toolbox):
    claim = claim_in(box, "Submitted")
    told = error(box, "approve_claim", {"key": str(claim), "approver": str(claim.payee)})
    assert told["kind"] == "refused"
    assert "R2" in told["message"]
    assert error(box, "pay_claim", {"key": str(claim)})["kind"] == "refused"
    paid = claim_in(box, "Paid")
    assert "R3" in error(box, "update_claim", {"key": str(paid), "total": 5})["message"]
    assert "R3" in error(box, "delete_claim", {"key": str(paid)})["message"]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"total": "much"}, {"total"}),
        ({"total": 1e300}, {"total"}),
        ({"total": float("nan")}, {"total"}),
        ({"total": 12.345}, {"total"}),
        ({"total": None}, {"total"}),
        ({"total": True}, {"total"}),
        ({"total": -5}, {"total"}),
        ({"spent_on": "2026-02-30"}, {"spent_on"}),
        ({"spent_on": 20260230}, {"spent_on"}),
        ({"kind": "meals"}, {"kind"}),
        ({"kind": ""}, {"kind"}),
        ({"payee": "Nobody"}, {"payee"}),
        ({"receipt": "Yes"}, {"receipt"}),
        ({"note": "x" * 1_000_000}, {"note"}),
        ({"note": "\ud800"}, {"note"}),
        ({"note": ["x"]}, {"note"}),
        ({"status": "Paid"}, {"status"}),
        ({"number": "EXP-9999", "total": "x"}, {"number", "total"}),
    ],
)
def test_wrong_arguments_are_named(box: Toolbox, given: dict[str, Any], wrong: set[str]):
    told = error(box, "create_claim", fields(box, **given))
    assert told["kind"] == "wrong arguments"
    assert told["arguments"].keys() == wrong
    assert all(len(message) < 400 for message in told["arguments"].values())


def test_missing_arguments_are_named(box: Toolbox):
    told = error(box, "create_claim", {})
    assert told["arguments"].keys() == {"payee", "total", "spent_on", "kind"}
    assert error(box, "get_claim", {})["arguments"] == {"key": "key is required"}
