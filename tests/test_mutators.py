"""The lies of the benchmark: each kind on sentences made up for it, and where none can be made."""

from __future__ import annotations

import re

import pytest

from benchmarks import verbs
from benchmarks.article import Article, Claim
from benchmarks.claims import declares, shortened
from benchmarks.mutators import MUTATORS, lie, lies

ARTICLE = """Harbour Fire Leaves Three Dead

Fire Chief Mara Teel said on Monday that a fire in Ostmark had killed three people. Deputy Mayor Jonas Brandl said the city council had paid for new pumps. The Velt Harbour Authority opened an inquiry.

A second fire broke out near Hallin, but it was put out within an hour. The Coast Guard Office sent two boats to the harbour.

"We have never seen a fire that spread so fast through the old town," Teel said. "It began in a shed, and then the wind took it, and we lost the pier."

"The pumps worked as they should have, but nobody had been trained to use them," Brandl told reporters. "That will change."
"""


def claim(text: str, cited: int | None = 2, article: str = ARTICLE) -> Claim:
    return Claim(text, Article(article), "test", cited)


def alone(text: str) -> Claim:
    """A claim that is its own evidence."""
    return Claim(text, Article(text), "test", 1)


def quotation(text: str, speaker: str = "Teel") -> Claim:
    return Claim(text, Article(ARTICLE), "test", None, quoted=True, speaker=speaker)


def changed(kind: str, given: Claim) -> str | None:
    made = lie(kind, given)
    return made.text if made else None


@pytest.mark.parametrize(
    "text", ["Police held 12 men on the bridge.", "The strike lasted four days.", "It opened in 1998."]
)
def test_a_digit_is_changed(text: str) -> None:
    made = changed("digit", alone(text))
    assert made is not None
    assert made != text
    assert len(made.split()) == len(text.split())


@pytest.mark.parametrize(
    "text",
    ["The bus took Route 66 to the coast.", "He drove a Volta-7 to work.", "Clerks shut room No. 3 of the town hall."],
)
def test_a_number_in_a_name_is_left_alone(text: str) -> None:
    assert changed("digit", alone(text)) is None


def test_at_least_twelve_grows_and_up_to_twelve_shrinks() -> None:
    for seed in "abcdefgh":
        more = changed("digit", alone(f"At least 22 boats {seed} sank."))
        less = changed("digit", alone(f"Up to 22 boats {seed} sank."))
        assert more is not None
        assert less is not None
        assert int(more.split()[2]) > 22 > int(less.split()[2])


def test_a_magnitude_is_changed() -> None:
    assert changed("magnitude", alone("The bridge cost 40 million crowns.")) == "The bridge cost 40 thousand crowns."
    assert changed("magnitude", alone("The mill employs 350 workers.")) == "The mill employs 3,500 workers."
    assert changed("magnitude", alone("The mill opened in 1998.")) is None


def test_a_month_is_changed_where_it_is_one() -> None:
    made = changed("month", alone("The mill closed in May and never opened again."))
    assert made is not None
    assert " May " not in made
    assert changed("month", alone("May Lindqvist may march to the mill.")) is None


def test_a_weekday_is_changed_and_black_friday_is_not() -> None:
    made = changed("weekday", alone("The mayor resigned on Friday after a vote."))
    assert made is not None
    assert "Friday" not in made
    assert changed("weekday", alone("Shops lost money on Black Friday sales.")) is None


def test_a_name_is_put_for_another_of_its_kind() -> None:
    text = "Fire Chief Mara Teel said that a fire had killed three people."
    assert changed("name", claim(text)) == text.replace("Mara Teel", "Jonas Brandl")
    assert changed("name", claim("The Velt Harbour Authority opened an inquiry.", 4)) == (
        "The Coast Guard Office opened an inquiry."
    )


def test_no_name_is_put_for_its_own_alias() -> None:
    article = (
        "The Dockers Welfare Association (DWA) said on Monday that the DWA would pay. The harbour was shut all day."
    )
    assert changed("name", claim("The DWA would pay.", 1, article)) is None


def test_a_place_is_put_for_one_of_the_same_level() -> None:
    assert changed("place", claim("A fire in Ostmark had killed three people.")) == (
        "A fire in Hallin had killed three people."
    )
    article = "The mill in Ostmark closed. It was the last mill in Norway, and people there still miss it."
    assert changed("place", claim("The mill in Ostmark closed.", 1, article)) is None


