"""summarizer.testing: what users test their own projects with."""

from __future__ import annotations

import functools
import json
import operator
import os
import re
import shutil
import socket
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from drafts import ARTICLE, DRAFT, FAILING, MODEL, PUBLISHED, REPAIR, Draft, completion, serving
from fault_server import FaultServer

import summarizer.model.client  # or each run of pytest in pytest would load it anew
import summarizer.testing
from summarizer import (
    BaseBriefing,
    Briefing,
    CassetteError,
    SchemaError,
    Settings,
    Summarizer,
    UsageError,
    brief,
    schema,
)
from summarizer.incident import Incident
from summarizer.item import Actor, Headline
from summarizer.kind import kind_of
from summarizer.testing import DraftedModel, NetworkBlockedError, draft, network_blocked, numbered, replaying

pytest_plugins = "pytester"

ROOT = Path(__file__).parents[1]
PLUGIN = "summarizer.testing.plugin"
ELSEWHERE = ("192.0.2.7", 80)
"""An address that is nobody's, by RFC 5737."""


def drafted(*drafts: Any, article: str = ARTICLE) -> Briefing:
    return brief(article, published=PUBLISHED, model=DraftedModel(*drafts))


# A model that answers from drafts


def test_a_draft_becomes_a_briefing_and_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def reached(*_: object, **__: object) -> None:
        raise AssertionError("a drafted model reached for the network")

    monkeypatch.setattr(socket.socket, "connect", reached)
    made = drafted(DRAFT)
    assert [each.claim for each in made.what] == [each["event"] for each in DRAFT["what"]]
    assert made.provenance.model == "test/drafted"


def test_it_becomes_the_briefing_that_a_server_with_this_answer_gives() -> None:
    with serving(FAILING, REPAIR) as server:
        asked = brief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url)
    assert drafted(FAILING, REPAIR).model_dump(exclude={"provenance"}) == asked.model_dump(exclude={"provenance"})


def test_equal_drafts_give_equal_bytes() -> None:
    assert drafted(FAILING).to_json() == drafted(FAILING).to_json()


def test_a_draft_may_be_an_object_of_the_class() -> None:
    assert drafted(Draft.model_validate(DRAFT)) == drafted(DRAFT)


def test_what_the_article_does_not_say_is_rejected_and_by_default_not_mended() -> None:
    made = drafted(FAILING)
    assert [each.proposed["cause"] for each in made.rejected] == [FAILING["why"][0]["cause"]]
    assert [(each.purpose, each.outcome) for each in made.provenance.attempts] == [("draft", "ok"), ("repair", "ok")]


def test_a_repair_mends_it() -> None:
    made = drafted(FAILING, REPAIR)
    assert [each.cause for each in made.why] == [DRAFT["why"][0]["cause"]]
    assert not made.rejected


def test_of_a_repair_only_what_failed_is_taken() -> None:
    assert [each.cause for each in drafted(FAILING, DRAFT | REPAIR).why] == [DRAFT["why"][0]["cause"]]


def test_an_answer_that_does_not_fit_the_schema_is_asked_for_twice_and_refused() -> None:
    with pytest.raises(SchemaError) as raised:
        drafted({"headline": "x"})
    assert len(raised.value.attempts) == 2


def test_one_model_serves_many_briefings_of_one_summarizer() -> None:
    with Summarizer(Settings(model=DraftedModel(FAILING, REPAIR))) as shared:
        assert [len(shared.brief(ARTICLE).why) for _ in range(3)] == [1, 1, 1]


def test_drafts_and_a_cassette_contradict_each_other(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="drafts has no cassette"):
        brief(ARTICLE, model=DraftedModel(DRAFT), cassette=tmp_path / "tape.json")


def test_what_json_has_not_is_refused_where_it_is_given() -> None:
    with pytest.raises(TypeError):
        DraftedModel(DRAFT | {"summary": {2}})


