"""Devices whose messages break a clause, wherever they come: envelopes, statuses, texts, topics, QoS."""

from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.agent.request import has_known_fields
from simulator.update.device.rules import DeviceIdentifyingRules, DeviceInventoryRules
from simulator.update.device.rules.identifying import CHECKS
from simulator.update.device_variations.variation import deviation, other_side
from simulator.update.feedback.styles import SPELT_IN_THE_TABLE, with_fields, without_activity
from simulator.update.feedback.writing_rules import WritingRules
from simulator.update.message_styles import not_a_number, rewritten, stamped

MESSAGES = (
    deviation(
        "device-speaks-at-another-topic-too",
        WritingRules(topics=lambda topic: (topic, topic.replace("update/", "-update/"))),
        breaks="device-message.topic",
    ),
    deviation("device-progress-is-not-a-number", WritingRules(encode=not_a_number), breaks="device-message.is-json"),
    deviation(
        "device-timestamp-as-text",
        WritingRules(encode=stamped(str)),
        DeviceInventoryRules(encode=stamped(str)),
        breaks="device-message.envelope",
    ),
    deviation(
        "running-without-activity",
        WritingRules(encode=rewritten(without_activity(FeedbackStatus.RUNNING))),
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
        WritingRules(encode=stamped(lambda stamp: stamp // 1000)),
        breaks="device-message.timestamp",
    ),
    deviation(
        "device-activity-in-ascii",
        WritingRules(activity=lambda activity, _said: activity.encode("ascii", "ignore").decode()),
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
        WritingRules(status=lambda status: "BUSY" if status is FeedbackStatus.RUNNING else status.value),
        breaks="device-message.status",
        implies=(
            "device-end.transitions",
            "device-end.superseded",
            "device-end.new-desired-state",
            "device-end.resumes",
            "device-inventory.answers-in-the-middle",
        ),
    ),
    deviation("device-spelt-as-in-the-table", SPELT_IN_THE_TABLE, breaks="device-message.spelling"),
    other_side("device-spelt-as-in-its-table", SPELT_IN_THE_TABLE, shows="device-message.spelling"),
    deviation(
        "device-message-is-a-number",
        with_fields(FeedbackStatus.RUNNING, {"message": 7}),
        breaks="device-message.text",
    ),
    deviation(
        "device-baseline-that-nobody-desired",
        with_fields(FeedbackStatus.RUNNING, {"baseline": "set 0"}),
        breaks="device-message.baseline",
        implies=("device-end.transitions", "device-end.superseded"),
    ),
    deviation("device-feedback-retained", WritingRules(retain=True), breaks="device-message.not-retained"),
    deviation("device-feedback-at-qos-0", WritingRules(qos=0), breaks="device-message.not-retained"),
    other_side(
        "device-refuses-fields-that-nobody-knows",
        DeviceIdentifyingRules(checks=(*CHECKS, has_known_fields)),
        shows="device-message.extra-fields",
    ),
)
