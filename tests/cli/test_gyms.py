"""`palaestra gyms` tells what there is, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from palaestra import gyms
from palaestra.cli import main

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *words: str) -> Any:
    assert main(["gyms", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_gym_is_listed_and_a_family_by_one_member(capsys: Captured) -> None:
    listed = {gym["name"]: gym for gym in told(capsys)}
    assert listed["accounting"]["family"] is None
    assert listed["procedural:0"]["family"] == "procedural"
    assert {gym["family"] or gym["name"] for gym in listed.values()} == set(gyms.names())


def test_one_gym_is_told_in_full(capsys: Captured) -> None:
    gym = told(capsys, "accounting")
    app = gyms.find("accounting")
    assert gym["title"] == app.title
    assert [kind["name"] for kind in gym["records"]] == [kind.name for kind in app.records]
    assert len(gym["invariants"]) == len(app.invariants)
    assert gym["handbook"][0].startswith("R1. ")
    bill = next(kind for kind in gym["records"] if kind["name"] == "bill")
    fields = {field["name"]: field for field in bill["fields"]}
    assert fields["vendor"]["refers_to"] == "vendor"
    assert fields["status"]["choices"][0] == "Draft"
    assert not fields["status"]["editable"]
    assert not fields["status"]["required"]
    pay = next(action for action in bill["actions"] if action["name"] == "pay")
    assert [param["name"] for param in pay["asks_for"]] == ["account", "paid_on"]
    line = next(kind for kind in gym["records"] if kind["name"] == "bill_line")
    assert line["part_of"] == "bill"


def test_a_member_of_a_family_is_told_by_its_seed(capsys: Captured) -> None:
    assert told(capsys, "procedural:7")["title"] == gyms.find("procedural:7").title
    assert told(capsys, "procedural")["name"] == "procedural:0"


def test_people_read_tables(capsys: Captured) -> None:
    assert main(["gyms"]) == 0
    listed = capsys.readouterr().out
    assert "accounting" in listed
    assert "procedural:SEED" in listed
    assert main(["gyms", "accounting"]) == 0
    shown = capsys.readouterr().out
    for words in ("Journal entries", "Approve", "part of bill", "R13.", "debits and credits"):
        assert words in shown, words


def test_an_unknown_gym_is_told_with_those_there_are(capsys: Captured) -> None:
    assert main(["gyms", "acounting"]) == 2
    error = capsys.readouterr().err
    assert "no gym 'acounting'" in error
    assert "accounting, crm, procedural, travel" in error
