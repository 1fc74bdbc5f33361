"""Records of a run with a service, made by hand."""

import json
from collections.abc import Mapping, Sequence

from harness.payload.values import JSON
from harness.protocols.replica.judging.service.episode import ServiceEpisode, run_of
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.record.kinds import Began, Closed, Done, Ended, Opened, Received, Record, Sent
from harness.record.lines import FORMAT

NAME = "made_up"
LAMP = "state/lamp"


def sent(time: float, label: str, content: JSON = None, topic: str = f"{LAMP}/update", on: str = "app") -> Sent:
    """A request of ours."""
    return Sent(time, topic, json.dumps(content).encode(), label, connection=on)


def told(time: float, level: str, content: JSON, of: str = f"{LAMP}/update", on: str = "app") -> Received:
    """A message of the service."""
    return Received(time, f"{of}/{level}", json.dumps(content).encode(), retain=False, connection=on)


def run_with(
    *records: Record, ends: float = 60.0, spec: ReplicaSpec = ReplicaSpec.SEED, cut_short: str = ""
) -> Sequence[Record]:
    """A run of one scenario, to which a PUBACK comes at once. `cut_short`: why it ended before its time."""
    profile: Mapping[str, JSON] = ServiceProfile(network_allowance=0.0, scheme=spec.scheme).as_dict()
    began = Began(0.0, FORMAT, "test", spec, "virtual", "made up", profile, (), "replica-service")
    whole: list[Record] = [began, Opened(0.0, NAME)]
    for record in records:
        whole.append(record)
        if isinstance(record, Sent):
            whole.append(Done(record.time, len(whole) - 1))
    return [*whole, Closed(ends, cut_short=cut_short), Ended(ends)]


def episode_with(
    *records: Record, ends: float = 60.0, spec: ReplicaSpec = ReplicaSpec.SEED, cut_short: str = ""
) -> ServiceEpisode:
    """Its one episode."""
    episode = run_of(run_with(*records, ends=ends, spec=spec, cut_short=cut_short)).scenes[NAME]
    assert isinstance(episode, ServiceEpisode)
    return episode
