"""The trained network as a policy, and the file it is kept in.

A model file is safetensors: the weights, with the network's size and the training's facts as text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from palaestra.errors import UsageError
from palaestra.policies.network.batch import Look, collate
from palaestra.policies.network.composing import COMPOSED, candidates, numbered
from palaestra.policies.network.elements import Reader, Screen
from palaestra.policies.network.matching import Lens
from palaestra.policies.network.net import Net, Size
from palaestra.policies.network.tokens import Strings, read_goal
from palaestra.policies.network.weariness import WEARY, returns
from palaestra.types import Action, Observation, Op

FORMAT = "palaestra network 8"
MOST_STRINGS = 200_000
MOST_GOALS = 2_000


class Decision(NamedTuple):
    """What the network would do.

    Attributes:
        action: What it does.
        sure: How likely the episode is to go well then, 0 to 1.
        element: Which of the screen's elements that uses.
        span: First and last token of the goal that are copied, counted from where the goal is read;
            -1 where nothing is; `COMPOSED` and the number of a candidate where text is composed.
        likely: The log-probability of all this.
    """

    action: Action
    sure: float
    element: int
    span: tuple[int, int]
    likely: float


class NetworkPolicy:
    """Acts by the network's first choice.

    Attributes:
        name: What tables call it.
        net: The network.
        facts: What is known of its training.
    """

    def __init__(
        self, net: Net, name: str = "network", facts: dict[str, Any] | None = None
    ) -> None:
        self.net, self.name, self.facts = net.eval(), name, facts or {}
        self._forget()

    def _forget(self) -> None:
        self._strings = Strings()
        self._reader = Reader(self._strings)
        self._lenses: dict[str, Lens] = {}

    @torch.no_grad()
    def decide(
        self, observations: Sequence[Observation], chance: torch.Generator | None = None
    ) -> list[Decision]:
        """Returns what to do at each observation.

        Args:
            observations: What is seen.
            chance: Draws from what is likely; None for the likeliest.
        """
        if not observations:
            return []
        if len(self._strings) > MOST_STRINGS or len(self._lenses) > MOST_GOALS:
            self._forget()
        screens = [self._reader.read(observation) for observation in observations]
        places: dict[str, int] = {}
        looks, made = [], []
        for seen, screen in zip(observations, screens, strict=True):
            lens = self._lenses.get(seen.goal)
            if lens is None:
                lens = self._lenses[seen.goal] = Lens(read_goal(seen.goal), self._strings)
            place = places.setdefault(seen.goal, len(places))
            matches = lens.match(screen, seen.past)
            made.append(candidates(seen.goal, screen, matches, self._strings))
            looks.append(Look(place, screen.lines, matches, numbered(made[-1])))
        goals = [read_goal(text) for text in places]
        device = self.net.device
        reading = self.net(collate(goals, looks, self._strings.table()).to(device))
        scores = reading.scores.cpu()
        if chance is None:
            for row, (seen, screen) in enumerate(zip(observations, screens, strict=True)):
                if found := returns(seen.past):
                    scores[row, : len(screen.lines)] -= WEARY * self._wearied(found, screen)
        best, likely = _drawn(scores.log_softmax(1), chance)
        scale, shift = self.net.calibration
        odds = reading.sure.gather(1, best[:, None].to(device))
        sure = (odds * scale + shift).sigmoid().squeeze(1).tolist()
        decisions = [
            Decision(screen.actions[element], how_sure, element, (-1, -1), how_likely)
            for screen, element, how_sure, how_likely in zip(
                screens, best.tolist(), sure, likely.tolist(), strict=True
            )
        ]
        filled = [row for row, one in enumerate(decisions) if one.action.op == "fill"]
        if filled:
            rows = torch.tensor(filled)
            spans = self.net.spans(reading, rows.to(device), best[rows].to(device))
            copied, how = _drawn(spans.cpu(), chance)
            tokens = reading.goal.shape[1]
            for row, span, log in zip(filled, copied.tolist(), how.tolist(), strict=True):
                goal, begin = goals[looks[row].goal], looks[row].matches.begin
                if span < tokens * tokens:
                    first, last = divmod(span, tokens)
                    text = goal.span(begin + first, begin + last) if len(goal) else ""
                else:
                    first, last = COMPOSED, span - tokens * tokens
                    text = made[row][last].text
                one = decisions[row]
                decisions[row] = one._replace(
                    action=one.action._replace(text=text),
                    span=(first, last),
                    likely=one.likely + log,
                )
        return decisions

    def _wearied(self, found: Mapping[tuple[Op, str], int], screen: Screen) -> torch.Tensor:
        """Returns how often each element was come back to in vain, (elements,)."""
        texts, names = self._strings.texts, screen.lines[:, 2].tolist()
        deeds = zip(screen.actions, names, strict=True)
        return torch.tensor([float(found.get((a.op, texts[name]), 0)) for a, name in deeds])

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns the likeliest action for each observation."""
        return [decision.action for decision in self.decide(observations)]

    def judge(self, observations: Sequence[Observation]) -> list[float]:
        """Returns how likely each episode is to go well, with the action that `act` chooses."""
        return [decision.sure for decision in self.decide(observations)]

    def to_bytes(self) -> bytes:
        """Returns the model file's content."""
        facts = {"format": FORMAT, "size": self.net.size.to_json(), "facts": self.facts}
        state = {name: tensor.contiguous().cpu() for name, tensor in self.net.state_dict().items()}
        return save(state, {"palaestra": json.dumps(facts)})

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "network") -> NetworkPolicy:
        """Reads a model file's content.

        Raises:
            UsageError: If it is not one of ours.
        """
        try:
            length = int.from_bytes(data[:8], "little")
            header = json.loads(data[8 : 8 + length])
            about = json.loads(header.get("__metadata__", {}).get("palaestra", "{}"))
            if about.get("format") != FORMAT:
                raise UsageError(
                    f"{name} is not a model of this version ({FORMAT}); "
                    "train one with palaestra train"
                )
            net = Net(Size(**about["size"]))
            net.load_state_dict(load(data))
        except (
            SafetensorError,
            ValueError,
            RuntimeError,
            KeyError,
            TypeError,
            AttributeError,
        ) as wrong:
            raise UsageError(
                f"{name} cannot be read as a model, which is a .safetensors file that palaestra "
                f"train wrote: {wrong}"
            ) from wrong
        return cls(net, name, about["facts"])

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> NetworkPolicy:
        """Reads a model file.

        Raises:
            UsageError: If there is none, or it is not one of ours.
        """
        try:
            data = Path(path).read_bytes()
        except OSError as wrong:
            raise UsageError(f"{path} cannot be read ({wrong.strerror})") from wrong
        return cls.from_bytes(data, str(path))


def _drawn(logs: torch.Tensor, chance: torch.Generator | None) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns a choice in each row of log-probabilities, and how likely it was.

    A network whose weights are no numbers any more still acts, by its first choice.
    """
    if chance is None or not logs.isfinite().all():
        best = logs.argmax(1)
    else:
        best = torch.multinomial(logs.exp(), 1, generator=chance).squeeze(1)
    return best, logs.gather(1, best[:, None]).squeeze(1)
