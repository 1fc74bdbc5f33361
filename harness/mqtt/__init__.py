"""MQTT sessions of ours: client, endpoint, TLS, connect options, observed packets."""
