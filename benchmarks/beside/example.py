"""What langextract is asked for: a description, and the invented article of our own prompt as its example.

As its guide has it: the words of an example are the text's own, in the order of the text, and do not overlap.
"""

from __future__ import annotations

ASKED = """Extract what a briefing of the news article needs, in order of appearance.
what: the main event, and at most two other events. who: the people and groups in the main event and those who speak \
about it. where: the place of the main event. when: its day or time. why: what led to the main event, as the article \
reports it. stated_rationale: the words in which somebody says why it was done.
Use exact text for extractions. Do not paraphrase or overlap entities.
Provide meaningful attributes for each entity to add context."""

TEXT = """Halden Port Shuts Terminal

The port of Halden in Norway closed its north terminal on Monday after a crane collapsed and injured two workers.

"We closed it because nobody should work under a crane that we have not inspected," harbour director Mia Berg said.

She said the terminal would reopen in June.

The Dock Workers' Union denied that its members had overloaded the crane."""

EXTRACTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("who", "The port of Halden", {"part": "acted"}),
    ("where", "Norway", {"part": "country"}),
    ("what", "closed its north terminal", {"status": "asserted"}),
    ("when", "on Monday", {"of": "the closing"}),
    ("why", "a crane collapsed and injured two workers", {"of": "the closing"}),
    (
        "stated_rationale",
        "because nobody should work under a crane that we have not inspected",
        {"speaker": "Mia Berg"},
    ),
    ("who", "Mia Berg", {"part": "spoke", "title": "harbour director"}),
    ("what", "the terminal would reopen in June", {"status": "planned"}),
    ("who", "The Dock Workers' Union", {"part": "spoke"}),
)
"""Class, words and attributes."""
