"""The tests of protocols.udmi.judging.telemetry."""
