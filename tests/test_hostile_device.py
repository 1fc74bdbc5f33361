"""Hostile messages, end to end: all is recorded as it came, every judgement comes to a verdict, every page is whole."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, parse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.clock import Clock
from harness.driving.scenario import SCENARIOS, Scenario
from harness.driving.stage import perform
from harness.judging.episode import episodes_of
from harness.judging.finding import Finding
from harness.judging.requirement import Catalogue
from harness.judging.verdict import Level, Verdict
from harness.judging.window import within
from harness.record import Began, Closed, Ended, Received, Record, from_line, to_line
from harness.report.markdown import escaped, write_markdown
from harness.report.results import Results, read_results, results_of
from harness.report.run_folder import write_all
from harness.target import Target
from harness.trace import Recorder, read_trace
from harness.wire.codec import decode_state
from harness.wire.topics import Topics
from harness.wire.udmi import ValueState
from simulator.target import SimTarget
from suites.udmi.scenarios import configs, etags, expiries, writes
from tests.hostile import (
    CDATA,
    ESCAPE,
    FLOOD,
    LINES,
    MARKUP,
    PAYLOADS,
    TABLE,
    WORDS,
    Haunted,
    device_with_hostile_words,
)
from tests.questions import fallen_over, stories_of, visited
from tests.runs import Run, run_suites
from tests.wire.whole_messages import BLOCKS, CONFIG, LEAVES, LITERALS, TELEMETRY, WholeField

TOPICS = Topics.of("DEV-1")
NO_HASH = pytest.mark.xfail(reason="Odd that holds a list or an object has no hash, and judgements put it in sets")
NO_ESCAPE = pytest.mark.xfail(reason="stories name points as they came, control characters and all")


def _scenarios() -> list[Scenario]:
    """Those of the suites."""
    names = [name for module in (configs, etags, expiries, writes) for name in module.__all__]
    return [SCENARIOS[name] for name in names]


def _driven(target: Target, trace: Path) -> list[Record]:
    with trace.open("w", encoding="utf-8") as file:
        recorder = Recorder(file)
        perform(target, _scenarios(), Clock.VIRTUAL, recorder, lambda _scenario: None)
    return recorder.records


# A second client speaks in the device's name.


@dataclass(frozen=True)
class Haunting:
    """A whole run in bad company: what was recorded, and where."""

    records: list[Record]
    trace: Path


@pytest.fixture(scope="module")
def haunting(tmp_path_factory: pytest.TempPathFactory) -> Haunting:
    """Every scenario of the suites, driven once."""
    trace = tmp_path_factory.mktemp("haunting") / "trace.ndjson"
    return Haunting(_driven(Haunted(SimTarget.from_option("")), trace), trace)


@pytest.fixture(scope="module")
def judged(haunting: Haunting, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """That run, judged by all the suites."""
    return run_suites(tmp_path_factory.mktemp("judged"), f"--device=trace:{haunting.trace}")


def test_run_among_hostile_messages_goes_on_to_its_end(haunting: Haunting) -> None:
    assert isinstance(haunting.records[-1], Ended)
    assert haunting.records[-1].broken_off is None


def test_no_scenario_falls_over_a_hostile_message(haunting: Haunting) -> None:
    closed = [record for record in haunting.records if isinstance(record, Closed)]

    assert [record.our_fault for record in closed] == [None] * len(_scenarios())


def test_scenarios_are_driven_on_among_hostile_messages(haunting: Haunting) -> None:
    whole = [record for record in haunting.records if isinstance(record, Closed) and not record.cut_short]

    assert len(whole) > len(_scenarios()) / 2


def test_every_hostile_message_is_recorded_as_it_came(haunting: Haunting) -> None:
    for_each_topic = [
        {record.payload for record in haunting.records if isinstance(record, Received) and record.topic == topic}
        for topic in (Topics.of("AHU-1").state, Topics.of("AHU-1").telemetry)
    ]

    assert [set(PAYLOADS) - payloads for payloads in for_each_topic] == [set(), set()]


def test_flood_is_recorded_whole(haunting: Haunting) -> None:
    flooding = [r for r in haunting.records if isinstance(r, Received) and r.payload in PAYLOADS]

    assert len(flooding) > FLOOD


def test_trace_of_hostile_messages_reads_back_to_the_same_records(haunting: Haunting) -> None:
    read = read_trace(haunting.trace)

    assert read[1:] == haunting.records[1:]
    assert to_line(read[0]) == to_line(haunting.records[0])


def test_trace_of_hostile_messages_is_cut_into_its_episodes(haunting: Haunting) -> None:
    assert list(episodes_of(read_trace(haunting.trace))) == [scenario.name for scenario in _scenarios()]


def test_every_judgement_comes_to_a_verdict_among_hostile_messages(judged: Run) -> None:
    assert len(judged.verdicts) > 100
    assert Verdict.HARNESS_ERROR not in judged.verdicts.values()
    assert "Traceback" not in judged.output


def test_results_of_a_hostile_run_are_such_as_the_schema_wants(judged: Run) -> None:
    assert read_results(judged.folder / "results.json")["run"]["broken_off"] is None


def test_terminal_is_told_of_a_hostile_run_in_printable_text(judged: Run) -> None:
    assert [line for line in judged.output.split("\n") if not line.isprintable()] == []


# One hostile message in the midst of a write, and every question that a judgement can ask.


def _each_field() -> Iterator[Any]:
    unhashable = (
        "state.system.last_config",
        "state.pointset.points.damper",
        "state.pointset.points.damper.value_state",
    )
    for field in (*LEAVES, *BLOCKS):
        if field.whole is not CONFIG:  # which the device does not send
            yield pytest.param(field, id=str(field), marks=[NO_HASH] if str(field) in unhashable else [])


@pytest.mark.parametrize("field", _each_field())
def test_every_question_is_answered_whatever_a_field_holds(field: WholeField) -> None:
    topic = TOPICS.telemetry if field.whole is TELEMETRY else TOPICS.state

    wrong = {literal: fallen_over(visited(topic, field.payload(literal))) for literal in LITERALS}

    assert wrong == dict.fromkeys(LITERALS, {})


@pytest.mark.parametrize("topic", [TOPICS.state, TOPICS.telemetry])
@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_every_question_is_answered_whatever_the_message_is(number: int, topic: str) -> None:
    assert fallen_over(visited(topic, PAYLOADS[number])) == {}


@pytest.mark.parametrize("field", [field for field in LEAVES if field.whole is not CONFIG], ids=str)
def test_no_story_repeats_a_control_character_that_a_field_holds(field: WholeField) -> None:
    topic = TOPICS.telemetry if field.whole is TELEMETRY else TOPICS.state
    payload = field.payload("string").replace(b'"x"', json.dumps(ESCAPE + LINES + CDATA).encode())

    stories = list(stories_of(visited(topic, payload)))

    assert [line for story in stories for line in story.split("\n") if not line.isprintable()] == []


@NO_ESCAPE
@pytest.mark.parametrize("word", WORDS[:1])
def test_no_story_repeats_a_control_character_that_stands_in_a_name(word: str) -> None:
    points = {word: {"value_state": "busy", "status": {"message": "x"}}}

    stories = list(stories_of(visited(TOPICS.state, json.dumps({"pointset": {"points": points}}).encode())))

    assert [line for story in stories for line in story.split("\n") if not line.isprintable()] == []


# A device whose every string means harm to whoever prints it.


@pytest.fixture(scope="module")
def hostile_words(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """It, driven once."""
    return _driven(device_with_hostile_words(), tmp_path_factory.mktemp("words") / "trace.ndjson")


@pytest.fixture(scope="module")
def results(hostile_words: list[Record]) -> Results:
    """Of judgements that fail, as the device does not do what they want; so every point has a story."""
    catalogue = Catalogue.read()
    episode = episodes_of(hostile_words)["many_points"]
    findings = []
    for kind in ("writable", "read_only", "overridden", "faulty", "stuck"):
        with pytest.raises(AssertionError) as wrong:
            episode.write(kind).becomes(ValueState.INITIALIZING, within(1))
        requirement = catalogue["writeback.applied"]
        findings.append(
            Finding.of(requirement, Level.MUST, f"suites/<b>|.py::test_{kind}", wrong.value, [episode.ledger])
        )
    with pytest.raises(AssertionError) as wrong:
        episode.statuses.have_one_line_messages()
    requirement = catalogue["status.message-is-one-line"]
    findings.append(Finding.of(requirement, Level.SHOULD, "suites/s.py::test_line", wrong.value, [episode.ledger]))
    return results_of(hostile_words, findings, catalogue)


@pytest.fixture(scope="module")
def folder(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every page of those results was written."""
    folder = tmp_path_factory.mktemp("pages")
    write_all(results, folder)
    return folder


