"""The device's connection as a broker of ours saw it: packets, offline periods, reconnection."""
