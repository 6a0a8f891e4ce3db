from __future__ import annotations

import numpy as np

from palaestra.policies.network.batch import collate
from palaestra.policies.network.elements import COLUMNS, Reader
from palaestra.policies.network.net import NAME_TOKENS
from palaestra.policies.network.tokens import LEADS, STRING_TOKENS, Goal, Strings, string_tokens
from palaestra.types import Node, Observation


def test_decisions_of_different_length_stand_side_by_side():
    strings = Strings()
    reader = Reader(strings)
    pages = [
        Node("document", children=tuple(Node("button", f"Pay {i}", f"b{i}") for i in range(n)))
        for n in (1, 5, 3)
    ]
    screens = [reader.read(Observation("", page, "", 9)).lines for page in pages]
    goals = [Goal("Pay bill BILL-0001, please."), Goal("Pay.")]
    batch = collate(goals, [0, 1, 0], screens, strings.table())
    assert batch.goal_ids.shape == batch.goal_kinds.shape == batch.goal_leads.shape == (2, 6)
    assert batch.goal_of.tolist() == [0, 1, 0]
    assert batch.lines.shape == (3, 6, COLUMNS)
    assert batch.present.sum(1).tolist() == [2, 6, 4]
    assert not batch.lines[~batch.present].any()
    assert not batch.names[~batch.present].any()
    assert batch.names.shape == (3, 6, NAME_TOKENS)
    assert batch.arounds.shape == (3, 6, STRING_TOKENS)
    assert batch.leads.shape == (3, 6, LEADS)
    assert (batch.goal_ids[1] > 0).sum() == len(goals[1].ids)
    assert tuple(batch.names[1, 5][batch.names[1, 5] > 0].tolist()) == string_tokens("Pay 4")


def test_every_string_is_kept_once_and_found_by_its_row():
    strings = Strings()
    page = Node("document", children=(Node("textbox", "Total", "t", "12.50"),) * 3)
    lines = Reader(strings).read(Observation("", page, "", 9)).lines
    table = strings.table()
    batch = collate([Goal("Pay.")], [0], [lines], table)
    assert len(batch.strings) == len(np.unique(lines[:, 2:5]))
    found = batch.strings[batch.texts[0]].numpy()
    assert (found == table[lines[:, 2:5], :STRING_TOKENS]).all()


def test_a_goal_without_words():
    strings = Strings()
    lines = Reader(strings).read(Observation("", Node("document"), "", 9)).lines
    batch = collate([Goal("")], [0], [lines], strings.table())
    assert batch.goal_ids.tolist() == [[0]]
