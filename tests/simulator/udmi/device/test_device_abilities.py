"""The abilities of a device beside the usual: to tell of changes at once, look late, ignore, not hold back."""

from harness.protocols.udmi.words.messages import PointConfig, Status, Telemetry
from simulator.udmi.declared.points import SimulatedPoint, Slow, Writable
from simulator.udmi.rules import KEPT, ConfigRules, EventRules, PointRules, Rules, TelemetryRules, kept_but
from simulator.udmi.sampling import Sampling
from tests.simulator.udmi.stepped import APPLIED, CELSIUS, FAHRENHEIT, Said, SteppedPoints, config, moment

POINT = SimulatedPoint("point", 0.0, Writable())


def _shown(stepped: SteppedPoints, since: float) -> list[tuple[float, object]]:
    """When the point was shown since then, and what it showed."""
    told: list[Said[Telemetry]] = [said for said in stepped.telemetry if said.at >= since]
    return [(said.at, said.message.readings.get("point")) for said in told]


def _device(rules: Rules, *others: SimulatedPoint) -> SteppedPoints:
    return SteppedPoints(POINT, *others, rules=rules).run(4)


def test_change_is_told_at_once_in_a_telemetry_of_its_own() -> None:
    stepped = _device(kept_but(Sampling(tells_of_any_change=True)), SimulatedPoint("other", 0.0, Writable()))

    stepped.write(at=5, point=30.0).run(9)

    [told] = [said for said in stepped.telemetry if said.at > 4]
    assert (told.at, told.message.readings, told.message.partial) == (5, {"point": 30.0}, True)


def test_telemetry_waits_for_the_state_that_it_would_run_ahead_of() -> None:
    stepped = _device(KEPT, SimulatedPoint("other", 0.0, Writable()))

    stepped.write(at=9.5, other=1.0).write(at=9.9, point=30.0).run(11)

    assert _shown(stepped, since=9)[0] == (10.5, 30.0)


def test_telemetry_that_does_not_wait_tells_the_truth_before_the_state_does() -> None:
    stepped = _device(kept_but(TelemetryRules(waits_for_state=False)), SimulatedPoint("other", 0.0, Writable()))

    stepped.write(at=9.5, other=1.0).write(at=9.9, point=30.0).run(11)

    assert _shown(stepped, since=9)[0] == (10, 30.0)
    assert stepped.states[-1].at == 10.5


def test_change_of_units_is_noticed_only_when_the_device_looks() -> None:
    stepped = SteppedPoints(CELSIUS, rules=kept_but(EventRules(notices_after=lambda _event: 3.0))).run(4)

    stepped.tell(FAHRENHEIT, at=5).run(7.9)
    before = stepped.state.point("point").units
    stepped.run(8)

    assert (before, stepped.state.point("point").units, stepped.states[-1].at) == (
        "Degrees-Celsius",
        "Degrees-Fahrenheit",
        8,
    )


def test_config_that_comes_too_late_may_be_ignored_altogether() -> None:
    stepped = _device(kept_but(ConfigRules(ignores=lambda write_expiry: write_expiry.late)))

    stepped.write(at=5, point=30.0).tell(config(at=6, expiry=7.9, point=50.0), at=8).run(12)

    assert (stepped.state.last_config, stepped.state.point("point").value_state) == (moment(5), APPLIED)


def test_value_that_was_on_its_way_is_remembered_until_the_next_has_begun() -> None:
    rules = kept_but(
        PointRules(shown_when_refused=lambda values: values.base if values.pending is None else values.pending)
    )
    stepped = SteppedPoints(SimulatedPoint("point", 0.0, Slow(4.0)), rules=rules).run(4)

    stepped.write(at=5, rate=1, point=40.0).write(at=8, rate=1, point=60.0).run(13)

    assert stepped.shown() == [0.0, 40.0, 60.0]


def test_point_that_the_config_maps_to_nothing_is_in_error_until_it_maps_it_right() -> None:
    rules = kept_but(PointRules(finds=lambda point, config: config.ref == point.ref))
    device = SteppedPoints(SimulatedPoint("point", 0.0, Writable(), ref="AV1"), rules=rules)
    lost = [device.state.points["point"].status]

    for at, ref in ((5, None), (10, "AV2"), (15, "AV1")):
        device.write(at=at, rate=1, points={"point": PointConfig(30.0, ref=ref)}).run(at + 4)
        lost.append(device.state.points["point"].status)

    assert [isinstance(status, Status) and status.category for status in lost] == [
        False,
        "pointset.point.failure",
        "pointset.point.failure",
        False,
    ]
    assert (device.course()[-1], device.reading()) == ((15, APPLIED), 30.0)


def test_device_without_points_tells_of_itself_alone() -> None:
    stepped = SteppedPoints().tell(config(at=5, rate=2), at=5).run(60)

    assert [(said.at, said.message.pointset) for said in stepped.states] == [(0, None), (5, None)]
    assert stepped.telemetry == []
