from __future__ import annotations

import numpy as np
import pytest
import torch

from palaestra.policies.network.batch import Look, collate
from palaestra.policies.network.composing import COMPOSED, candidates, numbered
from palaestra.policies.network.elements import Reader, Screen
from palaestra.policies.network.matching import Lens
from palaestra.policies.network.net import LONGEST_SPAN, NEVER, Net, Reading, Size, place
from palaestra.policies.network.tokens import Goal, Strings
from palaestra.types import Node, Observation

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)
GOALS = (
    "Set the total of claim EXP-0002 to 1,250.00.",
    "Approve EXP-0001.",
    'Create a vendor with name "Osprey, Ltd" and terms 30 days, please.',
    "",
)


def screen(strings: Strings, goal: str, buttons: int, box: bool = False) -> Screen:
    nodes = [Node("button", f"Approve {n}", f"b{n}") for n in range(buttons)]
    nodes[::3] = [node._replace(states=("disabled",)) for node in nodes[::3]]
    if box:
        nodes.append(Node("textbox", "Total", "field:total", "12.50"))
    return Reader(strings).read(
        Observation(goal, Node("document", children=tuple(nodes)), "Not yet", 5)
    )


def net() -> Net:
    torch.manual_seed(1)
    return Net(SMALL).eval()


def read(goals: tuple[str, ...], sizes: tuple[int, ...]) -> tuple[Reading, list[Screen]]:
    """Reads one screen for each goal, all in one batch."""
    strings = Strings()
    screens = [screen(strings, g, n, box=True) for g, n in zip(goals, sizes, strict=True)]
    told = [Goal(g) for g in goals]
    looks = []
    for row, (goal, one) in enumerate(zip(told, screens, strict=True)):
        matches = Lens(goal, strings).match(one, ())
        made = numbered(candidates(goal.text, one, matches, strings))
        looks.append(Look(row, one.lines, matches, made))
    batch = collate(told, looks, strings.table())
    with torch.no_grad():
        return net()(batch), screens


def squared(spans: torch.Tensor, reading: Reading) -> torch.Tensor:
    """Puts the spans by first and last token, without what is composed."""
    tokens = reading.goal.shape[1]
    return spans[:, : tokens * tokens].view(-1, tokens, tokens)


def test_what_can_be_composed_stands_beside_the_spans():
    goals = (*GOALS[:3], "Raise the total of the claim by 7 percent.", "Lower the total by 2.50.")
    reading, screens = read(goals, (3, 4, 5, 6, 7))
    boxes = torch.tensor([len(one.lines) - 1 for one in screens])
    with torch.no_grad():
        spans = net().spans(reading, torch.arange(5), boxes).exp()
        other = net().spans(reading, torch.tensor([4]), torch.tensor([1])).exp()
    tokens = reading.goal.shape[1]
    assert spans.shape == (5, tokens * tokens + 2)
    assert torch.allclose(spans.sum(1), torch.ones(5), atol=1e-4)
    composed = spans[:, tokens * tokens :]
    assert (composed[:4] < 1e-12).all()
    assert (composed[4] > 1e-6).all()
    assert composed[4, 0] != composed[4, 1]
    assert (other[0, tokens * tokens :] < 1e-12).all()


def test_places_of_spans_and_of_what_is_composed():
    first, last = torch.tensor([0, 2, COMPOSED, COMPOSED]), torch.tensor([1, 3, 0, 4])
    assert place(first, last, 10).tolist() == [1, 23, 100, 104]


@pytest.mark.parametrize("row", range(4))
def test_what_stands_beside_a_decision_does_not_change_it(row: int):
    sizes = (3, 40, 9, 1)
    together, screens = read(GOALS, sizes)
    alone, _ = read((GOALS[row],), (sizes[row],))
    elements, tokens = len(screens[row].lines), len(Goal(GOALS[row]).ids)
    assert torch.allclose(together.scores[row, :elements], alone.scores[0], atol=1e-4)
    assert (together.scores[row, elements:] == NEVER).all()
    box = torch.tensor([elements - 1])
    with torch.no_grad():
        many = squared(net().spans(together, torch.tensor([row]), box), together)[0]
        one = squared(net().spans(alone, torch.tensor([0]), box), alone)[0]
    if tokens:
        assert torch.allclose(many[:tokens, :tokens], one[:tokens, :tokens], atol=1e-3)


def test_what_cannot_be_used_is_never_chosen():
    reading, screens = read(GOALS, (3, 40, 9, 1))
    for row, one in enumerate(screens):
        usable = one.lines[:, 5] == 1
        scores = reading.scores[row, : len(usable)].numpy()
        assert (scores[~usable] == NEVER).all()
        assert (scores[usable] > NEVER / 2).all()
        assert usable[int(reading.scores[row].argmax())]


def test_spans_are_probabilities_over_what_the_goal_says_in_order():
    long = " ".join(f"word{n}" for n in range(60))
    reading, screens = read((*GOALS[:3], long), (3, 4, 5, 6))
    boxes = torch.tensor([len(one.lines) - 1 for one in screens])
    with torch.no_grad():
        spans = squared(net().spans(reading, torch.arange(4), boxes), reading).exp()
    assert torch.allclose(spans.sum((1, 2)), torch.ones(4), atol=1e-4)
    for row, goal in enumerate((*GOALS[:3], long)):
        tokens = len(Goal(goal).ids)
        first, last = np.nonzero(spans[row].numpy() > 1e-12)
        assert (first <= last).all()
        assert (last < tokens).all()
        assert (last - first <= LONGEST_SPAN).all()
        assert len(first) > tokens


def test_the_words_on_an_element_matter():
    reading, _ = read((GOALS[0],), (5,))
    assert len({round(float(s), 4) for s in reading.scores[0] if s > NEVER}) > 2


def test_the_size_decides_the_number_of_weights():
    weights = sum(p.numel() for p in Net(Size()).parameters())
    assert 100_000 < weights < 1_250_000
    assert sum(p.numel() for p in Net(SMALL).parameters()) < weights
    assert Size(**SMALL.to_json()) == SMALL


def test_what_is_foretold_is_told_of_every_element():
    reading, screens = read(GOALS, (3, 40, 9, 1))
    assert reading.sure.shape == reading.changes.shape == reading.scores.shape
    for row, one in enumerate(screens):
        assert reading.sure[row, : len(one.lines)].isfinite().all()
    assert len({round(float(odds), 4) for odds in reading.sure[0]}) > 2


def test_training_blurs_what_words_mean_but_not_that_they_mean_nothing():
    network, none = net(), torch.zeros(9, 96)
    meant = torch.randn(2_000, 96)
    assert torch.equal(network.blurred(meant), meant)
    network.train()
    assert torch.equal(network.blurred(none), none)
    moved = (network.blurred(meant) - meant).pow(2).mean(1).sqrt()
    assert (moved > 0).float().mean().item() == pytest.approx(0.5, abs=0.05)
    assert 1.0 < moved.max().item() < 1.6
    assert torch.cosine_similarity(network.blurred(meant), meant).min().item() > 0.4


def test_training_makes_words_strange_and_reading_does_not():
    network = net()
    strings = Strings()
    one = screen(strings, GOALS[0], 3)
    goal = Goal(GOALS[0])
    look = Look(0, one.lines, Lens(goal, strings).match(one, ()))
    batch = collate([goal], [look], strings.table())
    with torch.no_grad():
        same = [network(batch).scores for _ in range(2)]
        network.train()
        other = [network(batch).scores for _ in range(2)]
    assert torch.equal(*same)
    assert not torch.equal(*other)
