"""The books under random play, and that every invariant can be broken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra.gyms.accounting.ledger import (
    EntryLine,
    JournalEntry,
    Period,
)
from palaestra.gyms.accounting.payables import Bill, Payment
from palaestra.kit import Record, Refused, Session, Store
from palaestra.kit.commands import execute
from palaestra.kit.seeding import Faker
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action, Command, Value
from tests.gyms.accounting.desk import (
    app,
    broken,
    named,
)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 200), data=st.data())
def test_any_commands_keep_the_invariants(seed: int, data: st.DataObject) -> None:
    session = Session(app, seed=seed)
    store, rng = session.store, data.draw(st.randoms(use_true_random=False))
    faker = Faker(seed)
    steps = [(k, verb) for k in app.records for verb in ("create", "update", "delete", *k.actions)]
    for _ in range(25):
        kind, verb = data.draw(st.sampled_from(steps))
        numbers = list(store.numbers(kind.index))
        number = rng.choice(numbers) if numbers and verb != "create" else 0
        fields = kind.actions[verb].params if verb in kind.actions else kind.form_fields
        if verb == "update":
            fields = tuple(f for f in fields if rng.random() < 0.4)
        values: list[tuple[str, Value]] = [(f.name, f.sample(rng, faker, store)) for f in fields]
        if verb == "create" and kind.parent:
            owners = list(store.numbers(kind.parent.target.type.index))
            values.insert(0, (kind.parent.name, rng.choice(owners)))
        before = store.digest()
        try:
            execute(
                store, Command(verb, kind.name, number, () if verb == "delete" else tuple(values))
            )
        except Refused:
            assert store.digest() == before
        assert broken(store) == [], (kind.name, verb)


@pytest.mark.parametrize("seed", range(4))
def test_wandering_on_the_screens_keeps_the_invariants(seed: int) -> None:
    session, wanderer = Session(app, seed=seed, skin=seed), Wanderer(seed)
    done = 0
    for _ in range(400):
        if session.route.screen == "list" and len(session._trail) > 20:
            session.dispatch(Action("click", "nav:bill"))
        action = wanderer.action(session)
        if action.op != "back" or session._trail:
            session.dispatch(action)
        if len(session.commands) > done:
            done = len(session.commands)
            assert broken(session.store) == [], session.commands[-1]
    assert done > 3


def test_every_invariant_can_be_broken(store: Store) -> None:
    """An invariant that nothing breaks would be no check; each is broken behind the rules' back."""
    posted = JournalEntry.every(store, status="Posted")[0]
    closed = Period.every(store, status="Closed")
    line = posted.find(EntryLine, entry=posted)[0]
    draft, waiting, settled = (
        Bill.every(store, status=status)[0] for status in ("Draft", "Approved", "Paid")
    )
    cleared = Payment.every(store, status="Cleared")[0]
    breaking: list[tuple[str, Record, str, object]] = [
        ("debits and credits", line, "amount", 1),
        ("nothing unfinished", draft, "dated", closed[0].ends),
        ("its turnover", closed[0], "closed_at", 1),
        ("before an earlier", closed[0], "status", "Open"),
        ("has one payment", cleared, "status", "Void"),
        ("any other bill", settled, "status", "Approved"),
        ("in the books", draft, "status", "Approved"),
        ("from approval", waiting, "entry", None),
        ("Accounts payable", waiting, "status", "Void"),
        ("inactive account", named(store, "Operating account"), "status", "Inactive"),
    ]
    start = store.snapshot()
    reached = set()
    for words, record, field, value in breaking:
        setattr(record, field, value)
        texts = [invariant.text for invariant in app.invariants if invariant.holds(store)]
        assert any(words in text for text in texts), words
        reached |= set(texts)
        store.restore(start)
    assert reached == {invariant.text for invariant in app.invariants}
