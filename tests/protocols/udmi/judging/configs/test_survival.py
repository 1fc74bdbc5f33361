"""Whether a device goes on, whatever it is sent."""

import pytest

from harness.judging.verdicts.verdict import NotObserved
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history


def _bad_config() -> HistoryBuilder:
    return history().telemetry(at=1).sent("bad", at=2)


def test_device_that_goes_on_passes() -> None:
    _bad_config().telemetry(at=4).closed(at=40).survival.never_falls_silent(for_seconds=20)


def test_device_that_falls_silent_is_accused() -> None:
    with pytest.raises(NotObserved, match="it fell silent"):
        _bad_config().closed(at=40).survival.never_falls_silent(for_seconds=20)


def test_config_that_somebody_else_sends_is_no_word_of_the_device() -> None:
    with pytest.raises(NotObserved, match="it fell silent"):
        _bad_config().foreign_config(at=30).closed(at=40).survival.never_falls_silent(for_seconds=20)
