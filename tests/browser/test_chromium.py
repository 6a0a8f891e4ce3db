"""The browser itself: what is told where it cannot be started."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from palaestra.browser import Chromium
from palaestra.errors import UsageError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/bin/false", "/bin/sh"])
def test_what_is_no_chromium_is_told(path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("PALAESTRA_CHROMIUM", path)
    with pytest.raises(UsageError, match="Chromium did not start"):
        Chromium.launch()
    assert not list(tmp_path.iterdir())


def test_no_chromium_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PALAESTRA_CHROMIUM", "")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="No Chromium was found: install one"):
        Chromium.launch()


def test_two_playwrights_in_one_thread_are_told_apart(
    launch: Callable[..., Chromium], browser: Browser
):
    assert browser.is_connected()
    with pytest.raises(UsageError, match="in another thread"):
        _ = launch().open().page
