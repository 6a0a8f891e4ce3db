"""`palaestra train`: trains an agent by self-play, examines it, and writes the report."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.selfplay.config import Config
    from palaestra.selfplay.run import Run

HELP = "train an agent by self-play, examine it, and write a report"
UNITS = {"s": 1, "m": 60, "h": 3600}
ABOUT = """\
Goals are proposed by acting in the gyms, pruned and worded; the network attempts them and learns
from what would have been right. One process practises while another learns, so two cores are used.

Everything is kept in the run's folder after every round. A run that was killed goes on with
--resume as if nothing had happened. At the end comes an exam on held-out goals, data, wording and
applications, next to the baselines, and report.html.

With --from it begins with a trained model's network, which then stands in the lineage, and attempts
goals at once (imitate_rounds=0).

examples:
  palaestra train                                  in all gyms, 15 minutes
  palaestra train procedural --budget 10m          the stream alone; then: palaestra exam RUN
  palaestra train --preset debug --out runs/small
  palaestra train --resume --out runs/small
  palaestra train crm --from runs/small --budget 10m  a trained model goes on, in one gym
  palaestra train --set proposer=random --set past_selves=0

settings of the laptop preset, which --set changes (config.json in the run's folder keeps them):
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT + settings()
    parser.add_argument("gyms", metavar="GYM", nargs="*", help="where (default: all there are)")
    parser.add_argument("--preset", help="debug, laptop or full (default: laptop)")
    parser.add_argument("--budget", metavar="TIME", help="how long, as 90s, 15m or 1h")
    parser.add_argument("--rounds", type=int, help="end after so many rounds, whatever the time")
    parser.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="change a setting (below)"
    )
    parser.add_argument("--seed", type=int, help="decides everything that is drawn (default: 0)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="the run's folder (default: runs/DATE)"
    )
    parser.add_argument(
        "--from",
        dest="parent",
        metavar="MODEL",
        help="begin with a trained model's network: a name, a checkpoint or a run's folder",
    )
    parser.add_argument("--resume", action="store_true", help="go on with the run in --out")
    parser.add_argument(
        "--exam",
        type=int,
        default=500,
        metavar="N",
        help="tasks in each gym's exam; 0 for none (default: 500)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON line per round, and no view"
    )


def run(args: argparse.Namespace) -> int:
    """Trains; 0 when the model is finished and examined."""
    try:
        from palaestra.selfplay.loop import train
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"Training needs palaestra[train] ({missing.name} is missing)"
        ) from missing
    from palaestra.selfplay.live import Live

    if args.exam < 0:
        raise UsageError("--exam takes a number of tasks, or 0 for no exam")
    started, config = _started(args)
    if args.json:
        model = train(started, config, lambda metrics: print(json.dumps(metrics), flush=True))
    else:
        with Live(started, config) as live:
            model = train(started, config, live.show)
    return _examine(started.path, model, config.gyms, args) if args.exam else 0


def _started(args: argparse.Namespace) -> tuple[Run, Config]:
    """Begins a run, or opens the one to go on with."""
    from palaestra import gyms
    from palaestra.exams.provenance import made_by
    from palaestra.selfplay.config import Config, preset
    from palaestra.selfplay.run import Run as RunFolder

    if args.resume:
        if not args.out:
            raise UsageError("Name the run to go on with: --resume --out DIR")
        told = (args.preset, args.budget, args.rounds, args.seed, args.set, args.parent)
        if args.gyms or any(told):
            raise UsageError("A resumed run goes on as it was begun: name only --resume --out DIR")
        opened, config = RunFolder.resume(args.out)
        opened.sign(made_by())
        return opened, config
    changes = {
        "gyms": tuple(args.gyms) or None,
        "budget_s": seconds(args.budget) if args.budget else None,
        "rounds": args.rounds,
        "seed": args.seed,
    }
    parent = b""
    if args.parent:
        parent, found = _parent(args.parent)
        changes |= found
    changes |= dict(Config.setting(text) for text in args.set)
    config = preset(args.preset or "laptop", **changes)
    for gym in config.gyms:
        if gym not in gyms.names():
            gyms.find(gym)
    begun = RunFolder.begin(args.out or dated(), config, parent)
    begun.sign(made_by())
    return begun, config


def _parent(model: str) -> tuple[bytes, dict[str, Any]]:
    """Returns a trained model, and how a training that goes on from it differs from others."""
    from palaestra.policies import finder
    from palaestra.policies.network import NetworkPolicy

    path = finder.weights(model)
    size = NetworkPolicy.load(path).net.size
    facts = {"parent": finder.fingerprint(str(path)), "size": size, "imitate_rounds": 0}
    return path.read_bytes(), facts


def dated() -> Path:
    """Returns the folder of a run that nobody named: it goes by the time of its beginning."""
    return Path("runs") / datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")


def settings() -> str:
    """Returns the settings of a training with their defaults and what they mean.

    They are read from the source of `Config`, because importing it takes torch and a second.
    """
    found = find_spec("palaestra.selfplay.config")
    assert found
    assert found.origin
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    (config,) = (one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == "Config")
    defaults = {
        ast.unparse(one.target): ast.unparse(one.value)
        for one in config.body
        if isinstance(one, ast.AnnAssign) and one.value and not isinstance(one.value, ast.Call)
    }
    told = inspect.cleandoc(ast.get_docstring(config) or "").partition("Attributes:\n")[2]
    lines = []
    for line in told.splitlines():
        name = line.strip().partition(":")[0]
        at = f" ({defaults[name]})" if name in defaults else ""
        lines.append(line[2:].replace(":", f"{at}:", 1) if at else line[2:])
    return "\n".join(lines)


def _examine(
    folder: Path, model: Path, trained_in: tuple[str, ...], args: argparse.Namespace
) -> int:
    """Examines the model in every gym there is, and writes the report; returns the exit code."""
    from palaestra import gyms
    from palaestra.cli import build_parser
    from palaestra.exams.report import write_report

    where = sorted({*gyms.names(), *trained_in})
    out = ["--out", str(folder / "exams"), *(["--json"] if args.json else [])]
    words = ["exam", str(model), "--gyms", *where, "--n", str(args.exam), "--baselines", *out]
    exam = build_parser().parse_args(words)
    code: int = exam.run(exam)
    report = str(write_report(folder, gyms.find))
    print(json.dumps({"report": report}) if args.json else f"The report is {report}")
    return code


def seconds(text: str) -> float:
    """Reads a length of time.

    Raises:
        UsageError: If it is none.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", text)
    if not found:
        raise UsageError(f"A length of time looks like 90s, 15m or 1h; got {text!r}")
    return float(found[1]) * UNITS[found[2]]
