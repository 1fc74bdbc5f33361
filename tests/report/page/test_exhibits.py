"""The messages that a finding rests on."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.protocols.udmi.reader import DeviceReader
from harness.report.page.exhibits import Exhibits, exhibits_of
from harness.report.page.grounds import Grounds
from tests.protocols.udmi.judging.history_builder import APPLIED, INVALID, UPDATING, history, moment
from tests.report.findings import broken, early_failure

READER = DeviceReader()


@pytest.fixture
def evidence() -> Exhibits:
    """Of a failure that came too early."""
    episode, finding = early_failure()
    return exhibits_of(episode.history, finding, moment(2), READER)


def test_messages_that_decided_are_shown_in_order(evidence: Exhibits) -> None:
    assert [(one.seconds, one.what) for one in evidence.exhibits] == [
        (0.0, "config 'write' sent: damper 30.0"),
        (20.0, "state received: damper failure"),
    ]


def test_the_decisive_one_is_marked(evidence: Exhibits) -> None:
    assert [one.decisive for one in evidence.exhibits] == [False, True]


def test_what_is_said_of_the_point_is_marked(evidence: Exhibits) -> None:
    marked = [line.text for line in evidence.exhibits[1].excerpt if line.marked]

    assert "failure" in "".join(marked)
    assert "valve" not in "".join(marked)


def test_line_is_that_of_the_trace(evidence: Exhibits) -> None:
    episode, finding = early_failure()

    assert [one.line for one in evidence.exhibits] == [place + 1 for place in finding.places]
    assert episode.history.first < evidence.exhibits[0].line


def test_where_nothing_came_the_last_word_is_open() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=UPDATING).state(at=3, damper=INVALID)
    episode = told.closed(at=70)
    finding = broken(episode, lambda one: one.write("write").becomes(APPLIED, within(20)))

    exhibits = exhibits_of(episode.history, finding, moment(0), READER).exhibits

    assert [(one.what, one.decisive, one.is_open) for one in exhibits] == [
        ("config 'write' sent: damper 30.0", False, False),
        ("state received: damper invalid", False, True),
    ]


def test_of_many_messages_the_nearest_are_shown_and_the_others_named() -> None:
    told = history().sent("write", damper=30.0)
    for number in range(20):
        told.state(at=1 + number, damper=APPLIED)
    episode = told.state(at=30, damper=UPDATING).closed(at=40)
    finding = broken(episode, lambda one: one.write("write").remains(APPLIED))

    evidence = exhibits_of(episode.history, finding, moment(0), READER)

    assert len(evidence.exhibits) == 5
    assert evidence.exhibits[0].what == "config 'write' sent: damper 30.0"
    assert evidence.exhibits[-1].decisive
    assert len(evidence.other_lines) == len(finding.places) - 5


def test_huge_payload_is_cut_short() -> None:
    told = history().sent("write", damper=30.0).payload(b"\n" * 100_000, at=1)
    episode = told.closed(at=40)
    finding = Grounds([13], EvidenceRef(decisive=13))

    (exhibit,) = exhibits_of(episode.history, finding, moment(0), READER).exhibits

    assert (len(exhibit.excerpt), len(exhibit.whole)) == (40, 300)
    assert exhibit.left_out == 100_001 - 300
