"""The topics of a UDMI device that its link treats apart."""

from harness.protocols.udmi.words.topics import Topics
from simulator.link.outbox import LinkTopics


def link_topics(device_id: str, root: str) -> LinkTopics:
    """Configs come in; of states only the last counts, of telemetry each. `root`: what the topics begin with."""
    topics = Topics.of(device_id, root)
    return LinkTopics(topics.config, topics.state, topics.telemetry)
