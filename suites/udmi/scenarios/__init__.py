"""How the cloud drives a UDMI device. Nothing here judges."""
