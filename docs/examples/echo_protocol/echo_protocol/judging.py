"""Questions to a recorded call: whether it came back, when, and as what. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from echo_protocol.profile import EchoProfile
from harness.judging.addresses import Addresses
from harness.judging.cutting import histories_of, whole_history_of
from harness.judging.episode import Episode
from harness.judging.history import History
from harness.judging.reader import Reader
from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.judging.whole_run import WholeRun
from harness.record.kinds import Received, Record, began_in
from harness.text import brief


@dataclass(frozen=True)
class EchoHistory(History):
    """The calls, and what came back."""

    profile: EchoProfile

    @property
    def addresses(self) -> Addresses:
        """The topic at which the device is called, and the owner of a topic."""
        profile = self.profile
        kinds = {profile.answer: "answers"}
        return Addresses(profile.id, profile.inbox, "echo/{}/call".format, profile.id_at, kinds)

    @property
    def declared_allowance(self) -> float:
        """As the profile declares."""
        return self.profile.network_allowance

    def answers(self, since: Stimulus) -> Iterator[tuple[int, Received]]:
        """All that came after the call."""
        return (
            (place, record)
            for place, record in self.placed()
            if place > since.place and isinstance(record, Received) and record.topic == self.profile.answer
        )


@dataclass(frozen=True)
class Call:
    """A call, and the first thing that came after it. Raises CouldNotTest where the scenario did not call."""

    history: EchoHistory
    evidence: Evidence
    since: Stimulus
    words: bytes

    def comes_back(self, window: Window) -> None:
        """Something comes, in its time."""
        self.evidence.awaits(window, self.since)
        place, answer = self._answer(window)
        elapsed = self.history.elapsed(self.since, answer.time)
        self.evidence.measure("from call to answer", elapsed, window)
        story = f"A call should come back {window}, but came after {elapsed}."
        decide(window, elapsed, story, EvidenceRef(place, self.since.place))

    def comes_back_as_it_was(self) -> None:
        """The answer is the call, byte for byte."""
        place, answer = self._answer()
        if answer.payload != self.words:
            story = (
                f"The call {_said(self.words)} should come back as it was, but came back as {_said(answer.payload)}."
            )
            raise NotObserved(story, EvidenceRef(place, self.since.place))

    def _answer(self, window: Window | None = None) -> tuple[int, Received]:
        """The answer. Where none came that was due, that breaks the clause on time; every other needs one."""
        self.evidence.rests_on(self.since.place)
        found = next(self.history.answers(self.since), None)
        if found:
            self.evidence.rests_on(found[0])
            return found
        self.history.went_all_the_way()
        if window and self.history.watched(self.since, self.history.closed.time) > window.latest:
            raise NotObserved(
                f"A call should come back {window}, but nothing came.", EvidenceRef(None, self.since.place)
            )
        raise CouldNotTest("nothing came back")


class EchoEpisode(Episode[EchoHistory]):
    """One scenario with a caller."""

    def call(self, label: str) -> Call:
        """The call that the scenario made under that name."""
        for place, sent in self.history.sent:
            if sent.label == label:
                since = self.history.stimulus(place, sent.time, f"the call {_said(sent.payload)}")
                return Call(self.history, self.evidence, since, sent.payload)
        raise self._missing(f"calls nothing {label!r}")


class EchoReader(Reader[EchoHistory]):
    """Of the subject `echo-device`. What pages draw and say of it is what they do of any."""

    def read(self, records: Sequence[Record]) -> WholeRun[EchoHistory]:
        """The run, with the episodes in it."""
        profile = EchoProfile.from_dict(began_in(records).profile)
        make = partial(EchoHistory, profile=profile)
        scenes = {name: EchoEpisode(one) for name, one in histories_of(records, make, profile.answer)}
        return WholeRun(whole_history_of(records, make, scenes), scenes=scenes)


def _said(payload: bytes) -> str:
    return brief(payload.decode(errors="replace"))
