"""The network: reads a goal and a screen's elements, points at an element and a span of the goal.

How it reads: a word is a vector that is learnt and one that is given (`meanings.py`). A goal of G
tokens goes through a small transformer (Vaswani et al. 2017, pre-norm). Each of the screen's E
elements is a sum of its texts, role and states, and attends to the goal, its attention biased by
where its own words stand in the goal ("coverage": how many of the element's words are found along a
place, as a share of its words). Then elements attend to each other. Text is copied, a first and a
last token of the goal, given the element to fill; or it is one of the candidates that
`composing.py` made for that element, where there are any.

Attention is written out (matmul, softmax): at these sizes it is several times faster on a CPU than
the fused kernel.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from palaestra.policies.network.batch import LATEST, Batch, Hits
from palaestra.policies.network.composing import COMPOSED, OPS
from palaestra.policies.network.elements import ROLES, STATES
from palaestra.policies.network.matching import CHANNELS, FACTS, INSIDE, TOUCHES, WINDOW
from palaestra.policies.network.meanings import Meanings
from palaestra.policies.network.tokens import KINDS

SHIFTS = 12
BACK = 3
LONGEST_SPAN = 24
STRANGE = 0.12
BLURRED = 0.5
FARTHEST = 1.2
NEVER = -1e4


@dataclass(frozen=True)
class Size:
    """How large the network is.

    Attributes:
        width: Length of every vector.
        heads: Attention heads.
        goal_layers: Transformer layers over the goal alone.
        work_layers: Transformer layers over the goal and what has been done of it.
        blocks: Blocks of attention over goal and elements.
        words: Buckets of the table of words.
    """

    width: int = 64
    heads: int = 2
    goal_layers: int = 1
    work_layers: int = 2
    blocks: int = 2
    words: int = 12_288

    def to_json(self) -> dict[str, int]:
        """Returns a plain dict."""
        return asdict(self)


class Reading(NamedTuple):
    """What the network makes of a batch.

    Attributes:
        scores: Log-odds of each element, (B, E); `NEVER` where it cannot be used.
        sure: Log-odds that the episode goes well if that element is used, (B, E).
        changes: Log-odds that using it changes a record, (B, E).
        elements: Vectors of the elements, (B, E, width).
        goal: Vectors of the goal's tokens, (B, G, width).
        told: Whether there is a token, (B, G).
        now: Log-odds that a token is of what is being worked on, (B, G).
        coverage: As `Batch.coverage`.
        inside: What a span should not run across, counted from the goal's start, (B, G + 1, 4).
        composed: As `Batch.composed`.
    """

    scores: Tensor
    sure: Tensor
    changes: Tensor
    elements: Tensor
    goal: Tensor
    told: Tensor
    now: Tensor
    coverage: Tensor
    inside: Tensor
    composed: Tensor


class Attention(nn.Module):
    """Multi-head attention, with a bias on the logits that is learnt per head."""

    def __init__(self, width: int, heads: int, channels: int = 0) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)
        self.weigh = nn.Parameter(torch.randn(channels, heads) * 2) if channels else None

    def forward(self, x: Tensor, of: Tensor, bar: Tensor, hits: Hits | None = None) -> Tensor:
        """Attends.

        Args:
            x: Who attends, (B, X, width).
            of: What is attended to, (B, Y, width).
            bar: Added to the logits, (B, Y), or (B, heads, Y): `NEVER` where nothing is.
            hits: Who meets what; a learnt weight per channel and head makes a bias of it.
        """
        b, n, width = x.shape
        m, dim = of.shape[1], width // self.heads
        query = self.query(x).view(b, n, self.heads, dim).transpose(1, 2).reshape(-1, n, dim)
        pair = self.key_value(of).view(b, m, 2, self.heads, dim)
        key = pair[:, :, 0].permute(0, 2, 3, 1).reshape(-1, dim, m)
        value = pair[:, :, 1].transpose(1, 2).reshape(-1, m, dim)
        bias = bar.view(b, -1, 1, m).expand(b, self.heads, n, m)
        if hits is not None and self.weigh is not None:
            met = self.weigh[hits.channel] * hits.how[:, None]
            row = (hits.row[:, None] * self.heads + torch.arange(self.heads, device=x.device)) * n
            at = (row + hits.element[:, None]) * m + hits.token[:, None]
            bias = bias.flatten().index_add(0, at.flatten(), met.flatten())
        logits = torch.baddbmm(bias.reshape(-1, n, m), query, key, alpha=dim**-0.5)
        mixed = torch.bmm(logits.softmax(2), value).view(b, self.heads, n, dim)
        out: Tensor = self.out(mixed.transpose(1, 2).reshape(b, n, width))
        return out


class Layer(nn.Module):
    """A transformer layer: attention among equals, then a feed-forward part."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm, self.attend = nn.LayerNorm(width), Attention(width, heads)
        self.think = feed_forward(width)

    def forward(self, x: Tensor, bar: Tensor) -> Tensor:
        """Returns x with what its members told each other."""
        normed = self.norm(x)
        x = x + self.attend(normed, normed, bar)
        thought: Tensor = x + self.think(x)
        return thought


