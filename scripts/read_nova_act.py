"""Writes down what the public surface of a release of Amazon's nova-act is: names, no code.

    pip download nova-act --no-deps -d /tmp/nova
    python scripts/read_nova_act.py /tmp/nova/nova_act-*.whl > tests/compat/nova_act.json

The wheel is read, not installed and not run: `tests/compat/` holds our port against the file.
"""

from __future__ import annotations

import ast
import json
import sys
from typing import Any
from zipfile import ZipFile

DOOR = "nova_act/__init__.py"
ERRORS = ("nova_act/types/errors.py", "nova_act/types/act_errors.py")
CLASSES = {
    "NovaAct": "nova_act/nova_act.py",
    "ActMetadata": "nova_act/types/act_metadata.py",
    "ActResult": "nova_act/types/act_result.py",
    "ActGetResult": "nova_act/types/act_result.py",
    "SecurityOptions": "nova_act/types/features.py",
    "GuardrailDecision": "nova_act/types/guardrail.py",
    "GuardrailInputState": "nova_act/types/guardrail.py",
    "StopHook": "nova_act/types/hooks.py",
    "ApprovalResponse": "nova_act/tools/human/interface/human_input_callback.py",
    "UiTakeoverResponse": "nova_act/tools/human/interface/human_input_callback.py",
    "HumanInputCallbacksBase": "nova_act/tools/human/interface/human_input_callback.py",
    "DefaultHumanInputCallbacks": "nova_act/tools/human/interface/human_input_callback.py",
}


def main() -> None:
    with ZipFile(sys.argv[1]) as wheel:
        version = sys.argv[1].rpartition("/")[2].split("-")[1]
        door = ast.parse(wheel.read(DOOR))
        trees = {path: ast.parse(wheel.read(path)) for path in {*CLASSES.values(), *ERRORS}}
    told = {
        "version": version,
        "names": sorted(_exported(door)),
        "errors": {
            found.name: [ast.unparse(base) for base in found.bases]
            for path in ERRORS
            for found in _classes(trees[path])
        },
        "classes": {
            name: _told(next(c for c in _classes(trees[path]) if c.name == name))
            for name, path in CLASSES.items()
        },
    }
    json.dump(told, sys.stdout, indent=1)
    print()


def _classes(tree: ast.Module) -> list[ast.ClassDef]:
    return [node for node in tree.body if isinstance(node, ast.ClassDef)]


def _exported(door: ast.Module) -> list[str]:
    for node in door.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return names
    raise SystemExit("The package has no __all__")


def _told(found: ast.ClassDef) -> dict[str, Any]:
    """Returns a class's public fields, properties, and methods with their parameters."""
    fields, properties, methods = list[str](), list[str](), dict[str, list[str]]()
    for node in found.body:
        if isinstance(node, ast.AnnAssign):
            fields.append(ast.unparse(node.target))
        elif isinstance(node, ast.Assign):
            fields += [ast.unparse(target) for target in node.targets]
        elif isinstance(node, ast.FunctionDef):
            if "property" in map(ast.unparse, node.decorator_list):
                properties.append(node.name)
            elif not node.name.startswith("_") or node.name == "__init__":
                methods[node.name] = _parameters(node.args)
    public = sorted(name for name in fields if not name.startswith("_") and name != "model_config")
    return {"fields": public, "properties": sorted(set(properties)), "methods": methods}


def _parameters(args: ast.arguments) -> list[str]:
    """Returns parameters, "*" before those that are given by name only."""
    told = [arg.arg for arg in (*args.posonlyargs, *args.args)][1:]
    return [*told, *(["*", *(arg.arg for arg in args.kwonlyargs)] if args.kwonlyargs else [])]


if __name__ == "__main__":
    main()
