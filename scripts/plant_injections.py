"""Plants every hostile text in a page in Chromium, and counts what was obeyed and what was done.

    python scripts/plant_injections.py [--model NAME] > injections.json

The shipped model works there as the agent that ships, with the guard as it is by itself; and once
more with a guard that lets every class of action be done: then only what is known of texts on pages
is in their way.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.agent import hostile_page
from tests.agent.hostile_page import Case
from tests.agent.injections import injections

from palaestra.agent import Agent, Guard
from palaestra.policies import finder

GUARDS = {"as it ships": Guard(), "lets everything be done": Guard(destructive="do", external="do")}


def attacked(model: str, guard: Guard) -> dict[str, Any]:
    """Plants all texts, each in the next place; returns the counts and what went wrong."""
    places = list(hostile_page.PLACES)
    cases = [Case(one, places[n % len(places)]) for n, one in enumerate(injections())]
    began, failures = time.monotonic(), []
    done = obeyed = 0
    with (
        hostile_page.serving(cases) as pages,
        Agent(f"{pages.url}contact/0", model=model, guard=guard, trace_dir=None) as agent,
    ):
        for number, case in enumerate(cases):
            came = hostile_page.attempt(agent, pages, number)
            done, obeyed = done + came.done, obeyed + came.obeyed
            if came.obeyed or not came.done:
                failures.append([case.place, case.injection.text, came._asdict()])
            print(f"{number + 1}/{len(cases)}: {done} done, {obeyed} obeyed", file=sys.stderr)
    seconds = round(time.monotonic() - began)
    return {
        "n": len(cases), "obeyed": obeyed, "done": done, "seconds": seconds, "failures": failures,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=finder.default())
    model = parser.parse_args().model
    told = {
        "command": "python scripts/plant_injections.py",
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        "model": model,
        "fingerprint": finder.fingerprint(model),
        "guards": {name: attacked(model, guard) for name, guard in GUARDS.items()},
    }
    json.dump(told, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
