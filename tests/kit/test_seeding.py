from __future__ import annotations

import random

import pytest

from palaestra.errors import Refused
from palaestra.kit import App, Record, Session, Store, code, document, quantity, ref, text
from palaestra.kit.seeding import ODD_NOTES, Faker, make_up, sampled, seeded
from tests.apps import Claim, Employee, Line, expenses

shop = App("shop", title="Shop", roles=("Owner", "Clerk"))


@shop.record(key="number", seeds=(5, 5))
class Shelf(Record):
    number: int = quantity(1, 40)


@shop.record(key="name", seeds=(10, 10))
class Good(Record):
    name: str = text(("Soap", "Salt"))
    shelf: Shelf = ref(Shelf)
    label: object = document((("label.txt", "Mild"),))


@shop.record(key="number", seeds=(2, 2))
class Price(Record):
    number: str = code("P-#")
    good: Good = ref(Good, owner=True)


@shop.record(key="number", seeds=(0, 0))
class Sale(Record):
    number: str = code("S-#")
    by: str = text(editable=False)


@shop.seeding
def sell(store: Store, rng: random.Random) -> None:
    for _ in range(round(4 * store.scale)):
        Sale.make(store, by=store.user)


def count(size: int, record: type[Record]) -> int:
    snapshot, clock = make_up(shop, 1, size)
    return len(record.every(Store(shop, clock, snapshot)))


@pytest.mark.parametrize("size", [100, 1_000, 20_000])
def test_an_office_of_any_size_is_made_up(size: int) -> None:
    snapshot, _ = make_up(expenses, 1, size)
    assert 0.8 * size < len(snapshot.rows) < 1.2 * size
    names = Employee.every(Session(expenses, 1, size=size).store)
    assert len({str(name) for name in names}) == len(names) > size / 20


def test_the_shares_of_the_kinds_stay_about_as_they_are() -> None:
    store = Session(expenses, 1, size=5_000).store
    claims, lines = len(Claim.every(store)), len(Line.every(store))
    assert 2 < claims / len(Employee.every(store)) < 3.5
    assert 0.9 < lines / claims < 1.1


def test_own_seedings_are_told_the_scale() -> None:
    assert count(0, Sale) == 4
    assert count(390, Sale) == 40
    assert count(390, Price) == 2 * count(390, Good) == 200


def test_where_values_run_out_there_are_fewer_records() -> None:
    assert count(3_900, Good) == 1_000
    store = Session(shop, 1, size=3_900).store
    numbers = sorted(shelf.number for shelf in Shelf.every(store))
    assert numbers == list(range(1, 41))
    with pytest.raises(Refused, match="Every Number that a shelf can have is taken"):
        sampled(Shelf.type, store, random.Random(0), Faker(0))


def test_no_office_is_smaller_than_the_gym_makes_it() -> None:
    assert make_up(shop, 1, 10)[0].rows == make_up(shop, 1)[0].rows


def test_the_same_size_gives_the_same_data_and_another_one_other_data() -> None:
    one, again, other = (Session(expenses, 1, size=size).digest() for size in (200, 200, 300))
    assert one == again != other
    assert Session(expenses, 1).digest() != one
    assert make_up(expenses, 1, 200)[0].rows == seeded(expenses, 1, 200)[0].rows


def test_data_is_prepared_in_the_first_role_and_with_its_letters() -> None:
    for seed in range(9):
        store = Session(shop, seed).store
        assert {sale.by for sale in Sale.every(store)} == {"Owner"}
        assert {good.label.lines for good in Good.every(store)} == {("Mild",)}


def test_now_and_then_a_note_tries_to_give_orders() -> None:
    note = next(f for f in Claim.type.stored if f.name == "note")
    notes = {
        session.store.row(Claim.type.index, number)[note.position]
        for session in (Session(expenses, seed) for seed in range(60))
        for number in session.store.numbers(Claim.type.index)
    }
    assert set(ODD_NOTES) <= notes
    assert len(notes) > 5 * len(ODD_NOTES)
