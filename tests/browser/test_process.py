"""Nothing of a Chromium stays, however it ends and whoever started it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from palaestra.browser import Chromium
from palaestra.errors import PageLost

pytestmark = pytest.mark.browser


def running(profile: Path) -> bool:
    """Says whether any process was started with a profile."""
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(profile).encode() in one.read_bytes():
                return True
        except OSError:
            continue
    return False


def gone(profile: Path) -> bool:
    late = time.monotonic() + 60
    while time.monotonic() < late:
        if not profile.exists() and not running(profile):
            return True
        time.sleep(0.05)
    return False


def test_closing_leaves_nothing(launch: Callable[..., Chromium]):
    chromium = launch()
    profile = chromium._process.profile
    assert profile.exists()
    tab = chromium.open()
    assert chromium.tabs == [tab]
    chromium.close()
    assert gone(profile)
    for late in (tab.look, chromium.open):
        with pytest.raises(PageLost, match="closed"):
            late()
    chromium.close()


def test_a_chromium_that_dies_is_told(launch: Callable[..., Chromium]):
    chromium = launch()
    profile = chromium._process.profile
    tab = chromium.open()
    told = chromium.call("SystemInfo.getProcessInfo")["processInfo"]
    os.kill(next(one["id"] for one in told if one["type"] == "browser"), signal.SIGKILL)
    with pytest.raises(PageLost, match="The browser is gone"):
        tab.wait(lambda: False)
    chromium.close()
    assert gone(profile)


ORPHANS = """
import os, signal
from palaestra.browser import Chromium
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
chromium = Chromium.launch()
chromium.open()
print(chromium._process.profile, flush=True)
signal.pause()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_whoever_starts_it_takes_it_along(how: signal.Signals):
    starter = subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    profile = Path(starter.stdout.readline().strip())
    assert profile.exists()
    assert running(profile)
    starter.send_signal(how)
    starter.wait(timeout=120)
    starter.stdout.close()
    assert gone(profile)
