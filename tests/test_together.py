"""`together` and `brief --together`, and what `verify` and `view` do with what they wrote."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path
from typing import Any

import ferry
import pytest
from browser import browsing, opened
from conftest import Cli
from drafts import MODEL
from fault_server import FaultServer, Status
from markup import Reader

from summarizer import Dossier, Source, UsageError, errors, together
from summarizer.dossier.verification import verify
from summarizer.report.dossier import FORMATS
from summarizer.report.dossier.html import html
from summarizer.report.dossier.verified import verified
from summarizer.testing import draft

FILES = [str(ferry.FOLDER / f"{name}.txt") for name in ferry.NAMES]
PUBLISHED = [part for name in ferry.NAMES for part in ("--published", ferry.DAYS[name])]
HOSTILE = "<script>alert(1)</script> \x1b[31mred\u202e reversed"


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: not asked.append(address))  # type: ignore[func-returns-value]
    return asked


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return ferry.dossier()


@pytest.fixture
def stored(cli: Cli, tmp_path: Path) -> Path:
    path = tmp_path / "ferry.json"
    with FaultServer() as server:
        at = ["--model", MODEL, "--base-url", ferry.answering(server)]
        assert cli("brief", *FILES, "--together", *PUBLISHED, *at, "-f", "json", "-o", path)[0] == 0
    return path


# Python


def test_each_article_is_asked_about_by_itself_and_in_order() -> None:
    with FaultServer() as server:
        made = together([ferry.source(name) for name in ferry.NAMES], model=MODEL, base_url=ferry.answering(server))
        asked = [each.body["messages"][-1]["content"] for each in server.requests]
    assert [each.source.name for each in made.briefings] == FILES
    drafts = [each for each in asked if "Kalvenia" in each or "Pavel Orsk" in each]
    assert all(
        sum(words in each for words in ("Tessa Line, which", "Schools along", "Pavel Orsk")) <= 1 for each in drafts
    )


def test_an_article_that_fails_is_named_and_nothing_is_returned() -> None:
    with FaultServer() as server:
        server.script(Status(401))
        with pytest.raises(errors.AuthenticationError, match=r"wire\.txt: "):
            together([ferry.source(name) for name in ferry.NAMES], model=MODEL, base_url=server.base_url)


def test_one_text_twice_is_refused_before_anything_is_asked() -> None:
    again = Source.from_text(ferry.source("wire").text, name="again")
    with FaultServer() as server, pytest.raises(UsageError, match="the same text"):
        together([ferry.source("wire"), again], model=MODEL, base_url=ferry.answering(server))
    assert server.requests == []


def test_each_article_has_a_cassette_of_its_own(tmp_path: Path) -> None:
    tape, sources = tmp_path / "ferry.json", [ferry.source(name) for name in ferry.NAMES]
    with FaultServer() as server:
        recorded = together(
            sources, model=MODEL, base_url=ferry.answering(server), cassette=tape, record="all"
        )  # fmt: skip
    assert {each.name for each in tmp_path.iterdir()} == {"ferry.json", "ferry-2.json", "ferry-3.json"}
    replayed = together(sources, cassette=tape)
    assert replayed.groups == recorded.groups
    assert replayed.contradictions == recorded.contradictions


def test_a_missing_cassette_names_its_article(tmp_path: Path) -> None:
    with pytest.raises(errors.CassetteError, match=r"wire\.txt: .*ferry\.json"):
        together([ferry.source(name) for name in ferry.NAMES], cassette=tmp_path / "ferry.json")


# The command line


def test_the_terminal_shows_what_all_say_and_what_is_disputed(cli: Cli) -> None:
    with FaultServer() as server:
        at = ["--model", MODEL, "--base-url", ferry.answering(server)]
        code, out, said = cli("brief", *FILES, "--together", *PUBLISHED, *at)
    assert code == 0
    assert "WARNING" not in said
    for each in ("WHERE THEY CONTRADICT", "WHAT ALL 3 SAY", "WHAT 2 OF 3 SAY", "ONLY IN [2]", "WHO IS QUOTED WHERE"):
        assert each in out
    assert "“at Least Six”" in out
    assert "the later, of 2026-04-15, says “44”" in out


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_every_format_is_written_to_a_file(cli: Cli, tmp_path: Path, form: str) -> None:
    with FaultServer() as server:
        at = ["--model", MODEL, "--base-url", ferry.answering(server), "-f", form, "-o", tmp_path / "out"]
        assert cli("brief", *FILES, "--together", *PUBLISHED, *at)[:2] == (0, "")
    assert "Ilse Morven" in (tmp_path / "out").read_text(encoding="utf-8")


def test_articles_about_different_events_are_warned_of(cli: Cli, tmp_path: Path) -> None:
    bank, event = tmp_path / "bank.txt", "The central bank of Dovrania raised its rate to 5 percent."
    bank.write_text(
        f"Rates Rise\n\n{event} Analysts had expected that, and bonds in Velin hardly moved.\n\n{event[:-1]} too.\n"
    )
    bankers = [{"name": "central bank of Dovrania", "part": "acted", "s": 2}]
    answer = draft(what=[{"event": event, "status": "asserted", "s": 2}], who=[*bankers, *bankers], summary=[2])
    with FaultServer() as server:
        address = ferry.answering(server, Analysts=answer)
        code, out, said = cli("brief", FILES[0], bank, "--together", "--model", MODEL, "--base-url", address)
    assert code == 0
    assert "WARNING The articles do not seem to be about one event" in said
    assert "2 articles, about different events" in out


@pytest.mark.parametrize(
    ("arguments", "message", "tip"),
    [
        (FILES, "3 sources were given", "--together"),
        ([FILES[0], "--together"], "--together was given with one source", "two or more"),
        ([*FILES, "--together", "-f", "docx", "-o", "x.docx"], "no Word document", "html"),
        ([*FILES, "--together", "--title", "A"], "--title is for one article", "Leave it out"),
        ([*FILES, "--together", "--explain"], "--explain is for one article", "Leave it out"),
        ([*FILES, "--together", "--published", "2026-04-14", "--published", "2026-04-15"], "2 times", "once for each"),
        ([FILES[0], FILES[0], "--together"], "are the same text", "leave one of them out"),
        (["-", "-", "--together"], "Only one of the articles", "Name a file"),
    ],
)
def test_what_cannot_be_is_refused_before_a_model_is_asked(
    cli: Cli, arguments: list[str], message: str, tip: str
) -> None:
    code, out, said = cli("brief", *arguments)
    assert (code, out) == (UsageError.exit_code, "")
    assert message in said
    assert tip in said


def test_one_day_of_publication_is_that_of_all(cli: Cli, tmp_path: Path) -> None:
    with FaultServer() as server:
        at = ["--model", MODEL, "--base-url", ferry.answering(server), "--published", "2026-04-16"]
        cli("brief", *FILES, "--together", *at, "-f", "json", "-o", tmp_path / "out.json")
    made = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert {each["source"]["published"] for each in made["briefings"]} == {"2026-04-16"}


# verify


def test_verify_holds_each_briefing_against_the_file_that_it_names(cli: Cli, stored: Path) -> None:
    code, out, _ = cli("verify", stored)
    assert code == 0
    assert "pointers and groups hold" in out
    assert out.count("statements hold") == 3


def test_verify_takes_the_sources_in_order(cli: Cli, stored: Path) -> None:
    given = [part for each in FILES for part in ("--source", each)]
    assert cli("verify", stored, *given)[0] == 0
    turned = [part for each in reversed(FILES) for part in ("--source", each)]
    assert cli("verify", stored, *turned)[0] == errors.VerificationError.exit_code
    code, _, said = cli("verify", stored, "--source", FILES[0])
    assert code == UsageError.exit_code
    assert "3 briefings" in said


def _change(path: Path, change: Any) -> None:
    made = json.loads(path.read_text(encoding="utf-8"))
    change(made)
    path.write_text(json.dumps(made), encoding="utf-8")


def test_verify_finds_a_pointer_that_leads_nowhere(cli: Cli, stored: Path) -> None:
    _change(stored, lambda made: made["groups"][0]["items"][0].update(index=99))
    code, out, said = cli("verify", stored)
    assert code == errors.VerificationError.exit_code
    assert "There is no item at briefing" in out
    assert "groups[0]" in said


def test_verify_finds_a_word_changed_in_a_briefing(cli: Cli, stored: Path) -> None:
    _change(stored, lambda made: made["briefings"][1]["what"][2].update(claim="The engines of the Velin had failed."))
    code, _, said = cli("verify", stored)
    assert code == errors.VerificationError.exit_code
    assert "briefing 1: what[2]" in said


def test_verify_without_its_sources_says_so(cli: Cli, stored: Path) -> None:
    _change(stored, lambda made: made["briefings"][0]["source"].update(name="gone.txt"))
    assert cli("verify", stored)[0] == errors.SourceError.exit_code
    assert cli("verify", stored, "--no-source")[0] == 0


def test_verify_tells_it_as_json(cli: Cli, stored: Path) -> None:
    code, out, _ = cli("verify", stored, "-f", "json")
    told = json.loads(out)
    assert code == 0
    assert told["holds"] is True
    assert len(told["briefings"]) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.pop("briefings"),
        lambda made: made.update(briefings=[{"schema": "briefing@1"}]),
        lambda made: made.update(more=1),
        lambda made: made["groups"][0].pop("items"),
        lambda made: made["briefings"].pop() and made["briefings"].pop(),
    ],
)
def test_what_is_no_dossier_is_refused(cli: Cli, stored: Path, change: Any) -> None:
    _change(stored, change)
    code, _, said = cli("verify", stored)
    assert code == errors.BriefingError.exit_code
    assert "ferry.json" in said


def test_a_dossier_cannot_be_explained_item_by_item(cli: Cli, stored: Path) -> None:
    assert cli("verify", stored, "--explain")[0] == UsageError.exit_code


# view and the page


def test_view_makes_the_page_and_opens_it(cli: Cli, stored: Path, shown: list[str]) -> None:
    code, out, _ = cli("view", stored)
    assert code == 0
    assert shown == [Path(out.strip()).as_uri()]
    assert "3 articles about one event" in Path(out.strip()).read_text(encoding="utf-8")


def test_view_without_an_article_says_which(cli: Cli, stored: Path) -> None:
    _change(stored, lambda made: made["briefings"][2]["source"].update(name="gone.txt"))
    code, _, said = cli("view", stored)
    assert code == errors.SourceError.exit_code
    assert "gone.txt" in said


def _page(dossier: Dossier) -> str:
    return html(dossier, [ferry.source(name) for name in ferry.NAMES])


def test_the_page_lets_nothing_in_and_leads_to_what_is_there(dossier: Dossier) -> None:
    reader = Reader(_page(dossier))
    policy = next(each["content"] for each in reader.of("meta") if each.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    known = [each["id"] for _, each in reader.elements if "id" in each]
    assert len(known) == len(set(known))
    links = [each["href"] for each in reader.of("a")]
    assert all(each.startswith("#") and each[1:] in known for each in links)
    assert not [each for _, each in reader.elements if {"src", "onclick", "style"} & each.keys()]


def test_the_page_has_every_item_of_every_briefing(dossier: Dossier) -> None:
    said = Reader(_page(dossier)).words()
    for pointer in dossier.pointers:
        assert " ".join(dossier.item(pointer).statement.split()) in said


def test_another_text_than_a_briefing_was_made_of_is_refused(dossier: Dossier) -> None:
    with pytest.raises(errors.VerificationError, match="another text"):
        html(dossier, [ferry.source(name) for name in reversed(ferry.NAMES)])


def test_what_does_not_hold_is_marked_on_the_page(dossier: Dossier) -> None:
    changed = dossier.model_copy(deep=True)
    changed.briefings[0].what[1].claim = "At least ten people were killed."  # type: ignore[attr-defined]
    assert "does not hold" in Reader(_page(changed)).words()


def test_hostile_text_is_inert_everywhere() -> None:
    base = ferry.source("wire").text.replace("with a broken arm.", f"with a broken arm. {HOSTILE.replace(chr(27), '')}")
    one = Source.from_text(base, name=f"one {HOSTILE}", title=HOSTILE, published="2026-04-14")
    answer = draft(
        what=[{"event": base.split(". ")[-1].strip(), "status": "asserted", "s": 7}, *ferry.DRAFTS["wire"]["what"][:2]],
        summary=[2, 7],
        who=ferry.DRAFTS["wire"]["who"],
    )
    briefing = ferry.alone(one, answer)
    other = ferry.alone(ferry.source("morning"), ferry.DRAFTS["morning"])
    from summarizer.dossier import merge

    made = merge([briefing, other])
    page = html(made, [one, ferry.source("morning")])
    assert "<script>alert" not in page
    texts = [
        page,
        FORMATS["text"](made),
        FORMATS["markdown"](made),
        FORMATS["json"](made),
        verified(made, verify(made)),
    ]
    for each in texts:
        assert "\x1b" not in each
        assert "\u202e" not in each
    assert "<script>alert" not in FORMATS["markdown"](made)


def test_in_a_browser_a_click_leads_to_the_sentence_in_its_article(dossier: Dossier, tmp_path: Path) -> None:
    path = tmp_path / "ferry.html"
    path.write_text(_page(dossier), encoding="utf-8")
    with browsing() as browser, opened(browser, path) as page:
        assert page.locator(".text-of:visible").count() == 1
        page.locator(".disputes .item", has_text="Four").locator("a.mark").first.click()
        assert page.locator("[aria-selected=true]").text_content() == "2"
        assert page.locator(".lit").first.text_content().startswith("Four Dead as Ferry Hits Terminal")
        page.get_by_role("tab", name="3").click()
        assert page.locator("article:visible").text_content().count("Pavel Orsk") == 1
        page.keyboard.press("Escape")
        assert page.locator(".lit").count() == 0
