"""One field of a form as whatever widget the skin has for it, and what using the widget does.

The draft of a form holds what the data would hold (the untranslated words of a choice); a widget
shows it in the skin's words. A box to type into and a native box to select from are one element.
Custom list boxes, radio buttons and pop-up calendars are several: each of their parts has a ref
("pick:FIELD:PLACE", "day:FIELD:DATE" ...), and is used by clicking it like any other.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from palaestra.kit.fields import Field, parse_date
from palaestra.kit.screens.table import EMPTY
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session

MOST_RADIOS = 6
MOST_NATIVE = 60
MOST_SUGGESTED = 8
VERBS = frozenset(("field", "pick", "calendar", "month", "day"))
"""What the refs of inputs begin with."""


def widget(session: Session, field: Field) -> str:
    """Returns which widget a field has here.

    Returns:
        "checkbox", "plain", "calendar", "native", "listbox", "autocomplete" or "radio".
    """
    if field.input_role == "checkbox":
        return "checkbox"
    if field.kind == "date":
        return session.skin.dates
    if field.input_role != "combobox":
        return "plain"
    wanted, many = session.skin.select, len(field.options(session.store))
    if wanted == "radio" and (field.kind != "choice" or many > MOST_RADIOS):
        wanted = "native"
    return "autocomplete" if wanted in ("native", "listbox") and many > MOST_NATIVE else wanted


def draw(session: Session, field: Field) -> tuple[Node, ...]:
    """Draws a field of the open form with what stands in the draft."""
    label, value = session.lexicon.label(field.label), session.draft.get(field.name, "")
    states = [state for state, holds in (
        ("invalid", field.name in session.errors),
        ("required", field.required),
    ) if holds]  # fmt: skip
    ref = f"field:{field.name}"
    match widget(session, field):
        case "checkbox":
            checked = ["checked"] if value == "Yes" else []
            return (Node("checkbox", label, ref, "", _sorted(checked, states)),)
        case "calendar":
            return _day_picker(session, field, label, value, states)
        case "native":
            shown = session.lexicon.shown(field, value) or EMPTY
            options = _native_options(session, field, shown)
            return (Node("combobox", label, ref, shown, _sorted(states), options),)
        case "listbox":
            shown = session.lexicon.shown(field, value) or EMPTY
            return _popup(
                session,
                field,
                Node("combobox", label, ref, shown),
                states,
                _choices(session, field, value),
            )
        case "autocomplete":
            shown = session.lexicon.shown(field, value)
            box = Node("combobox", label, ref, shown)
            return _popup(
                session, field, box, ["editable", *states], _suggestions(session, field, value)
            )
        case "radio":
            radios = tuple(
                Node("radio", name, f"pick:{field.name}:{place}", states=("checked",) if on else ())
                for place, name, on in _choices(session, field, value)
            )
            return (Node("radiogroup", label, states=_sorted(states), children=radios),)
    return (Node("textbox", label, ref, value, _sorted(states)),)


def on(
    session: Session, fields: Sequence[Field], action: Action, verb: str, rest: list[str]
) -> bool:
    """Does what using a part of a widget does; says whether it was one.

    Args:
        session: Its draft takes in what is entered.
        fields: The fields of the open form.
        action: What was done.
        verb: Beginning of the element's ref.
        rest: What follows it.
    """
    field = next((f for f in fields if verb in VERBS and f.name == rest[0]), None)
    if field is None:
        return False
    if verb == "pick":
        session.enter(field.name, (*_empty(field), *field.options(session.store))[int(rest[1])])
    elif verb == "day":
        session.enter(field.name, rest[1])
    elif verb == "calendar":
        shown = parse_date(session.draft.get(field.name, "")) or session.store.clock.today
        _toggle(session, f"calendar:{field.name}", f"{shown:%Y-%m}")
    elif verb == "month":
        session.open(f"calendar:{field.name}:{rest[1]}")
    elif action.op in ("check", "click") and field.input_role == "checkbox":
        session.enter(field.name, "No" if session.draft.get(field.name) == "Yes" else "Yes")
    elif action.op == "click":
        _toggle(session, f"field:{field.name}")
    elif action.op == "select":
        session.enter(field.name, raw(session, field, action.text))
    elif action.op == "fill":
        session.enter(field.name, raw(session, field, action.text))
        if widget(session, field) == "autocomplete":
            session.open(f"field:{field.name}")
    return True


def raw(session: Session, field: Field, shown: str) -> str:
    """Returns what the draft holds where the screen shows something."""
    if shown == EMPTY:
        return ""
    if field.input_role != "combobox" or session.lexicon.language == "en" or field.kind != "choice":
        return shown
    told = {session.lexicon.shown(field, name): name for name in field.options(session.store)}
    return told.get(shown, shown)


def _toggle(session: Session, what: str, more: str = "") -> None:
    """Opens something, or leaves it closed if it is what was open."""
    if not session.opened.startswith(what):
        session.open(f"{what}:{more}" if more else what)


def _empty(field: Field) -> tuple[str, ...]:
    return () if field.required else ("",)


def _choices(session: Session, field: Field, value: str) -> Iterator[tuple[int, str, bool]]:
    """Yields place, name and whether it is chosen, of all that can be chosen."""
    names = chain(_empty(field), field.options(session.store))
    for place, name in enumerate(names):
        yield place, session.lexicon.shown(field, name) or EMPTY, name == value


def _suggestions(session: Session, field: Field, value: str) -> Iterator[tuple[int, str, bool]]:
    """Yields the choices that contain what was typed, the first few."""
    needle = session.lexicon.shown(field, value).casefold()
    fitting = (one for one in _choices(session, field, value) if needle in one[1].casefold())
    return islice(fitting, MOST_SUGGESTED)


def _popup(
    session: Session,
    field: Field,
    box: Node,
    states: list[str],
    choices: Iterable[tuple[int, str, bool]],
) -> tuple[Node, ...]:
    """Draws a box, and below it what can be chosen while it is open."""
    if session.opened != box.ref:
        return (box._replace(states=_sorted(["collapsed"], states)),)
    options = tuple(
        Node("option", name, f"pick:{field.name}:{place}", states=("selected",) if on else ())
        for place, name, on in choices
    )
    open_box = box._replace(states=_sorted(["expanded"], states))
    return (open_box, Node("listbox", box.name, children=options))


def _native_options(session: Session, field: Field, chosen: str) -> tuple[Node, ...]:
    return session.store.apart(lambda: _all_options(session, field, chosen))


def _all_options(session: Session, field: Field, chosen: str) -> tuple[Node, ...]:
    key = ("options", id(field), chosen)
    kept = session.drawn.get(key)
    if kept is not None and kept[0] is session.store.state:
        options: tuple[Node, ...] = kept[1]
        return options
    told = (session.lexicon.shown(field, name) for name in field.options(session.store))
    names = list(dict.fromkeys(told))
    if chosen not in names and chosen != EMPTY:
        names.insert(0, chosen)
    options = tuple(
        Node("option", name, states=("selected",) if name == chosen else ())
        for name in (EMPTY, *names)
    )
    session.drawn[key] = (session.store.state, options)
    return options


def _day_picker(
    session: Session, field: Field, label: str, value: str, states: list[str]
) -> tuple[Node, ...]:
    """Draws a box to read only, the button beside it, and the calendar while it is open."""
    word = session.lexicon.word
    box = Node("textbox", label, f"field:{field.name}", value, _sorted(["readonly"], states))
    opener = Node("button", word("choose", label=label), f"calendar:{field.name}")
    opened = f"{opener.ref}:"
    if not session.opened.startswith(opened):
        return (box, opener)
    month = dt.date.fromisoformat(f"{session.opened[len(opened) :]}-01")
    return (box, opener, _month(session, field, word("choose", label=label), month, value))


def _month(session: Session, field: Field, title: str, month: dt.date, value: str) -> Node:
    """Draws a month of the pop-up calendar."""
    lexicon = session.lexicon
    steps = (
        ("year_earlier", month.replace(year=month.year - 1)),
        ("earlier", (month - dt.timedelta(days=1)).replace(day=1)),
        ("later", (month + dt.timedelta(days=31)).replace(day=1)),
        ("year_later", month.replace(year=month.year + 1)),
    )
    name = lexicon.months()[month.month - 1]
    rows = [Node("row", children=tuple(Node("columnheader", day) for day in lexicon.weekdays()))]
    for week in calendar.Calendar().monthdatescalendar(month.year, month.month):
        cells = []
        for day in week:
            if day.month != month.month:
                cells.append(Node("cell"))
                continue
            told = f"{day.day} {name} {day.year}"
            states = ("pressed",) if day.isoformat() == value else ()
            button = Node("button", told, f"day:{field.name}:{day.isoformat()}", states=states)
            cells.append(Node("cell", told, children=(button,)))
        rows.append(Node("row", children=tuple(cells)))
    heading = f"{name} {month.year}"
    buttons = tuple(
        Node("button", lexicon.word(key), f"month:{field.name}:{there:%Y-%m}")
        for key, there in steps
        if 1900 < there.year < 2200
    )
    inside = (*buttons, Node("paragraph", heading), Node("table", heading, children=tuple(rows)))
    return Node("dialog", title, children=inside)


def _sorted(*states: list[str]) -> tuple[str, ...]:
    return tuple(sorted(state for some in states for state in some))
