"""The topics of a domain, and its messages in the JSON of one maker or another, on paho."""

import json
import queue
import random
import time
from typing import Any, NamedTuple

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

_HEARD = ("desiredstate", "desiredstate/command", "currentstate/get")


class Paper(NamedTuple):
    """`nulls`: the library writes what is absent as null. `floats`: it knows no integers. `shuffles`: nor an order."""

    bare: bool = False
    nulls: bool = False
    floats: bool = False
    shuffles: bool = False


class Wire:
    """paho's thread hears; `inbox` gets the last levels of the topic, and the bytes; ("connected", b"") first.

    `heeds_old`: what the broker held for it is taken like the rest.
    """

    def __init__(self, port: int, domain: str, paper: Paper, *, client: str = "", heeds_old: bool = False) -> None:
        prefix = domain.replace("-", "")
        self._prefix = prefix if prefix.endswith("update") else f"{prefix}update"
        self._port, self._paper = port, paper
        self.inbox: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=client, clean_session=not client)
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = lambda *_: self.inbox.put(("connected", b""))
        self._client.on_message = self._on_message
        self._heeds_old = heeds_old
        self._client.reconnect_delay_set(1, 10)

    def connect(self) -> None:
        """Go on trying for ever."""
        self._client.connect_async("127.0.0.1", self._port, keepalive=20)
        self._client.loop_start()

    def publish(self, word: str, activity: str | None, payload: dict[str, Any], *, retain: bool = False) -> None:
        """With an envelope, unless this maker knows none."""
        message: dict[str, Any] = payload
        if not self._paper.bare:
            message = {"activityId": activity, "timestamp": int(time.time() * 1000), "payload": payload}
        text = json.dumps(self._written(message), ensure_ascii=False)
        self._client.publish(f"{self._prefix}/{word}", text, qos=1, retain=retain)

    def read(self, payload: bytes) -> tuple[str, Any]:
        """The activity and what is in the envelope. Raises ValueError where it is none."""
        message = json.loads(payload)
        if not isinstance(message, dict):
            raise ValueError("no object")  # noqa: TRY004 - as json.loads raises
        if self._paper.bare:
            return "", message
        activity = message.get("activityId")
        if not isinstance(activity, str):
            raise ValueError("no activityId")  # noqa: TRY004
        return activity, message.get("payload")

    def _on_connect(self, client: mqtt.Client, _data: object, _flags: object, reason: Any, _more: object) -> None:  # noqa: ANN401 - paho's
        if not reason.is_failure:
            client.subscribe([(f"{self._prefix}/{word}", 1) for word in _HEARD])

    def _on_message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        if self._heeds_old or not message.retain:
            self.inbox.put((message.topic.removeprefix(f"{self._prefix}/"), bytes(message.payload)))

    def _written(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        """As the library of this maker has it."""
        if isinstance(value, dict):
            items = [(key, one) for key, one in value.items() if one is not None or self._paper.nulls]
            if self._paper.shuffles:
                random.shuffle(items)
            return {key: self._written(one) for key, one in items}
        if isinstance(value, list):
            return [self._written(one) for one in value]
        if self._paper.floats and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        return value
