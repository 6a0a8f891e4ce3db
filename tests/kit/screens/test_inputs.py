from __future__ import annotations

import datetime as dt

import pytest

from palaestra.errors import InvalidAction
from palaestra.kit import App, Record, choice, date, ref, text
from palaestra.kit.screens.inputs import MOST_NATIVE, MOST_SUGGESTED, widget
from palaestra.kit.session import Session
from palaestra.kit.skin import Skin
from palaestra.types import Action, Node

town = App("town", title="Town")


@town.record(key="name", seeds=(MOST_NATIVE + 5, MOST_NATIVE + 9))
class Street(Record):
    name: str = text("phrase")


@town.record(key="name", seeds=(3, 3))
class House(Record):
    name: str = text("person")
    street: Street = ref(Street)
    colour: str = choice("Red", "Green", "Blue")
    built: dt.date = date(required=False)


def form(**wanted: str) -> Session:
    """Returns a Session with the form of a new house open, on a skin that has what is wanted."""
    wanted = {"forms": "page", "language": "en", "nav": "side", **wanted}
    seed = next(
        s for s in range(1, 20_000)
        if all(getattr(Skin.of_seed(s), key) == value for key, value in wanted.items())
    )  # fmt: skip
    session = Session(town, 1, seed)
    click(session, "nav:house", "new:house")
    return session


def click(session: Session, *refs: str) -> None:
    for one in refs:
        session.dispatch(Action("click", one))


def node(session: Session, one: str) -> Node:
    return session.targets()[one]


def test_a_custom_listbox_opens_takes_one_and_closes():
    session = form(select="listbox")
    assert node(session, "field:colour").states == ("collapsed", "required")
    click(session, "field:colour")
    assert node(session, "field:colour").states == ("expanded", "required")
    click(session, "pick:colour:1")
    assert session.draft["colour"] == "Green"
    assert node(session, "field:colour").value == "Green"
    assert "pick:colour:1" not in session.targets()


def test_a_popup_closes_by_itself_by_a_second_click_and_by_escape():
    session = form(select="listbox")
    for closing in (
        Action("click", "field:colour"),
        Action("press", "field:colour", "Escape"),
        Action("fill", "field:name", "Ada"),
    ):
        click(session, "field:colour")
        assert "pick:colour:0" in session.targets()
        session.dispatch(closing)
        assert "pick:colour:0" not in session.targets()
        assert session.route.screen == "form"


def test_radio_buttons_show_which_is_chosen():
    session = form(select="radio")
    click(session, "pick:colour:2")
    chosen = [n.name for n in session.screen().walk() if n.role == "radio" and n.states]
    assert chosen == ["Blue"]
    assert widget(session, House.street) == "autocomplete"


def test_typing_suggests_the_choices_that_contain_it():
    session = form(select="autocomplete")
    name = Street.type.label(session.store, 3)
    session.dispatch(Action("fill", "field:street", name[1:4].upper()))
    options = [n for n in session.screen().walk() if n.role == "option" and n.ref]
    assert 0 < len(options) <= MOST_SUGGESTED
    assert all(name[1:4].casefold() in n.name.casefold() for n in options)
    session.dispatch(Action("fill", "field:street", name))
    click(
        session,
        next(
            n.ref for n in session.screen().walk() if n.ref.startswith("pick:") and n.name == name
        ),
    )
    assert session.draft["street"] == name


def test_more_than_a_native_box_can_hold_is_completed():
    session = form(select="native")
    assert widget(session, House.street) == "autocomplete"
    assert widget(session, House.colour) == "native"


def test_a_day_is_found_in_the_calendar_across_years():
    session = form(dates="calendar")
    with pytest.raises(InvalidAction):
        session.dispatch(Action("fill", "field:built", "2026-01-01"))
    click(session, "calendar:built")
    shown = session.opened.rpartition(":")[2]
    assert shown == f"{session.store.clock.today:%Y-%m}"
    year = int(shown[:4])
    click(session, f"month:built:{year - 1}-{shown[5:]}", f"day:built:{year - 1}-{shown[5:]}-09")
    assert session.draft["built"] == f"{year - 1}-{shown[5:]}-09"
    click(session, "calendar:built")
    pressed = [n.ref for n in session.targets().values() if "pressed" in n.states]
    assert pressed == [f"day:built:{year - 1}-{shown[5:]}-09"]


def test_what_was_entered_last_is_taken_back():
    session = form(select="native")
    session.dispatch(Action("fill", "field:name", "Ada"))
    session.dispatch(Action("fill", "field:name", "Ada L"))
    click(session, "undo")
    assert session.draft["name"] == "Ada"
    click(session, "undo")
    assert "undo" not in session.targets()


def test_in_a_dialog_nothing_else_can_be_used():
    session = form(forms="modal")
    assert not any(one.startswith("nav:") for one in session.targets())
    assert any(n.role == "dialog" and "modal" in n.states for n in session.screen().walk())
    click(session, "cancel")
    assert session.route.screen == "list"
