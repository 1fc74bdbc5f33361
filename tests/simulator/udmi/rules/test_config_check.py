"""Which configs a device can work on at all."""

import json

import pytest

from simulator.udmi.rules.config_check import unusable
from tests.udmi_1_5 import decode_config

GOOD = {"timestamp": "2026-01-01T00:00:00Z", "version": "1.5.7", "pointset": {"points": {"damper": {}}}}


def payload(**instead: object) -> bytes:
    """A good config, with something else in these fields; None leaves one out."""
    return json.dumps({name: part for name, part in {**GOOD, **instead}.items() if part is not None}).encode()


@pytest.mark.parametrize(
    ("config", "why"),
    [
        (payload()[:-1], "not JSON"),
        (b"", "not JSON"),
        (b"[]", "expected a JSON object"),
        (b"null", "expected a JSON object"),
        (payload().replace(b"1.5", b"1\xff5"), "not UTF-8"),
        (payload(timestamp=None), "it has no timestamp"),
        (payload(version=None), "it has no version"),
        (payload(timestamp="yesterday"), "timestamp is"),
        (payload(version=True), "version is"),
        (payload(pointset="none"), "pointset is"),
        (payload(system=[]), "system is"),
    ],
)
def test_config_that_cannot_be_worked_on_is_told_why(config: bytes, why: str) -> None:
    assert why in str(unusable(decode_config(config)))


@pytest.mark.parametrize(
    "config",
    [
        payload(),
        payload(extra=1),
        payload(pointset=None),
        payload(pointset={"points": "none", "extra": 1}),
        payload(pointset={"sample_rate_sec": "often", "points": {"damper": {"set_value": [1]}}}),
        payload(system={"min_loglevel": "all"}),
    ],
)
def test_what_is_odd_inside_a_block_spoils_no_config(config: bytes) -> None:
    assert unusable(decode_config(config)) is None
