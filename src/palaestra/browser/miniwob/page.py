"""One MiniWoB++ page in a Tab: how an attempt begins, and what the page says of it.

A page draws its problem with `Math.random`, which a number seeds. The goal is the page's own
utterance; it is taken out of what the agent sees, for no application shows its user's goal, and
MiniWoB++'s own observation leaves it out as well. So are its score, its clock, the drawing of
clicks and the cover that begins an episode: they are invisible and nothing can be done to them. The
limit of time is out of the way.

Success is a raw reward of 1, before what the page takes off for time. Each attempt has a document
of its own and a mark in it, so that going back never finds what an earlier one was worth.
"""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from palaestra.browser.episode import Judgement
from palaestra.browser.settling import settle
from palaestra.browser.tab import Tab
from palaestra.errors import PageLost

NO_LIMIT_MS = 2**31 - 1
"""The longest that a browser's timer goes: 24 days."""
BEGIN = """async ([seed, limit, mark]) => {
  while (!window.core?.cover_div) {
    if (document.readyState === "complete" && !window.core) throw new Error("no problem is here");
    await new Promise((go) => setTimeout(go, 5));
  }
  const style = document.createElement("style");
  style.textContent = "#query, #reward-display, #click-canvas, #sync-task-cover"
    + " { visibility: hidden !important; pointer-events: none !important; }";
  document.head.append(style);
  core.EPISODE_MAX_TIME = limit;
  core.countdownTimer = () => {};
  Math.seedrandom(seed);
  core.startEpisodeReal();
  window.palaestraAttempt = mark;
  const said = core.getUtterance();
  return (typeof said === "string" ? said : said.utterance).replace(/\\s+/g, " ").trim();
}"""
WORTH = """(mark) => window.palaestraAttempt === mark
  ? [WOB_DONE_GLOBAL, WOB_RAW_REWARD_GLOBAL] : [true, 0]"""
"""A page that was left for another one is over, and worth nothing."""
_marks = count(1)


class Start:
    """A problem as it begins in a Tab.

    Attributes:
        goal: What the page asks for, in its own words.
    """

    def __init__(self, tab: Tab, site: str, name: str, seed: int) -> None:
        """Loads the page and begins.

        Args:
            tab: Where.
            site: Address of the pages.
            name: Name of the task.
            seed: Decides the problem.

        Raises:
            PageLost: If there is no such page.
        """
        self._mark = next(_marks)
        came = tab.call("Page.navigate", {"url": f"{site}{name}.html"})
        if wrong := came.get("errorText"):
            raise PageLost(f"The page of {name} cannot be reached ({wrong})")
        settle(tab)
        self.goal = str(_asked(tab, BEGIN, [seed, NO_LIMIT_MS, self._mark]))

    def judge(self, tab: Tab) -> Judgement:
        """Says what the attempt is worth: 1 where the page's raw reward is 1, else nothing."""
        over, raw = _asked(tab, WORTH, self._mark)
        return Judgement(float(over and raw == 1), bool(over))


def _asked(tab: Tab, function: str, told: Any) -> Any:
    """Calls a function in the page and returns what it returns.

    Raises:
        PageLost: If it fails there: the page is not one of MiniWoB++'s.
    """
    call = {"expression": f"({function})({json.dumps(told)})", "awaitPromise": True}
    came = tab.call("Runtime.evaluate", {**call, "returnByValue": True})
    if wrong := came.get("exceptionDetails"):
        raise PageLost(f"The page does not work: {wrong['exception'].get('description', wrong)}")
    return came["result"]["value"]
