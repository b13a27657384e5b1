"""Each rule of the check refuses what it is for, and lets an honest claim near by stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.check.checker import Checker
from summarizer.check.rules import RULES
from summarizer.check.support import Support
from summarizer.document import Document
from summarizer.language.lexicon import lexicon

PUBLISHED = date(2026, 9, 16)  # a Wednesday
ENGLISH = lexicon("en")

HURT = "The port closed its terminal after a crane collapsed and injured two workers."
FERRY = "The ferry Halmora was repaired in Sorvik on Monday after a fire."
VOTE = "Agnes Dray defeated Daniel Ostrey in the vote on Tuesday."
CREW = "Two of the four sailors were rescued near Ledbury."
COST = "The audit cost $4.2 million and found 12 ferries without papers."
DENIED = "The mayor denied that she had signed the contract."
NOT = "The council did not approve the new bridge."
PLANNED = "The council plans to close the old harbour in spring."
MAYBE = "The storm may have damaged the lighthouse."
ALLEGED = "The captain allegedly sold the stolen fuel."
SAID = "Agnes Dray said the harbour was closed. Daniel Ostrey said the bridge was open."
SHUT = "The owner closed the bakery but kept the mill."
AFTER = "The archive burned after the guards left."
TRIP = "The train went from Ledbury to Ostfeld on Monday."
SEATS = "The Greens won 87 seats, while the Liberals won 52 seats."
BLAST = "The blast shook the market, killing at least six traders and wounding 120, the fire service said."
RUN_ON = (
    "Mia Berg was seen at the Halden quay"
    + " Left to right Rolf Tane walks by a crane with his dog and two friends of the house look at the water" * 4
    + " when the river rose and Odo Kell was drowned in it."
)
FAILED = "The pump station of Faron failed on Tuesday because a valve had rusted."
PRAISED = "Mayor Ada Norn of Velin praised the police on Tuesday."
FIRE = "At least 11 people died and 23 others, two guards among them, were hurt in the fire at the mill."
ASLEEP = "Police are investigating the crash and whether the driver fell asleep at the wheel."
GREW = "Profits rose at the brewery while sales stayed flat."

REFUSED = {
    "names": [
        (FERRY, "The ferry Oskara was repaired in Sorvik on Monday after a fire.", "other_name"),
        (VOTE, "Mia Dray defeated Daniel Ostrey in the vote on Tuesday.", "other_name"),
        ("Halden closed the port on Monday.", "Corrin closed the port on Monday.", "other_name"),
        (NOT, "The council did not approve the new bridge at Corrin.", "name"),
    ],
    "times": [
        (FERRY, "The ferry Halmora was repaired in Sorvik on Friday after a fire.", "time"),
        (VOTE, "Agnes Dray defeated Daniel Ostrey in the vote in May.", "time"),
        (VOTE, "Agnes Dray defeated Daniel Ostrey in the vote tomorrow.", "time"),
    ],
    "numbers": [
        (COST, "The audit cost $4.3 million and found 12 ferries without papers.", "number"),
        (COST, "The audit cost 4.2 million euros and found 12 ferries without papers.", "number"),
        (COST, "The audit found more than 12 ferries without papers.", "number"),
        (SEATS, "The Greens won 78 seats.", "number"),
    ],
    "tolls": [
        (BLAST, "Six traders and 120 were wounded.", "toll"),
        (BLAST, "The blast killed 120.", "toll"),
        (FIRE, "At least 11 people and 23 others were killed in the fire.", "toll"),
    ],
    "quantity": [
        (CREW, "All of the sailors were rescued near Ledbury.", "quantity"),
        (CREW, "The four sailors were rescued near Ledbury.", "quantity"),
        ("Fewer ships sailed this summer.", "More ships sailed this summer.", "quantity"),
    ],
    "polarity": [
        (NOT, "The council did approve the new bridge.", "polarity"),
        (NOT, "The council approved the new bridge.", "polarity"),
        (DENIED, "The mayor had signed the contract.", "polarity"),
        (FERRY, "The ferry Halmora was not repaired in Sorvik on Monday after a fire.", "polarity"),
        (COST, "The audit failed to find 12 ferries.", "polarity"),
    ],
    "modality": [
        (PLANNED, "The council closed the old harbour in spring.", "modality"),
        (MAYBE, "The storm damaged the lighthouse.", "modality"),
        (ALLEGED, "The captain sold the stolen fuel.", "modality"),
        ("The ferry was repaired.", "The ferry will be repaired.", "modality"),
        ("The captain said the fuel was stolen.", "The captain admitted the fuel was stolen.", "modality"),
        ("If the strike ends, the port opens.", "The port opens.", "modality"),
        (ASLEEP, "The driver fell asleep at the wheel.", "modality"),
    ],
    "edits": [
        (NOT, "The council did approve the new bridge.", "polarity"),
        (MAYBE, "The storm damaged the lighthouse.", "modality"),
        (FERRY, "The ferry Halmora was never repaired in Sorvik on Monday after a fire.", "polarity"),
    ],
    "roles": [
        (VOTE, "Daniel Ostrey defeated Agnes Dray in the vote on Tuesday.", "role"),
        (VOTE, "Agnes Dray was defeated by Daniel Ostrey in the vote on Tuesday.", "role"),
        ("Halden invaded Corrin.", "Corrin invaded Halden.", "role"),
    ],
    "places": [
        ("Miners in Corrin and sailors in Halden went home.", "Sailors in Corrin went home.", "other_place"),
        ("A fire in Ostfeld and a flood in Ledbury hurt nobody.", "The flood in Ostfeld hurt nobody.", "other_place"),
    ],
    "bindings": [
        (SEATS, "The Liberals won 87 seats.", "binding"),
        (
            "The ferry sailed from Sorvik on Monday, and the barge sailed from Halden on Tuesday.",
            "The ferry sailed from Sorvik on Tuesday.",
            "binding",
        ),
    ],
    "directions": [
        (TRIP, "The train went from Ostfeld to Ledbury on Monday.", "binding"),
        (TRIP, "The train went to Ledbury on Monday.", "binding"),
    ],
    "contrast": [
        (SHUT, "The owner closed his mill.", "contrast"),
        ("The owner closed Corrin Bakery but kept Halden Mill.", "The owner closed Halden Mill.", "contrast"),
    ],
    "attribution": [
        (SAID, "Daniel Ostrey said the harbour was closed.", "speaker"),
        (SAID, "The bridge was open, Agnes Dray said.", "speaker"),
    ],
    "order": [
        (AFTER, "The guards left after the archive burned.", "order"),
        (AFTER, "The archive burned before the guards left.", "order"),
    ],
    "causality": [
        ("A pump failed. The cellar flooded.", "The cellar flooded because a pump failed.", "cause"),
        ("The tower fell. It rained.", "The rain caused the tower to fall.", "cause"),
        (
            "The ferry sank on its way to Halden.\nThe captain fell asleep.",
            "The captain falling asleep caused the ferry to sink.",
            "cause",
        ),
    ],
    "spread": [
        (RUN_ON, "Mia Berg of the Halden quay was drowned when the river rose.", "spread"),
        (f"{RUN_ON}\nNobody else was there.", "Mia Berg of the Halden quay saw the river rise.", "spread"),
    ],
    "verbs": [
        (FAILED, "The pump station of Faron burned on Tuesday.", "verb"),
        (FAILED, "The pump station of Faron failed on Tuesday because a valve had exploded.", "verb"),
        (PRAISED, "Mayor Ada Norn attacked the police on Tuesday.", "verb"),
        (PRAISED, "Mayor Ada Norn accused the police on Tuesday.", "verb"),
        (PRAISED, "Norn hired the police.", "verb"),
        (VOTE, "Agnes Dray hired Daniel Ostrey in the vote on Tuesday.", "verb"),
        ("The museum was closed on Monday.", "The museum was painted on Monday.", "verb"),
        ("The vote was held on Monday.", "The vote was stolen on Monday.", "verb"),
        ("The bridge was hit on Monday.", "The bridge was sold on Monday.", "verb"),
        ("The council wants to close the old harbour.", "The council wants to paint the old harbour.", "verb"),
        ("It shows the old harbour.", "It sells the old harbour.", "verb"),
        ("The ferry sank.", "The ferry voted.", "verb"),
        ("Police targeted two men, detaining one.", "Police arrested two men, detaining one.", "verb"),
    ],
    "words": [
        (FERRY, "A volcano buried two villages and a market.", "words"),
        (GREW, "Profits fell at the brewery while sales stayed flat.", "opposite"),
        (HURT, "A crane killed two workers.", "opposite"),
        (HURT, "Two workers were killed.", "opposite"),
        ("Two workers were injured when a crane fell.", "A falling crane killed two workers.", "opposite"),
        (GREW, "Profits rose at the brewery while foreign rivals and wholesalers complained.", "words"),
    ],
}
"""For each rule: evidence, a claim that it refuses, and the code."""

HONEST = {
    "names": [
        (VOTE, "Dray defeated Ostrey in the vote on Tuesday."),
        ("Halden closed the port on Monday.", "On Monday, Halden closed the port."),
        ("Officials in Norway closed the port.", "Norwegian officials closed the port."),
    ],
    "times": [
        (FERRY, "On Monday, the ferry Halmora was repaired in Sorvik."),
        ("The tower fell on Tuesday.", "The tower fell yesterday."),
    ],
    "numbers": [
        (COST, "The audit cost 4.2 million dollars."),
        ("The audit found 1,034 ferries.", "The audit found more than 1,000 ferries."),
        (COST, "The audit found twelve ferries without papers."),
    ],
    "tolls": [
        (BLAST, "Six traders were killed and 120 wounded."),
        (BLAST, "The blast left 120 people hurt."),
        (FIRE, "Two guards were hurt in the fire at the mill."),
        (FIRE, "Of those in the mill 11 died and 23 were hurt."),
        ("The blast killed two of the 14 traders and wounded five.", "Two of the 14 traders were killed."),
    ],
    "quantity": [
        (CREW, "Two sailors were rescued near Ledbury."),
        ("Fewer ships sailed this summer.", "Fewer ships sailed in the summer."),
    ],
    "polarity": [
        (DENIED, "The mayor said she had not signed the contract."),
        (NOT, "The council didn't approve the new bridge."),
        ("The bridge at Orla will remain shut.", "The bridge at Orla will not reopen."),
    ],
    "modality": [
        (PLANNED, "The council will close the old harbour in spring."),
        (MAYBE, "The storm might have damaged the lighthouse."),
        (ALLEGED, "The captain is accused of selling the stolen fuel."),
        (ASLEEP, "Police are investigating whether the driver fell asleep."),
        (ASLEEP, "Police are investigating the crash."),
    ],
    "edits": [
        (NOT, "The new bridge was not approved by the council."),
        (MAYBE, "The storm possibly damaged the lighthouse."),
    ],
    "roles": [
        (VOTE, "Daniel Ostrey was defeated by Agnes Dray in the vote on Tuesday."),
        ("Agnes Dray met Daniel Ostrey in Sorvik.", "Daniel Ostrey met Agnes Dray in Sorvik."),
    ],
    "places": [
        ("Miners in Corrin and sailors in Halden went home.", "Sailors in Halden went home."),
        ("A fire in Ostfeld and a flood in Ledbury hurt nobody.", "A flood in Ledbury hurt nobody."),
    ],
    "bindings": [
        (SEATS, "The Liberals won 52 seats."),
        (SEATS, "The Greens won 87 seats, the Liberals 52."),
    ],
    "directions": [
        (TRIP, "The train went to Ostfeld from Ledbury on Monday."),
        (TRIP, "On Monday the train went from Ledbury to Ostfeld."),
    ],
    "contrast": [
        (SHUT, "The owner closed the bakery."),
        (SHUT, "The owner kept the mill."),
    ],
    "attribution": [
        (SAID, "The bridge was open, Daniel Ostrey said."),
        (SAID, "According to Agnes Dray, the harbour was closed."),
    ],
    "order": [
        (AFTER, "The guards left before the archive burned."),
        (AFTER, "After the guards left, the archive burned."),
    ],
    "causality": [
        ("The cellar flooded after a pump failed.", "The cellar flooded because a pump failed."),
        ("A pump failed. The cellar flooded.", "The cellar flooded and a pump failed."),
    ],
    "spread": [
        (RUN_ON, "Odo Kell was drowned when the river rose."),
        (RUN_ON, "Mia Berg was seen at the Halden quay."),
    ],
    "verbs": [
        (FAILED, "The pump station of Faron broke down on Tuesday because of a rusted valve."),
        (PRAISED, "Mayor Ada Norn commended the police on Tuesday."),
        (PRAISED, "On Tuesday Mayor Ada Norn praised the police."),
        ("The museum was shut on Monday.", "The museum was closed on Monday."),
        ("Police targeted two men, detaining one.", "Police targeted two men, detaining one."),
        ("The ferry sank off Sorvik.", "The ferry went down off Sorvik."),
        ("The mayor announced a strike.", "The mayor warned of a strike."),
        ("The Greens pulled out of the coalition.", "The Greens quit the coalition."),
        ("The Greens rebuffed the plan on Monday.", "The Greens rejected the plan on Monday."),
        ("The painting sold for 300 crowns.", "The painting fetched 300 crowns."),
    ],
    "words": [
        (GREW, "Profits increased at the brewery while sales stayed flat."),
        (FERRY, "The ferry Halmora was fixed in Sorvik on Monday after a fire."),
    ],
}
"""For each rule: evidence, and a claim near by that nothing objects to."""

NAMED = {rule.__name__: rule for rule in RULES}


def support(evidence: str) -> Support:
    return Support(Document.of(evidence), ENGLISH, PUBLISHED)


def codes(claim: str, evidence: str) -> set[str]:
    return {reason.code for reason in support(evidence).objections(claim, evidence)}


def supported(claim: str, evidence: str) -> bool:
    return not Checker(Document.of(evidence), ENGLISH, PUBLISHED).claim(claim, 1).objections


@pytest.mark.parametrize(
    ("rule", "evidence", "claim", "code"), [(rule, *each) for rule, cases in REFUSED.items() for each in cases]
)
def test_a_rule_refuses_what_it_is_for(rule: str, evidence: str, claim: str, code: str) -> None:
    ours = support(evidence)
    comparison = ours.beside(ours.facts(claim), ours.facts(evidence))
    assert code in {reason.code for reason in NAMED[rule](comparison)}
    assert not supported(claim, evidence)


@pytest.mark.parametrize(("evidence", "claim"), [each for cases in HONEST.values() for each in cases])
def test_an_honest_claim_near_by_stands(evidence: str, claim: str) -> None:
    assert codes(claim, evidence) == set()


def test_every_rule_has_claims_that_it_refuses_and_claims_that_stand() -> None:
    elsewhere = {"addresses", "symbols"}  # tests/test_faults_grounding.py
    assert set(NAMED) - elsewhere == set(REFUSED) == set(HONEST)
    assert all(len(cases) >= 2 for rules in (REFUSED, HONEST) for cases in rules.values())


def test_a_claim_that_is_an_edited_sentence_may_keep_every_small_word() -> None:
    evidence = "The council did not approve the bridge, and it may not close the harbour."
    assert codes(evidence, evidence) == set()
    assert "polarity" in codes(evidence.replace("may not", "may"), evidence)


PEOPLE = ["Agnes Dray", "Daniel Ostrey", "Mia Berg", "the mayor", "the council", "two sailors", "a captain"]
DEEDS = ["repaired", "sold", "visited", "criticised", "was praised for", "was not told of", "may have seen", "closed"]
THINGS = ["the ferry Halmora", "12 boats", "the old bridge", "4.2 million stamps", "a bakery", "no papers", "50% of it"]
WHERE = ["in Sorvik", "near Ledbury", "on Monday", "in May 2024", "before the vote", "after a fire", "for 300 dollars"]
ENDS = ["", ", officials said", ", according to Mia Berg", " but kept the mill", " because it rained", " if it rains"]


def capitalised(words: str) -> str:
    return words[0].upper() + words[1:]


SENTENCES = st.tuples(*map(st.sampled_from, (PEOPLE, DEEDS, THINGS, WHERE, ENDS))).map(
    lambda parts: capitalised(" ".join(parts[:4])) + parts[4] + "."
)


@given(SENTENCES)
def test_a_sentence_supports_itself(sentence: str) -> None:
    assert codes(sentence, sentence) == set()
    assert supported(sentence, sentence)


@given(st.lists(SENTENCES, min_size=2, max_size=4, unique=True), st.data())
def test_a_document_supports_each_of_its_sentences_whatever_is_cited(sentences: list[str], data: st.DataObject) -> None:
    claim = data.draw(st.sampled_from(sentences))
    checker = Checker(Document.of(" ".join(sentences)), ENGLISH, PUBLISHED)
    assert not checker.claim(claim, data.draw(st.integers(-1, 9))).objections


@given(st.text(max_size=120), st.text(max_size=120))
@example("", "")
@example("?!…,;:", "—")
@example("🙂🙃 👩‍👩‍👧", "The ferry sailed.")
@example("מעבורת הפליגה ב-12 במאי", "غادرت العبارة 12 راكبا.")
@example("\u202e.delias yrref ehT", "The ferry sailed.")
@example("9" * 400, "9" * 400)
@example("half third percent dozen of the", "0 in 0 of 0th")
def test_no_text_makes_the_check_raise(claim: str, text: str) -> None:
    document = Document.of(text + "\nThe ferry sailed on Monday.")
    Checker(document, ENGLISH, PUBLISHED).claim(claim, 1)
    Support(document, ENGLISH, PUBLISHED).objections(claim, text)


VOCABULARY = [
    *sorted({word for each in [*PEOPLE, *DEEDS, *THINGS, *WHERE, *ENDS] for word in each.split()}),
    *[
        "not",
        "never",
        "unless",
        "if",
        "to",
        "is",
        "of the",
        "by",
        "half",
        "first",
        "yesterday",
        "Sept.",
        "'s",
        '"',
        ",",
    ],
]


@given(*[st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join)] * 2)
def test_no_order_of_words_makes_a_rule_raise(claim: str, evidence: str) -> None:
    codes(claim, evidence)


COUNTED = st.integers(2, 9_999_999).map(str) | st.integers(1_000, 9_999_999).map(lambda each: f"{each:,}")
FRACTIONAL = st.tuples(st.integers(0, 999), st.integers(1, 99)).map(lambda each: f"{each[0]}.{each[1]}")


@given(
    COUNTED | FRACTIONAL,
    st.sampled_from(["{} ferries", "${}", "{}%", "{} percent of the sailors", "{} million euros", "€{}m", "{} hours"]),
    st.sampled_from(["The audit found {} in Sorvik.", "It cost the council {} on Monday.", "Mia Berg promised {}."]),
    st.data(),
)
def test_another_digit_is_always_refused(digits: str, form: str, sentence: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([index for index, each in enumerate(digits) if each.isdigit()]))
    digit = data.draw(st.sampled_from([each for each in "123456789" if each != digits[at]]))
    changed = digits[:at] + digit + digits[at + 1 :]
    evidence, claim = (sentence.format(form.format(each)) for each in (digits, changed))
    assert "number" in codes(claim, evidence)
    assert not supported(claim, evidence)


@given(
    st.sampled_from(["Agnes Dray", "Mia Berg", "The mayor", "The old ferry", "The bridge"]),
    st.sampled_from(["repaired", "sold", "praised", "ready", "angry", "in Sorvik", "Mia's cousin", "seen", "told"]),
    st.sampled_from(WHERE),
    st.sampled_from(ENDS),
)
def test_a_not_after_was_is_always_refused(who: str, what: str, where: str, end: str) -> None:
    evidence = f"{who} was {what} {where}{end}."
    claim = evidence.replace(" was ", " was not ", 1)
    assert "polarity" in codes(claim, evidence)
    assert "polarity" in codes(evidence, claim)
    assert not supported(claim, evidence)
