"""Kinds of briefing: what a class says, and what follows from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from drafts import ARTICLE, MODEL, PUBLISHED, serving

from summarizer import ArtifactError, Source, UsageError, brief
from summarizer.briefing import Asked, BaseBriefing, Briefing
from summarizer.check import checker
from summarizer.document import Document
from summarizer.item import Actor, Cause, Claim, Count, Cued, Event, Extract, Headline, Place, Speaker, Time, Words
from summarizer.kind import Kind, forms, kind_of, load, wire_of
from summarizer.project import Project
from summarizer.record import Rejected

TOLL = Cued({"injured": ["injured", "hurt"], "killed": ["killed", "dead"]})


class Casualty(Claim):
    """People hurt, and how many."""

    toll: Annotated[Literal["injured", "killed"], TOLL]
    count: Count | None
    who: Words | None
    given_by: Speaker | None


class Closure(BaseBriefing):
    """Something that closes."""

    schema_id: Literal["closure@1"] = "closure@1"
    headline: Headline | None
    main: Claim | None
    casualties: Annotated[list[Casualty], Asked(most=2)]
    where: list[Place]
    gist: list[Extract]


KIND = kind_of(Closure)
CLAIM = "The port of Halden closed its north terminal."
HURT = {"claim": "A collapsed crane injured two workers.", "s": 2, "toll": "injured", "count": 2, "who": "two workers"}


def made(**proposed: Any) -> Any:
    source = Source.from_text(ARTICLE, published=PUBLISHED)
    typed = {
        slot.key: [wire_of(slot.item).model_validate(each) for each in proposed[slot.key]]
        for slot in KIND.slots
        if slot.asks and slot.key in proposed
    }
    return checker(Document.of(source.text), source, KIND).check(KIND.draft_of(proposed | typed))


def hurt(**changes: Any) -> tuple[list[Casualty], list[Rejected]]:
    checked = made(casualties=[HURT | changes])
    return checked["casualties"], checked.rejected


def codes(rejected: list[Rejected]) -> set[str]:
    return {reason.code for each in rejected for reason in each.reasons}


# What a model is asked for


def test_a_draft_has_a_list_for_each_field_and_the_sentences_last() -> None:
    assert list(KIND.draft.model_fields) == ["main", "casualties", "where", "gist"]
    asked = KIND.draft.model_json_schema()["properties"]
    assert asked["main"]["maxItems"] == 1
    assert asked["casualties"]["maxItems"] == 2


def test_nobody_is_asked_who_says_it_and_words_come_after_their_sentence() -> None:
    assert list(wire_of(Casualty).model_fields) == ["s", "claim", "toll", "count", "who"]


def test_the_draft_of_a_briefing_is_the_one_that_was_measured() -> None:
    """The order of the fields and the shortness of the keys were tuned."""
    fields = ["what", "who", "where", "when", "why", "rationale", "summary"]
    assert list(kind_of(Briefing).draft.model_fields) == fields
    assert [list(wire_of(each).model_fields) for each in (Actor, Place, Time, Cause)] == [
        ["name", "part", "s"], ["s", "place"], ["time", "s"], ["s", "cause"],
    ]  # fmt: skip


def test_drafts_in_the_first_form_are_asked_for_as_ever() -> None:
    """A prompt that was released in it wants it for ever: a headline, titles of people, causes in the model's words."""
    first = kind_of(Briefing, 1)
    fields = ["headline", "what", "who", "where", "when", "why", "rationale", "summary"]
    assert list(first.draft.model_fields) == fields
    assert [list(wire_of(each, 1).model_fields) for each in (Actor, Place, Time, Cause)] == [
        ["name", "title", "part", "s"], ["s", "place"], ["time", "s"], ["cause", "s"],
    ]  # fmt: skip
    assert list(kind_of(Closure, 1).draft.model_fields) == ["headline", "main", "casualties", "where", "gist"]
    assert (first.cls, first.slots) == (Briefing, kind_of(Briefing).slots)
    assert list(forms(first)) == [kind_of(Briefing), first]


# The check of added fields


def test_added_fields_that_the_evidence_has_stand() -> None:
    (stands,), rejected = hurt()
    assert (stands.toll, stands.count, stands.who, stands.given_by) == ("injured", 2, "two workers", None)
    assert not rejected
    assert stands.evidence[0].sentence == 2


def test_a_choice_is_what_the_text_has_words_for_whatever_the_model_says() -> None:
    (stands,), _ = hurt(toll="killed")
    assert stands.toll == "injured"


def test_a_choice_that_the_text_has_no_words_for_is_refused() -> None:
    claim = {"claim": "Mia Berg is the harbour director.", "s": 3, "count": None, "who": ""}
    stands, rejected = hurt(**claim)
    assert not stands
    assert "cue" in codes(rejected)


def test_words_are_spelled_as_the_evidence_spells_them() -> None:
    (stands,), _ = hurt(who="Two  Workers")
    assert stands.who == "two workers"


