from __future__ import annotations

from palaestra.policies.network.weariness import returns
from palaestra.types import Past

BILLS, BOOKS = Past("click", "Bills", ""), Past("click", "Books", "")
SAVED = Past("click", "Save", "", "It was saved")


def test_what_was_come_back_to_is_counted():
    assert not returns([])
    assert not returns([BILLS, BOOKS])
    assert returns([BILLS, BOOKS, BILLS]) == {("click", "Bills"): 1}
    assert returns([BILLS, BOOKS] * 3) == {("click", "Bills"): 2, ("click", "Books"): 2}


def test_a_thing_done_again_and_again_at_once_is_done_once():
    assert not returns([Past("click", "Next month", "")] * 9)


def test_texts_are_told_apart_and_add_up():
    typed = [Past("fill", "Name", text) for text in ("Ann", "Bob") * 3]
    assert returns(typed) == {("fill", "Name"): 4}
    assert not returns([Past("fill", "Name", text) for text in "abcdef"])


def test_an_answer_of_the_application_is_a_fresh_start():
    assert not returns([*[BILLS, BOOKS] * 4, SAVED])
    assert not returns([*[BILLS, BOOKS] * 4, SAVED, BILLS, BOOKS])


def test_what_was_typed_again_at_once_is_counted():
    assert returns([Past("fill", "Search", "TP9334")] * 3) == {("fill", "Search"): 2}


def test_who_gets_the_same_answer_to_the_same_deeds_has_done_them_in_vain():
    refused = Past("click", "Request", "", "Trips without a flight cannot be requested")
    once, other = [BILLS, refused], [BOOKS, refused]
    assert not returns([*once, *other])
    assert returns([*once, *other, *once]) == {("click", "Bills"): 1, ("click", "Request"): 1}
    assert returns([*once * 3, BOOKS]) == {("click", "Bills"): 2, ("click", "Request"): 2}
    assert not returns([BILLS, SAVED._replace(said="BILL-1 was saved"), *once])
