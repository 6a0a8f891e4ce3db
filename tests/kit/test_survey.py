from __future__ import annotations

from palaestra.kit import App, Record, Session, Store, choice, quantity
from palaestra.kit.blocks.selection import kept
from palaestra.kit.route import Listing
from palaestra.kit.screens.search import found
from palaestra.kit.survey import survey

app = App("stock", title="Stock")


@app.record(key="size", plural="Parcels", seeds=(0, 0))
class Parcel(Record):
    size: int = quantity()
    status: str = choice("In", "Out")


def session_with(*sizes: int) -> Session:
    session = Session(app)
    for size in sizes:
        Parcel.make(session.store, size=size, status="In")
    return session


def inside(store: Store, asked: list[int]) -> dict[int, int]:
    def tell(parcel: Parcel) -> int | None:
        asked.append(parcel._id)
        return parcel.size if parcel.status == "In" else None

    return dict(survey(store, Parcel, "inside", tell))


def test_only_what_was_written_is_asked_again() -> None:
    store, asked = session_with(3, 4, 5).store, list[int]()
    assert inside(store, asked) == {1: 3, 2: 4, 3: 5}
    Parcel(store, 2).status = "Out"
    store.delete(0, 3)
    Parcel.make(store, size=6, status="In")
    assert inside(store, asked) == {1: 3, 4: 6}
    assert asked == [1, 2, 3, 2, 4]


def test_forks_are_told_what_is_true_of_them() -> None:
    store, asked = session_with(3, 4).store, list[int]()
    fork = store.fork()
    Parcel(fork, 1).size = 7
    for _ in range(2):
        assert inside(store, asked) == {1: 3, 2: 4}
        assert inside(fork, asked) == {1: 7, 2: 4}


def test_what_is_kept_of_a_survey_follows_it() -> None:
    session = session_with(3, 4)
    store = session.store

    def sum_of_all() -> int:
        return kept(session, ("sum",), lambda: sum(inside(store, []).values()))

    assert sum_of_all() == 7
    Parcel(store, 1).size = 5
    assert sum_of_all() == 9
    Parcel.make(store, size=1, status="In")
    assert sum_of_all() == 10
    store.delete(0, 2)
    assert sum_of_all() == 6


def test_what_is_kept_of_a_sorted_list_follows_it() -> None:
    session = session_with(3, 4)
    listing = Listing(sort="size")

    def first() -> int:
        return kept(session, ("first",), lambda: found(session, Parcel.type, listing)[0])

    assert first() == 1
    Parcel(session.store, 2).size = 1
    assert first() == 2
