"""Who says what, read from the text."""

from __future__ import annotations

import pytest

from summarizer.check.speaker import Speakers
from summarizer.document import Document
from summarizer.language.lexicon import lexicon

LEAD = "Storm Closes Port\n\nThe port of Halden closed on Monday, officials said.\n\n"


def speakers_of(text: str) -> list[str | None]:
    document = Document.of(LEAD + text)
    speakers = Speakers(document, lexicon("en"))
    found = [speakers.of(quotation) for quotation in document.quotations]
    return [each.full if each else None for each in found]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We had to close the port," harbour director Mia Berg said.', "Mia Berg"),
        ('"We had to close the port," said Mia Berg, the harbour director.', "Mia Berg"),
        ('"We had to close the port," said harbour director Mia Berg.', "Mia Berg"),
        ('Mia Berg, who runs the harbour in Halden, said: "We had to close the port."', "Mia Berg"),
        ('"We had to close the port," Dr. Mia Berg told reporters on Tuesday.', "Mia Berg"),
        ('"We had to close," Berg said. Mia Berg joined the port in 2019.', "Mia Berg"),
        ('According to Mia Berg, "the port had to close".', "Mia Berg"),
        ("“We had to close the port,” Mia Berg, 54, said in a statement.", "Mia Berg"),
        ('"We had to close the port," a person at the port said.', "a person at the port"),
        ('"We had to close the port," State Department spokesman Tor Lind said.', "Tor Lind"),
    ],
)
def test_the_speaker_stands_beside_the_quotation(text: str, speaker: str) -> None:
    assert speakers_of(text) == [speaker]


def test_a_pronoun_is_the_last_person_who_spoke() -> None:
    text = 'Mia Berg said the port had closed. "It will open in June," she said.'
    assert speakers_of(text) == ["Mia Berg"]


def test_a_pronoun_is_no_organisation() -> None:
    text = 'Mia Berg spoke first, Tor Lind said. The union said it was late. "It will open in June," he said.'
    assert speakers_of(text) == ["Tor Lind"]


def test_a_second_quotation_in_the_paragraph_has_the_same_speaker() -> None:
    text = '"We closed it," Mia Berg said. "We will open it in June."'
    assert speakers_of(text) == ["Mia Berg", "Mia Berg"]


def test_the_subject_is_not_the_one_spoken_of() -> None:
    text = 'Tor Lind was told to leave. "He had to go," Mia Berg said.'
    assert speakers_of(text) == ["Mia Berg"]


def test_nobody_is_guessed_where_nobody_is_named() -> None:
    text = 'The sign at the gate read "closed until further notice" in red.'
    assert speakers_of("A first paragraph without speech stands here.\n\nAnd another one.\n\n" + text) == [None]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Mia Berg, the harbour director, said so.", "Mia Berg", "the harbour director"),
        ("Foreign Minister Leyla Sarhat said so.", "Leyla Sarhat", "Foreign Minister"),
        ("Pentagon spokesperson Tor Lind said so.", "Tor Lind", "Pentagon spokesperson"),
        ("Mia Berg, but not the others, said so.", "Mia Berg", None),
        ("Dr. Mia Berg said so.", "Mia Berg", None),
    ],
)
def test_the_role_stands_beside_the_name(text: str, name: str, role: str | None) -> None:
    assert Speakers(Document.of(LEAD + text), lexicon("en")).role(name) == role


def test_a_spokesman_speaks_for_somebody() -> None:
    speakers = Speakers(Document.of(LEAD), lexicon("en"))
    assert speakers.on_behalf_of("spokesman for the Defense Ministry") == "Defense Ministry"
    assert speakers.on_behalf_of("Pentagon spokesperson") == "Pentagon"
    assert speakers.on_behalf_of("harbour director") is None
