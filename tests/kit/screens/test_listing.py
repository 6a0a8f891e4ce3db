from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from palaestra.kit import Session
from palaestra.kit.fields import Field
from palaestra.kit.skin import PLAIN_PAGE_SIZE
from palaestra.types import Action, Node
from tests.apps import Claim, expenses

PAGE = PLAIN_PAGE_SIZE


def claims(seed: int = 1) -> Session:
    session = Session(expenses, seed)
    session.dispatch(Action("click", "nav:claim"))
    return session


def table(session: Session) -> list[Node]:
    (found,) = (n for n in session.screen().walk() if n.role == "table")
    return list(found.children[1:])


def column(session: Session, name: str) -> list[str]:
    (found,) = (n for n in session.screen().walk() if n.role == "table")
    place = [cell.name for cell in found.children[0].children].index(name)
    return [row.children[place].name for row in found.children[1:]]


def every_page(session: Session, name: str) -> list[str]:
    values = column(session, name)
    while "disabled" not in session.targets()["page:1"].states:
        session.dispatch(Action("click", "page:1"))
        values += column(session, name)
    return values


def test_pages_show_every_record_once_in_order_of_creation() -> None:
    session = claims()
    everyone = [c.number for c in Claim.type.find(session.store)]
    assert len(everyone) > session.skin.page_size
    assert every_page(session, "Number") == everyone


@given(st.integers(0, 50), st.sampled_from([f for f in Claim.type.fields if f.listed]))
def test_sorting_twice_turns_the_order_round(seed: int, field: Field) -> None:
    session = claims(seed)
    for state in ("ascending", "descending"):
        session.dispatch(Action("click", f"sort:{field.name}"))
        (header,) = (n for n in session.screen().walk() if n.states == (state,))
        assert header.name == field.label
        shown = [_claim(session, number) for number in every_page(session, "Number")]
        keys = [field.sort_key(_value(claim, field), session.store) for claim in shown]
        assert keys == sorted(keys, reverse=state == "descending")


def _claim(session: Session, number: str) -> Claim:
    return next(iter(Claim.type.find(session.store, number=number)))


def _value(claim: Claim, field: Field) -> Any:
    if field.stored:
        return claim._store.row(Claim.type.index, claim._id)[field.position]
    return getattr(claim, field.name)


@given(st.integers(0, 50), st.sampled_from(("Meals", "draft", "0", "EXP-0003", "zzz", " ")))
def test_search_leaves_the_rows_that_show_the_text(seed: int, query: str) -> None:
    session = claims(seed)
    rows = {row.children[0].name: row for row in _all_rows(session)}
    session.dispatch(Action("click", "nav:claim"))
    session.dispatch(Action("fill", "search", query))
    needle = query.strip().casefold()
    wanted = [
        n for n, row in rows.items() if any(needle in c.name.casefold() for c in row.children)
    ]
    assert every_page(session, "Number") == wanted
    noun = "claim" if len(wanted) == 1 else "claims"
    assert any(n.name == f"{len(wanted)} {noun}" for n in session.screen().walk())


def _all_rows(session: Session) -> list[Node]:
    rows = table(session)
    while "disabled" not in session.targets()["page:1"].states:
        session.dispatch(Action("click", "page:1"))
        rows += table(session)
    return rows


def test_going_back_from_a_page_that_is_gone_shows_the_one_before_it() -> None:
    session = Session(expenses, 1)
    while (
        claims := len(list(session.store.numbers(Claim.type.index)))
    ) % PAGE != 1 or claims < 2 * PAGE:
        copied = session.store.row(Claim.type.index, 1)
        Claim.type.insert(session.store, {"payee": 1, "total": copied[3], "spent_on": copied[4]})
    session.dispatch(Action("click", "nav:claim"))
    while "disabled" not in session.targets()["page:1"].states:
        session.dispatch(Action("click", "page:1"))
    (last,) = column(session, "Number")
    number = _claim(session, last)._id
    for ref in (f"open:claim:{number}", "delete", "yes"):
        session.dispatch(Action("click", ref))
    pages = (claims - 1) // PAGE
    assert any(n.name == f"Page {pages} of {pages}" for n in session.screen().walk())
    session.dispatch(Action("click", "page:-1"))
    assert any(n.name == f"Page {pages - 1} of {pages}" for n in session.screen().walk())


def test_the_navigation_shows_the_whole_list_again() -> None:
    session = claims()
    whole = session.screen()
    session.dispatch(Action("fill", "search", "zzz"))
    assert not table(session)
    session.dispatch(Action("click", "nav:claim"))
    assert session.screen() == whole
