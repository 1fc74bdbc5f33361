"""What a device may do beside the usual: tell of changes at once, look late, ignore, not hold back."""

from dataclasses import replace

from harness.wire.udmi import Telemetry
from simulator.points import Point, Slow, Writable
from simulator.rules import KEPT, Rules
from simulator.sampling import Sampling
from tests.simulator.bench import APPLIED, CELSIUS, FAHRENHEIT, Bench, Said, config, moment

POINT = Point("point", 0.0, Writable())


def _shown(bench: Bench, since: float) -> list[tuple[float, object]]:
    """When the point was shown since then, and what it showed."""
    told: list[Said[Telemetry]] = [said for said in bench.telemetry if said.at >= since]
    return [(said.at, said.message.readings.get("point")) for said in told]


def _device(rules: Rules, *others: Point) -> Bench:
    return Bench(POINT, *others, rules=rules).run(4)


def test_change_is_told_at_once_in_a_telemetry_of_its_own() -> None:
    bench = _device(replace(KEPT, sampling=Sampling(tells_of_any_change=True)), Point("other", 0.0, Writable()))

    bench.write(at=5, point=30.0).run(9)

    [told] = [said for said in bench.telemetry if said.at > 4]
    assert (told.at, told.message.readings, told.message.partial) == (5, {"point": 30.0}, True)


def test_telemetry_waits_for_the_state_that_it_would_run_ahead_of() -> None:
    bench = _device(KEPT, Point("other", 0.0, Writable()))

    bench.write(at=9.5, other=1.0).write(at=9.9, point=30.0).run(11)

    assert _shown(bench, since=9)[0] == (10.5, 30.0)


def test_telemetry_that_does_not_wait_tells_the_truth_before_the_state_does() -> None:
    bench = _device(replace(KEPT, telemetry_waits=False), Point("other", 0.0, Writable()))

    bench.write(at=9.5, other=1.0).write(at=9.9, point=30.0).run(11)

    assert _shown(bench, since=9)[0] == (10, 30.0)
    assert bench.states[-1].at == 10.5


def test_change_of_units_is_noticed_only_when_the_device_looks() -> None:
    bench = Bench(CELSIUS, rules=replace(KEPT, notices_after=lambda _event: 3.0)).run(4)

    bench.tell(FAHRENHEIT, at=5).run(7.9)
    before = bench.state.point("point").units
    bench.run(8)

    assert (before, bench.state.point("point").units, bench.states[-1].at) == (
        "Degrees-Celsius",
        "Degrees-Fahrenheit",
        8,
    )


def test_config_that_comes_too_late_may_be_ignored_altogether() -> None:
    bench = _device(replace(KEPT, ignores=lambda term: term.late))

    bench.write(at=5, point=30.0).tell(config(at=6, expiry=7.9, point=50.0), at=8).run(12)

    assert (bench.state.last_config, bench.state.point("point").value_state) == (moment(5), APPLIED)


def test_value_that_was_on_its_way_is_remembered_until_the_next_has_begun() -> None:
    rules = replace(KEPT, shown_when_refused=lambda values: values.base if values.pending is None else values.pending)
    bench = Bench(Point("point", 0.0, Slow(4.0)), rules=rules).run(4)

    bench.write(at=5, rate=1, point=40.0).write(at=8, rate=1, point=60.0).run(13)

    assert bench.shown() == [0.0, 40.0, 60.0]
