"""Every message of a history against its schema: what is amiss is told once, however often it was said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.misfits import Concern, Misfit, has_entries, misfits
from harness.judging.verdict import NotApplicable, NotObserved, Undecided
from harness.judging.where import Where
from harness.record import Received
from harness.wire.schemas import Kind
from harness.wire.spec import Spec
from harness.wire.topics import Topics

_TOLD = 10  # sorts of problems


@dataclass(frozen=True)
class Messages:
    """All that the device said, kind by kind, as it came. What is retained, or delivered twice, counts for nothing."""

    history: History

    @property
    def spec(self) -> Spec:
        """The version of the rules that they keep."""
        return self.history.codec.dialect.spec

    @cached_property
    def payloads(self) -> Mapping[Kind, list[Heard[bytes]]]:
        """Of states, telemetry and system events."""
        topics = Topics.of(self.history.profile.id, self.history.profile.topics)
        kinds = {topics.state: Kind.STATE, topics.telemetry: Kind.TELEMETRY, topics.system: Kind.SYSTEM_EVENT}
        said: dict[Kind, list[Heard[bytes]]] = {kind: [] for kind in kinds.values()}
        for place, record in self.history.placed():
            if isinstance(record, Received) and not record.retain and record.topic in kinds:
                of_its_kind = said[kinds[record.topic]]
                if not of_its_kind or of_its_kind[-1].message != record.payload:
                    of_its_kind.append(Heard(record.time, place, record.payload))
        return said

    @cached_property
    def misfits(self) -> Mapping[Kind, list[tuple[Heard[bytes], Misfit]]]:
        """All that is amiss, message by message; worked out once for all judgements."""
        return {
            kind: [(heard, misfit) for heard in said for misfit in misfits(kind, self.spec, heard.message)]
            for kind, said in self.payloads.items()
        }


@dataclass(frozen=True)
class Judged:
    """All messages, as one judgement asks about them."""

    messages: Messages
    ledger: Ledger

    def have_nothing_amiss(self, concern: Concern, *kinds: Kind) -> None:
        """No message of these kinds has a problem that concerns this. Of what it has, each sort is told once."""
        said = self._said(kinds)
        if not said:
            self._nothing_came(kinds)
        if concern in _OF_ENTRIES and not any(has_entries(kind, heard.message) for kind, heard in said):
            raise NotApplicable("the device never reported a status, and logged nothing")
        first: dict[object, tuple[Heard[bytes], Misfit, int]] = {}
        for heard, misfit in self._amiss(concern, kinds):
            known = first.get(misfit.sort, (heard, misfit, 0))
            first[misfit.sort] = (known[0], known[1], known[2] + 1)
        if first:
            told = sorted(first.values(), key=lambda entry: entry[0].place)
            self.ledger.rests_on(*(heard.place for heard, _, _ in told[:_TOLD]))
            raise NotObserved(self._story(told), Where(told[0][0].place, self.messages.history.first))
        self.ledger.rests_on(said[0][1].place, said[-1][1].place)
        self.messages.history.went_all_the_way()

    def observe(self, concern: Concern, what: str, *kinds: Kind) -> None:
        """Write down which fields there are that concern this, where the sources leave open whether they may be."""
        if not any(self.messages.payloads[kind] for kind in kinds):
            self._nothing_came(kinds)
        names = dict.fromkeys(str(misfit.problem.path[-1]) for _, misfit in self._amiss(concern, kinds))
        self.ledger.observed.append(f"{what}: {', '.join(sorted(names)) or 'none'}")

    def _said(self, kinds: Iterable[Kind]) -> list[tuple[Kind, Heard[bytes]]]:
        said = [(kind, heard) for kind in kinds for heard in self.messages.payloads[kind]]
        return sorted(said, key=lambda entry: entry[1].place)

    def _amiss(self, concern: Concern, kinds: Iterable[Kind]) -> list[tuple[Heard[bytes], Misfit]]:
        every = (entry for kind in kinds for entry in self.messages.misfits[kind])
        return [(heard, misfit) for heard, misfit in every if misfit.concern is concern]

    def _nothing_came(self, kinds: Iterable[Kind]) -> None:
        self.messages.history.went_all_the_way()
        if Kind.SYSTEM_EVENT in kinds:
            raise NotApplicable("the device sent no log entries and no metrics")
        raise Undecided(f"no {' and no '.join(_WORDS[kind] for kind in kinds)} came")

    def _story(self, told: list[tuple[Heard[bytes], Misfit, int]]) -> str:
        began = self.messages.history.records[0].time
        lines = [f"Of the fields of its messages, {_many(len(told))} not as the schema of {self.messages.spec} has it:"]
        for heard, misfit, times in told[:_TOLD]:
            again = f", in {times} messages" if times > 1 else ""
            lines.append(f"  {misfit.problem}; first {heard.time - began:.1f} s into the run{again}")
        more = [f"  and {len(told) - _TOLD} more"] if len(told) > _TOLD else []
        return "\n".join([*lines, *more])


def _many(count: int) -> str:
    return "one is" if count == 1 else f"{count} are"


_OF_ENTRIES = (Concern.ENTRY, Concern.LEVEL, Concern.CATEGORY)
_WORDS = {Kind.STATE: "state", Kind.TELEMETRY: "telemetry", Kind.SYSTEM_EVENT: "system event"}
