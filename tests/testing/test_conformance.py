"""Each way of being broken must fail the check that is there for it."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest

from palaestra import gyms
from palaestra.errors import UsageError
from palaestra.gyms.drawing import draw
from palaestra.kit import App, Record, Refused, Session, Store, action, choice, money, ref, text
from palaestra.tasks.proposing import propose
from palaestra.tasks.splits import PRACTICE
from palaestra.tasks.task import KINDS, Task
from palaestra.tasks.verifier import Verifier
from palaestra.testing.cheats import CHEATS
from palaestra.testing.conformance import check, count
from palaestra.testing.definition_checks import DEFINITION_CHECKS
from palaestra.testing.play_checks import PLAY_CHECKS
from palaestra.testing.report import Report
from palaestra.testing.task_checks import TASK_CHECKS
from palaestra.types import Action, Diff, Node, Start
from tests.apps import expenses


def tasks_in(app: App, n: int) -> list[Task]:
    found: list[Task] = []
    for seed in itertools.count():
        rng = random.Random(seed)
        task = propose(app, Start(app.name, seed), rng, PRACTICE, rng.choice(KINDS))
        found += [task] if task else []
        if len(found) == n:
            return found
    raise AssertionError


TASKS = tasks_in(expenses, 40)


def failed(report: Report) -> dict[str, str]:
    return {one.name: one.detail for one in report.checks if not one.ok}


def test_a_sound_application_passes_and_every_cheat_was_tried() -> None:
    told: list[str] = []
    report = check(expenses, TASKS, progress=told.append)
    assert report.ok, report
    assert len(told) == count(TASKS, range(5))
    assert set(told) == {one.name for one in report.checks}
    assert not any("applies to: 0 of" in one.detail for one in report.checks)
    assert len(CHEATS) >= 10
    assert report.to_json()["ok"] is True


@pytest.mark.parametrize("name", ["accounting", "procedural:0", "procedural:17"])
def test_the_gyms_of_the_house_pass(name: str) -> None:
    report = check(gyms.find(name), list(draw(name, PRACTICE, 3, 20)), seeds=range(3), steps=150)
    assert report.ok, report


def test_too_little_to_check_with_is_refused() -> None:
    with pytest.raises(UsageError, match="at least one task"):
        check(expenses, [])
    with pytest.raises(UsageError, match="at least one task, two seeds"):
        check(expenses, TASKS, seeds=[1])
    with pytest.raises(UsageError, match="not for other"):
        check(App("other", title="Other"), TASKS)


def make_app(
    *,
    value: Callable[[], Any] = lambda: 1_00,
    holds: Callable[[Store], list[str]] = lambda store: [],
    ship: Callable[[Any], None] = lambda order: None,
    when: Callable[[Any], bool] = lambda order: True,
    names: tuple[str, ...] = (),
) -> App:
    app = App("shop", title="Shop")

    @app.record(key="name", seeds=(6, 9))
    class Customer(Record):
        name: str = text(names or "person")

    @app.record(key="name", seeds=(8, 12))
    class Order(Record):
        name: str = text("phrase")
        customer: Customer = ref(Customer)
        total: int = money(1, 100)
        state: str = choice("Open", "Shipped", editable=False)

        @action("Ship", when=when)
        def ship(self) -> None:
            self.state = "Shipped"
            ship(self)

    @app.seeding
    def prepare(store: Store, rng: random.Random) -> None:
        for order in Order.type.find(store):
            order.total = value()

    app.invariant("Something holds")(holds)
    return app


def some_tasks(app: App) -> list[Task]:
    return tasks_in(app, 8)


def test_the_sound_shop_passes() -> None:
    app = make_app(when=lambda order: order.state == "Open")
    assert not failed(check(app, some_tasks(app)))


def test_data_from_outside_the_seed_is_found() -> None:
    counter = itertools.count(100)
    app = make_app(value=lambda: next(counter))
    assert "the same seed gives the same data" in failed(check(app, some_tasks(app)))


def test_seeds_that_do_not_matter_are_found() -> None:
    app = App("fixed", title="Fixed")

    @app.record(key="name", seeds=(0, 0))
    class Thing(Record):
        name: str = text("word")

    @app.seeding
    def prepare(store: Store, rng: random.Random) -> None:
        for name in ("One", "Two"):
            Thing.type.insert(store, {"name": name})

    assert "different seeds give different data" in failed(check(app, tasks_in(app, 2)))


def test_rules_that_draw_from_outside_the_session_are_found() -> None:
    counter = itertools.count(100)

    def ship(order: Any) -> None:
        order.total = next(counter)

    app = make_app(ship=ship)
    wrong = failed(check(app, some_tasks(make_app())))
    assert "the same actions give the same trajectory" in wrong
    assert "forks and restores are exact" in wrong


def test_a_broken_invariant_is_found() -> None:
    app = make_app(
        holds=lambda store: [r for n in store.numbers(1) if (r := store.row(1, n)[3]) == "Shipped"]
    )
    assert (
        "Something holds: Shipped"
        in failed(check(app, some_tasks(app)))["invariants hold after every action"]
    )


def test_a_reference_to_nothing_is_found() -> None:
    def ship(order: Any) -> None:
        order._store.delete(0, order.customer._id)

    app = make_app(ship=ship, when=lambda order: order.state == "Open")
    wrong = failed(check(app, some_tasks(make_app()), steps=300))
    assert "invariants hold after every action" in wrong


def test_a_name_that_no_screen_can_show_is_found() -> None:
    app = make_app(names=tuple(f"Ada {i}\u200b" for i in range(20)))
    assert (
        "no screen can show"
        in failed(check(app, some_tasks(make_app())))["screens are well formed"]
    )


def test_two_elements_of_one_ref_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Session.screen

    def doubled(self: Session) -> Node:
        screen = real(self)
        return screen._replace(children=(*screen.children, screen.children[0]))

    app = make_app()
    tasks = some_tasks(app)
    monkeypatch.setattr(Session, "screen", doubled)
    assert "two elements have the ref" in failed(check(app, tasks))["screens are well formed"]


def test_code_that_fails_is_told_and_stops_nothing() -> None:
    def ship(order: Any) -> None:
        raise ZeroDivisionError("oh")

    report = check(make_app(ship=ship), some_tasks(make_app()))
    wrong = failed(report)
    assert "ZeroDivisionError" in wrong["invariants hold after every action"]
    kept = (DEFINITION_CHECKS, PLAY_CHECKS, TASK_CHECKS, CHEATS)
    assert len(report.checks) == 1 + sum(map(len, kept))


def test_what_changes_behind_a_refusal_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kit rolls refusals back; without that, the check must see it."""

    def ship(order: Any) -> None:
        raise Refused("Not today")

    app, tasks = make_app(ship=ship), some_tasks(make_app())
    monkeypatch.setattr(Store, "restore", lambda self, snapshot: None)
    assert "what is refused changes nothing" in failed(check(app, tasks))