def test_what_is_done_to_a_draft_afterwards_does_not_reach_the_model() -> None:
    given = json.loads(json.dumps(DRAFT))
    model = DraftedModel(given)
    given["what"].clear()
    assert brief(ARTICLE, published=PUBLISHED, model=model).what


# Drafts written by hand

EVENT = {"event": "A crane collapsed.", "status": "asserted", "s": 2}
NOBODY = {"name": "Mia Berg", "part": "spoke", "s": 3}
CASUALTIES = {"claim": "Two workers were injured.", "s": 2, "toll": "wounded", "count": 2}


def test_lists_that_are_not_given_are_empty_and_what_is_not_told_is_left_out() -> None:
    made = draft(Incident, headline="A crane collapsed", what=[EVENT], weapons=[])
    assert made == kind_of(Incident, 1).draft.model_validate(made).model_dump()
    assert [key for key, value in made.items() if value] == ["headline", "what"]
    reason = {"q": 1, "speaker": "Mia Berg", "reason": "nobody should work"}
    assert draft(Briefing, **(DRAFT | {"rationale": [reason]}))["rationale"] == [reason | {"s": None}]


def test_a_kind_can_be_named() -> None:
    given: dict[str, Any] = {"headline": "A crane collapsed", "what": [EVENT], "casualties": [CASUALTIES]}
    assert draft("incident", ARTICLE, **given) == draft(Incident, **given)


@pytest.mark.parametrize(
    ("wrong", "said", "form"),
    [
        ({"wen": []}, "wen: there is no such key", "when=[0 to 2 of {time, s}]"),
        ({"when": [{"time": "on Monday"}]}, "when[0].s: it is missing", "when=[0 to 2 of {time, s}]"),
        ({"headline": "Port shuts terminal"}, "headline: there is no such key", "why=[0 to 2 of {s, cause}]"),
        ({"when": [{"time": "on Monday", "sentence": 2, "s": 2}]}, "when[0].sentence: there is no such key", "when="),
        ({"when": [{"time": "on Monday", "s": 0}]}, "when[0].s: Input should be greater than or equal to 1", "when="),
        ({"when": [{"time": "on Monday", "s": 2}] * 3}, "when: List should have at most 2 items", "0 to 2"),
        ({"what": []}, "what: List should have at least 1 item", "what=[1 to 3 of {event, status, s}]"),
        ({"what": [EVENT | {"status": "sure"}]}, "what[0].status: Input should be 'asserted', 'attributed'", "what="),
        ({"summary": ["2!"]}, "summary[0]: Input should be a valid integer", "summary=[1 to 3 numbers of sentences]"),
        ({"why": [{"cause": "", "s": 2}]}, "why[0].cause: String should have at least 1 character", "{s, cause}"),
        ({"when": "on Monday"}, "when: Input should be a valid list", "when=[0 to 2 of {time, s}]"),
        ({"what": ["It happened."]}, "what[0]: Input should be a valid dictionary", "what="),
    ],
)
def test_what_no_model_could_answer_is_refused_with_what_it_could(wrong: dict[str, Any], said: str, form: str) -> None:
    with pytest.raises(UsageError) as raised:
        draft(Briefing, **(DRAFT | wrong))
    assert said in raised.value.message
    assert form in raised.value.tip
    assert "\x1b" not in raised.value.message


def test_of_a_kind_whose_prompt_asks_for_the_first_form_so_does_a_draft() -> None:
    with pytest.raises(UsageError) as raised:
        draft(Incident, headline="", what=[EVENT])
    assert "headline: String should have at least 1 character" in raised.value.message
    assert "headline=text" in raised.value.tip


