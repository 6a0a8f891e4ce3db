"""When a page has come to rest after an action: nothing loads, and nothing changes any more.

It is told by events; nothing here sleeps for a fixed time. A page that never rests is looked at as
it is after a while.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from palaestra.browser.devtools import DevToolsError

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

LOADING = 15.0
"""Seconds that a page may load before it is looked at as it is."""
WORLD = "palaestra"
QUIET = """new Promise(rested => {
  const page = document.documentElement, late = performance.now() + 3000;
  let changed = performance.now();
  const watch = new MutationObserver(() => { changed = performance.now(); });
  watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const busy = () => 
    page.dataset.waiting && (page.dataset.waiting !== "0" || !page.dataset.live);
  const turn = () => {
    const now = performance.now();
    if (now > late || (!busy() && document.readyState !== "loading" && now - changed > 12)) {
      watch.disconnect(); rested(true);
    } else setTimeout(turn, 4);
  };
  turn();
})"""


def settle(tab: Tab) -> None:
    """Waits until a page rests.

    Raises:
        DialogOpened: If a native dialog opens.
        PageLost: If the page is gone.
        TooLate: If the tab's deadline passes.
    """
    late = time.monotonic() + LOADING
    while True:
        tab.wait(lambda: not tab.loading, until=late)
        try:
            world = tab.call(
                "Page.createIsolatedWorld", {"frameId": tab.target, "worldName": WORLD}
            )
            tab.call(
                "Runtime.evaluate",
                {
                    "expression": QUIET,
                    "contextId": world["executionContextId"],
                    "awaitPromise": True,
                },
            )
        except DevToolsError:  # the document was replaced meanwhile
            if time.monotonic() < late:
                continue
            return
        if not tab.loading or time.monotonic() > late:
            return