@pytest.fixture
def junit(folder: Path) -> Element:
    """`junit.xml`, parsed."""
    root = parse(folder / "junit.xml").getroot()  # noqa: S314 - our own file, and whether it parses is the question
    assert root is not None
    return root


@pytest.fixture
def markdown(folder: Path) -> list[str]:
    """The lines of `summary.md`."""
    return (folder / "summary.md").read_bytes().decode("utf-8").split("\n")


def test_hostile_words_survive_the_trace(hostile_words: list[Record]) -> None:
    states = [decode_state(r.payload) for r in hostile_words if isinstance(r, Received) and r.topic.endswith("/state")]
    faulty = [state.point(CDATA).status for state in states]

    assert {frozenset(state.points) for state in states} == {frozenset(WORDS)}
    assert any(LINES in str(getattr(status, "message", "")) for status in faulty)


def test_record_of_hostile_words_reads_back(hostile_words: list[Record]) -> None:
    assert [from_line(to_line(record)) for record in hostile_words[1:]] == hostile_words[1:]


def test_results_keep_hostile_words_as_they_are(results: Results) -> None:
    assert results["device"] == {
        "id": "<b>AHU|1</b>",
        "make": ESCAPE,
        "model": MARKUP,
        "serial_no": TABLE,
        "software": {"firmware": CDATA, ESCAPE: LINES},
    }


