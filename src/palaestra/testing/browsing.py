"""How fast a page in Chromium is looked at and acted on, next to Playwright in the same run.

A step is an action with the whole page read after it. Here that is `Tab.act`; with Playwright it is
a click (or fill, or choice) of a locator and `aria_snapshot`, each in a Chromium of its own, one
after the other. Times are by the wall, for Chromium works in several processes; so whatever else
the machine does shows in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import count, cycle
from pathlib import Path
from threading import Lock, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from palaestra.browser import Chromium, Tab
from palaestra.faces.page import Visits
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.testing.parity import PATIENCE_MS, perform, possible
from palaestra.types import Action, Node, Op, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WARMING = 5
"""Steps that come first and do not count."""
BESIDE = 4
"""Tabs that are worked on side by side, and that memory is measured with."""
FORM = """<!doctype html><title>Order</title><h1>Order</h1><form onsubmit="return false">
<p><label>Name <input></label><p><label>Street <input></label><p><label>Town <input></label>
<p><label>Size <select><option>Small<option>Large</select></label>
<p><label><input type=checkbox> Gift</label>
<p><button onclick="total.textContent = ++n + ' in the basket'">Add</button><p id=total>empty</p>
</form><script>let n = 0</script>"""


class Move(NamedTuple):
    """One action, told so that both can do it.

    Attributes:
        op: What is done.
        node: What it is done to; without a ref it is found by its role and name.
        text: What is typed or chosen.
    """

    op: Op
    node: Node
    text: str = ""


Round = tuple[str, Iterable[Move]]
"""An address, and what is done there."""


@dataclass(frozen=True)
class Steps:
    """How long steps took.

    Attributes:
        steps: How many.
        per_second: How many in a second.
        p50_ms: Half of them took less.
        p95_ms: 95 of 100 took less.
    """

    steps: int
    per_second: float
    p50_ms: float
    p95_ms: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Steps:
        """Sums up the times of single steps."""
        ordered, many = sorted(seconds), len(seconds)
        p50, p95 = (1e3 * ordered[min(many - 1, many * share // 100)] for share in (50, 95))
        return cls(many, many / sum(ordered), p50, p95)


@dataclass(frozen=True)
class Browsing:
    """What was measured on one kind of page.

    Attributes:
        page: Which.
        ours: Steps through `Tab`.
        playwright: The same ones through Playwright.
        cpu_ms: CPU time that all of Chromium's processes take for one of our steps.
        side_by_side: Steps a second of all tabs together, `BESIDE` of them.
        page_mib: Memory of one more page, MiB; 0 where the system does not tell.
    """

    page: str
    ours: Steps
    playwright: Steps
    cpu_ms: float
    side_by_side: float
    page_mib: float

    def to_json(self) -> dict[str, Any]:
        """Returns a plain dict."""
        return asdict(self)


def form() -> Iterator[Round]:
    """Yields a plain form, again and again, with a round of entering."""
    box, tick = Node("textbox"), Node("checkbox", "Gift")
    for n in count():
        moves = [Move("fill", box._replace(name=name), f"{name} {n}") for name in ("Name", "Town")]
        moves.append(Move("select", Node("combobox", "Size"), ("Small", "Large")[n % 2]))
        moves += [Move("click", tick), Move("click", Node("button", "Add"))]
        yield "data:text/html," + quote(FORM), moves * 5


class Office:
    """An office of ours, with what is played there, again and again; several may play at once."""

    def __init__(
        self, app: App, plays: Sequence[tuple[Start, Sequence[Action]]], visits: Visits, url: str
    ) -> None:
        """Gets ready.

        Args:
            app: The application.
            plays: Where they begin, and actions.
            visits: The visits that are served.
            url: Where they are served.
        """
        self._app, self._plays, self._visits, self._url = app, plays, visits, url
        self._lock = Lock()

    def rounds(self) -> Iterator[Round]:
        """Yields visits, with what a browser can do of each play."""
        for start, actions in cycle(self._plays):
            session, moves = Session.at(self._app, start), []
            for action in actions:
                if action.op != "back" and possible(session, action):
                    moves.append(Move(action.op, session.targets()[action.ref], action.text))
                    session.dispatch(action)
            with self._lock:
                self._visits.start = start
                key = self._visits.open()
            yield f"{self._url}v/{key}", moves


def browse(
    page: str,
    rounds: Callable[[], Iterator[Round]],
    chromium: Chromium,
    browser: Browser,
    seconds: float,
) -> Browsing:
    """Measures.

    Args:
        page: What kind of page it is.
        rounds: Returns what is done, anew for each of both.
        chromium: Ours.
        browser: Playwright's.
        seconds: Wall time for each measurement.
    """
    tab = chromium.open()
    before = _cpu_seconds(chromium)
    ours = _timed(rounds(), seconds, tab.goto, lambda move: _act(tab, move))
    spent = _cpu_seconds(chromium) - before
    tab.close()
    guest = browser.new_page()
    guest.set_default_timeout(PATIENCE_MS)
    playwright = _timed(rounds(), seconds, guest.goto, lambda move: _with_playwright(guest, move))
    guest.close()
    url = next(rounds())[0]
    return Browsing(
        page,
        Steps.of(ours),
        Steps.of(playwright),
        1e3 * spent / (WARMING + len(ours)),
        _side_by_side(rounds, chromium, seconds),
        _page_mib(chromium, url),
    )


def _timed(
    rounds: Iterator[Round],
    seconds: float,
    goto: Callable[[str], object],
    act: Callable[[Move], None],
) -> list[float]:
    times: list[float] = []
    while sum(times[WARMING:]) < seconds:
        url, moves = next(rounds)
        goto(url)
        for move in moves:
            began = perf_counter()
            act(move)
            times.append(perf_counter() - began)
    return times[WARMING:]


def _act(tab: Tab, move: Move) -> None:
    ref = move.node.ref
    if not ref:
        assert tab.view
        wanted = (move.node.role, move.node.name)
        ref = next(n.ref for n in tab.view.screen.walk() if (n.role, n.name) == wanted)
    tab.act(Action(move.op, ref, move.text))


def _with_playwright(page: Page, move: Move) -> None:
    if move.node.ref:
        perform(page, move.node, Action(move.op, move.node.ref, move.text))
        page.wait_for_selector('html[data-waiting="0"]', state="attached")
    else:
        role: Any = move.node.role
        found = page.get_by_role(role, name=move.node.name)
        match move.op:
            case "fill":
                found.fill(move.text)
            case "select":
                found.select_option(move.text)
            case _:
                found.click()
    page.locator("body").aria_snapshot()


def _side_by_side(
    rounds: Callable[[], Iterator[Round]], chromium: Chromium, seconds: float
) -> float:
    """Returns the steps a second that several tabs make together, a thread for each."""
    done: list[float] = []

    def work(tab: Tab, plan: Iterator[Round]) -> None:
        times = _timed(plan, seconds, tab.goto, lambda move: _act(tab, move))
        done.append(len(times) / sum(times))

    tabs = [chromium.open() for _ in range(BESIDE)]
    threads = [Thread(target=work, args=(tab, rounds())) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for tab in tabs:
        tab.close()
    return sum(done)


def _page_mib(chromium: Chromium, url: str) -> float:
    chromium.open(url).close()
    before = _mib(chromium)
    tabs = [chromium.open(url) for _ in range(BESIDE)]
    after = _mib(chromium)
    for tab in tabs:
        tab.close()
    return max(0.0, after - before) / BESIDE


def _cpu_seconds(chromium: Chromium) -> float:
    told = chromium.call("SystemInfo.getProcessInfo")["processInfo"]
    return float(sum(one["cpuTime"] for one in told))


def _mib(chromium: Chromium) -> float:
    """Returns the memory of all processes of a browser; what they share is counted once."""
    kib = 0
    for one in chromium.call("SystemInfo.getProcessInfo")["processInfo"]:
        with suppress(OSError):
            told = Path(f"/proc/{one['id']}/smaps_rollup").read_text()
            kib += next(int(line.split()[1]) for line in told.splitlines() if "Pss:" in line)
    return kib / 1024
