from __future__ import annotations

from palaestra.kit import Session
from palaestra.kit.outline import outline
from palaestra.types import Action
from tests.apps import expenses, notes


def test_a_list_is_a_line_an_element(golden):
    golden("outline/notes.txt", outline(Session(notes, 1).screen()) + "\n")


def test_every_name_and_value_is_there():
    session = Session(expenses, 1)
    for ref in ("nav:claim", "open:claim:1", "edit"):
        session.dispatch(Action("click", ref))
        text = outline(session.screen())
        assert all(n.name in text and n.value in text for n in session.screen().walk())
