"""`palaestra exam`: examines a model on held-out tasks and states what that shows."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.exams.certificate import Certificate
    from palaestra.exams.comparing import Comparison
    from palaestra.exams.exam import Exam
    from palaestra.exams.face import Face
    from palaestra.exams.sequential import Plan
    from palaestra.exams.sitting import Sitting

HELP = "examine a model on held-out tasks, and certify what it did"
BASELINES = ("lexical", "random", "noop")
TASKS, PAGE_TASKS, SEEDS = 300, 50, 50
ABOUT = """\
MODEL is a trained model (a file, or a training's folder), the name of a shipped one (palaestra
models), one of lexical, random and noop, or MODULE:NAME for Python of your own: a function from
observations to actions. openai:MODEL@URL is a language model behind an OpenAI-compatible endpoint,
as openai:qwen3@http://127.0.0.1:8000/v1; its key, if it needs one, is in PALAESTRA_API_KEY.

Success is clean: the intended change or answer, and nothing else. "At least" is the one-sided 95%
bound of Clopper and Pearson; 299 tasks without a failure show 99%. With --certify RATE tasks are
drawn until the rate is shown or cannot be any more, each from a start of its own, and looking again
and again is paid for; harm that cannot be undone is never forgiven.

splits: goals (new goals and data), exam (and new wording), strangers (worded by people who saw
neither practice nor exam), skins (exam, and new skins), disturbances (and things that go wrong),
workflows-20, -50 and -93 (so many steps), combinations (steps that never follow one another in
practice), everything (all but the long ones and strangers at once); all is every one.

With --face page the same tasks are done twice, directly and in real Chromium, with mouse and
keyboard on the page that a person would use; what differs is told, episode by episode.

With --suite miniwob the tasks are those of MiniWoB++ (palaestra[miniwob]): pages by others, done in
Chromium, each policy next to a random clicker with as many steps. Success is a raw reward of 1.
Of its 130 tasks, those are taken that need no action that the agent lacks; --tasks names others.
The same command, run again, goes on where it was stopped.

examples:
  palaestra exam runs/laptop --baselines
  palaestra exam lexical --gyms accounting --n 1000 --json
  palaestra exam runs/laptop --split all --n 100 --trials 8
  palaestra exam runs/laptop --gyms crm --split skins --certify 0.99
  palaestra exam --face page --gyms crm --n 20
  palaestra exam --suite miniwob --baselines
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
    parser.add_argument(
        "--n",
        type=int,
        help=f"tasks in each gym (default: {TASKS}; {PAGE_TASKS} with --face page); with --suite, "
        f"seeds for each task (default: {SEEDS})",
    )
    parser.add_argument(
        "--face", choices=("tree", "page"), default="tree", help="directly, or in Chromium as well"
    )
    parser.add_argument("--suite", choices=("miniwob",), help="examine on pages by others instead")
    parser.add_argument(
        "--tasks", nargs="+", metavar="TASK", help="tasks of the suite; all is every one"
    )
    parser.add_argument(
        "--steps", type=int, help="actions that an attempt of the suite may take (default: 20)"
    )
    parser.add_argument(
        "--workers", type=int, help="browsers at a time in a suite (default: one for each core)"
    )
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
    if (args.n is not None and args.n < 1) or args.trials < 1 or args.seed < 0:
        raise UsageError("--n and --trials must be 1 or more, and --seed 0 or more")
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # torch's threads only get in each other's way
    from palaestra.policies import finder

    args.model = args.model or finder.default()
    if args.suite:
        return _suite(args)
    if args.verify:
        return _verify(args)
    from palaestra import gyms
    from palaestra.exams.sitting import Sitting
    from palaestra.tasks import splits

    everything = [split.name for split in splits.EXAMS]
    named = [n for name in args.split for n in (everything if name == "all" else [name])]
    drawn_from = [splits.find(name) for name in dict.fromkeys(named)]
    for gym in args.gyms:
        if gym not in gyms.names():
            gyms.find(gym)
    models = [args.model, *(b for b in BASELINES if args.baselines and b != args.model)]
    out = args.out or _beside(args.model)
    plan = _planned(args)
    n = args.n or (TASKS if args.face == "tree" else PAGE_TASKS)
    certificates, compared = [], []
    for gym in args.gyms:
        for split in drawn_from:
            sitting = Sitting(gym, split, args.seed, n, args.trials, plan)
            for model in models:
                exam, stated = _examined(model, sitting, out)
                certificates.append(stated)
                if args.face == "page":
                    compared.append(_on_pages(model, sitting, out, exam, certificates))
    _show(certificates, compared, args, out)
    first = (c for c in certificates if c.policy == certificates[0].policy)
    return int(any(c.claim and not c.claim.shown for c in first))


def _planned(args: argparse.Namespace) -> tuple[Plan, int] | None:
    """Returns how a sequential test is planned, and for how many tasks; None if none is wanted."""
    if args.certify is None:
        return None
    if args.trials > 1:
        raise UsageError("--certify counts tasks, not trials: leave --trials away")
    from palaestra.exams.sequential import Plan

    return Plan.of(args.certify, args.most), args.most


