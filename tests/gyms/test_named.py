"""What holds in every named office, whatever its trade."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra import gyms
from palaestra.kit import Refused, Session
from palaestra.kit.commands import execute
from palaestra.kit.seeding import Faker
from palaestra.types import Command, Value
from tests.gyms.office import broken

NAMED = [name for name in gyms.names() if not gyms.is_family(name)]
CITED = re.compile(r"\(handbook, (R\d+)\)")
STATED = re.compile(r"^(R\d+)\. ", re.MULTILINE)


@pytest.mark.parametrize("name", NAMED)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 200), data=st.data())
def test_any_commands_keep_the_invariants(name: str, seed: int, data: st.DataObject) -> None:
    app = gyms.find(name)
    store, rng = Session(app, seed=seed).store, data.draw(st.randoms(use_true_random=False))
    store.user = data.draw(st.sampled_from((app.roles[0], *app.roles)))
    faker = Faker(seed)
    steps = [(k, verb) for k in app.records for verb in ("create", "update", "delete", *k.actions)]
    for _ in range(40):
        kind, verb = data.draw(st.sampled_from(steps))
        numbers = list(store.numbers(kind.index))
        if verb in kind.actions:
            when = kind.actions[verb].when
            numbers = [n for n in numbers if when(kind.cls(store, n))] or numbers
        number = rng.choice(numbers) if numbers and verb != "create" else 0
        fields = kind.actions[verb].params if verb in kind.actions else kind.form_fields
        if verb == "update":
            fields = tuple(f for f in fields if rng.random() < 0.4)
        values: list[tuple[str, Value]] = [(f.name, f.sample(rng, faker, store)) for f in fields]
        if any(f.required and v is None for f, (_, v) in zip(fields, values, strict=True)):
            continue  # nothing can be chosen
        if verb == "create" and kind.parent:
            owners = list(store.numbers(kind.parent.target.type.index))
            values.insert(0, (kind.parent.name, rng.choice(owners)))
        entered = () if verb == "delete" else tuple(values)
        before = store.digest()
        try:
            execute(store, Command(verb, kind.name, number, entered))
        except Refused:
            assert store.digest() == before
        assert broken(store) == [], (kind.name, verb)


@pytest.mark.parametrize("name", NAMED)
def test_every_refusal_names_a_rule_that_the_handbook_has(name: str) -> None:
    folder = Path(gyms.__file__).parent / name
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    stated = STATED.findall(gyms.find(name).handbook)
    assert stated == [f"R{number}" for number in range(1, len(stated) + 1)]
    # One rule says what the roles may do; there, it is the kit that refuses.
    assert len(set(stated) - set(CITED.findall(source))) <= 1
    assert set(CITED.findall(source)) <= set(stated)


@pytest.mark.parametrize("name", NAMED)
def test_an_office_is_deep_enough_to_be_work(name: str) -> None:
    app = gyms.find(name)
    assert len(app.records) >= 6
    assert sum(len(kind.actions) for kind in app.records) >= 25
    assert len(app.screens) >= 4
    assert len(STATED.findall(app.handbook)) >= 15
    assert len(app.invariants) >= 6
    for kind in app.records:
        for action in kind.actions.values():
            assert action.label.split()[0].lower() in action.says[0].lower(), action.label
            assert all(f"{{{p.name}}}" in say for p in action.params for say in action.says)
