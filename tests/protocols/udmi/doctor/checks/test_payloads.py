"""The JSON of what a device says: in how many messages something is amiss, and where."""

import pytest

from harness.doctor.problem import Party, Severity
from harness.protocols.udmi.doctor.checks.payloads import PAYLOADS
from tests.protocols.udmi.doctor.cases import case, found, is_sound

STATE = b'{"pointset": {"points": {"setpoint": {"value_state": null, "status": null}, "mode": {}}}}'
EVENT = b'{"logentries": [{"detail": null}]}'


def test_fields_that_are_null_are_told_with_their_places() -> None:
    problem = found(PAYLOADS, case(said=[STATE, b"{}", STATE, EVENT]))

    assert (problem.whose, problem.weight) == (Party.DEVICE, Severity.MINOR)
    assert problem.what.startswith(
        "3 of its 4 messages hold null, in pointset.points.setpoint.value_state, "
        "pointset.points.setpoint.status, logentries.0.detail. "
    )


@pytest.mark.parametrize(
    ("payload", "weight", "what"),
    [
        (
            b'{"points": {"a": {"present_value": NaN}}}',
            Severity.GRAVE,
            "its only message is not what JSON is: not JSON (NaN at points.a.present_value).",
        ),
        (
            b'\xef\xbb\xbf{"points": {}}',
            Severity.MINOR,
            "its only message begins with a byte order mark (EF BB BF). It is read over here, and refused by others.",
        ),
        (
            b'{"points": {"a": {}, "a": {}, "b": {}}}',
            Severity.MINOR,
            (
                "its only message has two fields of one name, points.a. Here the last one counts; "
                "other readers take the first, or none."
            ),
        ),
    ],
)
def test_what_other_readers_do_not_take_is_told(payload: bytes, weight: Severity, what: str) -> None:
    problem = found(PAYLOADS, case(said=[payload]))

    assert (problem.whose, problem.weight, problem.what) == (Party.DEVICE, weight, what)


def test_messages_that_every_reader_takes_are_sound() -> None:
    assert is_sound(PAYLOADS, case(said=[b'{"a": [null, 0], "b": false, "c": {}}']))


def test_deep_messages_are_looked_at_as_far_as_messages_go() -> None:
    assert is_sound(PAYLOADS, case(said=[b'{"a": ' * 90 + b"null" + b"}" * 90]))


def test_of_a_device_that_said_nothing_nothing_is_said() -> None:
    assert not list(PAYLOADS.find(case()))
    assert PAYLOADS.sound(case()) is None
