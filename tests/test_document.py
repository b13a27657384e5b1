"""Sentences and quotations: what they are in news text, and what holds for any text."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.document import Document, Quotation, Span

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))


def sentences(text: str, language: str = "en") -> list[str]:
    document = Document.of(text, language)
    return [" ".join(document.text_of(sentence).split()) for sentence in document.sentences]


def quotations(text: str) -> list[str]:
    document = Document.of(text)
    return [document.text_of(quotation) for quotation in document.quotations]


# Sentences. A bar stands where one ends.


@pytest.mark.parametrize(
    "marked",
    [
        "The vote began at 5 p.m. Wednesday in Sorvik.| It ended at 9 p.m. EST.| Counting began at once.",
        "Polls close at 8 a.m. Jan. 5 and 8 p.m. Feb. 3.| The count follows.",
        "Polls closed at 8 p.m.| Counting began at once.",
        "Lt. Col. Anton Revik met Gen. Keldi and Brig. Gen. Roe.| They left.",
        "Atty. Gen. Ott and Gens. Roe and Keldi wrote to Ms. Brandt-Nilsen.| Ms. Roe answered.",
        "The U.S. Army denied it.| He left the U.S. in May.| The U.N. Security Council met.",
        "He was born on Jan. 5 at No. 3, Canal Street.| The rate fell to 3.5 percent on Feb. 3, 2021.",
        "J. R. Smith and J.R. Ott met John F. Quesnel.| They left.",
        "Rep. Lee, D-Calif., voted no.| Sen. Roe, R-Tex., did not vote.",
        "Ott said no.| Sen. Roe fell ill.| They meet in May.| All will come.",
        "He lives in Washington, D.C.| Later that day he left.",
        "They left the room. .| Roe stayed.",
        "He waited ... for an hour.| He left...| Then he came back.| He … left again.",
        "Corvane Inc. of Sorvik sold it for $1.5 million.| The buyer was not named.",
        "Who signed it?| Nobody knows!| The ministry (which is new. It has no staff.) does not.",
        "She saw 🚢🚢 leave.| Then 👩‍🚒 came.",
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(marked: str) -> None:
    assert sentences(marked.replace("|", "")) == marked.split("| ")


@pytest.mark.parametrize(
    "marked",
    [
        "“The gate was shut. We saw it.” Roe said.| Later he left.",
        "“Who has the key?” Roe asked reporters.| Nobody had it.",
        '"Who has the key?" he asked.| "Not me," said Ott.',
        '"The gate was shut. We saw it," Roe said.| "We did."| Then they left.',
        "“The gate was shut.”| Roe left the room and the meeting went on without him.",
        "“The gate was shut.”| “It was open.”| Both had been there.",
        "He calls it “progress.”| Others do not.",
        "« La porte est fermée. »| « Non. »| Il part.",
        'He denied it. "| We saw him.',
        "The '80s were hard.| Rock 'n' roll was not.| 'Tis over.",
    ],
)
def test_a_sentence_keeps_its_quotation_and_its_marks(marked: str) -> None:
    document = Document.of(marked.replace("|", ""))
    assert [document.text_of(sentence) for sentence in document.sentences] == marked.split("| ")


def test_a_long_quotation_is_cut_into_its_sentences() -> None:
    inner = " ".join(f"In {year} the harbor froze over and no ship left." for year in range(2000, 2020))
    assert len(sentences(f"“{inner}” Roe said.")) == 20
    assert sentences(f"“{inner}” Roe said.")[-1].endswith("no ship left.” Roe said.")
    assert len(sentences(f"“{inner[:300]}” Roe said.")) == 1


def test_a_paragraph_longer_than_the_library_is_shown_has_the_same_sentences() -> None:
    kinds = ["", "hard ", "hard and early "]
    expected = [f"The harbor froze {kind}and no ship (Few came. Very few.) left." for kind in kinds * 99]
    assert sentences(" ".join(expected)) == expected


def test_a_blank_line_ends_a_sentence_and_a_wrapped_line_does_not() -> None:
    text = "The harbor froze over and\nno ship left.\n \nRoe saw it"
    assert sentences(text) == ["The harbor froze over and no ship left.", "Roe saw it"]


def test_headings_and_list_items_are_sentences_of_their_own() -> None:
    lines = ["Demands", "The union has these:", "- Higher pay", "- Two doctors", "1. A gate.", "2. A key"]
    assert sentences("\n".join(lines)) == lines
    long = "The union asks for higher pay on every day that the harbor is frozen"
    lines = [f"{long}:", f"1. {long}.", f"2. {long}.", f"- {long}", f"• {long}", f"# {long}", long]
    assert sentences("\n".join(lines)) == lines


def test_lines_too_long_to_be_wrapped_are_paragraphs() -> None:
    long = "The harbor of Sorvik froze over in the second week of the year and no ship left it " * 2
    assert sentences(f"{long}\nA caption without a full stop\n{long}") == [
        long.strip(), "A caption without a full stop", long.strip(),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [60, 72, 100])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_wrapping_an_article_changes_nothing(path: Path, width: int) -> None:
    text = path.read_text()
    lines = [textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n")]
    assert sentences("\n".join(lines)) == sentences(text)
    assert len(quotations("\n".join(lines))) == len(quotations(text))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_article_with_a_line_to_a_paragraph_has_the_same_sentences(path: Path) -> None:
    text = path.read_text()
    assert sentences(text.replace("\n\n", "\n")) == sentences(text)


def test_the_language_says_what_an_abbreviation_is() -> None:
    text = "Die Wahl war am 5. Mai. Herr Dr. Ott gewann."
    assert sentences(text, "de") == ["Die Wahl war am 5. Mai.", "Herr Dr. Ott gewann."]
    assert sentences(text, "no such language \ud800")


# The title.


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_headline_is_the_title(path: Path) -> None:
    document = Document.of(path.read_text())
    assert [sentence.number for sentence in document.sentences if sentence.title] == [1]
    assert document.text_of(document.sentence(1)) == path.read_text().split("\n")[0]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("U.S. orders Lt. Col. Revik home\n\nHe left.", True),
        ("Harbor ‘frozen’ for weeks\n\nNo ship left.", True),
        ("Harbor frozen for weeks", False),
        ("The harbor froze over. No ship left.\n\nRoe saw it.", False),
        ("“The harbor froze over. No ship left.”\n\nRoe saw it.", False),
        ("Harbor frozen\nfor weeks\n\nNo ship left.", False),
        ("Harbor frozen " * 20 + "\n\nNo ship left.", False),
    ],
)
def test_a_title_is_one_short_line_above_other_paragraphs(text: str, title: bool) -> None:
    assert Document.of(text).sentences[0].title is title


# Quotations. What is between them and around them must not be taken for one.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We saw it," Roe said. "We did."', ['"We saw it,"', '"We did."']),
        ("“We saw it,” Roe said.", ["“We saw it,”"]),
        ("«On part», dit Ott. « Non, dit-il. »", ["«On part»", "« Non, dit-il. »"]),
        ("»Wir gehen«, sagte Ott. „Nein“, sagte sie. „Doch”, rief er.", ["»Wir gehen«", "„Nein“", "„Doch”"]),
        ("”Vi går”, sa Ott.", ["”Vi går”"]),
        ("彼は「行く」と言った。", ["「行く」"]),
        ("``We saw it,'' Roe said. ''We did.''", ["``We saw it,''", "''We did.''"]),
        ("“We saw it,“ Roe said. “We did.”", ["“We saw it,“", "“We did.”"]),
        ('“We saw it," Roe said. "We did.”', ['“We saw it,"', '"We did.”']),
        ('Roe said:"We saw it."Ott left—"early," he said.', ['"We saw it."', '"early,"']),
        ('" We saw it . " Roe said .', ['" We saw it . "']),
        ('“… we saw it,” he said. "...or so."', ["“… we saw it,”", '"...or so."']),
        ("‘We saw it,’ Roe said.", ["‘We saw it,’"]),
        ("'We don't know O'Brien,' Roe said.", ["'We don't know O'Brien,'"]),
        ("'The dockers' pay isn't enough,' Roe said.", ["'The dockers' pay isn't enough,'"]),
        ("The 'safe' gate (the 'old one') was shut.", ["'safe'", "'old one'"]),
        ('He is 6\'2" tall. The pipe is 12" wide and 5\' 3" long.', []),
        ('"He is 6\'2" tall," Roe said.', ['"He is 6\'2" tall,"']),
        ('"A 12" pipe, that is all." Roe left.', ['"A 12" pipe, that is all."']),
        ("“I was there in 2015” was all. “And in 2016.”", ["“I was there in 2015”", "“And in 2016.”"]),
        ("Of 3“gates” one was shut.", ["“gates”"]),
        ("The '90s raised the dockers' pay.", []),
        ("The dockers' pay and the pilots’ pay rose in the '90s, the ’80s and '08. Get 'em.", []),
        ("'The sailors left. " + "The ice came early that year. " * 3 + "It was the dockers' year.", []),
        ('"" “” "—" \'\' said', []),
    ],
)  # fmt: skip
def test_the_marks_of_a_quotation_are_told_from_other_marks(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


def test_a_nested_quotation_names_its_parent() -> None:
    document = Document.of("“Roe said, ‘It’s the dockers’ gate. I asked “Why?” there,’” Ott said. “Yes.”")
    assert [(q.number, q.parent, document.text_of(q.inner)[:9]) for q in document.quotations] == [
        (1, None, "Roe said,"),
        (2, 1, "It’s the "),
        (3, 2, "Why?"),
        (4, None, "Yes."),
    ]


@pytest.mark.parametrize(("opening", "closing"), ['""', "“”", "«»", "„“", "‘’"])
def test_a_quotation_of_several_paragraphs_is_one(opening: str, closing: str) -> None:
    said = f"{opening}We saw it.\n\n{opening}We left.\n\n{opening}It froze,{closing}"
    document = Document.of(f"Ott spoke.\n\n{said} Roe said.\n\nOtt left.")
    assert [document.text_of(quotation) for quotation in document.quotations] == [said]
    assert document.quotation(1).sentences == (2, 3, 4)


def test_a_quotation_of_several_paragraphs_may_nest_another() -> None:
    assert quotations("“We saw it. ‘Go,\n\n“‘go,’ he said,” Roe said.") == [
        "“We saw it. ‘Go,\n\n“‘go,’ he said,”",
        "‘Go,\n\n“‘go,’",
    ]


def test_quotations_never_cross() -> None:
    check(Document.of("“We saw it. ‘Go,\n\n“‘go,’ he said, Roe said.\n\nOtt left."))
    assert quotations("‘We “saw’ it.”") == ["“saw’ it.”"]


def test_a_mark_without_a_partner_does_not_swallow_the_article() -> None:
    assert quotations('"We saw it, Roe said.\n\nOtt left. "I was there," he said.') == ['"I was there,"']
    assert quotations('“We saw "it, too,” Ott said.') == ['“We saw "it, too,”']
    assert quotations('Roe said "never. "I was there," Ott said.') == ['"I was there,"']
    assert quotations("“We saw it, Roe said.\n\nOtt left.") == []
    assert quotations('It froze." Ott left. "Yes," he said.') == ['"Yes,"']


def test_a_quotation_that_never_closes_ends_with_the_last_paragraph_that_is_sure() -> None:
    document = Document.of("“We saw it.\n\n“We left.\n\n“It froze, Roe said.\n\nOtt left.")
    assert quotations(document.text) == ["“We saw it.\n\n“We left."]
    assert document.text_of(document.quotation(1).inner) == "We saw it.\n\n“We left."


def test_a_quotation_knows_how_many_words_it_has() -> None:
    document = Document.of("The “so-called” gate — ‘the old — one’ — “isn't what we saw,” Roe said.")
    assert [quotation.words for quotation in document.quotations] == [1, 3, 4]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_double_mark_of_an_article_belongs_to_a_quotation(path: Path) -> None:
    document = Document.of(path.read_text())
    edges = {at for q in document.quotations for at in (q.span.start, q.span.end - 1)}
    marks = {at for at, character in enumerate(document.text) if character in '"“”'}
    repeated = {at for at in marks if document.text[at - 1] == "\n" and document.text[at] == "“"}
    assert marks - edges <= repeated
    assert marks


# Looking things up.


def test_numbers_and_offsets_lead_to_parts() -> None:
    document = Document.of("It froze.  “We saw it,” Roe said.")
    assert document.text_of(document.sentence(2)) == "“We saw it,” Roe said."
    assert document.text_of(document.quotation(1)) == "“We saw it,”"
    assert [document.sentence_at(at) for at in (0, 8, 9, 11, -1, 999)] == [
        *document.sentences[:1] * 2, None, document.sentences[1], None, None,
    ]  # fmt: skip
    for number in (0, -1, 3):
        with pytest.raises(LookupError, match=f"no sentence S{number}: there are 2"):
            document.sentence(number)
        with pytest.raises(LookupError, match=f"no quotation Q{number}: there are 1"):
            document.quotation(number)


def test_spans_are_half_open() -> None:
    span = Span(2, 5)
    assert (span.of("abcdefg"), len(span)) == ("cde", 3)
    assert [span.contains(other) for other in (Span(2, 5), Span(2, 6))] == [True, False]
    assert [span.overlaps(other) for other in (Span(4, 9), Span(5, 9), Span(0, 2))] == [True, False, False]


def test_an_empty_text_has_no_parts() -> None:
    assert [(len(d.sentences), len(d.quotations)) for d in map(Document.of, ("", " \n\n\t"))] == [(0, 0)] * 2


def test_importing_does_not_load_the_splitter() -> None:
    code = "import sys, summarizer.document; sys.exit('sentencex' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Any text.

TOKENS = [
    *"\"“”„«»‘’'‚‹›`()[]{}-—•#.!?…,:;0\0 ", "''", "\n", "\n\n", "\n \n", "\r\n", "\u2028", "\xa0", "\ud800",
    "He left. ", "said", "Roe said. ", "5 p.m. ", "Wednesday ", "U.S. ", "Ms. ", "Jan. ", "5", '6\'2" ',
    "don't ", "dockers' ", "'90s ", "No. 3 ", "- item\n", "2. item\n", "# Heading\n", "word " * 30,
    "「行く。」", "He left. " * 80, "😀", "\n\n“", '\n\n"', "\n\n“‘",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join) | st.text(st.characters(), max_size=200)


def check(document: Document) -> None:
    """Everything that a document promises, whatever its text."""
    text, parts = document.text, document.sentences
    spans = [sentence.span for sentence in parts]
    assert [sentence.number for sentence in parts] == list(range(1, len(parts) + 1))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    assert not any(text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert [q.number for q in document.quotations] == list(range(1, len(document.quotations) + 1))
    for quotation in document.quotations:
        check_quotation(document, quotation)
    for before, after in pairwise(document.quotations):
        assert before.span.start < after.span.start
        assert before.span.contains(after.span) or not before.span.overlaps(after.span)


def check_quotation(document: Document, quotation: Quotation) -> None:
    """It is one piece of the text, in the sentences it names and in its parent, with its marks around it."""
    span, inner = quotation.span, quotation.inner
    assert 0 <= span.start < inner.start < inner.end <= span.end <= len(document.text)
    assert document.text_of(quotation) == document.text[span.start : span.end]
    assert any(map(str.isalnum, document.text_of(inner)))
    named = [document.sentence(number) for number in quotation.sentences]
    assert list(quotation.sentences) == list(range(named[0].number, named[-1].number + 1))
    assert named == [sentence for sentence in document.sentences if sentence.span.overlaps(span)]
    assert Span(named[0].span.start, named[-1].span.end).contains(span)
    if quotation.parent is not None:
        assert document.quotation(quotation.parent).inner.contains(span)


@settings(max_examples=400)
@given(TEXTS)
def test_a_document_of_any_text_keeps_its_promises(text: str) -> None:
    check(Document.of(text))


@settings(max_examples=50)
@given(TEXTS, st.text(st.characters(), max_size=8))
def test_any_language_will_do(text: str, language: str) -> None:
    check(Document.of(text, language))


@pytest.mark.parametrize(
    "unit",
    [
        '"', "“", "”", "‘", "(", "\0", "\ud800", ".", "\n", "a", "Mr. ", "He left. ", "(He. ", "x\n\n",
        "- A\n", "?’", "“a", '"He. ', "'a. ", "“A.” Kim said. ", "“He left.\n\n", "“?", '9" ', "dogs' ",
        "「。", '" ', "\"“«'‘",
    ],
)  # fmt: skip
def test_no_text_takes_quadratic_time(unit: str) -> None:
    start = time.process_time()
    document = Document.of((unit * 100_000)[:100_000])
    assert time.process_time() - start < 3
    assert len(document.sentences) <= 50_000


def test_the_deepest_nesting_is_bounded() -> None:
    check(Document.of("“a " * 300 + "b” " * 300))
    assert len(quotations("“a " * 300 + "b” " * 300)) == 4
