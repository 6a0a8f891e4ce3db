"""The network: reads a goal and a screen's elements, points at an element and a span of the goal.

How it reads: a goal of G tokens goes through a small transformer (Vaswani et al. 2017, pre-norm).
Each of the screen's E elements is a sum of its texts, role and states, and attends to the goal,
its attention biased by where its own words stand in the goal ("coverage": how many of the
element's words are found along a place, as a share of its words). Then elements attend to each
other. Text is only ever copied: a first and a last token of the goal, given the element to fill.

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

from palaestra.policies.network.elements import BIT, ROLE, ROLES, STATES
from palaestra.policies.network.tokens import COMMA, GOAL_TOKENS, KINDS, NO, QUOTE, YES

NAME_TOKENS = 6
SHIFTS = 12
BACK = 3
LONGEST_SPAN = 24
INSIDE = 4
STRANGE = 0.12
NEAR = 4
FACTS = 11 + 4 * NEAR
NEVER = -1e4
CHOSEN = BIT["checked"] | BIT["selected"]


@dataclass(frozen=True)
class Size:
    """How large the network is.

    Attributes:
        width: Length of every vector.
        heads: Attention heads.
        goal_layers: Transformer layers over the goal.
        blocks: Blocks of attention over goal and elements.
        words: Buckets of the table of words.
    """

    width: int = 64
    heads: int = 4
    goal_layers: int = 2
    blocks: int = 2
    words: int = 4096

    def to_json(self) -> dict[str, int]:
        """Returns a plain dict."""
        return asdict(self)


class Batch(NamedTuple):
    """Decisions to be made; B decisions over K goals.

    Attributes:
        goal_ids: Token ids, (K, G), 0 beyond the end.
        goal_kinds: What the tokens look like, (K, G).
        goal_leads: What codes begin with, (K, G).
        goal_of: Which goal each decision is about, (B,).
        lines: Elements, (B, E, 6) as `elements.COLUMNS` says; role 0 and usable 0 beyond the end.
        names: Token ids of names, (B, E, NAME_TOKENS).
        values: Token ids of values, (B, E, NAME_TOKENS).
        arounds: Token ids of surroundings, (B, E, STRING_TOKENS).
        leads: What codes for the name could begin with, (B, E, LEADS).
        strings: Token ids of every string that occurs, (S, STRING_TOKENS).
        texts: Name, value and surroundings as rows of `strings`, (B, E, 3).
        present: Whether there is an element, (B, E).
    """

    goal_ids: Tensor
    goal_kinds: Tensor
    goal_leads: Tensor
    goal_of: Tensor
    lines: Tensor
    names: Tensor
    values: Tensor
    arounds: Tensor
    leads: Tensor
    strings: Tensor
    texts: Tensor
    present: Tensor


class Reading(NamedTuple):
    """What the network makes of a batch.

    Attributes:
        scores: Log-odds of each element, (B, E); `NEVER` where it cannot be used.
        elements: Vectors of the elements, (B, E, width).
        goal: Vectors of the goal's tokens, (B, G, width).
        told: Whether there is a token, (B, G).
        coverage: How each element's name, value, surroundings and lead cover the goal,
            (B, 4, E, G).
        inside: What a span should not run across, counted from the goal's start,
            (B, G + 1, INSIDE).
    """

    scores: Tensor
    elements: Tensor
    goal: Tensor
    told: Tensor
    coverage: Tensor
    inside: Tensor


def runs(texts: Tensor, goal: Tensor) -> Tensor:
    """Returns how far a text, laid along the goal, covers each token of it.

    Args:
        texts: Token ids, (B, E, T), 0 beyond the end.
        goal: Token ids, (B, G), 0 beyond the end.

    Returns:
        (B, E, G): for each goal token, of all places where the text could begin so that one of its
        words meets this very token, the largest share of its words that meet their like there.
    """
    words = texts.shape[2]
    tokens = goal.shape[1]
    padded = F.pad(goal, (0, words - 1), value=-1)
    equal = [
        (texts[:, :, t, None] == padded[:, None, :]) & (texts[:, :, t, None] > 0)
        for t in range(words)
    ]
    matched = torch.zeros(*texts.shape[:2], tokens)
    for t in range(words):
        matched += equal[t][:, :, t : t + tokens]
    length = (texts > 0).sum(2).clamp(min=1).to(matched.dtype)
    matched /= length[:, :, None]
    covered = torch.zeros_like(matched)
    for t in range(min(words, tokens)):
        part = matched[:, :, : tokens - t] * equal[t][:, :, t:tokens]
        covered[:, :, t:] = torch.maximum(covered[:, :, t:], part)
    return covered


def follows(before: Tensor, after: Tensor) -> Tensor:
    """Says whether one text stands in the goal just before another.

    Args:
        before: Tokens that the first text covers whole, (B, E, G) or (B, 1, G).
        after: Tokens that the second one covers whole, likewise.

    Returns:
        (B, E, NEAR): 1 at k where the second begins k + 1 tokens after the first ends.
    """
    ends = before & ~F.pad(before[:, :, 1:], (0, 1))
    begins = after & ~F.pad(after[:, :, :-1], (1, 0))
    tokens = ends.shape[2]
    near = [
        (ends[:, :, : max(0, tokens - k)] & begins[:, :, k:]).any(2) for k in range(1, NEAR + 1)
    ]
    return torch.stack(near, 2).float()


class Attention(nn.Module):
    """Multi-head attention, with a bias on the logits that is learnt per head."""

    def __init__(self, width: int, heads: int, biases: int = 0) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)
        self.weigh = nn.Parameter(torch.randn(biases, heads) * 2) if biases else None

    def forward(self, x: Tensor, of: Tensor, bar: Tensor, bias: Tensor | None = None) -> Tensor:
        """Attends.

        Args:
            x: Who attends, (B, X, width).
            of: What is attended to, (B, Y, width).
            bar: Added to the logits, (B, 1, 1, Y): `NEVER` where nothing is.
            bias: Features that a learnt weight per head turns into a bias, (B, biases, X, Y).
        """
        b, n, width = x.shape
        dim = width // self.heads
        query = (self.query(x) / math.sqrt(dim)).view(b, n, self.heads, dim).transpose(1, 2)
        key, value = (
            self.key_value(of).view(b, of.shape[1], 2, self.heads, dim).permute(2, 0, 3, 1, 4)
        )
        logits = query @ key.transpose(2, 3) + bar
        if bias is not None and self.weigh is not None:
            weighed = self.weigh.T @ bias.flatten(2)
            logits = logits + weighed.view(b, self.heads, n, -1)
        mixed: Tensor = logits.softmax(3) @ value
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
        self.look = Attention(size.width, size.heads, biases=4)
        self.layer = Layer(size.width, size.heads)

    def forward(
        self, x: Tensor, goal: Tensor, bar: Tensor, goal_bar: Tensor, coverage: Tensor
    ) -> Tensor:
        """Returns the elements, knowing more."""
        x = x + self.look(self.norm(x), goal, goal_bar, coverage)
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
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        width = size.width
        self.word = nn.Embedding(size.words, width, padding_idx=0)
        self.kind = nn.Embedding(KINDS, width)
        self.place = nn.Parameter(_waves(GOAL_TOKENS, width) * 0.3)
        self.near = nn.Conv1d(width, width, 5, padding=2)
        self.goal_layers = nn.ModuleList(Layer(width, size.heads) for _ in range(size.goal_layers))
        self.goal_norm = nn.LayerNorm(width)
        self.seen = nn.Linear(5, width)
        self.role = nn.Embedding(len(ROLES), width)
        self.state = nn.Linear(len(STATES), width)
        self.texts = nn.ModuleList(nn.Linear(width, width) for _ in range(3))
        self.facts = nn.Sequential(nn.Linear(FACTS, width), nn.GELU(), nn.Linear(width, width))
        self.first = feed_forward(width)
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.blocks))
        self.score = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1)
        )
        self.span_query = nn.Linear(width, 2 * width)
        self.span_key = nn.Linear(width, 2 * width)
        self.after = nn.Parameter(torch.zeros(2, 2, SHIFTS))
        self.pair = nn.Linear(width, 2 * width)
        self.length = nn.Parameter(torch.zeros(LONGEST_SPAN + 1))
        self.across = nn.Parameter(-torch.ones(INSIDE))
        nn.init.normal_(self.word.weight, std=0.5)
        nn.init.normal_(self.role.weight, std=0.5)

    def bag(self, tokens: Tensor) -> Tensor:
        """Returns the mean of words, (..., T) to (..., width)."""
        vectors = self.word(self.bucket(tokens)).sum(-2)
        mean: Tensor = vectors / (tokens > 0).sum(-1, keepdim=True).clamp(min=1)
        return mean

    def bucket(self, tokens: Tensor) -> Tensor:
        """Returns rows of the table of words; 0 stays 0."""
        return torch.where(tokens > 0, 1 + tokens % (self.size.words - 1), 0)

    def read_goals(self, batch: Batch) -> Tensor:
        """Returns vectors of the goals' tokens, (K, G, width).

        In training some words look like words never seen, so that no shape of wording is relied on.
        """
        ids = batch.goal_ids
        words = self.bucket(ids)
        if self.training:
            strange = torch.randint(1, self.size.words, words.shape, dtype=words.dtype)
            words = torch.where((torch.rand(words.shape) < STRANGE) & (ids > 0), strange, words)
        x = self.word(words) + self.kind(batch.goal_kinds) + self.place[: ids.shape[1]]
        told = ids > 0
        x = x * told[:, :, None]
        x = x + self.near(x.transpose(1, 2)).transpose(1, 2)
        bar = _bar(told)
        for layer in self.goal_layers:
            x = layer(x, bar)
        normed: Tensor = self.goal_norm(x)
        return normed

    def forward(self, batch: Batch) -> Reading:
        """Reads a batch."""
        goal = self.read_goals(batch)[batch.goal_of]
        ids = batch.goal_ids[batch.goal_of]
        told = ids > 0
        with torch.no_grad():
            kinds = batch.goal_kinds[batch.goal_of]
            name, value = runs(batch.names, ids), runs(batch.values, ids)
            around = (batch.arounds[:, :, :, None] == ids[:, None, None, :]).any(2) & told[
                :, None, :
            ]
            label = runs(batch.arounds[:, :, :NAME_TOKENS], ids) > 0.99
            leads = batch.goal_leads[batch.goal_of]
            lead = (batch.leads[:, :, :, None] == leads[:, None, None, :]).any(2) & (leads > 0)[
                :, None, :
            ]
            coverage = torch.stack([name, value, around.to(name.dtype), lead.to(name.dtype)], 1)
            role = batch.lines[:, :, 0]
            box = ((role >= ROLE["textbox"]) & (role <= ROLE["checkbox"]))[:, :, None]
            chosen = (batch.lines[:, :, 1] & CHOSEN > 0)[:, :, None]
            usable = batch.lines[:, :, 5:6]
            seen = torch.stack(
                [
                    (name * usable).amax(1),
                    (value * box).amax(1),
                    (name * chosen).amax(1),
                    value.amax(1),
                    (lead * usable).amax(1),
                ],
                2,
            )
            facts = torch.cat(
                [
                    coverage.amax(3).transpose(1, 2),
                    (coverage > 0.99).sum(3).clamp(max=6).transpose(1, 2) / 6.0,
                    torch.stack(
                        [(t > 0).sum(2) for t in (batch.names, batch.values, batch.arounds)], 2
                    )
                    / 6.0,
                    follows(label, name > 0.99),
                    follows(name > 0.99, value > 0.99),
                    follows(name > 0.99, (kinds == YES)[:, None, :]),
                    follows(name > 0.99, (kinds == NO)[:, None, :]),
                ],
                2,
            )
            labels = (name * box).amax(1) > 0.99
            counted = [labels, kinds == COMMA, kinds == QUOTE, (name * usable).amax(1) > 0.99]
            inside = F.pad(torch.stack(counted, 2).float().cumsum(1), (0, 0, 1, 0))
        goal = goal + self.seen(seen)
        states = (batch.lines[:, :, 1, None] >> torch.arange(len(STATES))) & 1
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
            + self.facts(facts)
        )
        x = x + self.first(x)
        bar, goal_bar = _bar(batch.present), _bar(told)
        for block in self.blocks:
            x = block(x, goal, bar, goal_bar, coverage)
        scores = self.score(x).squeeze(2).float().masked_fill(batch.lines[:, :, 5] == 0, NEVER)
        return Reading(scores, x, goal, told, coverage, inside)

    def spans(self, reading: Reading, which: Tensor, element: Tensor) -> Tensor:
        """Scores which span of the goal is copied into an element.

        A span's score is the sum of how well it begins, how well it ends, how its two ends go
        together, its length, and what it runs across (labels, commas, quotation marks).

        Args:
            reading: What `forward` returned.
            which: Decisions, (N,).
            element: The element that is filled in each, (N,).

        Returns:
            Log-probabilities of the spans by first and last token, (N, G, G).
        """
        scale = math.sqrt(self.size.width)
        goal, told = reading.goal[which], reading.told[which]
        tokens = goal.shape[1]
        query = self.span_query(reading.elements[which, element]).view(len(which), 2, -1)
        key = self.span_key(goal).view(*goal.shape[:2], 2, -1)
        ends = torch.einsum("nsd,ngsd->nsg", query, key) / scale
        covered = reading.coverage[which, :2, element]
        shifted = F.pad(covered, (SHIFTS - BACK - 1, BACK)).unfold(2, SHIFTS, 1)
        first, last = (ends + torch.einsum("ncgk,sck->nsg", shifted, self.after)).unbind(1)
        begins, closes = self.pair(goal).chunk(2, 2)
        apart = torch.arange(tokens)[None, :] - torch.arange(tokens)[:, None]
        inside = reading.inside[which] @ self.across
        logits = (
            first[:, :, None]
            + last[:, None, :]
            + begins @ closes.transpose(1, 2) / scale
            + self.length[apart.clamp(0, LONGEST_SPAN)]
            + (inside[:, None, 1:] - inside[:, :-1, None])
        )
        fits = (apart >= 0) & (apart <= LONGEST_SPAN) & told[:, :, None] & told[:, None, :]
        flat: Tensor = logits.masked_fill(~fits, NEVER).flatten(1).float().log_softmax(1)
        return flat.view(len(which), tokens, tokens)


def _bar(present: Tensor) -> Tensor:
    return torch.where(present, 0.0, NEVER)[:, None, None, :]


def _waves(n: int, width: int) -> Tensor:
    """Returns the sine and cosine places of Vaswani et al. 2017, (n, width)."""
    angle = torch.arange(n)[:, None] / 10_000 ** (torch.arange(0, width, 2) / width)
    return torch.stack([angle.sin(), angle.cos()], 2).reshape(n, width)
