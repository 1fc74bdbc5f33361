"""Clauses on every message of a device, wherever it came. Pure; verbs raise the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.replica.judging.device.history import DeviceRequest, ReplicaDeviceHistory
from harness.protocols.replica.judging.device.versions_told import VersionsTold
from harness.protocols.replica.words.content import levels_of, object_at
from harness.protocols.replica.words.topics import Operation
from harness.record.left_out import NotApplicable
from harness.text import brief, printable


@dataclass(frozen=True)
class EveryRequest:
    """Of a scenario, or of the whole run."""

    history: ReplicaDeviceHistory
    evidence: Evidence

    def is_json(self) -> None:
        """Each is a JSON object in UTF-8; a get may be empty."""
        for one in self._all():
            if one.content is None and (one.payload or one.operation is Operation.UPDATE):
                told = brief(one.payload.decode(errors="backslashreplace"))
                raise NotObserved(f"Every message should be a JSON object in UTF-8, but one is {told}.", _ref(one))

    def fits(self, size: int, depth: int) -> None:
        """No state is larger than so many bytes, or deeper than so many levels."""
        for one in self._all():
            deepest = max(levels_of(object_at(one.content, "state", name)) for name in ("reported", "desired"))
            if len(one.payload) > size or deepest > depth:
                told = f"{len(one.payload)} bytes" if len(one.payload) > size else f"{deepest} levels"
                story = f"An update should have at most {size} bytes and {depth} levels, but one has {told}."
                raise NotObserved(story, _ref(one))

    def is_only_reported(self) -> None:
        """No update says what is desired; one that clears the section once it is met is noted."""
        updates = [one for one in self._all() if one.operation is Operation.UPDATE and one.reported is not None]
        if not updates:
            raise CouldNotTest("the device reported nothing")
        clears = 0
        for one in updates:
            state = object_at(one.content, "state") or {}
            clears += "desired" in state and state["desired"] is None
            if state.get("desired") is not None:
                raise NotObserved(f"A device should write what is reported alone, but wrote {brief(state)}.", _ref(one))
        if clears:
            self.evidence.observed.append(f"{clears} updates clear what is desired")

    def has_a_fitting_token(self, size: int) -> None:
        """A client token is a string of at most so many bytes, and no two requests have the same; null is none."""
        tokens = [(one, token) for one in self._all() if (token := (one.content or {}).get("clientToken")) is not None]
        if not tokens:
            raise NotApplicable("the device sends no client token")
        for one, token in tokens:
            if not isinstance(token, str) or len(token.encode(errors="replace")) > size:
                story = f"A client token should be a string of at most {size} bytes, but one is {brief(token)}."
                raise NotObserved(story, _ref(one))
        for (before, token), (one, again) in pairwise(sorted(tokens, key=lambda each: (str(each[1]), each[0].place))):
            if token == again and before.payload != one.payload:
                story = f"Every request should have a token of its own, but two have {printable(str(token))[:80]}."
                raise NotObserved(story, _ref(one))

    def has_tokens(self) -> None:
        """Raises NotApplicable where no request of the run has a client token: nobody tells answers apart then."""
        if not self.history.has_tokens:
            raise NotApplicable("the device sends no client token")

    def has_versions(self) -> None:
        """Raises NotApplicable where no request of the run has a version: it conflicts with none then."""
        if not self.history.has_versions:
            raise NotApplicable("the device sends no version")

    def has_the_version_last_seen(self, *, lately: float) -> None:
        """A version in an update (null is none) is one of so many seconds before, the last, or of an own answer."""
        updates = [one for one in self._all() if one.operation is Operation.UPDATE]
        given = [(one, asked) for one in updates if (asked := (one.content or {}).get("version")) is not None]
        if not given:
            raise NotApplicable("the device sends no version")
        versions = VersionsTold.of(self.history)
        for one, asked in given:
            if not versions.has(asked, one, lately):
                raise NotObserved(
                    f"An update should have version {versions.latest(one)}, but has {brief(asked)}.", _ref(one)
                )

    def _all(self) -> Sequence[DeviceRequest]:
        requests = self.history.requests
        self.evidence.rests_on(*(one.place for one in requests[:1]))
        if not requests:
            self.history.went_all_the_way()
            raise CouldNotTest("the device asked for nothing")
        return requests


def _ref(one: DeviceRequest) -> EvidenceRef:
    return EvidenceRef(one.place, one.place)
