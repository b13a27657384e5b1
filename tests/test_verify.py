"""Checking a briefing again: what was edited by hand is found, what was not holds, whatever there is of the source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli
from drafts import ARTICLE, DRAFT, FAILING, MODEL, NO_REPAIR, PUBLISHED, REPAIR, briefed, serving
from test_examples import PUBLISHED as EXAMPLES
from test_examples import replay
from test_examples import source as example

from summarizer import Briefing, BriefingError, Source, VerificationError, errors, verify
from summarizer.check import checker
from summarizer.document import Document
from summarizer.report.explain import explain
from summarizer.report.verified import verified
from summarizer.verification import Verification
from summarizer.verification.reading import read, source_of

ROOT = Path(__file__).parent.parent
SOURCE = Source.from_text(ARTICLE)
DOCUMENT = Document.of(SOURCE.text)
UNTITLED = ARTICLE.partition("\n\n")[2].replace("\n\n", " ", 1)
TWO_EVENTS: list[dict[str, Any]] = DRAFT["what"]
DENIAL = {
    "event": "The Dock Workers' Union denied that its members had overloaded the crane.", "status": "denied", "s": 5,
}  # fmt: skip

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def good() -> Briefing:
    briefing = briefed(DRAFT | {"what": [*TWO_EVENTS, DENIAL]})
    assert [each.status for each in briefing.what] == ["asserted", "planned", "denied"]
    return briefing


@pytest.fixture(scope="module")
def failing() -> Briefing:
    """A briefing with a rejected item."""
    return briefed(FAILING, NO_REPAIR)


def edited(briefing: Briefing, change: Change) -> Briefing:
    plain = json.loads(briefing.to_json())
    change(plain)
    return Briefing.from_json(json.dumps(plain))


def codes(verification: Verification) -> dict[str, list[str]]:
    """The codes of the reasons by the place of what fails."""
    return {each.path: [reason.code for reason in each.reasons] for each in verification.failures}


def sentence(number: int) -> dict[str, Any]:
    """A sentence of the article as evidence."""
    span = DOCUMENT.sentence(number).span
    return {"sentence": number, "start": span.start, "end": span.end, "text": DOCUMENT.text_of(span)}


def put(where: str, **values: Any) -> Change:
    """Puts values into what stands at a path such as `what.0.evidence.0`."""

    def change(plain: Any) -> None:
        for key in where.split("."):
            plain = plain[int(key) if key.isdigit() else key]
        plain.update(values)

    return change


def swap(where: str, key: str, old: str, new: str) -> Change:
    """Replaces a part of a text."""

    def change(plain: Any) -> None:
        for each in where.split("."):
            plain = plain[int(each) if each.isdigit() else each]
        assert old in plain[key]
        plain[key] = plain[key].replace(old, new)

    return change


# What was not edited holds


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_hold(name: str) -> None:
    verification = verify(replay(name), example(name))
    assert codes(verification) == {}
    assert (verification.holds, verification.text, verification.notes) == (True, "same", ())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_agree_with_themselves(name: str) -> None:
    verification = verify(replay(name))
    assert codes(verification) == {}
    assert verification.text == "none"


@pytest.mark.parametrize("answers", [[DRAFT], [FAILING, REPAIR], [FAILING, NO_REPAIR]])
def test_a_new_briefing_holds_repaired_or_not(answers: list[object]) -> None:
    briefing = briefed(*answers)
    assert codes(verify(briefing, SOURCE)) == codes(verify(briefing)) == {}


def test_a_main_event_that_the_repair_gave_and_what_was_checked_before_it() -> None:
    wrong = {"event": "The port of Bergen burned down on Friday, killing 90 people.", "status": "asserted", "s": 1}
    draft = {key: _earlier(each) for key, each in DRAFT.items()} | {"what": [wrong]}
    repair = {"what": _earlier(TWO_EVENTS[:1]), "why": _earlier(DRAFT["why"])}
    briefing = briefed(draft, repair, article=UNTITLED)
    assert [each.claim for each in briefing.what] == [TWO_EVENTS[0]["event"]]
    assert [each.proposed["event"] for each in briefing.rejected if each.field == "what"] == []
    assert [each.place for each in briefing.where] == ["Halden in Norway"]
    assert [each.time for each in briefing.when] == ["on Monday"]
    assert [each.cause for each in briefing.why] == [DRAFT["why"][0]["cause"]]
    assert briefing.who
    assert codes(verify(briefing, Source.from_text(UNTITLED))) == {}


def _earlier(proposals: list[Any]) -> list[Any]:
    """The same of the article without its title, whose sentences are all one earlier."""
    return [each | {"s": each["s"] and each["s"] - 1} if isinstance(each, dict) else each - 1 for each in proposals]


def test_every_item_has_a_result_in_the_order_of_the_briefing(good: Briefing) -> None:
    paths = [each.path for each in verify(good, SOURCE).results]
    fields = list(dict.fromkeys(path.partition("[")[0] for path in paths))
    assert fields == [
        "not_stated", "provenance", "source", "headline", "summary", "what", "who", "where", "when", "why",
        "stated_rationale",
    ]  # fmt: skip
    assert paths.count("who[1]") == 1


def test_the_source_may_be_read_anew_without_its_day_of_publication(good: Briefing) -> None:
    assert SOURCE.published is None
    assert good.when[0].resolved_from is not None
    assert verify(good, SOURCE).holds


def test_a_briefing_without_anything_holds(good: Briefing) -> None:
    fields = ["who", "what", "where", "when", "why", "stated_rationale"]
    bare = edited(
        good, lambda plain: plain.update(headline=None, summary=[], not_stated=fields, **{f: [] for f in fields})
    )
    assert verify(bare, SOURCE).holds
    assert verify(bare).holds


# What was edited does not


EDITS: list[tuple[str, Change, str, str]] = [
    ("a digit of a claim", swap("why.0", "cause", "two workers", "three workers"), "why[0]", "number"),
    ("a name of a claim", swap("what.0", "claim", "Halden", "Bergen"), "what[0]", "other_name"),
    ("a name of the headline", swap("headline", "text", "Halden", "Bergen"), "headline", "words"),
    (
        "a name of a headline in a sentence",
        put(
            "headline",
            text="The port of Bergen closed its north terminal",
            evidence=[sentence(2)],
            verdict="supported",
        ),
        "headline",
        "other_name",
    ),
    ("a negation", swap("what.0", "claim", "closed", "did not close"), "what[0]", "polarity"),
    ("a start", put("what.0.evidence.0", start=sentence(2)["start"] + 1), "what[0]", "offset"),
    ("an end", put("who.1.evidence.0", end=sentence(3)["end"] - 1), "who[1]", "offset"),
    (
        "both offsets",
        put("when.0.evidence.0", start=sentence(2)["start"] + 1, end=sentence(2)["end"] + 1),
        "when[0]",
        "offset",
    ),
    (
        "evidence cut short, offsets and all",
        put("where.0.evidence.0", end=sentence(2)["end"] - 4, text=sentence(2)["text"][:-4]),
        "where[0]",
        "span",
    ),
    ("the text of the evidence", swap("what.0.evidence.0", "text", "two", "ten"), "what[0]", "text"),
    ("a number of a sentence", put("what.0.evidence.0", sentence=3), "what[0]", "span"),
    ("a number of no sentence", put("what.0.evidence.0", sentence=99), "what[0]", "number"),
    ("evidence from another sentence", put("why.0", evidence=[sentence(6)]), "why[0]", ""),
    ("evidence from another sentence for a name", put("who.1", evidence=[sentence(5)]), "who[1]", "evidence"),
    ("evidence from another sentence for a place", put("where.0", evidence=[sentence(6)]), "where[0]", "evidence"),
    ("evidence from another sentence for a time", put("when.0", evidence=[sentence(4)]), "when[0]", "evidence"),
    ("evidence from another sentence for a quotation", put("stated_rationale.0", evidence=[sentence(4)]),
     "stated_rationale[0]", "evidence"),
    ("the words of a quotation", swap("stated_rationale.0.quotation", "text", "nobody", "everybody"),
     "stated_rationale[0]", "quotation"),
    ("a number of no quotation", put("stated_rationale.0.quotation", quotation=7), "stated_rationale[0]", "number"),
    ("the speaker of a quotation", put("stated_rationale.0", speaker="Tor Lind"), "stated_rationale[0]", "speaker"),
    ("the role of a speaker", put("stated_rationale.0", speaker_role="minister"), "stated_rationale[0]", "speaker_role"),
    ("on whose behalf", put("stated_rationale.0", on_behalf_of="the union"), "stated_rationale[0]", "on_behalf_of"),
    ("a reason", put("stated_rationale.0", reason="the union asked for higher wages"), "stated_rationale[0]", ""),
    ("no reason", put("stated_rationale.0", reason=" "), "stated_rationale[0]", "empty"),
    ("denied to asserted", put("what.2", status="asserted", attributed_to=None), "what[2]", "status"),
    ("denied to asserted alone", put("what.2", status="asserted"), "what[2]", "status"),
    ("planned to asserted", put("what.1", status="asserted", attributed_to=None), "what[1]", "status"),
    ("who an event is attributed to", put("what.1", attributed_to="Tor Lind"), "what[1]", "attributed_to"),
    ("to whom nothing is attributed", put("what.0", attributed_to="Tor Lind"), "what[0]", "attributed_to"),
    ("supported to verbatim", put("what.0", verdict="verbatim"), "what[0]", "verdict"),
    ("verbatim to supported", put("where.0", verdict="supported"), "where[0]", "verdict"),
    ("a first day", put("when.0", start="2026-03-08"), "when[0]", "start"),
    ("a last day", put("when.0", end="2026-03-10"), "when[0]", "end"),
    ("the day counted from", put("when.0", resolved_from="2026-03-10"), "when[0]", "resolved_from"),
    ("the day of publication", put("source", published="2026-03-20"), "when[0]", "start"),
    ("a place that the source lacks", put("where.0", place="Bergen"), "where[0]", "place"),
    ("what a place lies in", put("where.0", within="Sweden"), "where[0]", "within"),
    ("a time that the source lacks", put("when.0", time="on Friday"), "when[0]", "time"),
    ("an actor that the source lacks", put("who.1", name="Tor Lind"), "who[1]", "name"),
    ("an actor's role", put("who.1", role="the prime minister"), "who[1]", "role"),
    ("an actor's part", put("who.0", part="spoke"), "who[0]", "part"),
    ("the event that a cause explains", put("why.0", event="A ship sank."), "why[0]", "event"),
    ("a sentence of the summary", swap("summary.0", "text", "two", "ten"), "summary[0]", "text"),
    ("the summary's evidence", put("summary.0", evidence=[sentence(6)]), "summary[0]", "text"),
    ("a name that is empty", put("who.0", name=""), "who[0]", "empty"),
    ("a claim that is empty", put("what.0", claim=""), "what[0]", "empty"),
    ("the title as summary", put("summary.0", text=sentence(1)["text"], evidence=[sentence(1)]), "summary[0]",
     "leaning"),
    ("the length of the source", put("source", characters=7), "source", "characters"),
    ("the usage", put("provenance.usage", prompt_tokens=1), "provenance", "usage"),
    ("a sentence left out", lambda briefing: briefing["left_out"].append(sentence(3)), "left_out", "left_out"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "path", "code"), [each[1:] for each in EDITS], ids=[each[0] for each in EDITS])
def test_an_edit_is_found(good: Briefing, change: Change, path: str, code: str) -> None:
    """Which rule objects to a claim of another subject is the check's affair; there the code is empty."""
    bad = edited(good, change)
    assert bad != good
    found = codes(verify(bad, SOURCE))[path]
    assert code in found or (found and not code)


