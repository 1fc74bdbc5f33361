"""Deadlines of a kind, as one row each: of a write, of what it expires by, of what follows a provocation."""

from collections.abc import Iterable
from typing import Any

from tests.altered.deadlines import Deadline, Key, Late, Moment, config_sent, pausing
from tests.altered.edits import ABSENT, naming, provoked
from tests.altered.holding import holding
from tests.altered.minute import held, reported, roomy
from tests.altered.take import Message, Take

FIVE, NAMED, ANSWERED = "config.is-answered-in-5-s", "config.last-config-is-its-timestamp", "config.is-answered"
UPDATING = "writeback.updating-in-time"
LOCAL, SHOWN = "config.unsolicited-state", "writeback.telemetry-follows"
ENDS, ENDS_ALL, SOONER = "expiry.ends-the-write", "expiry.ends-every-write", "expiry.replaces-earlier"
PENDING = "expiry.ends-a-pending-write"


def provocation(label: str) -> Moment:
    return lambda take: take.time(provoked(take, label))


def answer(label: str) -> Key:
    return lambda take: naming(take, label)


def units(take: Take) -> int:
    return take.states(provoked(take, "units changed"))[0]


def becomes(
    judgement: str,
    scenario: str,
    label: str,
    word: str | None,
    limit: float = 20,
    *,
    along: Iterable[str] = (),
    beyond: Iterable[str] = (),
) -> Deadline:
    """The write's own config is what time is measured from."""
    found = pausing(reported(label, word))
    untold = {UPDATING} if scenario == "plain_write" and word == "applied" else frozenset[str]()
    return Deadline(
        judgement, scenario, config_sent(label), found, limit, 2, frozenset(along) | untold, frozenset(beyond)
    )


def expires(judgement: str, label: str) -> Deadline:
    """All writes of the config are told of in one state, so they are late together."""
    found = reported(label, ABSENT, lambda take: take.write(label).expiry.place)
    beyond = frozenset({ENDS, ENDS_ALL, SOONER, PENDING})
    return Deadline(
        judgement,
        "expiring_writes",
        lambda take: take.write(label).expiry.earliest,
        pausing(found),
        5,
        1,
        beyond=beyond,
    )


def first_word(judgement: str, label: str, word: str) -> Deadline:
    """The first that is said of one of many points."""
    return Deadline(judgement, "many_points", config_sent(label), held(label, word), 20, slack=1.5)


def once_provoked(
    judgement: str, label: str, stimulus: str, word: str, *fields: str, beyond: Iterable[str] = ()
) -> Deadline:
    """The messages about one of many points after something happened to it."""

    def since(take: Take) -> float:
        return roomy(take).time(provoked(take, stimulus))

    late = held(label, word, *fields, after=stimulus)
    hides = frozenset({SHOWN})  # there is hardly time for telemetry then
    return Deadline(judgement, "many_points", since, late, 20, 1, beyond=frozenset(beyond), hides=hides, slack=0.5)


def soft(label: str) -> Late:
    """The timestamp of the config is named late, and nothing else is late."""

    def system(message: Message) -> dict[str, Any]:
        block: dict[str, Any] = message["system"]
        return block

    return holding(answer(label), system, "last_config")


def flagged(take: Take, moment: float) -> Take | None:
    """The device says on and on that it is updating, though the write has settled."""

    def operation(message: Message) -> dict[str, Any]:
        block: dict[str, Any] = message["system"]["operation"]
        return block

    settled = reported("late", "applied")
    return holding(settled, operation, "mode", room=lambda take: take.pause(take.close, 60))(take, moment)
