from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import GymError, Refused
from palaestra.kit import App, Record, Session, Store, action, choice, ref, text
from palaestra.kit.commands import Invalid, execute, parse
from palaestra.kit.seeding import Faker, sampled
from palaestra.types import Command
from tests.apps import Claim, Employee, Line, expenses


def new_store(seed: int = 1) -> Store:
    return Session(expenses, seed).store


def a_claim(store: Store, **values: Any) -> int:
    given_values = {"payee": 1, "total": 10_00, "spent_on": store.clock.today, "kind": "Meals"}
    return Claim.type.insert(store, {**given_values, **values})


@given(seed=st.integers(0, 50), steps=st.lists(st.integers(0, 1 << 30), max_size=30))
def test_a_command_happens_as_a_whole_or_not_at_all(seed: int, steps: list[int]) -> None:
    store = new_store(seed)
    for step in steps:
        rng = random.Random(step)
        kind = rng.choice(expenses.records)
        verb = rng.choice(("create", "update", "delete", *kind.actions))
        values = sampled(kind, store, rng, Faker(step))
        if kind.parent and verb == "create":
            values[kind.parent.name] = rng.randint(1, 20)
        if verb in kind.actions:
            values = {p.name: p.sample(rng, Faker(0), store) for p in kind.actions[verb].params}
        command = Command(verb, kind.name, rng.randint(1, 20), tuple(values.items()))
        before, rows = store.digest(), store.snapshot().rows
        try:
            said = execute(store, command)
        except Refused as refusal:
            assert str(refusal), "a refusal says why"  # noqa: PT017
            assert store.digest() == before
            assert store.snapshot().rows is rows
        else:
            assert said.endswith((".", "created", "saved", "deleted", "done"))
        assert not expenses.invariants[0].holds(store)


def test_a_rule_broken_after_the_first_write_undoes_that_write() -> None:
    store = new_store()
    claim = a_claim(store, status="Submitted")
    with pytest.raises(Refused, match="R2"):
        execute(store, Command("approve", "claim", claim, (("approver", 1),)))
    assert Claim(store, claim).status == "Submitted"
    assert Claim(store, claim).approver is None


def test_a_new_record_that_breaks_a_rule_is_not_there() -> None:
    store = new_store()
    before = store.digest()
    tomorrow = store.clock.today.replace(year=store.clock.today.year + 1)
    values = (("payee", 1), ("total", 10_00), ("spent_on", tomorrow), ("kind", "Meals"))
    with pytest.raises(Refused, match="future"):
        execute(store, Command("create", "claim", 0, values))
    assert store.digest() == before


def test_what_is_still_used_is_not_deleted() -> None:
    store = new_store()
    a_claim(store)
    with pytest.raises(Refused, match="is still used by claim"):
        execute(store, Command("delete", "employee", 1))


def test_parts_go_with_their_owner() -> None:
    store = new_store()
    claim = a_claim(store)
    line = Line.type.insert(store, {"claim": claim, "what": "Taxi", "amount": 5_00})
    execute(store, Command("delete", "claim", claim))
    assert not store.has(Claim.type.index, claim)
    assert not store.has(Line.type.index, line)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_locked_record_and_its_parts_stay_as_they_are(verb: str) -> None:
    store = new_store()
    claim = a_claim(store, status="Paid")
    line = Line.type.insert(store, {"claim": claim, "what": "Taxi", "amount": 5_00})
    with pytest.raises(Refused, match="R3"):
        execute(
            store, Command(verb, "claim", claim, (("total", 20_00),) if verb == "update" else ())
        )
    with pytest.raises(Refused, match="R3"):
        execute(store, Command(verb, "line", line, (("amount", 6_00),) if verb == "update" else ()))
    with pytest.raises(Refused, match="R3"):
        execute(
            store,
            Command("create", "line", 0, (("claim", claim), ("what", "Bus"), ("amount", 1_00))),
        )


def test_a_part_needs_its_owner() -> None:
    with pytest.raises(Refused, match="This claim is no longer there"):
        execute(
            new_store(),
            Command("create", "line", 0, (("claim", 999), ("what", "Bus"), ("amount", 1_00))),
        )


def test_a_key_is_given_once() -> None:
    store = new_store()
    name = Employee(store, 1).name
    with pytest.raises(Refused, match=f"Another employee has Name {name} already"):
        execute(store, Command("update", "employee", 2, (("name", name),)))


@pytest.mark.parametrize("verb", ["update", "delete", "submit"])
def test_what_is_gone_cannot_be_used(verb: str) -> None:
    with pytest.raises(Refused, match="no longer there"):
        execute(new_store(), Command(verb, "claim", 999))


def test_an_action_that_is_not_offered_is_refused() -> None:
    store = new_store()
    with pytest.raises(Refused, match="Pay is not possible for this claim now"):
        execute(store, Command("pay", "claim", a_claim(store)))


@pytest.mark.parametrize("command", [Command("fly", "claim", 1), Command("create", "rocket")])
def test_a_command_that_does_not_exist_is_a_bug_of_the_caller(command: Command) -> None:
    with pytest.raises(GymError, match="has no"):
        execute(new_store(), command)


def test_code_of_a_gym_that_fails_leaves_the_store_as_it_was() -> None:
    app = App("broken", title="Broken")

    @app.record(key="name")
    class Thing(Record):
        name: str = text()
        state: str = choice("New", "Used", editable=False)

        @action("Use")
        def use(self) -> None:
            self.state = "Used"
            raise ZeroDivisionError("oh")

    store = Session(app).store
    before = store.digest()
    with pytest.raises(GymError, match=r"broken: use thing failed: ZeroDivisionError"):
        execute(store, Command("use", "thing", 1))
    assert store.digest() == before


def test_a_form_tells_every_mistake_at_once() -> None:
    store = new_store()
    fields = Claim.type.form_fields
    with pytest.raises(Invalid) as invalid:
        parse(fields, {"payee": "Nobody", "total": "much", "kind": "Meals"}, store)
    assert invalid.value.errors == {
        "payee": "Payee: there is no employee Nobody",
        "total": "Total must be an amount like 1,250.00",
        "spent_on": "Spent on is required",
    }


def test_what_is_left_empty_is_none() -> None:
    store = new_store()
    fields = (text(required=False), ref(Employee, required=False))
    for name, field in zip(("note", "boss"), fields, strict=True):
        field.__set_name__(object, name)
    assert parse(fields, {"note": "  ", "boss": ""}, store) == (("note", None), ("boss", None))


def test_parts_that_refer_to_each_other_go_together() -> None:
    app = App("chains", title="Chains")

    @app.record(key="name", seeds=(2, 2))
    class Chain(Record):
        name: str = text("word")

    @app.record(key="name", seeds=(0, 0))
    class Bead(Record):
        name: str = text("word")
        chain: Chain = ref(Chain, owner=True)
        beside: Bead | None = ref(lambda: Bead, required=False)

    store = Session(app, 1).store
    chain, other = Chain.every(store)
    one, two = (Bead.make(store, name=name, chain=chain) for name in "ab")
    one.beside, two.beside = two, one
    stays = Bead.make(store, name="c", chain=other, beside=one)
    with pytest.raises(Refused, match="Bead a is still used by bead c"):
        execute(store, Command("delete", "chain", chain._id))
    stays.beside = None
    execute(store, Command("delete", "chain", chain._id))
    assert Bead.every(store) == [stays]
