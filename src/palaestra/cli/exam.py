"""`palaestra exam`: examines a model on held-out tasks and states what that shows."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.exams.certificate import Certificate
    from palaestra.exams.sequential import Plan
    from palaestra.exams.sitting import Sitting

HELP = "examine a model on held-out tasks, and certify what it did"
BASELINES = ("lexical", "random", "noop")
ABOUT = """\
MODEL is a trained model (a file, or a training's folder), the name of a shipped one (palaestra
models), one of lexical, random and noop, or MODULE:NAME for Python of your own: a function from
observations to actions. openai:MODEL@URL is a language model behind an OpenAI-compatible endpoint,
as openai:qwen3@http://127.0.0.1:8000/v1; its key, if it needs one, is in PALAESTRA_API_KEY.

Success is clean: the intended change or answer, and nothing else. "At least" is the one-sided 95%
bound of Clopper and Pearson; 299 tasks without a failure show 99%. With --certify RATE tasks are
drawn until the rate is shown or cannot be any more, each from a start of its own, and looking again
and again is paid for; harm that cannot be undone is never forgiven.

splits: goals (new goals and data), exam (and new wording), skins (and new skins), disturbances (and
things that go wrong), workflows-20, -50 and -93 (so many steps), combinations (steps that never
follow one another in practice), everything (all but the long ones at once); all is every one.

examples:
  palaestra exam runs/laptop --baselines
  palaestra exam lexical --gyms accounting --n 1000 --json
  palaestra exam runs/laptop --split all --n 100 --trials 8
  palaestra exam runs/laptop --gyms crm --split skins --certify 0.99
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
        default=["accounting", "crm", "travel", "procedural"],
        help="where (default: all there are)",
    )
    parser.add_argument(
        "--split",
        nargs="+",
        metavar="SPLIT",
        default=["exam"],
        help="what tasks are made of; several have a table each (default: exam)",
    )
    parser.add_argument("--n", type=int, default=300, help="tasks in each gym (default: 300)")
    parser.add_argument("--seed", type=int, default=0, help="decides the tasks (default: 0)")
    parser.add_argument(
        "--trials",
        type=int,
        default=1,
        metavar="K",
        help="attempts at each task, its words, skin and troubles varied, for pass^K (default: 1)",
    )
    parser.add_argument(
        "--certify",
        type=float,
        metavar="RATE",
        help="go on until RATE is shown, as 0.99, or cannot be; 1 is returned if it is not shown",
    )
    parser.add_argument(
        "--most",
        type=int,
        default=2000,
        metavar="N",
        help="tasks that --certify may take in each gym (default: 2000)",
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
    """Examines; 1 if a certificate does not hold, or a rate that was to be certified is not."""
    if args.n < 1 or args.trials < 1 or args.seed < 0:
        raise UsageError("--n and --trials must be 1 or more, and --seed 0 or more")
    from palaestra import gyms
    from palaestra.exams.sitting import Sitting
    from palaestra.policies import finder
    from palaestra.tasks import splits

    args.model = args.model or finder.default()
    if args.verify:
        return _verify(args)
    everything = [split.name for split in splits.EXAMS]
    named = [n for name in args.split for n in (everything if name == "all" else [name])]
    drawn_from = [splits.find(name) for name in dict.fromkeys(named)]
    for gym in args.gyms:
        if gym not in gyms.names():
            gyms.find(gym)
    models = [args.model, *(b for b in BASELINES if args.baselines and b != args.model)]
    out = args.out or _beside(args.model)
    plan = _planned(args)
    certificates = []
    for gym in args.gyms:
        for split in drawn_from:
            sitting = Sitting(gym, split, args.seed, args.n, args.trials, plan)
            certificates += [_examined(model, sitting, out) for model in models]
    _show(certificates, args, out)
    return int(any(c.claim and not c.claim.shown for c in certificates[:: len(models)]))


def _planned(args: argparse.Namespace) -> tuple[Plan, int] | None:
    """Returns how a sequential test is planned, and for how many tasks; None if none is wanted."""
    if args.certify is None:
        return None
    if args.trials > 1:
        raise UsageError("--certify counts tasks, not trials: leave --trials away")
    from palaestra.exams.sequential import Plan

    return Plan.of(args.certify, args.most), args.most


def _show(certificates: list[Certificate], args: argparse.Namespace, out: Path) -> None:
    if args.json:
        print(json.dumps([c.to_json() for c in certificates], indent=1, ensure_ascii=False))
        return
    from rich.console import Console

    from palaestra.exams.tables import tables

    console = Console()
    for table in tables(certificates):
        console.print(table)
    console.print(f"Certificates and episodes are in {out}", markup=False, soft_wrap=True)
    console.print("Look at an episode: palaestra replay FILE.jsonl")


def _beside(model: str) -> Path:
    return (_folder(model) if Path(model).exists() else Path("runs")) / "exams"


def _folder(model: str) -> Path:
    """Returns the folder of a training, where a model is a path."""
    path = Path(model)
    return path if path.is_dir() else path.parent


def _examined(model: str, sitting: Sitting, out: Path | None) -> Certificate:
    """Lets one model sit an exam; keeps what came of it if there is a folder."""
    from rich.console import Console
    from rich.progress import Progress

    from palaestra import gyms
    from palaestra.exams.archive import write_exam
    from palaestra.exams.leaks import practised, refuse_leaks
    from palaestra.policies import finder

    policy = finder.find(model)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        about = f"{policy.name} in {sitting.gym}, split {sitting.split.name}"
        bar = progress.add_task(about, total=sitting.most)
        exam = sitting.sit(policy, lambda _: progress.advance(bar))
    if troubles := getattr(policy, "counts", None):
        told = ", ".join(f"{trouble} {times} times" for trouble, times in sorted(troubles.items()))
        Console(stderr=True).print(f"{policy.name} in {sitting.gym}: {told}", markup=False)
    if sitting.split.exam and Path(model).exists():
        seen = [trajectory.task for trajectory in exam.trajectories]
        refuse_leaks(practised(_folder(model)), seen, sitting.split, gyms.find)
    certificate = sitting.certificate(exam, finder.fingerprint(model))
    if out:
        write_exam(out, certificate, exam)
    return certificate


def _verify(args: argparse.Namespace) -> int:
    from palaestra.exams.archive import read_certificate
    from palaestra.exams.sitting import Sitting

    stated = read_certificate(args.verify)
    differences = stated.differences(_examined(args.model, Sitting.again(stated), None))
    if args.json:
        print(json.dumps({"holds": not differences, "differences": differences}, indent=1))
    else:
        print("\n".join(differences) or f"{args.verify} holds: the same {stated.score.n} outcomes")
    return 1 if differences else 0
