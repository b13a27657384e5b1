"""The openai client alone, asked to summarise as JSON."""

from __future__ import annotations

import sys

from openai import OpenAI

from benchmarks.beside.children.serving import Found, serve
from benchmarks.beside.children.shape import items
from benchmarks.beside.record import Asked
from benchmarks.plain import LIMIT, TIMEOUT

_ASKED = """Summarise the news article as a JSON object with the keys who, what, where, when, why and rationale.
Each is a list of objects with two keys. text: the answer in brief, the most important one first. quote: the exact \
words of the article that say it, copied.
rationale: who says why it was done, and the reason. A list is empty where the article does not say."""


def main(address: str) -> None:
    client = OpenAI(base_url=address, api_key="none", max_retries=0, timeout=TIMEOUT)

    def brief(asked: Asked) -> Found:
        completion = client.chat.completions.create(
            model="local",
            temperature=0,
            max_tokens=LIMIT,
            response_format={"type": "json_object"},
            messages=[{"role": "system", "content": _ASKED}, {"role": "user", "content": asked.text}],
        )
        return Found(items(completion.choices[0].message.content or ""))

    serve(brief)


if __name__ == "__main__":
    main(sys.argv[1])
