"""The tools as an OpenAPI 3.1 document, for the HTTP form; its schemas are the tools' own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from palaestra.faces.tools.catalog import Tool
from palaestra.faces.tools.toolbox import ERROR

STATUS = {
    "unknown tool": 404,
    "wrong arguments": 422,
    "refused": 409,
    "over": 409,
    "failed": 500,
}
"""The HTTP status of each kind of error."""
OTHERS = {
    400: "The body is not JSON",
    401: "The secret is missing or unknown",
    413: "The body is too big",
    415: "The body is not sent as application/json",
}


def describe(title: str, tools: Iterable[Tool]) -> dict[str, Any]:
    """Returns the document.

    Args:
        title: Title of the application.
        tools: What can be called.
    """
    return {
        "openapi": "3.1.1",
        "info": {"title": title, "version": "1"},
        "security": [{"secret": []}],
        "paths": {f"/tools/{tool.name}": {"post": _operation(tool)} for tool in tools},
        "components": {
            "schemas": {"Error": ERROR},
            "securitySchemes": {"secret": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(tool: Tool) -> dict[str, Any]:
    error = {"$ref": "#/components/schemas/Error"}
    by_status: dict[int, list[str]] = {}
    for kind, status in STATUS.items():
        by_status.setdefault(status, []).append(kind)
    wrong = {
        **OTHERS,
        **{status: ", or ".join(kinds).capitalize() for status, kinds in by_status.items()},
    }
    return {
        "operationId": tool.name,
        "summary": tool.title,
        "description": tool.description,
        "requestBody": {"required": True, "content": _json(tool.takes)},
        "responses": {
            "200": {"description": "What the tool gives", "content": _json(tool.gives)},
            **{
                str(status): {"description": why, "content": _json(error)}
                for status, why in sorted(wrong.items())
            },
        },
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
