"""The tree of errors: what its picture says is what there is."""

from __future__ import annotations

import re

import pytest

import summarizer
from summarizer import errors
from summarizer.cli import BUG
from summarizer.errors import SummarizerError

_ROW = re.compile(r"^ {4}(?P<lines>[ │├└─]*)(?P<name>[A-Z]\w*Error) +(?P<code>\d+)  (?P<meaning>\S.*)$", re.MULTILINE)


def below(kind: type[SummarizerError]) -> list[type[SummarizerError]]:
    """`kind` and every class under it, in the order of their definition."""
    return [kind, *(each for child in kind.__subclasses__() for each in below(child))]


CLASSES = [each for each in below(SummarizerError) if each.__module__ == errors.__name__]


def drawn() -> list[tuple[str, int, int]]:
    """Name, depth and code of each row of the tree in the docstring."""
    rows = _ROW.finditer(errors.__doc__ or "")
    return [(row["name"], len(row["lines"]) // 4, int(row["code"])) for row in rows]


def test_every_exit_code_stands_for_one_error() -> None:
    codes = [each.exit_code for each in CLASSES]
    assert len(set(codes)) == len(codes)


def test_no_error_exits_like_success_a_bug_or_a_signal() -> None:
    assert all(0 < each.exit_code < BUG for each in CLASSES)


def test_every_error_has_a_kind_of_its_own() -> None:
    kinds = [each.kind for each in CLASSES]
    assert len(set(kinds)) == len(kinds)


def test_every_class_sets_its_own_code_and_kind() -> None:
    assert all({"exit_code", "kind"} <= vars(each).keys() for each in CLASSES)


def test_the_tree_lists_every_class_with_its_code_under_its_parent() -> None:
    depth = {each.__name__: len(each.__mro__) - len(SummarizerError.__mro__) for each in CLASSES}
    assert drawn() == [(each.__name__, depth[each.__name__], each.exit_code) for each in CLASSES]


def test_the_tree_is_read_at_all() -> None:
    """Should its form change, the comparison above must not compare nothing."""
    assert len(drawn()) >= 19


def test_every_error_can_be_imported_from_the_package() -> None:
    assert {each.__name__ for each in CLASSES} <= set(summarizer.__all__)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_error_holds_its_message_and_its_tip(kind: type[SummarizerError]) -> None:
    error = kind("It failed.", tip="Try again.")
    assert (str(error), error.message, error.tip) == ("It failed.", "It failed.", "Try again.")
    assert kind("It failed.").tip == ""
