"""Works in an application towards something worth doing: the hands of the proposer's seat.

No goal is given. An aim (a kind of record and something that can be done to it) is drawn evenly
over what the application offers, so that rare deeds are practised as often as common ones; then the
explorer looks for a record where it can be done, tries, and sees what comes of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from palaestra.errors import InvalidAction
from palaestra.kit.app import App
from palaestra.kit.record import RecordType
from palaestra.kit.screens.form import fields as asked_by
from palaestra.kit.seeding import Faker
from palaestra.kit.session import Session
from palaestra.types import Action

MAX_STEPS = 40
ASTRAY = 0.05
LEFT_OUT = 0.4


class Aim(NamedTuple):
    """What the explorer looks for.

    Attributes:
        kind: Which records.
        verb: "create", "update", "delete", "read", or the name of an action.
    """

    kind: RecordType
    verb: str

    @classmethod
    def draw(cls, app: App, rng: random.Random, leaning: str) -> Aim | None:
        """Draws an aim; None if the application offers nothing of the sort.

        Args:
            app: What is worked in.
            rng: Decides.
            leaning: "create", "update", "delete", "action" or "question".
        """
        if leaning == "action":
            aims = [cls(kind, name) for kind in app.records for name in kind.actions]
        elif leaning == "question":
            aims = [cls(kind, "read") for kind in app.records]
        elif leaning == "delete":
            aims = [cls(kind, leaning) for kind in app.records]
        else:
            aims = [cls(kind, leaning) for kind in app.records if kind.form_fields]
        return rng.choice(aims) if aims else None


class Explorer:
    """Acts in a Session.

    Attributes:
        session: Where; it is changed.
        aim: What for.
        actions: What was done and was possible, in order.
    """

    def __init__(self, session: Session, aim: Aim, rng: random.Random) -> None:
        self.session, self.aim, self.rng = session, aim, rng
        self.faker = Faker(rng.getrandbits(32))
        self.actions: list[Action] = []
        self._chain = [aim.kind]
        while self._chain[0].parent:
            self._chain.insert(0, self._chain[0].parent.target.type)

    def explore(self, enough: Callable[[Session], bool]) -> list[Action]:
        """Acts until enough has happened, or for `MAX_STEPS`; returns what was done."""
        plan = [Action("click", f"nav:{self._chain[0].name}")]
        for _ in range(MAX_STEPS):
            if enough(self.session):
                break
            if not plan:
                plan = self._form() if self.session.route.screen == "form" else [self._step()]
            action = plan.pop(0)
            try:
                self.session.dispatch(action)
            except InvalidAction:
                plan = []
                continue
            self.actions.append(action)
        return self.actions

    def _step(self) -> Action:
        """Decides what to do on a screen that is not a form."""
        refs = [r for r, node in self.session.targets().items() if "disabled" not in node.states]
        route, verb = self.session.route, self.aim.verb
        wanted = {"create": f"new:{self.aim.kind.name}", "update": "edit", "delete": "delete"}
        here = route.record == self.aim.kind.name and (route.screen == "detail")
        if "yes" in refs:
            return Action("click", "yes")
        if self.rng.random() < ASTRAY:
            return Action("click", self.rng.choice([r for r in refs if r.startswith("nav:")]))
        if (here or verb == "create") and wanted.get(verb, f"do:{verb}") in refs:
            return Action("click", wanted.get(verb, f"do:{verb}"))
        if not here and (onward := self._onward(refs)):
            return onward
        return Action("click", f"nav:{self._chain[0].name}")

    def _onward(self, refs: list[str]) -> Action | None:
        """Returns a step from a list or an owner towards some record of the wanted kind."""
        rng, route = self.rng, self.session.route
        names = [kind.name for kind in self._chain]
        if route.record not in names:
            return None
        depth = names.index(route.record) + (route.screen == "detail")
        rows = [r for r in refs if depth < len(names) and r.startswith(f"open:{names[depth]}:")]
        if "search" in refs and rng.random() < 0.25:
            kind = self._chain[0]
            numbers = self.session.store.numbers(kind.index)
            label = kind.label(self.session.store, rng.choice(numbers)) if numbers else ""
            return Action("fill", "search", label)
        if "page:1" in refs and rng.random() < 0.25:
            return Action("click", "page:1")
        return Action("click", rng.choice(rows)) if rows else None

    def _form(self) -> list[Action]:
        """Decides how to fill in the open form: all of a new record, a few fields of an old one."""
        session, rng = self.session, self.rng
        fields = list(asked_by(session.kind(), session.route.verb))
        if session.route.verb == "update":
            fields = rng.sample(fields, min(len(fields), rng.choice((1, 1, 1, 2, 2, 3))))
        else:
            fields = [
                f
                for f in fields
                if (f.required and not session.draft.get(f.name)) or rng.random() > LEFT_OUT
            ]
            rng.shuffle(fields)
        plan = []
        for field in fields:
            value = field.sample(rng, self.faker, session.store)
            if value is None:
                return [Action("click", "cancel")]
            text, ref = field.edit_form(value, session.store), f"field:{field.name}"
            if field.input_role == "checkbox":
                if value != (session.draft.get(field.name) == "Yes"):
                    plan.append(Action("click", ref))
            else:
                op = "select" if field.input_role == "combobox" else "fill"
                plan.append(Action(op, ref, text))  # type: ignore[arg-type]
        return [*plan, Action("click", "save")]
