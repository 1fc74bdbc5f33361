"""The envelope around every message, or none where a broker's messages are bare. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from harness.payload.fields import Fields, read_object
from harness.payload.values import JSON, Field, PayloadProblem

_ACTIVITY, _TIMESTAMP, _PAYLOAD = "activityId", "timestamp", "payload"


@dataclass(frozen=True)
class Enveloped:
    """A message, read as far as it can be. `timestamp`: milliseconds since 1970.

    `body`: its payload's fields, which list into `problems` what they hold amiss; None: it has none, or null, or one
    that is no object. `is_bare`: it has nothing around it. `problems`: of the message so far.
    """

    activity: Field[str]
    timestamp: Field[int]
    body: Fields | None
    is_bare: bool
    problems: list[PayloadProblem] = field(default_factory=list)

    @property
    def problems_within(self) -> list[PayloadProblem]:
        """Those of its payload's fields, as far as it was read; not of what lies around it."""
        return [one for one in self.problems if one.path and (self.is_bare or one.path.startswith(f"{_PAYLOAD}."))]


def read_message(payload: bytes, *, enveloped: bool) -> Enveloped:
    """Never raises: what cannot be read is a problem of the message."""
    problems: list[PayloadProblem] = []
    return message_in(read_object(payload, problems), problems, enveloped=enveloped)


def message_in(fields: Fields, problems: list[PayloadProblem], *, enveloped: bool) -> Enveloped:
    """The message that has these fields. `problems`: into which they list what they hold amiss."""
    if not enveloped:
        return Enveloped(None, None, fields, is_bare=True, problems=problems)
    return Enveloped(
        fields.text(_ACTIVITY), fields.whole(_TIMESTAMP), fields.block(_PAYLOAD), is_bare=False, problems=problems
    )


def is_enveloped(payload: bytes) -> bool:
    """Whether it has what only an envelope has."""
    return has_envelope(read_object(payload, []))


def has_envelope(fields: Fields) -> bool:
    """Whether there are the fields that only an envelope has."""
    names = frozenset(fields.names())
    return _ACTIVITY in names or {_TIMESTAMP, _PAYLOAD} <= names


def encoded(
    payload: Mapping[str, JSON] | None,
    *,
    activity: str | None,
    now: float,
    enveloped: bool,
    beside: Mapping[str, JSON] | None = None,
) -> bytes:
    """The message's bytes. `now`: Unix seconds. `activity` None: it has no such field; `beside`: more fields of it."""
    content: Mapping[str, JSON | Mapping[str, JSON]] | None = payload
    if enveloped:
        named = {} if activity is None else {_ACTIVITY: activity}
        content = {**named, _TIMESTAMP: round(now * 1000), _PAYLOAD: payload, **(beside or {})}
    return msgspec.json.encode(content)


def pairs_as_json(pairs: Sequence[tuple[str, str]]) -> list[JSON]:
    """A configuration, or parameters, as every example has them: a list of keys with their values."""
    return [{"key": key, "value": value} for key, value in pairs]
