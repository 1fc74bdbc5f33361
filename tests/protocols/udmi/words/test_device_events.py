"""Any event of a device survives being asked for as a provocation; anything else is refused in words."""

import pytest

from harness.protocols.udmi.words.device_events import (
    Break,
    ChangeUnits,
    DeviceEvent,
    Mend,
    Move,
    Override,
    Release,
    Restart,
    event_of,
    provocation_of,
)
from harness.provocations.provocation import CannotProvoke, Provocation

EVENTS = (Override("a"), Release("a"), Break("a"), Mend("a"), ChangeUnits("a", "K"), Move("a", 2.5), Restart())


@pytest.mark.parametrize("event", EVENTS)
def test_event_is_the_same_on_the_other_side_of_a_target(event: DeviceEvent) -> None:
    assert event_of(provocation_of(event)) == event


@pytest.mark.parametrize(
    "strange",
    [Provocation("melt", "a"), Provocation("change_units", "a"), Provocation("move", "a", {"to": 1})],
)
def test_provocation_of_another_protocol_is_refused(strange: Provocation) -> None:
    with pytest.raises(CannotProvoke, match="nothing that happens to a device"):
        event_of(strange)
