"""NovaAct, by the name and the ways of Amazon's package, with our agent inside.

The model is the one that ships with Palaestra and runs on this machine: there is no key and no
service. What differs is listed in docs/nova-act.md.
"""

from __future__ import annotations

import base64
import logging
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from palaestra.agent import Agent, Approval, Guard, Result
from palaestra.compat.nova_act import arguments, errors, outcomes
from palaestra.compat.nova_act.people import (
    ApprovalResponse,
    DefaultHumanInputCallbacks,
    GuardrailCallable,
    GuardrailDecision,
    GuardrailInputState,
    HumanInputCallbacksBase,
    SecurityOptions,
    StopHook,
    UiTakeoverResponse,
)
from palaestra.compat.nova_act.results import (
    STRING_SCHEMA,
    ActGetResult,
    ActMetadata,
    ActResult,
    answered,
    checked,
)
from palaestra.compat.nova_act.runs import Workflow, get_current_workflow
from palaestra.compat.nova_act.watching import Watched
from palaestra.errors import PalaestraError
from palaestra.policies import finder
from palaestra.policies.policy import Policy

log = logging.getLogger(__name__)

MAX_STEPS = 30
UNDONE = Guard(destructive="do", external="do")
"""A script without callbacks has nobody to ask, and means what it says."""
ASKED = Guard(on_uncertain="ask")


