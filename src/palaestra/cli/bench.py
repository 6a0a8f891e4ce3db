"""`palaestra bench`: measures how fast applications run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from typing import TYPE_CHECKING

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.testing.bench import Bench

HELP = "measure steps a second, resets, forks and memory"
ABOUT = """\
A step is an action drawn at random beforehand, with the full observation after it. Times are CPU
time on one core.

examples:
  palaestra bench
  palaestra bench procedural:17 --seconds 5 --json
"""
TASKS = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument(
        "gym", nargs="?", default="accounting", metavar="GYM", help="which (default: accounting)"
    )
    parser.add_argument(
        "--seconds", type=float, default=1.0, help="CPU time for each measurement (default: 1)"
    )
    parser.add_argument("--seed", type=int, default=0, help="decides the play (default: 0)")
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")


def run(args: argparse.Namespace) -> int:
    """Measures."""
    if not 0 < args.seconds <= 600 or args.seed < 0:
        raise UsageError("--seconds must be more than 0 and at most 600, and --seed 0 or more")
    from palaestra import gyms
    from palaestra.gyms.drawing import draw
    from palaestra.tasks.splits import PRACTICE
    from palaestra.testing.bench import measure

    app = gyms.find(args.gym)
    tasks = list(draw(args.gym, PRACTICE, args.seed, TASKS))
    if sys.stderr.isatty():
        print(f"Measuring {args.gym}, about {10 * args.seconds:.0f} seconds ...", file=sys.stderr)
    bench = measure(app, tasks, seconds=args.seconds)
    if args.json:
        print(json.dumps({**bench.to_json(), "machine": _machine()}, indent=1))
    else:
        _print(bench)
    return 0


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _print(bench: Bench) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = [
        ("steps with the full observation", f"{bench.steps_per_second:,.0f} a second"),
        ("the same where it was before", f"{bench.warm_steps_per_second:,.0f} a second"),
        ("nodes in an observation, mean", f"{bench.nodes:.1f}"),
        ("steps through Gymnasium, as text", f"{bench.gymnasium_steps_per_second:,.0f} a second"),
        ("reset, seed seen before", f"{bench.reset_seen_us:,.1f} µs"),
        ("reset, seed not seen", f"{bench.reset_unseen_us:,.1f} µs"),
        ("fork", f"{bench.fork_us:,.2f} µs"),
        ("snapshot, change, restore", f"{bench.restore_us:,.2f} µs"),
        ("diff", f"{bench.diff_us:,.1f} µs"),
        ("digest after a change", f"{bench.digest_us:,.1f} µs"),
        ("memory of a session", f"{bench.session_bytes / 1024:,.1f} KiB"),
        ("memory of a fork", f"{bench.fork_bytes / 1024:,.1f} KiB"),
    ]
    console = Console()
    console.print(Text(f"{bench.app} ({_machine()}; CPU time, one core)", style="bold"))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows:
        table.add_row(name, value)
    console.print(table)