def test_so_does_one_of_a_project_with_a_prompt_from_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Desk(BaseBriefing):
        schema_id: Literal["desk@1"] = "desk@1"
        headline: Headline | None
        who: list[Actor]

    assert draft(Desk, who=[NOBODY])["who"] == [NOBODY]
    head = "name: desk\nversion: 1\ndescription: x\nschema: desk-draft@1\ninputs: [article]\n"
    files = {
        "pyproject.toml": "[tool.summarizer]\n",
        "prompts/lock.json": "{}\n",
        "prompts/desk/v1.md": f"---\n{head}---\n=== user ===\n{{{{ article }}}}\n",
        "schemas/lock.json": "{}\n",
        "schemas/desk-draft/v1.json": schema.text(kind_of(Desk, 1).draft),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = draft(Desk, headline="A crane collapsed", who=[NOBODY])
    assert made == {"headline": "A crane collapsed", "who": [NOBODY | {"title": ""}]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"when": [{"time": "on Monday", "s": 99}]}, "when[0].s is 99, and the article has no sentence 99"),
        ({"summary": [99]}, "summary[0] is 99, and the article has no sentence 99"),
        (
            {"rationale": [DRAFT["rationale"][0] | {"q": 4}]},
            "rationale[0].q is 4, and the article has no marked quotation 4",
        ),
    ],
)
def test_a_number_that_the_article_has_not_is_refused_with_those_it_has(wrong: dict[str, Any], said: str) -> None:
    assert draft(Briefing, **(DRAFT | wrong))
    with pytest.raises(UsageError) as raised:
        draft(Briefing, ARTICLE, **(DRAFT | wrong))
    assert said in raised.value.message
    assert numbered(ARTICLE) in raised.value.tip


def test_an_article_with_numbers_is_what_the_model_is_shown(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    with serving() as server:
        brief(article, model=MODEL, base_url=server.base_url)
        assert server.requests[0].body["messages"][-1]["content"] == numbered(article) == numbered(ARTICLE)
    assert 'S3 [Q1] "We closed it' in numbered(article)


# Replays without pytest


def test_each_briefing_of_a_deck_gets_a_cassette_of_its_own(tmp_path: Path) -> None:
    other = ARTICLE.replace("Halden", "Sorvik")
    with serving(DRAFT, json.loads(json.dumps(DRAFT).replace("Halden", "Sorvik"))) as server:
        at: dict[str, Any] = {"model": MODEL, "base_url": server.base_url}
        with replaying(tmp_path / "tape.json", "once"):
            live = [brief(ARTICLE, **at), brief(other, **at)]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["tape-2.json", "tape.json"]
    with replaying(tmp_path / "tape.json"), Summarizer() as shared:
        assert [shared.brief(ARTICLE), shared.brief(other)] == live


def test_outside_of_it_nothing_replays(tmp_path: Path) -> None:
    with serving() as server:
        with replaying(tmp_path / "tape.json", "all"):
            brief(ARTICLE, model=MODEL, base_url=server.base_url)
        brief(ARTICLE, model=MODEL, base_url=server.base_url)
        assert len(server.requests) == 2


def test_a_cassette_that_is_missing_is_told_even_when_the_code_under_test_hides_it(tmp_path: Path) -> None:
    def careless() -> Briefing | None:
        try:
            return brief(ARTICLE)
        except CassetteError:
            return None

    with pytest.raises(CassetteError, match=r"There is no cassette .*tape\.json"), replaying(tmp_path / "tape.json"):
        careless()
    assert list(tmp_path.iterdir()) == []


def test_settings_that_name_a_cassette_keep_it(tmp_path: Path) -> None:
    with serving() as server, replaying(tmp_path / "deck.json", "all"):
        brief(ARTICLE, model=MODEL, base_url=server.base_url, cassette=tmp_path / "own.json", record="all")
    assert [each.name for each in tmp_path.iterdir()] == ["own.json"]


# The network


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.socket().connect(ELSEWHERE),
        lambda: socket.socket().connect_ex(ELSEWHERE),
        lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ELSEWHERE),
        lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", 0, ELSEWHERE),
        lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::7", 80)),
        lambda: socket.getaddrinfo("news.example", 443),
        lambda: socket.getaddrinfo(b"news.example", 443),
        lambda: socket.gethostbyname("news.example"),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_leaves_this_machine_is_stopped_and_named(reach: Callable[[], Any]) -> None:
    with network_blocked(), pytest.raises(NetworkBlockedError, match=r"192\.0\.2\.7:80|2001:db8::7|news\.example"):
        reach()


