"""The names that sessions of ours go by on a broker, by which they can be told from everybody else's."""

OURS = "setpoint-"


def beside(client_id: str) -> str:
    """A second session's, where the operator says what the first has to go by. The broker may not take it."""
    return f"{client_id}-ear"


def of_the_cloud(name: str) -> str:
    """A test run's, by the device's name on a broker: a second run throws the first one out, and both are told."""
    return f"{OURS}cloud-{name}"
