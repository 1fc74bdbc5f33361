"""Agents whose messages break a clause, wherever they come: envelopes, statuses, texts, topics, QoS."""

from collections.abc import Callable

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.phase_report import Utterance
from simulator.update.agent.request import CHECKS, UpdateRequest
from simulator.update.agent.rules import IdentifyingRules, TellingRules
from simulator.update.agent.rules.telling import Content
from simulator.update.agent_variations.variation import deviation, other_side
from simulator.update.message_styles import not_a_number, rewritten, stamped


def _progress_without_activity(content: JSON) -> JSON:
    payload = content.get("payload") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(payload, dict) or payload.get("status") != "DOWNLOADING":
        return content
    return {name: value for name, value in content.items() if name != "activityId"}


def _only_behind(status: FeedbackStatus, more: Content) -> Callable[[Content, Utterance], Content]:
    """These fields in feedback of that status alone."""
    return lambda content, utterance: content | more if utterance.status is status else content


def _spelt_in_the_table(status: ActionStatus) -> JSON:
    is_other = status is ActionStatus.DOWNLOAD_SUCCESS
    return status.replace("DOWNLOAD_", "DOWNLOADED_") if is_other else status.value


def _has_known_fields(request: UpdateRequest) -> str | None:
    return f"unknown field {request.unknown[0]}" if request.unknown else None


_TABLE = TellingRules(action_status=_spelt_in_the_table)

MESSAGES = (
    deviation(
        "speaks-at-another-domains-topic-too",
        TellingRules(topics=lambda topic: (topic, topic.replace("update/", "-update/"))),
        breaks="agent-message.topic",
    ),
    deviation("progress-is-not-a-number", TellingRules(encode=not_a_number), breaks="agent-message.is-json"),
    deviation(
        "timestamp-as-text",
        TellingRules(encode=stamped(str)),
        breaks="agent-message.envelope",
    ),
    deviation(
        "progress-without-activity",
        TellingRules(encode=rewritten(_progress_without_activity)),
        breaks="agent-message.envelope",
        implies=("agent-message.activity",),
    ),
    deviation(
        "timestamp-in-seconds",
        TellingRules(encode=stamped(lambda stamp: stamp // 1000)),
        breaks="agent-message.timestamp",
    ),
    deviation(
        "timestamp-of-another-hour",
        TellingRules(encode=stamped(lambda stamp: stamp + 3_600_000)),
        breaks="agent-message.timestamp",
    ),
    deviation(
        "activity-in-ascii",
        TellingRules(activity=lambda activity, _number: activity.encode("ascii", "ignore").decode()),
        breaks="agent-message.activity",
    ),
    deviation(
        "cleanup-is-called-cleaning",
        TellingRules(status=lambda status: "CLEANING" if status is FeedbackStatus.CLEANUP else status.value),
        breaks="agent-message.status",
    ),
    deviation(
        "spelt-as-in-the-table",
        _TABLE,
        breaks="agent-message.spelling",
    ),
    other_side("spelt-as-in-its-table", _TABLE, shows="agent-message.spelling"),
    deviation(
        "message-is-a-number",
        TellingRules(feedback=_only_behind(FeedbackStatus.IDENTIFIED, {"message": 7})),
        breaks="agent-message.text",
    ),
    deviation(
        "baseline-that-nobody-desired",
        TellingRules(feedback=_only_behind(FeedbackStatus.DOWNLOADING, {"baseline": "set 0"})),
        breaks="agent-message.baseline",
    ),
    deviation("feedback-retained", TellingRules(retain=True), breaks="agent-message.not-retained"),
    deviation("feedback-at-qos-0", TellingRules(qos=0), breaks="agent-message.not-retained"),
    other_side(
        "refuses-fields-that-nobody-knows",
        IdentifyingRules(checks=(*CHECKS, _has_known_fields)),
        shows="agent-message.extra-fields",
    ),
)
