"""The office as a whole: its size, its words and its handbook."""

from __future__ import annotations

import re
from pathlib import Path

from palaestra.gyms import accounting, find
from tests.gyms.accounting.desk import (
    app,
)


def test_the_gym_is_found_and_keeps_to_its_size() -> None:
    assert find("accounting") is app
    assert len(app.records) >= 14
    assert sum(len(kind.actions) for kind in app.records) >= 40
    for kind in app.records:
        for action in kind.actions.values():
            label = action.label.split()[0].lower()
            assert label in action.says[0].lower(), action.label
            assert all("{record}" in say and '"' not in say for say in action.says)
            assert all(f"{{{p.name}}}" in say for p in action.params for say in action.says)


def test_every_refusal_names_a_rule_that_the_handbook_has() -> None:
    source = "".join(p.read_text() for p in Path(accounting.__file__).parent.rglob("*.py"))
    cited = set(re.findall(r"\(handbook, (R\d+)\)", source))
    stated = set(re.findall(r"^(R\d+)\. ", app.handbook, re.MULTILINE))
    assert stated == cited
    assert stated == {f"R{n}" for n in range(1, 33)}
