"""Title, author, day, language and address of an article, from what its page says: structured data first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

import Stemmer
from lxml.html import HtmlElement

from summarizer.page.structured import Structured

_LONGEST = 300
_LONGEST_BYLINE = 80
_LONGEST_NAME = 60
_MOST_AUTHORS = 8
LEAST_SHARE = 0.5
"""Of the words of a heading and of a title, for them to be the same."""

FEWEST_WORDS = 4
"""A heading with fewer may be the name of the site or of a section."""

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_WORD = re.compile(r"\w+")
_STEMMER = Stemmer.Stemmer("english")
_SITE = re.compile(r"\s+(?:[|·•»–—-]|::)\s+")
_BY = re.compile(r"^(?:(?:written|posted|published|story|words|text|reporting)\s+)?by:?\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:;|\||&|\band\b|\n)\s*|,\s+(?!Jr\b|Sr\b|I{2,3}\b|M\.?D\b|Ph)")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{2,}|^(?:admin|administrator|staff|editor|unknown|guest|none|null)$", re.IGNORECASE
)

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
            "cxenseparse:author", "citation_author", "article:author_name", "og:article:author")  # fmt: skip
_DAYS = ("article:published_time", "og:article:published_time", "og:published_time", "datepublished",
         "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date",
         "pubdate", "publishdate", "publish-date", "publication_date", "article.published", "citation_date",
         "cxenseparse:recs:publishtime", "date", "ptime", "displaydate")  # fmt: skip
_LANGUAGES = ("og:locale", "content-language", "language", "dc.language")

_BYLINE = (
    "//*[@rel='author' or @itemprop='author'][normalize-space()]",
    "//*[contains(@class, 'author-name') or contains(@class, 'author_name') or contains(@class, 'authorName')]",
    "//*[contains(@class, 'byline__name')]",
    "//*[self::a or self::span or self::div or self::p or self::li][contains(@class, 'byline') or @id='byline']",
    "//address[not(ancestor::footer)]",
    "(//h1)[1]/following::a[contains(@href, '/author/') or contains(@href, '/authors/')][normalize-space()]",
    "(//h1)[1]/following::a[contains(@href, '/newsteam/') or contains(@href, '/staff/')][normalize-space()]",
)
_READERS = "ancestor-or-self::*[contains(@class, 'comment') or contains(@id, 'comment')]"
_DATED = (
    "//*[@itemprop='datePublished']",
    "//time[@pubdate or contains(@class, 'publish') or contains(@class, 'entry-date')]",
    "(//article//time | //main//time | //header//time)[@datetime]",
    "(//h1)[1]/following::*[self::p or self::span or self::div][contains(@class, 'date')][1]",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of its article; None where it does not say.

    Attributes:
        shown: whether a reader sees the title on the page, or above it.
    """

    title: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    shown: bool = False


def facts(tree: HtmlElement, told: Structured, url: str | None) -> Facts:
    """The facts of a page without what it hides; `told` is what it said of itself as a whole."""
    title, shown = _title(tree, told)
    return Facts(
        title, _author(tree, told), _published(tree, told), _language(tree, told), _address(tree, told, url), shown
    )


def _title(tree: HtmlElement, told: Structured) -> tuple[str | None, bool]:
    """The heading that the page's own words about itself agree with best, else those words; and whether it is shown."""
    tab = next(filter(None, map(_line, tree.xpath("//head/title | //title[not(ancestor::svg)]"))), "")
    titles = [*told.texts("headline"), *told.meta(*_TITLES), *told.texts("name")]
    said = [each for each in (*titles, tab) if each and len(each) <= _LONGEST]
    headings = [each for each in map(_line, tree.iter("h1")) if each and len(each) <= _LONGEST]
    headlines = [_line(each) for each in tree.xpath("//*[@itemprop='headline'][normalize-space()]")]
    below = [each for each in map(_line, tree.iter("h2")) if each and len(each) <= _LONGEST]
    sites = {_letters(each) for each in told.meta("og:site_name", "application-name")}
    parts = [part for each in said for part in (each, *_SITE.split(each)) if _letters(part) not in sites]
    agreed = [(*_agreement(each, parts), -at, each) for at, each in enumerate([*headings, *headlines, *below])]
    share, _, _, best = max(agreed, default=(0.0, 0, 0, ""))
    if share >= LEAST_SHARE:
        # A heading may hold a second line beside the title.
        held = (each for each in titles if len(_words(each)) > 2 and best.startswith(each))
        return next(held, best), True
    if len(headings) == 1 and (not said or len(_words(headings[0])) >= FEWEST_WORDS):
        return headings[0], True
    if not said:
        return None, False
    chosen = _without_site(said[0]) if said[0] == tab else said[0]
    return chosen, _letters(chosen) in _letters(tab)


