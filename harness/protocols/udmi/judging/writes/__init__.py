"""Questions about writes: value_state, present_value, error states."""