def test_roles_are_reversed() -> None:
    assert changed("role reversed", alone("Brandl accused the fire chief of waste.")) == (
        "The fire chief accused Brandl of waste."
    )
    assert changed("role reversed", alone("Three guards arrested a smuggler on the pier.")) == (
        "A smuggler arrested three guards on the pier."
    )
    assert changed("role reversed", alone("The explosion killed three guards on the pier.")) is None
    assert changed("role reversed", alone("Brandl praised the head of the harbour.")) is None


@pytest.mark.parametrize(
    ("text", "lie_"),
    [
        ("Brandl did not resign over the fire.", "Brandl resigned over the fire."),
        ("The pumps were not tested in the spring.", "The pumps were tested in the spring."),
        ("Nobody was hurt when the shed fell.", "Somebody was hurt when the shed fell."),
        ("Brandl not only resigned, he left town.", None),
        ("Brandl did not say anything to the press.", None),
        ("They asked whether he did not know it.", None),
    ],
)
def test_not_is_dropped(text: str, lie_: str | None) -> None:
    assert changed("not dropped", alone(text)) == lie_


@pytest.mark.parametrize(
    ("text", "lie_"),
    [
        ("Brandl resigned over the fire.", "Brandl did not resign over the fire."),
        ("Two boats were sold in the spring.", "Two boats were not sold in the spring."),
        ("Teel has won the vote.", "Teel has not won the vote."),
        ("The guards can see the pier.", "The guards cannot see the pier."),
        ("No boats were sold in the spring.", None),
        ("It is unclear whether it was sold.", None),
    ],
)
def test_not_is_added(text: str, lie_: str | None) -> None:
    assert changed("not added", alone(text)) == lie_


@pytest.mark.parametrize(
    ("text", "lie_"),
    [
        ("The fire may have reached the shed.", "The fire had reached the shed."),
        ("Guards held a suspected arsonist.", "Guards held an arsonist."),
        ("He allegedly sold the pumps.", "He sold the pumps."),
        ("The shed appeared to burn for days.", "The shed burned for days."),
        ("The city might sue the builder.", "The city will sue the builder."),
        ("Brandl was suspected of arson.", None),
        ("The city sued the builder in May.", None),
    ],
)
def test_a_hedge_is_dropped(text: str, lie_: str | None) -> None:
    assert changed("hedge dropped", alone(text)) == lie_


@pytest.mark.parametrize(
    ("text", "lie_"),
    [
        ("Brandl denied that he had sold the pumps.", "Brandl confirmed that he had sold the pumps."),
        ("Brandl denied any wrongdoing.", "Brandl admitted wrongdoing."),
        ("Teel said the wind had turned.", "Teel denied that the wind had turned."),
        ("They were denied entry to the town.", None),
        ("The wind had turned, said the chief.", None),
    ],
)
def test_denied_is_put_for_said(text: str, lie_: str | None) -> None:
    assert changed("said for denied", alone(text)) == lie_


@pytest.mark.parametrize(
    ("text", "lie_"),
    [
        ("The city plans to build a dam.", "The city has built a dam."),
        ("Parliament will vote on the law.", "Parliament voted on the law."),
        ("Teel said she would close the pier.", "Teel said she had closed the pier."),
        ("The city has no plans to build a dam.", None),
        ("Parliament will vote next week.", None),
    ],
)
def test_a_plan_is_told_as_a_deed(text: str, lie_: str | None) -> None:
    assert changed("plan for deed", alone(text)) == lie_


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The pump station failed on Tuesday.", r"The pump station \w+ on Tuesday\."),
        ("Teel praised the guards.", r"Teel \w+ the guards\."),
        ("The pier was closed in May.", r"The pier was (?!closed)\w+ in May\."),
        ("The pier has lost the vote.", r"The pier has (?!lost)\w+ the vote\."),
        ("Brandl wants to widen the pier.", r"Brandl wants to (?!widen)[a-z]+ the pier\."),
        ("Brandl, who praises the guards, wept.", r"Brandl, who (?!praises)\w+s the guards, wept\."),
    ],
)
def test_a_verb_is_put_for_another_in_its_form(text: str, form: str) -> None:
    made = changed("verb swapped", alone(text))
    assert made is not None
    assert made != text
    assert re.fullmatch(form, made)


