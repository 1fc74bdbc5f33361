"""Which devices speak beside the one that nothing was heard of: its id may be spelt otherwise."""

import asyncio
import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice

from harness.driving.passive_subscriber import passive_subscriber
from harness.mqtt.endpoint import Endpoint
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Received
from harness.text import printable

_MOST = 1000  # ids that are kept
_NAMED = 5  # ids that a line names before it only counts


async def neighbours(endpoint: Endpoint, device: str, scheme: str, seconds: float) -> tuple[str, ...]:
    """Ids of those that publish under the same scheme of topics; nothing where the broker does not let us hear them.

    The search ends at once with one that differs from the device in upper and lower case alone.
    """
    found: dict[str, None] = {}
    is_found = asyncio.Event()

    def hear(message: Received | None) -> None:
        name = _speaker(message.topic, scheme) if message and len(found) < _MOST else None
        if name is not None and name != device:
            found[name] = None
            if _same([name], device):
                is_found.set()

    async with passive_subscriber(endpoint, [_beside(scheme)], hear):
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await is_found.wait()
    return _same(found, device) or tuple(found)


def told(device: str, found: tuple[str, ...]) -> str:
    """A hint about them; empty where there are none."""
    if same := _same(found, device):
        return f"nothing is heard of {device}, but {printable(same[0])} speaks there: write --id {printable(same[0])}"
    if not found:
        return ""
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    named = ", ".join(printable(name) for name in islice(sorted(found), _NAMED))
    return f"nothing is heard of {device}; these speak there: {named}{more}"


def _same(found: Iterable[str], device: str) -> tuple[str, ...]:
    return tuple(name for name in found if name.casefold() == device.casefold())


def _beside(scheme: str) -> str:
    return "/".join("+" if "{id}" in level else level for level in scheme.split("/")) + "/#"


def _speaker(topic: str, scheme: str) -> str | None:
    """The id of the device that published at the topic, if devices publish there."""
    spoken = Topics.of("{id}", scheme)
    for expected in (spoken.state, spoken.telemetry, spoken.system):
        match = re.fullmatch(re.escape(expected).replace(re.escape("{id}"), "(?P<id>[^/]+)", 1), topic)
        if match:
            return match["id"]
    return None
