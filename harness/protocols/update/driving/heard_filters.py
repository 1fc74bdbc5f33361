"""The topic filters that bring all that an agent or a device says, and what comes at another domain's topic. Pure."""

from harness.protocols.update.profile import UpdateProfile
from harness.protocols.update.words.topics import MessageKind, every_domain

_SPOKEN = (MessageKind.FEEDBACK, MessageKind.CURRENT_STATE)


def heard_filters(profile: UpdateProfile) -> tuple[str, ...]:
    """Feedback and current state of every domain."""
    return tuple(every_domain(kind, profile.id, profile.topics) for kind in _SPOKEN)
