"""Records of a run with an update agent, or a device, made by hand."""

import json
from collections.abc import Mapping, Sequence

from harness.payload.values import JSON
from harness.protocols.update.profile import Role, UpdateProfile
from harness.protocols.update.words.spec import UpdateSpec
from harness.record.kinds import Began, Closed, Ended, Opened, Received, Record, Sent
from harness.record.lines import FORMAT

NAME = "made_up"
AGENT = UpdateProfile("GW-1", Role.AGENT, "containers")
DEVICE = UpdateProfile("GW-1", Role.DEVICE, "device", played=("lab",))
Steps = Mapping[str, tuple[str, JSON]]  # status and progress of each component


def sent(time: float, topic: str, payload: JSON, label: str = "", activity: str = "a") -> Sent:
    """A message of ours."""
    return Sent(time, topic, _message(payload, activity), label)


def heard(time: float, topic: str, payload: JSON, activity: str = "a") -> Received:
    """A message that came."""
    return Received(time, topic, _message(payload, activity), retain=False)


def feedback(time: float, status: str, steps: Steps, domain: str = "containers", activity: str = "a") -> Received:
    """Feedback of the domain, with an action for each component."""
    actions: list[JSON] = [
        {"component": {"id": name, "version": "2"}, "status": step, "progress": progress}
        for name, (step, progress) in steps.items()
    ]
    return heard(time, f"{domain}update/desiredstatefeedback", {"status": status, "actions": actions}, activity)


def run_with(*records: Record, profile: UpdateProfile = AGENT) -> Sequence[Record]:
    """A run of one scenario; the first of these records is its third."""
    subject = f"update-{profile.role}"
    began = Began(0.0, FORMAT, "test", UpdateSpec.DIAGRAMS, "virtual", "made up", profile.as_dict(), (), subject)
    return [began, Opened(0.0, NAME), *records, Closed(20), Ended(20)]


def _message(payload: JSON, activity: str) -> bytes:
    return json.dumps({"activityId": activity, "timestamp": 1, "payload": payload}).encode()
