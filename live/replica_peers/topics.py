"""The topics of requests, as the source document has them, and as AWS has."""

from typing import NamedTuple


class Twin(NamedTuple):
    """One of a device's documents: that without a name, or another."""

    device: str
    name: str = ""

    @property
    def key(self) -> str:
        """To keep it under; no level of a topic has a slash."""
        return f"{self.device}/{self.name}" if self.name else self.device


class Scheme(NamedTuple):
    """`path`: over HTTP. `tells_reports`: a delta has what was reported. `documents`: both sides are shown."""

    filters: tuple[str, ...]
    path: str
    tells_reports: bool
    documents: bool

    def read(self, topic: str) -> tuple[Twin, str]:
        """The document, and what is asked of it."""
        match topic.split("/"):
            case ["$aws", "things", device, "shadow", "name", name, operation]:
                return Twin(device, name), operation
            case ["$aws", "things", device, "shadow", operation] | ["state", device, operation]:
                return Twin(device), operation
        raise ValueError(topic)

    def topic(self, twin: Twin, operation: str) -> str:
        """The other way round."""
        if not self.documents:
            return f"state/{twin.device}/{operation}"
        name = f"name/{twin.name}/" if twin.name else ""
        return f"$aws/things/{twin.device}/shadow/{name}{operation}"


_ASKED = ("update", "get", "delete")
SCHEMES = {
    "seed": Scheme(("state/+/update", "state/+/get"), "/state/([^/]+)/get", tells_reports=True, documents=False),
    "aws": Scheme(
        (
            *(f"$aws/things/+/shadow/{asked}" for asked in _ASKED),
            *(f"$aws/things/+/shadow/name/+/{asked}" for asked in _ASKED),
        ),
        "/things/([^/]+)/shadow",
        tells_reports=False,
        documents=True,
    ),
}
