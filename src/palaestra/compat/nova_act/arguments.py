"""What `NovaAct` takes, checked: what cannot be, or is not there, is said at once."""

from __future__ import annotations

import fnmatch
import os
import platform
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from palaestra.compat.nova_act import errors

STEP_LIMIT = 200
SHORTEST, LONGEST = 2, 1800
"""Seconds that a timeout may be."""
MAX_PROMPT = 10_000
SCHEMES = ("http", "https", "about", "data")
NOT_HERE = (
    "cdp_endpoint_url", "cdp_headers", "cdp_use_existing_page", "actuator", "playwright_instance",
    "profile_directory", "proxy", "record_video", "use_default_chrome_browser", "user_agent",
    "user_data_dir", "tools", "browser_auth",
)  # fmt: skip
"""What a script may ask for that is not there; asking for it says so."""


def check_prompt(prompt: object) -> None:
    """Says what is wrong with a prompt.

    Raises:
        InvalidInputLength: If it is empty, too long, or no text.
    """
    if not isinstance(prompt, str) or not 1 <= len(prompt.strip()) <= MAX_PROMPT:
        raise errors.InvalidInputLength(f"A prompt has 1 to {MAX_PROMPT} characters")


def steps(given: int | None, usual: int) -> int:
    """Returns the most actions of an act.

    Raises:
        InvalidMaxSteps: If there cannot be so many.
    """
    if given is not None and not 0 < given < STEP_LIMIT:
        raise errors.InvalidMaxSteps(STEP_LIMIT)
    return given or usual


def address(url: object, openable: Iterable[str]) -> str:
    """Returns an address that may be gone to.

    Args:
        url: The address.
        openable: Patterns of the files that may be opened.

    Raises:
        InvalidURL: If it is none, or may not be gone to.
    """
    if not isinstance(url, str):
        raise errors.InvalidURL(f"An address is a text; got {url!r}")
    parts = urlsplit(url)
    if parts.scheme == "file":
        path = unquote(parts.path)
        if not any(fnmatch.fnmatch(path, pattern) for pattern in openable):
            raise errors.InvalidURL(f"{path} is not among allowed_file_open_paths")
    elif parts.scheme not in SCHEMES or " " in url:
        raise errors.InvalidURL(f"{url!r} is no address; write it as https://example.com")
    return url


def timeout(seconds: int | None) -> int | None:
    """Returns a timeout.

    Raises:
        InvalidTimeout: If it cannot be.
    """
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise errors.InvalidTimeout(f"A timeout is a whole number of seconds; got {seconds!r}")
    if not SHORTEST <= seconds <= LONGEST:
        raise errors.InvalidTimeout(f"A timeout is {SHORTEST} to {LONGEST} seconds; got {seconds}")
    return seconds


def folder(patterns: list[str]) -> Path | None:
    """Returns the folder that files may be uploaded from; None for none.

    Raises:
        InvalidPath: If the patterns are more than one folder.
    """
    if not patterns:
        return None
    found = Path(patterns[0].removesuffix("*").removesuffix("/"))
    if len(patterns) > 1 or not found.is_dir():
        raise errors.InvalidPath(
            "allowed_file_upload_paths= is one folder here, as /home/me/outbox/*; "
            f"got {', '.join(patterns)}"
        )
    return found


def has_screen() -> bool:
    """Says whether there is a screen that a window can be on."""
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return platform.system() != "Linux" or bool(shown)
