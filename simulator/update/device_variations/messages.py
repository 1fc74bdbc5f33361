"""Devices whose messages break a clause, wherever they come: envelopes, statuses, texts, topics, QoS."""

from collections.abc import Callable

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.request import UpdateRequest
from simulator.update.agent.rules.telling import Content
from simulator.update.device.rules import DeviceIdentifyingRules, DeviceTellingRules
from simulator.update.device.rules.identifying import CHECKS
from simulator.update.device.utterance import DeviceUtterance
from simulator.update.device_variations.variation import deviation, other_side
from simulator.update.message_styles import not_a_number, rewritten, stamped


def _running_without_activity(content: JSON) -> JSON:
    payload = content.get("payload") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(payload, dict) or payload.get("status") != "RUNNING":
        return content
    return {name: value for name, value in content.items() if name != "activityId"}


def _only_behind(status: FeedbackStatus, more: Content) -> Callable[[Content, DeviceUtterance], Content]:
    """These fields in feedback of that status alone."""
    return lambda content, utterance: content | more if utterance.status is status else content


def _spelt_in_the_table(status: ActionStatus) -> JSON:
    is_other = status is ActionStatus.DOWNLOAD_SUCCESS
    return status.replace("DOWNLOAD_", "DOWNLOADED_") if is_other else status.value


def _has_known_fields(request: UpdateRequest) -> str | None:
    return f"unknown field {request.unknown[0]}" if request.unknown else None


_TABLE = DeviceTellingRules(action_status=_spelt_in_the_table)

MESSAGES = (
    deviation(
        "device-speaks-at-another-topic-too",
        DeviceTellingRules(topics=lambda topic: (topic, topic.replace("update/", "-update/"))),
        breaks="device-message.topic",
    ),
    deviation(
        "device-progress-is-not-a-number", DeviceTellingRules(encode=not_a_number), breaks="device-message.is-json"
    ),
    deviation("device-timestamp-as-text", DeviceTellingRules(encode=stamped(str)), breaks="device-message.envelope"),
    deviation(
        "running-without-activity",
        DeviceTellingRules(encode=rewritten(_running_without_activity)),
        breaks="device-message.envelope",
        implies=(
            "device-message.activity",
            "device-end.transitions",
            "device-end.superseded",
            "device-end.new-desired-state",
            "device-end.resumes",
            "device-inventory.answers-in-the-middle",
        ),
    ),
    deviation(
        "device-timestamp-in-seconds",
        DeviceTellingRules(encode=stamped(lambda stamp: stamp // 1000)),
        breaks="device-message.timestamp",
    ),
    deviation(
        "device-activity-in-ascii",
        DeviceTellingRules(activity=lambda activity, _said: activity.encode("ascii", "ignore").decode()),
        breaks="device-message.activity",
        implies=(
            "device-end.completed-only-if-all",
            "device-end.one",
            "device-end.in-time",
            "device-identification.begins",
            "device-identification.in-time",
        ),
    ),
    deviation(
        "running-is-called-busy",
        DeviceTellingRules(status=lambda status: "BUSY" if status is FeedbackStatus.RUNNING else status.value),
        breaks="device-message.status",
        implies=(
            "device-end.transitions",
            "device-end.superseded",
            "device-end.new-desired-state",
            "device-end.resumes",
            "device-inventory.answers-in-the-middle",
        ),
    ),
    deviation("device-spelt-as-in-the-table", _TABLE, breaks="device-message.spelling"),
    other_side("device-spelt-as-in-its-table", _TABLE, shows="device-message.spelling"),
    deviation(
        "device-message-is-a-number",
        DeviceTellingRules(feedback=_only_behind(FeedbackStatus.RUNNING, {"message": 7})),
        breaks="device-message.text",
    ),
    deviation(
        "device-baseline-that-nobody-desired",
        DeviceTellingRules(feedback=_only_behind(FeedbackStatus.RUNNING, {"baseline": "set 0"})),
        breaks="device-message.baseline",
        implies=("device-end.transitions", "device-end.superseded"),
    ),
    deviation("device-feedback-retained", DeviceTellingRules(retain=True), breaks="device-message.not-retained"),
    deviation("device-feedback-at-qos-0", DeviceTellingRules(qos=0), breaks="device-message.not-retained"),
    other_side(
        "device-refuses-fields-that-nobody-knows",
        DeviceIdentifyingRules(checks=(*CHECKS, _has_known_fields)),
        shows="device-message.extra-fields",
    ),
)
