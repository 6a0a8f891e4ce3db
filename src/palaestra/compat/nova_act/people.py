"""People and rules around an act, by nova-act's names: callbacks, hooks, guardrails, options."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict

from palaestra.compat.nova_act.errors import NoHumanInputToolAvailable

if TYPE_CHECKING:
    from palaestra.compat.nova_act.client import NovaAct


class ApprovalResponse(Enum):
    """What a person says to a request."""

    YES = "yes"
    CANCEL = "cancel"


class UiTakeoverResponse(Enum):
    """What a person says after taking over."""

    COMPLETE = "complete"
    CANCEL = "cancel"


class HumanInputCallbacksBase(ABC):
    """Asks a person; a script gives its own.

    Attributes:
        act_session_id: Set when the client starts.
        current_act_id: Set when an act begins.
        most_recent_screenshot: The page when the person is asked: a PNG in base 64.
    """

    def __init__(self) -> None:
        self.act_session_id = ""
        self.current_act_id = ""
        self.most_recent_screenshot: str | None = None

    @abstractmethod
    def approve(self, message: str) -> ApprovalResponse:
        """Asks whether something may be done."""

    @abstractmethod
    def ui_takeover(self, message: str) -> UiTakeoverResponse:
        """Asks somebody to do what the agent cannot do."""


class DefaultHumanInputCallbacks(HumanInputCallbacksBase):
    """Nobody is there."""

    def approve(self, message: str) -> ApprovalResponse:
        """Says that nobody is there.

        Raises:
            NoHumanInputToolAvailable: Always.
        """
        raise NoHumanInputToolAvailable(message)

    def ui_takeover(self, message: str) -> UiTakeoverResponse:
        """Says that nobody is there.

        Raises:
            NoHumanInputToolAvailable: Always.
        """
        raise NoHumanInputToolAvailable(message)


class StopHook(Protocol):
    """Something to be done when the client stops."""

    def on_stop(self, nova_act: NovaAct) -> None:
        """Called while the browser is still open."""


class GuardrailDecision(Enum):
    """What a state guardrail says."""

    PASS = auto()
    BLOCK = auto()


class GuardrailInputState(NamedTuple):
    """What a state guardrail is told."""

    browser_url: str


GuardrailCallable = Callable[[GuardrailInputState], GuardrailDecision]


class SecurityOptions(BaseModel):
    """What files the browser may touch.

    Attributes:
        allow_file_urls: The old way to say `allowed_file_open_paths=["*"]`.
        allowed_file_open_paths: Patterns of files that may be opened with file:// addresses.
        allowed_file_upload_paths: Folders that files may be uploaded from; at most one here.
    """

    model_config = ConfigDict(extra="forbid")

    allow_file_urls: bool = False
    allowed_file_open_paths: list[str] = []
    allowed_file_upload_paths: list[str] = []
