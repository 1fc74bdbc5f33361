"""Drafts of profiles: of a device, from what it reports, and of a service, from what it answers."""
