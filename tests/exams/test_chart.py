from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from palaestra.exams.chart import BOTTOM, HEIGHT, TOP, WIDTH, Series, chart

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
    words = [t.text for t in figure.iter("text")]
    assert words[:5] == ["0%", "25%", "50%", "75%", "100%"]
    assert words[-1] == "round"
    assert not any("raw" in p.attrib["class"] for p in figure.iter("path"))


def test_a_long_line_is_a_running_mean_of_what_is_drawn_behind_it():
    points = tuple((float(x), float(x % 2)) for x in range(100))
    figure = ElementTree.fromstring(chart("Up and down", [Series("a", points)], x_label="round"))
    drawn = {p.attrib["class"].split()[0]: p.attrib["d"] for p in figure.iter("path")}
    ups = {
        name: {float(place.split()[1]) for place in drawn[name][1:].split("L")[5:-5]}
        for name in ("raw", "line")
    }
    spans = {name: max(downs) - min(downs) for name, downs in ups.items()}
    assert spans["line"] < spans["raw"] / 3


def test_parts_of_a_whole_are_piled_up_to_the_whole():
    shares = [
        Series("create", ((0.0, 0.5), (1.0, 0.25), (2.0, 0.3))),
        Series("update", ((0.0, 0.5), (2.0, 0.2))),
        Series("delete", ((1.0, 0.75), (2.0, 0.5))),
    ]
    figure = ElementTree.fromstring(chart("Kinds", shares, x_label="round", share=True))
    areas = [p for p in figure.iter("path") if "area" in p.attrib["class"]]
    assert [area[0].text for area in areas] == ["create", "update", "delete"]
    edges = [
        [tuple(map(float, place.split())) for place in area.attrib["d"][1:-1].split("L")]
        for area in areas
    ]
    assert edges[0][:3] == edges[1][:2:-1]
    assert edges[1][:3] == edges[2][:2:-1]
    assert {down for _, down in edges[2][:3]} == {TOP}
    assert {down for _, down in edges[0][3:]} == {HEIGHT - BOTTOM}
    others = [Series("a", ((0.0, 0.5), (1.0, 0.6))), Series("b", ((0.0, 0.5), (1.0, 0.6)))]
    assert "area" not in chart("No whole", others, x_label="round", share=True)
    assert "<p>Look &amp; see</p>" in chart("N", others, x_label="x", note="Look & see")
