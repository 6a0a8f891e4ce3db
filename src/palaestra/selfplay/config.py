"""How a training is set up: one frozen configuration, presets that differ in numbers only."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from palaestra.errors import UsageError
from palaestra.policies.network.net import Size


@dataclass(frozen=True)
class Config:
    """What a training is told.

    Attributes:
        gyms: What is practised in.
        seed: Decides everything that is drawn.
        budget_s: Seconds of training; the rate of learning falls towards the end of it.
        rounds: Rounds of training, whatever time they take; 0 to go by the budget.
        goals: Goals proposed in a round.
        skins: Share of the goals that are practised in other skins than the plain one.
        disturbed: Share of the goals where something goes wrong on the way.
        imitate_rounds: First rounds, in which the solver only imitates and attempts nothing.
        proposer: "learns" from earlier goals what to try; "random" goes by fixed weights, the
            same in all gyms.
        curriculum: Whether a proposer that learns prefers what the solver solves sometimes; if
            not, only what is new is worth more.
        past_selves: Share of the goals that an earlier self attempts, once there is one, so that
            states are seen to which the present one no longer comes.
        workers: Actors; 0 for as many as there are cores, but one that learns. A round is divided
            among them, so their number decides what is learnt, and a run keeps to it.
        company: Where actors live: "processes" on this machine, or "ray".
        device: Where the learner learns: "cpu", "cuda" (in bfloat16), or "auto", which is CUDA
            where there is one. Actors play on the cores.
        search: Whether it is searched for what would have been right where the solver failed; if
            not, only the proposer's own way is learnt from.
        groups: Goals of a round that are attempted four times by chance, for the policy gradient.
        gradient: Weight of the policy gradient beside imitation.
        auxiliary: Whether what will come of an action is learnt as well: the judge, consequences.
        keep_solved: Share of the goals that the solver solved whose demonstration is learnt from.
        reuse: How often a decision is learnt from again, on average, after its own round.
        window: Rounds whose decisions are still learnt from.
        batch: Decisions in a step of learning.
        rate: Highest rate of learning.
        decay: Share of the training, at its end, in which the rate falls to nothing.
        parent: Hash of the model that is gone on from (--from); "" to begin from nothing.
        size: How large the network is.
    """

    gyms: tuple[str, ...] = ("accounting", "crm", "travel", "procedural")
    seed: int = 0
    budget_s: float = 900.0
    rounds: int = 0
    goals: int = 512
    skins: float = 0.5
    disturbed: float = 0.25
    imitate_rounds: int = 12
    proposer: str = "learns"
    curriculum: bool = True
    past_selves: float = 0.1
    workers: int = 0
    company: str = "processes"
    device: str = "auto"
    search: bool = True
    groups: int = 16
    gradient: float = 0.3
    auxiliary: bool = True
    keep_solved: float = 0.5
    reuse: float = 2.0
    window: int = 100
    batch: int = 64
    rate: float = 2e-3
    decay: float = 0.25
    parent: str = ""
    size: Size = field(default_factory=Size)

    def to_json(self) -> dict[str, Any]:
        """Returns a plain dict."""
        return asdict(self)

    @classmethod
    def setting(cls, text: str) -> tuple[str, Any]:
        """Reads a setting as it is told on the command line: "curriculum=no".

        Raises:
            UsageError: If there is no such setting, or it cannot have such a value.
        """
        name, equals, value = text.partition("=")
        known = {one.name: getattr(cls(), one.name) for one in fields(cls) if one.name not in TOLD}
        if not equals or name not in known:
            raise UsageError(f"A setting looks like NAME=VALUE, of: {', '.join(known)}")
        kind = type(known[name])
        try:
            return name, YES_NO[value] if kind is bool else kind(value)
        except (KeyError, ValueError):
            wanted = "yes or no" if kind is bool else f"a value like {known[name]}"
            raise UsageError(f"{name} takes {wanted}; got {value!r}") from None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Config:
        """Reads what `to_json` wrote.

        Raises:
            UsageError: If the data is of another version.
        """
        known = {one.name for one in fields(cls)}
        if set(data) != known:
            odd = ", ".join(sorted(known ^ set(data)))
            raise UsageError(f"The configuration is of another version: it differs in {odd}")
        try:
            return cls(**{**data, "gyms": tuple(data["gyms"]), "size": Size(**data["size"])})
        except (TypeError, KeyError) as wrong:
            raise UsageError(f"The configuration is of another version: {wrong}") from wrong


TOLD = ("gyms", "parent", "size")
"""What is not told as a setting."""
YES_NO = {"yes": True, "no": False}
ONE_OF = {
    "proposer": ("learns", "random"),
    "company": ("processes", "ray"),
    "device": ("auto", "cpu", "cuda"),
}
AT_LEAST_ONE = ("goals", "window", "batch")
AT_MOST = {"past_selves": 0.5, "skins": 1.0, "disturbed": 1.0}
PRESETS: dict[str, Config] = {
    "debug": Config(budget_s=100.0, goals=192, imitate_rounds=4, window=30),
    "laptop": Config(),
    "full": Config(budget_s=3600.0, window=300),
}


def preset(name: str, **changes: Any) -> Config:
    """Returns a preset with some of its numbers changed; None leaves a number as it is.

    Raises:
        UsageError: If there is no such preset, or a number makes no sense.
    """
    if name not in PRESETS:
        raise UsageError(f"There is no preset {name!r}; there are: {', '.join(PRESETS)}")
    config = replace(
        PRESETS[name], **{key: value for key, value in changes.items() if value is not None}
    )
    if config.budget_s <= 0:
        raise UsageError("The budget must be more than nothing, as 15m or 90s")
    if not config.gyms:
        raise UsageError("Name at least one gym to train in")
    for name, known in ONE_OF.items():
        if getattr(config, name) not in known:
            raise UsageError(
                f"{name} must be one of {', '.join(known)}; got {getattr(config, name)!r}"
            )
    if not 0 < config.decay <= 1:
        raise UsageError(f"decay must be above 0 and at most 1; got {config.decay}")
    for name, most in AT_MOST.items():
        if (share := getattr(config, name)) > most:
            raise UsageError(f"{name} must be at most {most:g}; got {share}")
    for one in fields(config):
        value = getattr(config, one.name)
        least = 1 if one.name in AT_LEAST_ONE else 0
        if isinstance(value, int | float) and value < least:
            raise UsageError(f"{one.name} must be at least {least}; got {value}")
    return config if config.workers else replace(config, workers=max(1, cores() - 1))


def cores() -> int:
    """Returns how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
