"""How long a config's writes are meant to last."""

import pytest

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import Config, PointsetConfig
from simulator.udmi.rules.write_expiry import WriteExpiry, write_expiry

NOW = 100.0


def lasting(expiry: float | IllTyped | None, *, stamped: float | IllTyped | None = 95.0) -> WriteExpiry:
    """The writes in force, at 100 s, of a config with this expiry."""
    return write_expiry(Config(stamped, pointset=PointsetConfig(set_value_expiry=expiry)), NOW)


def test_expiry_to_come_ends_the_writes_then() -> None:
    assert lasting(100.000001) == WriteExpiry(ends=100.000001)


@pytest.mark.parametrize("expiry", [95.000001, 99.0, 100.0])
def test_expiry_that_has_passed_on_arrival_makes_the_config_late(expiry: float) -> None:
    assert lasting(expiry) == WriteExpiry(late=True)


@pytest.mark.parametrize("expiry", [95.0, 94.999999, 0.0])
def test_expiry_no_later_than_the_timestamp_is_refused(expiry: float) -> None:
    assert str(lasting(expiry).refused) == "set_value_expiry is not after the config's timestamp"


def test_expiry_no_later_than_a_timestamp_to_come_is_refused_though_its_time_is_not_up() -> None:
    assert str(lasting(110.0, stamped=110.0).refused) == "set_value_expiry is not after the config's timestamp"


@pytest.mark.parametrize("expiry", [None, IllTyped("tomorrow")])
def test_missing_or_odd_expiry_is_refused(expiry: IllTyped | None) -> None:
    assert str(lasting(expiry).refused) == "the config has no set_value_expiry"


def test_config_without_a_pointset_has_no_expiry() -> None:
    assert str(write_expiry(Config(95.0), NOW).refused) == "the config has no set_value_expiry"
