"""Which spec a device speaks, by its states: told where it can be, never of one that speaks what was asked for."""

import json
from itertools import permutations

import pytest

from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.messages import Mode, PointsetState, PointState, State, SystemState, ValueState
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.spec_detection import detected_spec

NO_SIGN = {(Spec.WRITEBACK_2021, Spec.POINTSET_2021), (Spec.WRITEBACK_DRAFT, Spec.POINTSET_2021)}  # it only lacks


def state(spec: Spec, value_state: ValueState | None = None) -> bytes:
    """The state of a healthy device in that spec."""
    system = SystemState(0.0, operational=True, mode=Mode.ACTIVE, updating=None, make="Acme", model="M-1")
    points = {"damper": PointState(value_state)}
    codec = codec_of(spec)
    return codec.encode(State(0.0, codec.version, system, PointsetState("e1", points)))


@pytest.mark.parametrize("spec", list(Spec))
def test_device_that_speaks_what_was_asked_has_no_accent(spec: Spec) -> None:
    assert detected_spec(spec, [state(spec), state(spec, ValueState.APPLIED)]) is None


@pytest.mark.parametrize(("asked", "spoken"), sorted(set(permutations(Spec, 2)) - NO_SIGN))
def test_device_that_speaks_another_spec_is_told_by_name(asked: Spec, spoken: Spec) -> None:
    detected = detected_spec(asked, [state(spoken)])

    assert detected is not None
    assert detected.spec is spoken


@pytest.mark.parametrize(("asked", "spoken"), sorted(NO_SIGN))
def test_what_only_lacks_an_etag_is_told_once_a_write_is_reported(asked: Spec, spoken: Spec) -> None:
    assert detected_spec(asked, [state(spoken)]) is None
    assert str(detected_spec(asked, [state(spoken), state(spoken, ValueState.APPLIED)])) == (
        f"this device speaks {spoken}: its state has pointset.points.*.source; run with --spec {spoken}"
    )


def test_etag_is_named_first() -> None:
    assert str(detected_spec(Spec.WRITEBACK_DRAFT, [state(Spec.WRITEBACK_2021)])) == (
        "this device speaks writeback-2021: its state has pointset.etag; run with --spec writeback-2021"
    )


def test_field_of_another_spec_beside_those_of_its_own_is_no_accent() -> None:
    whole = json.loads(state(Spec.UDMI_1_5))
    whole["pointset"]["etag"] = whole["pointset"].pop("state_etag")

    assert detected_spec(Spec.UDMI_1_5, [json.dumps(whole).encode()]) is None


@pytest.mark.parametrize(
    "payload",
    [b"", b"[]", b"\xff", b"{}", b'{"system": 3, "pointset": []}', b'{"pointset": {"points": {"damper": null}}}'],
)
@pytest.mark.parametrize("spec", list(Spec))
def test_what_says_nothing_of_itself_has_no_accent(payload: bytes, spec: Spec) -> None:
    assert detected_spec(spec, [payload]) is None
    assert detected_spec(spec, []) is None
