"""Services that heed versions, tokens and times otherwise than they must, or take what they must refuse."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import AnswerLevel, Operation
from simulator.replica.document import Document, Updated, updated
from simulator.replica.merge import Object
from simulator.replica.rejection import Rejection
from simulator.replica.requests import Limits, UpdateRequest, body_of, update_of
from simulator.replica.service import Message, Reply
from simulator.replica.service_variations.deltas import version_after
from simulator.replica.service_variations.telling import Content, Says, changed, moved, state_of
from simulator.replica.service_variations.variation import AWS_ONLY, deviation
from simulator.replica.service_variations.writing import ending_in, without_nulls

_NO_SUCH = 1_000_000  # a version that is never there


def _read_after(change: Callable[[Object], Object]) -> Callable[[JSON, Limits], UpdateRequest]:
    """The update that a body would ask for if it were another."""
    return lambda body, limits: update_of(change(dict(body)) if isinstance(body, dict) else body, limits)


def _without(*names: str) -> Callable[[Object], Object]:
    return lambda body: {name: value for name, value in body.items() if name not in names}


def _with_a_sound_version(body: Object) -> Object:
    return body if _has_a_sound_version(body) else _without("version")(body)


def _for_no_version_there(body: Object) -> Object:
    return {**body, "version": _NO_SUCH} if _has_a_sound_version(body) else body


def _for_any_version(body: Object) -> Object:
    return _without("version")(body) if _has_a_sound_version(body) else body


def _has_a_sound_version(body: Object) -> bool:
    version = body.get("version")
    return type(version) is int and version >= 0


def _asked_for_a_version(body: JSON, limits: Limits) -> UpdateRequest:
    if isinstance(body, dict) and body.get("state") == {"desired": {"lamp": "any"}}:
        raise Rejection(409, "Version missing")
    return update_of(body, limits)


def _next_version(content: Content) -> Content:
    return {**content, "version": content["version"] + 1} if content["state"] == {"lamp": "on"} else content


def _loses_tokens(content: Content) -> Content:
    return content if content.get("clientToken") == "a-question" else {**content, "clientToken": None}


def _of_shorter_tokens(body: JSON, limits: Limits) -> UpdateRequest:
    return update_of(body, replace(limits, token=limits.token - 1))


def _without_times(content: Content) -> Content:
    return {**content, "metadata": {**content["metadata"], "reported": {}}} if "metadata" in content else content


def _of_one_time(content: Content) -> Content:
    def dated(part: JSON) -> JSON:
        if isinstance(part, dict):
            is_time = type(part.get("timestamp")) is int
            return {"timestamp": 1} if is_time else {name: dated(inner) for name, inner in part.items()}
        return [dated(item) for item in part] if isinstance(part, list) else part

    return {**content, "metadata": dated(content["metadata"])} if "metadata" in content else content


def _reads_anything(payload: bytes, no_utf_8: tuple[int, str]) -> JSON:
    try:
        return body_of(payload, no_utf_8)
    except Rejection:
        return {"state": {}}


def _of_objects(body: Object) -> Object:
    if "state" not in body:
        return body
    state = body["state"]
    if not isinstance(state, dict):
        return {**body, "state": None if state is None else {}}
    return {**body, "state": {name: part if isinstance(part, dict | None) else {} for name, part in state.items()}}


def _of_known_sections(body: Object) -> Object:
    state = body.get("state")
    if not isinstance(state, dict):
        return body
    return {**body, "state": {name: part for name, part in state.items() if name in ("desired", "reported")}}


def _without_null_items(body: Object) -> Object:
    state = body.get("state")
    if isinstance(state, dict) and isinstance(part := state.get("reported"), dict) and "list" in part:
        return {**body, "state": {**state, "reported": without_nulls(part)}}
    return body


def _within(size: int = 0, depth: int = 0) -> Callable[[JSON, Limits], UpdateRequest]:
    return lambda body, limits: update_of(body, replace(limits, size=limits.size + size, depth=limits.depth + depth))


def _sized(more: int) -> Callable[[Document, UpdateRequest, float, Limits], Updated]:
    return lambda old, request, now, limits: updated(old, request, now, replace(limits, size=limits.size + more))


def _refuses(having: Callable[[Content], bool], code: int) -> Says:
    """An update that was recorded is told as refused, where its answer is like that."""

    def says(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        is_it = (reply.operation, reply.answer) == (Operation.UPDATE, AnswerLevel.ACCEPTED) and having(reply.body)
        refusal = {"code": code, "message": "No", "timestamp": reply.body["timestamp"]} if is_it else {}
        return (moved(messages[-1], "rejected", refusal),) if is_it else messages

    return says


def _is_beyond(limit: int) -> Callable[[Content], bool]:
    """Whether an update fills the second half of a document with more letters than that."""

    def having(told: Content) -> bool:
        reported = state_of(told, "reported")
        return isinstance(reported, dict) and set(reported) == {"second"} and len(reported["second"]) > limit

    return having


def _tells_refusals(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    if (reply.operation, reply.answer) != (Operation.UPDATE, AnswerLevel.REJECTED):
        return messages
    told: Content = {"state": {"lamp": "on"}, "timestamp": reply.body["timestamp"]}
    return (*messages, moved(messages[-1], "delta", told))


def _of_another_code(told: Content) -> Content:
    """Not for what changed meanwhile: that is another clause's."""
    return {**told, "code": {400: 422, 413: 422, 415: 422}.get(told["code"], told["code"])}


