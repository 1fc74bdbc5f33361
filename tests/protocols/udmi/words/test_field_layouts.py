"""The same meaning in four dialects: each spec has a message of its own, and one meaning comes out of it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.codec import Codec, codec_of
from harness.protocols.udmi.words.messages import (
    Config,
    Mode,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    State,
    SystemState,
    Telemetry,
    ValueState,
)
from harness.protocols.udmi.words.spec import Spec

NEW_YEAR = 1_767_225_600.0
STAMP = "2026-01-01T00:00:00Z"
FLAT = {"last_config": STAMP, "operational": True, "make_model": "M-1", "firmware": {"version": "2.0"}}

STATES: dict[Spec, dict[str, Any]] = {
    Spec.UDMI_1_5: {
        "timestamp": STAMP,
        "version": "1.5.7",
        "system": {
            "last_config": STAMP,
            "hardware": {"model": "M-1"},
            "software": {"version": "2.0"},
            "operation": {"operational": True, "mode": "active"},
        },
        "pointset": {"state_etag": "e1", "points": {"damper": {"value_state": "failure"}}},
    },
    Spec.WRITEBACK_2021: {
        "timestamp": STAMP,
        "version": 1,
        "system": FLAT,
        "pointset": {"etag": "e1", "points": {"damper": {"value_state": "failure"}}},
    },
    Spec.WRITEBACK_DRAFT: {
        "timestamp": STAMP,
        "version": 1,
        "system": {**FLAT, "updating": False, "etag": "e1"},
        "pointset": {"points": {"damper": {"value_state": "failure"}}},
    },
    Spec.POINTSET_2021: {
        "timestamp": STAMP,
        "version": 1,
        "system": FLAT,
        "pointset": {"points": {"damper": {"source": "failure"}}},
    },
}
CONFIGS: dict[Spec, dict[str, Any]] = {
    Spec.UDMI_1_5: {
        "timestamp": STAMP,
        "version": "1.5.7",
        "pointset": {
            "state_etag": "e0",
            "set_value_expiry": "2026-01-01T01:00:00Z",
            "sample_rate_sec": 10,
            "points": {"damper": {"set_value": 30.0, "stop_time": "2026-01-01T00:30:00Z"}},
        },
    },
    Spec.WRITEBACK_2021: {
        "timestamp": STAMP,
        "version": 1,
        "pointset": {"etag": "e0", "sample_rate_sec": 10, "points": {"damper": {"set_value": 30.0}}},
    },
    Spec.WRITEBACK_DRAFT: {
        "timestamp": STAMP,
        "version": 1,
        "etag": "e0",
        "pointset": {"sample_rate_sec": 10, "points": {"damper": {"set_value": 30.0}}},
    },
    Spec.POINTSET_2021: {
        "timestamp": STAMP,
        "version": 1,
        "pointset": {"sample_rate_sec": 10, "points": {"damper": {"fix_value": 30.0}}},
    },
}
OLD = [Spec.WRITEBACK_2021, Spec.WRITEBACK_DRAFT, Spec.POINTSET_2021]


def _state(codec: Codec) -> State:
    """The meaning that all of the states above share, as far as the spec has a place for it."""
    places = codec.layout
    system = SystemState(
        last_config=NEW_YEAR,
        operational=True,
        mode=Mode.ACTIVE if places.mode else None,
        updating=False if places.updating and not places.mode else None,
        model="M-1",
        software={"version": "2.0"},
    )
    points = {"damper": PointState(ValueState.FAILURE)}
    return State(NEW_YEAR, codec.version, system, PointsetState("e1" if places.state_etag else None, points))


def _config(codec: Codec) -> Config:
    places = codec.layout
    point = PointConfig(30.0, stop_time=NEW_YEAR + 1800 if places.stop_time else None)
    etag, expiry = "e0" if places.config_etag else None, NEW_YEAR + 3600 if places.expiry else None
    return Config(NEW_YEAR, codec.version, PointsetConfig(etag, expiry, sample_rate_sec=10, points={"damper": point}))


@pytest.fixture(params=list(Spec))
def codec(request: pytest.FixtureRequest) -> Codec:
    """Each of the four."""
    return codec_of(request.param)


def test_state_means_the_same_in_every_spec(codec: Codec) -> None:
    state = codec.decode_state(json.dumps(STATES[codec.layout.spec]).encode())

    assert (state, state.problems) == (_state(codec), ())


def test_state_is_written_as_the_spec_has_it(codec: Codec) -> None:
    assert json.loads(codec.encode(_state(codec))) == STATES[codec.layout.spec]


def test_config_means_the_same_in_every_spec(codec: Codec) -> None:
    config = codec.decode_config(json.dumps(CONFIGS[codec.layout.spec]).encode())

    assert (config, config.problems) == (_config(codec), ())


def test_config_is_written_as_the_spec_has_it(codec: Codec) -> None:
    assert json.loads(codec.encode(_config(codec))) == CONFIGS[codec.layout.spec]


def test_what_a_spec_has_no_place_for_does_not_go_out(codec: Codec) -> None:
    everything, all_of_it = _state(codec_of(Spec.UDMI_1_5)), _config(codec_of(Spec.UDMI_1_5))

    state = codec.encode(replace(everything, version=codec.version))
    config = codec.encode(replace(all_of_it, version=codec.version))

    assert codec.decode_state(state).etag == ("e1" if codec.layout.state_etag else None)
    assert json.loads(config) == CONFIGS[codec.layout.spec]


@pytest.mark.parametrize("spec", OLD)
def test_word_that_a_spec_does_not_have_is_odd_when_it_is_heard(spec: Spec) -> None:
    codec = codec_of(spec)
    point = {codec.layout.value_state: "initializing"}

    state = codec.decode_state(json.dumps({"pointset": {"points": {"damper": point}}}).encode())

    assert state.point("damper").value_state == IllTyped("initializing")
    assert "initializing" not in state.problems[0].expected


@pytest.mark.parametrize("spec", OLD)
def test_word_that_a_spec_does_not_have_is_not_said(spec: Spec) -> None:
    codec = codec_of(spec)
    initializing = State(pointset=PointsetState(points={"damper": PointState(ValueState.INITIALIZING)}))

    assert json.loads(codec.encode(initializing)) == {"pointset": {"points": {"damper": {}}}}


def test_updating_is_no_word_of_the_oldest_spec() -> None:
    codec = codec_of(Spec.POINTSET_2021)

    state = codec.decode_state(b'{"pointset": {"points": {"damper": {"source": "updating"}}}}')

    assert state.point("damper").value_state == IllTyped("updating")


@pytest.mark.parametrize("spec", OLD)
def test_partial_telemetry_is_flagged_in_the_newest_spec_alone(spec: Spec) -> None:
    codec = codec_of(spec)

    assert json.loads(codec.encode(Telemetry(NEW_YEAR, 1, {"damper": 30.0}, partial=True))) == {
        "timestamp": STAMP,
        "version": 1,
        "points": {"damper": {"present_value": 30.0}},
    }


@pytest.mark.parametrize("spec", OLD)
def test_version_in_words_is_odd_where_it_is_a_number(spec: Spec) -> None:
    assert codec_of(spec).decode_state(b'{"version": "1.5.7"}').version == IllTyped("1.5.7")


def test_etag_of_another_block_is_read_though_that_block_comes_first_or_last() -> None:
    codec = codec_of(Spec.WRITEBACK_DRAFT)

    states = [
        codec.decode_state(b'{"system": {"etag": "e1"}, "pointset": {}}'),
        codec.decode_state(b'{"pointset": {}, "system": {"etag": "e1"}}'),
    ]

    assert [state.etag for state in states] == ["e1", "e1"]


def test_block_that_is_amiss_is_listed_once_though_two_fields_are_read_from_it() -> None:
    state = codec_of(Spec.WRITEBACK_DRAFT).decode_state(b'{"system": 8, "pointset": {}}')

    assert [str(problem) for problem in state.problems] == ["system is 8; expected an object"]


@pytest.mark.parametrize("payload", [b"[]", b"\xff", b'{"system": [], "pointset": 3}', b'{"etag": {}, "pointset": {}}'])
def test_decoding_never_fails_in_any_spec(codec: Codec, payload: bytes) -> None:
    assert codec.decode_state(payload).problems or codec.decode_config(payload).problems or payload.startswith(b'{"e')
    assert codec.decode_telemetry(payload).readings == {}
