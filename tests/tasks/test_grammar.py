from __future__ import annotations

import random

from palaestra.tasks.grammar import chosen, expansions

TEMPLATE = "[A|The] {noun}[.|?]"
ALL = ["A {noun}.", "A {noun}?", "The {noun}.", "The {noun}?"]


def test_choices_are_all_made():
    assert list(expansions(TEMPLATE)) == ALL
    assert list(expansions("A {noun}.")) == ["A {noun}."]
    assert list(expansions("[up |]there")) == ["up there", "there"]


def test_what_is_chosen_is_one_of_the_expansions():
    rng = random.Random(0)
    assert {chosen(TEMPLATE, rng) for _ in range(100)} == set(ALL)
