"""Agents whose messages break a clause, wherever they come: envelopes, statuses, texts, topics, QoS."""

from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.agent.request import CHECKS, has_known_fields
from simulator.update.agent.rules import IdentifyingRules, InventoryRules
from simulator.update.agent_variations.variation import deviation, other_side
from simulator.update.feedback.styles import SPELT_IN_THE_TABLE, with_fields, without_activity
from simulator.update.feedback.writing_rules import WritingRules
from simulator.update.message_styles import not_a_number, rewritten, stamped

MESSAGES = (
    deviation(
        "speaks-at-another-domains-topic-too",
        WritingRules(topics=lambda topic: (topic, topic.replace("update/", "-update/"))),
        breaks="agent-message.topic",
    ),
    deviation("progress-is-not-a-number", WritingRules(encode=not_a_number), breaks="agent-message.is-json"),
    deviation(
        "timestamp-as-text",
        WritingRules(encode=stamped(str)),
        InventoryRules(encode=stamped(str)),
        breaks="agent-message.envelope",
    ),
    deviation(
        "progress-without-activity",
        WritingRules(encode=rewritten(without_activity(FeedbackStatus.DOWNLOADING))),
        breaks="agent-message.envelope",
        implies=("agent-message.activity",),
    ),
    deviation(
        "timestamp-in-seconds",
        WritingRules(encode=stamped(lambda stamp: stamp // 1000)),
        breaks="agent-message.timestamp",
    ),
    deviation(
        "timestamp-of-another-hour",
        WritingRules(encode=stamped(lambda stamp: stamp + 3_600_000)),
        breaks="agent-message.timestamp",
    ),
    deviation(
        "activity-in-ascii",
        WritingRules(activity=lambda activity, _number: activity.encode("ascii", "ignore").decode()),
        breaks="agent-message.activity",
    ),
    deviation(
        "cleanup-is-called-cleaning",
        WritingRules(status=lambda status: "CLEANING" if status is FeedbackStatus.CLEANUP else status.value),
        breaks="agent-message.status",
    ),
    deviation(
        "spelt-as-in-the-table",
        SPELT_IN_THE_TABLE,
        breaks="agent-message.spelling",
    ),
    other_side("spelt-as-in-its-table", SPELT_IN_THE_TABLE, shows="agent-message.spelling"),
    deviation(
        "message-is-a-number",
        with_fields(FeedbackStatus.IDENTIFIED, {"message": 7}),
        breaks="agent-message.text",
    ),
    deviation(
        "baseline-that-nobody-desired",
        with_fields(FeedbackStatus.DOWNLOADING, {"baseline": "set 0"}),
        breaks="agent-message.baseline",
    ),
    deviation("feedback-retained", WritingRules(retain=True), breaks="agent-message.not-retained"),
    deviation("feedback-at-qos-0", WritingRules(qos=0), breaks="agent-message.not-retained"),
    other_side(
        "refuses-fields-that-nobody-knows",
        IdentifyingRules(checks=(*CHECKS, has_known_fields)),
        shows="agent-message.extra-fields",
    ),
)
