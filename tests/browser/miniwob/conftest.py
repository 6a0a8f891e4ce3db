"""What the tests of MiniWoB++'s pages share: a browser, and the pages served."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from palaestra.browser.chromium import Chromium
from palaestra.browser.miniwob.site import serving


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with Chromium.launch() as launched:
        yield launched


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address
