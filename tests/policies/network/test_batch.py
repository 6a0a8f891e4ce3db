from __future__ import annotations

import numpy as np

from palaestra.policies.network.batch import Batch, Look, collate
from palaestra.policies.network.elements import COLUMNS, Reader
from palaestra.policies.network.matching import FACTS, TOUCHES, WINDOW, Lens
from palaestra.policies.network.tokens import Goal, Strings
from palaestra.types import Node, Observation, Past


def batch_of(
    goals: list[Goal], pages: list[Node], goal_of: list[int], past: tuple[Past, ...] = ()
) -> tuple[Batch, list[Look], Strings]:
    strings = Strings()
    reader = Reader(strings)
    looks = []
    for page, number in zip(pages, goal_of, strict=True):
        screen = reader.read(Observation("", page, "", 9))
        matches = Lens(goals[number], strings).match(screen, past)
        looks.append(Look(number, screen.lines, matches))
    return collate(goals, looks, strings.table()), looks, strings


def buttons(n: int) -> Node:
    return Node("document", children=tuple(Node("button", f"Pay {i}", f"b{i}") for i in range(n)))


def test_decisions_of_different_length_stand_side_by_side():
    goals = [Goal("Pay bill BILL-0001, please."), Goal("Pay.")]
    batch, looks, _ = batch_of(goals, [buttons(n) for n in (1, 5, 3)], [0, 1, 0])
    assert batch.goal_ids.shape == batch.goal_kinds.shape == (2, 6)
    assert batch.goal_of.tolist() == [0, 1, 0]
    assert batch.lines.shape == (3, 6, COLUMNS)
    assert batch.facts.shape == (3, 6, FACTS)
    assert batch.touched.shape == (3, 6, TOUCHES)
    assert batch.present.sum(1).tolist() == [2, 6, 4]
    assert not batch.lines[~batch.present].any()
    assert not batch.facts[~batch.present].any()
    assert (batch.goal_ids[1] > 0).sum() == len(goals[1])
    for row, look in enumerate(looks):
        own = batch.hits.row == row
        told = np.stack([batch.hits.element[own], batch.hits.channel[own], batch.hits.token[own]])
        assert (look.matches.hits[:, :3] == told.T).all()


def test_names_and_values_are_spread_out_over_the_goal():
    page = Node("document", children=(Node("textbox", "Total", "t", "12.50"),))
    batch, _, _ = batch_of([Goal("Set the total to 12.50.")], [page], [0])
    assert batch.coverage.shape == (1, 2, 2, 6)
    assert batch.coverage[0, 0, 1].tolist() == [0, 0, 1, 0, 0, 0]
    assert batch.coverage[0, 1, 1].tolist() == [0, 0, 0, 0, 1, 0]
    assert not batch.coverage[0, :, 0].any()


def test_every_string_is_kept_once_and_found_by_its_row():
    page = Node("document", children=(Node("textbox", "Total", "t", "12.50"),) * 3)
    batch, looks, strings = batch_of([Goal("Pay.")], [page], [0])
    lines = looks[0].lines
    assert len(batch.strings) == len(np.unique(lines[:, 2:5]))
    found = batch.strings[batch.texts[0]].numpy()
    assert (found == strings.table()[lines[:, 2:5]]).all()


def test_two_windows_of_one_goal_are_read_apart():
    goal = Goal(" ".join(f"word{n}" for n in range(2 * WINDOW)))
    strings = Strings()
    screen = Reader(strings).read(Observation("", buttons(1), "", 9))
    lens = Lens(goal, strings)
    early = lens.match(screen, ())
    steps = tuple(Past("fill", "Note", f"word{n}") for n in range(0, WINDOW + 1, WINDOW // 4))
    late = lens.match(screen, steps)
    looks = [Look(0, screen.lines, matches) for matches in (early, late, early)]
    batch = collate([goal], looks, strings.table())
    assert batch.goal_of.tolist() == [0, 1, 0]
    assert batch.goal_ids.shape == (2, WINDOW)
    assert (batch.goal_ids[1].numpy() == goal.ids[late.begin : late.begin + WINDOW]).all()
    assert batch.goal_begins[0] == 0 < batch.goal_begins[1]


def test_a_goal_without_words():
    batch, _, _ = batch_of([Goal("")], [Node("document")], [0])
    assert batch.goal_ids.tolist() == [[0]]
    assert len(batch.hits.how) == 0
