"""Takes the pictures of the offices that the README shows, in Chromium.

    .venv/bin/python scripts/take_pictures.py

The same start and way always lead to the same screen, so a picture that is out of date is taken
again by this command. It writes over docs/pictures and checks nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, ViewportSize

from palaestra import gyms
from palaestra.browser.finding import find_chromium
from palaestra.faces.page import Visits
from palaestra.faces.page.serving import running
from palaestra.testing.pace import chromium
from palaestra.types import Start

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SIZE: ViewportSize = {"width": 1280, "height": 800}


class Picture(NamedTuple):
    """What is photographed: a start, and what is clicked on the way from its first screen."""

    name: str
    start: Start
    way: tuple[str, ...]


ALBUM = (
    Picture("accounting-list", Start("accounting", 1), ("nav:bill",)),
    Picture("crm-pipeline", Start("crm", 1), ("nav:pipeline",)),
    Picture("travel-seats", Start("travel", 1, skin=229), ("nav:seats",)),
    Picture(
        "form-calendar",
        Start("accounting", 3, skin=319),
        ("nav:bill", "new:bill", "field:vendor", "pick:vendor:2", "calendar:dated"),
    ),
)


def take(picture: Picture, page: Page) -> None:
    """Goes the way, and keeps what is seen at its end."""
    with running(Visits(picture.start, gyms.find, None)) as url:
        page.goto(url)
        page.wait_for_selector("html[data-live=yes]")
        for ref in picture.way:
            page.locator(f'[data-ref="{ref}"]').first.click()
            page.wait_for_selector('html[data-waiting="0"]')
        page.screenshot(path=PICTURES / f"{picture.name}.png")
        page.close()


if __name__ == "__main__":
    path = find_chromium() or sys.exit("No Chromium: see scripts/install_chromium.sh")
    with chromium(path) as browser:
        for one in ALBUM:
            take(one, browser.new_page(viewport=SIZE))
