"""The cloud as a pure machine: the whole sticky config, made out in good manners or in worse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.payload.values import Field, IllTyped
from harness.protocols.udmi.driving.counterpart import AfterTimestamp, Counterpart, Expiry, Fresh, In, Lifetime, Manner
from harness.protocols.udmi.driving.sampling_request import Listed, SamplingRequest
from harness.protocols.udmi.profile import Setting
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.messages import (
    Config,
    PointConfig,
    PointsetConfig,
    PointsetState,
    State,
    SystemState,
    Telemetry,
)
from harness.protocols.udmi.words.spec import Spec
from tests.udmi_1_5 import CODEC

NOW = 1_767_225_600.25
GOOD = Manner()


def cloud(*settings_: Setting) -> Counterpart:
    """A cloud that wants this of a device with two points."""
    counterpart = Counterpart(["damper", "valve"], CODEC)
    counterpart.want(settings_)
    return counterpart


def pointset(config: Config) -> PointsetConfig:
    """The part that every config has."""
    assert config.pointset is not None
    return config.pointset


DAMPER, VALVE = Setting("damper", 30.0, "write"), Setting("valve", 50.0, "other")
FREED = Setting("damper", None, "release")


def test_config_lists_every_point_of_the_profile() -> None:
    assert pointset(cloud().compose(NOW, GOOD)).points == {"damper": PointConfig(), "valve": PointConfig()}


def test_config_repeats_every_write_that_is_still_wanted() -> None:
    counterpart = cloud(DAMPER)
    counterpart.want([VALVE])

    points = pointset(counterpart.compose(NOW, GOOD)).points

    assert points == {"damper": PointConfig(30.0), "valve": PointConfig(50.0)}


def test_released_point_is_listed_without_a_value() -> None:
    counterpart = cloud(DAMPER, VALVE)
    counterpart.want([FREED])

    points = pointset(counterpart.compose(NOW, GOOD)).points

    assert points == {"damper": PointConfig(), "valve": PointConfig(50.0)}


def test_cloud_that_wants_nothing_releases_every_point() -> None:
    counterpart = cloud(DAMPER, VALVE)
    counterpart.want_nothing()

    assert pointset(counterpart.compose(NOW, GOOD)).points == {"damper": PointConfig(), "valve": PointConfig()}


def test_point_that_the_profile_does_not_have_is_listed_while_it_is_wanted() -> None:
    points = pointset(cloud(Setting("ghost", 1.0, "ghost")).compose(NOW, GOOD)).points

    assert points is not None
    assert points["ghost"] == PointConfig(1.0)


def test_value_in_a_field_of_its_own_leaves_set_value_out() -> None:
    points = pointset(cloud(Setting("damper", 30.0, "misspelt", field="ste_value")).compose(NOW, GOOD)).points

    assert points is not None
    assert points["damper"] == PointConfig(others={"ste_value": 30.0})


def test_write_may_say_when_it_is_to_stop() -> None:
    points = pointset(cloud(Setting("damper", 30.0, "write", stops_in=2.5)).compose(NOW, GOOD)).points

    assert points is not None
    assert points["damper"] == PointConfig(30.0, stop_time=1_767_225_602.75)


def test_config_asks_for_the_sample_rate() -> None:
    counterpart = cloud()
    counterpart.sample_rate = 2

    assert pointset(counterpart.compose(NOW, GOOD)).sample_rate_sec == 2


def test_timestamp_is_a_whole_second_of_a_minute_ago() -> None:
    assert cloud().compose(NOW, GOOD).timestamp == 1_767_225_540.0


def test_timestamps_of_a_burst_rise_second_by_second() -> None:
    counterpart = cloud()

    stamps = [counterpart.compose(NOW + 0.1 * n, GOOD).timestamp for n in range(4)]

    assert stamps == [1_767_225_540.0, 1_767_225_541.0, 1_767_225_542.0, 1_767_225_543.0]


@settings(derandomize=True, deadline=None, database=None)
@given(st.lists(st.floats(0, 3), min_size=2, max_size=20))
def test_timestamps_rise_by_whole_seconds_whatever_the_pace(pauses: list[float]) -> None:
    counterpart, now, stamps = cloud(), NOW, []

    for pause in pauses:
        now += pause
        stamp = counterpart.compose(now, GOOD).timestamp
        assert isinstance(stamp, float)
        stamps.append(stamp)

    assert all(stamp.is_integer() for stamp in stamps)
    assert stamps == sorted(set(stamps))


def test_write_rests_on_the_etag_of_the_latest_state() -> None:
    counterpart = cloud(DAMPER)
    counterpart.hear(State(pointset=PointsetState(etag="a")))
    counterpart.hear(State(pointset=PointsetState(etag="b")))

    assert pointset(counterpart.compose(NOW, GOOD)).etag == "b"


def test_state_without_a_pointset_leaves_the_etag_as_it_was() -> None:
    counterpart = cloud(DAMPER)
    counterpart.hear(State(pointset=PointsetState(etag="a")))
    counterpart.hear(State())

    assert pointset(counterpart.compose(NOW, GOOD)).etag == "a"


@pytest.mark.parametrize("etag", [None, IllTyped(17)])
def test_latest_etag_is_repeated_as_it_came(etag: IllTyped | None) -> None:
    counterpart = cloud(DAMPER)
    counterpart.hear(State(pointset=PointsetState(etag="a")))
    counterpart.hear(State(pointset=PointsetState(etag=etag)))

    assert pointset(counterpart.compose(NOW, GOOD)).etag == etag


@pytest.mark.parametrize("etag", ["outdated", None])
def test_scenario_may_choose_another_etag(etag: str | None) -> None:
    counterpart = cloud(DAMPER)
    counterpart.hear(State(pointset=PointsetState(etag="a")))

    assert pointset(counterpart.compose(NOW, Manner(etag=etag))).etag == etag


@pytest.mark.parametrize(
    ("expiry", "stamp"),
    [
        (Lifetime.NEEDED, 1_767_229_200.25),
        (In(3.5), 1_767_225_603.75),
        (In(-10), 1_767_225_590.25),
        (AfterTimestamp(0), 1_767_225_540.0),
        (AfterTimestamp(-10), 1_767_225_530.0),
        (None, None),
    ],
)
def test_expiry_counts_from_now_or_from_the_timestamp(expiry: Expiry, stamp: float | None) -> None:
    assert pointset(cloud(DAMPER).compose(NOW, Manner(expiry=expiry))).set_value_expiry == stamp


def test_expiry_has_milliseconds_and_no_more() -> None:
    config = cloud(DAMPER).compose(1_767_225_600.123456, Manner(expiry=In(1)))

    assert pointset(config).set_value_expiry == 1_767_225_601.123


def test_config_that_writes_nothing_has_neither_etag_nor_expiry() -> None:
    counterpart = cloud()
    counterpart.hear(State(pointset=PointsetState(etag="a")))

    config = pointset(counterpart.compose(NOW, Manner(Fresh.ETAG, In(5))))

    assert (config.etag, config.set_value_expiry) == (None, None)


def naming(last_config: Field[float]) -> State:
    """A state that names that config."""
    return State(system=SystemState(last_config))


def test_config_before_the_first_state_is_not_answered() -> None:
    counterpart = cloud()
    counterpart.compose(NOW, GOOD)

    assert not counterpart.is_answered()


@pytest.mark.parametrize("last_config", [None, 5.0, IllTyped([])])
def test_device_that_never_named_a_config_answers_with_any_state(last_config: Field[float]) -> None:
    counterpart = cloud()
    counterpart.compose(NOW, GOOD)
    counterpart.hear(naming(last_config))

    assert counterpart.is_answered()


def test_device_that_named_a_config_answers_when_it_names_the_latest() -> None:
    counterpart = cloud()
    answered = []

    stamps = [counterpart.compose(NOW, GOOD).timestamp for _ in range(2)]
    for stamp in (*stamps, None):
        counterpart.hear(naming(stamp))
        answered.append(counterpart.is_answered())

    assert answered == [False, True, False]


def readings(*points: str, partial: bool | None = None) -> Telemetry:
    """A telemetry of these points."""
    return Telemetry(NOW, readings=dict.fromkeys(points, 1.0), partial=partial)


def test_telemetry_is_partial_if_it_says_so_and_is() -> None:
    counterpart = cloud()

    assert not counterpart.is_whole(readings("damper", partial=True))
    assert counterpart.is_whole(readings("damper", "valve", partial=True))
    assert counterpart.is_whole(readings("damper"))


def test_telemetry_that_cannot_say_so_is_partial_if_another_had_more() -> None:
    counterpart = Counterpart(["damper", "valve", "never_told"], codec_of(Spec.POINTSET_2021))

    assert counterpart.is_whole(readings("damper", "valve"))
    assert not counterpart.is_whole(readings("damper"))
    assert counterpart.is_whole(readings("damper", "valve", "of_no_interest"))


def test_version_is_that_of_the_spec() -> None:
    assert cloud().compose(NOW, GOOD).version == "1.5.7"
    assert Counterpart(["damper"], codec_of(Spec.WRITEBACK_2021)).compose(NOW, GOOD).version == 1


def test_config_may_list_fewer_points_and_one_that_nobody_knows() -> None:
    counterpart = cloud()
    counterpart.reporting = SamplingRequest(2, points=("ghost", "damper"))

    assert list(pointset(counterpart.compose(NOW, GOOD)).points or ()) == ["ghost", "damper"]


def test_config_may_have_no_list_of_points() -> None:
    counterpart = cloud()
    counterpart.reporting = SamplingRequest(2, points=Listed.NONE)

    assert pointset(counterpart.compose(NOW, GOOD)).points is None


def test_config_may_have_no_pointset() -> None:
    counterpart = cloud()
    counterpart.reporting = SamplingRequest(None, points=Listed.NOTHING)

    assert counterpart.compose(NOW, GOOD).pointset is None


def test_config_asks_for_limits_units_and_increments() -> None:
    counterpart = cloud(Setting("damper", 30.0, "write"))
    counterpart.reporting = SamplingRequest(10, limit=3, units={"damper": "Percent"}, increments={"damper": 0.5})

    asked = pointset(counterpart.compose(NOW, GOOD))

    assert asked.sample_limit_sec == 3
    assert (asked.points or {})["damper"] == PointConfig(30.0, "Percent", cov_increment=0.5)


def test_part_of_the_points_that_are_listed_is_not_whole() -> None:
    counterpart = cloud()
    counterpart.reporting = SamplingRequest(2, points=("damper", "ghost"))

    assert counterpart.is_whole(Telemetry(readings={"damper": 1.0}, partial=True))
    assert not counterpart.is_whole(Telemetry(readings={"valve": 1.0}, partial=True))