def _show(
    certificates: list[Certificate],
    compared: list[Comparison],
    args: argparse.Namespace,
    out: Path,
) -> None:
    if args.json:
        told: list[Any] = [c.to_json() for c in certificates]
        both = {"certificates": told, "faces": [c.to_json() for c in compared]}
        print(json.dumps(both if compared else told, indent=1, ensure_ascii=False))
        return
    from rich.console import Console

    from palaestra.exams.tables import tables

    console = Console()
    for table in tables(certificates):
        console.print(table)
    for one in compared:
        console.print("\n".join(one.lines()), markup=False, highlight=False, soft_wrap=True)
    console.print(f"Certificates and episodes are in {out}", markup=False, soft_wrap=True)
    console.print("Look at an episode: palaestra replay FILE.jsonl")


def _beside(model: str) -> Path:
    return (_folder(model) if Path(model).exists() else Path("runs")) / "exams"


def _folder(model: str) -> Path:
    """Returns the folder of a training, where a model is a path."""
    path = Path(model)
    return path if path.is_dir() else path.parent


def _examined(
    model: str, sitting: Sitting, out: Path | None, face: Face | None = None
) -> tuple[Exam, Certificate]:
    """Lets one model sit an exam; keeps what came of it if there is a folder."""
    from rich.console import Console
    from rich.progress import Progress

    from palaestra import gyms
    from palaestra.exams.archive import write_exam
    from palaestra.exams.face import PAGE, TREE
    from palaestra.exams.leaks import practised, refuse_leaks
    from palaestra.policies import finder

    policy = finder.find(model)
    where = f"{sitting.gym}{', in Chromium' if face else ''}"
    with Progress(console=Console(stderr=True), transient=True) as progress:
        about = f"{policy.name} in {where}, split {sitting.split.name}"
        bar = progress.add_task(about, total=sitting.most)
        exam = sitting.sit(policy, lambda _: progress.advance(bar), face)
    if troubles := getattr(policy, "counts", None):
        told = ", ".join(f"{trouble} {times} times" for trouble, times in sorted(troubles.items()))
        Console(stderr=True).print(f"{policy.name} in {sitting.gym}: {told}", markup=False)
    if sitting.split.exam and Path(model).exists():
        seen = [trajectory.task for trajectory in exam.trajectories]
        refuse_leaks(practised(_folder(model)), seen, sitting.split, gyms.find)
    certificate = sitting.certificate(exam, finder.fingerprint(model), PAGE if face else TREE)
    if out:
        write_exam(out, certificate, exam)
    return exam, certificate


def _on_pages(
    model: str, sitting: Sitting, out: Path, tree: Exam, certificates: list[Certificate]
) -> Comparison:
    """Lets the same model do the same tasks in Chromium, and compares."""
    from palaestra import gyms
    from palaestra.exams.archive import write_text
    from palaestra.exams.comparing import Comparison
    from palaestra.exams.visiting import open_pages

    with open_pages(gyms.find) as pages:
        exam, certificate = _examined(model, sitting, out, pages)
        compared = Comparison.of(
            tree,
            exam,
            pages.differing,
            seconds=pages.seconds,
            gym=sitting.gym,
            split=sitting.split.name,
        )
    certificates.append(certificate)
    text = json.dumps(compared.to_json(), indent=1, ensure_ascii=False)
    write_text(out / f"{certificate.stem}-differences.json", f"{text}\n")
    return compared


def _suite(args: argparse.Namespace) -> int:
    """Examines on MiniWoB++, goes on where it was stopped, and writes what came of it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from palaestra.browser.miniwob.catalogue import chosen
    from palaestra.browser.miniwob.playing import STEPS
    from palaestra.exams.miniwob.paper import Paper

    paper = Paper(
        (args.model, *(b for b in ("lexical",) if args.baselines and b != args.model)),
        tuple(one.name for one in chosen(args.tasks)),
        n=args.n or SEEDS,
        steps=STEPS if args.steps is None else args.steps,
        workers=(os.cpu_count() or 1) if args.workers is None else args.workers,
    )
    out, shown = args.out or _beside(args.model), (BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*shown, TimeRemainingColumn(), console=console, transient=True) as progress:
        bar = progress.add_task("", total=paper.attempts)
        standing, written = paper.sit(out, lambda more: progress.advance(bar, more))
    if args.json:
        print(written.read_text(encoding="utf-8"), end="")
    else:
        Console().print(standing.table())
        Console().print(f"This is in {written} and .md beside it", markup=False, soft_wrap=True)
    return 0


def _verify(args: argparse.Namespace) -> int:
    from palaestra import gyms
    from palaestra.exams.archive import read_certificate
    from palaestra.exams.face import TREE
    from palaestra.exams.sitting import Sitting

    stated = read_certificate(args.verify)
    if stated.face == TREE:
        _, again = _examined(args.model, Sitting.again(stated), None)
    else:
        from palaestra.exams.visiting import open_pages

        with open_pages(gyms.find) as pages:
            _, again = _examined(args.model, Sitting.again(stated), None, pages)
    differences = stated.differences(again)
    if args.json:
        print(json.dumps({"holds": not differences, "differences": differences}, indent=1))
    else:
        print("\n".join(differences) or f"{args.verify} holds: the same {stated.score.n} outcomes")
    return 1 if differences else 0
