"""The broker within this process: an MQTT 3.1.1 server of our own on amqtt's packets."""