def test_loopback_is_not_blocked() -> None:
    with FaultServer() as server, network_blocked():
        port = int(server.base_url.rpartition(":")[2].partition("/")[0])
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, port), timeout=5).close()


def test_no_handler_of_ordinary_errors_hides_it() -> None:
    assert not issubclass(NetworkBlockedError, Exception)


def test_afterwards_everything_is_as_it_was() -> None:
    before = (socket.socket.connect, socket.getaddrinfo, dict(vars(socket.socket)))
    with network_blocked():
        assert socket.socket.connect is not before[0]
    assert (socket.socket.connect, socket.getaddrinfo, dict(vars(socket.socket))) == before


# What it costs


def loaded(code: str) -> set[str]:
    report = "import json, sys; print(json.dumps([*sys.modules]))"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True, env=environment
    )
    return set(json.loads(done.stdout))


def test_the_plugin_loads_nothing_that_pytest_has_not() -> None:
    more = loaded(f"import pytest, {PLUGIN}") - loaded("import pytest")
    assert more == {"summarizer", "summarizer.errors", "summarizer.testing", PLUGIN}


def test_without_the_plugin_nothing_of_it_needs_pytest() -> None:
    every = "; ".join(f"summarizer.testing.{name}" for name in summarizer.testing.__all__)
    assert "pytest" not in loaded(f"import summarizer.testing; {every}")


def test_every_public_name_is_there_and_no_other() -> None:
    assert dir(summarizer.testing) == sorted(summarizer.testing.__all__)
    with pytest.raises(AttributeError, match=r"'summarizer\.testing' has no attribute 'drafts'"):
        _ = summarizer.testing.drafts


# The plugin

REPLAYING = """
    import pytest
    from news import report

    @pytest.mark.cassette
    def test_it(article):
        assert report(article).what
"""
"""A test of code that knows nothing of cassettes."""

RECORDED = "tests/cassettes/test_news/test_it.json"


class Project:
    """A project whose code asks a server, and pytest run in it."""

    def __init__(self, pytester: pytest.Pytester, server: FaultServer) -> None:
        self.root, self.server, self._pytester = pytester.path, server, pytester
        self.article = self.write("article.txt", ARTICLE)
        self.write(
            "conftest.py",
            f"""
            import pytest

            @pytest.fixture
            def article():
                return {str(self.article)!r}

            @pytest.fixture(scope="session")
            def summarizer_config():
                return dict(model={MODEL!r}, base_url={server.base_url!r})
            """,
        )
        self.write(
            "news.py",
            f"""
            from summarizer import brief

            def report(article):
                return brief(article, model={MODEL!r}, base_url={server.base_url!r})
            """,
        )

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if name.endswith(".txt") else textwrap.dedent(text), encoding="utf-8")
        return path

    def run(self, *arguments: str, test: str | None = None) -> pytest.RunResult:
        """Runs pytest; `test` is what its test file holds from now on."""
        if test is not None:
            self.write("tests/test_news.py", test)
        return self._pytester.runpytest_inprocess("-p", PLUGIN, "-p", "no:cacheprovider", *arguments)

    def record(self, test: str = REPLAYING, *arguments: str) -> None:
        """Records a file of tests, which pass."""
        self.run("--summarizer-record=all", *arguments, test=test).assert_outcomes(passed=test.count("def test_"))

    def files(self) -> list[str]:
        """The cassettes that there are."""
        return sorted(each.relative_to(self.root).as_posix() for each in self.root.rglob("*.json"))

    def edit(self, change: Callable[[dict[str, Any]], Any]) -> None:
        """Changes the recorded cassette."""
        path = self.root / RECORDED
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    with serving() as server:
        yield Project(pytester, server)


