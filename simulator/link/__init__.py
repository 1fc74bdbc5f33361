"""The link of a simulated machine: reconnecting, backoff, network conditions, clock offset."""
