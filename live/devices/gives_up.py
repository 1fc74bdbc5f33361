"""A box that takes a refusal for the last word: once its broker does not let it in, its process ends."""

import os
from typing import Any

import paho.mqtt.client as mqtt

from live.devices.plain import Device, main


class GivesUp(Device):
    """Only the plug helps."""

    def on_connect(self, client: mqtt.Client, data: object, flags: object, reason: Any, more: object) -> None:  # noqa: ANN401 - paho's
        """Once, or never again."""
        if reason.is_failure:
            os._exit(1)
        super().on_connect(client, data, flags, reason, more)


if __name__ == "__main__":
    main(GivesUp)
