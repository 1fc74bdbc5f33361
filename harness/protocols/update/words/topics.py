"""The topics of one domain: a prefix made of the domain's id, and behind it the kind of message. Pure."""

from enum import StrEnum
from functools import lru_cache

TEMPLATE = "{prefix}/{word}"  # a broker is one device's own, so its id stands in no topic


class MessageKind(StrEnum):
    """A kind of message; the levels behind a domain's prefix."""

    DESIRED_STATE = "desiredstate"
    COMMAND = "desiredstate/command"
    FEEDBACK = "desiredstatefeedback"
    CURRENT_STATE = "currentstate"
    CURRENT_STATE_GET = "currentstate/get"
    OWNER_CONSENT = "ownerconsent"
    OWNER_CONSENT_FEEDBACK = "ownerconsentfeedback"


def prefix_of(domain: str) -> str:
    """The level that stands for a domain: its id without dashes, which ends in `update`."""
    level = domain.replace("-", "")
    return level if level.endswith("update") else f"{level}update"


@lru_cache(maxsize=1024)  # of a device there are a few, which every message asks for
def topic_of(domain: str, kind: MessageKind, device: str = "", template: str = TEMPLATE) -> str:
    """The topic of that kind of message. `template` has `{prefix}` and `{word}`, and may have the device's `{id}`."""
    return _filled(template, id=device, prefix=prefix_of(domain), word=kind)


def kind_at(topic: str, domain: str, device: str = "", template: str = TEMPLATE) -> MessageKind | None:
    """The kind of message that is said of the domain at that topic; None: a topic of another kind, or domain."""
    return next((kind for kind in MessageKind if topic_of(domain, kind, device, template) == topic), None)


def every_domain(kind: MessageKind, device: str = "", template: str = TEMPLATE) -> str:
    """The topic filter that brings that kind of message of every domain of a device."""
    return _filled(template, id=device, prefix="+", word=kind)


def _filled(template: str, **values: str) -> str:
    """The template with these values; braces within a value are left as they are."""
    first, *parts = template.split("{")
    named = (part.partition("}") for part in parts)
    return first + "".join(values[name] + rest for name, _, rest in named)
