"""Every message of a history against its schema: a problem is told once, however often it came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.fields import read_one
from harness.payload.timestamps import parsed_timestamp
from harness.payload.values import JSON
from harness.protocols.udmi.judging.heard import Heard, HeardAs
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.messages.amiss import Amiss, Sort
from harness.protocols.udmi.judging.messages.schema_violations import schema_violations
from harness.protocols.udmi.judging.messages.violation_kind import ViolationKind, has_entries
from harness.protocols.udmi.words.schemas import MessageKind
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Received
from harness.record.left_out import NotApplicable
from harness.text import plural

_TOLD = 10  # sorts of problems


@dataclass(frozen=True)
class Messages:
    """The device's messages, kind by kind, as they came, without retained messages and duplicates."""

    history: History
    _with_entries: dict[MessageKind, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def spec(self) -> Spec:
        """The version of the rules that they keep."""
        return self.history.codec.layout.spec

    @cached_property
    def payloads(self) -> Mapping[MessageKind, list[Heard[bytes]]]:
        """Of states, telemetry and system events."""
        topics = Topics.of(self.history.profile.id, self.history.profile.topics)
        kinds = {
            topics.state: MessageKind.STATE,
            topics.telemetry: MessageKind.TELEMETRY,
            topics.system: MessageKind.SYSTEM_EVENT,
        }
        said: dict[MessageKind, list[Heard[bytes]]] = {kind: [] for kind in kinds.values()}
        latest: dict[str, bytes] = {}
        for place, record in self.history.placed():
            if isinstance(record, Received) and not record.retain and record.topic in kinds:
                of_its_kind = said[kinds[record.topic]]
                payload = record.payload
                if payload != latest.get(record.topic):
                    of_its_kind.append(HeardAs(record, place, _as_it_came))
                latest[record.topic] = payload
        return said

    @cached_property
    def timestamps(self) -> Sequence[tuple[Heard[bytes], float]]:
        """Every state that has a timestamp, with that timestamp in Unix seconds."""
        stamps = ((heard, stamp_of(heard.message)) for heard in self.payloads[MessageKind.STATE])
        texts = ((heard, stamp) for heard, stamp in stamps if isinstance(stamp, str))
        return [(heard, instant) for heard, text in texts if (instant := parsed_timestamp(text)) is not None]

    @cached_property
    def amiss(self) -> Mapping[MessageKind, Mapping[ViolationKind, Amiss]]:
        """All problems, by kind; worked out once for all judgements."""
        amiss: dict[MessageKind, dict[ViolationKind, Amiss]] = {kind: {} for kind in self.payloads}
        for kind, said in self.payloads.items():
            for heard in said:
                for violation in schema_violations(kind, self.spec, heard.message):
                    amiss[kind].setdefault(violation.kind, Amiss()).add(heard, violation)
        return amiss

    def have_entries(self, kinds: Iterable[MessageKind]) -> bool:
        """Whether any message of these kinds has a status, or a log entry."""
        return any(self._has_entries(kind) for kind in kinds)

    def _has_entries(self, kind: MessageKind) -> bool:
        if kind not in self._with_entries:
            self._with_entries[kind] = any(has_entries(kind, heard.message) for heard in self.payloads[kind])
        return self._with_entries[kind]


@dataclass(frozen=True)
class Judged:
    """All messages, as one judgement asks about them."""

    messages: Messages
    evidence: Evidence

    def have_nothing_amiss(self, violation_kind: ViolationKind, *kinds: MessageKind) -> None:
        """No message of these kinds has a problem that concerns this. Of what it has, each sort is told once."""
        said = self._said(kinds)
        if not said:
            self._nothing_came(kinds)
        if violation_kind in _OF_ENTRIES and not self.messages.have_entries(kinds):
            raise NotApplicable("the device never reported a status, and logged nothing")
        amiss = self._amiss(violation_kind, kinds)
        if amiss.sorts:
            told = sorted(amiss.sorts.values(), key=lambda sort: sort.heard.place)
            self.evidence.rests_on(*(sort.heard.place for sort in told[:_TOLD]))
            story = self._story(told, "over " if amiss.is_cut else "")
            raise NotObserved(story, EvidenceRef(told[0].heard.place, self.messages.history.first))
        self.evidence.rests_on(said[0][1].place, said[-1][1].place)
        self.messages.history.went_all_the_way()

    def observe(self, violation_kind: ViolationKind, what: str, *kinds: MessageKind) -> None:
        """Write down which fields there are that concern this, where the sources leave open whether they may be."""
        if not any(self.messages.payloads[kind] for kind in kinds):
            self._nothing_came(kinds)
        names = self._amiss(violation_kind, kinds).names
        self.evidence.observed.append(f"{what}: {', '.join(sorted(names)) or 'none'}")

    def _said(self, kinds: Iterable[MessageKind]) -> list[tuple[MessageKind, Heard[bytes]]]:
        said = [(kind, heard) for kind in kinds for heard in self.messages.payloads[kind]]
        return sorted(said, key=lambda entry: entry[1].place)

    def _amiss(self, violation_kind: ViolationKind, kinds: Iterable[MessageKind]) -> Amiss:
        return Amiss.of_all(self.messages.amiss[kind].get(violation_kind, Amiss()) for kind in kinds)

    def _nothing_came(self, kinds: tuple[MessageKind, ...]) -> None:
        self.messages.history.went_all_the_way()
        if MessageKind.SYSTEM_EVENT in kinds and MessageKind.TELEMETRY not in kinds:
            raise NotApplicable("the device sent no log entries and no metrics")
        if kinds == (MessageKind.TELEMETRY,):
            self.messages.history.concerns_points()
        raise Undecided(f"no {' and no '.join(_WORDS[kind] for kind in kinds)} came")

    def _story(self, told: list[Sort], over: str) -> str:
        began = self.messages.history.records[0].time
        promise = _PROMISES.get(told[0].violation.kind, f"the schema of {self.messages.spec} has it")
        lines = [f"Of the fields of its messages, {over}{_many(len(told))} not as {promise}:"]
        for sort in told[:_TOLD]:
            again = f", in {sort.times} messages" if sort.times > 1 else ""
            lines.append(f"  {sort.violation.problem}; first {sort.heard.time - began:.1f} s into the run{again}")
        more = [f"  and {over}{len(told) - _TOLD} more"] if len(told) > _TOLD else []
        return "\n".join([*lines, *more])


def _many(count: int) -> str:
    return plural(count, "one is", f"{count} are")


def stamp_of(payload: bytes) -> JSON:
    """The timestamp of a message, as it stands there."""
    return read_one(payload, "timestamp")


def _as_it_came(record: Received) -> bytes:
    return record.payload


_PROMISES = {
    ViolationKind.VERSION: "UDMI numbers its versions",
    ViolationKind.REPEATED_NAME: "RFC 8259 (JSON) has it",
    ViolationKind.BYTE_ORDER_MARK: "RFC 8259 (JSON) has it",
}
_OF_ENTRIES = (ViolationKind.ENTRY, ViolationKind.LEVEL, ViolationKind.CATEGORY)
_WORDS = {MessageKind.STATE: "state", MessageKind.TELEMETRY: "telemetry", MessageKind.SYSTEM_EVENT: "system event"}
