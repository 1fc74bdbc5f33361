"""Devices that do otherwise where the sources leave it open: none of them breaks anything, and each is noticed."""

from dataclasses import replace

from harness.payload.values import Field, Value
from harness.protocols.udmi.words.messages import Config, ValueState
from simulator.udmi import etag
from simulator.udmi.declared.points import Stuck
from simulator.udmi.rules import ConfigRules, Standing, StateRules, WriteRules
from simulator.udmi.rules.configs import is_stale
from simulator.udmi.rules.write_expiry import WriteExpiry, write_expiry
from simulator.udmi.variations.narrowing import each_step, moved, settling_after
from simulator.udmi.variations.variation import other_side


def _etag_of_the_last_good_state(name: str, units: str | None, value: Value | None, state: Field[ValueState]) -> int:
    refused = state is ValueState.INVALID
    return etag.fingerprint(name, units, None if refused else value, None if refused else state)


def _wants_an_etag(config: Config, standing: Standing) -> bool:
    missing = config.pointset is None or config.pointset.etag is None
    return missing or is_stale(config, standing)


def _heeds_stop_time(config: Config, now: float) -> WriteExpiry:
    """The writes of a config end when the first stop_time comes."""
    points = (config.pointset.points if config.pointset else None) or {}
    stops = [point.stop_time for point in points.values() if isinstance(point.stop_time, int | float)]
    known = write_expiry(config, now)
    return known if known.ends is None else replace(known, ends=min([known.ends, *stops]))


OPEN_CLAUSES = (
    other_side(
        "keeps-etag-when-it-refuses",
        StateRules(fingerprint=_etag_of_the_last_good_state),
        shows="etag.after-rejected-config",
    ),
    other_side("heeds-stop-time", ConfigRules(write_expiry=_heeds_stop_time), shows="writeback.stop-time"),
    other_side("wants-an-etag", ConfigRules(is_stale=_wants_an_etag), shows="etag.missing-in-config"),
    other_side(
        "takes-a-redelivery-for-new",
        ConfigRules(is_redelivery=lambda _config, _before: False),
        shows="writeback.redelivery-changes-nothing",
        about="etag.stale-is-invalid",
    ),
    other_side(
        "works-a-redelivery-anew",
        ConfigRules(is_redelivery=lambda _config, _before: False),
        WriteRules(begins_anew=lambda _before, _value: True, plan=settling_after(1.5)),
        shows="writeback.redelivery-changes-nothing",
    ),
    other_side(
        "flags-nothing",
        StateRules(mode=lambda _before, at_rest, *, updating: at_rest),  # noqa: ARG005 - it does not care
        shows="config.updating-is-flagged",
    ),
    other_side(
        "fails-after-57-s",
        each_step(moved(ValueState.FAILURE, 57), Stuck),
        shows="writeback.documented-time-to-failure",
    ),
)
