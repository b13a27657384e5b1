"""Other ways to brief an article, each run by the Python of an environment of its own.

Each takes the engine's address, and for each line of JSON on standard input, an article, writes one on standard
output, what it makes of it. They import of this project only what needs no more than pydantic.
"""

READY = "ready"
"""The first line that a child writes, when it has loaded what it needs."""
