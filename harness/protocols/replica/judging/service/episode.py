"""A scenario with a replica service, as judgements ask about it. Pure."""

from collections.abc import Mapping, Sequence

from harness.judging.afterwards import Afterwards
from harness.judging.episode import Episode
from harness.judging.passages import passages_of, stalls_of
from harness.judging.whole_run import THE_WHOLE_RUN, WholeRun, ending_of
from harness.protocols.replica.judging.service.delta import FollowingDelta
from harness.protocols.replica.judging.service.exchange import Exchange
from harness.protocols.replica.judging.service.history import (
    Feature,
    ServiceHistory,
    features_in,
    heard_in,
    request_of,
)
from harness.protocols.replica.judging.service.shown_document import ShownDocument
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.record.kinds import Began, Record, Sent


class ServiceEpisode(Episode[ServiceHistory]):
    """One scenario. Requests go by its labels: those of the source's flows are the numbers of their steps."""

    def request(self, label: str) -> Exchange:
        """The request that the scenario made under that name. Raises CouldNotTest where it did not."""
        for place, sent in self.history.sent:
            if sent.label == label:
                return self._exchange(place, sent)
        raise self._missing(f"asks nothing {label!r}")

    def requests(self, beginning: str = "") -> Sequence[Exchange]:
        """All that it made whose name begins so."""
        found = [
            self._exchange(place, sent)
            for place, sent in self.history.sent
            if sent.label.startswith(beginning) and request_of(sent.topic, self.history)
        ]
        if not found:
            raise self._missing(f"asks nothing {beginning!r}")
        return found

    def document(self, label: str) -> ShownDocument:
        """The document that was shown to the `get` of that name."""
        return ShownDocument(self.request(label))

    def delta(self, label: str, on: str = "app") -> FollowingDelta:
        """The deltas behind the update of that name."""
        return FollowingDelta(self.request(label), on)

    def needs(self, feature: Feature) -> None:
        """Raises NotShown where the source does not ask for that feature, and the service shows nothing of it."""
        self.history.needs(feature)

    def _exchange(self, place: int, sent: Sent) -> Exchange:
        found = request_of(sent.topic, self.history)
        if found is None:
            raise self._missing(f"asks nothing of the service by {sent.label!r}")
        since = self.history.stimulus(place, sent.time, f"{sent.label!r} ({found[1]} by {sent.connection})")
        return Exchange(self.history, self.evidence, since, sent, *found)


def run_of(records: Sequence[Record]) -> WholeRun[ServiceHistory]:
    """The run that a trace holds, cut into its episodes."""
    began = next(record for record in records if isinstance(record, Began))
    profile, spec, stalls = ServiceProfile.from_dict(began.profile), ReplicaSpec(began.spec), stalls_of(records)
    features = features_in([*heard_in(records, 0, profile)])
    after = Afterwards.of(records, *profile.outboxes[:1])
    scenes: Mapping[str, ServiceEpisode] = {
        one.scenario: ServiceEpisode(
            ServiceHistory(
                one.scenario,
                one.first,
                one.records,
                profile,
                spec,
                features,
                stalls=stalls,
                packets_before=one.packets_before,
                afterwards=after.behind(one.end),
                earlier=one.earlier,
            )
        )
        for one in passages_of(records)
    }
    ending = ending_of(records, scenes)
    whole = ServiceHistory(THE_WHOLE_RUN, 0, records, profile, spec, features, stalls=stalls, ending=ending)
    return WholeRun(whole, scenes=scenes)
