"""`palaestra bench`: measures how fast applications run, next to the same in Chromium."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.kit.app import App
    from palaestra.testing.bench import Bench
    from palaestra.testing.browsing import Browsing

HELP = "measure steps a second, resets, forks and memory"
ABOUT = """\
A step is an action drawn at random beforehand, with the full observation after it. Times are CPU
time on one core; those of Chromium, and of the same actions beside it, are by the wall.

examples:
  palaestra bench
  palaestra bench accounting crm --sizes 100,100000
  palaestra bench procedural:17 --seconds 5 --no-browser --json
  palaestra bench accounting --browser --seconds 20
"""
TASKS = 30
SIZES = "100,10000,100000"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument("gyms", nargs="*", metavar="GYM", help="which ones (default: accounting)")
    parser.add_argument(
        "--sizes",
        default=SIZES,
        metavar="N,N",
        help=f"about how many records; 0: the gym's own number (default: {SIZES})",
    )
    parser.add_argument(
        "--seconds", type=float, default=1.0, help="time for each measurement (default: 1)"
    )
    parser.add_argument("--seed", type=int, default=0, help="decides the play (default: 0)")
    parser.add_argument(
        "--browser",
        action="store_true",
        help="measure looking and acting in Chromium instead, next to Playwright's own",
    )
    parser.add_argument("--no-browser", action="store_true", help="leave Chromium out")
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")


def run(args: argparse.Namespace) -> int:
    """Measures."""
    if not 0 < args.seconds <= 600 or args.seed < 0:
        raise UsageError("--seconds must be more than 0 and at most 600, and --seed 0 or more")
    sizes = _sizes(args.sizes)
    from palaestra import gyms
    from palaestra.browser.finding import find_chromium
    from palaestra.gyms.drawing import draw
    from palaestra.tasks.splits import PRACTICE
    from palaestra.testing.bench import measure
    from palaestra.testing.pace import chromium

    names = args.gyms or ["accounting"]
    apps = {name: gyms.find(name) for name in names}
    path = None if args.no_browser else find_chromium()
    if path is None and not args.no_browser:
        raise UsageError(
            "No Chromium was found: install one, set PALAESTRA_CHROMIUM, or say --no-browser"
        )
    if args.browser:
        return _browse(args, apps, path)
    benches = []
    with ExitStack() as stack:
        browser = stack.enter_context(chromium(path)) if path else None
        for name, app in apps.items():
            tasks = list(draw(name, PRACTICE, args.seed, TASKS))
            for size in sizes:
                if sys.stderr.isatty():
                    print(f"Measuring {name} with {size} records ...", file=sys.stderr)
                bench = measure(app, tasks, size=size, seconds=args.seconds, browser=browser)
                benches.append(bench)
    if args.json:
        told = {"machine": _machine(), "results": [bench.to_json() for bench in benches]}
        print(json.dumps(told, indent=1))
    else:
        for name in apps:
            _print(name, [bench for bench in benches if bench.app == apps[name].name])
    return 0


def _browse(args: argparse.Namespace, apps: dict[str, App], path: str | None) -> int:
    from palaestra.browser import Chromium
    from palaestra.faces.page import Visits
    from palaestra.faces.page.serving import running
    from palaestra.gyms.drawing import draw
    from palaestra.tasks.splits import PRACTICE
    from palaestra.testing.bench import random_play
    from palaestra.testing.browsing import Office, browse, form
    from palaestra.testing.pace import chromium

    if path is None:
        raise UsageError("--browser and --no-browser do not go together")
    found = []
    with Chromium.launch() as ours, chromium(path) as browser:
        for name, app in apps.items():
            tasks = list(draw(name, PRACTICE, args.seed, TASKS))
            plays = [(task.start, random_play(task, app)) for task in tasks]
            visits = Visits(tasks[0].start, lambda _, app=app: app)  # type: ignore[misc]
            with running(visits) as url:
                office = Office(app, plays, visits, url)
                found.append(browse(name, office.rounds, ours, browser, args.seconds))
        found.append(browse("a plain form", form, ours, browser, args.seconds))
    if args.json:
        told = {"machine": _machine(), "results": [one.to_json() for one in found]}
        print(json.dumps(told, indent=1))
    else:
        _print_browsing(found)
    return 0


def _print_browsing(found: list[Browsing]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from palaestra.testing.browsing import BESIDE

    console = Console()
    console.print(Text(f"Chromium ({_machine()})", style="bold"))
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for one in found:
        table.add_column(one.page, justify="right")
    rows = {
        "steps, each with the page read after it": lambda b: f"{b.ours.per_second:.1f} /s",
        "half of them take": lambda b: f"{b.ours.p50_ms:.1f} ms",
        "95 of 100 take": lambda b: f"{b.ours.p95_ms:.1f} ms",
        "the same through Playwright": lambda b: f"{b.playwright.per_second:.1f} /s",
        "  half of them": lambda b: f"{b.playwright.p50_ms:.1f} ms",
        "  95 of 100": lambda b: f"{b.playwright.p95_ms:.1f} ms",
        "CPU time of Chromium for one of ours": lambda b: f"{b.cpu_ms:.1f} ms",
        f"{BESIDE} pages side by side, together": lambda b: f"{b.side_by_side:.1f} /s",
        "memory of one more page": lambda b: f"{b.page_mib:.0f} MiB",
        "steps measured, ours and Playwright's": lambda b: f"{b.ours.steps}, {b.playwright.steps}",
    }
    for what, told in rows.items():
        table.add_row(what, *map(told, found))
    console.print(table)


def _sizes(told: str) -> list[int]:
    from palaestra.kit.seeding import SIZES as POSSIBLE

    words = told.split(",")
    if not all(word.strip().isdecimal() for word in words):
        raise UsageError(f"--sizes takes whole numbers with commas between them; got {told[:80]!r}")
    sizes = [int(word) for word in words]
    if wrong := [size for size in sizes if size and size not in POSSIBLE]:
        raise UsageError(
            f"A size is 0 or from {POSSIBLE[0]} to {POSSIBLE[-1]} records; got {wrong[0]}"
        )
    return sizes


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _print(name: str, benches: list[Bench]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console.print(Text(f"{name} ({_machine()})", style="bold"))
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for bench in benches:
        table.add_column(f"{bench.records:,} records", justify="right")
    rows = [_rows(bench) for bench in benches]
    for place, (what, _) in enumerate(rows[0]):
        table.add_row(what, *(told[place][1] for told in rows))
    console.print(table)


def _rows(bench: Bench) -> list[tuple[str, str]]:
    rows = [
        ("steps with the full observation", f"{bench.steps_per_second:,.0f} /s"),
        ("the same with nothing drawn before", f"{bench.cold_steps_per_second:,.0f} /s"),
        ("nodes in an observation, mean", f"{bench.nodes:.1f}"),
        ("steps through Gymnasium, as text", f"{bench.gymnasium_steps_per_second:,.0f} /s"),
        ("reset", f"{bench.reset_us:,.1f} µs"),
        ("making up the records of a seed", f"{bench.make_up_ms:,.1f} ms"),
        ("fork", f"{bench.fork_us:,.2f} µs"),
        ("snapshot, change, restore", f"{bench.restore_us:,.2f} µs"),
        ("diff", f"{bench.diff_us:,.1f} µs"),
        ("digest after a change", f"{bench.digest_us:,.1f} µs"),
        ("memory of a session", f"{bench.session_bytes / 1024:,.1f} KiB"),
        ("memory of a fork", f"{bench.fork_bytes / 1024:,.1f} KiB"),
    ]
    if bench.chromium:
        side = bench.chromium
        rows += [
            ("steps in Chromium, by the wall", f"{side.chromium_steps_per_second:,.1f} /s"),
            ("the same ones here, by the wall", f"{side.session_steps_per_second:,.0f} /s"),
            ("times Chromium", f"{side.ratio:,.0f}"),
        ]
    return rows
