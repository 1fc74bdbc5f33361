"""The replica service as a machine: what it stores, says and answers."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme
from simulator.replica.requests import Limits
from simulator.replica.service import Message, ReplicaService, Reply

LAMP = ReplicaId("lamp")
NOW = 1_700_000_000.9
DEEP = "JSON contains too many levels of nesting"


def test_document_of_the_seed_goes_from_a_wish_to_its_fulfilment() -> None:
    service = ReplicaService()
    _update(service, {"reported": {"on": False, "level": 20}})

    wished = _update(service, {"desired": {"on": True}})
    fulfilled = _update(service, {"reported": {"on": True}})

    assert _said(wished) == [("state/lamp/update/delta", {"state": {"on": True}, **_metadata("on"), **_tail(2)})]
    assert _said(fulfilled) == [
        ("state/lamp/update/delta", {"state": {}, "metadata": {}, **_tail(3), "reported": {"on": True}})
    ]
    assert _got(service) == {
        "state": {"desired": {"on": True}, "reported": {"on": True, "level": 20}},
        "metadata": {
            "desired": {"on": {"timestamp": 1_700_000_000}},
            "reported": {"on": {"timestamp": 1_700_000_000}, "level": {"timestamp": 1_700_000_000}},
        },
        **_tail(3),
    }


def test_delta_leaves_before_accepted() -> None:
    service = ReplicaService()

    messages = service.over_mqtt(_update(service, {"desired": {"on": True}}))

    assert [message.topic for message in messages] == ["state/lamp/update/delta", "state/lamp/update/accepted"]


def test_delta_carries_all_that_differs_and_not_only_what_is_new() -> None:
    service = ReplicaService(Scheme.AWS)
    _update(service, {"desired": {"on": True, "colour": {"r": 1}}})

    later = _update(service, {"desired": {"level": 3}, "reported": {"colour": {"r": 1, "g": 2}}})

    assert _said(later)[0][1]["state"] == {"on": True, "level": 3}


def test_aws_tells_of_the_document_before_and_after() -> None:
    service = ReplicaService(Scheme.AWS)
    first = _update(service, {"reported": {"on": True}})
    second = _update(service, {"reported": {"on": None}})

    assert _said(first)[-1][0] == "$aws/things/lamp/shadow/update/documents"
    assert _said(first)[-1][1]["previous"] is None
    assert _said(second)[-1][1]["previous"]["version"] == 1
    assert _said(second)[-1][1]["current"] == {"state": {}, "metadata": {}, "version": 2}


def test_replica_that_is_emptied_goes_on_counting() -> None:
    service = ReplicaService(Scheme.AWS)
    _update(service, {"desired": {"on": True}})

    emptied = service.ask(LAMP, Operation.UPDATE, b'{"state": null}', NOW)

    assert emptied.body == {"state": None, "metadata": {"timestamp": 1_700_000_000}, **_tail(2)}
    assert _got(service) == {"state": {}, "metadata": {}, **_tail(2)}


def test_replica_that_was_deleted_goes_on_counting() -> None:
    service = ReplicaService(Scheme.AWS)
    _update(service, {"desired": {"on": True}})

    deleted = service.ask(LAMP, Operation.DELETE, b"", NOW)
    again = _update(service, {"desired": {"on": True}})

    assert deleted.body == _tail(1)
    assert again.body["version"] == 2


def test_replica_that_does_not_exist_is_not_found() -> None:
    assert _refusal(ReplicaService().ask(LAMP, Operation.GET, b"", NOW)) == (404, "No shadow exists with name: lamp")


def test_replicas_of_other_names_and_devices_are_their_own() -> None:
    service = ReplicaService(Scheme.AWS)
    _update(service, {"desired": {"on": True}})

    for other in (ReplicaId("lam"), ReplicaId("lamps"), ReplicaId("Lamp"), ReplicaId("lamp", "night")):
        assert service.ask(other, Operation.GET, b"", NOW).answer is AnswerLevel.REJECTED


def test_names_are_listed_of_one_device_and_of_what_exists() -> None:
    service = ReplicaService(Scheme.AWS)
    for name in ("night", "day", ""):
        service.ask(ReplicaId("lamp", name), Operation.UPDATE, b'{"state": {}}', NOW)
    service.ask(ReplicaId("other", "away"), Operation.UPDATE, b'{"state": {}}', NOW)
    service.ask(ReplicaId("lamp", "day"), Operation.DELETE, b"", NOW)

    assert service.named("lamp") == ["night"]


@pytest.mark.parametrize("payload", [b"", b"{}", b"null", b'{"clientToken": "t"}'])
def test_get_is_asked_with_a_token_or_nothing(payload: bytes) -> None:
    service = ReplicaService()
    _update(service, {"reported": {"on": True}})

    answer = service.ask(LAMP, Operation.GET, payload, NOW)

    assert answer.answer is AnswerLevel.ACCEPTED
    assert answer.body.get("clientToken") == ("t" if b"t" in payload else None)


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"", "Invalid JSON"),
        (b'{"state": {', "Invalid JSON"),
        (b'{"state": {}} x', "Invalid JSON"),
        (b"[]", "Invalid JSON"),
        ('{"state": {}}'.encode("utf-16"), "Invalid JSON"),
        (b'{"state": {"desired": {"a": NaN}}}', "Invalid JSON"),
        (b'{"state": {"desired": {"a": 1e999}}}', "Invalid JSON"),
        (b'{"state": {"desired": {"a": "\\ud800"}}}', "Invalid JSON"),
        (b'{"state": {"desired": {"a": ' + b"9" * 5000 + b"}}}", "Invalid JSON"),
        (b"[" * 100_000, DEEP),
        (b"{}", "Missing required node: state"),
        (b'{"version": 1}', "Missing required node: state"),
        (b'{"state": 5}', "State node must be an object"),
        (b'{"state": {"desired": []}}', "Desired node must be an object"),
        (b'{"state": {"reported": "on"}}', "Reported node must be an object"),
        (b'{"state": {"wished": {}}}', "State contains an invalid node"),
        (b'{"state": {"desired": {"a": [1, null]}}}', "State contains an invalid node"),
        (b'{"state": {}, "version": "1"}', "Invalid version"),
        (b'{"state": {}, "version": 1.5}', "Invalid version"),
        (b'{"state": {}, "version": -1}', "Invalid version"),
        (b'{"state": {}, "version": true}', "Invalid version"),
        (b'{"state": {}, "clientToken": 7}', "Invalid clientToken"),
        (f'{{"state": {{}}, "clientToken": "{"é" * 33}"}}', "Invalid clientToken"),
        ('{"state": {"desired": {"a": {"b": {"c": {"d": {"e": {"f": {}}}}}}}}}', f"{DEEP}; maximum is 6"),
    ],
)
def test_request_that_is_none_is_refused_and_changes_nothing(payload: bytes | str, message: str) -> None:
    service = ReplicaService(Scheme.SEED)

    refused = service.ask(LAMP, Operation.UPDATE, payload if isinstance(payload, bytes) else payload.encode(), NOW)

    assert _refusal(refused) == (400, message)
    assert (refused.stored, refused.messages, service.documents) == (None, (), {})


@pytest.mark.parametrize(("scheme", "code"), [(Scheme.SEED, 400), (Scheme.AWS, 415)])
def test_bytes_that_are_no_text_are_refused(scheme: Scheme, code: int) -> None:
    assert _refusal(ReplicaService(scheme).ask(LAMP, Operation.UPDATE, b"\xff\xfe", NOW))[0] == code


@pytest.mark.parametrize(("version", "code"), [(0, 409), (1, None), (2, 409), (None, None)])
def test_version_of_a_request_is_the_one_of_the_document(version: int | None, code: int | None) -> None:
    service = ReplicaService()
    _update(service, {"desired": {"on": True}})

    answer = _update(service, {"desired": {"on": False}}, version=version)

    assert answer.body.get("code") == code
    assert service.documents[LAMP].version == (1 if code else 2)


def test_version_is_a_number_however_it_is_spelt() -> None:
    service = ReplicaService()
    _update(service, {"desired": {"on": True}})

    assert service.ask(LAMP, Operation.UPDATE, b'{"state": {}, "version": 1.0}', NOW).body["version"] == 2


def test_size_is_that_of_both_sections_after_the_merge() -> None:
    service = ReplicaService(limits=Limits(size=20))
    _update(service, {"desired": {"a": "é"}})  # 10 bytes

    fits = _update(service, {"reported": {"b": 1234}})  # 10 more
    exceeds = _update(service, {"reported": {"b": 12345}})

    assert fits.answer is AnswerLevel.ACCEPTED
    assert _refusal(exceeds) == (413, "The payload exceeds the maximum size allowed")
    assert service.documents[LAMP].state["reported"] == {"b": 1234}


def test_request_that_is_too_large_is_not_read() -> None:
    refused = ReplicaService(limits=Limits(payload=20)).ask(LAMP, Operation.UPDATE, b'{"state": {} ' + b" " * 20, NOW)

    assert _refusal(refused) == (413, "The payload exceeds the maximum size allowed")


def test_replica_too_many_is_refused_and_those_that_are_there_go_on() -> None:
    service = ReplicaService(limits=Limits(replicas=1))
    _update(service, {"desired": {"a": 1}})

    refused = service.ask(ReplicaId("other"), Operation.UPDATE, b'{"state": {}}', NOW)

    assert _refusal(refused) == (429, "Too many replicas")
    assert [*service.documents] == [LAMP]
    assert _update(service, {"desired": {"a": 2}}).answer is AnswerLevel.ACCEPTED


def test_id_that_is_too_long_is_refused() -> None:
    refused = ReplicaService().ask(ReplicaId("x" * 129), Operation.UPDATE, b'{"state": {}}', NOW)

    assert _refusal(refused) == (400, "The device's id is too long; maximum is 128")


def test_six_levels_are_taken() -> None:
    state: dict[str, Any] = {"desired": {"a": {"b": {"c": {"d": {"e": []}}}}}}

    assert _update(ReplicaService(), state).answer is AnswerLevel.ACCEPTED


def test_what_stands_beside_the_state_is_not_stored() -> None:
    service = ReplicaService()

    service.ask(LAMP, Operation.UPDATE, b'{"state": {"desired": {"a": 1}, "delta": {"b": 2}}, "x": 1}', NOW)

    assert service.documents[LAMP].state == {"desired": {"a": 1}}


def test_field_called_timestamp_has_a_stamp_of_its_own() -> None:
    service = ReplicaService()
    _update(service, {"desired": {"timestamp": 5, "a": 1}})

    _update(service, {"desired": {"a": 2}}, now=NOW + 10)

    assert service.documents[LAMP].metadata == {
        "desired": {"timestamp": {"timestamp": 1_700_000_000}, "a": {"timestamp": 1_700_000_010}}
    }


def test_array_has_a_stamp_for_each_item() -> None:
    service = ReplicaService()

    _update(service, {"desired": {"a": [1, {"b": 2}]}})

    stamp = {"timestamp": 1_700_000_000}
    assert service.documents[LAMP].metadata == {"desired": {"a": [stamp, {"b": stamp}]}}


def _update(service: ReplicaService, state: dict[str, Any], *, version: int | None = None, now: float = NOW) -> Reply:
    request = {"state": state} | ({} if version is None else {"version": version})
    return service.ask(LAMP, Operation.UPDATE, json.dumps(request).encode(), now)


def _said(reply: Reply) -> list[tuple[str, dict[str, Any]]]:
    return _read(reply.messages)


def _read(messages: Sequence[Message]) -> list[tuple[str, dict[str, Any]]]:
    return [(message.topic, json.loads(message.payload)) for message in messages]


def _got(service: ReplicaService) -> dict[str, Any]:
    return service.ask(LAMP, Operation.GET, b"", NOW).body


def _refusal(reply: Reply) -> tuple[object, object]:
    assert reply.answer is AnswerLevel.REJECTED
    return reply.body["code"], reply.body["message"]


def _metadata(*names: str) -> dict[str, Any]:
    return {"metadata": {name: {"timestamp": 1_700_000_000} for name in names}}


def _tail(version: int) -> dict[str, Any]:
    return {"version": version, "timestamp": 1_700_000_000}
