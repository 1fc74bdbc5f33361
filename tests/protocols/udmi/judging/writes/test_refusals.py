"""Values that were refused, wherever in a run."""

from typing import Any

import pytest

from harness.judging.verdicts.verdict import NotObserved
from harness.payload.timestamps import rfc3339
from harness.payload.values import JSON, Value
from harness.protocols.udmi.words.schemas import MessageKind
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import moment
from tests.protocols.udmi.judging.whole_runs import RunBuilder, run
from tests.protocols.udmi.words.good_messages import altered


def says(value_state: JSON) -> dict[str, Any]:
    """A state that says this of the damper."""
    return altered(MessageKind.STATE, "pointset.points.damper", {"value_state": value_state} if value_state else {})


def shows(value: Value) -> dict[str, Any]:
    """Telemetry that shows this of the damper."""
    return altered(MessageKind.TELEMETRY, "points.damper.present_value", value)


def written(value: Value = 50.0, *, shown_before: Value = 20.0) -> RunBuilder:
    """The damper has been written."""
    told = run().opened("one", at=1).said(MessageKind.TELEMETRY, shows(shown_before), at=1)
    return told.sent("write", at=2, damper=value)


def test_refused_value_that_never_shows_passes() -> None:
    told = written().said(MessageKind.STATE, says("invalid"), at=3).said(MessageKind.TELEMETRY, shows(20.5), at=4)

    told.closed(at=5).ended().refusals.are_never_shown()


def test_refused_value_that_shows_is_accused() -> None:
    told = written().said(MessageKind.STATE, says("invalid"), at=3).said(MessageKind.TELEMETRY, shows(50), at=4)

    with pytest.raises(NotObserved, match=r"not show 50\.0, which it refused"):
        told.closed(at=5).ended().refusals.are_never_shown()


def test_refused_value_is_followed_though_its_scenario_was_cut_short() -> None:
    told = written().said(MessageKind.STATE, says("invalid"), at=3).said(MessageKind.TELEMETRY, shows(50), at=4)

    with pytest.raises(NotObserved):
        told.closed(at=5, cut_short="in vain").ended().refusals.are_never_shown()


@pytest.mark.parametrize("becomes", ["applied", "updating", "overridden"])
def test_write_that_comes_to_something_else_was_not_refused(becomes: str) -> None:
    told = written().said(MessageKind.STATE, says("invalid"), at=3).said(MessageKind.STATE, says(becomes), at=4)

    with pytest.raises(NotApplicable, match="no write was refused"):
        told.said(MessageKind.TELEMETRY, shows(50), at=5).closed(at=6).ended().refusals.are_never_shown()


def test_value_that_was_shown_before_may_go_on_showing() -> None:
    told = (
        written(shown_before=50.0)
        .said(MessageKind.STATE, says("invalid"), at=3)
        .said(MessageKind.TELEMETRY, shows(50), at=4)
    )

    with pytest.raises(NotApplicable):
        told.closed(at=5).ended().refusals.are_never_shown()


def test_value_that_the_point_may_show_by_itself_is_no_proof() -> None:
    told = written(68.0).said(MessageKind.STATE, says("invalid"), at=3).said(MessageKind.TELEMETRY, shows(68), at=4)

    with pytest.raises(NotApplicable):
        told.closed(at=5).ended().refusals.are_never_shown()


def test_value_may_show_once_it_is_written_again() -> None:
    told = written().said(MessageKind.STATE, says("invalid"), at=3).said(MessageKind.TELEMETRY, shows(20.5), at=4)
    told.sent("again", at=5, damper=50.0).said(MessageKind.STATE, says("applied"), at=6)

    told.said(MessageKind.TELEMETRY, shows(50), at=7).closed(at=8).ended().refusals.are_never_shown()


def test_value_that_was_in_force_before_it_was_refused_was_rightly_shown() -> None:
    told = (
        run(allowance=1)
        .opened("one", at=1)
        .said(MessageKind.TELEMETRY, shows(20.0), at=1)
        .sent("write", at=2, damper=50.0)
    )
    told.said(MessageKind.STATE, naming("applied", 2), at=2.5).said(MessageKind.TELEMETRY, shows(50), at=4)
    told.said(MessageKind.STATE, naming("invalid", 2), at=5)

    with pytest.raises(NotApplicable):
        told.closed(at=6).ended().refusals.are_never_shown()


def test_value_that_the_point_showed_before_anybody_wrote_it_proves_nothing() -> None:
    told = (
        run()
        .said(MessageKind.TELEMETRY, shows(50), at=0)
        .opened("one", at=1)
        .said(MessageKind.TELEMETRY, shows(49), at=1)
    )
    told.sent("write", at=2, damper=50.0).said(MessageKind.STATE, says("invalid"), at=3).said(
        MessageKind.TELEMETRY, shows(50), at=4
    )

    with pytest.raises(NotApplicable):
        told.closed(at=5).ended().refusals.are_never_shown()


def test_value_that_showed_when_it_had_been_written_is_none_of_the_points_own() -> None:
    told = run().sent("before", at=0, damper=50.0).said(MessageKind.TELEMETRY, shows(50), at=0.5)
    told.opened("one", at=1).said(MessageKind.TELEMETRY, shows(20), at=1).sent("write", at=2, damper=50.0)
    told.said(MessageKind.STATE, says("invalid"), at=3).said(MessageKind.TELEMETRY, shows(50), at=4)

    with pytest.raises(NotObserved, match=r"not show 50\.0, which it refused"):
        told.closed(at=5).ended().refusals.are_never_shown()


def test_value_of_the_config_that_lay_there_is_none_of_the_points_own() -> None:
    lay_there = run().found(damper=50.0).said(MessageKind.TELEMETRY, shows(50), at=0.5)
    told = lay_there.opened("one", at=1).said(MessageKind.TELEMETRY, shows(20), at=1).sent("write", at=2, damper=50.0)
    told.said(MessageKind.STATE, says("invalid"), at=3).said(MessageKind.TELEMETRY, shows(50), at=4)

    with pytest.raises(NotObserved, match=r"not show 50\.0, which it refused"):
        told.closed(at=5).ended().refusals.are_never_shown()


def naming(value_state: JSON, config: float) -> dict[str, Any]:
    """A state that says this of the damper, and names the config of that moment."""
    message = says(value_state)
    message["system"]["last_config"] = rfc3339(moment(config))
    return message
