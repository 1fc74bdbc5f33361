"""The simulated lamp's decisions about connections, deltas and answers."""

import pytest

from simulator.replica.device.events import Changed, Connected, Heard, Restarted
from tests.hostile import PAYLOADS
from tests.simulator.replica.device.lamp import SteppedLamp

TOPICS = ("update/delta", "update/accepted", "update/rejected", "get/accepted", "get/rejected")
WHOLE = {
    "power": False,
    "brightness": 50,
    "color": {"hue": 30, "saturation": 0.5},
    "mode": "white",
    "scenes": ["evening"],
    "temperature": 24.5,
    "switched": 0,
}


def test_connected_lamp_gets_and_then_reports_all_of_its_state() -> None:
    lamp = SteppedLamp()

    lamp.greet()

    assert [topic for topic, _ in lamp.said] == ["get", "update"]
    assert lamp.reported == [WHOLE]


def test_lamp_whose_get_is_not_answered_reports_after_five_seconds_and_gets_again() -> None:
    lamp = SteppedLamp()
    lamp.meet(Connected())

    lamp.wait(6)

    assert [topic for topic, _ in lamp.said] == ["get", "update", "get"]


def test_lamp_whose_replica_does_not_exist_creates_it() -> None:
    lamp = SteppedLamp()
    lamp.meet(Connected())

    lamp.hear("get/rejected", code=404, message="none", clientToken=lamp.said[-1][1]["clientToken"])

    assert lamp.reported == [WHOLE]


def test_delta_is_performed_and_reported_in_the_time_that_it_takes() -> None:
    lamp = SteppedLamp()
    lamp.greet()

    lamp.hear("update/delta", state={"power": True, "color": {"hue": 120}, "brightness": 80}, version=9)
    lamp.wait(2)

    assert lamp.reported[1:] == [{"power": True, "switched": 1}, {"color": {"hue": 120}}, {"brightness": 80}]
    assert lamp.device.values["color.saturation"] == 0.5


def test_what_get_says_is_performed_too() -> None:
    lamp = SteppedLamp()

    lamp.greet(mode="candle")
    lamp.wait(1)

    assert lamp.reported[1:] == [{"mode": "candle"}]


def test_older_delta_is_ignored_and_one_of_the_version_of_an_accepted_update_is_not() -> None:
    lamp = SteppedLamp()
    lamp.greet()

    lamp.hear("update/delta", state={"mode": "scene"}, version=7)
    lamp.hear("update/accepted", state={"desired": {"mode": "candle"}}, version=9)
    lamp.hear("update/delta", state={"mode": "candle"}, version=9)
    lamp.wait(1)

    assert lamp.reported[1:] == [{"mode": "candle"}]


def test_impossible_unknown_and_read_only_values_are_left_alone() -> None:
    lamp = SteppedLamp()
    lamp.greet()

    lamp.hear("update/delta", state={"brightness": 400, "power": 1, "volume": 3, "temperature": 1.0}, version=9)
    lamp.wait(60)

    assert lamp.reported == [WHOLE]


def test_duplicate_and_delta_of_what_is_so_are_executed_once() -> None:
    lamp = SteppedLamp()
    lamp.greet()

    for _ in range(2):
        lamp.hear("update/delta", state={"power": True}, version=9)
    lamp.wait(1)
    lamp.hear("update/delta", state={"power": True}, version=9)
    lamp.wait(4)

    assert lamp.reported[1:] == [{"power": True, "switched": 1}, {"power": True}]


def test_own_change_is_reported_at_once() -> None:
    lamp = SteppedLamp()
    lamp.greet()

    lamp.meet(Changed("temperature", 31.0))

    assert lamp.reported[1:] == [{"temperature": 31.0}]
    assert lamp.said[-1][1]["version"] == 8


def test_conflict_is_followed_by_a_get_and_the_same_update_with_the_new_version() -> None:
    lamp = SteppedLamp()
    lamp.greet()
    lamp.meet(Changed("temperature", 31.0))

    lamp.hear("update/rejected", code=409, message="Version conflict", clientToken=lamp.said[-1][1]["clientToken"])
    lamp.hear("get/accepted", state={}, version=12, clientToken=lamp.said[-1][1]["clientToken"])

    assert [topic for topic, _ in lamp.said[-2:]] == ["get", "update"]
    assert (lamp.reported[-1], lamp.said[-1][1]["version"]) == ({"temperature": 31.0}, 12)


@pytest.mark.parametrize(("code", "repeated"), [(400, 0), (413, 0), (429, 4), (500, 4)])
def test_refused_update_is_repeated_where_that_may_help_and_not_for_ever(code: int, repeated: int) -> None:
    lamp = SteppedLamp()
    lamp.greet()
    lamp.meet(Changed("temperature", 31.0))

    for _ in range(10):
        if lamp.said[-1][0] == "update":
            token = lamp.said[-1][1]["clientToken"]
            lamp.hear("update/rejected", code=code, message="no", clientToken=token)
        lamp.wait(60)

    assert lamp.reported[1:] == [{"temperature": 31.0}] * (1 + repeated)


def test_unanswered_update_is_repeated_ever_more_seldom_and_not_for_ever() -> None:
    lamp = SteppedLamp()
    lamp.greet()
    began = lamp.now
    lamp.meet(Changed("temperature", 31.0))
    times: list[float] = []
    while lamp.alarm < float("inf"):
        lamp.wait(lamp.alarm - lamp.now)
        times.append(lamp.now - began)

    assert times == [5.0, 15.0, 35.0, 75.0]
    assert len({body["clientToken"] for _, body in lamp.said}) == len(lamp.said)


def test_answer_to_somebody_elses_request_is_none_to_its_own() -> None:
    lamp = SteppedLamp()
    lamp.greet()
    lamp.meet(Changed("temperature", 31.0))

    lamp.hear("update/rejected", code=409, message="Version conflict", clientToken="another")

    assert lamp.said[-1][0] == "update"


def test_restarted_lamp_keeps_its_values_and_forgets_its_version() -> None:
    lamp = SteppedLamp()
    lamp.greet(mode="candle")
    lamp.wait(1)

    lamp.meet(Restarted())
    lamp.meet(Connected())

    assert (lamp.device.version, lamp.device.values["mode"], lamp.said[-1][0]) == (0, "candle", "get")


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize(
    "topic", ["update/delta", "update/accepted", "update/rejected", "get/accepted", "get/rejected"]
)
def test_lamp_survives_whatever_comes(topic: str, payload: bytes) -> None:
    lamp = SteppedLamp()
    lamp.greet()

    lamp.meet(Heard(f"state/LAMP-1/{topic}", payload))
    lamp.hear("update/delta", state={"mode": "candle"}, version=2**40)
    lamp.wait(1)

    assert lamp.reported[-1] == {"mode": "candle"}
