"""What is expected of the record when a run has ended, and whether it is so.

    expect=lambda agent: "Paid" in agent.text     a callable of the agent
    expect=lambda page: page.locator(...)...      of Playwright's page, by the parameter's name
    expect=lambda session: session.diff() ...     of a gym's Session, likewise
    expect="Bill BILL-0007 was saved"             a text that must be on the page
    expect="css=.paid"                            a CSS selector that must match something shown
    expect=verifier                               a gym's Verifier, judged from the store

A callable holds if it returns something true; an AssertionError says that it does not.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from palaestra.agent.outcome import Checked
from palaestra.errors import UsageError
from palaestra.tasks.verifier import Verifier

if TYPE_CHECKING:
    from palaestra.agent.agent import Agent

CSS = "css="
Expect = Callable[..., Any] | str | Verifier
SHOWN = """(selector) => [...document.querySelectorAll(selector)]
  .some((element) => element.getClientRects().length > 0)"""


def check_shape(expect: Expect | None) -> None:
    """Says at once what is wrong with an expectation.

    Raises:
        UsageError: If it is of none of the kinds that there are.
    """
    if expect is None or callable(expect) or isinstance(expect, Verifier):
        return
    if not isinstance(expect, str) or not expect.removeprefix(CSS).strip():
        raise UsageError(
            "expect= is a callable, a text or css=SELECTOR on the page, or a gym's Verifier; "
            f"got {expect!r}"
        )


def check(expect: Expect | None, agent: Agent, answer: str | None) -> Checked:
    """Checks the record.

    Args:
        expect: What is expected; None for nothing.
        agent: Who did the work.
        answer: What was answered; None if it said that it was done.

    Raises:
        UsageError: If it asks for what this agent does not have.
    """
    if expect is None:
        return Checked()
    if isinstance(expect, Verifier):
        if agent.ground is None:
            raise UsageError("A Verifier judges gyms only; open the agent with Agent.gym")
        verdict = agent.ground.verdict(expect, answer)
        said = f"the verifier says: {verdict.reason}"
        return Checked(verdict.success, said)
    if isinstance(expect, str):
        holds = _on_page(expect, agent)
        return Checked(holds, f"{expect!r} is {'' if holds else 'not '}on the page")
    try:
        holds = bool(_called(expect, agent))
    except AssertionError as wrong:
        return Checked(False, f"what was expected does not hold: {str(wrong)[:200]}")
    return Checked(holds, f"what was expected {'holds' if holds else 'does not hold'}")


def _on_page(expect: str, agent: Agent) -> bool:
    view = agent.look()
    if expect.startswith(CSS):
        return agent.evaluates(SHOWN, expect.removeprefix(CSS).strip())
    wanted = _folded(expect)
    told = (text for node in view.screen.walk() for text in (node.name, node.value))
    return wanted in _folded(view.dialog) or any(wanted in _folded(text) for text in told)


def _called(expect: Callable[..., Any], agent: Agent) -> Any:
    try:
        parameters = list(inspect.signature(expect).parameters)
    except (TypeError, ValueError):
        parameters = ["agent"]
    if not parameters:
        return expect()
    if parameters[0] == "page":
        return expect(agent.page)
    if parameters[0] in ("session", "record"):
        if agent.ground is None:
            raise UsageError("expect= asks for a gym's Session; open the agent with Agent.gym")
        return expect(agent.ground.session)
    return expect(agent)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
