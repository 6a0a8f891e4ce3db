from __future__ import annotations

from palaestra.kit import Session
from palaestra.types import Action, Node
from tests.apps import Claim, Line, expenses


def opened(session: Session) -> Session:
    for ref in ("nav:claim", "open:claim:1"):
        session.dispatch(Action("click", ref))
    return session


def cells(session: Session) -> dict[str, Node]:
    (table, *_) = (n for n in session.screen().walk() if n.role == "table")
    return {row.children[0].name: row.children[1] for row in table.children}


def test_every_field_is_shown_with_links_to_other_records() -> None:
    session = opened(Session(expenses, 1))
    claim, shown = Claim(session.store, 1), cells(session)
    assert list(shown) == [f.label for f in Claim.type.fields]
    assert shown["Payee"].children[0].role == "link"
    assert shown["Total"].name == f"{claim.total // 100:,}.{claim.total % 100:02d}"
    assert shown["Lines"].name == str(claim.lines)


def test_only_actions_that_are_possible_are_offered() -> None:
    offers = {
        "Draft": ["do:submit"],
        "Submitted": ["do:approve"],
        "Approved": ["do:pay"],
        "Paid": [],
    }
    for status, offered in offers.items():
        session = Session(expenses, 1)
        Claim(session.store, 1).status = status
        assert [r for r in opened(session).targets() if r.startswith("do:")] == offered


def test_a_locked_record_says_why_and_bars_its_buttons() -> None:
    session = Session(expenses, 1)
    Claim(session.store, 1).status = "Paid"
    targets = opened(session).targets()
    assert all(targets[ref].states == ("disabled",) for ref in ("edit", "delete", "new:line"))
    assert any(n.name == "A paid claim stays as it is (R3)" for n in session.screen().walk())


def test_parts_stand_under_their_record() -> None:
    session = Session(expenses, 1)
    line = Line.type.insert(session.store, {"claim": 1, "what": "Taxi", "amount": 5_00})
    other = Line.type.insert(session.store, {"claim": 2, "what": "Bus", "amount": 5_00})
    targets = opened(session).targets()
    assert f"open:line:{line}" in targets
    assert f"open:line:{other}" not in targets
