"""The toy protocol of `docs/examples/echo_protocol` goes through all of the instrument, where UDMI is not installed."""
