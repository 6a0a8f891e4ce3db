"""The agent for programs that use asyncio: the same agent, in a thread of its own.

    async with AsyncAgent("http://127.0.0.1:8000") as agent:
        result = await agent.act("Approve the bill from Acme")

Agents work side by side; what one agent is told, it does one after the other. Cancelling a task is
the agent's deadline passing now: in the middle of a step, with the trace kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Self, TypeVar

from palaestra.agent.agent import Agent
from palaestra.agent.result import Result

T = TypeVar("T")


class AsyncAgent:
    """An `Agent` whose methods are awaited; an asynchronous context manager."""

    def __init__(self, url: str, **orders: Any) -> None:
        """Takes the orders.

        Args:
            url: The page that it starts on.
            **orders: As for `Agent`; `approve` is called in the agent's thread.

        Raises:
            UsageError: If one of these cannot be.
        """
        self._of(Agent(url, **orders))

    @classmethod
    def gym(cls, name: str, **orders: Any) -> Self:
        """Returns an agent that works in one of our gyms; see `Agent.gym`."""
        agent = cls.__new__(cls)
        agent._of(Agent.gym(name, **orders))
        return agent

    def _of(self, agent: Agent) -> None:
        self._agent = agent
        # Whatever touches Playwright or the browser does so in this one thread.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="agent")

    async def __aenter__(self) -> Self:
        try:
            await self.do(lambda agent: agent.open())
        except BaseException:
            self._thread.submit(self._agent.close)  # a cancelled one may open it yet
            self._thread.shutdown(wait=False)
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            await asyncio.shield(self.do(lambda agent: agent.close()))
        finally:
            self._thread.shutdown(wait=False)

    async def act(self, goal: str, **how: Any) -> Result:
        """Does what the goal says; see `Agent.act`."""
        return await self.do(lambda agent: agent.act(goal, **how))

    async def ask(self, question: str, schema: Any = str, **how: Any) -> Any:
        """Finds something out; see `Agent.ask`."""
        return await self.do(lambda agent: agent.ask(question, schema, **how))

    async def undo(self) -> bool:
        """Takes the last change back where the page offers that; see `Agent.undo`."""
        return await self.do(lambda agent: agent.undo())

    async def do(self, work: Callable[[Agent], T]) -> T:
        """Does anything with the agent, in its thread: its tab and Playwright's page are at hand.

        Args:
            work: Called with the agent; what it returns must not be Playwright's.
        """
        future = self._thread.submit(partial(self._calmly, work))
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if future.running():
                self._agent.hurry()
            raise

    def _calmly(self, work: Callable[[Agent], T]) -> T:
        self._agent.hurry(False)  # whatever was hurried before is over
        return work(self._agent)
