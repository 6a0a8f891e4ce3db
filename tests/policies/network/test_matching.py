from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra.policies.network.elements import Reader, Screen
from palaestra.policies.network.matching import (
    BEFORE,
    BESIDE,
    CHANNELS,
    COUNTED,
    FOLLOWED,
    FULL,
    KIN,
    NEAR,
    WINDOW,
    Laid,
    Lens,
    Matches,
)
from palaestra.policies.network.tokens import Goal, Strings
from palaestra.types import Node, Observation, Past

WORDS = ("alpha", "beta", "gamma", "delta")
words = st.sampled_from(WORDS)


def naive(text: list[str], goal: list[str]) -> list[int]:
    """Lays the text along the goal everywhere, and keeps the best share for each token it meets."""
    covered = [0] * len(goal)
    for begin in range(1 - len(text), len(goal)):
        met = [
            begin + place
            for place, word in enumerate(text)
            if 0 <= begin + place < len(goal) and goal[begin + place] == word
        ]
        for at in met:
            covered[at] = max(covered[at], FULL * len(met) // len(text))
    return covered


class Sight:
    """A goal and a screen of a few nodes."""

    def __init__(self, goal: str, *nodes: Node, past: tuple[Past, ...] = ()) -> None:
        self.goal, strings = Goal(goal), Strings()
        page = Node("document", children=nodes)
        self.screen: Screen = Reader(strings).read(Observation(goal, page, "", 9))
        self.matches: Matches = Lens(self.goal, strings).match(self.screen, past)

    def met(self, element: int, channel: str) -> dict[str, int]:
        """What an element meets in the goal, by word."""
        return {
            self.goal.span(self.matches.begin + int(at), self.matches.begin + int(at)): int(how)
            for e, c, at, how in self.matches.hits
            if e == element and CHANNELS[c] == channel
        }

    def touched(self, touch: int) -> list[str]:
        """The words of the goal of which something is known."""
        return [
            self.goal.span(self.matches.begin + at, self.matches.begin + at)
            for at in np.nonzero(self.matches.touched[:, touch])[0].tolist()
        ]


@given(st.lists(words, min_size=1, max_size=6), st.lists(words, min_size=1, max_size=12))
@settings(max_examples=150)
def test_a_text_covers_what_it_meets_where_it_is_laid_best(text: list[str], goal: list[str]):
    sight = Sight(" ".join(goal), Node("button", " ".join(text), "b"))
    wanted = naive(text, goal)
    found = [0] * len(goal)
    for element, channel, at, how in sight.matches.hits:
        if element == 1 and channel == 0:
            found[at] = how
    assert found == wanted


def test_names_values_surroundings_codes_and_meanings_are_told_apart():
    box = Node("textbox", "Due date", "d", "2026-05-29")
    bill = Node("button", "Bill", "b")
    sight = Sight("Set the due date of BILL-0003 of the supplier to May 29, 2026.",
                  Node("heading", "of"), box, bill, Node("button", "Vendor", "v"))  # fmt: skip
    assert sight.met(2, "name") == {"due": FULL, "date": FULL}
    assert sight.met(2, "value") == {"May": FULL, "29": FULL, ",": FULL, "2026": FULL}
    assert sight.met(2, "around") == {"of": FULL}
    assert sight.met(3, "lead") == {"BILL-0003": FULL}
    assert 0 < sight.met(4, "meaning")["supplier"] < FULL
    assert sight.met(3, "meaning") == {}


def test_a_cell_knows_what_the_goal_tells_of_the_rest_of_its_row():
    def row(*cells: str) -> Node:
        return Node("row", children=tuple(Node("cell", cell) for cell in cells))

    head = Node("row", children=(Node("columnheader", "Key"), Node("columnheader", "Country")))
    table = Node("table", children=(head, row("AMS", "Netherlands"), row("MEL", "New Guinea")))
    back = Node("button", "Back", "b")
    sight = Sight("Which airport lies in Netherlands, New York?", table, back)
    beside = sight.matches.facts[1:, BESIDE:KIN].tolist()
    assert beside == [[FULL, 16], [0, 0], [FULL // 2, 0], [0, 0], [0, 0]]


def test_a_row_is_of_the_kind_of_a_code_in_the_goal_or_of_another():
    def row(*cells: str) -> Node:
        shown = [Node("cell", name, children=(Node("link", name, name),)) for name in cells[:1]]
        return Node("row", children=(*shown, *(Node("cell", name) for name in cells[1:])))

    head = Node("row", children=(Node("columnheader", "Number"), Node("columnheader", "Of")))
    rows = (row("SI-0007", "CN-0001"), row("CN-0001", "SI-0003"), row("Acme", "SI-0003"))
    table = Node("table", children=(head, *rows))
    sight = Sight("Send SI-0003 of Acme.", table, Node("button", "SI-0003", "b"))
    same, other, none = [FULL, 0], [0, FULL], [0, 0]
    assert sight.matches.facts[1:, KIN:].tolist() == [same] * 3 + [other] * 3 + [none] * 4
    assert not Sight("Send it.", table).matches.facts[:, KIN:].any()


def test_what_stands_just_before_what():
    sight = Sight("Set the total to 12.50.", Node("textbox", "Total", "t", "12.50"))
    follows = sight.matches.facts[1, 15 + NEAR : 15 + 2 * NEAR].tolist()
    assert follows == [0, FULL, 0, 0]


def test_what_was_typed_is_marked_and_grows_old_when_the_application_has_answered():
    typed = Past("fill", "Total", "12.50")
    sight = Sight("Set the total to 12.50 and the note to late.", past=(typed,))
    assert (sight.touched(5), sight.touched(6)) == (["12.50"], [])
    saved = Past("click", "Save", "", "Bill BILL-0001 updated")
    later = Sight("Set the total to 12.50 and the note to late.", past=(typed, saved))
    assert (later.touched(5), later.touched(6)) == ([], ["12.50"])


def test_a_word_that_is_told_twice_is_worked_through_in_order():
    goal = "1. Pay BILL-0001. 2. Send BILL-0001. 3. Pay BILL-0001."
    clicks = (Past("click", "BILL-0001", ""), Past("click", "Pay", "", "Bill BILL-0001: Pay done"))
    sight = Sight(goal, past=(*clicks, Past("click", "BILL-0001", "")))
    done, now = (np.nonzero(sight.matches.touched[:, touch])[0].tolist() for touch in (8, 7))
    assert (done, now) == ([2, 3], [8])
    assert sight.touched(20)[:3] == ["BILL-0001", ".", "3"]


def test_a_long_goal_is_read_from_a_little_before_where_the_work_is():
    goal = " ".join(f"word{n}" for n in range(500))
    at = 3 * BEFORE
    assert Sight(goal).matches.begin == 0
    steps = tuple(Past("fill", "", f"word{n}") for n in (at // 2, at))
    sight = Sight(goal, Node("button", f"word{at}", "b"), past=steps)
    assert sight.matches.begin == at - BEFORE
    assert sight.matches.touched.shape[0] == WINDOW
    assert sight.met(1, "name") == {f"word{at}": FULL}
    end = Sight(goal, past=tuple(Past("fill", "", f"word{n}") for n in range(49, 500, 50)))
    assert end.matches.begin == 500 - WINDOW
    # what stands far ahead is not where the work is
    assert Sight(goal, past=(Past("fill", "", "word499"),)).matches.begin == 0


def test_days_lie_before_or_after_the_month_that_a_calendar_shows():
    goal = "From 3 March 2026 to 2026-05-09 and on 1 January 2028."
    sight = Sight(goal, Node("paragraph", "May 2026"))
    assert sight.touched(11) == ["1", "January", "2028"]
    assert sight.touched(12) == ["3", "March", "2026"]
    assert sight.touched(13) == ["1", "January", "2028"]


def test_a_text_of_no_words_is_nowhere():
    lens = Lens(Goal("Pay."), Strings())
    assert lens._lay(()) == Laid()


def test_a_name_within_a_longer_name_is_not_told():
    nodes = (Node("textbox", "Name", "n"), Node("textbox", "Mean name", "m"))
    sight = Sight("Set the mean name to 63.", *nodes)
    assert sight.met(2, "whole") == {"mean": FULL, "name": FULL}
    assert sight.met(1, "whole") == {}
    both = Sight("Set the mean name to 63 and the name to Ann.", *nodes)
    assert both.met(1, "whole") == {"name": FULL}
    assert both.matches.facts[1, 14] == both.matches.facts[2, 14] == FULL


def test_the_goal_lies_before_and_behind_the_place_of_work():
    before = Sight("Pay BILL-0001 and send it.", past=(Past("click", "BILL-0001", ""),))
    assert before.touched(19) == ["Pay"]
    assert before.touched(20) == ["BILL-0001", "and", "send", "it", "."]
    assert before.matches.touched[1, 20] > before.matches.touched[4, 20] > 0


def test_a_month_in_words_meets_the_same_month_only():
    seen = Sight(
        "Change the month to November 2025.",
        Node("button", "November 2025", "a"),
        Node("button", "December 2025", "b"),
    )
    assert seen.met(1, "name") == {"November": FULL, "2025": FULL}
    assert seen.met(2, "name") == {}


def turns(sight: Sight, touch: int) -> list[str]:
    """What is past, present and next, without what numbers it."""
    shown = [sight.touched(touch + n) for n in range(3)]
    return [" ".join(word for word in words if len(word) > 1) for words in shown]


def test_whose_turn_it_is_in_a_list_is_counted_and_followed():
    goal = "1. pay Ann 2. send Bob 3. void 4. drop Dan"
    for touch in (COUNTED, FOLLOWED):
        assert turns(Sight(goal), touch) == ["", "pay Ann", "send Bob"]
    paid = Past("click", "Ann", ""), Past("click", "Pay", "", "Ann: Pay done")
    for touch in (COUNTED, FOLLOWED):
        assert turns(Sight(goal, past=paid), touch) == ["pay Ann", "send Bob", "void"]
    sent = Past("click", "Bob", ""), Past("click", "Send", "", "Bob: Send done")
    cancelled = (*paid, *sent, Past("click", "Cancel", "", "Bob: Cancel done"))
    assert turns(Sight(goal, past=cancelled), COUNTED) == ["pay Ann send Bob void", "drop Dan", ""]
    # what was done names nothing of the goal, so it cannot be followed
    assert turns(Sight(goal, past=cancelled), FOLLOWED) == ["pay Ann send Bob", "void", "drop Dan"]


def test_work_in_a_later_item_is_followed_before_the_application_answers():
    goal = "1. pay Ann 2. send Bob 3. drop Dan"
    sight = Sight(goal, past=(Past("click", "Bob", ""),))
    assert turns(sight, FOLLOWED) == ["pay Ann", "send Bob", "drop Dan"]
    assert turns(sight, COUNTED) == ["", "pay Ann", "send Bob"]


def test_a_thing_tried_again_at_once_is_counted_once():
    goal = "(a) pay Ann (b) send Bob (c) void"
    failed = Past("click", "Pay", "", "The server did not answer")
    tried = (Past("click", "Ann", ""), failed, failed._replace(said="Ann: Pay done"))
    assert turns(Sight(goal, past=tried), COUNTED)[1] == "send Bob"


def test_nothing_is_counted_where_there_is_no_list():
    paid = (Past("click", "Pay", "", "Ann: Pay done"),)
    assert not Sight("Pay Ann, then send Bob.", past=paid).matches.touched[:, COUNTED:].any()


def test_the_place_of_work_moves_on_over_an_item_that_names_nothing():
    goal = " ".join(f"{n}. see to it as no screen ever puts it" for n in range(1, 60))
    deeds = tuple(Past("fill", "", str(n), "done") for n in range(1, 20))
    assert Sight(goal, past=deeds).matches.begin > Sight(goal, past=deeds[:-1]).matches.begin
    voided = (*deeds, Past("click", "Void", "", "Void done"))
    assert Sight(goal, past=voided).matches.begin > Sight(goal, past=deeds).matches.begin
