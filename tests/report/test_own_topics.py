"""A device at topics that its profile names: its run reads like the same run at UDMI's own topics."""

from dataclasses import replace
from functools import cache

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.protocols.udmi.judging.whole_run import whole_run_of
from harness.protocols.udmi.reader import DeviceReader
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.kinds import Received, Sent
from harness.record.trace import Recorder
from harness.report.page.exhibits import exhibits_of
from harness.report.page.grounds import Grounds
from harness.report.page.timeline import timeline_of
from simulator.udmi.target import SimTarget
from simulator.udmi.variations.connection.connections import CONNECTIONS
from tests.altered.judgement import judgements
from tests.protocols.udmi.judging.history_builder import history, moment

READER, OWN = DeviceReader(), "/r/REG-1/d/{id}"


@cache
def run_at(scheme: str) -> tuple[list[str], list[str], list[str]]:
    """The words for every message, and every timeline, at topics that begin so."""
    judgements()  # so that the scenarios are known
    sim, recorder = SimTarget.from_option(""), Recorder()
    target = replace(sim, file=replace(sim.file, profile=replace(sim.profile, topics=scheme)))
    drive_target(RunPlan(target, [SCENARIOS["plain_write"]], Clock.VIRTUAL), recorder, Unseen())
    history = whole_run_of(recorder.records).scenes["plain_write"].history
    places = [place for place, record in history.placed() if isinstance(record, Sent | Received)]
    findings = [_finding(place, point) for place in places for point in (None, *target.profile.points)]
    said = [one.what for finding in findings for one in exhibits_of(history, finding, 0.0, READER).exhibits]
    drawn = [repr(timeline_of(history, finding, READER)) for finding in findings]
    return said, drawn, [recorded.topic for _, recorded in history.placed() if isinstance(recorded, Received)]


def _finding(place: int, point: str | None) -> Grounds:
    return Grounds([place], EvidenceRef(decisive=place, about=point))


def test_messages_are_told_of_in_the_same_words() -> None:
    assert run_at(OWN)[0] == run_at(UDMI)[0]


def test_timelines_are_the_same() -> None:
    assert run_at(OWN)[1] == run_at(UDMI)[1]


def test_both_runs_have_states_and_telemetry_and_differ_in_their_topics() -> None:
    said, _, topics = run_at(OWN)

    assert {"state received", "telemetry received"} <= set(said)
    assert "state received: supply_air_temperature_setpoint applied" in said
    assert all(topic.startswith("/r/REG-1/d/AHU-1/") for topic in topics)


def test_message_of_another_topic_is_not_called_telemetry() -> None:
    told = history().sent("write", damper=30.0).closed(at=2).history
    elsewhere = Received(moment(1), "/devices/DEV-1/events/\x1b", b"{}", retain=False)
    heard = replace(told, records=(*told.records[:-1], elsewhere, told.records[-1]))
    place = heard.end - 2

    (exhibit,) = exhibits_of(heard, _finding(place, "damper"), moment(0), READER).exhibits

    assert exhibit.what == "message received at /devices/DEV-1/events/\\x1b"


@pytest.mark.parametrize("scheme", [UDMI, OWN])
def test_simulated_neighbour_has_topics_of_the_same_kind(scheme: str) -> None:
    rules = next(one.rules for one in CONNECTIONS if one.variant.id == "speaks-for-its-neighbour")
    own, neighbours = Topics.of("AHU-1", scheme), Topics.of("AHU-2", scheme)

    assert rules.link.topics(own.telemetry) == (own.telemetry, neighbours.telemetry)
