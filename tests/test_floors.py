"""The house: a floor imports only lower floors, and rooms on one floor do not see each other.

Imports are read from the source, so that lazy ones (inside functions), those for type checkers and
`importlib.import_module("palaestra...")` count as well.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "palaestra"

FLOORS = {
    "types": 0,
    "errors": 0,
    "kit": 1,
    "tasks": 2,
    "gyms": 3,
    "faces": 3,
    "browser": 3,
    "testing": 4,
    "policies": 4,
    "selfplay": 5,
    "exams": 5,
    "registry": 6,
    "agent": 6,
    "compat": 7,
    "serve": 7,
    "cli": 7,
}
# The package itself and `python -m palaestra` are the door of the command line.
DOOR = {"__init__": "cli", "__main__": "cli"}

LIBRARIES = {
    "torch": {"policies", "selfplay"},
    "safetensors": {"policies", "selfplay"},
    "playwright": {"browser"},
    "httpx2": {"policies"},
    "jsonschema": {"compat", "faces"},
    "mcp": {"faces"},
    "pydantic": {"agent", "compat"},
    "starlette": {"faces", "serve"},
    "uvicorn": {"faces", "serve"},
}
# (library, room) that may be imported inside functions only, so that the room loads without it.
LAZY = {("playwright", "testing")}

HEAVY = ("torch", "safetensors", "playwright", "httpx2", "mcp", "starlette", "uvicorn")
NOT_AT_IMPORT = (*HEAVY, "gymnasium", "mimesis", "scipy", "whenever")


class Import(NamedTuple):
    """One import found in a source: the dotted name, where, and whether it waits for a call."""

    name: str
    line: int
    lazy: bool


def room_of(module: str) -> str:
    """Returns the room of a dotted module name: "palaestra.kit.store" is in "kit"."""
    parts = module.split(".")
    name = parts[1] if len(parts) > 1 else "__init__"
    return DOOR.get(name, name)


def module_name(path: Path) -> str:
    """Returns the dotted name of a file under src/, with `__init__` told."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def read_imports(source: str, module: str) -> list[Import]:
    """Lists all that a module's source imports, as absolute names."""
    return list(_imports(ast.parse(source), module, lazy=False))


