"""Hostile messages among a device's own: all is recorded as it came, and every judgement comes to a verdict."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.judging.episode import episodes_of
from harness.judging.verdict import Verdict
from harness.record import Began, Closed, Ended, Received, Record, from_line, to_line
from harness.report.reading import read_results
from harness.trace import read_trace
from harness.wire.spec import Spec
from harness.wire.topics import Topics
from simulator.target import SimTarget
from tests.hostile import ESCAPE, FLOOD, PAYLOADS, SCENARIOS, WORDS, Haunted, driven
from tests.questions import QUESTIONS, fallen_over, stories_of, visited
from tests.report.parsed_html import TAGS, parsed
from tests.runs import Run, run_suites
from tests.wire.whole_messages import BLOCKS, CONFIG, LEAVES, LITERALS, TELEMETRY, WholeField

BEGAN = Began(0.0, 1, "0.1.0", Spec.UDMI_1_5, "virtual", "sim", {})
AHU, DEVICE = Topics.of("AHU-1"), Topics.of("DEV-1")

each_field_of_the_device = pytest.mark.parametrize(
    "field", [field for field in (*LEAVES, *BLOCKS) if field.whole is not CONFIG], ids=str
)
each_topic = pytest.mark.parametrize("topic", [DEVICE.state, DEVICE.telemetry])


@dataclass(frozen=True)
class Haunting:
    """A whole run in bad company: what was recorded, and where."""

    records: list[Record]
    trace: Path

    @property
    def closed(self) -> list[Closed]:
        """The end of every scenario."""
        return [record for record in self.records if isinstance(record, Closed)]

    def payloads(self, topic: str) -> list[bytes]:
        """All that came on the topic."""
        return [record.payload for record in self.records if isinstance(record, Received) and record.topic == topic]


@pytest.fixture(scope="module")
def haunting(tmp_path_factory: pytest.TempPathFactory) -> Haunting:
    """Every scenario of the suites, driven while a second client speaks in the device's name."""
    trace = tmp_path_factory.mktemp("haunting") / "trace.ndjson"
    return Haunting(driven(Haunted(SimTarget.from_option("")), trace), trace)


