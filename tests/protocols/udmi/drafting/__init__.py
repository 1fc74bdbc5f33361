"""The tests of protocols.udmi.drafting."""
