"""Quality assurance of an office in 93 named steps, through a Workflow and real Chromium.

    python examples/qa_93_steps.py --gym accounting --seed 0

Thirty-one times: the agent creates or changes something, the records are checked, and the agent
finds a value on the page. Killed at any point, it goes on where it was when it is run again.

`--model oracle` takes the way that the script itself has found, in place of a model's: if that does
not come out clean, the script is wrong and no model is to blame.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from palaestra import Agent, CouldNotTell, Guard, Workflow, gyms
from palaestra.faces.page import Visits
from palaestra.faces.page.serving import running
from palaestra.kit import Session
from palaestra.kit.diff import diff
from palaestra.policies.policy import Policy
from palaestra.tasks.answer import Answer
from palaestra.tasks.deeds import act
from palaestra.tasks.explorer import Aim
from palaestra.tasks.hands import follow
from palaestra.tasks.pruning import replay
from palaestra.tasks.questions import ANSWERS, UNASKED
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Describer
from palaestra.types import Action, Observation, Start

STEPS = 93
LEANINGS = ("create", "update", "action")


class Item(NamedTuple):
    """A round: something to do, and something to find out afterwards.

    Attributes:
        before: The office before it.
        after: The office when it is done.
        goal: What is to be done.
        verifier: What it must change, and nothing else.
        question: What is to be found out then.
        answer: The right answer.
        ways: How both are done, by what is asked.
    """

    before: Session
    after: Session
    goal: str
    verifier: Verifier
    question: str
    answer: Answer
    ways: dict[str, Sequence[Action]]


class Oracle:
    """A policy that knows the way, for proving the script itself."""

    name = "oracle"

    def __init__(self, plan: Sequence[Item]) -> None:
        self.ways = {asked: way for item in plan for asked, way in item.ways.items()}

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns the next action of each goal's way."""
        return [self.ways[seen.goal][len(seen.past)] for seen in observations]


def planned(gym: str, seed: int, rounds: int) -> list[Item]:
    """Works through the office once by itself: what it did are the goals, each from the last."""
    rng = random.Random(f"qa/{gym}/{seed}")
    here, plan = Session.at(gyms.find(gym), Start(gym, seed)), list[Item]()
    known = set[str]()
    while len(plan) < rounds:
        done = deed(here, rng, LEANINGS[len(plan) % len(LEANINGS)])
        asked = lookup(done[3], rng) if done else None
        if done is None or asked is None or known & {done[0], asked[0]}:
            continue
        goal, verifier, way, after = done
        question, answer, walk, end = asked
        known |= {goal, question}
        plan.append(
            Item(here, after, goal, verifier, question, answer, {goal: way, question: walk})
        )
        here = end
    return plan


def deed(
    here: Session, rng: random.Random, leaning: str
) -> tuple[str, Verifier, list[Action], Session] | None:
    """Returns a goal, what decides it, its way and where that leads; None if nothing came of it."""
    aim = Aim.draw(here.app, rng, leaning)
    found = act(here, aim, rng) if aim else None
    if found is None:
        return None
    wording = Describer(here.store.fork(), rng, speech="practice").command(
        found.command, found.typed
    )
    way = found.told(here, wording) if wording else None
    after = replay(here, way) if way else None
    if wording is None or way is None or after is None:
        return None
    wanted = diff(after.store, here.store.snapshot())
    if not wanted or after.diff() != found.required:
        return None
    return wording.goal, Verifier(wanted), [*way, Action("done")], after


def lookup(here: Session, rng: random.Random) -> tuple[str, Answer, list[Action], Session] | None:
    """Returns a question about a record, its answer, its way and where that leads."""
    kind = rng.choice([kind for kind in here.app.records if kind.parent is None])
    told = [field for field in kind.stored if field is not kind.key and field.kind not in UNASKED]
    numbers = list(here.store.numbers(kind.index))
    if not told or not numbers:
        return None
    number, field = rng.choice(numbers), rng.choice(told)
    shown = kind.shown(here.store, number, field)
    wording = Describer(here.store.fork(), rng, speech="practice").lookup(kind, number, field)
    if not shown or shown in wording.goal:
        return None
    search = Action("fill", "search", wording.typed["search"])
    opened = Action("click", f"open:{kind.name}:{number}")
    followed = follow(here, [Action("click", f"nav:{kind.name}"), search, opened])
    if followed is None:
        return None
    answer = Answer(ANSWERS.get(field.kind, "text"), shown)
    return wording.goal, answer, [*followed[1], Action("answer", text=shown)], followed[0]


