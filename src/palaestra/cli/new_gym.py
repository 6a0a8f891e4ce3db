"""`palaestra new-gym`: writes a small gym that works, to be changed into one's own.

What it writes passes `palaestra check` as it stands; `docs/write-a-gym.md` explains its parts.
"""

from __future__ import annotations

import argparse
import keyword
import os
import re
import tempfile
from pathlib import Path
from string import Template

from palaestra.errors import UsageError

HELP = "write a small working gym, to be changed into your own"
ABOUT = """\
The gym is a folder with two files: the records and rules, and the words. Without --into it is
written among Palaestra's own gyms, where every command finds it.

examples:
  palaestra new-gym library
  palaestra new-gym library --title "City library" --into ~/gyms
  PALAESTRA_GYMS=~/gyms palaestra check library
"""
NAME = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)
SKELETON = Path(__file__).with_name("new_gym.py.tmpl")
WORDS = Path(__file__).with_name("new_gym.toml.tmpl")


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.epilog = ABOUT
    parser.add_argument("name", metavar="NAME", help="what people type: small letters, digits, _")
    parser.add_argument("--title", default="", help="what its screens say (from NAME)")
    parser.add_argument(
        "--into", metavar="DIR", type=Path, help="folder to write it into, made if need be"
    )


def run(args: argparse.Namespace) -> int:
    """Writes the gym and says what to do next."""
    from palaestra import gyms

    if not NAME.fullmatch(args.name) or keyword.iskeyword(args.name):
        raise UsageError(
            f"A gym's name has 2 to 40 small letters, digits and _, and begins with a letter; "
            f"got {args.name!r}"
        )
    if args.name in gyms.names():
        raise UsageError(f"There is a gym {args.name} already; choose another name")
    title = " ".join(args.title.split()) or args.name.replace("_", " ").capitalize()
    if not title.isprintable() or '"' in title or "\\" in title:
        raise UsageError(f"A title has no quotes, backslashes or control characters; got {title!r}")
    into = (args.into or Path(gyms.__file__).parent).expanduser().resolve()
    folder = write(into, args.name, title)
    prefix = f"PALAESTRA_GYMS={into} " if args.into else ""
    print(f"Wrote {folder}. Look at it, check it, then change it:")
    for command in ("gyms", "open", "check"):
        print(f"  {prefix}palaestra {command} {args.name}")
    return 0


def write(into: Path, name: str, title: str) -> Path:
    """Writes a gym's folder, whole or not at all.

    Args:
        into: The folder that it goes into.
        name: Its name.
        title: What its screens say.

    Returns:
        The gym's folder.

    Raises:
        UsageError: If the folder cannot be written, or is there already.
    """
    folder = into / name
    if folder.exists():
        raise UsageError(f"{folder} is there already; move it away, or choose another name")
    told = {"name": name, "title": title}
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into, prefix=f".{name}-") as half:
            made = Path(half) / name
            made.mkdir()
            for template, file in ((SKELETON, "__init__.py"), (WORDS, "words.toml")):
                text = Template(template.read_text("utf-8")).substitute(told)
                (made / file).write_text(text, "utf-8")
            os.rename(made, folder)
    except OSError as failed:
        raise UsageError(f"{folder} cannot be written: {failed.strerror}") from failed
    return folder