@pytest.fixture(scope="module")
def judged(haunting: Haunting, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """That run, judged by all the suites."""
    return run_suites(tmp_path_factory.mktemp("judged"), f"--device=trace:{haunting.trace}")


def test_run_among_hostile_messages_goes_on_to_its_end(haunting: Haunting) -> None:
    end = haunting.records[-1]

    assert isinstance(end, Ended)
    assert end.broken_off is None


def test_no_scenario_falls_over_a_hostile_message(haunting: Haunting) -> None:
    assert [closed.our_fault for closed in haunting.closed] == [None] * len(SCENARIOS)


def test_scenarios_go_on_among_hostile_messages(haunting: Haunting) -> None:
    whole = [closed for closed in haunting.closed if not closed.cut_short]

    assert len(whole) > len(SCENARIOS) / 2


@pytest.mark.parametrize("topic", [AHU.state, AHU.telemetry])
def test_every_hostile_message_is_recorded_as_it_came(haunting: Haunting, topic: str) -> None:
    assert set(PAYLOADS) - set(haunting.payloads(topic)) == set()


def test_flood_is_recorded_whole(haunting: Haunting) -> None:
    hostile = [payload for payload in haunting.payloads(AHU.state) if payload in PAYLOADS]

    assert len(hostile) > FLOOD / 2


def test_trace_of_hostile_messages_reads_back_to_the_same_records(haunting: Haunting) -> None:
    read = read_trace(haunting.trace)

    assert read[1:] == haunting.records[1:]
    assert to_line(read[0]) == to_line(haunting.records[0])


def test_trace_of_hostile_messages_is_cut_into_its_episodes(haunting: Haunting) -> None:
    episodes = episodes_of(read_trace(haunting.trace))

    assert list(episodes) == [scenario.name for scenario in SCENARIOS]


def test_every_judgement_comes_to_a_verdict_among_hostile_messages(judged: Run) -> None:
    assert len(judged.verdicts) > 100
    assert Verdict.HARNESS_ERROR not in judged.verdicts.values()
    assert "Traceback" not in judged.output


def test_results_of_a_hostile_run_are_such_as_the_schema_wants(judged: Run) -> None:
    assert read_results(judged.folder / "results.json")["run"]["broken_off"] is None


def test_page_of_a_hostile_run_is_printable_and_of_our_own_elements(judged: Run) -> None:
    page = (judged.folder / "report.html").read_text(encoding="utf-8")

    assert {one.tag for one in parsed(page).all()} <= TAGS
    assert page.replace("\n", "").isprintable()


def test_terminal_is_told_of_a_hostile_run_in_printable_text(judged: Run) -> None:
    assert [line for line in judged.output.split("\n") if not line.isprintable()] == []


def test_nearly_every_verb_and_property_is_a_question() -> None:
    names = {name for name, _ in QUESTIONS}

    assert len(names) > 35
    assert {"Write.becomes", "Write.is_shown", "States.know_only", "SentConfig.is_named"} <= names
    assert "PointReport.explains_itself" in names


@each_field_of_the_device
def test_every_question_is_answered_whatever_a_field_holds(field: WholeField) -> None:
    topic = DEVICE.telemetry if field.whole is TELEMETRY else DEVICE.state

    wrong = {literal: fallen_over(visited(topic, field.payload(literal))) for literal in LITERALS}

    assert {literal: questions for literal, questions in wrong.items() if questions} == {}


@each_topic
@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_every_question_is_answered_whatever_the_message_is(number: int, topic: str) -> None:
    assert fallen_over(visited(topic, PAYLOADS[number])) == set()


@pytest.mark.parametrize("field", [field for field in LEAVES if field.whole is not CONFIG], ids=str)
def test_no_story_repeats_a_control_character_that_a_field_holds(field: WholeField) -> None:
    topic = DEVICE.telemetry if field.whole is TELEMETRY else DEVICE.state
    payload = field.payload("string").replace(b'"x"', json.dumps("".join(WORDS)).encode())

    stories = stories_of(visited(topic, payload))

    assert [line for story in stories for line in story.split("\n") if not line.isprintable()] == []


def test_no_story_repeats_a_control_character_that_stands_in_a_name() -> None:
    points = {ESCAPE: {"value_state": "busy", "status": {"message": "x"}}}

    stories = stories_of(visited(DEVICE.state, json.dumps({"pointset": {"points": points}}).encode()))

    assert [line for story in stories for line in story.split("\n") if not line.isprintable()] == []


@given(payload=st.binary(), topic=st.text(), retain=st.booleans())
@settings(derandomize=True, deadline=None, database=None)
def test_message_of_any_bytes_reads_back_from_its_line(payload: bytes, topic: str, *, retain: bool) -> None:
    record = Received(1.5, topic, payload, retain)

    assert from_line(to_line(record)) == record


@given(st.text(st.characters()))
@settings(derandomize=True, deadline=None, database=None)
def test_message_of_any_text_is_one_printable_line_of_the_trace(text: str) -> None:
    line = to_line(Received(1.5, "t", text.encode("utf-8", "surrogatepass"), retain=False))

    assert line.isascii()
    assert line.isprintable()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "null",
        "[]",
        "3",
        '"received"',
        "{}",
        '{"record": "nothing"}',
        '{"record": ["received"]}',
        '{"record": "opened"}',
        '{"record": "opened", "time": 1, "scenario": "x", "more": 1}',
        '{"record": "received", "time": 1, "topic": "t", "payload": 3, "retain": false}',
        '{"record": "received", "time": 1, "topic": "t", "payload": {"base64": "x"}, "retain": false}',
        '{"record": "received", "time": 1, "topic": "t", "payload": "\\ud800", "retain": false}',
        '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "settings": {"a": 1}}',
        '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "settings": {"a": [1]}}',
        "[" * 100_000,
    ],
    ids=lambda line: line[-30:],
)
def test_line_that_is_no_record_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    trace = tmp_path / "trace.ndjson"
    trace.write_text(f"{to_line(BEGAN)}\n{line}\n", encoding="utf-8")

    with pytest.raises(UsageError, match="line 2: "):
        read_trace(trace)
