from __future__ import annotations

import pytest

from palaestra.browser.finding import find_chromium, required_chromium
from palaestra.errors import UsageError


def test_another_chromium_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALAESTRA_CHROMIUM", "/bin/sh")
    assert find_chromium() == required_chromium() == "/bin/sh"
    monkeypatch.setenv("PALAESTRA_CHROMIUM", "")
    monkeypatch.setenv("PATH", "")
    assert find_chromium() is None
    with pytest.raises(UsageError, match="set PALAESTRA_CHROMIUM"):
        required_chromium()
