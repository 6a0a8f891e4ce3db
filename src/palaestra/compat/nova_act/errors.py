"""The errors by nova-act's names, one below the other as there, so that `except` catches the same.

Some are never raised here (there is no service to be throttled by); scripts name them all the same.
`docs/nova-act.md` says which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from palaestra.errors import PalaestraError

if TYPE_CHECKING:
    from palaestra.compat.nova_act.results import ActMetadata


class NovaActError(PalaestraError):
    """Base of all."""


class StartFailed(NovaActError):
    """`start()` failed."""


class StopFailed(NovaActError):
    """`stop()` failed."""


class PauseFailed(NovaActError):
    """Never raised."""


class ResumeFailed(NovaActError):
    """Never raised."""


class CancelFailed(NovaActError):
    """Never raised."""


class AuthError(NovaActError):
    """Never raised: nobody has to sign in to use the model."""


class BrowserAuthError(NovaActError):
    """Never raised."""


class IAMAuthError(NovaActError):
    """Never raised."""


class ValidationFailed(NovaActError):
    """An argument cannot be, or is not supported here; the message says what to do."""


class ClientNotStarted(ValidationFailed):
    """`start()` has not been called."""


class InvalidPlaywrightState(NovaActError):
    """Never raised."""


class InvalidPageState(NovaActError):
    """Never raised."""


class UnsupportedOperatingSystem(ValidationFailed):
    """Never raised."""


class InvalidInputLength(ValidationFailed):
    """The prompt is empty, or too long."""


class InvalidScreenResolution(ValidationFailed):
    """Never raised: the agent does not look at pixels."""


class InvalidPath(ValidationFailed):
    """A path in the security options cannot be."""


class InvalidURL(ValidationFailed):
    """This is no address, or one that may not be gone to."""


class InvalidCertificate(ValidationFailed):
    """Never raised; a page with a wrong certificate fails to start."""


class InvalidTimeout(ValidationFailed):
    """A timeout is a whole number of seconds from 2 to 1800."""


class InvalidMaxSteps(ValidationFailed):
    """There are too many steps."""

    def __init__(self, num_steps_allowed: int) -> None:
        super().__init__(f"max_steps= is from 1 to {num_steps_allowed - 1}")


class InvalidChromeChannel(ValidationFailed):
    """Never raised: the Chromium of this machine is used."""


class PageNotFoundError(ValidationFailed):
    """There is no page of that number."""


class InterpreterError(NovaActError):
    """Never raised."""


class UnknownToolError(InterpreterError):
    """Never raised."""


class InvalidToolArgumentsError(InterpreterError):
    """Never raised."""


class InvalidTrajectoryReplay(NovaActError):
    """Never raised."""


class ActError(NovaActError):
    """An act did not come to a good end.

    Attributes:
        message: Why.
        metadata: What is known of the act; None if it had not begun.
    """

    told: ClassVar[str] = "The act failed"

    def __init__(self, message: str | None = None, metadata: ActMetadata | None = None) -> None:
        self.message = message or self.told
        self.metadata = metadata
        super().__init__(self.message)


class ActTimeoutError(ActError):
    """It took too long."""

    told = "The act took longer than its timeout"


class ActAgentError(ActError):
    """The prompt cannot be done like this."""


class ActInvalidModelGenerationError(ActAgentError):
    """The model gave no answer, or one that does not fit the schema.

    Attributes:
        raw_response: What it answered.
    """

    told = "The answer cannot be read"

    def __init__(
        self,
        message: str | None = None,
        metadata: ActMetadata | None = None,
        raw_response: str | None = None,
    ) -> None:
        super().__init__(message, metadata)
        self.raw_response = raw_response


class ActInvalidToolError(ActInvalidModelGenerationError):
    """Never raised: there are no tools."""


class ActInvalidToolSchemaError(ActInvalidModelGenerationError):
    """Never raised: there are no tools."""


class ActAgentFailed(ActAgentError):
    """The agent gave the work back."""


class ActExceededMaxStepsError(ActAgentError):
    """It took too many steps."""

    told = "The act took more than its steps"


class ActExecutionError(ActError):
    """Something broke while it was done."""


class ActCanceledError(ActExecutionError):
    """Somebody stopped it."""


class NoHumanInputToolAvailable(ActInvalidModelGenerationError):
    """The agent asks for a person, and there are no `human_input_callbacks`."""


class ApproveCanceledError(ActCanceledError):
    """A person did not approve."""


class UiTakeoverCanceledError(ActCanceledError):
    """A person did not take over."""


class ActActuationError(ActExecutionError):
    """The page was lost."""


class ActToolError(ActExecutionError):
    """Never raised: there are no tools."""


class ActMCPError(ActToolError):
    """Never raised: there are no tools."""


class ActStateGuardrailError(ActExecutionError):
    """The `state_guardrail` said BLOCK."""

    told = "The state guardrail blocked this page"


class ActAPIError(ActError):
    """Base of what a service would say.

    Attributes:
        request_id: None.
        status_code: None.
        raw_response: None.
    """

    def __init__(
        self,
        request_id: str | None = None,
        status_code: int | None = None,
        message: str | None = None,
        raw_response: str | None = None,
        metadata: ActMetadata | None = None,
    ) -> None:
        super().__init__(message, metadata)
        self.request_id = request_id
        self.status_code = status_code
        self.raw_response = raw_response


class ActClientError(ActAPIError):
    """The prompt was refused."""


class ActBadRequestError(ActClientError):
    """Never raised."""


class ActGuardrailsError(ActClientError):
    """The agent's guard refused what would have to be done."""

    told = "The guard refused"


class ActRateLimitExceededError(ActClientError):
    """Never raised: the model runs here."""


class ActRequestThrottledError(ActRateLimitExceededError):
    """Never raised."""


class ActDailyQuotaExceededError(ActRateLimitExceededError):
    """Never raised."""


class ActServerError(ActAPIError):
    """Never raised: the model runs here."""


class ActBadResponseError(ActServerError):
    """Never raised."""


class ActServiceUnavailableError(ActServerError):
    """Never raised."""


class ActInternalServerError(ActServerError):
    """Never raised."""


class ActPromptError(ActError):
    """Never raised."""


class ActModelError(ActPromptError):
    """Never raised."""


class ActDispatchError(ActClientError):
    """Never raised."""


class ActProtocolError(ActAPIError):
    """Never raised."""


class ActInvalidInputError(ActClientError):
    """Never raised."""
