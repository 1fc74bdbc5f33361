"""Configs that a cloud might send to a UDMI device, for a person to change and to hand over."""

import json
from collections.abc import Iterator, Mapping

from harness.payload.values import Value
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig
from simulator.standalone.devices.message_draft import MessageDraft
from simulator.udmi.declared.points import ReadOnly
from simulator.udmi.standalone.running_device import RunningUdmiDevice

_EXPIRES_AFTER = 3600.0  # seconds


def drafts_of(device: RunningUdmiDevice, now: float) -> Iterator[MessageDraft]:
    """A write to each point that takes one, in which the other writes stand; and a config without any."""
    points = device.machine.points
    standing = {name: live.set_value for name, live in points.items() if live.set_value is not None}
    for name, live in points.items():
        if not isinstance(live.point.behaviour, ReadOnly):
            title = f"set_value of {name}"
            yield _draft(title, device, {**standing, name: live.reading()}, now)
    yield _draft("no set_value at all", device, {}, now)


def _draft(title: str, device: RunningUdmiDevice, values: Mapping[str, Value], now: float) -> MessageDraft:
    codec = codec_of(device.spec)
    points = {name: PointConfig(set_value=values.get(name)) for name in device.machine.points}
    pointset = PointsetConfig(set_value_expiry=now + _EXPIRES_AFTER if values else None, points=points)
    payload = codec.encode(Config(round(now, 3), codec.version, pointset))
    return MessageDraft(title, device.inbox, json.loads(payload))
