from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.kit import App, Record, Session, ref, text
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Change, Diff
from tests.apps import Claim, Employee, Line, expenses


def played(seed: int, actions: int) -> Session:
    session = Session(expenses, seed)
    wanderer = Wanderer(seed)
    for _ in range(actions):
        if session.targets():
            action = wanderer.action(session)
            if action.op != "back":
                session.dispatch(action)
    return session


def test_nothing_changed_is_an_empty_diff() -> None:
    session = played(0, 0)
    assert not session.diff()
    assert session.diff() == Diff()


def test_a_change_is_told_field_by_field_under_the_old_name() -> None:
    session = Session(expenses, 1)
    old = Employee(session.store, 1).name
    Employee(session.store, 1).name = "Ada Lovelace"
    Employee(session.store, 1).grade = 3
    (change,) = session.diff().changes
    assert (change.record, change.kind, change.key) == ("employee", "updated", old)
    assert change.fields[0] == ("name", old, "Ada Lovelace")
    assert {name for name, _, _ in change.fields} <= {"name", "grade"}


def test_what_was_changed_back_is_not_told() -> None:
    session = Session(expenses, 1)
    employee = Employee(session.store, 1)
    grade = employee.grade
    employee.grade = grade + 1
    employee.grade = grade
    number = Employee.type.insert(session.store, {"name": "Ada", "grade": 1})
    session.store.delete(Employee.type.index, number)
    assert not session.diff()


def hire_and_claim(session: Session, *, others_first: int) -> Claim:
    """Makes the same new records, after some that come and go so that all numbers differ."""
    for record in (Employee, Claim, Line):
        for _ in range(others_first):
            session.store.delete(record.type.index, record.type.insert(session.store, {}))
    ada = Employee.type.insert(session.store, {"name": "Ada", "grade": 4})
    today = session.store.clock.today
    claim = Claim.type.insert(
        session.store, {"payee": ada, "total": 10_00, "spent_on": today, "kind": "Other"}
    )
    for what in ("Taxi", "Bus"):
        Line.type.insert(session.store, {"claim": claim, "what": what, "amount": 5_00})
    return Claim(session.store, claim)


@given(st.integers(0, 100), st.integers(0, 5))
def test_numbers_and_codes_never_matter(seed: int, others: int) -> None:
    one, other = Session(expenses, seed), Session(expenses, seed)
    hire_and_claim(one, others_first=0)
    hire_and_claim(other, others_first=others)
    assert one.diff() == other.diff()
    assert (one.digest() == other.digest()) == (others == 0)


def test_new_records_that_refer_to_each_other_are_told_by_content() -> None:
    one, other = Session(expenses, 1), Session(expenses, 1)
    hire_and_claim(one, others_first=0)
    hire_and_claim(other, others_first=0).total = 10_01
    lines = [[c for c in s.diff().changes if c.record == "line"] for s in (one, other)]
    assert len(lines[0]) == len(lines[1]) == 2
    assert lines[0] != lines[1], "a line of another claim is another line"


@given(st.integers(0, 1_000), st.integers(0, 60))
def test_a_diff_survives_json(seed: int, actions: int) -> None:
    diff = played(seed, actions).diff()
    assert Diff.from_json(diff.to_json()) == diff


def test_the_order_of_changes_does_not_matter() -> None:
    changes = [Change("claim", "deleted", key) for key in ("c", "a", "b")]
    assert Diff.of(changes) == Diff.of(changes[::-1])


def test_deleting_tells_the_name_that_was() -> None:
    session = Session(expenses, 1)
    name = Employee(session.store, 2).name
    Employee(session.store, 2).name = "Somebody else"
    session.store.delete(Employee.type.index, 2)
    assert session.diff().changes == (Change("employee", "deleted", name),)


def test_a_reference_to_what_was_renamed_is_told_by_the_old_name() -> None:
    session = Session(expenses, 1)
    claim = Claim(session.store, 1)
    other = next(e for e in claim.find(Employee) if e != claim.payee)
    old = other.name
    other.name = "New Name"
    claim.payee = other
    (told,) = (c for c in session.diff().changes if c.record == "claim")
    assert told.fields[0][2] == old


ring = App("ring", title="Ring")


@ring.record(key="name", seeds=(1, 1))
class Link(Record):
    name: str = text("word")
    next: Link | None = ref(lambda: Link, required=False)


def wired(order: list[int], wires: list[int]) -> Session:
    """Makes a new link for each wire, in some order; each refers to the one its wire names."""
    session = Session(ring, 1)
    made = {place: Link.make(session.store, name=f"link {place}") for place in order}
    for place, other in enumerate(wires):
        made[place].next = made[other]
    return session


@given(st.data())
def test_new_records_in_a_circle_are_told_alike_in_whatever_order_they_were_made(
    data: st.DataObject,
) -> None:
    size = data.draw(st.integers(1, 5))
    wires = data.draw(st.lists(st.integers(0, size - 1), min_size=size, max_size=size))
    order = data.draw(st.permutations(range(size)))
    assert wired(list(range(size)), wires).diff() == wired(list(order), wires).diff()


@pytest.mark.parametrize("other", [[1, 1], [0, 0], [0, 1]])
def test_another_circle_is_told_otherwise(other: list[int]) -> None:
    assert wired([0, 1], [1, 0]).diff() != wired([0, 1], other).diff()
