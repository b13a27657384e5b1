"""Who says a quotation, and what the article calls them: read from the text, not from the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from summarizer.check.folding import fold
from summarizer.check.lexicon import Lexicon
from summarizer.document import Document, Quotation, Span

_WORD = r"[A-Z][\w'’.-]*[\w’]|[A-Z]\.?"
_NAME = re.compile(rf"(?:{_WORD})(?:\s+(?:{_WORD}|de|la|van|von|der|bin|al|del|el|da|dos))*")
_APPOSITION = re.compile(r"\s*,\s+(?P<role>(?:(?:a|an|the|its|his|her)\s+)?[a-z][^,.;:()\"“”]{2,90}?)(?=[,.;]|\s+(?:said|who)\b)")
_ROLE_WORD = re.compile(r"(?!(?:The|A|An|But|And|On|In|As)$)[A-Z][\w'’.-]*|vice|prime|former|acting|interim|senior|foreign|defen[cs]e|state")
_SPOKESMAN = re.compile(r"spokes\w+ (?:for|of) (?:the )?(?P<after>.+)|(?P<before>.+?) spokes\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """`name` as the attributing sentence has it, and where; `full` is the longest form in the article."""

    name: str
    full: str
    sentence: int


class Speakers:
    """The speakers of one document."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._said = lexicon.words("said")

    def of(self, quotation: Quotation) -> Attribution | None:
        """The speaker of `quotation`, or None where the text around it does not say."""
        return self._attributions.get(quotation.number)

    @cached_property
    def _attributions(self) -> dict[int, Attribution]:
        found: dict[int, Attribution] = {}
        for quotation in self._document.quotations:
            named = self._named_around(quotation) or self._carried(quotation, found)
            if named:
                found[quotation.number] = named
        return found

    def _named_around(self, quotation: Quotation) -> Attribution | None:
        for number in quotation.sentences:
            if subject := self._grammatical_subject(number):
                return self._attribution(subject, number)
        return None

    def subject(self, number: int) -> str | None:
        """Who says what a sentence says, pronouns resolved; None where nobody is said to say it."""
        subject = self._grammatical_subject(number)
        attribution = self._attribution(subject, number) if subject else None
        return attribution.name if attribution else None

    def speaking(self, name: str) -> list[int]:
        """The sentences in which `name` says something."""
        last = name.split()[-1]
        return [
            each.number
            for each in self._document.sentences
            if not each.title and (subject := self._grammatical_subject(each.number)) and last in subject.split()
        ]

    def is_person(self, name: str) -> bool:
        """Whether the article has a title or a first name before the last word of `name`."""
        return len(self.full_name(name).split()) > 1 and len(name.split()) < 4 and all(
            word[:1].isupper() for word in name.split()
        )

    def _grammatical_subject(self, number: int) -> str | None:
        """The subject of the verb of saying outside the quotations of a sentence."""
        sentence = self._document.sentence(number)
        text = self._unquoted(sentence.span)
        for verb in re.finditer(r"[\w'’]+", text):
            if fold(verb[0]) not in self._said:
                continue
            if subject := self._before(text[: verb.start()]) or self._after(text[verb.end() :]):
                return subject
        return None

    def _unquoted(self, span: Span) -> str:
        """The text of a sentence with its quotations blanked out, character for character."""
        text = span.of(self._document.text)
        for quotation in self._document.quotations:
            start, end = max(quotation.span.start, span.start), min(quotation.span.end, span.end)
            if start < end:
                text = text[: start - span.start] + "\x00" * (end - start) + text[end - span.start :]
        return text

    def _before(self, text: str) -> str | None:
        """`Mia Berg, the director, said`; `Mia Berg told reporters that she`; `he said`."""
        clause = re.split(r"[\x00;:]", text)[-1]
        names = [match[0] for match in _NAME.finditer(clause) if not self._starts_only(match, clause)]
        pronouns = [word for word in re.findall(r"\w+", clause) if fold(word) in self._lexicon.words("personal")]
        if names:
            return names[0] if "," in clause.strip(" ,") else names[-1]
        return pronouns[-1] if pronouns else None

    def _after(self, text: str) -> str | None:
        """`said Mia Berg`; `according to Mia Berg`."""
        match = re.match(r"\s+(?:to\s+)?(?:[a-z]+\s+){0,3}?(?P<name>" + _NAME.pattern + ")", text)
        if match and self._is_time(match["name"]):
            return None
        return match["name"] if match else None

    def _starts_only(self, match: re.Match[str], clause: str) -> bool:
        word = fold(match[0])
        return word in self._lexicon.words("stopwords") or self._is_time(match[0])

    def _is_time(self, name: str) -> bool:
        return fold(name.split()[0]) in self._lexicon.words("weekdays") | self._lexicon.words("months")

    def _carried(self, quotation: Quotation, found: dict[int, Attribution]) -> Attribution | None:
        """A quotation without a speaker of its own goes on from the last one, unless a paragraph lies between
        that names somebody else."""
        before = [each for each in found if each < quotation.number]
        if not before:
            return None
        last = self._document.quotation(before[-1])
        between = self._document.text[last.span.end : quotation.span.start]
        return found[last.number] if between.count("\n\n") <= 1 else None

    def _attribution(self, subject: str, number: int) -> Attribution | None:
        if fold(subject) in self._lexicon.words("personal"):
            return self._antecedent(number)
        return Attribution(subject, self.full_name(subject), number)

    def _antecedent(self, number: int) -> Attribution | None:
        """The last person who spoke, or was named as a person, before this sentence."""
        for earlier in range(number - 1, 0, -1):
            name = self._grammatical_subject(earlier)
            if name and fold(name) not in self._lexicon.words("personal"):
                return Attribution(name, self.full_name(name), earlier)
        return None

    def full_name(self, name: str) -> str:
        """The longest name in the article that ends with the last word of `name`, honorifics left out."""
        last = name.split()[-1]
        forms = [self._bare(match) for match in self._names if match.split()[-1] == last]
        return max((form for form in forms if form), key=lambda form: len(form.split()), default=name)

    def _bare(self, name: str) -> str:
        """A name without what stands before it: `Defense Secretary Lloyd Austin` is Lloyd Austin."""
        words = name.split()
        titles = [index for index, word in enumerate(words[:-1]) if self._title(word)]
        return " ".join(words[titles[-1] + 1 :] if titles else words)

    def _title(self, word: str) -> bool:
        return fold(word).rstrip(".") in self._lexicon.words("honorifics")

    @cached_property
    def _names(self) -> list[str]:
        names = []
        for sentence in self._document.sentences:
            if not sentence.title:
                names += [match[0].removesuffix("'s").removesuffix("’s") for match in _NAME.finditer(self._unquoted(sentence.span))]
        return names

    def role(self, name: str) -> str | None:
        """What stands beside the full name: `Mia Berg, the harbour director,` or `harbour director Mia Berg`."""
        for match in re.finditer(rf"\b{re.escape(name)}\b", self._document.text):
            if role := _APPOSITION.match(self._document.text, match.end()):
                return role["role"].strip()
            if before := self._title_before(self._document.text[: match.start()]):
                return before
        return None

    def _title_before(self, text: str) -> str | None:
        words = re.findall(r"[^\s,;:()]+|[,;:()\n]", text[-80:])
        if not words or not self._title(words[-1]):
            return None
        begin = len(words) - 1
        while begin > 0 and (self._title(words[begin - 1]) or _ROLE_WORD.fullmatch(words[begin - 1])):
            begin -= 1
        return " ".join(words[begin:])

    def on_behalf_of(self, role: str | None) -> str | None:
        """Whom a spokesperson speaks for, as far as the role says."""
        match = _SPOKESMAN.search(role or "")
        return (match["after"] or match["before"]).strip() if match else None
