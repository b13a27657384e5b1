"""Faults 36 to 39: addresses that must not be fetched, and servers that answer badly, against a real server."""

from __future__ import annotations

import _socket
import gzip
import os
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fault_server import Answer, Cut, Drip, FaultServer, Handler, Hang, Raw, Received, Reset, Status, Step
from hypothesis import given
from hypothesis import strategies as st
from pages import TEXT, TITLE, page

from summarizer import FetchError, OfflineError, SourceError, cli, web
from summarizer.summarize import as_source
from summarizer.web import address as addresses
from summarizer.web import request

HTML = page().encode()
PAGE = Raw(HTML, "text/html; charset=utf-8")
PUBLIC = "93.184.216.34"


def base(server: FaultServer, host: str = "127.0.0.1") -> str:
    return f"http://{host}:{server.server_port}"


def got(server: FaultServer, path: str = "/ferry", **known: Any) -> Any:
    return web.fetch(base(server) + path, allow_private=True, **known)


def moved(target: str, status: int = 302, cookie: str = "") -> Status:
    return Status(status, body="", headers={"location": target} | ({"set-cookie": cookie} if cookie else {}))


@dataclass
class Names:
    """A resolver of the tests' own, and a road from public addresses to the test server.

    Attributes:
        known: for each name, what each look-up gives; the last one for ever.
        asked: the names that were looked up.
        connected: the addresses that were connected to.
    """

    known: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    found = Names()
    look_up, connect = socket.getaddrinfo, socket.create_connection

    def resolve(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if host not in found.known:
            return look_up(host, port, *rest, **named)
        found.asked.append(host)
        each = found.known[host]
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))
            for ip in (each.pop(0) if len(each) > 1 else each[0])
        ]

    def road(to: tuple[str, int], *rest: Any, **named: Any) -> socket.socket:
        found.connected.append(to[0])
        return connect(("127.0.0.1" if to[0] == PUBLIC else to[0], to[1]), *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", road)
    return found


# what is fetched


def test_a_page_is_fetched_and_what_its_server_says_counts(server: FaultServer) -> None:
    server.script(PAGE)
    source = got(server)
    assert source.text == TEXT
    assert source.title == TITLE
    assert source.name == source.url == base(server) + "/ferry"
    assert source.media_type == "text/html"


def test_one_request_is_made_without_cookies_or_keys(server: FaultServer, key: str) -> None:
    server.script(PAGE)
    got(server)
    (asked,) = server.requests
    assert set(asked.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert asked.headers["user-agent"].startswith("summarizer/")


@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml", "text/plain", ""])
def test_a_page_is_one_whatever_its_server_calls_it(server: FaultServer, kind: str) -> None:
    server.script(Raw(HTML, kind))
    assert got(server).text == TEXT


def test_plain_text_is_a_source_too(server: FaultServer) -> None:
    server.script(Raw(TEXT.encode(), "text/plain; charset=utf-8"))
    source = got(server)
    assert (source.text, source.media_type, source.url) == (TEXT, "text/plain", base(server) + "/ferry")


def test_the_charset_of_the_server_is_used(server: FaultServer) -> None:
    html = page("<p>Паром, as they call it there, had been built in 1998 by a yard that is no more.</p>")
    html = html.replace('<meta charset="utf-8">', "").replace("—", "-")
    server.script(Raw(html.encode("windows-1251"), "text/html; charset=windows-1251"))
    assert "Паром" in got(server).text


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", "identity"])
def test_a_packed_page_is_unpacked(server: FaultServer, coding: str) -> None:
    body = HTML
    for _ in range(coding.count("gzip")):
        body = gzip.compress(body)
    server.script(Status(200, body=body, headers={"content-encoding": coding, "content-type": "text/html"}))
    assert got(server).text == TEXT


def test_redirects_are_followed_and_the_page_s_address_is_the_last(server: FaultServer) -> None:
    server.script(moved("/b?x=1", 301), moved(base(server) + "/c", 308), PAGE)
    source = got(server)
    assert source.url == base(server) + "/c"
    assert source.name == base(server) + "/ferry"
    assert [each.path for each in server.requests] == ["/ferry", "/b?x=1", "/c"]


def test_a_string_with_an_address_is_fetched_wherever_a_source_is_wanted(server: FaultServer) -> None:
    server.script(PAGE)
    assert as_source(base(server) + "/ferry", allow_private=True).text == TEXT


def test_the_command_line_fetches_what_may_be_fetched(server: FaultServer, capfd: pytest.CaptureFixture[str]) -> None:
    server.script(PAGE)
    assert cli.run(["prompts", "render", base(server) + "/ferry"]) == 25
    assert "--allow-private" in capfd.readouterr().err
    assert server.requests == []
    options = ["--model", "test/x", "--base-url", "http://127.0.0.1:9/v1", "--allow-private"]
    assert cli.run(["brief", base(server) + "/ferry", *options]) == 7  # the page was had, the model cannot be
    assert [each.path for each in server.requests] == ["/ferry"]


def test_offline_a_page_is_a_live_call(monkeypatch: pytest.MonkeyPatch, names: Names, server: FaultServer) -> None:
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    names.known["quay.example"] = [[PUBLIC]]
    with pytest.raises(OfflineError, match=r"fetching https://quay\.example/ferry"):
        web.fetch("https://quay.example/ferry")
    with pytest.raises(OfflineError):
        got(server)
    assert names.asked == []
    assert server.requests == []


def test_a_page_that_holds_no_article_is_an_error_of_the_source(server: FaultServer) -> None:
    server.script(Raw(page(body="<p>Soon.</p>", told=None).encode(), "text/html"))
    with pytest.raises(SourceError, match="too little") as caught:
        got(server)
    assert not isinstance(caught.value, FetchError)


@pytest.mark.parametrize(
    ("status", "tip"),
    [(404, "Check the address"), (403, "Save the page"), (401, "Save the page"), (451, "Save"), (429, "later"),
     (500, "later"), (503, "later"), (204, "Check"), (304, "Check"), (206, "Check")],
)  # fmt: skip
def test_every_status_but_200_is_an_error_that_names_it(server: FaultServer, status: int, tip: str) -> None:
    server.script(Status(status, body=b"" if status in (204, 304) else HTML, headers={"content-type": "text/html"}))
    with pytest.raises(FetchError, match=f"answers {status}") as caught:
        got(server)
    assert tip in caught.value.tip
    assert len(server.requests) == 1


@pytest.mark.parametrize("called", ["application/pdf", "application/octet-stream", "text/plain", "text/html"])
def test_a_pdf_is_read_whatever_its_server_calls_it(server: FaultServer, called: str) -> None:
    pytest.importorskip("pypdfium2", reason="pip install 'summarizer[pdf]'")
    from pdfs import STORY, story

    server.script(Raw(story(), called))
    source = got(server)
    assert (source.text, source.media_type) == ("\n\n".join(STORY), "application/pdf")
    assert source.url == base(server) + "/ferry"


def test_what_is_no_page_is_refused_with_what_it_is(server: FaultServer) -> None:
    server.script(Raw(b"\x89PNG\r\n\x1a\n", "image/png"))
    with pytest.raises(FetchError, match="is image/png, which is not read here"):
        got(server)


# 36: addresses that lead inside

INSIDE = [
    "http://127.0.0.1", "http://127.1", "http://0x7f000001", "http://2130706433", "http://localhost",
    "http://[::1]", "http://[::ffff:7f00:1]", "http://[::ffff:127.0.0.1]", "http://[::7f00:1]", "http://[64:ff9b::7f00:1]",
    "http://[64:ff9b:1::7f00:1]", "http://[2002:7f00:1::]", "http://0.0.0.0", "http://[::]", "http://10.0.0.1",
    "http://172.16.3.4", "http://192.168.1.1", "http://100.64.0.1", "http://100.127.255.254", "http://198.18.0.1",
    "http://[fc00::1]", "http://[fd12:3456::1]", "http://[fec0::1]", "http://240.0.0.1", "http://255.255.255.255",
    "http://192.0.2.1", "http://[2001:db8::1]", "http://127。0。0。1",
]  # fmt: skip
NEVER = [
    "http://169.254.169.254/latest/meta-data/", "http://169.254.170.2", "http://[fd00:ec2::254]", "http://100.100.100.200",
    "http://168.63.129.16", "http://192.0.0.192", "http://[fe80::1]", "http://[::ffff:169.254.169.254]",
    "http://[64:ff9b::a9fe:a9fe]", "http://[2002:a9fe:a9fe::]", "http://0xa9fea9fe", "http://2852039166", "http://[fd20:ce::254]",
    "http://224.0.0.1", "http://[ff02::1]",
]  # fmt: skip


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses in figures are read by the system, as ever, and nothing is connected to."""
    real = _socket.getaddrinfo  # beneath what keeps tests off the network

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("it was connected to")

    def resolve(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        return real(host, port, 0, socket.SOCK_STREAM, 0, 0 if host == "localhost" else socket.AI_NUMERICHOST)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.parametrize("address", INSIDE)
def test_f36_an_address_of_a_private_network_is_not_connected_to(numbers: None, address: str) -> None:
    with pytest.raises(FetchError, match="is not on the public internet") as caught:
        web.fetch(address)
    assert "--allow-private" in caught.value.tip


@pytest.mark.parametrize("allow", [False, True])
@pytest.mark.parametrize("address", NEVER)
def test_f36_where_clouds_keep_their_keys_is_never_connected_to(numbers: None, address: str, allow: bool) -> None:
    with pytest.raises(FetchError, match="is never fetched from"):
        web.fetch(address, allow_private=allow)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1", "http://10.0.0.1", "http://[fd12:3456::1]", "http://localhost"]
)
def test_f36_private_networks_are_connected_to_where_that_is_allowed(numbers: None, address: str) -> None:
    """Else the tests above would pass for a program that connects to nothing."""
    with pytest.raises(AssertionError, match="connected to"):
        web.fetch(address, allow_private=True)


@pytest.mark.parametrize("address", [f"http://{PUBLIC}", "http://1.1.1.1", "http://[2606:4700::1111]"])
def test_f36_public_addresses_are_connected_to(numbers: None, address: str) -> None:
    with pytest.raises(AssertionError, match="connected to"):
        web.fetch(address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("file:///etc/hosts", "is no address of the web"),
        ("gopher://127.0.0.1/", "is no address of the web"),
        ("ftp://quay.example/ferry", "is no address of the web"),
        ("javascript://quay.example/%0aalert(1)", "is no address of the web"),
        ("http://", "is no address of the web"),
        ("http:///ferry", "is no address"),
        ("http://user@quay.example/", "a name or a password"),
        ("http://user:heron@quay.example/", "a name or a password"),
        ("http://127.0.0.1:99999/", "is no"),
        ("http://[::1", "is no address"),
        ("http://quay.example/\nx", "is no address"),
        ("http://quay.example/" + "x" * 3_000, "is no address"),
        ("http://no such host/", "cannot be found"),
        ("http://0177.0.0.1/", "is no address"),
        ("http://quay.invalid/", "cannot be found"),
    ],
)
def test_f36_what_is_no_address_of_the_web_is_refused(address: str, said: str) -> None:
    with pytest.raises(FetchError, match=said) as caught:
        web.fetch(address)
    assert "heron" not in caught.value.message
    assert caught.value.message.isprintable()
    assert caught.value.tip


@given(st.ip_addresses(v=4))
def test_f36_an_old_address_is_judged_alike_in_every_form_of_a_new_one(ip: Any) -> None:
    plain = judged(str(ip))
    assert {judged(f"::ffff:{ip}"), judged(f"64:ff9b::{ip}")} == {plain}
    assert judged(f"::{ip}") != "public"
    assert judged(f"64:ff9b:1::{ip}") == ("never" if plain == "never" else "private")


def judged(ip: str) -> str:
    try:
        addresses.refuse(ip, ip, allow_private=False)
    except FetchError as error:
        return "never" if "never" in error.message else "private"
    return "public"


# 37: names


def test_f37_a_public_name_that_leads_inside_is_not_connected_to(server: FaultServer, names: Names) -> None:
    names.known["quay.example"] = [["127.0.0.1"]]
    with pytest.raises(FetchError, match=r"quay\.example leads to 127\.0\.0\.1, which is not on the public internet"):
        web.fetch(base(server, "quay.example"))
    assert names.connected == []
    assert server.requests == []


@pytest.mark.parametrize(
    "records", [[PUBLIC, "127.0.0.1"], ["10.0.0.1", PUBLIC], [PUBLIC, "::1"], [PUBLIC, "169.254.169.254"]]
)
def test_f37_one_record_that_leads_inside_is_enough(server: FaultServer, names: Names, records: list[str]) -> None:
    names.known["quay.example"] = [records]
    with pytest.raises(FetchError, match="leads to"):
        web.fetch(base(server, "quay.example"))
    assert names.connected == []


def test_f37_a_name_is_looked_up_once_and_that_is_connected_to(server: FaultServer, names: Names) -> None:
    """A name that leads elsewhere at the second look-up gets no second look-up."""
    names.known["quay.example"] = [[PUBLIC], ["127.0.0.1"]]
    server.script(PAGE)
    assert web.fetch(base(server, "quay.example")).text == TEXT
    assert names.asked == ["quay.example"]
    assert names.connected == [PUBLIC]
    assert server.requests[0].headers["host"] == f"quay.example:{server.server_port}"


def test_f37_where_one_address_does_not_answer_the_next_is_tried(server: FaultServer, names: Names) -> None:
    names.known["quay.example"] = [["127.0.0.2", "127.0.0.1"]]
    server.script(PAGE)
    assert web.fetch(base(server, "quay.example"), allow_private=True).text == TEXT
    assert names.connected == ["127.0.0.2", "127.0.0.1"]


# 38: redirects


def test_f38_a_redirect_inside_is_not_followed(server: FaultServer, names: Names) -> None:
    names.known["quay.example"] = [[PUBLIC]]
    server.script(moved(f"{base(server)}/secret"))
    with pytest.raises(FetchError, match=r"127\.0\.0\.1 is not on the public internet"):
        web.fetch(base(server, "quay.example"))
    assert [each.path for each in server.requests] == ["/"]


def test_f38_a_name_is_checked_again_at_each_redirect(server: FaultServer, names: Names) -> None:
    names.known["quay.example"] = [[PUBLIC], ["10.0.0.1"]]
    server.script(moved("/again"))
    with pytest.raises(FetchError, match=r"leads to 10\.0\.0\.1"):
        web.fetch(base(server, "quay.example"))
    assert names.connected == [PUBLIC]


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "file:///etc/hosts", "gopher://127.0.0.1:6379/_FLUSHALL",
               "http://user:pw@127.0.0.1/", "//[::1", "http://[fe80::1]/"]
)  # fmt: skip
def test_f38_a_redirect_to_what_may_not_be_fetched_is_an_error(server: FaultServer, names: Names, target: str) -> None:
    names.known |= {each: [[each]] for each in ("169.254.169.254", "fe80::1")}
    server.script(moved(target))
    with pytest.raises(FetchError):
        got(server)
    assert len(server.requests) == 1


def test_f38_a_loop_ends(server: FaultServer) -> None:
    server.script(moved("/ferry"))
    with pytest.raises(FetchError, match="more than 5 times"):
        got(server)
    assert len(server.requests) == 6


def test_f38_five_hops_are_followed_and_six_are_not(server: FaultServer) -> None:
    hops = [moved(f"/{at}") for at in range(5)]
    server.script(*hops, PAGE)
    assert got(server).text == TEXT
    server.script(*hops, moved("/5"), PAGE)
    with pytest.raises(FetchError, match="more than 5 times"):
        got(server)


def test_f38_cookies_are_not_carried_along(server: FaultServer) -> None:
    server.script(moved("/b", cookie="session=heron; Path=/"), PAGE)
    got(server)
    assert "cookie" not in server.requests[1].headers
    assert set(server.requests[0].headers) == set(server.requests[1].headers)


# 39: answers without end


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two seconds for all of it, which must then be over soon; a byte at a time the page would take a minute."""
    monkeypatch.setattr(request, "SECONDS", 2.0)
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 20


BOMB = gzip.compress(b"\0" * 200_000_000)


@pytest.mark.parametrize(
    ("coding", "body"), [("gzip", BOMB), ("gzip, gzip", gzip.compress(BOMB))], ids=["once", "twice"]
)
def test_f39_a_bomb_is_not_unpacked(server: FaultServer, coding: str, body: bytes) -> None:
    before = peak()
    server.script(Status(200, body=body, headers={"content-encoding": coding, "content-type": "text/html"}))
    with pytest.raises(FetchError, match="larger than 20 MB"):
        got(server)
    assert peak() - before < 80_000


def test_f39_what_is_not_packed_as_it_says_is_an_error(server: FaultServer) -> None:
    server.script(Status(200, body=HTML, headers={"content-encoding": "gzip", "content-type": "text/html"}))
    with pytest.raises(FetchError, match="no whole answer"):
        got(server)


def test_f39_half_a_page_is_no_page(server: FaultServer) -> None:
    server.script(Cut(HTML, len(HTML) + 100))
    with pytest.raises(FetchError, match="no whole answer"):
        got(server)


@dataclass(frozen=True)
class Endless:
    """Chunks, or lines of a header, for ever."""

    piece: bytes
    headers: bool = False

    def send(self, to: Handler) -> None:
        to.close_connection = True
        start = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
        to.wfile.write(start if self.headers else start + b"transfer-encoding: chunked\r\n\r\n")
        piece = self.piece if self.headers else b"%x\r\n%b\r\n" % (len(self.piece), self.piece)
        while not to.server.closing.is_set():
            to.wfile.write(piece)


@pytest.mark.parametrize(
    "step", [Endless(b"<p>x</p>" * 10_000), Endless(b"x: y\r\n", headers=True)], ids=["body", "headers"]
)
def test_f39_what_does_not_end_is_ended(server: FaultServer, step: Step) -> None:
    before = peak()
    server.script(step)
    with pytest.raises(FetchError, match=r"larger than 20 MB|no whole answer"):
        got(server)
    assert peak() - before < 100_000


@pytest.mark.parametrize("step", [Drip(HTML, 0.05), Hang(60)], ids=["drip", "silence"])
def test_f39_a_server_that_is_too_slow_is_not_waited_for(server: FaultServer, hasty: None, step: Step) -> None:
    server.script(step)
    with pytest.raises(FetchError, match="took too long"):
        got(server)


@dataclass(frozen=True)
class DrippingHeaders:
    def send(self, to: Handler) -> None:
        to.close_connection = True
        for byte in b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nx: " + b"y" * 10_000:
            if to.server.closing.wait(0.05):
                return
            to.wfile.write(bytes([byte]))


def test_f39_headers_that_drip_are_not_waited_for(server: FaultServer, hasty: None) -> None:
    server.script(DrippingHeaders())
    with pytest.raises(FetchError, match="took too long"):
        got(server)


def test_f39_a_chain_of_slow_redirects_has_one_deadline(server: FaultServer, hasty: None) -> None:
    def slow(_: Received) -> Step:
        time.sleep(0.7)
        return moved("/again")

    server.script(Answer(slow))
    with pytest.raises(FetchError, match="took too long"):
        got(server)


@pytest.mark.parametrize("size", [60_000, 200_000])
def test_f39_headers_without_measure_are_refused(server: FaultServer, size: int) -> None:
    server.script(Status(200, body=HTML, headers={"x": "y" * size, "content-type": "text/html"}))
    with pytest.raises(FetchError, match=r"bytes of headers|no whole answer"):
        got(server)


@pytest.mark.parametrize("step", [Reset(), Raw(b"", "text/html")], ids=["reset", "empty"])
def test_f39_no_answer_is_an_error(server: FaultServer, step: Step) -> None:
    server.script(step)
    with pytest.raises(SourceError) as caught:
        got(server)
    assert caught.value.tip


def test_f39_a_port_where_nobody_listens_is_an_error() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match=f"Cannot reach http://127.0.0.1:{port}"):
        web.fetch(f"http://127.0.0.1:{port}/", allow_private=True)


def test_f51_what_a_server_says_is_shown_and_not_obeyed(server: FaultServer) -> None:
    server.script(Raw(HTML, "application/\x1b[2J"))
    with pytest.raises(FetchError) as caught:
        got(server)
    assert caught.value.message.isprintable()


# TLS


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for quay.example, signed by itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl")
    path = tmp_path_factory.mktemp("tls") / "quay.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
               "-subj", "/CN=quay.example", "-addext", "subjectAltName=DNS:quay.example",
               "-keyout", str(path), "-out", str(path.with_suffix(".crt"))]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