@pytest.mark.parametrize(
    "text",
    ["The detained men were three.", "Teel said the wind had shifts.", "“We sold the pier,” he said.", "It is so."],
)
def test_no_verb_is_put_for_a_noun_or_a_saying(text: str) -> None:
    assert changed("verb swapped", alone(text)) is None


def test_no_verb_is_put_that_says_what_the_sentence_or_one_beside_it_says() -> None:
    for seed in "abcdefghijkl":
        made = changed(
            "verb swapped", claim(f"The guards {seed} failed on Monday.", 1, "It burned. The mill collapsed.")
        )
        assert made is not None
        assert not re.search(r"burned|collapsed|exploded|crashed", made)


def test_quotations_are_spliced() -> None:
    made = changed(
        "quotation spliced", quotation("It began in a shed, and then the wind took it, and we lost the pier.")
    )
    assert made is not None
    assert made not in ARTICLE
    assert made.startswith("It began in a shed, and")
    assert changed("quotation spliced", quotation("It began")) is None


def test_a_quotation_is_cut_where_it_turns() -> None:
    words = "The pumps worked as they should have, but nobody had been trained to use them,"
    assert changed("quotation cut", quotation(words)) == "The pumps worked as they should have"
    words = "We have never seen a fire that spread so fast through the old town,"
    assert changed("quotation cut", quotation(words)) == "seen a fire that spread so fast through the old town"
    assert changed("quotation cut", quotation("That will change.")) is None


def test_a_quotation_is_given_to_somebody_else() -> None:
    made = lie("wrong speaker", quotation("That will change.", "Brandl"))
    assert made is not None
    assert made.speaker == "Mara Teel"
    assert lie("wrong speaker", Claim("That will change.", Article(ARTICLE), quoted=True)) is None


def test_a_sentence_is_invented_about_a_name_of_the_article() -> None:
    made = changed("sentence invented", claim("The Velt Harbour Authority opened an inquiry.", 4))
    assert made is not None
    assert made not in ARTICLE
    names = ("Mara Teel", "Jonas Brandl", "Velt Harbour Authority", "Coast Guard Office", "Ostmark", "Hallin")
    assert any(each in made for each in names)
    assert changed("sentence invented", alone("the tide turned at noon and the boats came home.")) is None


def test_another_sentence_is_cited() -> None:
    given = claim("The Velt Harbour Authority opened an inquiry.", 4)
    made = lie("other sentence", given)
    assert made is not None
    assert made.text == given.text
    assert made.cited not in (None, 1, 4)
    assert lie("other sentence", claim("The Velt Harbour Authority opened an inquiry.", None)) is None


def test_the_same_claim_gives_the_same_lies() -> None:
    given = claim("Fire Chief Mara Teel said on Monday that a fire in Ostmark had killed three people.")
    made = dict(lies(given))
    assert made == dict(lies(given))
    assert set(made) <= set(MUTATORS)
    assert all(each.text != given.text for kind, each in made.items() if kind != "other sentence")


def test_quotations_and_claims_get_lies_of_their_own() -> None:
    assert "digit" not in dict(lies(quotation("We lost 12 boats that night and the pier.")))
    assert "wrong speaker" not in dict(lies(claim("A fire in Ostmark had killed three people.")))


def test_forms_of_verbs() -> None:
    assert [verbs.past(each) for each in ("resign", "take", "stop", "deny", "close")] == [
        "resigned",
        "took",
        "stopped",
        "denied",
        "closed",
    ]
    assert verbs.participle("take") == "taken"
    assert verbs.third("carry") == "carries"
    assert verbs.of_past("resigned") == "resign"
    assert verbs.of_past("harbour") is None


def test_a_true_claim_is_shortened_where_it_stays_true() -> None:
    assert shortened("On Monday, the city shut the old pier, which had burned.") == "The city shut the old pier."
    assert shortened("The city shut the pier, after a fire, officials said.") == (
        "The city shut the pier, after a fire, officials said."
    )


def test_what_declares_something() -> None:
    assert declares("The city shut the old pier on Monday.")
    assert not declares("Image: the old pier of the city of Ostmark.")
    assert not declares("Who shut the old pier on Monday?")
