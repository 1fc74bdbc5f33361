"""A UDMI device with the codec and the topics that its link treats apart."""

from collections.abc import Callable

from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.device_events import Restart
from harness.protocols.udmi.words.messages import Message
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import Topics
from simulator.base.linked_device import LinkedDevice
from simulator.link.outbox import LinkTopics
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.device import SimulatedDevice
from simulator.udmi.events import Event, Reconnected
from simulator.udmi.message_machine import EncodingMachine
from simulator.udmi.rules.rules_by_spec import rules_under
from simulator.udmi.variations.variation import Variation


def simulated_device(file: DeviceFile, variation: Variation, spec: Spec) -> SimulatedDevice:
    """The pure device."""
    rules = rules_under(spec, variation.rules, file.profile.time_to_failure)
    return SimulatedDevice(file.identity, file.points, rules, codec_of(spec).layout, file.profile.topics)


def linked_device(
    machine: SimulatedDevice,
    file: DeviceFile,
    variation: Variation,
    spec: Spec,
    noted: Callable[[Message, float], None] | None = None,
) -> LinkedDevice[Event]:
    """That device, made of the file and the variation. `noted`: is told of all that it says, before it leaves.

    Configs come in; of states only the last counts, of telemetry each.
    """
    codec, topics = codec_of(spec), Topics.of(file.identity.id, file.profile.topics)
    return LinkedDevice(
        file.identity.id,
        EncodingMachine(machine, codec, noted),
        lambda heard: codec.decode_config(heard.payload),
        Reconnected(),
        Restart(),
        LinkTopics(topics.config, topics.state, topics.telemetry),
        variation.rules.link,
        variation,
        hears_of_the_first=False,
    )
