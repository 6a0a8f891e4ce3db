"""Episodes in real Chromium: the same tasks and verifiers, reached through the page.

Each attempt is a Visit of the page face in a Tab. What the policy sees is what Chromium computed;
what it does are mouse and keyboard. What came of it is read from the visit's own Session, which the
policy never reaches; it is also held against what Chromium shows, so that a difference between the
faces has a reason and a place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from palaestra.browser.chromium import Chromium
from palaestra.browser.tab import Tab
from palaestra.errors import PageLost
from palaestra.faces.page import Visits
from palaestra.faces.page.serving import running
from palaestra.faces.page.visit import Visit
from palaestra.kit.app import App
from palaestra.tasks.episode import Episode, Trajectory
from palaestra.tasks.task import Task
from palaestra.testing.parity import compare
from palaestra.types import Action, Observation, Start

TABS = 4


class VisitEpisode(Episode):
    """One attempt at a task, in a Tab.

    Attributes:
        tab: Where the page is.
        differs: Where the page first showed something else than its Session draws, or said
            something else; "" if it never did.
        seconds: Wall time that the page took.
    """

    def __init__(self, task: Task, visit: Visit, tab: Tab, url: str) -> None:
        """Opens the page of a visit that has just begun.

        Raises:
            PageLost: If it cannot be reached.
        """
        self.task, self.session, self.tab, self._visit = task, visit.session, tab, visit
        self.actions, self.past = (), ()
        self.feedback = self.ended = ""
        self.differs, self.seconds = "", 0.0
        self.answered = None
        began = perf_counter()
        self._view = tab.goto(url)
        self.seconds += perf_counter() - began
        self._hold_against("")

    def observe(self) -> Observation:
        """Returns what the agent sees: what Chromium computed for the page."""
        return Observation(
            self.task.goal, self._view.screen, self.feedback, self.steps_left, self.past
        )

    def trajectory(self) -> Trajectory:
        """Returns the record of the episode; without a verdict where the page was lost."""
        if self.ended == PageLost.__name__:
            return Trajectory(self.task, self.actions, None, self.ended)
        return super().trajectory()

    def _name(self, ref: str) -> str:
        return next((n.name for n in self._view.screen.walk() if n.ref and n.ref == ref), "")

    def _do(self, action: Action) -> str:
        began = perf_counter()
        try:
            self._view = self.tab.act(action)
        except PageLost as lost:
            self.ended = PageLost.__name__
            return str(lost)
        finally:
            self.seconds += perf_counter() - began
        self.session = self._visit.session
        self._hold_against(self.session.notice)
        return self._view.feedback

    def _hold_against(self, notice: str) -> None:
        if self.differs:
            return
        found = compare(self.session.screen(), self._view.screen)
        if self._view.feedback != notice:
            found.append(f"it says {self._view.feedback!r}, the Session {notice!r}")
        if found:
            self.differs = f"after {len(self.actions)} actions: {found[0]}"


class Pages:
    """The page face, served, with some Tabs to attempt tasks in.

    Attributes:
        most: Episodes that may be open at a time.
        differing: By the task's id, where an attempt's page and its Session first differed.
        seconds: Wall time that the pages took.
        steps: How many actions were done on them.
    """

    def __init__(self, chromium: Chromium, visits: Visits, waiting: deque[Task], url: str) -> None:
        """Is made by `open_pages`."""
        self.most = TABS
        self.differing: dict[str, str] = {}
        self.seconds, self.steps = 0.0, 0
        self._chromium, self._visits, self._waiting, self._url = chromium, visits, waiting, url
        self._free: list[Tab] = []

    def begin(self, task: Task, app: App) -> Episode:
        """Begins an attempt, in a Tab that is free or a new one."""
        self._waiting.append(task)
        key = self._visits.open()
        visit = self._visits.get(key)
        assert visit is not None
        tab = self._free.pop() if self._free else self._chromium.open()
        return VisitEpisode(task, visit, tab, f"{self._url}v/{key}")

    def leave(self, episode: Episode) -> None:
        """Keeps the Tab for the next attempt; one whose page was lost is closed."""
        assert isinstance(episode, VisitEpisode)
        self.seconds += episode.seconds
        self.steps += len(episode.actions)
        if episode.differs:
            self.differing[episode.task.id] = episode.differs
        if episode.ended == PageLost.__name__:
            episode.tab.close()
        else:
            self._free.append(episode.tab)


@contextmanager
def open_pages(find: Callable[[str], App]) -> Iterator[Pages]:
    """Serves the page face and runs a Chromium while the block runs.

    Args:
        find: Returns the application of a name.

    Raises:
        UsageError: If there is no Chromium.
    """
    waiting: deque[Task] = deque()
    # Every visit takes the task that was put last before it was opened.
    visits = Visits(Start("", 0), find, iter(waiting.popleft, None))
    with Chromium.launch() as chromium, running(visits) as url:
        yield Pages(chromium, visits, waiting, url)
