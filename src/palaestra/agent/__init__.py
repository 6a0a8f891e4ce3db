"""The agent at work: a policy in a real browser, with a guard before every action.

`Agent` opens a page and does what it is told; `Guard` says what it may do unasked; a `Result` tells
what came of it. Nothing here learns, and nothing here knows what any page is about.
"""

from typing import TYPE_CHECKING, Any

from palaestra.agent.agent import Agent
from palaestra.agent.approval import Approval
from palaestra.agent.guard import Guard
from palaestra.agent.result import Cost, Effect, Result, Step
from palaestra.agent.slots import Secret

if TYPE_CHECKING:
    from palaestra.agent.asking import CouldNotTell

__all__ = [
    "Agent", "Approval", "Cost", "CouldNotTell", "Effect", "Guard", "Result", "Secret", "Step",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "CouldNotTell":  # needs pydantic, which who only acts can do without
        from palaestra.agent.asking import CouldNotTell

        return CouldNotTell
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
