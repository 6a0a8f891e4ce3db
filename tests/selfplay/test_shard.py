from __future__ import annotations

import numpy as np
import pytest

from palaestra.errors import UsageError
from palaestra.kit import Session
from palaestra.policies.network.composing import COMPOSED, OPS
from palaestra.policies.network.elements import COLUMNS
from palaestra.policies.network.tokens import STRING_TOKENS
from palaestra.selfplay.shard import ARRAYS, Notebook, Shard, goals_of
from palaestra.types import Action, Node, Observation
from tests.apps import expenses

GOAL = 'Set the note on claim EXP-0002 to "late train". It is EXP-0002.'
NAV, OPEN = Action("click", "nav:claim"), Action("click", "open:claim:2")
EDIT, SAVE = Action("click", "edit"), Action("click", "save")
NOTE = Action("fill", "field:note", "late train")


def seen(*actions: Action, goal: str = GOAL) -> Observation:
    session = Session(expenses, 1)
    for action in actions:
        session.dispatch(action)
    return Observation(goal, session.screen(), session.notice, 9)


def noted() -> Notebook:
    notebook = Notebook()
    assert notebook.note(seen(), [NAV])
    assert notebook.note(seen(NAV), [OPEN, Action("fill", "search", "EXP-0002")])
    assert notebook.note(seen(NAV, OPEN, EDIT), [NOTE])
    assert notebook.note(seen(goal="What is it?"), [Action("done")])
    return notebook


def test_a_shard_is_the_same_after_being_kept():
    shard = noted().shard()
    again = Shard.from_bytes(shard.to_bytes())
    assert again.goals == shard.goals == (GOAL, "What is it?")
    for name in ARRAYS:
        one, other = getattr(shard, name), getattr(again, name)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other), name
    assert again.to_bytes() == shard.to_bytes()


def test_what_is_noted_is_what_is_right():
    shard = noted().shard()
    assert len(shard) == 4
    assert shard.lines.shape == (shard.ends[-1], COLUMNS)
    assert shard.table.shape[1] == STRING_TOKENS
    assert shard.goal_of.tolist() == [0, 0, 0, 1]
    rights = np.bincount(shard.right[:, 0], minlength=4)
    assert rights.tolist() == [1, 2, 1, 1]
    for decision, element in shard.right:
        begin = shard.ends[decision - 1] if decision else 0
        assert shard.lines[begin + element, 5] == 1
    goal = goals_of(shard, range(len(shard.goals)))[0]
    told = [(int(d), goal.span(first, last)) for d, _, first, last in shard.spans]
    assert told == [(1, "EXP-0002"), (1, "EXP-0002"), (2, "late train")]


def test_what_the_network_cannot_do_is_not_noted():
    notebook = Notebook()
    assert not notebook.note(seen(NAV, OPEN, EDIT), [NOTE._replace(text="not in the goal")])
    assert not notebook.note(seen(NAV, OPEN, EDIT), [NOTE._replace(text="ate trai")])
    assert not notebook.note(seen(), [OPEN])
    assert not notebook.note(seen(), [])
    assert len(notebook) == 0


def test_what_came_of_an_action_is_noted():
    notebook = Notebook()
    assert notebook.note(seen(NAV, OPEN, EDIT), [NOTE], NOTE, changed=False)
    assert notebook.note(seen(NAV), [], Action("done"), won=False)
    assert not notebook.note(seen(NAV), [OPEN._replace(ref="nowhere")], Action("done"), won=True)
    shard = notebook.shard()
    assert shard.tried[:, [0, 2, 3]].tolist() == [[0, -1, 0], [1, 0, -1]]
    assert shard.lines[shard.tried[0, 1], 5] == 1
    assert shard.right[:, 0].tolist() == [0]


def test_a_decision_is_looked_at_as_it_was_seen():
    shard = noted().shard()
    looks = [shard.look(decision) for decision in range(4)]
    assert [look.goal for look in looks] == [0, 0, 0, 1]
    assert sum(len(look.lines) for look in looks) == len(shard.lines)
    assert sum(len(look.matches.hits) for look in looks) == len(shard.hits)
    for look in looks:
        assert look.matches.facts.shape[0] == len(look.lines)
        assert look.matches.touched.shape[0] == len(
            goals_of(shard, range(len(shard.goals)))[look.goal]
        )


@pytest.mark.parametrize("data", [b"", b"no shard", b"PK\x03\x04 broken", b"\x93NUMPY"])
def test_what_is_no_shard(data: bytes):
    with pytest.raises(UsageError, match="no decisions of a training"):
        Shard.from_bytes(data)
    whole = noted().shard().to_bytes()
    with pytest.raises(UsageError, match="no decisions of a training"):
        Shard.from_bytes(whole[: len(whole) // 2])


def test_what_is_composed_is_noted_beside_what_is_copied():
    goal, page = "Raise the total by 10.00.", Node("textbox", "Total", "t", "12.50")
    screen = Node("document", children=(page, page._replace(ref="u", name="Tip", value="3.00")))
    notebook = Notebook()
    assert notebook.note(seen(), [NAV])
    assert notebook.note(Observation(goal, screen, "", 9), [Action("fill", "t", "22.50")])
    assert notebook.note(Observation(goal, screen, "", 9), [Action("fill", "u", "10.00")])
    assert not notebook.note(Observation(goal, screen, "", 9), [Action("fill", "t", "13.00")])
    shard = Shard.from_bytes(notebook.shard().to_bytes())
    assert len(shard.look(0).composed) == 0
    look = shard.look(1)
    texts = [(int(element), OPS[op]) for element, op, _ in look.composed]
    assert texts == [(1, "plus"), (1, "minus"), (2, "plus"), (2, "minus")]
    assert [tuple(line) for line in shard.spans.tolist() if line[0] == 1] == [(1, 1, COMPOSED, 0)]
    copied = [line for line in shard.spans.tolist() if line[0] == 2]
    assert [
        goals_of(shard, range(len(shard.goals)))[1].span(first, last)
        for _, _, first, last in copied
    ] == ["10.00"]
