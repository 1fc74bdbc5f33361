"""Drafts of what a manager would send to an agent."""

import json

from simulator.update.agent_variations.variation import HEALTHY
from simulator.update.declared import DeviceFile
from simulator.update.standalone.drafts import drafts_of
from simulator.update.targets.agent import AGENT
from simulator.update.targets.linked_machines import simulated_agent


def test_drafts_are_of_what_the_agent_has_and_at_its_topics() -> None:
    drafts = [one.as_json() for one in drafts_of(simulated_agent(DeviceFile.read(AGENT), HEALTHY), 7.0)]

    desired, first = (json.loads(str(one["payload"])) for one in drafts[:2])

    assert [one["topic"] for one in drafts[:2]] == [
        "containersupdate/desiredstate",
        "containersupdate/desiredstate/command",
    ]
    assert (desired["activityId"], desired["timestamp"]) == ("panel-7", 7000)
    [domain] = desired["payload"]["domains"]
    assert {one["id"]: one["version"] for one in domain["components"]} == {"web": "1.0", "store": "4.3"}
    assert first["payload"] == {"command": "DOWNLOAD"}
