"""One Chromium and one site for all tests of the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from palaestra.browser import Chromium, Tab
from tests.browser.driver import Driver
from tests.browser.site import Site, serving


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The site of hazards."""
    with serving() as site:
        yield site


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders for uploads and for downloads."""
    return tmp_path_factory.mktemp("uploads"), tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def chrome(chromium: str, folders: tuple[Path, Path]) -> Iterator[Chromium]:
    """The browser."""
    with Chromium.launch(uploads=folders[0], downloads=folders[1]) as launched:
        yield launched


@pytest.fixture
def tab(chrome: Chromium) -> Iterator[Tab]:
    """An empty tab."""
    tab = chrome.open()
    yield tab
    tab.close()


@pytest.fixture
def visit(chrome: Chromium, site: Site) -> Iterator[Callable[[str], Driver]]:
    """Opens pages of the site; they are closed in the end."""
    before = set(chrome.tabs)

    def visit(page: str) -> Driver:
        tab: Tab = chrome.open()
        return Driver(tab, tab.goto(f"{site.url}{page}"))

    yield visit
    for tab in chrome.tabs:
        if tab not in before:
            tab.close()


@pytest.fixture
def launch(chromium: str) -> Iterator[Callable[..., Chromium]]:
    """Launches browsers of their own; they are closed in the end."""
    launched: list[Chromium] = []

    def launch(**how: Any) -> Chromium:
        launched.append(Chromium.launch(**how))
        return launched[-1]

    yield launch
    for one in launched:
        one.close()
