"""Words as they stand on a page, and lines of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points, from the top left of the page downwards."""


@dataclass(frozen=True, slots=True)
class Style:
    """How letters are drawn.

    Attributes:
        size: of the font as it is seen, in points.
        angle: in quarters of a turn; None for any other.
        color: red, green and blue; None where they are filled with a pattern, or not filled.
        drawn: whether they are drawn at all, and not wholly transparent.
        embedded: whether the file brings its font along.
    """

    size: float
    angle: int | None
    bold: bool
    color: tuple[int, int, int] | None
    drawn: bool
    embedded: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them.

    Attributes:
        glued: whether no blank parts it from the word before it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    style: Style
    glued: bool = False

    @property
    def box(self) -> Box:
        return self.left, self.top, self.right, self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def turned(self, quarters: int) -> Word:
        """The word on a page that is turned back by so many quarters."""
        if not quarters:
            return self
        left, top, right, bottom = self.box
        for _ in range(quarters % 4):
            left, top, right, bottom = -bottom, left, -top, right
        return replace(self, left=left, top=top, right=right, bottom=bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, in the order in which they are read.

    Attributes:
        style: that of most of the letters.
    """

    words: tuple[Word, ...]
    text: str
    style: Style
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, words: Sequence[Word]) -> Line:
        return cls(
            tuple(words),
            "".join(each.text if each.glued or not at else f" {each.text}" for at, each in enumerate(words)),
            _usual(words),
            min(each.left for each in words),
            min(each.top for each in words),
            max(each.right for each in words),
            max(each.bottom for each in words),
        )

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


def _usual(words: Sequence[Word]) -> Style:
    """The style of most letters."""
    first = words[0].style
    if all(each.style is first for each in words):
        return first
    letters: dict[Style, int] = {}
    for each in words:
        letters[each.style] = letters.get(each.style, 0) + len(each.text)
    return max(letters, key=lambda style: letters[style])
