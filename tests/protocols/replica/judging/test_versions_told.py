"""The versions that a device may go by, held against their definition on histories made at random."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.verdict import NotObserved
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.judging.device.history import DeviceRequest, ReplicaDeviceHistory
from harness.protocols.replica.judging.device.invariants import EveryRequest
from harness.protocols.replica.judging.device.versions_told import VersionsTold
from harness.protocols.replica.words.topics import AnswerLevel, Operation
from harness.record.kinds import Received, Record, Sent
from harness.text import brief

LAMP = DeviceProfile("lamp", {})
_LATELY = 300.0  # seconds

versions: st.SearchStrategy[JSON] = st.sampled_from([1, 2, 3, True, 1.0, 1.5, None, "2", [], {}])
tokens = st.sampled_from(["", "a", "b"])
steps = st.sampled_from([0.0, 1.0, 299.0, 300.0, 301.0])


def message(version: JSON, token: str) -> bytes:
    """A message with a version, if any, and a token, if any."""
    content: dict[str, JSON] = {"version": version, "state": {}}
    return json.dumps(content | ({"clientToken": token} if token else {})).encode()


@st.composite
def histories(draw: st.DrawFn) -> ReplicaDeviceHistory:
    """Updates and answers, with minutes between some of them."""
    time, records = 0.0, list[Record]()
    for _ in range(draw(st.integers(0, 12))):
        time += draw(steps)
        payload = message(draw(versions), draw(tokens))
        if draw(st.booleans()):
            records.append(Received(time, LAMP.topic(Operation.UPDATE), payload, retain=False))
        else:
            level = draw(st.sampled_from([AnswerLevel.ACCEPTED, AnswerLevel.DELTA]))
            records.append(Sent(time, LAMP.topic(Operation.UPDATE, level), payload, "made up"))
    return ReplicaDeviceHistory("made_up", 0, records, LAMP)


def is_told(history: ReplicaDeviceHistory, update: DeviceRequest, asked: JSON) -> bool:
    """The definition: told in the last five minutes, told last, or in the last answer to a request of its own."""
    before = [one for one in history.told if one.place < update.place]
    told = [one for one in before if isinstance(one.content.get("version"), int)]
    ours = {brief((one.content or {}).get("clientToken")) for one in history.requests}
    own = [one for one in before if "clientToken" in one.content and brief(one.content["clientToken"]) in ours]
    answer = own[-1].content.get("version") if own else None
    known = [one.content["version"] for one in told if one.time >= update.time - _LATELY]
    known += [one.content["version"] for one in told[-1:]]
    known.append(answer if isinstance(answer, int) else None)
    return asked in known


@given(histories())
def test_version_is_one_that_was_told(history: ReplicaDeviceHistory) -> None:
    told = VersionsTold.of(history)
    for update in history.updates:
        asked = (update.content or {}).get("version")
        assert told.has(asked, update, _LATELY) is is_told(history, update, asked)


@pytest.mark.parametrize("version", [[], {}, "2", 2])
def test_version_that_nobody_told_fails_whatever_it_is(version: JSON) -> None:
    update = Received(1.0, LAMP.topic(Operation.UPDATE), message(version, "a"), retain=False)
    answer = Sent(0.0, LAMP.topic(Operation.UPDATE, AnswerLevel.ACCEPTED), message(1, "a"), "made up")
    history = ReplicaDeviceHistory("made_up", 0, [answer, update], LAMP)
    with pytest.raises(NotObserved, match="should have version 1"):
        EveryRequest(history, Evidence()).has_the_version_last_seen(lately=_LATELY)
