"""The tests of driving.shared_broker."""
