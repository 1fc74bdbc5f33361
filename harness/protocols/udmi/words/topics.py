"""The topics of one device, and the owner of a topic."""

import re
from dataclasses import dataclass

from harness.errors import UsageError

UDMI = "/devices/{id}"


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one device. UDMI, message suffixes."""

    config: str
    state: str
    telemetry: str
    system: str

    @classmethod
    def of(cls, device: str, scheme: str) -> "Topics":
        """The topics under `scheme`, in which `{id}` stands for the device. No default: a profile may name its own."""
        root = scheme.replace("{id}", device)
        return cls(f"{root}/config", f"{root}/state", f"{root}/events/pointset", f"{root}/events/system")

    @property
    def root(self) -> str:
        """The beginning that all of them share."""
        return self.state.removesuffix("/state")


def root_of(typed: str) -> str:
    """The beginning of a device's topics, as typed. Raises UsageError where no device could be found there."""
    if "{registry}" in typed:
        raise UsageError("--topics: write the registry itself in place of {registry}")
    if "{id}" not in typed or set(typed) & set("+#\0") or typed.endswith("/"):
        raise UsageError(
            f"--topics is {typed!r}; expected what the topics begin with, with {{id}} for the device, without + and #, "
            "and no / at its end: such as /r/REGISTRY/d/{id}"
        )
    return typed


def device_of(topic: str, scheme: str) -> str | None:
    """The device whose topic it is under the scheme, whether it speaks there or is spoken to; None: nobody's."""
    before, *after = map(re.escape, scheme.split("{id}"))
    root = f"{before}(?P<id>[^/]+){'(?P=id)'.join(after)}"
    found = re.fullmatch(f"{root}/(?:{_WORDS})(?:/.*)?", topic, re.DOTALL)
    return found["id"] if found else None


_WORDS = "state|events|attach|config|commands|errors"
