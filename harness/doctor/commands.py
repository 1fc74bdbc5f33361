"""Commands that an operator can type to mend something on a broker."""

from shlex import quote
from urllib.parse import urlsplit

from harness.doctor.case import Case


def clearing(case: Case, topic: str) -> str:
    """The command that removes what is retained at the topic."""
    return f"mosquitto_pub {_where(case)} -t {quote(topic)} -r -n"


def _where(case: Case) -> str:
    """By the target's name, which is the broker's address."""
    parts = urlsplit(case.target)
    tls = parts.scheme in ("mqtts", "listens")
    words = [f"-h {quote(parts.hostname or '127.0.0.1')}", f"-p {parts.port or (8883 if tls else 1883)}"]
    access = case.beside.access if case.beside else None
    if tls:
        words.append(f"--cafile {quote(access.ca)}" if access and access.ca else "--tls-use-os-certs")
    if access and access.user:
        words.append(f"-u {quote(access.user)} -P …")
    return " ".join(words)
