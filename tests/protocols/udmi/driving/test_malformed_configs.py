"""Configs that are not as they should be."""

import json
from typing import Any

import pytest

from harness.protocols.udmi.driving.malformed_configs import ConfigFlaw, Extra, Oddity, flawed, odd, with_extra, without
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig
from simulator.udmi.rules.config_check import unusable
from tests.udmi_1_5 import decode_config, encode

GOOD = encode(Config(1e9, "1.5.7", PointsetConfig(sample_rate_sec=2, points={"damper": PointConfig(30.0)})))


def table(payload: bytes) -> Any:  # noqa: ANN401 - JSON
    """The table of the config."""
    return json.loads(payload)


@pytest.mark.parametrize("flaw", ConfigFlaw)
def test_flawed_config_cannot_be_worked_on(flaw: ConfigFlaw) -> None:
    assert unusable(decode_config(flawed(GOOD, flaw)))


@pytest.mark.parametrize("flaw", [ConfigFlaw.NO_TIMESTAMP, ConfigFlaw.NO_VERSION, ConfigFlaw.NOT_UTF_8])
def test_flaw_is_the_only_difference(flaw: ConfigFlaw) -> None:
    assert decode_config(flawed(GOOD, flaw)).pointset == decode_config(GOOD).pointset


@pytest.mark.parametrize("extra", Extra)
def test_config_with_one_more_field_is_a_good_one(extra: Extra) -> None:
    config = decode_config(with_extra(GOOD, extra))

    assert unusable(config) is None
    assert config.problems == ()
    assert b"extra_setting" in with_extra(GOOD, extra)


@pytest.mark.parametrize("oddity", Oddity)
def test_odd_config_is_whole_but_for_one_field(oddity: Oddity) -> None:
    config = decode_config(odd(GOOD, oddity))

    assert len(config.problems) == 1
    assert (config.timestamp, config.version) == (1e9, "1.5.7")


def test_config_without_a_field_lacks_just_that() -> None:
    assert table(without(GOOD, "pointset", "points"))["pointset"] == {"sample_rate_sec": 2}
