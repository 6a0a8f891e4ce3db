"""`palaestra exam`: examines a model on held-out tasks and states what that shows."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.exams.certificate import Certificate
    from palaestra.tasks.task import Task

HELP = "examine a model on held-out tasks, and certify what it did"
BASELINES = ("lexical", "random", "noop")
ABOUT = """\
MODEL is a trained model (a file, or a training's folder), the name of a shipped one (palaestra
models), one of lexical, random and noop, or MODULE:NAME for Python of your own: a function from
observations to actions. openai:MODEL@URL is a language model behind an OpenAI-compatible endpoint,
as openai:qwen3@http://127.0.0.1:8000/v1; its key, if it needs one, is in PALAESTRA_API_KEY.

Success is clean: the intended change or answer, and nothing else. "At least" is the one-sided 95%
bound of Clopper and Pearson; 299 tasks without a failure show 99%.

examples:
  palaestra exam runs/laptop --baselines
  palaestra exam lexical --gyms accounting --n 1000 --json
  palaestra exam runs/laptop --verify runs/laptop/exams/laptop-accounting-exam.json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument(
        "model", metavar="MODEL", nargs="?", help="who is examined (default: the shipped model)"
    )
    parser.add_argument(
        "--gyms",
        nargs="+",
        metavar="GYM",
        default=["accounting", "procedural"],
        help="where (default: accounting procedural)",
    )
    parser.add_argument("--split", default="exam", help="what tasks are made of (default: exam)")
    parser.add_argument("--n", type=int, default=300, help="tasks in each gym (default: 300)")
    parser.add_argument("--seed", type=int, default=0, help="decides the tasks (default: 0)")
    parser.add_argument(
        "--trials",
        type=int,
        default=1,
        metavar="K",
        help="attempts at each task under different skins, for pass^K (default: 1)",
    )
    parser.add_argument(
        "--baselines", action="store_true", help=f"examine {', '.join(BASELINES)} as well"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where certificates and episodes go (default: exams/ beside the model, or runs/exams)",
    )
    parser.add_argument(
        "--verify",
        type=Path,
        metavar="FILE",
        help="run a certificate's exam again and compare; writes nothing",
    )
    parser.add_argument("--json", action="store_true", help="print the certificates as JSON")


def run(args: argparse.Namespace) -> int:
    """Examines; 1 if a certificate that was to be verified does not hold."""
    if args.n < 1 or args.trials < 1 or args.seed < 0:
        raise UsageError("--n and --trials must be 1 or more, and --seed 0 or more")
    from palaestra import gyms
    from palaestra.policies import finder
    from palaestra.tasks import splits

    args.model = args.model or finder.default()
    if args.verify:
        return _verify(args)

    splits.find(args.split)
    for gym in args.gyms:
        if gym not in gyms.names():
            gyms.find(gym)
    models = [args.model, *(b for b in BASELINES if args.baselines and b != args.model)]
    out = args.out or _beside(args.model)
    certificates = []
    for gym in args.gyms:
        tasks = _drawn(gym, args.split, args.seed, args.n)
        certificates += [_examined(model, tasks, gym, args, out) for model in models]
    if args.json:
        print(json.dumps([c.to_json() for c in certificates], indent=1, ensure_ascii=False))
        return 0
    from rich.console import Console

    from palaestra.exams.tables import tables

    console = Console()
    for table in tables(certificates):
        console.print(table)
    console.print(f"Certificates and episodes are in {out}", markup=False, soft_wrap=True)
    console.print("Look at an episode: palaestra replay FILE.jsonl")
    return 0


def _beside(model: str) -> Path:
    path = Path(model)
    if not path.exists():
        return Path("runs") / "exams"
    return (path if path.is_dir() else path.parent) / "exams"


def _drawn(gym: str, split: str, seed: int, n: int) -> list[Task]:
    from palaestra.gyms.drawing import draw
    from palaestra.tasks import splits

    return list(draw(gym, splits.find(split), seed, n))


def _examined(
    model: str, tasks: list[Task], gym: str, args: argparse.Namespace, out: Path | None
) -> Certificate:
    """Lets one model attempt the tasks of one gym; keeps what came of it if there is a folder."""
    from rich.console import Console
    from rich.progress import Progress

    from palaestra import gyms
    from palaestra.exams.archive import write_exam
    from palaestra.exams.certificate import Certificate
    from palaestra.exams.exam import examine
    from palaestra.exams.trials import trials
    from palaestra.policies import finder

    policy = finder.find(model)
    attempts = list(trials(tasks, args.trials))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(f"{policy.name} in {gym}", total=len(attempts))
        exam = examine(policy, attempts, gyms.find, progress=lambda _: progress.advance(bar))
    if troubles := getattr(policy, "counts", None):
        told = ", ".join(f"{trouble} {times} times" for trouble, times in sorted(troubles.items()))
        Console(stderr=True).print(f"{policy.name} in {gym}: {told}", markup=False)
    certificate = Certificate.issue(
        exam,
        model=finder.fingerprint(model),
        gym=gym,
        split=args.split,
        seed=args.seed,
        trials=args.trials,
    )
    if out:
        write_exam(out, certificate, exam)
    return certificate


def _verify(args: argparse.Namespace) -> int:
    from palaestra.exams.archive import read_certificate

    stated = read_certificate(args.verify)
    args.trials, args.split, args.seed = stated.trials, stated.split, stated.seed
    tasks = _drawn(stated.gym, stated.split, stated.seed, stated.score.n)
    differences = stated.differences(_examined(args.model, tasks, stated.gym, args, None))
    if args.json:
        print(json.dumps({"holds": not differences, "differences": differences}, indent=1))
    else:
        print("\n".join(differences) or f"{args.verify} holds: the same {len(tasks)} outcomes")
    return 1 if differences else 0
