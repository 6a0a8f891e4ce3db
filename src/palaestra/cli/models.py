"""`palaestra models`: the trained models that ship with the package."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from palaestra.errors import UsageError

if TYPE_CHECKING:
    from palaestra.registry.shelf import Shelved

HELP = "list the trained models that ship with the package, or add one"
ABOUT = """\
"At least" is the lowest bound that the model's certificates state for a gym, over all splits that
it was examined on; `show` tells each. Whatever takes a MODEL takes the name of one of these, and
`palaestra exam` takes the default, marked *, where none is named.

examples:
  palaestra models
  palaestra models show office-1
  palaestra models add runs/laptop office-1 --default
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", help="default: list what there is")
    show = kinds.add_parser("show", help="all that is known of one", description="show a model")
    show.add_argument("name", metavar="NAME", help="which one")
    added = kinds.add_parser("add", help="put a training's model there", description="add a model")
    added.add_argument("training", type=Path, metavar="RUN", help="a training's folder")
    added.add_argument("name", metavar="NAME", help="what the model is to be called")
    added.add_argument("--default", action="store_true", help="take it where no model is named")
    for kind in (show, added):
        kind.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="print it as JSON"
        )


def run(args: argparse.Namespace) -> int:
    """Lists, shows or adds."""
    if args.what == "add":
        from palaestra.registry.adding import add

        path = add(args.training, args.name, default=args.default)
        print(json.dumps({"model": str(path)}) if args.json else f"{args.name} is in {path}")
        return 0
    from palaestra.registry import shelf

    if args.what == "show":
        model = shelf.take(args.name)
        if args.json:
            print(json.dumps(_told(model), indent=1, ensure_ascii=False))
        else:
            _show(model)
        return 0
    _list(shelf.names(), as_json=args.json)
    return 0


def _list(names: list[str], *, as_json: bool) -> None:
    """Lists what is on the shelf; one whose papers are wrong is listed with what is wrong."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from palaestra.exams.tables import percent
    from palaestra.registry import shelf

    default = _default()
    table = Table("model", "size", "trained in", "age", "at least", "loads", box=None)
    rows: list[dict[str, Any]] = []
    for name in names:
        try:
            model = shelf.take(name)
        except UsageError as wrong:
            rows.append({"name": name, "trouble": str(wrong)})
            table.add_row(Text(name), "", "", "", "", Text(f"no: {wrong}", style="red"))
            continue
        told = _told(model)
        rows.append({"name": name, "default": name == default} | told)
        bounds = "\n".join(f"{gym} {percent(bound)}" for gym, bound in told["bounds"].items())
        loads = Text(f"no: {told['trouble']}", style="red") if told["trouble"] else "yes"
        table.add_row(
            Text(f"{name} *" if name == default else name, style="bold"),
            f"{told['bytes'] / 1e6:.1f} MB",
            Text("\n".join(model.card.lineage.gyms)),
            _days(told["age_days"]),
            Text(bounds),
            loads,
        )
    if as_json:
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    elif names:
        Console().print(table)
    else:
        print(
            "No model ships with this version. Train one (palaestra train), examine it, and put it "
            "here: palaestra models add RUN NAME"
        )


def _show(model: Shelved) -> None:
    from rich.console import Console

    from palaestra.exams.tables import tables

    console, lineage, told = Console(highlight=False), model.card.lineage, _told(model)
    config = {key: value for key, value in lineage.config.items() if key != "gyms"}
    lines = {
        "model": model.card.name,
        "file": f"{model.path}, {model.card.bytes / 1e6:.1f} MB, {model.card.model}",
        "loads": f"no: {told['trouble']}" if told["trouble"] else "yes",
        "trained in": ", ".join(lineage.gyms),
        "training": f"{lineage.rounds} rounds, {lineage.trained_s / 60:.1f} minutes, until "
        f"{lineage.trained_on} ({_days(told['age_days'])} ago), on {lineage.machine}",
        "parents": ", ".join(lineage.parents) or "none: it began from nothing",
        "commit": lineage.commit or "unknown",
        "versions": ", ".join(f"{name} {version}" for name, version in lineage.versions.items()),
        "settings": ", ".join(f"{key} {value}" for key, value in config.items()),
    }
    for label, text in lines.items():
        console.print(f"{label + ':':<12}{text}", markup=False, soft_wrap=True)
    for table in tables(model.certificates):
        console.print(table)


def _told(model: Shelved) -> dict[str, Any]:
    """Returns all that is known of a model as plain data."""
    import datetime as dt

    return {
        **model.card.to_json(),
        "age_days": model.card.lineage.age(dt.datetime.now(dt.UTC).date()),
        "bounds": model.bounds(),
        "trouble": model.trouble(),
    }


def _days(age: int) -> str:
    return "1 day" if age == 1 else f"{age} days"


def _default() -> str:
    from palaestra.policies import finder

    try:
        return finder.default()
    except UsageError:
        return ""
