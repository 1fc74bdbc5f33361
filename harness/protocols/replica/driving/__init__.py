"""The counterparts of a replica: components and devices that ask, listen, and never judge."""
