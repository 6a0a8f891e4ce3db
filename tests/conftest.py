"""What all tests share: golden files, and what becomes of browser tests without a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from palaestra.browser.finding import find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Machines are shared: how long one example takes says nothing.
settings.register_profile("palaestra", deadline=None)
settings.load_profile("palaestra")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden",
        action="store_true",
        help="write the files under tests/golden/ anew instead of comparing with them",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # In CI a missing browser is a failure of the set-up; at home it is a reason to skip.
    if find_chromium() or os.environ.get("CI"):
        return
    skip = pytest.mark.skip(reason="no Chromium found: run `make setup`, or set PALAESTRA_CHROMIUM")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium that tests marked `browser` drive."""
    path = find_chromium()
    assert path, "no Chromium found: run `make setup`, or set PALAESTRA_CHROMIUM"
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium that speaks to nobody but this machine."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares text with a file under tests/golden/, or writes it under --regenerate-golden."""
    regenerate: bool = request.config.getoption("--regenerate-golden")

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if regenerate:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        assert path.exists(), (
            f"no golden file {path.name}: run `make golden` and read what it wrote"
        )
        assert text == path.read_text(encoding="utf-8"), (
            f"{path.name} changed; if that is meant, run `make golden` and commit the difference"
        )

    return compare
