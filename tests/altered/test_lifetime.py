"""A write ends by itself soon after a run that was killed; but never while a scenario still needs it."""

from collections.abc import Iterator

import pytest

from harness.protocols.udmi.driving.session.device_session import WRITES_LAST
from harness.record.kinds import Closed, Sent
from tests.altered.source import FAR, QUIRKS, source
from tests.udmi_1_5 import decode_config

_SLACK = 60.0  # seconds: a scenario that comes closer than that wants a longer life for its writes


@pytest.mark.parametrize("name", [FAR, *QUIRKS])
def test_no_scenario_needs_a_write_for_longer_than_it_lives(name: str) -> None:
    longest = {scenario: max(_stood(scenario, name), default=0.0) for scenario in source(name).histories}

    assert max(longest.values()) > 60, "a write of a minute was not looked at"
    assert {scenario for scenario, seconds in longest.items() if seconds > WRITES_LAST - _SLACK} == set()


def _stood(scenario: str, name: str) -> Iterator[float]:
    """Seconds from each config that writes to the next, or to the end."""
    since: float | None = None
    for record in source(name).histories[scenario].records:
        if isinstance(record, Sent | Closed):
            if since is not None:
                yield record.time - since
            since = record.time if isinstance(record, Sent) and _writes(record.payload) else None


def _writes(payload: bytes) -> bool:
    pointset = decode_config(payload).pointset
    return pointset is not None and pointset.set_value_expiry is not None