# Where a spec has codes, each of these names one.
_WITH_A_CODE = (
    "answer.get-of-nothing-is-404",
    "delete.leaves-only-the-version",
    "names.are-apart",
    "refusal.has-its-code",
    "token.is-a-short-text",
    "version.conflict-is-409",
    "version.is-a-whole-number",
)

REQUESTS = (
    deviation(
        "skips-a-version",
        breaks="version.rises-by-one",
        update=ending_in(version_after(1, {"reported": {"light": "on"}})),
    ),
    deviation("tells-another-version", breaks="version.rises-by-one", says=changed(_next_version, "/delta")),
    deviation("heeds-no-version", breaks="version.conflict-is-409", request=_read_after(_for_any_version)),
    deviation(
        "refuses-its-own-version", breaks="version.match-is-accepted", request=_read_after(_for_no_version_there)
    ),
    deviation("asks-for-a-version", breaks="version.match-is-accepted", request=_asked_for_a_version),
    deviation("takes-any-version", breaks="version.is-a-whole-number", request=_read_after(_with_a_sound_version)),
    deviation("loses-tokens", breaks="token.is-repeated", says=changed(_loses_tokens)),
    deviation(
        "invents-tokens",
        breaks="token.is-not-invented",
        says=changed(lambda told: {"clientToken": "of-the-service", **told}),
    ),
    deviation("takes-any-token", breaks="token.is-a-short-text", request=_read_after(_without("clientToken"))),
    deviation("takes-shorter-tokens", breaks="token.is-a-short-text", request=_of_shorter_tokens),
    deviation("dates-no-reports", breaks="metadata.mirrors-the-state", says=changed(_without_times, "get/accepted")),
    deviation("dates-all-alike", breaks="metadata.mirrors-the-state", says=changed(_of_one_time, "get/accepted")),
    deviation(
        "tells-milliseconds",
        breaks="metadata.timestamp-is-now",
        says=changed(lambda told: {**told, "timestamp": told["timestamp"] * 1000}),
    ),
    deviation("takes-what-is-no-json", breaks="refusal.of-what-is-no-json", read=_reads_anything),
    deviation(
        "needs-no-state",
        breaks="refusal.without-a-state",
        request=_read_after(lambda body: body if "state" in body else {"state": {}}),
    ),
    deviation("takes-what-is-no-object", breaks="refusal.of-what-is-no-object", request=_read_after(_of_objects)),
    deviation("takes-any-section", breaks="refusal.of-unknown-sections", request=_read_after(_of_known_sections)),
    deviation("takes-null-in-arrays", breaks="refusal.of-null-in-arrays", request=_read_after(_without_null_items)),
    deviation("has-less-room", breaks="refusal.of-what-is-too-large", update=_sized(-1)),
    deviation("has-more-room", breaks="refusal.of-what-is-too-large", about=AWS_ONLY, update=_sized(1)),
    deviation(
        "records-what-is-too-large",
        breaks="refusal.of-what-is-too-large",
        update=_sized(1),
        says=_refuses(_is_beyond(8192 // 2 - 25), 413),
    ),
    deviation("is-less-deep", breaks="refusal.of-what-is-too-deep", request=_within(depth=-1)),
    deviation("is-deeper", breaks="refusal.of-what-is-too-deep", request=_within(depth=1)),
    deviation(
        "refuses-with-other-codes",
        breaks="refusal.has-its-code",
        implies=("token.is-a-short-text", "version.is-a-whole-number"),
        says=changed(_of_another_code, "update/rejected"),
    ),
    deviation(
        "refuses-without-a-code",
        breaks="refusal.says-why",
        implies=_WITH_A_CODE,
        says=changed(lambda told: {name: told[name] for name in told if name != "code"}, "/rejected"),
    ),
    deviation(
        "refuses-without-a-word",
        breaks="refusal.says-why",
        says=changed(lambda told: {name: told[name] for name in told if name != "message"}, "update/rejected"),
    ),
    deviation(
        "records-what-it-refuses",
        breaks="refusal.changes-nothing",
        request=_read_after(_of_known_sections),
        says=_refuses(lambda told: told["state"] in ({"reported": {"lamp": "bad"}}, {}), 400),
    ),
    deviation("tells-of-what-it-refuses", breaks="refusal.changes-nothing", says=_tells_refusals),
)
