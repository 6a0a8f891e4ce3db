"""The slim bar above the application: what is asked for, what came of it, and starting over.

It stands outside the application's tree, so that it is no part of what an agent sees.
"""

from __future__ import annotations

from palaestra.faces.page.element import Html, element
from palaestra.types import Verdict


def draw(*, title: str, about: str, goal: str, verdict: Verdict | None, can_go_back: bool) -> Html:
    """Draws the bar.

    Args:
        title: The application's title.
        about: Which seed and skin this is.
        goal: What is wanted; "" where there is no task.
        verdict: What came of it, once that is decided.
        can_go_back: Whether there is an earlier screen.
    """
    back = _button("back", "← Back", "Back to the screen before", disabled=not can_go_back)
    again = _button("again", "Start over", "Start over with fresh data")
    if not goal:
        told = element("span", about, class_="about")
        return _bar(back, element("strong", title), told, element("span", class_="gap"), again)
    wanted = element("span", element("b", "Task"), goal, class_="goal")
    if verdict is None:
        box = element(
            "input",
            id="b-answer",
            type="text",
            aria_label="Answer",
            placeholder="Answer, if one is asked for",
            autocomplete="off",
        )
        done = _button("done", "Done", "Have it judged", class_="main")
        return _bar(back, wanted, box, done, again)
    word, tone = ("Solved", "good") if verdict.success else ("Not solved", "bad")
    why = "" if verdict.success else f"{verdict.reason} ({verdict.progress:.0%} of the way)"
    came = element("span", element("b", word), why, class_=f"verdict {tone}", role="status")
    another = _button("next", "Next task", "Take another task", class_="main")
    return _bar(wanted, came, again, another)


def _button(do: str, label: str, title: str, **attributes: str | bool) -> Html:
    told = {"id": f"b-{do}", "data_do": do, "title": title}
    return element("button", label, type="button", **told, **attributes)


def _bar(*inside: Html) -> Html:
    mark = element("span", "Palaestra", class_="mark", aria_hidden="true")
    return element("div", mark, *inside, id="bar")
