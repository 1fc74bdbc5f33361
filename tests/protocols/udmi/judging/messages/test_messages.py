"""A slip in messages is told once, with the first that shows it, and nothing is proven by silence."""

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.judging.messages.violation_kind import ViolationKind
from harness.protocols.udmi.words.schemas import MessageKind
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.whole_runs import TOPICS, run
from tests.protocols.udmi.words.good_messages import LACKING, altered

STATE, TELEMETRY, EVENT = MessageKind.STATE, MessageKind.TELEMETRY, MessageKind.SYSTEM_EVENT
WITH_A_BLOCK = altered(STATE, "vendor", {})


def test_good_messages_pass() -> None:
    told = run().said(STATE, at=1).said(TELEMETRY, at=2).said(EVENT, at=3).ended()

    for violation_kind in ViolationKind:
        told.messages.have_nothing_amiss(violation_kind, STATE, TELEMETRY, EVENT)


def test_problem_is_told_once_with_the_first_message_that_shows_it() -> None:
    told = run().said(STATE, at=1)
    for at in range(2, 9):
        told.said(STATE, altered(STATE, "system.uptime", at), at=at)

    with pytest.raises(NotObserved) as story:
        told.ended().messages.have_nothing_amiss(ViolationKind.UNKNOWN_FIELD, STATE)

    assert str(story.value).splitlines() == [
        "Of the fields of its messages, one is not as the schema of udmi-1.5 has it:",
        "  system.uptime is not known there; first 2.0 s into the run, in 7 messages",
    ]
    assert story.value.evidence_ref.decisive == 2


def test_problems_of_all_sorts_are_told() -> None:
    told = run().said(STATE, altered(STATE, "version", LACKING), at=1).said(STATE, altered(STATE, "version", 1), at=2)

    with pytest.raises(NotObserved, match=r"2 are not(.|\n)*version is missing(.|\n)*version should be a string"):
        told.ended().messages.have_nothing_amiss(ViolationKind.SHAPE, STATE)


def test_story_has_an_end_however_much_is_amiss() -> None:
    told = run().said(STATE, altered(STATE, "system", {f"x{number}": 1 for number in range(40)}), at=1)

    with pytest.raises(NotObserved, match="and 30 more"):
        told.ended().messages.have_nothing_amiss(ViolationKind.UNKNOWN_FIELD, STATE)


def test_problem_of_another_concern_is_not_told() -> None:
    run().said(STATE, WITH_A_BLOCK, at=1).ended().messages.have_nothing_amiss(ViolationKind.SHAPE, STATE)


def test_payload_that_is_no_message_is_accused() -> None:
    with pytest.raises(NotObserved, match="the message should be a JSON object, but is not JSON"):
        run().said(STATE, b"{", at=1).ended().messages.have_nothing_amiss(ViolationKind.SHAPE, STATE)


def test_messages_between_scenarios_count_too() -> None:
    told = run().opened("one", at=1).said(STATE, at=1).closed(at=2).said(STATE, WITH_A_BLOCK, at=3)

    with pytest.raises(NotObserved, match="vendor"):
        told.opened("two", at=4).closed(at=5).ended().messages.have_nothing_amiss(ViolationKind.UNKNOWN_FIELD, STATE)


def test_scenario_that_was_cut_short_does_not_cut_the_run_short() -> None:
    told = run().opened("one", at=1).said(STATE, at=1).closed(at=2, cut_short="in vain")

    told.opened("two", at=3).closed(at=4).ended().messages.have_nothing_amiss(ViolationKind.SHAPE, STATE)


def test_what_cuts_every_scenario_short_cuts_the_run_short() -> None:
    told = run().opened("one", at=1).said(STATE, at=1).closed(at=2, cut_short="in vain")

    with pytest.raises(CouldNotTest, match="in vain"):
        told.ended().messages.have_nothing_amiss(ViolationKind.SHAPE, STATE)


def test_what_is_retained_counts_for_nothing() -> None:
    told = run().published(TOPICS.state, b"nonsense", at=1, retain=True).said(STATE, at=2)

    told.ended().messages.have_nothing_amiss(ViolationKind.SHAPE, STATE)


def test_no_message_of_the_kind_proves_nothing() -> None:
    with pytest.raises(Undecided, match="no telemetry came"):
        run().said(STATE, at=1).ended().messages.have_nothing_amiss(ViolationKind.SHAPE, TELEMETRY)


def test_device_need_not_send_system_events() -> None:
    with pytest.raises(NotApplicable, match="no log entries"):
        run().said(STATE, at=1).ended().messages.have_nothing_amiss(ViolationKind.SHAPE, EVENT)


@pytest.mark.parametrize("violation_kind", [ViolationKind.ENTRY, ViolationKind.LEVEL, ViolationKind.CATEGORY])
def test_device_that_reports_no_status_has_none_to_judge(violation_kind: ViolationKind) -> None:
    with pytest.raises(NotApplicable, match="never reported a status"):
        run().said(TELEMETRY, at=1).ended().messages.have_nothing_amiss(violation_kind, STATE, TELEMETRY)


def test_run_that_was_broken_off_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="broken off: interrupted"):
        run().said(STATE, at=1).ended(broken_off="interrupted").messages.have_nothing_amiss(ViolationKind.SHAPE, STATE)


def test_what_was_seen_before_a_run_was_broken_off_is_accused() -> None:
    told = run().said(STATE, WITH_A_BLOCK, at=1)

    with pytest.raises(NotObserved):
        told.ended(broken_off="interrupted").messages.have_nothing_amiss(ViolationKind.UNKNOWN_FIELD, STATE)


@pytest.mark.parametrize(("message", "observed"), [(None, "so: none"), ("updating", "so: updating")])
def test_fields_of_an_open_concern_are_written_down(message: str | None, observed: str) -> None:
    said = altered(STATE, f"system.{message}", content=False) if message else None
    whole = run().said(STATE, said, at=1).ended()

    whole.messages.observe(ViolationKind.DOCUMENTED_FIELD, "so", STATE)

    assert whole.evidence.observed == [observed]


def test_problem_of_a_message_as_a_whole_is_written_down_without_a_field() -> None:
    whole = run().said(STATE, b"{", at=1).ended()

    whole.messages.observe(ViolationKind.SHAPE, "so", STATE)

    assert whole.evidence.observed == ["so: the message as a whole"]


def test_field_that_is_written_down_is_safe_to_print() -> None:
    whole = run().said(STATE, b'{"\\u001b[31m": 1}', at=1).ended()

    whole.messages.observe(ViolationKind.UNKNOWN_FIELD, "so", STATE)

    assert whole.evidence.observed == ["so: \\x1b[31m"]
