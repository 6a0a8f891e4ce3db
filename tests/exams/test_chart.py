from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from palaestra.exams.chart import HEIGHT, WIDTH, Series, chart

numbers = st.floats(-1e12, 1e12).filter(lambda y: y == 0 or abs(y) > 1e-6)


@given(st.lists(st.tuples(st.floats(0, 1e6), numbers), max_size=900), st.booleans())
def test_every_line_stays_inside_the_figure(points: list[tuple[float, float]], share: bool):
    drawn = chart("Loss & <co>", [Series("a<b", tuple(sorted(points)))], x_label="x", share=share)
    if not points:
        assert drawn == ""
        return
    figure = ElementTree.fromstring(drawn)
    path = next(p.attrib["d"] for p in figure.iter("path") if "line" in p.attrib["class"].split())
    places = [tuple(map(float, place.split())) for place in path[1:].split("L")]
    assert len(places) <= 402
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)


def test_higher_is_higher_and_the_legend_tells_the_last_value():
    drawn = chart(
        "Success",
        [Series("up", ((0, 0.0), (1, 0.973))), Series("none", ())],
        x_label="round",
        share=True,
    )
    figure = ElementTree.fromstring(drawn)
    path = next(p.attrib["d"] for p in figure.iter("path") if "line" in p.attrib["class"].split())
    (x0, y0), (x1, y1) = (map(float, place.split()) for place in path[1:].split("L"))
    assert x0 < x1
    assert y0 > y1
    entries = ["".join(entry.itertext()) for entry in figure.iter("li")]
    assert entries == ["up 97.3%"]
    assert [t.text for t in figure.iter("text")][:5] == ["0%", "25%", "50%", "75%", "100%"]