def cut(before: str) -> Change:
    """Cuts the quotation of an article before a word, text and offsets alike."""

    def change(plain: dict[str, Any]) -> None:
        quotation = plain["stated_rationale"][0]["quotation"]
        text = quotation["text"].partition(f" {before}")[0]
        quotation.update(text=text, end=quotation["start"] + len(text))

    return change


BUT = ARTICLE.replace("that we have not inspected", "that we have not inspected, but we will open it on Friday")


def test_a_quotation_cut_before_its_but_is_found() -> None:
    briefing = briefed(article=BUT)
    source = Source.from_text(BUT)
    assert verify(briefing, source).holds
    assert set(codes(verify(edited(briefing, cut("but")), source))["stated_rationale[0]"]) == {"span", "cut"}


TWO = ARTICLE.replace("Mia Berg said. She said", 'Mia Berg said. "It was close." She said')


def test_two_quotations_joined_are_found() -> None:
    briefing, source = briefed(article=TWO), Source.from_text(TWO)
    assert verify(briefing, source).holds

    def join(plain: dict[str, Any]) -> None:
        quotation = plain["stated_rationale"][0]["quotation"]
        quotation["text"] = quotation["text"][:-2] + '. It was close."'

    assert {"text", "quotation"} <= set(codes(verify(edited(briefing, join), source))["stated_rationale[0]"])


