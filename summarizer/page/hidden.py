"""What a page holds and does not show: taken out before anything reads it, and counted.

Hidden is what stands in elements that browsers do not show, has the attribute `hidden`, or is styled away: not
displayed, invisible, transparent, of no size, off the screen, or in the colour of its background. Comments, and
the texts that stand for pictures, are not shown either. Styles come from attributes and simple rules of the
page itself; what a script would hide or show later is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import Comment, ProcessingInstruction, strip_elements
from lxml.html import HtmlElement

from summarizer.content import Hidden
from summarizer.page.colors import BACKGROUNDS, COLORS, PALE, unseen
from summarizer.page.styles import Styles

_NEVER_SHOWN = frozenset(
    {"template", "noscript", "datalist", "canvas", "audio", "video", "iframe", "object", "noframes"}
)
_NO_TEXT = frozenset({"script", "style", "head", "meta", "link", "title"})
_ALWAYS_SHOWN = frozenset({"html", "body"})
_TEXTS = ("alt", "title", "aria-label", "data-caption")

_ZERO = r"(?:0*\.?0+(?:px|r?em|%|pt|ex|ch|v[hw])?)"
# Nearer than this, text is moved for its looks; and percentages are those of layouts, but for what is placed.
_FAR = r"-(?:[5-9]\d\d|\d{4,})(?:\.\d+)?(?:px|pt)|-(?:[3-9]\d|\d{3,})(?:\.\d+)?r?em"
_OUT = rf"{_FAR}|-\d{{3,}}(?:%|v[hw])"
_HIDING = {
    "display": r"^none$",
    "visibility": r"^(?:hidden|collapse)$",
    "content-visibility": r"^hidden$",
    "opacity": rf"^(?:{_ZERO}|0?\.0\d*)$",
    "font-size": rf"^(?:{_ZERO}|[01](?:\.\d+)?px|0?\.0\d*(?:r?em|%)?)$",
    "font": rf"(?:^|\s){_ZERO}(?:/\S+)?\s",
    "text-indent": rf"^(?:{_OUT})",
    "left": rf"^(?:{_OUT})", "right": rf"^(?:{_OUT})", "top": rf"^(?:{_OUT})", "bottom": rf"^(?:{_OUT})",
    "margin-left": rf"^(?:{_FAR})", "margin-top": rf"^(?:{_FAR})",
    "clip": r"^rect\(\s*(?:[01](?:px)?[\s,]*){4}\)$",
    "clip-path": r"^(?:inset\(\s*(?:100|[5-9]\d)(?:\.\d+)?%|circle\(\s*0|polygon\([0px,\s]+\))",
    "transform": rf"scale[xy]?\(\s*{_ZERO}\s*[,)]|translate[xy]?\([^)]*(?:{_FAR})",
    "height": rf"^(?:{_ZERO}|1px)$", "max-height": rf"^(?:{_ZERO}|1px)$",
    "width": rf"^(?:{_ZERO}|1px)$", "max-width": rf"^(?:{_ZERO}|1px)$",
}  # fmt: skip
_PATTERNS = {name: re.compile(pattern) for name, pattern in _HIDING.items()}
_PLACED = frozenset({"left", "right", "top", "bottom"})
_SIZED = frozenset({"height", "max-height", "width", "max-width"})
_ASKED = frozenset({*_HIDING, *COLORS, *BACKGROUNDS, "position", "overflow", "overflow-x", "overflow-y"})

_REMOVED = "removed"
_TAGS = re.compile(r"<[^>]*>")
_SMUGGLED = re.compile(r"(?<![\U0001F3F4\U000E0020-\U000E007F])[\U000E0000-\U000E007F]+")


def remove(tree: HtmlElement) -> Hidden:
    """Takes out of a page what it does not show, and says how much that was."""
    found = Hidden()
    removed: set[HtmlElement] = set()
    for node in list(tree.iter(Comment, ProcessingInstruction)):
        found += Hidden.of(_TAGS.sub(" ", node.text or ""))
    styles = Styles(tree, _ASKED)
    for element in list(_unshown(tree, styles)):
        if not any(each in removed for each in element.iterancestors()):
            removed.add(element)
            found += Hidden.of(_text(element))
            element.tail = f" {element.tail or ''}"  # it may have parted words
            element.tag = _REMOVED
    # All at once: one after the other takes the square of their number.
    strip_elements(tree, _REMOVED, Comment, ProcessingInstruction, with_tail=False)
    for element in tree.xpath("//*[@style or @aria-hidden]"):
        # What is left is shown, and nothing behind this shall guess otherwise.
        element.attrib.pop("style", None)
        element.attrib.pop("aria-hidden", None)
    return found + _texts(tree) + _smuggled(tree)


def _text(element: HtmlElement) -> str:
    return " ".join(each for each in element.xpath(".//text()[not(ancestor::script or ancestor::style)]"))


def _unshown(tree: HtmlElement, styles: Styles) -> Iterator[HtmlElement]:
    """The elements to take out, those around others first."""
    suspects = _suspects(tree, styles)
    for element in tree.iter():
        tag = element.tag
        if tag in _NO_TEXT or tag in _ALWAYS_SHOWN or not isinstance(tag, str):
            continue
        if (
            tag in _NEVER_SHOWN
            or element.get("hidden") is not None
            or (tag == "dialog" and element.get("open") is None)
            or (element in suspects and (_styled_away(element, styles) or unseen(element, styles)))
        ):
            yield element


def _suspects(tree: HtmlElement, styles: Styles) -> set[HtmlElement]:
    """The elements that an attribute or a rule may hide."""
    found = set(tree.xpath("//*[@style] | //font[@color]"))
    for name, pattern in _PATTERNS.items():
        found.update(styles.touched(name, pattern))
    for name in COLORS:
        found.update(styles.touched(name, PALE))
    return found


def _styled_away(element: HtmlElement, styles: Styles) -> bool:
    away = {name for name, pattern in _PATTERNS.items() if pattern.search(styles.of(element, name))}
    if away & _PLACED and styles.of(element, "position") not in ("absolute", "fixed", "relative"):
        away -= _PLACED
    if away & _SIZED and not any(
        "hidden" in styles.of(element, name) for name in ("overflow", "overflow-x", "overflow-y")
    ):
        away -= _SIZED
    return bool(away)


def _texts(tree: HtmlElement) -> Hidden:
    """What stands for pictures and links, or explains them: it goes, so that nothing takes it for the article's."""
    found = Hidden()
    for name in _TEXTS:
        for element in tree.xpath(f"//body//*[@{name}]"):
            found += Hidden.of(element.attrib.pop(name))
    return found


def _smuggled(tree: HtmlElement) -> Hidden:
    """Letters of Unicode's tags block, which no font shows; as the ends of flags they stay."""
    found = Hidden()
    for element in tree.iter():
        for part in ("text", "tail"):
            written = getattr(element, part)
            if written and _SMUGGLED.search(written):
                gone = "".join(_SMUGGLED.findall(written))
                found += Hidden(len(gone), 1)
                setattr(element, part, _SMUGGLED.sub("", written))
    return found
