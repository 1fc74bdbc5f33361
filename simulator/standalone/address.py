"""The address that a server of ours listens on, and who can reach it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from harness.errors import UsageError
from harness.mqtt.host import is_loopback


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port to listen on; port 0 stands for any that is free."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str, option: str = "--control") -> "Address":
        """From HOST:PORT, or [IPV6]:PORT, given with that option. Raises UsageError."""
        try:
            parts = urlsplit(f"//{text}")
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port = None, None
        if not host or port is None or parts.netloc != text or "@" in text:
            raise UsageError(f"{option} is {text!r}; expected HOST:PORT such as 127.0.0.1:8700")
        return cls(host, port)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"
