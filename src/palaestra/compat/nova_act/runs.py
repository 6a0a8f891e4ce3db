"""Workflow, by nova-act's name: there it is a run at a service; here it only gives a run its name.

A script that is to go on where it was killed uses `palaestra.agent.workflow` instead.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, ParamSpec, Self, TypeVar
from uuid import uuid4

P = ParamSpec("P")
T = TypeVar("T")


class Workflow:
    """A named run; a context manager.

    Attributes:
        workflow_definition_name: Its name.
        model_id: What the script asked for; the model is chosen by `NovaAct(model=...)`.
        workflow_run: The run's number while it lasts, else None.
    """

    def __init__(
        self,
        model_id: str,
        boto_session_kwargs: Mapping[str, Any] | None = None,
        workflow_definition_name: str | None = None,
        boto_config: object = None,
        log_group_name: str | None = None,
        nova_act_api_key: str | None = None,
    ) -> None:
        """Takes the name; what is for the service (keys, sessions, log groups) is not looked at."""
        self.model_id = model_id
        self.workflow_definition_name = workflow_definition_name or "default"
        self.workflow_run: str | None = None

    def __enter__(self) -> Self:
        self.workflow_run = str(uuid4())
        return self

    def __exit__(self, *_: object) -> None:
        self.workflow_run = None


_current: ContextVar[Workflow | None] = ContextVar("current_workflow", default=None)


def get_current_workflow() -> Workflow | None:
    """Returns the workflow of the decorated function that runs; None outside of any."""
    return _current.get()


def workflow(
    model_id: str,
    boto_session_kwargs: Mapping[str, Any] | None = None,
    workflow_definition_name: str | None = None,
    boto_config: object = None,
    log_group_name: str | None = None,
    nova_act_api_key: str | None = None,
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Returns a decorator that runs a function inside a `Workflow`."""

    def decorator(work: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(work)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            with Workflow(model_id, workflow_definition_name=workflow_definition_name) as flow:
                before = _current.set(flow)
                try:
                    return work(*args, **kwargs)
                finally:
                    _current.reset(before)

        return run

    return decorator
