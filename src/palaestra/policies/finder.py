"""Finds a policy by what people type: a name, a path to a trained model, or "module:name".

Shipped models are found by the folder that they stand in; what is known of them, and how they came
there, is the registry's business.

Nothing heavy is imported before it is asked for: only a trained model needs torch.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from palaestra.errors import PalaestraError, UsageError
from palaestra.policies.policy import Policy
from palaestra.types import Action, Observation

SCRIPTED = {
    "lexical": "palaestra.policies.lexical:Lexical",
    "noop": "palaestra.policies.noop:Noop",
    "random": "palaestra.policies.random_play:RandomPlay",
}
ENDPOINT = "palaestra.policies.endpoint"
NETWORK = "palaestra.policies.network:NetworkPolicy"
FINISHED, CHECKPOINTS = "model.safetensors", "checkpoints"
SHELF = Path(__file__).parents[1] / "registry" / "models"
DEFAULT = "default.txt"


class FunctionPolicy:
    """A plain function in the shape of a policy.

    Attributes:
        name: What tables call it.
    """

    def __init__(self, name: str, act: Callable[[Sequence[Observation]], list[Action]]) -> None:
        self.name = name
        self._act = act

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns what the function returns."""
        return self._act(observations)


def find(model: str) -> Policy:
    """Returns a policy.

    Args:
        model: "random", "noop", "lexical"; the path of a checkpoint or of a training's folder; the
            name of a shipped model; "openai:MODEL@URL" for a language model behind an endpoint; or
            "module:name" for a function from observations to actions, a policy, or its class.

    Raises:
        UsageError: If there is no such policy, or it cannot be loaded.
    """
    if model in SCRIPTED:
        policy: Policy = _attribute(SCRIPTED[model])()
        return policy
    if path := _place(model):
        return _network(_weights(path))
    if _is_endpoint(model):
        behind: Policy = _endpoint("Endpoint").parse(model)
        return behind
    if ":" not in model:
        raise UsageError(
            f"There is no policy {model!r}: name {', '.join([*SCRIPTED, *_shipped()])}, the path "
            "of a checkpoint or of a training's folder, openai:MODEL@URL, or MODULE:FUNCTION of "
            "your own"
        )
    found = _attribute(model)
    if isinstance(found, type):
        found = found()
    if hasattr(found, "act"):
        owned: Policy = found
        return owned
    if not callable(found):
        raise UsageError(f"{model} is neither a function nor a policy with `act(observations)`")
    return FunctionPolicy(model, found)


def default() -> str:
    """Returns the name of the shipped model that is taken where none is named.

    Raises:
        UsageError: If none is shipped.
    """
    path = SHELF / DEFAULT
    name = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    if name not in _shipped():
        raise UsageError(
            "No model ships with this version: name one, as the folder of a training "
            "(palaestra train makes one), or lexical"
        )
    return name


def weights(model: str) -> Path:
    """Returns the file of a trained model: one that is shipped, a checkpoint, or a training's.

    Raises:
        UsageError: If there is none.
    """
    if model not in SCRIPTED and (path := _place(model)):
        return _weights(path)
    raise UsageError(
        f"There is no trained model {model!r}: name the path of a checkpoint or of a training's "
        f"folder, or one that is shipped: {', '.join(_shipped()) or 'there is none'}"
    )


def fingerprint(model: str) -> str:
    """Names exactly which policy `model` is: the SHA-256 of its weights or of its source.

    Of what stands behind an endpoint it names where that is and how it is asked: nobody outside can
    say more.

    Raises:
        UsageError: If there is nothing to name.
    """
    if model not in SCRIPTED and (path := _place(model)):
        source = _weights(path)
    elif _is_endpoint(model):
        return str(_endpoint("fingerprint")(model))
    else:
        module = SCRIPTED.get(model, model).partition(":")[0]
        try:
            spec = importlib.util.find_spec(module)
        except (ImportError, ValueError):
            spec = None
        if spec is None or not spec.has_location or not spec.origin:
            raise UsageError(f"The source of {model} cannot be found")
        source = Path(spec.origin)
    return f"sha256:{hashlib.sha256(source.read_bytes()).hexdigest()}"


def _shipped() -> list[str]:
    return sorted(path.parent.name for path in SHELF.glob(f"[!.]*/{FINISHED}"))


def _place(model: str) -> Path | None:
    """Returns where a trained model is: a path that is there, or a shipped model's folder."""
    try:
        if model and Path(model).exists():
            return Path(model)
    except (OSError, ValueError):  # longer than any path, or with a null character in it
        return None
    return SHELF / model if model in _shipped() else None


def _is_endpoint(model: str) -> bool:
    return model.startswith("openai:")


def _endpoint(name: str) -> Any:
    try:
        return _attribute(f"{ENDPOINT}:{name}")
    except UsageError as missing:
        raise UsageError(f"{missing}; an endpoint needs palaestra[endpoint]") from missing


def _weights(path: Path) -> Path:
    """Returns the weights' file: the path itself, or a training's finished or latest model."""
    if path.is_file():
        return path
    if (path / FINISHED).is_file():
        return path / FINISHED
    rounds = [f for f in (path / CHECKPOINTS).glob("*.safetensors") if f.stem.isdecimal()]
    if not rounds:
        raise UsageError(f"{path} holds no model: neither {FINISHED} nor one of a round")
    return max(rounds, key=lambda file: int(file.stem))


def _network(path: Path) -> Policy:
    try:
        network = _attribute(NETWORK)
    except UsageError as missing:
        raise UsageError(f"{missing}; a trained model needs palaestra[train]") from missing
    policy: Policy = network.load(path)
    policy.name = _called(path.resolve())
    return policy


def _called(path: Path) -> str:
    """Returns what tables call a model: its training's name where it has one."""
    if path.name == FINISHED:
        return path.parent.name
    training = f"{path.parents[1].name}-" if path.parent.name == CHECKPOINTS else ""
    return training + path.stem


def _attribute(place: str) -> Any:
    """Imports "module:name".

    Raises:
        UsageError: If there is no such module or name in it.
    """
    module, _, name = place.partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except PalaestraError:
        raise
    except Exception as broken:
        raise UsageError(f"{place} cannot be imported: {broken}") from broken
