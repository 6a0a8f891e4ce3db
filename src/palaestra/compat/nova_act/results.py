"""What acts return, by nova-act's names, and how an answer is held to a JSON schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema
import pydantic

from palaestra.agent.figures import Misfit
from palaestra.agent.reading import read
from palaestra.compat.nova_act.errors import ValidationFailed

BOOL_SCHEMA: dict[str, Any] = {"type": "boolean"}
STRING_SCHEMA: dict[str, Any] = {"type": "string"}
PLAIN: dict[str, Any] = {"boolean": bool, "integer": int, "number": float, "string": str}


@dataclass(frozen=True)
class ActMetadata:
    """What is known of an act.

    Attributes:
        session_id: Between `start` and `stop` it is the same.
        act_id: The act's own.
        num_steps_executed: Actions that were done.
        start_time: When it began, in seconds since 1970.
        end_time: When it ended.
        prompt: What was asked for.
        step_server_times_s: Empty: there is no server.
        time_worked_s: Seconds without those that a person took.
        human_wait_time_s: Seconds that a person took.
        trajectory_file_path: The JSON beside the trace.
    """

    session_id: str
    act_id: str
    num_steps_executed: int
    start_time: float | None
    end_time: float | None
    prompt: str
    step_server_times_s: list[float] = field(default_factory=list)
    time_worked_s: float | None = None
    human_wait_time_s: float = 0.0
    trajectory_file_path: str | None = None


@dataclass(frozen=True)
class ActResult:
    """An act that came to its end.

    Attributes:
        metadata: What is known of it.
        replayable: Whether `NovaAct(replayable=True)` asked for the trajectory.
    """

    metadata: ActMetadata
    replayable: bool = False

    @property
    def trajectory_file_path(self) -> str | None:
        """Returns where the trajectory is; None unless `replayable` holds."""
        return self.metadata.trajectory_file_path if self.replayable else None


@dataclass(frozen=True)
class ActGetResult(ActResult):
    """An act that brought an answer.

    Attributes:
        response: The answer as it was given.
        parsed_response: The answer as plain data.
        valid_json: Whether it could be read.
        matches_schema: Whether it fits.
    """

    response: str | None = None
    parsed_response: Any = None
    valid_json: bool | None = None
    matches_schema: bool | None = None

    def without_response(self) -> ActResult:
        """Returns the same without the answer."""
        return ActResult(self.metadata, self.replayable)


def checked(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a JSON schema.

    Raises:
        ValidationFailed: If it is none.
    """
    try:
        jsonschema.Draft7Validator.check_schema(dict(schema))
    except (jsonschema.SchemaError, TypeError, ValueError) as wrong:
        raise ValidationFailed(f"schema= is no JSON schema: {wrong}") from wrong
    return dict(schema)


def answered(
    metadata: ActMetadata, replayable: bool, answer: str | None, schema: Mapping[str, Any]
) -> ActGetResult:
    """Returns an answer as the schema wants it, as far as it can be read so.

    Args:
        metadata: What is known of the act.
        replayable: As in the result.
        answer: What was answered; None if nothing was.
        schema: What is wanted.
    """
    try:
        parsed = None if answer is None else _parsed(answer, schema)
    except (Misfit, ValueError):
        return ActGetResult(metadata, replayable, answer, None, False, False)
    fits = answer is not None and jsonschema.Draft7Validator(schema).is_valid(parsed)
    return ActGetResult(metadata, replayable, answer, parsed, answer is not None, fits)


def _parsed(answer: str, schema: Mapping[str, Any]) -> Any:
    """Reads an answer: JSON as it stands, else in the words of the page."""
    if schema.get("type") == "string":
        return answer
    try:
        found = json.loads(answer)
    except ValueError:
        found = None
    if found is not None and jsonschema.Draft7Validator(schema).is_valid(found):
        return found
    wanted = _type(schema)
    return pydantic.TypeAdapter(wanted).dump_python(read(answer, wanted), mode="json")


def _type(schema: Mapping[str, Any]) -> Any:
    """Returns the type that is meant.

    Raises:
        ValueError: If words cannot be read as such.
    """
    kind = schema.get("type")
    if isinstance(kind, str) and kind in PLAIN:
        return PLAIN[kind]
    if kind == "array":
        return list[_type(schema.get("items", STRING_SCHEMA))]  # type: ignore[misc]
    raise ValueError(f"An answer in words cannot be {kind}")
