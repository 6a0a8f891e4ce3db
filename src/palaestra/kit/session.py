"""One live run of an App: store, screen state and clock, driven by actions.

Everything that a Session holds is either immutable or shared knowledge that is checked before it is
used (`drawn`), so `fork` copies a dozen references. The three faces all come through `dispatch` and
`screen`; nothing else changes or shows a Session.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from immutables import Map

from palaestra.errors import GymError, InvalidAction, Refused, UsageError
from palaestra.kit.app import App
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.kit.fields import UNTYPABLE
from palaestra.kit.record import RecordType
from palaestra.kit.rights import require, user_of
from palaestra.kit.route import Listing, Route
from palaestra.kit.screens import confirm, detail, form, frame, handbook, listing
from palaestra.kit.screens.screen import Place
from palaestra.kit.seeding import SIZES, seeded
from palaestra.kit.skin import Skin
from palaestra.kit.store import Snapshot, Store
from palaestra.types import Action, Command, Diff, Node, Start

MAX_TYPED = 2_000
MAX_TRAIL = 30
SCREENS: dict[str, Place] = {
    "list": listing,
    "detail": detail,
    "form": form,
    "confirm": confirm,
    "handbook": handbook,
}
FITS: dict[str, frozenset[str]] = {
    "click": frozenset(("link", "button", "checkbox")),
    "fill": frozenset(("textbox", "searchbox")),
    "select": frozenset(("combobox",)),
    "check": frozenset(("checkbox",)),
    "press": frozenset(("textbox", "searchbox", "combobox", "checkbox", "button", "link")),
}


class Session:
    """A run of an application.

    Attributes:
        app: The application.
        skin: How it looks.
        store: Its records.
        route: Where the Session is.
        draft: What stands in the open form: field name and text.
        errors: What is wrong with the open form: field name and message.
        notice: What the application said last.
        alarmed: Whether the notice is bad news.
        commands: Everything that was carried out, in order.
        refused: What the last action asked for and a rule forbade; None if there is no such thing.
        disturbance: Decides what goes wrong on the way; 0 is nothing.
        size: About how many records there are in all; 0 is what the gym itself makes.
        memory: What the application's own screens remember, by their name; see `remember`.
        drawn: Nodes kept for reuse; shared by Sessions of one start, checked before use.
    """

    __slots__ = (
        "_actions", "_draft", "_listings", "_screen", "_start", "_targets", "_trail", "alarmed",
        "app", "commands", "disturbance", "drawn", "errors", "memory", "notice", "refused",
        "route", "size", "skin", "store",
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
        if size and size not in SIZES:
            few, many = SIZES[0], SIZES[-1]
            raise UsageError(f"The size must be 0 or from {few} to {many} records; got {size}")
        self._start, clock = seeded(app, seed)
        self.app = app
        self.skin = Skin.of_seed(skin)
        self.disturbance, self.size = disturbance, size
        self.store = Store(app, clock, self._start)
        self.store.user = user_of(app, seed)
        self.drawn = _drawings(app, seed, skin, disturbance, size)
        self.commands: tuple[Command, ...] = ()
        self.refused: Command | None = None
        self._actions = 0
        self._listings: Map[str, Listing] = Map()
        self.memory: Map[str, Any] = Map()
        self._trail: tuple[Route, ...] = ()
        self._draft: Map[str, str] = Map()
        self.errors: dict[str, str] = {}
        self.notice = ""
        self.alarmed = False
        self.route = frame.home(app)
        self._screen: Node | None = None
        self._targets: dict[str, Node] | None = None

    @classmethod
    def at(cls, app: App, start: Start) -> Session:
        """Starts a Session where an episode begins."""
        return cls(app, start.seed, start.skin, start.disturbance, start.size)

    def fork(self) -> Session:
        """Returns an independent Session in the same state, in constant time."""
        twin = Session.__new__(Session)
        twin.app, twin.skin, twin.drawn, twin._start = self.app, self.skin, self.drawn, self._start
        twin.disturbance, twin.size = self.disturbance, self.size
        twin.store = self.store.fork()
        twin.commands, twin._actions = self.commands, self._actions
        twin._listings, twin._trail, twin._draft = self._listings, self._trail, self._draft
        twin.memory = self.memory
        twin.errors, twin.notice, twin.alarmed = self.errors, self.notice, self.alarmed
        twin.route, twin.refused = self.route, self.refused
        twin._screen, twin._targets = self._screen, self._targets
        return twin

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
        """Draws the screen; the same object until the next action."""
        if self._screen is None:
            if not self._is_there(self.route):
                self.back()
            self._screen = frame.wrap(self, self.place().draw(self))
        return self._screen

    def targets(self) -> dict[str, Node]:
        """Returns what can be used on this screen, by ref."""
        if self._targets is None:
            found: dict[str, Node] = {}
            _collect(self.screen(), found)
            self._targets = found
        return self._targets

    def dispatch(self, action: Action) -> None:
        """Carries out an action on the screen.

        Raises:
            InvalidAction: If the action does not fit the screen; only the clock has moved.
        """
        self._actions += 1
        if action.op == "back":
            if not self._trail:
                raise InvalidAction("There is no earlier screen to go back to")
            self._touch()
            self.back()
            return
        node = self._aimed_at(action)
        screen = self.place()
        self._touch()
        verb, *rest = node.ref.split(":")
        if action.op == "press" and action.text == "Escape":
            if self.route.screen in ("form", "confirm"):
                self.back()
        elif verb == "nav":
            frame.on_navigation(self, rest[0])
        elif verb == "open":
            self.go(Route("detail", rest[0], int(rest[1])))
        else:
            with suppress(Refused):  # the notice already says so
                screen.on(self, action, verb, rest)

    def wait(self) -> None:
        """Lets the time of one action pass, for a face that has no screen to act on."""
        self._actions += 1
        self._touch()

    def _aimed_at(self, action: Action) -> Node:
        node = self.targets().get(action.ref)
        if node is None:
            raise InvalidAction(f"There is no element {action.ref[:80]!r} on this screen")
        if action.op not in FITS:
            raise InvalidAction(f"The application has no use for {action.op!r} here")
        if node.role not in FITS[action.op]:
            raise InvalidAction(f"Cannot {action.op} a {node.role}")
        if "disabled" in node.states:
            raise InvalidAction(f"{node.name} is disabled")
        if len(action.text) > MAX_TYPED:
            raise InvalidAction(f"The text is longer than {MAX_TYPED} characters")
        if UNTYPABLE.search(action.text):
            raise InvalidAction("The text has characters that nobody can type")
        if action.op == "select" and not any(o.name == action.text for o in node.children):
            raise InvalidAction(f"{node.name} has no option {action.text[:80]!r}")
        if action.op == "press" and action.text not in ("Enter", "Escape"):
            raise InvalidAction("The keys here are Enter and Escape")
        return node

    def _touch(self) -> None:
        self._screen = self._targets = None
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
            what: A value that never changes itself: forks share it.
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
        self._draft = Map(texts)

    def enter(self, field: str, text: str) -> None:
        """Puts text into a field of the open form."""
        self._draft = self._draft.set(field, text)

    def reject(self, errors: dict[str, str]) -> None:
        """Marks fields of the open form as wrong."""
        self.errors = errors
        self.say("Please correct the marked fields", alarmed=True)

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
        if route.screen == "form":
            self.open_draft(form.first_draft(self.kind(), route, self.store))
        elif begin := getattr(self.app.screen(route.screen), "begin", None):
            begin(self)

    def run(self, command: Command) -> None:
        """Carries out a command and shows what came of it.

        Raises:
            Refused: If a rule forbids it; the notice already says so.
        """
        self.store.clock = self.store.clock.after(self._actions)
        self._actions = 0
        self._screen = self._targets = None
        try:
            self.say(execute(self.store, command))
        except Refused as refusal:
            self.say(str(refusal), alarmed=True)
            self.refused = command
            raise
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


@lru_cache(maxsize=256)
def _drawings(app: App, seed: int, skin: int, disturbance: int, size: int) -> dict[Any, Any]:
    return {}


def _collect(node: Node, found: dict[str, Node]) -> None:
    if node.ref:
        found[node.ref] = node
    for child in node.children:
        if child.children or child.ref:
            _collect(child, found)
