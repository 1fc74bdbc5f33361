"""QoS and RETAIN of feedback and of current states, as a broker of ours sees them and as any other shows them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import NotObserved
from harness.mqtt.packets import ObservedPacket, PacketKind
from harness.protocols.update.judging.agent.episode import AgentEpisode
from harness.protocols.update.judging.episode import scenes_of
from harness.record.kinds import Received, Record
from harness.record.left_out import OutOfView
from tests.protocols.update.records import NAME, feedback, heard, run_with

FEEDBACK, STATE = "containersupdate/desiredstatefeedback", "containersupdate/currentstate"


def _feedback(qos: int | None) -> Received:
    return replace(feedback(2.0, "IDENTIFYING", {}), qos=qos)


def _state(qos: int | None) -> Received:
    return replace(heard(1.0, STATE, {"softwareNodes": []}), qos=qos)


def _heard_late(topic: str) -> Received:
    return replace(heard(3.0, topic, {}), retain=True, connection="late", qos=1)


def _packet(topic: str, qos: int, *, retain: bool = False) -> ObservedPacket:
    return ObservedPacket(2.0, "GW", PacketKind.PUBLISH, (topic,), (qos,), retain=retain)


def _of(*records: Record) -> AgentEpisode:
    return scenes_of(run_with(*records), AgentEpisode)[1][NAME]


def _feedback_holds(*records: Record) -> None:
    _of(*records).every_message.is_no_state_that_stays()


def _state_holds(*records: Record) -> None:
    _of(*records).inventories.are_published_at_qos_1()


def test_feedback_that_came_at_qos_1_and_did_not_stay_passes_behind_any_broker() -> None:
    _feedback_holds(_feedback(1), _heard_late(STATE))


def test_current_state_that_came_at_qos_1_passes_behind_any_broker() -> None:
    _state_holds(_state(1))


@pytest.mark.parametrize(("holds", "came"), [(_feedback_holds, _feedback), (_state_holds, _state)])
def test_message_that_came_at_qos_0_was_published_so(
    holds: Callable[..., None], came: Callable[[int], Received]
) -> None:
    with pytest.raises(NotObserved, match="should be published at QoS 1, but was at QoS 0"):
        holds(came(1), came(0), _heard_late(STATE))


@pytest.mark.parametrize(("holds", "came"), [(_feedback_holds, _feedback), (_state_holds, _state)])
def test_message_whose_qos_nobody_wrote_down_is_out_of_view(
    holds: Callable[..., None], came: Callable[[int | None], Received]
) -> None:
    with pytest.raises(OutOfView, match="listen://"):
        holds(came(None), _heard_late(STATE))


def test_feedback_is_out_of_view_where_nobody_subscribed_behind_it() -> None:
    with pytest.raises(OutOfView, match="listen://"):
        _feedback_holds(_heard_late(STATE), _feedback(1))


def test_feedback_that_somebody_hears_later_is_retained() -> None:
    with pytest.raises(NotObserved, match="somebody who came later heard it"):
        _feedback_holds(_feedback(1), _heard_late(FEEDBACK))


def test_our_own_broker_sees_the_packets_themselves() -> None:
    _feedback_holds(_feedback(1), _packet(FEEDBACK, 2))
    _state_holds(_state(1), _packet(STATE, 1, retain=True))
    with pytest.raises(NotObserved, match="but was published so"):
        _feedback_holds(_feedback(1), _packet(FEEDBACK, 1, retain=True))
    with pytest.raises(NotObserved, match="but was at QoS 0"):
        _state_holds(_state(1), _packet(STATE, 1), _packet(STATE, 0))
