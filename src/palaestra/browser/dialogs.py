"""Native dialogs: while one is open it is all that can be used, and only the agent answers it.

A page that asks for a file to upload is answered in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from palaestra.browser import uploads
from palaestra.errors import InvalidAction
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.browser.frames import Element
    from palaestra.browser.tab import Tab

OK, CANCEL, TEXT = "dialog:ok", "dialog:cancel", "dialog:text"
ON_LEAVING = "Leave this page? Changes that you made may not be saved."
FOR_A_FILE = "Which file is to be uploaded?"
TYPED = frozenset(("prompt", "file"))


class Dialog(NamedTuple):
    """A native dialog that is open.

    Attributes:
        kind: "alert", "confirm", "prompt", "beforeunload", or "file" where a file is asked for.
        message: What it says.
        text: What stands in its box.
        asking: The input that asks for a file.
    """

    kind: str
    message: str
    text: str = ""
    asking: Element | None = None


def screen(dialog: Dialog, title: str) -> Node:
    """Draws an open dialog, which is all that can be used.

    Args:
        dialog: The dialog.
        title: The page's title.
    """
    parts = [Node("button", "OK", OK)]
    if dialog.kind in TYPED:
        parts.insert(0, Node("textbox", dialog.message, TEXT, dialog.text))
    if dialog.kind != "alert":
        parts.append(Node("button", "Cancel", CANCEL))
    box = Node("dialog", dialog.message, states=("modal",), children=tuple(parts))
    return Node("document", title, children=(box,))


def answer(tab: Tab, action: Action) -> str:
    """Does an action to the dialog that is open.

    Returns:
        What there is to say of it; "" if nothing.

    Raises:
        InvalidAction: If it is not one for this dialog.
    """
    dialog = tab.dialog
    assert dialog
    targets = {node.ref: node for node in screen(dialog, "").walk() if node.ref}
    match action.op, action.ref, action.text:
        case "fill", ref, text if ref == TEXT and ref in targets:
            tab.dialog = dialog._replace(text=text)
            return ""
        case "click", ref, _ if ref in (OK, CANCEL) and ref in targets:
            accept = ref == OK
        case "press", _, "Enter" | "Escape":
            accept = action.text == "Enter"
        case _:
            raise InvalidAction("A dialog is open: it is to be answered first")
    if dialog.asking:
        paths = uploads.files(tab, dialog.asking, "It", dialog.text) if accept else []
        tab.dialog = None
        if accept:
            uploads.give(tab, dialog.asking, paths)
        return ""
    told = {"accept": accept, "promptText": dialog.text}
    call = tab.send("Page.handleJavaScriptDialog", told)
    tab.dialog = None
    tab.results(call)
    return ""
