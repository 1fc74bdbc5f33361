"""A message of the shape of each topic that the source document names goes through a whole service."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.mqtt.link import connect
from tests.simulator.replica.running import running
from tests.simulator.udmi.standalone.standing import in_real_time

OFF = {"state": {"reported": {"light": "off"}}}
WISH = {"state": {"desired": {"light": "on"}}}
ON = {"state": {"reported": {"light": "on"}}}

# Each step has what is published where, and the topics at which the replica then speaks, in order, each with its state.
STEPS: list[tuple[str, Any, list[tuple[str, Any]]]] = [
    ("get", None, [("get/rejected", None)]),
    ("update", OFF, [("update/delta", {}), ("update/accepted", OFF["state"])]),
    ("update", WISH, [("update/delta", {"light": "on"}), ("update/accepted", WISH["state"])]),
    (
        "get",
        None,
        [("get/accepted", {"reported": {"light": "off"}, "desired": {"light": "on"}, "delta": {"light": "on"}})],
    ),
    ("update", ON, [("update/delta", {}), ("update/accepted", ON["state"])]),
    ("get", {}, [("get/accepted", {"reported": {"light": "on"}, "desired": {"light": "on"}})]),
]
NAMED = {"update", "update/delta", "update/accepted", "get", "get/accepted", "get/rejected"}


def test_every_topic_of_the_document_is_there() -> None:
    assert {topic for asked, _, told in STEPS for topic in (asked, *(one for one, _ in told))} == NAMED


@pytest.mark.timeout(60)
def test_message_of_the_shape_of_each_topic_is_taken_or_told(tmp_path: Path) -> None:
    async def drive() -> None:
        async with running(tmp_path) as service, connect(service.broker, "component") as link:
            answers = sorted({topic for _, _, told in STEPS for topic, _ in told})
            await link.subscribe(*(f"state/deviceID/{topic}" for topic in answers))
            heard = link.deliveries()
            for asked, content, expected in STEPS:
                payload = b"" if content is None else json.dumps(content).encode()
                await link.publish(f"state/deviceID/{asked}", payload)

                said = [await anext(heard) for _ in expected]
                assert [(one.topic, json.loads(one.payload).get("state")) for one in said] == [
                    (f"state/deviceID/{topic}", state) for topic, state in expected
                ]
            shown = {"reported": {"light": "on"}, "desired": {"light": "on"}}
            status, document = await service.asked("GET", "/state/deviceID/get")
            assert (status, document["state"]) == (200, shown)

    in_real_time(drive())
