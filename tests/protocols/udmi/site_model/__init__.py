"""The tests of protocols.udmi.site_model."""
