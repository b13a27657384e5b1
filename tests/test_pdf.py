"""PDFs: in which order they are read, what of them is text, and what they hide."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import Source, SourceError

pytest.importorskip("pypdfium2", reason="pip install 'summarizer[pdf]'")

import itertools

from pdfs import (
    A4,
    CAUSE,
    LEAD,
    SECRET,
    STORY,
    drawn,
    lines,
    sheets,
    story,
    stream,
)

from summarizer.pdf.extraction import extract

SHOWN = lines(" ".join(STORY))


def text(raw: bytes) -> str:
    """In this process: what a child does to a file, without the time that it takes to start one."""
    found: str = extract(raw)["text"]
    return found


# the way in


def test_a_pdf_is_read_as_its_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "ferry.pdf"
    path.write_bytes(story(title="The ferry Mira aground", author="Ina Holt", lang="en-GB"))
    source = Source.read(path)
    assert source.text == "\n\n".join(STORY)
    assert (source.media_type, source.name, source.encoding) == ("application/pdf", str(path), None)
    assert (source.title, source.author, str(source.published)) == ("The ferry Mira aground", "Ina Holt", "2026-03-11")
    assert source.language == "en"
    assert source.pages == ((0, 1),)


def test_a_pdf_is_known_by_how_it_begins_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_bytes(story())
    assert Source.read(path).media_type == "application/pdf"


def test_what_the_caller_knows_counts_before_what_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "ferry.pdf"
    path.write_bytes(story(title="The ferry Mira aground", lang="en"))
    source = Source.read(path, title="Mira", published="2026-03-12", author="Per Ask", language="de")
    assert (source.title, str(source.published), source.author, source.language) == (
        "Mira",
        "2026-03-12",
        "Per Ask",
        "de",
    )


def test_without_the_library_an_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "ferry.pdf"
    path.write_bytes(story())
    monkeypatch.setattr("summarizer.pdf.find_spec", lambda _: None)
    with pytest.raises(SourceError, match="needs pypdfium2") as refusal:
        Source.read(path)
    assert refusal.value.tip == "pip install 'summarizer[pdf]'"


def test_nothing_that_parses_is_imported_on_this_side() -> None:
    import subprocess

    code = (
        "import sys, summarizer.source; print([each for each in sys.modules if each.startswith(('pypdfium', 'lxml'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


# the order in which it is read


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("align", ["J", "L"])
def test_columns_are_read_one_after_the_other(columns: int, align: str) -> None:
    assert text(story(STORY * 4, columns=columns, align=align)).split("\n\n") == list(STORY * 4)


def test_columns_are_read_one_after_the_other_where_the_file_draws_across_them() -> None:
    """As programs do that write each height of the page once."""
    one, other = (" ".join(STORY[:2]), " ".join(STORY[2:]))
    left, right = (lines(each, x, width=40).splitlines() for each, x in ((one, 60), (other, 320)))
    rows = "\n".join(
        f"BT /F1 10 Tf 60 {700 - 12 * at} Td {a.removesuffix(' T*')} ET BT /F1 10 Tf 320 {700 - 12 * at} Td {b.removesuffix(' T*')} ET"
        for at, (a, b) in enumerate(zip(left[1:-1], right[1:-1], strict=False))
    )
    found = text(drawn(rows))
    assert found.startswith(LEAD)
    assert CAUSE in found
    assert found.index("Ina Holt") < found.index("hydraulic")


def test_what_goes_across_the_columns_parts_what_is_above_from_what_is_below() -> None:
    above, below = (
        story(STORY, columns=2),
        lines("Across the page stands this heading of the second part of it", 60, 400, size=18),
    )
    assert above
    page = (
        lines(" ".join(STORY[:2]), 60, 700, width=42)
        + lines(" ".join(STORY[2:]), 320, 700, width=42)
        + below
        + lines(" ".join(STORY[:2]), 60, 360, width=42)
        + lines(" ".join(STORY[2:]), 320, 360, width=42)
    )
    found = text(drawn(page))
    order = [found.index("ran aground"), found.index("hydraulic"), found.index("Across"), found.rindex("ran aground")]
    assert order == sorted(order)
    assert found.rindex("ran aground") < found.rindex("hydraulic")


def test_the_rows_of_a_table_are_read_across() -> None:
    rows = [
        ("Port", "Ferries", "Hurt"),
        ("Halden", "12", "3"),
        ("Quay Island", "4", "0"),
        ("Velin", "9", "1"),
        ("Brask", "2", "0"),
    ]
    cells = "".join(
        f"BT /F1 10 Tf {60 + 150 * column} {400 - 14 * row} Td ({cell}) Tj ET\n"
        for row, each in enumerate(rows)
        for column, cell in enumerate(each)
    )
    found = text(drawn(SHOWN + cells))
    assert "Halden 12 3" in found
    assert "Quay Island 4 0" in found


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    found = extract(story(STORY * 9, columns=2, size=12))
    assert found["text"].split("\n\n") == list(STORY * 9)
    assert [number for _, number in found["pages"]] == [1, 2]


def test_the_page_of_every_stretch_of_the_text_is_known() -> None:
    source = Source.from_bytes(sheets([STORY[:2], STORY[2:], STORY[:1]]), name="report.pdf")
    bounds = [*(start for start, _ in source.pages), len(source.text)]
    stretches = [source.text[a:b].strip() for a, b in itertools.pairwise(bounds)]
    assert stretches == ["\n\n".join(STORY[:2]), "\n\n".join(STORY[2:]), LEAD]
    assert [number for _, number in source.pages] == [1, 2, 3]


def test_a_turned_page_is_read_like_any_other() -> None:
    sideways = "q 0 1 -1 0 595 0 cm " + lines(" ".join(STORY), 60, 500) + "Q"
    assert text(drawn(sideways)) == text(drawn(SHOWN))
    assert text(drawn(SHOWN, page="/Rotate 90")) == text(drawn(SHOWN))


def test_a_watermark_across_the_page_is_left_out() -> None:
    mark = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (DRAFT) Tj ET\n"
    assert text(drawn(mark + SHOWN)) == text(drawn(SHOWN))


# what is furniture


def test_running_heads_and_numbers_of_pages_are_left_out() -> None:
    assert text(sheets([STORY[:2], STORY[2:], STORY[:2]])).split("\n\n") == [*STORY, *STORY[:2]]


def test_a_line_that_stands_on_one_page_alone_stays() -> None:
    head = lines("A line at the very top of the page", 60, 800)
    assert "A line at the very top" in text(drawn(head + SHOWN, SHOWN, SHOWN))


@pytest.mark.parametrize("number", ["7", "- 7 -", "Page 7 of 9", "7/9", "vii"])
def test_the_number_of_a_single_page_is_left_out(number: str) -> None:
    assert text(drawn(SHOWN + lines(number, 290, 30))) == text(drawn(SHOWN))


def test_numbers_that_refer_to_notes_are_left_out() -> None:
    raised = (
        "BT /F1 10 Tf 60 500 Td (The line had burst) Tj /F1 6 Tf 4 Ts (12) Tj /F1 10 Tf 0 Ts ( in the night.) Tj ET\n"
    )
    assert "The line had burst in the night." in text(drawn(SHOWN + raised))


# words at the ends of lines


def rows(*said: str) -> bytes:
    return drawn(
        SHOWN + "".join(f"BT /F1 10 Tf 60 {400 - 12 * at} Td ({each}) Tj ET\n" for at, each in enumerate(said))
    )


@pytest.mark.parametrize(
    ("one", "other", "mended"),
    [
        ("and then the govern-", "ment of the island, which had met at noon on that day,", "the government of"),
        ("and then the har-", "bour was closed by the men who had opened it before,", "the harbour was"),
        ("it was a Franco-", "German ship, which had been built for the northern lines,", "Franco-German ship"),
        ("in the years 2019-", "2020 no ship of the line had been examined at all,", "2019-2020 no ship"),
        (
            "it said at noon of that day, and to everybody, on https://quay.example/",
            "ferry that all ships of the line were examined,",
            "quay.example/ferry that",
        ),
    ],
)
def test_a_word_that_was_parted_at_the_end_of_a_line_is_one(one: str, other: str, mended: str) -> None:
    assert mended in text(rows(one, other))


def test_a_hyphen_that_the_text_writes_elsewhere_too_stays() -> None:
    found = text(
        rows(
            "it was the state-owned line which said so, and that of a state-",
            "owned yard which had built it at that time,",
        )
    )
    assert "of a state-owned yard" in found


def test_a_hyphen_stays_where_the_file_parts_no_words() -> None:
    """One in many lines: the program that set it breaks lines at blanks, and at hyphens that were there."""
    many = lines(" ".join(STORY * 4), 60, 760, width=30, size=8) + lines(
        " ".join(STORY * 4), 320, 760, width=30, size=8
    )
    last = "".join(
        f"BT /F1 10 Tf 60 {100 - 12 * at} Td ({each}) Tj ET\n"
        for at, each in enumerate(["that was a long-", "running talk of the town and of the island"])
    )
    assert "a long-running talk" in text(drawn(many, last))


WORDS = [
    "the",
    "a",
    "port",
    "ferry",
    "harbour",
    "crew",
    "captain",
    "island",
    "anchor",
    "steering",
    "inspector",
    "burst",
    "examined",
    "opened",
    "closed",
    "said",
    "of",
    "in",
    "on",
    "at",
]


def told(seed: int, count: int) -> list[str]:
    chosen = random.Random(seed)
    return [" ".join(chosen.choices(WORDS, k=chosen.randint(30, 70))).capitalize() + "." for _ in range(count)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    count=st.integers(4, 8),
    columns=st.integers(1, 3),
    align=st.sampled_from(["J", "L"]),
    size=st.sampled_from([8, 10, 11]),
)
def test_however_paragraphs_are_set_their_words_come_back_in_order(
    seed: int, count: int, columns: int, align: str, size: int
) -> None:
    """Paragraphs grow together where the last line of one is nearly full; words never change places.

    Every column has several lines: one of one or two is read across with what stands beside it.
    """
    given = told(seed, count)
    found = extract(story(given, columns=columns, align=align, size=size, balance=True))
    assert found["text"].split() == " ".join(given).split()
    assert [each for each in found["text"].split("\n\n") if each in given]
    assert found["pages"][0][0] == 0
    assert all(0 <= start < len(found["text"]) for start, _ in found["pages"])


# what nobody sees

BLACK, WHITE = "0 g", "1 g"
COVER = "0 g 50 280 500 40 re f\n"


def hide(how: str) -> tuple[str, dict[str, Any]]:
    hidden = lines(SECRET, y=300)
    states = {
        "more": ["<< /Type /ExtGState /ca 0 /CA 0 >>"],
        "page": "/Resources << /Font << /F1 3 0 R >> /ExtGState << /G 10 0 R >> >>",
    }
    layer = {
        "more": ["<< /Type /OCG /Name (Notes) >>"],
        "catalog": "/OCProperties << /OCGs [10 0 R] /D << /BaseState /ON /OFF [10 0 R] >> >>",
        "page": "/Resources << /Font << /F1 3 0 R >> /Properties << /L 10 0 R >> >>",
    }
    pixel = {
        "more": [
            stream(
                b"\xff\xff\xff",
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
            )
        ],
        "page": "/Resources << /Font << /F1 3 0 R >> /XObject << /P 10 0 R >> >>",
    }
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "not drawn": (lines(SECRET, y=300, before="3 Tr"), {}),
        "not drawn over other text": (lines(SECRET, y=700, before="3 Tr", width=400), {}),
        "clips only": (lines(SECRET, y=300, before="7 Tr"), {}),
        "white": (lines(SECRET, y=300, before=WHITE), {}),
        "nearly white": (lines(SECRET, y=300, before="0.97 g"), {}),
        "white in RGB": (lines(SECRET, y=300, before="1 1 1 rg"), {}),
        "white by an operator for all": ("1 1 1 sc\n/DeviceGray cs 1 sc " + hidden, {}),
        "in the colour of a box": (
            "0.1 0.2 0.6 rg 50 280 500 40 re f\n" + lines(SECRET, y=300, before="0.1 0.2 0.6 rg"),
            {},
        ),
        "covered": (hidden + COVER, {}),
        "covered in white": (hidden + "1 g 50 280 500 40 re f\n", {}),
        "white behind other text": (lines(SECRET, y=700, before=WHITE, width=400), {}),
        "tiny": (lines(SECRET, y=300, size=1), {}),
        "tiny by its matrix": ("q 0.1 0 0 0.1 60 300 cm " + lines(SECRET, 0, 0) + "Q", {}),
        "left of the page": (lines(SECRET, x=-900, y=300), {}),
        "above the page": (lines(SECRET, y=1200), {}),
        "transparent": ("q /G gs " + hidden + "Q", states),
        "clipped away": ("q 0 0 10 10 re W n " + hidden + "Q", {}),
        "on a layer that is off": ("/OC /L BDC " + hidden + "EMC", layer),
        "white on a white picture": ("q 500 0 0 60 50 270 cm /P Do Q " + lines(SECRET, y=300, before=WHITE), pixel),
        "behind a picture": (hidden + "q 500 0 0 60 50 270 cm /P Do Q ", pixel),
    }
    return ways[how]


WAYS = [
    "not drawn", "not drawn over other text", "clips only", "white", "nearly white", "white in RGB", "white by an operator for all",
    "in the colour of a box", "covered", "covered in white", "white behind other text", "tiny", "tiny by its matrix",
    "left of the page", "above the page", "transparent", "clipped away", "on a layer that is off",
    "white on a white picture", "behind a picture",
]  # fmt: skip


@pytest.mark.parametrize("how", WAYS)
def test_f22_text_that_nobody_sees_is_left_out_and_counted(how: str) -> None:
    extra, known = hide(how)
    found = extract(drawn(extra + SHOWN if "other text" in how else SHOWN + extra, **known))
    assert "drunk" not in found["text"]
    assert found["text"].split() == " ".join(STORY).split()
    characters, places = found["hidden"]
    assert places
    assert characters >= len(SECRET) - places


def test_f22_a_single_word_beneath_a_box_is_left_out() -> None:
    """As where a name was blacked out without taking it out."""
    line = "BT /F1 10 Tf 60 500 Td (The captain, Per Ask, had slept for nine hours.) Tj ET\n"
    found = text(drawn(SHOWN + line + "0 g 115 494 46 16 re f\n"))
    assert "The captain, had slept" in found.replace("Per ", "").replace("Ask, ", "")
    assert "Ask" not in found


@pytest.mark.parametrize(
    "extra",
    [
        "0.1 0.1 0.4 rg 50 280 500 40 re f\n" + lines(SECRET, y=300, before=WHITE),
        lines(SECRET, y=300, before="0.75 g"),
        lines(SECRET, y=300, before="0.9 0.1 0.1 rg"),
        lines(SECRET, y=300, size=5),
        lines(SECRET, y=300, before="1 Tr"),
        lines(SECRET, y=300, before="2 Tr"),
        "q 0.1 0 0 0.1 60 300 cm " + lines(SECRET, 0, 0, size=100, width=900) + "Q",
        "q 0 270 595 60 re W n " + lines(SECRET, y=300) + "Q",
    ],
    ids=["white on dark", "grey", "red", "small", "outlined", "filled and outlined", "scaled", "clipped to itself"],
)
def test_text_that_is_seen_is_read(extra: str) -> None:
    found = extract(drawn(SHOWN + extra))
    assert SECRET in found["text"]
    assert found["hidden"] == (0, 0)


# what it says of itself


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - report_final.doc",
        "Untitled",
        "report.pdf",
        "Document1",
        "Ferry",
        "C:\\work\\x y.indd",
        "https://quay.example/a b",
    ],
)
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    assert extract(story(title=title))["title"] is None


@pytest.mark.parametrize("author", ["admin", "jsmith", "Microsoft Office User", "x@quay.example", "Owner"])
def test_an_account_is_no_author(author: str) -> None:
    assert extract(story(author=author))["author"] is None


def test_without_a_title_the_largest_heading_of_the_first_page_is_one() -> None:
    found = extract(drawn(lines("Ferry Aground off Quay Island", 60, 760, size=20) + SHOWN))
    assert found["title"] == "Ferry Aground off Quay Island"
    assert found["text"].startswith("Ferry Aground off Quay Island\n\nThe ferry Mira")


@pytest.mark.parametrize("day", ["D:20261340", "D:18990101", "yesterday", "D:29990101000000"])
def test_a_day_that_cannot_be_is_none(day: str) -> None:
    raw = drawn(SHOWN)
    said = raw.replace(b"/Root 1 0 R", f"/Root 1 0 R /Info << /CreationDate ({day}) >>".encode())
    assert extract(said)["published"] is None


@pytest.mark.parametrize("make", [lambda: story(STORY * 3, columns=2), lambda: sheets([STORY, STORY])])
def test_the_record_of_a_pdf_is_the_same_in_a_child(make: Callable[[], bytes]) -> None:
    raw = make()
    source, known = Source.from_bytes(raw, name="report.pdf"), extract(raw)
    assert (source.text, [list(each) for each in source.pages]) == (
        known["text"],
        [list(each) for each in known["pages"]],
    )


def test_letters_that_stand_for_two_are_two_and_accents_are_one() -> None:
    line = "BT /F1 10 Tf 60 500 Td (Der Direktor der H\344fen \374berlegte, ob er gehen sollte.) Tj ET\n"
    found = text(drawn(SHOWN + line))
    assert "Der Direktor der Häfen überlegte" in found


def test_a_page_of_an_uncommon_size_is_read() -> None:
    assert text(drawn(lines(" ".join(STORY), 60, 2_000), box=(A4[0] * 4, A4[1] * 3)))
