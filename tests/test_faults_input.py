"""Faults 24, 28, 30, 31, 34, 51 and 54: bad files, bad text and bad terminals, with a real server that counts."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import KEY, Ran
from drafts import ARTICLE, DRAFT, FAILING, FIRST_DRAFT, MODEL, REPAIR, compact, completion
from fault_server import Answer, Completion, FaultServer, Raw, Received, Status, Step

from summarizer import Briefing, Settings, Source, SourceError, Summarizer, UsageError, cli
from summarizer.document import Document
from summarizer.item import Evidence, Quote
from summarizer.view import View

Program = Callable[..., Ran]

HOSTILE = "\x1b]52;c;cm0=\x07\x1b[2J\x9b31m\r\u202e\u2066\u200f[/foo][link=https://evil.example]x[/link][bold"
READABLE = re.sub("[\x00-\x1f]", "", HOSTILE)
"""The part of it that a text file may hold."""


def briefed(server: FaultServer, source: str | Path | Source, **settings: Any) -> Briefing:
    with Summarizer(Settings(model=MODEL, base_url=server.base_url, **settings)) as summarizer:
        return summarizer.brief(source)


def command(server: FaultServer, source: str | Path, *options: str) -> list[str]:
    return ["brief", str(source), "--model", MODEL, "--base-url", server.base_url, *options]


def without(raw: str) -> None:
    """Nothing in `raw` can drive a terminal or reorder what it shows."""
    assert not [character for character in raw if not character.isprintable() and character != "\n"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def always(draft: dict[str, Any], model: str = "fake-1") -> Answer:
    """The same draft to every first question, and nothing better to any second one."""

    def choose(received: Received) -> Step:
        wanted = received.body["response_format"]["json_schema"]
        empty: dict[str, Any] = {name: [] for name in wanted["schema"]["properties"]}
        return Completion(compact(draft if wanted["name"] == "BriefingDraft" else empty), model=model)

    return Answer(choose)


@pytest.fixture
def good(server: FaultServer) -> FaultServer:
    """A server that answers with what stands the check."""
    server.script(always(DRAFT))
    return server


# 24: what an article holds is text, not template

TEMPLATES = "{{ 7*7 }} {% for x in y %} {# x #} ${x} %s {0} {{ article }} {{ self.__class__ }} {%- raw -%} \\{ %(a)s"


def test_f24_template_marks_in_an_article_arrive_byte_for_byte(server: FaultServer) -> None:
    sentence = f"The Dock Workers' Union wrote {TEMPLATES} on its door."
    server.script(Completion("prose"), completion(FAILING), completion(REPAIR))
    briefing = briefed(
        server, ARTICLE.replace("The Dock Workers' Union denied", f"{sentence} The Dock Workers' Union denied")
    )
    draft, again, repair = ([message["content"] for message in each.body["messages"]] for each in server.requests)
    assert any(f" {sentence}\n" in content for content in draft)
    assert again[: len(draft)] == draft
    assert any("S2 The port of Halden" in content for content in repair)
    assert not briefing.rejected


def test_f24_template_marks_in_what_failed_reach_the_repair_byte_for_byte(server: FaultServer) -> None:
    cause = f"once a crane collapsed {TEMPLATES} and injured three workers"
    server.script(completion(DRAFT | {"why": [{"s": 2, "cause": cause}]}), completion(REPAIR))
    briefed(server, ARTICLE)
    assert any(json.dumps(TEMPLATES)[1:-1] in message["content"] for message in server.requests[1].body["messages"])


# 28: offsets count code points

WIDE = """Häfen 🏗️ schließen

🚢👩🏽‍🚒 The port of Halden 🇳🇴 in Norway closed its north terminal 𝒳 on Monday, café noir, once a crane collapsed.

"We closed it because nobody should work under a crane 漢字 that we have not inspected 👨‍👩‍👧," harbour director Mia Berg said.