def test_a_test_is_recorded_once_and_then_replays(project: Project) -> None:
    project.run("--summarizer-record=once", test=REPLAYING).assert_outcomes(passed=1)
    assert project.files() == [RECORDED]
    assert len(project.server.requests) == 1
    whole = (project.root / RECORDED).read_bytes()
    for arguments in ([], ["--summarizer-record=once"], ["--summarizer-record=none"]):
        project.run(*arguments).assert_outcomes(passed=1)
    assert len(project.server.requests) == 1
    assert (project.root / RECORDED).read_bytes() == whole


def test_unless_asked_nothing_is_recorded_and_the_failure_names_the_command(project: Project) -> None:
    result = project.run(test=REPLAYING)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            f"*CassetteError: There is no cassette {RECORDED}.",
            "*TIP Record it: pytest --summarizer-record=once tests/test_news.py::test_it",
        ]
    )
    assert project.files() == []
    assert project.server.requests == []


HIDING = """
    from contextlib import suppress
    import pytest
    from news import report
    from summarizer import SummarizerError

    @pytest.mark.cassette
    def test_it(article):
        with suppress(SummarizerError):
            report(article)
"""


def test_a_failure_that_the_code_under_test_hides_fails_the_test_all_the_same(project: Project) -> None:
    result = project.run(test=HIDING)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"There is no cassette {RECORDED}.", "TIP Record it: pytest *"])


def test_so_does_an_answer_too_few_and_a_damaged_file(project: Project) -> None:
    project.server.script(completion(FAILING), completion(REPAIR))
    project.record(HIDING)
    project.run().assert_outcomes(passed=1)
    project.edit(lambda tape: tape["interactions"].pop())
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [f"*{RECORDED} has no answer to this request*", "TIP If the change is right, record again: pytest *"]
    )
    (project.root / RECORDED).write_text("{", encoding="utf-8")
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"No briefing used {RECORDED}."])


def test_another_article_turns_the_test_red_and_all_records_it_again(project: Project) -> None:
    project.record()
    project.write("article.txt", ARTICLE.replace("injured two workers", "injured three workers"))
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*CassetteError: *has no answer to this request*",
            "*TIP If the change is right, record again: pytest --summarizer-record=all tests/test_news.py::test_it",
        ]
    )
    project.record()
    project.run().assert_outcomes(passed=1)


def test_an_edited_request_turns_the_test_red(project: Project) -> None:
    project.record()
    project.edit(lambda tape: tape["interactions"][0]["request"]["body"]["messages"][0].update(content="Lie."))
    project.run().assert_outcomes(failed=1)


def test_an_edited_answer_reaches_the_test(project: Project) -> None:
    """Or the test above could be red for any change of the file."""
    project.record(REPLAYING.replace("report(article).what", "len(report(article).what) == 2"))
    fewer = json.dumps(DRAFT | {"what": DRAFT["what"][:1]})
    answer: list[Any] = ["interactions", 0, "response", "body", "choices", 0, "message"]
    project.edit(lambda tape: functools.reduce(operator.getitem, answer, tape).update(content=fewer))
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2"])


def test_an_answer_that_nobody_asks_for_fails_the_test(project: Project) -> None:
    project.record()
    project.edit(lambda tape: tape["interactions"].append(tape["interactions"][0]))
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [f"1 of the answers in {RECORDED} were not asked for.", "TIP *--summarizer-record=all *"]
    )


def test_a_cassette_that_no_briefing_uses_fails_the_test(project: Project) -> None:
    project.record()
    more = (project.root / RECORDED).with_stem("test_it-2")
    shutil.copy(project.root / RECORDED, more)
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["No briefing used tests/cassettes/test_news/test_it-2.json.", "TIP If that is right, delete the file; else *"]
    )
    more.unlink()
    project.run(test=REPLAYING.replace("report(article).what", "article")).assert_outcomes(failed=1)


