"""Writeback: set_value, value_state, etag and expiry."""
