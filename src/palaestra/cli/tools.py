"""`palaestra tools`: an application as typed functions, listed or served to programs.

Whoever calls the tools can neither start over nor ask for the verdict: that is printed here, when
the server stops.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.faces.tools import Tool, Toolbox

HELP = "list an application's tools, or serve them over MCP or HTTP"
ABOUT = """\
`--serve mcp` speaks MCP over standard input and output, as MCP clients start it. `--serve http`
listens on this machine: POST /tools/NAME, GET /openapi.json, and MCP at /mcp; each session has a
bearer secret, which is printed. With --task the verdict is printed when the server stops, and the
exit code is 1 if the task was not solved.

examples:
  palaestra tools accounting
  palaestra tools accounting --schema
  palaestra tools accounting --serve mcp --task 7
  palaestra tools procedural:7 --serve http --sessions 3
"""
PORT = 8421


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument("gym", metavar="GYM", help="whose tools; of a family NAME:SEED")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="print name and use of each (default)")
    what.add_argument("--schema", action="store_true", help="print them as JSON, with schemas")
    what.add_argument("--serve", choices=("http", "mcp"), help="serve them")
    parser.add_argument("--seed", type=int, default=0, help="decides the data (default 0)")
    parser.add_argument("--task", type=int, metavar="N", help="give the N-th task to do")
    parser.add_argument("--split", default="practice", help="what the task is made of (practice)")
    parser.add_argument("--port", type=int, default=PORT, help=f"default {PORT}; 0 for any")
    parser.add_argument(
        "--sessions",
        type=int,
        default=1,
        metavar="N",
        help="how many to hold over HTTP (default 1)",
    )


def run(args: argparse.Namespace) -> int:
    """Prints the tools, or serves them; 1 if a task was given and not solved."""
    if args.sessions < 1 or (args.sessions > 1 and args.serve != "http"):
        raise UsageError("--sessions must be 1 or more, and goes with --serve http")
    if args.task is not None and args.task < 0:
        raise UsageError(f"The task must be a number of 0 or more; got {args.task}")
    boxes = [_box(args) for _ in range(args.sessions)]
    if args.serve == "mcp":
        from palaestra.faces.tools import mcp_server

        with suppress(KeyboardInterrupt):
            mcp_server.serve(boxes[0])
        return _judge(boxes, sys.stderr)
    if args.serve == "http":
        _listen(args, boxes)
        return _judge(boxes, sys.stdout)
    tools = boxes[0].tools.values()
    if args.schema:
        print(json.dumps([_schema(tool) for tool in tools], indent=1, ensure_ascii=False))
    else:
        _print(tools)
    return 0


def _box(args: argparse.Namespace) -> Toolbox:
    from palaestra import gyms
    from palaestra.faces.tools import Toolbox
    from palaestra.gyms.drawing import draw
    from palaestra.tasks import splits
    from palaestra.types import Start

    if args.task is None:
        return Toolbox(gyms.find(args.gym), Start(args.gym, args.seed))
    task = next(draw(args.gym, splits.find(args.split), args.task, 1))
    return Toolbox(gyms.find(task.start.app), task.start, task)


def _listen(args: argparse.Namespace, boxes: list[Toolbox]) -> None:
    import secrets

    from palaestra.faces.serving import address, listen, serve
    from palaestra.faces.tools.http import build

    by_secret = {secrets.token_urlsafe(16): box for box in boxes}
    with listen(args.port) as door:
        print(f"The tools of {args.gym} are at {address(door)} (Ctrl-C stops them)")
        for number, secret in enumerate(by_secret, 1):
            print(f"session {number}: Authorization: Bearer {secret}")
        if boxes[0].task:
            print(f"task: {boxes[0].task.goal}")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            serve(build(by_secret), door, lifespan="on")


def _judge(boxes: list[Toolbox], out: TextIO) -> int:
    """Prints what came of the task in each session; 1 if it was not solved in one of them."""
    code = 0
    for number, box in enumerate(boxes, 1):
        if verdict := box.verdict():
            word = "solved" if verdict.success else f"not solved: {verdict.reason}"
            done = "" if verdict.success else f" ({verdict.progress:.0%} of the way)"
            print(f"session {number}: {word}{done}", file=out, flush=True)
            code = code if verdict.success else 1
    return code


def _schema(tool: Tool) -> dict[str, object]:
    return {
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "inputSchema": tool.takes,
        "outputSchema": tool.gives,
    }


def _print(tools: Iterable[Tool]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("Tool", "Takes", "What it does", header_style="bold", box=None, pad_edge=False)
    for tool in tools:
        needed = tool.takes["required"]
        takes = [name if name in needed else f"[dim]{name}[/]" for name in tool.takes["properties"]]
        table.add_row(f"[bold]{tool.name}[/]", ", ".join(takes), escape(tool.description))
    console = Console()
    console.print(table)
    console.print("[dim]Grey arguments may be left out.[/]")