def test_a_test_that_fails_anyway_fails_for_its_own_reason(project: Project) -> None:
    project.record()
    result = project.run(test=REPLAYING.replace("report(article).what", "not article"))
    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*No briefing used*")


MANY = """
    import pytest
    from news import report

    @pytest.mark.cassette
    @pytest.mark.parametrize("name", ["a", "b/c", "b c", "x" * 200])
    def test_each(article, name):
        report(article), report(article)

    class TestNews:
        @pytest.mark.cassette("named.json")
        def test_named(self, article):
            report(article)

    class TestMore:
        def test_it(self, summarize, article):
            summarize(article)
"""


def test_each_briefing_of_each_test_has_a_file_of_its_own(project: Project) -> None:
    project.run("--summarizer-record=all", test=MANY).assert_outcomes(passed=6)
    names = [each.removeprefix("tests/cassettes/test_news/") for each in project.files()]
    assert {"test_each[a].json", "test_each[a]-2.json", "named.json", "TestMore.test_it.json"} <= {*names}
    assert len(names) == len(project.server.requests) == 10
    assert all(re.fullmatch(r"[\w.\[\]-]{1,120}", each) for each in names)
    project.run().assert_outcomes(passed=6)
    assert len(project.server.requests) == 10


@pytest.mark.parametrize("wrong", ["record='all'", "'a', 'b'", "3", "''"])
def test_a_mark_with_something_else_in_it_is_an_error(project: Project, wrong: str) -> None:
    result = project.run(test=REPLAYING.replace("mark.cassette", f"mark.cassette({wrong})"))
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*@pytest.mark.cassette takes the name of a file*"])


def test_two_tests_of_different_files_can_share_a_cassette(project: Project) -> None:
    project.record()
    project.write("tests/test_more.py", REPLAYING.replace("mark.cassette", "mark.cassette('../test_news/test_it')"))
    project.run().assert_outcomes(passed=2)
    assert project.files() == [RECORDED]


def test_the_mark_is_known_to_strict_markers(project: Project) -> None:
    project.record(REPLAYING, "--strict-markers")


def test_in_a_project_with_a_table_cassettes_are_where_it_says(project: Project) -> None:
    project.write("pyproject.toml", '[tool.summarizer]\ncassettes = "tapes"\n')
    project.record()
    assert project.files() == ["tapes/tests/test_news/test_it.json"]


def test_fixtures_say_where_and_how_for_a_test_file_of_its_own(project: Project) -> None:
    test = """
    from pathlib import Path
    import pytest

    @pytest.fixture(scope="module")
    def summarizer_cassettes():
        return Path(__file__).parent / "mine"

    @pytest.fixture(scope="module")
    def summarizer_config(summarizer_config):
        return summarizer_config | {"published": "2026-03-11"}

    def test_it(summarize, article):
        assert str(summarize(article).source.published) == "2026-03-11"
        assert str(summarize(article, published="2026-03-18").source.published) == "2026-03-18"
    """
    project.record(test)
    assert project.files() == ["tests/mine/test_it-2.json", "tests/mine/test_it.json"]
    project.run().assert_outcomes(passed=1)


def test_a_test_can_hand_its_cassette_on_itself(project: Project) -> None:
    test = """
    from summarizer import brief

    def test_it(summarizer_cassette, summarizer_record, summarizer_config, article):
        assert brief(article, cassette=summarizer_cassette, record=summarizer_record, **summarizer_config).what
    """
    project.record(test)
    assert project.files() == [RECORDED]
    project.run().assert_outcomes(passed=1)
    project.edit(lambda tape: tape["interactions"].append(tape["interactions"][0]))
    project.run().assert_outcomes(failed=1)


def test_a_model_that_answers_from_drafts_needs_no_cassette_in_a_replaying_test(project: Project) -> None:
    test = f"""
    from summarizer.testing import DraftedModel

    def test_it(summarize, article):
        assert summarize(article, model=DraftedModel({DRAFT!r}), base_url=None).what
    """
    project.run(test=test).assert_outcomes(passed=1)