def test_the_whole_of_another_quotation_is_found() -> None:
    briefing, source = briefed(article=TWO), Source.from_text(TWO)
    other = Document.of(source.text).quotation(2)
    text = source.text[other.span.start : other.span.end]
    change = put("stated_rationale.0.quotation", quotation=2, start=other.span.start, end=other.span.end, text=text)
    assert "stated_rationale[0]" in codes(verify(edited(briefing, change), source))


def test_a_rejected_item_moved_up_is_found(failing: Briefing) -> None:
    def move(plain: dict[str, Any]) -> None:
        rejected = plain["rejected"].pop()
        item = {"cause": rejected["proposed"]["cause"], "event": plain["what"][0]["claim"]}
        plain["why"] = [item | {"evidence": [sentence(2)], "verdict": "supported"}]

    assert verify(failing, SOURCE).holds
    assert codes(verify(edited(failing, move), SOURCE)) == {"why[0]": ["number"]}


def test_evidence_of_a_rejected_item_is_compared_too() -> None:
    cause = {"cause": "Three workers in Bergen overloaded the crane.", "s": 5}
    briefing = briefed(DRAFT | {"why": [cause]}, {"why": [cause]})
    assert briefing.rejected[0].evidence
    bad = edited(briefing, put("rejected.0.evidence.0", text="The union admitted it."))
    assert codes(verify(bad, SOURCE)) == {"rejected[0]": ["text"]}


