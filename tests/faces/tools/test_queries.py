"""Lists and single records: what they find, and that they tell what the screens show."""

from __future__ import annotations

import datetime as dt

import pytest
from jsonschema import Draft202012Validator

from palaestra.faces.tools import Toolbox
from palaestra.faces.tools.schema import told
from palaestra.types import Start
from tests.apps import Claim, expenses
from tests.faces.tools.desk import claim_in


def every(box: Toolbox, name: str, **given) -> list[dict]:
    reply = box.call(name, {"limit": 200, **given})
    assert reply.ok, reply
    assert reply.data["total"] == len(reply.data["records"])
    return reply.data["records"]


def test_a_list_has_every_record(box: Toolbox):
    claims = every(box, "list_claims")
    assert [c["number"] for c in claims] == [str(c) for c in Claim.every(box.session.store)]
    assert {type(c["receipt"]) for c in claims} == {bool}
    assert all("note" not in claim for claim in claims)


def test_it_is_filtered_by_choices_and_references(box: Toolbox):
    claims = every(box, "list_claims")
    for field in ("status", "kind", "payee", "receipt", "approver"):
        for value in {claim[field] for claim in claims}:
            found = every(box, "list_claims", **{field: value})
            assert found == [claim for claim in claims if claim[field] == value]
    lines = every(box, "list_lines")
    assert every(box, "list_lines", claim=lines[0]["claim"]) == [
        line for line in lines if line["claim"] == lines[0]["claim"]
    ]


def test_it_is_searched_in_what_is_shown(box: Toolbox):
    claims = every(box, "list_claims")
    name = claims[0]["payee"]
    assert every(box, "list_claims", query=f" {name.upper()} ") == [
        c for c in claims if name in (c["payee"], c["approver"])
    ]
    assert every(box, "list_claims", query="nobody at all") == []


def test_it_is_sorted_by_value(box: Toolbox):
    totals = [float(c["total"]) for c in every(box, "list_claims", sort="total", descending=True)]
    assert totals == sorted(totals, reverse=True)
    days = [
        dt.date.fromisoformat(c["spent_on"]) for c in every(box, "list_claims", sort="spent_on")
    ]
    assert days == sorted(days)
    claims = every(box, "list_claims")
    assert every(box, "list_claims", descending=True) == claims[::-1]
    derived = [c["lines"] for c in every(box, "list_claims", sort="lines")]
    assert derived == sorted(derived)


def test_it_is_read_page_by_page(box: Toolbox):
    claims = every(box, "list_claims")
    pages = [
        box.call("list_claims", {"limit": 5, "offset": first}).data for first in range(0, 20, 5)
    ]
    assert [claim for page in pages for claim in page["records"]] == claims
    assert {page["total"] for page in pages} == {len(claims)}


def test_a_record_is_told_whole(box: Toolbox):
    claim = claim_in(box, "Submitted", lines=1)
    data = box.call("get_claim", {"key": str(claim)}).data
    assert data["record"]["total"] == f"{claim.total / 100:.2f}"
    assert data["record"]["note"] == claim.note
    assert len(data["parts"]["line"]) == claim.lines
    assert data["actions"] == ["approve_claim"]
    assert data["locked"] == ""
    [entry] = data["history"]
    assert str(claim) in entry["what"]
    assert entry["at"].startswith(box.session.store.clock.today.isoformat())
    paid = claim_in(box, "Paid")
    assert "R3" in box.call("get_claim", {"key": str(paid)}).data["locked"]


def test_results_are_what_their_schemas_say(box: Toolbox):
    calls = [("read_handbook", {})]
    for kind in expenses.records:
        calls += [(f"list_{kind.plural.lower()}", {"limit": 200})]
        calls += [
            (f"get_{kind.name}", {"key": kind.label(box.session.store, number)})
            for number in box.session.store.numbers(kind.index)
        ]
    for name, given in calls:
        reply = box.call(name, given)
        assert reply.ok
        Draft202012Validator(box.tools[name].gives).validate(reply.data)


def test_the_handbook_is_told_rule_by_rule(box: Toolbox):
    rules = box.call("read_handbook", {}).data["rules"]
    assert [rule[:2] for rule in rules] == ["R1", "R2", "R3"]


def test_looking_changes_nothing(box: Toolbox):
    before = box.session.digest()
    every(box, "list_claims", sort="total")
    box.call("get_claim", {"key": "EXP-0001"})
    assert box.session.digest() == before
    assert box.session.commands == ()


def test_a_size_is_the_same_office_with_more_in_it():
    few, many = (Toolbox(expenses, Start("expenses", 1, size=size)) for size in (0, 100))
    assert many.call("list_claims", {}).data["total"] >= few.call("list_claims", {}).data["total"]
    assert told(Claim.type.key)["type"] == ["string", "null"]


@pytest.mark.parametrize("given", [{"payee": "Nobody"}, {"payee": "Nobody #1"}])
def test_a_filter_by_what_is_not_there_is_told(box: Toolbox, given: dict):
    reply = box.call("list_claims", given)
    assert list(reply.data["error"]["arguments"]) == ["payee"]
