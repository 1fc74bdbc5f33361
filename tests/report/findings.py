"""Findings of judgements on histories made by hand: what the page looks up of them."""

from collections.abc import Callable

import pytest

from harness.judging.requirements.requirement import Requirement
from harness.judging.requirements.source import Source
from harness.judging.timing.window import at
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Level, NotObserved
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.words.spec import Spec
from harness.report.page.grounds import Grounds
from tests.protocols.udmi.judging.history_builder import FAILURE, UPDATING, history

CLAUSE = Requirement("a.one", "It is so.", {Spec.UDMI_1_5: Level.MUST}, Source("UDMI", "writeback", ("WB-04",)))


def broken(episode: Episode, judgement: Callable[[Episode], object]) -> Grounds:
    """The evidence of a must that the device broke."""
    with pytest.raises(NotObserved) as wrong:
        judgement(episode)
    finding = Finding.of(CLAUSE, Level.MUST, "suites/t.py::test_it", wrong.value, {"by_hand": episode.evidence})
    return Grounds(finding.places, finding.evidence_ref, finding.due)


def fails_early() -> Episode:
    """The damper gives up after 20 s, and is mended at 67 s; the valve is written too."""
    told = history().state(at=0).telemetry(at=1, damper=0.0).sent("write", at=2, damper=30.0)
    told.state(at=2.5).state(at=4, damper=UPDATING).telemetry(at=6, damper=0.0).telemetry(at=8, damper=1.0)
    told.sent("other", at=10, valve=50.0).provoked("jam", at=12, point="valve").provoked("tap", at=14)
    return told.state(at=22, damper=FAILURE).sent("end", at=70, damper=None).state(at=71).closed(at=80)


def early_failure() -> tuple[Episode, Grounds]:
    """And what that breaks."""
    episode = fails_early()
    return episode, broken(episode, lambda one: one.write("write").becomes(FAILURE, at(60, give_or_take=5)))
