"""Devices as a UDMI site model describes them: `devices/ID/metadata.json`, and the profile that follows."""
