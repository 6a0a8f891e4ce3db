"""Charts as inline SVG: lines, or shares of a whole piled up; readable in light and in dark.

Colours come from the page's style sheet (classes `line-1` to `line-8`), so a chart follows the
reader's theme. It draws; it does not decide what is worth drawing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 480, 250
LEFT, RIGHT, TOP, BOTTOM = 50, 14, 10, 40
COLOURS = 8
MOST_POINTS = 400
TICKS = 4
SMOOTHED_FROM = 20
"""Points from which on a line is drawn as a running mean, and what it is the mean of behind it."""
WHOLE = 0.02
"""How far from 1 the sum of shares may be that are drawn as parts of a whole."""

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Series:
    """One line.

    Attributes:
        name: What the legend calls it.
        points: (x, y), x ascending, all finite.
    """

    name: str
    points: Points


@dataclass(frozen=True)
class _Frame:
    """The axes: what they span, and where on the drawing a value is."""

    x0: float
    x1: float
    y_ticks: tuple[float, ...]
    share: bool

    @classmethod
    def around(cls, drawn: Sequence[Series], top: float, *, share: bool) -> _Frame:
        xs = [x for s in drawn for x, _ in s.points]
        low = min(0.0, *(y for s in drawn for _, y in s.points))
        whole = share and low == 0 and 0.5 < top <= 1
        ticks = [0.0, 0.25, 0.5, 0.75, 1.0] if whole else _ticks(low, top)
        x0 = min(0.0, *xs)
        return cls(x0, max(max(xs), x0 + 1e-9), tuple(ticks), share)

    def place(self, x: float, y: float) -> tuple[float, float]:
        low, high = self.y_ticks[0], self.y_ticks[-1]
        across = (x - self.x0) / (self.x1 - self.x0)
        up = (y - low) / (high - low)
        right, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
        return LEFT + across * right, HEIGHT - BOTTOM - up * down

    def path(self, points: Sequence[tuple[float, float]]) -> str:
        spots = (self.place(x, y) for x, y in points)
        return "L".join(f"{across:.1f} {down:.1f}" for across, down in spots)

    def axes(self, x_label: str) -> str:
        floor = HEIGHT - BOTTOM
        parts = []
        for y in self.y_ticks:
            _, down = self.place(self.x0, y)
            label = f"{y:.0%}" if self.share else _number(y)
            parts.append(f'<path class="grid" d="M{LEFT} {down:.1f}H{WIDTH - RIGHT}"/>')
            parts.append(f'<text x="{LEFT - 7}" y="{down + 4:.1f}" class="y">{label}</text>')
        for x in _ticks(self.x0, self.x1):
            if self.x0 <= x <= self.x1:
                across, _ = self.place(x, self.y_ticks[0])
                parts.append(f'<path class="tick" d="M{across:.1f} {floor}v4"/>')
                parts.append(
                    f'<text x="{across:.1f}" y="{floor + 17}" class="x">{_number(x)}</text>'
                )
        middle = (LEFT + WIDTH - RIGHT) / 2
        parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{floor}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{middle}" y="{HEIGHT - 6}" class="x">{escape(x_label)}</text>')
        return "".join(parts)


def chart(
    title: str, series: Sequence[Series], *, x_label: str, share: bool = False, note: str = ""
) -> str:
    """Draws a figure with its legend; "" where there is nothing to draw.

    Args:
        title: Caption above it.
        series: Lines; those without points are left out. Shares that sum to 1 are piled up.
        x_label: What x is.
        share: Whether y is a share, told in percent.
        note: What to look for, in a sentence.
    """
    drawn = [s for s in series if s.points]
    if not drawn:
        return ""
    if share and _is_whole(drawn):
        top = 1.0
        frame = _Frame.around(drawn, top, share=True)
        inside = _piled(drawn, frame)
    else:
        top = max(y for s in drawn for _, y in s.points)
        frame = _Frame.around(drawn, top, share=share)
        inside = "".join(_line(place, one, frame) for place, one in enumerate(drawn))
    said = ", ".join(f"{s.name} ends at {_told(s.points[-1][1], share=share)}" for s in drawn)
    about = f"<p>{escape(note)}</p>" if note else ""
    return (
        f'<figure class="chart"><figcaption>{escape(title)}</figcaption>{about}'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(f"{title}: {said}")}">'
        f"{frame.axes(x_label)}{inside}</svg>{_legend(drawn, share=share)}</figure>"
    )


def _line(place: int, one: Series, frame: _Frame) -> str:
    colour = _colour(place)
    points = _thinned(one.points)
    mean = _running_mean(points)
    raw = f'<path class="raw {colour}" d="M{frame.path(points)}"/>' if mean != points else ""
    across, down = frame.place(*mean[-1])
    return (
        f'{raw}<path class="line {colour}" d="M{frame.path(mean)}">'
        f"<title>{escape(one.name)}</title></path>"
        f'<circle class="dot {colour}" cx="{across:.1f}" cy="{down:.1f}" r="3"/>'
    )


def _is_whole(drawn: Sequence[Series]) -> bool:
    """Says whether the lines are parts of a whole at every x."""
    sums: dict[float, float] = {}
    for one in drawn:
        for x, y in one.points:
            sums[x] = sums.get(x, 0.0) + y
    return len(drawn) > 1 and len(sums) > 1 and all(abs(s - 1) <= WHOLE for s in sums.values())


def _piled(drawn: Sequence[Series], frame: _Frame) -> str:
    """Draws parts of a whole, the first at the bottom; a part that is missing somewhere is 0."""
    every = tuple(sorted({x for one in drawn for x, _ in one.points}))
    xs = [x for x, _ in _thinned(tuple((x, 0.0) for x in every))]
    floor = [0.0] * len(xs)
    parts = []
    for place, one in enumerate(drawn):
        at = dict(one.points)
        top = [min(1.0, low + at.get(x, 0.0)) for low, x in zip(floor, xs, strict=True)]
        edge = [*zip(xs, top, strict=True), *reversed(list(zip(xs, floor, strict=True)))]
        parts.append(
            f'<path class="area {_colour(place)}" d="M{frame.path(edge)}Z">'
            f"<title>{escape(one.name)}</title></path>"
        )
        floor = top
    return "".join(parts)


def _legend(drawn: Sequence[Series], *, share: bool) -> str:
    entries = []
    for place, one in enumerate(drawn):
        value = _told(one.points[-1][1], share=share)
        swatch = f'<i class="swatch {_colour(place)}"></i>'
        entries.append(f"<li>{swatch}{escape(one.name)} <b>{value}</b></li>")
    return f'<ul class="legend">{"".join(entries)}</ul>'


def _colour(place: int) -> str:
    return f"line-{place % COLOURS + 1}"


def _told(value: float, *, share: bool) -> str:
    return f"{value:.1%}" if share else _number(value)


def _running_mean(points: Points) -> Points:
    """Returns means of neighbours, as many as a line of this length needs; short ones stay."""
    reach = len(points) // SMOOTHED_FROM
    if not reach:
        return points
    means = []
    for place, (x, _) in enumerate(points):
        near = min(reach, place, len(points) - 1 - place)
        around = points[place - near : place + near + 1]
        means.append((x, sum(y for _, y in around) / len(around)))
    return tuple(means)


def _thinned(points: Points) -> Points:
    """Leaves out points that no reader could tell apart; the last one stays."""
    stride = math.ceil(len(points) / MOST_POINTS)
    return points if stride == 1 else (*points[:-1:stride], points[-1])


def _ticks(low: float, high: float) -> list[float]:
    """Returns round numbers that enclose a range."""
    if high <= low:
        high = low + 1.0
    rough = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step), math.ceil(high / step - 1e-9)
    return [i * step for i in range(first, last + 1)]


def _number(value: float) -> str:
    """Writes a number shortly: 12,300 is "12.3k"."""
    size = abs(value)
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if size >= limit:
            return f"{value / limit:.3g}{unit}"
    return f"{value:.3g}"
