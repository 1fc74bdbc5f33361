"""Devices as a UDMI site model describes them: `devices/ID/metadata.json`, read, and what follows for a profile."""
