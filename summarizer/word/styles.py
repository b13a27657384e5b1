"""How a run of a Word document looks, as far as that says whether it is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

SMALLEST = 4
"""Half points; smaller letters are not read by anybody."""

_PALE = 232
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_OFF = ("0", "false", "off")


class Styles:
    """The styles of a document, by their names."""

    def __init__(self, sheet: _Element | None) -> None:
        named = sheet.iter(f"{W}style") if sheet is not None else ()
        self._named = {each.get(f"{W}styleId") or "": each for each in named}

    def hides(self, run: _Element) -> bool:
        """Whether a run is not seen: marked as hidden, in letters too small, or in white on white."""
        vanish, size = self._of(run, "vanish"), self._of(run, "sz")
        if vanish is not None and vanish.get(f"{W}val") not in _OFF:
            return True
        if size is not None and (size.get(f"{W}val") or "").isdigit() and int(size.get(f"{W}val") or 0) < SMALLEST:
            return True
        color = self._of(run, "color")
        return color is not None and _is_white(color.get(f"{W}val")) and not self._shaded(run)

    def _of(self, run: _Element, name: str) -> _Element | None:
        """What is set last: by the run itself, its style, or that of its paragraph."""
        for properties in self._properties(run):
            found = properties.find(f"{W}{name}")
            if found is not None:
                return found
        return None

    def _properties(self, run: _Element) -> Iterator[_Element]:
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
            yield from self._chain(own.find(f"{W}rStyle"), "rPr")
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            yield from self._chain(paragraph.find(f"{W}pPr/{W}pStyle"), "rPr")

    def _chain(self, named: _Element | None, part: str) -> Iterator[_Element]:
        """The properties of a style and of those that it is based on."""
        seen: set[str] = set()
        while named is not None and (name := named.get(f"{W}val") or "") in self._named and name not in seen:
            seen.add(name)
            style = self._named[name]
            properties = style.find(f"{W}{part}")
            if properties is not None:
                yield properties
            named = style.find(f"{W}basedOn")

    def _shaded(self, run: _Element) -> bool:
        """Whether something else than white may be behind a run."""
        if any(each.find(f"{W}highlight") is not None for each in self._properties(run)):
            return True
        for each in (run, *run.iterancestors()):
            for part in ("rPr", "pPr", "tcPr"):
                shade = each.find(f"{W}{part}/{W}shd")
                if shade is not None and not _is_white(shade.get(f"{W}fill")) and shade.get(f"{W}fill") != "auto":
                    return True
            if each.tag in (f"{W}tbl", f"{W}txbxContent"):
                return True  # its style or its frame may have a colour
        paragraph = next(run.iterancestors(f"{W}p"), None)
        style = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
        return any(each.find(f"{W}shd") is not None for each in self._chain(style, "pPr"))


def _is_white(written: str | None) -> bool:
    if not written or not _HEX.fullmatch(written):
        return False
    return all(int(written[at : at + 2], 16) >= _PALE for at in (0, 2, 4))
