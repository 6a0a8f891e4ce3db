"""Where a number comes from: the versions, the machine and the commit that made it."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

# What can change a result: our code, the made-up data, the arithmetic.
PACKAGES = ("palaestra", "mimesis", "numpy", "torch")
GIT_SECONDS = 10


def versions() -> dict[str, str]:
    """Returns the versions of Python and of what can change a result; absent ones are left out."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def machine() -> str:
    """Returns the kind of processor and how many there are."""
    return f"{platform.machine()}, {os.cpu_count()} cores"


def commit() -> str:
    """Returns the commit of the code that runs ("+changed" if edited since); "" if unknown."""
    here = Path(__file__)
    if _git(here, "ls-files", "--error-unmatch", here.name) is None:
        return ""
    name = _git(here, "rev-parse", "HEAD") or ""
    package = str(here.parents[1])
    return f"{name}+changed" if name and _git(here, "status", "--porcelain", package) else name


def made_by() -> dict[str, Any]:
    """Returns what a training signs with: versions, machine and commit."""
    return {"versions": versions(), "machine": machine(), "commit": commit()}


def _git(here: Path, *words: str) -> str | None:
    """Returns what git says of the folder of a file; None if it says no or is not there."""
    try:
        done = subprocess.run(
            ["git", "-C", str(here.parent), *words],
            capture_output=True,
            text=True,
            timeout=GIT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
