"""A script that is killed: lives of one workflow, each ended by SIGKILL at a point that is counted.

`python killed.py URL` reads "FOLDER KILL_AT" lines and leads one life for each in a process of its
own, forked so that a hundred take seconds. A life is killed when the Python of the workflow, of its
journal and of the effects has made so many calls and returns (calls of C functions, so every
`os.write`, `os.fsync` and `send`, included). It prints how the life ended: "killed", or the number
of calls it took to the end.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
from decimal import Decimal
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from palaestra.agent import journal, workflow
from palaestra.agent.workflow import Workflow

STEPS = 9
COUNTED = {journal.__file__, workflow.__file__, http.client.__file__, __file__}


class Effects:
    """The server, as a client sees it."""

    def __init__(self, url: str) -> None:
        self.place = urlsplit(url).netloc

    def __call__(self, method: str, name: str) -> Decimal | None:
        line = http.client.HTTPConnection(self.place)
        line.request(method, f"/{name}", body=b"." if method == "POST" else None)
        answer = line.getresponse()
        told = json.loads(answer.read())
        line.close()
        return None if told is None else Decimal(told)


def script(folder: Path, effects: Effects) -> Decimal:
    """What is to be done: effects one after the other, each building on the one before."""
    total, run = Decimal(0), folder.name
    with Workflow("counting", folder) as flow:
        for step in range(STEPS):
            name = f"{run}-{step}-{total}"
            total += flow.do(
                f"effect {step}",
                lambda name=name: effects("POST", name),
                done=lambda name=name: effects("GET", name),
                schema=Decimal,
            )
            flow.check(f"seen {step}", lambda name=name: effects("GET", name) is not None)
    return total


def live(folder: Path, kill_at: int, effects: Effects) -> int:
    """Leads one life; returns how many calls it took, if it was not killed before."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        if frame.f_code.co_filename in COUNTED:
            calls += 1
            if calls == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    script(folder, effects)
    sys.setprofile(None)
    return calls


def main() -> None:
    effects = Effects(sys.argv[1])
    for line in sys.stdin:
        folder, kill_at = line.rsplit(" ", 1)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            calls = live(Path(folder), int(kill_at), effects)
            os.write(writing, str(calls).encode())
            os._exit(0)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        told = os.read(reading, 100).decode() if not status else ""
        os.close(reading)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print(told or ("killed" if killed else f"broke: {status}"), flush=True)


if __name__ == "__main__":
    main()
