"""The names that sessions of ours go by on a broker, by which they can be told from everybody else's."""

OURS = "setpoint-"


def of_the_cloud(device: str) -> str:
    """A test run's: a second run against the same device throws the first one out, and both are told."""
    return f"{OURS}cloud-{device}"
