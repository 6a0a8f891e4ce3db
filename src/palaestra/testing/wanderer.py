"""Random play that gets somewhere: forms are filled with plausible values and often saved.

A wanderer reads refs and field kinds, which no policy may: it tests applications, it is no baseline
for agents (`policies` has those).
"""

from __future__ import annotations

import random

from palaestra.kit.fields import Field
from palaestra.kit.fit import is_typed_into
from palaestra.kit.screens import form
from palaestra.kit.screens.table import EMPTY
from palaestra.kit.seeding import Faker
from palaestra.kit.session import Session
from palaestra.types import Action, Node

ODD_TEXTS = ("", " ", "0", "-1", "2026-02-30", "1,250.00", "<b>&amp;", "naïve “quotes”", "x" * 600)
ODD = 0.1
FILL = 0.7
SAVE = 0.6
ONWARD = ("save", "step:next")
BACK = 0.03


class Wanderer:
    """Draws legal actions from one seeded stream."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"wanderer/{seed}")
        self.faker = Faker(seed)

    def action(self, session: Session) -> Action:
        """Returns an action that fits the session's screen, or "back" (which may lead nowhere)."""
        rng = self.rng
        usable = [n for n in session.targets().values() if "disabled" not in n.states]
        empty = [n for n in usable if "required" in n.states and n.value in ("", EMPTY)]
        if empty and rng.random() < FILL:
            return self.use(session, rng.choice(empty))
        onward = next((ref for ref in ONWARD if ref in session.targets()), "")
        if not empty and onward and rng.random() < SAVE:
            return Action("click", onward)
        if not usable or rng.random() < BACK:
            return Action("back")
        return self.use(session, rng.choice(usable))

    def use(self, session: Session, node: Node) -> Action:
        """Returns something that can be done to an element."""
        if is_typed_into(node):
            return Action("fill", node.ref, self._text(session, node))
        if node.role == "combobox" and node.children:
            return Action("select", node.ref, self.rng.choice(node.children).name)
        if node.role == "region":
            return Action("scroll", node.ref, "down")
        if node.role == "checkbox":
            return Action("check", node.ref)
        return Action("click", node.ref)

    def _text(self, session: Session, node: Node) -> str:
        field = _field(session, node)
        if self.rng.random() < ODD:
            return self.rng.choice(ODD_TEXTS)
        if field is None:
            return self.rng.choice(("", "a", "1", "e"))
        value = field.sample(self.rng, self.faker, session.store)
        return field.edit_form(value, session.store)


def _field(session: Session, node: Node) -> Field | None:
    verb, _, name = node.ref.partition(":")
    if verb != "field":
        return None
    declared = form.fields(session.kind(), session.route.verb)
    return next((field for field in declared if field.name == name), None)