קבוצה אמרה שלום לכולם. قالت المنظمة إنها لن تنسحب. 委員会は月曜日に会議を開いた。กรุงเทพมหานคร Z̸̢a̷̧l̶g̴o.
"""


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_f28_offsets_slice_the_source_whatever_its_scripts(server: FaultServer, tmp_path: Path, form: Any) -> None:
    path = tmp_path / "wide.txt"
    path.write_text(unicodedata.normalize(form, WIDE), encoding="utf-8")
    quoted = "nobody should work under a crane 漢字 that we have not inspected"
    rationale = [{"q": 1, "s": None, "speaker": "Mia Berg", "reason": quoted}]
    server.script(completion(DRAFT | {"what": DRAFT["what"][:1], "why": [], "rationale": rationale}))
    briefing = briefed(server, path)
    text = Source.read(path).text
    pieces = list(evidence_of(briefing))
    assert text == unicodedata.normalize("NFC", WIDE)
    assert len(pieces) > 5
    assert all(text[each.start : each.end] == each.text for each in pieces)
    assert briefing.stated_rationale[0].quotation
    assert briefing.stated_rationale[0].quotation.text.endswith('inspected 👨‍👩‍👧,"')
    assert Briefing.from_json(briefing.to_json()) == briefing


def evidence_of(value: Any) -> Iterator[Evidence | Quote]:
    """Every piece of the source in a briefing."""
    if isinstance(value, Evidence | Quote):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from evidence_of(each)
    elif hasattr(value, "model_fields_set"):
        for name in type(value).model_fields:
            yield from evidence_of(getattr(value, name))


@pytest.mark.parametrize(
    "text",
    [
        "委員会は月曜日に会議を開いた。「我々は撤退しない」と議長は述べた。\n" * 12,
        'قالت المنظمة إنها لن تنسحب. "نحن باقون هنا"، قال المتحدث يوم الاثنين.\n' * 6,
        "Комитет закрыл порт в понедельник. «Мы сделали это ради безопасности», — сказала директор.\n" * 5,
        "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \U0010fffd\n" * 30,
    ],
    ids=["CJK", "Arabic", "Cyrillic", "astral"],
)
def test_f28_every_sentence_and_quotation_is_a_slice_of_the_text(text: str) -> None:
    source = Source.from_text(text)
    document = Document.of(source.text)
    assert document.sentences
    spans = [each.span for each in document.sentences] + [each.span for each in document.quotations]
    assert all(span.of(source.text).strip() for span in spans)
    assert View.of(document).text()


# 30: nothing to brief


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "is empty"), (" \n\t\u00a0\n", "is empty"), ("Port shuts terminal", "has 3 words"), ("\ufeff", "is empty")],
    ids=["empty", "white space", "three words", "only a mark"],
)
def test_f30_a_file_without_an_article_is_refused_before_any_request(
    good: FaultServer, tmp_path: Path, text: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        briefed(good, path)
    assert cli.run(command(good, path)) == 3
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("ERROR ")
    assert said in err
    assert "Traceback" not in err
    assert good.requests == []


# 31: bytes and what they mean


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + os.urandom(2_000) + b"\x00\xff\xfe\x81", "article.txt"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00<< /Type /Catalog >>" + b" stream of words" * 50, "cut off"),
        (ARTICLE.encode() + b"\x00", "control character"),
        (ARTICLE.encode() + b"\x1b[2J", "control character"),
        (ARTICLE.encode("utf-16")[:-1], "utf-16"),
        (ARTICLE.encode("utf-32-le"), "control character"),
        (ARTICLE.encode() + b"\xed\xa0\x80", "article.txt"),
        (WIDE.encode()[:-7], "utf-8"),
        (WIDE.encode().replace(b" Norway", b" Norway\xff"), "utf-8"),
        ("委員会は月曜日に会議を開いた。\n".encode("shift-jis") * 20, "cp1252"),
    ],
    ids=[
        "picture", "PDF", "NUL", "escape", "half of UTF-16", "UTF-32 without mark", "surrogate", "cut UTF-8",
        "damaged UTF-8", "Shift-JIS",
    ],
)  # fmt: skip
def test_f31_what_cannot_be_read_whole_is_refused_with_the_reason(
    good: FaultServer, tmp_path: Path, raw: bytes, said: str
) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(raw)
    with pytest.raises(SourceError, match=said) as caught:
        briefed(good, path)
    assert caught.value.message.isprintable()
    assert caught.value.tip
    assert good.requests == []


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "utf-32"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1252", b"", "cp1252"),
        ("latin-1", b"", "cp1252"),
    ],
)
def test_f31_an_article_is_the_same_in_every_encoding(
    good: FaultServer, tmp_path: Path, encoding: str, mark: bytes, name: str
) -> None:
    text = ARTICLE.replace("Mia Berg", "Zoë Bergström").replace("in Norway", "in Norway, Ærø,")
    path = tmp_path / "article.txt"
    path.write_bytes(mark + text.encode(encoding))
    source = Source.read(path)
    assert source.text == text
    assert source.encoding == name
    assert "Zoë Bergström" in json.dumps(requested(good, path), ensure_ascii=False)


def requested(server: FaultServer, source: Path) -> Any:
    briefed(server, source)
    return server.requests[0].body


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_f31_every_kind_of_line_end_is_one(good: FaultServer, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.replace("\n", ending, 4).encode())
    assert Source.read(path).text == ARTICLE
    assert not briefed(good, path).rejected


@pytest.mark.parametrize("surrogate", [0xD800, 0xDC80, 0xDFFF])
def test_f31_a_lone_surrogate_in_a_string_is_refused_with_its_place(good: FaultServer, surrogate: int) -> None:
    with pytest.raises(SourceError, match=r"lone surrogate U\+D[0-9A-F]{3} at character 5\.") as caught:
        briefed(good, f"Halde{chr(surrogate)}{ARTICLE}")
    assert caught.value.message.isprintable()
    assert good.requests == []


def test_f31_bytes_in_a_file_name_are_kept_visible(good: FaultServer, tmp_path: Path) -> None:
    """A name that is no UTF-8 reaches Python as lone surrogates, which no JSON can hold."""
    path = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(ARTICLE)
    briefing = briefed(good, Source.read(path, title="caf\udce9", author="\udce9", url="http://x.example/\udce9"))
    assert briefing.source.name.endswith("caf\\udce9.txt")
    assert briefing.source.title == "caf\\udce9"
    assert Briefing.from_json(briefing.to_json()) == briefing


# 34: what is no file


def test_f34_what_is_no_file_is_an_error_with_its_reason(
    good: FaultServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    loop, dangling = tmp_path / "loop", tmp_path / "dangling"
    loop.symlink_to(loop)
    dangling.symlink_to(tmp_path / "gone")
    reasons: dict[Path | str, str] = {
        tmp_path: "is a folder",
        loop: "symbolic links",
        dangling: "No such file",
        tmp_path / "missing.txt": "No such file",
        tmp_path / "a\0b.txt": "null byte",
        tmp_path / ("x" * 300): "File name too long",
        tmp_path / "article.txt" / "x": "No such file",
        "": "",
        "/dev/zero": "is not a regular file",
        "/dev/full": "is not a regular file",
        "/proc/self/mem": "Input/output error",
    }
    for path, reason in reasons.items():
        assert cli.run(command(good, path)) == 3, path
        out, err = capfd.readouterr()
        assert out == ""
        assert reason in err
        assert "Traceback" not in err
        without(err)
    assert good.requests == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_f34_an_unreadable_file_is_an_error(good: FaultServer, article: Path) -> None:
    article.chmod(0)
    with pytest.raises(SourceError, match="Permission denied"):
        briefed(good, article)


def test_f34_a_pipe_by_name_does_not_hang(good: FaultServer, tmp_path: Path, program: Program) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    ran = program(*command(good, fifo), timeout=20)
    assert ran.returncode == 3
    assert b"is not a regular file" in ran.stderr
    ran = program(*command(good, "-", "--cassette", str(fifo)), timeout=20, input=ARTICLE.encode())
    assert ran.returncode == 19
    assert b"is no regular file" in ran.stderr


def test_f34_closed_standard_input_is_an_error(good: FaultServer, program: Program) -> None:
    ran = program(*command(good, "-"), redirect="<&-")
    assert ran.returncode == 3
    assert ran.stderr.startswith(b"ERROR Standard input is closed.\nTIP ")


def test_f34_a_terminal_as_standard_input_is_not_waited_for(good: FaultServer, program: Program) -> None:
    main, terminal = pty.openpty()
    try:
        ran = program(*command(good, "-"), stdin=terminal, timeout=20)
    finally:
        os.close(main)
        os.close(terminal)
    assert ran.returncode == 3
    assert b"is a terminal" in ran.stderr


def test_f34_a_source_over_the_limit_is_refused(good: FaultServer, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(SourceError, match="larger than 20 MB"):
        briefed(good, path)


# 51: nothing drives the terminal


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_f51_hostile_text_in_article_title_and_name_is_shown_and_not_obeyed(
    good: FaultServer, tmp_path: Path, form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"a\x1b[2J\r{READABLE.replace('/', '')}.txt"
    text = ARTICLE.replace(" on Monday", f" {READABLE} on Monday").replace("Mia Berg said", f"{READABLE} Mia Berg said")
    path.write_text(text)
    options = ["--title", HOSTILE, "--author", HOSTILE, "--url", HOSTILE, "--format", form]
    assert cli.run(command(good, path, *options)) == 0
    out, err = capfd.readouterr()
    without(out)
    without(err)
    assert "x9b31m" in out or "u009b31m" in out
    if form == "json":
        assert Briefing.from_json(out).source.title == HOSTILE
    if form == "markdown":
        assert "[/foo]" not in out
        assert "[link" not in out.replace("\\[link", "")


@pytest.mark.parametrize("prompt", ["briefing@1", "briefing@2"])
@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_f51_hostile_text_in_an_answer_is_shown_and_not_obeyed(
    server: FaultServer, article: Path, form: str, prompt: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    hostile: dict[str, Any] = DRAFT | {
        "what": [{"event": f"The port of Halden closed its north terminal {HOSTILE}.", "status": "asserted", "s": 2}],
        "who": [{"name": HOSTILE, "part": "acted", "s": 2}] * 2,
        "where": [{"s": 2, "place": HOSTILE}],
        "when": [{"s": 2, "time": HOSTILE}],
        "why": [{"s": 2, "cause": HOSTILE}],
        "rationale": [{"q": 1, "s": 3, "speaker": HOSTILE, "reason": HOSTILE}],
    }
    if prompt == "briefing@1":  # where a title and a headline are asked for; this article has no headline of its own
        article.write_text(ARTICLE.partition("\n\n")[2].replace("\n\n", " ", 1), encoding="utf-8")
        titled = [each | {"title": HOSTILE} for each in (*hostile["who"], FIRST_DRAFT["who"][1])]
        hostile |= {"headline": f"The port {HOSTILE}", "who": titled}
    server.script(always(hostile, model=HOSTILE))
    target = tmp_path / "briefing"
    options = ["--format", form, "--prompt", prompt]
    assert cli.run(command(server, article, *options)) == 0
    assert cli.run(command(server, article, *options, "--output", str(target))) == 0
    out, err = capfd.readouterr()
    without(out)
    without(err)
    assert "x1b]52" in out.replace("\\]", "]") or "u001b]52" in out
    assert target.read_text(encoding="utf-8").splitlines()[0] in out


@pytest.mark.parametrize(
    "step",
    [
        Status(400, message=HOSTILE),
        Status(401, message=HOSTILE),
        Status(404, message=HOSTILE, code=HOSTILE),
        Status(429, message=HOSTILE, code="insufficient_quota"),
        Raw(HOSTILE.encode(), "text/html"),
        Raw(json.dumps({"error": HOSTILE}).encode()),
        Completion(None, refusal=HOSTILE),
        Completion(json.dumps({HOSTILE: HOSTILE})),
    ],
    ids=["400", "401", "404", "quota", "page", "error", "refusal", "answer"],
)
def test_f51_hostile_text_from_the_server_is_shown_and_not_obeyed(
    server: FaultServer, article: Path, step: Step, capfd: pytest.CaptureFixture[str]
) -> None:
    server.script(step)
    assert cli.run(command(server, article)) in range(8, 17)
    out, err = capfd.readouterr()
    assert out == ""
    without(err)
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["brief", f"/nowhere/{HOSTILE}"],
        ["brief", "x", "--published", HOSTILE],
        ["brief", "x", "--format", HOSTILE],
        ["brief", "x", "--timeout", HOSTILE],
        ["brief", "x", f"--{HOSTILE}"],
        ["brief", "x", HOSTILE],
        [HOSTILE],
        ["brief", "ARTICLE", "--model", HOSTILE],
        ["brief", "ARTICLE", "--model", "fake/x", "--base-url", HOSTILE],
        ["brief", "ARTICLE", "--prompt", HOSTILE],
        ["brief", "ARTICLE", "--cassette", f"/nowhere/{HOSTILE}"],
        ["brief", "ARTICLE", "--published", HOSTILE],
    ],
    ids=lambda arguments: " ".join(arguments).replace(HOSTILE, "HOSTILE"),
)
def test_f51_hostile_arguments_are_shown_and_not_obeyed(
    arguments: list[str], article: Path, key: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([str(article) if each == "ARTICLE" else each for each in arguments]) in (2, 3, 5, 19)
    out, err = capfd.readouterr()
    assert out == ""
    without(err)
    assert "Traceback" not in err


def test_f51_a_terminal_gets_colours_and_nothing_else(server: FaultServer, tmp_path: Path, program: Program) -> None:
    """A real terminal: what is shown while the model is waited for, and the briefing in colour."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE.replace(" on Monday", f" {READABLE} on Monday"))
    server.script(Answer(lambda _: slow(1.2)))
    shown = in_terminal(program, *command(server, path))
    assert "waiting for the model" in shown
    assert "\x1b[1m" in shown
    assert "\\x9b31m" in shown
    without(re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r", ""))


def slow(seconds: float) -> Step:
    time.sleep(seconds)
    return completion()


def in_terminal(program: Program, *arguments: str) -> str:
    """What a terminal is sent by a run that must end well."""
    main, terminal = pty.openpty()
    shown: list[bytes] = []

    def read() -> None:
        try:
            while piece := os.read(main, 65536):
                shown.append(piece)
        except OSError:  # the last one has closed it
            return

    reader = threading.Thread(target=read)
    reader.start()
    ran = program(*arguments, stdout=terminal, stderr=terminal)
    os.close(terminal)
    reader.join(10)
    os.close(main)
    assert ran.returncode == 0
    return b"".join(shown).decode()


# 54: where the result goes


def stream(descriptor: int, encoding: str = "utf-8") -> io.TextIOWrapper:
    """A standard output that writes to this descriptor."""
    return io.TextIOWrapper(os.fdopen(descriptor, "wb"), encoding=encoding)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_f54_a_full_standard_output_is_an_error_and_told_once(
    good: FaultServer, article: Path, form: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    full = stream(os.open("/dev/full", os.O_WRONLY))
    monkeypatch.setattr(sys, "stdout", full)
    assert cli.run(command(good, article, "--format", form)) == 2
    full.close()  # as at exit: what could not be written must not fail again
    assert "ERROR Cannot write to standard output: No space left on device.\n" in capfd.readouterr().err


def test_f54_a_reader_that_has_gone_ends_it_quietly(good: FaultServer, article: Path, program: Program) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = program(*command(good, article), stdout=writing)
    os.close(writing)
    assert ran.returncode == 141
    assert ran.stderr.decode() == f"model: {MODEL} (as asked)\n"


def test_f54_a_full_output_file_is_an_error_and_a_device_stays_one(
    good: FaultServer, article: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Through a link, because a program that gets this wrong would replace the device itself."""
    device = tmp_path / "full"
    device.symlink_to("/dev/full")
    assert cli.run(command(good, article, "--output", str(device))) == 2
    assert "No space left on device" in capfd.readouterr().err
    assert device.is_symlink()
    assert device.is_char_device()


@pytest.mark.parametrize("target", ["folder", "file/below", "x" * 300])
def test_f54_an_output_that_cannot_be_is_an_error(
    good: FaultServer, article: Path, tmp_path: Path, target: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("as it was")
    assert cli.run(command(good, article, "--output", str(tmp_path / target))) == 2
    assert "Traceback" not in capfd.readouterr().err
    assert (tmp_path / "file").read_text() == "as it was"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["article.txt", "file", "folder"]


def test_f54_closed_standard_output_is_told_before_anything_is_paid(
    good: FaultServer, article: Path, program: Program
) -> None:
    ran = program(*command(good, article), redirect=">&-")
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"ERROR Standard output is closed.\nTIP ")
    assert good.requests == []


@pytest.mark.parametrize("redirect", ["2>&-", "2>/dev/full"])
def test_f54_standard_error_that_takes_nothing_does_not_cost_the_result(
    good: FaultServer, article: Path, program: Program, redirect: str
) -> None:
    ran = program(*command(good, article, "--format", "json"), redirect=redirect)
    assert ran.returncode == 0
    assert Briefing.from_json(ran.stdout).headline
    ran = program("brief", "/nowhere", redirect=redirect)
    assert (ran.returncode, ran.stdout) == (3, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8", "utf-16"])
@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_f54_no_encoding_of_the_terminal_is_too_poor(
    good: FaultServer, tmp_path: Path, encoding: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(WIDE + ARTICLE, encoding="utf-8")
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding))
    assert (
        cli.run(command(good, path, "--format", form, "--title", "Häfen 🏗️ schließen", "--published", "2026-03-11")) == 0
    )
    text = out.getvalue().decode(encoding)
    if form == "json":
        assert Briefing.from_json(text).source.title == "Häfen 🏗️ schließen"
    assert text


def test_f54_a_plain_c_locale_changes_nothing_but_the_letters(
    good: FaultServer, tmp_path: Path, program: Program
) -> None:
    path = tmp_path / "Ærø.txt"
    path.write_text(WIDE, encoding="utf-8")
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ran = program(*command(good, path, "--format", "json"), environment=plain)
    assert ran.returncode == 0
    assert ran.stdout.isascii()
    assert KEY.encode() not in ran.stderr
    assert json.loads(ran.stdout)["source"]["characters"] == len(Source.read(path).text)


def test_f54_usage_errors_have_their_own_code(capfd: pytest.CaptureFixture[str]) -> None:
    for arguments in (["brief"], ["nonsense"], ["brief", "x", "--timeout", "0"], ["brief", "x", "--record", "once"]):
        assert cli.run(arguments) in (2, 3)
        assert "Traceback" not in capfd.readouterr().err
    with pytest.raises(UsageError):
        Summarizer(Settings(record="once"))
