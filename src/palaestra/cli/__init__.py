"""The command line: one module here per command, found by name and never registered by hand.

A command is a module `palaestra/cli/NAME.py` (new_gym.py for "new-gym") with `HELP` (one line),
`configure(parser)` and `run(args)`, which returns the exit code. Heavy imports stay inside `run`:
`--help` is quick.

Nothing is decided here but how a command is found and how its errors are told.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence

from palaestra import __version__
from palaestra.errors import GymError, UsageError

DESCRIPTION = (
    "Simulated offices in which agents train by self-play until they can be trusted with "
    "knowledge work, and the exams that prove it."
)
BAD_USAGE = 2
BROKEN_GYM = 3
INTERRUPTED = 130


def commands() -> list[str]:
    """Returns the names of the commands there are, in alphabetical order."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def build_parser() -> argparse.ArgumentParser:
    """Returns the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="palaestra",
        description=DESCRIPTION,
        epilog="`palaestra COMMAND --help` tells what a command takes.",
    )
    parser.add_argument("--version", action="version", version=f"palaestra {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in commands():
        module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
        command = subparsers.add_parser(
            name,
            help=module.HELP,
            description=module.HELP,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.configure(command)
        command.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        argv: The words after `palaestra`; those of the process if left out.

    Returns:
        The exit code: 0 if all went well, 2 if the command was asked for something impossible,
        3 if a gym is broken, 130 if it was interrupted; a command may say 1 for "ran, and the
        answer is no".
    """
    args = build_parser().parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except UsageError as wrong:
        print(f"palaestra: {wrong}", file=sys.stderr)
        return BAD_USAGE
    except GymError as bug:
        print(f"palaestra: {bug}{_where(bug)}", file=sys.stderr)
        return BROKEN_GYM
    except KeyboardInterrupt:
        print("palaestra: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output (head, less) has had enough; Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _where(bug: GymError) -> str:
    """Returns the file and line where a gym's own code failed, for its author."""
    cause = bug.__cause__ or bug
    if isinstance(cause, SyntaxError):
        return f" (at {cause.filename}:{cause.lineno})"
    frames = traceback.extract_tb(cause.__traceback__)
    return f" (at {frames[-1].filename}:{frames[-1].lineno})" if frames else ""
