"""Agents whose messages break a clause, wherever they come: envelopes, statuses, texts, topics, QoS."""

import json
from collections.abc import Callable

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.phase_report import Utterance
from simulator.update.agent.request import CHECKS, UpdateRequest
from simulator.update.agent.rules import IdentifyingRules, TellingRules
from simulator.update.agent.rules.telling import Content, message
from simulator.update.agent_variations.variation import deviation, other_side

Encode = Callable[..., bytes]


def _rewritten(rewrite: Callable[[dict[str, JSON], Content], dict[str, JSON]]) -> Encode:
    """Messages whose envelope is rewritten; `rewrite` is given the envelope and the payload."""

    def encode(payload: Content, activity: str, now: float, *, enveloped: bool) -> bytes:
        content: dict[str, JSON] = json.loads(message(payload, activity, now, enveloped=enveloped))
        return json.dumps(rewrite(content, payload)).encode()

    return encode


def _stamped(stamp: Callable[[float], JSON]) -> Encode:
    """Messages with another timestamp, by the right one in milliseconds."""

    def rewrite(content: dict[str, JSON], _payload: Content) -> dict[str, JSON]:
        told = content["timestamp"]
        return content | {"timestamp": stamp(told if isinstance(told, int | float) else 0)}

    return _rewritten(rewrite)


def _without_activity(content: dict[str, JSON], payload: Content) -> dict[str, JSON]:
    """Progress belongs to nobody."""
    is_progress = payload.get("status") == FeedbackStatus.DOWNLOADING
    return {name: value for name, value in content.items() if name != "activityId" or not is_progress}


def _not_a_number(payload: Content, activity: str, now: float, *, enveloped: bool) -> bytes:
    """Progress is NaN, as some libraries write what they cannot tell."""
    return message(payload, activity, now, enveloped=enveloped).replace(b'"progress":25', b'"progress":NaN')


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
    deviation("progress-is-not-a-number", TellingRules(encode=_not_a_number), breaks="agent-message.is-json"),
    deviation(
        "timestamp-as-text",
        TellingRules(encode=_stamped(lambda stamp: str(int(stamp)))),
        breaks="agent-message.envelope",
    ),
    deviation(
        "progress-without-activity",
        TellingRules(encode=_rewritten(_without_activity)),
        breaks="agent-message.envelope",
        implies=("agent-message.activity",),
    ),
    deviation(
        "timestamp-in-seconds",
        TellingRules(encode=_stamped(lambda stamp: int(stamp / 1000))),
        breaks="agent-message.timestamp",
    ),
    deviation(
        "timestamp-of-another-hour",
        TellingRules(encode=_stamped(lambda stamp: int(stamp) + 3_600_000)),
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
