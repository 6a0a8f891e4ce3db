"""A Workflow: many acts in one script; killed at any point it goes on where it was.

Run the same script again and every step that ended gives back its result from disk. A step that
began and whose end is not known is *ambiguous*: its effect may be there or not. It is looked at
before it is repeated: `done` says whether the effect is there. Without `done` the workflow stops
with `Ambiguous` and waits for somebody to look and to say so (`settle`). What only reads (`ask`,
`check`) is repeated freely.

What it cannot see: an effect still under way somewhere else at the moment when `done` looks. Where
that can be, give what you call the same key each time, and let it refuse the second.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from palaestra.agent.journal import TORN, Entry, Journal
from palaestra.errors import PalaestraError, UsageError

if TYPE_CHECKING:
    from palaestra.agent.agent import Agent
    from palaestra.agent.result import Result

T = TypeVar("T")
Kind = Literal["act", "ask", "check", "do"]
Look = Callable[[], Any]
"""Says whether a step's effect is there: False or None if it is not, else True or its value."""

FOLDER = "runs/workflows"
FORMAT = 1
OPEN = ("begun", "failed", "lost")
"""What the journal may say last of a step that is ambiguous."""
ENDED = ("ended", "done")
MISSED = ("failed", "abstained")


class Ambiguous(UsageError):
    """A step began, its end is not known, and nothing says whether its effect is there.

    Attributes:
        step: The step's name.
    """

    def __init__(self, flow: Workflow, step: str, why: str) -> None:
        opened = f"with Workflow({flow.name!r}, {str(flow.folder)!r}) as flow: flow.settle"
        super().__init__(
            f"Step {step!r} {why}: what it does may be done or not. Look, and say which by running "
            f'{opened}({step!r}, "done") or, if it is not done, ({step!r}, "repeat"), once; or '
            "give the step `done=`, a function that looks"
        )
        self.step = step


class StepFailed(PalaestraError):
    """A step came to its end and did not do what it was for.

    Attributes:
        step: The step's name.
        result: What the agent said of it; None where no agent acted.
    """

    def __init__(self, step: str, why: str, result: Result | None = None) -> None:
        super().__init__(f"Step {step!r} failed: {why}")
        self.step = step
        self.result = result


@dataclass(frozen=True)
class StepRecord:
    """A step that this run of the script has come past.

    Attributes:
        name: Its name.
        kind: What it is.
        ok: Whether it did what it was for.
        told: One word on how it went: an act's outcome, "true" or "false" of a check, "ended".
        from_disk: Whether an earlier run did it.
        seconds: How long it took.
    """

    name: str
    kind: Kind
    ok: bool
    told: str
    from_disk: bool
    seconds: float


@dataclass(frozen=True)
class _Known:
    """What the journal says of one step."""

    name: str
    kind: str
    about: str
    event: str
    value: Any
    why: str
    seconds: float


