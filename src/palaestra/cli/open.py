"""`palaestra open`: an application as a web page on this machine, to look around or to do tasks in.

It prints the address and serves until interrupted; it opens no browser and lets nobody else in.
"""

from __future__ import annotations

import argparse
from contextlib import suppress

HELP = "serve an application as a web page on this machine"
ABOUT = """\
Without GYM it lists what can be opened. With --task the bar on top gives goals to reach, and judges
what was done; those of a family are of many applications. Skins change looks, widgets and language;
disturbances are things that go wrong on the way.

examples:
  palaestra open accounting
  palaestra open procedural:7 --skin 3 --disturbance 1
  palaestra open accounting --task --skin 7
  palaestra open accounting --task --split exam
"""
PORT = 8420
ENDLESS = 1_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument("gym", metavar="GYM", nargs="?", help="what to open; of a family NAME:SEED")
    parser.add_argument("--seed", type=int, default=0, help="decides the data (default 0)")
    parser.add_argument("--skin", type=int, help="decides the look (default 0, plain)")
    parser.add_argument("--disturbance", type=int, help="decides what goes wrong (default 0)")
    parser.add_argument("--size", type=int, help="about how many records (default: as the gym is)")
    parser.add_argument("--port", type=int, default=PORT, help=f"default {PORT}; 0 for any")
    parser.add_argument("--task", action="store_true", help="give tasks to do")
    parser.add_argument("--task-seed", type=int, default=0, help="decides the tasks (default 0)")
    parser.add_argument("--split", default="practice", help="what tasks are made of (practice)")


def run(args: argparse.Namespace) -> int:
    """Serves until interrupted, or prints what there is."""
    from palaestra import gyms

    if args.gym is None:
        print("These can be opened (palaestra open GYM):")
        for name in gyms.names():
            print(f"  {name}:SEED" if gyms.is_family(name) else f"  {name}")
        return 0

    from itertools import chain

    from palaestra.faces.page import Visits
    from palaestra.faces.page.serving import serve
    from palaestra.faces.serving import address, listen
    from palaestra.gyms.drawing import draw
    from palaestra.kit import Session
    from palaestra.tasks import splits
    from palaestra.types import Start

    tasks = None
    # What is wrong with the gym or a seed is said here and not in the browser.
    asked = {"skin": args.skin, "disturbance": args.disturbance, "size": args.size}
    fixed = {name: number for name, number in asked.items() if number is not None}
    start = Start(args.gym, args.seed, **fixed)
    if args.task:
        drawn = draw(args.gym, splits.find(args.split), args.task_seed, ENDLESS, fixed)
        tasks = chain([next(drawn)], drawn)
    else:
        Session.at(gyms.find(args.gym), start)
    visits = Visits(start, gyms.find, tasks)
    with listen(args.port) as door:
        print(f"{args.gym} is open at {address(door)} (Ctrl-C closes it)", flush=True)
        with suppress(KeyboardInterrupt):
            serve(visits, door)
    return 0
