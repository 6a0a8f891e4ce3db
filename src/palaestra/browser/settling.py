"""When a page has come to rest after an action: nothing that it set going is still under way.

What that is, `watch.js` knows from inside the page; here it is asked, and asked anew where another
document takes the page's place meanwhile. Nothing here sleeps: where nothing is under way, asking
is one round trip. A page that never rests costs at most the bounds in `watch.js` (1.5 seconds for
clocks and animations, 3 for a part that stays busy, 5 for a request that is not answered), and the
long ones only once; then it is looked at as it is.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from palaestra.browser.devtools import Call, DevToolsError, Told

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

REST_MS = 15_000
"""Milliseconds that a page may be under way before it is looked at as it is."""
SETTLE = f"""(async () => {{
  const watch = window[Symbol.for("palaestra.watch")];
  const told = watch ? await watch.settle({REST_MS}) : {{}};
  return {{...told, secret: Boolean(document.querySelector("input[type=password]"))}};
}})()"""


class Rest(NamedTuple):
    """How a page came to rest.

    Attributes:
        invalid: What the browser itself found wrong in a form: the box and the words.
        signs_in: Whether a password is asked for.
        downloads: How many files are on their way.
    """

    invalid: tuple[tuple[str, str], ...] = ()
    signs_in: bool = False
    downloads: int = 0


def settle(tab: Tab) -> Rest:
    """Waits until a page rests.

    Raises:
        DialogOpened: If a native dialog opens.
        PageLost: If the page is gone.
        TooLate: If the tab's deadline passes.
    """
    if (rest := tab.news.has_rested()) and not tab.inner:
        return rest
    late = time.monotonic() + REST_MS / 1_000
    while True:
        tab.wait(lambda: not tab.news.leaving, until=late)
        asked = [_ask(tab, session) for session in (tab.session, *tab.inner)]
        _wait(tab, asked, late)
        over = time.monotonic() >= late
        if over or not tab.news.leaving:
            if (told := _told(asked[0])) is not None:
                return rest_of(told)
            if over:
                return Rest()


def _wait(tab: Tab, calls: list[Call], late: float) -> None:
    tab.wait(lambda: all(call.done for call in calls), until=late)


def _ask(tab: Tab, session: str) -> Call:
    told = {"expression": SETTLE, "awaitPromise": True, "returnByValue": True}
    return tab.send("Runtime.evaluate", told, session)


def _told(call: Call) -> Told | None:
    """Returns what the page said; None if another one took its place, or it says nothing."""
    if not call.done:
        return None
    try:
        answer = call.result()
    except DevToolsError:
        return None
    return answer["result"].get("value") or {}


def rest_of(told: Told) -> Rest:
    """Returns how a page came to rest, as it says itself."""
    invalid = tuple((" ".join(box.split()), said) for box, said in told.get("invalid", ()))
    return Rest(invalid, told.get("secret", False), told.get("downloads", 0))
