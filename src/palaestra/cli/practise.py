"""`palaestra practise`: lets a trained model practise on pages by others, in the browser."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.selfplay.miniwob.config import Practice
    from palaestra.selfplay.run import Run

HELP = "let a trained model practise on pages by others, in the browser"
ABOUT = """\
The pages are MiniWoB++'s (palaestra[miniwob]), their seeds never those of an exam. The model
attempts problems, imitates what succeeded, searches around what failed, and holds attempts at the
same problem against each other; what a page says of an attempt is all that it learns from.

Everything is kept in the run's folder after every round; a run that was killed goes on with
--resume. What it comes to is for an exam to say:

  palaestra practise --budget 15m --out runs/pages
  palaestra practise --resume --out runs/pages
  palaestra exam runs/pages --suite miniwob
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument(
        "model", metavar="MODEL", nargs="?", help="who practises (default: the shipped model)"
    )
    parser.add_argument("--suite", choices=("miniwob",), default="miniwob", help="on which pages")
    parser.add_argument(
        "--tasks", nargs="+", metavar="TASK", help="which tasks (default: what the agent can do)"
    )
    parser.add_argument("--budget", metavar="TIME", help="how long, as 90s, 15m or 1h")
    parser.add_argument("--rounds", type=int, help="end after so many rounds, whatever the time")
    parser.add_argument("--seed", type=int, help="decides everything that is drawn (default: 0)")
    parser.add_argument("--workers", type=int, help="browsers (default: one for each core)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="the run's folder (default: runs/DATE)"
    )
    parser.add_argument("--resume", action="store_true", help="go on with the run in --out")
    parser.add_argument("--json", action="store_true", help="print one JSON line per round")


def run(args: argparse.Namespace) -> int:
    """Practises; 0 when the model is finished."""
    try:
        from palaestra.selfplay.miniwob.loop import drill
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"Practice needs palaestra[train] and palaestra[miniwob] ({missing.name} is missing)"
        ) from missing
    begun, practice = _begun(args)

    def tell(metrics: dict[str, Any]) -> None:
        if args.json:
            print(json.dumps(metrics), flush=True)
            return
        print(
            f"round {metrics['round']:>3}  {metrics['elapsed_s']:6.0f} s  "
            f"first choices {metrics['success']:.0%} of {metrics['attempted']}, "
            f"by chance {metrics['by_chance']:.0f}, found {metrics['found']:.0f} of "
            f"{metrics['searched']:.0f}  tasks {metrics['rate_of_tasks']:.0%}  "
            f"loss {metrics['loss']:.3f}",
            flush=True,
        )

    model = drill(begun, practice, tell)
    if not args.json:
        print(f"The model is {model}; examine it: palaestra exam {begun.path} --suite miniwob")
    return 0


def _begun(args: argparse.Namespace) -> tuple[Run, Practice]:
    from palaestra.browser.miniwob.catalogue import chosen
    from palaestra.cli.train import dated, seconds
    from palaestra.exams.provenance import made_by
    from palaestra.policies import finder
    from palaestra.selfplay.miniwob.config import Practice
    from palaestra.selfplay.run import Run as RunFolder

    if args.resume:
        if not args.out:
            raise UsageError("Name the run to go on with: --resume --out DIR")
        if any((args.model, args.tasks, args.budget, args.rounds, args.seed, args.workers)):
            raise UsageError("A resumed run goes on as it was begun: name only --resume --out DIR")
        opened = RunFolder(args.out)
        practice = Practice.from_json(opened.told())
        opened.sign(made_by())
        return opened, practice
    told: dict[str, Any] = {
        "seed": args.seed,
        "budget_s": seconds(args.budget) if args.budget else None,
        "rounds": args.rounds,
        "workers": args.workers if args.workers is not None else (os.cpu_count() or 1),
    }
    tasks = tuple(one.name for one in chosen(args.tasks))
    model = args.model or finder.default()
    practice = Practice(model, tasks, **{k: v for k, v in told.items() if v is not None})
    begun = RunFolder.begin(args.out or dated(), practice)
    begun.sign(made_by())
    return begun, practice
