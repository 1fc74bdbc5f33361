"""The tests of harness.protocols.replica."""
