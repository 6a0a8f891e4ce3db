"""A wizard asks step by step, tells what is wrong at each, and saves at the end."""

from __future__ import annotations

from typing import Any

import pytest

from palaestra.errors import GymError
from palaestra.kit import App, Record, Refused, Session, ref, text
from palaestra.kit.blocks import Wizard
from palaestra.types import Action, Node
from tests.apps import Client, Deal, agency


@pytest.fixture
def session() -> Session:
    session = Session(agency, 1)
    session.dispatch(Action("click", "nav:new_deal"))
    return session


def headings(session: Session) -> list[str]:
    return [node.name for node in session.screen().walk() if node.role == "heading"]


def summary(session: Session) -> dict[str, str]:
    table: Node = next(node for node in session.screen().walk() if node.role == "table")
    return {row.children[0].name: row.children[1].name for row in table.children}


def first_step(session: Session) -> Client:
    client = Client.every(session.store)[1]
    session.dispatch(Action("select", "field:client", str(client)))
    session.dispatch(Action("check", "field:urgent"))
    session.dispatch(Action("click", "step:next"))
    return client


def second_step(session: Session) -> None:
    session.dispatch(Action("fill", "field:amount", "1,250.50"))
    session.dispatch(Action("fill", "field:closes_on", "2026-12-24"))
    session.dispatch(Action("click", "step:next"))


def test_it_leads_through_its_steps_to_a_record(session: Session) -> None:
    assert headings(session) == ["Enter a deal", "Step 1 of 3: Who"]
    client = first_step(session)
    assert headings(session)[1] == "Step 2 of 3: What"
    second_step(session)
    assert headings(session)[1] == "Step 3 of 3: Summary"
    assert summary(session) == {
        "Client": str(client), "Urgent": "Yes", "Amount": "1,250.50", "Closes on": "2026-12-24",
        "Note": "—",
    }  # fmt: skip
    before = len(Deal.every(session.store))
    session.dispatch(Action("click", "save"))
    deal = Deal.every(session.store)[-1]
    assert len(Deal.every(session.store)) == before + 1
    assert (deal.client, deal.amount, deal.urgent) == (client, 1_250_50, True)
    assert (session.route.screen, session.route.number) == ("detail", deal._id)
    assert [command.verb for command in session.commands] == ["create"]


def test_a_step_that_is_wrong_is_not_left(session: Session) -> None:
    session.dispatch(Action("click", "step:next"))
    assert headings(session)[1].startswith("Step 1")
    assert session.errors == {"client": "Client is required"}
    assert "invalid" in session.targets()["field:client"].states
    first_step(session)
    assert session.errors == {}


def test_enter_goes_on_and_nothing_is_stored_before_the_end(session: Session) -> None:
    digest = session.digest()
    first_step(session)
    session.dispatch(Action("fill", "field:amount", "200"))
    session.dispatch(Action("fill", "field:closes_on", "2026-12-24"))
    session.dispatch(Action("press", "field:amount", "Enter"))
    assert headings(session)[1].startswith("Step 3")
    assert session.digest() == digest


def test_going_back_keeps_what_was_entered(session: Session) -> None:
    assert session.targets()["step:back"].states == ("disabled",)
    client = first_step(session)
    session.dispatch(Action("click", "step:back"))
    assert session.targets()["field:client"].value == str(client)
    assert session.targets()["field:urgent"].states == ("checked",)


def test_leaving_and_coming_again_begins_anew(session: Session) -> None:
    first_step(session)
    session.dispatch(Action("click", "cancel"))
    assert session.route.screen == "list"
    session.dispatch(Action("click", "nav:new_deal"))
    assert headings(session)[1].startswith("Step 1")
    assert session.targets()["field:client"].value == "—"
    first_step(session)
    session.dispatch(Action("click", "nav:deal"))
    session.dispatch(Action("click", "open:deal:1"))
    session.dispatch(Action("click", "edit"))  # another form has been open in between
    for _ in range(3):
        session.dispatch(Action("back"))
    assert headings(session)[1].startswith("Step 1")
    assert session.targets()["field:client"].value == "—"


def test_a_rule_that_says_no_keeps_the_summary_open() -> None:
    app = App("desk", title="Desk")

    @app.record(key="title", seeds=(1, 1))
    class Note(Record):
        title: str = text("phrase")

        def check(self) -> None:
            raise Refused("No more notes (R1)")

    app.add(Wizard("add", title="Add", record=Note, steps=(("Title", ("title",)),)))
    session = Session(app, 1)
    session.dispatch(Action("click", "nav:add"))
    session.dispatch(Action("fill", "field:title", "Hello"))
    session.dispatch(Action("click", "step:next"))
    session.dispatch(Action("click", "save"))
    assert (session.notice, session.alarmed) == ("No more notes (R1)", True)
    assert headings(session)[1] == "Step 2 of 2: Summary"
    assert summary(session) == {"Title": "Hello"}


def test_a_choice_that_is_gone_by_the_end_is_told() -> None:
    app = App("desk", title="Desk")

    @app.record(key="title", seeds=(2, 2))
    class Note(Record):
        title: str = text(("a", "b"))

    @app.record(key="text", seeds=(0, 0))
    class Reply(Record):
        text: str = text("phrase")
        note: Note = ref(Note, owner=True)

    app.add(Wizard("add", title="Add", record=Reply, steps=(("All", ("note", "text")),)))
    session = Session(app, 1)
    note = Note.every(session.store)[0]
    session.dispatch(Action("click", "nav:add"))
    session.dispatch(Action("select", "field:note", note.title))
    session.dispatch(Action("fill", "field:text", "Hello"))
    session.dispatch(Action("click", "step:next"))
    fork = session.fork()
    fork.dispatch(Action("click", "save"))
    assert [reply.note for reply in Reply.every(fork.store)] == [note]
    for one in Note.every(session.store):
        session.store.delete(Note.type.index, one._id)
    session.dispatch(Action("click", "save"))
    assert session.alarmed
    assert "there is no note" in session.notice
    assert Reply.every(session.store) == []


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ((("All", ("client", "amount")),), "no step asks for closes_on"),
        ((("All", ("client", "client", "amount", "closes_on")),), "not twice: client"),
        ((("All", ("client", "amount", "closes_on", "stage")),), "cannot be asked for"),
        ((("All", ("nobody",)),), "no field 'nobody'"),
    ],
)
def test_steps_that_cannot_make_a_record_are_the_authors_bug(steps: Any, told: str) -> None:
    with pytest.raises(GymError, match=told):
        Wizard("w", title="W", record=Deal, steps=steps)