def _agreement(heading: str, parts: list[str]) -> tuple[float, int]:
    """The largest share of words that a heading and a part of a title have in common, and how early that part is."""
    mine = _stems(heading)
    shares = [(len(mine & _stems(part)) / (len(mine | _stems(part)) or 1), -at) for at, part in enumerate(parts)]
    return max(shares, default=(0.0, 0))


def _without_site(title: str) -> str:
    """A browser's title without the site's name, which is the shorter part behind or before a mark."""
    parts = _SITE.split(title)
    longest = max(parts, key=len)
    return longest if len(parts) > 1 and len(_words(longest)) > 2 else title


def _author(tree: HtmlElement, told: Structured) -> str | None:
    sites = {_letters(each) for each in [*told.meta("og:site_name", "application-name"), *told.texts("publisher")]}
    seen = _letters(" ".join(tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]")))
    bylines = (_first_byline(tree, path) for path in _BYLINE)
    groups = [list(told.texts("author", "creator")), list(told.meta(*_AUTHORS)), *bylines]
    people = [[each for each in _people(group) if _letters(each) not in sites][:_MOST_AUTHORS] for group in groups]
    # Structured data may name whoever filed the article; its readers are shown who wrote it.
    shown = (names for names in people if any(_letters(each) in seen for each in names))
    return ", ".join(next(shown, next(filter(None, people), []))) or None


def plain_author(written: str | None) -> str | None:
    """The names in what may be a byline, without what cannot be one."""
    return ", ".join(_people([written])[:_MOST_AUTHORS]) or None if written else None


def _people(written: Iterable[str]) -> list[str]:
    parts = (part.strip(" ,.–—-|") for each in written for part in _AND.split(_BY.sub("", each)))
    names = (_BY.sub("", part) for part in parts)
    return list(dict.fromkeys(each for each in names if 0 < len(each) <= _LONGEST_NAME and not _NO_NAME.search(each)))


def _first_byline(tree: HtmlElement, path: str) -> list[str]:
    """The lines of the first element, with those right beside it, that is no reader's: others are of other articles."""
    found = [each for each in tree.xpath(path) if not each.xpath(_READERS)]
    beside = [each for each in found if each.getparent() is found[0].getparent()]
    return [line for line in map(_line, beside) if len(line) <= _LONGEST_BYLINE]


def _published(tree: HtmlElement, told: Structured) -> date | None:
    written: list[str] = [*told.texts("datePublished", "dateCreated", "uploadDate"), *told.meta(*_DAYS)]
    for path in _DATED:
        written += [each.get("datetime") or each.get("content") or _line(each) for each in tree.xpath(path)[:1]]
    return next(filter(None, map(day, written)), None)


def day(written: str) -> date | None:
    """The day of an ISO date or time, as it stands there; None for anything else."""
    found = _ISO.search(written) or _COMPACT.search(written)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _language(tree: HtmlElement, told: Structured) -> str | None:
    html = tree.getroottree().getroot()
    written = [*told.texts("inLanguage"), html.get("lang") or html.get("xml:lang") or "", *told.meta(*_LANGUAGES)]
    found = (re.match(r"\s*([A-Za-z]{2})(?![A-Za-z])", each) for each in written)
    return next((match[1].lower() for match in found if match), None)


def _address(tree: HtmlElement, told: Structured, url: str | None) -> str | None:
    """The address that the page calls its own, if it is one of the web; else the one it came from."""
    linked = [each.get("href") or "" for each in tree.xpath("//link[@rel='canonical']")]
    for each in [*linked, *told.meta("og:url")]:
        try:
            found: str = urljoin(url or "", each.strip())
            parts = urlsplit(found)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and len(found) <= 2_000 and not parts.username:
            return found
    return url


def _line(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _stems(text: str) -> frozenset[str]:
    """Its words without their endings: `Downloading` is `download`. Of other languages than English most stay whole."""
    return frozenset(_STEMMER.stemWords(_words(text)))


def _letters(text: str) -> str:
    return "".join(_words(text))
