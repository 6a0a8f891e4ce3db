"""The trained network as a policy, and the file it is kept in.

A model file is safetensors: the weights, with the network's size and the training's facts as text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from palaestra.errors import UsageError
from palaestra.policies.network.batch import collate
from palaestra.policies.network.elements import Reader
from palaestra.policies.network.net import Net, Size
from palaestra.policies.network.tokens import Strings, read_goal
from palaestra.types import Action, Observation

FORMAT = "palaestra network 2"
MOST_STRINGS = 200_000


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

    @torch.no_grad()
    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns the likeliest action for each observation."""
        if not observations:
            return []
        if len(self._strings) > MOST_STRINGS:
            self._forget()
        screens = [self._reader.read(observation) for observation in observations]
        places: dict[str, int] = {}
        goal_of = [places.setdefault(seen.goal, len(places)) for seen in observations]
        goals = [read_goal(text) for text in places]
        batch = collate(goals, goal_of, [s.lines for s in screens], self._strings.table())
        reading = self.net(batch)
        best = reading.scores.argmax(1).tolist()
        chosen = [screen.actions[e] for screen, e in zip(screens, best, strict=True)]
        filled = [row for row, action in enumerate(chosen) if action.op == "fill"]
        if filled:
            element = torch.tensor([best[row] for row in filled])
            spans = self.net.spans(reading, torch.tensor(filled), element)
            likeliest = spans.flatten(1).argmax(1).tolist()
            for row, span in zip(filled, likeliest, strict=True):
                goal, (first, last) = goals[goal_of[row]], divmod(span, spans.shape[2])
                text = goal.span(first, last) if len(goal.ids) else ""
                chosen[row] = chosen[row]._replace(text=text)
        return chosen

    def to_bytes(self) -> bytes:
        """Returns the model file's content."""
        facts = {"format": FORMAT, "size": self.net.size.to_json(), "facts": self.facts}
        state = {name: tensor.contiguous() for name, tensor in self.net.state_dict().items()}
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
            raise UsageError(f"{name} cannot be read as a model: {wrong}") from wrong
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
