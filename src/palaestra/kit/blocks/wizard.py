"""A new record, asked for in several steps with a summary before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from palaestra.errors import GymError
from palaestra.kit.blocks.selection import field_of
from palaestra.kit.commands import Invalid, parse
from palaestra.kit.fields import Field
from palaestra.kit.record import Record
from palaestra.kit.route import Route
from palaestra.kit.screens import form, inputs
from palaestra.kit.screens.frame import is_enter
from palaestra.kit.screens.table import EMPTY
from palaestra.types import Action, Command, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


class Wizard:
    """A screen that makes one record, a few fields at a time.

    The step (from 0; the last is the summary) is in the Session's memory, what was entered in its
    draft. Whoever comes anew begins anew.

    Attributes:
        name: Word for it in refs.
        title: Its heading, and its name in the navigation.
        steps: Title and fields of each step.
    """

    def __init__(
        self,
        name: str,
        *,
        title: str,
        record: type[Record],
        steps: Sequence[tuple[str, Sequence[str]]],
    ) -> None:
        """Makes a wizard.

        Args:
            name: Word for it in refs, unique in the application.
            title: Its heading, and its name in the navigation.
            record: What is made.
            steps: Title and names of the fields of each step.

        Raises:
            GymError: If a step asks for what nobody may enter, or none for what is required.
        """
        self.name, self.title = name, title
        kind = self._kind = record.type
        self.steps = tuple(
            (heading, tuple(field_of(kind, one) for one in names)) for heading, names in steps
        )
        self._fields = tuple(field for _, fields in self.steps for field in fields)
        may = {*kind.form_fields, *([kind.parent] if kind.parent else [])}
        if wrong := {f.name for f in self._fields if f not in may or self._fields.count(f) > 1}:
            raise GymError(
                f"{title}: cannot be asked for, or not twice: {', '.join(sorted(wrong))}"
            )
        must = {field for field in may if field.required and field.default is None}
        if missing := {field.name for field in must.difference(self._fields)}:
            raise GymError(f"{title}: no step asks for {', '.join(sorted(missing))}")

    def begin(self, session: Session) -> None:
        """Begins anew, with what a new record has in its fields."""
        session.route = Route(self.name, self._kind.name, 0, "create")
        session.remember(self.name, 0)
        store = session.store
        session.open_draft({f.name: f.edit_form(f.initial(store), store) for f in self._fields})

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws the fields of the step, or the summary, with the buttons."""
        step, last = session.memory[self.name], len(self.steps)
        label, word = session.lexicon.label, session.lexicon.word
        heading = label(self.steps[step][0]) if step < last else word("summary")
        nodes = [
            Node("heading", label(self.title)),
            Node("heading", word("step", step=step + 1, last=last + 1, title=heading)),
        ]
        if step == last:
            nodes.append(self._summary(session))
        else:
            nodes += form.asked(session, self.steps[step][1])
        back = Node("button", word("step_back"), "step:back", states=() if step else ("disabled",))
        onward = (word("save"), "save") if step == last else (word("step_next"), "step:next")
        cancel = Node("button", word("cancel"), "cancel")
        return (*nodes, Node("button", *onward), back, cancel)

    def _summary(self, session: Session) -> Node:
        rows = (
            Node("row", children=(
                Node("rowheader", session.lexicon.label(field.label)),
                Node("cell", self._entered(session, field)),
            ))
            for field in self._fields
        )  # fmt: skip
        return Node("table", session.lexicon.label(self.title), children=tuple(rows))

    def _entered(self, session: Session, field: Field) -> str:
        text = session.lexicon.shown(field, session.draft.get(field.name, ""))
        return " ".join(text.split()) or EMPTY

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Takes in what is entered, changes the step, saves, or leaves.

        Raises:
            Refused: If a rule forbids it; the notice already says so.
        """
        step = session.memory[self.name]
        if verb == "cancel":
            session.back()
        elif verb == "step" and rest[0] == "back":
            session.errors = {}
            session.remember(self.name, step - 1)
        elif step == len(self.steps):
            self._save(session)
        elif verb == "step" or is_enter(action):
            self._next(session, step)
        else:
            inputs.on(session, self._fields, action, verb, rest)

    def _next(self, session: Session, step: int) -> None:
        """Goes a step on if all fields of this one are right."""
        try:
            parse(self.steps[step][1], session.draft, session.store)
        except Invalid as invalid:
            labels = {field.name: field for field in self._fields}
            told = invalid.errors.items()
            session.reject({n: session.lexicon.error(labels[n], text) for n, text in told})
            return
        session.errors = {}
        session.remember(self.name, step + 1)

    def _save(self, session: Session) -> None:
        kind = self._kind
        try:
            values = parse(self._fields, session.draft, session.store)
        except Invalid as invalid:  # what was chosen is gone
            session.say(str(invalid), alarmed=True)
            return
        number = session.store.next_number(kind.index)
        session.attempt(Command("create", kind.name, 0, values))
        session.replace(form.after(session, kind, number))
