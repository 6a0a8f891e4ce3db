"""`palaestra check`: runs the conformance kit over applications."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from palaestra.errors import GymError, UsageError

if TYPE_CHECKING:
    from palaestra.tasks.task import Task
    from palaestra.testing.conformance import Progress
    from palaestra.testing.report import Check, Report

    Prover = Callable[[str], Check]

HELP = "check that applications keep the rules that training and exams rely on"
ABOUT = """\
The same seed gives the same trajectory and different seeds differ; invariants hold under random
play; forks and restores are exact; refusals change nothing; no task is solved before it starts or
by doing nothing, its oracle solves it, one unrelated change spoils it; and every cheat scores
nothing. With --page, actions by mouse and keyboard are done in Chromium too, in many skins and with
troubles, and the tree that it computes must be ours. Ends with 1 if a check fails.

examples:
  palaestra check accounting
  palaestra check procedural:17 --tasks 200
  palaestra check accounting crm travel --page 300
  palaestra check --procedural 100
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument(
        "gyms", nargs="*", metavar="GYM", help="which (default: all that are there)"
    )
    parser.add_argument(
        "--procedural", type=int, default=0, metavar="N", help="check N generated applications too"
    )
    parser.add_argument(
        "--tasks", type=int, default=50, metavar="N", help="tasks of each (default: 50)"
    )
    parser.add_argument("--seed", type=int, default=0, help="decides the tasks (default: 0)")
    parser.add_argument(
        "--steps", type=int, default=200, help="actions of random play for each seed (default: 200)"
    )
    parser.add_argument(
        "--page", type=int, default=0, metavar="N", help="compare N actions in Chromium, too"
    )
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def run(args: argparse.Namespace) -> int:
    """Checks; 1 if a check fails."""
    if args.tasks < 1 or args.steps < 1 or min(args.procedural, args.seed, args.page) < 0:
        raise UsageError(
            "--tasks and --steps must be 1 or more, --procedural, --seed and --page 0 or more"
        )
    from palaestra import gyms

    names = [*args.gyms, *(f"procedural:{args.seed + i}" for i in range(args.procedural))]
    names = names or [name for name in gyms.names() if not gyms.is_family(name)]
    for name in args.gyms:
        gyms.find(name)
    reports = []
    with _prover(args) if args.page else nullcontext() as proof:
        for name in names:
            report = _checked(name, args, proof)
            reports.append(report)
            if not args.json:
                _print(report, brief=len(names) > 3 and report.ok)
    if args.json:
        print(json.dumps([report.to_json() for report in reports], indent=1, ensure_ascii=False))
    return 0 if all(report.ok for report in reports) else 1


@contextmanager
def _prover(args: argparse.Namespace) -> Iterator[Prover]:
    """Gives what compares an application with its page, in a Chromium that runs meanwhile."""
    from importlib.util import find_spec

    if not (find_spec("playwright") and find_spec("uvicorn")):
        raise UsageError("--page needs Playwright: pip install 'palaestra[web,browser]'")
    from palaestra.browser.finding import find_chromium
    from palaestra.testing.pace import chromium
    from palaestra.testing.proof import NAME, prove

    path = find_chromium()
    if path is None:
        raise UsageError("No Chromium was found: install one, or set PALAESTRA_CHROMIUM")
    with chromium(path) as browser:

        def proof(name: str) -> Check:
            with _progress(name, args.page) as progress:
                return prove(name, args.page, args.seed, browser, lambda: progress(NAME))

        yield proof


def _checked(name: str, args: argparse.Namespace, proof: Prover | None) -> Report:
    from palaestra import gyms
    from palaestra.testing.conformance import check, count
    from palaestra.testing.report import Check, Report

    seeds = range(args.seed, args.seed + 5)
    try:
        app = gyms.find(name)
        tasks = _drawn(name, args.seed, args.tasks)
    except GymError as bug:
        return Report(name, (Check("the gym loads and tasks can be drawn", False, str(bug)),))
    with _progress(name, count(tasks, seeds)) as progress:
        report = check(app, tasks, seeds=seeds, steps=args.steps, progress=progress)
    return Report(name, (*report.checks, proof(name))) if proof else report


def _drawn(name: str, seed: int, n: int) -> list[Task]:
    from palaestra.gyms.drawing import draw
    from palaestra.tasks.splits import PRACTICE

    return list(draw(name, PRACTICE, seed, n))


@contextmanager
def _progress(name: str, total: int) -> Iterator[Progress]:
    """Shows a bar on standard error while it lasts; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    with Bars(console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task(name, total=total)
        yield lambda check: bars.update(bar, advance=1, description=f"{name}: {check}")


def _print(report: Report, *, brief: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    failed = sum(not one.ok for one in report.checks)
    summary = (
        f"{len(report.checks)} checks, {failed} failed"
        if failed
        else f"all {len(report.checks)} checks hold"
    )
    console.print(Text(f"{report.app}: {summary}", style="bold red" if failed else "bold green"))
    if brief:
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column()
    for one in report.checks:
        mark = Text("ok", "green") if one.ok else Text("FAILED", "bold red")
        table.add_row(mark, Text(one.name), Text(one.detail))
    console.print(table)
