"""A table of texts that are worked out from the records: ageing, balances, totals by owner ...

Nothing can be changed here. What the table is about (a day, an owner) is chosen above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from palaestra.errors import GymError
from palaestra.kit.blocks.selection import kept
from palaestra.kit.screens.table import EMPTY
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session
    from palaestra.kit.store import Store

Choices = Mapping[str, str]
Line = Sequence[str]
Options = Sequence[str] | Callable[["Store"], Sequence[str]]
MOST_LINES = 25


class Looked(NamedTuple):
    """How a report is being looked at.

    Attributes:
        chosen: Label of a choice and the option chosen, for those that were chosen by hand.
        page: Page shown, from 0.
    """

    chosen: tuple[tuple[str, str], ...] = ()
    page: int = 0


class Report:
    """A read-only table.

    Attributes:
        name: Word for it in refs.
        title: Its heading, and its name in the navigation.
        columns: Headings of the columns.
    """

    def __init__(
        self,
        name: str,
        *,
        title: str,
        columns: Sequence[str],
        rows: Callable[[Store, Choices], Sequence[Line]],
        choices: Mapping[str, Options] | None = None,
        total: Callable[[Store, Choices], Line] | None = None,
    ) -> None:
        """Makes a report.

        Args:
            name: Word for it in refs, unique in the application.
            title: Its heading, and its name in the navigation.
            columns: Headings of the columns.
            rows: Works out the lines: a text for each column, in a fixed order.
            choices: What can be chosen above the table: label and options (or a function of the
                store that returns them); the first is chosen where nobody has.
            total: Works out a last line, set apart; its first text says what it is.
        """
        self.name, self.title, self.columns = name, title, tuple(columns)
        self._rows, self._total = rows, total
        self._choices = dict(choices or {})

    @property
    def labels(self) -> tuple[str, ...]:
        """Returns the labels of what can be chosen."""
        return tuple(self._choices)

    def options(self, store: Store) -> dict[str, tuple[str, ...]]:
        """Returns what can be chosen, by label."""
        return {
            label: tuple(options(store) if callable(options) else options) or (EMPTY,)
            for label, options in self._choices.items()
        }

    def lines(self, store: Store, choices: Choices) -> list[tuple[str, ...]]:
        """Returns the lines of the table, the total not among them.

        Args:
            store: The records.
            choices: An option for each of the labels.

        Raises:
            GymError: If a line does not have a text for each column.
        """
        return [self._line(line) for line in self._rows(store, choices)]

    def _line(self, line: Line) -> tuple[str, ...]:
        if len(line) != len(self.columns):
            raise GymError(f"{self.title}: a line has {len(line)} texts, not {len(self.columns)}")
        return tuple(" ".join(str(text).split()) or EMPTY for text in line)

    def chosen(self, session: Session) -> dict[str, str]:
        """Returns the option that is chosen for each label."""
        by_hand = dict(self._looked(session).chosen)
        return {
            label: by_hand[label] if by_hand.get(label) in options else options[0]
            for label, options in self._open(session).items()
        }

    def _open(self, session: Session) -> dict[str, tuple[str, ...]]:
        key = ("report", self.name, "options")
        return kept(session, key, lambda: self.options(session.store))

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws heading, choices, table and, where it is long, its pages."""
        chosen, word = self.chosen(session), session.lexicon.word
        key = ("report", self.name, tuple(chosen.values()))
        lines = self._told(session)
        last = max(0, (len(lines) - 1) // MOST_LINES)
        page = min(self._looked(session).page, last)
        shown = lines[page * MOST_LINES : (page + 1) * MOST_LINES]
        label = session.lexicon.label
        header = tuple(Node("columnheader", label(name)) for name in self.columns)
        body = [_row(line, "cell") for line in shown]
        if self._total:
            total = kept(session, (*key, "total"), lambda: self.total(session.store, chosen))
            body.append(_row(total, "rowheader"))
        boxes = [self._box(session, name, chosen[name]) for name in self.labels]
        nodes = [
            Node("heading", label(self.title)),
            *boxes,
            Node("table", label(self.title), children=(Node("row", children=header), *body)),
            Node("paragraph", word("lines", n=len(lines))),
        ]
        if last:
            off = ("disabled",)
            nodes += [
                Node("paragraph", word("page", page=page + 1, last=last + 1)),
                Node("button", word("previous"), "page:-1", states=() if page else off),
                Node("button", word("next"), "page:1", states=() if page < last else off),
            ]
        return tuple(nodes)

    def _told(self, session: Session) -> list[tuple[str, ...]]:
        chosen = self.chosen(session)
        key = ("report", self.name, tuple(chosen.values()))
        return kept(session, key, lambda: self.lines(session.store, chosen))

    def total(self, store: Store, choices: Choices) -> tuple[str, ...]:
        """Returns the last line, set apart; nothing where the report has none."""
        return self._line(self._total(store, choices)) if self._total else ()

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Takes in a choice, or turns pages."""
        looked = self._looked(session)
        if verb == "choice" and action.op == "select":
            name = ":".join(rest)
            told = {session.lexicon.label(o): o for o in self._open(session)[name]}
            others = tuple(pair for pair in looked.chosen if pair[0] != name)
            session.remember(self.name, Looked((*others, (name, told[action.text]))))
        elif verb == "page":
            last = max(0, (len(self._told(session)) - 1) // MOST_LINES)
            page = min(max(0, min(looked.page, last) + int(rest[0])), last)
            session.remember(self.name, looked._replace(page=page))

    def _box(self, session: Session, name: str, chosen: str) -> Node:
        label = session.lexicon.label

        def draw() -> Node:
            inside = tuple(
                Node("option", label(one), states=("selected",) if one == chosen else ())
                for one in self._open(session)[name]
            )
            return Node("combobox", label(name), f"choice:{name}", label(chosen), children=inside)

        return kept(session, ("report", self.name, "box", name, chosen), draw)

    def _looked(self, session: Session) -> Looked:
        looked: Looked = session.memory.get(self.name, Looked())
        return looked


def _row(texts: Sequence[str], first: str) -> Node:
    roles = (first, *["cell"] * (len(texts) - 1))
    return Node("row", children=tuple(map(Node, roles, texts)))