def test_results_of_hostile_words_are_read_back_by_the_schema(results: Results, folder: Path) -> None:
    assert read_results(folder / "results.json") == results


def test_pages_can_be_made_again_from_results_with_hostile_words(folder: Path, tmp_path: Path) -> None:
    write_all(read_results(folder / "results.json"), tmp_path)

    for page in ("results.json", "junit.xml", "summary.md"):
        assert (tmp_path / page).read_bytes() == (folder / page).read_bytes()


def test_junit_with_hostile_words_has_a_case_for_every_finding(junit: Element) -> None:
    assert len(list(junit.iter("testcase"))) == 6
    assert len(list(junit.iter("failure"))) == 5


def test_junit_holds_no_element_that_a_device_made_up(junit: Element) -> None:
    assert {element.tag for element in junit.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "properties",
        "property",
        "failure",
    }


@pytest.mark.parametrize("word", [MARKUP, TABLE, "]]>&\N{REPLACEMENT CHARACTER}", "\N{REPLACEMENT CHARACTER}[31mred"])
def test_junit_tells_hostile_words_as_text(junit: Element, word: str) -> None:
    stories = [failure.text or "" for failure in junit.iter("failure")]

    assert any(story.startswith(f"{word} should become initializing") for story in stories)


def test_markdown_with_hostile_words_is_printable(markdown: list[str]) -> None:
    assert [line for line in markdown if not line.isprintable()] == []


def test_markdown_escapes_what_a_device_says_of_itself(markdown: list[str]) -> None:
    assert (
        r"Device \<b\>AHU\|1\</b\> " + "\N{REPLACEMENT CHARACTER}"
        r"\[31mred \<script\>alert(1)\</script\> \| md \| \`x\` \| \[a\](b) \&lt;, target sim:\<b\>\|, "
    ) in markdown


def test_markdown_holds_no_markup_that_a_device_made_up(markdown: list[str]) -> None:
    ours = [re.sub(r"\\.|`[^`]*`", "", line) for line in markdown if not line.startswith("    ")]

    assert [line for line in ours if re.search(r"[<>\[\]&]", line)] == []
    assert [line for line in ours if "|" in line and line.count("|") != 5] == []


def test_markdown_has_no_heading_that_a_device_made_up(markdown: list[str]) -> None:
    headings = [line for line in markdown if line.startswith("#")]

    assert [heading for heading in headings if "two" in heading or "three" in heading] == []


def test_markdown_tells_stories_as_code(markdown: list[str]) -> None:
    told = [line for line in markdown if "should become initializing" in line]

    assert len(told) == 5
    assert all(line.startswith("    ") or line == "" for line in told)


@pytest.mark.parametrize("story", ["\ud800", "a\x1b[2Jb", "\x00", "a\rb", "a\x85b\u2028c"])
def test_markdown_can_be_written_whatever_a_story_holds(results: Results, tmp_path: Path, story: str) -> None:
    changed = json.loads(json.dumps(results))
    changed["requirements"][0]["findings"][0]["story"] = story

    write_markdown(changed, tmp_path / "summary.md")

    assert (tmp_path / "summary.md").read_text(encoding="utf-8").replace("\n", "").isprintable()


@given(st.text(st.characters()))
@settings(derandomize=True, deadline=None, database=None)
def test_text_stays_text_in_markdown(text: str) -> None:
    line = escaped(text)

    assert line.isprintable()
    assert re.sub(r"\\.", "", line) == re.sub(r"[\\`*_{}\[\]<>#|!~&$]", "", re.sub(r"\\.", "", line))


# The record itself.


@given(st.binary(), st.text(), st.booleans())
@settings(derandomize=True, deadline=None, database=None)
def test_message_of_any_bytes_reads_back_from_its_line(payload: bytes, topic: str, retain: bool) -> None:  # noqa: FBT001
    record = Received(1.5, topic, payload, retain)

    assert from_line(to_line(record)) == record


@given(st.text(st.characters()))
@settings(derandomize=True, deadline=None, database=None)
def test_message_of_any_text_is_one_line_of_the_trace(text: str) -> None:
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
    ids=lambda line: line[:60],
)
def test_line_that_is_no_record_is_refused_as_a_bad_value(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - `read_trace` makes a sentence of whichever it is
        from_line(line)


def test_nothing_but_what_began_is_written_when_nothing_is_played() -> None:
    recorder = Recorder(StringIO())

    perform(Haunted(SimTarget.from_option("")), [], Clock.VIRTUAL, recorder, lambda _scenario: None)

    assert isinstance(recorder.records[0], Began)
    assert isinstance(recorder.records[-1], Ended)