def test_an_answer_deleted_or_a_question_listed_in_its_stead_is_found(good: Briefing) -> None:
    assert codes(verify(edited(good, lambda plain: plain.update(why=[])), SOURCE)) == {"not_stated": ["lost"]}
    listed = edited(good, lambda plain: plain.update(not_stated=["why"]))
    assert codes(verify(listed, SOURCE)) == {"not_stated": ["answered"]}


def test_every_reason_says_what_is_wrong(good: Briefing) -> None:
    verification = verify(edited(good, swap("what.0", "claim", "Halden", "Bergen")), SOURCE)
    found = next(each for each in verification.failures if each.path == "what[0]")
    assert (found.field, found.index, found.item) == ("what", 0, "The port of Bergen closed its north terminal.")
    assert "Bergen" in found.reasons[0].explanation


def test_failures_can_be_raised(good: Briefing) -> None:
    verify(good, SOURCE).raise_for_failures()
    bad = verify(edited(good, put("where.0", place="Bergen")), SOURCE)
    with pytest.raises(VerificationError, match=r"1 of \d+ statements of the briefing does not hold: where\[0\]\."):
        bad.raise_for_failures()


# Another text, no text, other rules


def test_another_text_is_a_failure_of_its_own(good: Briefing) -> None:
    other = Source.from_text(ARTICLE.replace("engineers", "an engineer"))
    verification = verify(good, other)
    assert codes(verification) == {"source": ["another_text"]}
    assert verification.text == "another"


