"""The agent at work: a policy in a real browser, with a guard before every action.

`Agent` opens a page and does what it is told; `Guard` says what it may do unasked; a `Result` tells
what came of it. Nothing here learns, and nothing here knows what any page is about.
"""

from palaestra.agent.agent import Agent
from palaestra.agent.approval import Approval
from palaestra.agent.guard import Guard
from palaestra.agent.result import Cost, Effect, Result, Step
from palaestra.agent.slots import Secret

__all__ = ["Agent", "Approval", "Cost", "Effect", "Guard", "Result", "Secret", "Step"]
