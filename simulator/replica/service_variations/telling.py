"""Changes of the messages that a service says, to make variations of. Each works on the messages of one reply."""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from simulator.replica.service import Message, Reply

Content: TypeAlias = dict[str, Any]
Says: TypeAlias = Callable[[Reply, tuple[Message, ...]], tuple[Message, ...]]


def without(*ends: str, having: Callable[[Content], bool] = lambda _content: True) -> Says:
    """No message at a topic that ends so, where its content is like that."""
    return changed(lambda content: None if having(content) else content, *ends)


def changed(change: Callable[[Content], Content | None], *ends: str) -> Says:
    """The content of each message at a topic that ends so is changed; None: that message is not sent."""

    def says(_reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        return tuple(_changed(messages, change, ends))

    return says


def all_of(*changes: Says) -> Says:
    """One change after the other."""

    def says(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        for change in changes:
            messages = change(reply, messages)
        return messages

    return says


def spelt_by(spell: Callable[[Content], bytes]) -> Says:
    """The same content in other bytes."""

    def says(_reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        return tuple(Message(one.topic, spell(json.loads(one.payload))) for one in messages)

    return says


def moved(one: Message, end: str, content: Content) -> Message:
    """A message at the topic beside, such as `rejected` beside `accepted`."""
    return Message(f"{one.topic.rpartition('/')[0]}/{end}", spelt(content))


def spelt(content: Content) -> bytes:
    """Compact JSON, UTF-8."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def state_of(content: Content, *names: str) -> Any:  # noqa: ANN401 - any JSON
    """A part of the state of a message; None where there is none."""
    part: Any = content.get("state")
    for name in names:
        part = part.get(name) if isinstance(part, dict) else None
    return part


def _changed(
    messages: tuple[Message, ...], change: Callable[[Content], Content | None], ends: tuple[str, ...]
) -> Iterator[Message]:
    for one in messages:
        if not one.topic.endswith(ends or ("",)):
            yield one
        elif (content := change(json.loads(one.payload))) is not None:
            yield Message(one.topic, spelt(content))