def test_what_another_text_has_too_still_holds_where_it_stands_there(good: Briefing) -> None:
    text = ARTICLE.replace("She said the terminal would reopen in June.", "She hoped for June.")
    source = Source.from_text("Halden, one word more\n" + text)
    verification = verify(good, source)
    found = codes(verification)
    assert found["what[1]"] == ["text"]
    assert "who[1]" not in found
    moved = next(each for each in verification.results if each.path == "who[1]")
    assert moved.moved
    assert source.text[moved.evidence[0].start : moved.evidence[0].end] == good.who[1].evidence[0].text


def test_a_hash_changed_by_hand_makes_it_another_text(good: Briefing) -> None:
    bad = edited(good, put("source", sha256="0" * 64))
    assert codes(verify(bad, SOURCE)) == {"source": ["another_text"]}


def test_another_day_of_publication_is_told(good: Briefing) -> None:
    other = Source.from_text(ARTICLE, published="2026-03-12")
    assert codes(verify(good, other)) == {"source": ["published"]}


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (swap("what.0", "claim", "Halden", "Bergen"), "what[0]", "other_name"),
        (swap("why.0", "cause", "two workers", "three workers"), "why[0]", "number"),
        (put("when.0", start="2026-03-08"), "when[0]", "start"),
        (put("where.0", place="Bergen"), "where[0]", "place"),
        (put("who.1", name="Tor Lind"), "who[1]", "name"),
        (put("stated_rationale.0", speaker="Tor Lind"), "stated_rationale[0]", "speaker"),
        (put("what.0", verdict="verbatim"), "what[0]", "verdict"),
        (swap("summary.0", "text", "two", "ten"), "summary[0]", "text"),
        (put("who.1.evidence.0", end=10_000), "who[1]", "offset"),
        (put("who.1.evidence.0", start=sentence(3)["start"] + 1), "who[1]", "offset"),
        (swap("what.0.evidence.0", "text", "two", "ten"), "what[0]", "contradiction"),
    ],
)
def test_without_the_source_a_claim_is_held_against_its_own_evidence(
    good: Briefing, change: Change, path: str, code: str
) -> None:
    assert code in codes(verify(edited(good, change)))[path]


def test_without_the_source_evidence_made_up_throughout_cannot_be_told(good: Briefing) -> None:
    """That is why it says so."""
    bad = Briefing.from_json(good.to_json().replace("Halden", "Bergen"))
    assert verify(bad).holds
    assert verify(bad).text == "none"
    assert not verify(bad, SOURCE).holds


def test_other_rules_than_todays_are_a_note_and_no_failure(good: Briefing) -> None:
    old = edited(good, put("provenance.policy", sha256="0" * 64))
    verification = verify(old, SOURCE)
    assert verification.holds
    assert "checked again under today's rules" in verification.notes[0]


# Reading


