"""A report works its lines out anew, for what is chosen."""

from __future__ import annotations

import pytest

from palaestra.errors import GymError
from palaestra.kit import Session
from palaestra.kit.blocks import Report
from palaestra.types import Action, Node
from tests.apps import Deal, agency


@pytest.fixture
def session() -> Session:
    session = Session(agency, 1)
    session.dispatch(Action("click", "nav:by_client"))
    return session


def lines(session: Session) -> list[list[str]]:
    table = next(n for n in session.screen().walk() if n.role == "table")
    return [[cell.name for cell in row.children] for row in table.children]


def boxes(session: Session) -> dict[str, Node]:
    return {n.name: n for n in session.targets().values() if n.role == "combobox"}


def test_it_shows_columns_lines_and_total(session: Session) -> None:
    head, *body, total = lines(session)
    deals = Deal.every(session.store)
    assert head == ["Client", "Deals", "Amount"]
    assert sum(int(count) for _, count, _ in body) == len(deals)
    assert total == ["In all", str(len(deals)), "—"]


def test_the_first_option_is_chosen_until_somebody_chooses(session: Session) -> None:
    today = str(session.store.clock.today)
    assert {name: box.value for name, box in boxes(session).items()} == {
        "Stage": "All", "As of": today,
    }  # fmt: skip
    session.dispatch(Action("select", "choice:Stage", "Won"))
    assert boxes(session)["Stage"].value == "Won"
    assert [o.name for o in boxes(session)["Stage"].children if o.states] == ["Won"]
    assert lines(session)[-1] == ["In all", "0", "—"]


def test_it_follows_the_records(session: Session) -> None:
    session.dispatch(Action("select", "choice:Stage", "Won"))
    Deal.every(session.store)[0].stage = "Won"
    session.dispatch(Action("press", "choice:Stage", "Enter"))
    assert lines(session)[-1] == ["In all", "1", "—"]


def test_a_long_one_has_pages_and_a_short_one_none() -> None:
    report = Report(
        "many", title="Many", columns=("N",), rows=lambda *_: [(str(n),) for n in range(60)]
    )
    session = Session(agency, 1)
    names = [n.name for n in report.draw(session)]
    assert "Page 1 of 3" in names
    for _ in range(5):
        report.on(session, Action("click", "page:1"), "page", ["1"])
    assert [row.children[0].name for row in report.draw(session)[1].children[1:]] == [
        str(n) for n in range(50, 60)
    ]
    report.on(session, Action("click", "page:-1"), "page", ["-1"])
    assert "Page 2 of 3" in [n.name for n in report.draw(session)]


def test_a_line_that_does_not_fit_is_the_authors_bug() -> None:
    report = Report("odd", title="Odd", columns=("A", "B"), rows=lambda *_: [("only one",)])
    with pytest.raises(GymError, match="1 texts, not 2"):
        report.draw(Session(agency, 1))
