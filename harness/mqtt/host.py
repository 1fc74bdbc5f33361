"""Hosts as an operator types them: addresses, and names."""

import ipaddress


def ip_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The host, if it is no name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_socket(host: str) -> bool:
    """Whether it is a socket of this machine alone: its path, or on Linux a name behind a NUL, which leaves no file."""
    return host.startswith(("/", "\0"))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    ip = ip_of(host)
    return ip.is_loopback if ip else host == "localhost" or is_socket(host)


def is_everywhere(host: str) -> bool:
    """Whether what listens there does so at every address of this machine."""
    ip = ip_of(host)
    return ip is not None and ip.is_unspecified
