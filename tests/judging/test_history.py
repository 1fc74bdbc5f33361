"""The facts that any protocol's history knows of its records."""

from dataclasses import replace

import pytest

from harness.judging.afterwards import Afterwards
from harness.judging.history import BrokenScenarioError
from harness.judging.timing.clock_offset import ClockOffset
from harness.judging.timing.network_delay import NetworkDelay
from harness.judging.timing.stalls import Stalls
from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.verdict import CouldNotTest, Unprovided
from harness.record.kinds import Answer, Channel, Closed, Done, Opened, Received, Request, Sent, Stalled
from harness.record.left_out import NotApplicable, OutOfView
from tests.judging.lamp import ANSWER, ASK, LampHistory, lamp

ASKED = Sent(10, ASK, b"on", "on")
HISTORY = lamp(
    Opened(9, "by_hand"), ASKED, Done(11, of=6), Received(12, ANSWER, b"on", retain=False), Closed(20), first=5
)


def test_places_are_those_of_the_trace() -> None:
    assert [place for place, _ in HISTORY.placed()] == [5, 6, 7, 8, 9]
    assert (HISTORY.end, HISTORY.sent) == (10, [(6, ASKED)])
    assert (HISTORY.sent_between(5, 7), HISTORY.sent_between(6, 9)) == ([ASKED], [])


def test_act_is_done_when_a_record_says_so() -> None:
    assert HISTORY.stimulus(6, 10, "it") == Stimulus(6, 7, 10, 11, "it")


def test_act_that_no_record_says_is_done_is_done_when_the_episode_closes() -> None:
    assert HISTORY.stimulus(8, 12, "it", on_its_way=1) == Stimulus(8, 10, 12, 21, "it")


def test_what_was_measured_of_the_way_narrows_what_was_declared() -> None:
    assert HISTORY.allowance == 0.5
    assert replace(HISTORY, network_delay=NetworkDelay(0.5, 0.2)).allowance == 0.2


def test_stall_of_ours_widens_what_is_measured_across_it() -> None:
    stalled = replace(HISTORY, stalls=Stalls([Stalled(11, 3)]))

    assert HISTORY.lateness(10, 12) == 0.5
    assert stalled.lateness(10, 12) == 3.5
    assert stalled.watched(Stimulus(6, 7, 10, 10, "it"), 20) == 7


def test_device_that_stamps_nothing_has_a_clock_like_ours() -> None:
    assert HISTORY.skew == ClockOffset()


def test_clock_of_the_device_is_known_by_what_it_stamps() -> None:
    ahead = replace(HISTORY, answered=[(112.5, 12.0)])

    assert ahead.skew == ClockOffset(ahead=100.5)
    assert ahead.moment(115, "then") == Stimulus(8, 8, 14.5, 14.5, "then")


def test_run_goes_on_when_the_episode_is_over() -> None:
    assert (HISTORY.run_ended, replace(HISTORY, afterwards=Afterwards(ended=99)).run_ended) == (20, 99)


def test_earlier_scenarios_are_before_every_place() -> None:
    earlier = replace(HISTORY, earlier=[Closed(1)])

    assert list(earlier.records_before(6)) == [Closed(1), Opened(9, "by_hand")]


@pytest.mark.parametrize(
    ("closed", "why"),
    [
        (Closed(1, our_fault="ours"), BrokenScenarioError),
        (Closed(1, not_applicable="it is not so"), NotApplicable),
        (Closed(1, out_of_view="needs more"), OutOfView),
        (Closed(1, cut_short="it broke off"), CouldNotTest),
        (Closed(1, cut_short="nobody could", unprovoked=True), Unprovided),
    ],
)
def test_scenario_that_did_not_go_all_the_way_says_why(closed: Closed, why: type[Exception]) -> None:
    HISTORY.went_all_the_way()
    with pytest.raises(why):
        replace(HISTORY, ending=closed).went_all_the_way()


def test_history_of_a_plug_is_kept_as_one() -> None:
    assert isinstance(replace(HISTORY, first=1), LampHistory)


SEVERAL = lamp(
    Sent(10, ASK, b"on", "on", connection="app-1"),
    Sent(10, ASK, b"off", "off", connection="app-2"),
    Received(10, ANSWER, b"on", retain=True, connection="app-1"),
    Sent(11, "/lamps/A", b"", "read", connection="rest-1", channel=Channel.HTTP, http=Request("GET")),
    Received(12, "/lamps/A", b"on", retain=False, connection="rest-1", channel=Channel.HTTP, http=Answer(200, of=8)),
    Closed(20),
    first=5,
)


def test_history_is_asked_by_connection_and_channel() -> None:
    def places(connection: str | None = None, channel: Channel | None = None) -> list[int]:
        return [place for place, _ in SEVERAL.messages(connection, channel)]

    assert places() == [5, 6, 7, 8, 9]
    assert (places("app-1"), places("app-2"), places("rest-1"), places("cloud")) == ([5, 7], [6], [8, 9], [])
    assert (places(channel=Channel.MQTT), places(channel=Channel.HTTP)) == ([5, 6, 7], [8, 9])
    assert places("app-1", Channel.HTTP) == []


def test_retained_message_is_kept_and_told_apart() -> None:
    assert [(place, message.retain) for place, message in SEVERAL.messages("app-1")] == [(5, False), (7, True)]


def test_order_is_claimed_within_one_connection() -> None:
    assert (SEVERAL.passed_before(5, 7), SEVERAL.passed_before(7, 5)) == (True, False)


def test_of_two_connections_only_times_tell_the_order() -> None:
    assert (SEVERAL.passed_before(5, 6), SEVERAL.passed_before(6, 7)) == (False, False)
    assert (SEVERAL.passed_before(6, 8), SEVERAL.passed_before(8, 6)) == (True, False)


def test_request_is_done_when_it_is_answered() -> None:
    assert SEVERAL.stimulus(8, 11, "it") == Stimulus(8, 9, 11, 12, "it")
