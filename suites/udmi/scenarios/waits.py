"""How long a scenario hopes where no source sets a time."""

MINUTE = 67  # seconds: a write may take a minute, and five more, before it must be a failure
PATIENCE = 22  # seconds: what UDMI's own sequencer waits for a value_state, and two that messages may be on their way
GATHERED = 6  # seconds in which a device has sent what it had written down, and a message has come
A_LOG = 32  # seconds: what UDMI's own sequencer waits for a log entry, and two that messages may be on their way
