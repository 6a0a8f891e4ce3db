"""Chromium computes the tree that we draw; and parity says so when it does not."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from palaestra.errors import InvalidAction
from palaestra.faces.page import html
from palaestra.kit import App, Record, Session, action, text
from palaestra.kit.disturbance import Disturbance
from palaestra.kit.screens.inputs import VERBS
from palaestra.kit.skin import Skin
from palaestra.testing.parity import compare, parity
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action, Node, Start
from tests.apps import agency, expenses

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = '</td><script>alert(1)</script> "quoted"   spaced &amp; naïve'
DISTURBANCES = (1, 2, 26)
WIDGET_SKINS = (3, 4, 9, 12, 29, 33)
LIST = Node("main", children=(
    Node("heading", "Bills"),
    Node("checkbox", "Paid", "field:paid", states=("checked", "required")),
    Node("textbox", "Total", "field:total", "1.00"),
))  # fmt: skip


def click(*refs: str) -> list[Action]:
    return [Action("click", ref) for ref in refs]


def wandered(
    app: App, seed: int, skin: int, first: list[Action], n: int, disturbance: int = 0
) -> list[Action]:
    """Returns the first actions and n random ones after them."""
    session, wanderer = Session(app, seed, skin, disturbance), Wanderer(seed)
    actions: list[Action] = []
    while len(actions) < len(first) + n:
        action = first[len(actions)] if len(actions) < len(first) else wanderer.action(session)
        try:
            session.dispatch(action)
        except InvalidAction:
            if len(actions) >= len(first):
                continue
        actions.append(action)
    return actions


def test_equal_trees_have_no_differences():
    assert compare(LIST, LIST) == []
    spaced = LIST._replace(children=(Node("heading", " Bills\n"), *LIST.children[1:]))
    assert compare(spaced, LIST) == []


@pytest.mark.parametrize(
    ("place", "change"),
    [
        (0, {"name": "Bill"}),
        (0, {"role": "paragraph"}),
        (1, {"states": ("required",)}),
        (1, {"states": ("checked", "invalid", "required")}),
        (1, {"ref": "field:other"}),
        (2, {"value": " 1.00"}),
        (2, {"children": (Node("option", "x"),)}),
    ],
)
def test_every_difference_is_told(place: int, change: dict[str, object]):
    children = list(LIST.children)
    children[place] = children[place]._replace(**change)  # type: ignore[arg-type]
    told = compare(LIST, LIST._replace(children=tuple(children)))
    assert len(told) == 1
    assert f"[{place}]" in told[0]


def test_a_missing_element_is_told_on_either_side():
    fewer = LIST._replace(children=LIST.children[:-1])
    assert "not in Chromium" in compare(LIST, fewer)[0]
    assert "not in the Session" in compare(fewer, LIST)[0]


@pytest.mark.browser
@pytest.mark.parametrize("skin", [0, 72])  # errors inline, errors in a summary
def test_every_kind_of_action_is_the_same_in_chromium(browser: Browser, skin: int):
    employee = Session(expenses, 1).store.row(0, 1)[0]
    actions = [
        *click("nav:handbook", "nav:claim", "sort:total", "sort:total", "page:1"),
        Action("fill", "search", "EXP-000"),
        Action("press", "search", "Enter"),
        Action("press", "search", "Escape"),
        Action("fill", "search"),
        *click("new:claim", "save"),
        Action("fill", "field:total", "12.5"),
        Action("fill", "field:note", HOSTILE),
        Action("select", "field:payee", str(employee)),
        Action("select", "field:kind", "Meals"),
        Action("check", "field:receipt"),
        Action("click", "field:receipt"),
        Action("fill", "field:spent_on", "nonsense"),
        Action("press", "field:spent_on", "Enter"),
        Action("fill", "field:spent_on", "2026-01-05"),
        Action("press", "save", "Enter"),
        *click("edit", "cancel", "delete"),
        Action("press", "no", "Escape"),
        *click("delete", "yes"),
        Action("back"),
        Action("back"),
        *click("nav:employee", "new:employee"),
        Action("fill", "field:name", HOSTILE),
        Action("fill", "field:grade", "3"),
        Action("press", "field:grade", "Enter"),
        *click("nav:claim", "new:claim"),
        Action("select", "field:payee", " ".join(HOSTILE.split())),
        Action("press", "field:payee", "Escape"),
    ]
    # Each of them must be possible, or it proves nothing.
    session = Session(expenses, 1, skin)
    for one in actions:
        session.dispatch(one)
    assert parity(expenses, Start("expenses", 1, skin), actions, browser) == (len(actions), [])


@pytest.mark.browser
@pytest.mark.parametrize(
    ("place", "skin"),  # plain; dense with its own words
    [("pipeline", 0), ("closing", 14), ("post", 0), ("new_deal", 14), ("by_client", 0)],
)
def test_screens_from_blocks_are_the_same_in_chromium(browser: Browser, skin: int, place: str):
    actions = wandered(agency, 1 + skin, skin, click(f"nav:{place}"), 12)
    start = Start("agency", 1 + skin, skin)
    assert parity(agency, start, actions, browser, mouse=skin == 0).differences == []


@pytest.mark.browser
@pytest.mark.parametrize("disturbance", DISTURBANCES)
def test_disturbances_are_the_same_in_chromium(browser: Browser, disturbance: int):
    actions = wandered(expenses, disturbance, disturbance, [], 25, disturbance)
    start = Start("expenses", disturbance, disturbance, disturbance)
    assert parity(expenses, start, actions, browser).differences == []


def test_the_disturbances_have_all_that_goes_wrong():
    drawn = [Disturbance.of_seed(seed) for seed in DISTURBANCES]
    for name in ("cookies", "news_at", "expires_at", "unsaved_at", "late", "resets", "stale"):
        assert any(getattr(one, name) for one in drawn), name


def worked(app: App, skin: int, first: list[Action], n: int) -> list[Action]:
    """Returns the first actions and n on the inputs of the form that is open then."""
    session, wanderer, rng = Session(app, 1, skin), Wanderer(skin), random.Random(skin)
    done: list[Action] = []
    while len(done) < len(first) + n:
        if len(done) < len(first):
            action = first[len(done)]
        else:
            parts = [r for r in session.targets() if r.partition(":")[0] in (*VERBS, "rows")]
            action = wanderer.use(session, session.targets()[rng.choice(parts)])
        with suppress(InvalidAction):
            session.dispatch(action)
            done.append(action)
    return done


@pytest.mark.browser
@pytest.mark.parametrize("skin", WIDGET_SKINS)
def test_every_widget_is_the_same_in_chromium(browser: Browser, skin: int):
    menu = [] if Skin.of_seed(skin).nav != "menu" else click("menu")
    actions = worked(expenses, skin, [*menu, *click("nav:claim", "new:claim")], 14)
    found = parity(expenses, Start("expenses", 1, skin), actions, browser, mouse=skin % 2 == 0)
    assert found.differences == []


def test_the_skins_for_widgets_have_them_all():
    skins = [Skin.of_seed(seed) for seed in WIDGET_SKINS]
    assert {skin.select for skin in skins} == {"native", "listbox", "autocomplete", "radio"}
    assert {skin.dates for skin in skins} == {"plain", "calendar"}
    assert {skin.forms for skin in skins} == {"page", "modal"}
    assert {skin.nav for skin in skins} == {"side", "top", "tabs", "menu"}


@pytest.mark.browser
@pytest.mark.parametrize("skin", [25, 24])  # a list that is scrolled, one with a button for more
def test_a_list_that_goes_on_is_the_same_in_chromium(browser: Browser, skin: int):
    session = Session(expenses, 1, skin)
    session.dispatch(Action("click", "nav:claim"))
    more = Action("scroll", "rows", "down") if "rows" in session.targets() else click("page:1")[0]
    actions = [*click("nav:claim"), more, more]
    assert parity(expenses, Start("expenses", 1, skin), actions, browser) == (3, [])


@pytest.mark.browser
def test_parity_sees_a_page_that_draws_something_else(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    drawn = html.draw

    def forgetful(*args, **kwargs):
        return drawn(*args, **kwargs).replace(' aria-invalid="true"', "")

    monkeypatch.setattr(html, "draw", forgetful)
    actions = click("nav:claim", "new:claim", "save", "cancel")
    done, told = parity(expenses, Start("expenses", 1), actions, browser)
    assert done == 3
    assert told
    assert all(line.startswith("after 3. click save") and "states is" in line for line in told)


@pytest.mark.browser
def test_parity_sees_records_that_differ(browser: Browser):
    app = App("dice", title="Dice")

    @app.record(key="name", seeds=(1, 1))
    class Die(Record):
        name: str = text()
        face: str = text(listed=False, editable=False, required=False)

        @action("Roll")
        def roll(self) -> None:
            self.face = str(random.getrandbits(64))

    told = parity(app, Start("dice", 1), click("open:die:1", "do:roll"), browser).differences
    assert "after 2. click do:roll : the records differ" in [
        line.replace("roll:", "roll :") for line in told
    ]
