"""The agent at work: a policy in a real browser, with a guard before every action.

`Agent` opens a page and does what it is told; `Guard` says what it may do unasked; a `Result` tells
what came of it. Nothing here learns, and nothing here knows what any page is about.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from palaestra.agent.agent import Agent
from palaestra.agent.approval import Approval
from palaestra.agent.guard import Guard
from palaestra.agent.result import Cost, Effect, Result, Step
from palaestra.agent.slots import Secret

if TYPE_CHECKING:
    from palaestra.agent.aio import AsyncAgent
    from palaestra.agent.asking import CouldNotTell
    from palaestra.agent.workflow import Ambiguous, StepFailed, Workflow

__all__ = [
    "Agent", "Ambiguous", "Approval", "AsyncAgent", "Cost", "CouldNotTell", "Effect", "Guard",
    "Result", "Secret", "Step", "StepFailed", "Workflow",
]  # fmt: skip

LATER = {
    "Ambiguous": "workflow",
    "AsyncAgent": "aio",
    "CouldNotTell": "asking",
    "StepFailed": "workflow",
    "Workflow": "workflow",
}
"""Where names are that need asyncio or pydantic, which who only acts can do without."""


def __getattr__(name: str) -> Any:
    if name in LATER:
        return getattr(import_module(f"palaestra.agent.{LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
