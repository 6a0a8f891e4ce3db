"""Records in columns, one for each word of a choice: a pipeline, a queue of cases ..."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from palaestra.errors import GymError
from palaestra.kit.blocks.selection import Selection, field_of, kept
from palaestra.kit.commands import Invalid, parse
from palaestra.kit.fields import Choice, Field
from palaestra.kit.record import Record, RecordAction
from palaestra.kit.screens.inputs import raw
from palaestra.kit.screens.table import EMPTY
from palaestra.types import Action, Command, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


class Board:
    """A screen with a card for each record, in the column of its choice.

    How many cards a column shows is in the Session's memory: it begins with a page of them.

    Attributes:
        name: Word for it in refs.
        title: Its heading, and its name in the navigation.
    """

    def __init__(
        self,
        name: str,
        *,
        title: str,
        record: type[Record],
        by: str,
        shows: Sequence[str] = (),
        move: str = "",
        total: str = "",
        where: Callable[[Any], bool] | None = None,
    ) -> None:
        """Makes a board.

        Args:
            name: Word for it in refs, unique in the application.
            title: Its heading, and its name in the navigation.
            record: What the cards are.
            by: The choice that has a column for each of its words.
            shows: Fields that a card tells.
            move: An action with one parameter that is chosen: each card has a box for it.
            total: A field that is summed up for each column, an amount or a number.
            where: Which records are shown; all where it is left out.

        Raises:
            GymError: If `by` is no choice, or `move` no action that asks for one choice.
        """
        self.name, self.title = name, title
        self._selection = Selection(record, shows, where)
        kind = record.type
        choice = field_of(kind, by)
        if not isinstance(choice, Choice):
            raise GymError(f"{title}: {by!r} is not a choice, so it makes no columns")
        self._by = choice
        self._total = field_of(kind, total) if total else None
        self._move = self._found(kind.actions.get(move)) if move else None

    def _found(self, move: RecordAction | None) -> tuple[RecordAction, Field]:
        if move is None or len(move.params) != 1 or move.params[0].input_role != "combobox":
            raise GymError(f"{self.title}: cards are moved by an action that asks for one choice")
        return move, move.params[0]

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws a group for each column: its heading with the count, and its cards."""
        pages = session.memory.get(self.name, (0,) * len(self._by.choices))
        size = session.skin.page_size
        groups = (
            self._column(session, place, (page + 1) * size) for place, page in enumerate(pages)
        )
        return (Node("heading", session.lexicon.label(self.title)), *groups)

    def _column(self, session: Session, place: int, most: int) -> Node:
        key = ("board", self.name, place, most)
        return kept(session, key, lambda: self._drawn(session, place, most))

    def _drawn(self, session: Session, place: int, most: int) -> Node:
        word = session.lexicon.shown(self._by, self._by.choices[place])
        numbers = self._selection.having(session, self._by, self._by.choices[place])
        heading = f"{word} ({len(numbers)})"
        if self._total and numbers:
            handles = (self._selection.kind.cls(session.store, number) for number in numbers)
            values = (getattr(handle, self._total.name) for handle in handles)
            whole = sum(value for value in values if value is not None)
            heading += f": {self._total.show(whole, session.store)}"
        key = ("board", self.name, "cards")
        cards = tuple(
            kept(session, key, partial(self._card, session, number), number)
            for number in numbers[:most]
        )
        inside = [Node("heading", heading), Node("list", word, children=cards)]
        if len(numbers) > most:
            name = session.lexicon.word("rest", name=word, n=len(numbers) - most)
            inside.append(Node("button", name, f"more:{place}"))
        return Node("group", word, children=tuple(inside))

    def _card(self, session: Session, number: int) -> Node:
        link = self._selection.link(session, number)
        box = self._box(session, number)
        return Node("listitem", children=(link, *self._selection.told(session, number), *box))

    def _box(self, session: Session, number: int) -> tuple[Node, ...]:
        """Draws the box that moves a card; nothing where its record may not be moved."""
        store, kind = session.store, self._selection.kind
        if self._move is None or not self._move[0].when(kind.cls(store, number)):
            return ()
        here = store.row(kind.index, number)[self._by.position]
        words = (EMPTY, *(w for w in self._move[1].options(store) if w != here))
        options = tuple(
            Node("option", w, states=("selected",) if w == EMPTY else ()) for w in words
        )
        name = f"Move {self._selection.label(session, number)} to"
        return (Node("combobox", name, f"move:{number}", EMPTY, children=options),)

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Moves a card, or shows more of a column.

        Raises:
            Refused: If a rule forbids it; the notice already says so.
        """
        if verb == "more":
            pages = session.memory.get(self.name, (0,) * len(self._by.choices))
            place = int(rest[0])
            session.remember(self.name, (*pages[:place], pages[place] + 1, *pages[place + 1 :]))
        elif verb == "move" and action.op == "select" and action.text != EMPTY and self._move:
            move, param = self._move
            try:
                values = parse(
                    (param,), {param.name: raw(session, param, action.text)}, session.store
                )
            except Invalid as invalid:
                session.say(str(invalid), alarmed=True)
                return
            session.attempt(Command(move.name, self._selection.kind.name, int(rest[0]), values))