class Workflow:
    """Named steps, kept on disk.

    Attributes:
        name: What it is called.
        folder: Where its journal is.
        steps: The steps that this run of the script has come past, in order.
    """

    def __init__(self, name: str, folder: str | Path | None = None) -> None:
        """Opens a workflow, and begins it where there is none.

        Args:
            name: What it is called.
            folder: Where its journal is kept; if left out, a folder of that name under
                runs/workflows.

        Raises:
            UsageError: If another process runs it, its journal is damaged or of another workflow,
                or the folder cannot be written to.
        """
        if not name.strip():
            raise UsageError("A workflow needs a name")
        if folder is None:
            folder = Path(FOLDER) / (re.sub(r"[^\w.-]+", "-", name).strip(".-") or "unnamed")
        self.name, self.folder = name, Path(folder)
        self.steps: tuple[StepRecord, ...] = ()
        self._inside, self._torn = "", False
        self._known = list[_Known]()
        self._journal = Journal(self.folder)
        try:
            self._read()
        except BaseException:
            self._journal.close()
            raise
        self._found = len(self._known)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._journal.close()
        left = [known.name for known in self._known[len(self.steps) : self._found]]
        if kind is None and self.steps and left:
            self._changed(f"it no longer has the step {left[0]!r}")

    @property
    def ended(self) -> frozenset[str]:
        """Returns the names of the steps that have ended, in this run or in an earlier one."""
        return frozenset(known.name for known in self._known if known.event in ENDED)

    def act(
        self,
        agent: Agent,
        name: str,
        goal: str,
        *,
        done: Look | None = None,
        stop: bool = True,
        **how: Any,
    ) -> Result:
        """Has an agent bring something about, once.

        Args:
            agent: Who does it.
            name: The step's name.
            goal: What is wanted.
            done: Looks whether it is there; asked only if an earlier run may have done it.
            stop: Whether the workflow stops if the agent fails or abstains; else the script goes
                on with the result.
            how: The rest of `Agent.act`'s arguments (`expect`, `max_steps`, `deadline`).

        Returns:
            What came of it; from disk if an earlier run did it.

        Raises:
            StepFailed: If the agent failed or abstained, and `stop` holds.
            Ambiguous: If an earlier run may have done it, and there is no `done`.
            UsageError: If the script is not the one that the journal is of.
        """
        from palaestra.agent.result import Result

        def effect() -> Result:
            result = agent.act(goal, **how)
            if stop and result.outcome in MISSED:
                raise StepFailed(name, result.reason, result)
            return result

        def found(value: Any) -> Result:
            if isinstance(value, Result):
                return value
            return Result("verified", "found done after an interruption")

        return self._effect(name, "act", goal, effect, done, found, TypeAdapter(Result))

    def ask(self, agent: Agent, name: str, question: str, schema: Any = str) -> Any:
        """Has an agent answer a question; a run after a kill asks again.

        Args:
            agent: Who answers.
            name: The step's name.
            question: What is asked.
            schema: What the answer is, as for `Agent.ask`.

        Returns:
            The answer; from disk if an earlier run had it.
        """
        return self._reading(
            name, "ask", question, lambda: agent.ask(question, schema=schema), TypeAdapter(schema)
        )

    def check(self, name: str, condition: Callable[[], object], *, stop: bool = True) -> bool:
        """Checks that something holds; what was found once is not checked again.

        Args:
            name: The step's name.
            condition: Says whether it holds; changes nothing.
            stop: Whether the workflow stops where it does not hold, and checks again when it is
                run again; else that is the result.

        Returns:
            Whether it holds.

        Raises:
            StepFailed: If it does not, and `stop` holds.
        """

        def checked() -> bool:
            holds = bool(condition())
            if stop and not holds:
                raise StepFailed(name, "this does not hold")
            return holds

        return self._reading(name, "check", "", checked, TypeAdapter(bool))

    def do(
        self,
        name: str,
        work: Callable[[], T],
        *,
        done: Callable[[], T | bool | None] | None = None,
        schema: Any = None,
    ) -> T:
        """Does anything in Python, once.

        Args:
            name: The step's name.
            work: What is done.
            done: Looks whether it is done, and returns False or None if not, else True or what
                `work` would have returned; asked only if an earlier run may have done it.
            schema: The type of what `work` returns, for what is not plain (Decimal, date, a
                pydantic model ...).

        Returns:
            What `work` returned; from disk if an earlier run did it.

        Raises:
            Ambiguous: If an earlier run may have done it, and there is no `done`.
            UsageError: If what `work` returned cannot be kept on disk, or the script is not the one
                that the journal is of.
        """
        return self._effect(
            name,
            "do",
            "",
            work,
            done,
            lambda value: cast(T, None if value is True and schema is not bool else value),
            TypeAdapter(Any if schema is None else schema),
        )

    def settle(self, step: str, how: Literal["done", "repeat"], value: Any = None) -> None:
        """Says what became of an ambiguous step; it counts for that one time.

        Args:
            step: Its name.
            how: "done" if its effect is there, "repeat" if it is not.
            value: What the step then returns, as plain data, if it is one that returns something.

        Raises:
            UsageError: If the step is not ambiguous.
        """
        if how not in ("done", "repeat"):
            raise UsageError(f'A step is settled as "done" or "repeat", not as {how!r}')
        last = self._known[-1] if self._known else None
        if last and last.event in OPEN and last.name == step:
            place = len(self._known) - 1
        elif self._torn and not (last and last.event in OPEN):
            place = len(self._known)
        else:
            raise UsageError(f"There is nothing to settle about step {step!r} of {self.name}")
        self._write({"event": how, "step": place, "name": step, "value": value})

    def _effect(
        self,
        name: str,
        kind: Kind,
        about: str,
        work: Callable[[], T],
        done: Look | None,
        found: Callable[[Any], T],
        schema: TypeAdapter[Any],
    ) -> T:
        """Runs a step that may change something.

        Args:
            name: The step's name.
            kind: What it is.
            about: What it is about; a changed script is noticed by it.
            work: What has the effect.
            done: Looks whether the effect is there.
            found: Makes a result of what `done` found.
            schema: What the result is.
        """
        known = self._enter(name, kind, about)
        if known and known.event in ENDED:
            return self._given_back(known, found, schema)
        place, began = len(self.steps), time.monotonic()
        entry: Entry = {"step": place, "name": name, "kind": kind, "about": about}
        if known.event in OPEN if known else self._torn:
            there = self._looked(name, known, done)
            if there is not None and there is not False:
                value: T = found(there)
                self._end(entry, value, schema, began)
                return value
        self._write({"event": "begun", **entry})
        self._inside = name
        try:
            value = work()
        except Exception as wrong:
            self._write({"event": "failed", **entry, "why": f"{type(wrong).__name__}: {wrong}"})
            raise
        finally:
            self._inside = ""
        self._end(entry, value, schema, began)
        return value

    def _reading(
        self, name: str, kind: Kind, about: str, read: Callable[[], T], schema: TypeAdapter[Any]
    ) -> T:
        """Runs a step that changes nothing: it is written down only when it has ended."""
        known = self._enter(name, kind, about)
        if known and known.event in ENDED:
            given: T = self._given_back(known, lambda value: cast(T, value), schema)
            return given
        entry: Entry = {"step": len(self.steps), "name": name, "kind": kind, "about": about}
        began, self._inside = time.monotonic(), name
        try:
            value = read()
        finally:
            self._inside = ""
        self._end(entry, value, schema, began)
        return value

    def _enter(self, name: str, kind: Kind, about: str) -> _Known | None:
        """Returns what the journal says of the step that the script has come to.

        Raises:
            UsageError: If it is not the step that the journal has in its place.
        """
        if not name.strip():
            raise UsageError("A step needs a name")
        if self._inside:
            raise UsageError(f"Step {name!r} begins inside step {self._inside!r}; put it after")
        if any(step.name == name for step in self.steps):
            raise UsageError(f"There are two steps named {name!r}; a step's name is its own")
        if len(self.steps) >= len(self._known):
            return None
        known = self._known[len(self.steps)]
        if known.event == "repeat" or (not known.kind and known.name == name):
            return known
        if known.name != name:
            self._changed(f"where it had the step {known.name!r}, it has {name!r} now")
        if (known.kind, known.about) != (kind, about):
            was, now = (f"{k} {a!r}" for k, a in ((known.kind, known.about), (kind, about)))
            self._changed(f"step {name!r} was {was}, and is {now} now")
        return known

    def _looked(self, name: str, known: _Known | None, done: Look | None) -> Any:
        why = "may have begun (the last line of the journal was damaged)"
        if known:
            why = {
                "begun": "began, and its end is not known",
                "failed": f"failed in an earlier run ({known.why})",
                "lost": "ended, but what it returned could not be kept",
            }[known.event]
        if done is None:
            raise Ambiguous(self, name, why)
        self._inside = name
        try:
            return done()
        finally:
            self._inside = ""

    def _end(self, entry: Entry, value: Any, schema: TypeAdapter[Any], began: float) -> None:
        """Writes down that a step ended, and with what.

        Raises:
            UsageError: If what it returned cannot be kept.
        """
        seconds = round(time.monotonic() - began, 3)
        try:
            kept = _plain(value, schema)
        except ValueError as wrong:
            self._write({"event": "lost", **entry})
            raise UsageError(
                f"Step {entry['name']!r} has ended, but what it returned cannot be kept ({wrong}): "
                "return plain values, or name their type with schema="
            ) from wrong
        self._write({"event": "ended", **entry, "value": kept, "seconds": seconds})
        self._pass(self._known[entry["step"]], value, from_disk=False)

    def _given_back(self, known: _Known, found: Callable[[Any], T], schema: TypeAdapter[Any]) -> T:
        try:
            value: T
            if known.event == "done" and known.value is None:
                value = found(True)
            else:
                value = schema.validate_json(json.dumps(known.value))
        except ValidationError as wrong:
            raise UsageError(
                f"What step {known.name!r} returned is not what the script takes it for: {wrong}"
            ) from wrong
        self._pass(known, value, from_disk=True)
        return value

    def _pass(self, known: _Known, value: Any, *, from_disk: bool) -> None:
        told = getattr(value, "outcome", str(value).lower() if value in (True, False) else "ended")
        ok = told not in (*MISSED, "false")
        step = StepRecord(known.name, cast(Kind, known.kind), ok, told, from_disk, known.seconds)
        self.steps = (*self.steps, step)

    def _write(self, entry: Entry) -> None:
        self._journal.append(entry)
        self._learn(entry)

    def _learn(self, entry: Entry) -> None:
        """Takes in what an entry says."""
        self._torn = entry == TORN
        if self._torn:
            return
        place = entry["step"]
        before = self._known[place] if place < len(self._known) else None
        known = _Known(
            entry["name"],
            entry.get("kind", before.kind if before else ""),
            entry.get("about", before.about if before else ""),
            entry["event"],
            entry.get("value"),
            entry.get("why", ""),
            entry.get("seconds", 0.0),
        )
        self._known[place:] = [known]

    def _read(self) -> None:
        """Takes in the journal, or begins it.

        Raises:
            UsageError: If it is the journal of another workflow.
        """
        if self._journal.entries in ([], [TORN]):
            self._journal.append({"event": "workflow", "name": self.name, "format": FORMAT})
        entries = self._journal.entries
        head, *entries = entries[entries[0] == TORN :]  # before the head no step can have begun
        if head.get("format") != FORMAT:
            raise UsageError(f"{self._journal.path} is not of this version of Palaestra")
        if head.get("name") != self.name:
            raise UsageError(
                f"{self._journal.path} is of the workflow {head.get('name')!r}, not of "
                f"{self.name!r}: take another folder"
            )
        for entry in entries:
            self._learn(entry)

    def _changed(self, how: str) -> NoReturn:
        raise UsageError(
            f"The script is not the one that {self._journal.path} is of: {how}. "
            "Run the script as it was, or begin in another folder"
        )


def _plain(value: Any, schema: TypeAdapter[Any]) -> Any:
    """Returns a value as plain data.

    Raises:
        ValueError: If the value cannot be made of it again.
    """
    plain = schema.dump_python(value, mode="json", warnings="error")
    again = schema.validate_json(json.dumps(plain, allow_nan=False))
    if type(again) is not type(value) or again != value:
        raise ValueError(f"{type(value).__name__} is not plain data")
    return plain