def test_a_fork_that_shares_what_it_should_not_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Session.fork

    def shallow(self: Session) -> Session:
        twin = real(self)
        twin.store = self.store
        return twin

    tasks = some_tasks(make_app())
    monkeypatch.setattr(Session, "fork", shallow)
    assert "forks and restores are exact" in failed(check(make_app(), tasks))


def test_stale_drawings_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    import palaestra.kit.screens.table as table

    real = table.row
    kept: dict[Any, Any] = {}

    def lazy(session: Session, kind: Any, number: int) -> Any:
        key = (kind, number)
        if key not in session.drawn:
            session.drawn[key] = kept[key] = real(session, kind, number)
        return session.drawn[key]

    tasks = some_tasks(make_app())
    monkeypatch.setattr(table, "row", lazy)
    assert "the same actions give the same trajectory" in failed(check(make_app(), tasks))


def change_task() -> Task:
    return next(t for t in TASKS if t.kind == "update")


def question() -> Task:
    return next(t for t in TASKS if t.kind == "question")


def test_a_task_that_asks_for_nothing_is_found() -> None:
    empty = dataclasses.replace(change_task(), verifier=Verifier())
    wrong = failed(check(expenses, [empty]))
    assert {
        "no task is solved before it starts",
        "doing nothing solves no task",
        "cheat: done at once",
    } <= set(wrong)


def test_an_oracle_that_does_not_solve_is_found() -> None:
    lazy = dataclasses.replace(change_task(), oracle=(Action("done"),))
    assert "not all was done" in failed(check(expenses, [lazy]))["every oracle solves its task"]


def test_a_verifier_that_overlooks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verifier that asks only for the required changes lets side effects pass."""
    real = Verifier.judge

    def lenient(self: Verifier, diff: Diff, answered: str | None) -> Any:
        kept = [c for c in diff.changes if c in self.required.changes]
        return real(self, Diff.of(kept), answered)

    monkeypatch.setattr(Verifier, "judge", lenient)
    wrong = failed(check(expenses, TASKS))
    assert {"a spoiler fails every task", "cheat: one change more"} <= set(wrong)


def test_words_that_mean_something_else_are_found() -> None:
    lost = dataclasses.replace(change_task(), goal="See to the usual things.")
    told = failed(check(expenses, [lost]))["the words of a goal mean one thing"]
    assert "nobody could tell" in told
    label = expenses.kind("claim").label(Session.at(expenses, change_task().start).store, 1)
    other = dataclasses.replace(change_task(), goal=f"Delete claim {label}.")
    assert "can also mean" in failed(check(expenses, [other]))["the words of a goal mean one thing"]


def test_a_verifier_that_searches_for_the_answer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from palaestra.tasks.answer import Answer

    monkeypatch.setattr(Answer, "accepts", lambda self, given: self.text in given)
    wrong = failed(check(expenses, [question()]))
    assert {"cheat: answering everything", "cheat: nearly right"} & set(wrong)