def test_no_words_are_null_where_the_class_lets_them() -> None:
    (stands,), _ = hurt(who="")
    assert stands.who is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"count": 3}, "number"),
        ({"claim": "A collapsed crane injured workers."}, "number"),
        ({"who": "three dockers"}, "words"),
        ({"claim": "A collapsed crane killed two workers."}, "words"),
    ],
)
def test_an_added_field_that_the_evidence_lacks_is_not_printed_as_fact(changes: dict[str, Any], code: str) -> None:
    stands, rejected = hurt(**changes)
    assert not stands
    assert code in codes(rejected) or codes(rejected) & {"opposite", "edit", "no_number"}
    assert rejected[0].field == "casualties"


def test_who_says_it_is_read_from_the_text() -> None:
    text = ARTICLE.replace("injured two workers.", "injured two workers, the police said.")
    source = Source.from_text(text, published=PUBLISHED)
    draft = KIND.draft_of({"casualties": [wire_of(Casualty).model_validate(HURT)]})
    (stands,) = checker(Document.of(source.text), source, KIND).check(draft)["casualties"]
    assert stands.given_by is not None
    assert "police" in stands.given_by


def test_a_field_for_one_item_takes_one() -> None:
    checked = made(main=[{"claim": CLAIM, "s": 2}, {"claim": "The terminal would reopen in June.", "s": 4}])
    assert [each.text for each in checked["main"]] == [CLAIM]


def test_without_events_a_place_need_only_be_in_the_sentence_that_is_cited() -> None:
    assert [each.place for each in made(where=[{"s": 2, "place": "Halden in Norway"}])["where"]] == ["Halden in Norway"]


# A whole briefing


def test_a_class_of_ones_own_gets_evidence_check_repair_and_rejection(tmp_path: Path) -> None:
    answer = {
        "main": [{"claim": CLAIM, "s": 2}],
        "casualties": [HURT | {"count": 5}],
        "where": [],
        "gist": [2],
    }
    mended = {"casualties": [HURT]}
    project = _project(tmp_path)
    with serving(answer, mended) as server:
        briefing = brief(
            ARTICLE, schema=Closure, published=PUBLISHED, model=MODEL, base_url=server.base_url, project=project
        )
        assert len(server.requests) == 2
    assert briefing.headline is not None
    assert briefing.headline.text == "Halden Port Shuts Terminal"
    assert briefing.main is not None
    assert briefing.main.text == CLAIM
    assert [each.count for each in briefing.casualties] == [2]
    assert briefing.not_stated == ["where"]
    assert briefing.schema_id == "closure@1"
    assert [each.id for each in briefing.provenance.schemas] == ["closure-draft@1", "closure@1"]
    assert Closure.from_json(briefing.to_json()) == briefing
    assert list(json.loads(briefing.to_json()))[:3] == ["schema", "headline", "main"]


def _project(folder: Path) -> Project:
    (folder / "prompts/closure").mkdir(parents=True)
    (folder / "prompts/lock.json").write_text("{}\n")
    head = "name: closure\nversion: 1\ndescription: x\nschema: closure-draft@1\nrepair: repair@1\ninputs: [article]\n"
    (folder / "prompts/closure/v1.md").write_text(f"---\n{head}---\n=== user ===\n{{{{ article }}}}\n")
    (folder / "pyproject.toml").write_text("[tool.summarizer]\n")
    return Project.at(folder)


# Classes that could not be checked


def _class(**fields: Any) -> type[BaseBriefing]:
    known = {"__module__": __name__, "__annotations__": {"schema_id": Literal["odd@1"], **fields}, "schema_id": "odd@1"}
    made: type[BaseBriefing] = type("Odd", (BaseBriefing,), known)
    return made


class Loose(Claim):
    note: str


class Uncued(Claim):
    kind: Literal["a", "b"]


class HalfCued(Claim):
    kind: Annotated[Literal["a", "b"], Cued({"a": ["a"]})]


class Asserting(Claim):
    by: Speaker


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"note": str}, "Odd.note holds no items"),
        ({"one": Claim}, "Odd.one holds no items"),
        ({"many": list[str]}, "Odd.many holds no items"),
        ({"loose": list[Loose]}, "Loose.note could not be held to the evidence"),
        ({"uncued": list[Uncued]}, "Uncued.kind could not be held to the evidence"),
        ({"half": list[HalfCued]}, "HalfCued.kind could not be held to the evidence"),
        ({"asserting": list[Asserting]}, "Asserting.by could not be held to the evidence"),
        ({"why": list[Cause]}, "no event that they could explain"),
        ({"heads": list[Headline]}, "a list of headlines"),
        ({}, "has no fields"),
    ],
)
def test_a_field_that_could_not_be_checked_is_refused_by_name(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ArtifactError) as raised:
        kind_of(_class(**fields))
    assert said in raised.value.message
    assert raised.value.tip


