"""Where Chromium is on this machine."""

from __future__ import annotations

import os
import shutil

from palaestra.errors import UsageError

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Returns the path of a Chromium, or None; PALAESTRA_CHROMIUM goes before what is installed."""
    names = (os.environ.get("PALAESTRA_CHROMIUM", ""), *CHROMIUM_NAMES)
    return next((path for name in names if name and (path := shutil.which(name))), None)


def required_chromium() -> str:
    """Returns the path of a Chromium.

    Raises:
        UsageError: If there is none.
    """
    path = find_chromium()
    if path is None:
        raise UsageError(
            "No Chromium was found: install one (Debian: apt install chromium), "
            "or set PALAESTRA_CHROMIUM to the path of one"
        )
    return path
