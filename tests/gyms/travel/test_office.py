"""The desk as a whole: its size, its words and its handbook."""

from __future__ import annotations

import re
from pathlib import Path

from palaestra.gyms import find, travel
from palaestra.gyms.travel import policy
from palaestra.gyms.travel.office import TOLD
from palaestra.gyms.travel.segments import CHANGE_FEE, REFUND_FEE
from tests.gyms.travel.desk import app


def test_the_gym_is_found_and_keeps_to_its_size() -> None:
    assert find("travel") is app
    assert len(app.records) >= 9
    assert sum(len(kind.actions) for kind in app.records) >= 25
    assert len(app.invariants) >= 6
    for kind in app.records:
        for action in kind.actions.values():
            label = action.label.split()[0].lower()
            assert label in action.says[0].lower(), action.label
            assert all("{record}" in say and '"' not in say for say in action.says)
            assert all(f"{{{p.name}}}" in say for p in action.params for say in action.says)


def test_every_refusal_names_a_rule_that_the_handbook_has() -> None:
    source = "".join(p.read_text() for p in Path(travel.__file__).parent.glob("*.py"))
    cited = set(re.findall(r"\(handbook, (R\d+)\)", source))
    stated = set(re.findall(r"^(R\d+)\. ", app.handbook, re.MULTILINE))
    assert stated == cited | {"R26"}  # R26 is the roles, which the kit refuses itself
    assert len(stated) == 26


def test_the_handbook_states_the_numbers_that_the_rules_use() -> None:
    for cents in (*CHANGE_FEE.values(), *REFUND_FEE.values(), *(c for _, c in TOLD["caps"])):
        assert cents == 0 or f"{cents / 100:,.2f}" in app.handbook
    assert f"{policy.CONNECTION} minutes" in app.handbook
    assert f"({policy.PASSPORT_DAYS} days)" in app.handbook
    assert f"within {policy.NOTICE_DAYS} days" in app.handbook
    assert all(country in app.handbook for country in TOLD["visas"])
