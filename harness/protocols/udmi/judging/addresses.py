"""The topics of a UDMI device, and the owner of a topic."""

from functools import lru_cache, partial

from harness.judging.addresses import Addresses
from harness.protocols.udmi.words.topics import Topics, device_of


@lru_cache
def addresses_of(device: str, scheme: str) -> Addresses:
    """Of the device, under the scheme of topics that its profile names."""
    topics = Topics.of(device, scheme)
    return Addresses(
        device,
        topics.config,
        lambda other: Topics.of(other, scheme).config,
        partial(device_of, scheme=scheme),
        {topics.state: "states", topics.telemetry: "telemetry"},
        None
        if scheme.replace("{id}", "").strip("/")
        else f'topics = "{scheme}" in the profile: so every topic may be another device\'s',
    )
