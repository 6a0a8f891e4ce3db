"""Uploads: a file goes into a page only from the folder that was allowed, and by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from palaestra.errors import InvalidAction

if TYPE_CHECKING:
    from palaestra.browser.frames import Element
    from palaestra.browser.tab import Tab

MOST_NAMED = 12
"""Files of the folder that are named where there is none of the wanted name."""


def allowed(folder: Path | None, name: str) -> Path:
    """Returns the file of a name in the folder for uploads.

    Args:
        folder: The folder; None where nothing may be uploaded.
        name: Name of the file, or its path.

    Raises:
        InvalidAction: If there is no such file, or it lies elsewhere, links followed.
    """
    if folder is None:
        raise InvalidAction("Uploads are not allowed: no folder was given for them")
    folder = folder.resolve()
    try:
        path = (folder / name).resolve()
        inside, is_file = path.is_relative_to(folder), path.is_file()
    except (OSError, ValueError, RuntimeError):
        inside, is_file = True, False
    if not inside:
        raise InvalidAction(f"{name[:80]!r} is outside the folder for uploads")
    if not is_file:
        there = sorted(p.name for p in folder.iterdir() if p.is_file())[:MOST_NAMED]
        hint = f"; there are {', '.join(there)}" if there else ""
        raise InvalidAction(f"There is no file {name[:80]!r} in the folder for uploads{hint}")
    return path


def files(tab: Tab, element: Element, name: str, text: str) -> list[str]:
    """Returns the paths of the files that a text tells, a line each.

    Raises:
        InvalidAction: If one of them may not be uploaded, or the input takes fewer.
    """
    wanted = [line.strip() for line in text.split("\n") if line.strip()]
    if len(wanted) > 1 and "multiple" not in element.attributes:
        raise InvalidAction(f"{name} takes a single file")
    return [str(allowed(tab.chromium.uploads, one)) for one in wanted]


def give(tab: Tab, element: Element, paths: list[str]) -> None:
    """Puts files into an input for files."""
    told = {"files": paths, "backendNodeId": element.number}
    tab.call("DOM.setFileInputFiles", told, element.session)
