"""A box that subscribes after its first connect alone; the session is clean, so after the next it hears nothing."""

import paho.mqtt.client as mqtt

from live.devices.plain import Device, main


class SubscribesOnce(Device):
    """Deaf after a reconnect."""

    subscribed = False

    def subscribe(self, client: mqtt.Client) -> None:
        """Once and for all."""
        if not self.subscribed:
            super().subscribe(client)
        self.subscribed = True


if __name__ == "__main__":
    main(SubscribesOnce)
