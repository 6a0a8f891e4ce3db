"""The scripts that run inside a page, and how a function of theirs is called on an element.

`watch.js` knows what the page has set going, `reach.js` finds, sets and reads elements. Both are
put into every frame before the page's own scripts run.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from palaestra.browser.devtools import DevToolsError, Told
from palaestra.browser.settling import REST_MS, rest_of

if TYPE_CHECKING:
    from palaestra.browser.frames import Element
    from palaestra.browser.tab import Tab

GROUP = "palaestra"
"""Name of the group of objects in the page that is let go after every action."""
CALLED = """function (name, ...rest) {
  return window[Symbol.for("palaestra.reach")][name](this, ...rest);
}"""


@lru_cache
def script() -> Told:
    """Returns what is put into every page, as DevTools take it."""
    folder = files("palaestra.browser") / "static"
    source = "".join((folder / name).read_text("utf-8") for name in ("watch.js", "reach.js"))
    return {"source": source, "runImmediately": True}


class Inside:
    """An element inside its page.

    Attributes:
        element: What DevTools know it by.
    """

    def __init__(self, tab: Tab, element: Element) -> None:
        self.tab, self.element = tab, element
        self._object = ""

    def call(self, name: str, *rest: Any) -> Any:
        """Calls a function of `reach.js` on the element; returns what it returned.

        Raises:
            DevToolsError: If the element is gone with its page, or the function failed.
            DialogOpened: If a native dialog opened meanwhile.
        """
        return self._call(name, rest, by_value=True).get("value")

    def rested(self, name: str) -> Told:
        """Calls such a function that lets the page come to rest; returns what is read then.

        Raises what `call` raises.
        """
        told: Told = self.call(name, REST_MS)
        if self.element.session == self.tab.session and not self.element.frame:
            self.tab.news.rest = rest_of(told)
        return told

    def find(self, name: str, *rest: Any) -> Inside | None:
        """Calls a function that finds another element; returns that, or None if there is none.

        Raises what `call` raises.
        """
        found = self._call(name, rest, by_value=False).get("objectId")
        if found is None:
            return None
        other = Inside(self.tab, self.element)
        other._object = found
        return other

    @property
    def where(self) -> Told:
        """Returns what DevTools know the element by, once something was called on it."""
        return {"objectId": self._object}

    def _call(self, name: str, rest: tuple[Any, ...], *, by_value: bool) -> Told:
        if not self._object:
            where = {"backendNodeId": self.element.number, "objectGroup": GROUP}
            found = self.tab.call("DOM.resolveNode", where, self.element.session)
            self._object = found["object"]["objectId"]
        told: Told = {
            "objectId": self._object,
            "functionDeclaration": CALLED,
            "arguments": [{"value": value} for value in (name, *rest)],
            "returnByValue": by_value,
            "awaitPromise": True,
            "userGesture": True,
            "objectGroup": GROUP,
        }
        told = self.tab.call("Runtime.callFunctionOn", told, self.element.session)
        if "exceptionDetails" in told:
            wrong = told["exceptionDetails"].get("exception", {}).get("description", "")
            raise DevToolsError(f"{name}: {wrong}")
        result: Told = told["result"]
        return result

    def let_go(self) -> None:
        """Lets the page forget that the element is held; nobody waits for that."""
        if self._object and not self.tab.lost:
            told = {"objectGroup": GROUP}
            self.tab.send("Runtime.releaseObjectGroup", told, self.element.session)
            self._object = ""
