"""Documents beside what can be done with them: a list to pick from, and the one that was picked.

A document's text is only text, line by line, whatever it says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from palaestra.kit.blocks.selection import Selection, field_of
from palaestra.kit.record import Record
from palaestra.kit.route import Route
from palaestra.kit.screens import detail
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


class Viewer:
    """A screen with the records of one type on one side and the text of one on the other.

    The record that was picked is in the Session's route, its page in the Session's memory.

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
        body: str,
        shows: Sequence[str] = (),
        where: Callable[[Any], bool] | None = None,
    ) -> None:
        """Makes a viewer.

        Args:
            name: Word for it in refs, unique in the application.
            title: Its heading, and its name in the navigation.
            record: What is shown.
            body: The field that has the text, of one line or many.
            shows: Fields that the list says of each.
            where: Which records are shown; all where it is left out.
        """
        self.name, self.title = name, title
        self._selection = Selection(record, shows, where)
        self._body = field_of(record.type, body)

    def begin(self, session: Session) -> None:
        """Picks the first document, unless one is picked already."""
        route = session.route
        if not route.number:
            numbers = self._selection.numbers(session)
            first = numbers[0] if numbers else 0
            session.route = Route(self.name, self._selection.kind.name, first)

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws the list with its pages, and the document with its buttons."""
        skin, word = session.skin, session.lexicon.word
        numbers = self._selection.numbers(session)
        last = max(0, (len(numbers) - 1) // skin.page_size)
        page = min(session.memory.get(self.name, 0), last)
        shown = numbers[page * skin.page_size : (page + 1) * skin.page_size]
        title, kind = session.lexicon.label(self.title), self._selection.kind
        things = session.lexicon.things(kind, len(numbers))
        items = tuple(self._item(session, number) for number in shown)
        side = [
            Node("list", title, children=items),
            Node("paragraph", word("count", n=len(numbers), things=things)),
        ]
        if last:
            off = ("disabled",)
            side += [
                Node("paragraph", word("page", page=page + 1, last=last + 1)),
                Node("button", word("previous"), "page:-1", states=() if page else off),
                Node("button", word("next"), "page:1", states=() if page < last else off),
            ]
        group = Node("group", session.lexicon.label(kind.plural), children=tuple(side))
        picked = (self._document(session),) if session.route.number else ()
        return (Node("heading", title), group, *picked)

    def _item(self, session: Session, number: int) -> Node:
        states = ("current",) if number == session.route.number else ()
        link = Node("link", self._selection.label(session, number), f"pick:{number}", states=states)
        return Node("listitem", children=(link, *self._selection.told(session, number)))

    def _document(self, session: Session) -> Node:
        """Draws the document that was picked: the way to its record, its actions, its text."""
        kind, number, lexicon = self._selection.kind, session.route.number, session.lexicon
        title = lexicon.titled(kind, self._selection.label(session, number))
        record = kind.cls(session.store, number)
        buttons = [
            Node("button", lexicon.label(action.label), f"do:{action.name}")
            for action in kind.actions.values()
            if action.when(record)
        ]
        text = kind.shown(session.store, number, self._body)
        lines = (_plain(line) for line in text.splitlines())
        inside = (
            Node("heading", title),
            self._selection.link(
                session, number, lexicon.word("open_one", noun=lexicon.noun(kind))
            ),
            *buttons,
            *(Node("paragraph", line) for line in lines if line),
        )
        return Node("region", title, children=inside)

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Picks a document, turns pages, or does something with the document.

        Raises:
            Refused: If a rule forbids it; the notice already says so.
        """
        if verb == "pick":
            session.route = session.route._replace(number=int(rest[0]))
        elif verb == "page":
            last = max(0, (len(self._selection.numbers(session)) - 1) // session.skin.page_size)
            page = min(session.memory.get(self.name, 0), last) + int(rest[0])
            session.remember(self.name, min(max(0, page), last))
        elif verb == "do":
            detail.on(session, action, verb, rest)


def _plain(line: str) -> str:
    """Returns a line as a screen can show it."""
    return " ".join("".join(c if c.isprintable() else " " for c in line).split())
