"""Whether what a client sends, or wants sent for it, can be a message at all."""

from amqtt.errors import MQTTError

EXACTLY_ONCE = 2  # the highest QoS


def checked(topic: str | None, qos: int | None) -> tuple[str, int]:
    """The topic and QoS of a valid PUBLISH. Raises MQTTError for any other."""
    if not topic or "+" in topic or "#" in topic or "\0" in topic:
        raise MQTTError(f"a message on {topic!r}")
    if qos is None or qos > EXACTLY_ONCE:
        raise MQTTError(f"a message at QoS {qos}")
    return topic, qos
