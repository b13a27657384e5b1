"""Who says a quotation, and what the article calls them: read from the text, not from the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarizer.check.speech import QUOTED, Act, Grammar
from summarizer.document import Document, Quotation, Span
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

_LONGEST_ROLE = 90


@dataclass(frozen=True, slots=True)
class Attribution:
    """`name` as the attributing sentence has it; `full` is the longest form in the article."""

    name: str
    full: str
    sentence: int


class Speakers:
    """The speakers of one document."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._grammar = Grammar(lexicon)

    def of(self, quotation: Quotation) -> Attribution | None:
        """The speaker of `quotation`, or None where the text around it does not say."""
        return self._attributions.get(quotation.number)

    def subject(self, number: int) -> Attribution | None:
        """Who says what a sentence says, pronouns resolved; None where nobody is said to say it."""
        act = next(iter(self._acts[number]), None)
        return self._attribution(act, number) if act else None

    def spoken_part(self, number: int) -> str:
        """What of a sentence its first act of speech covers: all of it, or what follows `... and officials said`."""
        text = self._unquoted(self._document.sentence(number).span)
        act = next(iter(self._acts[number]), None)
        if act is None:
            return ""
        before = text[: text.rfind(act.speaker, 0, act.start)].split()[-1:]
        joined = before and fold(before[0]) in self._lexicon.words("joining")
        return text[act.end :] if joined else text

    def speaking(self, name: str) -> list[int]:
        """The sentences in which `name` says something."""
        last = _words(name)[-1:]
        return [number for number, acts in self._acts.items() for act in acts if set(last) & set(_words(act.speaker))]

    @cached_property
    def _acts(self) -> dict[int, list[Act]]:
        return {
            each.number: [] if each.title else list(self._grammar.acts(self._unquoted(each.span)))
            for each in self._document.sentences
        }

    @cached_property
    def _attributions(self) -> dict[int, Attribution]:
        found: dict[int, Attribution] = {}
        for quotation in self._document.quotations:
            if named := self._beside(quotation) or self._in_paragraph(quotation, found):
                found[quotation.number] = named
        return found

    def _beside(self, quotation: Quotation) -> Attribution | None:
        """The act of speech nearest to the quotation, in its own sentences."""
        near: list[tuple[int, Act, int]] = []
        for number in quotation.sentences:
            begin = self._document.sentence(number).span.start
            for act in self._acts[number]:
                gap = max(quotation.span.start - (begin + act.end), begin + act.start - quotation.span.end)
                near.append((gap, act, number))
        if not near:
            return None
        _, act, number = min(near, key=lambda each: each[0])
        return self._attribution(act, number)

    def _in_paragraph(self, quotation: Quotation, found: dict[int, Attribution]) -> Attribution | None:
        """The last one to speak before it in its paragraph; else in the paragraph before, where the quotation
        opens its own."""
        first = quotation.sentences[0]
        here = self._paragraph(first)
        for number in range(first - 1, 0, -1):
            if self._paragraph(number) < here - 1:
                return None
            quoted = [found[each.number] for each in self._quoted_in(number) if each.number in found]
            if speaker := (quoted[-1] if quoted else self.subject(number)):
                return speaker
        return None

    def _quoted_in(self, number: int) -> Iterator[Quotation]:
        return (each for each in self._document.quotations if number in each.sentences)

    def _paragraph(self, number: int) -> int:
        return self._paragraphs[number - 1]

    @cached_property
    def _paragraphs(self) -> list[int]:
        """For each sentence, the number of blank lines before it."""
        text = self._document.text
        return [len(re.findall(r"\n\s*\n", text[: each.span.start])) for each in self._document.sentences]

    def _unquoted(self, span: Span) -> str:
        """The text of a sentence with its quotations blanked out, character for character."""
        text = span.of(self._document.text)
        for quotation in self._document.quotations:
            start, end = max(quotation.span.start, span.start), min(quotation.span.end, span.end)
            if start < end:
                text = text[: start - span.start] + QUOTED * (end - start) + text[end - span.start :]
        return text

    def _attribution(self, act: Act, number: int) -> Attribution | None:
        if fold(act.speaker) in self._lexicon.words("pronouns"):
            return self._antecedent(act, number)
        return Attribution(act.speaker, self.full_name(act.speaker), number)

    def _antecedent(self, pronoun: Act, number: int) -> Attribution | None:
        """The last one to speak before a pronoun: a person for `he` and `she`, anyone for `it` and `they`."""
        personal = fold(pronoun.speaker) in self._lexicon.words("personal")
        for earlier in range(number, 0, -1):
            for act in reversed(self._acts[earlier]):
                if earlier == number and act.start >= pronoun.start:
                    continue
                if fold(act.speaker) in self._lexicon.words("pronouns"):
                    continue
                if not personal or self.is_person(act.speaker):
                    return Attribution(act.speaker, self.full_name(act.speaker), earlier)
        return None

    def same(self, one: str, other: str) -> bool:
        """Whether two wordings can name one speaker: the last words of their names are the same."""
        names = [_words(self._bare(each)) for each in (one, other)]
        return bool(names[0] and names[1]) and names[0][-1] == names[1][-1]

    def is_person(self, name: str) -> bool:
        """Whether the article somewhere has the name with a title or an act of speech, and no article before it."""
        bare = self._bare(name)
        return self._grammar.name.fullmatch(bare) is not None and not re.search(
            rf"\b(?:the|The)\s{re.escape(bare)}\b", self._document.text
        )

    def full_name(self, name: str) -> str:
        """The longest name in the article that ends with the last word of `name`, titles left out; `name` itself
        where it is no name."""
        bare = self._bare(name)
        if self._grammar.name.fullmatch(bare) is None:
            return bare
        last = bare.split()[-1]
        forms = [self._bare(form) for form in self._names if form.split()[-1] == last]
        same = [form for form in forms if bare in form or len(bare.split()) == 1]
        return max(same, key=lambda form: len(form.split()), default=bare)

    def _bare(self, name: str) -> str:
        """A name without what stands before it: `Defense Secretary Lloyd Austin` is Lloyd Austin."""
        words = name.split()
        titles = [index for index, word in enumerate(words[:-1]) if self._is_title(word)]
        return " ".join(words[titles[-1] + 1 :] if titles else words)

    def _is_title(self, word: str) -> bool:
        return fold(word).rstrip(".") in self._lexicon.words("titles")

    @cached_property
    def _names(self) -> list[str]:
        return [
            match[0].removesuffix("'s").removesuffix("’s")
            for sentence in self._document.sentences
            if not sentence.title
            for match in self._grammar.name.finditer(self._unquoted(sentence.span))
        ]

    def role(self, name: str) -> str | None:
        """What stands beside the full name: `Mia Berg, the harbour director,` or `harbour director Mia Berg`."""
        text = self._document.text
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            if role := self._title_before(text[max(match.start() - 80, 0) : match.start()]):
                return role
            if role := self._apposition(text[match.end() : match.end() + _LONGEST_ROLE + 20]):
                return role
        return None

    def _apposition(self, text: str) -> str | None:
        match = re.match(r",\s(?P<role>[^,.;:()\"“”\x00]{3,}?)(?=[,.;]|\s\()", text)
        if match is None or len(match["role"]) > _LONGEST_ROLE:
            return None
        words = match["role"].split()
        first = fold(words[0])
        if first in self._lexicon.words("conjunctions") or first in self._lexicon.words("not_subjects"):
            return None
        has_title = any(self._is_title(word) for word in words)
        return match["role"].strip() if has_title or first in self._lexicon.words("articles") else None

    def _title_before(self, text: str) -> str | None:
        words = re.findall(r"[^\s,;:()]+|[,;:()\n]", text)
        if not words or not self._is_title(words[-1]):
            return None
        begin = len(words) - 1
        while begin > 0 and self._belongs_to_title(words[begin - 1]):
            begin -= 1
        role = " ".join(words[begin:])
        return role if fold(role).rstrip(".") not in self._lexicon.words("shortened") | {"mr", "mrs", "ms"} else None

    def _belongs_to_title(self, word: str) -> bool:
        folded = fold(word)
        known = self._is_title(word) or folded in self._lexicon.words("title_words")
        return known or (word[0].isupper() and folded not in self._lexicon.words("stopwords"))

    def on_behalf_of(self, role: str | None) -> str | None:
        """Whom a spokesperson speaks for, as far as the role says."""
        after = re.search(r"spokes\w+ (?:for|of) (?:the )?(?P<whom>.+)", role or "", re.IGNORECASE)
        before = re.search(r"^(?:an? |the )?(?P<whom>[^ ].*?) spokes\w+$", role or "", re.IGNORECASE)
        match = after or before
        return match["whom"].strip() if match else None


def _words(name: str) -> list[str]:
    return [fold(word).removesuffix("'s") for word in name.split()]
