"""The published schema of a trace is that of the records, and takes what the reader takes."""

import json
from collections.abc import Iterator

import jsonschema
import pytest

from harness.record.lines import from_line, to_line
from harness.record.trace_schema import FILE, text
from tests.record.test_lines import RECORDS
from tests.runs import ROOT

SCHEMA = jsonschema.Draft202012Validator(json.loads(text()))
DOCUMENTED = ROOT / "docs" / "trace.md"


def documented() -> list[str]:
    """The lines that the page shows."""
    return [line for line in DOCUMENTED.read_text(encoding="utf-8").splitlines() if line.startswith('{"record"')]


def test_published_schema_is_that_of_the_records() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "python -m harness.record.trace_schema writes it anew"


def test_schema_takes_every_line_of_a_recording() -> None:
    lines = (ROOT / "fixtures" / "udmi" / "traces" / "ahu-1.ndjson").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not SCHEMA.is_valid(json.loads(line))] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_schema_takes_what_is_written(record: object) -> None:
    SCHEMA.validate(json.loads(to_line(record)))  # type: ignore[arg-type] # each is a record


@pytest.mark.parametrize("line", documented(), ids=lambda line: json.loads(line)["record"])
def test_line_of_the_documentation_is_a_record(line: str) -> None:
    SCHEMA.validate(json.loads(line))

    assert json.loads(to_line(from_line(line))) == json.loads(line)


def test_documentation_shows_every_kind_of_record() -> None:
    kinds = {json.loads(line)["record"] for line in documented()}

    assert kinds == {kind["properties"]["record"]["const"] for kind in _kinds()}


@pytest.mark.parametrize(
    "change",
    [
        {"record": "nothing"},
        {"time": -1},
        {"time": "now"},
        {"payload": 3},
        {"payload": {"base64": 3}},
        {"settings": {}},
        {"desired": {"a": ["lamp", 1]}},
        {"channel": "coap"},
        {"channel": "http"},
        {"http": {"type": "request", "method": "GET"}},
        {"http": {"type": "answer", "status": 200}, "channel": "http"},
    ],
    ids=str,
)
def test_schema_refuses_what_the_reader_refuses(change: dict[str, object]) -> None:
    line = {"record": "sent", "time": 1, "topic": "t", "payload": "", "label": ""} | change

    assert not SCHEMA.is_valid(line)
    with pytest.raises(ValueError, match="no record that this version knows"):
        from_line(json.dumps(line))


def _kinds() -> Iterator[dict[str, dict[str, dict[str, str]]]]:
    schema = json.loads(text())
    return (schema["$defs"][one["$ref"].rpartition("/")[2]] for one in schema["oneOf"])
