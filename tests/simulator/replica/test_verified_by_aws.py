"""Both models, and the whole service over REST, do what AWS was seen to do: facts in a file, none of them ours.

A step of a case updates, deletes, or only looks. `answer`: part of that of the update. `refused`: its code and message.
`document`: the state that is read back then, None where there is no document.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from harness.clock import Clock, new_loop
from harness.protocols.replica.judging.flat_document import FlatDocument, Leaves, flat, is_leaf_for_leaf
from harness.protocols.replica.words.topics import Scheme
from simulator.replica.document import Document, updated
from simulator.replica.rejection import Rejection
from simulator.replica.requests import Limits, update_of
from tests.simulator.replica.running import Running, running

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("verified_by_aws.json").read_text("utf-8"))["cases"]
OF_ONE_DOCUMENT = [
    case for case in CASES if not any({"delete", "named", "names"} & step.keys() for step in case["steps"])
]


def _name(case: dict[str, Any]) -> str:
    return str(case["name"]).replace(" ", "-")


@pytest.mark.parametrize("case", OF_ONE_DOCUMENT, ids=_name)
def test_document_of_the_service_is_that_of_aws(case: dict[str, Any]) -> None:
    document = Document()
    for step in case["steps"]:
        request = update_of({"state": step["update"], "version": step.get("for_version")}, Limits())
        if "refused" in step:
            with pytest.raises(Rejection) as raised:
                updated(document, request, 0, Limits())
            assert [raised.value.code, raised.value.message] == step["refused"]
        else:
            document = updated(document, request, 0, Limits()).document
        found = document.state | ({"delta": document.delta} if document.delta else {})

        assert found == step.get("document", found)
        assert document.version == step.get("answer", {}).get("version", document.version)


@pytest.mark.parametrize("case", OF_ONE_DOCUMENT, ids=_name)
def test_document_of_the_suites_is_that_of_aws(case: dict[str, Any]) -> None:
    document = FlatDocument()
    for step in case["steps"]:
        if "refused" in step:
            assert step["for_version"] != document.version
        else:
            document = document.after(step["update"])
        for section, leaves in _parts(document).items():
            assert is_leaf_for_leaf(leaves, flat(step["document"].get(section, {})) if "document" in step else leaves)


def test_whole_service_answers_over_rest_as_aws_does(tmp_path: Path) -> None:
    async def check() -> None:
        async with running(tmp_path, Scheme.AWS) as service:
            for number, case in enumerate(CASES):
                for step in case["steps"]:
                    await _holds(service, f"thing-{number}", step, case["name"])

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        runner.run(check())


async def _holds(service: Running, thing: str, step: dict[str, Any], where: str) -> None:
    path = f"/things/{thing}/shadow" + (f"?name={step['named']}" if "named" in step else "")
    if "update" in step:
        version = {"version": step["for_version"]} if "for_version" in step else {}
        status, body = await service.asked("POST", path, json.dumps({"state": step["update"], **version}).encode())
        code, message = step.get("refused", (200, body.get("message")))
        assert (status, body.get("message")) == (code, message), where
        expected = step.get("answer", {})
        assert {name: body.get(name) for name in expected} == expected, where
        if step["update"] is None:
            assert body["metadata"] == {"timestamp": body["timestamp"]}, where
    if "delete" in step:
        assert (await service.asked("DELETE", path))[0] == 200, where
    if "names" in step:
        _, listed = await service.asked("GET", f"/api/things/shadow/ListNamedShadowsForThing/{thing}")
        assert listed["results"] == step["names"], where
    if "document" in step:
        status, body = await service.asked("GET", path)
        assert (status, body.get("state")) == ((404, None) if step["document"] is None else (200, step["document"]))
        if step["document"] == {}:
            assert body["metadata"] == {}, where


def _parts(document: FlatDocument) -> dict[str, Leaves]:
    return {"desired": document.desired, "reported": document.reported, "delta": document.delta}
