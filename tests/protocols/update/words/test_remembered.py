"""A message is read once, with all its problems, and looks the same to whoever reads it later."""

import json

from hypothesis import given
from hypothesis import strategies as st

from harness.protocols.update.words.desired_state import read_desired_state
from harness.protocols.update.words.envelope import encoded, is_enveloped, read_message
from harness.protocols.update.words.feedback import read_feedback
from harness.protocols.update.words.remembered import remembered
from harness.protocols.update.words.topics import MessageKind
from tests.hostile import PAYLOADS

BROKEN = encoded({"status": 7, "actions": [1]}, activity="a", now=1.0, enveloped=True)
_SCALARS = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))


@given(payload=st.binary() | st.sampled_from(PAYLOADS))
def test_message_is_read_as_by_whoever_does_not_remember(payload: bytes) -> None:
    for enveloped in (True, False):
        read = remembered(payload, MessageKind.FEEDBACK, enveloped=enveloped)
        anew = read_message(payload, enveloped=enveloped)

        assert read.is_enveloped is is_enveloped(payload)
        assert (read.message.activity, read.message.timestamp) == (anew.activity, anew.timestamp)
        assert read.feedback == (read_feedback(anew.body) if anew.body else None)
        assert read.message.problems == anew.problems


def test_message_is_read_once() -> None:
    first = remembered(BROKEN, MessageKind.FEEDBACK, enveloped=True)

    assert remembered(BROKEN, MessageKind.FEEDBACK, enveloped=True) is first
    assert remembered(BROKEN, MessageKind.CURRENT_STATE, enveloped=True).feedback is None


def test_reading_the_body_again_adds_no_problem() -> None:
    read = remembered(BROKEN, MessageKind.FEEDBACK, enveloped=True)
    before = [*read.message.problems]

    assert read.message.body is not None
    read_feedback(read.message.body)
    read_desired_state(read.message.body)

    assert [problem.path for problem in before] == ["payload.actions.0", "payload.status"]
    assert read.message.problems == before


@given(
    content=st.recursive(
        _SCALARS,
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    )
)
def test_message_is_written_compactly_and_in_utf_8(content: object) -> None:
    written = encoded({"content": content}, activity=None, now=1.0, enveloped=False)  # type: ignore[dict-item]

    assert written == json.dumps({"content": content}, separators=(",", ":"), ensure_ascii=False).encode()
