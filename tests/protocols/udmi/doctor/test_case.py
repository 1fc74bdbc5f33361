"""The facts of a case."""

from harness.clock import VIRTUAL_BIRTHDAY
from harness.protocols.udmi.doctor.case import case_of
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Received, Record, Sent
from harness.record.lines import FORMAT

_PROFILE = Profile("AHU-1", {}, None, 0.0)
_BEGAN = Began(VIRTUAL_BIRTHDAY, FORMAT, "test", Spec.UDMI_1_5, "virtual", "sim", _PROFILE.as_dict())


def test_of_a_flood_the_first_thousand_messages_of_a_topic_are_looked_at() -> None:
    case = case_of(_said(1_500, b"{}"))

    assert [len(case.states), len(case.telemetry), len(case.said)] == [1_000, 1, 1_001]


def test_of_huge_messages_a_few_are_looked_at() -> None:
    assert len(case_of(_said(20, b"x" * 1_000_000)).states) == 5


def test_first_contact_ends_with_the_config_that_resets_whatever_its_label() -> None:
    hello, reset = (
        Sent(VIRTUAL_BIRTHDAY + 2, "/devices/AHU-1/config", b"{}", "rest", retain=True, resets=resets)
        for resets in (False, True)
    )

    met, reset_at_once = (case_of([_BEGAN, first, *_said(1, b"{}")[1:], reset]) for first in (hello, reset))

    assert (len(met.states), len(met.sent)) == (1, 1)
    assert (len(reset_at_once.states), len(reset_at_once.sent)) == (0, 0)


def _said(states: int, payload: bytes) -> list[Record]:
    flood = [Received(VIRTUAL_BIRTHDAY + 1, "/devices/AHU-1/state", payload, retain=False) for _ in range(states)]
    return [_BEGAN, *flood, Received(VIRTUAL_BIRTHDAY + 2, "/devices/AHU-1/events/pointset", b"{}", retain=False)]
