"""The story of a report that decides: its words, the measured time, the places."""

import pytest

from harness.judging.timing.window import at, within
from harness.judging.verdicts.evidence import Due, Measured
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved
from tests.protocols.udmi.judging.history_builder import APPLIED, FAILURE, UPDATING, history, moment


def test_story_tells_every_change_and_marks_the_one_that_decided() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).state(at=10, damper=UPDATING)

    with pytest.raises(NotObserved) as failed:
        told.state(at=20, damper=FAILURE).closed(at=70).write("write").becomes(FAILURE, at(60, give_or_take=5))

    assert str(failed.value).splitlines() == [
        "damper should become failure at 60 s, give or take 5, but after 20.0 s.",
        "Since it was set to 30.0 it reported:",
        "     2.0 s  updating",
        "    20.0 s  failure   <- here",
    ]


def test_story_of_a_point_that_was_let_go_says_so() -> None:
    told = history().sent("release", damper=None).state(at=20, damper=None).closed(at=30)

    with pytest.raises(NotObserved, match="Since it was released it reported:"):
        told.write("release").becomes(None, within(5))


def test_measured_time_is_noted_against_its_window() -> None:
    episode = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).closed(at=9)

    episode.write("write").becomes(APPLIED, within(5))

    assert episode.evidence.measured == [Measured("applied after", 2.0, 2.0, "within 5 s", 0, 5)]


def test_verdict_rests_on_the_write_and_the_report_that_decided() -> None:
    told = history().sent("write", damper=30.0).state(at=1).state(at=2, damper=APPLIED)
    episode = told.closed(at=9)
    write = episode.write("write")

    report = write.becomes(APPLIED, within(5))

    assert episode.evidence.places == [write.stimulus.place, report.heard.place]


def test_story_names_the_point_the_write_and_the_report_that_decided() -> None:
    told = history().sent("write", damper=30.0).state(at=1).state(at=20, damper=FAILURE)
    write = told.closed(at=70).write("write")

    with pytest.raises(NotObserved) as early:
        write.becomes(FAILURE, at(60, give_or_take=5))

    decisive = write.history.states[-1].place
    assert early.value.evidence_ref == EvidenceRef(decisive, write.stimulus.place, "damper")
    assert write.evidence.due == [Due(moment(55), moment(65), "at 60 s, give or take 5")]
