"""Text in the colour of what is behind it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from summarizer.page.styles import Styles

COLORS = ("color", "-webkit-text-fill-color")
BACKGROUNDS = ("background", "background-color", "background-image")

_NEAR = 24
"""Two colours whose red, green and blue are all nearer than this look the same."""

_WHITE = (255, 255, 255)
_NAMED = {
    "white": _WHITE, "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240), "azure": (240, 255, 255),
    "black": (0, 0, 0), "red": (255, 0, 0), "lime": (0, 255, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "navy": (0, 0, 128), "maroon": (128, 0, 0), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211),
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_FUNCTION = re.compile(r"rgba?\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)(?:[\s,/]+([\d.]+%?))?\s*\)")
_WHITES = re.compile(r"hsla?\([^,\s]+[\s,]+[^,\s]+[\s,]+100%\s*\)")
_CLEAR = re.compile(r"\btransparent\b|#[0-9a-f]{3}0\b|#[0-9a-f]{6}0[0-9a-f]\b|a\([^)]*[,/]\s*0?\.?0+%?\s*\)")
_WORD = re.compile(r"[a-z]+")

PALE = re.compile(r"transparent|white|snow|ivory|azure|#[ef]|rgba?\(|hsla?\(")
"""Values of a rule that may make text unseen on a page that is white."""

Color = tuple[int, int, int]


def unseen(element: HtmlElement, styles: Styles) -> bool:
    """Whether the element sets the colour of its text to that of its background."""
    written = next(filter(None, (styles.of(element, name) for name in COLORS)), "") or _attribute(element, "color")
    if not written:
        return False
    if _CLEAR.search(written):
        # Headlines filled with a picture or a gradient are written this way.
        return not any(styles.of(element, name) for name in BACKGROUNDS)
    own = written == _attribute(element, "color") or any(name in styles.attribute(element) for name in COLORS)
    mine, behind = color(written), _behind(element, styles, _WHITE if own or styles.complete else None)
    return bool(mine and behind) and all(abs(a - b) < _NEAR for a, b in zip(mine or (), behind or (), strict=True))


def color(written: str) -> Color | None:
    """The colour that is written, be it among other things; None for none that is known."""
    if found := _HEX.search(written):
        digits = found[1]
        pairs = [digit * 2 for digit in digits[:3]] if len(digits) < 6 else [digits[at : at + 2] for at in (0, 2, 4)]
        return int(pairs[0], 16), int(pairs[1], 16), int(pairs[2], 16)
    if found := _FUNCTION.search(written):
        red, green, blue = (_level(found[at]) for at in (1, 2, 3))
        return red, green, blue
    if _WHITES.search(written):
        return _WHITE
    return next((_NAMED[word] for word in _WORD.findall(written) if word in _NAMED), None)


def _level(written: str) -> int:
    value = float(written.rstrip("%"))
    return round(value * 2.55 if written.endswith("%") else value)


def _behind(element: HtmlElement, styles: Styles, unset: Color | None) -> Color | None:
    """The nearest background that is set; None for a picture.

    `unset` is that of a page which sets none: white, but where a sheet elsewhere may set it along with the colour.
    """
    for each in (element, *element.iterancestors()):
        written = " ".join(filter(None, (styles.of(each, name) for name in BACKGROUNDS)))
        written = written or _attribute(each, "bgcolor")
        if "url(" in written or "gradient" in written:
            return None
        if written and not _CLEAR.search(written) and written not in ("none", "inherit", "initial"):
            return color(written)
    return unset


def _attribute(element: HtmlElement, name: str) -> str:
    return (element.get(name) or "").strip().lower()
