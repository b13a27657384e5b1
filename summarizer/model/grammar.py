"""A JSON schema lowered to a grammar for the embedded engine, made for one article.

The engine takes llguidance's Lark dialect. Compared with handing it the schema, the grammar writes
no white space (what is not written is not waited for), cites only sentences and quotations that
exist, and where the schema says so holds a string to the document's own words.

Hints in the schema, which other providers never see (`summarizer.model.strict` drops them):

    x-points: sentence | quotation    an integer that points into the document; may be null
    x-words: article                  a run of whole words of the whole article
    x-words: pointed                  a run of words of what the same object's pointer names
    x-words: time                     a wording of time in what the same object's pointer names
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from summarizer.errors import SchemaError
from summarizer.view import View

Schema = dict[str, Any]

HEADER = "%llguidance {}\n"
_UNWRITTEN = r'"\\\x00-\x1f\x7f\u2028\u2029'
_CLAUSE = 60
_LISTED = ("time", "place", "cause")
_POINTED = ("pointed", *_LISTED)
_MOST_POINTED = 8_000
"""Characters of sentences and quotations that words can be picked from. Beyond some 20,000 the engine cannot prepare
the grammar, and then drops it without a word."""
_NOTHING = '"null"'
_NULL = {"type": "null"}
_CHUNK = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[.,'’-]\w+)*|\s|[^\w\s]")
_INITIALS = re.compile(r"\b([A-Z])\.([A-Z])\.")


def lower(schema: Schema, view: View, *, decoded: bool = True) -> str:
    """The grammar of every answer that fits `schema` and points into `view`, compact JSON.

    `decoded`: whether an engine will decode under it. Where a replay only compares it, it is not tried first.

    Takes objects (all properties required, in order), arrays with `maxItems`, enums, pointers, strings with
    `maxLength` and whole numbers from 0 to a `maximum`, with `$ref` and `anyOf`.

    Raises:
        SchemaError: the schema uses something else, or llguidance refuses the grammar. The engine
            itself drops a grammar that it cannot parse without an error, so it is tried here first.
    """
    grammar = HEADER + _Lowering(schema.get("$defs", {}), view).grammar(schema)
    if decoded:
        _validate(grammar)
    return grammar


def _validate(grammar: str) -> None:
    try:
        from llguidance import LLMatcher
    except ImportError:
        return  # Without the extra nothing is decoded: the engine does not start.

    if problem := LLMatcher.validate_grammar(grammar.removeprefix(HEADER)):
        raise SchemaError(f"The engine's grammar is not valid: {problem[:200]}")


@dataclass
class _Lowering:
    definitions: Schema
    view: View
    rules: dict[str, str] = field(default_factory=dict)
    found: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    characters: dict[str, str] = field(default_factory=dict)

    def grammar(self, schema: Schema) -> str:
        start = self.value(schema)
        rules = "".join(f"{name}: {body}\n" for name, body in self.rules.items())
        return f"start: {start}\n{rules}"

    def value(self, schema: Schema) -> str:
        schema = self.resolve(schema)
        if "x-points" in schema:
            return " | ".join(map(_number, self.numbers(schema["x-points"]))) or _NOTHING
        if "enum" in schema:
            return " | ".join(_literal(json.dumps(value)) for value in schema["enum"])
        if "anyOf" in schema:
            return " | ".join(_NOTHING if each == _NULL else self.value(each) for each in schema["anyOf"])
        match schema:
            case {"type": "integer", "maximum": int(most)}:
                digits = len(str(most + 1)) - 1  # no more than every number of so many digits fits
                return f"/0|[1-9][0-9]{{0,{digits - 1}}}/" if digits else '"0"'
            case {"type": "object"}:
                return self.object(schema)
            case {"type": "array", "maxItems": int()}:
                return self.array(schema)
            case {"type": "string", "maxLength": int()}:
                return self.string(schema)
        raise SchemaError(f"The embedded engine cannot be held to this part of a schema: {schema!r:.200}")

    def resolve(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            hints = {key: value for key, value in schema.items() if key != "$ref"}
            schema = self.definitions[schema["$ref"].rpartition("/")[2]] | hints
        # A language without the words to find such wordings by: whatever words the sentence has.
        return schema | {"x-words": "pointed"} if schema.get("x-words") in self.view.unlisted else schema

    def object(self, schema: Schema) -> str:
        properties = {name: self.resolve(sub) for name, sub in schema["properties"].items()}
        if not any(sub.get("x-words") in _POINTED for sub in properties.values()):
            return self.members(properties, {}, {})
        values: dict[str, str] = {}
        alternatives = [self.members(properties, fixed, values) for fixed in self.targets(properties)]
        return self.rule(" | ".join(alternatives)) if alternatives else _NOTHING

    def members(self, properties: Schema, fixed: dict[str, int | None], values: dict[str, str]) -> str:
        """One object; the pointers in `fixed` hold these values. `values` keeps what is the same for all of them."""
        parts = []
        for index, (name, sub) in enumerate(properties.items()):
            parts.append(_key(name, first=index == 0))
            if name in fixed:
                parts.append(_number(fixed[name]))
            elif sub.get("x-words") in _POINTED:
                parts.append(self.quoted(self.pointed(properties, fixed, sub)))
            else:
                if name not in values:
                    values[name] = self.group(self.value(sub))
                parts.append(values[name])
        return " ".join([*parts, '"}"'])

    def targets(self, properties: Schema) -> Iterator[dict[str, int | None]]:
        """Each thing that an object can point to: one pointer has a number, its others are null."""
        listed = next((sub["x-words"] for sub in properties.values() if sub.get("x-words") in _LISTED), None)
        pointers = {name: sub["x-points"] for name, sub in properties.items() if "x-points" in sub}
        quoting = "quotation" in pointers.values()
        room = _MOST_POINTED
        for name, kind in pointers.items():
            for number in self.numbers(kind):
                fits = bool(self.listed(listed, number)) if listed else self.pointable(kind, number, quoting)
                room -= len(self.text(kind, number)) if fits and not listed else 0
                if fits and room > 0:
                    yield {other: number if other == name else None for other in pointers}

    def pointed(self, properties: Schema, fixed: dict[str, int | None], schema: Schema) -> str:
        name, number = next((name, number) for name, number in fixed.items() if number is not None)
        if schema["x-words"] in _LISTED:
            return self.group(" | ".join(_literal(_plain(each)) for each in self.listed(schema["x-words"], number)))
        kind = properties[name]["x-points"]
        return self.words(f"{kind.upper()}{number}", self.text(kind, number), schema)

    def text(self, kind: str, number: int) -> str:
        """The words of the sentence, or of the quotation by its mark."""
        document = self.view.document
        if kind == "sentence":
            return document.text_of(document.sentence(number))
        return document.text_of(self.view.quotations[number - 1].inner)

    def listed(self, kind: str, number: int) -> tuple[str, ...]:
        """The times or places of a sentence."""
        if (kind, number) not in self.found:
            sentence = self.view.document.sentence(number)
            wordings = {"time": self.view.times, "place": self.view.places, "cause": self.view.causes}
            self.found[kind, number] = wordings[kind](sentence)
        return self.found[kind, number]

    def pointable(self, kind: str, number: int, quoting: bool) -> bool:  # noqa: FBT001 (of the object)
        """Whether words can be picked there. Where an object points to a quotation or to a sentence, the sentence must
        give a reason."""
        if not _holds_words(self.text(kind, number)):
            return False
        return kind == "quotation" or not quoting or self.view.reasons(self.view.document.sentence(number))

    def array(self, schema: Schema) -> str:
        fewest, most = schema.get("minItems", 0), schema["maxItems"]
        value = self.value(schema["items"])
        if value == _NOTHING:
            return '"[]"'
        item = self.rule(value)
        more = f' ("," {item}){{{max(fewest - 1, 0)},{most - 1}}}' if most > 1 else ""
        return f'"[" ({item}{more}){"" if fewest else "?"} "]"'

    def string(self, schema: Schema) -> str:
        if schema.get("x-words") == "article":
            return self.quoted(self.words("ARTICLE", self.view.words, schema))
        shortest, longest = schema.get("minLength", 0), schema["maxLength"]
        name = f"FREE_{shortest}_{longest}"
        clause = min(_CLAUSE, longest)
        # A small model that has begun to copy a sentence copies all of it. Where it may not write a comma, it
        # stops at the clause.
        any_mark, no_comma = self.character(_UNWRITTEN), self.character(_UNWRITTEN + ",;")
        self.rules[name] = f"/{any_mark}{{{shortest},{clause}}}{no_comma}{{0,{longest - clause}}}/"
        return self.quoted(name)

    def words(self, name: str, text: str, schema: Schema) -> str:
        """A rule for a run of words of `text`, no shorter or longer than `schema` says.

        Marks that would end the JSON string are left out.
        """
        shortest, longest = schema.get("minLength", 0), schema["maxLength"]
        rule = f"{name}_{shortest}_{longest}"
        if f"{name}_RUN" not in self.rules:
            plain = _plain(text)
            if not plain:
                return '""'
            chunks = _json({"substring_chunks": _CHUNK.findall(plain)})
            self.rules[f"{name}_RUN"] = f"%regex {chunks}"
        self.rules[rule] = f"{name}_RUN & /.{{{shortest},{longest}}}/"
        return rule

    def character(self, unwritten: str) -> str:
        """A character of free text, as a regular expression; initials of the article count as one.

        A small model writes `U. S.` for `U.S.`, or stops after `U.`, if it is let.
        """
        if unwritten in self.characters:
            return self.characters[unwritten]
        seconds: dict[str, set[str]] = {}
        for one, two in _INITIALS.findall(self.view.words):
            seconds.setdefault(one, set()).add(two)
        kept = [rf"{one}\.[{''.join(sorted(two))}]|{one}[^.{unwritten}]" for one, two in sorted(seconds.items())]
        others = "[^" + unwritten + "".join(sorted(seconds)) + "]"
        self.characters[unwritten] = f"({'|'.join([*kept, others])})"
        return self.characters[unwritten]

    def numbers(self, kind: str) -> list[int]:
        # The title can be cited too: a model that may not write "1" writes "12" instead.
        if kind == "quotation":
            return list(range(1, len(self.view.quotations) + 1))
        return [each.number for each in self.view.sentences]

    def rule(self, body: str) -> str:
        name = f"rule{len(self.rules)}"
        self.rules[name] = body
        return name

    @staticmethod
    def quoted(body: str) -> str:
        return rf'"\"" {body} "\""'

    @staticmethod
    def group(body: str) -> str:
        return f"({body})"


_UNQUOTABLE = dict.fromkeys([*range(0x20), 0x7F, ord('"'), ord("\\"), 0x2028, 0x2029], " ")


def _holds_words(text: str) -> bool:
    return any(character.isalnum() for character in text) or bool(_plain(text))


def _plain(text: str) -> str:
    return " ".join(text.translate(_UNQUOTABLE).split())


_json = json.JSONEncoder(ensure_ascii=False).encode


def _literal(text: str) -> str:
    return _json(text)


def _number(number: int | None) -> str:
    return _NOTHING if number is None else f'"{number}"'


@cache
def _key(name: str, *, first: bool) -> str:
    return _literal(("{" if first else ",") + json.dumps(name) + ":")
