"""A box that acknowledges a config (PUBACK) only when its work is done, 4 s later."""

import threading

import paho.mqtt.client as mqtt

from live.devices.plain import Device, main


class LateAck(Device):
    """The PUBACK is the last that it does about a config."""

    manual_ack = True

    def on_message(self, client: mqtt.Client, data: object, message: mqtt.MQTTMessage) -> None:
        """Work first."""
        super().on_message(client, data, message)
        threading.Timer(4.0, client.ack, (message.mid, message.qos)).start()


if __name__ == "__main__":
    main(LateAck)
