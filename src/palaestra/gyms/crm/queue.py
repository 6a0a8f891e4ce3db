"""Work that waits for a decision, each with the button that makes it: the team's in-trays.

A queue shows records in a table of texts; its button leads to the form of an action, where the kit
asks what the action needs to know. What waits in which queue is said in `screens.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from palaestra.kit import Record, Session, Store
from palaestra.kit.blocks.selection import kept
from palaestra.kit.route import Route
from palaestra.types import Action, Command, Node

PAGE = 20
Line = tuple[Record, Sequence[str]]


class Queue:
    """A screen with a line for each record that waits, and the same buttons on every line.

    Attributes:
        name: Word for it in refs.
        title: Its heading, and its name in the navigation.
        columns: Headings of the columns; the first is that of the record itself.
    """

    def __init__(
        self,
        name: str,
        *,
        title: str,
        record: type[Record],
        columns: Sequence[str],
        rows: Callable[[Store], Iterable[Line]],
        actions: Sequence[str],
    ) -> None:
        """Makes a queue.

        Args:
            name: Word for it in refs, unique in the application.
            title: Its heading, and its name in the navigation.
            record: What waits.
            columns: Headings of the columns.
            rows: Returns the records that wait, with a text for each further column.
            actions: Names of the record's actions that have a button.
        """
        self.name, self.title, self.columns = name, title, tuple(columns)
        self._kind, self._rows = record.type, rows
        self._actions = [self._kind.actions[name] for name in actions]

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws the table, a page of it at a time."""
        lines = kept(session, ("queue", self.name), lambda: self._lines(session.store))
        lexicon, word = session.lexicon, session.lexicon.word
        last = max(0, (len(lines) - 1) // PAGE)
        page = min(session.memory.get(self.name, 0), last)
        names = (*map(lexicon.label, self.columns), word("actions"))
        header = Node("row", children=tuple(Node("columnheader", name) for name in names))
        rows = [self._row(session, line) for line in lines[page * PAGE : (page + 1) * PAGE]]
        title, things = lexicon.label(self.title), lexicon.things(self._kind, len(lines))
        nodes = [
            Node("heading", title),
            Node("table", title, children=(header, *rows)),
            Node("paragraph", word("count", n=len(lines), things=things)),
        ]
        if last:
            off = ("disabled",)
            nodes += [
                Node("paragraph", word("page", page=page + 1, last=last + 1)),
                Node("button", word("previous"), "page:-1", states=() if page else off),
                Node("button", word("next"), "page:1", states=() if page < last else off),
            ]
        return tuple(nodes)

    def _lines(self, store: Store) -> list[tuple[int, str, Sequence[str]]]:
        """Returns number, name and texts of the records that wait."""
        return [(record._id, str(record), texts) for record, texts in self._rows(store)]

    def _row(self, session: Session, line: tuple[int, str, Sequence[str]]) -> Node:
        number, key, texts = line
        link = Node("link", key, f"open:{self._kind.name}:{number}")
        buttons = tuple(
            Node("button", f"{session.lexicon.label(one.label)} {key}", f"take:{number}:{one.name}")
            for one in self._actions
        )
        told = " ".join(button.name for button in buttons)
        cells = (Node("cell", key, children=(link,)), *(Node("cell", text) for text in texts))
        return Node("row", children=(*cells, Node("cell", told, children=buttons)))

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Turns pages, or leaves for what the button of a line asks first.

        Raises:
            Refused: If a rule or the user's role forbids it; the notice already says so.
        """
        if verb == "page":
            session.remember(self.name, max(0, session.memory.get(self.name, 0) + int(rest[0])))
        elif verb == "take":
            number, deed = int(rest[0]), self._kind.actions[rest[1]]
            session.require(self._kind, number, deed.name)
            if deed.params:
                session.go(Route("form", self._kind.name, number, deed.name))
            else:
                session.run(Command(deed.name, self._kind.name, number))