def test_async_code_replays_too(project: Project) -> None:
    test = """
    import asyncio
    import pytest
    from summarizer import abrief

    async def both(article, config):
        return [await abrief(article, **config), await abrief(article, **config)]

    @pytest.mark.cassette
    def test_it(article, summarizer_config):
        first, second = asyncio.run(both(article, summarizer_config))
        assert first.what == second.what != []

    @pytest.mark.anyio
    @pytest.mark.cassette
    @pytest.mark.parametrize("anyio_backend", ["asyncio"])
    async def test_async(article, summarizer_config):
        assert (await abrief(article, **summarizer_config)).what
    """
    project.record(test, "-p", "anyio")
    project.run("-p", "anyio").assert_outcomes(passed=2)
    assert len(project.server.requests) == 3


REACHING = """
    import os, socket
    import pytest

    MARK
    def test_it():
        assert os.environ.get("SUMMARIZER_OFFLINE") == EXPECTED
        with socket.socket() as reaching:
            reaching.connect(("192.0.2.7", 80))
"""
"""A test that reaches for the network; our own tests stop it too, with an error of another name."""

OURS = "*NetworkBlockedError: The network is blocked in this test, and it asked for a connection to 192.0.2.7:80."
NOT_OURS = "*NetworkBlockedError: connection to*"


def reaching(mark: str = "", offline: str | None = None) -> str:
    return REACHING.replace("MARK", mark).replace("EXPECTED", repr(offline))


@pytest.mark.parametrize("mark", ["@pytest.mark.cassette", "@pytest.mark.usefixtures('summarize')"])
def test_a_replaying_test_reaches_no_network(project: Project, mark: str) -> None:
    result = project.run(test=reaching(mark, "1"))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([OURS])


def test_a_test_that_records_reaches_it(project: Project) -> None:
    result = project.run("--summarizer-record=all", test=reaching("@pytest.mark.cassette"))
    result.stdout.fnmatch_lines([NOT_OURS])


def test_a_test_without_the_mark_reaches_it_unless_all_are_blocked(project: Project) -> None:
    project.run(test=reaching()).stdout.fnmatch_lines([NOT_OURS])
    project.write("pytest.ini", "[pytest]\nsummarizer_block_network = true\n")
    project.run(test=reaching()).stdout.fnmatch_lines([OURS])
    project.run("--summarizer-record=all", test=reaching()).stdout.fnmatch_lines([OURS])
    project.run("--summarizer-record=all", test=reaching("@pytest.mark.cassette")).stdout.fnmatch_lines([NOT_OURS])


def test_in_a_replaying_test_a_call_past_the_cassettes_is_stopped(project: Project) -> None:
    """By a summarizer that was made before, and has its connection."""
    test = """
    import pytest
    from summarizer import Settings, Summarizer

    @pytest.fixture(scope="module")
    def desk(summarizer_config, article_text):
        with Summarizer(Settings(**summarizer_config)) as made:
            made.brief(article_text)
            yield made

    @pytest.fixture(scope="module")
    def article_text():
        return ARTICLE

    @pytest.mark.cassette
    def test_it(desk, article_text):
        desk.brief(article_text)
    """
    result = project.run(test=test.replace("ARTICLE", repr(ARTICLE)))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*OfflineError: SUMMARIZER_OFFLINE forbids every live call*"])
    assert len(project.server.requests) == 1


def test_whoever_is_offline_records_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    project.run("--summarizer-record=all", test=REPLAYING).assert_outcomes(failed=1)
    assert project.server.requests == []
    assert project.files() == []


def test_workers_side_by_side_replay_each_its_own(project: Project) -> None:
    project.run("--summarizer-record=all", test=MANY).assert_outcomes(passed=6)
    project.run("-p", "xdist", "-n", "2").assert_outcomes(passed=6)
