"""Tells before a run what it will decide: from the profile, the target and the suites, without any device."""
