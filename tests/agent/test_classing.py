"""The guard's table, action by action."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.agent.classing import classed
from palaestra.agent.guard import KINDS
from palaestra.agent.origins import Origins
from palaestra.agent.scene import Scene
from palaestra.browser.dialogs import FOR_A_FILE
from palaestra.types import Action, Node

HOME = "http://books.example/bills/7"
ORIGINS = Origins.of(HOME, None)
BOX = Node("textbox", "Vendor", "box", "Acme")


def page(*nodes: Node) -> Node:
    return Node("document", "Books", children=nodes)


def alone(role: str, name: str, **more: object) -> Node:
    return page(Node(role, name, "it", **more))  # type: ignore[arg-type]


def in_form(name: str, heading: str = "New bill", role: str = "button") -> Node:
    return page(Node("heading", heading), Node("form", "", children=(BOX, Node(role, name, "it"))))


def in_dialog(name: str, text: str) -> Node:
    inside = (Node("paragraph", text), Node("button", name, "it"))
    return page(BOX, Node("dialog", "Please confirm", children=inside))


def in_row(name: str, role: str = "button") -> Node:
    cells = (Node("cell", "BILL-7"), Node("cell", "", children=(Node(role, name, "it"),)))
    return page(Node("table", children=(Node("row", children=cells),)))


def in_navigation(name: str) -> Node:
    return page(Node("navigation", "Main", children=(Node("link", name, "it"),)))


def kinds(screen: Node, op: str = "click", text: str = "", href: str = "") -> tuple[str, ...]:
    action = Action(op, "it", text)  # type: ignore[arg-type]
    return classed(action, Scene.of(screen, "it", {"href": href}), ORIGINS, HOME).kinds


READS = [
    in_navigation("Payments"),
    in_navigation("Send money"),
    in_navigation("Deleted items"),
    alone("link", "BILL-0007"),
    alone("link", "Purchase orders"),
    alone("link", "Posts"),
    in_row("Acme Payments Ltd", "link"),
    in_row("Undelivered mail", "link"),
    alone("button", "Next page"),
    alone("button", "Search"),
    alone("button", "Show deleted"),
    alone("button", "View payment"),
    alone("button", "Clear filters"),
    alone("button", "Remove filter"),
    alone("button", "More", states=("collapsed",)),
    alone("button", "Menu"),
    alone("button", "Close"),
    alone("tab", "Delete"),
    alone("combobox", "Delete after", states=("collapsed",)),
    in_form("Cancel"),
    in_form("Discard changes"),
    in_dialog("Cancel", "Delete BILL-7? This cannot be undone."),
    in_dialog("No", "Send the invoice?"),
    in_dialog("Abbrechen", "Wirklich löschen?"),
    in_dialog("取消", "确定删除吗"),
    alone("button", "Filter zurücksetzen"),
    alone("button", "Nächste Seite"),
    alone("button", "下一页"),
    alone("button", "查看付款"),
    alone("button", "清除筛选"),
]
REVERSIBLE = [
    in_form("Save"),
    in_form("Submit"),
    in_form("Anything at all"),
    alone("button", "Frobnicate"),
    alone("button", ""),
    alone("button", "Approve"),
    alone("button", "Open again"),
    alone("button", "Close bill"),
    alone("button", "View and approve"),
    alone("button", "Next stage"),
    alone("button", "New payment"),
    alone("button", "Add transfer"),
    alone("button", "Create invoice"),
    alone("button", "Edit"),
    alone("button", "Save without sending"),
    alone("button", "Undo"),
    alone("button", "Undo delete"),
    alone("button", "Don't send"),
    alone("menuitem", "Duplicate"),
    in_dialog("OK", "The bill was saved."),
    in_dialog("Yes", "Approve BILL-7?"),
    in_form("Paid", role="option"),
    in_form("Delete when empty", role="checkbox"),
    alone("checkbox", "Urgent"),
    in_form("Speichern"),
    alone("button", "Zahlung anlegen"),
    alone("button", "Nicht senden"),
    in_form("保存"),
    alone("button", "新建付款单"),
    alone("button", "不发送"),
]
DESTRUCTIVE = [
    alone("button", "Delete"),
    alone("button", "Delete bill"),
    alone("button", "DELETE"),
    alone("button", "Permanently delete…"),
    alone("button", "Remove"),
    alone("link", "Delete"),
    alone("link", "Cancel order"),
    alone("menuitem", "Move to trash"),
    in_row("Delete"),
    in_row("Cancel"),
    alone("button", "Cancel"),
    alone("button", "Cancel subscription"),
    in_form("Cancel booking"),
    alone("button", "Void"),
    alone("button", "Reset all"),
    alone("button", "Deactivate account"),
    alone("button", "Unsubscribe"),
    alone("switch", "Wipe on exit"),
    in_dialog("OK", "Delete BILL-7?"),
    in_dialog("Yes", "This cannot be undone."),
    in_dialog("Go ahead", "All drafts will be lost."),
    in_dialog("Confirm", "Are you sure you want to cancel this booking?"),
    in_form("Confirm", heading="Delete account"),
    alone("button", "Löschen"),
    alone("button", "Endgültig löschen"),
    alone("button", "Stornieren"),
    alone("button", "Vertrag kündigen"),
    in_dialog("Ja", "Die Rechnung wird unwiderruflich gelöscht."),
    alone("button", "Abbrechen"),
    alone("button", "删除"),
    alone("button", "取消订单"),
    alone("button", "取消"),
    in_dialog("确定", "删除后无法恢复 是否继续"),
]
EXTERNAL = [
    alone("button", "Send"),
    alone("button", "Save and send"),
    alone("button", "Create & publish"),
    alone("button", "Pay now"),
    alone("button", "Pay"),
    alone("button", "Transfer"),
    alone("button", "Place order"),
    alone("button", "Buy now"),
    alone("button", "Checkout"),
    alone("button", "Share"),
    alone("button", "Invite"),
    alone("button", "Upload"),
    alone("button", "Post comment"),
    alone("button", "Reply all"),
    alone("link", "Send reminder"),
    alone("switch", "Make public"),
    alone("checkbox", "Publish"),
    in_form("Submit", heading="Payment"),
    in_form("Confirm", heading="Review your order"),
    in_dialog("OK", "The invoice will be sent to ap@acme.example."),
    in_dialog("Continue", "Your card will be charged 12.00."),
    alone("button", "Senden"),
    alone("button", "Speichern und senden"),
    alone("button", "Zahlungspflichtig bestellen"),
    alone("button", "Jetzt buchen"),
    in_dialog("Bestätigen", "Der Betrag wird abgebucht."),
    alone("button", "Veröffentlichen"),
    alone("button", "发送"),
    alone("button", "保存并发送"),
    alone("button", "立即支付"),
    in_dialog("确定", "确认支付 100 元"),
]
TABLE = [
    (kind, screen)
    for kind, screens in zip(
        ("reads", "reversible", "destructive", "external"),
        (READS, REVERSIBLE, DESTRUCTIVE, EXTERNAL),
        strict=True,
    )
    for screen in screens
]


def told(screen: Node) -> str:
    node = next(n for n in screen.walk() if n.ref == "it")
    return f"{node.role} {node.name} / {'|'.join(n.role for n in screen.children)}"


@pytest.mark.parametrize(("kind", "screen"), TABLE, ids=[f"{k}: {told(s)}" for k, s in TABLE])
def test_a_click(kind: str, screen: Node):
    found = kinds(screen)
    # What is destructive may be external besides, and the other way round.
    assert (kind in found) if kind in ("destructive", "external") else found == (kind,), found


@pytest.mark.parametrize(
    ("op", "text", "screen", "kind"),
    [
        ("fill", "x", alone("textbox", "Memo"), "reversible"),
        ("fill", "x", alone("textbox", "Delete reason"), "reversible"),
        ("fill", "x", alone("searchbox", "Search bills"), "reads"),
        ("select", "Paid", alone("combobox", "Status"), "reversible"),
        ("check", "", alone("checkbox", "Urgent"), "reversible"),
        ("fill", "a.pdf", in_dialog(FOR_A_FILE, "a file"), "external"),
        ("press", "Enter", alone("searchbox", "Search"), "reads"),
        ("press", "Enter", in_form("Memo", role="textbox"), "reversible"),
        ("press", "Enter", in_form("Code", heading="Confirm payment", role="textbox"), "external"),
        ("press", "Enter", alone("button", "Delete"), "destructive"),
        ("press", "Escape", alone("textbox", "Memo"), "reads"),
        ("scroll", "down", alone("region", "Bills"), "reads"),
        ("back", "", alone("button", "Delete"), "reads"),
        ("done", "", alone("button", "Delete"), "reads"),
        ("answer", "7", alone("button", "Delete"), "reads"),
    ],
)
def test_other_actions(op: str, text: str, screen: Node, kind: str):
    assert kinds(screen, op, text)[0] == kind


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("/bills/8", "reads"),
        ("#top", "reads"),
        ("http://books.example/x", "reads"),
        ("http://books.example:8080/x", "external"),
        ("https://books.example/x", "external"),
        ("//evil.example/x", "external"),
        ("https://evil.example/?q=1", "external"),
        ("/bills/7/delete", "destructive"),
        ("/bills?id=7&action=remove", "destructive"),
        ("/deleted-items", "reads"),
        ("mailto:someone@books.example", "external"),
        ("tel:123", "external"),
        ("javascript:void(0)", "reads"),
    ],
)
def test_where_a_link_leads(href: str, kind: str):
    assert kinds(alone("link", "More"), href=href)[0] == kind
    assert kinds(in_navigation("More"), href=href)[0] == kind


def test_an_upload_is_external():
    scene = Scene.of(alone("textbox", "Receipt"), "it", {"type": "file"})
    assert classed(Action("fill", "it", "a.pdf"), scene, ORIGINS, HOME).kind == "external"


def test_both_classes_of_one_button_are_told():
    assert kinds(alone("button", "Delete and notify everybody")) == ("external", "destructive")


@given(st.text(max_size=40), st.sampled_from(["button", "menuitem", "switch", "generic"]))
def test_what_is_unknown_is_never_less_than_reversible_in_a_dialog_that_deletes(name, role):
    inside = (Node("paragraph", "Delete all bills?"), Node(role, name, "it"))
    found = kinds(page(Node("dialog", "Please confirm", children=inside)))
    assert found
    assert set(found) <= set(KINDS)
    assert list(found) == sorted(found, key=KINDS.index, reverse=True)
