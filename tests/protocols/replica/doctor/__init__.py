"""The doctor's part of a replica service, and of a device behind one."""
