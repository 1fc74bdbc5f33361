"""Changes of what a service says, to make variations of: each works on the messages of one reply."""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from simulator.replica.service import Message, Reply

Content: TypeAlias = dict[str, Any]
Says: TypeAlias = Callable[[Reply, tuple[Message, ...]], tuple[Message, ...]]


def without(*ends: str) -> Says:
    """No message at a topic that ends so."""
    return lambda _reply, messages: tuple(one for one in messages if not one.topic.endswith(ends))


def changed(change: Callable[[Content], Content | None], *ends: str) -> Says:
    """The content of each message at a topic that ends so is changed; None: that message is not sent."""

    def says(_reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        return tuple(_changed(messages, change, ends))

    return says


def _changed(
    messages: tuple[Message, ...], change: Callable[[Content], Content | None], ends: tuple[str, ...]
) -> Iterator[Message]:
    for one in messages:
        if not one.topic.endswith(ends or ("",)):
            yield one
        elif (content := change(json.loads(one.payload))) is not None:
            yield Message(one.topic, spelt(content))


def spelt(content: Content) -> bytes:
    """Compact JSON, UTF-8."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