class NovaAct:
    """An agent in a browser; a context manager."""

    def __init__(
        self,
        starting_page: str | None = None,
        *,
        cdp_endpoint_url: str | None = None,
        cdp_headers: dict[str, str] | None = None,
        cdp_use_existing_page: bool = False,
        chrome_channel: str | None = None,
        clone_user_data_dir: bool = True,
        actuator: object = None,
        go_to_url_timeout: int | None = None,
        headless: bool = False,
        ignore_https_errors: bool = False,
        security_options: SecurityOptions | None = None,
        logs_directory: str | None = None,
        nova_act_api_key: str | None = None,
        playwright_instance: object = None,
        preview: object = None,
        profile_directory: str | None = None,
        proxy: dict[str, str] | None = None,
        record_video: bool = False,
        screen_width: int = 1600,
        screen_height: int = 900,
        ignore_screen_dims_check: bool = False,
        state_guardrail: GuardrailCallable | None = None,
        stop_hooks: list[StopHook] | None = None,
        tty: bool = True,
        use_default_chrome_browser: bool = False,
        user_agent: str | None = None,
        user_data_dir: str | None = None,
        human_input_callbacks: HumanInputCallbacksBase | None = None,
        tools: list[Any] | None = None,
        workflow: Workflow | None = None,
        replayable: bool = False,
        browser_auth: object = None,
        model: str | Policy | None = None,
    ) -> None:
        """Takes the orders; `start` opens the browser.

        Args:
            starting_page: The first page; an empty one if left out.
            cdp_endpoint_url: Not here; nor is any other argument of `arguments.NOT_HERE`.
            cdp_headers: Not here.
            cdp_use_existing_page: Not here.
            chrome_channel: Not looked at; nor is anything below that says so.
            clone_user_data_dir: Not looked at.
            actuator: Not here.
            go_to_url_timeout: Seconds that a page may take.
            headless: Whether the browser has no window; it never has one where there is no screen.
            ignore_https_errors: Whether wrong certificates are taken.
            security_options: What files the browser may touch.
            logs_directory: Where traces go; a new folder of its own if left out.
            nova_act_api_key: Not looked at.
            playwright_instance: Not here.
            preview: Not looked at.
            profile_directory: Not here.
            proxy: Not here.
            record_video: Not here; the trace has pictures.
            screen_width: Not looked at.
            screen_height: Not looked at.
            ignore_screen_dims_check: Not looked at.
            state_guardrail: Asked before every step with the address of the page.
            stop_hooks: Called when it stops.
            tty: Not looked at.
            use_default_chrome_browser: Not here.
            user_agent: Not here.
            user_data_dir: Not here.
            human_input_callbacks: Who approves, and who takes over.
            tools: Not here.
            workflow: The named run that this is part of.
            replayable: Whether results tell where the JSON of the trace is.
            browser_auth: Not here.
            model: Our own addition: the policy, or its name.

        Raises:
            ValidationFailed: If an argument cannot be, or is not supported.
        """
        given = locals()
        for name in arguments.NOT_HERE:
            if given[name]:
                raise errors.ValidationFailed(
                    f"{name}= is not supported by palaestra.compat.nova_act (see docs/nova-act.md)"
                )
        options = security_options or SecurityOptions()
        self._openable = list(options.allowed_file_open_paths)
        if options.allow_file_urls and not self._openable:
            self._openable = ["*"]
        self._uploads = arguments.folder(options.allowed_file_upload_paths)
        self._start = (
            arguments.address(starting_page, self._openable) if starting_page else "about:blank"
        )
        self._goto_seconds = arguments.timeout(go_to_url_timeout)
        hidden = headless or bool(os.environ.get("NOVA_ACT_HEADLESS")) or not arguments.has_screen()
        self._headless, self._certificates = hidden, ignore_https_errors
        self._logs = logs_directory
        self._guardrail, self._hooks = state_guardrail, list(stop_hooks or ())
        self._people = human_input_callbacks or DefaultHumanInputCallbacks()
        self._has_people = not isinstance(self._people, DefaultHumanInputCallbacks)
        self._replayable = replayable or "NOVA_ACT_REPLAYABLE" in os.environ
        self._workflow = workflow or get_current_workflow()
        if self._workflow is not None and self._workflow.workflow_run is None:
            raise errors.ValidationFailed("Use the Workflow as a context manager")
        self._model = model
        self._agent: Agent | None = None
        self._session, self._folder = "", ""
        self._waited = 0.0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def started(self) -> bool:
        """Says whether the browser is open."""
        return self._agent is not None

    @property
    def page(self) -> Any:
        """Returns Playwright's page of the tab that the agent is on."""
        return self.get_page()

    @property
    def pages(self) -> list[Any]:
        """Returns Playwright's pages of all tabs."""
        return list(self._opened.page.context.pages)

    @property
    def dispatcher(self) -> object:
        """Is not here.

        Raises:
            ValidationFailed: Always.
        """
        raise errors.ValidationFailed("There is no dispatcher in palaestra.compat.nova_act")

    @property
    def _opened(self) -> Agent:
        if self._agent is None:
            raise errors.ClientNotStarted("Call start() first, or use `with NovaAct(...)`")
        return self._agent

    def get_page(self, index: int = -1) -> Any:
        """Returns a page by its number; -1 for the one that the agent is on.

        Raises:
            PageNotFoundError: If there is no such page.
        """
        if index == -1:
            return self._opened.page
        pages = self.pages
        if not 0 <= index < len(pages):
            raise errors.PageNotFoundError(f"There are {len(pages)} pages; got {index}")
        return pages[index]

    def get_session_id(self) -> str:
        """Returns the session's number."""
        self._opened  # noqa: B018 - says that it has not started
        return self._session

    def get_logs_directory(self) -> str:
        """Returns the folder that traces of all sessions go to.

        Raises:
            ValueError: If it has not started, and none was given.
        """
        if not self._logs:
            raise ValueError("There is no folder for traces before start()")
        return self._logs

    def get_session_logs_directory(self) -> str:
        """Returns the folder of this session's traces.

        Raises:
            ValueError: If it has not started.
        """
        if not self._folder:
            raise ValueError("There is no folder for traces before start()")
        return self._folder

    def start(self) -> None:
        """Opens the browser on the first page.

        Raises:
            StartFailed: If that cannot be.
        """
        if self.started:
            log.warning("It is started already; stop() it to start over")
            return
        self._session = str(uuid4())
        try:
            self._logs = self._logs or tempfile.mkdtemp(suffix="_nova_act_logs")
            folder = Path(self._logs) / self._session
            folder.mkdir(parents=True)
            self._folder = str(folder)
            self._people.act_session_id = self._session
            agent = Agent(
                self._start,
                headless=self._headless,
                model=Watched(self._policy(), self._pass),
                guard=ASKED if self._has_people else UNDONE,
                approve=self._approve if self._has_people else None,
                allowed_origins=("*",),
                max_steps=MAX_STEPS,
                abstain=0.0,
                trace_dir=folder,
                uploads=self._uploads,
                ignore_certificates=self._certificates,
            )
            self._agent = agent.open()
        except Exception as wrong:
            self._session = ""
            raise errors.StartFailed(str(wrong)) from wrong

    def stop(self) -> None:
        """Calls the hooks and closes the browser.

        Raises:
            StopFailed: If it cannot be closed.
        """
        agent = self._agent
        if agent is None:
            log.warning("It is stopped already")
            return
        for hook in self._hooks:
            try:
                hook.on_stop(self)
            except Exception:
                log.exception("The stop hook %r failed", hook)
        self._agent = None
        try:
            agent.close()
        except Exception as wrong:
            raise errors.StopFailed(str(wrong)) from wrong

    def register_stop_hook(self, hook: StopHook) -> None:
        """Adds a hook.

        Raises:
            ValueError: If it is there already.
        """
        if hook in self._hooks:
            raise ValueError(f"{hook!r} is registered already")
        self._hooks.append(hook)

    def unregister_stop_hook(self, hook: StopHook) -> None:
        """Takes a hook away.

        Raises:
            ValueError: If it is not there.
        """
        if hook not in self._hooks:
            raise ValueError(f"{hook!r} is not registered")
        self._hooks.remove(hook)

    def go_to_url(self, url: str) -> None:
        """Goes to an address, and waits until the page is at rest.

        Raises:
            InvalidURL: If it is none, or one that may not be gone to.
            ActStateGuardrailError: If the state guardrail blocks it.
            ActActuationError: If the page cannot be reached.
        """
        address = arguments.address(url, self._openable)
        self._judge(address)
        seconds = self._goto_seconds
        until = None if seconds is None else time.monotonic() + seconds
        try:
            self._opened.tab.goto(address, until)
        except PalaestraError as lost:
            if isinstance(lost, errors.NovaActError):
                raise
            raise errors.ActActuationError(str(lost)) from lost

    def act(
        self,
        prompt: str,
        *,
        timeout: int | None = None,
        max_steps: int | None = None,
        model_temperature: float | None = None,
        model_top_k: int | None = None,
        model_seed: int | None = None,
        observation_delay_ms: int | None = None,
        schema: Mapping[str, Any] | None = None,
    ) -> ActResult:
        """Does what the prompt says.

        Args:
            prompt: What is wanted.
            timeout: The most seconds, 2 to 1800.
            max_steps: The most actions; 30 if left out.
            model_temperature: Not looked at; nor is what follows but the schema.
            model_top_k: Not looked at.
            model_seed: Not looked at.
            observation_delay_ms: Not looked at: pages are waited for until they are at rest.
            schema: As for `act_get`, which is the better way.

        Raises:
            ActError: If it did not come to its end.
            ValidationFailed: If an argument cannot be.
        """
        if schema:
            return self.act_get(prompt, schema, timeout=timeout, max_steps=max_steps)
        _, metadata = self._run(prompt, timeout, max_steps)
        return ActResult(metadata, self._replayable)

    def act_get(
        self,
        prompt: str,
        schema: Mapping[str, Any] = STRING_SCHEMA,
        *,
        timeout: int | None = None,
        max_steps: int | None = None,
        model_temperature: float | None = None,
        model_top_k: int | None = None,
        model_seed: int | None = None,
        observation_delay_ms: int | None = None,
    ) -> ActGetResult:
        """Does what the prompt says, and returns the answer as the schema wants it.

        The arguments are those of `act`.

        Raises:
            ActInvalidModelGenerationError: If there is no answer that fits.
            ActError: If it did not come to its end.
            ValidationFailed: If an argument cannot be.
        """
        wanted = checked(schema)
        ran, metadata = self._run(prompt, timeout, max_steps)
        result = answered(metadata, self._replayable, ran.answer, wanted)
        if not result.matches_schema:
            raise errors.ActInvalidModelGenerationError(
                f"The answer {ran.answer!r} does not fit {wanted}", metadata, ran.answer
            )
        return result

    def _run(
        self, prompt: str, timeout: int | None, max_steps: int | None
    ) -> tuple[Result, ActMetadata]:
        agent = self._opened
        arguments.check_prompt(prompt)
        seconds = arguments.timeout(timeout)
        left, done = arguments.steps(max_steps, MAX_STEPS), 0
        act, began, self._waited = str(uuid4()), time.time(), 0.0
        self._people.current_act_id = act
        until = time.monotonic() + (seconds or 0)
        while True:
            rest = max(0.001, until + self._waited - time.monotonic()) if seconds else None
            try:
                result = agent.act(prompt, max_steps=left, deadline=rest)
            except errors.NovaActError:
                raise
            except Exception as wrong:
                raise errors.ActError(f"{type(wrong).__name__}: {wrong}") from wrong
            done, left = done + result.cost.steps, left - len(result.steps)
            metadata = self._told(result, act, prompt, began, done)
            if outcomes.ending(result) != "ask" or not self._has_people or left < 1:
                break
            self._hand_over(result, metadata)
        if error := outcomes.error(result, metadata):
            raise error
        return result, metadata

    def _told(self, result: Result, act: str, prompt: str, began: float, done: int) -> ActMetadata:
        ended = time.time()
        kept = result.trace.with_suffix(".json") if result.trace and self._replayable else None
        return ActMetadata(
            self._session,
            act,
            done,
            began,
            ended,
            prompt,
            time_worked_s=ended - began - self._waited,
            human_wait_time_s=self._waited,
            trajectory_file_path=str(kept) if kept else None,
        )

    def _hand_over(self, result: Result, metadata: ActMetadata) -> None:
        """Lets a person do what the agent asks one for.

        Raises:
            UiTakeoverCanceledError: If they do not.
        """
        self._show()
        began = time.monotonic()
        said = self._people.ui_takeover(result.reason)
        self._waited += time.monotonic() - began
        if said is not UiTakeoverResponse.COMPLETE:
            raise errors.UiTakeoverCanceledError(result.reason, metadata)

    def _approve(self, request: Approval) -> bool:
        self._show()
        began = time.monotonic()
        said = self._people.approve(str(request))
        self._waited += time.monotonic() - began
        return said is ApprovalResponse.YES

    def _show(self) -> None:
        picture = self._opened.tab.picture()
        self._people.most_recent_screenshot = base64.b64encode(picture).decode()

    def _policy(self) -> Policy:
        if self._model is None or isinstance(self._model, str):
            return finder.find(self._model or finder.default())
        return self._model

    def _pass(self) -> None:
        """Asks the state guardrail before a step."""
        view = self._opened.tab.view
        self._judge(view.url if view else "")

    def _judge(self, url: str) -> None:
        if self._guardrail is None:
            return
        if self._guardrail(GuardrailInputState(url)) is GuardrailDecision.BLOCK:
            raise errors.ActStateGuardrailError(f"The state guardrail blocked {url}")
