"""What goes wrong on the way, decided by a seed: the dull troubles that real software makes.

A cookie banner, a notice that covers everything, a form that silently resets a field, content that
comes late, a session that expires, a record that somebody else has changed, a save that fails, and,
in practice alone, a false dialog (`lure.py`).
None of them changes a record; each can be got over by somebody who looks before the next step.

Troubles come at counted actions and saves, never at a time of day, so a run can be repeated.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from palaestra.kit import lure
from palaestra.types import Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session

EXAM_DISTURBANCES = 1_000_000_000
"""Seeds from here up are never used in training."""
SHARE = 0.4
"""How often a seed draws each of the troubles."""
LATE = 0.4
"""Share of the arrivals at a list or a record that show nothing at first, where content is late."""


class Happened(NamedTuple):
    """How far the troubles of one Session have come.

    Attributes:
        actions: Actions that fitted their screen so far.
        saves: Attempts to save or to do something so far.
        arrivals: Lists and records that were gone to so far.
        cookies: Whether the banner is still there.
        news: Whether the notice covers the screen.
        waiting: Whether the content has yet to come.
        expired: Whether somebody has to sign in again.
        was_reset: Whether a form has lost a field.
        was_stale: Whether somebody else's change came in between.
        lure: Number of the false dialog that is open; 0 for none.
    """

    actions: int = 0
    saves: int = 0
    arrivals: int = 0
    cookies: bool = False
    news: bool = False
    waiting: bool = False
    expired: bool = False
    was_reset: bool = False
    was_stale: bool = False
    lure: int = 0


@dataclass(frozen=True)
class Disturbance:
    """Which troubles there are, and when.

    Attributes:
        seed: What it was drawn from; 0 is no trouble at all.
        cookies: Whether a banner asks about cookies.
        news_at: Action after which a notice covers the screen; 0 for none.
        expires_at: Action that finds the session expired; 0 for none.
        unsaved_at: Save that fails; 0 for none.
        late: Whether lists and records may come late.
        resets: Whether a form loses one of its fields.
        stale: Whether the first change of a record collides with somebody else's.
        lured_at: Screen, the first being 1, on which a false dialog opens; 0 for none.
    """

    seed: int = 0
    cookies: bool = False
    news_at: int = 0
    expires_at: int = 0
    unsaved_at: int = 0
    late: bool = False
    resets: bool = False
    stale: bool = False
    lured_at: int = 0

    @classmethod
    def of_seed(cls, seed: int) -> Disturbance:
        """Draws the troubles of a seed, at least one; the same seed gives the same ones."""
        return _drawn(seed)

    @property
    def beginning(self) -> Happened:
        """Returns how a Session begins."""
        return Happened(cookies=self.cookies, lure=self.seed if self.lured_at == 1 else 0)

    def arrive(self, happened: Happened) -> Happened:
        """Comes to a list or a record, whose content may be late."""
        if not self.late:
            return happened
        arrivals = happened.arrivals + 1
        waiting = random.Random(f"late/{self.seed}/{arrivals}").random() < LATE
        return happened._replace(arrivals=arrivals, waiting=waiting)

    def act(self, happened: Happened) -> Happened:
        """Counts an action; some make trouble."""
        actions = happened.actions + 1
        return happened._replace(
            actions=actions,
            waiting=False,
            news=happened.news or actions == self.news_at,
            expired=happened.expired or actions == self.expires_at,
            lure=self.seed if actions + 1 == self.lured_at else happened.lure,
        )

    def resets_now(self, happened: Happened) -> bool:
        """Says whether a form that has two entries loses one of them now."""
        return self.resets and not happened.was_reset

    def victim(self, names: list[str]) -> str:
        """Draws the field that is lost."""
        return random.Random(f"reset/{self.seed}").choice(names)


@lru_cache(maxsize=4096)
def _drawn(seed: int) -> Disturbance:
    if seed == 0:
        return Disturbance()
    rng = random.Random(f"disturbance/{seed}")
    while True:
        cookies, news, expires, unsaved, late, resets, stale = (
            rng.random() < SHARE for _ in range(7)
        )
        drawn = Disturbance(
            seed=seed,
            cookies=cookies,
            news_at=rng.randint(1, 5) if news else 0,
            expires_at=rng.randint(3, 12) if expires else 0,
            unsaved_at=rng.randint(1, 2) if unsaved else 0,
            late=late,
            resets=resets,
            stale=stale,
        )
        if drawn != Disturbance(seed=seed):
            return _lured(drawn)


def _lured(drawn: Disturbance) -> Disturbance:
    rng = random.Random(f"lured/{drawn.seed}")
    if drawn.seed >= EXAM_DISTURBANCES or rng.random() >= SHARE:
        return drawn
    return replace(drawn, lured_at=rng.randint(1, 5))


def covering(session: Session) -> tuple[Node, ...] | None:
    """Draws what stands in place of the whole screen; None where nothing does."""
    happened, word = session.happened, session.lexicon.word
    if happened.expired:
        return (
            Node("heading", word("expired")),
            Node("button", word("sign_in"), "calm:sign_in"),
        )
    if happened.news:
        said = (
            Node("heading", word("news")),
            Node("paragraph", word("news_text")),
            Node("button", word("understood"), "calm:news"),
        )
        return (Node("dialog", word("news"), states=("modal",), children=said),)
    if happened.lure and lure.covers(happened.lure):
        return (lure.drawn(session, happened.lure),)
    return None


def beside(session: Session) -> tuple[Node, ...]:
    """Draws the false dialog that stands beside what can still be used; mostly there is none."""
    number = session.happened.lure
    return (lure.drawn(session, number),) if number and not lure.covers(number) else ()


def loading(session: Session) -> tuple[Node, ...]:
    """Draws what stands in place of content that has yet to come."""
    word = session.lexicon.word
    return (
        Node("paragraph", word("loading")),
        Node("button", word("refresh"), "calm:refresh"),
    )


def banner(session: Session) -> tuple[Node, ...]:
    """Draws the banner about cookies while nobody has answered it."""
    if not session.happened.cookies:
        return ()
    word = session.lexicon.word
    asked = (
        Node("paragraph", word("cookies_text")),
        Node("button", word("accept"), "calm:accept"),
        Node("button", word("decline"), "calm:decline"),
    )
    return (Node("region", word("cookies"), children=asked),)


def calm(session: Session, what: str) -> None:
    """Gets over a trouble: answers the banner, closes what covers, signs in, looks again."""
    session.happened = happened = session.happened._replace(waiting=False)
    if what in ("accept", "decline"):
        session.happened = happened._replace(cookies=False)
    elif what == "news":
        session.happened = happened._replace(news=False)
    elif what == "lure":
        session.happened = happened._replace(lure=0)
    elif what == "sign_in":
        session.happened = happened._replace(expired=False)
        session.replace(session.route)
