"""langextract as its README has it for OpenAI-compatible endpoints: a description, an example, no other setting.

Fences and schema constraints are left unset, as it says, so that it takes structured output by a schema of the example;
chunks of 1,000 characters and one pass are its defaults. What it could not place in the text it says to filter out.
Not its defaults: temperature 0 and the limit of tokens, which are those of every way here.
"""

from __future__ import annotations

import sys
import warnings
from typing import Any

import langextract
from langextract.factory import ModelConfig

from benchmarks.beside import example
from benchmarks.beside.children.serving import Found, serve
from benchmarks.beside.record import Asked, Item
from benchmarks.plain import LIMIT


def main(address: str) -> None:
    warnings.filterwarnings("ignore", message="With 'config', schema constraints are still applied")
    config = ModelConfig(
        model_id="local",
        provider="openai",
        provider_kwargs={"base_url": address, "api_key": "none", "temperature": 0.0, "max_output_tokens": LIMIT},
    )

    def brief(asked: Asked) -> Found:
        document = langextract.extract(
            text_or_documents=asked.text,
            prompt_description=example.ASKED,
            examples=examples(),
            config=config,
            show_progress=False,
        )
        extractions = document.extractions or []
        grounded = [each for each in extractions if each.char_interval]
        return Found([_item(each) for each in grounded], left_out=len(extractions) - len(grounded))

    serve(brief)


def examples() -> list[Any]:
    extractions = [
        langextract.data.Extraction(extraction_class=name, extraction_text=words, attributes=attributes)
        for name, words, attributes in example.EXTRACTIONS
    ]
    return [langextract.data.ExampleData(text=example.TEXT, extractions=extractions)]


def _item(extraction: Any) -> Item:
    speaker = (extraction.attributes or {}).get("speaker")
    return Item(
        field=extraction.extraction_class,
        text=extraction.extraction_text,
        quotes=[extraction.extraction_text],
        start=extraction.char_interval.start_pos,
        end=extraction.char_interval.end_pos,
        speaker=speaker if isinstance(speaker, str) else None,
    )


if __name__ == "__main__":
    main(sys.argv[1])
