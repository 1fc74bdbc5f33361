"""Drafts a profile: from what a device says, or from what a site model says of it."""
