"""Puts decisions side by side, padded to the same length, for the network to read at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from palaestra.policies.network.net import NAME_TOKENS, Batch
from palaestra.policies.network.tokens import STRING_TOKENS, Goal, Ints


def collate(
    goals: Sequence[Goal], goal_of: Sequence[int], screens: Sequence[Ints], table: Ints
) -> Batch:
    """Makes a batch.

    Args:
        goals: The goals, K of them.
        goal_of: Which goal each decision is about, B of them.
        screens: Elements of each decision, (elements, COLUMNS).
        table: Tokens and leads of the strings that the elements name, as `Strings.table` has them.
    """
    tokens = max(len(goal.ids) for goal in goals)
    ids = np.zeros((3, len(goals), max(tokens, 1)), np.int32)
    for row, goal in enumerate(goals):
        ids[0, row, : len(goal.ids)] = goal.ids
        ids[1, row, : len(goal.ids)] = goal.kinds
        ids[2, row, : len(goal.ids)] = goal.leads
    most = max(len(lines) for lines in screens)
    lines = np.zeros((len(screens), most, screens[0].shape[1]), np.int32)
    present = np.zeros((len(screens), most), bool)
    for row, screen in enumerate(screens):
        lines[row, : len(screen)] = screen
        present[row, : len(screen)] = True
    used, texts = np.unique(lines[:, :, 2:5], return_inverse=True)
    goal_ids, goal_kinds, goal_leads = torch.from_numpy(ids)
    return Batch(
        goal_ids=goal_ids,
        goal_kinds=goal_kinds,
        goal_leads=goal_leads,
        goal_of=torch.tensor(goal_of),
        lines=torch.from_numpy(lines),
        names=torch.from_numpy(table[lines[:, :, 2], :NAME_TOKENS]),
        values=torch.from_numpy(table[lines[:, :, 3], :NAME_TOKENS]),
        arounds=torch.from_numpy(table[lines[:, :, 4], :STRING_TOKENS]),
        leads=torch.from_numpy(table[lines[:, :, 2], STRING_TOKENS:]),
        strings=torch.from_numpy(table[used, :STRING_TOKENS]),
        texts=torch.from_numpy(texts.reshape(*lines.shape[:2], 3)),
        present=torch.from_numpy(present),
    )
