"""Random work through the tools: it gets everywhere, and the same seed does the same."""

from __future__ import annotations

import pytest

from palaestra.faces.tools import Toolbox, catalog
from palaestra.kit import App, Record, Store, action, text
from palaestra.testing.caller import Caller
from palaestra.testing.play_checks import tools
from palaestra.testing.report import Failure
from palaestra.types import Start
from tests.apps import expenses


def work(seed: int) -> tuple[list[str], str]:
    box = Toolbox(expenses, Start("expenses", seed))
    caller = Caller(box, seed)
    called = [called for _ in range(150) if (called := caller.call())]
    return [name for name, _, reply in called if reply.ok], box.session.digest()


def test_it_gets_to_every_tool_that_changes_something():
    done = {name for seed in range(6) for name in work(seed)[0]}
    assert done == {tool.name for tool in catalog(expenses).values() if tool.changes}


def test_the_same_seed_does_the_same():
    assert work(3) == work(3)
    assert work(3) != work(4)


def make_app(*, wrong: bool = False, fails: bool = False) -> App:
    app = App("lamps", title="Lamps")

    @app.record(key="name", seeds=(3, 3))
    class Lamp(Record):
        name: str = text("word")

        @action("Break")
        def smash(self) -> None:
            if fails:
                raise ZeroDivisionError
            self.name = "broken" if wrong else self.name

    @app.invariant("No lamp is broken.")
    def whole(store: Store) -> list[str]:
        return [str(lamp) for lamp in Lamp.every(store, name="broken")]

    return app


def test_the_check_notices_what_is_wrong():
    assert tools(make_app(), 60, 1) == 60
    with pytest.raises(Failure, match=r"after smash_lamp.*No lamp is broken"):
        tools(make_app(wrong=True), 60, 1)
    with pytest.raises(Failure, match=r"smash_lamp.* failed"):
        tools(make_app(fails=True), 60, 1)
