"""Services that answer otherwise than they must."""

from harness.protocols.replica.words.topics import AnswerLevel, Operation
from simulator.replica.service import Message, Reply
from simulator.replica.service_variations.telling import Content, changed, moved, state_of, without
from simulator.replica.service_variations.variation import deviation, mute

_NO = {"code": 400, "message": "Not now"}
_PART = 5  # of a burst, of which one is not answered


def _is_of_nobody(reply: Reply) -> bool:
    return reply.replica.device.endswith("-nobody")


def _is_of_a_lamp(reply: Reply) -> bool:
    return reply.operation is Operation.GET and reply.body.get("state") == {"reported": {"lamp": "on"}}


def _is_lit(content: Content) -> bool:
    return bool(state_of(content, "reported") == state_of(content, "desired") == {"light": "on"})


def _shows_nobody(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    if not _is_of_nobody(reply):
        return messages
    return tuple(moved(one, "accepted", {"state": {}, "version": 1, "timestamp": _time(reply)}) for one in messages)


def _time(reply: Reply) -> object:
    return reply.body["timestamp"]


def _answers_both_ways(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    is_of_it = _is_of_a_lamp(reply) or (_is_of_nobody(reply) and reply.operation is Operation.GET)
    if not is_of_it:
        return messages
    accepts = reply.answer is AnswerLevel.ACCEPTED
    other = _NO if accepts else {"state": {}, "version": 1, "timestamp": _time(reply)}
    return (*messages, moved(messages[-1], "rejected" if accepts else "accepted", other))


def _refuses_some_gets(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    if not _is_of_a_lamp(reply):
        return messages
    token = {"clientToken": reply.body["clientToken"]} if "clientToken" in reply.body else {}
    return tuple(moved(one, "rejected", {**_NO, **token}) for one in messages)


def _shows_the_state_of_before(content: Content) -> Content:
    if _is_lit(content):
        content["state"]["reported"] = {"light": "off"}
    return content


def _of_another_code(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    return changed(lambda told: {**told, "code": 400})(reply, messages) if _is_of_nobody(reply) else messages


def _is_lost(content: Content) -> bool:
    burst = state_of(content, "reported", "burst")
    return isinstance(burst, int) and burst % _PART == _PART - 1


ANSWERS = (
    mute("says-nothing", says=lambda _reply, _messages: ()),
    deviation(
        "accepts-a-report-in-silence",
        breaks="answer.report-is-accepted",
        says=without("update/accepted", having=lambda told: told["state"] == {"reported": {"light": "on"}}),
    ),
    deviation(
        "accepts-no-component",
        breaks="answer.every-update-is-accepted",
        says=without("update/accepted", having=lambda told: told["state"] == {"desired": {"light": "on"}}),
    ),
    deviation(
        "accepts-no-first-report",
        breaks="answer.every-update-is-accepted",
        says=without("update/accepted", having=lambda told: told["state"] == {"reported": {"light": "off"}}),
    ),
    deviation(
        "answers-no-get-of-a-light", breaks="answer.get-is-answered", says=without("get/accepted", having=_is_lit)
    ),
    deviation(
        "shows-the-state-of-before",
        breaks="answer.get-is-answered",
        implies=("recording.survives-a-restart",),
        says=changed(_shows_the_state_of_before, "get/accepted"),
    ),
    deviation(
        "shows-nobody-as-empty",
        breaks="answer.one-of-two",
        implies=("answer.get-of-nothing-is-404",),
        says=_shows_nobody,
    ),
    deviation("answers-both-ways", breaks="answer.one-of-two", says=_answers_both_ways),
    deviation(
        "shows-less-over-rest",
        breaks="answer.rest-is-the-same",
        rest_shows=lambda shown: shown.replace(b'"reported"', b'"told"'),
    ),
    deviation("knows-no-404", breaks="answer.get-of-nothing-is-404", says=_of_another_code),
    deviation("refuses-some-gets", breaks="answer.get-takes-any-body", says=_refuses_some_gets),
    deviation("heeds-pretended-answers", breaks="answer.only-to-requests", heeds_answers=True),
    deviation(
        "loses-answers-of-a-burst",
        breaks="answer.none-is-lost-in-a-flood",
        says=without("update/accepted", having=_is_lost),
    ),
)