def _imports(node: ast.AST, module: str, *, lazy: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(alias.name, node.lineno, lazy)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            base = ".".join([*module.split(".")[: -node.level], *([base] if base else [])])
        for alias in node.names:
            # What is taken from the package's door may be a room or a name in `__init__`.
            at_door = base == "palaestra" and alias.name in FLOORS
            yield Import(f"{base}.{alias.name}" if at_door else base, node.lineno, lazy)
    elif isinstance(node, ast.Call) and (name := _dynamic(node)):
        yield Import(name, node.lineno, lazy)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        lazy = True
    for_types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    for child in ast.iter_child_nodes(node):
        in_body = for_types and isinstance(node, ast.If) and child in node.body
        yield from _imports(child, module, lazy=lazy or in_body)


def _dynamic(call: ast.Call) -> str:
    """Returns the known beginning of what import_module() or __import__() is asked for."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name not in {"import_module", "__import__"} or not call.args:
        return ""
    argument = call.args[0]
    if isinstance(argument, ast.JoinedStr) and argument.values:
        argument = argument.values[0]
    text = argument.value if isinstance(argument, ast.Constant) else ""
    return text.rstrip(".") if isinstance(text, str) else ""


def violations(source: str, module: str) -> list[str]:
    """Says what a module imports that it may not, one line each.

    Args:
        source: The module's Python source.
        module: Its dotted name; a package's own file ends in `.__init__`.
    """
    here = room_of(module)
    if here not in FLOORS:
        return [f"{module}: room {here!r} is not in the house (DESIGN.md)"]
    found = []
    for name, line, lazy in read_imports(source, module):
        top = name.split(".")[0]
        if top == "palaestra":
            there = room_of(name)
            if there not in FLOORS:
                found.append(f"{module}:{line}: room {there!r} is not in the house (DESIGN.md)")
            elif there != here and FLOORS[there] >= FLOORS[here]:
                found.append(
                    f"{module}:{line}: {here} (floor {FLOORS[here]}) "
                    f"imports {there} (floor {FLOORS[there]})"
                )
        elif top in LIBRARIES and here not in LIBRARIES[top]:
            if (top, here) not in LAZY:
                found.append(f"{module}:{line}: {here} imports {top}")
            elif not lazy:
                found.append(f"{module}:{line}: {here} imports {top} outside a function")
    return found


def test_every_floor_imports_only_lower_floors():
    sources = sorted(PACKAGE.rglob("*.py"))
    assert sources
    found = [
        line
        for path in sources
        for line in violations(path.read_text(encoding="utf-8"), module_name(path))
    ]
    assert not found, "\n".join(["the floors are broken:", *found])


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        ("palaestra.kit.store", "import palaestra.gyms", "kit (floor 1) imports gyms (floor 3)"),
        ("palaestra.kit.store", "from ..tasks import goals", "kit (floor 1) imports tasks"),
        ("palaestra.kit.__init__", "from ..gyms.x import app", "kit (floor 1) imports gyms"),
        ("palaestra.gyms.crm.__init__", "from ... import faces", "gyms (floor 3) imports faces"),
        ("palaestra.kit.store", "from palaestra import exams", "kit (floor 1) imports exams"),
        ("palaestra.kit.store", "from palaestra import __version__", "kit (floor 1) imports cli"),
        ("palaestra.kit.store", "import palaestra", "kit (floor 1) imports cli (floor 7)"),
        ("palaestra.types", "from palaestra.errors import Refused", "types (floor 0) imports"),
        ("palaestra.exams.draw", "import palaestra.selfplay.loop as l", "exams (floor 5) imports"),
        ("palaestra.serve.app", "import palaestra.cli", "serve (floor 7) imports cli (floor 7)"),
        ("palaestra.tasks.a", "def f():\n    from palaestra.gyms import b", "tasks (floor 2)"),
        (
            "palaestra.tasks.a",
            "if TYPE_CHECKING:\n    from palaestra.faces.tree import Env",
            "tasks (floor 2) imports faces",
        ),
        ("palaestra.kit.find", "import_module('palaestra.gyms.crm')", "kit (floor 1) imports gyms"),
        ("palaestra.kit.find", "i.import_module(f'palaestra.gyms.{n}')", "kit (floor 1) imports"),
        ("palaestra.attic.box", "", "'attic' is not in the house"),
        ("palaestra.cli", "import palaestra.attic", "'attic' is not in the house"),
        ("palaestra.exams.score", "def f():\n    import torch.nn", "exams imports torch"),
        ("palaestra.cli.train", "from torch import set_num_threads", "cli imports torch"),
        ("palaestra.exams.score", "import safetensors.torch", "exams imports safetensors"),
        (
            "palaestra.faces.page",
            "from playwright.sync_api import Page",
            "faces imports playwright",
        ),
        ("palaestra.testing.parity", "import playwright", "imports playwright outside a function"),
        ("palaestra.cli", "def f():\n    import uvicorn", "cli imports uvicorn"),
        ("palaestra.cli.tools", "def f():\n    import mcp", "cli imports mcp"),
        ("palaestra.kit.screens", "from starlette.routing import Route", "kit imports starlette"),
    ],
)
def test_the_check_catches(module: str, source: str, complaint: str):
    assert any(complaint in line for line in violations(source, module)), violations(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "palaestra.kit.store",
            "from . import diff\nfrom .diff import Diff\nimport palaestra.types",
        ),
        ("palaestra.gyms.crm.__init__", "from palaestra.kit import App\nfrom . import rules"),
        ("palaestra.__main__", "from palaestra.cli import main"),
        ("palaestra.cli.train", "from palaestra import __version__, selfplay, types"),
        ("palaestra.testing.parity", "def f():\n    from playwright.sync_api import Page"),
        ("palaestra.testing.parity", "if TYPE_CHECKING:\n    from playwright.sync_api import Page"),
        ("palaestra.policies.net", "import torch, safetensors.torch"),
        ("palaestra.faces.page.server", "import starlette, uvicorn"),
        ("palaestra.faces.tools.mcp_server", "from mcp.server import Server"),
    ],
)
def test_the_check_lets_pass(module: str, source: str):
    assert violations(source, module) == []


def in_fresh_interpreter(code: str, cwd: Path) -> str:
    """Runs code in a Python that inherits no imports, warnings being errors; returns its output."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def loaded_of(names: tuple[str, ...]) -> str:
    """Returns an expression for those of the libraries that the interpreter has loaded."""
    return f"[n for n in {names!r} if n in sys.modules]"


def test_import_is_quick_and_changes_nothing(tmp_path: Path):
    code = f"""
import json, logging, os, random, signal, sys, threading, time, warnings
def state():
    return [dict(os.environ), os.getcwd(), random.getstate(), list(warnings.filters), sys.path[:],
            threading.active_count(), list(logging.root.handlers), signal.getsignal(signal.SIGINT)]
before, start = state(), time.process_time()
import palaestra
seconds = time.process_time() - start
print(json.dumps([state() == before, seconds, {loaded_of(NOT_AT_IMPORT)}]))
"""
    runs = [json.loads(in_fresh_interpreter(code, tmp_path)) for _ in range(3)]
    assert all(unchanged for unchanged, _, _ in runs), "import palaestra changes the process"
    assert [loaded for _, _, loaded in runs] == [[], [], []], "import palaestra loads these"
    assert min(seconds for _, seconds, _ in runs) < 0.25, "import palaestra is slow (CPU seconds)"
    assert list(tmp_path.iterdir()) == [], "import palaestra writes files"


def test_the_command_line_is_drawn_without_the_heavy_libraries(tmp_path: Path):
    code = f"""
import json, sys
from palaestra.cli import build_parser
build_parser().format_help()
print(json.dumps({loaded_of(HEAVY)}))
"""
    assert json.loads(in_fresh_interpreter(code, tmp_path)) == []
