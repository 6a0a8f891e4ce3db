"""Jobs are spread over processes; a lost browser is replaced; a killed parent leaves nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from palaestra.browser.chromium import Chromium
from palaestra.browser.crew import Crew
from palaestra.errors import PageLost

pytestmark = pytest.mark.browser
KILLED = """
import os, sys
from palaestra.browser.crew import Crew
from tests.browser.test_crew import wait_for_ever
with Crew(2) as crew:
    list(crew.do(wait_for_ever, [sys.argv[1] + "/1", sys.argv[1] + "/2"]))
"""


def title(chromium: Chromium, job: int) -> tuple[str, int]:
    tab = chromium.open(f"data:text/html,<title>Page {job}</title>")
    try:
        return tab.look().title, os.getpid()
    finally:
        tab.close()


def lose_once(chromium: Chromium, path: Path) -> str:
    if not path.exists():
        path.touch()
        chromium.close()
    return chromium.open("data:text/html,<title>Back</title>").look().title


def always_lost(chromium: Chromium, job: int) -> None:
    raise PageLost("again")


def wait_for_ever(chromium: Chromium, path: str) -> None:
    Path(path).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(10_000)


def test_jobs_are_done_in_processes_side_by_side():
    with Crew(2) as crew:
        came = dict(crew.do(title, range(6)))
    assert {job: told for job, (told, _) in came.items()} == {n: f"Page {n}" for n in range(6)}
    assert os.getpid() not in {process for _, process in came.values()}


def test_with_one_worker_nothing_is_started_but_a_browser(tmp_path: Path):
    with Crew(1) as crew:
        assert dict(crew.do(title, [1])) == {1: ("Page 1", os.getpid())}
        assert dict(crew.do(lose_once, [tmp_path / "lost"])) == {tmp_path / "lost": "Back"}
        with pytest.raises(PageLost, match="again"):
            list(crew.do(always_lost, [1]))


@pytest.mark.slow
def test_who_is_killed_takes_the_workers_along(tmp_path: Path):
    parent = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)])
    try:
        workers = [_read(tmp_path / name) for name in ("1", "2")]
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    late = time.monotonic() + 120
    while any(map(_lives, workers)):
        assert time.monotonic() < late
        time.sleep(0.05)


def _read(path: Path) -> int:
    late = time.monotonic() + 300
    while not (path.exists() and path.read_text(encoding="utf-8")):
        assert time.monotonic() < late
        time.sleep(0.05)
    return int(path.read_text(encoding="utf-8"))


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except OSError:
        return False
