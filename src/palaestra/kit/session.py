"""One live run of an App: store, screen state and clock, driven by actions.

Everything that a Session holds is either immutable or shared knowledge that is checked before it is
used (`drawn`), so `fork` copies a dozen references. The three faces all come through `dispatch` and
`screen`; nothing else changes or shows a Session.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from contextlib import suppress
from typing import Any

from immutables import Map

from palaestra.errors import GymError, InvalidAction, PalaestraError, Refused, UsageError
from palaestra.kit import disturbance as trouble
from palaestra.kit import lure
from palaestra.kit.app import App
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.kit.disturbance import Disturbance, Happened
from palaestra.kit.fields import Field
from palaestra.kit.fit import MAX_TYPED, aimed_at
from palaestra.kit.lexicon import lexicon
from palaestra.kit.picture import Picture, Pictures
from palaestra.kit.record import RecordType
from palaestra.kit.rights import require, user_of
from palaestra.kit.route import Listing, Route
from palaestra.kit.screens import confirm, detail, form, frame, handbook, history, listing
from palaestra.kit.screens.screen import Place
from palaestra.kit.seeding import SIZES, seeded
from palaestra.kit.skin import Skin
from palaestra.kit.store import Snapshot, Store
from palaestra.types import Action, Command, Diff, Node, Start

__all__ = ["MAX_TYPED", "Session"]

MAX_TRAIL = 30
MOST_SEED = 1 << 64
MAX_UNDONE = 20
TROUBLES = slice(Happened._fields.index("cookies"), None)
"""What of `Happened` may be seen: all but the counters."""
SCREENS: dict[str, Place] = {
    "list": listing,
    "detail": detail,
    "form": form,
    "confirm": confirm,
    "handbook": handbook,
    "history": history,
}


class Session:
    """A run of an application.

    Attributes:
        app: The application.
        skin: How it looks.
        lexicon: How the skin says things in this application.
        store: Its records.
        route: Where the Session is.
        draft: What stands in the open form: field name and text.
        errors: What is wrong with the open form: field name and message.
        notice: What the application said last.
        alarmed: Whether the notice is bad news.
        commands: Everything that was carried out, in order.
        refused: What the last action asked for and a rule forbade; None if there is no such thing.
        opened: What is open on the screen: the ref of a box or menu, "" for nothing.
        disturbance: What goes wrong on the way.
        happened: How far that has come.
        size: About how many records there are in all; 0 is what the gym itself makes.
        memory: What the application's own screens remember, by their name; see `remember`.
        drawn: Nodes kept for reuse; shared by Sessions of one start, checked before use.
    """

    __slots__ = (
        "_actions", "_draft", "_drafts", "_kept_open", "_listings", "_picture", "_start", "_trail",
        "alarmed", "app", "commands", "disturbance", "drawn", "errors", "happened",
        "lexicon", "memory", "notice", "opened", "refused", "route", "size", "skin", "store",
    )  # fmt: skip

    def __init__(
        self, app: App, seed: int = 0, skin: int = 0, disturbance: int = 0, size: int = 0
    ) -> None:
        """Starts a Session.

        Args:
            app: The application.
            seed: Decides the data; the same seed gives the same data.
            skin: Decides the look; 0 is the plain one.
            disturbance: Decides what goes wrong on the way; 0 is nothing.
            size: About how many records there are in all; 0 is what the gym itself makes.

        Raises:
            UsageError: If one of them is not a whole number of 0 or more, or the size is outside
                what can be made (`SIZES`).
        """
        numbers = {"seed": seed, "skin": skin, "disturbance": disturbance, "size": size}
        for name, value in numbers.items():
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                raise UsageError(f"The {name} must be a whole number of 0 or more; got {value!r}")
            if value >= MOST_SEED:
                raise UsageError(f"The {name} must be below 2 to the power of 64")
        if size and size not in SIZES:
            few, many = SIZES[0], SIZES[-1]
            raise UsageError(f"The size must be 0 or from {few} to {many} records; got {size}")
        self._start, clock = seeded(app, seed, size)
        self.app = app
        self.skin = Skin.of_seed(skin)
        self.lexicon = lexicon(app, self.skin)
        self.disturbance, self.size = Disturbance.of_seed(disturbance), size
        self.happened = self.disturbance.beginning
        self.store = Store(app, clock, self._start)
        self.store.user = user_of(app, seed)
        self.drawn: dict[Any, Any] = self.store.shared.setdefault(("drawn", skin), {})
        self.commands: tuple[Command, ...] = ()
        self.refused: Command | None = None
        self._actions = 0
        self._listings: Map[str, Listing] = Map()
        self.memory: Map[str, Any] = Map()
        self._trail: tuple[Route, ...] = ()
        self._draft: Map[str, str] = Map()
        self._drafts: tuple[Map[str, str], ...] = ()
        self.opened, self._kept_open = "", False
        self.errors: dict[str, str] = {}
        self.notice = ""
        self.alarmed = False
        self.route = frame.home(app)
        self._picture: Picture | None = None

    @classmethod
    def at(cls, app: App, start: Start) -> Session:
        """Starts a Session where an episode begins."""
        return cls(app, start.seed, start.skin, start.disturbance, start.size)

    def fork(self) -> Session:
        """Returns an independent Session in the same state, in constant time."""
        twin = Session.__new__(Session)
        twin.app, twin.skin, twin.drawn, twin._start = self.app, self.skin, self.drawn, self._start
        twin.disturbance, twin.happened = self.disturbance, self.happened
        twin.lexicon, twin.size = self.lexicon, self.size
        twin.store = self.store.fork()
        twin.commands, twin._actions = self.commands, self._actions
        twin._listings, twin._trail = self._listings, self._trail
        twin._draft, twin._drafts = self._draft, self._drafts
        twin.opened, twin._kept_open = self.opened, False
        twin.memory = self.memory
        twin.errors, twin.notice, twin.alarmed = self.errors, self.notice, self.alarmed
        twin.route, twin.refused = self.route, self.refused
        twin._picture = self._picture
        return twin

    def forget(self) -> None:
        """Forgets what is kept for reuse; no screen shows it."""
        self.store.forget()
        self.drawn = {}

    @property
    def start(self) -> Snapshot:
        """Returns the state of the store when the Session began."""
        return self._start

    def diff(self) -> Diff:
        """Tells what changed since the Session began."""
        return diff(self.store, self._start)

    def digest(self) -> str:
        """Names the exact state of the records."""
        return self.store.digest()

    def screen(self) -> Node:
        """Draws the screen; the same object until the next action.

        Raises:
            GymError: If the application's own code fails.
        """
        return self.picture().screen

    def targets(self) -> dict[str, Node]:
        """Returns what can be used on this screen, by ref."""
        return self.picture().targets()

    def picture(self) -> Picture:
        """Returns the screen with what follows from it; drawn where it is not known already.

        Raises:
            GymError: If the application's own code fails.
        """
        if self._picture is None:
            try:
                if not self._is_there(self.route):
                    self.back()
                kept: Pictures | None = self.drawn.get("pictures")
                if kept is None:
                    kept = self.drawn["pictures"] = Pictures(self.store)
                self._picture = kept.get(self.store, self.looks(), self._drawn)
            except PalaestraError:
                raise
            except Exception as bug:
                raise self._failed(bug) from bug
        return self._picture

    def looks(self) -> tuple[Hashable, ...]:
        """Returns all that decides what is drawn, but for the rows and the clock of the store.

        Forms, and the application's own screens, may show a draft and what is remembered; lists
        show how they are looked at; of a log, only its last entry is told, which leads to all.
        """
        route, store = self.route, self.store
        more: tuple[Hashable, ...] = ()
        match route.screen:
            case "list":
                more = self.listing(route.record)
            case "detail":
                kind = self.kind()
                more = (next(store.history.entries(kind.index, route.number), None) is not None,)
            case "history":
                more = (store.history.last,)
            case "confirm" | "handbook":
                pass
            case _:
                errors = tuple(self.errors.items())
                more = self._draft, bool(self._drafts), errors, self.memory
        return (
            route, self.notice, self.alarmed, self.opened, self.happened[TROUBLES], store.user, more
        )  # fmt: skip

    def _drawn(self) -> Node:
        covering = trouble.covering(self)
        if covering is not None:
            return frame.alone(self, covering)
        if self.happened.waiting:
            return frame.wrap(self, trouble.loading(self))
        return frame.wrap(self, self.place().draw(self))

    def dispatch(self, action: Action) -> None:
        """Carries out an action on the screen.

        Raises:
            InvalidAction: If the action does not fit the screen; only the clock has moved.
            GymError: If the application's own code fails.
        """
        self._actions += 1
        if action.op == "back":
            if not self._trail or trouble.covering(self):
                raise InvalidAction("There is no earlier screen to go back to")
            self._touch()
            self.back()
            return
        node = aimed_at(self.targets(), action)
        self._touch()
        self._kept_open = False
        verb, *rest = node.ref.split(":")
        if verb == "calm":
            trouble.calm(self, rest[0])
        elif not self._is_interrupted():
            try:
                self._use(action, verb, rest)
            except PalaestraError:
                raise
            except Exception as bug:
                raise self._failed(bug) from bug
        if not self._kept_open:
            self.opened = ""

    def _failed(self, bug: Exception) -> GymError:
        return GymError(f"{self.app.name}: the screen {'/'.join(map(str, self.route))}: {bug!r}")

    def _is_interrupted(self) -> bool:
        """Counts an action, and says whether a trouble comes in its place."""
        was_expired = self.happened.expired
        self.happened = self.disturbance.act(self.happened)
        if self.happened.expired and not was_expired:
            self.say(self.lexicon.word("expired"), alarmed=True)
            return True
        return False

    def _use(self, action: Action, verb: str, rest: list[str]) -> None:
        if action.op == "press" and action.text == "Escape":
            if not self.opened and self.route.screen in ("form", "confirm"):
                self.back()
        elif verb == "menu":
            self.open("" if self.opened == "menu" else "menu")
        elif verb == "nav":
            frame.on_navigation(self, rest[0])
        elif verb == "open":
            self.go(Route("detail", rest[0], int(rest[1])))
        elif verb == lure.PRESS:
            self.happened = self.happened._replace(expired=True)
            self.say(frame.NOISE_ANSWER, alarmed=True)
        elif verb == "noise":
            self.say(frame.NOISE_ANSWER, alarmed=True)
        else:
            with suppress(Refused):  # the notice already says so
                self.place().on(self, action, verb, rest)

    def wait(self) -> None:
        """Lets the time of one action pass, for a face that has no screen to act on."""
        self._actions += 1
        self._touch()

    def _touch(self) -> None:
        self._picture = None
        self.notice, self.alarmed, self.refused = "", False, None

    def place(self) -> Place:
        """Returns the screen that the Session is at.

        Raises:
            GymError: If the application has none of that name.
        """
        screen = SCREENS.get(self.route.screen) or self.app.screen(self.route.screen)
        if screen is None:
            raise GymError(f"{self.app.name} has no screen {self.route.screen!r}")
        return screen

    def remember(self, screen: str, what: Any) -> None:
        """Keeps something for one of the application's own screens.

        It is gone when the screen is entered anew from the navigation, and still there when the
        Session comes back to it.

        Args:
            screen: Name of the screen.
            what: A hashable value that never changes itself: forks share it.
        """
        self.memory = self.memory.set(screen, what)

    def kind(self) -> RecordType:
        """Returns the record type of the place the Session is at."""
        return self.app.kind(self.route.record)

    def owner_record(self) -> str:
        """Returns the record whose list the current place belongs to."""
        if not self.route.record:
            return ""
        kind = self.kind()
        while kind.parent:
            kind = kind.parent.target.type
        return kind.name

    def listing(self, record: str) -> Listing:
        """Returns how the list of a record is being looked at."""
        return self._listings.get(record, Listing())

    def look(self, record: str, listing: Listing) -> None:
        """Changes how a list is looked at."""
        self._listings = self._listings.set(record, listing)

    @property
    def draft(self) -> Map[str, str]:
        """Returns what stands in the open form."""
        return self._draft

    def open_draft(self, texts: Mapping[str, str]) -> None:
        """Begins a form anew: field name and text."""
        self._draft, self._drafts = Map(texts), ()

    def enter(self, field: str, text: str) -> None:
        """Puts text into a field of the open form; a trouble may lose another one."""
        before = self._draft
        if before.get(field, "") == text:
            return
        self._drafts = (*self._drafts[-MAX_UNDONE:], before)
        self._draft = before.set(field, text)
        if self.disturbance.resets_now(self.happened):
            first = self._drafts[0]
            entered = [n for n in first if n != field and self._draft[n] != first[n]]
            if entered:
                lost = self.disturbance.victim(sorted(entered))
                self._draft = self._draft.set(lost, first[lost])
                self.happened = self.happened._replace(was_reset=True)

    @property
    def has_undo(self) -> bool:
        """Says whether something was entered into the open form that can be taken back."""
        return bool(self._drafts)

    def undo(self) -> None:
        """Takes back what was entered last."""
        *earlier, self._draft = self._drafts
        self._drafts = tuple(earlier)

    def open(self, what: str) -> None:
        """Opens a box or menu; it closes with the next action that does not open it again."""
        self.opened, self._kept_open = what, True

    def shown(self, kind: RecordType, number: int, field: Field) -> str:
        """Returns a field of a record as these screens show it."""
        return self.lexicon.shown(field, kind.shown(self.store, number, field))

    def reject(self, errors: dict[str, str]) -> None:
        """Marks fields of the open form as wrong."""
        self.errors = errors
        self.say(self.lexicon.word("marked"), alarmed=True)

    def say(self, text: str, *, alarmed: bool = False) -> None:
        """Shows a notice until the next action."""
        self.notice, self.alarmed = text, alarmed

    @property
    def has_way_back(self) -> bool:
        """Says whether there is an earlier screen to go back to."""
        return bool(self._trail)

    def go(self, route: Route) -> None:
        """Goes somewhere, remembering the way back; a list is shown whole, a screen as at first."""
        self._trail = (*self._trail[-MAX_TRAIL:], self.route)
        if route.screen == "list":
            self.look(route.record, Listing())
        if route.screen in self.memory:
            self.memory = self.memory.delete(route.screen)
        self.replace(route)

    def back(self) -> None:
        """Goes back to where the Session was before, past what is no longer there."""
        trail = self._trail
        while trail:
            trail, route = trail[:-1], trail[-1]
            if self._is_there(route):
                self._trail = trail
                self.replace(route)
                return
        self.replace(frame.home(self.app))

    def _is_there(self, route: Route) -> bool:
        if not route.number and not route.owner:
            return True
        kind = self.app.kind(route.record)
        if route.owner and kind.parent:
            kind = kind.parent.target.type
        return self.store.has(kind.index, route.owner or route.number)

    def replace(self, route: Route) -> None:
        """Goes somewhere without remembering where it was; a form opens fresh."""
        self.route = route
        self.errors = {}
        if route.screen in ("list", "detail"):
            self.happened = self.disturbance.arrive(self.happened)
        self._drafts = ()
        if route.screen == "form":
            self.open_draft(form.first_draft(self.kind(), route, self.store))
        elif begin := getattr(self.app.screen(route.screen), "begin", None):
            begin(self)

    def attempt(self, command: Command) -> None:
        """Carries out a command as a screen does: a trouble may come in between.

        Raises:
            Refused: If a rule forbids it or a trouble prevents it; the notice already says so.
        """
        saves = self.happened.saves + 1
        self.happened = self.happened._replace(saves=saves)
        said = ""
        if saves == self.disturbance.unsaved_at:
            said = self.lexicon.word("unsaved")
        elif command.verb == "update" and self.disturbance.stale and not self.happened.was_stale:
            self.happened = self.happened._replace(was_stale=True)
            self.replace(self.route)
            said = self.lexicon.word("stale")
        if said:
            self.say(said, alarmed=True)
            raise Refused(said)
        self.run(command)

    def run(self, command: Command) -> None:
        """Carries out a command and shows what came of it.

        Raises:
            Refused: If a rule forbids it; the notice already says so.
        """
        self.store.clock = self.store.clock.after(self._actions)
        self._actions = 0
        self._picture = None
        kind = self.app.kind(command.record)
        number = command.number or self.store.next_number(kind.index)
        known = command.number and self.store.has(kind.index, number)
        label = kind.label(self.store, number) if known else ""
        try:
            execute(self.store, command)
        except Refused as refusal:
            self.say(str(refusal), alarmed=True)
            self.refused = command
            raise
        if not label:
            label = kind.label(self.store, number)
        self.say(self.lexicon.done(kind, command.verb, label))
        self.commands = (*self.commands, command)

    def require(self, kind: RecordType, number: int, verb: str) -> None:
        """Asks whether the user may do something, before it is even begun.

        Raises:
            Refused: If it takes another role; the notice already says so.
        """
        try:
            require(self.store, kind, verb)
        except Refused as refusal:
            self.say(str(refusal), alarmed=True)
            self.refused = Command(verb, kind.name, number)
            raise

    def lock(self, kind: RecordType, number: int) -> str:
        """Returns why a record (or what it is part of) may not be changed; "" where it may."""
        reason = kind.cls(self.store, number).locked()
        if not reason and kind.parent:
            reason = self.lock(*kind.owner(self.store, number))
        return reason
