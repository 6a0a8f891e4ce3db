"""`palaestra act`: the agent does a goal, or answers a question, in a real browser."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from palaestra.errors import PageLost, TooLate, UsageError

if TYPE_CHECKING:
    from palaestra.agent import Agent, Approval, Guard, Result
    from palaestra.agent.run import Run

HELP = "do a goal in a real browser"
ABOUT = """\
The goal is done on the page at --url, or in one of our gyms (--gym), where its verifier checks what
came of it; with --task the gym gives the goal. Before every action the guard says what class it is
of: reads, reversible, destructive or external. The last two are asked for on the terminal, unless
--yes lets them be done; in a gym, which is a simulation, all are done.

The exit code is 0 for verified and likely, 1 for every other outcome.

examples:
  palaestra act "Approve bill BILL-0007" --gym accounting --skin 7
  palaestra act --gym crm --task 3 --watch
  palaestra act "Enter the bill from Acme for 1,250.00" --url http://127.0.0.1:8000 --yes external
  palaestra act "Log in as ann with {{secret:pin}}" --url https://example.com --secret pin=ANN_PIN
"""
MAX_STEPS = 60
SURE_WORDS = frozenset(("y", "yes"))


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument("goal", metavar="GOAL", nargs="?", help="what is to be done, in words")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--url", help="the page to begin on")
    where.add_argument("--gym", metavar="GYM", help="a gym to work in; of a family NAME:SEED")
    parser.add_argument("--seed", type=int, default=0, help="decides the gym's data (default 0)")
    parser.add_argument("--skin", type=int, help="decides the look (default: plain, or the task's)")
    parser.add_argument("--disturbance", type=int, help="decides what goes wrong there")
    parser.add_argument("--task", type=int, metavar="N", help="do the gym's task N, from 0 up")
    parser.add_argument("--model", help="who does it (default: the model that ships)")
    parser.add_argument("--expect", metavar="TEXT", help="must be on the page at the end")
    parser.add_argument("--max-steps", type=int, default=MAX_STEPS, help=f"default {MAX_STEPS}")
    parser.add_argument("--deadline", type=float, metavar="SECONDS", help="stop after that")
    parser.add_argument(
        "--yes",
        action="append",
        default=[],
        choices=("reversible", "destructive", "external"),
        metavar="CLASS",
        help="do what is of this class without asking (reversible, destructive, external)",
    )
    parser.add_argument(
        "--refuse",
        action="append",
        default=[],
        choices=("reversible", "destructive", "external"),
        metavar="CLASS",
        help="never do what is of this class",
    )
    parser.add_argument(
        "--secret",
        action="append",
        default=[],
        metavar="NAME=VARIABLE",
        help="{{secret:NAME}} is what the environment variable holds",
    )
    parser.add_argument("--origin", action="append", default=[], help="may be gone to as well")
    parser.add_argument("--traces", type=Path, default=Path("runs/acts"), help="runs/acts")
    parser.add_argument(
        "--watch",
        action="store_true",
        help="show the browser; without a display, a page that follows it",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run(args: argparse.Namespace) -> int:
    """Does the goal and tells what came of it."""
    agent = _agent(args)
    goal = args.goal or (agent.task.goal if agent.task else "")
    if not goal:
        raise UsageError("Say what is to be done, or take a gym's task with --gym GYM --task N")
    if args.watch and not _display():
        print(f"Watch it on the page that is written to {args.traces}/", file=sys.stderr)
    try:
        with agent:
            agent.follow(None if args.json else _told)
            if not args.json:
                print(goal)
            result = agent.act(goal, expect=args.expect)
    except (PageLost, TooLate) as lost:
        raise UsageError(str(lost)) from lost
    if args.json:
        print(json.dumps(result.to_json(), indent=1, ensure_ascii=False))
    else:
        _show(result)
    return 0 if result else 1


def _agent(args: argparse.Namespace) -> Agent:
    from palaestra.agent import Agent

    headless = not (args.watch and _display())
    orders = {
        "headless": headless,
        "live": args.watch and headless,
        "model": args.model,
        "guard": _guard(args),
        "approve": _ask if sys.stdin.isatty() else None,
        "secrets": dict(map(_secret, args.secret)),
        "allowed_origins": args.origin,
        "max_steps": args.max_steps,
        "deadline": args.deadline,
        "trace_dir": args.traces,
    }
    if args.url:
        if args.task is not None:
            raise UsageError("--task is a gym's; name the gym with --gym")
        return Agent(args.url, **orders)
    return Agent.gym(
        args.gym,
        seed=args.seed,
        skin=args.skin,
        disturbance=args.disturbance,
        task=args.task,
        **orders,
    )


def _guard(args: argparse.Namespace) -> Guard:
    from dataclasses import replace

    from palaestra.agent import Guard
    from palaestra.agent.agent import IN_A_GYM

    both = sorted(set(args.yes) & set(args.refuse))
    if both:
        raise UsageError(f"{both[0]} cannot be both done and refused")
    rules: dict[str, Any] = dict.fromkeys(args.yes, "do") | dict.fromkeys(args.refuse, "refuse")
    return replace(IN_A_GYM if args.gym else Guard(on_uncertain="ask"), **rules)


def _secret(given: str) -> tuple[str, str]:
    name, _, variable = given.partition("=")
    if not variable:
        raise UsageError(f"Write a secret as NAME=VARIABLE; got {given.partition('=')[0]!r}")
    value = os.environ.get(variable)
    if value is None:
        raise UsageError(f"The environment variable {variable} of the secret {name} is not set")
    return name, value


def _ask(request: Approval) -> bool:
    """Asks on the terminal; whatever is not a yes is a no."""
    print(f"\nMay this be done? {request}", file=sys.stderr)
    for label, value in request.form:
        print(f"    {label}: {value}", file=sys.stderr)
    print(f"    at {request.url}\nyes or no: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in SURE_WORDS


def _told(run: Run) -> None:
    """Prints the step that was just taken."""
    step = run.steps[-1]
    changes = [str(effect) for effect in run.effects if effect.step == step.number]
    print(f"{step.number:>3}  {step}  [{step.kind}]")
    for line in (step.said if step.said not in " ".join(changes) else "", *changes):
        if line:
            print(f"     {line}")
    sys.stdout.flush()


def _show(result: Result) -> None:
    if result.answer is not None:
        print(f"answer: {result.answer}")
    print(f"{result.outcome}: {result.reason}")
    cost = result.cost
    tokens = f", {cost.tokens:,} tokens" if cost.tokens else ""
    print(f"{cost.steps} steps, {cost.seconds:.1f} s{tokens}")
    if result.trace:
        print(f"Wrote {result.trace}")


def _display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or (
        sys.platform in ("darwin", "win32")
    )
