"""Deltas that a replica might tell a device, for a person to change and to hand over."""

from collections.abc import Iterator

from simulator.replica.device.properties import nested
from simulator.replica.standalone.running_device import RunningReplicaDevice
from simulator.standalone.devices.message_draft import MessageDraft


def drafts_of(device: RunningReplicaDevice) -> Iterator[MessageDraft]:
    """A desired value of each property that can be set: first the one that it has."""
    machine = device.machine
    for name, known in machine.properties.items():
        if not known.is_read_only:
            state = nested({name: machine.values[name]})
            yield MessageDraft(f"desired {name}", device.inbox, {"state": state, "version": machine.version + 1})
