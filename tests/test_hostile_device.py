"""Hostile messages among a device's own: all is recorded as it came, and every judgement comes to a verdict."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import suites.udmi
from harness.errors import UsageError
from harness.judging.verdicts.verdict import Verdict
from harness.protocols.udmi.judging.episode import episodes_of
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.kinds import Began, Closed, Ended, Received, Record
from harness.record.lines import FORMAT, from_line, to_line
from harness.record.trace import read_trace
from simulator.udmi.target import SimTarget
from tests.hostile import ESCAPE, FLOOD, PAYLOADS, SCENARIOS, WORDS, Haunted, driven
from tests.protocols.udmi.words.whole_messages import (
    BLOCKS,
    CONFIG,
    LEAVES,
    LITERALS,
    STATE,
    SYSTEM_EVENT,
    TELEMETRY,
    WholeField,
)
from tests.questions import QUESTIONS, SUBJECTS, fallen_over, judging_classes, stories_of, verbs_of
from tests.report.page.parsed_html import TAGS, parsed
from tests.runs import Run, run_suites
from tests.visited import DEVICE, afresh, visited

BEGAN = Began(0.0, FORMAT, "0.1.0", Spec.UDMI_1_5, "virtual", "sim", {})
AHU = Topics.of("AHU-1", UDMI)
TOPICS = {id(STATE): DEVICE.state, id(TELEMETRY): DEVICE.telemetry, id(SYSTEM_EVENT): DEVICE.system}

each_field_of_the_device = pytest.mark.parametrize(
    "field", [field for field in (*LEAVES, *BLOCKS) if field.whole is not CONFIG], ids=str
)
each_topic = pytest.mark.parametrize("topic", [DEVICE.state, DEVICE.telemetry, DEVICE.system])


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


@pytest.mark.process
def test_every_judgement_comes_to_a_verdict_among_hostile_messages(judged: Run) -> None:
    assert len(judged.verdicts) > 100
    assert Verdict.HARNESS_ERROR not in judged.verdicts.values()
    assert "Traceback" not in judged.output


@pytest.mark.process
def test_results_of_a_hostile_run_are_such_as_the_schema_wants(judged: Run) -> None:
    assert judged.judged.run.broken_off is None


@pytest.mark.process
def test_page_of_a_hostile_run_is_printable_and_of_our_own_elements(judged: Run) -> None:
    page = (judged.folder / "report.html").read_text(encoding="utf-8")

    assert {one.tag for one in parsed(page).all()} <= TAGS
    assert page.replace("\n", "").isprintable()


@pytest.mark.process
def test_terminal_is_told_of_a_hostile_run_in_printable_text(judged: Run) -> None:
    assert [line for line in judged.output.split("\n") if not line.isprintable()] == []


def test_every_class_that_can_be_asked_is_come_by() -> None:
    kinds = {subject.kind for subject in SUBJECTS}

    assert {one for one in judging_classes() if not any(issubclass(kind, one) for kind in kinds)} == set()


def test_every_verb_and_property_is_a_question() -> None:
    names = {name for name, _ in QUESTIONS}

    assert {f"{kind.__name__}.{name}" for kind in {one.kind for one in SUBJECTS} for name, _ in verbs_of(kind)} == names


def test_everything_that_is_asked_is_there_in_a_run_without_hostile_messages() -> None:
    run = visited(DEVICE.telemetry, b"{}")

    for subject in SUBJECTS:
        assert isinstance(subject.found(afresh(run)), subject.kind)


def test_every_module_of_scenarios_is_driven() -> None:
    files = [
        file
        for file in Path(suites.udmi.__path__[0]).rglob("*.py")
        if "\n@scenario(" in file.read_text(encoding="utf-8")
    ]

    assert {one.drive.__module__.rpartition(".")[2] for one in SCENARIOS} == {file.stem for file in files}


@each_field_of_the_device
def test_every_question_is_answered_whatever_a_field_holds(field: WholeField) -> None:
    topic = TOPICS[id(field.whole)]

    wrong = {literal: fallen_over(visited(topic, field.payload(literal))) for literal in LITERALS}

    assert {literal: questions for literal, questions in wrong.items() if questions} == {}


@each_topic
@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_every_question_is_answered_whatever_the_message_is(number: int, topic: str) -> None:
    assert fallen_over(visited(topic, PAYLOADS[number])) == set()


@pytest.mark.parametrize("field", [field for field in LEAVES if field.whole is not CONFIG], ids=str)
def test_no_story_repeats_a_control_character_that_a_field_holds(field: WholeField) -> None:
    topic = TOPICS[id(field.whole)]
    payload = field.payload("string").replace(b'"x"', json.dumps("".join(WORDS)).encode())

    stories = stories_of(visited(topic, payload))

    assert [line for story in stories for line in story.split("\n") if not line.isprintable()] == []


@pytest.mark.parametrize(
    ("topic", "message"),
    [
        (DEVICE.state, {"pointset": {"points": {ESCAPE: {"value_state": "busy", "status": {"message": "x"}}}}}),
        (DEVICE.state, {ESCAPE: 1, "system": {ESCAPE: 1}, "pointset": {ESCAPE: 1, "points": {"damper": {ESCAPE: 1}}}}),
        (DEVICE.telemetry, {ESCAPE: 1, "points": {ESCAPE: {ESCAPE: 1}}}),
        (DEVICE.system, {ESCAPE: 1, "logentries": [{ESCAPE: 1}], "metrics": {ESCAPE: 1}}),
    ],
)
def test_no_story_repeats_a_control_character_that_stands_in_a_name(topic: str, message: dict[str, object]) -> None:
    stories = stories_of(visited(topic, json.dumps(message).encode()))

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
        '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "desired": {"a": 1}}',
        '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "desired": {"a": [1]}}',
        "[" * 100_000,
    ],
    ids=lambda line: line[-30:],
)
def test_line_that_is_no_record_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    trace = tmp_path / "trace.ndjson"
    trace.write_text(f"{to_line(BEGAN)}\n{line}\n", encoding="utf-8")

    with pytest.raises(UsageError, match="line 2: "):
        read_trace(trace)