Asked = list[str | None]


class Encrypted(FaultServer):
    """Clients may break off while they shake hands."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ssl.SSLError):
            super().handle_error(request, client_address)


@pytest.fixture
def encrypted(certificate: Path, names: Names, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FaultServer, Asked]]:
    """A server behind TLS, whose certificate is trusted, and the names that it was asked for."""
    asked: Asked = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _, name, __: asked.append(name)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    names.known |= {"quay.example": [[PUBLIC]], "other.example": [[PUBLIC]]}
    server = Encrypted()
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with server:
        server.script(PAGE)
        yield server, asked


def test_f37_a_pinned_connection_asks_for_the_name_and_checks_its_certificate(
    encrypted: tuple[FaultServer, Asked],
) -> None:
    server, asked = encrypted
    assert web.fetch(f"https://quay.example:{server.server_port}/").text == TEXT
    assert asked == ["quay.example"]


def test_f37_the_certificate_of_another_name_is_refused(encrypted: tuple[FaultServer, Asked]) -> None:
    server, _ = encrypted
    with pytest.raises(FetchError, match="is not trusted"):
        web.fetch(f"https://other.example:{server.server_port}/")
    assert server.requests == []


def test_f37_a_certificate_that_nobody_vouches_for_is_refused(
    encrypted: tuple[FaultServer, Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, _ = encrypted
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(FetchError, match="is not trusted"):
        web.fetch(f"https://quay.example:{server.server_port}/")


def test_f38_a_redirect_may_not_give_up_encryption(encrypted: tuple[FaultServer, Asked]) -> None:
    server, _ = encrypted
    server.script(moved(f"http://quay.example:{server.server_port}/"))
    with pytest.raises(FetchError, match="which is not encrypted"):
        web.fetch(f"https://quay.example:{server.server_port}/")
    assert len(server.requests) == 1


def test_proxies_of_the_environment_are_not_used(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would look names up itself, and connect to what was never checked."""
    for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.script(PAGE)
    assert got(server).text == TEXT
    assert os.environ["http_proxy"]
