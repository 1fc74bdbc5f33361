"""The tests of protocols.udmi.doctor."""
