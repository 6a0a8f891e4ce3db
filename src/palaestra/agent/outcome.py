"""Decides what a run came to: from how it ended, what was expected, and how sure the judge is.

====================  ==============================================================================
verified              it ended by itself, and what was expected of the record itself holds
likely                it ended by itself, nothing was expected, and the judge is sure enough
unverified            it ended by itself, and nobody can say whether it is right
abstained             it gave the work back; or it changed nothing and is too unsure of its answer
failed                steps or time ran out, it goes in circles, the page or the policy broke, or
                      what was expected is not there
====================  ==============================================================================
"""

from __future__ import annotations

from typing import NamedTuple

from palaestra.agent.result import Outcome

BROKEN = {
    "steps": "it ran out of steps",
    "circles": "it goes in circles",
    "deadline": "the deadline passed",
    "page": "the page was lost",
    "policy": "the policy broke",
    "stopped": "it was stopped",
}
GIVEN_BACK = {
    "ask": "the policy asks for a person",
    "withheld": "approval was withheld",
    "unsure": "the judge is too unsure",
    "refused": "the guard refused",
}


class Ended(NamedTuple):
    """How a run came to its end.

    Attributes:
        how: "done", "answer", or a key of `BROKEN` or `GIVEN_BACK`.
        told: More about it; "" if there is nothing to add.
        wrote: Whether anything was done that could change something.
        sure: How likely the judge thought clean success at the last decision; None for no word.
    """

    how: str
    told: str = ""
    wrote: bool = False
    sure: float | None = None


class Checked(NamedTuple):
    """What a check of the record said.

    Attributes:
        holds: Whether what was expected is so; None where nothing was expected.
        told: What was expected, or what is wrong with it.
    """

    holds: bool | None = None
    told: str = ""


def decide(ended: Ended, checked: Checked, *, likely: float, abstain: float) -> tuple[Outcome, str]:
    """Returns the outcome and the reason, one line.

    Args:
        ended: How the run came to its end.
        checked: What the check of the record said.
        likely: How sure the judge must be at least, for "likely".
        abstain: How sure the judge must be at least, for an answer to count.
    """
    if ended.how in GIVEN_BACK:
        return "abstained", _told(GIVEN_BACK[ended.how], ended.told)
    if ended.how in BROKEN:
        held = f"; yet {checked.told}" if checked.holds else ""
        return "failed", _told(BROKEN[ended.how], ended.told) + held
    said = "it answered" if ended.how == "answer" else "it says that it is done"
    if checked.holds:
        return "verified", f"{said}, and {checked.told}"
    if checked.holds is False:
        return "failed", f"{said}, but {checked.told}"
    if ended.sure is None:
        return "unverified", f"{said}; nothing was expected, and no judge says how sure it is"
    told = f"{said}, and the judge gives it {ended.sure:.0%}"
    if ended.sure >= likely:
        return "likely", told
    if ended.sure < abstain and not ended.wrote:
        return "abstained", f"{told}; nothing was changed"
    return "unverified", told


def _told(what: str, more: str) -> str:
    return f"{what}: {more}" if more else what
