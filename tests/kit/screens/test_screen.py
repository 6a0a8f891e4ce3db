"""A screen of an application's own: in the navigation, with a memory that forks share."""

from __future__ import annotations

from typing import Any

import pytest

from palaestra.errors import GymError
from palaestra.kit import App, Record, Session, text
from palaestra.kit.app import BUILT_IN
from palaestra.kit.session import SCREENS
from palaestra.types import Action, Node


class Counter:
    """Counts clicks."""

    name, title = "counter", "Counter"

    def __init__(self) -> None:
        self.begun = 0

    def begin(self, session: Session) -> None:
        self.begun += 1

    def draw(self, session: Session) -> tuple[Node, ...]:
        return (
            Node("heading", f"Clicked {session.memory.get('counter', 0)} times"),
            Node("button", "More", "more:1"),
        )

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        if verb == "more":
            session.remember("counter", session.memory.get("counter", 0) + int(rest[0]))


def an_app(*screens: Any) -> App:
    app = App("desk", title="Desk", handbook="Be kind.")

    @app.record(key="title", seeds=(3, 3))
    class Note(Record):
        title: str = text("phrase")

    for screen in screens:
        app.add(screen)
    return app


def test_it_is_reached_from_the_navigation_and_works() -> None:
    session = Session(an_app(Counter()))
    assert [link.name for link in session.screen().children[0].children] == [
        "Notes", "Counter", "Handbook",
    ]  # fmt: skip
    session.dispatch(Action("click", "nav:counter"))
    session.dispatch(Action("click", "more:1"))
    assert session.screen().children[1].children[0].name == "Clicked 1 times"
    assert session.targets()["nav:counter"].states == ("current",)


def test_memory_is_kept_by_forks_and_apart_from_them() -> None:
    session = Session(an_app(Counter()))
    session.dispatch(Action("click", "nav:counter"))
    session.dispatch(Action("click", "more:1"))
    fork = session.fork()
    fork.dispatch(Action("click", "more:1"))
    assert (session.memory["counter"], fork.memory["counter"]) == (1, 2)


def test_coming_back_finds_what_was_left_and_entering_anew_does_not() -> None:
    session = Session(an_app(Counter()))
    session.dispatch(Action("click", "nav:counter"))
    session.dispatch(Action("click", "more:1"))
    session.dispatch(Action("click", "nav:note"))
    session.dispatch(Action("back"))
    assert session.memory["counter"] == 1
    session.dispatch(Action("click", "nav:counter"))
    assert "counter" not in session.memory


def test_it_is_told_each_time_somebody_comes() -> None:
    counter = Counter()
    session = Session(an_app(counter))
    for ref in ("nav:counter", "more:1", "nav:note", "nav:counter"):
        session.dispatch(Action("click", ref))
    session.dispatch(Action("back"))
    session.dispatch(Action("back"))
    assert counter.begun == 3


@pytest.mark.parametrize("name", ["note", "handbook", "counter", "Counter", "a:b", ""])
def test_names_that_are_taken_or_no_word_are_refused(name: str) -> None:
    app, second = an_app(Counter()), Counter()
    second.name = name
    with pytest.raises(GymError, match="cannot be called"):
        app.add(second)


def test_the_names_of_the_kits_own_screens_are_taken() -> None:
    assert set(SCREENS) == BUILT_IN
