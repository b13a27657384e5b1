"""What a page's own style sheets and style attributes declare for an element; sheets elsewhere are not fetched.

Simple rules are understood: those outside of conditions (`@media print`, `@supports`), of a selector that
`cssselect` knows. The cascade is followed: importance, attribute before rule, specificity, order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cssselect import HTMLTranslator, SelectorError, parse
from cssselect.parser import Selector
from lxml.etree import XPath, XPathError
from lxml.html import HtmlElement

MOST_RULES = 20_000

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_BRACE = re.compile(r"[{}]")
_WITHOUT_CONDITION = re.compile(r"@(?:layer\b|media\s*(?:only\s+)?(?:screen|all)\s*$|media\s*$)", re.IGNORECASE)
_SUBJECT = re.compile(r"[^\s>+~]+$")
_NAMED = re.compile(r"([.#])((?:[\w-]|[^\x00-\x7f])+)")
_TAG = re.compile(r"[a-zA-Z][\w-]*")

Declared = dict[str, tuple[bool, str]]
"""Whether a property is important, and its value, in lower case."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector, what is declared for it, and what ranks it among others.

    Attributes:
        key: a class, an id or a tag that an element must have to be selected; `*` where that is not plain.
    """

    selector: Selector
    key: str
    declared: Declared
    weight: tuple[int, ...]


class Styles:
    """The declarations of a page for some properties.

    Attributes:
        complete: whether the page has no style sheet elsewhere.
    """

    def __init__(self, tree: HtmlElement, properties: frozenset[str]) -> None:
        self._tree = tree
        self._properties = properties
        self._known = _names(tree)
        self.complete = not any("stylesheet" in rel.lower() for rel in tree.xpath("//link/@rel"))
        self._found: dict[int, frozenset[HtmlElement]] = {}
        self._rules: dict[str, dict[str, list[Rule]]] = {name: {} for name in properties}
        for rule in self._read():
            for name in rule.declared:
                self._rules[name].setdefault(rule.key, []).append(rule)
        self._attributes: dict[str, Declared] = {}

    def of(self, element: HtmlElement, name: str) -> str:
        """What is declared for an element itself; empty where nothing is."""
        own = self.attribute(element).get(name)
        best: tuple[tuple[bool, bool, tuple[int, ...]], str] | None = None
        if own:
            best = ((own[0], True, ()), own[1])
        rules = self._rules[name]
        for rule in (each for key in _keys(element) for each in rules.get(key, ())) if rules else ():
            important, value = rule.declared[name]
            rank = (important, False, rule.weight)
            if (best is None or rank > best[0]) and element in self._of(rule):
                best = (rank, value)
        return best[1] if best else ""

    def attribute(self, element: HtmlElement) -> Declared:
        """What the element's own `style` declares."""
        written = element.get("style")
        if not written:
            return {}
        if written not in self._attributes:
            self._attributes[written] = _declarations(_plain(written), self._properties)
        return self._attributes[written]

    def touched(self, name: str, value: re.Pattern[str]) -> Iterator[HtmlElement]:
        """The elements for which a rule declares such a value, whether or not it wins."""
        for rules in self._rules[name].values():
            for rule in rules:
                if value.search(rule.declared[name][1]):
                    yield from self._of(rule)

    def _of(self, rule: Rule) -> frozenset[HtmlElement]:
        key = id(rule)
        if key not in self._found:
            self._found[key] = frozenset(self._select(rule))
        return self._found[key]

    def _select(self, rule: Rule) -> Iterable[HtmlElement]:
        try:
            found = XPath(HTMLTranslator().selector_to_xpath(rule.selector))(self._tree)
        except (SelectorError, XPathError):  # of a kind that cssselect does not know
            return ()
        return found if isinstance(found, list) else ()

    def _read(self) -> Iterator[Rule]:
        order = 0
        for sheet in self._tree.iter("style"):
            for selectors, block in _rules(_plain(sheet.text or "")):
                declared = _declarations(block, self._properties)
                if not declared:
                    continue
                for written in selectors.split(","):
                    order += 1
                    if order > MOST_RULES:
                        return
                    yield from self._rule(written.strip(), declared, order)

    def _rule(self, written: str, declared: Declared, order: int) -> Iterator[Rule]:
        if not all(mark + name in self._known for mark, name in _NAMED.findall(_positive(written))):
            return
        try:
            selectors = parse(written)
        except SelectorError:
            return
        for each in selectors:
            if not each.pseudo_element:
                yield Rule(each, _key(written), declared, (*each.specificity(), order))


def _names(tree: HtmlElement) -> set[str]:
    classes = {f".{name}" for value in set(tree.xpath("//@class")) for name in value.split()}
    return classes | {f"#{value.strip()}" for value in tree.xpath("//@id")}


def _positive(selector: str) -> str:
    """A selector without what it excludes."""
    return re.sub(r":not\([^)]*\)", "", selector)


def _key(selector: str) -> str:
    """What the last part of a selector names first: class or id, else its tag."""
    subject = _SUBJECT.search(_positive(selector))
    if subject is None:
        return "*"
    tag = _TAG.match(subject[0])
    return next((mark + name for mark, name in _NAMED.findall(subject[0])), tag[0].lower() if tag else "*")


def _keys(element: HtmlElement) -> Iterator[str]:
    yield "*"
    yield str(element.tag)
    if name := element.get("id"):
        yield f"#{name.strip()}"
    for name in set((element.get("class") or "").split()):
        yield f".{name}"


def _plain(css: str) -> str:
    """Style text without comments and escapes, behind which a keyword could hide."""

    def character(escape: re.Match[str]) -> str:
        code = int(escape[1], 16) if escape[1] else 0
        return (chr(code) if 0 < code < 0x110000 else "") if escape[1] else escape[2]

    return _ESCAPE.sub(character, _COMMENT.sub(" ", css))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The selectors and the block of each rule that stands under no condition."""
    start, unconditional, opened = 0, [True], [""]
    for brace in _BRACE.finditer(css):
        before = css[start : brace.start()]
        start = brace.end()
        if brace[0] == "{":
            head = before.rpartition(";")[2].strip()
            opened.append(head)
            unconditional.append(unconditional[-1] and (head[:1] != "@" or bool(_WITHOUT_CONDITION.match(head))))
        elif len(opened) > 1:
            head, plain = opened.pop(), unconditional.pop()
            if plain and head[:1] != "@":
                yield head, before


def _declarations(block: str, wanted: frozenset[str]) -> Declared:
    found: Declared = {}
    for each in block.split(";"):
        name, colon, value = each.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if not colon or name not in wanted:
            continue
        plain, mark, _ = value.partition("!")
        if mark or not found.get(name, (False, ""))[0]:
            found[name] = (bool(mark), plain.strip())
    return found
