"""The numbers of some records in order, so that one more or one less copies next to nothing.

An immutable sorted list in blocks: adding or taking away a number copies one block and the list of
blocks, so it takes microseconds at a hundred thousand numbers, and older versions stay as they
were. The store keeps one for each record type and one for each value of a field it was asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import overload

BLOCK = 256
_first = itemgetter(0)


class Roll(Sequence[int]):
    """Whole numbers, each once, smallest first."""

    __slots__ = ("_blocks", "_size")

    def __init__(self, ascending: Iterable[int] = ()) -> None:
        """Makes a roll of numbers that are in order already."""
        numbers = tuple(ascending)
        self._size = len(numbers)
        self._blocks = tuple(numbers[i : i + BLOCK] for i in range(0, len(numbers), BLOCK))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[int]:
        return iter(self._blocks[0]) if len(self._blocks) == 1 else chain(*self._blocks)

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and number in self._around(number)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        """Returns a number by its place, or several; time grows with the blocks before it."""
        if isinstance(place, slice):
            start, stop, step = place.indices(self._size)
            if step != 1:
                return list(self)[place]
            return list(islice(self._from(start), max(0, stop - start)))
        at = place + self._size if place < 0 else place
        if not 0 <= at < self._size:
            raise IndexError(place)
        return next(self._from(at))

    def __repr__(self) -> str:
        return f"Roll({list(self)})"

    def plus(self, number: int) -> Roll:
        """Returns a roll with one more number; itself if it has the number already."""
        blocks = self._blocks
        if not blocks or number > blocks[-1][-1]:
            if blocks and len(blocks[-1]) < BLOCK:
                return _made((*blocks[:-1], (*blocks[-1], number)), self._size + 1)
            return _made((*blocks, (number,)), self._size + 1)
        at = self._block(number)
        block = blocks[at]
        inside = bisect_left(block, number)
        if inside < len(block) and block[inside] == number:
            return self
        block = (*block[:inside], number, *block[inside:])
        half = len(block) // 2
        parts = (block,) if len(block) <= 2 * BLOCK else (block[:half], block[half:])
        return _made((*blocks[:at], *parts, *blocks[at + 1 :]), self._size + 1)

    def minus(self, number: int) -> Roll:
        """Returns a roll without a number; itself if it does not have the number."""
        if number not in self:
            return self
        blocks, at = self._blocks, self._block(number)
        inside = bisect_left(blocks[at], number)
        rest = (*blocks[at][:inside], *blocks[at][inside + 1 :])
        return _made((*blocks[:at], *((rest,) if rest else ()), *blocks[at + 1 :]), self._size - 1)

    def _block(self, number: int) -> int:
        """Returns the place of the block that a number is in, or would be."""
        if len(self._blocks) == 1:
            return 0
        return max(0, bisect_right(self._blocks, number, key=_first) - 1)

    def _around(self, number: int) -> tuple[int, ...]:
        block = self._blocks[self._block(number)] if self._blocks else ()
        at = bisect_left(block, number)
        return block[at : at + 1]

    def _from(self, start: int) -> Iterator[int]:
        for place, block in enumerate(self._blocks):
            if start < len(block):
                return chain(block[start:], chain.from_iterable(self._blocks[place + 1 :]))
            start -= len(block)
        return iter(())


def _made(blocks: tuple[tuple[int, ...], ...], size: int) -> Roll:
    roll = Roll.__new__(Roll)
    roll._blocks, roll._size = blocks, size
    return roll


NOBODY = Roll()
