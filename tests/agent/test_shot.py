"""Pictures leave out what is hidden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palaestra.agent.shot import HEIGHT, MARGIN, WIDTH, around
from palaestra.browser import Box

NUMBERS = st.floats(-200, 1500, allow_nan=False)
BOXES = st.builds(Box, NUMBERS, NUMBERS, st.floats(1, 400), st.floats(1, 400))


def test_without_anything_hidden_it_is_one_piece():
    assert around([]) == [Box(0, 0, WIDTH, HEIGHT)]


@given(st.lists(BOXES, max_size=5), st.floats(0, WIDTH - 1), st.floats(0, HEIGHT - 1))
def test_every_point_is_shown_once_or_hidden(hidden: list[Box], x: float, y: float):
    def within(box: Box, margin: float = 0.0) -> bool:
        return (
            box.x - margin <= x < box.x + box.width + margin
            and box.y - margin <= y < box.y + box.height + margin
        )

    shown = sum(map(within, around(hidden)))
    assert shown == (0 if any(within(box, MARGIN) for box in hidden) else 1)
