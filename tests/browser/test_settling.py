"""A page is waited for by what an action set going, and by nothing else, and never for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from palaestra.errors import TooLate
from palaestra.types import Action
from tests.browser.driver import Driver

pytestmark = pytest.mark.browser
Visit = Callable[[str], Driver]
OWED_AFTER_A_WHILE = """new Promise((resolve) => {
  const watch = window[Symbol.for('palaestra.watch')];
  watch.begin();
  setTimeout(() => resolve(watch.settle(0).then((told) => told.pending)), 700);
})"""
FOLLOWED = """(async () => {
  const watch = window[Symbol.for('palaestra.watch')];
  watch.begin();
  const done = [];
  %s
  await watch.settle(15000);
  return done;
})()"""


@pytest.mark.parametrize(
    "begun",
    [
        "setTimeout(() => done.push(1), 500);",
        "setTimeout((n) => done.push(n), 50, 1);",
        "requestAnimationFrame(() => requestAnimationFrame(() => done.push(1)));",
        "fetch('/slow?ms=300').then((answer) => answer.text()).then(() => done.push(1));",
        "setTimeout(() => fetch('/slow').then(() => setTimeout(() => done.push(1), 200)), 200);",
        """const x = new XMLHttpRequest();
           x.open('GET', '/slow?ms=200'); x.onload = () => done.push(1); x.send();""",
        """const s = document.createElement('script');
           s.src = '/slow?ms=200'; s.onerror = () => done.push(1); s.onload = s.onerror;
           document.head.append(s);""",
        "new Blob(['text']).text().then(() => done.push(1));",
    ],
)
def test_what_an_action_set_going_is_waited_for(visit: Visit, begun: str):
    page = visit("second.html")
    assert page.run(FOLLOWED % begun) == [1]


@pytest.mark.parametrize(
    "begun",
    [
        "setTimeout(() => done.push(1), 5000);",
        "setInterval(() => done.push(1), 3000);",
        "clearTimeout(setTimeout(() => done.push(1), 500));",
        "cancelAnimationFrame(requestAnimationFrame(() => done.push(1)));",
    ],
)
def test_what_comes_much_later_is_not(visit: Visit, begun: str):
    page = visit("second.html")
    assert page.run(FOLLOWED % begun) == []


def test_timers_work_as_ever(visit: Visit):
    page = visit("second.html")
    promise = "new Promise((done) => { window.d = done; %s })"
    assert page.run(promise % "setTimeout((a, b) => done([a, b]), 1, 2, 3);") == [2, 3]
    assert page.run(promise % "setTimeout('d(5)', 1);") == 5
    assert (
        page.run(promise % "const i = setInterval((n) => d([n, clearInterval(i)][0]), 1, 7);") == 7
    )
    assert page.run("typeof setTimeout(() => {}, 1)") == "number"


def test_a_page_that_never_rests_is_looked_at_as_it_is(visit: Visit):
    page = visit("restless.html")
    page("click", "Press")
    assert "Pressed" in page.texts()
    # Neither the busy part nor the clocks are waited for again; a poll is, if it comes just then.
    assert set(page.run(OWED_AFTER_A_WHILE)) <= {"request"}


def test_a_deadline_ends_the_wait(visit: Visit):
    page = visit("hazards.html")
    with pytest.raises(TooLate):
        page.tab.act(Action("click", page.node("Slow page").ref), time.monotonic() + 0.3)
    assert "after a while" in [node.name for node in page.look().screen.walk()]
