"""One page, asked for with limits on time, size and redirects."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import NoReturn

import httpcore2
import httpx2

from summarizer import __version__
from summarizer.errors import FetchError
from summarizer.offline import require_online
from summarizer.opening import MAX_BYTES
from summarizer.text import one_line
from summarizer.web.transport import Deadline, Transport

SECONDS = 30.0
"""For all of it: redirects, headers and body."""

MAX_REDIRECTS = 5
MAX_HEADERS = 32_000
LONGEST = 2_000
"""Characters of an address."""

_WAIT = 10.0
_HEADERS = {
    "user-agent": f"summarizer/{__version__}",
    "accept": "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.9, */*;q=0.5",
    "accept-encoding": "gzip, deflate",
    "connection": "close",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MARKS = {"etag": "if-none-match", "last-modified": "if-modified-since"}
_LIBRARY = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, httpcore2.ConnectError, httpcore2.NetworkError,
            httpcore2.TimeoutException, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol)  # fmt: skip
_SAVE = "Save the page in your browser, and give the file."


@dataclass(frozen=True, slots=True)
class Got:
    """What an address gave.

    Attributes:
        address: the last one, behind all redirects.
        media_type, charset: as its server says; None where it does not.
        mark: headers by which a later request asks for it only if it has changed.
        unchanged: it has not, so that there is no body.
    """

    body: bytes
    address: str
    media_type: str | None
    charset: str | None
    mark: dict[str, str] = field(default_factory=dict)
    unchanged: bool = False


def get(address: str, *, allow_private: bool, accept: str | None = None, mark: dict[str, str] | None = None) -> Got:
    """What stands at an address.

    Args:
        accept: the media types that are wanted; articles, where that is not given.
        mark: of what it gave before, which is then given again only if it has changed.

    Raises:
        FetchError: see `summarizer.web.fetch`.
        OfflineError: the same.
    """
    url, deadline = checked(address), Deadline(SECONDS)
    require_online(f"fetching {address}")
    more = {"accept": accept} if accept else {}
    for _ in range(MAX_REDIRECTS + 1):
        try:
            got = _asked(url, deadline, more, mark or {}, allow_private=allow_private)
        except _LIBRARY as error:
            _fail(url, error)
        if isinstance(got, Got):
            return got
        if url.scheme == "https" and got.scheme != "https":
            raise FetchError(f"{_shown(url)} redirects to {_shown(got)}, which is not encrypted.", tip=_SAVE)
        url = got
    raise FetchError(f"{one_line(address, 200)} redirects more than {MAX_REDIRECTS} times.", tip=_SAVE)


def checked(address: str) -> httpx2.URL:
    """An address of the web, without a name or password in it.

    Raises:
        FetchError: it is none.
    """
    shown = one_line(address, 200)
    if len(address) > LONGEST or not address.isprintable():
        raise FetchError(f"{shown} is no address.", tip=f"An address has at most {LONGEST:,} printable characters.")
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError(
            f"{shown} is no address: {one_line(str(error), 100)}.", tip="Check how it is written."
        ) from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(f"{shown} is no address of the web.", tip="Give one that begins with https:// or http://.")
    if url.userinfo:
        raise FetchError("The address holds a name or a password, which are not sent.", tip=_SAVE)
    return url


def _asked(
    url: httpx2.URL, deadline: Deadline, more: dict[str, str], mark: dict[str, str], *, allow_private: bool
) -> Got | httpx2.URL:
    """What one request gives: a body, or where it is."""
    # A client for each request: what one server sets is never told to the next.
    client = httpx2.Client(
        transport=Transport(deadline, allow_private=allow_private), headers=_HEADERS, timeout=_WAIT, trust_env=False
    )
    with client, client.stream("GET", url, headers=more | mark) as response:
        if sum(len(name) + len(value) for name, value in response.headers.raw) > MAX_HEADERS:
            raise FetchError(f"{_shown(url)} sends more than {MAX_HEADERS:,} bytes of headers.", tip=_SAVE)
        if response.status_code in _REDIRECTS and (target := response.headers.get("location")):
            return _redirected(url, target)
        if mark and response.status_code == httpx2.codes.NOT_MODIFIED:
            return Got(b"", str(url), None, None, mark, unchanged=True)
        if response.status_code != httpx2.codes.OK:
            _refuse_status(url, response)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        marked = {asks: told for says, asks in _MARKS.items() if (told := response.headers.get(says))}
        return Got(_body(url, response), str(url), kind or None, response.charset_encoding, marked)


def _redirected(url: httpx2.URL, target: str) -> httpx2.URL:
    try:
        return checked(str(url.join(target)))
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError(
            f"{_shown(url)} redirects to {one_line(target, 100)}, which is no address.", tip=_SAVE
        ) from error


def _body(url: httpx2.URL, response: httpx2.Response) -> bytes:
    """The body, unpacked, as long as neither it nor what was sent is too large."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if max(size, response.num_bytes_downloaded) > MAX_BYTES:
            raise FetchError(f"{_shown(url)} is larger than {MAX_BYTES // 1_000_000} MB.", tip=_SAVE)
        parts.append(part)
    return b"".join(parts)


def _refuse_status(url: httpx2.URL, response: httpx2.Response) -> NoReturn:
    status = response.status_code
    reason = httpx2.codes.get_reason_phrase(status)
    tip = "Try again later." if status == 429 or status >= 500 else "Check the address."
    if status in (401, 402, 403, 406, 451):
        tip = f"The server does not give it to a program. {_SAVE}"
    raise FetchError(
        f"{_shown(url)} answers {status}{f' ({reason})' if reason else ''}.",
        tip=tip,
        retry_after=_retry_after(response.headers.get("retry-after", "")),
    )


def _retry_after(told: str) -> float | None:
    """The seconds to wait, given as such or as a point in time; None where it is neither."""
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except ValueError:
        return None


def _fail(url: httpx2.URL, error: Exception) -> NoReturn:
    """An error of the library as ours."""
    shown = one_line(str(error), 200)
    if isinstance(error, httpcore2.TimeoutException | httpx2.TimeoutException):
        raise FetchError(
            f"{_shown(url)} took too long: no more than {_WAIT:.0f} s without a word, and {SECONDS:.0f} s in all.",
            tip=f"Try again. {_SAVE}",
        ) from error
    if isinstance(error.__cause__ or error.__context__, ssl.SSLError) or "CERTIFICATE" in shown.upper():
        raise FetchError(f"{_shown(url)} is not trusted: {shown}.", tip="Check the address.") from error
    if isinstance(error, httpcore2.ConnectError | httpx2.ConnectError):
        raise FetchError(
            f"Cannot reach {_shown(url)}: {shown}.", tip="Check the address and the connection."
        ) from error
    raise FetchError(f"{_shown(url)} gives no whole answer: {shown}.", tip=f"Try again. {_SAVE}") from error


def _shown(url: httpx2.URL) -> str:
    return one_line(str(url), 200)
