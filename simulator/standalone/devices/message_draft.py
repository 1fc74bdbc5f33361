"""A message that a cloud might send to a device, for a person to change and to hand over."""

import json
from dataclasses import dataclass

from harness.payload.values import JSON


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """`title`: what it would do, in a few words."""

    title: str
    topic: str
    content: JSON

    def as_json(self) -> dict[str, JSON]:
        """The payload is indented, so that a person can find the place to change."""
        payload = json.dumps(self.content, indent=2, ensure_ascii=False)
        return {"title": self.title, "topic": self.topic, "payload": payload}
