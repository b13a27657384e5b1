"""Who says what, read from the text."""

from __future__ import annotations

import time

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


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # after the quotation
        ('"We close," snapped Berg.', "Berg"),
        ('"We close," said the harbour master.', "the harbour master"),
        ('"Why now?" Mia Berg asked the crowd.', "Mia Berg"),
        ('"Enough!" Berg, looking up from her papers, shouted.', "Berg"),
        ('"We close," Rep. Mia D. Berg (D-Ohio) told reporters.', "Mia D. Berg"),
        ('"We close," Mia Berg, R-Ky., said Tuesday.', "Mia Berg"),
        ('"We close," said Mia Berg of Halden.', "Mia Berg"),
        ('"We close," his deputy, Mia Berg, said.', "Mia Berg"),
        ('"We close," as a ministry memo put it.', "a ministry memo"),
        ('"We close," the Halden Post reported.', "Halden Post"),
        ('"We close," according to Mia Berg.', "Mia Berg"),
        ('"We close" — Mia Berg', "Mia Berg"),
        ('The port is "closed for good," Mia Berg said.', "Mia Berg"),
        ('The port is "closed for good" and will stay so, Mia Berg said.', "Mia Berg"),
        ('The port was "a museum," says Mia Berg, founder of the port museum.', "Mia Berg"),
        # before it
        ('Berg: "We close the port."', "Berg"),
        ('Mia Berg said Monday that she thought "the port must close".', "Mia Berg"),
        ('Mia Berg opened the port and said it was "a great day for us".', "Mia Berg"),
        ('On Monday, in a letter to the crews, Mia Berg wrote: "We close."', "Mia Berg"),
        ('In a tweet, Mia Berg wrote that "the port must close".', "Mia Berg"),
        ('When Lind noted that it was late, Berg replied, "It is early."', "Berg"),
        (
            'After a short, late meeting, the Harbour Council issued a statement calling it "a grave error".',
            "Harbour Council",
        ),
        ('Another critic, Mia Berg, likened the plan to "burning the boats".', "Mia Berg"),
        ('Mia Berg attacked the plan, saying, "It will never work."', "Mia Berg"),
        ('Mia Berg, speaking to the crews, said it was "far too late".', "Mia Berg"),
        ('Mia Berg, who said it was "far too late", left the port.', "Mia Berg"),
        ('Mia Berg made the following remark: "We close."', "Mia Berg"),
        ('Mia Berg had a new message: "We close."', "Mia Berg"),
        ('Mia Berg called it "a disaster for the port".', "Mia Berg"),
        ('Mia Berg has gone after the union as "a gang of thieves".', "Mia Berg"),
        ("Mia Berg’s claim that “the port is safe” was checked.", "Mia Berg"),
        ('The plan was described by Mia Berg as "a disaster for the port".', "Mia Berg"),
        ('Mia Berg shot back: "We never closed."', "Mia Berg"),
        ('The film has a recording of Mia Berg saying, "We close."', "Mia Berg"),
        ('The paper quoted Mia Berg as saying "the port must close".', "Mia Berg"),
        ("A statement from Mia Berg said “the port must close”.", "Mia Berg"),
        ("Mia Berg’s statement read: “We close.”", "Mia Berg"),
        ('Mia Berg told a man who had asked about the boats in the old port that "nobody sails today".', "Mia Berg"),
        ('The Halden Post reports that the port closed "in order to save money".', "The Halden Post"),
        ('Japan branded the plan "an outrage to all of us".', "Japan"),
    ],
)
def test_who_speaks_is_told_by_the_words_around(text: str, speaker: str) -> None:
    assert speakers_of(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('Mia Berg spoke of "a bad year" and "a bad port".', ["Mia Berg"] * 2),
        ('"We close," Berg said, adding that "it hurts us".', ["Berg"] * 2),
        ('"We close," Berg said. "It hurts." Lind agreed, saying: "It does."', ["Berg", "Berg", "Lind"]),
        ('Berg said it was "a bad year", but Lind called it "the best of years".', ["Berg", "Lind"]),
        ('Mia Berg explained:\n\n"We close the port in May."', ["Mia Berg"]),
        ('"We close," Mia Berg said.\n\n"It hurts us all."', ["Mia Berg"] * 2),
        ("Berg said: “Lind told me ‘it is over’ in May.”", ["Berg", "Lind"]),
        ("Berg said: “I never use ‘the old port’ for it.”", ["Berg", "Berg"]),
        ('"We close," Mia "Max" Berg said.', ['Mia "Max" Berg', None]),
        ("“BERG: We close.”\n\n“LIND: Why is that?”", ["Berg", "Lind"]),
    ],
)
def test_each_quotation_has_its_own_speaker(text: str, speakers: list[str | None]) -> None:
    assert speakers_of(text) == speakers


