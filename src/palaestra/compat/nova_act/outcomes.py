"""Which of nova-act's errors says what a run of ours came to."""

from __future__ import annotations

from palaestra.agent.outcome import BROKEN, GIVEN_BACK
from palaestra.agent.result import Result
from palaestra.compat.nova_act import errors
from palaestra.compat.nova_act.results import ActMetadata

ERRORS: dict[str, type[errors.ActError]] = {
    "steps": errors.ActExceededMaxStepsError,
    "circles": errors.ActAgentFailed,
    "deadline": errors.ActTimeoutError,
    "page": errors.ActActuationError,
    "policy": errors.ActInvalidModelGenerationError,
    "stopped": errors.ActCanceledError,
    "ask": errors.NoHumanInputToolAvailable,
    "withheld": errors.ApproveCanceledError,
    "unsure": errors.ActAgentFailed,
    "refused": errors.ActGuardrailsError,
}


def ending(result: Result) -> str:
    """Returns how a run ended, as a key of `ERRORS`; "" if it came to its end."""
    if result.outcome not in ("failed", "abstained"):
        return ""
    told = BROKEN | GIVEN_BACK
    return next((how for how, words in told.items() if result.reason.startswith(words)), "unsure")


def error(result: Result, metadata: ActMetadata) -> errors.ActError | None:
    """Returns the error that says it; None if the run came to its end."""
    how = ending(result)
    return ERRORS[how](message=result.reason, metadata=metadata) if how else None
