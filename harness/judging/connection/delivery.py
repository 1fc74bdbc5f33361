"""When a config reached the device: what elapsed times start from. The device's own PUBACK never moves it."""

from dataclasses import replace

from harness.judging.connection.device_packets import DevicePackets, Placed
from harness.judging.history import History
from harness.judging.timing.stimulus import Stimulus
from harness.mqtt.packets import ObservedPacket, PacketKind
from harness.record.kinds import Sent


def delivery(history: History, place: int, sent: Sent, following: int) -> Stimulus:
    """The config that was sent at `place`, before the next one at `following`.

    A broker of ours tells when it was written to the device's socket, be it on a later connection; behind another one
    that lies between our publish and the broker's PUBACK. From then on it may be on its way.
    """
    stimulus = history.stimulus(place, sent.time, "the config", on_its_way=history.allowance)
    written = _written(history, place, following)
    if written is None:
        return stimulus
    at, time = written[0], written[1].time
    if stimulus.settled >= history.end:  # our own PUBACK never came
        stimulus = replace(stimulus, settled=at)
    if at > stimulus.settled and sent.broken:  # what is not retained is not what a later connection finds
        return stimulus
    return replace(stimulus, settled=max(at, stimulus.settled), earliest=time, latest=time + history.allowance)


def _written(history: History, place: int, following: int) -> Placed | None:
    """The first delivery of a config to the device between two places."""
    config = history.addresses.config
    found = [
        (at, record)
        for at, record in enumerate(history.records[place + 1 - history.first : following - history.first], place + 1)
        if isinstance(record, ObservedPacket) and record.what is PacketKind.DELIVERY and config in record.topics
    ]
    if len({packet.client_id for _, packet in found}) > 1:  # somebody else asks for them as well
        packets = DevicePackets(history)
        found = [(at, packet) for at, packet in found if packets.is_of_the_device(packet)]
    return next(iter(found), None)
