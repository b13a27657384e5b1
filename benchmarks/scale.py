"""Runs on a cluster: one node of one core beside two, on articles that wait for a server.

python -m benchmarks.scale [--articles 400] [--nodes 1 2] [--concurrency 8]

Each node is a process of its own on this machine, with a worker that briefs so many articles at a time. The server, a
process of its own too, answers after half a second. "asking" is from the first request to the last; what comes before
is the start of Ray and of its workers.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow
import pyarrow.parquet

from benchmarks.batch import MODEL, ROOT, SECONDS, SMALL, Server, serving
from summarizer import Settings
from summarizer.cluster import brief_tables


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--nodes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--concurrency", type=int, default=8)
    told = parser.parse_args()
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "PYTHONPATH": str(ROOT)}
    print(f"{told.articles:,} articles, {told.concurrency} at a time in each worker, answers after {SECONDS} s\n")
    print("| nodes | whole run, s | asking, s | articles a second | times one node | of the ideal | requests |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    rates: list[float] = []
    with tempfile.TemporaryDirectory() as name, serving() as server:
        given = _table(Path(name) / "articles.parquet", told.articles)
        for nodes in told.nodes:
            whole, asking, requests = _run(server, given, Path(name) / f"run-{nodes}", nodes, told.concurrency)
            rates.append(told.articles / asking)
            ideal = nodes * told.concurrency / SECONDS
            print(
                f"| {nodes} | {whole:.1f} | {asking:.1f} | {rates[-1]:.1f} | {rates[-1] / rates[0]:.2f} "
                f"| {rates[-1] / ideal:.2f} | {requests:,} |",
                flush=True,
            )


def _run(server: Server, given: Path, folder: Path, nodes: int, at_once: int) -> tuple[float, float, int]:
    before, ended = server.requests(), threading.Event()
    span: list[float] = []

    def watch() -> None:
        seen = before
        while not ended.wait(0.05):
            if (now := server.requests()) != seen:
                seen = now
                span.append(time.monotonic())

    watching = threading.Thread(target=watch)
    with _cluster(nodes):
        watching.start()
        started = time.monotonic()
        settings = Settings(model=MODEL, base_url=server.address)
        brief_tables([given], folder, settings, workers=nodes, concurrency=at_once).raise_for_failures()
        whole = time.monotonic() - started
        ended.set()
        watching.join()
    return whole, span[-1] - span[0] + SECONDS, server.requests() - before


@contextmanager
def _cluster(nodes: int) -> Iterator[None]:
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    for _ in range(nodes - 1):
        made.add_node(num_cpus=1)
    os.environ["RAY_ADDRESS"] = made.address
    try:
        yield
    finally:
        made.shutdown()


def _table(path: Path, count: int) -> Path:
    texts = [f"{SMALL}\n\nThis was number {number} of the day.\n" for number in range(count)]
    rows = {"id": [f"n{number}" for number in range(count)], "text": texts, "published": ["2026-01-09"] * count}
    pyarrow.parquet.write_table(pyarrow.table(rows), path)
    return path


if __name__ == "__main__":
    main()
