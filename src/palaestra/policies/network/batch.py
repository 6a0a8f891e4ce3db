"""Puts decisions side by side, padded to the same length, for the network to read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from palaestra.policies.network.composing import NONE
from palaestra.policies.network.matching import FULL, TOUCHES, WINDOW, Matches
from palaestra.policies.network.tokens import Goal, Ints

SPREAD = 2
"""Channels that are needed place by place: names and values."""
LATEST = 32
"""How far from its beginning a window of a goal may seem to be."""


class Look(NamedTuple):
    """One decision to be made.

    Attributes:
        goal: Which goal it is about.
        lines: Elements of the screen, (elements, COLUMNS).
        matches: What they have to do with the goal.
        composed: Element, operation and goal token of every text that could be composed, (C, 3).
    """

    goal: int
    lines: Ints
    matches: Matches
    composed: Ints = NONE


class Hits(NamedTuple):
    """Where elements meet goals, H times in all.

    Attributes:
        row: Which decision, (H,).
        channel: How they meet, (H,).
        element: Which element, (H,).
        token: Which token of the goal's window, (H,).
        how: How well, 0 to 1, (H,).
    """

    row: Tensor
    channel: Tensor
    element: Tensor
    token: Tensor
    how: Tensor


class Batch(NamedTuple):
    """Decisions to be made; B decisions over K (windows of) goals, E elements, G tokens.

    Attributes:
        goal_ids: Ids of words, (K, G), 0 beyond the end.
        goal_kinds: What the tokens look like, (K, G).
        goal_begins: Where the window seems to begin, (K,).
        goal_of: Which goal each decision is about, (B,).
        lines: Elements, (B, E, 7) as `elements.COLUMNS` says; role 0 and usable 0 beyond the end.
        facts: As `Matches.facts`, 0 to 1, (B, E, FACTS).
        touched: As `Matches.touched`, 0 to 1, (B, G, TOUCHES).
        hits: Where elements meet the goal.
        coverage: How well names and values meet the goal, the same spread out, (B, 2, E, G).
        strings: Ids of the words of every string that occurs, (S, STRING_TOKENS).
        texts: Name, value and surroundings as rows of `strings`, (B, E, 3).
        present: Whether there is an element, (B, E).
        composed: As `Look.composed`, (B, C, 3); element -1 beyond the end.
    """

    goal_ids: Tensor
    goal_kinds: Tensor
    goal_begins: Tensor
    goal_of: Tensor
    lines: Tensor
    facts: Tensor
    touched: Tensor
    hits: Hits
    coverage: Tensor
    strings: Tensor
    texts: Tensor
    present: Tensor
    composed: Tensor

    def to(self, device: torch.device) -> Batch:
        """Returns the same batch on a device."""
        parts = self._asdict().items()
        moved = {name: part.to(device) for name, part in parts if isinstance(part, Tensor)}
        return self._replace(hits=Hits(*(part.to(device) for part in self.hits)), **moved)


def collate(
    goals: Sequence[Goal] | Mapping[int, Goal], looks: Sequence[Look], table: Ints
) -> Batch:
    """Makes a batch.

    Args:
        goals: The goals that the decisions name, by number.
        looks: The decisions, B of them.
        table: Words of the strings that the elements name, as `Strings.table` has them.
    """
    windows = list(dict.fromkeys((look.goal, look.matches.begin) for look in looks))
    row_of = {window: row for row, window in enumerate(windows)}
    told = [min(len(goals[goal]) - begin, WINDOW) for goal, begin in windows]
    tokens = max(*told, 1) if told else 1
    ids = np.zeros((2, len(windows), tokens), np.int32)
    for row, ((goal, begin), n) in enumerate(zip(windows, told, strict=True)):
        ids[0, row, :n] = goals[goal].words[begin : begin + n]
        ids[1, row, :n] = goals[goal].kinds[begin : begin + n]
    shape = len(looks), max(len(look.lines) for look in looks)
    lines = np.zeros((*shape, looks[0].lines.shape[1]), np.int32)
    facts = np.zeros((*shape, looks[0].matches.facts.shape[1]), np.uint8)
    touched = np.zeros((len(looks), tokens, TOUCHES), np.uint8)
    present = np.zeros(shape, bool)
    composed = np.zeros((len(looks), max(len(look.composed) for look in looks), 3), np.int64)
    composed[:, :, 0] = -1
    for row, (_, own, matches, made) in enumerate(looks):
        composed[row, : len(made)] = made
        lines[row, : len(own)], facts[row, : len(own)] = own, matches.facts
        touched[row, : len(matches.touched)] = matches.touched
        present[row, : len(own)] = True
    hits, coverage = _met([look.matches for look in looks], shape[1], tokens)
    used, texts = np.unique(lines[:, :, 2:5], return_inverse=True)
    return Batch(
        goal_ids=torch.from_numpy(ids[0]),
        goal_kinds=torch.from_numpy(ids[1]),
        goal_begins=torch.tensor([min(begin, LATEST) for _, begin in windows]),
        goal_of=torch.tensor([row_of[look.goal, look.matches.begin] for look in looks]),
        lines=torch.from_numpy(lines),
        facts=torch.from_numpy(facts).float() / FULL,
        touched=torch.from_numpy(touched).float() / FULL,
        hits=hits,
        coverage=coverage,
        strings=torch.from_numpy(table[used]),
        texts=torch.from_numpy(texts.reshape(*shape, 3)),
        present=torch.from_numpy(present),
        composed=torch.from_numpy(composed),
    )


def _met(matches: Sequence[Matches], elements: int, tokens: int) -> tuple[Hits, Tensor]:
    """Puts the matches of all decisions one after the other, and spreads out the first channels."""
    met = np.concatenate([one.hits for one in matches]).astype(np.int64)
    row = np.repeat(np.arange(len(matches)), [len(one.hits) for one in matches])
    element, channel, token = met[:, 0], met[:, 1], met[:, 2]
    how = met[:, 3].astype(np.float32) / FULL
    spread = np.zeros((len(matches), SPREAD, elements, tokens), np.float32)
    own = channel < SPREAD
    spread[row[own], channel[own], element[own], token[own]] = how[own]
    hits = Hits(*map(torch.from_numpy, (row, channel, element, token, how)))
    return hits, torch.from_numpy(spread)