class Block(nn.Module):
    """Elements look at the goal, then at each other."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(size.width)
        self.look = Attention(size.width, size.heads, channels=len(CHANNELS))
        self.layer = Layer(size.width, size.heads)

    def forward(self, x: Tensor, goal: Tensor, bar: Tensor, goal_bar: Tensor, hits: Hits) -> Tensor:
        """Returns the elements, knowing more."""
        x = x + self.look(self.norm(x), goal, goal_bar, hits)
        known: Tensor = self.layer(x, bar)
        return known


def feed_forward(width: int) -> nn.Sequential:
    """Returns norm, widening by two, and back."""
    return nn.Sequential(
        nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
    )


class Net(nn.Module):
    """Scores elements and spans.

    Attributes:
        size: How large it is.
        calibration: Scale and shift of the judge's log-odds, (2,).
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        width = size.width
        self.word = nn.Embedding(size.words, width, padding_idx=0)
        self.meanings = Meanings()
        self.sense = nn.Linear(self.meanings.vectors.shape[1], width, bias=False)
        self.kind = nn.Embedding(KINDS, width)
        self.place = nn.Parameter(_waves(WINDOW + LATEST, width) * 0.3)
        self.near = nn.Conv1d(width, width, 5, padding=2)
        self.goal_layers = nn.ModuleList(Layer(width, size.heads) for _ in range(size.goal_layers))
        self.work_layers = nn.ModuleList(Layer(width, size.heads) for _ in range(size.work_layers))
        self.goal_norm = nn.LayerNorm(width)
        self.seen = nn.Linear(TOUCHES, width)
        self.now = nn.Linear(width, 1)
        self.current = nn.Parameter(torch.randn(width) * 0.3)
        self.minding = nn.Parameter(torch.zeros(size.heads, 1))
        self.span_minding = nn.Parameter(torch.zeros(()))
        self.role = nn.Embedding(len(ROLES), width)
        self.state = nn.Linear(len(STATES), width)
        self.texts = nn.ModuleList(nn.Linear(width, width) for _ in range(3))
        self.facts = nn.Sequential(nn.Linear(FACTS, width), nn.GELU(), nn.Linear(width, width))
        self.first = feed_forward(width)
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.blocks))
        self.heads = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, width), nn.GELU(), nn.Linear(width, 3)
        )
        self.span_query = nn.Linear(width, 2 * width)
        self.span_key = nn.Linear(width, 2 * width)
        self.after = nn.Parameter(torch.zeros(2, 2, SHIFTS))
        self.pair = nn.Linear(width, 2 * width)
        self.length = nn.Parameter(torch.zeros(LONGEST_SPAN + 1))
        self.across = nn.Parameter(-torch.ones(INSIDE.stop - INSIDE.start))
        self.calibration: Tensor
        self.register_buffer("calibration", torch.tensor([1.0, 0.0]))
        nn.init.normal_(self.word.weight, std=0.5)
        nn.init.normal_(self.role.weight, std=0.5)
        nn.init.normal_(self.sense.weight, std=0.3 * self.sense.in_features**-0.5)
        self.op = nn.Embedding(len(OPS), width)
        self.filled = nn.Linear(width, width)
        self.compose = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width), nn.GELU())
        self.composed = nn.Linear(width, 1)

    @property
    def device(self) -> torch.device:
        """Returns where the weights are."""
        return self.calibration.device

    def bag(self, tokens: Tensor) -> Tensor:
        """Returns the mean of words, (S, T) to (S, width).

        In training some words are known by their meaning only, and what some texts mean is moved.
        """
        words = self.estranged(self.bucket(tokens))
        rows = self.meanings.rows(tokens)
        meant = F.embedding_bag(rows, self.meanings.vectors, mode="sum", padding_idx=0)
        vectors = self.word(words).sum(-2) + self.sense(self.blurred(meant))
        mean: Tensor = vectors / (tokens > 0).sum(-1, keepdim=True).clamp(min=1)
        return mean

    def bucket(self, tokens: Tensor) -> Tensor:
        """Returns rows of the table of words; 0 stays 0."""
        return torch.where(tokens > 0, 1 + tokens % (self.size.words - 1), 0)

    def estranged(self, words: Tensor) -> Tensor:
        """Puts words never seen in place of some, in training: no word is relied on."""
        if not self.training:
            return words
        strange = torch.randint_like(words, 1, self.size.words)
        kept = torch.rand(words.shape, device=words.device) >= STRANGE
        return torch.where(kept | (words == 0), words, strange)

    def blurred(self, meant: Tensor) -> Tensor:
        """Moves what some words or texts mean, in training, as far as to a synonym near by."""
        if not self.training:
            return meant
        shape, device = (*meant.shape[:-1], 1), meant.device
        moved = (torch.rand(shape, device=device) < BLURRED) & meant.any(-1, keepdim=True)
        far = FARTHEST * torch.rand(shape, device=device) * moved
        return meant + torch.randn_like(meant) * far

    def read_goals(self, batch: Batch) -> Tensor:
        """Returns vectors of the goals' tokens, (K, G, width)."""
        ids = batch.goal_ids
        places = torch.arange(ids.shape[1], device=ids.device) + batch.goal_begins[:, None]
        rows = self.meanings.rows(ids)
        if self.training:
            known = torch.rand(rows.shape, device=rows.device) >= STRANGE / 2
            rows = rows * known
            later = torch.randint_like(batch.goal_begins, 0, LATEST) * (batch.goal_begins == 0)
            places = places + later[:, None]
        meant = self.blurred(self.meanings.vectors[rows])
        x = self.word(self.estranged(self.bucket(ids))) + self.sense(meant)
        x = x + self.kind(batch.goal_kinds) + self.place[places]
        told = ids > 0
        x = x * told[:, :, None]
        x = x + self.near(x.transpose(1, 2)).transpose(1, 2)
        bar = _bar(told)
        for layer in self.goal_layers:
            x = layer(x, bar)
        read: Tensor = x
        return read

    def forward(self, batch: Batch) -> Reading:
        """Reads a batch."""
        goal = self.read_goals(batch)[batch.goal_of] + self.seen(batch.touched)
        told = (batch.goal_ids > 0)[batch.goal_of]
        goal_bar = _bar(told)
        for layer in self.work_layers:
            goal = layer(goal, goal_bar)
        goal = self.goal_norm(goal)
        now = self.now(goal).squeeze(2)
        goal = goal + now.sigmoid()[:, :, None] * self.current
        at_work = goal_bar[:, None] + F.logsigmoid(now)[:, None] * F.softplus(self.minding)
        bits = torch.arange(len(STATES), device=goal.device)
        states = (batch.lines[:, :, 1, None] >> bits) & 1
        bags = self.bag(batch.strings)
        told_by = [
            F.embedding(batch.texts[:, :, i], text(bags)) for i, text in enumerate(self.texts)
        ]
        x = (
            told_by[0]
            + told_by[1]
            + told_by[2]
            + self.role(batch.lines[:, :, 0])
            + self.state(states.to(goal.dtype))
            + self.facts(batch.facts)
        )
        x = x + self.first(x)
        bar = _bar(batch.present)
        for block in self.blocks:
            x = block(x, goal, bar, at_work, batch.hits)
        scores, sure, changes = self.heads(x).float().unbind(2)
        scores = scores.masked_fill(batch.lines[:, :, 5] == 0, NEVER)
        inside = F.pad(batch.touched[:, :, INSIDE].cumsum(1), (0, 0, 1, 0))
        return Reading(
            scores, sure, changes, x, goal, told, now, batch.coverage, inside, batch.composed
        )

    def spans(self, reading: Reading, which: Tensor, element: Tensor) -> Tensor:
        """Scores which text goes into an element: a span of the goal, or what is composed.

        A span's score is the sum of how well it begins, how well it ends, how its two ends go
        together, its length, and what it runs across (labels, commas, quotation marks).

        Args:
            reading: What `forward` returned.
            which: Decisions, (N,).
            element: The element that is filled in each, (N,).

        Returns:
            Log-probabilities, (N, G * G + C): of the spans by first and last token, then of the
            candidates; `place` finds them.
        """
        scale = math.sqrt(self.size.width)
        goal, told = reading.goal[which], reading.told[which]
        tokens = goal.shape[1]
        query = self.span_query(reading.elements[which, element]).view(len(which), 2, -1)
        key = self.span_key(goal).view(*goal.shape[:2], 2, -1)
        ends = torch.einsum("nsd,ngsd->nsg", query, key) / scale
        covered = reading.coverage[which, :, element]
        shifted = F.pad(covered, (SHIFTS - BACK - 1, BACK)).unfold(2, SHIFTS, 1)
        at_work = F.logsigmoid(reading.now[which])[:, None] * F.softplus(self.span_minding)
        ends = ends + torch.einsum("ncgk,sck->nsg", shifted, self.after) + at_work
        first, last = ends.unbind(1)
        begins, closes = self.pair(goal).chunk(2, 2)
        at = torch.arange(tokens, device=goal.device)
        apart = at[None, :] - at[:, None]
        inside = reading.inside[which] @ self.across
        logits = (
            first[:, :, None]
            + last[:, None, :]
            + begins @ closes.transpose(1, 2) / scale
            + self.length[apart.clamp(0, LONGEST_SPAN)]
            + (inside[:, None, 1:] - inside[:, :-1, None])
        )
        fits = (apart >= 0) & (apart <= LONGEST_SPAN) & told[:, :, None] & told[:, None, :]
        flat = logits.masked_fill(~fits, NEVER).flatten(1)
        if reading.composed.shape[1]:
            flat = torch.cat([flat, self._composed(reading, which, element)], 1)
        likely: Tensor = flat.float().log_softmax(1)
        return likely

    def _composed(self, reading: Reading, which: Tensor, element: Tensor) -> Tensor:
        """Scores what could be composed for an element, (N, C); `NEVER` what is for others."""
        owner, op, token = reading.composed[which].unbind(2)
        x = self.filled(reading.elements[which, element])[:, None]
        x = x + reading.goal[which[:, None], token] + self.op(op)
        at_work = F.logsigmoid(reading.now[which[:, None], token]) * F.softplus(self.span_minding)
        scores: Tensor = self.composed(self.compose(x)).squeeze(2) + at_work
        return scores.masked_fill(owner != element[:, None], NEVER)


def place(first: Tensor, last: Tensor, tokens: int) -> Tensor:
    """Returns where in `Net.spans` a span stands, or a candidate where first is `COMPOSED`.

    Args:
        first: First tokens, (N,).
        last: Last tokens, or numbers of candidates, (N,).
        tokens: How many tokens the goals have, G.
    """
    return torch.where(first == COMPOSED, tokens * tokens, first * tokens) + last


def _bar(present: Tensor) -> Tensor:
    return torch.where(present, 0.0, NEVER)


def _waves(n: int, width: int) -> Tensor:
    """Returns the sine and cosine places of Vaswani et al. 2017, (n, width)."""
    angle = torch.arange(n)[:, None] / 10_000 ** (torch.arange(0, width, 2) / width)
    return torch.stack([angle.sin(), angle.cos()], 2).reshape(n, width)
