"""Random sequences for an agent or a device that can be told the time, and the shortest in which it breaks a clause."""
