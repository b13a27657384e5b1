"""Many articles on many machines: rows of Parquet to rows of Parquet, by Ray Data.

    from summarizer import Settings
    from summarizer.cluster import brief_tables

    outcome = brief_tables(["s3://desk/articles/"], "s3://desk/briefings", Settings(model="openai/gpt-5-mini"))
    outcome.raise_for_failures()

The driver looks through the tables once for what is to be done. Rows then go in parts to workers, processes on any
machine of the cluster, which brief many at a time, and ask one gate before each request. What is answered is put down
at once, and what is finished as a part of the output, both on storage that all machines see.

    folder, parts      what is kept: on which storage, and as what
    rows               the tables, what of them is to be done, and parts of that
    gate               the pace and the breaker of a run, shared by all workers
    parcel             a project's prompts, schemas and modules, sent along
    worker, tape       briefing a part; `spent`, what each row cost
    brief              a run from its beginning, or from where it was stopped, to its end
"""

from __future__ import annotations

from summarizer.cluster.brief import brief_tables

__all__ = ["brief_tables"]
