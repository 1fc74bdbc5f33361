"""A component on AWS's SDK: it asks, waits for the answer, and hears of every change. It imports nothing of ours.

One document, with a name or without. By the SDK's newer client, which correlates answers by tokens of its own.
"""

import queue
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import awsiot
from awscrt import mqtt_request_response
from awsiot import iotshadow, mqtt_connection_builder

_PATIENCE = 20  # seconds


class SdkApp:
    """`heard`: what was told of changes, as `delta` or `documents` and the SDK's event."""

    def __init__(self, folder: Path, port: int, thing: str, shadow: str = "") -> None:
        self.thing, self.shadow = thing, shadow
        self.heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.connection = mqtt_connection_builder.mtls_from_path(
            cert_filepath=str(folder / "device.crt"),
            pri_key_filepath=str(folder / "device.key"),
            ca_filepath=str(folder / "ca.crt"),
            endpoint="localhost",
            port=port,
            client_id=f"app-{thing}-{shadow}",
            clean_session=True,
            keep_alive_secs=20,
        )
        self.connection.connect().result(_PATIENCE)
        options = mqtt_request_response.ClientOptions(
            max_request_response_subscriptions=4, max_streaming_subscriptions=4
        )
        self.client = iotshadow.IotShadowClientV2(self.connection, options)
        self.streams = [
            self._stream("delta_updated", "DeltaUpdated", "delta"),
            self._stream("updated", "Updated", "documents"),
        ]

    def update(self, state: object, version: int | None = None) -> Any:  # noqa: ANN401 - a class of the SDK
        """The accepted. Raises awsiot.V2ServiceException."""
        return self._asked("update", state=state, version=version)

    def get(self) -> Any:  # noqa: ANN401 - likewise
        """Likewise."""
        return self._asked("get")

    def delete(self) -> Any:  # noqa: ANN401 - likewise
        """Likewise."""
        return self._asked("delete")

    def close(self) -> None:
        """Leave."""
        self.connection.disconnect().result(_PATIENCE)

    def _asked(self, operation: str, **fields: object) -> Any:  # noqa: ANN401 - likewise
        request = self._of(f"{operation.title()}{{}}Request", **fields)
        answer: Future[Any] = getattr(self.client, f"{operation}_{self._word}")(request)
        return answer.result(_PATIENCE)

    def _stream(self, of: str, name: str, word: str) -> object:
        subscribed = threading.Event()
        options = awsiot.ServiceStreamOptions(
            incoming_event_listener=lambda event: self.heard.put((word, event)),
            subscription_status_listener=lambda _status: subscribed.set(),
        )
        stream = getattr(self.client, f"create_{self._word}_{of}_stream")(
            self._of(f"{{}}{name}SubscriptionRequest"), options
        )
        stream.open()
        if not subscribed.wait(_PATIENCE):
            raise TimeoutError(word)
        return stream

    @property
    def _word(self) -> str:
        return "named_shadow" if self.shadow else "shadow"

    def _of(self, name: str, **fields: object) -> Any:  # noqa: ANN401 - likewise
        of = {"shadow_name": self.shadow} if self.shadow else {}
        return getattr(iotshadow, name.format("NamedShadow" if self.shadow else "Shadow"))(
            thing_name=self.thing, **of, **fields
        )