@pytest.mark.parametrize(
    "text",
    [
        'The plan was described as "a disaster for the port".',
        'Lind was told, "You have to leave the port."',
        'They sang the so-called "Song of the Old Port" there.',
        'The bill, known as the "Safe Ports for All Act", was passed.',
        'The town had seen "Furious Boats" twice.',
        '"It is over now," said one.',
        'We were there. "It is over now," I said.',
    ],
)
def test_nobody_is_guessed_where_the_words_around_name_nobody(text: str) -> None:
    assert speakers_of("A first paragraph stands here.\n\nAnd another one.\n\n" + text) == [None]


def test_a_headline_has_the_speaker_whom_the_article_gives_its_words() -> None:
    text = "Port Is ‘Closed for Good’\n\nMia Berg spoke on Monday. She said the port was “closed for good”."
    document = Document.of(text)
    speakers = Speakers(document, lexicon("en"))
    found = [speakers.of(quotation) for quotation in document.quotations]
    assert [each.full for each in found if each] == ["Mia Berg", "Mia Berg"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Anna Berg met Thomas Lind. Lind left early. "It is over," she said.', "Anna Berg"),
        ('Anna Berg met Thomas Lind. Berg left early. "It is over," he said.', "Thomas Lind"),
        ('Mr. Lind praised Mrs. Berg. "It is over," she said.', "Berg"),
        ('The Harbour Union met Mia Berg. It called the plan "a disaster for us".', "The Harbour Union"),
        ('Mia Berg met the crews. In her letter she wrote, "We close."', "Mia Berg"),
        ('The Harbour Council pledged help against what it called "a threat to the port".', "The Harbour Council"),
    ],
)
def test_a_pronoun_is_the_last_one_of_its_kind(text: str, speaker: str) -> None:
    assert speakers_of("A first paragraph stands here.\n\n" + text) == [speaker]


def test_a_title_is_the_one_person_who_has_it() -> None:
    text = 'Senator Mia Berg met Governor Tor Lind. "We close," the senator said.'
    assert speakers_of(text) == ["Mia Berg"]
    text = 'Senator Mia Berg met Senator Tor Lind. "We close," the senator said.'
    assert speakers_of(text) == ["the senator"]


def test_a_long_text_takes_no_more_than_its_share_of_time() -> None:
    text = LEAD + '"We close," Mia Berg said. Tor Lind met her there.\n\n"Never," he said.\n\n' * 500
    document = Document.of(text)
    speakers = Speakers(document, lexicon("en"))
    started = time.perf_counter()
    assert all(speakers.of(quotation) for quotation in document.quotations)
    assert time.perf_counter() - started < 5


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


def test_who_continues_something_says_nothing() -> None:
    text = 'Tolmar continues to be a target of raids.\n\n"We hold out," continued Mia Berg.'
    speakers = Speakers(Document.of(text), lexicon("en"))
    assert (speakers.speaking("Tolmar"), speakers.speaking("Berg")) == ([], [2])
