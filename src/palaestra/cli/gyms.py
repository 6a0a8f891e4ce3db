"""`palaestra gyms`: what there is to work in, and what one application consists of.

It reads definitions only; to see data and screens, open the gym.
"""

from __future__ import annotations

import argparse
import importlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from palaestra.kit.app import App
    from palaestra.kit.fields import Field
    from palaestra.kit.record import RecordType

HELP = "list the gyms, or what one of them consists of"
ABOUT = """\
A family is an endless stream of applications; NAME:SEED is one of them.

examples:
  palaestra gyms
  palaestra gyms accounting
  palaestra gyms procedural:7 --json
"""
EXAMPLE_SEED = 0


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument("name", metavar="NAME", nargs="?", help="show this one in full")
    parser.add_argument("--json", action="store_true", help="print it as JSON, in full")


def run(args: argparse.Namespace) -> int:
    """Prints the list, or one application."""
    from rich.console import Console

    from palaestra import gyms

    names = [args.name] if args.name else gyms.names()
    # Of a family, one member stands for all.
    shown = [f"{n}:{EXAMPLE_SEED}" if ":" not in n and gyms.is_family(n) else n for n in names]
    apps = {name: gyms.find(name) for name in shown}
    if args.json:
        told = [describe(name, app) for name, app in apps.items()]
        print(json.dumps(told[0] if args.name else told, indent=1, ensure_ascii=False))
    elif args.name:
        _print_one(Console(), shown[0], apps[shown[0]])
    else:
        _print_all(Console(), apps)
    return 0


def describe(name: str, app: App) -> dict[str, Any]:
    """Returns what an application consists of as plain dicts and lists.

    Args:
        name: What people type to get it; the part after a colon is a family's seed.
        app: The application.
    """
    from palaestra.tasks.task import KINDS

    family, colon, _ = name.partition(":")
    about = importlib.import_module(f"palaestra.gyms.{family}").__doc__ or ""
    return {
        "name": name,
        "family": family if colon else None,
        "title": app.title,
        "about": " ".join(about.strip().partition("\n\n")[0].split()),
        "roles": list(app.roles),
        "languages": ["en", *app.languages],
        "tasks": list(KINDS),
        "records": [_record(kind) for kind in app.records],
        "screens": [
            {"name": screen.name, "title": screen.title, "kind": type(screen).__name__}
            for screen in app.screens
        ],
        "handbook": [rule.strip() for rule in app.handbook.split("\n") if rule.strip()],
        "invariants": [invariant.text for invariant in app.invariants],
    }


def _record(kind: RecordType) -> dict[str, Any]:
    return {
        "name": kind.name,
        "plural": kind.plural,
        "part_of": kind.parent.target.type.name if kind.parent else None,
        "key": kind.key.name,
        "fields": [_field(field) for field in kind.fields],
        "actions": [
            {
                "name": action.name,
                "label": action.label,
                "asks_for": [_field(param) for param in action.params],
                "confirmed": bool(action.confirm),
                "says": list(action.says),
            }
            for action in kind.actions.values()
        ],
    }


def _field(field: Field) -> dict[str, Any]:
    from palaestra.kit.fields import Choice, Ref

    told: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "required": field.required and field.editable,
        "editable": field.editable,
    }
    if isinstance(field, Choice):
        told["choices"] = list(field.choices)
    if isinstance(field, Ref):
        told["refers_to"] = field.target.type.name
    return told


def _print_all(console: Console, apps: dict[str, App]) -> None:
    from rich.table import Table

    from palaestra.tasks.task import KINDS

    table = Table(header_style="bold", box=None, pad_edge=False)
    table.add_column("Gym", no_wrap=True)
    table.add_column("What it is", min_width=16)
    for count in ("Records", "Actions", "Screens", "Rules", "Invariants"):
        table.add_column(count, justify="right")
    for name, app in apps.items():
        told = describe(name, app)
        table.add_row(
            f"[bold]{told['family'] or name}[/]" + ("[dim]:SEED[/]" if told["family"] else ""),
            told["about"] + (f" [dim]Counted: {name}.[/]" if told["family"] else ""),
            str(len(app.records)),
            str(sum(len(kind.actions) for kind in app.records)),
            str(len(app.screens)),
            str(len(told["handbook"])),
            str(len(app.invariants)),
        )
    console.print(table)
    console.print(f"\nTasks of {len(KINDS)} kinds in each: {', '.join(KINDS)}.")
    console.print("More about one: palaestra gyms NAME    Work in it: palaestra open NAME")


def _print_one(console: Console, name: str, app: App) -> None:
    from rich.markup import escape
    from rich.table import Table

    told = describe(name, app)
    console.print(f"[bold]{name}[/]: {told['title']}\n{told['about']}\n", highlight=False)
    table = Table("Record", "Fields", "Actions", header_style="bold", show_lines=True)
    for kind in told["records"]:
        part = f"\n[dim]part of {kind['part_of'].replace('_', ' ')}[/]" if kind["part_of"] else ""
        fields = ", ".join(
            escape(field["label"]) if field["editable"] else f"[dim]{escape(field['label'])}[/]"
            for field in kind["fields"]
        )
        actions = "\n".join(
            " ".join([action["label"], *(f"<{p['label'].lower()}>" for p in action["asks_for"])])
            for action in kind["actions"]
        )
        table.add_row(f"[bold]{escape(kind['plural'])}[/]{part}", fields, escape(actions))
    console.print(table)
    console.print("[dim]Grey fields are set by the rules.[/]")
    if told["screens"]:
        own = (f"{screen['title']} ({screen['kind']})" for screen in told["screens"])
        console.print(f"\n[bold]Screens of its own[/]\n{', '.join(own)}", highlight=False)
    for title in ("roles", "languages", "tasks"):
        if told[title]:
            console.print(f"\n[bold]{title.capitalize()}[/]\n{', '.join(told[title])}")
    for title in ("handbook", "invariants"):
        if told[title]:
            console.print(f"\n[bold]{title.capitalize()}[/]")
            console.print("\n".join(told[title]), highlight=False, markup=False)
