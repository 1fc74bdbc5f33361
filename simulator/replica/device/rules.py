"""The decisions of a device behind a replica, each on its own: a deviation changes one and leaves the rest."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from harness.payload.values import JSON
from simulator.base.rule_groups import with_groups
from simulator.link.link_rules import LinkRules
from simulator.replica.device.properties import Property, Values

Content: TypeAlias = dict[str, JSON]

_TRIES = 4  # of one request; whatever changes meanwhile is told with the next
_CONFLICT = 409
_PASSING = (429, 500, 503)  # they may go well another time


def compact(content: JSON) -> bytes:
    """JSON as it comes, in UTF-8."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


class Order(StrEnum):
    """The order of the two requests with which a device begins."""

    GET_FIRST = "get, and report once that is answered"
    REPORT_FIRST = "report, and get once that is answered"
    AT_ONCE = "report, and get at once"


class Remedy(StrEnum):
    """The remedy for a request that was refused, beside waiting."""

    GET = "get, and report again by that version"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The circumstances in which a message comes.

    `is_busy`: something is being done. `unanswered`: updates without an answer. `malformed`: messages that nobody can
    read; `removals`: properties that nobody desires any more, since it was started. `refusals`: codes of the last forty
    seconds. `is_echo`: a delta bears the token of an update that waits for its answer. `got`: a get was answered since
    it connected. `unknown`: fields of this message that it does not know; `impossible`: those whose value it does not
    take.
    """

    is_busy: bool = False
    unanswered: int = 0
    malformed: int = 0
    refusals: Sequence[int] = ()
    removals: int = 0
    is_echo: bool = False
    got: bool = False
    unknown: Sequence[str] = ()
    impossible: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ConnectingRules:
    """How a device begins, each time that it is connected; `again`: not for the first time.

    `reported`: which properties the first report has; none: there is no report. `creates`: whether a replica that does
    not exist gets a report. `waits`: seconds for the answer, before the second request is made without it.
    """

    order: Order = Order.GET_FIRST
    gets: Callable[[bool], bool] = lambda _again: True
    reported: Callable[[Sequence[str], bool], Sequence[str]] = lambda names, _again: names
    creates: bool = True
    waits: float = 5.0
    takes_get: Callable[[bool], bool] = lambda _again: True


@dataclass(frozen=True, slots=True)
class DeltaRules:
    """The decisions about a delta. `is_late`, `is_late_get`: by its version, and the last that was seen.

    `heeds`: whether it is taken at all. `topic`: whether that of another device is taken for its own. `fields`: what of
    it is taken, beside the values that there are. `admits`: whether a value is taken. `merges`: work on the way goes
    on for the same value. `acts_on_present`: what is already so is done again. `notes_accepted`: whether the version of
    an accepted update counts as seen. `are_bells`: a delta only makes it get, and what that is answered is done.
    """

    is_late: Callable[[int, int], bool] = lambda version, seen: version < seen
    is_late_get: Callable[[int, int], bool] = lambda version, seen: version < seen
    heeds: Callable[[Circumstances], bool] = lambda _so_far: True
    takes_any_device: bool = False
    fields: Callable[[Values, Values], Values] = lambda wanted, _present: wanted
    admits: Callable[[Property, JSON], bool] = lambda known, value: known.admits(value)
    takes: Callable[[Property], float] = lambda known: known.settles_after
    merges: bool = True
    acts_on_present: bool = False
    are_bells: bool = False
    notes_accepted: bool = True


@dataclass(frozen=True, slots=True)
class ReportRules:
    """The decisions about reports.

    `of_changes`, `of_own_changes`: whether it tells of what it was told to do, or did by itself.
    `names`: which properties are in a report, of those that changed and of all. `waits`: seconds before it leaves.
    `says`: the values as they are told. `state`: the request's. `token`: of the device, and how many there were before;
    `version`: of the last that was seen. `on_refused`: values of a delta that it does not take are answered by
    a report of what is so. `on_present`: likewise those that are so already, which the replica cannot know; either
    leaves after so many seconds that `damps`, or a replica that goes on to desire it would never rest. `beats`: seconds
    from one report of all to the next, whatever happens. `encode`: the bytes.
    """

    of_changes: bool = True
    of_own_changes: bool = True
    names: Callable[[Sequence[str], Sequence[str]], Sequence[str]] = lambda changed, _every: changed
    waits: float = 0.0
    says: Callable[[Values, Values], Values] = lambda values, _wanted: values
    state: Callable[[Content], JSON] = lambda reported: {"reported": reported}
    token: Callable[[str, int], JSON] = lambda device, number: f"{device}-{number}"
    version: Callable[[int], JSON] = lambda seen: seen
    beside: Mapping[str, JSON] = field(default_factory=dict)
    get: Callable[[Content], bytes] = compact
    on_refused: bool = False
    on_present: bool = True
    damps: float = 3.0
    beats: float = float("inf")
    topics: Callable[[str], tuple[str, ...]] = lambda topic: (topic,)
    encode: Callable[[Content], bytes] = compact


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """The decisions about answers. `believes`: that with the token of somebody else's request counts as its own.

    `gap`: seconds until a request is repeated that nobody answered, by how often it was; None: never. `retries`: the
    same of one that was refused with that code. `remedy`: what is done beside. `recreates`: whether it reports
    all once its replica was deleted.
    """

    believes: bool = False
    gap: Callable[[int], float | None] = lambda tries: min(5.0 * 2**tries, 60.0) if tries < _TRIES else None
    retries: Callable[[int, int], float | None] = lambda code, tries: (
        min(2.0 * 2**tries, 60.0) if code in _PASSING and tries < _TRIES else None
    )
    remedy: Callable[[int], Remedy] = lambda code: Remedy.GET if code == _CONFLICT else Remedy.NONE
    recreates: bool = True


@dataclass(frozen=True, slots=True)
class DeviceRules:
    """All decisions of a device."""

    connecting: ConnectingRules = field(default_factory=ConnectingRules)
    deltas: DeltaRules = field(default_factory=DeltaRules)
    reports: ReportRules = field(default_factory=ReportRules)
    answers: AnswerRules = field(default_factory=AnswerRules)
    link: LinkRules = field(default_factory=LinkRules)


RuleGroup: TypeAlias = ConnectingRules | DeltaRules | ReportRules | AnswerRules | LinkRules


KEPT = DeviceRules()


def kept_but(*changes: RuleGroup) -> DeviceRules:
    """Every clause is kept but for these groups of decisions. Raises ValueError for two of one kind."""
    return with_groups(KEPT, *changes)