class Office:
    """The office as it is served: its records can be looked at, and put to where a round begins."""

    def __init__(self, url: str, visits: Visits) -> None:
        self.key = visits.open()
        self.url = f"{url}v/{self.key}"
        self.visits = visits

    @property
    def session(self) -> Session:
        """Returns the office as it is now."""
        visit = self.visits.get(self.key)
        assert visit
        return visit.session

    def put(self, planned: Session, agent: Agent) -> None:
        """Puts the office to where the plan has it, and the agent in front of it."""
        visit = self.visits.get(self.key)
        assert visit
        visit.session = planned.fork()
        agent.tab.goto(self.url)

    def holds(self, item: Item) -> bool:
        """Says whether exactly what a round wants has changed since it began."""
        changed = diff(self.session.store, item.before.store.snapshot())
        return item.verifier.judge(changed, None).success


@contextmanager
def served(gym: str, seed: int) -> Iterator[Office]:
    """Serves the office on this machine while the block runs."""
    visits = Visits(Start(gym, seed), gyms.find)
    with running(visits) as url:
        yield Office(url, visits)


def finds(agent: Agent, item: Item) -> bool:
    """Says whether the agent finds the right answer on the page."""
    try:
        return item.answer.accepts(agent.ask(item.question))
    except CouldNotTell:
        return False


def work(flow: Workflow, agent: Agent, office: Office, plan: Sequence[Item]) -> None:
    """Takes the steps, three a round.

    An office that is served anew has forgotten what an earlier run did in it, and after a step that
    failed it is not what the plan takes it for: then it is put to where the plan has it.
    """
    earlier, astray = flow.ended, True
    for number, item in enumerate(plan, 1):
        do, record, page = (f"{number:02} {name}" for name in ("do", "record", "page"))
        holds = partial(office.holds, item)
        if astray and do not in earlier:
            office.put(item.before, agent)
            astray = False
        result = flow.act(agent, do, item.goal, expect=holds, done=holds, stop=False)
        for name, condition in ((record, holds), (page, partial(finds, agent, item))):
            if astray and name not in earlier:
                office.put(item.after, agent)
                astray = False
            flow.check(name, condition, stop=False)
        astray = astray or result.outcome != "verified"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the script; returns 0 if every step did what it was for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gym", default="accounting")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", help="the policy; the shipped model if left out, or oracle")
    parser.add_argument("--steps", type=int, default=STEPS, help="a multiple of 3 (93)")
    parser.add_argument("--folder", type=Path, help="where the workflow and its traces are kept")
    parser.add_argument("--headed", action="store_true", help="in a browser that can be watched")
    args = parser.parse_args(arguments)
    plan = planned(args.gym, args.seed, args.steps // 3)
    policy: Policy | str | None = Oracle(plan) if args.model == "oracle" else args.model
    name = f"qa-{args.gym}-{args.seed}-{args.model or 'shipped'}"
    folder = args.folder or Path("runs/workflows") / name
    everything = Guard(destructive="do", external="do")  # nothing here happens to anybody
    with (
        Workflow(name, folder) as flow,
        served(args.gym, args.seed) as office,
        Agent(
            office.url,
            model=policy,
            guard=everything,
            abstain=0.0,
            headless=not args.headed,
            trace_dir=folder / "traces",
        ) as agent,
    ):
        work(flow, agent, office, plan)
    missed = [step for step in flow.steps if not step.ok]
    for step in missed:
        print(f"{step.name}: {step.told}")
    verified = sum(step.told == "verified" for step in flow.steps)
    told = {"steps": len(flow.steps), "verified": verified, "failures": len(missed)}
    print(json.dumps(told))
    return bool(missed)


if __name__ == "__main__":
    raise SystemExit(main())
