"""The Chromium process: started with a profile of its own, and gone with whoever started it.

It is spoken to through a pipe. When this process dies, however it dies, the pipe closes and
Chromium ends; the shell that waits for it then deletes the profile. So nothing is left behind.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from palaestra.errors import UsageError

WAITED_FOR = 10.0
"""Seconds that Chromium may take to end by itself."""
PIPE_BYTES = 1 << 20
SET_PIPE_SIZE = 1031  # fcntl.F_SETPIPE_SZ, which Linux alone has
SCRIPT = (
    'profile=$1; shift; "$@" 3<&0 4>&1 </dev/null >/dev/null 2>"$profile/said"; rm -rf "$profile"'
)
NEEDLESS = (
    "MediaRouter", "OptimizationHints", "PreloadTopChromeWebUI", "Translate",
    "WebUIOmniboxAimPopup", "WebUIOmniboxPopup",
)  # fmt: skip
"""Features that nobody here uses; the box for addresses takes a process of 45 MiB a window."""
FLAGS = (
    "--remote-debugging-pipe",
    "--remote-debugging-port=0",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    f"--disable-features={','.join(NEEDLESS)}",
    "--disable-popup-blocking",
    "--disable-renderer-backgrounding",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    "--force-device-scale-factor=1",
    "--metrics-recording-only",
    "--mute-audio",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-service-autorun",
    "--password-store=basic",
    "--use-mock-keychain",
)


class Process:
    """A running Chromium.

    Attributes:
        profile: Its folder; deleted in the end.
        reading: File descriptor that its messages come from.
        writing: File descriptor that messages to it go into.
    """

    def __init__(self, path: str, flags: Sequence[str]) -> None:
        """Starts Chromium.

        Args:
            path: The program.
            flags: What it is started with besides `FLAGS`.

        Raises:
            UsageError: If it cannot be started.
        """
        self.profile = Path(tempfile.mkdtemp(prefix="palaestra-chromium-"))
        # A sandbox cannot be built by root, who most containers work as.
        sandbox = () if os.geteuid() else ("--no-sandbox",)
        command = [path, *FLAGS, *sandbox, *flags, f"--user-data-dir={self.profile}", "about:blank"]
        try:
            self._shell = subprocess.Popen(
                ["/bin/sh", "-c", SCRIPT, "sh", str(self.profile), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
                bufsize=0,
            )
        except OSError as failure:
            shutil.rmtree(self.profile, ignore_errors=True)
            raise UsageError(f"Chromium cannot be started: {failure}") from failure
        assert self._shell.stdin
        assert self._shell.stdout
        self.writing, self.reading = self._shell.stdin.fileno(), self._shell.stdout.fileno()
        for end in (self.writing, self.reading):
            with suppress(OSError):  # smaller pipes are only slower
                fcntl.fcntl(end, SET_PIPE_SIZE, PIPE_BYTES)

    def said(self) -> str:
        """Returns the last lines of what Chromium told about itself; "" if there are none."""
        with suppress(OSError):
            return (self.profile / "said").read_text(errors="replace")[-1_000:].strip()
        return ""

    def port(self) -> int | None:
        """Returns the port that others may attach to; None while there is none."""
        with suppress(OSError, ValueError, IndexError):
            return int((self.profile / "DevToolsActivePort").read_text().split()[0])
        return None

    def end(self) -> None:
        """Ends Chromium, by force if it must, and deletes its profile."""
        assert self._shell.stdin
        with suppress(OSError):
            self._shell.stdin.close()
        try:
            self._shell.wait(WAITED_FOR)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self._shell.pid, signal.SIGKILL)
            self._shell.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def let_go(self) -> None:
        """Closes what its messages came from, once nobody reads there any more."""
        assert self._shell.stdout
        self._shell.stdout.close()