def test_a_class_that_names_no_schema_is_refused() -> None:
    class Nameless(BaseBriefing):
        what: list[Event]

    with pytest.raises(ArtifactError, match="names no schema"):
        kind_of(Nameless)


def test_two_fields_may_not_be_asked_for_under_one_key() -> None:
    with pytest.raises(ArtifactError, match="asked for as 'when'"):
        kind_of(_class(when=list[Time], since=Annotated[list[Time], Asked(key="when")]))


# Names of kinds


def test_shipped_kinds_have_names() -> None:
    assert load("briefing").cls is Briefing
    assert load("incident").name == "incident"


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("nothing", "no kind of briefing 'nothing'"),
        ("no_such_module:Class", "Cannot import"),
        ("summarizer.briefing:Nothing", "Cannot import"),
        ("json:loads", "no class of briefings"),
        ("summarizer.briefing:Slot", "no class of briefings"),
        (":", "Cannot import"),
        ("\x1b[2J", "no kind"),
    ],
)
def test_what_names_no_kind_is_refused_and_the_kinds_are_listed(reference: str, said: str) -> None:
    with pytest.raises(ArtifactError) as raised:
        load(reference)
    assert said in raised.value.message
    assert raised.value.message.isprintable()
    assert raised.value.tip


def _desk(folder: Path, kinds: str) -> Project:
    (folder / "desk_kinds.py").write_text(
        "from typing import Literal\nfrom summarizer import BaseBriefing, Claim\n\n"
        'class Deal(BaseBriefing):\n    schema_id: Literal["deal@1"] = "deal@1"\n    price: Claim | None\n'
    )
    (folder / "pyproject.toml").write_text(f"[tool.summarizer.kinds]\n{kinds}\n")
    return Project.at(folder)


def test_a_project_names_kinds_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    kind: Kind = load("deal", _desk(tmp_path, 'deal = "desk_kinds:Deal"'))
    assert (kind.name, kind.version, [slot.name for slot in kind.slots]) == ("deal", 1, ["price"])


def test_a_project_may_not_call_a_kind_otherwise_than_its_class_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ArtifactError, match="its schema_id says deal@1"):
        load("offer", _desk(tmp_path, 'offer = "desk_kinds:Deal"'))


def test_a_project_may_not_take_the_name_of_a_shipped_kind(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="shipped with summarizer"):
        load("briefing", _desk(tmp_path, 'briefing = "desk_kinds:Deal"'))


@pytest.mark.parametrize(
    "table", ["colour = 1", "prompts = 3", 'prompts = ""', "kinds = 1", "[tool.summarizer.kinds]\na = 1", "prompts = "]
)
def test_a_table_that_is_not_ours_is_refused(tmp_path: Path, table: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.summarizer]\n{table}\n")
    with pytest.raises(UsageError) as raised:
        Project.at(tmp_path)
    assert "pyproject.toml" in raised.value.message


def test_the_nearest_project_upwards_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.summarizer]\nprompts = "p"\n')
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/pyproject.toml").write_text("[project]\n")
    found = Project.around(tmp_path / "a/b")
    assert found is not None
    assert (found.root, found.prompts) == (tmp_path, tmp_path / "p")


# Versions of a schema


class Second(BaseBriefing):
    """The second version: `main` was called `claim`."""

    schema_id: Literal["noted@2"] = "noted@2"
    main: Claim | None

    @classmethod
    def upgrade(cls, stored: dict[str, Any], version: int) -> dict[str, Any]:
        return {("main" if name == "claim" and version == 1 else name): value for name, value in stored.items()}


def _stored(**fields: Any) -> str:
    with serving() as server:
        made = brief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url)
    shared = {name: value for name, value in json.loads(made.to_json()).items() if name in BaseBriefing.model_fields}
    return json.dumps(fields | shared)


def test_what_an_earlier_version_stored_is_read() -> None:
    assert Second.from_json(_stored(schema="noted@1", claim=None)).main is None


@pytest.mark.parametrize("schema", ["noted@3", "other@1", "noted@x", "noted", 1])
def test_what_another_schema_or_a_later_version_stored_is_not(schema: object) -> None:
    with pytest.raises(ValueError, match="schema"):
        Second.from_json(_stored(schema=schema, main=None))


# What code looks for


class Opening(BaseBriefing):
    """Something that opens."""

    schema_id: Literal["opening@1"] = "opening@1"
    what: list[Event]
    opens: list[Time]
    when: Annotated[list[Time], Asked(event=True)]


def test_code_looks_for_what_a_field_asks_about_the_event_and_for_nothing_else() -> None:
    kind, source = kind_of(Opening), Source.from_text(ARTICLE, published=PUBLISHED)
    checked = checker(Document.of(source.text), source, kind).check(kind.draft_of({}))
    assert [each.time for each in checked["when"]] == ["on Monday"]
    assert checked["opens"] == []