def broken(good: Briefing, change: Change) -> str:
    plain = json.loads(good.to_json())
    change(plain)
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("what.0", certainty=1), "what.0.certainty"),
        (put("what.0", claim=7), "what.0.claim"),
        (put("what.0.evidence.0", sentence="2"), "what.0.evidence.0.sentence"),
        (put("what.0", evidence=[]), "what.0.evidence"),
        (put("what.0", status="certain"), "what.0.status"),
        (put("when.0", start="yesterday"), "when.0.start"),
        (lambda plain: plain.pop("source"), "source"),
        (lambda plain: plain.update(schema="briefing@2"), "schema"),
    ],
)
def test_what_breaks_the_schema_is_no_briefing_and_says_where(
    good: Briefing, tmp_path: Path, change: Change, told: str
) -> None:
    path = tmp_path / "briefing.json"
    path.write_text(broken(good, change))
    with pytest.raises(BriefingError, match=f"is no briefing: {re.escape(told)}: "):
        read(str(path))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", "[" * 100_000, "\udcff", '{"a": 1} x'])
def test_what_is_no_json_object_is_no_briefing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "briefing.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(BriefingError):
        read(str(path))


def test_a_key_that_stands_twice_is_refused(good: Briefing, tmp_path: Path) -> None:
    path = tmp_path / "briefing.json"
    path.write_text(good.to_json().replace('"headline": {', '"headline": null, "headline": {', 1))
    with pytest.raises(BriefingError, match="'headline' stands twice"):
        read(str(path))


@pytest.mark.parametrize("where", ["missing.json", ".", "a\0b"])
def test_what_cannot_be_read_is_no_briefing(where: str) -> None:
    with pytest.raises(BriefingError):
        read(where)


def test_a_briefing_of_any_encoding_of_unicode_is_read(good: Briefing, tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path = tmp_path / encoding
        path.write_text(good.to_json(), encoding=encoding)
        assert read(str(path)) == good


def test_the_source_is_the_file_that_the_briefing_names_where_its_text_is_the_same(
    good: Briefing, tmp_path: Path
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    named = edited(good, put("source", name=str(path)))
    found = source_of(named)
    assert found
    assert found.text == SOURCE.text
    path.write_text(ARTICLE + "More.")
    assert source_of(named) is None
    path.write_text("no")
    assert source_of(named) is None


@pytest.mark.parametrize(
    "name", ["text", "-", "missing.txt", "/dev/zero", "//host/share/a.txt", "\\\\host\\a", "a\0b", "."]
)
def test_what_is_no_file_here_is_not_read(good: Briefing, name: str) -> None:
    assert source_of(edited(good, put("source", name=name))) is None


# The command


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def stored(good: Briefing, article: Path, tmp_path: Path) -> Path:
    path = tmp_path / "briefing.json"
    path.write_text(edited(good, put("source", name=str(article))).to_json(), encoding="utf-8")
    return path


def test_the_command_finds_the_source_by_itself_and_says_so(cli: Cli, stored: Path, article: Path) -> None:
    code, out, err = cli("verify", stored)
    assert (code, err) == (0, "")
    assert re.match(r"All \d+ statements hold\n", out)
    assert f"comparedwith{article}" in "".join(out.split())  # however it is wrapped


def test_the_source_can_be_named(cli: Cli, stored: Path, article: Path) -> None:
    other = article.rename(article.with_name("other.txt"))
    assert cli("verify", stored, "--source", other)[0] == 0


def test_what_fails_is_listed_and_exits_with_21(cli: Cli, stored: Path) -> None:
    stored.write_text(stored.read_text().replace('"status": "denied"', '"status": "asserted"'))
    code, out, err = cli("verify", stored)
    assert code == VerificationError.exit_code == 21
    assert "does not hold" in out
    assert "what[2]: The Dock Workers' Union denied" in out
    assert "status: By the source it is “" in " ".join(out.split())
    assert err.startswith("ERROR 1 of ")


def test_another_text_exits_with_21_and_lists_what_holds(cli: Cli, stored: Path, article: Path) -> None:
    article.write_text(ARTICLE + "More of it.\n")
    code, out, _ = cli("verify", stored, "--source", article)
    assert code == 21
    assert "another text than the briefing was made of" in " ".join(out.split())
    assert "HOLDS IN THIS TEXT TOO" in out


def test_without_the_source_it_is_told_and_is_no_success(cli: Cli, stored: Path, article: Path) -> None:
    article.unlink()
    code, out, err = cli("verify", stored)
    assert code == errors.SourceError.exit_code
    assert "The evidence itself was not compared" in out
    assert "TIP   Name the source with --source FILE, or say --no-source." in err


def test_without_the_source_on_purpose_is_a_success(cli: Cli, stored: Path) -> None:
    code, out, err = cli("verify", stored, "--no-source")
    assert (code, err) == (0, "")
    assert "The evidence itself was not compared" in out


def test_without_the_source_what_fails_still_exits_with_21(cli: Cli, stored: Path) -> None:
    stored.write_text(stored.read_text().replace('"place": "Halden', '"place": "Bergen'))
    assert cli("verify", stored, "--no-source")[0] == 21


def test_a_briefing_comes_from_a_pipe_too(cli: Cli, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with stored.open() as pipe:
        monkeypatch.setattr("sys.stdin", pipe)
        assert cli("verify", "-")[0] == 0


def test_json_is_what_was_found_and_nothing_else(cli: Cli, stored: Path) -> None:
    stored.write_text(stored.read_text().replace('"place": "Halden', '"place": "Bergen'))
    code, out, _ = cli("verify", stored, "-f", "json")
    found = json.loads(out)
    assert code == 21
    assert (found["holds"], found["text"]) == (False, "same")
    failed = [each for each in found["results"] if not each["holds"]]
    assert [(each["field"], each["index"], each["reasons"][0]["code"]) for each in failed] == [("where", 0, "place")]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["missing.json"], 20),
        (["BRIEFING", "--source", "missing.txt"], 3),
        (["BRIEFING", "--source", "ARTICLE", "--no-source"], 2),
        (["BRIEFING", "--explain", "-f", "json"], 2),
        (["BRIEFING", "-f", "markdown"], 2),
        (["ARTICLE"], 20),
    ],
)
def test_a_mistake_has_its_exit_code_and_a_tip(
    cli: Cli, stored: Path, article: Path, arguments: list[str], code: int
) -> None:
    files = {"BRIEFING": stored, "ARTICLE": article}
    done = cli("verify", *(files.get(each, each) for each in arguments))
    assert done[:2] == (code, "")
    assert "\nTIP   " in done[2]


def test_nothing_of_a_briefing_drives_a_terminal(cli: Cli, stored: Path) -> None:
    plain = json.loads(stored.read_text())
    plain["where"][0]["place"] = "\x1b]52;c;x\x07\x9b2J\u202eBergen"
    plain["provenance"]["policy"]["id"] = "\x1b[2J"
    plain["rejected"] = [
        {"field": "where", "proposed": {"place": "\x1b[2J", "s": 2}, "verdict": "refuted",
         "reasons": [{"code": "\x1b", "explanation": "\x1b[2J"}], "evidence": []}
    ]  # fmt: skip
    stored.write_text(json.dumps(plain))
    for options in ([], ["--explain"], ["-f", "json"], ["--no-source"]):
        _, out, err = cli("verify", stored, *options)
        assert "Bergen" in out
        assert (out + err).replace("\n", "").isprintable()


def test_a_briefing_that_names_no_sentence_of_the_source_does_not_crash(cli: Cli, stored: Path) -> None:
    stored.write_text(re.sub(r'"(sentence|quotation)": \d+', r'"\1": 999', stored.read_text()))
    code, out, _ = cli("verify", stored)
    assert code == 21
    assert "The source has no S999." in out


# Explaining


def test_every_item_is_explained_by_its_sentence_its_verdict_and_its_rules(good: Briefing) -> None:
    shown = explain(good, verify(good, SOURCE), width=2000)
    assert len(re.findall(r"passed: ", shown)) == len(verify(good, SOURCE).results) - 3
    first = good.what[0].evidence[0]
    assert f"S2, characters {first.start} to {first.end}: {first.text}" in shown
    assert "• The port of Halden closed its north terminal. — supported" in shown
    assert re.search(r"passed: .*name \(.*status \(asserted\)", shown)
    assert f"quotation (Q1, unbroken); speaker (Mia Berg); role ({good.stated_rationale[0].speaker_role})" in shown
    assert "start (2026-03-09, seen from 2026-03-11)" in shown


def test_what_was_rejected_is_explained_with_what_came_nearest(failing: Briefing) -> None:
    shown = explain(failing, verify(failing, SOURCE), width=2000)
    told = shown.partition("REJECTED BY THE CHECK")[2]
    assert "• why: once a crane collapsed and injured three workers — refuted" in told
    assert "number: " in told
    assert "the model cited S2" in told
    assert "the model was asked for: draft, repair" in told


def test_what_fails_is_explained_with_its_reason(good: Briefing) -> None:
    bad = edited(good, swap("what.0", "claim", "Halden", "Bergen"))
    shown = explain(bad, verify(bad, SOURCE), width=2000)
    assert "failed: other_name: " in shown


def test_a_terminal_gets_colours_and_a_file_gets_none(good: Briefing) -> None:
    verification = verify(good, SOURCE)
    assert "\x1b[" in explain(good, verification, color=True)
    assert "\x1b" not in explain(good, verification)
    assert "\x1b[" in verified(verification, color=True)
    assert "\x1b" not in verified(verification)


def test_a_stored_briefing_is_explained_as_a_new_one_was(cli: Cli, article: Path, tmp_path: Path) -> None:
    with serving() as server:
        at = ["--model", MODEL, "--base-url", server.base_url, "--published", PUBLISHED]
        target = tmp_path / "new.json"
        assert cli("brief", article, *at, "-f", "json", "-o", target)[0] == 0
        code, new, _ = cli("brief", article, *at, "--explain")
    assert code == 0
    old = cli("verify", target, "--explain")[1]
    assert new.startswith("Halden Port Shuts Terminal\n\nSUMMARY\n")
    assert new.partition("\nWhy it stands\n")[2] == old.partition("\nWhy it stands\n")[2] != ""


def test_an_explanation_goes_into_a_file_too(cli: Cli, article: Path, tmp_path: Path) -> None:
    with serving() as server:
        at = ["--model", MODEL, "--base-url", server.base_url, "--published", PUBLISHED]
        assert cli("brief", article, *at, "--explain", "-o", tmp_path / "out.txt")[:2] == (0, "")
    assert "\nWhy it stands\n" in (tmp_path / "out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("given", [(), ("--source", "page.html")])
def test_a_page_of_another_day_than_its_briefing_was_given_holds(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    title, *paragraphs = ARTICLE.split("\n\n")
    body = f"<h1>{title}</h1>" + "".join(f"<p>{each}</p>" for each in paragraphs)
    day = '<meta property="article:published_time" content="2026-01-02">'
    page = f'<html lang="en"><head><title>{title}</title>{day}</head><body><article>{body}</article></body></html>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with serving() as server:
        at = ["--model", MODEL, "--base-url", server.base_url, "--published", PUBLISHED]
        assert cli("brief", "page.html", *at, "-f", "json", "-o", "out.json")[0] == 0
    code, out, err = cli("verify", "out.json", *given)
    assert (code, err) == (0, ""), out


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_only_text_is_explained(cli: Cli, article: Path, form: str) -> None:
    code, out, err = cli("brief", article, "--explain", "-f", form)
    assert (code, out) == (2, "")
    assert f"--explain does not go with --format {form}." in err


# The rules are the check's own


def test_verifying_leaves_a_checker_of_the_same_document_alone(good: Briefing) -> None:
    """The rules are asked on a case of their own."""
    held = checker(DOCUMENT, SOURCE)
    verify(good, SOURCE)
    assert held.main_event is None


# The README


def test_what_the_readme_shows_of_verify_is_what_it_prints(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "88")
    path, tape = tmp_path / "strike.json", ROOT / "cassettes" / "briefing@2" / "strike.json"
    options = ["--published", "2026-03-11", "--cassette", tape, "--format", "json", "--output", path]
    assert cli("brief", "examples/strike.txt", *options)[0] == 0
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert indented(cli("verify", path)[1]) in readme
    text = path.read_text(encoding="utf-8")
    assert text.count('Hazmet on Tuesday",') == 1
    path.write_text(text.replace('Hazmet on Tuesday",', 'Hazmet on Monday",'), encoding="utf-8")
    code, out, _ = cli("verify", path)
    assert code == 21
    assert indented(out) in readme


def indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.rstrip("\n").split("\n"))
