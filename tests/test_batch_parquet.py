"""Tables in Parquet: articles in, briefings out."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from batches import GOOD, asked, text
from drafts import MODEL
from fault_server import FaultServer
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as pq

from summarizer import Settings
from summarizer.batch import Columns, Inputs, Outcome, brief_all, rebuild
from summarizer.batch.entry import Entry
from summarizer.batch.table import entry_of_row
from summarizer.briefing import Briefing
from summarizer.errors import UsageError

UNSENT = Settings(model=MODEL, base_url="http://127.0.0.1:1/v1")


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.script(GOOD)
        yield server


def table(path: Path, rows: list[dict[str, Any]], **types: pyarrow.DataType) -> Path:
    names = dict.fromkeys(name for row in rows for name in row)
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in names])
    pq.write_table(pyarrow.Table.from_pylist(rows, schema=schema), path, row_group_size=2)
    return path


def entries(path: Path, columns: Columns | None = None) -> list[Entry]:
    return list(Inputs([path], columns=columns or Columns()).entries(without=path.parent / "run"))


def run(server: FaultServer, given: Path, folder: Path, **more: Any) -> Outcome:
    return brief_all([given], folder, Settings(model=MODEL, base_url=server.base_url), **more)


def test_a_row_is_briefed_as_a_line_of_a_table_is(server: FaultServer, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"id": f"n{n}", "text": text(n), "published": "2026-03-11"} for n in range(1, 6)]
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    one = run(server, table(tmp_path / "in.parquet", rows), tmp_path / "one")
    other = run(server, lines, tmp_path / "other")
    briefings = [each.briefings.read_text(encoding="utf-8").splitlines() for each in (one, other)]
    kept = [[_content(json.loads(each)) for each in lines] for lines in briefings]
    assert kept[0] == kept[1]
    assert len(kept[0]) == 5


def _content(briefing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in briefing.items() if name != "provenance"}


def test_days_points_in_time_numbers_and_bytes_are_read_as_what_they_are(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": 7, "text": text(1).encode(), "published": datetime(2026, 3, 11, 23, 30, tzinfo=UTC)},
        {"id": 8, "text": None, "published": None},
    ]
    types = {"id": pyarrow.int64(), "text": pyarrow.binary(), "published": pyarrow.timestamp("us", tz="UTC")}
    first, second = entries(table(tmp_path / "in.parquet", rows, **types))
    assert (first.id, first.text, first.known) == ("7", text(1), {"published": "2026-03-11"})
    assert second.fault == "The row has no 'text', no 'path' and no 'url'."
    day = table(
        tmp_path / "day.parquet", [{"text": text(1), "published": date(2026, 3, 11)}], published=pyarrow.date32()
    )
    assert entries(day)[0].known == {"published": "2026-03-11"}


def test_a_path_is_seen_from_the_folder_of_the_table_and_columns_may_be_called_otherwise(tmp_path: Path) -> None:
    given = table(tmp_path / "in.parquet", [{"file": "a.txt"}, {"file": "https://quay.example/ferry"}])
    found = entries(given, Columns(path="file"))
    assert [each.where for each in found] == [str(tmp_path / "a.txt"), "https://quay.example/ferry"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (["a list"], pyarrow.list_(pyarrow.string())),
        ({"a": "struct"}, pyarrow.struct([("a", pyarrow.string())])),
        (b"\xff\xfe", pyarrow.binary()),
        (3, pyarrow.int64()),
    ],
)
def test_a_column_that_is_no_text_is_a_failure_of_its_row(
    tmp_path: Path, value: object, kind: pyarrow.DataType
) -> None:
    given = table(tmp_path / "in.parquet", [{"text": value}], text=kind)
    assert [each.fault for each in entries(given)] == ["The row is none of a table of articles: 'text' is no text."]


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more", b"{}", b"PAR1" + b"\0" * 40 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_refused_before_anything_is_asked(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.parquet").write_bytes(content)
    with pytest.raises(UsageError, match=r"Cannot read .*in\.parquet"):
        brief_all([tmp_path / "in.parquet"], tmp_path / "run", UNSENT)


def test_briefings_are_a_typed_table_that_holds_them_whole(server: FaultServer, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"id": f"n{n}", "text": text(n), "published": "2026-03-11"} for n in (1, 2, 3)]
    rows.append({"id": "short", "text": "Too short."})
    outcome = run(server, table(tmp_path / "in.parquet", rows), tmp_path / "run", form="parquet")
    found = pq.read_table(outcome.briefings)
    assert outcome.briefings.name == "briefings.parquet"
    assert found.schema.field("published").type == pyarrow.date32()
    assert found.schema.field("who").type == pyarrow.list_(pyarrow.string())
    listed = found.to_pylist()
    assert [each["id"] for each in listed] == ["n1", "n2", "n3"]
    assert [each["published"] for each in listed] == [date(2026, 3, 11)] * 3
    for each in listed:
        briefing = Briefing.from_json(each["briefing"])
        assert [item.split(" (")[0] for item in each["where"]] == [item.place for item in briefing.where]
        assert each["tokens_read"] == briefing.provenance.usage.prompt_tokens
    once = outcome.briefings.read_bytes()
    run(server, tmp_path / "in.parquet", tmp_path / "run", form="parquet")
    assert outcome.briefings.read_bytes() == once
    assert rebuild(tmp_path / "run", form="parquet").made == 3
    assert sum(asked(server).values()) == 3


def test_without_pyarrow_it_is_told_before_anything_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tmp_path / "in.jsonl"
    given.write_text(json.dumps({"text": text(1)}) + "\n", encoding="utf-8")
    found = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match="Parquet needs pyarrow"):
        brief_all([given], tmp_path / "run", UNSENT, form="parquet")
    assert not (tmp_path / "run").exists()
    (tmp_path / "in.parquet").write_bytes(b"PAR1")
    with pytest.raises(UsageError, match="Parquet needs pyarrow"):
        entries(tmp_path / "in.parquet")


@given(st.dictionaries(st.sampled_from(["text", "path", "id", "url", "title", "other"]), st.text(max_size=40)))
def test_a_row_of_text_is_an_entry_or_has_a_fault(row: dict[str, str]) -> None:
    made = entry_of_row(row, "in.parquet, row 1", Path("beside").joinpath, Columns())
    assert bool(made.fault) is not bool(made.text or made.where)
