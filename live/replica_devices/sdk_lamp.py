"""The lamp on AWS's own device SDK, over TLS with certificates of both sides, as it is at home.

python -m live.replica_devices.sdk_lamp --style sdk --scheme aws --id LAMP-1 --port 8883 --data FOLDER --shadow NAME

FOLDER has `ca.crt`, `device.crt` and `device.key`, as `setpoint certs` writes them. `--shadow`: one that has a name.
"""

import argparse
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from awscrt import mqtt
from awsiot import iotshadow, mqtt_connection_builder

from live.replica_devices.lamp import Lamp, main

_ANSWERS = ("update_{}_accepted", "update_{}_rejected", "get_{}_accepted", "get_{}_rejected")
_FIELDS = {"state": "state", "version": "version", "client_token": "clientToken", "code": "code"}


class SdkLamp(Lamp):
    """The SDK's client subscribes, publishes, and reads what comes; all else is the lamp's."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options)
        self.folder, self.shadow = options.data, options.shadow
        self.has_connection = False

    def connect(self) -> None:
        """By certificates; a session that is still there needs no new subscriptions."""
        self.connection = mqtt_connection_builder.mtls_from_path(
            cert_filepath=str(self.folder / "device.crt"),
            pri_key_filepath=str(self.folder / "device.key"),
            ca_filepath=str(self.folder / "ca.crt"),
            endpoint="localhost",
            port=self.port,
            client_id=self.id,
            clean_session=False,
            keep_alive_secs=20,
            reconnect_min_timeout_secs=1,
            reconnect_max_timeout_secs=30,
            on_connection_interrupted=self._is_interrupted,
            on_connection_resumed=self._is_resumed,
        )
        self.shadows = iotshadow.IotShadowClient(self.connection)
        self._until_connected()
        self._subscribe()
        self.has_connection = True
        self.inbox.put(("connected", None))

    def is_connected(self) -> bool:
        """As the SDK's callbacks have told."""
        return self.has_connection

    def publish(self, kind: str, body: dict[str, Any]) -> None:
        """A request, as a class of the SDK."""
        request = self._named(f"{kind.title()}{{}}Request", client_token=body.get("clientToken"))
        if kind == "update":
            request.state = iotshadow.ShadowState(reported=body["state"]["reported"])
            request.version = body.get("version")
        getattr(self.shadows, f"publish_{kind}_{self._word}")(request, mqtt.QoS.AT_LEAST_ONCE)

    def receive(self, kind: str, payload: Any) -> None:  # noqa: ANN401 - an event of the SDK
        """The message that the SDK has read."""
        told = {key: getattr(payload, name, None) for name, key in _FIELDS.items()}
        if isinstance(told["state"], iotshadow.ShadowStateWithDelta):
            told["state"] = {"desired": told["state"].desired}
        self.hear(kind, {key: value for key, value in told.items() if value is not None})

    # the SDK

    @property
    def _word(self) -> str:
        return "named_shadow" if self.shadow else "shadow"

    def _named(self, name: str, **fields: object) -> Any:  # noqa: ANN401 - one of many classes of the SDK
        of = {"shadow_name": self.shadow} if self.shadow else {}
        kind = getattr(iotshadow, name.format("NamedShadow" if self.shadow else "Shadow"))
        return kind(thing_name=self.id, **of, **fields)

    def _until_connected(self) -> None:
        """The first time nobody but us goes on trying."""
        while True:
            try:
                self.connection.connect().result(timeout=10)
            except Exception:  # noqa: BLE001 - the SDK has errors of many kinds
                time.sleep(1)
            else:
                return

    def _subscribe(self) -> None:
        waiting: list[Future[object]] = []
        topics = [
            ("update/delta", f"subscribe_to_{self._word}_delta_updated_events", "{}DeltaUpdatedSubscriptionRequest")
        ]
        for answer in _ANSWERS:
            operation, _, level = answer.partition("_{}_")
            name = f"{operation.title()}{{}}SubscriptionRequest"
            topics.append((f"{operation}/{level}", f"subscribe_to_{answer.format(self._word)}", name))
        for topic, method, name in topics:
            future, _ = getattr(self.shadows, method)(self._named(name), mqtt.QoS.AT_LEAST_ONCE, self._heard_at(topic))
            waiting.append(future)
        for future in waiting:
            future.result(timeout=10)

    def _heard_at(self, topic: str) -> Callable[[object], None]:
        return lambda event: self.inbox.put((topic, event))

    def _is_interrupted(self, **_more: object) -> None:
        self.has_connection = False

    def _is_resumed(self, connection: mqtt.Connection, session_present: bool, **_more: object) -> None:  # noqa: FBT001 - the SDK's
        self.has_connection = True
        if session_present:
            self.inbox.put(("connected", None))
        else:
            again, _ = connection.resubscribe_existing_topics()
            again.add_done_callback(lambda _: self.inbox.put(("connected", None)))


if __name__ == "__main__":
    main(SdkLamp)
