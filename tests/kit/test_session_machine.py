"""Anything may be done to a Session, in any skin, with any trouble: it stays whole."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from palaestra import gyms
from palaestra.errors import InvalidAction, UsageError
from palaestra.kit import App, Session
from palaestra.kit.session import MOST_SEED
from palaestra.kit.skin import EXAM_SKINS
from palaestra.testing.play_checks import malformed
from palaestra.testing.wanderer import Wanderer
from palaestra.types import OPS, Action
from tests.apps import agency, expenses

NAMED = [name for name in gyms.names() if not gyms.is_family(name)]
APPS: dict[str, App] = {
    "expenses": expenses,
    "agency": agency,
    **{name: gyms.find(name) for name in (*NAMED, "procedural:17", "procedural:1000000004")},
}
SEEDS = st.integers(0, 50)
SKINS = st.integers(0, 200) | st.integers(EXAM_SKINS, EXAM_SKINS + 200)
TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=12),
    st.sampled_from((
        "Enter", "Escape", "down", "—", "-0", "1e9", "NaN", "∞", "٣٤", "9" * 600, "x" * 2_001,
        "2026-13-45", "0001-01-01", "9999-12-31 23:59", "2026-03-29 02:30", "\ud800", "a\nb", " ",
    )),
)  # fmt: skip
FORGED = st.sampled_from((
    "", ":", "open:", "open:claim:1", "open:claim:x", "nav:", "save", "yes", "delete", "undo",
    "page:99", "sort:", "field:", "field:number", "pick:x:0", "pick:kind:-1", "day:x:y",
    "month:x:0000-13", "calm:sign_in", "calm:news", "menu", "step:next", "do:", "filter:x",
    "choice:x", "rows", "cancel", "calendar:x",
)) | st.text(max_size=8)  # fmt: skip


def state(session: Session) -> tuple[Any, ...]:
    return session.screen(), session.digest(), session.notice, session.commands, session.happened


class Abused(RuleBasedStateMachine):
    """A Session that is worked in, abused and forked."""

    @initialize(
        app=st.sampled_from(sorted(APPS)), seed=SEEDS, skin=SKINS, trouble=st.integers(0, 200)
    )
    def begin(self, app: str, seed: int, skin: int, trouble: int) -> None:
        self.session = Session(APPS[app], seed, skin, trouble)
        self.wanderer = Wanderer(seed)
        self.digest = self.session.digest()

    def do(self, action: Action) -> None:
        before, done = state(self.session), len(self.session.commands)
        try:
            self.session.dispatch(action)
        except InvalidAction as invalid:
            assert 0 < len(str(invalid)) < 300  # noqa: PT017
            assert state(self.session) == before
        if len(self.session.commands) == done:
            assert self.session.digest() == self.digest
        self.digest = self.session.digest()

    @rule(n=st.integers(1, 12))
    def work(self, n: int) -> None:
        for _ in range(n):
            self.do(self.wanderer.action(self.session))

    @rule(op=st.sampled_from(OPS), place=st.integers(0, 400), text=TEXTS)
    def use(self, op: Any, place: int, text: str) -> None:
        refs = sorted(self.session.targets())
        if refs:
            self.do(Action(op, refs[place % len(refs)], text))

    @rule(text=TEXTS, save=st.booleans())
    def fill_all(self, text: str, save: bool) -> None:
        for ref in [ref for ref in self.session.targets() if ref.startswith("field:")]:
            if ref in self.session.targets():
                self.do(Action("fill", ref, text))
        if save and "save" in self.session.targets():
            self.do(Action("click", "save"))

    @rule(op=st.sampled_from(OPS), ref=FORGED, text=TEXTS)
    def forge(self, op: Any, ref: str, text: str) -> None:
        self.do(Action(op, ref, text))

    @rule(n=st.integers(1, 8))
    def fork(self, n: int) -> None:
        twin, before = self.session.fork(), state(self.session)
        assert state(twin) == before
        actions = []
        for _ in range(n):
            actions.append(self.wanderer.action(twin))
            try:
                twin.dispatch(actions[-1])
            except InvalidAction:
                actions.pop()
        assert state(self.session) == before
        for action in actions:
            self.do(action)
        assert state(self.session) == state(twin)

    @invariant()
    def the_screen_is_well_formed(self) -> None:
        if hasattr(self, "session"):
            nodes = list(self.session.screen().walk())
            assert [
                (n.role, n.name, wrong)
                for n in nodes
                if (wrong := malformed(n._replace(name=n.name and "typed")))
            ] == []
            refs = [node.ref for node in nodes if node.ref]
            assert len(refs) == len(set(refs))


TestAbused = Abused.TestCase
TestAbused.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)


@pytest.mark.parametrize("name", sorted(APPS))
def test_troubles_popups_and_drafts_fork_exactly(name: str) -> None:
    """Each fork of a Session goes the way that the Session itself goes, whatever is open in it."""
    seen = set[str]()
    for seed in range(6):
        session = Session(APPS[name], seed, skin=seed * 7 + 4, disturbance=seed + 1)
        wanderer = Wanderer(seed)
        kept: list[tuple[Session, tuple[Any, ...], int]] = []
        actions: list[Action] = []
        states = [state(session)]
        for step in range(60):
            if step % 3 == 0:
                kept.append((session.fork(), states[-1], step))
                seen |= {"open"} if session.opened else set()
                seen |= {"draft"} if session.has_undo else set()
                seen |= {"trouble"} if session.happened != session.disturbance.beginning else set()
            actions.append(wanderer.action(session))
            with suppress(InvalidAction):
                session.dispatch(actions[-1])
            states.append(state(session))
        for twin, was, step in kept:
            assert state(twin) == was
            for place, action in enumerate(actions[step : step + 9], step):
                with suppress(InvalidAction):
                    twin.dispatch(action)
                assert state(twin) == states[place + 1]
    assert seen >= {"draft", "trouble"}


@pytest.mark.parametrize(
    "seed", [float("nan"), [1], b"1", MOST_SEED, 1 << 20_000], ids=lambda seed: type(seed).__name__
)
def test_a_seed_that_is_none_is_refused(seed: Any) -> None:
    for name in ("seed", "skin", "disturbance", "size"):
        with pytest.raises(UsageError, match=f"The {name} must be"):
            Session(expenses, **{name: seed})
