"""`palaestra replay`: shows a kept episode step by step."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from palaestra.errors import UsageError
from palaestra.types import Diff

if TYPE_CHECKING:
    from rich.console import Console

    from palaestra.exams.retracing import Retraced
    from palaestra.tasks.episode import Trajectory

HELP = "show a kept episode step by step"
ABOUT = """\
FILE is one that `palaestra exam` wrote (exams/*.jsonl): an episode a line, failures first.
Without --number, a file of several episodes is listed.

examples:
  palaestra replay runs/exams/lexical-accounting-exam.jsonl
  palaestra replay runs/exams/lexical-accounting-exam.jsonl --number 1 --brief
  palaestra replay runs/exams/lexical-accounting-exam.jsonl --number 1 --html episode.html
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument("file", type=Path, metavar="FILE", help="kept episodes")
    parser.add_argument("--number", type=int, metavar="K", help="which one; the first is 1")
    parser.add_argument("--brief", action="store_true", help="leave the screens out")
    parser.add_argument(
        "--html", type=Path, metavar="OUT", help="write it as a page with every screen instead"
    )
    parser.add_argument("--json", action="store_true", help="print the steps as JSON instead")


def run(args: argparse.Namespace) -> int:
    """Shows one episode, or lists what there is."""
    from rich.console import Console

    from palaestra import gyms
    from palaestra.exams.album import album
    from palaestra.exams.archive import read_trajectories, write_text
    from palaestra.exams.page import page
    from palaestra.exams.retracing import retrace

    trajectories = read_trajectories(args.file)
    console = Console(highlight=False)
    if args.number is not None and not 1 <= args.number <= len(trajectories):
        raise UsageError(
            f"{args.file} holds {len(trajectories)} episodes; there is no number {args.number}"
        )
    if args.json:
        wanted = trajectories if args.number is None else [trajectories[args.number - 1]]
        steps = [_plain(retrace(one, gyms.find)) for one in wanted]
        print(json.dumps(steps, indent=1, ensure_ascii=False))
        return 0
    if args.number is None and len(trajectories) > 1:
        if args.html:
            raise UsageError(
                f"{args.file} holds {len(trajectories)} episodes; say which one with --number"
            )
        _list(trajectories, console)
        return 0
    number = args.number or 1
    episode = retrace(trajectories[number - 1], gyms.find)
    if args.html:
        write_text(args.html, page(f"Episode {number} of {args.file.name}", album(episode)))
        console.print(f"Wrote {args.html}", markup=False, soft_wrap=True)
    else:
        _show(episode, console, brief=args.brief)
    return 0


def _plain(episode: Retraced) -> dict[str, Any]:
    """Returns an episode as plain lists and dicts."""
    record = episode.trajectory
    return {
        "goal": record.task.goal,
        "kind": record.task.kind,
        "start": record.task.to_json()["start"],
        "steps": [
            {
                "action": list(step.action),
                "element": step.target.name if step.target else None,
                "feedback": step.feedback,
                "changes": Diff(step.changes).to_json(),
            }
            for step in episode.steps
        ],
        "ended": record.ended,
        "verdict": asdict(record.verdict) if record.verdict else None,
        "irreversible": list(record.irreversible),
        "sure": record.sure,
        "agrees": episode.agrees,
    }


def _list(trajectories: list[Trajectory], console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    from palaestra.exams.retracing import told_verdict

    table = Table("K", "gym", "kind", "goal", "came out")
    for number, one in enumerate(trajectories, 1):
        success = one.verdict is not None and one.verdict.success
        said = Text(told_verdict(one.verdict, one.ended), style="green" if success else "red")
        cells = (one.task.start.app, one.task.kind, one.task.goal)
        table.add_row(str(number), *map(Text, cells), said)
    console.print(table)
    console.print("Show one with --number K")


def _show(episode: Retraced, console: Console, *, brief: bool) -> None:
    from rich.text import Text

    from palaestra.exams.retracing import (
        ARROW,
        told_action,
        told_change,
        told_screen,
        told_verdict,
    )
    from palaestra.kit.outline import outline

    def say(text: str, style: str = "") -> None:
        console.print(Text(text, style=style), soft_wrap=True)

    record, start = episode.trajectory, episode.trajectory.task.start
    say(record.task.goal, "bold")
    say(f"{record.task.kind} in {start.app}, data {start.seed}, skin {start.skin}", "dim")
    for number, step in enumerate(episode.steps, 1):
        if not brief:
            same = number > 1 and episode.steps[number - 2].before == step.before
            shown = Text("(the same screen)" if same else told_screen(step), style="dim")
            shown.highlight_regex(f".*{ARROW}.*", "not dim")
            console.print(shown, soft_wrap=True)
        say(f"{number:>3}  {told_action(step)}", "cyan")
        if step.feedback:
            say(f"     {step.feedback}", "yellow")
        for change in step.changes:
            say(f"     {told_change(change)}", "green")
    if not brief:
        say(outline(episode.last), "dim")
    success = record.verdict is not None and record.verdict.success
    say(told_verdict(record.verdict, record.ended), "bold green" if success else "bold red")
    for effect in record.verdict.side_effects if record.verdict else ():
        say(f"  side effect: {effect}", "red")
    for effect in record.irreversible:
        say(f"  cannot be undone: {effect}", "bold red")
    if record.sure is not None:
        say(f"  it was {record.sure:.0%} sure of clean success", "dim")
    if not episode.agrees:
        now = told_verdict(episode.verdict, record.ended) if episode.verdict else "it does not end"
        say(f"Taken again today it comes out otherwise: {now}", "yellow")
