"""Feedback of an agent reads the same whether it is decoded in one go or field by field, whatever it is."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.device.agent_feedback import read_agent_feedback, read_field_by_field

_ODD: st.SearchStrategy[JSON] = (
    st.none() | st.booleans() | st.integers(-1, 101) | st.floats() | st.text(max_size=3) | st.just([]) | st.just({})
)


def _mostly(sound: st.SearchStrategy[JSON]) -> st.SearchStrategy[JSON]:
    return sound | sound | sound | _ODD


_COMPONENT = st.fixed_dictionaries(
    {"id": _mostly(st.sampled_from(["lab:probe", "lab:", "field:sensor", "lab"])), "version": _mostly(st.just("2"))}
)
_ACTION = st.fixed_dictionaries(
    {"component": _mostly(_COMPONENT), "status": _mostly(st.sampled_from([*ActionStatus, "DOWNLOADED_SUCCESS"]))},
    optional={"progress": _mostly(st.integers(0, 100) | st.just(7.0)), "message": _mostly(st.just("words"))},
)
_FEEDBACK = st.fixed_dictionaries(
    {"status": _mostly(st.sampled_from([*FeedbackStatus, "DOWNLOADED_COMPLETED", "BUSY"]))},
    optional={
        "baseline": _mostly(st.just("first set")),
        "message": _mostly(st.just("words")),
        "actions": _mostly(st.lists(_ACTION, max_size=3)),
        "more": _ODD,
    },
)
_MESSAGE = st.fixed_dictionaries({"activityId": _mostly(st.just("a")), "payload": _mostly(_FEEDBACK)})


@given(payload=st.one_of(_FEEDBACK, _MESSAGE, _ODD).map(json.dumps).map(str.encode), enveloped=st.booleans())
@example(payload=b"", enveloped=True)
@example(payload=b'\xef\xbb\xbf{"activityId": "a", "payload": {"status": "RUNNING"}}', enveloped=True)
@example(payload=b'{"activityId": "a", "payload": {"status": "RUNNING", "message": "\xff"}}', enveloped=True)
@example(payload=b'{"activityId": "\\ud800", "payload": {"status": "RUNNING"}}', enveloped=True)
@example(payload=b'{"status": "RUNNING", "status": "IDENTIFIED"}', enveloped=False)
def test_feedback_reads_the_same_either_way(*, payload: bytes, enveloped: bool) -> None:
    told = read_agent_feedback(payload, "lab", enveloped=enveloped)

    assert told == read_field_by_field(payload, "lab", enveloped=enveloped)


def test_feedback_that_is_nested_too_deeply_is_none() -> None:
    assert read_agent_feedback(b'{"activityId": "a", "payload": ' + b'{"deep": ' * 3000, "lab", enveloped=True) is None


@pytest.mark.parametrize("progress", [-1, 101])
def test_action_whose_progress_is_none_is_left_out(progress: int) -> None:
    action = {"component": {"id": "lab:probe", "version": "2"}, "status": "DOWNLOADING", "progress": progress}
    payload = json.dumps({"status": "DOWNLOADING", "actions": [action]}).encode()

    told = read_agent_feedback(payload, "lab", enveloped=False)

    assert told is not None
    assert told.status is FeedbackStatus.DOWNLOADING
    assert told.actions == ()
